"""Own-written reports of several outlets on one occurrence, read and made entries as a record would hold them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import dateline
from dateline.linking.derive import derive_event
from dateline.model.event import Contradiction, Count, Entry, Event, Range
from dateline.model.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report: outlet, day, text, the agency it credits, and the number of the report that it copies."""

    by: str
    on: str
    text: str
    agency: str | None = None
    copies: int | None = None
    side: str | None = None


def load_stories() -> Mapping[str, tuple[Told, ...]]:
    """Return the reports of stories.toml by story."""
    text = (Path(__file__).parent / "stories.toml").read_text(encoding="utf-8")
    return {name: tuple(Told(**row) for row in rows) for name, rows in tomllib.loads(text).items()}


@cache
def read(text: str, on: str, by: str) -> Reading:
    """Read a report once for all tests."""
    return dateline.read(text, published=on, publisher=by)


def entries_of(reports: Sequence[Told], *, words: bool = False) -> tuple[Entry, ...]:
    """Return the entries of reports that all tell of one occurrence; of words ("state.*") only if asked."""
    readings = [read(told.text, told.on, told.by) for told in reports]
    found = []
    for told, reading in zip(reports, readings, strict=True):
        head = readings[told.copies] if told.copies is not None else reading
        for claim in reading.claims:
            if words or not claim.type.startswith("state."):
                found.append(
                    Entry(
                        claim=claim,
                        report=reading.report,
                        recorded=date(2026, 1, 1),
                        copy_of=head.report.id,
                        agency=told.agency,
                        outlet_side=told.side,
                    )
                )
    return tuple(found)


def event_of(reports: Sequence[Told]) -> Event:
    """Return the event that reports tell of."""
    return derive_event(entries_of(reports), id="e1")


STORIES = load_stories()


def story(name: str) -> Event:
    """Return the event of one of the stories."""
    return event_of(STORIES[name])


def names(event: Event) -> set[str]:
    """Return the names of an event's origins."""
    return {origin.name for origin in event.origins}


def toll(
    event: Event, measure: str = "killed", of: str = "people", rule: str = "ucdp"
) -> tuple[int | None, ...]:
    """Return low, best and high of one range; fails if the event has none."""
    one = range_of(event, measure, of, rule)
    return one.low, one.best, one.high


def range_of(event: Event, measure: str = "killed", of: str = "people", rule: str = "ucdp") -> Range:
    """Return one range; fails if the event has none."""
    found = [one for one in event.ranges if (one.measure, one.of, one.rule) == (measure, of, rule)]
    assert len(found) == 1, event.ranges
    return found[0]


def standings(event: Event, measure: str = "killed") -> list[tuple[int, str]]:
    """Return the low of each figure of a measure and how it stands, in order of the table."""
    return [(one.low, one.standing) for one in event.counts if one.measure == measure]


def kinds(event: Event) -> set[str]:
    """Return the kinds of contradiction of an event."""
    return {one.kind for one in event.contradictions}


def of_kind(event: Event, kind: str) -> list[Contradiction]:
    """Return an event's contradictions of one kind."""
    return [one for one in event.contradictions if one.kind == kind]


def counting(event: Event) -> list[Count]:
    """Return the figures that stand."""
    return [one for one in event.counts if one.standing == "counts"]
