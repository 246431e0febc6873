"""The database of a record: opened with what keeps it safe, and brought to the newest schema."""

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from dateline.errors import StoreError
from dateline.store import migrations
from dateline.store.readers import Reader

DATABASE = "record.sqlite"
# "DtLn": by it the program `file`, and we, know a record from any other database.
APPLICATION = 0x44744C6E


def connect(path: Path, *, timeout_s: float = 30.0, write: bool = False) -> sqlite3.Connection:
    """Open a record's database; every transaction is begun and ended by name.

    A folder that may not be written to (a burnt disc, another's archive) is read as it stands.
    """
    log = path.with_name(f"{path.name}-wal")
    frozen = not write and not os.access(path.parent, os.W_OK)
    mode = "mode=rw" if not frozen else "mode=ro" if log.exists() else "immutable=1"
    address = f"{path.absolute().as_uri()}?{mode}"
    try:
        connection = sqlite3.connect(
            address, uri=True, timeout=timeout_s, isolation_level=None, check_same_thread=False,
            factory=sqlite3.Connection if write else Reader,
        )  # fmt: skip
        _prepare(connection, write=write)
    except sqlite3.Error as error:
        raise StoreError(f"{path}: cannot be opened as the database of a record ({error})") from None
    return connection


def _prepare(connection: sqlite3.Connection, *, write: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    # Else INSERT OR REPLACE would delete rows past the triggers.
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -65536")
    # With a log of what is written, readers and a writer do not wait for each other.
    connection.execute("PRAGMA journal_mode = WAL" if write else "PRAGMA query_only = ON")


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """Return the number of a database's schema; raises StoreError when it is no record's."""
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: is damaged, or no database of a record ({error})") from None
    if application != APPLICATION:
        raise StoreError(f"{path}: is a database, but not that of a record; name the folder of a record")
    return version


def check_version(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether a database must be brought to a newer schema; raises StoreError when it is newer than we are."""
    version, known = version_of(connection, path), len(migrations.MIGRATIONS)
    if version > known:
        raise StoreError(
            f"{path}: was written by a newer Dateline (schema {version}; this one knows up to {known}); "
            "install the newer version to open it"
        )
    return version < known


def upgrade(path: Path) -> None:
    """Bring a database to the newest schema, in one transaction, with a copy of it made before."""
    connection = connect(path, write=True)
    try:
        version = version_of(connection, path)
        copy = path.with_name(f"record.before-schema-{len(migrations.MIGRATIONS)}.sqlite")
        _copy(connection, copy)
        run_migrations(connection, version)
    except sqlite3.Error as error:
        # Another process may have done the same in the meantime.
        if not check_version(connection, path):
            return
        raise StoreError(
            f"{path}: cannot be brought to schema {len(migrations.MIGRATIONS)} and is unchanged ({error})"
        ) from None
    finally:
        connection.close()


def run_migrations(connection: sqlite3.Connection, version: int) -> None:
    """Run the scripts that a database of a schema lacks; all of them or none."""
    scripts = "\n".join(migrations.MIGRATIONS[version:])
    try:
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{scripts}\nPRAGMA user_version = {len(migrations.MIGRATIONS)};\nCOMMIT;"
        )
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _copy(connection: sqlite3.Connection, path: Path) -> None:
    """Copy a database whole; an older copy of the same name is kept under the time of this one."""
    if path.exists():
        path = path.with_name(f"{path.stem}.{datetime.now(UTC):%Y%m%dT%H%M%S%f}.sqlite")
    with_data = sqlite3.connect(path)
    try:
        connection.backup(with_data)
    finally:
        with_data.close()


def write_empty(path: Path) -> sqlite3.Connection:
    """Make a database of the newest schema and return a connection to it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    run_migrations(connection, 0)
    _prepare(connection, write=True)
    return connection


def objects(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the SQL of the tables, indexes and triggers of a database by name, but for those that SQLite makes."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: sql for name, sql in rows if not name.startswith("sqlite_stat")}
