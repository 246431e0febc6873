"""The figures told of an event: a table for each measure, and the same as series for a chart."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from dateline.desk.event_values import MEASURES
from dateline.desk.quoted import Words, around, cut
from dateline.linking.figures import figures_series
from dateline.model.event import Count, Event, Range
from dateline.model.reading import Polarity
from dateline.model.text import Span
from dateline.model.values import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A figure told of an event, and its words with those around them; `copies` are the claims that only copy it."""

    count: Count
    words: tuple[Words, ...]
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureSaid:
    """All figures of one measure, in order of day told.

    `ranges` are low, best and high by each rule; `growing` is whether later reports only raised the toll. `counting`
    are the rows that the ranges rest on, `left_out` the others, each with its reason; `unnumbered` counts those that
    tell a plural without a number and are in neither. `drawn` is whether they were told on several days, so that a
    drawing over time shows something.
    """

    measure: Measure
    growing: bool
    ranges: tuple[Range, ...]
    counting: tuple[FigureRow, ...]
    left_out: tuple[FigureRow, ...]
    unnumbered: int
    drawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPoint:
    """A figure in a chart: the day told, low and high (null: open), whether the ranges rest on it, and its words."""

    day: date
    low: int
    high: int | None
    standing: bool
    polarity: Polarity
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSeries:
    """What one origin told, by day."""

    origin: str
    side: str | None
    points: tuple[ChartPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRange:
    """What was known at the end of a day, by UCDP's rule."""

    day: date
    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The figures of one measure by origin over time, with the running range of all people (or of the kind most told)."""

    measure: Measure
    series: tuple[ChartSeries, ...]
    range: tuple[ChartRange, ...]


def measures_said(event: Event) -> tuple[MeasureSaid, ...]:
    """Return the figures of an event by measure; a figure that a copy repeats stands once."""
    texts = {entry.report.id: entry.report.text for entry in event.entries}
    folded = _folded(event)
    found = []
    for measure in MEASURES:
        rows = [
            FigureRow(count=one, words=_words(one, texts.get(one.report, "")), copies=copies)
            for one, copies in folded
            if one.measure == measure and one.standing != "unnumbered"
        ]
        bare = sum(one.measure == measure and one.standing == "unnumbered" for one, _ in folded)
        if rows or bare:
            said = MeasureSaid(
                measure=measure, growing=measure in event.growing,
                ranges=tuple(one for one in event.ranges if one.measure == measure),
                counting=tuple(row for row in rows if row.count.standing == "counts"),
                left_out=tuple(row for row in rows if row.count.standing != "counts"), unnumbered=bare,
                drawn=len({row.count.told for row in rows}) > 1,
            )  # fmt: skip
            found.append(said)
    return tuple(found)


def chart_of(event: Event, measure: Measure) -> Chart:
    """Return the figures of a measure as series by origin, and what was known at the end of each day.

    Takes an independent derivation for each day on which a figure was told.
    """
    rows = figures_series([event], measure)
    counted = Counter(row.count.of for row in rows if row.range is not None)
    of = "people" if counted["people"] else next((kind for kind, _ in counted.most_common(1)), None)
    running = {row.count.told: row.range for row in rows if row.range is not None and row.count.of == of}
    by_origin: dict[tuple[str, str | None], list[ChartPoint]] = {}
    for row in rows:
        one = row.count
        if one.standing in ("unnumbered", "rejected"):
            continue
        point = ChartPoint(
            day=one.told, low=one.low, high=one.high, standing=one.standing == "counts", polarity=one.polarity,
            quote=" ".join(one.quote.split()),
        )  # fmt: skip
        by_origin.setdefault((one.source, one.side), []).append(point)
    return Chart(
        measure=measure,
        series=tuple(
            ChartSeries(origin=name, side=side, points=tuple(dict.fromkeys(points)))
            for (name, side), points in by_origin.items()
        ),
        range=tuple(
            ChartRange(day=day, low=one.low, best=one.best, high=one.high)
            for day, one in sorted(running.items())
        ),
    )


def _folded(event: Event) -> list[tuple[Count, int]]:
    """Return the rows that are no mere copies, each with how many copies say the same."""
    copied = {claim for origin in event.origins for claim in origin.copies}
    said = {_content(one) for one in event.counts if one.claim not in copied}
    copies = Counter(_content(one) for one in event.counts if one.claim in copied)
    rows = [one for one in event.counts if one.claim not in copied or _content(one) not in said]
    return [(one, 0 if one.claim in copied else copies.pop(_content(one), 0)) for one in rows]


def _content(one: Count) -> tuple[str, str, str, int, int | None]:
    return one.origin, one.measure, one.of, one.low, one.high


def _words(one: Count, text: str) -> tuple[Words, ...]:
    """Return a figure's words with those around them; its own alone where a person corrected it."""
    if text[one.start : one.end] != one.quote:
        return cut(one.quote, 0, len(one.quote), [])
    left, right = around(text, one.start, one.end, reach=45)
    span = Span(start=one.start, end=one.end, quote=one.quote)
    return cut(text, left, right, [(span, "value")], before=left > 0, behind=right < len(text))
