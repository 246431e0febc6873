"""One thread that does the jobs of a desk, one after another, each in a process of its own."""

import json
import os
import queue
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass, field, replace
from typing import IO, Any

from dateline.desk.jobs import Job, Jobs, Outcome, Progress, outcome_of
from dateline.desk.words import N_

_IDLE_S = 1.0
_STEP_S = 0.25
# How long a process that was asked to stop may take to finish what it is at.
_GRACE_S = 30.0
# A job is begun again when its process dies, but not for ever.
_RUNS = 3
# A little work is done by one process; more by several, which also live on when an input kills one of them.
_SMALL_BYTES = 300_000


@dataclass(slots=True)
class Worker:
    """Takes jobs from the queue until it is stopped."""

    jobs: Jobs
    record: str
    stopping: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, in a thread."""
        self.thread = threading.Thread(target=self._work, name="dateline-jobs", daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Stop the job under way after what it is at, and leave it in the queue."""
        self.stopping.set()
        self.jobs.woken.set()
        if self.thread is not None:
            self.thread.join(timeout=_GRACE_S + 5)

    def _work(self) -> None:
        self.jobs.clear()
        while not self.stopping.is_set():
            job = self.jobs.take()
            if job is None:
                self.jobs.woken.wait(_IDLE_S)
                self.jobs.woken.clear()
                continue
            try:
                _Run(self.jobs, job, self.record, self.stopping).do()
            except Exception as error:
                # The queue goes on with the next job, whatever becomes of this one.
                self.jobs.end(job.id, "failed", Outcome(fault=f"the desk could not do it ({error})"))


@dataclass(slots=True)
class _Run:
    """One run of a job: its process is heard and, if it must, stopped."""

    jobs: Jobs
    job: Job
    record: str
    stopping: threading.Event
    heard: "queue.Queue[dict[str, Any] | None]" = field(default_factory=queue.Queue)
    outcome: Outcome | None = None
    interrupted: bool = False

    def do(self) -> None:
        if self.job.kind != "link" and not self.jobs.folder(self.job.id).is_dir():
            fault = N_("its files are gone; nothing of the record is lost: add them again")
            self.jobs.end(self.job.id, "failed", Outcome(fault=fault))
            return
        if self.job.runs > _RUNS:
            fault = N_(
                "the process that did it died each time, perhaps for want of memory; what it had read is kept"
            )
            self.jobs.end(self.job.id, "failed", Outcome(fault=fault))
            return
        process = self._started()
        try:
            cancelled = self._hear(process)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()
        self._end(cancelled)

    def _end(self, cancelled: bool) -> None:
        if self.outcome is not None and (self.outcome.fault or not self.interrupted):
            self.jobs.end(self.job.id, "failed" if self.outcome.fault else "done", self.outcome)
        elif cancelled:
            self.jobs.end(self.job.id, "cancelled", self.outcome or Outcome())
        else:
            self.jobs.put_back(self.job.id)

    def _started(self) -> "subprocess.Popen[bytes]":
        paths = os.pathsep.join(os.path.abspath(path) for path in sys.path if path)
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "dateline.desk.job_process"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            # Ctrl-C at the terminal is for the desk, which then stops its job.
            start_new_session=True,
            env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": paths},
        )  # fmt: skip
        folder = self.jobs.folder(self.job.id)
        size = sum(path.stat().st_size for path in folder.iterdir()) if folder.is_dir() else 0
        spec = {
            "record": self.record, "folder": str(folder.resolve()), "kind": self.job.kind,
            "task": asdict(self.job.task),
            "workers": 1 if size < _SMALL_BYTES and self.job.runs == 1 else max(2, (os.cpu_count() or 2) - 1),
        }  # fmt: skip
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the process has no pipes")
        process.stdin.write(json.dumps(spec).encode() + b"\n")
        process.stdin.flush()
        threading.Thread(target=self._listen, args=(process.stdout,), daemon=True).start()
        return process

    def _listen(self, stream: IO[bytes]) -> None:
        for line in stream:
            try:
                self.heard.put(json.loads(line))
            except ValueError:
                # What a library printed.
                continue
        self.heard.put(None)

    def _hear(self, process: "subprocess.Popen[bytes]") -> bool:
        """Hear the process to its end; return whether it was told to stop because somebody cancelled the job."""
        cancelled, asked_at, beat_at = False, 0.0, 0.0
        while True:
            progress: Progress | None = None
            try:
                told = self.heard.get(timeout=_STEP_S)
                if told is None:
                    return cancelled
                progress = self._told(told)
            except queue.Empty:
                pass
            now = time.monotonic()
            if progress is not None or now - beat_at > 1:
                cancelled = self.jobs.beat(self.job.id, progress)
                beat_at = now
            if (cancelled or self.stopping.is_set()) and not asked_at:
                asked_at = now
                process.terminate()
            if asked_at and now - asked_at > _GRACE_S:
                process.kill()

    def _told(self, told: dict[str, Any]) -> Progress | None:
        if "first_step" in told and self.job.task.first_step is None:
            self.jobs.note(self.job.id, replace(self.job.task, first_step=told["first_step"]))
        if "outcome" in told:
            self.outcome = outcome_of(told["outcome"])
            self.interrupted = bool(told.get("interrupted"))
        return Progress(**told["progress"]) if "progress" in told else None
