"""The summaries of events as kept in a record's database; a row that is missing is to be derived."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from dateline.model.summary import OriginSummary, Summary, Toll
from dateline.model.values import Measure

# Ids of events that are gone are forgotten when there are more; whoever last looked before that reads all again.
MOST_GONE = 10_000
# SQLite keeps no larger integers.
_LARGEST = 2**62
_LISTS = (
    "places", "actors", "targets", "actor_sides", "target_sides", "origin_ids", "origin_names", "publishers",
    "contradictions", "growing",
)  # fmt: skip
_DAYS = ("earliest", "latest", "told_first", "told_last")
_FLAGS = ("pinned", "told", "point")
# The columns beside `version`, in the order of the table.
COLUMNS = (
    "event", "type", "title", "state", "pinned", "told", "episodes", "earliest", "latest", "told_first", "told_last",
    "country", "place", "places", "lat", "lon", "radius_km", "precision", "point", "actors", "targets", "actor_sides",
    "target_sides", "certainty", "reality", "claims", "reports", "steps", "origins", "corroborated_by", "origin_ids",
    "origin_names", "publishers", "contradictions", "growing", "killed_low", "killed_best", "killed_high",
    "wounded_low", "wounded_best", "wounded_high", "tolls",
)  # fmt: skip
_ORIGIN = (
    "event", "id", "name", "kind", "side", "stance", "claims", "copies", "told_first", "told_last", "confirmed",
    "confirmed_later", "contradicted", "contradicted_later",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """The summary of an event with those of its origins."""

    summary: Summary
    origins: tuple[OriginSummary, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What linking tells of an event: whether it is told as having happened, its episodes, its reports' steps."""

    told: bool
    episodes: int
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed since a version: the new version, and the ids of events that are no more.

    `whole`: what went before is not known any more, so that all summaries are to be read again.
    """

    version: int
    gone: tuple[str, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Summaries:
    """Reads and writes summaries, within a transaction of whoever made the connection."""

    connection: sqlite3.Connection

    def missing(self, limit: int | None = None) -> list[str]:
        """Return the ids of events that are to be derived, those told last first."""
        query = """
            SELECT event FROM derived_episodes AS e
            WHERE NOT EXISTS (SELECT 1 FROM derived_summaries AS s WHERE s.event = e.event)
            GROUP BY event ORDER BY max(told) DESC, event LIMIT ?"""
        return [row[0] for row in self.connection.execute(query, (-1 if limit is None else limit,))]

    def any_missing(self) -> bool:
        """Whether any event is to be derived."""
        query = """
            SELECT 1 FROM derived_episodes AS e
            WHERE NOT EXISTS (SELECT 1 FROM derived_summaries AS s WHERE s.event = e.event) LIMIT 1"""
        return self.connection.execute(query).fetchone() is not None

    def joined(self, events: Collection[str]) -> dict[str, Joined]:
        """Return what linking tells of events."""
        query = """
            SELECT e.event, max(e.realm = 1), count(*), json_group_array(DISTINCT e.report) FROM json_each(?) AS j
            CROSS JOIN derived_episodes AS e ON e.event = j.value GROUP BY 1"""
        rows = self.connection.execute(query, (json.dumps(list(events)),))
        return {
            event: Joined(told=bool(told), episodes=count, steps=tuple(sorted(json.loads(steps))))
            for event, told, count, steps in rows
        }

    def lacking(self, events: Collection[str]) -> list[str]:
        """Return those of these events that are there and have no summary, in that order."""
        query = """
            SELECT j.value FROM json_each(?) AS j
            WHERE EXISTS (SELECT 1 FROM derived_episodes AS e WHERE e.event = j.value)
            AND NOT EXISTS (SELECT 1 FROM derived_summaries AS s WHERE s.event = j.value) ORDER BY j.key"""
        return [row[0] for row in self.connection.execute(query, (json.dumps(list(events)),))]

    def digest(self) -> str:
        """Return what the summaries were made with."""
        return str(self.connection.execute("SELECT digest FROM derived_summarized").fetchone()[0])

    def touched(self) -> int:
        """Return a number that grows whenever anything changes that a summary may rest on."""
        return int(self.connection.execute("SELECT touched FROM derived_summarized").fetchone()[0])

    def version(self) -> int:
        """Return a number that grows whenever a summary is written or goes away."""
        return int(self.connection.execute("SELECT version FROM derived_summarized").fetchone()[0])

    def begin_anew(self, digest: str) -> None:
        """Take all summaries away, since they are to be made with something else."""
        self.connection.execute("DELETE FROM derived_summaries")
        self.connection.execute("UPDATE derived_summarized SET digest = ?, touched = touched + 1", (digest,))

    def put(self, shorts: Sequence[Short]) -> None:
        """Keep summaries of events that have none."""
        first = self.version() + 1
        rows = [(first + place, *_row(short.summary)) for place, short in enumerate(shorts)]
        marks = ", ".join("?" * (1 + len(COLUMNS)))
        names = ", ".join(("version", *COLUMNS))
        self.connection.executemany(f"INSERT INTO derived_summaries ({names}) VALUES ({marks})", rows)  # noqa: S608
        marks = ", ".join("?" * len(_ORIGIN))
        origins = (_origin_row(origin) for short in shorts for origin in short.origins)
        self.connection.executemany(
            f"INSERT INTO derived_origins ({', '.join(_ORIGIN)}) VALUES ({marks})",  # noqa: S608
            origins,
        )
        self.connection.execute("UPDATE derived_summarized SET version = version + ?", (len(rows),))

    def trim(self) -> None:
        """Forget the oldest ids of events that are gone, beyond the newest `MOST_GONE`."""
        query = "SELECT version FROM derived_gone ORDER BY version DESC LIMIT 1 OFFSET ?"
        row = self.connection.execute(query, (MOST_GONE,)).fetchone()
        if row is not None:
            self.connection.execute("DELETE FROM derived_gone WHERE version <= ?", row)
            self.connection.execute("UPDATE derived_summarized SET floor = max(floor, ?)", row)

    def changes(self, since: int) -> Changes:
        """Return what changed since a version, beside the rows that `rows_since` yields.

        An event that is to be derived again is not gone.
        """
        version, floor = self.connection.execute("SELECT version, floor FROM derived_summarized").fetchone()
        query = """
            SELECT event FROM derived_gone AS g WHERE version > ?
            AND NOT EXISTS (SELECT 1 FROM derived_episodes AS e WHERE e.event = g.event)"""
        gone = tuple(row[0] for row in self.connection.execute(query, (since,)))
        return Changes(version=version, gone=gone, whole=since < floor)

    def rows_since(self, since: int, columns: Sequence[str] = COLUMNS) -> Iterator[tuple[Any, ...]]:
        """Yield columns of the summaries written after a version, in the order written."""
        unknown = set(columns) - {*COLUMNS, "version"}
        if unknown:
            raise ValueError(f"no columns of a summary: {', '.join(sorted(unknown))}")
        query = f"SELECT {', '.join(columns)} FROM derived_summaries WHERE version > ? ORDER BY version"  # noqa: S608
        yield from self.connection.execute(query, (since,))

    def summaries(self, events: Collection[str] | None = None) -> Iterator[Summary]:
        """Yield summaries by event id in that order, leaving out what has none; all in the order written."""
        names = ", ".join(f"s.{name}" for name in ("version", *COLUMNS))
        if events is None:
            rows = self.connection.execute(f"SELECT {names} FROM derived_summaries AS s ORDER BY version")  # noqa: S608
        else:
            query = f"""
                SELECT {names} FROM json_each(?) AS j CROSS JOIN derived_summaries AS s ON s.event = j.value
                ORDER BY j.key"""  # noqa: S608
            rows = self.connection.execute(query, (json.dumps(list(events)),))
        yield from map(_summary, rows)

    def origins(self, events: Collection[str]) -> dict[str, tuple[OriginSummary, ...]]:
        """Return the origins of each of these events, those with most claims first."""
        return _by_event(self._origins("event", events))

    def events_of_origin(self, origin: str) -> tuple[OriginSummary, ...]:
        """Return how an origin stands in each event that it tells of, in order of the day it first told it."""
        found = self._origins("id", [origin])
        return tuple(sorted(found, key=lambda one: (one.told_first, one.event)))

    def _origins(self, column: str, values: Collection[str]) -> Iterator[OriginSummary]:
        names = ", ".join(f"o.{name}" for name in _ORIGIN)
        query = f"""
            SELECT {names} FROM json_each(?) AS j CROSS JOIN derived_origins AS o ON o.{column} = j.value
            ORDER BY o.event, o.claims DESC, o.name, o.id"""  # noqa: S608
        yield from map(_origin, self.connection.execute(query, (json.dumps(list(values)),)))

    @contextmanager
    def still(self) -> Iterator[None]:
        """Let all that is read in this context be of one moment."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("ROLLBACK")


