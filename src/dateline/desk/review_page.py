"""The page of one claim under review: its words in the report, its fields, what others say, what was decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dateline.desk.call import DeskError, Person
from dateline.desk.deciding import new_key, seen_of
from dateline.desk.desk import Desk
from dateline.desk.places import FoundPlace, found_places
from dateline.desk.review_fields import ReviewField, claim_fields, value_words
from dateline.desk.review_form import CHOICES, COUNTED, MEASURES, as_shown, type_names
from dateline.desk.review_queue import QueueQuery
from dateline.export.marks import marks_of, pieces
from dateline.linking.conflicts import Conflict
from dateline.model.event import Entry, ReviewState
from dateline.model.reading import Claim, Reading, Recipe
from dateline.model.review import Review
from dateline.model.text import Report
from dateline.run.decisions import Decisions, undone
from dateline.run.events import Events

_MOST_OTHERS, _MOST_NEAR = 25, 5
_NO_RECIPE = Recipe(package="", codebook="", models=(), settings="")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPiece:
    """A run of the report's text: where it starts (code points), its words, and what they are marked as, if anything."""

    start: int
    words: str
    kind: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherClaim:
    """Another claim of the same event: as it stands, who published it, its state, its fields in words."""

    claim: Claim
    publisher: str | None
    title: str | None
    told: date
    copy: bool
    state: ReviewState


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """A decision with what became of it: taken back or settled by whom, and its value in words."""

    review: Review
    value: str
    taken_back: bool
    may_undo: bool
    undid: str | None = None
    seen_decisions: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MyLast:
    """The last decision of the person that stands, for a visible undo."""

    id: str
    kind: str
    claim: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NearEvent:
    """An event that may be the same: its id, the words of its first claim, the weight of the likeness in bits."""

    event: str
    words: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """A claim to decide about.

    `claim` is as people's decisions leave it and the person may see it, `read` as the machine read it. `pieces` are
    the report's whole text; `around` the pieces near the claim's words. `blind` hides what others decided. `next` and
    `previous` are the neighbours in the queue, `place` the claim's own from 1, null if it is not in it. `seen` and
    `key` go into the forms.
    """

    claim: Claim
    read: Claim
    state: ReviewState
    report: Report
    report_id: str
    pieces: tuple[TextPiece, ...]
    fields: tuple[ReviewField, ...]
    event: str | None
    event_claims: int
    others: tuple[OtherClaim, ...]
    decisions: tuple[DecisionLine, ...]
    conflicts: tuple[Conflict, ...]
    blind: bool
    query: QueueQuery
    place: int | None
    matching: int
    mine: int
    previous: str | None
    next: str | None
    last: MyLast | None
    look_up: str
    places: tuple[FoundPlace, ...]
    near: tuple[NearEvent, ...]
    types: tuple[str, ...]
    measures: tuple[str, ...]
    counted: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]]
    seen: str
    key: str


def review_page(
    desk: Desk, person: Person, claim: str, query: QueueQuery, *, look_up: str = ""
) -> ReviewPage:
    """Return the page of a claim; raises DeskError (404) if the record has none of that id."""
    known = desk.decisions_for(person)
    queue = desk.queue(person, query, known)
    with desk.events(person, known) as events:
        found = events.view.entries([claim]).get(claim)
        if found is None:
            raise DeskError(f"there is no claim {claim!r} in the record", status=404)
        event = next(iter({name for _, name in events.linked.events_of_claims([claim]).values()}), None)
        held = events.linked.claims_of_events([event])[event] if event else [claim]
        entries = events.entries([claim, *(one for one in held if one != claim)][: _MOST_OTHERS + 1])
        near = near_events(events, event) if event else ()
        recipe = events.view.recipe_of_claim(claim)
    own = entries[claim]
    return ReviewPage(
        claim=own.claim, read=found.claim, state=own.state, report=found.report, report_id=found.report.id,
        pieces=text_pieces(found.report, own.claim), fields=claim_fields(own.claim, found.claim), event=event,
        event_claims=len(held), others=_others(entries[one] for one in entries if one != claim),
        decisions=decision_lines(known, claim, person), conflicts=known.in_conflict.get(claim, ()), blind=claim in known.hidden,
        query=query, place=None if (place := queue.place(claim)) is None else place + 1,
        matching=len(queue.matching), mine=queue.mine, previous=queue.beside(claim, -1),
        next=queue.beside(claim, 1) if place is not None else queue.next_open(claim),
        last=last_decision(known, person.name), look_up=look_up, places=found_places(look_up) if look_up else (),
        near=near, types=type_names(), measures=MEASURES, counted=COUNTED, choices=CHOICES,
        seen=seen_of(known, [claim], own.claim, recipe), key=new_key(),
    )  # fmt: skip


def near_events(events: Events, event: str) -> tuple[NearEvent, ...]:
    """Return the events that were compared with an event and not joined, the likeliest first."""
    found = {name: weight for name, _, weight in events.near(event, most=_MOST_NEAR)}
    held = events.linked.claims_of_events(list(found))
    firsts = {name: claims[0] for name, claims in held.items() if claims}
    entries = events.view.entries(list(firsts.values()))
    return tuple(
        NearEvent(
            event=name,
            words=" ".join(entries[firsts[name]].claim.evidence.quote.split())[:200],
            weight=round(weight, 1),
        )
        for name, weight in found.items()
        if firsts.get(name) in entries
    )


def text_pieces(report: Report, claim: Claim) -> tuple[TextPiece, ...]:
    """Cut the text of a report where the marks of one claim begin or end."""
    reading = Reading(
        report=report, recipe=_NO_RECIPE, claims=(claim,), attributions=(), mentions=(), problems=()
    )
    return tuple(
        TextPiece(
            start=piece.start,
            words=as_shown(report.text[piece.start : piece.end]),
            kind=piece.marks[0].kind if piece.marks else None,
        )
        for piece in pieces(0, len(report.text), marks_of(reading))
    )


def _others(entries: Iterable[Entry]) -> tuple[OtherClaim, ...]:
    return tuple(
        OtherClaim(
            claim=entry.claim, publisher=entry.report.publisher, title=entry.report.title,
            told=entry.told, copy=entry.copy_of != entry.report.id, state=entry.state,
        )
        for entry in entries
    )  # fmt: skip


def decision_lines(known: Decisions, claim: str, person: Person) -> tuple[DecisionLine, ...]:
    """Return all that was decided about a claim and the person may see, taken back or not, oldest first."""
    chosen = known.history.get(claim, ())
    gone = undone(chosen)
    return tuple(
        DecisionLine(
            review=one, value=value_words(one), taken_back=one.id in gone,
            may_undo=one.id not in gone and _may_undo(person, one),
            undid=_undid(known.by_id.get(one.undoes or "")), seen_decisions=_seen_count(one),
        )
        for one in chosen
    )  # fmt: skip


def _may_undo(person: Person, review: Review) -> bool:
    return person.may("lead") or (person.may("coder") and review.who == person.name)


def _undid(review: Review | None) -> str | None:
    return f"{review.kind} by {review.who}" if review else None


def _seen_count(review: Review) -> int | None:
    seen = review.seen
    ids = seen.get("decisions") if isinstance(seen, dict) else None
    return len(ids) if isinstance(ids, Sequence) else None


def last_decision(known: Decisions, who: str) -> MyLast | None:
    """Return the last decision of a person that stands."""
    last = next((one for one in reversed(known.standing) if one.who == who), None)
    if last is None:
        return None
    return MyLast(id=last.id, kind=last.kind, claim=last.claims[0] if last.claims else None, at=last.at)
