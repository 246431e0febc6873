"""What a place name may mean: countries, divisions, regions, settlements and facilities."""

import math
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache

from dateline.codebook.gazetteer import Gazetteer, Settlement, gazetteer
from dateline.codebook.names import name_key
from dateline.codebook.tables import Sources, words_of

COUNTRY = (
    "iso",
    "name",
    "geonames",
    "lat",
    "lon",
    "radius_km",
    "population",
    "capital",
    "demonyms",
    "variants",
    "status",
)
DIVISION = ("id", "name", "lat", "lon", "radius_km", "population", "geonames", "names")
REGION = ("id", "name", "country", "kind", "lat", "lon", "radius_km", "geonames", "names", "bare", "source")
DISTRICT = ("id", "name", "lat", "lon", "radius_km")
SETTLEMENT = (
    "id",
    "name",
    "country",
    "kind",
    "lat",
    "lon",
    "radius_km",
    "geonames",
    "population",
    "names",
    "source",
)
FACILITY = ("id", "name", "kind", "country", "lat", "lon", "radius_km", "names", "source")
AIRFIELD = ("id", "name", "kind", "country", "lat", "lon", "town")
WORD = ("id", "word", "kind", "source")

REGION_KINDS = frozenset(("admin1", "informal", "continent"))
WATER_KINDS = frozenset(("sea", "ocean", "gulf", "strait", "bay", "water"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that a name may mean; point in degrees (WGS 84), `admin1` like "UA.13", ISO `country`.

    `kind` is "country", "admin1", "admin2", "informal", "continent", "settlement", or that of a facility.
    `bare` tells whether the name alone means it ("Crimea"), or only with its class word ("Kharkiv Oblast").
    """

    id: str
    name: str
    kind: str
    country: str | None
    lat: float
    lon: float
    radius_km: float
    geonames: int | None = None
    population: int = 0
    admin1: str = ""
    bare: bool = True
    main: bool = True
    edited: bool = False
    capital: bool = False


@dataclass(slots=True, kw_only=True)
class PlaceBooks:
    """All that the places step looks names up in; built once by `place_books`, not changed afterwards."""

    gazetteer: Gazetteer
    entries: dict[str, tuple[Entry, ...]]
    demonyms: dict[str, str]
    countries: dict[str, Entry]
    capitals: dict[str, str]
    words: dict[str, frozenset[str]]
    outlets: dict[str, str]
    starts: frozenset[str]
    abbreviations: dict[str, Entry]
    other_starts: frozenset[str]
    _settlements: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    loose: dict[str, dict[str, tuple[Entry, ...]]] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)

    def find(self, key: str) -> tuple[Entry, ...]:
        """Return what a name's key may mean: codebook entries first, then settlements by population."""
        found = self._settlements.get(key)
        if found is None:
            if len(self._settlements) > 50_000:
                self._settlements.clear()
            edited = self.entries.get(key, ())
            known = {entry.geonames for entry in edited if entry.geonames}
            more = [entry_of(place) for place in self.gazetteer.find_key(key) if place.geonames not in known]
            found = self._settlements[key] = tuple(self._crowned([*edited, *more]))
        return found

    def _crowned(self, entries: list[Entry]) -> list[Entry]:
        """Mark the capitals among the entries of a name: the largest place of that name in its country."""
        done: set[str] = set()
        for number, entry in enumerate(entries):
            iso = entry.country
            if iso is None or iso in done or entry.kind != "settlement":
                continue
            if entry.name != self.capitals.get(iso):
                continue
            done.add(iso)
            entries[number] = replace(entry, capital=True)
        return entries

    def capital(self, iso: str) -> Entry | None:
        """Return the capital of a country, or null if it has none here."""
        name = self.capitals.get(iso)
        if not name:
            return None
        fits = [
            entry
            for entry in self.find(name_key(name))
            if entry.kind == "settlement" and entry.country == iso
        ]
        return max(fits, key=lambda entry: (entry.population, entry.id), default=None)


def entry_of(place: Settlement) -> Entry:
    """Return the entry of a settlement of the gazetteer."""
    return Entry(
        id=f"geonames:{place.geonames}", name=place.name, kind="settlement", country=place.country,
        lat=place.lat,
        lon=place.lon, radius_km=town_radius_km(place.population), geonames=place.geonames,
        population=place.population, admin1=place.admin1, main=place.main,
    )  # fmt: skip


def town_radius_km(population: int) -> float:
    """Return the radius of a town of so many people, from 1 km for a hamlet to some 35 km for ten million."""
    return round(max(1.0, 0.011 * math.sqrt(max(population, 0))), 1)


# The mean radius of the Earth.
EARTH_KM = 6371.0


def distance_km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance of two points in km, by the haversine formula (Sinnott 1984)."""
    a, b = math.radians(lat), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


class _Loading:
    """The entries gathered so far, by key, with the faults of the tables."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.entries: dict[str, list[Entry]] = defaultdict(list)
        self.divisions: dict[str, Entry] = {}

    def number(self, file: str, key: str, cell: str, default: float = 0.0) -> float:
        if not cell:
            return default
        try:
            return float(cell)
        except ValueError:
            self.sources.fault(file, key, f"not a number: {cell!r}")
            return default

    def add(self, entry: Entry, names: tuple[str, ...]) -> None:
        for key in dict.fromkeys(name_key(name) for name in (entry.name, *names)):
            if key:
                self.entries[key].append(entry)


def load_places(sources: Sources, index: Gazetteer) -> PlaceBooks:
    """Load the place tables of the codebook's folders; faults are noted in `sources`, bad rows left out."""
    loading = _Loading(sources)
    countries, demonyms, capitals = _countries(loading)
    _divisions(loading)
    _districts(loading)
    _settlements(loading)
    _facilities(loading)
    words: dict[str, set[str]] = defaultdict(set)
    for row in sources.rows("place_stopwords.csv", WORD):
        words[row["kind"]].add(name_key(row["word"]))
    outlets = {
        row["outlet"].lower(): row["country"]
        for row in sources.rows("outlet_homes.csv", ("outlet", "country"))
    }
    return PlaceBooks(
        gazetteer=index, entries={key: tuple(found) for key, found in loading.entries.items()},
        demonyms=demonyms,
        countries=countries, capitals=capitals, words={kind: frozenset(found) for kind,
        found in words.items()},
        outlets=outlets, starts=_starts(loading.entries), abbreviations=_abbreviations(loading),
        other_starts=frozenset(name.split()[0] for name in words["never"] if " " in name),
        groups={
            row["word"]: row["country"]
            for row in sources.rows("place_groups.csv", ("word", "country", "source"))
        },
    )  # fmt: skip


@cache
def place_books() -> PlaceBooks:
    """Return the packaged place books, loaded once per process."""
    return load_places(Sources(), gazetteer())


def _abbreviations(loading: _Loading) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for row in loading.sources.rows("abbreviations.csv", ("abbreviation", "id")):
        entry = loading.divisions.get(row["id"])
        if entry is None:
            loading.sources.fault("abbreviations.csv", row["abbreviation"], f"no division {row['id']}")
        else:
            found[row["abbreviation"]] = entry
    return found


def _starts(entries: dict[str, list[Entry]]) -> frozenset[str]:
    starts: set[str] = set()
    for key in entries:
        words = key.split(" ")
        starts.update(" ".join(words[:count]) for count in range(1, len(words)))
    return frozenset(starts)


def _countries(loading: _Loading) -> tuple[dict[str, Entry], dict[str, str], dict[str, str]]:
    countries: dict[str, Entry] = {}
    demonyms: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for row in loading.sources.rows("countries.csv", COUNTRY):
        iso = row["iso"]

        def number(name: str, row: dict[str, str] = row) -> float:
            return loading.number("countries.csv", row["iso"], row[name])

        entry = Entry(
            id=f"country:{iso}", name=row["name"], kind="country", country=iso, lat=number("lat"),
            lon=number("lon"),
            radius_km=number("radius_km"), geonames=int(number("geonames")) or None,
            population=int(number("population")), edited=True,
        )  # fmt: skip
        countries[iso] = entry
        capitals[iso] = row["capital"]
        loading.add(entry, words_of(row["variants"]))
        for word in words_of(row["demonyms"]):
            demonyms.setdefault(word.lower(), iso)
    return countries, demonyms, capitals


def _divisions(loading: _Loading) -> None:
    rows = {row["id"]: row for row in loading.sources.rows("divisions.csv", DIVISION)}
    edited = {row["id"]: row for row in loading.sources.rows("regions.csv", REGION)}
    for ident, row in rows.items():
        change = edited.pop(ident, None)
        point = change if change and change["lat"] else row
        names = words_of(row["names"]) + ((row["name"], *words_of(change["names"])) if change else ())
        ident_geonames = (change and change["geonames"]) or row["geonames"]
        iso = ident.split(".")[0]
        entry = Entry(
            id=ident, name=change["name"] if change else row["name"], kind="admin1", country=iso,
            lat=loading.number("divisions.csv", ident, point["lat"]),
            lon=loading.number("divisions.csv", ident, point["lon"]),
            radius_km=loading.number("divisions.csv", ident, point["radius_km"]),
            geonames=int(ident_geonames) if ident_geonames else None,
            population=int(loading.number("divisions.csv", ident, row["population"])), admin1=ident,
            bare=change["bare"] == "yes" if change else True, edited=bool(change) or iso == "US",
        )  # fmt: skip
        loading.add(entry, names)
        loading.divisions[ident] = entry
    for ident, row in edited.items():
        entry = Entry(
            id=f"region:{ident}", name=row["name"], kind=row["kind"], country=row["country"] or None,
            lat=loading.number("regions.csv", ident, row["lat"]), lon=loading.number("regions.csv", ident,
            row["lon"]),
            radius_km=loading.number("regions.csv", ident, row["radius_km"]),
            geonames=int(row["geonames"]) if row["geonames"] else None, bare=row["bare"] == "yes",
            edited=True,
        )  # fmt: skip
        loading.add(entry, words_of(row["names"]))


def _districts(loading: _Loading) -> None:
    for row in loading.sources.rows("districts.csv", DISTRICT):
        ident = row["id"]
        iso, admin1, _ = ident.split(".", 2)
        entry = Entry(
            id=ident, name=row["name"], kind="admin2", country=iso, lat=loading.number("districts.csv",
            ident, row["lat"]),
            lon=loading.number("districts.csv", ident, row["lon"]),
            radius_km=loading.number("districts.csv", ident, row["radius_km"]), admin1=f"{iso}.{admin1}",
        )  # fmt: skip
        loading.add(entry, ())


def _settlements(loading: _Loading) -> None:
    for row in loading.sources.rows("places.csv", SETTLEMENT):
        ident = row["id"]
        population = int(loading.number("places.csv", ident, row["population"]))
        entry = Entry(
            id=f"geonames:{row['geonames']}" if row["geonames"] else f"place:{ident}", name=row["name"],
            kind=row["kind"], country=row["country"] or None, lat=loading.number("places.csv", ident,
            row["lat"]),
            lon=loading.number("places.csv", ident, row["lon"]),
            radius_km=loading.number("places.csv", ident, row["radius_km"], town_radius_km(population)),
            geonames=int(row["geonames"]) if row["geonames"] else None, population=population, edited=True,
        )  # fmt: skip
        loading.add(entry, words_of(row["names"]))


def _facilities(loading: _Loading) -> None:
    for row in loading.sources.rows("facilities.csv", FACILITY):
        ident = row["id"]
        entry = Entry(
            id=f"facility:{ident}", name=row["name"], kind=row["kind"], country=row["country"] or None,
            lat=loading.number("facilities.csv", ident, row["lat"]), lon=loading.number("facilities.csv",
            ident, row["lon"]),
            radius_km=loading.number("facilities.csv", ident, row["radius_km"], 2.0), edited=True,
        )  # fmt: skip
        loading.add(entry, words_of(row["names"]))
    for row in loading.sources.rows("airfields.csv", AIRFIELD):
        ident = row["id"]
        name = row["name"]
        names = [
            name.replace(" International", ""),
            name.replace("Air Base", "airbase"),
            name.replace("Air Base", "air base"),
        ]
        if row["town"] and row["kind"] == "airport":
            names += [
                f"{row['town']} International Airport",
                f"{row['town']} Airport",
                f"{row['town']} airport",
            ]
        entry = Entry(
            id=f"facility:{ident}", name=name, kind=row["kind"], country=row["country"],
            lat=loading.number("airfields.csv", ident, row["lat"]), lon=loading.number("airfields.csv",
            ident, row["lon"]),
            radius_km=3.0,
        )  # fmt: skip
        loading.add(entry, tuple(dict.fromkeys(names)))
