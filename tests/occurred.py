"""Own-written reports of several wars, read once, in records of their own; and what linking them gives."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import dateline
from dateline.linking.decided import KINDS
from dateline.model.event import Event
from dateline.model.reading import Reading
from dateline.model.review import Review, ReviewKind
from dateline.run.events import Events
from dateline.run.link import LinkKit, link, load_link_kit
from dateline.store.linked import Linked
from dateline.store.sqlite import Record, create_record

BEGIN = datetime(2024, 5, 1, 8, tzinfo=UTC)
Parts = frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report, and the story that it tells."""

    story: str
    by: str
    on: str
    title: str
    text: str


def _load() -> tuple[Told, ...]:
    text = (Path(__file__).parent / "occurrences.toml").read_text(encoding="utf-8")
    return tuple(Told(**row) for row in tomllib.loads(text)["report"])


TOLD = _load()


@cache
def kit() -> LinkKit:
    """Return the packaged kit."""
    return load_link_kit()


@cache
def read(text: str, on: str | None = None, by: str | None = None, title: str | None = None) -> Reading:
    """Read a text once for all tests of a process."""
    return dateline.read(text, published=on, publisher=by, title=title)


def reading(told: Told) -> Reading:
    """Read a report."""
    return read(told.text, told.on, told.by, told.title)


def story(*names: str) -> list[Reading]:
    """Return the readings of stories, in the order of the file."""
    return [reading(told) for told in TOLD if told.story in names]


def everything() -> list[Reading]:
    """Return the readings of all reports."""
    return [reading(told) for told in TOLD]


class Minutes:
    """A clock on which every look is a minute later."""

    def __init__(self) -> None:
        self.now = BEGIN

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def record_of(folder: Path, readings: Iterable[Reading] = (), *, linked: bool = True) -> Record:
    """Make a record of readings, and link it."""
    record = create_record(folder, clock=Minutes())
    put(record, readings)
    if linked:
        link(record, kit())
    return record


def put(record: Record, readings: Iterable[Reading]) -> None:
    """Add readings to a record."""
    with record.writer() as writer:
        for one in readings:
            writer.add_reading(one)


def decide(
    record: Record,
    kind: ReviewKind,
    claims: Iterable[str] = (),
    others: Iterable[str] = (),
    *,
    who: str = "ana",
    undoes: str | None = None,
) -> str:
    """Add a decision to a record and link it; return the decision's id."""
    with record.view() as view:
        at = BEGIN + timedelta(minutes=len(view.reviews()))
    made = Review(at=at, who=who, kind=kind, claims=tuple(claims), others=tuple(others), undoes=undoes)
    with record.writer() as writer:
        writer.add_review(made)
    assert kind in (*KINDS, "undo")
    link(record, kit())
    return made.id


def parts(record: Record) -> Parts:
    """Return the claims of each event, told and untold."""
    return frozenset(map(frozenset, members(record).values()))


def members(record: Record) -> dict[str, tuple[str, ...]]:
    """Return the claims of each event by its id, sorted."""
    connection = record.connection()
    try:
        linked = Linked(connection)
        ids = [event for event, _ in linked.event_ids(None)]
        return {event: tuple(sorted(claims)) for event, claims in linked.claims_of_events(ids).items()}
    finally:
        connection.close()


def event_of(record: Record, claim: str) -> str:
    """Return the id of the event that a claim is in; fails if it is in none or in several."""
    (found,) = [event for event, claims in members(record).items() if claim in claims]
    return found


def named(record: Record, name: str) -> str:
    """Return the id of the event that is found under a name."""
    with Events(record, kit=kit()) as found:
        return found.named(name)


def events(record: Record) -> list[Event]:
    """Return the events of a record."""
    with Events(record, kit=kit()) as found:
        return list(found.events(found.ids(told=False)))


def claims_of(readings: Sequence[Reading]) -> frozenset[str]:
    """Return the ids of the claims of readings that may be joined."""
    return frozenset(c.id for one in readings for c in one.claims if c.type != "state.statement")
