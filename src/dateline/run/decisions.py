"""What people decided, as a process that runs on keeps it in memory: read once, then only what is new."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock

from dateline.linking.decided import decided
from dateline.model.review import Review, standing
from dateline.store.rows import review_of
from dateline.store.sqlite import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """The decisions of people up to a step of the history.

    `made` are all, oldest first; `standing` those not taken back; `by_claim` the standing ones of each claim;
    `pinned` the claims of pinned events.
    """

    step: int
    made: tuple[Review, ...]
    standing: tuple[Review, ...]
    by_claim: Mapping[str, tuple[Review, ...]]
    pinned: frozenset[str]


def decisions_of(made: Iterable[Review], *, step: int = 0) -> Decisions:
    """Return decisions, sorted for use; `made` are all, oldest first."""
    all_made = tuple(made)
    kept = standing(all_made)
    by_claim: dict[str, list[Review]] = {}
    for review in kept:
        for claim in (*review.claims, *review.others):
            by_claim.setdefault(claim, []).append(review)
    return Decisions(
        step=step,
        made=all_made,
        standing=kept,
        by_claim={claim: tuple(found) for claim, found in by_claim.items()},
        pinned=frozenset().union(*decided(kept).pinned),
    )


@dataclass(slots=True)
class DecisionLog:
    """Keeps the decisions of a record in memory, and takes in what was decided since it last looked."""

    record: Record
    _now: Decisions = field(default_factory=lambda: decisions_of(()))
    _lock: Lock = field(default_factory=Lock)

    def now(self) -> Decisions:
        """Return all decisions as they stand now."""
        with self._lock:
            connection = self.record.connection()
            try:
                rows = connection.execute(
                    "SELECT step, content FROM reviews WHERE step > ? ORDER BY step", (self._now.step,)
                ).fetchall()
            finally:
                connection.close()
            if rows:
                new = (review_of(content) for _, content in rows)
                self._now = decisions_of((*self._now.made, *new), step=rows[-1][0])
            return self._now
