"""A record in a folder: an SQLite database and the originals beside it."""

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from dateline.errors import StoreError
from dateline.store.originals import Originals
from dateline.store.readers import Readers
from dateline.store.schema import DATABASE, check_version, connect, upgrade, write_empty
from dateline.store.sqlite_view import SqliteView
from dateline.store.sqlite_writer import SqliteWriter
from dateline.store.turn import Turn

ORIGINALS = "originals"
# Pages that a run of many transactions keeps in memory at most, in KiB: what a chunk of a record of a million claims writes.
SESSION_KB = 524_288


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Record:
    """A record that is open: makes writers and views, each with a connection of its own.

    `timeout_s` is how long a writer waits for another; `clock` tells the time that the history notes. With `readers`
    connections that read are kept open for the next that reads.
    """

    path: Path
    timeout_s: float = 30.0
    clock: Callable[[], datetime] = _now
    readers: Readers | None = field(default=None, compare=False)

    @property
    def database(self) -> Path:
        """The file of the database."""
        return self.path / DATABASE

    @property
    def originals(self) -> Originals:
        """The files as they came."""
        return Originals(self.path / ORIGINALS)

    def writer(self) -> SqliteWriter:
        """Return what adds to the record; close it to commit."""
        connection = self.connection(write=True)
        return SqliteWriter(connection, self.originals, Turn(connection, self.path), self.clock)

    def view(self, as_of: date | None = None) -> SqliteView:
        """Return what the record held at the end of a day (UTC), or holds now."""
        return SqliteView(self.connection(), self.originals, as_of)

    def connection(self, *, write: bool = False) -> sqlite3.Connection:
        """Open a connection, for modules of the store; whoever asks for it closes it."""
        if write or self.readers is None:
            return connect(self.database, timeout_s=self.timeout_s, write=write)
        return self.readers.take(lambda: connect(self.database, timeout_s=self.timeout_s))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give a connection in a transaction that writes, for tables that are derived; kept if all goes well."""
        with self.session() as session, session.transaction() as connection:
            yield connection

    @contextmanager
    def session(self) -> Iterator["Session"]:
        """Give what makes one such transaction after another on one connection, whose pages stay in memory."""
        connection = self.connection(write=True)
        connection.execute(f"PRAGMA cache_size = {-SESSION_KB}")
        try:
            yield Session(connection, self.path)
        finally:
            connection.close()

    def backup(self, target: Path) -> None:
        """Write a copy of the record that is itself a record, and verify it."""
        from dateline.store.backup import backup

        backup(self, target)


@dataclass(frozen=True, slots=True)
class Session:
    """Makes transactions that write to derived tables, one at a time, on one connection."""

    connection: sqlite3.Connection
    folder: Path

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give the connection in a transaction; kept if all goes well, else nothing of it is."""
        turn = Turn(self.connection, self.folder)
        turn.take()
        try:
            yield self.connection
        except BaseException:
            turn.give_back(keep=False)
            raise
        turn.give_back(keep=True)


def create_record(path: Path, *, clock: Callable[[], datetime] = _now, timeout_s: float = 30.0) -> Record:
    """Make an empty record in a folder that is new or empty; raises StoreError when it is neither."""
    record = Record(path, timeout_s, clock)
    if path.exists() and not path.is_dir():
        raise StoreError(f"{path}: is a file; name a folder for the record")
    if record.database.exists():
        raise StoreError(f"{path}: is a record already; open it, or name another folder")
    new = path / f"{DATABASE}.new"
    if path.is_dir() and any(not entry.name.startswith(new.name) for entry in path.iterdir()):
        raise StoreError(f"{path}: holds other files and no record; name a new or an empty folder")
    try:
        path.mkdir(parents=True, exist_ok=True)
        # Left by a process that was killed here.
        for left in path.glob(f"{new.name}*"):
            left.unlink()
        connection = write_empty(new)
        with SqliteWriter(connection, record.originals, Turn(connection, path), clock) as writer:
            # By this the record is known from all others, also from one with the same reports.
            writer.add_step("record", secrets.token_hex(8), {})
        new.rename(record.database)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path}: no record can be made here ({error})") from error
    return record


def open_record(
    path: Path, *, must_exist: bool = True, clock: Callable[[], datetime] = _now, timeout_s: float = 30.0
) -> Record:
    """Open a record, brought to the newest schema if it is older; without `must_exist`, make it if it is missing.

    Raises StoreError when there is none, or when it was written by a newer Dateline.
    """
    record = Record(path, timeout_s, clock)
    if not record.database.is_file():
        if must_exist:
            raise StoreError(f"{path}: is no record; `dateline add --record {path} FILE…` makes one")
        return create_record(path, clock=clock, timeout_s=timeout_s)
    connection = connect(record.database, timeout_s=timeout_s)
    try:
        old = check_version(connection, record.database)
    finally:
        connection.close()
    if old:
        upgrade(record.database)
    return record
