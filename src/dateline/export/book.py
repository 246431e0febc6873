"""What exports need of the codebook: types, actors, public offices, countries' codes elsewhere, divisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dateline.codebook.actors import ActorBook
from dateline.codebook.actors_load import load_actors
from dateline.codebook.digest import codebook_digest
from dateline.codebook.gazetteer import Gazetteer, gazetteer
from dateline.codebook.names import name_key
from dateline.codebook.publicity import Publicity, load_publicity
from dateline.codebook.states import State, load_states
from dateline.codebook.tables import PACKAGED, Sources
from dateline.codebook.types import EventType, load_types
from dateline.errors import CodebookError
from dateline.model.values import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A first- or second-order division: its name, centre (degrees, WGS 84) and radius in km."""

    id: str
    name: str
    lat: float
    lon: float
    radius_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportBook:
    """The parts of a codebook that exports read; `digest` is the hash of all its files, as in a reading's recipe."""

    types: Mapping[str, EventType]
    actors: ActorBook
    publicity: Publicity
    states: Mapping[str, State]
    divisions: Mapping[str, Division]
    gazetteer: Gazetteer
    digest: str

    def divisions_of(self, place: Place | None) -> tuple[Division | None, Division | None]:
        """Return the first- and second-order division that hold a place, null where they are not known.

        They come from the gazetteer's own entry of the place, never from the nearest centre. A place that is only
        known in relation to another (precision 5 and above) or only as a country lies in no known division.
        """
        if place is None or place.precision is None or place.precision >= 5:
            return None, None
        if place.id and place.id in self.divisions:
            own = self.divisions[place.id]
            if place.id.count(".") == 1:
                return own, None
            return self.divisions.get(place.id.rsplit(".", 1)[0]), own
        # "Near X" may lie over a border; of a named point itself the division is sure.
        if place.geonames is None or place.relation is not None:
            return None, None
        for settlement in self.gazetteer.find_key(name_key(place.name)):
            if settlement.geonames == place.geonames:
                return self.divisions.get(settlement.admin1), None
        return None, None


@cache
def load_export_book(folders: tuple[Path, ...] = ()) -> ExportBook:
    """Load what exports need from the packaged codebook with a user's folders over it; raises CodebookError."""
    sources = Sources(folders=(PACKAGED, *folders))
    book = ExportBook(
        types=load_types(sources),
        actors=load_actors(sources),
        publicity=load_publicity(sources),
        states=load_states(sources),
        divisions=_divisions(sources),
        gazetteer=gazetteer(),
        digest=codebook_digest(sources.folders),
    )
    if sources.faults:
        faults = "\n".join(f"  {fault}" for fault in sources.faults)
        raise CodebookError(f"the codebook has {len(sources.faults)} faults:\n{faults}")
    return book


def _divisions(sources: Sources) -> Mapping[str, Division]:
    named = {
        row["id"]: row["name"] for row in sources.rows("regions.csv", ("id", "name")) if "." in row["id"]
    }
    found: dict[str, Division] = {}
    for file in ("divisions.csv", "districts.csv"):
        for row in sources.rows(file, ("id", "name", "lat", "lon", "radius_km")):
            found[row["id"]] = Division(
                id=row["id"],
                name=named.get(row["id"], row["name"]),
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                radius_km=float(row["radius_km"]),
            )
    return found
