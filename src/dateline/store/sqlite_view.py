"""What a record in SQLite held at the end of a day; reads only."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any

from dateline.errors import StoreError
from dateline.model.event import Entry
from dateline.model.reading import Claim, Reading, Recipe
from dateline.model.review import Review, standing
from dateline.model.text import Report
from dateline.store import rows
from dateline.store.base import EVERY, Custody, Fault, Filters, Step
from dateline.store.chain import step_of, written
from dateline.store.codec import recipe_of, restored, unpack, unpack_chosen, unpack_many
from dateline.store.originals import Originals
from dateline.store.queries import NEWEST, NEWEST_CLAIMS, where
from dateline.store.words import FOUND, sought

_ALWAYS = 2**62
_BATCH = 256
_REPORT = ", ".join(f"reports.{name.strip()}" for name in rows.REPORT.split(","))
_MARKS = f"char({ord(FOUND[0])}), char({ord(FOUND[1])}), '…', 24"


@dataclass(slots=True)
class SqliteView:
    """What was recorded by the end of a day (UTC), or up to now; other processes may add while it is read."""

    connection: sqlite3.Connection
    originals: Originals
    as_of: date | None = None
    _recipes: dict[int, Recipe] = field(default_factory=dict)

    @property
    def last_step(self) -> int:
        """The number of the last step of the history that this view sees; a bound on the column `step`."""
        if self.as_of is None:
            return _ALWAYS
        end = datetime(self.as_of.year, self.as_of.month, self.as_of.day, tzinfo=UTC) + timedelta(days=1)
        row = self._one(
            "SELECT number FROM history WHERE at < ? ORDER BY at DESC, number DESC LIMIT 1", (written(end),)
        )
        return int(row[0]) if row else 0

    def newest_step(self) -> int:
        """Return the number of the last step of the history."""
        return int(self._one("SELECT coalesce(max(number), 0) FROM history", ())[0])

    def added_since(self, step: int) -> tuple[int, int]:
        """Count the reports that were recorded after a step, and the claims of readings recorded after it."""
        queries = (
            "SELECT count(*) FROM reports WHERE step > ?",
            "SELECT count(*) FROM claims WHERE reading > ?",
        )
        reports, claims = (self._one(query, (step,)) for query in queries)
        return int(reports[0]), int(claims[0])

    def report_ids(self) -> Iterator[str]:
        """Yield the ids of all reports in the order they came."""
        yield from (row[0] for row in self._all("SELECT id FROM reports WHERE step <= :last ORDER BY step"))

    def report(self, report_id: str) -> Report:
        """Return a report; raises StoreError if there is none."""
        return rows.report_of(self._report_row(report_id)[1:])

    def reports(self, report_ids: Sequence[str] | None = None) -> Iterator[Report]:
        """Yield reports in the order they came; all of them if no ids are named."""
        named = "" if report_ids is None else f"AND id IN ({_values('ids')})"
        query = f"SELECT {_REPORT} FROM reports WHERE step <= :last {named} ORDER BY step"  # noqa: S608
        yield from map(rows.report_of, self._all(query, ids=_array(report_ids)))

    def has_reading(self, report_id: str, recipe: str) -> bool:
        """Whether a report was read with the recipe of this digest."""
        query = (
            "SELECT 1 FROM readings WHERE step <= :last AND report = (SELECT step FROM reports WHERE id = :report)"
            " AND recipe = (SELECT step FROM recipes WHERE digest = :recipe)"
        )
        return bool(list(self._all(query, report=report_id, recipe=recipe)))

    def reading(self, report_id: str) -> Reading:
        """Return the newest reading of a report."""
        found = self.all_readings(report_id, newest=True)
        if not found:
            raise StoreError(f"report {report_id} was not read by then; choose a later day")
        return found[-1]

    def readings(self, report_ids: Sequence[str] | None = None) -> Iterator[Reading]:
        """Yield the newest reading of each report, in the order the reports came."""
        named = "" if report_ids is None else f"AND reports.id IN ({_values('ids')})"
        query = f"SELECT d.claims, d.rest, d.recipe, {_REPORT} {NEWEST} {named} ORDER BY reports.step"
        for claims, rest, recipe, *report in self._all(query, ids=_array(report_ids)):
            yield unpack(claims, rest, rows.report_of(tuple(report)).text, self._recipe(recipe))

    def claims_at(self, steps: Sequence[int]) -> Iterator[tuple[int, Report, tuple[Claim, ...]]]:
        """Yield the claims of readings by the step that added them, with it and the report, in that order."""
        query = (
            f"SELECT d.step, d.claims, {_REPORT} FROM readings AS d JOIN reports ON reports.step = d.report "  # noqa: S608
            f"WHERE d.step IN ({_values('ids')}) ORDER BY d.step"
        )
        for batch in _batches(self._all(query, ids=_array(steps))):
            for row, claims in zip(batch, unpack_many([row[1] for row in batch]), strict=True):
                yield row[0], rows.report_of(row[2:]), claims

    def all_readings(self, report_id: str, *, newest: bool = False) -> tuple[Reading, ...]:
        """Return every reading of a report, oldest first."""
        step, *report = self._report_row(report_id)
        text = rows.report_of(tuple(report)).text
        query = "SELECT claims, rest, recipe FROM readings WHERE report = :report AND step <= :last ORDER BY step DESC"
        found = self._all(query + (" LIMIT 1" if newest else ""), report=step)
        return tuple(unpack(row[0], row[1], text, self._recipe(row[2])) for row in list(found)[::-1])

    def claims(self, filters: Filters = EVERY) -> Iterator[tuple[Claim, str]]:
        """Yield the claims of the newest readings with the ids of their reports, in the order the reports came."""
        condition, values = where(filters)
        if not condition:
            query = f"SELECT d.claims, reports.id {NEWEST} ORDER BY reports.step"
            for batch in _batches(self._all(query)):
                for row, claims in zip(batch, unpack_many([row[0] for row in batch]), strict=True):
                    yield from ((claim, row[1]) for claim in claims)
            return
        columns = "d.claims, reports.id, group_concat(c.position)"
        query = f"SELECT {columns} {NEWEST_CLAIMS} AND {condition} GROUP BY d.step ORDER BY reports.step"
        for batch in _batches(self._all(query, **values)):
            for row, claims in zip(batch, unpack_many([row[0] for row in batch]), strict=True):
                for position in sorted(map(int, row[2].split(","))):
                    yield claims[position], row[1]

    def entries(self, claim_ids: Sequence[str]) -> dict[str, Entry]:
        """Return claims by id, each as it was last read, with its report; unknown ids are left out."""
        query = (
            "SELECT c.reading, c.position, c.id, d.claims, c.report, (SELECT at FROM history WHERE number = "  # noqa: S608
            "(SELECT min(reading) FROM claims WHERE id = c.id)) "
            "FROM claims AS c JOIN readings AS d ON d.step = c.reading "
            f"WHERE c.id IN ({_values('ids')}) AND c.reading <= :last ORDER BY c.reading"
        )
        found = list(self._all(query, ids=_array(claim_ids)))
        reports = {row[0]: rows.report_of(row[1:]) for row in self._reports_at({row[4] for row in found})}
        entries: dict[str, Entry] = {}
        groups = [list(same) for _, same in groupby(found, key=lambda row: row[0])]
        unpacked = unpack_chosen([(group[0][3], [row[1] for row in group]) for group in groups])
        for group, claims in zip(groups, unpacked, strict=True):
            for (_, _, claim_id, _, step, at), claim in zip(group, claims, strict=True):
                report = reports[step]
                day = datetime.fromisoformat(at).date()
                entries[claim_id] = Entry(claim=claim, report=report, recorded=day, copy_of=report.id)
        return {claim_id: entries[claim_id] for claim_id in claim_ids if claim_id in entries}

    def report_of(self, claim_id: str) -> str | None:
        """Return the id of the report that a claim was read in, also of a claim that its newest reading lacks."""
        query = (
            "SELECT reports.id FROM claims JOIN reports ON reports.step = claims.report "
            "WHERE claims.id = :id AND reading <= :last LIMIT 1"
        )
        return next((row[0] for row in self._all(query, id=claim_id)), None)

    def recipe_of_claim(self, claim_id: str) -> str | None:
        """Return the digest of the recipe that a claim was last read by, null for an unknown claim."""
        query = (
            "SELECT recipes.digest FROM claims JOIN readings ON readings.step = claims.reading "
            "JOIN recipes ON recipes.step = readings.recipe WHERE claims.id = :id AND claims.reading <= :last "
            "ORDER BY claims.reading DESC LIMIT 1"
        )
        return next((row[0] for row in self._all(query, id=claim_id)), None)

    def custody(self, report_id: str) -> tuple[Custody, ...]:
        """Return every way by which a report came into the record."""
        step = self._report_row(report_id)[0]
        columns = ", ".join(f"arrivals.{name.strip()}" for name in rows.ARRIVAL.split(","))
        query = (
            f"SELECT originals.digest, {columns} FROM arrivals JOIN originals ON originals.step = original "  # noqa: S608
            "WHERE report = :report AND arrivals.step <= :last ORDER BY arrivals.step"
        )
        return tuple(rows.custody_of(report_id, row[0], row[1:]) for row in self._all(query, report=step))

    def recorded(self, report_id: str) -> datetime:
        """Return when a report came into the record (UTC)."""
        step = self._report_row(report_id)[0]
        (row,) = self._all("SELECT at FROM history WHERE number = :step", step=step)
        return datetime.fromisoformat(row[0])

    def reading_times(self, report_id: str) -> tuple[datetime, ...]:
        """Return when each reading of a report was added (UTC), in the order of `all_readings`."""
        step = self._report_row(report_id)[0]
        query = (
            "SELECT history.at FROM readings JOIN history ON history.number = readings.step "
            "WHERE readings.report = :report AND readings.step <= :last ORDER BY readings.step"
        )
        return tuple(datetime.fromisoformat(row[0]) for row in self._all(query, report=step))

    def original(self, digest: str) -> tuple[str, str, int]:
        """Return the name, media type and size in bytes of an original; raises StoreError if none is kept of it."""
        query = "SELECT name, media_type, size, exact FROM originals WHERE digest = :digest AND step <= :last"
        for name, media_type, size, exact in self._all(query, digest=digest):
            fields = restored({"name": name, "media_type": media_type}, exact)
            return fields["name"], fields["media_type"], int(size)
        raise StoreError(f"no original {digest} is kept in the record")

    def reviews(self, kinds: Collection[str] | None = None) -> tuple[Review, ...]:
        """Return all that people decided, oldest first, undone ones included; only that of some kinds if they are named."""
        named = "" if kinds is None else f"AND json_extract(content, '$.kind') IN ({_values('kinds')})"
        query = f"SELECT content, id FROM reviews WHERE step <= :last {named} ORDER BY step"  # noqa: S608
        found = self._all(query, kinds=None if kinds is None else json.dumps(sorted(kinds)))
        return tuple(rows.review_of(*row) for row in found)

    def orphaned(self) -> tuple[Review, ...]:
        """Return standing reviews of claims that the newest readings no longer hold."""
        reviews = standing(self.reviews())
        named = {claim for review in reviews for claim in (*review.claims, *review.others)}
        query = f"SELECT c.id {NEWEST_CLAIMS} AND c.id IN ({_values('ids')})"
        held = {row[0] for row in self._all(query, ids=_array(sorted(named)))}
        return tuple(review for review in reviews if not {*review.claims, *review.others} <= held)

    def search(self, query: str, *, limit: int = 50) -> tuple[tuple[str, str], ...]:
        """Return (report id, snippet) of the reports whose title or text match the words, best first."""
        asked = sought(query)
        if asked.match:
            # A word in the title weighs as much as four in the text.
            statement = (
                f"SELECT reports.id, snippet(words, -1, {_MARKS}) FROM words "  # noqa: S608
                "JOIN reports ON reports.step = words.rowid WHERE words MATCH :match AND words.rowid <= :last "
                "ORDER BY bm25(words, 4.0, 1.0), words.rowid LIMIT :limit"
            )
            return tuple(self._all(statement, match=asked.match, limit=limit))
        if not asked.unwanted:
            return ()
        statement = (
            "SELECT id, substr(coalesce(title, text), 1, 200) FROM reports WHERE step <= :last AND step NOT IN "
            "(SELECT rowid FROM words WHERE words MATCH :match) ORDER BY step LIMIT :limit"
        )
        return tuple(self._all(statement, match=asked.unmatch, limit=limit))

    def steps_matching(self, query: str) -> list[int]:
        """Return the steps of all reports that match a search as `search` does, in order; no words match all."""
        asked = sought(query)
        if asked.match:
            statement = "SELECT rowid FROM words WHERE words MATCH :match AND rowid <= :last ORDER BY rowid"
            return [row[0] for row in self._all(statement, match=asked.match)]
        statement = "SELECT step FROM reports WHERE step <= :last"
        if asked.unwanted:
            statement += " AND step NOT IN (SELECT rowid FROM words WHERE words MATCH :match)"
        return [row[0] for row in self._all(f"{statement} ORDER BY step", match=asked.unmatch)]

    def recipes(self) -> list[dict[str, Any]]:
        """Return the recipes of the newest readings as JSON values, the one of most readings first."""
        query = f"SELECT d.recipe, count(*) {NEWEST} GROUP BY d.recipe ORDER BY 2 DESC, 1"
        return [asdict(self._recipe(row[0])) for row in list(self._all(query))]

    def history(self, *, after: int = 0) -> Iterator[Step]:
        """Yield the steps of the history behind a number."""
        query = "SELECT * FROM history WHERE number > :after AND number <= :last ORDER BY number"
        yield from map(step_of, self._all(query, after=after))

    def stats(self) -> dict[str, Any]:
        """Count reports, readings, claims by type, reviews, originals, bytes, publishers, days."""
        from dateline.store.stats import stats

        return stats(self.connection, self.last_step)

    def verify(self) -> Iterator[Fault]:
        """Yield every fault: originals that changed, quotes that do not match, a broken chain of history."""
        from dateline.store.verify import verify

        yield from verify(self.connection, self.originals)

    def close(self) -> None:
        """Close the view."""
        self.connection.close()

    def __del__(self) -> None:
        self.connection.close()

    def __enter__(self) -> "SqliteView":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _report_row(self, report_id: str) -> tuple[Any, ...]:
        query = f"SELECT step, {_REPORT} FROM reports WHERE id = :id AND step <= :last"  # noqa: S608
        for row in self._all(query, id=report_id):
            return tuple(row)
        then = f" on {self.as_of}" if self.as_of else ""
        raise StoreError(f"there is no report {report_id} in the record{then}; search or list the reports")

    def _reports_at(self, steps: Iterable[int]) -> Iterator[tuple[Any, ...]]:
        query = f"SELECT step, {_REPORT} FROM reports WHERE step IN ({_values('ids')})"  # noqa: S608
        yield from self._all(query, ids=_array(sorted(steps)))

    def _recipe(self, step: int) -> Recipe:
        if step not in self._recipes:
            row = self._one("SELECT content FROM recipes WHERE step = ?", (step,))
            self._recipes[step] = recipe_of(row[0])
        return self._recipes[step]

    def _one(self, query: str, values: tuple[Any, ...]) -> Any:
        return self.connection.execute(query, values).fetchone()

    def _all(self, query: str, **values: Any) -> Iterator[Any]:
        """Run a query whose `:last` is the last step that this view sees."""
        try:
            yield from self.connection.execute(query, {"last": self.last_step, **values})
        except sqlite3.Error as error:
            raise StoreError(f"the record cannot be read ({error}); run `dateline verify`") from error


def _values(name: str) -> str:
    """Return SQL for the values of a JSON array, so that any number of them is one parameter."""
    return f"SELECT value FROM json_each(:{name})"  # noqa: S608


def _array(values: Iterable[str | int] | None) -> str | None:
    return None if values is None else json.dumps(list(values))


def _batches(found: Iterator[Any]) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for row in found:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
