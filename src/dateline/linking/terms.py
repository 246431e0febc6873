"""The words of a text as weighted terms: rare words weigh more, names are told apart from other words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log
from pathlib import Path
from zlib import crc32

import numpy as np

FREQUENCIES = Path(__file__).with_name("frequencies.npz")
# A word, or a number with its marks: "S-300", "5,000", "O'Brien".
_WORD = re.compile(r"[^\W_]+(?:[.,'’-][^\W_]+)*")
_CAPITAL = r"[^\W\d_a-z][^\W\d_]*[a-z][^\W\d_]*"
_NAME = re.compile(rf"(?<=[\w,;:”\")] ){_CAPITAL}")
_FULL_NAME = re.compile(rf"(?=\b({_CAPITAL} (?:[A-Z]\. )?{_CAPITAL})\b)")
_INITIAL = re.compile(r" [A-Z]\. ")
_MOST_TERMS = 48
_MOST_NAMES = 32
# A word in more than this share of all reports tells nothing of which occurrence a report is about.
_COMMON = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Term numbers with their weights: `words` as a vector, of unit length before the lightest are cut, `names` in nats."""

    words: tuple[tuple[int, float], ...]
    names: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequencies:
    """How much each term tells, kept as data, so that a weight never depends on what else a record holds.

    `weights` are -ln of the share of reports with the term (inverse document frequency, Sparck Jones 1972), of the
    corpus in which that share is largest: a word that is common in one kind of report tells little in any. A term
    that is not there weighs `most`.
    """

    most: float
    weights: Mapping[int, float]

    def weight(self, term: int) -> float:
        """Return the weight of a term in nats."""
        return self.weights.get(term, self.most)


@cache
def load_frequencies() -> Frequencies:
    """Load the packaged weights; tools/train_linking.py makes them."""
    with np.load(FREQUENCIES) as kept:
        weights = dict(zip(kept["terms"].tolist(), kept["weights"].tolist(), strict=True))
        return Frequencies(most=float(kept["most"]), weights=weights)


@lru_cache(maxsize=262_144)
def number_of(word: str) -> int:
    """Return the number of a word: CRC-32 of its lower case, the possessive left out."""
    return crc32(word.lower().replace("’", "'").removesuffix("'s").encode("utf-8", "replace"))


def words_of(text: str) -> dict[int, int]:
    """Count the terms of a text."""
    counts: dict[int, int] = {}
    for match in _WORD.finditer(text):
        number = number_of(match[0]) if len(match[0]) < 40 else crc32(match[0].encode("utf-8", "replace"))
        counts[number] = counts.get(number, 0) + 1
    return counts


def names_of(text: str) -> frozenset[int]:
    """Return the words written with a capital inside a sentence, and every two that stand together, as one."""
    single = {number_of(match[0]) for match in _NAME.finditer(text) if match[0][0].isupper()}
    return frozenset(single | full_names_of(text))


def full_names_of(text: str) -> frozenset[int]:
    """Return every two words with a capital that stand together, as one term; an initial between them is left out."""
    found = (_INITIAL.sub(" ", match[1]) for match in _FULL_NAME.finditer(text))
    # The pattern takes letters such as é for capitals.
    return frozenset(number_of(name) for name in found if all(word[0].isupper() for word in name.split(" ")))


def weigh(
    words: Mapping[int, int], names: Iterable[int], frequencies: Frequencies, *, places: frozenset[int]
) -> Terms:
    """Weigh the terms of a text: (1 + ln count) times the inverse document frequency, the heaviest kept.

    Names of the places that are compared as places are no names here.
    """
    common = -log(_COMMON)
    weighed = [
        ((1 + log(count)) * weight, term)
        for term, count in words.items()
        if (weight := frequencies.weight(term)) > common
    ]
    weighed.sort(reverse=True)
    norm = sum(weight * weight for weight, _ in weighed) ** 0.5
    kept = sorted((term, round(weight / norm, 4)) for weight, term in weighed[:_MOST_TERMS])
    told = sorted(((frequencies.weight(term), term) for term in set(names) - places), reverse=True)
    heavy = sorted((term, round(weight, 2)) for weight, term in told[:_MOST_NAMES] if weight > common)
    return Terms(words=tuple(kept), names=tuple(heavy))
