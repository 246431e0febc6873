"""What is held back from what is published: names of private people, fresh events, sharp places."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateline.export.book import ExportBook
from dateline.export.coarsen import To, coarsened
from dateline.export.filters import FilterError
from dateline.export.withheld import without_private_people
from dateline.model.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Protections:
    """How an export is protected.

    `redact` takes out names of private people; it is on unless someone turns it off. `coarsen` is a grid in km, or
    "admin1" for first-order divisions. `delay_days` leaves out events of the last days before `day`, the day of export.
    """

    redact: bool = True
    coarsen: To | None = None
    delay_days: int = 0
    day: date | None = None

    def __post_init__(self) -> None:
        if isinstance(self.coarsen, int | float) and not 1 <= self.coarsen <= 2000:
            raise FilterError(f"a grid of {self.coarsen} km is none; give 1 to 2000 km, or admin1")
        if self.delay_days < 0:
            raise FilterError(f"a delay of {self.delay_days} days is none; give 0 or more")
        if self.delay_days and self.day is None:
            raise FilterError("a delay needs the day from which it counts back; give --as-of")


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """Events fit to be published, how many names were taken out, and how many events were left out as too fresh.

    `words` takes the same names out of other words, as of an earlier release that did not know them for private.
    """

    events: tuple[Event, ...]
    names: int
    delayed: int
    words: Callable[[str], str] = str


def protect(events: Sequence[Event], protections: Protections, book: ExportBook) -> Protected:
    """Return events as they may be published: delayed first, then without private names, then coarsened."""
    kept = [event for event in events if not _too_fresh(event, protections)]
    changed, names = tuple(kept), 0
    words: Callable[[str], str] = str
    if protections.redact:
        changed, words, names = without_private_people(changed, book)
    if protections.coarsen is not None:
        changed = coarsened(changed, protections.coarsen, book)
    return Protected(events=changed, names=names, delayed=len(events) - len(kept), words=words)


def _too_fresh(event: Event, protections: Protections) -> bool:
    """Say whether an event is newer than allowed, by its last possible day, or if that is not known by when it was told."""
    if not protections.delay_days or protections.day is None:
        return False
    last = event.latest or event.earliest or max(entry.told for entry in event.entries)
    return last > protections.day - timedelta(protections.delay_days)


def protections_to_json(protections: Protections, protected: Protected) -> dict[str, Any]:
    """Return what was held back and how, for the metadata of an export."""
    return {
        "private_people": "names taken out"
        if protections.redact
        else "NAMES ARE NOT TAKEN OUT (--no-redact)",
        "names_taken_out": protected.names,
        "coarsened_to": protections.coarsen,
        "delay_days": protections.delay_days,
        "events_delayed": protected.delayed,
    }
