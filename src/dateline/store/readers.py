"""Connections that read, kept open from one use to the next: opening one costs as much as a page's queries."""

import sqlite3
from collections.abc import Callable
from threading import Lock
from typing import Any
from weakref import WeakSet

# Pages that each connection keeps in memory, in KB; the machine keeps the rest.
CACHE_KB = 16_384


class Reader(sqlite3.Connection):
    """A connection that goes back to where it came from when it is closed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.readers: Readers | None = None
        self.idle = False
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def cursor(self, *args: Any, **options: Any) -> Any:
        """Make a cursor, as `execute` does too; it is ended when the connection is given back."""
        made = super().cursor(*args, **options)
        self._cursors.add(made)
        return made

    def settle(self) -> None:
        """End what is being read, which would hold what is read next to the same moment."""
        for cursor in list(self._cursors):
            cursor.close()
        self._cursors.clear()

    def close(self) -> None:
        """Give the connection back."""
        if self.idle:
            return
        if self.readers is None or not self.readers.give_back(self):
            super().close()


class Readers:
    """Keeps so many idle connections of a record at most; any thread may take one."""

    def __init__(self, most: int = 8) -> None:
        self.most = most
        self._idle: list[Reader] = []
        self._lock = Lock()
        self._closed = False

    def take(self, opened: Callable[[], sqlite3.Connection]) -> sqlite3.Connection:
        """Return an idle connection, or else one that `opened` gives."""
        with self._lock:
            if self._idle:
                found = self._idle.pop()
                found.idle = False
                return found
        connection = opened()
        if isinstance(connection, Reader):
            connection.readers = self
            connection.execute(f"PRAGMA cache_size = {-CACHE_KB}")
        return connection

    def give_back(self, connection: Reader) -> bool:
        """Keep a connection for the next; whether it was kept: not where it wrote, or where there are enough."""
        connection.settle()
        if connection.in_transaction or connection.total_changes:
            return False
        with self._lock:
            if self._closed or len(self._idle) >= self.most:
                return False
            connection.idle = True
            self._idle.append(connection)
            return True

    def close(self) -> None:
        """Close the idle ones; those in use are closed when they are given back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            sqlite3.Connection.close(connection)
