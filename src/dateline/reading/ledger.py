"""List all mentions of a report in the form of the reading: kind, words, value."""

from collections.abc import Iterable
from typing import Any

from dateline.model.reading import Mention
from dateline.model.values import Place, Time
from dateline.reading.mentions import ActorMention
from dateline.reading.quantities import QuantityMention
from dateline.reading.scene import Scene


def mentions_of(scene: Scene, quantities: Iterable[QuantityMention]) -> tuple[Mention, ...]:
    """Return every mention in text order; where the same words are read twice, in the order of the kinds' names."""
    parse, found = scene.parse, scene.found
    mentions: list[Mention] = []
    for actor in found.actors:
        mentions.append(Mention(kind="actor", span=parse.span(actor.first, actor.last), value=_actor(actor)))
    for place in found.places:
        mentions.append(Mention(kind="place", span=place.place.span, value=_place(place.place, place.use)))
    for time in found.times:
        span = parse.span(time.first, time.last)
        mentions.append(Mention(kind="time", span=span, value=_time(time.time, time.why)))
    for item in quantities:
        value = {
            "low": item.low,
            "high": item.high,
            "kind": item.kind,
            "unit": item.unit.id if item.unit else None,
        }
        mentions.append(Mention(kind="quantity", span=parse.span(item.first, item.last), value=value))
    for instrument in found.instruments:
        span = parse.span(instrument.first, instrument.last)
        value = {"name": instrument.name, "id": instrument.id, "means": instrument.means}
        mentions.append(Mention(kind="instrument", span=span, value=value))
    seen = set()
    for said in found.attributions:
        source = said.attribution.source
        if source is not None and source.span not in seen:
            seen.add(source.span)
            value = {"name": source.name, "side": source.side, "id": source.id, "kind": said.attribution.kind}
            mentions.append(Mention(kind="source", span=source.span, value=value))
    mentions.sort(key=lambda mention: (mention.span.start, mention.span.end, mention.kind))
    return tuple(mentions)


def _actor(actor: ActorMention) -> dict[str, Any]:
    filler = actor.filler
    return {"name": filler.name, "side": filler.side, "id": filler.id, "kind": actor.kind}


def _place(place: Place, use: str) -> dict[str, Any]:
    return {
        "name": place.name, "geonames": place.geonames, "id": place.id, "country": place.country, "lat": place.lat,
        "lon": place.lon, "radius_km": place.radius_km, "precision": place.precision, "relation": place.relation,
        "distance_km": place.distance_km, "use": use,
    }  # fmt: skip


def _time(time: Time | None, why: str) -> dict[str, Any]:
    if time is None:
        return {"earliest": None, "latest": None, "precision": None, "basis": None, "why": why}
    return {
        "earliest": time.earliest.isoformat(), "latest": time.latest.isoformat(), "precision": time.precision,
        "basis": time.basis,
    }  # fmt: skip