def _by_event(found: Iterable[OriginSummary]) -> dict[str, tuple[OriginSummary, ...]]:
    grouped: dict[str, list[OriginSummary]] = {}
    for one in found:
        grouped.setdefault(one.event, []).append(one)
    return {event: tuple(held) for event, held in grouped.items()}


def _row(one: Summary) -> tuple[Any, ...]:
    killed, wounded = one.toll("killed"), one.toll("wounded")
    special: dict[str, Any] = {
        "event": one.id,
        "steps": b"".join(step.to_bytes(8, "little") for step in one.steps),
        "tolls": _text({name: [toll.of, toll.low, toll.best, toll.high] for name, toll in one.tolls.items()}),
        **{name: _text(getattr(one, name)) for name in _LISTS},
        **{name: day.toordinal() if (day := getattr(one, name)) else None for name in _DAYS},
        **{name: int(getattr(one, name)) for name in _FLAGS},
        **{f"killed_{end}": _number(getattr(killed, end)) for end in ("low", "best", "high")},
        **{f"wounded_{end}": _number(getattr(wounded, end)) for end in ("low", "best", "high")},
        "title": _whole(one.title),
        "place": _whole(one.place) if one.place is not None else None,
    }
    return tuple(special[name] if name in special else getattr(one, name) for name in COLUMNS)


