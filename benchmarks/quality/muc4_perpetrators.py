"""Fill the perpetrators of MUC-4 templates by rule: individuals, organizations, how surely, and whose violence."""

import re
from collections.abc import Mapping, Sequence

from benchmarks.quality.muc4_incidents import Incident, fillers, is_person
from benchmarks.quality.muc4_keys import Fill
from benchmarks.quality.muc4_phrases import (
    PRONOUNS,
    Phrase,
    class_of,
    has_any,
    nation_of,
    phrase_of,
    tables,
)
from dateline.model.reading import Claim, Reading
from dateline.model.values import Filler

_STATE = frozenset(("SV", "GT", "HN", "AR", "BO", "CL", "CO", "EC", "PE", "US", "NI", "PA"))


def groups_named(reading: Reading) -> dict[str, str]:
    """Return, by side, the name of each armed group that the report names."""
    found: dict[str, str] = {}
    for mention in reading.mentions:
        side = mention.value.get("side") if mention.kind == "actor" else None
        if side is None or side in _STATE or side == "civilians" or mention.value.get("id") != side:
            continue
        phrase = phrase_of(mention.span.quote)
        last = phrase.words[-1] if phrase.words else ""
        if last in tables()["perpetrator"]["organizations"] or (len(phrase.words) == 1 and phrase.name):
            found.setdefault(side, phrase.text)
    return found


def fill_perpetrators(slots: dict[int, list[Fill]], incident: Incident, groups: Mapping[str, str]) -> None:
    """Fill perpetrators: organizations by name, others as individuals, and how surely they did it."""
    words = tables()["perpetrator"]
    state = False
    for filler in fillers(incident.claims, "actors"):
        told = filler.name if filler.span.quote.lower() in PRONOUNS else filler.span.quote
        phrase = phrase_of(told or "")
        if not phrase.words or phrase.words[0] in PRONOUNS:
            continue
        state = state or is_state(filler, phrase)
        if is_organization(filler, phrase):
            slots[10].append(Fill(values=(phrase.text,)))
            slots[11].append(Fill(values=(confidence_of(incident.claims),), refs=(phrase.text,)))
            continue
        if class_of("human", phrase.words, head_only=True) is None and not _is_one_of(
            phrase, (*words["bands"], *words["state"])
        ):
            if not is_person(phrase):
                continue
        slots[9].append(Fill(values=(phrase.text,)))
        named = organization_within(filler, phrase) or groups.get(filler.side or "")
        if named:
            slots[10].append(Fill(values=(named,)))
            slots[11].append(Fill(values=(confidence_of(incident.claims),), refs=(named,)))
    for slot in (9, 10):
        slots[slot] = list({fill.values[0]: fill for fill in slots[slot]}.values())
    slots[11] = list({fill.refs[0]: fill for fill in slots[11]}.values())
    slots[8] = [Fill(values=("STATE-SPONSORED VIOLENCE" if state else "TERRORIST ACT",))]


def _is_one_of(phrase: Phrase, listed: Sequence[str]) -> bool:
    text = " ".join(phrase.words)
    return any(re.search(rf"\b{re.escape(word)}s?$", text) for word in listed)


def is_state(filler: Filler, phrase: Phrase) -> bool:
    """Say whether who acted is of a state: by side, or by word."""
    return filler.side in _STATE or (
        filler.side is None and _is_one_of(phrase, tables()["perpetrator"]["state"])
    )


def is_organization(filler: Filler, phrase: Phrase) -> bool:
    """Say whether a phrase names an organization, and not its members."""
    words = tables()["perpetrator"]
    last = phrase.words[-1]
    if last.rstrip("s") in words["bands"] or class_of("human", phrase.words[-1:]) not in (
        None,
        "ACTIVE MILITARY",
    ):
        return False
    if _is_one_of(phrase, words["organs"]):
        return True
    acronym = len(phrase.words) == 1 and 2 < len(last) < 7 and phrase.name is not None
    named = filler.id is not None or phrase.name is not None
    return acronym or (named and last in words["organizations"])


def organization_within(filler: Filler, phrase: Phrase) -> str | None:
    """Return the organization that a phrase of its members names ("FMLN REBELS", "MEMBERS OF THE ELN")."""
    found = re.search(r"\b(?:OF|FROM|BELONGING TO) (?:THE )?(.+)$", phrase.text)
    if found is not None:
        inner = phrase_of(found[1])
        last = inner.words[-1] if inner.words else ""
        if last in tables()["perpetrator"]["organizations"] or (inner.name and len(inner.words) == 1):
            return inner.text
    first = phrase.words[0]
    if len(phrase.words) > 1 and phrase.name is None and filler.side not in (None, "civilians", *_STATE):
        told = phrase.text.split()[0]
        if (
            2 < len(first) < 6
            and first not in tables()["perpetrator"]["plain"]
            and nation_of((first,)) is None
        ):
            return told
    return None


def confidence_of(claims: Sequence[Claim]) -> str:
    """Return how an organization is held responsible, by the decision tree of the task description, part 2."""
    for claim in claims:
        for said in claim.attribution:
            cue = said.cue.quote.lower() if said.cue else ""
            if "claim" in cue and "responsib" in claim.evidence.quote.lower():
                return "CLAIMED OR ADMITTED"
    sayings = [said for claim in claims for said in claim.attribution]
    if any(claim.certainty != "certain" for claim in claims) or sayings:
        names = " ".join(said.source.span.quote.lower() for said in sayings if said.source)
        authority = has_any(
            names, ("police", "army", "military", "government", "minist", "president", "official", "coprefa")
        )
        if authority:
            return "SUSPECTED OR ACCUSED BY AUTHORITIES"
        if any(claim.certainty != "certain" for claim in claims):
            return "SUSPECTED OR ACCUSED"
    return "REPORTED AS FACT"
