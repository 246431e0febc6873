"""The figures of one measure over many events, in order of day, with the range as it stood after each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dateline.linking.books import Books, load_books
from dateline.linking.counts import counts
from dateline.linking.independence import origins
from dateline.linking.ranges import ranges
from dateline.model.event import Count, CountedOf, Event, Range, Rule
from dateline.model.values import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """One figure of an event, and the event's range by a rule when all of that day had been told.

    `range` is null while no figure of that measure and kind of people stands.
    """

    event: str
    title: str
    count: Count
    range: Range | None


def figures_series(
    events: Iterable[Event], measure: Measure, *, of: CountedOf | None = None, rule: Rule = "ucdp",
    until: date | None = None, books: Books | None = None,
) -> tuple[SeriesRow, ...]:  # fmt: skip
    """Return every figure of a measure told of events, in order of day told, with the running range of its event.

    A running range rests only on what had been told by the end of that day, so that it shows what was known then.
    `of` limits the kind of people, `until` the day told (null: no limit).
    """
    books = books or load_books()
    rows = [row for event in events for row in _of_event(event, measure, of, rule, books)]
    kept = [row for row in rows if until is None or row.count.told <= until]
    return tuple(
        sorted(
            kept, key=lambda row: (row.count.told, row.event, row.count.of, row.count.low, row.count.claim)
        )
    )


def _of_event(
    event: Event, measure: Measure, of: CountedOf | None, rule: Rule, books: Books
) -> list[SeriesRow]:
    table = [one for one in event.counts if one.measure == measure and of in (None, one.of)]
    running: dict[tuple[date, str], Range] = {}
    for day in sorted({one.told for one in table}):
        known = [entry for entry in event.entries if entry.told <= day]
        found = ranges(counts(known, origins(known, books), books), books)
        running.update({(day, one.of): one for one in found if one.measure == measure and one.rule == rule})
    return [
        SeriesRow(event=event.id, title=event.title, count=one, range=running.get((one.told, one.of)))
        for one in table
    ]
