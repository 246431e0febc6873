"""The page of one report: its text with what was read in it, its claims, how it came, and what stands beside it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dateline.desk.call import Person
from dateline.desk.desk import Desk
from dateline.desk.event_joins import DecisionMade, decision_made
from dateline.desk.quoted import Words, quoted
from dateline.desk.report_beside import (
    Arrival,
    CopyOf,
    EarlierReading,
    Elsewhere,
    arrivals_of,
    copies_of,
    earlier_readings,
    elsewhere_of,
)
from dateline.desk.report_text import Paragraph, paragraphs
from dateline.model.event import Entry, Event, ReviewState
from dateline.model.reading import Claim, Problem, Recipe
from dateline.model.text import Span
from dateline.run.changes import FIELDS, FieldChange, told
from dateline.run.decisions import Decisions

_PLACES = 6  # of a problem, that are named


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNamed:
    """The event that a claim is part of."""

    id: str
    title: str
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRead:
    """A claim on the page of its report.

    `number` is that of its marks in the text, null for a claim that the newest reading no longer holds. `claim` is as
    people's corrections left it, `corrected` how that differs from what was read. `quote` is the clause with the
    trigger and hedges marked. `event` is null where it was not linked. `decisions` are the standing ones about it.
    """

    number: int | None
    claim: Claim
    quote: tuple[Words, ...]
    state: ReviewState
    corrected: tuple[FieldChange, ...]
    event: EventNamed | None
    decisions: tuple[DecisionMade, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRead:
    """What could not be read: its code, in words, the field left null, how often, and where (some of the places)."""

    code: str
    message: str
    field: str | None
    count: int
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """A report with what was read in it.

    `id`, `title`, `name`, `publisher`, `published` (each with its basis), `url` and `digest` (SHA-256 of the text) are
    those of the report; `agency` is the news agency it credits; `recorded` when it came (UTC). `arrivals` say how.
    `text` is the text in paragraphs and runs, `claims` what was read in it, `gone` the claims of earlier readings that
    the newest does not hold. `problems` is what could not be read, `elsewhere` what others say of the same events,
    `copies` the near-copies (`copies_in_all` counts them), `earlier` the readings before this one, made by `recipe`.
    `chosen` is the claim that the address asks for, `asked` the words.
    """

    id: str
    title: str | None
    name: str | None
    publisher: str | None
    publisher_basis: str | None
    published: date | None
    published_basis: str | None
    url: str | None
    agency: str | None
    digest: str
    recorded: datetime
    recipe: Recipe
    arrivals: tuple[Arrival, ...]
    text: tuple[Paragraph, ...]
    claims: tuple[ClaimRead, ...]
    gone: tuple[ClaimRead, ...]
    problems: tuple[ProblemRead, ...]
    elsewhere: tuple[Elsewhere, ...]
    copies: tuple[CopyOf, ...]
    copies_in_all: int
    earlier: tuple[EarlierReading, ...]
    chosen: str | None
    asked: tuple[int, int] | None


def report_page(
    desk: Desk,
    report_id: str,
    *,
    asked: tuple[int, int] | None = None,
    chosen: str | None = None,
    person: Person | None = None,
) -> ReportPage:
    """Return the page of a report; raises StoreError if there is none.

    `asked` bounds words of its text (code points, half-open), `chosen` names a claim. For a person,
    without decisions of others that they may not see yet.
    """
    with desk.events(person) as events:
        readings = events.view.all_readings(report_id)
        reading, report = readings[-1], readings[-1].report
        numbers = {claim.id: number for number, claim in enumerate(reading.claims, 1)}
        lost = {claim.id: claim for old in readings[:-1] for claim in old.claims if claim.id not in numbers}
        linked = events.linked.events_of_claims(list(numbers))
        placed = {claim: event for claim, (_, event) in linked.items()}
        derived = {event.id: event for event in events.events(sorted(set(placed.values())))}
        entries = events.entries([*numbers, *lost])
        arrivals = arrivals_of(events, report_id)
        copies, copies_in_all = copies_of(events, report)
        elsewhere = elsewhere_of(events, report, numbers, placed, derived)
        earlier = earlier_readings(readings, events.view.reading_times(report_id))
        recorded, decisions = events.view.recorded(report_id), events.decisions
    as_read = {claim.id: claim for claim in (*lost.values(), *reading.claims)}
    claims = [
        _claim(entry, as_read[key], numbers.get(key), derived.get(placed.get(key, "")), decisions)
        for key, entry in entries.items()
    ]
    return ReportPage(
        id=report_id, title=report.title, name=report.name, publisher=report.publisher,
        publisher_basis=report.publisher_basis, published=report.published,
        published_basis=report.published_basis, url=report.url,
        agency=next((entry.agency for entry in entries.values()), None), digest=report.digest,
        recorded=recorded, recipe=reading.recipe, arrivals=arrivals, text=paragraphs(reading, asked),
        claims=tuple(one for one in claims if one.number is not None),
        gone=tuple(one for one in claims if one.number is None), problems=_problems(reading.problems),
        elsewhere=elsewhere, copies=copies, copies_in_all=copies_in_all, earlier=earlier, chosen=chosen,
        asked=asked,
    )  # fmt: skip


def _claim(
    entry: Entry, read: Claim, number: int | None, event: Event | None, decisions: Decisions
) -> ClaimRead:
    about = decisions.by_claim.get(read.id, ())
    named = (
        EventNamed(id=event.id, title=event.title, reports=len({one.report.id for one in event.entries}))
        if event is not None
        else None
    )
    return ClaimRead(
        number=number, claim=entry.claim, quote=quoted(entry, ()), state=entry.state,
        corrected=tuple(_corrections(read, entry.claim)), event=named,
        decisions=tuple(decision_made(one) for one in reversed(about)),
    )  # fmt: skip


def _corrections(read: Claim, now: Claim) -> Iterable[FieldChange]:
    for field in FIELDS:
        before, after = getattr(read, field), getattr(now, field)
        if before != after:
            yield FieldChange(field=field, before=told(before), after=told(after))


def _problems(problems: Iterable[Problem]) -> tuple[ProblemRead, ...]:
    listed = list(problems)
    counted = Counter((one.code, one.message, one.field) for one in listed)
    return tuple(
        ProblemRead(
            code=code, message=message, field=field, count=count,
            places=tuple(
                one.span
                for one in listed
                if one.span is not None and (one.code, one.message, one.field) == (code, message, field)
            )[:_PLACES],
        )
        for (code, message, field), count in counted.items()
    )  # fmt: skip
