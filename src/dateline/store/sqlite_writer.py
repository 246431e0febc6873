"""Adds to a record in SQLite: every thing added and its step of the history are one transaction."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from dateline.errors import StoreError
from dateline.model.reading import Claim, Reading, Recipe
from dateline.model.review import Review
from dateline.model.text import Report
from dateline.store import rows
from dateline.store.base import Custody, Step
from dateline.store.chain import content_digest, next_step, step_of, step_values
from dateline.store.codec import Packed, pack, recipe_digest, recipe_text
from dateline.store.originals import Originals
from dateline.store.turn import Turn

_P = ParamSpec("_P")
_R = TypeVar("_R")
_CLAIM_ROW = f"INSERT INTO claims ({rows.CLAIM}) VALUES ({', '.join('?' * len(rows.CLAIM.split(',')))})"  # noqa: S608


def adding(
    method: Callable[Concatenate["SqliteWriter", _P], _R],
) -> Callable[Concatenate["SqliteWriter", _P], _R]:
    """Run a method in the writer's transaction; when it fails, nothing since the last commit is kept."""

    @wraps(method)
    def run(writer: "SqliteWriter", /, *arguments: _P.args, **named: _P.kwargs) -> _R:
        writer.begin()
        try:
            return method(writer, *arguments, **named)
        except (sqlite3.Error, UnicodeEncodeError) as error:
            writer.rollback()
            raise StoreError(
                f"{writer.turn.folder}: could not be added to ({error}); what was added since the last commit "
                "was taken back"
            ) from error
        except StoreError:
            # Raised before anything was added.
            raise
        except BaseException:
            writer.rollback()
            raise

    return run


