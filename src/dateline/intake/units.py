"""Leaving military units out of what is taken from other data sets: sides and organisations stay, no order of battle."""

import re
from dataclasses import dataclass

UNIT = "[unit]"
_NOUN = (
    r"(?:brigades?|battalions?|regiments?|divisions?|corps|squadrons?|compan(?:y|ies)|platoons?|batter(?:y|ies)|flotillas?|fleets?|"
    r"bde|bn|regt|rgt|(?:combined[- ])?arms army|army groups?|tactical groups?|btgs?)"
)
_WORD = r"[^\W\d_][\w'’-]*"
# "5th separate assault brigade", "the 1st Tank Army", "Azov Regiment", "64th Motor Rifle Brigade's".
_NUMBERED = (
    rf"(?:\d{{1,4}}(?:st|nd|rd|th)?|[IVX]{{1,5}})[\s-]+(?:{_WORD}[\s-]+){{0,5}}?(?:(?i:{_NOUN})|Army)\b"
)
_NAMED = r"(?:[A-Z][\w'’-]*[\s-]+){1,4}(?:Brigade|Battalion|Regiment|Division|Corps|Squadron|Platoon|Flotilla|Fleet)s?\b"
# The same in Russian and Ukrainian, in which VIINA keeps its headlines: "93-тя механізована бригада".
_SLAVIC_NOUN = r"(?i:бригад|баталь|полк|див[иі]з|корпус|ескадр|эскадр|флот)\w*"
_SLAVIC = rf"\d{{1,4}}(?:-?[а-яіїєґ]{{1,3}})?[\s-]+(?:{_WORD}[\s-]+){{0,4}}?{_SLAVIC_NOUN}"
_UNITS = re.compile(rf"\b(?:{_NUMBERED}|{_NAMED}|{_SLAVIC})")
# ACLED names a unit behind the years of a government: "Military Forces of Russia (2000-) 5th brigade".
_YEARS = re.compile(r"\(\d{4}-(?:\d{4})?\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """Words without units, and the units that were left out."""

    words: str
    units: tuple[str, ...]


def without_units(words: str) -> Cleared:
    """Replace names of units in running words by "[unit]"."""
    found = tuple(match.group() for match in _UNITS.finditer(words))
    return Cleared(words=_UNITS.sub(UNIT, words), units=found)


def actor_without_unit(name: str) -> Cleared:
    """Return an actor's name as that of its side or organisation; empty if the name is a unit's alone."""
    years = _YEARS.search(name)
    if years is not None:
        rest = name[years.end() :].strip(" -:,")
        return Cleared(words=name[: years.end()].strip(), units=(rest,) if rest else ())
    if "(" in name and not _UNITS.search(name.split("(")[0]):
        return Cleared(words=name.strip(), units=())
    found = _UNITS.search(name)
    if found is None:
        return Cleared(words=name.strip(), units=())
    before = name[: found.start()].strip(" -:,")
    return Cleared(words=before, units=(name[found.start() :].strip(),))
