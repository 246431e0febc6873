"""Connections that read, kept open from one use to the next: opening one costs as much as a page's queries."""

import sqlite3
from collections.abc import Callable
from threading import Lock
from typing import Any, cast
from weakref import WeakSet

# Pages that each connection keeps in memory, in KB; the machine keeps the rest.
CACHE_KB = 16_384


class Reader(sqlite3.Connection):
    """A connection that can be made ready for its next user."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def cursor(self, *args: Any, **options: Any) -> Any:
        """Make a cursor; it is known, so that it can be ended."""
        made = super().cursor(*args, **options)
        self._cursors.add(made)
        return made

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Execute with a cursor that is known; sqlite3 makes its own past `cursor`."""
        made: sqlite3.Cursor = self.cursor().execute(sql, parameters)
        return made

    def settle(self) -> None:
        """End what is being read, which would hold what is read next to the same moment."""
        for cursor in list(self._cursors):
            cursor.close()
        self._cursors.clear()


class _Lent:
    """A connection for one use: once closed it is nobody's, however often it is closed, and whoever holds it still."""

    __slots__ = ("_lender", "_own")

    def __init__(self, own: sqlite3.Connection, lender: "Readers") -> None:
        self._own: sqlite3.Connection | None = own
        self._lender = lender

    def __getattr__(self, name: str) -> Any:
        if self._own is None:
            raise sqlite3.ProgrammingError("Cannot operate on a closed database.")
        return getattr(self._own, name)

    def close(self) -> None:
        """Give the connection back."""
        own, self._own = self._own, None
        if own is not None:
            self._lender.give_back(own)


class Readers:
    """Keeps so many idle connections of a record at most; any thread may take one."""

    def __init__(self, most: int = 8) -> None:
        self.most = most
        self._idle: list[Reader] = []
        self._lock = Lock()
        self._closed = False

    def take(self, opened: Callable[[], sqlite3.Connection]) -> sqlite3.Connection:
        """Return an idle connection, or else one that `opened` gives; to close it gives it back."""
        with self._lock:
            found: sqlite3.Connection | None = self._idle.pop() if self._idle else None
        if found is None:
            found = opened()
            found.execute(f"PRAGMA cache_size = {-CACHE_KB}")
        return cast(sqlite3.Connection, _Lent(found, self))

    def give_back(self, connection: sqlite3.Connection) -> None:
        """Keep a connection for the next; it is closed where it wrote, or where there are enough."""
        if isinstance(connection, Reader):
            connection.settle()
            if not connection.in_transaction and not connection.total_changes:
                with self._lock:
                    if not self._closed and len(self._idle) < self.most:
                        self._idle.append(connection)
                        return
        connection.close()

    def close(self) -> None:
        """Close the idle ones; those in use are closed when they are given back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
