"""Towns for the map's labels: the largest of a box, spread out, from the gazetteer."""

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.codebook.gazetteer import Gazetteer, gazetteer

# West, south, east and north in degrees; west above east is a box over the antimeridian.
Box = tuple[float, float, float, float]

# The room of one label on the screen in pixels, on a world of 512 pixels at zoom 0 (MapLibre's tiles).
CELL_WIDTH, CELL_HEIGHT, WORLD = 96, 40, 512
MOST_ZOOM = 22
LIMIT_LATITUDE = 85.0511


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A populated place to be named on the map; degrees (WGS 84), `country` as ISO code."""

    name: str
    lat: float
    lon: float
    population: int
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TownIndex:
    """The gazetteer's places by population, largest first: `row` in the gazetteer, degrees, and Web Mercator 0 to 1."""

    row: NDArray[np.intp]
    lat: NDArray[np.float32]
    lon: NDArray[np.float32]
    x: NDArray[np.float64]
    y: NDArray[np.float64]


def towns(box: Box, zoom: float, limit: int = 200) -> tuple[Town, ...]:
    """Return the largest towns of a box, at most `limit`, and at most one to the room of a label at this zoom.

    The screen is cut into cells as large as a label; the largest town of each is kept. Takes a few milliseconds.
    """
    index = town_index()
    west, south, east, north = box
    inside = (index.lat >= south) & (index.lat <= north)
    if east - west < 360:
        # Degrees east of the western edge, so that a box may lie over the antimeridian.
        inside &= (index.lon - west) % 360 <= (east - west) % 360
    found = np.flatnonzero(inside)
    world = WORLD * 2.0 ** min(max(zoom, 0.0), MOST_ZOOM)
    # The towns come largest first, so mostly the first few fill the limit; only then the rest is looked at.
    size = 8 * max(limit, 0)
    kept = spread(index, found[:size], world)
    while len(kept) < limit and size < len(found):
        size *= 32
        kept = spread(index, found[:size], world)
    kept = kept[: max(limit, 0)]
    places = (gazetteer().at(int(index.row[number])) for number in kept)
    return tuple(
        Town(name=p.name, lat=p.lat, lon=p.lon, population=p.population, country=p.country) for p in places
    )


def spread(index: TownIndex, numbers: NDArray[np.intp], world: float) -> NDArray[np.intp]:
    """Return of towns by population, largest first, the largest of each cell; `world` is its width in pixels."""
    columns = (index.x[numbers] * (world / CELL_WIDTH)).astype(np.int64)
    lines = (index.y[numbers] * (world / CELL_HEIGHT)).astype(np.int64)
    # `unique` gives the first of each cell, which is the largest town in it.
    _, first = np.unique(columns * (math.ceil(world / CELL_HEIGHT) + 1) + lines, return_index=True)
    kept: NDArray[np.intp] = numbers[np.sort(first)]
    return kept


def town_features(found: tuple[Town, ...]) -> dict[str, Any]:
    """Return towns as a GeoJSON FeatureCollection; `rank` 0 is the largest."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [town.lon, town.lat]},
                "properties": {"name": town.name, "population": town.population, "rank": rank},
            }
            for rank, town in enumerate(found)
        ],
    }


@cache
def town_index() -> TownIndex:
    """Return the process's index, made on first use from the gazetteer (some 50 milliseconds)."""
    return indexed(gazetteer())


def indexed(places: Gazetteer) -> TownIndex:
    """Sort the places by population, largest first, and project them."""
    columns = places.columns()
    population = np.asarray(columns.population, dtype=np.int64)
    row = np.argsort(-population, kind="stable")
    lat = np.asarray(columns.lat, dtype=np.float32)[row]
    lon = np.asarray(columns.lon, dtype=np.float32)[row]
    # Web Mercator (EPSG:3857) on a world of width 1.
    radians = np.radians(np.clip(lat.astype(np.float64), -LIMIT_LATITUDE, LIMIT_LATITUDE))
    y = 0.5 - np.arctanh(np.sin(radians)) / (2 * math.pi)
    return TownIndex(row=row, lat=lat, lon=lon, x=(lon.astype(np.float64) + 180) / 360, y=y)
