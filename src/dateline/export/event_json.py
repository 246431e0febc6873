"""An event as JSON: what is derived, with the claims it rests on; `EVENT_OBJECTS` says what each field means."""

import json
from typing import Any

from dateline.linking.figures import SeriesRow
from dateline.model.event import Contradiction, Count, Entry, Event, Origin, Range
from dateline.wire import claim_to_json, place_to_json
from dateline.wire_fields import Fields

Json = dict[str, Any]

# Object -> its fields, in the order in which they are printed.
EVENT_OBJECTS: dict[str, Fields] = {
    "event": (
        ("id", "string", "the event; stays while its earliest recorded claim does"),
        ("type", "string", "the event type that most independent origins support"),
        ("title", "string", "what, where and when, in plain words"),
        ("state", "string", "`unreviewed`, `accepted`, `rejected`, `corrected` or `unsure`"),
        ("pinned", "boolean", "whether a person fixed which claims it is made of"),
        ("earliest", "date or null", "the first day it may have happened on"),
        ("latest", "date or null", "the last day it may have happened on"),
        ("place", "place or null", "where, as the report told it that says it most precisely"),
        ("country", "string or null", "the ISO 3166 code of the country where it happened"),
        ("actors", "array of string", "names of who did it, best supported first"),
        ("actor_sides", "array of string", "the codebook's ids of their sides"),
        ("targets", "array of string", "names of whom and what it befell"),
        ("target_sides", "array of string", "the codebook's ids of their sides"),
        ("corroborated_by", "integer", "how many independent origins say that it happened"),
        ("growing", "array of string", "the measures whose toll rose with later reports"),
        ("ranges", "array of range", "low, best and high of each measure by each rule"),
        ("contradictions", "array of contradiction", "what cannot both be true"),
        ("origins", "array of origin", "where its claims ultimately come from"),
        ("counts", "array of count", "every figure told, in order of day"),
        ("claims", "array of event claim", "the claims it is derived from, in the order told"),
    ),
    "range": (
        ("measure", "string", "what is counted: `killed`, `wounded` and so on"),
        ("of", "string", "`people` (the total), `civilians` or `combatants`"),
        ("rule", "string", "`ucdp` or `conservative`; docs/comparing.md gives both"),
        ("low", "integer or null", "the lowest figure that stands"),
        ("best", "integer or null", "the figure that the rule takes"),
        ("high", "integer or null", "the highest"),
        ("why", "string", "what the rule rests on here"),
    ),
    "contradiction": (
        ("kind", "string", "`figures`, `actor`, `denied`, `place` or `date`"),
        ("field", "string", "the field the accounts differ in"),
        ("left", "string", "id of a claim that stands for one account"),
        ("right", "string", "id of a claim that stands for the other"),
        ("words", "string", "the contradiction in plain words"),
    ),
    "origin": (
        ("id", "string", "the origin"),
        ("name", "string", "how it is called"),
        ("kind", "string", "`source`, `agency` or `outlet`"),
        ("side", "string or null", "the codebook's id of its side"),
        ("stance", "string", "`says`, `denies`, `both` or `foresees`"),
        ("claims", "array of string", "ids of the claims that rest on it"),
        ("copies", "array of string", "those of them in reports that only copy another"),
    ),
    "count": (
        ("told", "date", "the day it was told"),
        ("origin", "string", "id of its origin; empty for a rejected claim"),
        ("source", "string", "the origin's name"),
        ("side", "string or null", "the origin's side"),
        ("claim", "string", "id of the claim"),
        ("report", "string", "id of the report"),
        ("publisher", "string or null", "the outlet that printed it"),
        ("measure", "string", "what is counted"),
        ("of", "string", "`people`, `civilians` or `combatants`"),
        ("low", "integer", "the least that is told"),
        ("high", "integer or null", "the most that is told, null for no upper bound"),
        ("certainty", "string", "`certain`, `hedged` or `disputed`"),
        ("polarity", "string", "`positive` or `negative`"),
        ("reality", "string", "as in a claim"),
        ("quote", "string", "the figure's words"),
        ("start", "integer", "where they begin in the report's text, in code points"),
        ("end", "integer", "where they end, half-open"),
        ("standing", "string", "`counts`, or why it does not; see docs/comparing.md"),
        ("left_out", "string or null", "that reason in plain words"),
    ),
    "event claim": (
        ("report", "string", "id of the report"),
        ("told", "date", "the day it was told: that of publication, else of recording"),
        ("published", "date or null", "the report's day of publication"),
        ("publisher", "string or null", "the outlet"),
        ("title", "string or null", "the report's headline"),
        ("url", "string or null", "the report's address"),
        ("copy_of", "string", "id of the report that it copies, its own if it copies none"),
        ("agency", "string or null", "the news agency it credits"),
        ("state", "string", "what a person decided about the claim"),
        ("claim", "claim", "the claim, as `dateline read --json` prints it"),
    ),
    "series row": (
        ("event", "string", "id of the event"),
        ("title", "string", "the event's title"),
        ("count", "count", "a figure told of it"),
        ("range", "range or null", "the event's range at the end of that day, null while no figure stands"),
    ),
}  # fmt: skip


