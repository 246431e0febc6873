"""Several processes serve one desk: started, started again where one dies, and stopped together.

The process that starts them serves nothing itself. It keeps the socket, so that whoever asks waits in line while a
process is started, and does what may be done only once: it sums up events (keeper) and does the jobs (worker).
"""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from dateline.desk.desk import Desk
from dateline.desk.keeper import Keeper
from dateline.desk.worker import Worker
from dateline.errors import DatelineError

MOST = 4
_LOOK_S = 0.2
# Longer than a process gives the answers that are being sent (serve.GRACE_S).
_GRACE_S = 13.0
# A process that ends before it ever served is started again so often.
_TRIES = 3
_PAUSES_S = (0.0, 0.5, 2.0, 5.0)


def usual_workers() -> int:
    """Return how many processes serve a desk on this machine: one for each core, at most `MOST`; one on Windows."""
    if not hasattr(os, "sched_getaffinity"):
        return 1 if os.name == "nt" else min(MOST, os.cpu_count() or 1)
    return min(MOST, len(os.sched_getaffinity(0)))


@contextmanager
def kept(desk: Desk) -> Iterator[None]:
    """Sum up events and do the jobs of a desk, in threads, until the end of the block."""
    keeper, worker = Keeper(desk), Worker(desk.jobs, str(desk.folder.resolve()))
    keeper.start()
    worker.start()
    try:
        yield
    finally:
        worker.stop()
        keeper.stop()


@dataclass(slots=True)
class Workers:
    """The processes that serve a desk from one socket.

    `spec` is what each is told (JSON values) but for the number of its socket.
    """

    listener: socket.socket
    spec: dict[str, Any]
    count: int
    running: list["_Process"] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _signal: int | None = None

    def start(self) -> None:
        """Start them all and wait until one serves; raises DatelineError where none can."""
        self.running = [_Process(self._started()) for _ in range(self.count)]
        while not any(one.ready.is_set() for one in self.running) and not self._stop.is_set():
            self._tend()
            self._stop.wait(0.02)

    def run(self) -> None:
        """Start again what dies, until `stop`."""
        while not self._stop.wait(_LOOK_S):
            self._tend()

    def stop(self) -> None:
        """Let the answers that are being sent be finished, and end all processes."""
        self._stop.set()
        for one in self.running:
            one.process.terminate()
        until = time.monotonic() + _GRACE_S
        for one in self.running:
            try:
                one.process.wait(timeout=max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                one.process.kill()
            one.close()

    @contextmanager
    def signalled(self) -> Iterator[None]:
        """Stop at Ctrl-C and SIGTERM; the signal does what it did before once all have ended."""

        def told(number: int, _: object) -> None:
            self._signal = number
            self._stop.set()

        before = {number: signal.signal(number, told) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        if self._signal is not None:
            signal.raise_signal(self._signal)

    def _tend(self) -> None:
        now = time.monotonic()
        for place, one in enumerate(self.running):
            if one.process.poll() is None:
                continue
            failed = 0 if one.ready.is_set() else one.failed + 1
            if failed >= _TRIES:
                raise DatelineError(
                    "the processes that serve the desk end before they serve; what they said stands above, and "
                    "--workers 1 serves without them"
                )
            if one.ended is None:
                one.ended = now
            if now - one.ended < _PAUSES_S[min(failed, len(_PAUSES_S) - 1)]:
                continue
            one.close()
            self.running[place] = _Process(self._started(), failed=failed)

    def _started(self) -> "subprocess.Popen[bytes]":
        number = self.listener.fileno()
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "dateline.desk.serve_process"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=(number,),
            # Ctrl-C at the terminal is for the process that started it, which then stops it.
            start_new_session=True,
            env={
                **os.environ, "OMP_NUM_THREADS": "1",
                "PYTHONPATH": os.pathsep.join(os.path.abspath(path) for path in sys.path if path),
            },
        )  # fmt: skip
        if process.stdin is None:
            raise RuntimeError("the process has no pipes")
        try:
            process.stdin.write(json.dumps({**self.spec, "socket": number}).encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            # It ended at once; that is seen when it is looked after.
            pass
        return process


@dataclass(slots=True)
class _Process:
    """A process that serves: `failed` of those in its place ended before it without ever having served."""

    process: "subprocess.Popen[bytes]"
    failed: int = 0
    ended: float | None = None
    ready: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        threading.Thread(target=self._listen, daemon=True, name="dateline-worker").start()

    def _listen(self) -> None:
        # It says one line once it serves, and nothing else.
        stream = self.process.stdout
        if stream is not None and stream.readline():
            self.ready.set()

    def close(self) -> None:
        """Close what leads to it; where it still runs, that ends it at once."""
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue


def spec_of(desk: Desk, exposure: Any) -> dict[str, Any]:
    """Return what a process is told of the desk that it serves, as JSON values."""
    return {
        "folder": str(desk.folder),
        "settings": _plain(asdict(desk.settings)),
        "exposure": _plain(asdict(exposure)),
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, os.PathLike) else value for name, value in values.items()}
