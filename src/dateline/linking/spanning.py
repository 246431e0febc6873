"""The pairs that hold a cluster together: of all that were compared, those of the strongest tree over its members."""

from collections.abc import Iterable

Pair = tuple[int, int, float]


def strongest_tree(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Return the pairs of the maximum spanning tree (a forest where some were never compared), the strongest first.

    Each pair is two numbers and a weight. Whatever path leads from one member to another, none has a stronger weakest
    pair than that in the tree (Kruskal 1956); n members have n - 1 pairs at most.
    """
    parent: dict[int, int] = {}

    def root(member: int) -> int:
        while (above := parent.setdefault(member, member)) != member:
            parent[member] = parent[above]
            member = above
        return member

    kept: list[Pair] = []
    for low, high, weight in sorted(pairs, key=lambda pair: (-pair[2], pair[:2])):
        left, right = root(low), root(high)
        if left != right:
            parent[left] = right
            kept.append((low, high, weight))
    return tuple(kept)