def event_to_json(event: Event) -> Json:
    """Return an event as plain JSON values."""
    agreeing = sum(origin.stance in ("says", "both") for origin in event.origins)
    return {
        "id": event.id,
        "type": event.type,
        "title": event.title,
        "state": event.state,
        "pinned": event.pinned,
        "earliest": event.earliest.isoformat() if event.earliest else None,
        "latest": event.latest.isoformat() if event.latest else None,
        "place": place_to_json(event.place) if event.place else None,
        "country": event.country,
        "actors": list(event.actors),
        "actor_sides": list(event.actor_sides),
        "targets": list(event.targets),
        "target_sides": list(event.target_sides),
        "corroborated_by": agreeing,
        "growing": list(event.growing),
        "ranges": [range_to_json(one) for one in event.ranges],
        "contradictions": [_contradiction(one) for one in event.contradictions],
        "origins": [_origin(one) for one in event.origins],
        "counts": [count_to_json(one) for one in event.counts],
        "claims": [_entry(entry) for entry in event.entries],
    }


def event_line(event: Event) -> str:
    """Return an event as one line of JSON that encodes to UTF-8; equal events give equal lines."""
    return _line(event_to_json(event))


def series_line(row: SeriesRow) -> str:
    """Return one row of a series of figures as one line of JSON."""
    value = {
        "event": row.event,
        "title": row.title,
        "count": count_to_json(row.count),
        "range": range_to_json(row.range) if row.range else None,
    }
    return _line(value)


def _line(value: Json) -> str:
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        # Halves of surrogate pairs have no UTF-8 form; they are escaped.
        line = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return line


def range_to_json(one: Range) -> Json:
    """Return a range as plain JSON values."""
    return {
        "measure": one.measure, "of": one.of, "rule": one.rule, "low": one.low, "best": one.best,
        "high": one.high, "why": one.why,
    }  # fmt: skip


def count_to_json(one: Count) -> Json:
    """Return a row of the table of figures as plain JSON values."""
    return {
        "told": one.told.isoformat(), "origin": one.origin, "source": one.source, "side": one.side,
        "claim": one.claim, "report": one.report, "publisher": one.publisher, "measure": one.measure,
        "of": one.of, "low": one.low, "high": one.high, "certainty": one.certainty, "polarity": one.polarity,
        "reality": one.reality, "quote": one.quote, "start": one.start, "end": one.end,
        "standing": one.standing, "left_out": one.left_out,
    }  # fmt: skip


def _contradiction(one: Contradiction) -> Json:
    return {"kind": one.kind, "field": one.field, "left": one.left, "right": one.right, "words": one.words}


def _origin(one: Origin) -> Json:
    return {
        "id": one.id, "name": one.name, "kind": one.kind, "side": one.side, "stance": one.stance,
        "claims": list(one.claims), "copies": list(one.copies),
    }  # fmt: skip


def _entry(entry: Entry) -> Json:
    report = entry.report
    return {
        "report": report.id,
        "told": entry.told.isoformat(),
        "published": report.published.isoformat() if report.published else None,
        "publisher": report.publisher,
        "title": report.title,
        "url": report.url,
        "copy_of": entry.copy_of,
        "agency": entry.agency,
        "state": entry.state,
        "claim": claim_to_json(entry.claim),
    }
