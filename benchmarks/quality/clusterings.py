"""Score a grouping against the right one: pairwise and B-cubed precision and recall, with bootstrap intervals."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.report import RESAMPLES, SEED, Score

Measure = Literal["pairwise", "bcubed"]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What precision and recall are made of, one row a block of things: numerators and denominators of both.

    Pairwise, the numerators are the right pairs, the denominators those grouped and those that should be. B-cubed
    (Bagga and Baldwin 1998), the numerators are the shares of right ones in each thing's group and of those found of
    what it should be with, the denominators the number of things.
    """

    found: Floats
    ours: Floats
    hit: Floats
    owed: Floats

    def rates(self, draws: NDArray[np.int64] | None = None) -> tuple[Floats, Floats, Floats]:
        """Return precision, recall and F1 of all blocks, or of each draw of blocks with replacement."""

        def total(values: Floats) -> Floats:
            summed: Floats = values.sum(keepdims=True) if draws is None else values[draws].sum(axis=1)
            return summed

        precision = total(self.found) / np.maximum(total(self.ours), 1e-12)
        recall = total(self.hit) / np.maximum(total(self.owed), 1e-12)
        return precision, recall, 2 * precision * recall / np.maximum(precision + recall, 1e-12)


def sums_of(gold: Sequence[Hashable], ours: Sequence[Hashable], measure: Measure) -> Sums:
    """Return the sums of each right group, in the order these come first.

    A pair across two right groups is counted half to each; pairs count double, so that halves are whole.
    """
    blocks: dict[Hashable, int] = {}
    for name in gold:
        blocks.setdefault(name, len(blocks))
    owed, given, both = Counter(gold), Counter(ours), Counter(zip(gold, ours, strict=True))
    totals = np.zeros((4, len(blocks)))
    for name, label in zip(gold, ours, strict=True):
        shared, right, mine = both[name, label], owed[name], given[label]
        if measure == "pairwise":
            totals[:, blocks[name]] += (shared - 1, mine - 1, shared - 1, right - 1)
        else:
            totals[:, blocks[name]] += (shared / mine, 1, shared / right, 1)
    return Sums(found=totals[0], ours=totals[1], hit=totals[2], owed=totals[3])


def score(name: str, sums: Sums, *, main: bool = False) -> Score:
    """Return a score with the 95 % interval of its F1 by the percentile bootstrap over blocks, 1,000 draws, fixed seed.

    Its counts are those of the sums, rounded.
    """
    count = len(sums.ours)
    draws = np.random.default_rng(SEED).integers(0, count, size=(RESAMPLES, count))
    precision, recall, value = (float(rate[0]) for rate in sums.rates())
    low, high = np.percentile(sums.rates(draws)[2], [2.5, 97.5])
    return Score(
        name=name, value=value, low=float(low), high=float(high), precision=precision, recall=recall,
        hit=round(float(sums.hit.sum())), given=round(float(sums.ours.sum())), owed=round(float(sums.owed.sum())),
        main=main,
    )  # fmt: skip
