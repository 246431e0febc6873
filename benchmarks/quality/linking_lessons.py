"""Lessons for joining: pairs of articles on shootings with the archive's answer, and judged pairs of a war's reports."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.clusterings import Sums, sums_of
from benchmarks.quality.linking import Told, number_of
from benchmarks.quality.linking_fit import (
    FOLDS,
    WAR_WEIGHT,
    Compared,
    Lessons,
    compare_all,
    fit_folds,
    group,
    levels_between,
    weigh,
)  # fmt: skip
from benchmarks.quality.linking_pairs import Judged, find_episode, parts_of, read_judged, stands_for
from dateline.codebook.kinship import KinshipBook
from dateline.linking.episodes import Episode, principal
from dateline.linking.score import Model
from dateline.linking.table import Ints
from dateline.model.reading import Reading

Labels = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shootings:
    """Articles with their incidents, all their episodes compared; `article` and `leading` are one a row of episodes."""

    incidents: tuple[str, ...]
    compared: Compared
    article: Ints
    leading: Labels

    def lessons(self) -> Lessons:
        """Return the pairs of principal episodes: those of one incident are the same."""
        wanted = self.leading[self.compared.left] & self.leading[self.compared.right] & ~self.compared.barred
        sides = [self.article[side[wanted]] for side in (self.compared.left, self.compared.right)]
        names, incident = np.unique(np.array(self.incidents), return_inverse=True)
        parts = np.array([number_of(name) // 7 % FOLDS for name in names.tolist()], np.int64)[incident]
        return Lessons(
            levels=self.compared.levels[wanted], same=incident[sides[0]] == incident[sides[1]],
            parts=np.column_stack([parts[side] for side in sides]), weight=1.0,
        )  # fmt: skip

    def groups(self, models: Sequence[Model]) -> list[str]:
        """Join all episodes by models, one a fold of incidents, and return the group of each article's principal."""
        parts = np.array([number_of(name) // 7 % FOLDS for name in self.incidents], np.int64)
        # A pair across two folds is weighed by the model without the later article's.
        fold = parts[self.article[self.compared.right]] % len(models)
        found = group(self.compared, weigh(self.compared, models, fold), models[0])
        labels = [f"alone {number}" for number in range(len(self.incidents))]
        for row in np.flatnonzero(self.leading).tolist():
            labels[self.article[row]] = str(found[row])
        return labels


def compare_shootings(
    told: Sequence[Told], episodes: Sequence[Sequence[Episode]], kinship: KinshipBook
) -> Shootings:
    """Compare all episodes of articles on shootings."""
    chosen = [principal(found) for found in episodes]
    return Shootings(
        incidents=tuple(one.incident or "" for one in told),
        compared=compare_all(episodes, kinship),
        article=np.repeat(np.arange(len(episodes)), [len(found) for found in episodes]),
        leading=np.array(
            [one is lead for found, lead in zip(episodes, chosen, strict=True) for one in found], bool
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class War:
    """Judged pairs whose episodes were found, as rows of all episodes of the war's reports."""

    pairs: tuple[Judged, ...]
    parts: Ints
    rows: tuple[tuple[int, int], ...]
    levels: Lessons
    missing: int


def judged_pairs(
    readings: Sequence[Reading], episodes: Sequence[Sequence[Episode]], kinship: KinshipBook
) -> War:
    """Find the episodes of the judged pairs; pairs of which one is not read, or both are read as one, are left out."""
    flat = [episode for told in episodes for episode in told]
    row_of = {episode.id: row for row, episode in enumerate(flat)}
    judged = read_judged()
    found = []
    for pair in judged:
        sides = [find_episode(side, readings, episodes) for side in (pair.left, pair.right)]
        if sides[0] is not None and sides[1] is not None and sides[0] != sides[1]:
            found.append((pair, (row_of[sides[0]], row_of[sides[1]])))
    pairs = tuple(pair for pair, _ in found)
    rows = tuple(rows for _, rows in found)
    parts = np.array([number_of(str(part)) % FOLDS for part in parts_of(pairs)], np.int64)
    lessons = Lessons(
        levels=levels_between([(flat[left], flat[right]) for left, right in rows], kinship),
        same=np.array([pair.same for pair in pairs]), parts=parts[:, None], weight=WAR_WEIGHT,
    )  # fmt: skip
    return War(pairs=pairs, parts=parts, rows=rows, levels=lessons, missing=len(judged) - len(found))


def war_sums(war: War, compared: Compared, models: Sequence[Model]) -> Sums:
    """Return the sums of the judged pairs that stand for all, one block a pair: joined by models that did not see it.

    All episodes of the war's reports are joined once by each fold's model.
    """
    weights = stands_for(war.pairs)
    rows = []
    for fold, model in enumerate(models):
        labels = group(compared, weigh(compared, [model], np.zeros(len(compared.left), np.int64)), model)
        for pair, (left, right), part in zip(war.pairs, war.rows, war.parts.tolist(), strict=True):
            if part == fold and pair.stratum is not None:
                joined, weight = labels[left] == labels[right], weights[pair.stratum]
                hit = weight * (joined and pair.same)
                rows.append((hit, weight * joined, hit, weight * pair.same))
    found, ours, hits, owed = np.array(rows, float).reshape(-1, 4).T
    return Sums(found=found, ours=ours, hit=hits, owed=owed)


def cross_validated(shootings: Shootings, war: War, compared: Compared) -> tuple[Sums, Sums, Sums]:
    """Return the sums of shootings, pairwise and B-cubed, and of the war's pairs, each by models that did not see it."""
    models = fit_folds([shootings.lessons(), war.levels])
    groups = shootings.groups(models)
    pairwise, bcubed = (sums_of(shootings.incidents, groups, measure) for measure in ("pairwise", "bcubed"))
    return pairwise, bcubed, war_sums(war, compared, models)
