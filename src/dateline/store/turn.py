"""One writer at a time: a turn at writing, taken and given back, and who has it while another waits."""

import json
import os
import socket
import sqlite3
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dateline.errors import StoreError

NOTE = "writing.json"


@dataclass(frozen=True, slots=True)
class Turn:
    """Takes and gives back the turn at writing in a record's database; SQLite's own lock is what holds it."""

    connection: sqlite3.Connection
    folder: Path

    def take(self) -> None:
        """Begin a transaction that writes; raises StoreError that says who writes when it is not free in time."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error) or "busy" in str(error):
                raise StoreError(
                    f"{self.folder}: is being written{_who(self.folder)}; wait until that is done, or end it"
                ) from None
            raise StoreError(f"{self.folder}: cannot be written ({error})") from None
        note = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "program": " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]]),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        # The note helps whoever waits; where it cannot be written, writing goes on.
        with suppress(OSError):
            (self.folder / NOTE).write_text(json.dumps(note), encoding="utf-8")

    def give_back(self, *, keep: bool) -> None:
        """End the transaction, with or without what was added in it."""
        with suppress(OSError):
            (self.folder / NOTE).unlink(missing_ok=True)
        self.connection.execute("COMMIT" if keep else "ROLLBACK")


def _who(folder: Path) -> str:
    """Say who writes; the note says it for people alone, so a note that is missing or odd says nothing."""
    try:
        note = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        return f" by {note['program']!r} (process {note['pid']} on {note['host']}, since {note['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return " by another process"
