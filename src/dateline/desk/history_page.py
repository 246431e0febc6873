"""The history: every step by which the record came to be, searchable, each with the hash that chains it."""

import csv
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

from dateline.desk.call import DeskError
from dateline.desk.desk import Desk
from dateline.desk.words import N_
from dateline.model.review import Review
from dateline.store.rows import review_of

ROWS = 100
KINDS = ("record", "original", "recipe", "report", "arrival", "reading", "review")


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryQuery:
    """Which steps are wanted: of a kind, by whom (decisions), of days (UTC), with words; below a number.

    `words` are sought in the titles and texts of reports, in what people wrote with decisions, in names of files, and
    as the beginning of a subject's id.
    """

    kind: str = ""
    who: str = ""
    words: str = ""
    first: date | None = None
    last: date | None = None
    before: int | None = None

    def pairs(self) -> list[tuple[str, str]]:
        """Return the query as parameters of the address, `before` left out."""
        found = [("kind", self.kind), ("who", self.who), ("q", self.words)]
        found += [(name, day.isoformat()) for name, day in (("from", self.first), ("to", self.last)) if day]
        return [(name, value) for name, value in found if value]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryStep:
    """A step: what it added, in the words of the thing; `report` is the report it is about, `review` the decision."""

    number: int
    at: datetime
    kind: str
    subject: str
    digest: str
    hash: str
    words: str
    report: str | None
    review: Review | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """Steps that pass, the newest first; `below` is the number to go on below, `who` those who decided anything.

    `head` is the hash of the newest step of all: whoever noted it can later see that nothing before it was changed.
    """

    query: HistoryQuery
    steps: tuple[HistoryStep, ...]
    below: int | None
    total: int
    head: str
    people: tuple[str, ...]


def parsed(params: Mapping[str, str]) -> HistoryQuery:
    """Return the query that parameters of an address ask for; raises DeskError for what is none."""
    kind = params.get("kind", "")
    if kind and kind not in KINDS:
        raise DeskError(N_("kind=%(kind)r is none of %(kinds)s"), kind=kind, kinds=", ".join(KINDS))
    before = params.get("before", "")
    if before and not (before.isascii() and before.isdigit() and len(before) < 16):
        raise DeskError(N_("before=%(before)r is no number of a step"), before=before)
    return HistoryQuery(
        kind=kind, who=params.get("who", "").strip(), words=params.get("q", "").strip(),
        first=_day(params, "from"), last=_day(params, "to"), before=int(before) if before else None,
    )  # fmt: skip


def _day(params: Mapping[str, str], name: str) -> date | None:
    written = params.get(name, "")
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise DeskError(
            N_("%(name)s=%(written)r is no day of the calendar; write it as YYYY-MM-DD"),
            name=name,
            written=written,
        ) from None


def history_page(desk: Desk, query: HistoryQuery, *, hidden: frozenset[str] = frozenset()) -> HistoryPage:
    """Return the newest steps that pass; decisions whose ids are `hidden` are left out."""
    connection = desk.record.connection()
    try:
        steps = list(_steps(connection, query, ROWS + 1, hidden))
        total, head = connection.execute(
            "SELECT number, hash FROM history ORDER BY number DESC LIMIT 1"
        ).fetchone()
    finally:
        connection.close()
    people = sorted({review.who for review in desk.decisions.now().made})
    return HistoryPage(
        query=query, steps=tuple(steps[:ROWS]), below=steps[ROWS - 1].number if len(steps) > ROWS else None,
        total=total, head=head, people=tuple(people),
    )  # fmt: skip


_COLUMNS = ("number", "at", "kind", "subject", "digest", "hash", "who", "decision", "words")


def history_table(desk: Desk, query: HistoryQuery, *, hidden: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield all steps that pass as CSV (RFC 4180), a header first; a cell that a spreadsheet might run is defused."""
    yield _csv(_COLUMNS)
    connection = desk.record.connection()
    try:
        for step in _steps(connection, query, None, hidden):
            made = step.review
            yield _csv(
                (
                    str(step.number), step.at.isoformat(), step.kind, step.subject, step.digest, step.hash,
                    made.who if made else "", made.kind if made else "", step.words,
                )
            )  # fmt: skip
    finally:
        connection.close()


def _csv(cells: tuple[str, ...]) -> str:
    line = StringIO()
    csv.writer(line).writerow([f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell for cell in cells])
    return line.getvalue()


_QUERY = """
    SELECT h.number, h.at, h.kind, h.subject, h.digest, h.hash, coalesce(r.id, r2.id, r3.id),
      coalesce(r.title, r2.title, r3.title, o.name, o2.name), v.content
    FROM history AS h
    LEFT JOIN reports AS r ON r.step = h.number
    LEFT JOIN readings AS d ON d.step = h.number LEFT JOIN reports AS r2 ON r2.step = d.report
    LEFT JOIN arrivals AS a ON a.step = h.number LEFT JOIN reports AS r3 ON r3.step = a.report
    LEFT JOIN originals AS o2 ON o2.step = a.original
    LEFT JOIN originals AS o ON o.step = h.number
    LEFT JOIN reviews AS v ON v.step = h.number"""
_LIKE = "LIKE :like ESCAPE '\\'"
_WORDS = f"""(
    h.subject {_LIKE.replace(":like", ":begins")} OR v.content {_LIKE} OR o.name {_LIKE} OR
    coalesce(r.step, r2.step, r3.step) IN (SELECT rowid FROM words WHERE words MATCH :match))"""  # noqa: S608


def _steps(
    connection: sqlite3.Connection, query: HistoryQuery, limit: int | None, hidden: frozenset[str]
) -> Iterator[HistoryStep]:
    conditions, values = _conditions(query)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    statement = f"{_QUERY}{where} ORDER BY h.number DESC LIMIT :limit"
    values["limit"] = -1 if limit is None else limit + len(hidden)
    shown = 0
    for row in connection.execute(statement, values):
        step = _step(row)
        if step.review is not None and step.review.id in hidden:
            continue
        shown += 1
        if limit is not None and shown > limit:
            return
        yield step


def _conditions(query: HistoryQuery) -> tuple[list[str], dict[str, Any]]:
    from dateline.store.words import sought

    conditions: list[str] = []
    values: dict[str, Any] = {}
    if query.kind:
        conditions.append("h.kind = :kind")
        values["kind"] = query.kind
    if query.who:
        conditions.append("json_extract(v.content, '$.who') = :who")
        values["who"] = query.who
    if query.first:
        conditions.append("h.at >= :first")
        values["first"] = query.first.isoformat()
    if query.last and query.last < date.max:
        conditions.append("h.at < :behind")
        values["behind"] = (query.last + timedelta(days=1)).isoformat()
    if query.before is not None:
        conditions.append("h.number < :before")
        values["before"] = query.before
    if query.words:
        conditions.append(_WORDS)
        escaped = query.words.translate({ord(sign): f"\\{sign}" for sign in "\\%_"})
        values |= {
            "like": f"%{escaped}%",
            "begins": f"{escaped}%",
            "match": sought(query.words).match or '""',
        }
    return conditions, values


def _step(row: tuple[Any, ...]) -> HistoryStep:
    number, at, kind, subject, digest, own, report, words, content = row
    return HistoryStep(
        number=number, at=datetime.fromisoformat(at), kind=kind, subject=subject, digest=digest, hash=own,
        words=words or "", report=report, review=review_of(content) if content else None,
    )  # fmt: skip
