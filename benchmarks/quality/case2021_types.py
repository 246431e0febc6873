"""From the claims of a snippet to one label: the type told first, at ACLED's sub-event that the codebook maps it to.

Where the codebook's map names several sub-events, or one wider than ACLED's, the words of the claim tell them apart
by the definitions of ACLED's codebook (2024): a grenade thrown is "Grenade"; people taken by the state "Arrests"; a
protest that police hold up "Protest with intervention"; one they shoot at "Excessive force against protesters".
"""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

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


_WORDS = tomllib.loads(Path(__file__).with_name("case2021_words.toml").read_text(encoding="utf-8"))
_BLIND = {name: re.compile(words, re.IGNORECASE) for name, words in _WORDS.pop("blind").items()}
_FOUND = {name: re.compile(words, re.IGNORECASE) for name, words in _WORDS.items()}
_GROUP = _FOUND["group"]
# Types beside which a crowd is what is told of.
_BY_CROWDS = (
    "unrest", "state", "civilians.a", "civilians.t", "strike.other", "strike.chem", "battle.clash", "harm", "force.m", "force.f",
)  # fmt: skip


def words_in(text: str) -> set[str]:
    """Return the names of the kinds of words that a text has, of those written with the labels at hand."""
    return {name for name, words in _FOUND.items() if words.search(text)}


def blind_words_in(text: str) -> set[str]:
    """Return the names of the kinds of words that a text has, of those written without a look at the snippets."""
    return {name for name, words in _BLIND.items() if words.search(text)}


def label_of(claims: Sequence[Claim], text: str, kit: Kit) -> str | None:
    """Return the label of a snippet with these claims; null without a claim or a word that has one."""
    said = words_in(text)
    real = [claim for claim in claims if claim.reality in ("happened", "ongoing")] or list(claims)
    types = [claim.type for claim in sorted(real, key=lambda claim: claim.trigger.start)]
    if "crowd" in said and not {"battle.capture", "strike.air"} & set(types[:1]):
        crowd = _crowd(types, said)
        if crowd is not None:
            return crowd
    for kind in types:
        label = _label(kind, said, real, kit)
        if label is not None:
            return label
    return _without_claim(said)


def _crowd(types: Sequence[str], said: set[str]) -> str | None:
    """Return the kind of protest; null where a crowd is only by the way."""
    if types and not types[0].startswith(_BY_CROWDS):
        return None
    if "device" in said or "grenade" in said or "suicide" in said or "air" in said:
        return None
    if "force" in said:
        return "FORCE_AGAINST_PROTEST"
    if "violent" in said:
        return "VIOL_DEMONSTR"
    return "PROTEST_WITH_INTER" if "intervene" in said else "PEACE_PROTEST"


def _label(kind: str, said: set[str], claims: Sequence[Claim], kit: Kit) -> str | None:
    """Return the label of one claim's type, told apart by the words of the note."""
    family = kind.split(".")[0]
    if "credit" in said and family in ("strike", "civilians", "battle") and _claims_credit(claims):
        return "ATTRIB"
    unarmed = not any(claim.actors or claim.instruments for claim in claims)
    if (
        "accident" in said
        and unarmed
        and kind in ("civilians.toll", "strike.explosive", "strike.chemical", "harm.property")
    ):
        return "MAN_MADE_DISASTER"
    if family in ("strike", "civilians", "battle") and kind not in ("battle.capture", "civilians.abduction"):
        for word, label in (("suicide", "SUIC_BOMB"), ("chemical", "CHEM_WEAP"), ("sexual", "SEX_VIOL")):
            if word in said:
                return label
        if kind in ("strike.air",) or ("air" in said and family == "strike"):
            return "AIR_STRIKE"
        if "grenade" in said:
            return "GRENADE"
        if kind == "strike.explosive" or (family in ("strike", "civilians") and "device" in said):
            return "REM_EXPLOS"
        if kind == "strike.shelling" or (kind == "strike.other" and "shelling" in said):
            return "ART_MISS_ATTACK"
        if "accident" in said and kind == "civilians.toll":
            return "MAN_MADE_DISASTER"
        if kind == "strike.other":
            return (
                "ATTACK"
                if any(one.side == "civilians" for claim in claims for one in claim.targets)
                else "ARMED_CLASH"
            )
        if family == "battle":
            return "ARMED_CLASH"
        return "MOB_VIOL" if "mob" in said else "ATTACK"
    if kind == "battle.capture":
        if "peaceful" in said:
            return "NON_VIOL_TERRIT_TRANSFER"
        actors = " ".join(one.span.quote for claim in claims for one in claim.actors)
        group = _GROUP.search(actors) and not re.search(r"pro-government|allied", actors)
        return "NON_STATE_ACTOR_OVERTAKES_TER" if group else "GOV_REGAINS_TERIT"
    if kind == "force.surrender":
        return "CHANGE_TO_GROUP_ACT" if "movement" in said else "AGREEMENT"
    if kind == "force.movement":
        return (
            "NON_VIOL_TERRIT_TRANSFER" if "peaceful" in said and "base" not in said else "CHANGE_TO_GROUP_ACT"
        )
    if kind == "force.loss":
        if "weapons" in said and not any(claim.figures for claim in claims):
            return "AIR_STRIKE" if "air" in said else "DISR_WEAP"
        means = (
            ("suicide", "SUIC_BOMB"),
            ("air", "AIR_STRIKE"),
            ("grenade", "GRENADE"),
            ("device", "REM_EXPLOS"),
        )
        return next((label for word, label in means if word in said), "ARMED_CLASH")
    if kind == "harm.displacement":
        return "NATURAL_DISASTER" if "nature" in said else None
    if kind in ("state.sanction", "state.threat"):
        return "DIPLO" if "diplomacy" in said else None
    if kind == "state.arrest" and "weapons" in said:
        return "DISR_WEAP"
    if kind in ("state.arrest",) and "crime" in said:
        return "ORG_CRIME"
    if kind == "harm.property" and "nature" in said:
        return "NATURAL_DISASTER"
    names = [name.strip() for name in kit.types[kind].acled.partition(" / ")[2].split(";") if name.strip()]
    return LABELS[names[0]] if names and names[0] != "Other" else None


def _claims_credit(claims: Sequence[Claim]) -> bool:
    """Whether somebody claims, or denies, to have done what is told."""
    for claim in claims:
        for said in claim.attribution:
            cue = said.cue.quote.lower() if said.cue else ""
            if cue.startswith(("claim", "take", "took", "reject", "den", "blame", "accus")):
                return True
    return False


def _without_claim(said: set[str]) -> str | None:
    """Return the label that words alone lead to."""
    for words, label in (
        ("weapons", "DISR_WEAP"), ("caught", "DISR_WEAP"), ("diplomacy", "DIPLO"), ("truce", "AGREEMENT"), ("credit", "ATTRIB"),
        ("sexual", "SEX_VIOL"),
        ("chemical", "CHEM_WEAP"), ("suicide", "SUIC_BOMB"), ("grenade", "GRENADE"),
        ("air", "AIR_STRIKE"), ("shelling", "ART_MISS_ATTACK"),
        ("base", "HQ_ESTABLISHED"), ("movement", "CHANGE_TO_GROUP_ACT"), ("crime", "ORG_CRIME"), ("nature", "NATURAL_DISASTER"),
        ("arrest", "ARREST"), ("property", "PROPERTY_DISTRUCT"), ("accident", "MAN_MADE_DISASTER"), ("mob", "MOB_VIOL"),
    ):  # fmt: skip
        if words in said:
            return label
    return None
