"""What the desk keeps beside the record: its secret, accounts, sessions and assignments; never part of what is published."""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dateline.errors import DatelineError
from dateline.store.readers import Reader

DATABASE = "desk.sqlite"
_IDLE = 4  # connections kept open
# Each script brings the database from the version before to its own; only ever add to the end.
MIGRATIONS: tuple[str, ...] = (
    "CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;",
    # Accounts, sign-ins and the jobs that add reports. Times are seconds since 1970, UTC.
    """
    CREATE TABLE accounts (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      folded TEXT NOT NULL UNIQUE,
      role TEXT NOT NULL CHECK (role IN ('reader', 'coder', 'lead')),
      password TEXT NOT NULL,
      must_change INTEGER NOT NULL,
      disabled INTEGER NOT NULL DEFAULT 0,
      made INTEGER NOT NULL,
      made_by TEXT NOT NULL
    ) STRICT;
    CREATE TABLE sessions (
      digest BLOB PRIMARY KEY,
      account INTEGER NOT NULL REFERENCES accounts(id),
      begun INTEGER NOT NULL,
      seen INTEGER NOT NULL,
      address TEXT NOT NULL,
      browser TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sessions_by_account ON sessions (account);
    CREATE TABLE attempts (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, key BLOB NOT NULL, at INTEGER NOT NULL) STRICT;
    CREATE INDEX attempts_by_key ON attempts (kind, key, at);
    CREATE TABLE jobs (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      state TEXT NOT NULL,
      asked_by TEXT NOT NULL,
      asked INTEGER NOT NULL,
      begun REAL,
      ended REAL,
      beat REAL,
      runs INTEGER NOT NULL DEFAULT 0,
      cancel INTEGER NOT NULL DEFAULT 0,
      task TEXT NOT NULL,
      progress TEXT NOT NULL DEFAULT '{}',
      result TEXT NOT NULL DEFAULT '{}'
    ) STRICT;
    CREATE INDEX jobs_by_state ON jobs (state);
    """,
    "CREATE TABLE assignments (claim TEXT NOT NULL, person TEXT NOT NULL, asked_by TEXT NOT NULL, at TEXT NOT NULL, "
    "blind INTEGER NOT NULL, PRIMARY KEY (person, claim)) STRICT, WITHOUT ROWID;",
    # Exports and releases that are being made, by whichever process; and why the last release could not be.
    "CREATE TABLE published (number INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('export', 'release')), "
    "title TEXT NOT NULL, who TEXT NOT NULL, since REAL NOT NULL, beat REAL NOT NULL, fault TEXT) STRICT;",
)


class StateError(DatelineError):
    """The database of the desk cannot be used."""


class State:
    """Opens the database of a desk; each use has a connection to itself, so that any thread may use it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / DATABASE
        self._idle: list[Reader] = []
        self._closed = False
        try:
            if not self.path.exists():
                # Made so that no one else on the machine can read it, before anything is in it.
                os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            with self.transaction() as connection:
                self._migrate(connection)
        except (OSError, sqlite3.Error) as error:
            raise StateError(f"{self.path}: cannot be used as the database of the desk ({error})") from error

    def _migrate(self, connection: sqlite3.Connection) -> None:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > len(MIGRATIONS):
            raise StateError(
                f"{self.path}: was written by a newer Dateline; install the newer version to open it"
            )
        for script in MIGRATIONS[version:]:
            for statement in filter(str.strip, script.split(";")):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("INSERT OR IGNORE INTO secrets VALUES ('tokens', ?)", (secrets.token_bytes(32),))

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that reads."""
        try:
            # Kept from one use to the next: opening one costs as much as what is asked of it.
            connection = self._idle.pop()
        except IndexError:
            connection = sqlite3.connect(
                self.path, timeout=30, isolation_level=None, check_same_thread=False, factory=Reader
            )
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA foreign_keys = ON")
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        connection.settle()
        if len(self._idle) < _IDLE and not self._closed:
            self._idle.append(connection)
        else:
            connection.close()

    def close(self) -> None:
        """Close what is kept open; what is asked from then on opens connections of its own."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give a connection in a transaction that writes: kept if all goes well, else nothing of it is."""
        with self.connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def secret(self) -> bytes:
        """Return the secret that anti-forgery tokens are made with; the same after a restart."""
        with self.connection() as connection:
            return bytes(connection.execute("SELECT value FROM secrets WHERE name = 'tokens'").fetchone()[0])
