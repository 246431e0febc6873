"""The gazetteer: GeoNames places by name, read from a memory-mapped index."""

import json
import mmap
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dateline.codebook.gazetteer_build import READY, index_folder
from dateline.codebook.names import key_hash, name_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A populated place of GeoNames; coordinates in degrees (WGS 84), `admin1` like "UA.13".

    `main` tells that the name looked up is its main name.
    """

    geonames: int
    name: str
    lat: float
    lon: float
    country: str
    admin1: str
    population: int
    main: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceColumns:
    """Every place's coordinates in degrees and its population, by row, as memory-mapped numbers."""

    lat: "memoryview[float]"
    lon: "memoryview[float]"
    population: "memoryview[int]"


class Gazetteer:
    """Populated places of 500 people and more, and seats of administration, by any of their names."""

    def __init__(self, folder: Path) -> None:
        ready = json.loads((folder / READY).read_text(encoding="utf-8"))
        self._codes: list[str] = ready["codes"]
        self._size: int = ready["places"]
        # First and last row of each country: GeoNames lists a country's places together.
        self._rows: dict[str, list[int]] = ready["rows"]
        self._keys = _column(folder, "keys", "Q")
        self._places = _column(folder, "places", "I")
        self._ids = _column(folder, "ids", "I")
        self._population = _column(folder, "population", "I")
        self._latitude = _column(folder, "latitude", "f")
        self._longitude = _column(folder, "longitude", "f")
        self._country = _column(folder, "country", "H")
        self._admin1 = _column(folder, "admin1", "H")
        self._offsets = _column(folder, "offsets", "I")
        self._names = _column(folder, "names", "B")
        self._found: dict[str, tuple[Settlement, ...]] = {}

    def __len__(self) -> int:
        return self._size

    def find(self, name: str) -> tuple[Settlement, ...]:
        """Return the places of a name in any spelling, by population, largest first."""
        return self.find_key(name_key(name))

    def find_key(self, key: str) -> tuple[Settlement, ...]:
        """Return the places of a name already made into its key (`names.name_key`)."""
        found = self._found.get(key)
        if found is None:
            if len(self._found) > 50_000:
                self._found.clear()
            found = self._found[key] = self._look_up(key)
        return found

    def _look_up(self, key: str) -> tuple[Settlement, ...]:
        hashed = key_hash(key)
        low = bisect_left(self._keys, hashed)
        if low == len(self._keys) or self._keys[low] != hashed:
            return ()
        high = bisect_right(self._keys, hashed, lo=low)
        rows = [self._places[place] for place in range(low, high)]
        places = [self._settlement(row >> 1, main=bool(row & 1)) for row in rows]
        return tuple(sorted(places, key=lambda place: (-place.population, place.geonames)))

    def in_country(self, country: str) -> Iterator[Settlement]:
        """Yield every place of a country (ISO code), in the index's order."""
        if country not in self._codes:
            return
        code = self._codes.index(country)
        first, last = self._rows[str(code)]
        for row in range(first, last + 1):
            if self._country[row] == code:
                yield self._settlement(row, main=True)

    def columns(self) -> PlaceColumns:
        """Return the coordinates and populations of all places, for a search by area; `at` gives the place of a row."""
        return PlaceColumns(lat=self._latitude, lon=self._longitude, population=self._population)

    def at(self, row: int) -> Settlement:
        """Return the place of a row of the index."""
        return self._settlement(row, main=True)

    def _settlement(self, row: int, *, main: bool) -> Settlement:
        name = bytes(self._names[self._offsets[row] : self._offsets[row + 1]]).decode()
        return Settlement(
            geonames=self._ids[row], name=name, lat=round(self._latitude[row], 5),
            lon=round(self._longitude[row], 5),
            country=self._codes[self._country[row]], admin1=self._codes[self._admin1[row]],
            population=self._population[row], main=main,
        )  # fmt: skip


def _column(folder: Path, name: str, code: str) -> "memoryview[Any]":
    with (folder / f"{name}.bin").open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    view: memoryview[Any] = memoryview(mapped)
    return view.cast(code)  # type: ignore[no-any-return,call-overload]


@cache
def gazetteer() -> Gazetteer:
    """Return the process's gazetteer, building its index on first use (some 15 seconds, once per machine)."""
    return Gazetteer(index_folder())
