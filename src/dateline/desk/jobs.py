"""The queue of what the desk does in the background: kept in its database, so that a restart goes on with it."""

import json
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from dateline.desk.call import DeskError
from dateline.desk.state import State

Kind = Literal["files", "text", "address", "sample", "link"]
JobState = Literal["receiving", "asking", "waiting", "running", "done", "failed", "cancelled"]
OPEN: tuple[JobState, ...] = ("receiving", "asking", "waiting", "running")
FOLDER = "desk-uploads"
# A job whose desk has not been heard of for so long was left behind by it.
_LOST_S = 20.0
# Uploads that nobody finished or started are cleared away after a day.
_FORGOTTEN_S = 24 * 3600
_FIELDS = "id, kind, state, asked_by, asked, begun, ended, runs, cancel, task, progress, result"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a job reads: names of files in its folder, or addresses; and what was said of them.

    `columns` are pairs of a table and its pairs of field and column ("" for a field that it has not). `first_step` is
    the last step of the record's history when the job began.
    """

    inputs: tuple[str, ...] = ()
    columns: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    published: str | None = None
    publisher: str | None = None
    title: str | None = None
    allow_private: bool = False
    first_step: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a job is: its stage, what is done of how much (bytes, reports or events), since when, reports so far."""

    stage: Literal["", "starting", "reading", "linking", "summarising"] = ""
    done: int = 0
    total: int | None = None
    since: float = 0.0
    reports: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a job: counts, the names of what was unreadable with the reasons, the events it touched.

    `failed` and `events` hold the first of them, `failures` and `touched` how many there are. `fault` says why a job
    failed as a whole.
    """

    added: int = 0
    reread: int = 0
    known: int = 0
    claims: int = 0
    left_out: int = 0
    failures: int = 0
    failed: tuple[tuple[str, str], ...] = ()
    unread: tuple[tuple[str, int], ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    touched: int = 0
    events: tuple[str, ...] = ()
    fault: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One job as it stands; `runs` is how often it was begun."""

    id: int
    kind: Kind
    state: JobState
    asked_by: str
    asked: datetime
    begun: datetime | None
    ended: datetime | None
    runs: int
    cancel: bool
    task: Task
    progress: Progress
    outcome: Outcome

    @property
    def open(self) -> bool:
        """Whether it is still to be done, or being done."""
        return self.state in OPEN


