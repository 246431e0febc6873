"""Groups of copies among reports: reprints, cuts, new headlines, swapped paragraphs, small edits.

Two reports are copies by what their two texts say (`compare_texts`, `are_copies`); fingerprints find the pairs that
are worth comparing and tell which words many reports share. Copying is not transitive: a digest holds the texts of
two reports that have nothing in common. So groups grow from the likest pair down, and two of them become one only if
every two of their reports are `are_related`: the two stories in a digest stay apart, and the digest goes with the one
that makes up more of it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b

from dateline.linking.likeness import (
    Likeness,
    are_copies,
    are_related,
    compare_profiles,
    compare_texts,
    fingerprints,
)
from dateline.linking.shingles import Profile, prints_of, profile_of

__all__ = ["CopyIndex", "Likeness", "are_copies", "are_related", "candidates", "compare_texts", "fingerprints",
           "group_copies", "join_pairs"]  # fmt: skip

CANDIDATE = 0.25  # of the shorter text's fingerprints, shared
TEMPLATE = 6  # distinct texts that share a fingerprint make it common
MOST_SHARED = (
    1000  # distinct texts; a fingerprint of more proposes no pair, so that finding stays near linear
)

Pair = tuple[str, str]


def candidates(
    prints: Sequence[int], lookup: Callable[[int], Collection[str]], size: Callable[[str], int]
) -> tuple[str, ...]:
    """Return the ids of the texts worth comparing with one of these fingerprints, sorted.

    `lookup` gives the ids of the texts that have a fingerprint, `size` the number of fingerprints of a text. Ids
    should stand for distinct texts. The work grows with the texts found, not with all texts.
    """
    shared: Counter[str] = Counter()
    for value in prints:
        ids = lookup(value)
        if len(ids) <= MOST_SHARED:
            shared.update(ids)
    return tuple(
        sorted(id for id, count in shared.items() if count >= CANDIDATE * min(len(prints), size(id)))
    )


def is_template(a: Collection[int], b: Collection[int], count: Callable[[int], int]) -> bool:
    """Say whether most fingerprints that two texts share are common, by the number of distinct texts with each."""
    shared = set(a) & set(b)
    return 2 * sum(count(value) >= TEMPLATE for value in shared) > len(shared)


def join_pairs(
    copies: Mapping[Pair, Likeness], related: Callable[[str, str], bool]
) -> tuple[tuple[str, ...], ...]:
    """Join pairs of copies to groups, the likest first; both ids and groups come sorted.

    `related` says of any two ids whether they may stand in one group. The result depends on the pairs alone, not on their order.
    """
    group: dict[str, tuple[str, ...]] = {id: (id,) for pair in copies for id in pair}
    for one, other in sorted(copies, key=lambda pair: (-copies[pair].overlap, sorted(pair))):
        a, b = group[one], group[other]
        if a is not b and all((x, y) in copies or (y, x) in copies or related(x, y) for x in a for y in b):
            joined = tuple(sorted(a + b))
            group.update(dict.fromkeys(joined, joined))
    return tuple(sorted({members for members in group.values() if len(members) > 1}))


class CopyIndex:
    """Reports added in any order, and the groups of copies among them: a function of the set of reports alone.

    Equal texts (by their words) are held once. Likenesses are kept, so that a later `groups` compares only the pairs
    that are new; which fingerprints are common is counted anew each time, since more reports can make them so.
    """

    def __init__(self, reports: Iterable[tuple[str, str]] = ()) -> None:
        self._ids: dict[str, set[str]] = {}  # digest of a text's words -> the reports that have them
        self._profiles: dict[str, Profile] = {}
        self._prints: dict[str, tuple[int, ...]] = {}
        self._having: dict[int, list[str]] = {}
        self._likenesses: dict[Pair, Likeness] = {}
        for id, text in reports:
            self.add(id, text)

    def add(self, id: str, text: str) -> None:
        """Add a report; one that is there already changes nothing."""
        profile = profile_of(text)
        if not profile.keys:
            return
        digest = blake2b("\n".join(profile.keys).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        if digest not in self._ids:
            self._profiles[digest] = profile
            self._prints[digest] = prints_of(profile)
            for value in self._prints[digest]:
                self._having.setdefault(value, []).append(digest)
        self._ids.setdefault(digest, set()).add(id)

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Return the groups of two and more reports that are copies, sorted, each with its ids sorted."""
        joined = join_pairs(dict(self._copies()), self._related)
        inside = {digest for digests in joined for digest in digests}
        alone = ((digest,) for digest in self._ids if digest not in inside)
        ids = (tuple(sorted(set().union(*map(self._ids.__getitem__, part)))) for part in (*joined, *alone))
        return tuple(sorted(members for members in ids if len(members) > 1))

    def _copies(self) -> Iterator[tuple[Pair, Likeness]]:
        for one, prints in self._prints.items():
            for other in candidates(prints, lambda value: self._having[value], self._count_prints):
                if other < one:
                    likeness = self._likeness(one, other)
                    if are_copies(likeness, template=self._is_template(one, other)):
                        yield (other, one), likeness

    def _related(self, one: str, other: str) -> bool:
        return are_related(self._likeness(one, other), template=self._is_template(one, other))

    def _is_template(self, one: str, other: str) -> bool:
        return is_template(self._prints[one], self._prints[other], self._count_texts)

    def _count_prints(self, digest: str) -> int:
        return len(self._prints[digest])

    def _count_texts(self, value: int) -> int:
        return len(self._having[value])

    def _likeness(self, one: str, other: str) -> Likeness:
        pair = min(one, other), max(one, other)
        if pair not in self._likenesses:
            self._likenesses[pair] = compare_profiles(*map(self._profiles.__getitem__, pair))
        return self._likenesses[pair]


def group_copies(reports: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Group reports, each an id and a text, by copying; reports without copies are left out.

    Reports in any order give the same groups. Groups and the ids of each are sorted. One core takes about 2,000 short
    reports a second, or 500 articles.
    """
    return CopyIndex(reports).groups()
