"""A record as the commands that publish see it: its events, what produced them, and a way to add readings."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.errors import StoreError

if TYPE_CHECKING:
    from dateline.model.event import Event
    from dateline.model.reading import Reading

_COMMIT_EVERY = 1_000


class RecordAccess:
    """Opens records by their folders for the commands that publish; loads what it needs when it is asked."""

    def events_of(self, record: Path, as_of: date | None) -> "list[Event]":
        """Return the events of a record as it stood at the end of a day (null: now), those of most reports first.

        Raises StoreError when reports are not linked yet, since what is published must rest on all of them.
        """
        from dateline.run.events import Events
        from dateline.store.sqlite import open_record

        with Events(open_record(record), as_of=as_of) as found:
            waiting = found.unlinked()
            if waiting:
                raise StoreError(
                    f"{record}: {waiting:,} reports are not linked yet; run `dateline link` first"
                )
            return list(found.events())

    def recipe_of(self, record: Path, as_of: date | None) -> Mapping[str, Any]:
        """Return what produced the events: the recipes of the readings, and the digest of the linker's model."""
        from dateline.run.link import load_link_kit
        from dateline.store.sqlite import open_record

        with open_record(record).view(as_of) as view:
            return {"readings": view.recipes(), "linking": load_link_kit().digest}

    def add_readings(self, record: Path, readings: "Iterable[Reading]", source: Path) -> int:
        """Add the readings of a data set's file to a record, made if it is missing; return how many were new."""
        from dateline.store.base import Custody
        from dateline.store.sqlite import open_record

        opened = open_record(record, must_exist=False)
        added = 0
        with opened.writer() as writer:
            original = writer.keep_original(source, name=source.name, media_type="text/csv")
            for number, reading in enumerate(readings, 1):
                name = reading.report.name or f"{source.name}, row {number}"
                custody = Custody(
                    report=reading.report.id,
                    original=original,
                    locator=name.rpartition(", ")[2],
                    name=name,
                    recorded=datetime.now(UTC),
                )
                added += writer.add_reading(reading, custody)
                if number % _COMMIT_EVERY == 0:
                    writer.commit()
        return added
