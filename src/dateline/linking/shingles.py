"""What of a text tells its copies: its words without page furniture, their shingles, and its names and numbers."""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.linking.furniture import is_prose, lines_of

Hashes = NDArray[np.uint64]
Fact = tuple[str, str]  # NAME or NUMBER, and the words
Slot = tuple[str, ...]

SHINGLE = 3  # words of a shingle of the exact check: a changed word costs three of them
PRINT = 4  # words of a fingerprint
WINDOW = 5  # any run of PRINT + WINDOW - 1 = 8 words that two texts share gives a shared fingerprint
STEM = 5  # letters of a word that its forms share
# Scripts written without spaces are taken sign by sign.
_WORD = re.compile(
    r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|\d+(?:[.,:/]\d+)*(?:(?:st|nd|rd|th)\b)?|[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*"
)
_BREAK = re.compile(r"[.!?:;…\"“”«»()\n]")  # after one of these, a capital says nothing
_APOSTROPHES = re.compile(r"['’ʼ‘`´-]")
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
    lines: tuple[tuple[Word, ...], ...]
    prose: bool  # whether the body is sentences and not a page's menu or list of links

    @cached_property
    def body(self) -> tuple[Word, ...]:
        """The words of all lines of the body."""
        return tuple(word for line in self.lines for word in line)

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
    """Return the profile of a text, its page's furniture off."""
    headline, lines = lines_of(text)
    return Profile(tuple(words_of(headline)), tuple(tuple(words_of(line)) for line in lines), is_prose(lines))


def words_of(text: str) -> Iterator[Word]:
    """Yield the words of a text; names are words with a capital that do not begin a sentence."""
    end = 0
    fresh = True
    for match in _WORD.finditer(text):
        word = match.group()
        gap = text[end : match.start()]
        fresh = fresh or (gap != " " and _BREAK.search(gap) is not None)
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
    codes = np.fromiter([_code(word.key) for word in words], np.uint64, count=len(words))
    size = min(size, len(codes))
    runs = np.zeros(len(codes) - size + 1, dtype=np.uint64)
    for offset in range(size):
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + codes[offset : offset + len(runs)] + np.uint64(1)
    runs = (runs ^ (runs >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    runs = (runs ^ (runs >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return runs ^ (runs >> np.uint64(31))


@lru_cache(maxsize=1 << 17)
def _code(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def winnow(runs: Hashes) -> Hashes:
    """Keep the least hash of every window (Schleimer, Wilkerson and Aiken 2003), distinct and sorted."""
    if len(runs) <= WINDOW:
        return np.unique(runs)[:1] if len(runs) else runs
    count = len(runs) - WINDOW + 1
    least = runs[:count]
    for offset in range(1, WINDOW):
        least = np.minimum(least, runs[offset : offset + count])
    return np.unique(least)


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
