"""What people decided about which claims are one event, as the linker asks for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.model.review import Review

KINDS = frozenset(("merge", "split", "pin"))
Claims = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Claims that are one event, claims that are two, and claims that are exactly one event (pinned).

    No claim is in two of `together` and `pinned`, and none of these holds claims of both sides of an `apart`.
    """

    together: tuple[Claims, ...] = ()
    apart: tuple[tuple[Claims, Claims], ...] = ()
    pinned: tuple[Claims, ...] = ()

    def part(self, left: str, right: str) -> bool:
        """Whether two claims may not be told as one occurrence, not even in one report."""
        if any((left in a and right in b) or (left in b and right in a) for a, b in self.apart):
            return True
        return any((left in pin) != (right in pin) for pin in self.pinned)

    def named(self) -> Iterator[Claims]:
        """Yield the claims that each decision names, those it joins first."""
        yield from self.together
        yield from self.pinned
        yield from (a | b for a, b in self.apart)


def decided(reviews: Iterable[Review]) -> Decided:
    """Return what standing reviews, in the order made, decide; where they disagree, the later one holds.

    Also where two merges lead from one claim to another over a third: the earlier of them is cut. A pin that is split
    later leaves two pins, one that is merged later is the wider for it, one that a later pin overlaps is gone.
    """
    found = _Decisions()
    for review in reversed([review for review in reviews if review.kind in KINDS]):
        if review.kind == "split":
            found.split(frozenset(review.claims), frozenset(review.others))
        elif review.kind == "merge":
            found.merge(review.claims)
        else:
            found.pin(review.claims)
    groups = sorted(set(found.groups.values()), key=sorted)
    return Decided(
        together=tuple(group for group in groups if len(group) > 1 and group not in found.pinned),
        apart=tuple(reversed(found.apart)),
        pinned=tuple(group for group in groups if group in found.pinned),
    )


class _Decisions:
    """Decisions taken in from the last to the first, so that none can go against one that holds."""

    def __init__(self) -> None:
        self.groups: dict[str, Claims] = {}
        self.apart: list[tuple[Claims, Claims]] = []
        self.pinned: set[Claims] = set()

    def split(self, ours: Claims, theirs: Claims) -> None:
        """Part claims, but for those that a later decision made one."""
        joined = {group for claim in ours if (group := self._group(claim)) & theirs}
        blocks = [(group & ours, theirs - group) for group in sorted(joined, key=sorted)]
        blocks.append((ours - frozenset().union(*joined), theirs))
        self.apart += [(a, b) for a, b in blocks if a and b]

    def merge(self, claims: Iterable[str]) -> None:
        """Join claims as far as no later decision parts them; no pinned group takes any in."""
        self._gather(claim for claim in claims if self._group(claim) not in self.pinned)

    def pin(self, claims: Iterable[str]) -> None:
        """Pin claims with all that a later merge adds, in as many groups as later splits leave."""
        listed = list(claims)
        if not any(self._group(claim) in self.pinned for claim in listed):
            self.pinned.update(self._gather(listed))

    def _gather(self, claims: Iterable[str]) -> list[Claims]:
        """Join claims, each to the first group that nothing parts it from; return the groups."""
        leaving = {claim for ours, _ in self.apart for claim in ours}
        pieces: list[Claims] = []
        # Those that a split took out come last, so that what no split names stays with the others.
        for claim in sorted(claims, key=leaving.__contains__):
            group = self._group(claim)
            fitting = next((piece for piece in pieces if not self._parted(piece, group)), group)
            pieces = [piece for piece in pieces if piece not in (fitting, group)] + [fitting | group]
        for piece in pieces:
            self.groups.update(dict.fromkeys(piece, piece))
        return pieces

    def _group(self, claim: str) -> Claims:
        return self.groups.get(claim, frozenset((claim,)))

    def _parted(self, left: Claims, right: Claims) -> bool:
        return any((a & left and b & right) or (a & right and b & left) for a, b in self.apart)
