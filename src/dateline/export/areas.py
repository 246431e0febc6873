"""Places as areas: a circle around a point on the sphere, cut at the antimeridian as RFC 7946 asks."""

import math
from collections.abc import Sequence
from itertools import pairwise

from dateline.codebook.places import EARTH_KM
from dateline.model.values import Place

# A radius of at most this many km with precision 1 is drawn as a point: an address, a street, a named building.
POINT_KM = 1.0
_CORNERS = 36
Position = tuple[float, float]
Ring = list[Position]


def is_point(place: Place) -> bool:
    """Say whether a place is known exactly enough for a point: precision 1, no relation, a radius of 1 km at most."""
    return place.precision == 1 and place.relation is None and (place.radius_km or 0.0) <= POINT_KM


def reach_km(place: Place) -> float | None:
    """Return how far around its point a place may reach: its radius, or 25 km by the meaning of precision 2.

    Null where neither bounds it: then no area may be drawn, since any would say more than is known.
    """
    if place.radius_km:
        return place.radius_km
    return 25.0 if place.precision == 2 and place.relation is None else None


def circle(lat: float, lon: float, radius_km: float) -> list[Ring]:
    """Return the circle of a radius around a point as closed rings of (lon, lat), anticlockwise, in degrees.

    Great-circle destinations (haversine, sphere of 6371 km). A circle over the antimeridian comes as two rings, one
    on each side; one that holds a pole, or that is larger than a quarter of the globe, as a box of latitudes.
    """
    angle = radius_km / EARTH_KM
    north, south = lat + math.degrees(angle), lat - math.degrees(angle)
    if north >= 90 or south <= -90:
        top, bottom = min(north, 90.0), max(south, -90.0)
        return [_rounded([(-180, bottom), (180, bottom), (180, top), (-180, top), (-180, bottom)])]
    ring = [_destination(lat, lon, angle, -step * 2 * math.pi / _CORNERS) for step in range(_CORNERS)]
    ring.append(ring[0])
    if all(-180 <= x <= 180 for x, _ in ring):
        return [_rounded(ring)]
    # Over the antimeridian: the part beyond it is cut off and moved by a whole turn.
    shift = 360 if min(x for x, _ in ring) < -180 else -360
    edge = -180 if shift > 0 else 180
    inside = _cut(ring, edge, keep_greater=shift > 0)
    outside = [(x + shift, y) for x, y in _cut(ring, edge, keep_greater=shift < 0)]
    return [_rounded(part) for part in (inside, outside) if len(part) > 3]


def _destination(lat: float, lon: float, angle: float, bearing: float) -> Position:
    start = math.radians(lat)
    y = math.asin(math.sin(start) * math.cos(angle) + math.cos(start) * math.sin(angle) * math.cos(bearing))
    x = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(start), math.cos(angle) - math.sin(start) * math.sin(y)
    )
    return lon + math.degrees(x), math.degrees(y)


def _cut(ring: Sequence[Position], edge: float, *, keep_greater: bool) -> Ring:
    """Cut a closed ring at a meridian and keep one side (Sutherland-Hodgman)."""

    def kept(point: Position) -> bool:
        return point[0] >= edge if keep_greater else point[0] <= edge

    found: Ring = []
    for one, other in pairwise(ring):
        if kept(one):
            found.append(one)
        if kept(one) != kept(other):
            part = (edge - one[0]) / (other[0] - one[0])
            found.append((edge, one[1] + part * (other[1] - one[1])))
    return [*found, found[0]] if found else []


def _rounded(ring: Sequence[Position]) -> Ring:
    return [(round(x, 5), round(y, 5)) for x, y in ring]
