"""What people decided about which claims are one event, as the linker asks for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.model.review import Review

KINDS = frozenset(("merge", "split", "pin"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Claims that are one event, claims that are two, and claims that are exactly one event (pinned)."""

    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    pinned: tuple[frozenset[str], ...] = ()

    def part(self, left: str, right: str) -> bool:
        """Whether two claims may not be told as one occurrence, not even in one report."""
        if any((left in a and right in b) or (left in b and right in a) for a, b in self.apart):
            return True
        return any((left in pin) != (right in pin) for pin in self.pinned)

    def named(self) -> Iterator[tuple[str, ...]]:
        """Yield the claims that each decision names, those it joins first."""
        yield from self.together
        yield from (tuple(sorted(pin)) for pin in self.pinned)
        yield from (tuple(sorted(a | b)) for a, b in self.apart)


def decided(reviews: Iterable[Review]) -> Decided:
    """Return what standing reviews decide; where a merge and a split disagree, the later one holds."""
    together: list[tuple[str, ...]] = []
    apart: list[tuple[frozenset[str], frozenset[str]]] = []
    pinned: list[frozenset[str]] = []
    for review in reviews:
        if review.kind == "merge":
            merged = frozenset(review.claims)
            apart = [(a - merged, b) if merged & a and merged & b else (a, b) for a, b in apart]
            together.append(review.claims)
        elif review.kind == "split":
            ours, theirs = frozenset(review.claims), frozenset(review.others)
            together = [part for group in together for part in _cut(group, ours, theirs)]
            apart.append((ours, theirs))
        elif review.kind == "pin":
            claims = frozenset(review.claims)
            pinned = [pin for pin in pinned if not pin & claims] + [claims]
    return Decided(
        together=tuple(together), apart=tuple((a, b) for a, b in apart if a and b), pinned=tuple(pinned)
    )


def _cut(group: tuple[str, ...], ours: frozenset[str], theirs: frozenset[str]) -> list[tuple[str, ...]]:
    """Cut a merge in two where a later split parts its claims."""
    if not (ours & set(group) and theirs & set(group)):
        return [group]
    return [tuple(c for c in group if c in ours), tuple(c for c in group if c not in ours)]
