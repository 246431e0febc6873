"""Group episodes by the weights of their pairs: average linkage within each connected part, people's word kept."""

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

Pair = tuple[int, int]


def components(nodes: Iterable[int], pairs: Iterable[Pair]) -> list[list[int]]:
    """Return the connected parts of a graph, each sorted, in the order of their first nodes."""
    parent = {node: node for node in nodes}

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for left, right in pairs:
        low, high = sorted((root(left), root(right)))
        parent[high] = low
    parts: dict[int, list[int]] = {}
    for node in sorted(parent):
        parts.setdefault(root(node), []).append(node)
    return [parts[first] for first in sorted(parts)]


def cluster(
    nodes: Collection[int],
    weights: Mapping[Pair, float],
    *,
    threshold: float,
    floor: float,
    together: Sequence[Collection[int]] = (),
    apart: Collection[Pair] = (),
) -> list[list[int]]:
    """Group nodes by average linkage (Sokal and Michener 1958): join the two groups whose pairs weigh most on average.

    Joining ends where no average exceeds `threshold`; a pair without a weight counts as `floor`. Nodes of one
    collection of `together` are always joined, those of a pair of `apart` never. The result depends on the weights and
    numbers alone, not on their order; ties go to the lower number.
    """
    positive = [pair for pair, weight in weights.items() if weight > threshold]
    held = [pair for group in together for pair in pairwise(sorted(group))]
    members = set(nodes)
    kept = [pair for pair in (*positive, *held) if pair[0] in members and pair[1] in members]
    parts = components(members, kept)
    part_of = {node: number for number, part in enumerate(parts) for node in part}
    inside: dict[int, list[tuple[int, int, float]]] = {}
    for (left, right), weight in weights.items():
        if left in members and right in members and part_of[left] == part_of[right]:
            inside.setdefault(part_of[left], []).append((left, right, weight))
    barred = {frozenset(pair) for pair in apart}
    found: list[list[int]] = []
    for number, part in enumerate(parts):
        if len(part) == 1:
            found.append(part)
            continue
        found += _Linkage(part, inside.get(number, []), held, barred, floor).run(threshold)
    return sorted(found)


class _Linkage:
    """The joining of one connected part; groups are known by their lowest number."""

    def __init__(
        self,
        part: Sequence[int],
        pairs: Sequence[tuple[int, int, float]],
        held: Sequence[Pair],
        barred: Collection[frozenset[int]],
        floor: float,
    ) -> None:
        self.members = {node: [node] for node in part}
        self.floor = floor
        # The sum of the weights above the floor of all pairs between two groups; what is missing adds nothing.
        self.sums: dict[int, dict[int, float]] = {node: {} for node in part}
        self.barred: dict[int, set[int]] = {node: set() for node in part}
        for left, right, weight in pairs:
            self.sums[left][right] = self.sums[right][left] = weight - floor
        for pair in barred:
            if pair <= self.members.keys() and len(pair) == 2:
                left, right = pair
                self.barred[left].add(right)
                self.barred[right].add(left)
        self.home = {node: node for node in part}
        for left, right in held:
            if left in self.home and right in self.home and self.home[left] != self.home[right]:
                self._join(self.home[left], self.home[right])

    def run(self, threshold: float) -> list[list[int]]:
        """Join until no average exceeds the threshold; return the groups."""
        heap = [
            entry
            for left in self.sums
            for right in self.sums[left]
            if left < right and (entry := self._entry(left, right))[0] < -threshold
        ]
        heapq.heapify(heap)
        while heap:
            entry = heapq.heappop(heap)
            _, left, right, sizes = entry
            # An entry made before one of its groups grew is out of date.
            if left not in self.members or right not in self.members or sizes != self._sizes(left, right):
                continue
            if right in self.barred[left]:
                continue
            merged = self._join(left, right)
            for other in self.sums[merged]:
                fresh = self._entry(*sorted((merged, other)))
                if fresh[0] < -threshold:
                    heapq.heappush(heap, fresh)
        return [sorted(nodes) for nodes in self.members.values()]

    def _sizes(self, left: int, right: int) -> tuple[int, int]:
        return len(self.members[left]), len(self.members[right])

    def _entry(self, left: int, right: int) -> tuple[float, int, int, tuple[int, int]]:
        sizes = self._sizes(left, right)
        average = self.floor + self.sums[left][right] / (sizes[0] * sizes[1])
        return (-round(average, 6), left, right, sizes)

    def _join(self, left: int, right: int) -> int:
        low, high = sorted((left, right))
        self.members[low] += self.members.pop(high)
        for node in self.members[low]:
            self.home[node] = low
        gone = self.sums.pop(high)
        for other, total in gone.items():
            del self.sums[other][high]
            if other != low:
                self.sums[low][other] = self.sums[other][low] = self.sums[low].get(other, 0.0) + total
        for other in self.barred.pop(high):
            self.barred[other].discard(high)
            if other != low:
                self.barred[other].add(low)
                self.barred[low].add(other)
        return low