class Jobs:
    """The jobs of a desk."""

    def __init__(self, state: State, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.state = state
        self.uploads = folder / FOLDER
        self.clock = clock
        self.woken = threading.Event()

    def folder(self, job: int) -> Path:
        """Return the folder of what was uploaded for a job."""
        return self.uploads / str(job)

    def begin(self, kind: Kind, task: Task, by: str) -> Job:
        """Note a job whose files are still being received; `submit` or `ask` follows, or `drop`."""
        with self.state.transaction() as connection:
            number = connection.execute(
                "INSERT INTO jobs (kind, state, asked_by, asked, task) VALUES (?, 'receiving', ?, ?, ?)",
                (kind, by, int(self.clock()), json.dumps(asdict(task))),
            ).lastrowid
        folder = self.folder(int(number or 0))
        shutil.rmtree(folder, ignore_errors=True)
        self.uploads.mkdir(exist_ok=True, mode=0o700)
        os.mkdir(folder, 0o700)
        return self.get(int(number or 0))

    def ask(self, job: int, task: Task) -> Job:
        """Let a job wait for what a person says of its files."""
        return self._move(job, "asking", ("receiving",), task)

    def submit(self, job: int, task: Task) -> Job:
        """Put a job into the queue; raises DeskError (409) for one that was begun or cancelled."""
        found = self._move(job, "waiting", ("receiving", "asking"), task)
        self.woken.set()
        return found

    def link(self, by: str) -> Job:
        """Return the job that joins what is not joined yet: the one in the queue, or else a new one."""
        with self.state.transaction() as connection:
            row = connection.execute(
                "SELECT id FROM jobs WHERE kind = 'link' AND state IN ('waiting', 'running')"
            ).fetchone()
            if row is not None:
                return self._get(connection, int(row[0]))
            number = connection.execute(
                "INSERT INTO jobs (kind, state, asked_by, asked, task) VALUES ('link', 'waiting', ?, ?, ?)",
                (by, int(self.clock()), json.dumps(asdict(Task()))),
            ).lastrowid
            found = self._get(connection, int(number or 0))
        self.woken.set()
        return found

    def cancel(self, job: int) -> Job:
        """Take a job out of the queue, or ask the one that runs to stop: what it has read stays."""
        with self.state.transaction() as connection:
            found = self._get(connection, job)
            if found.state in ("receiving", "asking", "waiting"):
                connection.execute(
                    "UPDATE jobs SET state = 'cancelled', ended = ? WHERE id = ?", (self.clock(), job)
                )
                shutil.rmtree(self.folder(job), ignore_errors=True)
            elif found.state == "running":
                connection.execute("UPDATE jobs SET cancel = 1 WHERE id = ?", (job,))
            return self._get(connection, job)

    def get(self, job: int) -> Job:
        """Return a job; raises DeskError (404) if there is none."""
        with self.state.connection() as connection:
            return self._get(connection, job)

    def newest(self, most: int = 20) -> tuple[Job, ...]:
        """Return the newest jobs, the last first, without those whose files are being received."""
        with self.state.connection() as connection:
            rows = connection.execute(
                f"SELECT {_FIELDS} FROM jobs WHERE state != 'receiving' ORDER BY id DESC LIMIT ?",  # noqa: S608
                (most,),
            )
            return tuple(map(_job, rows))

    def under_way(self) -> Job | None:
        """Return the job that runs, or the next that will."""
        with self.state.connection() as connection:
            row = connection.execute(
                f"SELECT {_FIELDS} FROM jobs WHERE state IN ('running', 'waiting') ORDER BY state, id LIMIT 1"  # noqa: S608
            ).fetchone()
        return _job(row) if row else None

    def take(self) -> Job | None:
        """Take the next job of the queue to do it; also one that a desk left behind."""
        now = self.clock()
        with self.state.transaction() as connection:
            row = connection.execute(
                "SELECT id FROM jobs WHERE state = 'waiting' OR (state = 'running' AND beat < ?) ORDER BY id LIMIT 1",
                (now - _LOST_S,),
            ).fetchone()
            if row is None:
                return None
            connection.execute(
                "UPDATE jobs SET state = 'running', begun = coalesce(begun, ?), beat = ?, runs = runs + 1, progress = ? "
                "WHERE id = ?",
                (now, now, json.dumps(asdict(Progress(stage="starting", since=now))), row[0]),
            )
            return self._get(connection, int(row[0]))

    def beat(self, job: int, progress: Progress | None = None) -> bool:
        """Tell that a job is being done, and how far; return whether it is to be cancelled."""
        with self.state.transaction() as connection:
            connection.execute("UPDATE jobs SET beat = ? WHERE id = ?", (self.clock(), job))
            if progress is not None:
                connection.execute(
                    "UPDATE jobs SET progress = ? WHERE id = ?", (json.dumps(asdict(progress)), job)
                )
            row = connection.execute("SELECT cancel FROM jobs WHERE id = ?", (job,)).fetchone()
        return row is None or bool(row[0])

    def note(self, job: int, task: Task) -> None:
        """Keep what a job found out of its task."""
        with self.state.transaction() as connection:
            connection.execute("UPDATE jobs SET task = ? WHERE id = ?", (json.dumps(asdict(task)), job))

    def end(self, job: int, state: JobState, outcome: Outcome) -> None:
        """Note what came of a job, and let its files go."""
        with self.state.transaction() as connection:
            connection.execute(
                "UPDATE jobs SET state = ?, ended = ?, result = ? WHERE id = ?",
                (state, self.clock(), json.dumps(asdict(outcome)), job),
            )
        shutil.rmtree(self.folder(job), ignore_errors=True)

    def put_back(self, job: int) -> None:
        """Leave a job that was begun to whoever serves the desk next."""
        with self.state.transaction() as connection:
            connection.execute("UPDATE jobs SET state = 'waiting' WHERE id = ? AND state = 'running'", (job,))

    def clear(self) -> None:
        """Clear away what was uploaded and never started, and folders that no job knows."""
        before = int(self.clock() - _FORGOTTEN_S)
        with self.state.transaction() as connection:
            connection.execute(
                "UPDATE jobs SET state = 'cancelled', ended = ? WHERE state IN ('receiving', 'asking') AND asked < ?",
                (self.clock(), before),
            )
            rows = connection.execute("SELECT id FROM jobs WHERE state IN (?,?,?,?)", OPEN)
            known = {str(row[0]) for row in rows}
            for path in self.uploads.iterdir() if self.uploads.is_dir() else ():
                if path.name not in known:
                    shutil.rmtree(path, ignore_errors=True)

    def _move(self, job: int, state: JobState, before: tuple[JobState, ...], task: Task) -> Job:
        with self.state.transaction() as connection:
            found = self._get(connection, job)
            if found.state not in before:
                raise DeskError("that was started or cancelled already", status=409)
            connection.execute(
                "UPDATE jobs SET state = ?, task = ? WHERE id = ?", (state, json.dumps(asdict(task)), job)
            )
            return self._get(connection, job)

    def _get(self, connection: sqlite3.Connection, job: int) -> Job:
        row = connection.execute(f"SELECT {_FIELDS} FROM jobs WHERE id = ?", (job,)).fetchone()  # noqa: S608
        if row is None:
            raise DeskError(f"there is no job {job}", status=404)
        return _job(row)


def _job(row: tuple[Any, ...]) -> Job:
    number, kind, state, by, asked, begun, ended, runs, cancel, task, progress, result = row
    return Job(
        id=number, kind=_one(kind, get_args(Kind)), state=_one(state, get_args(JobState)), asked_by=by,
        asked=datetime.fromtimestamp(asked, UTC),
        begun=datetime.fromtimestamp(begun, UTC) if begun else None,
        ended=datetime.fromtimestamp(ended, UTC) if ended else None,
        runs=runs, cancel=bool(cancel), task=task_of(json.loads(task)), progress=Progress(**json.loads(progress)),
        outcome=outcome_of(json.loads(result)),
    )  # fmt: skip


def _one(value: str, known: tuple[Any, ...]) -> Any:
    if value not in known:
        raise DeskError(
            f"the database of the desk holds a job of an unknown kind or state, {value!r}", status=500
        )
    return value


def task_of(values: dict[str, Any]) -> Task:
    """Return a task from its JSON values."""
    columns = tuple((name, tuple((f, c) for f, c in pairs)) for name, pairs in values.pop("columns", ()))
    return Task(**{**values, "inputs": tuple(values.get("inputs", ())), "columns": columns})


def outcome_of(values: dict[str, Any]) -> Outcome:
    """Return an outcome from its JSON values."""
    pairs = {name: tuple((a, b) for a, b in values.get(name, ())) for name in ("failed", "unread", "columns")}
    return Outcome(**{**values, **pairs, "events": tuple(values.get("events", ()))})
