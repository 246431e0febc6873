"""A sketch of a text's shingles: it tells most pairs that are no copies from one another without their texts."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.linking.likeness import CONTAINED, EDGE_WORDS, FEWEST_SHARED
from dateline.linking.shingles import Hashes, Profile

# The first bits of a shingle's hash, by which it is known here.
BITS = 16
_DROPPED = np.uint64(64 - BITS)
Marks = NDArray[np.uint16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What of a text bounds its likeness to any other.

    `words` counts all words, `shingles` the distinct ones of the body, `least` those that stay at least when its first
    and last line are left out. `body` and `whole` are the distinct marks of the shingles of the body and of headline
    and body; two shingles may have one mark.
    """

    words: int
    shingles: int
    least: int
    body: Marks
    whole: Marks


def sketch_of(profile: Profile) -> Sketch:
    """Return the sketch of a profile."""
    lines, edges = profile.lines, 0
    if len(lines) > 1:
        # A line of n words is in n runs of words that no other line begins, or ends.
        edges = sum(len(line) for line in (lines[0], lines[-1]) if len(line) <= EDGE_WORDS)
    count = len(profile.shingles)
    return Sketch(
        words=len(profile.keys),
        shingles=count,
        least=max(0, count - edges),
        body=_marks(profile.shingles),
        whole=_marks(profile.whole),
    )


def may_copy(text: Sketch, others: Mapping[int, Sketch]) -> list[int]:
    """Return which of these texts, whose words differ from those of `text`, may be copies of it or it of them.

    Those left out are none by `are_copies`.
    """
    body, whole = _held(text.body), _held(text.whole)
    return [
        number
        for number, other in others.items()
        if _may_hold(other, text, int(np.count_nonzero(whole[other.body])))
        or _may_hold(text, other, int(np.count_nonzero(body[other.whole])))
    ]


def _may_hold(short: Sketch, long: Sketch, common: int) -> bool:
    """Say whether enough of a body, lines at its ends left out, may stand in a text that is as long or longer.

    `common` are the marks of the body that the long text has; one that it lacks is a shingle, at least, that it lacks.
    """
    shared = short.shingles - (len(short.body) - common)
    if shared < FEWEST_SHARED or short.least > long.shingles:
        return False
    return not short.least or shared / short.least >= CONTAINED


def _marks(shingles: Hashes) -> Marks:
    # Sorted, as the shingles are, so that equal marks are neighbours.
    marks = (shingles >> _DROPPED).astype(np.uint16)
    return marks[np.concatenate(([True], marks[1:] != marks[:-1]))] if len(marks) else marks


def _held(marks: Marks) -> NDArray[np.bool_]:
    held = np.zeros(1 << BITS, np.bool_)
    held[marks] = True
    return held