@dataclass(slots=True)
class SqliteWriter:
    """Adds to a record; the turn at writing is taken with the first thing added and given back by `commit`."""

    connection: sqlite3.Connection
    originals: Originals
    turn: Turn
    clock: Callable[[], datetime]
    last: Step | None = None
    begun: bool = False
    recipes: dict[Recipe, int] = field(default_factory=dict)

    def begin(self) -> None:
        """Take the turn at writing, if it was not taken since the last commit."""
        if self.begun:
            return
        self.turn.take()
        self.begun = True
        self.recipes.clear()
        row = self.connection.execute("SELECT * FROM history ORDER BY number DESC LIMIT 1").fetchone()
        self.last = step_of(row) if row else None

    def keep_original(
        self, source: Path | bytes, *, name: str, media_type: str, digest: str | None = None
    ) -> str:
        """Keep a file as it came and return its SHA-256; a file already kept is not kept twice."""
        try:
            # Before the turn at writing is taken: copying a large file may take minutes.
            digest, size = self.originals.put(source, digest)
        except OSError as error:
            raise StoreError(
                f"{name}: cannot be kept as an original ({error.strerror}: {error.filename})"
            ) from error
        self._note_original(digest, name, media_type, size)
        return digest

    @adding
    def _note_original(self, digest: str, name: str, media_type: str, size: int) -> None:
        if self._step("originals", "digest", digest) is None:
            step = self._add("original", digest, rows.original_value(digest, name, media_type, size))
            self._insert("originals", (step, *rows.original_row(digest, name, media_type, size)))

    @adding
    def add_reading(self, reading: Reading, custody: Custody | None = None) -> bool:
        """Add a report with its reading, or a newer reading of a known report; false if it was there already."""
        report = reading.report.id
        if custody is not None and custody.report != report:
            raise StoreError(f"the custody of report {custody.report} was given with report {report}")
        if custody is not None:
            self._original(custody)
        packed, step = pack(reading), self._step("reports", "id", report)
        if step is None:
            step = self._add_report(report, reading.report)
        if custody is not None:
            self._add_arrival(step, custody)
        return self._add_reading(report, step, reading.recipe, packed, reading.claims)

    @adding
    def add_arrival(self, custody: Custody) -> bool:
        """Note how a known report came; false if it is known to have come from that place in that original."""
        report = self._step("reports", "id", custody.report)
        if report is None:
            raise StoreError(f"there is no report {custody.report} in the record; add its reading first")
        return self._add_arrival(report, custody)

    @adding
    def add_review(self, review: Review) -> str:
        """Add what a person decided and return its id; raises StoreError if a claim or review it names is unknown."""
        for claim in (*review.claims, *review.others):
            if self._step("claims", "id", claim, "reading") is None:
                raise StoreError(
                    f"there is no claim {claim} in the record, so nothing can be decided about it"
                )
        if review.undoes is not None and self._step("reviews", "id", review.undoes) is None:
            raise StoreError(f"there is no review {review.undoes} in the record, so it cannot be taken back")
        if self._step("reviews", "id", review.id) is None:
            step = self._add("review", review.id, rows.review_value(review))
            self._insert("reviews", (step, review.id, rows.review_text(review)))
        return review.id

    def commit(self) -> None:
        """Make everything added since the last commit lasting, or none of it."""
        if not self.begun:
            return
        try:
            # The files first: a row without its file would be a loss, a file without its row is none.
            self.originals.settle()
            self.turn.give_back(keep=True)
            self.begun = False
        except (sqlite3.Error, OSError) as error:
            self.rollback()
            raise StoreError(
                f"{self.turn.folder}: could not be written ({error}); what was added since the last commit was "
                "taken back"
            ) from error

    def rollback(self) -> None:
        """Take back everything added since the last commit."""
        self.originals.drop()
        if self.begun:
            self.begun = False
            # SQLite itself ends a transaction on some errors, as on a full disk.
            if self.connection.in_transaction:
                self.turn.give_back(keep=False)

    def close(self) -> None:
        """Commit and close."""
        try:
            self.commit()
        finally:
            self.connection.close()

    def __enter__(self) -> "SqliteWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.rollback()
        self.close()

    def has_report(self, report_id: str) -> bool:
        """Whether a report is in the record, or was added since the last commit."""
        return self._step("reports", "id", report_id) is not None

    def add_step(self, kind: str, subject: str, value: object) -> int:
        """Add a step to the history alone."""
        self.begin()
        return self._add(kind, subject, value)

    def _add_report(self, report_id: str, report: Report) -> int:
        step = self._add("report", report_id, rows.report_value(report_id, report))
        row = rows.report_row(report_id, report)
        self._insert("reports", (step, *row))
        self.connection.execute(
            "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (step, row[1], row[2])
        )
        return step

    def _original(self, custody: Custody) -> int:
        original = self._step("originals", "digest", custody.original)
        if original is None:
            raise StoreError(
                f"there is no original {custody.original} in the record; keep it before its reports"
            )
        return original

    def _add_arrival(self, report: int, custody: Custody) -> bool:
        original, row = self._original(custody), rows.custody_row(custody)
        known = self.connection.execute(
            "SELECT 1 FROM arrivals WHERE report = ? AND original = ? AND locator = ? AND fetched_url = ?",
            (report, original, row[0], row[3]),
        ).fetchone()
        if known:
            return False
        step = self._add("arrival", custody.report, rows.custody_value(custody))
        self._insert("arrivals", (step, report, original, *row))
        return True

    def _add_reading(
        self, report_id: str, report: int, recipe: Recipe, packed: Packed, claims: tuple[Claim, ...]
    ) -> bool:
        made_with = self._recipe(recipe)
        known = "SELECT 1 FROM readings WHERE report = ? AND recipe = ?"
        if self.connection.execute(known, (report, made_with)).fetchone():
            return False
        value = rows.reading_value(report_id, recipe_digest(recipe), packed.digest)
        step = self._add("reading", report_id, value)
        self._insert("readings", (step, report, made_with, packed.claims, packed.rest))
        self.connection.executemany(_CLAIM_ROW, rows.claim_rows(step, report, claims))
        return True

    def _recipe(self, recipe: Recipe) -> int:
        step = self.recipes.get(recipe)
        if step is None:
            digest, content = recipe_digest(recipe), recipe_text(recipe)
            step = self._step("recipes", "digest", digest)
            if step is None:
                step = self._add("recipe", digest, rows.recipe_value(content))
                self._insert("recipes", (step, digest, content))
            self.recipes[recipe] = step
        return step

    def _add(self, kind: str, subject: str, value: object) -> int:
        step = next_step(self.last, at=self.clock(), kind=kind, subject=subject, digest=content_digest(value))
        self._insert("history", step_values(step))
        self.last = step
        return step.number

    def _step(self, table: str, column: str, key: str, step: str = "step") -> int | None:
        row = self.connection.execute(
            f"SELECT {step} FROM {table} WHERE {column} = ? LIMIT 1",  # noqa: S608
            (key.encode("utf-8", "replace").decode(),),
        ).fetchone()
        return int(row[0]) if row else None

    def _insert(self, table: str, values: tuple[Any, ...]) -> None:
        self.connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608
