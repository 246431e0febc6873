"""Which events are exported: by type, time, place, sureness, origins, reviews and what was counted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from dateline.codebook.places import distance_km
from dateline.errors import DatelineError
from dateline.export.summary import certainty_of, reality_of
from dateline.model.event import Event, ReviewState
from dateline.model.reading import Certainty, Reality
from dateline.model.values import Measure


class FilterError(DatelineError):
    """A filter that no event could mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box of degrees (WGS 84); west greater than east means that it crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        if not (-90 <= self.south <= self.north <= 90):
            raise FilterError(
                f"a box from {self.south} to {self.north} degrees north is none; write west,south,east,north"
            )
        if not (-180 <= self.west <= 180 and -180 <= self.east <= 180):
            raise FilterError(
                f"a box from {self.west} to {self.east} degrees east leaves the globe; use -180 to 180"
            )

    def holds(self, lat: float, lon: float) -> bool:
        """Say whether a point lies in it, its edges included."""
        if not self.south <= lat <= self.north:
            return False
        if self.west <= self.east:
            return self.west <= lon <= self.east
        return lon >= self.west or lon <= self.east


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """All points within `km` of a point (degrees, WGS 84)."""

    lat: float
    lon: float
    km: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180 and self.km >= 0):
            raise FilterError(f"{self.lat},{self.lon},{self.km} is no latitude, longitude and distance in km")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What an event must be to be exported; an empty field lets every event pass.

    `types` are types, families ("strike") or globs ("*.capture"). `start` and `end` let an event pass whose days overlap
    them. `box` and `near` look at the centre of the place. An event that does not tell what a field asks for (no day,
    no place) does not pass it. `reality` and `certainty` are the event's most real and its surest. `measures` asks that
    any of them was counted.
    """

    types: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    countries: tuple[str, ...] = ()
    box: Box | None = None
    near: Circle | None = None
    certainty: tuple[Certainty, ...] = ()
    origins: int = 0
    reviews: tuple[ReviewState, ...] = ()
    reality: tuple[Reality, ...] = ()
    measures: tuple[Measure, ...] = ()

    def __post_init__(self) -> None:
        if self.start and self.end and self.start > self.end:
            raise FilterError(
                f"the first day {self.start} lies after the last, {self.end}; no event would pass"
            )

    def matches(self, event: Event) -> bool:
        """Say whether an event passes."""
        return (
            self._type(event)
            and self._time(event)
            and self._place(event)
            and (not self.certainty or certainty_of(event) in self.certainty)
            and len(event.origins) >= self.origins
            and (not self.reviews or event.state in self.reviews)
            and (not self.reality or reality_of(event) in self.reality)
            and (not self.measures or any(count.measure in self.measures for count in event.counts))
        )

    def _type(self, event: Event) -> bool:
        family = event.type.split(".")[0]
        return not self.types or any(name == family or fnmatchcase(event.type, name) for name in self.types)

    def _time(self, event: Event) -> bool:
        if self.start is None and self.end is None:
            return True
        first, last = event.earliest or event.latest, event.latest or event.earliest
        if first is None or last is None:
            return False
        return (self.start is None or last >= self.start) and (self.end is None or first <= self.end)

    def _place(self, event: Event) -> bool:
        if self.countries and event.country not in self.countries:
            return False
        if self.box is None and self.near is None:
            return True
        if event.place is None or event.place.lat is None or event.place.lon is None:
            return False
        lat, lon = event.place.lat, event.place.lon
        if self.box is not None and not self.box.holds(lat, lon):
            return False
        near = self.near
        return near is None or distance_km(near.lat, near.lon, lat, lon) <= near.km


def check_filter(wanted: Filter, types: Collection[str], countries: Collection[str]) -> None:
    """Raise FilterError if a type or country of a filter is none that is known, which is a slip of the pen."""
    families = {kind.split(".")[0] for kind in types}
    for name in wanted.types:
        if name not in families and not any(fnmatchcase(kind, name) for kind in types):
            raise FilterError(
                f"{name!r} is no event type, family or pattern of any; known are: {', '.join(sorted(types))}"
            )
    for country in wanted.countries:
        if country not in countries:
            raise FilterError(f"{country!r} is no country; write two letters of ISO 3166, as UA")


def filtered(events: Sequence[Event], wanted: Filter) -> tuple[Event, ...]:
    """Return the events that pass, in their order."""
    return tuple(event for event in events if wanted.matches(event))


def filter_to_json(wanted: Filter) -> dict[str, Any]:
    """Return the fields of a filter that are set, as JSON values."""
    found: dict[str, Any] = {}
    for item in fields(wanted):
        value = getattr(wanted, item.name)
        if value in ((), None, 0):
            continue
        if isinstance(value, date):
            found[item.name] = value.isoformat()
        elif isinstance(value, Box | Circle):
            found[item.name] = {part.name: getattr(value, part.name) for part in fields(value)}
        else:
            found[item.name] = list(value) if isinstance(value, tuple) else value
    return found
