"""Score a response fill against a key fill: 1 right, 0.5 partially, 0 wrong, by MUC-4's guidelines.

Source: "Guidelines for scoring mismatches between system responses and answer key" (MUC-4, version 7), sections 3.1
and 3.2. What they leave to the judge of a string is decided here by words: equal apart from nonessential modifiers,
or more modifiers of the same head, is right; a part of the key's name or phrase, or a phrase with more than the noun
phrase asked for, partially; in doubt wrong, as section 1 says. No credit is distributed over several key fills.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from benchmarks.quality.muc4_keys import SETS, STRINGS, Fill, read_date

# A wider response that is partially right for a narrower key (sections 3.2.4, 7, 11, 13, 16, 20, 23).
_GUNS = ("MACHINE GUN", "MORTAR", "HANDGUN", "RIFLE")
_BOMBS = ("VEHICLE BOMB", "DYNAMITE", "MINE", "AERIAL BOMB")
_WIDER: dict[int, dict[str, tuple[str, ...]]] = {
    4: {"ATTACK": ("ARSON", "BOMBING", "KIDNAPPING", "HIJACKING", "ROBBERY", "FORCED WORK STOPPAGE")},
    7: {
        "GUN": _GUNS,
        "EXPLOSIVE": ("BOMB", *_BOMBS, "GRENADE", "MOLOTOV COCKTAIL"),
        "BOMB": _BOMBS,
        "PROJECTILE": ("MISSILE", "ROCKET"),
    },
    11: {"SUSPECTED OR ACCUSED": ("SUSPECTED OR ACCUSED BY AUTHORITIES",)},
    13: {"POLITICAL FIGURE OFFICE OR RESIDENCE": ("GOVERNMENT OFFICE OR RESIDENCE",)},
    16: {"DESTROYED": ("SOME DAMAGE",)},
    20: {
        "GOVERNMENT OFFICIAL": ("FORMER GOVERNMENT OFFICIAL",),
        "ACTIVE MILITARY": ("FORMER ACTIVE MILITARY",),
        "POLITICAL FIGURE": ("GOVERNMENT OFFICIAL",),
    },
    23: {"NO INJURY": ("NO INJURY OR DEATH",), "NO DEATH": ("NO INJURY OR DEATH",)},
}  # fmt: skip
_NUMBERS = frozenset((14, 17, 21, 24))
_PLACE_NAME = re.compile(r"\s*\([^)]*\)\s*")
_WORD = re.compile(r"[A-Z0-9ÑÁÉÍÓÚÜ]+(?:['.&-][A-Z0-9ÑÁÉÍÓÚÜ]+)*")
_COUNTS = (
    "ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE SEVERAL SOME MANY FEW ABOUT APPROXIMATELY MORE "
    "OTHER OTHERS ANOTHER ALL BOTH VARIOUS UNIDENTIFIED UNKNOWN"
).split()
_NATIONS = (
    "SALVADORAN SALVADORIAN GUATEMALAN HONDURAN ARGENTINE BOLIVIAN CHILEAN COLOMBIAN ECUADORAN ECUADORIAN PERUVIAN "
    "NICARAGUAN SPANISH AMERICAN U.S US FRENCH GERMAN ITALIAN MEXICAN BRITISH"
).split()
_NONESSENTIAL = frozenset(
    ("THE", "A", "AN", "HIS", "HER", "THEIR", "ITS", "THIS", "THAT", *_COUNTS, *_NATIONS)
)
_COMPLEMENT = frozenset(
    ("OF", "FROM", "IN", "AT", "WHO", "WHICH", "WHERE", "THAT", "ON", "FOR", "WITH", "BELONGING")
)
_LINKS = frozenset(("OF", "DE", "LA", "DEL", "EL", "AND", "Y"))


def match(slot: int, response: Fill, key: Fill, tagged: bool) -> float:
    """Return the credit of one response fill for one key fill; `tagged`: its cross-reference is right."""
    value = response.values[0]
    worth = max((worth_of(slot, value, other) for other in key.values), default=0.0)
    if slot in SETS or slot in _NUMBERS or slot == 19:
        # A right value that refers to the wrong thing is partially right; a partially right one stays so.
        return 0.5 if worth == 1.0 and not tagged else worth
    return worth


def worth_of(slot: int, response: str, key: str) -> float:
    """Return the credit of one value for one of a key's alternatives, references left aside."""
    if slot == 2:
        return match_date(response, key)
    if slot == 3:
        return match_location(response, key)
    if slot in STRINGS:
        return match_string(response, key)
    if slot in _NUMBERS:
        return match_number(response, key)
    if response == key:
        return 1.0
    return 0.5 if key in _WIDER.get(slot, {}).get(response, ()) else 0.0


