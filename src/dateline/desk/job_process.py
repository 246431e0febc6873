"""The process that does one job: reads, joins and summarises, and tells how far it is in lines of JSON.

Run as `python -m dateline.desk.job_process`; the task comes as a line on standard input, whose end asks it to stop.
"""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from dateline.desk.jobs import Outcome, Progress, Task, task_of
from dateline.errors import DatelineError
from dateline.run.add import Committed, add
from dateline.run.link import link
from dateline.run.link_kit import load_link_kit
from dateline.run.progress import total_bytes
from dateline.run.summaries import refresh
from dateline.run.summary import Summary
from dateline.settings import Settings
from dateline.store.linked import Linked
from dateline.store.sqlite import Record, open_record

# So many of what was unreadable, and of the events, are named; all are counted.
_NAMED = 1_000
_EVENTS = 200


@dataclass(slots=True)
class Doing:
    """One job being done."""

    record: Record
    task: Task
    workers: int
    tell: Callable[[dict[str, Any]], None]
    total: Summary = field(default_factory=Summary)
    reports: int = 0

    def do(self, *, reads: bool) -> None:
        """Do it, and tell what came of it, also when it is interrupted."""
        with self.record.view() as view:
            first = self.task.first_step if self.task.first_step is not None else view.newest_step()
            before, _ = view.added_since(first)
        self.tell({"first_step": first})
        outcome, interrupted = Outcome(), False
        try:
            if reads:
                self._read()
            if not self.total.interrupted:
                self._join()
        except KeyboardInterrupt:
            interrupted = True
        except DatelineError as error:
            outcome = Outcome(fault=str(error))
        interrupted = interrupted or self.total.interrupted
        outcome = self._counted(outcome, first, before, reads)
        self.tell({"outcome": asdict(outcome), "interrupted": interrupted})

    def _read(self) -> None:
        total = total_bytes(self.task.inputs)
        since, passed = time.time(), 0
        for inputs, settings in _groups(self.task):

            def told(committed: Committed, passed: int = passed) -> None:
                self.reports += len(committed.reports)
                self._progress("reading", passed + committed.done_bytes, total, since)

            self._progress("reading", passed, total, since)
            summary = add(inputs, self.record, settings, workers=self.workers, told=told)
            _take(self.total, summary)
            if summary.interrupted:
                return
            passed += total_bytes(inputs) or 0

    def _join(self) -> None:
        kit = load_link_kit()
        since = time.time()
        self._progress("linking", 0, None, since)
        link(
            self.record,
            kit,
            at_once=500,
            progress=lambda done, all: self._progress("linking", done, all, since),
        )
        since = time.time()
        self._progress("summarising", 0, None, since)
        refresh(self.record, kit, progress=lambda done, all: self._progress("summarising", done, all, since))

    def _progress(self, stage: Any, done: int, total: int | None, since: float) -> None:
        progress = Progress(stage=stage, done=done, total=total, since=since, reports=self.reports)
        self.tell({"progress": asdict(progress)})

    def _counted(self, outcome: Outcome, first: int, before: int, reads: bool) -> Outcome:
        """Return what came of the job; what it added before it was interrupted is added, and not there already."""
        total = self.total
        carried = min(before, total.known)
        events = self._events(first) if reads else []
        with self.record.view() as view:
            claims = view.added_since(first)[1] if carried else total.claims
        return replace(
            outcome,
            added=total.added + carried, reread=total.reread, known=total.known - carried, claims=claims,
            left_out=len(total.left_out), failures=len(total.failed),
            failed=tuple((failed.name[:300], failed.message[:500]) for failed in total.failed[:_NAMED]),
            unread=tuple(total.languages.most_common()), columns=tuple(total.columns.items()),
            touched=len(events), events=tuple(events[:_EVENTS]),
        )  # fmt: skip

    def _events(self, first: int) -> list[str]:
        linked = Linked(self.record.connection())
        try:
            return linked.events_since(first)
        finally:
            linked.connection.close()


def _groups(task: Task) -> Iterator[tuple[list[str], Settings]]:
    """Yield inputs that are read in one go: each table whose columns were set by itself, all else together."""
    settings = Settings(
        published=date.fromisoformat(task.published) if task.published else None,
        publisher=task.publisher, title=task.title, allow_private=task.allow_private,
    )  # fmt: skip
    columns = dict(task.columns)
    rest = [name for name in task.inputs if name not in columns]
    if rest:
        yield rest, settings
    for name in task.inputs:
        if name in columns:
            yield [name], replace(settings, columns=columns[name])


def _take(total: Summary, summary: Summary) -> None:
    for name in ("added", "reread", "known", "ways", "claims", "originals"):
        setattr(total, name, getattr(total, name) + getattr(summary, name))
    total.languages.update(summary.languages)
    total.left_out += summary.left_out
    total.failed += summary.failed
    total.columns |= summary.columns
    total.interrupted = summary.interrupted


def _end_with_desk() -> None:
    # The desk holds the other end; it closes when the desk ends, however that comes.
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Do the job that standard input tells."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    spec = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_desk, daemon=True).start()
    os.nice(5)
    # Only our own lines go to the desk.
    out = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    os.dup2(2, 1)

    def tell(told: dict[str, Any]) -> None:
        out.write(f"{json.dumps(told)}\n")

    try:
        # Names of originals are those that were uploaded, without the path of this machine.
        if spec["kind"] != "link":
            os.chdir(spec["folder"])
        record = open_record(Path(spec["record"]))
        Doing(record, task_of(spec["task"]), spec["workers"], tell).do(reads=spec["kind"] != "link")
    except DatelineError as error:
        tell({"outcome": asdict(Outcome(fault=str(error)))})
    except KeyboardInterrupt:
        tell({"outcome": asdict(Outcome()), "interrupted": True})


if __name__ == "__main__":
    main()
