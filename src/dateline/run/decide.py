"""Keep what a person decided: the one way of the command line and of the desk, safe against doubles and crossings."""

from collections.abc import Collection
from dataclasses import dataclass

from dateline.errors import DatelineError
from dateline.linking.decided import KINDS
from dateline.model.review import Review
from dateline.run.decisions import DecisionLog, Decisions, seen_by
from dateline.run.link import LinkKit, link, load_link_kit
from dateline.store.linked import Linked
from dateline.store.sqlite import Record


class Superseded(DatelineError):
    """What stood when a person decided is not what stands now, so that nothing was kept.

    `meanwhile` are the decisions that they had not seen, oldest first; `gone` the ids of those that they had seen and
    that were taken back since.
    """

    def __init__(self, meanwhile: tuple[Review, ...], gone: tuple[str, ...]) -> None:
        told = "; ".join(
            f"{one.who}: {one.kind}{_of(one)} ({one.at:%Y-%m-%d %H:%M} UTC)" for one in meanwhile
        )
        back = f"{len(gone)} taken back" if gone else ""
        super().__init__(
            f"others decided meanwhile ({'; '.join(part for part in (told, back) if part)}); nothing was kept: "
            "look at what stands now, and decide again"
        )
        self.meanwhile, self.gone = meanwhile, gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What became of a decision: as it was kept, the ids of the events that its claims are in now, and how.

    `already` if the same form had been kept before; `joined` if events were joined again for it.
    """

    review: Review
    events: tuple[str, ...]
    already: bool = False
    joined: bool = False

    @property
    def id(self) -> str:
        """The id of the decision."""
        return self.review.id


def decide(
    record: Record,
    made: Review,
    *,
    expected: Collection[str] | None = None,
    kit: LinkKit | None = None,
    log: DecisionLog | None = None,
    hidden: Collection[str] = (),
) -> Decided:
    """Keep a decision in one transaction, and join again what it concerns.

    `expected` are the ids of the decisions about these claims that the person saw standing: with others standing now,
    Superseded is raised. Of the claims that are `hidden` only what the person may see is compared (`seen_by`).
    A form that was kept already (the same `key` by the same person) adds nothing. `log` spares reading all decisions.
    Raises StoreError for unknown claims. A process that ends between keeping and joining leaves the joining to the
    next `link`.
    """
    log = log or DecisionLog(record)
    with log.turn, record.writer() as writer:
        writer.begin()
        known = log.now(writer.connection)
        kept = known.by_key.get((made.who, made.key)) if made.key else None
        if kept is None:
            _check(known, made, expected, hidden)
            writer.add_review(made)
    joins = _joins(known, kept or made)
    if joins:
        # One at a time: two that join at once would wait for each other inside SQLite.
        with log.turn:
            link(record, kit or load_link_kit())
    return Decided(
        review=kept or made,
        events=events_of(record, _claims(known, kept or made)),
        already=kept is not None,
        joined=joins,
    )


def events_of(record: Record, claims: Collection[str]) -> tuple[str, ...]:
    """Return the ids of the events that claims are in, sorted."""
    connection = record.connection()
    try:
        found = Linked(connection).events_of_claims(claims)
    finally:
        connection.close()
    return tuple(sorted({event for _, event in found.values()}))


def _check(known: Decisions, made: Review, expected: Collection[str] | None, hidden: Collection[str]) -> None:
    if made.undoes is not None:
        if made.undoes in known.by_id and not known.stands(made.undoes):
            raise Superseded(tuple(one for one in known.made if one.undoes == made.undoes), (made.undoes,))
        return
    if expected is None:
        return
    now = seen_by(known, made.who, hidden).of_claims((*made.claims, *made.others))
    ids = {one.id for one in now}
    meanwhile = tuple(one for one in now if one.id not in expected)
    gone = tuple(sorted(one for one in expected if one not in ids))
    if meanwhile or gone:
        raise Superseded(meanwhile, gone)


def _joins(known: Decisions, made: Review) -> bool:
    """Whether a decision, or what it takes back, and what that took back, says which claims are one event."""
    return known.root(made).kind in KINDS


def _claims(known: Decisions, made: Review) -> tuple[str, ...]:
    root = known.root(made)
    return (*root.claims, *root.others)


def _of(review: Review) -> str:
    return f" {review.field}" if review.field else ""
