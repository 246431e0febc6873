"""Check a whole record against itself: files, texts, quotes, readings, history, index, database."""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dateline.errors import StoreError
from dateline.store import rows
from dateline.store.base import Fault
from dateline.store.chain import START, content_digest, step_hash
from dateline.store.codec import blobs_digest, quotes, restored, unpack_claims
from dateline.store.migrations import SEARCH
from dateline.store.originals import UNFINISHED, Originals, file_digest
from dateline.store.schema import connect, objects, run_migrations

_KINDS = {"original": "originals", "recipe": "recipes", "report": "reports", "arrival": "arrivals",
          "reading": "readings", "review": "reviews"}  # fmt: skip
# A damaged database can raise anything when its rows are decoded; whatever it is, it is a fault of that row.
_UNREADABLE = (ValueError, TypeError, KeyError, zlib.error, sqlite3.Error)


def verify(connection: sqlite3.Connection, originals: Originals) -> Iterator[Fault]:
    """Yield every fault of a record: where, and what is not as it was written.

    The database is read in one transaction, so that what another process adds meanwhile is no fault.
    """
    connection.execute("BEGIN")
    try:
        for check in (_database, _schema, _search):
            yield from check(connection)
        try:
            steps = dict(_steps(connection))
            yield from _chain(connection)
            for part in (
                _originals(connection, originals),
                _contents(connection, steps),
                _strays(connection, originals),
            ):
                yield from part
        except sqlite3.Error as error:
            yield Fault(where="database", message=f"cannot be read further ({error})")
    finally:
        connection.execute("ROLLBACK")


def _database(connection: sqlite3.Connection) -> Iterator[Fault]:
    try:
        for (message,) in connection.execute("PRAGMA integrity_check"):
            if message != "ok":
                yield Fault(where="database", message=f"SQLite finds: {message}")
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            yield Fault(where=f"{table}, row {row}", message=f"names a row of {parent} that is not there")
    except sqlite3.Error as error:
        yield Fault(where="database", message=f"cannot be checked ({error})")


