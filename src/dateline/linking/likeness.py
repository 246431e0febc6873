"""How far two texts are one, by their shingles and by the names and numbers that stand in the same words."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dateline.linking.shingles import NUMBER, Profile, prints_of, profile_of

CONTAINED = 0.7  # of the shorter body's shingles, also in the other text
CONTAINED_IN_LONG = 0.85  # where the other text is LONG times as long
LONG = 6.0
FEWEST_SHARED = 8  # shingles, that is ten words in a row; texts that are equal need none
FACTS_DIFFERING = 0.34  # of the shorter body's names and numbers, or of its numbers: a frame filled anew
RELATED = 0.2  # containment that two texts of one group have at least
TEMPLATE_SHARED = (
    120  # shingles; notices and frames of pages are shorter, wire stories that many print are longer
)
SAME_HEADLINE = 0.5  # of the shorter headline's words, also in the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How far two texts are one.

    `containment` is the share of the shorter body's shingles (runs of three words) that stand anywhere in the other
    text, `overlap` shared shingles of the bodies by all of them (Jaccard), `shared` the number behind `containment`,
    `length_ratio` the longer body by the shorter, in shingles; `headline` the share of the shorter headline's words
    that the other has, 1 where one has none. Of the shorter body's names and numbers, `agreeing` stand in the other
    text too; `differing` do not, and other ones stand there in the same words: each as (here, there).
    `numbers_agreeing` and `numbers_differing` count numbers alone.
    """

    identical: bool
    containment: float
    overlap: float
    headline: float
    shared: int
    length_ratio: float
    differing: tuple[tuple[str, str], ...]
    agreeing: int
    numbers_differing: int
    numbers_agreeing: int


def fingerprints(text: str) -> tuple[int, ...]:
    """Return the fingerprints of a text: a pure function of its words, integers below 2**63, sorted."""
    return prints_of(profile_of(text))


def compare_texts(a: str, b: str) -> Likeness:
    """Return the likeness of two texts; the order of the two changes only that within `differing`."""
    return compare_profiles(profile_of(a), profile_of(b))


def compare_profiles(a: Profile, b: Profile) -> Likeness:
    """Return the likeness of two texts by their profiles."""
    short, long = sorted((a, b), key=lambda profile: (len(profile.shingles), profile.keys))
    small, large = len(short.shingles), len(long.shingles)
    both = len(np.intersect1d(short.shingles, long.shingles, assume_unique=True))
    shared = len(np.intersect1d(short.shingles, long.whole, assume_unique=True))
    agreeing = [kind for kind, words in short.facts if long.vocabulary.issuperset(words.split())]
    differing = tuple(_refilled(short, long))
    return Likeness(
        identical=bool(a.keys) and a.keys == b.keys,
        containment=shared / small if small else 0.0,
        overlap=both / (small + large - both) if small else 0.0,
        headline=_headline_likeness(a, b),
        shared=shared,
        length_ratio=large / small if small else 0.0,
        differing=tuple((here, there) for _, here, there in differing),
        agreeing=len(agreeing),
        numbers_differing=sum(kind == NUMBER for kind, _, _ in differing),
        numbers_agreeing=agreeing.count(NUMBER),
    )


def _refilled(short: Profile, long: Profile) -> Iterator[tuple[str, str, str]]:
    for (kind, words), slots in sorted(short.facts.items()):
        if not long.vocabulary.issuperset(words.split()):
            others = sorted(slot for slot in slots if slot in long.slots)
            if others:
                yield kind, words, long.slots[others[0]][0]


def _headline_likeness(a: Profile, b: Profile) -> float:
    one, other = ({word.key for word in profile.headline} for profile in (a, b))
    return len(one & other) / min(len(one), len(other)) if one and other else 1.0


def are_copies(likeness: Likeness, *, template: bool = False) -> bool:
    """Say whether one text is a copy of the other, whole or cut.

    With `template`, most of what they share is shared by many reports: then short texts must agree in the headline
    too, since a page's notice or a column's frame stands under many.
    """
    if likeness.identical:
        return True
    if likeness.shared < FEWEST_SHARED or is_filled_anew(likeness):
        return False
    if template and likeness.shared < TEMPLATE_SHARED and likeness.headline < SAME_HEADLINE:
        return False
    return likeness.containment >= (CONTAINED_IN_LONG if likeness.length_ratio >= LONG else CONTAINED)


def is_filled_anew(likeness: Likeness) -> bool:
    """Say whether the same frame holds other names and numbers, as two days of a daily column do."""
    differing, numbers = len(likeness.differing), likeness.numbers_differing
    return differing > FACTS_DIFFERING * (differing + likeness.agreeing) or (
        numbers > FACTS_DIFFERING * (numbers + likeness.numbers_agreeing)
    )


def are_related(likeness: Likeness) -> bool:
    """Say whether two texts may stand in one group through a third: they share words and nothing tells them apart."""
    return likeness.identical or (likeness.containment >= RELATED and not is_filled_anew(likeness))
