"""What each process does with one item: take it in, and read it unless the record holds that reading already."""

from dataclasses import dataclass, replace
from pathlib import Path

from dateline.intake.arrival import Arrival, FailedInput, LeftOut
from dateline.intake.item import Item
from dateline.intake.read import take_in
from dateline.model.reading import Reading
from dateline.reading.kit import Kit, load_kit
from dateline.run.local import dated, read_guarded
from dateline.settings import Settings
from dateline.store.codec import recipe_digest
from dateline.store.sqlite import open_record
from dateline.store.sqlite_view import SqliteView

DIED = (
    "the process that read it died, also when it read nothing else: too little memory, or a fault of Dateline; it "
    "was left out"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A report that the record holds with a reading by the same recipe."""

    report: str


Outcome = Reading | Known | FailedInput | LeftOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads items for a record."""

    kit: Kit
    settings: Settings
    view: SqliteView

    def read(self, item: Item | FailedInput) -> Outcome:
        """Return the reading of an item, or why there is none."""
        if isinstance(item, FailedInput):
            return item
        arrived = take_in(item, self.settings)
        if not isinstance(arrived, Arrival):
            return arrived
        arrival = dated(arrived, self.settings)
        report = arrival.report.id
        if self.view.has_reading(report, recipe_digest(self.kit.recipe)):
            return Known(report=report)
        return read_guarded(arrival, self.kit, self.settings)


_reader: Reader | None = None


def set_up(record: Path, settings: Settings) -> None:
    """Make this process ready to read items for a record."""
    global _reader
    kit = load_kit(settings.codebook_folders, models=settings.models)
    _reader = Reader(kit=kit, settings=settings, view=open_record(record).view())


def work(item: Item | FailedInput) -> Outcome:
    """Read one item in a process that was set up."""
    if _reader is None:
        raise RuntimeError("set_up was not called in this process")
    return _reader.read(item)


def lost(item: Item | FailedInput) -> Outcome:
    """Return what stands for the reading of an item that kills the process that reads it."""
    return FailedInput(name=item.name, message=DIED)


def slim(item: Item | FailedInput) -> Item | FailedInput:
    """Return an item without the content of its original, which stays with the process that writes."""
    if isinstance(item, FailedInput):
        return item
    return replace(item, original=replace(item.original, path=None, data=None))