def _summary(row: Sequence[Any]) -> Summary:
    held = dict(zip(("version", *COLUMNS), row, strict=True))
    tolls: Mapping[str, list[Any]] = json.loads(held["tolls"])
    special: dict[str, Any] = {
        "id": held.pop("event"),
        "steps": tuple(int.from_bytes(held["steps"][at : at + 8], "little") for at in range(0, len(held["steps"]), 8)),
        "tolls": {
            cast(Measure, name): Toll(of=of, low=low, best=best, high=high)
            for name, (of, low, best, high) in tolls.items()
        },
        **{name: tuple(json.loads(held[name])) for name in _LISTS},
        **{name: date.fromordinal(held[name]) if held[name] is not None else None for name in _DAYS},
        **{name: bool(held[name]) for name in _FLAGS},
    }  # fmt: skip
    rest = {name: value for name, value in held.items() if not name.startswith(("killed_", "wounded_"))}
    return Summary(**{**rest, **special})


def _origin_row(one: OriginSummary) -> tuple[Any, ...]:
    return (
        one.event, one.id, _whole(one.name), one.kind, one.side, one.stance, one.claims, one.copies,
        one.told_first.toordinal(), one.told_last.toordinal(), int(one.confirmed), int(one.confirmed_later),
        _text(one.contradicted), int(one.contradicted_later),
    )  # fmt: skip


def _origin(row: Sequence[Any]) -> OriginSummary:
    held = dict(zip(_ORIGIN, row, strict=True))
    return OriginSummary(
        **{
            **held,
            "told_first": date.fromordinal(held["told_first"]),
            "told_last": date.fromordinal(held["told_last"]),
            "confirmed": bool(held["confirmed"]),
            "confirmed_later": bool(held["confirmed_later"]),
            "contradicted": tuple(json.loads(held["contradicted"])),
            "contradicted_later": bool(held["contradicted_later"]),
        }
    )


def _text(value: Any) -> str:
    """Write JSON that any database can hold."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _whole(text: str) -> str:
    """Return a text without halves of surrogate pairs, which no database holds."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _number(value: int | None) -> int | None:
    return None if value is None else min(value, _LARGEST)
