"""From a report's claims to incidents in MUC-4's sense: which claims tell of one, its type, and which are one.

The type of a claim is the codebook's MUC-4 incident type, told apart by the claim's own words where the codebook's
type is wider (task description, 7.5): burning is ARSON, taking ROBBERY, a bomb BOMBING, and bombing from the air
ATTACK. Left out are fights between armed groups, harm to soldiers and guerrillas alone, other countries, and what is
older than two months (task description, 1.0).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from benchmarks.quality.muc4_phrases import Phrase, class_of, has_any, phrase_of, tables
from dateline.codebook.places import place_books
from dateline.model.reading import Claim, Reading
from dateline.model.values import Filler
from dateline.reading.kit import Kit

RECENT = timedelta(days=75)
NEAR = 450  # characters between two tellings of one incident without a place or time that parts them
EFFECTS = frozenset(("civilians.toll", "force.loss"))
_REAL = frozenset(("happened", "ongoing", "background"))
# Words of installations and vehicles whose attack is warfare, not terrorism.
_ARMED = (
    "military",
    "army",
    "air base",
    "air force",
    "garrison",
    "barracks",
    "brigade",
    "police",
    "troop",
    "patrol",
)
_MANY = 500  # a killed count from here on sums up years
_UNSPECIFIC = re.compile(r"(?:ings?|s)$", re.IGNORECASE)
_ACCIDENT = ("crash", "accident", "plunge", "collision")


@dataclass(slots=True, kw_only=True)
class Incident:
    """An incident: its type and the claims that tell of it, in text order."""

    kind: str
    claims: list[Claim] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The clauses read, in lower case."""
        return " ".join(claim.evidence.quote for claim in self.claims).lower()


def incidents_of(reading: Reading, kit: Kit) -> list[Incident]:
    """Return the incidents of a report that belong in MUC-4's data base, in text order."""
    return [incident for incident in join_claims(acts_of(reading, kit)) if is_relevant(incident)]


def acts_of(reading: Reading, kit: Kit, *, strict: bool = True) -> list[tuple[Claim, str]]:
    """Return the claims of a report that may tell of an incident, with the type of each: recent, and in its countries.

    Not `strict`: of any time and country where no claim passes.
    """
    land = main_country(reading)
    typed = [(claim, kind) for claim in reading.claims if (kind := kind_of(claim, kit)) is not None]
    found = []
    for claim, kind in typed:
        country = country_of(claim, land)
        within = country is None or country in tables()["countries"]
        if within and is_recent(claim, reading.report.published):
            found.append((claim, kind))
    return found or ([] if strict else typed)


def join_claims(acts: Sequence[tuple[Claim, str]]) -> list[Incident]:
    """Return the incidents that claims tell of: each claim joins the last that may be the same, or opens one."""
    found: list[Incident] = []
    for claim, kind in acts:
        host = next((one for one in reversed(found) if is_same(one, claim, kind)), None)
        if host is not None:
            host.claims.append(claim)
            if host.kind == "ATTACK" and kind != "ATTACK":
                host.kind = kind
        elif claim.type not in EFFECTS or tells_death(claim):
            found.append(Incident(kind=kind, claims=[claim]))
    return found


def country_of(claim: Claim, land: str | None) -> str | None:
    """Return a claim's country; that of the report where it is only a town's namesake or the context abroad."""
    countries = tables()["countries"]
    if claim.country is None or (claim.country not in countries and land in countries):
        told = claim.place is not None and claim.place.kind == "country" and claim.place.basis == "stated"
        return claim.country if told else land
    return claim.country


def main_country(reading: Reading) -> str | None:
    """Return the country that most claims happened in, or else that most places named lie in."""
    counts: dict[str, float] = {}
    for claim in reading.claims:
        if claim.country:
            counts[claim.country] = counts.get(claim.country, 0) + 1
    for mention in reading.mentions:
        country = mention.value.get("country") if mention.kind == "place" else None
        if country:
            counts[country] = counts.get(country, 0) + 0.5
    within = {iso: count for iso, count in counts.items() if iso in tables()["countries"]}
    counts = within or counts
    return max(counts, key=lambda iso: (counts[iso], iso)) if counts else None


def kind_of(claim: Claim, kit: Kit) -> str | None:
    """Return the MUC-4 incident type of a claim; null for what is none."""
    act = tables()["act"]
    words = f"{claim.trigger.quote} {' '.join(span.quote for span in claim.tellings)}".lower()
    if claim.polarity == "negative" and claim.certainty != "disputed":
        return None
    if claim.reality not in (*_REAL, "threatened", "intended"):
        return None
    if claim.reality in ("threatened", "intended") and claim.type not in (
        "strike.explosive", "civilians.attack", "civilians.abduction", "state.threat",
    ):  # fmt: skip
        return None
    kind = kit.types[claim.type].muc4
    if has_any(words, act["hijacking"]):
        return "HIJACKING"
    if has_any(words, act["robbery"]):
        return "ROBBERY"
    if claim.type == "harm.property":
        if has_any(words, act["bombing"]):
            return "BOMBING"
        return "ARSON" if has_any(words, act["arson"]) else "ATTACK"
    if claim.type == "strike.air":
        return "ATTACK"
    if claim.type in EFFECTS:
        return "ATTACK" if claim.reality in _REAL else None
    if kind == "ATTACK" and has_any(words, act["bombing"]):
        return "BOMBING"
    return kind or None


