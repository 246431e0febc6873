"""Confidence intervals of any measure: percentile bootstrap over documents, with a fixed seed."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import numpy as np

from benchmarks.quality.report import RESAMPLES, SEED, Score

Document = TypeVar("Document")
Measure = Callable[[Sequence[Document]], float | None]


def interval(documents: Sequence[Document], measure: Measure[Document]) -> tuple[float | None, float | None]:
    """Return the 2.5th and 97.5th percentile of a measure over documents drawn with replacement, 1,000 times.

    Draws on which the measure is undefined are left out; null with none left.
    """
    draws = np.random.default_rng(SEED).integers(0, max(len(documents), 1), (RESAMPLES, len(documents)))
    values = [measure([documents[index] for index in draw]) for draw in draws]
    known = [value for value in values if value is not None and np.isfinite(value)]
    if not known:
        return None, None
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)


def score(
    documents: Sequence[Document], measures: Mapping[str, Measure[Document]], main: Sequence[str]
) -> tuple[Score, ...]:
    """Return each measure over all documents with its interval, in the order of the mapping."""
    scores = []
    for name, measure in measures.items():
        low, high = interval(documents, measure)
        scores.append(
            Score(
                name=name, value=measure(documents), low=low, high=high, precision=None, recall=None,
                hit=0, given=0, owed=0, main=name in main,
            )
        )  # fmt: skip
    return tuple(scores)


def shares(count: int, of: int) -> float | None:
    """Return a share; null of nothing."""
    return count / of if of else None
