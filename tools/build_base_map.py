"""Make src/dateline/export/base_map.json, the offline base map of a release's page, from Natural Earth.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/build_base_map.py package/countries-50m.json

Needs shapely 2.1 or newer, which Dateline itself does not. Source: Natural Earth 1:50m (public domain), as TopoJSON in
the npm package world-atlas (ISC). Natural Earth draws Crimea and Sevastopol inside Russia; by UN General Assembly
resolution 68/262 they are Ukraine, so that polygon is moved to Ukraine and the border between them dissolved. Northern
Cyprus and Somaliland, which no UN body takes for states, are drawn with Cyprus and Somalia.
"""

import csv
import json
import sys
from itertools import accumulate
from pathlib import Path
from typing import Any

import shapely
import shapely.affinity
from shapely.geometry import MultiPolygon, Polygon, box

ROOT = Path(__file__).parent.parent
OUT = ROOT / "src/dateline/export/base_map.json"
STATES = ROOT / "src/dateline/codebook/data/states.csv"
# Without an ISO number in Natural Earth.
UNNUMBERED = {
    "Kosovo": "XK",
    "Somaliland": "SO",
    "N. Cyprus": "CY",
    "Indian Ocean Ter.": "AU",
    "Siachen Glacier": "",
}
CRIMEA = box(32.3, 44.2, 36.65, 46.25)
TOLERANCE = 0.02
SCALE = 100
LEAST_AREA = 0.004


def main() -> int:
    """Write the map; print its size."""
    atlas = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    shapes = mended(shapes_of(atlas))
    codes = sorted(shapes)
    drawn = shapely.coverage_simplify([shapes[code] for code in codes], TOLERANCE)
    countries = {
        code: encoded for code, shape in zip(codes, drawn, strict=True) if (encoded := list(rings_of(shape)))
    }
    value = {
        "source": "Natural Earth 1:50m admin 0 countries, public domain, by way of world-atlas 2.0.2",
        "note": "Crimea and Sevastopol are drawn with Ukraine, after UN General Assembly resolution 68/262.",
        "encoding": "rings as encoded polylines of longitude and latitude differences, hundredths of a degree; even-odd",
        "countries": countries,
    }
    OUT.write_text(json.dumps(value, ensure_ascii=True, indent=0) + "\n", encoding="utf-8")
    print(f"{OUT.stat().st_size:,} bytes, {len(countries)} countries")
    return 0


def shapes_of(atlas: dict[str, Any]) -> dict[str, Any]:
    """Return the shape of each country by ISO code, decoded from TopoJSON; parts without a code stay under ""."""
    scale, translate = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = [
        [
            (x * scale[0] + translate[0], y * scale[1] + translate[1])
            for x, y in accumulate(arc, lambda a, b: (a[0] + b[0], a[1] + b[1]))
        ]
        for arc in atlas["arcs"]
    ]
    iso = {row["numeric"]: row["iso"] for row in state_rows() if row["numeric"]}
    found: dict[str, list[Any]] = {}
    for item in atlas["objects"]["countries"]["geometries"]:
        number = str(int(item["id"])) if item.get("id") else None
        name = item["properties"]["name"]
        code = iso.get(number) if number else UNNUMBERED[name]
        if code is None:
            raise SystemExit(f"{name} ({number}) is in no row of states.csv; add one")
        parts = item["arcs"] if item["type"] == "MultiPolygon" else [item["arcs"]]
        found.setdefault(code, []).extend(
            Polygon(ring(part[0], arcs), [ring(hole, arcs) for hole in part[1:]]) for part in parts
        )
    return {code: areas(shapely.union_all([unwrapped(p) for p in parts])) for code, parts in found.items()}


def unwrapped(shape: Polygon) -> Any:
    """Cut a polygon that runs over the antimeridian, from 180 to -180 degrees, into the parts on either side."""
    west, _, east, _ = shape.bounds
    if east - west < 350 or shape.bounds[1] < -80:
        return shapely.make_valid(shape)
    moved = shapely.make_valid(Polygon([(x + 360 if x < 0 else x, y) for x, y in shape.exterior.coords]))
    left = shapely.intersection(moved, box(0, -90, 180, 90))
    right = shapely.intersection(moved, box(180, -90, 360, 90))
    return shapely.union_all([left, shapely.affinity.translate(right, xoff=-360)])


def areas(shape: Any) -> MultiPolygon:
    """Return the polygons of a shape; the points and lines that mending leaves behind are no land."""
    return MultiPolygon(
        [
            part
            for part in getattr(shape, "geoms", [shape])
            if part.geom_type == "Polygon" and not part.is_empty
        ]
    )


def state_rows() -> list[dict[str, str]]:
    """Return the rows of states.csv."""
    lines = [line for line in STATES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def ring(numbers: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """Join arcs to a ring; a negative number is an arc backwards."""
    points: list[tuple[float, float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc if not points else arc[1:]
    return points


def mended(shapes: dict[str, Any]) -> dict[str, Any]:
    """Move the polygons of Crimea from Russia to Ukraine and dissolve the border between them."""
    parts = list(shapes["RU"].geoms)
    moved = [part for part in parts if CRIMEA.contains(part.representative_point())]
    if not moved:
        raise SystemExit("no polygon of Russia lies in Crimea; look at the source before going on")
    ukraine = shapely.union_all([shapes["UA"], *moved])
    return {**shapes, "RU": MultiPolygon([part for part in parts if part not in moved]), "UA": areas(ukraine)}


def rings_of(shape: Any) -> Any:
    """Yield the encoded rings of a shape; islands too small to be seen are left out, unless they are all there is."""
    parts = [
        part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon" and not part.is_empty
    ]
    largest = max((part.area for part in parts), default=0)
    for part in sorted(parts, key=lambda part: -part.area):
        if part.area >= min(LEAST_AREA, largest):
            yield polyline(part.exterior.coords)
            for hole in part.interiors:
                if Polygon(hole).area >= LEAST_AREA:
                    yield polyline(hole.coords)


def polyline(points: Any) -> str:
    """Encode a ring as differences (Google's encoded polyline algorithm, longitude first)."""
    written: list[str] = []
    before = (0, 0)
    for point in points:
        here = (round(point[0] * SCALE), round(point[1] * SCALE))
        if written and here == before:
            continue
        for value in (here[0] - before[0], here[1] - before[1]):
            left = ~(value << 1) if value < 0 else value << 1
            while left >= 0x20:
                written.append(chr((0x20 | (left & 0x1F)) + 63))
                left >>= 5
            written.append(chr(left + 63))
        before = here
    return "".join(written)


if __name__ == "__main__":
    sys.exit(main())
