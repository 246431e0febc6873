"""What of a text tells its copies: its words without page furniture, their shingles, and its names and numbers."""

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Fact = tuple[str, str]  # NAME or NUMBER, and the words
Slot = tuple[str, ...]

SHINGLE = 3  # words of a shingle of the exact check: a changed word costs three of them
PRINT = 4  # words of a fingerprint
WINDOW = 5  # any run of PRINT + WINDOW - 1 = 8 words that two texts share gives a shared fingerprint
HEADLINE_WORDS = 25
TITLE_WORD = 4  # letters of a word that has a capital in a Title Case line
TITLED = 0.7  # of such words; more, and the line is a headline even with a full stop
STEM = 5  # letters of a word that its forms share
SHORTEST_BODY = 8  # words; with fewer, the first line is no headline
# Scripts written without spaces are taken sign by sign.
_WORD = re.compile(
    r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|\d+(?:[.,:/]\d+)*(?:(?:st|nd|rd|th)\b)?|[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*"
)
_BREAK = re.compile(r"[.!?:;…\"“”«»()\n]")  # after one of these, a capital says nothing
_APOSTROPHES = re.compile(r"['’ʼ‘`´-]")
_STOP = re.compile(r"[.!?…。]['’”\"»)]*(?:\s|$)")
_SENTENCE_END = re.compile(r"(?<!\.)\.['’”\"»)]*$")
# Lines of the page and not of the report, at its start or end. Kept here and not in the codebook: fingerprints
# are stored, so they must not change with a user's lists.
_FURNITURE = re.compile(
    r"(?:read (?:more|also|next|the full)|see also|related(?: stories| articles| news)?\s*:?$|more on this|recommended"
    r"|subscribe|sign up|follow us|join (?:us|our)|share (?:this|on|via)|click here|download our|get (?:the|our) (?:app|latest)"
    r"|advertisement|loading|listen to|watch (?:the video|live|:)|comments?$|print$|e-?mail$|tweet$|facebook$"
    r"|(?:image|photo|picture|video|file photo)(?: (?:credit|source|caption|by))?\s*[:/]|image (?:copyright|source)"
    r"|©|\(c\)|copyright|all rights reserved|this (?:material|article|story|content) (?:may not|was (?:originally|first))"
    r"|(?:first )?published (?:at|on|:|\d)|(?:last )?(?:updated|modified)\b.{0,40}\d|posted (?:at|on|:|\d)"
    r"|(?:additional )?(?:reporting|editing|writing|compiled|edited|written|reported) by\b|source\s*:"
    r"|(?:by|from) (?:[A-Z][\w.'’-]+ ?){1,4}(?:[,|–-].{0,40})?$|for more (?:news|stories|information)"
    r"|our standards|the associated press contributed|with files from|with reporting by)",
    re.IGNORECASE,
)
FURNITURE_WORDS = 30  # a longer line is read as part of the report, whatever its first words
# "KYIV, March 2 (Reuters) - " and "KYIV (AP) — " before the first words of a body.
_DATELINE = re.compile(
    r"^[^\W\d_][^\n()]{0,60}\([^()\n]{2,40}\)\s*[-–—:]+\s*|^[A-Z][A-Z .,'’-]{2,40}\s[–—-]{1,2}\s"
)
_NUMBER_WORDS = {
    word: str(number)
    for number, words in enumerate(
        "zero one|first two|second three|third four|fourth five|fifth six|sixth seven|seventh eight|eighth nine|ninth"
        " ten|tenth eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
    for word in words.split("|")
} | {
    word: word
    for word in "thirty forty fifty sixty seventy eighty ninety hundred hundreds dozen dozens".split()
}
# Dates are numbers: a column of another day has another date.
_DATES = frozenset(
    "January February March April May June July August September October November December"
    " Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)
NAME, NUMBER = "@", "#"


class Word(NamedTuple):
    """A word as compared (folded) and, where it is a name or a number, which of the two (else empty)."""

    key: str
    fact: str


@dataclass(frozen=True)
class Profile:
    """The words of a text, headline and body apart, and what is derived from them, once each."""

    headline: tuple[Word, ...]
    body: tuple[Word, ...]
    prose: bool  # whether a line of the body is a sentence; a page's menus and lists of links have none

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """All words as compared, in order: equal for texts that differ only in case, marks and furniture."""
        return tuple(word.key for word in (*self.headline, *self.body))

    @cached_property
    def whole(self) -> Hashes:
        """The distinct shingles of headline and body, sorted."""
        return np.union1d(np.unique(hashes(self.headline, SHINGLE)), self.shingles)

    @cached_property
    def shingles(self) -> Hashes:
        """The distinct shingles of the body, sorted."""
        return np.unique(hashes(self.body, SHINGLE))

    @cached_property
    def facts(self) -> Mapping[Fact, frozenset[Slot]]:
        """Names and numbers of the body, each with the slots that it stands in."""
        found: dict[Fact, set[Slot]] = {}
        for fact, slots in facts_of(self.body):
            found.setdefault(fact, set()).update(slots)
        return {fact: frozenset(slots) for fact, slots in found.items()}

    @cached_property
    def slots(self) -> Mapping[Slot, tuple[str, ...]]:
        """The slots of the body's names and numbers, each with what fills it, sorted."""
        found: dict[Slot, set[str]] = {}
        for fact, slots in self.facts.items():
            for slot in slots:
                found.setdefault(slot, set()).add(fact[1])
        return {slot: tuple(sorted(values)) for slot, values in found.items()}

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The distinct words."""
        return frozenset(self.keys)

    @cached_property
    def topics(self) -> frozenset[str]:
        """The first letters of the headline's long words."""
        return frozenset(word.key[:STEM] for word in self.headline if len(word.key) >= STEM)

    @cached_property
    def told(self) -> float:
        """The share of the headline's topics that the body has as well; 1 without a headline."""
        told = self.topics & {word.key[:STEM] for word in self.body}
        return len(told) / len(self.topics) if self.topics else 1.0


def profile_of(text: str) -> Profile:
    """Return the profile of a text: furniture and dateline off, first line apart where it is a headline."""
    lines = [line.strip() for line in unicodedata.normalize("NFKC", text).splitlines()]
    lines = _without_furniture([line for line in lines if line])
    headline: tuple[Word, ...] = ()
    if len(lines) > 1 and _is_headline(lines[0]):
        headline = tuple(words_of(lines[0]))
        body = _body(lines[1:])
        if len(headline) <= HEADLINE_WORDS and len(body) >= SHORTEST_BODY:
            return Profile(headline, body, any(map(_is_sentence, lines[1:])))
    return Profile((), _body(lines), any(map(_is_sentence, lines)))


def _is_sentence(line: str) -> bool:
    return _STOP.search(line) is not None and len(line.split()) >= SHORTEST_BODY


def _is_headline(line: str) -> bool:
    words = [word for word in line.split() if len(word) >= TITLE_WORD]
    titled = sum(word[0].isupper() for word in words) > TITLED * len(words)
    return titled or _SENTENCE_END.search(line) is None


def _body(lines: Sequence[str]) -> tuple[Word, ...]:
    return tuple(words_of(_DATELINE.sub("", "\n".join(lines), count=1)))


def _without_furniture(lines: list[str]) -> list[str]:
    first, last = 0, len(lines)
    while first < last and _is_furniture(lines[first]):
        first += 1
    # The line under the headline may be a byline.
    head = lines[first : first + 1]
    first += len(head)
    while first < last and _is_furniture(lines[first]):
        first += 1
    while last > first and _is_furniture(lines[last - 1]):
        last -= 1
    return (head + lines[first:last]) or lines


def _is_furniture(line: str) -> bool:
    line = line.lstrip("-–—*•|([ ")
    return not line or (_FURNITURE.match(line) is not None and len(line.split()) <= FURNITURE_WORDS)


def words_of(text: str) -> Iterator[Word]:
    """Yield the words of a text; names are words with a capital that do not begin a sentence."""
    end = 0
    fresh = True
    for match in _WORD.finditer(text):
        word = match.group()
        fresh = fresh or _BREAK.search(text, end, match.start()) is not None
        end = match.end()
        if word[0].isdigit():
            yield Word(word.replace(",", "").rstrip("stndrh"), NUMBER)
        else:
            key = word.casefold()
            if not key.isalpha():
                key = _APOSTROPHES.sub("", key)
            if key in _NUMBER_WORDS:
                yield Word(_NUMBER_WORDS[key], NUMBER)
            elif word in _DATES:
                yield Word(key, NUMBER)
            else:
                yield Word(key, NAME if not fresh and word[0].isupper() else "")
        fresh = False


def hashes(words: Sequence[Word], size: int) -> Hashes:
    """Hash every run of `size` words, in order; a text with fewer words is one run.

    A polynomial of the words' CRC-32 modulo 2**64, mixed by the finaliser of SplitMix64 (Steele et al. 2014).
    """
    if not words:
        return np.empty(0, dtype=np.uint64)
    codes = np.fromiter(
        (zlib.crc32(word.key.encode("utf-8", "surrogatepass")) for word in words), np.uint64, count=len(words)
    )
    size = min(size, len(codes))
    runs = np.zeros(len(codes) - size + 1, dtype=np.uint64)
    for offset in range(size):
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + codes[offset : offset + len(runs)] + np.uint64(1)
    runs = (runs ^ (runs >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    runs = (runs ^ (runs >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return runs ^ (runs >> np.uint64(31))


def winnow(runs: Hashes) -> Hashes:
    """Keep the least hash of every window (Schleimer, Wilkerson and Aiken 2003), distinct and sorted."""
    if len(runs) <= WINDOW:
        return np.unique(runs)[:1] if len(runs) else runs
    return np.unique(np.lib.stride_tricks.sliding_window_view(runs, WINDOW).min(axis=1))


def prints_of(profile: Profile) -> tuple[int, ...]:
    """Return the fingerprints of a profile: 63 bits each, sorted; headline and body are winnowed apart."""
    parts = [winnow(hashes(part, PRINT)) for part in (profile.headline, profile.body)]
    found = np.unique(np.concatenate(parts) >> np.uint64(1))
    return tuple(int(value) for value in found)


def facts_of(words: Iterable[Word]) -> Iterator[tuple[Fact, tuple[Slot, ...]]]:
    """Yield the names and numbers of a text in order, each with its slots: what stands before it, and what after.

    A slot is two units, a unit being a word or a run of words of one name or a number; for a number one word is enough,
    its plural "s" off. In a slot names and numbers count by kind alone, so that two days of one daily column have the
    same slots. A slot needs a plain word.
    """
    units: list[Fact] = []
    for key, kind in words:
        if kind == NAME and units and units[-1][0] == NAME:
            units[-1] = (NAME, f"{units[-1][1]} {key}")
        else:
            units.append((kind, key))
    masks = ["", "", *(kind or key for kind, key in units), "", ""]
    for index, (kind, key) in enumerate(units):
        if kind:
            before, after = masks[index : index + 2], masks[index + 3 : index + 5]
            sides = [("before", *before), ("after", *after)]
            if kind == NUMBER:
                sides += [("before", before[1]), ("after", after[0].rstrip("s"))]
            yield (kind, key), tuple((kind, *side) for side in sides if not {*side[1:]} <= {"", NAME, NUMBER})
