"""A copy of a record that is itself a record, and verified."""

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import StoreError
from dateline.store.originals import Originals
from dateline.store.schema import DATABASE

if TYPE_CHECKING:
    from dateline.store.sqlite import Record


def backup(record: "Record", target: Path) -> None:
    """Copy a record, also while it is being added to; raises StoreError when the target is not empty or faults are found.

    The database is given its name last, so that a copy cut short is not taken for a record. Originals are copied and
    not linked: a fault of the disk in a file with two names would be in both.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise StoreError(f"{target}: is there already; name a new folder for the copy")
    if target.resolve().is_relative_to(record.path.resolve()):
        raise StoreError(f"{target}: lies in the record itself; name a folder outside it")
    new = target / f"{DATABASE}.new"
    try:
        target.mkdir(parents=True, exist_ok=True)
        _copy_database(record, new)
        _copy_originals(record.originals, Originals(target / record.originals.folder.name), new)
        os.replace(new, target / DATABASE)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{target}: the record could not be copied here ({error})") from error
    copied = type(record)(target, record.timeout_s, record.clock)
    with copied.view() as view:
        faults = [fault for fault in view.verify() if fault.grave]
    if faults:
        some = "; ".join(map(str, faults[:3]))
        raise StoreError(
            f"{target}: the copy has {len(faults)} faults, as the record itself may have; run "
            f"`dateline verify` on both ({some})"
        )


def _copy_database(record: "Record", new: Path) -> None:
    source, copy = record.connection(), sqlite3.connect(new)
    try:
        source.backup(copy)
    finally:
        copy.close()
        source.close()


def _copy_originals(source: Originals, target: Originals, database: Path) -> None:
    """Copy the originals that the copied database knows; later ones are not of it."""
    connection = sqlite3.connect(database)
    try:
        target.folder.mkdir()
        for number, (digest,) in enumerate(
            connection.execute("SELECT digest FROM originals ORDER BY step"), 1
        ):
            # A missing or changed one is copied as it is, or not at all: verifying names it.
            if source.path(digest).exists():
                target.waiting[digest] = target.write(source.path(digest))[0]
            if number % 256 == 0:
                target.settle()
        target.settle()
    finally:
        connection.close()
