"""The claims of a record as arrays in memory, so that a queue of a hundred thousand is sorted in milliseconds."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar

import numpy as np
import numpy.typing as npt

_T = TypeVar("_T")
Rows = npt.NDArray[np.int64]
_CERTAINTIES = ("certain", "hedged", "disputed")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTable:
    """The claims that are in events, one a row, as of one state of the record.

    `told` are days as ordinals; `certainty` 0 certain, 1 hedged, 2 disputed; `missing` how many of place and time the
    claim lacks. `origins` are the reports that tell its event and copy no other of them; `differs` whether the claims
    of its event tell tolls that share no number, name different sides as those who did it, or deny it.
    """

    ids: Sequence[str]
    row_of: Mapping[str, int]
    events: Sequence[str]
    event: Rows
    reports: Sequence[str]
    report: Rows
    types: Sequence[str]
    type: Rows
    told: Rows
    certainty: Rows
    missing: Rows
    origins: Rows
    differs: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)

    def rows(self, claims: Iterable[str]) -> Rows:
        """Return the rows of claims, those that are not there left out."""
        found = [row for claim in claims if (row := self.row_of.get(claim)) is not None]
        return np.array(found, np.int64)


@dataclass(slots=True)
class ClaimIndex:
    """Keeps the table of a record's claims, and reads it again when the record was read or joined anew."""

    _table: ClaimTable | None = None
    _mark: tuple[object, ...] | None = None
    _lock: Lock = field(default_factory=Lock)

    def table(self, connection: sqlite3.Connection) -> ClaimTable:
        """Return the table as the record stands; while another thread reads it anew, the one of before."""
        mark = _mark(connection)
        if self._table is not None and (mark == self._mark or self._lock.locked()):
            return self._table
        with self._lock:
            if self._table is None or mark != self._mark:
                self._table, self._mark = read_table(connection), mark
            return self._table


def _mark(connection: sqlite3.Connection) -> tuple[object, ...]:
    """Return what changes when the claims or their events do."""
    row = connection.execute("SELECT max(step), (SELECT max(reading) FROM derived_linked) FROM readings")
    state = connection.execute("SELECT name, value FROM derived_state ORDER BY name")
    return (*row.fetchone(), hash(tuple(state.fetchall())))


def read_table(connection: sqlite3.Connection) -> ClaimTable:
    """Read the table from a record's database."""
    members = connection.execute(
        "SELECT m.claim, e.event, e.report, e.told, e.killed, e.killed_high FROM derived_episodes AS e "
        "JOIN derived_members AS m ON m.episode = e.number ORDER BY e.told, e.number, m.claim"
    ).fetchall()
    # A claim that several readings hold is as the newest of them says.
    known = {
        row[0]: row[1:]
        for row in connection.execute(
            "SELECT id, type, certainty, polarity, actor_side, (lat IS NULL AND precision IS NULL) + (earliest IS NULL) "
            "FROM claims ORDER BY reading"
        )
    }
    members = [row for row in members if row[0] in known]
    fields = [known[row[0]] for row in members]
    originals = dict(connection.execute("SELECT report, original FROM derived_copies").fetchall())
    names = dict(connection.execute("SELECT step, id FROM reports").fetchall())
    ids = [row[0] for row in members]
    events, event = _coded([row[1] for row in members])
    steps, report = _coded([row[2] for row in members])
    types, kind = _coded([row[0] for row in fields])
    group = np.array([originals.get(row[2], row[2]) for row in members], np.int64)
    return ClaimTable(
        ids=ids,
        row_of={claim: row for row, claim in enumerate(ids)},
        events=events,
        event=event,
        reports=[names[step] for step in steps],
        report=report,
        types=types,
        type=kind,
        told=np.array([row[3] for row in members], np.int64),
        certainty=np.array([_CERTAINTIES.index(row[1]) for row in fields], np.int64),
        missing=np.array([row[4] for row in fields], np.int64),
        origins=_distinct(event, group, len(events))[event] if len(ids) else np.zeros(0, np.int64),
        differs=_differing(event, members, fields, len(events))[event] if len(ids) else np.zeros(0, np.bool_),
    )


def _coded(values: Sequence[_T]) -> tuple[list[_T], Rows]:
    codes: dict[_T, int] = {}
    coded = np.array([codes.setdefault(value, len(codes)) for value in values], np.int64)
    return list(codes), coded


def _distinct(event: Rows, group: Rows, size: int) -> Rows:
    """Count the different groups of each event."""
    pairs = np.unique(np.stack((event, group)), axis=1)
    return np.bincount(pairs[0], minlength=size)


def _differing(
    event: Rows, members: Sequence[tuple[object, ...]], fields: Sequence[tuple[object, ...]], size: int
) -> npt.NDArray[np.bool_]:
    """Tell of each event whether its claims differ in toll or in who did it, or deny one another."""
    low = np.array([np.nan if row[4] is None else row[4] for row in members], float)
    high = np.array([np.inf if row[5] is None else row[5] for row in members], float)
    told = ~np.isnan(low)
    most_low, least_high = np.full(size, -np.inf), np.full(size, np.inf)
    np.maximum.at(most_low, event[told], low[told])
    np.minimum.at(least_high, event[told], high[told])
    denied = np.array([row[2] == "negative" for row in fields])
    both = np.zeros(size, bool)
    both[event[denied]] = True
    said = np.zeros(size, bool)
    said[event[~denied]] = True
    sided = np.array([row[3] is not None for row in fields])
    _, side = _coded([row[3] for row in fields])
    sides = _distinct(event[sided], side[sided], size) if sided.any() else np.zeros(size, np.int64)
    return (most_low > least_high) | (both & said) | (sides > 1)
