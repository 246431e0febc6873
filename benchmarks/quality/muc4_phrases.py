"""Noun phrases in MUC-4's terms: name, title, number, and the class of their head word."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dateline.codebook.places import place_books
from dateline.reading.truecase import truecase

WORDS = Path(__file__).with_name("muc4_words.toml")
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_ARTICLES = frozenset(
    ("the", "a", "an", "his", "her", "their", "its", "this", "that", "these", "those", "another")
)
_COUNTS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
}  # fmt: skip
_APPROXIMATE = ("about", "approximately", "some", "around", "nearly", "almost")
_AT_LEAST = ("at least", "more than", "over")
_LINKS = frozenset(("of", "de", "la", "del", "el", "los", "las", "y", "da", "von"))
_TURN = re.compile(r"\b(?:of|from|in|at|who|which|where|that|on|for|with|near|belonging|,)\s", re.IGNORECASE)
# Roles that are given names too.
_ROLES = frozenset(
    ("major", "general", "judge", "mayor", "bishop", "deputy", "dean", "page", "prince", "guard")
)
PRONOUNS = frozenset(
    "he she they it them him her his their its we us our i you who whom which that this these those one others "
    "all some many few both another other someone mine".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase as MUC-4 fills it: `text` without articles and counts, upper case; `name` of a person; `head` words."""

    text: str
    name: str | None
    title: str | None
    number: str
    words: tuple[str, ...]


@cache
def tables() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return the tables of words by class."""
    raw = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return {
        name: {kind: tuple(words) if isinstance(words, list) else (words,) for kind, words in table.items()}
        for name, table in raw.items()
    }


def single(word: str) -> str:
    """Return a word in the singular, by the regular rules."""
    for ending, base in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("xes", "x"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith(("ss", "us")):
            return word[: -len(ending)] + base
    return word


@cache
def _class_index(table: str) -> dict[tuple[str, ...], str]:
    return {
        tuple(words.split()): kind
        for kind, listed in reversed(list(tables()[table].items()))
        for words in listed
    }


def class_of(table: str, words: Sequence[str], *, head_only: bool = False) -> str | None:
    """Return the class of a phrase's words by a table: of its longest last run of words that the table has."""
    index = _class_index(table)
    singular = [single(word) for word in words]
    for last in range(len(words), 0, -1):
        for length in (3, 2, 1):
            if last - length < 0:
                continue
            for run in (tuple(words[last - length : last]), tuple(singular[last - length : last])):
                if run in index:
                    return index[run]
        if head_only:
            return None
    return None


def has_any(words: str, listed: Sequence[str]) -> bool:
    """Say whether any of the listed words begins a word of a text."""
    return any(re.search(rf"\b{re.escape(word)}", words) for word in listed)


def phrases_of(quote: str) -> list[Phrase]:
    """Return the phrases of a list of two names ("ANA RUIZ AND LUIS PAZ"), or the one phrase that it is."""
    parts = [part for part in re.split(r"\s+AND\s+|,\s+", quote.upper()) if part.strip()]
    read = [phrase_of(part) for part in parts]
    if len(read) > 1 and all(one.name and len(one.name.split()) > 1 for one in read):
        return read
    return [phrase_of(quote)]


def phrase_of(quote: str) -> Phrase:
    """Return the phrase of a quotation from a text in capitals."""
    flat = " ".join(quote.replace("\n", " ").split()).strip(" ,;.\"'()")
    cased = truecase(f"HE MET WITH {flat.upper()} AND OTHERS ON THE DAY", headline=False)[12:]
    cased = cased[: len(flat)]
    tokens = [(match.start(), match[0]) for match in _WORD.finditer(cased)]
    number, skip = _number(cased, tokens)
    kept = tokens[skip:]
    text = flat[kept[0][0] :].upper() if kept else flat.upper()
    turn = _TURN.search(text)
    core = [word for start, word in kept if turn is None or start - kept[0][0] < turn.start()]
    name, title = _name(core)
    return Phrase(
        text=text, name=name, title=title, number=number, words=tuple(word.lower() for word in core)
    )


def _number(cased: str, tokens: Sequence[tuple[int, str]]) -> tuple[str, int]:
    """Return how many a phrase says, and how many words say it or are articles."""
    skip, prefix, number = 0, "", ""
    low = cased.lower()
    for words in _AT_LEAST:
        if low.startswith(words):
            prefix, skip = "least", len(words.split())
    if not skip and tokens and tokens[0][1].lower() in _APPROXIMATE:
        prefix, skip = "about", 1
    while skip < len(tokens):
        word = tokens[skip][1].lower()
        if word in _COUNTS or word.replace(",", "").isdigit():
            number = str(_COUNTS.get(word, word.replace(",", "")))
        elif word not in _ARTICLES and word not in ("other", "others", "additional", "unidentified"):
            break
        skip += 1
    if skip == len(tokens):
        skip = max(0, len(tokens) - 1)
    if number:
        return {"least": f"{number}-", "about": f"~{number}"}.get(prefix, number), skip
    return "", skip


def _name(core: Sequence[str]) -> tuple[str | None, str | None]:
    """Return a person's name and title: the capitalised words at the end, and what stands before.

    A given name that is a word too ("Victor", "Grace") belongs to the name that it stands before.
    """
    first = len(core)
    given = place_books().words["first"]
    while first > 0 and (
        core[first - 1][:1].isupper()
        or (core[first - 1] in _LINKS and first < len(core))
        or (first < len(core) and core[first - 1] in given and core[first - 1] not in _ROLES)
    ):
        first -= 1
    opens = next(
        (place for place, word in enumerate(core) if word.lower() in given and word.lower() not in _ROLES),
        None,
    )
    if opens is not None and opens < first and len(core) - opens > 1 and _bears_name(core[opens:]):
        # A surname may be a word too: what follows a given name is the name.
        first = opens
    while first < len(core) and core[first] in _LINKS:
        first += 1
    if first == len(core) or all(word.lower() in _demonyms() for word in core[first:]):
        return None, None
    title = " ".join(core[:first]).upper() or None
    return " ".join(core[first:]).upper(), title


def _bears_name(words: Sequence[str]) -> bool:
    """Whether words after a given name can be a name's: one is capitalised, none of a class of people or things."""
    known = class_of("human", [words[-1].lower()]) or class_of("physical", [words[-1].lower()])
    return known is None and any(word[:1].isupper() for word in words) and len(words) < 7


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(place_books().demonyms)


def nation_of(words: Sequence[str]) -> str | None:
    """Return the country code of a nationality among words."""
    demonyms = place_books().demonyms
    return next((demonyms[word] for word in words if word in demonyms), None)


def is_plural(words: Sequence[str]) -> bool:
    """Say whether a phrase's last word is a plural."""
    if not words:
        return False
    last = words[-1]
    return (last.endswith("s") and not last.endswith("ss")) or last in (
        "people", "men", "women", "children", "policemen", "police", "troops", "personnel", "gunmen", "guerrillas"
    )  # fmt: skip
