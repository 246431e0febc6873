"""The places told of an event as GeoJSON for the map; what is known only as an area is an area."""

from typing import Any

from dateline.desk.call import Person
from dateline.desk.desk import Desk
from dateline.model.event import Event
from dateline.model.values import Place

_KM_A_DEGREE = 111.2
_WIDER = 10  # times the radius of the event's place


def event_features(desk: Desk, name: str, *, person: Person | None = None) -> dict[str, Any]:
    """Return a FeatureCollection of the places told of an event, that of the event first, as static/map.js asks for.

    Only a place of precision 1 is a point ("event"); all others are an "area" of their radius, or of none known. Told
    places far wider than that of the event are left out; the page lists them.
    Raises StoreError if there is no such event.
    """
    with desk.events(person) as events:
        event = events.event(name)
    told = [entry.claim.place for entry in event.entries if entry.state != "rejected" and entry.claim.place]
    places: dict[tuple[float, float, float | None], tuple[Place, int]] = {}
    for place in ([event.place] if event.place else []) + told:
        if place.lat is not None and place.lon is not None and not _far_wider(place, event.place):
            key = (place.lon, place.lat, place.radius_km)
            first, count = places.get(key, (place, 0))
            places[key] = (first, count + 1)
    features = [_feature(place, event) for place, _ in places.values()]
    return {
        "type": "FeatureCollection",
        "features": features,
        **({"bbox": bounds_of(event.place)} if event.place and event.place.lat is not None else {}),
        "unplaced": 0 if features else 1,
    }


def _far_wider(place: Place, taken: Place | None) -> bool:
    """Whether a place would cover the whole map of that of the event: the district of a street, the country of a town."""
    reach = max(taken.radius_km or 1.0, 1.0) if taken else float("inf")
    return (place.radius_km or 0.0) > _WIDER * reach


def _feature(place: Place, event: Event) -> dict[str, Any]:
    exact = place.precision == 1 and not (place.radius_km and place.radius_km > 1)
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {
            "kind": "event" if exact else "area", "count": 1, "id": event.id, "title": event.title,
            "type": event.type, "family": event.type.split(".")[0],
            "day": event.earliest.isoformat() if event.earliest else None, "radius_km": place.radius_km,
            "precision": place.precision, "place": place.name,
        },
    }  # fmt: skip


def bounds_of(place: Place) -> list[float]:
    """Return the bounds of a place (west, south, east, north in degrees) with land around it, for its map."""
    reach = max(2.5 * (place.radius_km or 0.0), 12.0) / _KM_A_DEGREE
    lon, lat = place.lon or 0.0, place.lat or 0.0
    return [
        max(lon - 1.5 * reach, -180.0),
        max(lat - reach, -85.0),
        min(lon + 1.5 * reach, 180.0),
        min(lat + reach, 85.0),
    ]
