"""Grouping by average linkage: as scipy has it, with people's word kept, whatever the order."""

import random
from collections.abc import Sequence
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from dateline.linking.cluster import cluster, components
from dateline.linking.join import Constraints, join
from dateline.linking.score import Model

FLOOR, THRESHOLD = -5.0, -1.0
MODEL = Model(prior=0.0, threshold=THRESHOLD, floor=FLOOR, weights={})
Weights = dict[tuple[int, int], float]


@st.composite
def weights(draw: st.DrawFn, most: int = 8) -> tuple[int, Weights]:
    """Draw a number of nodes and a weight for some of their pairs, no two alike."""
    size = draw(st.integers(1, most))
    pairs = list(combinations(range(size), 2))
    drawn = draw(st.lists(st.integers(-4900, 9000), min_size=len(pairs), max_size=len(pairs), unique=True))
    kept = draw(st.lists(st.booleans(), min_size=len(pairs), max_size=len(pairs)))
    # Sums of distinct powers keep averages of different groups apart, so that no tie is decided.
    told = {pair: value / 1000 + 7.3e-5 * n for n, (pair, value) in enumerate(zip(pairs, drawn, strict=True))}
    return size, {pair: told[pair] for pair, keep in zip(pairs, kept, strict=True) if keep}


def grouped(size: int, given: Weights, **held: Sequence[Sequence[int]]) -> list[list[int]]:
    return cluster(range(size), given, threshold=THRESHOLD, floor=FLOOR, **held)  # type: ignore[arg-type]


def by_scipy(size: int, given: Weights) -> list[list[int]]:
    if size == 1:
        return [[0]]
    high = 10.0
    distances = np.full((size, size), high - FLOOR)
    np.fill_diagonal(distances, 0.0)
    for (left, right), weight in given.items():
        distances[left, right] = distances[right, left] = high - weight
    labels = fcluster(linkage(squareform(distances), "average"), high - THRESHOLD - 1e-9, "distance")
    return sorted([n for n in range(size) if labels[n] == label] for label in set(labels))


def places(groups: Sequence[Sequence[int]]) -> dict[int, int]:
    return {node: number for number, group in enumerate(groups) for node in group}


@given(weights())
def test_average_linkage_is_that_of_scipy(drawn: tuple[int, Weights]) -> None:
    assert grouped(*drawn) == by_scipy(*drawn)


def test_large_parts_are_those_of_scipy() -> None:
    rng = random.Random(4)
    for _ in range(5):
        told = {pair: rng.uniform(-4.5, 3.0) for pair in combinations(range(60), 2) if rng.random() < 0.7}
        assert grouped(60, told) == by_scipy(60, told)


@given(weights(), st.randoms(use_true_random=False))
def test_the_order_of_pairs_and_nodes_decides_nothing(drawn: tuple[int, Weights], rng: random.Random) -> None:
    size, told = drawn
    nodes, pairs = list(range(size)), list(told.items())
    rng.shuffle(nodes)
    rng.shuffle(pairs)
    assert cluster(nodes, dict(pairs), threshold=THRESHOLD, floor=FLOOR) == grouped(size, told)


@given(weights(), st.data())
def test_what_is_held_together_is_one_and_apart_is_two(
    drawn: tuple[int, Weights], data: st.DataObject
) -> None:
    size, told = drawn
    nodes = st.integers(0, size - 1)
    together = data.draw(st.lists(st.lists(nodes, min_size=1, max_size=3, unique=True), max_size=2))
    one = places(components(range(size), [(group[0], other) for group in together for other in group]))
    drawn_apart = data.draw(st.lists(st.tuples(nodes, nodes), max_size=4))
    apart = [pair for pair in drawn_apart if one[pair[0]] != one[pair[1]]]
    found = places(grouped(size, told, together=together, apart=apart))
    assert sorted(found) == list(range(size))
    assert all(len({found[node] for node in group}) == 1 for group in together)
    assert all(found[left] != found[right] for left, right in apart)


def test_weak_links_do_not_chain() -> None:
    told = {(0, 1): 2.0, (1, 2): 2.0, (0, 2): -4.5, (2, 3): 1.9}
    # 1 goes with 0; 2, which it goes with as well, has nothing in common with 0 and goes with 3.
    assert grouped(4, told) == [[0, 1], [2, 3]]


def test_pairs_of_others_are_passed_by() -> None:
    assert cluster([1, 2], {(1, 2): 3.0, (2, 9): 3.0}, threshold=0.0, floor=-3.0, together=[[1, 9]]) == [
        [1, 2]
    ]
    assert cluster([], {}, threshold=0.0, floor=-3.0) == []
    assert cluster([3], {}, threshold=0.0, floor=-3.0, together=[[], [3]]) == [[3]]


def test_a_barred_pair_parts_the_groups_that_it_is_in() -> None:
    strong = dict.fromkeys(combinations(range(4), 2), 3.0)
    found = grouped(4, strong, apart=[(0, 3)])
    assert places(found)[0] != places(found)[3]
    assert grouped(4, strong, apart=[(0, 3)], together=[[0, 1], [2, 3]]) == [[0, 1], [2, 3]]


def test_parts_of_a_graph() -> None:
    assert components([5, 1, 3, 2], [(5, 1), (3, 2)]) == [[1, 5], [2, 3]]
    assert components([], []) == []


def test_groups_that_are_there_are_never_taken_apart() -> None:
    told = [(0, 1, -4.0), (1, 2, 6.0)]
    assert join(told, range(3), [[0, 1]], Constraints(), MODEL) == [[0, 1, 2]]
    assert join(told[:1], range(3), [[0, 1], [2]], Constraints(), MODEL) == [[0, 1], [2]]
    held = Constraints(together=[[0, 2]], apart=[(1, 2)])
    assert join(told, range(3), [], held, MODEL) == [[0, 2], [1]]
