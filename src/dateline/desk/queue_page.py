"""The queue of claims to decide about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dateline.desk.call import Person
from dateline.desk.desk import Desk
from dateline.desk.review_form import type_names
from dateline.desk.review_queue import RULES, STATES, QueueQuery
from dateline.model.event import ReviewState
from dateline.model.reading import Certainty
from dateline.run.decisions import Decisions

PER_PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """A claim of the queue: its words, its event, and what speaks for looking at it soon.

    `origins` are the independent texts that tell its event, `differs` whether they differ; `conflict` whether people do.
    """

    claim: str
    event: str
    type: str
    words: str
    publisher: str | None
    told: date
    certainty: Certainty
    missing: tuple[str, ...]
    origins: int
    differs: bool
    state: ReviewState
    conflict: bool
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """The queue: the query, how many claims match it, how many of them are decided, and a page of those listed.

    `next` is the claim to go on with. `asked` are the claims that the person was asked to decide about and has not.
    """

    query: QueueQuery
    rules: Mapping[str, str]
    states: Mapping[str, str]
    types: tuple[str, ...]
    matching: int
    listed: int
    mine: int
    anyone: int
    lines: tuple[QueueLine, ...]
    page: int
    pages: int
    next: str | None
    asked: int
    conflicts: int
    people: tuple[str, ...]


def queue_page(desk: Desk, person: Person, query: QueueQuery, page: int = 1) -> QueuePage:
    """Return a page of the queue."""
    decisions = desk.decisions_for(person)
    queue = desk.queue(person, query, decisions)
    table = queue.table
    pages = max(1, -(-len(queue.listed) // PER_PAGE))
    page = min(max(page, 1), pages)
    ids = queue.ids((page - 1) * PER_PAGE, PER_PAGE)
    with desk.record.view() as view:
        entries = view.entries(ids)
    own = decisions.verdicts.get(person.name, frozenset())
    lines = []
    for claim in ids:
        entry, row = entries[claim], table.row_of[claim]
        lines.append(
            QueueLine(
                claim=claim, event=table.events[table.event[row]], type=entry.claim.type,
                words=" ".join(entry.claim.evidence.quote.split())[:400], publisher=entry.report.publisher,
                told=entry.told, certainty=entry.claim.certainty,
                missing=tuple(name for name, value in (("place", entry.claim.place), ("day", entry.claim.time))
                              if value is None),
                origins=int(table.origins[row]), differs=bool(table.differs[row]),
                state=decisions.states.get(claim, "unreviewed"), conflict=claim in decisions.in_conflict,
                mine=claim in own,
            )
        )  # fmt: skip
    families = sorted({name.split(".")[0] for name in type_names()})
    asked = sum(1 for one in desk.assignments.of(person.name) if one.claim not in own)
    return QueuePage(
        query=query, rules=RULES, states=STATES, types=(*families, *type_names()), matching=len(queue.matching),
        listed=len(queue.listed), mine=queue.mine, anyone=queue.anyone, lines=tuple(lines), page=page, pages=pages,
        next=queue.next_open(), asked=asked, conflicts=len(decisions.in_conflict),
        people=_people(decisions, person),
    )  # fmt: skip


def _people(decisions: Decisions, person: Person) -> tuple[str, ...]:
    """Return whom a lead may ask: those who decided something; to others it would tell who did."""
    if not person.may("lead"):
        return ()
    return tuple(sorted({who for who, claims in decisions.verdicts.items() if claims} | {person.name}))
