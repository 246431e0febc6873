"""Places and days of claims as areas and intervals: how far apart they are, and whether one may hold the other."""

from dateline.codebook.places import distance_km
from dateline.model.reading import Claim
from dateline.model.values import Place

# The radius that a precision stands for where a place has none of its own, in km (UCDP's where_prec; 5 is larger
# than a first-order division or relative). Countries (6) and seas (7) are compared by name only.
RADIUS_KM = {1: 3.0, 2: 25.0, 3: 50.0, 4: 150.0, 5: 300.0}


def area_of(place: Place | None) -> tuple[float, float, float] | None:
    """Return latitude, longitude and radius in km of a place; null for a country, a sea or a place not found."""
    if place is None or place.lat is None or place.lon is None:
        return None
    if place.precision is None or place.precision >= 6:
        return None
    return place.lat, place.lon, place.radius_km or RADIUS_KM[place.precision]


def places_apart(left: Place | None, right: Place | None) -> bool:
    """Whether two places cannot be one: their areas lie apart, or their countries differ."""
    if left is None or right is None:
        return False
    if left.country and right.country and left.country != right.country:
        return True
    area, other = area_of(left), area_of(right)
    if area is None or other is None:
        return False
    return distance_km(*area[:2], *other[:2]) > area[2] + other[2]


def days_of(claim: Claim) -> tuple[int, int] | None:
    """Return the first and last day of a claim's time as ordinals; null if no time is told."""
    return (claim.time.earliest.toordinal(), claim.time.latest.toordinal()) if claim.time else None


def days_apart(left: tuple[int, int] | None, right: tuple[int, int] | None) -> int | None:
    """Return how many days lie between two intervals, 0 if they touch; null if one is not known."""
    if left is None or right is None:
        return None
    return max(0, left[0] - right[1], right[0] - left[1])
