"""From the claims of a snippet to one label: the type told first, at ACLED's sub-event that the codebook maps it to.

Where the codebook's map names several sub-events, or one wider than ACLED's, the words of the claim tell them apart
by the definitions of ACLED's codebook (2024): a grenade thrown is "Grenade"; people taken by the state "Arrests"; a
protest that police hold up "Protest with intervention"; one they shoot at "Excessive force against protesters".
"""

from collections.abc import Sequence

from dateline.model.reading import Claim
from dateline.reading.kit import Kit

# Labels of the shared task that ACLED does not have.
BEYOND_ACLED = frozenset(("MAN_MADE_DISASTER", "NATURAL_DISASTER", "DIPLO", "ATTRIB", "ORG_CRIME"))
# ACLED's sub-events by the shared task's labels.
LABELS = {
    "Armed clash": "ARMED_CLASH",
    "Government regains territory": "GOV_REGAINS_TERIT",
    "Non-state actor overtakes territory": "NON_STATE_ACTOR_OVERTAKES_TER",
    "Chemical weapon": "CHEM_WEAP",
    "Air/drone strike": "AIR_STRIKE",
    "Suicide bomb": "SUIC_BOMB",
    "Shelling/artillery/missile attack": "ART_MISS_ATTACK",
    "Remote explosive/landmine/IED": "REM_EXPLOS",
    "Grenade": "GRENADE",
    "Sexual violence": "SEX_VIOL",
    "Attack": "ATTACK",
    "Abduction/forced disappearance": "ABDUCT_DISSAP",
    "Peaceful protest": "PEACE_PROTEST",
    "Protest with intervention": "PROTEST_WITH_INTER",
    "Excessive force against protesters": "FORCE_AGAINST_PROTEST",
    "Violent demonstration": "VIOL_DEMONSTR",
    "Mob violence": "MOB_VIOL",
    "Agreement": "AGREEMENT",
    "Arrests": "ARREST",
    "Change to group/activity": "CHANGE_TO_GROUP_ACT",
    "Disrupted weapons use": "DISR_WEAP",
    "Headquarters or base established": "HQ_ESTABLISHED",
    "Looting/property destruction": "PROPERTY_DISTRUCT",
    "Non-violent transfer of territory": "NON_VIOL_TERRIT_TRANSFER",
    "Other": "OTHER",
}


def label_of(claims: Sequence[Claim], kit: Kit) -> str | None:
    """Return the label of a snippet with these claims; null without a claim that has one."""
    for claim in sorted(claims, key=lambda claim: claim.trigger.start):
        kind, _, subs = kit.types[claim.type].acled.partition(" / ")
        names = [name.strip() for name in subs.split(";") if name.strip()]
        if names:
            return LABELS[names[0]]
        if kind:
            return "ATTACK"
    return None
