"""The data dictionary: every column of every table, its type, its meaning, and how its value is had.

CSV, JSON Lines, Parquet, the release's `datapackage.json` and docs/reference/columns.md are made from it, so that
none can say what another does not.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from dateline.export.summary import MEASURES, certainty_of, denied_in, range_of, reality_of, reports_of
from dateline.export.words import chain_words, figure_words, filler_words, loss_words
from dateline.model.event import Contradiction, Count, Entry, Event, Origin, Range
from dateline.model.values import Filler, Measure, Place, Time

ColumnType = Literal["string", "integer", "number", "boolean", "date", "list"]
Cell = str | int | float | bool | date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its name, type, meaning (one line of Markdown), and the function from a row's things to its value.

    A "list" is a list of strings; a value that is not known is null in every format, never a default.
    """

    name: str
    type: ColumnType
    meaning: str
    value: Callable[[Any], Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: its name, what a row is, the column that identifies a row if one does, and its rows."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    things: Callable[[Sequence[Event]], Iterable[Any]]
    foreign: tuple[tuple[str, str], ...] = ()

    def rows(self, events: Sequence[Event]) -> list[dict[str, Cell]]:
        """Return the table's rows, in the order of the events and of what is in them."""
        return [
            {column.name: column.value(thing) for column in self.columns} for thing in self.things(events)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A row of `claims`: a claim in its event."""

    event: Event
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """A row of a table whose things belong to an event."""

    event: Event
    thing: Any


def _column(name: str, kind: ColumnType, meaning: str, value: Callable[[Any], Cell]) -> Column:
    return Column(name=name, type=kind, meaning=meaning, value=value)


def _of_place(place: Callable[[Any], Place | None], whose: str) -> tuple[Column, ...]:
    """Return the columns that tell where; their values are those of the place, null without one."""

    def part(name: str) -> Callable[[Any], Cell]:
        def value(thing: Any) -> Cell:
            found = place(thing)
            return getattr(found, name) if found else None

        return value

    return (
        _column("place", "string", f"name of the place {whose}", part("name")),
        _column("place_id", "string", "its id in the codebook", part("id")),
        _column("geonames", "integer", "its id in GeoNames", part("geonames")),
        _column("latitude", "number", "centre of the area, degrees north, WGS 84", part("lat")),
        _column("longitude", "number", "centre of the area, degrees east, WGS 84", part("lon")),
        _column("radius_km", "number", "radius of the area that the words allow, km", part("radius_km")),
        _column(
            "precision", "integer",
            "UCDP's where_prec: 1 exact, 2 within about 25 km, 3 second-order division, 4 first-order division, "
            "5 larger or relative, 6 country, 7 sea or air",
            part("precision"),
        ),
        _column("relation", "string", "`near`, `from`, `outskirts` and so on; null: at the place", part("relation")),
        _column("distance_km", "number", "the distance stated from the place, km", part("distance_km")),
        _column(
            "place_basis", "string", "`stated` with the event, or `context`: told before it", part("basis")
        ),
    )  # fmt: skip


def _ranges() -> tuple[Column, ...]:
    def part(measure: Measure, name: str) -> Callable[[Event], Cell]:
        def value(event: Event) -> Cell:
            found = range_of(event, measure, "ucdp")
            return getattr(found, name) if found else None

        return value

    bounds = {"low": "lowest", "best": "best", "high": "highest"}
    return tuple(
        _column(f"{measure}_{bound}", "integer", f"{word} count {measure}, by the rule `ucdp`", part(measure, bound))
        for measure in MEASURES
        for bound, word in bounds.items()
    )  # fmt: skip


def _names(fillers: Iterable[Filler]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filler_words(filler) for filler in fillers))


def _sides(fillers: Iterable[Filler]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filler.side for filler in fillers if filler.side))


def _time(part: str) -> Callable[[Told], Cell]:
    def value(told: Told) -> Cell:
        time: Time | None = told.entry.claim.time
        return getattr(time, part) if time else None

    return value


EVENTS = Table(
    name="events",
    row="one event: the claims about one occurrence, and what follows from them",
    key=("id",),
    things=lambda events: events,
    columns=(
        _column("id", "string", "stays while the earliest recorded claim of the event does", lambda e: e.id),
        _column("type", "string", "event type of the codebook", lambda e: e.type),
        _column("title", "string", "type, place and day in words", lambda e: e.title),
        _column("earliest", "date", "first day that the claims allow; null if none tells", lambda e: e.earliest),
        _column("latest", "date", "last day that they allow, included", lambda e: e.latest),
        _column("country", "string", "ISO 3166 code of the country (Crimea: UA, after UNGA resolution 68/262)",
                lambda e: e.country),
        *_of_place(lambda e: e.place, "best supported"),
        _column("actors", "list", "who did it, as the claims say", lambda e: e.actors),
        _column("targets", "list", "whom or what it befell, as the claims say", lambda e: e.targets),
        _column("reality", "string",
                "the most real way in which it is told: `happened`, `ongoing`, `background`, `intended`, `threatened` "
                "or `hypothetical`", reality_of),
        _column("certainty", "string", "the surest way in which it is told: `certain`, `hedged` or `disputed`",
                certainty_of),
        _column("denied", "integer", "how many claims say that it did not happen", denied_in),
        _column("claims", "integer", "how many claims tell of it", lambda e: len(e.entries)),
        _column("reports", "integer", "how many reports tell of it, copies included",
                lambda e: len({entry.report.id for entry in e.entries})),
        _column("origins", "integer", "how many independent origins it rests on; copies do not count",
                lambda e: len(e.origins)),
        _column("sources", "list", "names of these origins", lambda e: tuple(o.name for o in e.origins)),
        *_ranges(),
        _column("contradictions", "integer", "how many contradictions its claims hold", lambda e: len(e.contradictions)),
        _column("growing", "list", "measures whose figures rise with later reports", lambda e: tuple(e.growing)),
        _column("review", "string",
                "what people decided: `unreviewed`, `accepted`, `rejected`, `corrected` or `unsure`", lambda e: e.state),
        _column("pinned", "boolean", "whether a person fixed which claims are this event", lambda e: e.pinned),
    ),
)  # fmt: skip

CLAIMS = Table(
    name="claims",
    row="one claim: one thing that one report says to have happened, beside its words",
    key=("id",),
    foreign=(("event", "events"), ("report", "reports")),
    things=lambda events: [Told(event=event, entry=entry) for event in events for entry in event.entries],
    columns=(
        _column("id", "string", "hash of the report and what was read", lambda t: t.entry.claim.id),
        _column("event", "string", "id of its event", lambda t: t.event.id),
        _column("report", "string", "id of its report", lambda t: t.entry.report.id),
        _column("type", "string", "event type of the codebook", lambda t: t.entry.claim.type),
        _column("earliest", "date", "first day that the words allow", _time("earliest")),
        _column("latest", "date", "last day that they allow, included", _time("latest")),
        _column("time_precision", "string", "`day`, `part_of_day`, `week`, `month`, `year` and so on", _time("precision")),
        _column("time_basis", "string", "`stated`, or `relative` to another date", _time("basis")),
        _column("country", "string", "ISO 3166 code of the country", lambda t: t.entry.claim.country),
        _column("country_basis", "string", "`place`, or `context`: the land that the report is about",
                lambda t: t.entry.claim.country_basis),
        *_of_place(lambda t: t.entry.claim.place, "that the words name"),
        _column("actors", "list", "who did it", lambda t: _names(t.entry.claim.actors)),
        _column("actor_sides", "list", "their sides: country codes or ids of the codebook",
                lambda t: _sides(t.entry.claim.actors)),
        _column("targets", "list", "whom or what it befell", lambda t: _names(t.entry.claim.targets)),
        _column("target_sides", "list", "their sides", lambda t: _sides(t.entry.claim.targets)),
        _column("instruments", "list", "by what means", lambda t: _names(t.entry.claim.instruments)),
        _column("figures", "list", "people counted, in words",
                lambda t: tuple(figure_words(figure) for figure in t.entry.claim.figures)),
        _column("losses", "list", "equipment lost, in words",
                lambda t: tuple(loss_words(loss) for loss in t.entry.claim.losses)),
        _column("polarity", "string", "`positive`, or `negative`: said not to have happened",
                lambda t: t.entry.claim.polarity),
        _column("reality", "string", "as in `events`", lambda t: t.entry.claim.reality),
        _column("certainty", "string", "`certain` (told flatly), `hedged` or `disputed`", lambda t: t.entry.claim.certainty),
        _column("factuality", "number", "how surely the text tells it as having happened, -3 (did certainly not) to 3",
                lambda t: t.entry.claim.factuality),
        _column("hedges", "list", "the words that hedge it", lambda t: tuple(h.quote for h in t.entry.claim.hedges)),
        _column("attribution", "string", "who says it, outermost speaker first, joined by ` › `",
                lambda t: chain_words(t.entry.claim)),
        _column("attribution_kinds", "list", "kind of each speaker, in that order",
                lambda t: tuple(a.kind for a in t.entry.claim.attribution)),
        _column("trigger", "string", "the words that tell of the event", lambda t: t.entry.claim.trigger.quote),
        _column("trigger_start", "integer", "where they begin in the report's text, code points",
                lambda t: t.entry.claim.trigger.start),
        _column("trigger_end", "integer", "where they end, half-open", lambda t: t.entry.claim.trigger.end),
        _column("evidence", "string", "the clause that was read", lambda t: t.entry.claim.evidence.quote),
        _column("evidence_start", "integer", "where it begins", lambda t: t.entry.claim.evidence.start),
        _column("evidence_end", "integer", "where it ends, half-open", lambda t: t.entry.claim.evidence.end),
        _column("told", "date", "day of publication, or of recording if that is not known", lambda t: t.entry.told),
        _column("recorded", "date", "day on which it came into the record", lambda t: t.entry.recorded),
        _column("review", "string", "what people decided, as in `events`", lambda t: t.entry.state),
    ),
)  # fmt: skip

FIGURES = Table(
    name="figures",
    row="one figure: what one origin said on one day",
    key=(),
    foreign=(("event", "events"), ("claim", "claims"), ("report", "reports")),
    things=lambda events: [Within(event=event, thing=count) for event in events for count in event.counts],
    columns=(
        _column("event", "string", "id of its event", lambda w: w.event.id),
        _column("claim", "string", "id of its claim", lambda w: _count(w).claim),
        _column("report", "string", "id of its report", lambda w: _count(w).report),
        _column("told", "date", "day on which it was told", lambda w: _count(w).told),
        _column("origin", "string", "id of the origin that it rests on", lambda w: _count(w).origin),
        _column("source", "string", "who says it", lambda w: _count(w).source),
        _column("side", "string", "the source's side, if known", lambda w: _count(w).side),
        _column("publisher", "string", "the outlet", lambda w: _count(w).publisher),
        _column("measure", "string", "`killed`, `wounded`, `captured`, `missing`, `displaced`, `destroyed` or `damaged`",
                lambda w: _count(w).measure),
        _column("of", "string", "`civilians`, `combatants` or `people`; of equipment its name", lambda w: _count(w).of),
        _column("low", "integer", "lowest count that the words allow", lambda w: _count(w).low),
        _column("high", "integer", "highest; null: no upper bound told", lambda w: _count(w).high),
        _column("certainty", "string", "`certain`, `hedged` or `disputed`", lambda w: _count(w).certainty),
        _column("polarity", "string", "`positive`, or `negative`: said not to have happened", lambda w: _count(w).polarity),
        _column("reality", "string", "as in `events`", lambda w: _count(w).reality),
        _column("quote", "string", "the figure's words", lambda w: _count(w).quote),
        _column("start", "integer", "where they begin in the report's text, code points", lambda w: _count(w).start),
        _column("end", "integer", "where they end, half-open", lambda w: _count(w).end),
    ),
)  # fmt: skip

RANGES = Table(
    name="ranges",
    row="low, best and high of one measure of one event by one named rule",
    key=("event", "measure", "rule"),
    foreign=(("event", "events"),),
    things=lambda events: [Within(event=event, thing=found) for event in events for found in event.ranges],
    columns=(
        _column("event", "string", "id of its event", lambda w: w.event.id),
        _column("measure", "string", "what was counted", lambda w: _range(w).measure),
        _column(
            "rule",
            "string",
            "`ucdp` or `conservative`: how the counts were combined",
            lambda w: _range(w).rule,
        ),
        _column("low", "integer", "null where the rule leaves it open", lambda w: _range(w).low),
        _column("best", "integer", "null where the rule leaves it open", lambda w: _range(w).best),
        _column("high", "integer", "null where the rule leaves it open", lambda w: _range(w).high),
        _column("why", "string", "the rule as it was applied here, in words", lambda w: _range(w).why),
    ),
)

ORIGINS = Table(
    name="origins",
    row="one independent origin of one event: a source, an agency or an outlet, however many reports repeat it",
    key=("event", "id"),
    foreign=(("event", "events"),),
    things=lambda events: [Within(event=event, thing=origin) for event in events for origin in event.origins],
    columns=(
        _column("event", "string", "id of its event", lambda w: w.event.id),
        _column("id", "string", "id of the origin", lambda w: _origin(w).id),
        _column("name", "string", "who it is", lambda w: _origin(w).name),
        _column("kind", "string", "`source`, `agency` or `outlet`", lambda w: _origin(w).kind),
        _column("side", "string", "its side, if known", lambda w: _origin(w).side),
        _column("claims", "integer", "how many claims rest on it", lambda w: len(_origin(w).claims)),
        _column("copies", "integer", "how many of these stand in copies of another report", lambda w: len(_origin(w).copies)),
        _column("claim_ids", "list", "ids of these claims, in the order told", lambda w: _origin(w).claims),
        _column("copy_ids", "list", "ids of those in copies", lambda w: _origin(w).copies),
    ),
)  # fmt: skip

CONTRADICTIONS = Table(
    name="contradictions",
    row="two claims of one event that cannot both be true, or of which one denies the other",
    key=(),
    foreign=(("event", "events"),),
    things=lambda events: [
        Within(event=event, thing=found) for event in events for found in event.contradictions
    ],
    columns=(
        _column("event", "string", "id of its event", lambda w: w.event.id),
        _column(
            "kind", "string", "`figures`, `actor`, `denied`, `place` or `date`", lambda w: _against(w).kind
        ),
        _column("field", "string", "the field or measure concerned", lambda w: _against(w).field),
        _column("left", "string", "id of one claim", lambda w: _against(w).left),
        _column("right", "string", "id of the other claim", lambda w: _against(w).right),
        _column("words", "string", "the contradiction in words", lambda w: _against(w).words),
    ),
)

REPORTS = Table(
    name="reports",
    row="one published report that a claim was read in; its text stays in the record",
    key=("id",),
    things=lambda events: list(reports_of(events).values()),
    columns=(
        _column("id", "string", "hash of text, title, date, publisher and URL", lambda r: r[0].id),
        _column("digest", "string", "SHA-256 of the text in UTF-8", lambda r: r[0].digest),
        _column("title", "string", "the headline", lambda r: r[0].title),
        _column("published", "date", "day of publication", lambda r: r[0].published),
        _column(
            "published_basis", "string", "where that day comes from: `given`, `metadata`, `text` or `as_of`",
            lambda r: r[0].published_basis,
        ),
        _column("publisher", "string", "the outlet", lambda r: r[0].publisher),
        _column("publisher_basis", "string", "where that name comes from", lambda r: r[0].publisher_basis),
        _column("url", "string", "the page's address", lambda r: r[0].url),
        _column("recorded", "date", "day on which it came into the record", lambda r: r[1].recorded),
        _column("copy_of", "string", "id of the earliest of its near-copies; its own if it has none", lambda r: r[1].copy_of),
        _column("agency", "string", "the news agency that it credits", lambda r: r[1].agency),
        _column("outlet_side", "string", "side of the outlet, if known", lambda r: r[1].outlet_side),
        _column("events", "list", "ids of the events that it tells of", lambda r: tuple(event.id for event in r[2])),
    ),
)  # fmt: skip

TABLES = (EVENTS, CLAIMS, FIGURES, RANGES, ORIGINS, CONTRADICTIONS, REPORTS)


def _count(within: Within) -> Count:
    found: Count = within.thing
    return found


def _range(within: Within) -> Range:
    found: Range = within.thing
    return found


def _origin(within: Within) -> Origin:
    found: Origin = within.thing
    return found


def _against(within: Within) -> Contradiction:
    found: Contradiction = within.thing
    return found
