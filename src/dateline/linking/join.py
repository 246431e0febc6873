"""Join episodes into groups that tell of one occurrence: fresh ones with one another and with the groups that are there.

A group that is there is never taken apart here, so that an event that people have seen stays; it may grow, and two may
become one. That is also what keeps the work local: fresh episodes concern only the groups they are compared with.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.linking.block import pairs_of
from dateline.linking.cluster import cluster
from dateline.linking.score import Model, weights_of
from dateline.linking.table import Floats, Ints, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """What people decided, in numbers of episodes: groups that are one, pairs that are not."""

    together: Sequence[Collection[int]] = ()
    apart: Collection[tuple[int, int]] = ()


def compare(
    table: Table, keys: NDArray[np.int64], rows: Ints, fresh: NDArray[np.bool_], model: Model
) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Yield the pairs of rows that share a key, one of them fresh, with their weights; those at the floor are left out.

    `keys` and `rows` are parallel; `fresh` says it of each row of the table.
    """
    for left, right in pairs_of(keys, rows, table.told):
        wanted = fresh[left] | fresh[right]
        left, right = left[wanted], right[wanted]
        weights = weights_of(table, left, right, model)
        kept = weights > model.floor
        yield left[kept], right[kept], weights[kept]


def join(
    pairs: Iterable[tuple[int, int, float]],
    members: Collection[int],
    groups: Sequence[Collection[int]],
    held: Constraints,
    model: Model,
) -> list[list[int]]:
    """Return the groups of `members`, each sorted: the `groups` that are there are kept together.

    `pairs` are those compared, with their weights; what people decided goes before any weight.
    """
    return cluster(
        members,
        {(low, high): weight for low, high, weight in pairs},
        threshold=model.threshold,
        floor=model.floor,
        together=[group for group in (*held.together, *groups) if len(group) > 1],
        apart=held.apart,
    )
