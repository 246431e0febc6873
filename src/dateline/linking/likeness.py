"""How far two texts are one, by their shingles and by the names and numbers that stand in the same words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from dateline.linking.shingles import NAME, NUMBER, SHINGLE, Profile, hashes, prints_of, profile_of

CONTAINED = 0.7  # of the shorter body's shingles, also in the other text
CONTAINED_SHORT = 0.75  # where the shorter body has fewer than SHORT shingles
SHORT = 60
CONTAINED_IN_LONG = 0.85  # where the other text is LONG times as long
LONG = 6.0
FEWEST_SHARED = 8  # shingles, that is ten words in a row; texts that are equal need none
FACTS_DIFFERING = 0.3  # of the shorter body's names and numbers, or of its numbers: a frame filled anew
RELATED = 0.2  # containment that two texts of one group have at least
TEMPLATE_SHARED = (
    120  # shingles; notices and frames of pages are shorter, wire stories that many print are longer
)
SAME_HEADLINE = 0.7  # of the long words of the shorter headline, also in the other
TOLD = 0.25  # of a headline's long words in the body below; with less in both, what they share is a notice of the page
EDGE_WORDS = 25  # a longer line at an end is no credit or notice
FULL_SLOT = 4  # a slot of two units, with its kind and side
SAME_LENGTH = 1.5  # the longer by the shorter


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How far two texts are one.

    `containment` is the share of the shorter body's shingles (runs of three words) that stand anywhere in the other
    text, `shared` their number; `overlap` shared shingles of the bodies by all of them (Jaccard); `length_ratio` the
    longer body by the shorter, in shingles. `headline` is the share of the shorter headline's long words that the
    other has, 1 where one has none; `told` the larger share of a headline's long words that the body below it has;
    `prose` says whether a body is sentences and not a list of links.

    Of the shorter body's names and numbers, `agreeing` stand in the other text too; `differing` do not, and other
    ones stand there in the same words: each as (here, there). `numbers_agreeing` and `numbers_differing` count numbers
    and dates alone; in texts of about one length, all numbers that only one has, paired, are differing.
    """

    identical: bool
    containment: float
    overlap: float
    headline: float
    told: float
    prose: bool
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
    likeness = _compare(a, b)
    if likeness.containment < least_containment(likeness):
        trimmed = _trimmed(a, b), _trimmed(b, a)
        if trimmed != (a, b):
            return replace(_compare(*trimmed), identical=False)
    return likeness


def _trimmed(profile: Profile, other: Profile) -> Profile:
    """Leave out the first and the last line where they share nothing: a credit or notice of one of the two."""
    lines = profile.lines
    for end in (0, -1):
        if len(lines) > 1 and len(lines[end]) <= EDGE_WORDS:
            own = np.unique(hashes(lines[end], SHINGLE))
            if not len(np.intersect1d(own, other.whole, assume_unique=True)):
                lines = lines[1:] if end == 0 else lines[:-1]
    if lines is profile.lines:
        return profile
    return Profile(profile.headline, lines, profile.prose)


def _compare(a: Profile, b: Profile) -> Likeness:
    short, long = sorted((a, b), key=lambda profile: (len(profile.shingles), profile.keys))
    small, large = len(short.shingles), len(long.shingles)
    both = len(np.intersect1d(short.shingles, long.shingles, assume_unique=True))
    shared = len(np.intersect1d(short.shingles, long.whole, assume_unique=True))
    ratio = large / small if small else 0.0
    differing = tuple(_refilled(short, long))
    elsewhere = {(kind, here) for kind, here, _ in differing}
    agreeing = [
        kind
        for kind, words in short.facts
        if (kind, words) not in elsewhere and long.vocabulary.issuperset(words.split())
    ]
    return Likeness(
        identical=bool(a.keys) and a.keys == b.keys,
        containment=shared / small if small else 0.0,
        overlap=both / (small + large - both) if small else 0.0,
        headline=_headline_likeness(a, b),
        told=max(a.told, b.told),
        prose=a.prose or b.prose,
        shared=shared,
        length_ratio=ratio,
        differing=tuple((here, there) for _, here, there in differing),
        agreeing=len(agreeing),
        numbers_differing=max(
            sum(kind == NUMBER for kind, _, _ in differing),
            min(_numbers_only(a, b), _numbers_only(b, a)) if ratio < SAME_LENGTH else 0,
        ),
        numbers_agreeing=agreeing.count(NUMBER),
    )


def _refilled(short: Profile, long: Profile) -> Iterator[tuple[str, str, str]]:
    for (kind, words), slots in sorted(short.facts.items()):
        there = long.vocabulary.issuperset(words.split())
        if there and kind == NAME:
            continue  # a longer or shorter form of it may fill the slot
        filled = sorted(
            slot for slot in slots if slot in long.slots and (len(slot) == FULL_SLOT or not there)
        )
        if filled and not any(words in long.slots[slot] for slot in filled):
            yield kind, words, long.slots[filled[0]][0]


def _numbers_only(one: Profile, other: Profile) -> int:
    return sum(kind == NUMBER and words not in other.vocabulary for kind, words in one.facts)


def _headline_likeness(a: Profile, b: Profile) -> float:
    fewer = min(len(a.topics), len(b.topics))
    return len(a.topics & b.topics) / fewer if fewer else 1.0


def are_copies(likeness: Likeness, *, template: bool = False) -> bool:
    """Say whether one text is a copy of the other, whole or cut.

    With `template`, most of what they share is shared by many reports.
    """
    if likeness.identical:
        return True
    return (
        likeness.shared >= FEWEST_SHARED
        and likeness.containment >= least_containment(likeness)
        and not are_apart(likeness, template=template)
    )


def least_containment(likeness: Likeness) -> float:
    """Return the containment from which two texts of these lengths are copies."""
    if likeness.length_ratio >= LONG:
        return CONTAINED_IN_LONG
    return CONTAINED_SHORT if likeness.shared < SHORT * CONTAINED_SHORT else CONTAINED


def are_related(likeness: Likeness, *, template: bool = False) -> bool:
    """Say whether two texts may stand in one group through a third: they share words and nothing tells them apart."""
    return likeness.identical or (
        likeness.containment >= RELATED and not are_apart(likeness, template=template)
    )


def are_apart(likeness: Likeness, *, template: bool = False) -> bool:
    """Say whether two texts tell different things in the same words.

    Either the frame is filled anew; or they stand under headlines that differ, and what they share is a short text
    that many reports share (`template`) or one that neither headline has anything to do with: a notice of the page.
    """
    if is_filled_anew(likeness):
        return True
    brief = likeness.shared < TEMPLATE_SHARED
    notice = not likeness.prose or (brief and (template or likeness.told < TOLD))
    return notice and likeness.headline < SAME_HEADLINE


def is_filled_anew(likeness: Likeness) -> bool:
    """Say whether the same frame holds other names and numbers, as two days of a daily column do."""
    differing, numbers = len(likeness.differing), likeness.numbers_differing
    return differing > FACTS_DIFFERING * (differing + likeness.agreeing) or (
        numbers > FACTS_DIFFERING * (numbers + likeness.numbers_agreeing)
    )
