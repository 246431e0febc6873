"""Fill the targets of MUC-4 templates by rule: people and things, their classes and numbers, and what befell them."""

import re
from collections.abc import Mapping
from dataclasses import replace

from benchmarks.quality.muc4_incidents import Incident, human_class, is_band, is_person
from benchmarks.quality.muc4_keys import Fill
from benchmarks.quality.muc4_phrases import (
    PRONOUNS,
    Phrase,
    class_of,
    has_any,
    is_plural,
    nation_of,
    phrase_of,
    phrases_of,
    tables,
)
from benchmarks.quality.muc4_settings import country_name
from dateline.model.reading import Claim, Reading
from dateline.model.values import Filler

_NOBODY = re.compile(
    r"\bNO (?:CASUALTIES|VICTIMS|INJURIES|INJURED|DEATHS|ONE WAS (?:HURT|INJURED|KILLED)|PERSONAL INJUR)"
    r"|\bNO REPORTS? OF (?:CASUALTIES|VICTIMS|INJUR)"
    r"|\bNOBODY WAS|\bUNHARMED\b|\bUNHURT\b",
    re.IGNORECASE,
)


def full_names(reading: Reading) -> dict[str, str]:
    """Return the fullest name told of each person, by each of its words but the given name."""
    found: dict[str, str] = {}
    for mention in reading.mentions:
        if mention.kind == "actor" and mention.value.get("kind") == "person":
            name = phrase_of(mention.span.quote).name or ""
            for word in name.split()[1:]:
                if len(name) > len(found.get(word, "")):
                    found[word] = name
    return found


def fill_targets(slots: dict[int, list[Fill]], incident: Incident, names: Mapping[str, str]) -> None:
    for claim in incident.claims:
        for filler in claim.targets:
            told = filler.name if filler.span.quote.lower() in PRONOUNS else filler.span.quote
            for phrase in phrases_of(told or ""):
                if phrase.name is not None and phrase.name.split()[-1] in names:
                    full = names[phrase.name.split()[-1]]
                    phrase = replace(phrase, name=full, text=full if phrase.title is None else phrase.text)
                _target(slots, incident, claim, filler, phrase)


def _target(
    slots: dict[int, list[Fill]], incident: Incident, claim: Claim, filler: Filler, phrase: Phrase
) -> None:
    if not phrase.words or phrase.words[0] in PRONOUNS or is_band(phrase):
        return
    human, thing = human_class(phrase), class_of("physical", phrase.words, head_only=True)
    if human is None and thing is None and phrase.name is not None:
        known = [fill.values[0].split()[-1] for fill in slots[18]]
        if phrase.name in known:
            _effect(
                slots,
                incident,
                claim,
                filler,
                next(f.values[0] for f in slots[18] if f.values[0].endswith(phrase.name)),
            )
            return
        if is_person(phrase) or claim.type.startswith("civilians."):
            human = "CIVILIAN"
    if human is not None and (thing is None or phrase.name is not None):
        _human(slots, incident, claim, filler, phrase, human)
    elif thing is not None:
        _thing(slots, incident, claim, phrase, thing)


def _thing(slots: dict[int, list[Fill]], incident: Incident, claim: Claim, phrase: Phrase, kind: str) -> None:
    text = phrase.text
    if any(fill.values[0] == text for fill in slots[12]):
        return
    slots[12].append(Fill(values=(text,)))
    slots[13].append(Fill(values=(kind,), refs=(text,)))
    slots[14].append(Fill(values=(number_of(phrase),), refs=(text,)))
    words = claim.evidence.quote.lower()
    act = tables()["act"]
    if incident.kind == "ROBBERY":
        slots[16].append(Fill(values=("PROPERTY TAKEN FROM TARGET",), refs=(text,)))
    elif has_any(words, act["destroyed"]):
        slots[16].append(Fill(values=("DESTROYED",), refs=(text,)))
    elif has_any(words, act["damaged"]):
        slots[16].append(Fill(values=("SOME DAMAGE",), refs=(text,)))


def number_of(phrase: Phrase) -> str:
    """Return the number slot of a phrase."""
    if phrase.number:
        return phrase.number
    return "PLURAL" if phrase.name is None and is_plural(phrase.words) else "1"


def _human(
    slots: dict[int, list[Fill]], incident: Incident, claim: Claim, filler: Filler, phrase: Phrase, kind: str
) -> None:
    alone = phrase.name is not None and phrase.name == phrase.text
    named = phrase.name if is_person(phrase) or (phrase.name and phrase.title) or alone else None
    ref = named or phrase.text
    if any(fill.values[0] == ref for fill in (*slots[18], *slots[19])):
        return
    if named:
        slots[18].append(Fill(values=(named,)))
        if phrase.title:
            slots[19].append(Fill(values=(phrase.title,), refs=(named,)))
            kind = class_of("human", phrase.title.lower().split()) or kind
    else:
        slots[19].append(Fill(values=(phrase.text,)))
    slots[20].append(Fill(values=(kind,), refs=(ref,)))
    slots[21].append(Fill(values=("1" if named else number_of(phrase),), refs=(ref,)))
    land = nation_of(tuple(phrase.text.lower().split()))
    if land is not None and (name := country_name(land)) and not slots[3][0].values[0].startswith(name):
        slots[22].append(Fill(values=(name,), refs=(ref,)))
    _effect(slots, incident, claim, filler, ref)


def _effect(slots: dict[int, list[Fill]], incident: Incident, claim: Claim, filler: Filler, ref: str) -> None:
    effect = effect_of(incident, claim, filler)
    if effect and not any(fill.refs == (ref,) for fill in slots[23]):
        slots[23].append(Fill(values=(effect,), refs=(ref,)))


def effect_of(incident: Incident, claim: Claim, filler: Filler) -> str | None:
    """Return what befell a human target: by the figure that counts it, else by the claim's only measure."""
    if incident.kind == "KIDNAPPING":
        return None
    here = [
        figure.measure
        for figure in claim.figures
        if figure.of_span is not None
        and figure.of_span.start < filler.span.end
        and filler.span.start < figure.of_span.end
    ]
    measures = set(here) or {figure.measure for figure in claim.figures}
    if "killed" in measures:
        return "DEATH"
    if "wounded" in measures:
        return "INJURY"
    if claim.type == "civilians.attack" and has_any(
        claim.trigger.quote.lower(),
        ("kill", "murder", "assassinat", "execut", "massacr", "slay", "slain", "death"),
    ):
        return "DEATH"
    return None


def fill_unhurt(slots: dict[int, list[Fill]], incident: Incident, reading: Reading) -> None:
    """Fill what befell nobody, and the freedom that the kidnapped regained."""
    end = incident.claims[-1].evidence.end
    near = reading.report.text[incident.claims[0].evidence.start : end + 250]
    if incident.kind == "KIDNAPPING":
        freed = any(
            claim.type == "force.surrender" and claim.polarity == "positive" and claim.reality == "happened"
            for claim in reading.claims
        )
        if freed and has_any(reading.report.text.lower(), ("released", "freed", "rescued", "set free")):
            for fill in slots[20]:
                slots[23].append(Fill(values=("REGAINED FREEDOM",), refs=fill.refs))
    elif not slots[23] and _NOBODY.search(near):
        slots[23].append(Fill(values=("NO INJURY OR DEATH",), refs=("-",)))