def is_recent(claim: Claim, published: date | None) -> bool:
    """Say whether a claim is of the two months before the report, or of no told time."""
    if claim.time is None or published is None:
        return True
    return claim.time.latest >= published - RECENT and claim.time.earliest <= published + timedelta(days=2)


def is_same(incident: Incident, claim: Claim, kind: str) -> bool:
    """Say whether a claim tells of an incident: alike types, and no place, time or perpetrator that parts them."""
    if kind != incident.kind and "ATTACK" not in (kind, incident.kind):
        return False
    last = incident.claims[-1]
    if kind != incident.kind:
        # An act that has its own target is an incident of its own; "the attack" points back.
        generic = (
            claim.type in EFFECTS or not claim.targets or not any(one.targets for one in incident.claims)
        )
        if not generic or claim.trigger.start - last.trigger.end > NEAR:
            return False
    if claim.type in EFFECTS and claim.trigger.start - last.trigger.end > NEAR:
        return False
    return not any(_parted(one, claim) for one in incident.claims)


def _parted(one: Claim, other: Claim) -> bool:
    if one.country and other.country and one.country != other.country and _both_told(one, other):
        return True
    here, there = one.place, other.place
    stated = here is not None and there is not None and here.basis == "stated" and there.basis == "stated"
    if stated and here is not None and there is not None and here.name != there.name:
        if "country" not in (here.kind, there.kind) and "admin1" not in (here.kind, there.kind):
            return True
    if one.time is not None and other.time is not None:
        if one.time.earliest > other.time.latest or other.time.earliest > one.time.latest:
            return True
    ours = {actor.side for actor in one.actors if actor.side}
    theirs = {actor.side for actor in other.actors if actor.side}
    return bool(ours and theirs and not ours & theirs)


def _both_told(one: Claim, other: Claim) -> bool:
    """Whether both claims state a place, and not only a context."""
    return all(claim.place is not None and claim.place.basis == "stated" for claim in (one, other))


def tells_death(claim: Claim) -> bool:
    """Say whether an effect told alone is a killing of somebody."""
    return any(figure.measure == "killed" for figure in claim.figures) and bool(claim.targets)


def is_relevant(incident: Incident) -> bool:
    """Say whether an incident's target or nature is told, and is not only a fight or harm to fighters."""
    targets = [filler for claim in incident.claims for filler in claim.targets]
    if is_generic(incident) or has_any(incident.words, _ACCIDENT):
        return False
    kinds = {target_kind(filler) for filler in targets}
    civil = bool(kinds & {"civil", "thing"})
    types = {claim.type for claim in incident.claims}
    if incident.kind in ("KIDNAPPING", "ROBBERY", "HIJACKING", "ARSON"):
        return bool(kinds - {"none"}) or incident.kind == "ARSON"
    if incident.kind == "BOMBING":
        return bool(targets) or any(claim.instruments for claim in incident.claims)
    if types <= {"battle.clash", "force.loss"}:
        return any(human_class(phrase_of(filler.span.quote)) == "CIVILIAN" for filler in targets)
    return civil


def is_generic(incident: Incident) -> bool:
    """Say whether an incident is only spoken of in general: plural or verbal nouns without time, place, count or name.

    A sum of hundreds of dead is general too (task description, 1.0, 7).
    """
    if any(figure.low >= _MANY for claim in incident.claims for figure in claim.figures):
        return True
    for claim in incident.claims:
        placed = claim.place is not None and claim.place.basis == "stated" and claim.place.kind != "country"
        counted = any(figure.high == figure.low for figure in claim.figures)
        if claim.time is not None or placed or counted or not _UNSPECIFIC.search(claim.trigger.quote):
            return False
        if any(phrase_of(filler.name or filler.span.quote).name for filler in claim.targets):
            return False
    return True


def target_kind(filler: Filler) -> str:
    """Return what a target is: "civil" (a person), "thing", "fighter", or "none"."""
    phrase = phrase_of(filler.name or filler.span.quote)
    human = human_class(phrase)
    if human is None and class_of("physical", phrase.words, head_only=True):
        return "fighter" if has_any(phrase.text.lower(), _ARMED) else "thing"
    if human in ("ACTIVE MILITARY", "LAW ENFORCEMENT") or is_band(phrase):
        return "fighter"
    return "civil" if human is not None or is_person(phrase) else "none"


def human_class(phrase: Phrase) -> str | None:
    """Return the class of a person's head word, or of the title before a name."""
    own = class_of("human", phrase.words, head_only=True)
    if own is None and phrase.title:
        return class_of("human", phrase.title.lower().split(), head_only=True)
    return own


def is_person(phrase: Phrase) -> bool:
    """Say whether a phrase names a person: two names or more, or a given name, none of an organization."""
    if phrase.name is None:
        return False
    words = phrase.name.lower().split()
    if set(words) & set(tables()["perpetrator"]["organizations"]):
        return False
    return len(words) > 1 or phrase.words[0] in place_books().words["first"]


def is_band(phrase: Phrase) -> bool:
    """Say whether a phrase is of guerrillas, terrorists or traffickers."""
    fighters = tables()["perpetrator"]["bands"][:6]
    return any(word.rstrip("s") in fighters for word in phrase.words)


def fillers(claims: Sequence[Claim], role: str) -> list[Filler]:
    """Return the fillers of a role of claims, each span once."""
    seen: dict[str, Filler] = {}
    for claim in claims:
        for filler in getattr(claim, role):
            seen.setdefault(filler.span.quote.lower(), filler)
    return list(seen.values())