def match_string(response: str, key: str) -> float:
    """Return the credit of a string for a string."""
    ours, theirs = content_words(response), content_words(key)
    if not ours or not theirs:
        return 1.0 if response.strip() == key.strip() else 0.0
    if ours == theirs or _acronym_beside(response, key):
        return 1.0
    if _within(theirs, ours):
        return 1.0 if _head(response) == _head(key) and not _has_aside(response, key) else 0.5
    if _within(ours, theirs) and set(ours) - _LINKS:
        return 1.0 if _phrase(key) == ours else 0.5
    return 0.0


def content_words(text: str) -> tuple[str, ...]:
    """Return the words of a string without nonessential modifiers (articles, counts, nationalities)."""
    words = _WORD.findall(text.upper())
    kept = tuple(word for word in words if word not in _NONESSENTIAL and not word.isdigit())
    return kept or tuple(words)


def _within(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether all words of a part stand in the whole, in this order."""
    rest = iter(whole)
    return all(word in rest for word in part)


def _phrase(text: str) -> tuple[str, ...]:
    """Return the words of a noun phrase up to what complements it ("MAYOR" of "MAYOR OF ACHI")."""
    words = content_words(text)
    for place, word in enumerate(words):
        if place and word in _COMPLEMENT:
            return words[:place]
    return words


def _head(text: str) -> str:
    words = content_words(text.split(",")[0])
    for place, word in enumerate(words):
        if place and word in _COMPLEMENT:
            return words[place - 1]
    return words[-1] if words else ""


def _has_aside(response: str, key: str) -> bool:
    """Whether a response goes on after a comma where the key does not."""
    return "," in response and "," not in key


def _acronym_beside(response: str, key: str) -> bool:
    """Whether a response is the key's name with its acronym beside it, or the other way round."""
    found = re.fullmatch(r"\s*(.+?)\s*[\[(]\s*([^\])]+?)\s*[\])]\s*", response)
    return found is not None and any(content_words(part) == content_words(key) for part in found.groups())


def match_number(response: str, key: str) -> float:
    """Return the credit of a number: a range's anchor or an approximate one's value is partially right."""
    ours, theirs = response.replace(" ", ""), key.replace(" ", "")
    if ours == theirs:
        return 1.0
    anchors = [part for part in re.split(r"[-~]", theirs) if part]
    return 0.5 if ours.isdigit() and theirs != ours and ours in anchors else 0.0


def read_range(value: str) -> tuple[date | None, date | None]:
    """Return the first and last day of "4 FEB 90", "4 FEB 90 - 8 FEB 90" or "- 8 FEB 90" (no first day)."""
    first, dash, last = value.partition("-")
    if not dash:
        day = read_date(value)
        return day, day
    return read_date(first), read_date(last)


def match_date(response: str, key: str) -> float:
    """Return the credit of a date or range of dates."""
    if response.replace(" ", "") == key.replace(" ", ""):
        return 1.0
    (first, last), (key_first, key_last) = read_range(response), read_range(key)
    if last is None or key_last is None:
        return 0.0
    if (first, last) == (key_first, key_last):
        return 1.0
    if first is None:
        return 0.5 if last == key_last else 0.0
    if key_first is None:
        # "26 AUG" or "25 AUG" for the default "- 26 AUG": part of it, if near.
        return 0.5 if last <= key_last and key_last - first <= timedelta(days=62) else 0.0
    return 0.5 if key_first <= first and last <= key_last else 0.0


def match_location(response: str, key: str) -> float:
    """Return the credit of a location: the country alone, or right names in a wrong country, partially."""
    ours, theirs = read_location(response), read_location(key)
    if ours == theirs:
        return 1.0
    if ours[0] == theirs[0]:
        return 0.5
    return 0.5 if ours[1] and ours[1:] == theirs[1:] else 0.0


def read_location(value: str) -> tuple[str, tuple[str, ...]]:
    """Return the country and the names of places within it, types left out."""
    country, *places = [part.strip() for part in value.split(":")]
    names = tuple(name for place in places for name in (_PLACE_NAME.sub(" ", place).strip(" -"),) if name)
    between = tuple(part.strip() for part in _PLACE_NAME.sub(" ", country).split(" - ") if part.strip())
    return (between[0] if between else ""), (*between[1:], *names)
