"""Join episodes into groups that tell of one occurrence: fresh ones with one another and with the groups that are there.

A group that is there is never taken apart here, so that an event that people have seen stays; it may grow, and two may
become one. That is also what keeps the work local: fresh episodes concern only the groups they are compared with.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.linking.block import pairs_of
from dateline.linking.cluster import cluster
from dateline.linking.score import Model, weights_of
from dateline.linking.table import Floats, Ints, Table

Pairs = tuple[Ints, Ints, Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """What people decided, in rows of a table: groups that are one, pairs that are not."""

    together: Sequence[Collection[int]] = ()
    apart: Collection[tuple[int, int]] = ()


def compare(table: Table, keys: NDArray[np.int64], rows: Ints, model: Model) -> Iterator[Pairs]:
    """Yield the pairs that share a key with their weights, those at the floor left out, chunk by chunk."""
    for left, right in pairs_of(keys, rows, table.told):
        weights = weights_of(table, left, right, model)
        kept = weights > model.floor
        yield left[kept], right[kept], weights[kept]


def partners(pairs: Pairs, fresh: Collection[int], model: Model) -> set[int]:
    """Return the rows that are not fresh and that a fresh one may be joined with."""
    left, right, weights = pairs
    near = weights > model.threshold
    rows = np.array(sorted(fresh), np.int64)
    mixed = near & (np.isin(left, rows) != np.isin(right, rows))
    return (set(left[mixed].tolist()) | set(right[mixed].tolist())) - set(fresh)


def join(
    pairs: Pairs, members: Collection[int], groups: Sequence[Collection[int]], held: Constraints, model: Model
) -> list[list[int]]:
    """Return the groups of `members`, each sorted: the `groups` that are there are kept together.

    `pairs` are all that were compared among the members; what people decided goes before any weight.
    """
    left, right, weights = pairs
    inside = np.isin(left, list(members)) & np.isin(right, list(members))
    weighed = dict(
        zip(
            zip(left[inside].tolist(), right[inside].tolist(), strict=True),
            weights[inside].tolist(),
            strict=True,
        )
    )
    return cluster(
        members,
        weighed,
        threshold=model.threshold,
        floor=model.floor,
        together=[group for group in (*held.together, *groups) if len(group) > 1],
        apart=held.apart,
    )
