"""Why the claims of an event are one, and which events may be the same: pairs with their evidence in bits."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from dateline.model.event import Event, Link, Piece
from dateline.model.review import Review, ReviewKind
from dateline.model.summary import Summary
from dateline.run.decisions import Decisions
from dateline.run.events import Events
from dateline.run.summaries import summaries


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """Two tellings that were compared: a claim that stands for each, and the evidence that they are one.

    `weight` is the sum of the weights of `pieces` in bits (log2 of the odds), or the floor below which none goes.
    """

    left: str
    right: str
    weight: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joins:
    """Why the claims of an event are one: how many pairs of tellings were compared, and the joints.

    `joints` are the pairs that hold it together, the strongest first: every telling that was compared is in one of
    them, and without the weakest the event would fall in two.
    """

    compared: int
    joints: tuple[Joint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An event that may be the same as another: what it is, in how many reports it is told, and the strongest pair."""

    id: str
    title: str
    type: str
    earliest: date | None
    latest: date | None
    reports: int
    joint: Joint


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionMade:
    """What a person decided that bears on an event: the review's id, when, who, of what kind, about how many claims, why."""

    id: str
    at: datetime
    who: str
    kind: ReviewKind
    claims: int
    field: str | None
    why: str | None


def joins_of(events: Events, event: Event) -> Joins:
    """Return why the claims of an event are one."""
    compared, links = events.joints(event.id)
    return Joins(compared=compared, joints=tuple(map(_joint, links)))


def neighbours_of(events: Events, event: Event, *, most: int = 6) -> tuple[Neighbour, ...]:
    """Return the events that may be the same as one, the likeliest first."""
    near = events.neighbours(event.id, most=most)
    ids = [key for key, _ in near]
    known = {one.id: _short(one, one.reports) for one in summaries(events.linked.connection, ids)}
    # What is not summed up yet, as right after linking, is derived here.
    derived = events.events([key for key in ids if key not in known])
    known |= {one.id: _short(one, len({entry.report.id for entry in one.entries})) for one in derived}
    return tuple(known[key](joint=_joint(link)) for key, link in near if key in known)


def decisions_on(event: Event, decisions: Decisions) -> tuple[DecisionMade, ...]:
    """Return the standing decisions about claims of an event, the newest first."""
    claims = [entry.claim.id for entry in event.entries]
    found = {review.id: review for claim in claims for review in decisions.by_claim.get(claim, ())}
    rows = sorted(found.values(), key=lambda review: review.at, reverse=True)
    return tuple(map(decision_made, rows))


def decision_made(one: Review) -> DecisionMade:
    """Return a decision as it is shown."""
    return DecisionMade(
        id=one.id, at=one.at, who=one.who, kind=one.kind, claims=len(one.claims) + len(one.others),
        field=one.field, why=one.why,
    )  # fmt: skip


def _joint(link: Link) -> Joint:
    return Joint(left=link.left, right=link.right, weight=link.weight, pieces=_strongest(link.pieces))


def _strongest(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Sort pieces by how much they weigh either way; what is the same for all pairs comes first."""
    return tuple(sorted(pieces, key=lambda piece: (piece.name != "prior", -abs(piece.weight))))


def _short(event: Event | Summary, reports: int) -> Callable[..., Neighbour]:
    """Return a neighbour but for the joint to it."""
    return partial(
        Neighbour, id=event.id, title=event.title, type=event.type, earliest=event.earliest, latest=event.latest,
        reports=reports,
    )  # fmt: skip
