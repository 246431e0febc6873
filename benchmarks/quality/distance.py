"""Distance between two points on the Earth."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088


def km_between(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance of two points in degrees, in kilometres, by the haversine formula."""
    north = sin(radians(other_lat - lat) / 2) ** 2
    east = sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(north + cos(radians(lat)) * cos(radians(other_lat)) * east))
