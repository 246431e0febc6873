"""Places looked up in the gazetteer, for one who puts a place right."""

from dataclasses import dataclass
from typing import Any

from dateline.codebook.names import name_key
from dateline.codebook.places import WATER_KINDS, Entry, place_books
from dateline.export.words import country_name

_MOST, _LONGEST = 12, 120
# UCDP GED's where_prec of a place named on its own, by its kind; a settlement or a facility is 1.
_PRECISIONS = {"country": 6, "informal": 5, "continent": 5, "admin1": 4, "admin2": 3, "district": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlace:
    """A place of the gazetteer: degrees (WGS 84), `radius_km` of its area, `words` to tell it from its namesakes."""

    id: str
    name: str
    kind: str
    country: str | None
    lat: float
    lon: float
    radius_km: float
    geonames: int | None
    words: str


def found_places(name: str, most: int = _MOST) -> tuple[FoundPlace, ...]:
    """Return the places that a name may mean, in any spelling: those of the codebook first, then by population."""
    key = name_key(name[:_LONGEST])
    if not key:
        return ()
    found = {entry.id: entry for entry in place_books().find(key)}
    return tuple(_found(entry) for entry in list(found.values())[:most])


def place_value(place: FoundPlace) -> dict[str, Any]:
    """Return a place as it stands in the JSON of a claim, told on its own and not in relation to another."""
    precision = 7 if place.kind in WATER_KINDS else _PRECISIONS.get(place.kind, 1)
    return {
        "name": place.name, "geonames": place.geonames, "id": place.id,
        "country": place.country, "lat": place.lat, "lon": place.lon, "radius_km": place.radius_km,
        "precision": precision, "kind": place.kind,
    }  # fmt: skip


def _found(entry: Entry) -> FoundPlace:
    parts = [entry.kind, country_name(entry.country) if entry.country else ""]
    if entry.population:
        parts.append(f"{entry.population:,} people")
    parts.append(f"{entry.lat:.2f}, {entry.lon:.2f}")
    return FoundPlace(
        id=entry.id, name=entry.name, kind=entry.kind, country=entry.country, lat=entry.lat, lon=entry.lon,
        radius_km=entry.radius_km, geonames=entry.geonames, words=" · ".join(part for part in parts if part),
    )  # fmt: skip
