"""Events as GeoJSON (RFC 7946): points only where the place is known exactly, else the area that the words allow."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from dateline.export.areas import POINT_KM, circle, is_point, reach_km
from dateline.export.columns import EVENTS, Cell
from dateline.export.plain import plain
from dateline.model.event import Event
from dateline.model.values import Place


def geojson(events: Sequence[Event]) -> str:
    """Return a FeatureCollection with one feature an event; its properties are the columns of `events`.

    The geometry is a Point for precision 1 within 1 km, else a Polygon (MultiPolygon over the antimeridian) of the
    circle of `radius_km`; null for an event without coordinates, or whose extent nothing bounds (the columns still
    hold its point). Positions are longitude, latitude, WGS 84.
    """
    features = [_feature(event, row) for event, row in zip(events, EVENTS.rows(events), strict=True)]
    return (
        json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, allow_nan=False)
        + "\n"
    )


def _feature(event: Event, row: dict[str, Cell]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": geometry(event.place),
        "properties": {name: _value(cell) for name, cell in row.items()},
    }


def geometry(place: Place | None) -> dict[str, Any] | None:
    """Return the geometry of a place, or null where its coordinates or its extent are not known."""
    if place is None or place.lat is None or place.lon is None:
        return None
    if is_point(place):
        return {"type": "Point", "coordinates": [place.lon, place.lat]}
    reach = reach_km(place)
    if reach is None:
        return None
    rings = circle(place.lat, place.lon, max(reach, POINT_KM))
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": [[list(position) for position in rings[0]]]}
    return {
        "type": "MultiPolygon",
        "coordinates": [[[list(position) for position in ring]] for ring in rings],
    }


def _value(cell: Cell) -> object:
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return plain(cell)
    return [plain(part) for part in cell] if isinstance(cell, tuple) else cell