def _schema(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Compare tables and triggers with those that the migrations make."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    try:
        run_migrations(made, 0)
        wanted, found = objects(made), objects(connection)
    finally:
        made.close()
    for name in sorted(wanted.keys() | found.keys()):
        if found.get(name) != wanted.get(name):
            what = "is missing" if name not in found else "was added" if name not in wanted else "was changed"
            yield Fault(where=f"schema, {name}", message=what)


def _search(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Have the index compared with the texts; that needs a connection that writes, though nothing is written."""
    path = Path(next(row[2] for row in connection.execute("PRAGMA database_list") if row[1] == "main"))
    try:
        checker = connect(path, write=True)
    except StoreError as error:
        yield Fault(where="search index", message=f"could not be checked ({error})", grave=False)
        return
    try:
        checker.execute(f"INSERT INTO {SEARCH} ({SEARCH}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
    except sqlite3.OperationalError as error:
        # Locked or read-only: that says nothing about the index.
        message = f"could not be checked now ({error})"
        yield Fault(where="search index", message=message, grave=False)
    except sqlite3.DatabaseError:
        yield Fault(where="search index", message="does not agree with the texts")
    finally:
        checker.close()


def _steps(connection: sqlite3.Connection) -> Iterator[tuple[int, tuple[str, str, str]]]:
    for number, kind, subject, digest in connection.execute(
        "SELECT number, kind, subject, digest FROM history"
    ):
        yield number, (kind, subject, digest)


def _chain(connection: sqlite3.Connection) -> Iterator[Fault]:
    expected, previous, time = 1, START, ""
    for number, at, kind, subject, digest, before, own in connection.execute(
        "SELECT * FROM history ORDER BY number"
    ):
        where = f"history, step {number}"
        if number != expected:
            missing = f"step {expected}" if number == expected + 1 else f"steps {expected} to {number - 1}"
            yield Fault(where=where, message=f"{missing} before it missing")
        elif before != previous:
            yield Fault(where=where, message="does not follow from the step before it")
        if own != step_hash(number, at, kind, subject, digest, before):
            yield Fault(where=where, message="its hash is not that of what it says")
        if at < time:
            yield Fault(where=where, message=f"is earlier ({at}) than the step before it ({time})")
        expected, previous, time = number + 1, own, at


def _originals(connection: sqlite3.Connection, originals: Originals) -> Iterator[Fault]:
    for digest, name, size in connection.execute("SELECT digest, name, size FROM originals ORDER BY step"):
        where = f"original {digest} ({name})"
        path = originals.path(digest)
        try:
            found = path.stat().st_size
            if found != size:
                yield Fault(where=where, message=f"has {found:,} bytes, not the {size:,} that came")
            elif file_digest(path) != digest:
                yield Fault(where=where, message="its content is no longer what came: the SHA-256 differs")
        except FileNotFoundError:
            yield Fault(where=where, message=f"is missing from {originals.folder}")
        except OSError as error:
            yield Fault(where=where, message=f"cannot be read ({error.strerror})")


def _strays(connection: sqlite3.Connection, originals: Originals) -> Iterator[Fault]:
    """Name files that no row knows: a process killed between file and row leaves one, which harms nothing."""
    known = {digest for (digest,) in connection.execute("SELECT digest FROM originals")}
    for path in originals.files():
        if path.name in known and path == originals.path(path.name):
            continue
        unfinished = path.name.startswith(UNFINISHED)
        message = (
            "was left unfinished by a process that was stopped, and may be deleted"
            if unfinished
            else "is no original that the record knows; a process that was stopped can leave one, and it may be deleted"
        )
        yield Fault(where=str(path.relative_to(originals.folder.parent)), message=message, grave=False)


def _contents(connection: sqlite3.Connection, steps: dict[int, tuple[str, str, str]]) -> Iterator[Fault]:
    """Compare every row with the digest that its step of the history keeps, and every step with its row."""
    for kind, table in _KINDS.items():
        wanted = {number for number, step in steps.items() if step[0] == kind}
        for step, subject, value, faults in _READ[kind](connection):
            where = f"{kind} {subject}" if subject else f"{table}, row {step}"
            wanted.discard(step)
            yield from (Fault(where=where, message=message) for message in faults)
            if value is None:
                continue
            if steps.get(step, ("", "", ""))[:2] != (kind, subject):
                yield Fault(where=where, message=f"the history has no step {step} that added it")
            elif steps[step][2] != content_digest(value):
                yield Fault(
                    where=where, message=f"is not what step {step} of the history added: its digest differs"
                )
        for number in sorted(wanted):
            yield Fault(where=f"{kind} {steps[number][1]}", message=f"step {number} added it, but it is gone")
    for number, (kind, subject, _) in steps.items():
        if kind not in _KINDS and kind != "record":
            yield Fault(where=f"history, step {number}", message=f"is of an unknown kind: {kind} {subject}")


# Step, id, the value that the history has a digest of (null: unreadable), and what else is wrong.
_Row = tuple[int, str, Any, list[str]]


def _read(query: str, decode: Callable[[tuple[Any, ...]], tuple[str, Any, list[str]]]) -> Callable[
    [sqlite3.Connection], Iterator[_Row]
]:  # fmt: skip
    def run(connection: sqlite3.Connection) -> Iterator[_Row]:
        for step, *row in connection.execute(query):
            try:
                yield step, *decode(tuple(row))
            except _UNREADABLE as error:
                yield step, "", None, [f"cannot be decoded ({type(error).__name__}: {error})"]

    return run


def _original(row: tuple[Any, ...]) -> tuple[str, Any, list[str]]:
    digest, name, media_type, size, exact = row
    fields = restored({"name": name, "media_type": media_type}, exact)
    return digest, rows.original_value(digest, fields["name"], fields["media_type"], size), []


def _recipe(row: tuple[Any, ...]) -> tuple[str, Any, list[str]]:
    digest, content = row
    right = hashlib.sha256(content.encode()).hexdigest() == digest
    return digest, rows.recipe_value(content), [] if right else ["its content has another digest"]


def _report(row: tuple[Any, ...]) -> tuple[str, Any, list[str]]:
    report = rows.report_of(row)
    faults = (
        [] if report.id == row[0] else [f"its text, title, day, publisher and URL have the id {report.id}"]
    )
    # The value holds the id that the row claims, so that a changed id shows against the history too.
    return row[0], rows.report_value(row[0], report), faults


def _arrival(row: tuple[Any, ...]) -> tuple[str, Any, list[str]]:
    report, original, *rest = row
    return report, rows.custody_value(rows.custody_of(report, original, tuple(rest))), []


def _review(row: tuple[Any, ...]) -> tuple[str, Any, list[str]]:
    review = rows.review_of(row[1])
    return (
        row[0],
        rows.review_value(review),
        [] if review.id == row[0] else [f"its content has the id {review.id}"],
    )


_READ: dict[str, Callable[[sqlite3.Connection], Iterator[_Row]]] = {
    "original": _read("SELECT * FROM originals ORDER BY step", _original),
    "recipe": _read("SELECT * FROM recipes ORDER BY step", _recipe),
    "report": _read("SELECT * FROM reports ORDER BY step", _report),
    "arrival": _read(
        "SELECT a.step, r.id, o.digest, a.locator, a.name, a.recorded, a.fetched_url, a.exact FROM arrivals AS a "
        "JOIN reports AS r ON r.step = a.report JOIN originals AS o ON o.step = a.original ORDER BY a.step",
        _arrival,
    ),
    "review": _read("SELECT * FROM reviews ORDER BY step", _review),
}


def _readings(connection: sqlite3.Connection) -> Iterator[_Row]:
    """Check each reading: its digest, that each quote is its text's, and the rows by which its claims are found."""
    owners: dict[str, int] = {}
    query = (
        "SELECT d.step, r.step, r.id, r.text, r.exact, k.digest, d.claims, d.rest FROM readings AS d "
        "JOIN reports AS r ON r.step = d.report JOIN recipes AS k ON k.step = d.recipe ORDER BY d.step"
    )
    for step, report, report_id, text, exact, recipe, packed, rest in connection.execute(query):
        try:
            claims, other = zlib.decompress(packed), zlib.decompress(rest)
            value = rows.reading_value(report_id, recipe, blobs_digest(claims, other))
            text = restored({"text": text}, exact)["text"]
            faults = list(_quote_faults(text, [json.loads(claims), json.loads(other)]))
            wanted = list(rows.claim_rows(step, report, unpack_claims(packed)))
            found = connection.execute(
                f"SELECT {rows.CLAIM} FROM claims WHERE reading = ? ORDER BY position",  # noqa: S608
                (step,),
            ).fetchall()
            if found != wanted:
                faults.append("the table of claims does not say what the reading says")
            if any(owners.setdefault(row[2], report) != report for row in wanted):
                faults.append("holds the id of a claim of another report")
            yield step, report_id, value, faults
        except _UNREADABLE as error:
            message = f"the reading cannot be decoded ({type(error).__name__}: {error})"
            yield step, report_id, None, [message]


def _quote_faults(text: str, value: Any) -> Iterator[str]:
    for span in quotes(value):
        if text[span["start"] : span["end"]] != span["quote"]:
            yield (
                f"the text at {span['start']} to {span['end']} is not {span['quote']!r} "
                f"but {text[span['start'] : span['end']]!r}"
            )


_READ["reading"] = _readings
