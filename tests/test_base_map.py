"""The desk's base map: small, in range, and Crimea with Ukraine among states and first-level borders."""

import json
import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from dateline.desk.assets import STATIC

MAPS = ("base_world.json", "base_fine.json")
Line = list[tuple[float, float]]


def base_map(name: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((STATIC / name).read_text(encoding="utf-8"))
    return value


def decoded(text: str) -> Line:
    """Decode a line as map_base.js does: differences of longitude and latitude in thousandths of a degree."""

    def numbers() -> Iterator[int]:
        value = shift = 0
        for sign in text:
            byte = ord(sign) - 63
            value |= (byte & 31) << shift
            shift += 5
            if byte < 32:
                yield ~(value >> 1) if value & 1 else value >> 1
                value = shift = 0

    x = y = 0
    points = []
    found = iter(numbers())
    for dx in found:
        x, y = x + dx, y + next(found)
        points.append((x / 1000, y / 1000))
    return points


def crossings(lines: list[Line], start: tuple[float, float], end: tuple[float, float]) -> int:
    """Count how often lines cross the straight way from one place to another."""

    def side(a: tuple[float, float], b: tuple[float, float], p: tuple[float, float]) -> float:
        return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])

    return sum(
        side(start, end, a) * side(start, end, b) < 0 and side(a, b, start) * side(a, b, end) < 0
        for line in lines
        for a, b in pairwise(line)
    )


# Longitude and latitude; the way from Chaplynka to Dzhankoi leads over the Perekop.
CHAPLYNKA, DZHANKOI = (33.53, 46.36), (34.39, 45.71)
KERCH, KRASNODAR = (36.47, 45.36), (38.98, 45.04)
WARSAW, MINSK = (21.01, 52.23), (27.57, 53.9)


@pytest.mark.parametrize("name", MAPS)
def test_no_state_border_between_crimea_and_the_mainland(name: str) -> None:
    value = base_map(name)
    borders = [decoded(line) for line in value["borders"]]
    assert crossings(borders, CHAPLYNKA, DZHANKOI) == 0
    assert crossings(borders, KERCH, KRASNODAR) == 1
    assert crossings(borders, WARSAW, MINSK) == 1
    assert "68/262" in value["note"]


def test_crimea_is_a_first_level_division() -> None:
    lines = [decoded(line) for line in base_map("base_fine.json")["first_level"]]
    assert crossings(lines, CHAPLYNKA, DZHANKOI) == 1


def test_both_maps_are_small_and_in_range() -> None:
    assert sum((STATIC / name).stat().st_size for name in MAPS) < 3_000_000
    for name in MAPS:
        value = base_map(name)
        lines = [*value["borders"], *value["rivers"], *value.get("first_level", ())]
        rings = [ring for layer in ("land", "lakes") for area in value[layer] for ring in area]
        assert len(rings) > 500
        for text in [*lines, *rings]:
            points = decoded(text)
            assert len(points) >= 2
            assert all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in points)


def test_names_of_countries_lie_in_their_country() -> None:
    names = base_map("base_world.json")["countries"]
    assert len(names) > 230
    lon, lat, room = names["UA"]
    assert math.dist((lon, lat), (31, 49)) < 3
    assert room > 1.5
    assert "" not in names
