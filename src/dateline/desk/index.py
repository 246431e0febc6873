"""The index of events: their summaries in memory, taken in as they change, and looked through by many threads."""

import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dateline.desk.counting import Facets, Timeline, Unit, facets, timeline
from dateline.desk.mapping import MOST_FEATURES, map_features
from dateline.desk.matching import matching
from dateline.desk.query import EventQuery, Sort
from dateline.desk.table import NONE, READ, Ints, Table, Vocabulary, joined, part_of, without
from dateline.export.filters import Box
from dateline.store.summaries import Summaries


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The events as they were at one moment; immutable, so that a page is counted and listed from the same.

    Events are rows, numbered in order of id; rows of one snapshot mean nothing to another. What changed in the record
    and is still to be derived stands as it was.
    """

    version: int
    table: Table
    words: Vocabulary

    def __len__(self) -> int:
        return len(self.table)

    def ids(self, rows: Ints | Sequence[int]) -> list[str]:
        """Return the ids of rows."""
        found: list[bytes] = self.table.event[np.asarray(rows, np.int64)].tolist()
        return [event.decode() for event in found]

    def row_of(self, event: str) -> int | None:
        """Return the row of an event by its whole id, null if there is none."""
        wanted = event.encode("utf-8", "replace")
        row = int(np.searchsorted(self.table.event, wanted))
        return row if row < len(self) and self.table.event[row] == wanted else None

    def select(self, query: EventQuery, reports: Ints | Sequence[int] | None = None) -> Ints:
        """Return the rows that pass a query, ascending; with `reports` (steps) those that rest on any of them."""
        steps = None if reports is None else np.asarray(reports, np.int64)
        return np.flatnonzero(matching(self.table, self.words, query, steps))

    def sort(self, rows: Ints, by: Sort) -> Ints:
        """Return rows in an order: most tellings, newest, oldest, most killed, most origins; equals by day and id.

        Newest and oldest go by the first day an event may have happened on, else by the day it was first told.
        """
        table = self.table
        day = np.where(table.earliest == NONE, table.told_first, table.earliest)[rows]
        keys: dict[Sort, Any] = {
            "reports": -table.episodes[rows],
            "newest": -day,
            "oldest": day,
            "killed": -np.nan_to_num(table.killed[rows], nan=-1.0),
            "origins": -table.corroborated_by[rows],
        }
        return rows[np.lexsort((rows, table.told_first[rows], keys[by]))]

    def facets(self, rows: Ints) -> Facets:
        """Count rows by each of the values that a filter offers."""
        return facets(self.table, self.words, rows)

    def timeline(self, rows: Ints, unit: Unit | None = None) -> Timeline:
        """Count rows by day, week or month; see `counting.timeline`."""
        return timeline(self.table, rows, unit)

    def map_features(
        self, rows: Ints, zoom: float, box: Box | None = None, *, limit: int = MOST_FEATURES
    ) -> dict[str, Any]:
        """Return rows as GeoJSON for a map; see `mapping.map_features`."""
        return map_features(self.table, self.words, rows, zoom, box, limit)


def _empty() -> Snapshot:
    words = Vocabulary()
    return Snapshot(-1, part_of([], words), words)


@dataclass(slots=True)
class EventIndex:
    """Holds the newest snapshot; `update` may be called by any thread, and who looks never waits for it."""

    snapshot: Snapshot = field(default_factory=_empty)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def update(self, connection: sqlite3.Connection) -> bool:
        """Take in what changed in the summaries of a record since the last time; return whether anything did."""
        with self._turn:
            before = self.snapshot
            kept = Summaries(connection)
            if kept.version() == before.version:
                return False
            with kept.still():
                changes = kept.changes(before.version)
                # A record put back from a copy may be at an earlier version.
                anew = changes.whole or not 0 <= before.version <= changes.version
                rows = list(kept.rows_since(-1 if anew else before.version, READ))
            if anew:
                # Words of before are left behind.
                words = Vocabulary()
                self.snapshot = Snapshot(changes.version, part_of(rows, words), words)
                return True
            part = part_of(rows, before.words)
            table = before.table
            stale = [*changes.gone, *(row[0] for row in rows)]
            if stale:
                table = joined(without(table, stale), part)
            self.snapshot = Snapshot(changes.version, table, before.words)
            return bool(stale)
