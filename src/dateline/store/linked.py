"""The links of a record as kept in its database: episodes, their keys, pairs and events; all of it derived."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.linking.table import ROW, Row
from dateline.store.migrations import FASTER_LINKS, LINKS

_EPISODE = f"number, id, event, {', '.join(ROW)}"
_REPORT, _TOLD = ROW.index("report"), ROW.index("told")
_TABLES = ("state", "linked", "episodes", "members", "keys", "pairs", "prints", "texts", "alike", "copies",
           "sketches")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An episode as it is kept: its number, the id of its first claim, its event, and the row that is compared."""

    number: int
    id: str
    event: str
    row: Row

    @property
    def report(self) -> int:
        """The step of its report."""
        return int(self.row[_REPORT])

    @property
    def told(self) -> int:
        """The day it was told, an ordinal."""
        return int(self.row[_TOLD])


@dataclass(frozen=True, slots=True)
class Linked:
    """Reads and writes what was linked, within a transaction of whoever made the connection.

    `last` is the last step of the history that is seen.
    """

    connection: sqlite3.Connection
    last: int = 2**62

    def begin_anew(self) -> None:
        """Begin with nothing linked, in tables of this connection alone, which hide those of the record."""
        # What is temporary may be written also where the record may not.
        self.connection.execute("PRAGMA query_only = OFF")
        script = (
            (LINKS + FASTER_LINKS)
            .replace("CREATE TABLE ", "CREATE TEMP TABLE ")
            .replace("CREATE INDEX ", "CREATE INDEX temp.")
        )
        self.connection.executescript(script)

    def state(self, name: str) -> str | None:
        """Return a note on the state of linking, null if there is none."""
        row = self.connection.execute("SELECT value FROM derived_state WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def note(self, name: str, value: str) -> None:
        """Set a note on the state of linking."""
        self.connection.execute("INSERT OR REPLACE INTO derived_state VALUES (?, ?)", (name, value))

    def clear(self) -> None:
        """Take away all that was derived; which event each claim was in is kept until `name_former`."""
        self.connection.execute(
            "INSERT OR IGNORE INTO derived_former SELECT m.claim, e.event FROM derived_members AS m "
            "JOIN derived_episodes AS e ON e.number = m.episode"
        )
        for table in _TABLES:
            self.connection.execute(f"DELETE FROM derived_{table}")  # noqa: S608

    def pending(self) -> list[tuple[int, int, str]]:
        """Return the newest readings that are not linked: (step, report's step, day told), in order of day."""
        query = """
            SELECT d.step, d.report, coalesce(reports.published, substr(history.at, 1, 10)) AS day
            FROM reports JOIN history ON history.number = reports.step JOIN readings AS d ON d.step =
              (SELECT max(step) FROM readings WHERE report = reports.step AND step <= :last)
            WHERE d.step NOT IN (SELECT reading FROM derived_linked) ORDER BY day, d.step"""
        return self.connection.execute(query, {"last": self.last}).fetchall()

    def newest(self, reports: Collection[int]) -> list[tuple[int, int, str]]:
        """Return the newest readings of reports, as `pending` does."""
        query = """
            SELECT d.step, d.report, coalesce(reports.published, substr(history.at, 1, 10))
            FROM json_each(?) AS j JOIN reports ON reports.step = j.value JOIN history ON history.number = reports.step
            JOIN readings AS d ON d.step = (SELECT max(step) FROM readings WHERE report = reports.step)
            ORDER BY 3, 1"""
        return self.connection.execute(query, (json.dumps(list(reports)),)).fetchall()

    def done(self, readings: Iterable[int]) -> None:
        """Note that readings are linked."""
        self.connection.executemany(
            "INSERT OR IGNORE INTO derived_linked VALUES (?)", ((r,) for r in readings)
        )

    def next_number(self) -> int:
        """Return the number of the next episode."""
        return int(self.state("next") or 1)

    def add(
        self,
        episodes: Sequence[Kept],
        members: Iterable[tuple[str, int]],
        keys: Iterable[tuple[int, int, int]],
    ) -> None:
        """Add episodes with their claims (claim, number) and keys (key, day, number)."""
        marks = ", ".join("?" * (3 + len(ROW)))
        rows = ((kept.number, kept.id, kept.event, *kept.row) for kept in episodes)
        self.connection.executemany(f"INSERT INTO derived_episodes ({_EPISODE}) VALUES ({marks})", rows)  # noqa: S608
        self.connection.executemany("INSERT OR IGNORE INTO derived_members VALUES (?, ?)", members)
        self.connection.executemany("INSERT OR IGNORE INTO derived_keys VALUES (?, ?, ?)", keys)
        if episodes:
            self.note("next", str(episodes[-1].number + 1))

    def remove(self, numbers: Collection[int]) -> None:
        """Take away episodes; their keys stay and find nothing from then on."""
        for number in numbers:
            self.connection.execute("DELETE FROM derived_members WHERE episode = ?", (number,))
            self.connection.execute("DELETE FROM derived_pairs WHERE low = ? OR high = ?", (number, number))
            self.connection.execute("DELETE FROM derived_episodes WHERE number = ?", (number,))

    def sharing(self, keys: Iterable[tuple[int, int, int, int]], most: int) -> list[tuple[int, int, int]]:
        """Return (key, day, number) of the episodes that share one of these keys (key, first day, last day, reach).

        Of each key those from `reach` days before the first to as many after the last. A key that more than `most`
        have in the days that all between first and last look back on is left out: it tells nothing, and would be
        fetched by the thousand.
        """
        columns = "key INTEGER PRIMARY KEY, first INTEGER, last INTEGER, reach INTEGER"
        self.connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS wanted ({columns})")
        self.connection.execute("DELETE FROM temp.wanted")
        self.connection.executemany("INSERT OR IGNORE INTO temp.wanted VALUES (?, ?, ?, ?)", keys)
        query = """
            WITH telling AS MATERIALIZED (
              SELECT * FROM temp.wanted AS w WHERE (SELECT count(*) FROM (
                SELECT 1 FROM derived_keys AS h
                WHERE h.key = w.key AND h.told BETWEEN w.last - w.reach AND w.first LIMIT :over)) < :over)
            SELECT k.key, k.told, k.episode FROM telling AS w CROSS JOIN derived_keys AS k
              ON k.key = w.key AND k.told BETWEEN w.first - w.reach AND w.last + w.reach
            WHERE EXISTS (SELECT 1 FROM derived_episodes WHERE number = k.episode)"""
        # One may have the key itself.
        return self.connection.execute(query, {"over": most + 2}).fetchall()

    def episodes(self, numbers: Collection[int]) -> list[Kept]:
        """Return episodes by number, in that order."""
        return self._kept("number", numbers)

    def episodes_of_reports(self, reports: Collection[int]) -> list[Kept]:
        """Return the episodes of reports, by number."""
        return self._kept("report", reports)

    def episodes_of_events(self, events: Collection[str]) -> list[Kept]:
        """Return the episodes of events, by number."""
        return self._kept("event", events)

    def numbers_of_event(self, event: str) -> list[int]:
        """Return the numbers of the episodes of an event."""
        query = "SELECT number FROM derived_episodes WHERE event = ? ORDER BY number"
        return [number for (number,) in self.connection.execute(query, (event,))]

    def events_of_claims(self, claims: Collection[str]) -> dict[str, tuple[int, str]]:
        """Return the episode and event of each claim that is in one."""
        query = """
            SELECT m.claim, m.episode, e.event FROM json_each(?) AS j JOIN derived_members AS m ON m.claim = j.value
            JOIN derived_episodes AS e ON e.number = m.episode"""
        rows = self.connection.execute(query, (json.dumps(list(claims)),))
        return {claim: (number, event) for claim, number, event in rows}

    def claims_of_episodes(self, numbers: Collection[int]) -> dict[str, int]:
        """Return the claims of episodes, each with the number of its episode."""
        query = "SELECT m.claim, m.episode FROM json_each(?) AS j JOIN derived_members AS m ON m.episode = j.value"
        return dict(self.connection.execute(query, (json.dumps(list(numbers)),)).fetchall())

    def claims_of_events(self, events: Collection[str]) -> dict[str, list[str]]:
        """Return the ids of the claims of each event, in the order the reports came and of their text."""
        query = """
            SELECT e.event, m.claim FROM json_each(?) AS j JOIN derived_episodes AS e ON e.event = j.value
            JOIN derived_members AS m ON m.episode = e.number ORDER BY e.report, e.number"""
        found: dict[str, list[str]] = {}
        for event, claim in self.connection.execute(query, (json.dumps(list(events)),)):
            found.setdefault(event, []).append(claim)
        return found

    def event_ids(self, realm: int | None = 1) -> Iterator[tuple[str, int]]:
        """Yield the events with the number of their episodes, the largest and earliest first; of one realm, or all."""
        condition = "" if realm is None else f"WHERE realm = {int(realm)}"
        query = f"SELECT event, count(*) FROM derived_episodes {condition} GROUP BY event ORDER BY 2 DESC, min(told), 1"  # noqa: S608
        yield from self.connection.execute(query)

    def events_since(self, step: int) -> list[str]:
        """Return the events told of, that reports recorded after a step tell of; most of these reports first."""
        query = "SELECT event FROM derived_episodes WHERE report > ? AND realm = 1 GROUP BY event ORDER BY count(*) DESC, 1"
        return [event for (event,) in self.connection.execute(query, (step,))]

    def assign(self, events: Iterable[tuple[str, int]]) -> None:
        """Set the event of episodes (event, number)."""
        self.connection.executemany("UPDATE derived_episodes SET event = ? WHERE number = ?", events)

    def alias(self, names: Iterable[tuple[str, str]]) -> None:
        """Note under which event another is found that went into it (old, event)."""
        for old, event in names:
            self.connection.execute("UPDATE derived_aliases SET event = ? WHERE event = ?", (event, old))
            self.connection.execute("INSERT OR REPLACE INTO derived_aliases VALUES (?, ?)", (old, event))

    def name_former(self) -> None:
        """Let an event that is gone since `clear` be found under the one that most of its claims are in now."""
        query = """
            SELECT f.event, e.event, count(*) FROM derived_former AS f
            JOIN derived_members AS m ON m.claim = f.claim JOIN derived_episodes AS e ON e.number = m.episode
            WHERE f.event NOT IN (SELECT event FROM derived_episodes) GROUP BY 1, 2 ORDER BY 3, 2"""
        self.alias({old: event for old, event, _ in self.connection.execute(query).fetchall()}.items())
        self.connection.execute("DELETE FROM derived_former")

    def events_named(self, name: str) -> list[str]:
        """Return the events of this id or of one that went into it; else those whose ids begin so, sorted."""
        for query in (
            "SELECT DISTINCT event FROM derived_episodes WHERE event = ?",
            "SELECT a.event FROM derived_aliases AS a WHERE old = ? "
            "AND EXISTS (SELECT 1 FROM derived_episodes AS e WHERE e.event = a.event)",
            "SELECT DISTINCT event FROM derived_episodes WHERE ?1 <> '' AND substr(event, 1, length(?1)) = ?1 ORDER BY 1",
            "SELECT DISTINCT event FROM derived_aliases AS a WHERE ?1 <> '' AND substr(old, 1, length(?1)) = ?1 "
            "AND EXISTS (SELECT 1 FROM derived_episodes AS e WHERE e.event = a.event) ORDER BY 1",
        ):
            found = self.connection.execute(query, (name,)).fetchall()
            if found:
                return [str(row[0]) for row in found]
        return []

    def add_pairs(self, pairs: Iterable[tuple[int, int, float]]) -> None:
        """Keep the weights of pairs of episodes (lower number, higher number, bits)."""
        self.connection.executemany("INSERT OR REPLACE INTO derived_pairs VALUES (?, ?, ?)", pairs)

    def pairs_within(self, numbers: Collection[int]) -> list[tuple[int, int, float]]:
        """Return the pairs of which both are among these episodes."""
        # The plus keeps SQLite from looking up every pair of members, most of which were never compared.
        query = """
            WITH within AS MATERIALIZED (SELECT value AS number FROM json_each(?))
            SELECT low, high, weight FROM within AS w CROSS JOIN derived_pairs ON low = w.number
            WHERE +high IN (SELECT number FROM within)"""
        return self.connection.execute(query, (json.dumps(list(numbers)),)).fetchall()

    def pairs_with(self, numbers: Collection[int]) -> list[tuple[int, int, float]]:
        """Return the pairs of which at least one is among these episodes."""
        query = """
            WITH within AS MATERIALIZED (SELECT value AS number FROM json_each(?))
            SELECT low, high, weight FROM within AS w CROSS JOIN derived_pairs ON low = w.number UNION
            SELECT low, high, weight FROM within AS w CROSS JOIN derived_pairs ON high = w.number"""
        return self.connection.execute(query, (json.dumps(list(numbers)),)).fetchall()

    def pairs_apart(self, event: str) -> Iterator[tuple[str, int, int, float]]:
        """Yield the pairs of an episode of an event and one of another (event, low, high, weight), the heaviest first."""
        query = """
            WITH own AS MATERIALIZED (SELECT number FROM derived_episodes WHERE event = ?1),
            pair AS (
              SELECT low, high, weight, high AS other FROM own CROSS JOIN derived_pairs ON low = number UNION ALL
              SELECT low, high, weight, low FROM own CROSS JOIN derived_pairs ON high = number)
            SELECT e.event, low, high, weight FROM pair CROSS JOIN derived_episodes AS e ON e.number = other
            WHERE e.event <> ?1 ORDER BY weight DESC, low, high"""
        yield from self.connection.execute(query, (event,))

    def _kept(self, column: str, values: Collection[int] | Collection[str]) -> list[Kept]:
        found = self._rows(_EPISODE, column, values)
        found.sort()
        return [Kept(number=row[0], id=row[1], event=row[2], row=tuple(row[3:])) for row in found]

    def _rows(
        self, columns: str, column: str, values: Iterable[int] | Iterable[str]
    ) -> list[tuple[Any, ...]]:
        wanted = ", ".join(f"e.{name.strip()}" for name in columns.split(","))
        query = (
            f"SELECT {wanted} FROM json_each(?) AS j CROSS JOIN derived_episodes AS e ON e.{column} = j.value"  # noqa: S608
        )
        return self.connection.execute(query, (json.dumps(list(values)),)).fetchall()
