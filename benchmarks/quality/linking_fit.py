"""Fit the weights of joining, and join by weights that a pair had no part in.

A logistic regression over the levels of all comparisons (one column a level, L2 penalty) gives each level its weight in
bits. Shootings teach by the incident that the archive filed two articles under, a war by pairs that were judged.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.codebook.kinship import KinshipBook
from dateline.linking.block import flat_keys, pairs_of
from dateline.linking.episodes import Episode
from dateline.linking.join import Constraints, join
from dateline.linking.score import COMPARISONS, Levels, Model, barred, elsewhere, levels_of, sum_levels
from dateline.linking.table import Floats, Ints, row_of, table_of

FOLDS = 5
# The inverse strength of the penalty, and what one judged pair of the war counts beside a pair of shootings.
PENALTY = 0.3
WAR_WEIGHT = 4.0
# Chosen by cross-validation on the even half and on the judged pairs.
THRESHOLD = -1.5
FLOOR = -3.0
Labels = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """All pairs of episodes that share a key: rows of each side, levels, and which can never be one."""

    count: int
    left: Ints
    right: Ints
    levels: Levels
    barred: Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """Pairs with the right answer; `parts` (one row a pair) are what may not be in training and test at once."""

    levels: Levels
    same: Labels
    parts: Ints
    weight: float


def compare_all(episodes: Sequence[Sequence[Episode]], kinship: KinshipBook) -> Compared:
    """Compare the episodes of reports, one sequence a report, with all that share a key."""
    flat = [episode for told in episodes for episode in told]
    rows = [row_of(one, report, kinship) for report, told in enumerate(episodes) for one in told]
    table = table_of(rows, kinship)
    found = list(pairs_of(*flat_keys(flat), table.told))
    left, right = (np.concatenate([np.zeros(0, np.int64), *side]) for side in zip(*found, strict=True))
    levels = [levels_of(table, *part) for part in _chunks(left, right)]
    return Compared(
        count=len(flat),
        left=left,
        right=right,
        levels=np.concatenate(levels),
        barred=barred(table, left, right),
    )


def _chunks(left: Ints, right: Ints, size: int = 200_000) -> Iterator[tuple[Ints, Ints]]:
    for start in range(0, max(len(left), 1), size):
        yield left[start : start + size], right[start : start + size]


def levels_between(pairs: Sequence[tuple[Episode, Episode]], kinship: KinshipBook) -> Levels:
    """Return the levels of given pairs, whether they share a key or not."""
    table = table_of([row_of(one, number, kinship) for number, one in enumerate(sum(pairs, ()))], kinship)
    left = np.arange(0, 2 * len(pairs), 2)
    return levels_of(table, left, left + 1)


def hot(levels: Levels) -> Floats:
    """Return levels as ones and zeros, one column a level of a comparison."""
    return np.hstack([np.eye(len(one.levels))[levels[:, column]] for column, one in enumerate(COMPARISONS)])


def fit(lessons: Sequence[Lessons], kept: Callable[[Lessons], Labels] | None = None) -> Model:
    """Fit a model to lessons, or to those of their pairs that are `kept`; its weights have two decimals.

    The weights of a comparison are shifted to a mean of 0 over the pairs, and the prior takes up what that makes.
    """
    from sklearn.linear_model import LogisticRegression

    chosen = [(one, kept(one) if kept else np.ones(len(one.same), bool)) for one in lessons]
    x = np.vstack([hot(one.levels[mask]) for one, mask in chosen])
    y = np.concatenate([one.same[mask] for one, mask in chosen])
    counts = np.concatenate([np.full(mask.sum(), one.weight) for one, mask in chosen])
    found = LogisticRegression(C=PENALTY, max_iter=10_000, tol=1e-6).fit(x, y, sample_weight=counts)
    bits = found.coef_[0] / np.log(2)
    prior, at, weights = float(found.intercept_[0] / np.log(2)), 0, {}
    share = counts @ x
    for one in COMPARISONS:
        part = slice(at, at + len(one.levels))
        mean = float(np.average(bits[part], weights=share[part]))
        weights[one.name] = tuple(round(float(value), 2) for value in bits[part] - mean)
        prior += mean
        at += len(one.levels)
    return Model(prior=round(prior, 2), threshold=THRESHOLD, floor=FLOOR, weights=weights)


def fit_folds(lessons: Sequence[Lessons], folds: int = FOLDS) -> list[Model]:
    """Fit one model a fold, each without the pairs that have a part in its fold."""
    return [
        fit(lessons, lambda one, fold=fold: (one.parts % folds != fold).all(axis=1))  # type: ignore[misc]
        for fold in range(folds)
    ]


def weigh(compared: Compared, models: Sequence[Model], fold_of: NDArray[np.int64]) -> Floats:
    """Return the weight of each pair by a model that did not see it; `fold_of` is the fold of each pair."""
    weights = np.full(len(compared.left), models[0].floor)
    for fold, model in enumerate(models):
        wanted = (fold_of == fold) & ~compared.barred & ~elsewhere(compared.levels)
        weights[wanted] = np.maximum(sum_levels(compared.levels[wanted], model), model.floor)
    return weights


def group(compared: Compared, weights: Floats, model: Model) -> list[int]:
    """Join by weights and return the number of the group of each episode; only thresholds are taken of the model."""
    kept = np.flatnonzero(weights > model.floor)
    pairs = zip(
        compared.left[kept].tolist(), compared.right[kept].tolist(), weights[kept].tolist(), strict=True
    )
    found = join(pairs, range(compared.count), (), Constraints(), model)
    labels = [0] * compared.count
    for number, members in enumerate(found):
        for member in members:
            labels[member] = number
    return labels


def written(model: Model) -> str:
    """Return a model as it is kept in model.toml."""
    lines = [
        "# Weights of evidence in bits, by which two episodes are judged to be one occurrence; made by tools/train_linking.py.",
        "# A level's weight is added to the prior; docs/linking.md tells what it was fitted on.",
        "",
        f"prior = {model.prior:.2f}",
        f"threshold = {model.threshold}",
        f"floor = {model.floor}",
    ]
    for one in COMPARISONS:
        lines += ["", f"[{one.name}]"]
        lines += [
            f'"{level}" = {weight:.2f}'
            for level, weight in zip(one.levels, model.weights[one.name], strict=True)
        ]
    return "\n".join(lines) + "\n"
