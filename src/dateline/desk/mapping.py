"""Put rows of a table on a map: exact places as points, gathered where they crowd; vague places as areas."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from dateline.codebook.places import EARTH_KM
from dateline.desk.matching import within
from dateline.desk.table import NONE, Flags, Floats, Ints, Table, Vocabulary
from dateline.export.filters import Box

MOST_FEATURES = 3_000
DEEPEST = 22
# Points whose cells are one are gathered: a quarter of a map tile of 256 pixels is wide enough for a number.
_CELLS_A_TILE = 4
# Web Mercator ends there.
_NORTHMOST = 85.051129
_KM_A_DEGREE = EARTH_KM * math.pi / 180
Feature = dict[str, Any]


def map_features(
    table: Table, words: Vocabulary, rows: Ints, zoom: float, box: Box | None, limit: int
) -> dict[str, Any]:
    """Return GeoJSON (WGS 84) of rows: "event" and "cluster" for exact places, "area" for each distinct vague one.

    An area is shown where it reaches into the box, also if its centre lies outside. The features of most events come
    first when there are more than `limit`; `left_out` counts the events of the others, `unplaced` those of the filter
    that have no place with coordinates, and `bbox` holds all that have.
    """
    placed = rows[~np.isnan(table.lat[rows]) & ~np.isnan(table.lon[rows])]
    shown = placed if box is None else placed[_reaching(table, box)[placed]]
    exact = table.point[shown]
    points, vague = shown[exact], shown[~exact]
    groups = [
        _grouped(_cells(table, points, zoom), points, vague=False),
        _grouped(_distinct(table, vague), vague, vague=True),
    ]
    # Only what is sent is written out.
    counts = np.concatenate([group.counts for group in groups])
    sent = np.zeros(len(counts), bool)
    sent[np.argsort(-counts, kind="stable")[:limit]] = True
    split = len(groups[0].counts)
    found = [
        *_features(table, words, groups[0], np.flatnonzero(sent[:split])),
        *_features(table, words, groups[1], np.flatnonzero(sent[split:])),
    ]
    found.sort(key=lambda one: -one["properties"]["count"])
    answer: dict[str, Any] = {
        "type": "FeatureCollection",
        "features": found,
        "unplaced": len(rows) - len(placed),
        "left_out": int(counts[~sent].sum()),
    }
    if len(placed):
        answer["bbox"] = _bounds(table.lon[placed], table.lat[placed])
    return answer


def _reaching(table: Table, box: Box) -> Flags:
    """Return for each event whether its place, with the circle around it, may lie in a box."""
    radius = np.where(table.point | np.isnan(table.radius_km), 0.0, table.radius_km) / _KM_A_DEGREE
    lat, lon = table.lat, table.lon
    inside = (lat + radius >= box.south) & (lat - radius <= box.north)
    # Meridians draw together towards the poles; a circle that holds one reaches all of them.
    far = np.minimum(np.abs(lat) + radius, 90.0)
    wide = np.where(far >= 89.9, 360.0, radius / np.maximum(np.cos(np.radians(np.minimum(far, 89.9))), 1e-3))
    width = (box.east - box.west) % 360 if box.west > box.east else box.east - box.west
    offset = (lon - box.west) % 360
    across = (offset <= width + wide) | (offset >= 360 - wide)
    found: Flags = (inside & across) | within(table, box)
    return found


def _cells(table: Table, rows: Ints, zoom: float) -> Ints:
    """Return the cell of each exact place in the grid of a zoom: those of one cell are shown as one."""
    cells = 2 ** round(min(max(zoom, 0.0), DEEPEST)) * _CELLS_A_TILE
    x = np.floor((table.lon[rows] + 180) / 360 * cells)
    lat = np.radians(np.clip(table.lat[rows], -_NORTHMOST, _NORTHMOST))
    y = np.floor((1 - np.arcsinh(np.tan(lat)) / math.pi) / 2 * cells)
    found: Ints = (x * cells + y).astype(np.int64)
    return found


def _distinct(table: Table, rows: Ints) -> Ints:
    """Return a number for each vague place, the same for those of one centre and radius."""
    radius = np.nan_to_num(table.radius_km[rows], nan=-1.0)
    columns = (table.lat[rows], table.lon[rows], radius)
    order = np.lexsort(columns)
    changed = np.zeros(len(rows), bool)
    for column in columns:
        changed[1:] |= np.diff(column[order]) != 0
    numbers = np.empty(len(rows), np.int64)
    numbers[order] = np.cumsum(changed)
    return numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class _Groups:
    """Rows of one feature one after another: those of feature i are the `counts[i]` rows from `begins[i]` on."""

    rows: Ints
    begins: Ints
    counts: Ints
    vague: bool


def _grouped(keys: Ints, rows: Ints, *, vague: bool) -> _Groups:
    order = np.argsort(keys, kind="stable")
    changed = np.ones(len(rows), bool)
    changed[1:] = np.diff(keys[order]) != 0
    begins = np.flatnonzero(changed)
    counts = np.diff(np.append(begins, len(rows)))
    return _Groups(rows=rows[order], begins=begins, counts=counts, vague=vague)


def _features(table: Table, words: Vocabulary, groups: _Groups, wanted: Ints) -> Iterator[Feature]:
    """Yield features of groups of rows."""
    if len(wanted) == 0:
        return
    counts = groups.counts[wanted]
    begins = np.cumsum(counts) - counts
    # The rows of the groups that are wanted, one group after another.
    rows = groups.rows[np.arange(counts.sum()) + np.repeat(groups.begins[wanted] - begins, counts)]
    first = rows[begins]
    family_names = [kind.split(".")[0] for kind in words.types.words]
    families = np.array([family_names.index(name) for name in family_names], np.int64)
    lon, lat = table.lon[rows], table.lat[rows]
    bounds = [
        end.reduceat(column, begins).round(5).tolist()
        for end, column in ((np.minimum, lon), (np.minimum, lat), (np.maximum, lon), (np.maximum, lat))
    ]
    columns = zip(
        counts.tolist(),
        (np.add.reduceat(lon, begins) / counts).round(5).tolist(),
        (np.add.reduceat(lat, begins) / counts).round(5).tolist(),
        _shared(table.type[rows], begins),
        _shared(families[table.type[rows]], begins),
        zip(*bounds, strict=True),
        # What only an event alone, or events of one place, have is that of the first.
        table.event[first].tolist(),
        table.title[first].tolist(),
        table.earliest[first].tolist(),
        table.radius_km[first].tolist(),
        table.precision[first].tolist(),
        table.place[first].tolist(),
        strict=True,
    )
    for count, east, north, kind, family, bounded, event, title, day, radius, precision, place in columns:
        alone, gathered = count == 1, count > 1 and not groups.vague
        properties: Feature = {
            "kind": "cluster" if gathered else "area" if groups.vague else "event",
            "count": count,
            "id": event.decode() if alone else None,
            "title": title if alone else None,
            "type": None if kind == NONE else words.types.words[kind],
            "family": None if family == NONE else family_names[family],
            "day": date.fromordinal(day).isoformat() if alone and day != NONE else None,
            "radius_km": None if not groups.vague or math.isnan(radius) else radius,
            "precision": None if gathered or precision == NONE else precision,
            "place": None if gathered or place == NONE else words.names.words[place],
        }
        if gathered:
            properties["bbox"] = bounded
        geometry = {"type": "Point", "coordinates": (east, north)}
        yield {"type": "Feature", "geometry": geometry, "properties": properties}


def _shared(codes: Ints, begins: Ints) -> list[int]:
    """Return the code that all of a group have, `NONE` where they differ."""
    low, high = np.minimum.reduceat(codes, begins), np.maximum.reduceat(codes, begins)
    found: list[int] = np.where(low == high, low, NONE).tolist()
    return found


def _bounds(lon: Floats, lat: Floats) -> list[float]:
    """Return west, south, east, north; west is greater than east where that makes the box narrower."""
    turned = lon % 360
    if turned.max() - turned.min() < lon.max() - lon.min():
        west, east = ((float(end) + 180) % 360 - 180 for end in (turned.min(), turned.max()))
    else:
        west, east = float(lon.min()), float(lon.max())
    return [round(west, 5), round(float(lat.min()), 5), round(east, 5), round(float(lat.max()), 5)]
