"""Events as FollowTheMoney entities (followthemoney.tech), one JSON object a line, as `ftm` tools read them.

An event becomes an `Event` whose `proof` are `Article`s, its reports; an origin becomes an `Organization`, `Person` or
`LegalEntity`, tied to the event by an `UnknownLink` with the role "source". Ids are hashes of content.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from dateline.export.book import ExportBook
from dateline.export.plain import plain, web_address
from dateline.export.summary import certainty_of, range_of, reality_of, reports_of
from dateline.export.words import count_words, place_words
from dateline.model.event import Entry, Event, Origin
from dateline.model.ids import content_id
from dateline.model.text import Report


def follow_the_money(events: Sequence[Event], book: ExportBook) -> str:
    """Return all entities, each once, as JSON Lines."""
    entities: dict[str, dict[str, Any]] = {}
    for report, entry, _ in reports_of(events).values():
        _add(entities, _article(report, entry))
    for event in events:
        for entity in _event_entities(event, book):
            _add(entities, entity)
    return "".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in entities.values())


def _add(entities: dict[str, dict[str, Any]], entity: dict[str, Any]) -> None:
    entities.setdefault(entity["id"], entity)


def _entity(schema: str, key: object, properties: dict[str, list[str | None]]) -> dict[str, Any]:
    """Return an entity; empty values are left out, so that nothing unknown is stated."""
    kept = {
        name: list(dict.fromkeys(plain(value) for value in values if value))
        for name, values in properties.items()
    }
    return {
        "id": f"dl-{content_id([schema, key])}",
        "schema": schema,
        "properties": {name: values for name, values in kept.items() if values},
    }


def _article(report: Report, entry: Entry) -> dict[str, Any]:
    return _entity(
        "Article",
        report.id,
        {
            "title": [report.title],
            "publishedAt": [report.published.isoformat() if report.published else None],
            "publisher": [report.publisher],
            "sourceUrl": [web_address(report.url)],
            "notes": [f"SHA-256 of the text: {report.digest}"],
        },
    )


def _event_entities(event: Event, book: ExportBook) -> Iterator[dict[str, Any]]:
    origins = [_origin(origin, event, book) for origin in event.origins]
    yield from origins
    days = [event.earliest.isoformat()] if event.earliest and event.earliest == event.latest else []
    proofs = [
        _entity("Article", report_id, {})["id"]
        for report_id in dict.fromkeys(entry.report.id for entry in event.entries)
    ]
    yield _entity(
        "Event",
        event.id,
        {
            "name": [event.title],
            "date": list(days),
            "startDate": [event.earliest.isoformat() if event.earliest and not days else None],
            "endDate": [event.latest.isoformat() if event.latest and not days else None],
            "location": [place_words(event.place) if event.place else None],
            "country": [event.country.lower() if event.country in book.states and event.country else None],
            "keywords": [event.type],
            "recordId": [event.id],
            "summary": [_summary(event)],
            "proof": list(proofs),
            "notes": [f"Sources: {', '.join(origin.name for origin in event.origins)}"]
            if event.origins
            else [],
        },
    )
    for origin, entity in zip(event.origins, origins, strict=True):
        yield _entity(
            "UnknownLink",
            [event.id, origin.id],
            {
                "subject": [entity["id"]],
                "object": [_entity("Event", event.id, {})["id"]],
                "role": ["source"],
                "summary": [f"{len(origin.claims)} claims, {len(origin.copies)} of them in copies"],
            },
        )


def _origin(origin: Origin, event: Event, book: ExportBook) -> dict[str, Any]:
    """Return who said it: a person, an organisation, or a party of unknown nature."""
    kind = _kind_of(origin, event, book)
    country = origin.side.lower() if origin.side in book.states and origin.side else None
    return _entity(kind, [origin.name, origin.side], {"name": [origin.name], "country": [country]})


def _kind_of(origin: Origin, event: Event, book: ExportBook) -> str:
    if origin.kind in ("agency", "outlet"):
        return "Organization"
    for entry in event.entries:
        if entry.claim.id in origin.claims:
            for attribution in entry.claim.attribution:
                source = attribution.source
                if source is not None and origin.name in (source.name, source.span.quote):
                    return {"named_person": "Person", "named_organization": "Organization"}.get(
                        attribution.kind, "LegalEntity"
                    )
    return "LegalEntity"


def _summary(event: Event) -> str:
    parts = [
        f"Told as {reality_of(event)}, {certainty_of(event)}, by {len(event.origins)} independent origins"
    ]
    killed = range_of(event, "killed", "ucdp")
    if killed is not None and killed.low is not None:
        parts.append(f"{count_words(killed.low, killed.high)} killed, as told")
    return "; ".join(parts)
