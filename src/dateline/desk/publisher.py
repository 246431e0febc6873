"""Exports and releases of a desk: each made by a process of its own, a few at a time."""

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Semaphore, Thread

from dateline.desk.call import DeskError
from dateline.desk.publish_order import Order
from dateline.desk.words import N_

_AT_ONCE = 2
_LONGEST_S = 1_800


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """The release that is being made, or that could not be: its title, who asked for it and when, and the fault."""

    title: str
    who: str
    since: datetime
    fault: str | None = None


class Publisher:
    """Makes what is published from a record."""

    def __init__(self, record: Path, releases: Path) -> None:
        self.record, self.releases = record, releases
        self._exports = Semaphore(_AT_ONCE)
        self._lock = Lock()
        self._making: Making | None = None

    def export(self, order: Order) -> Path:
        """Write an export into a new temporary folder and return its file; whoever sent it calls `discard`."""
        if not self._exports.acquire(blocking=False):
            raise DeskError(N_("others' exports are being written; try again in a minute"), status=503)
        out = Path(tempfile.mkdtemp(prefix="dateline-export-"))
        try:
            return self._run(order, out)
        except BaseException:
            shutil.rmtree(out, ignore_errors=True)
            raise
        finally:
            self._exports.release()

    @staticmethod
    def discard(file: Path) -> None:
        """Take away an export that was sent."""
        shutil.rmtree(file.parent, ignore_errors=True)

    def making(self) -> Making | None:
        """Return the release that is being made, or the last one that could not be."""
        with self._lock:
            return self._making

    def release(self, order: Order, who: str) -> None:
        """Begin to make a release; raises DeskError while another is being made."""
        with self._lock:
            if self._making is not None and self._making.fault is None:
                raise DeskError(
                    N_("the release %(title)r is being made; wait until it is there"),
                    status=409,
                    title=self._making.title,
                )
            self._making = Making(title=order.title, who=who, since=datetime.now(UTC))
        Thread(target=self._release, args=(order, self._making), daemon=True, name="release").start()

    def _release(self, order: Order, making: Making) -> None:
        fault: Making | None = None
        try:
            self._run(order, self.releases)
        except (DeskError, OSError) as error:
            fault = Making(title=making.title, who=making.who, since=making.since, fault=str(error))
        with self._lock:
            self._making = fault

    def _run(self, order: Order, out: Path) -> Path:
        asked = {"record": str(self.record), "order": asdict(order), "out": str(out)}
        try:
            done = subprocess.run(
                [sys.executable, "-m", "dateline.desk.publish_process"],
                input=json.dumps(asked), capture_output=True, text=True, timeout=_LONGEST_S, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise DeskError(
                N_("that took longer than half an hour and was stopped; filter the events"), status=503
            ) from None
        try:
            answer = json.loads(done.stdout.splitlines()[-1])
        except (IndexError, json.JSONDecodeError):
            sys.stderr.write(done.stderr)
            raise DeskError(
                N_("it could not be written; the terminal of the desk says more"), status=500
            ) from None
        if "error" in answer:
            raise DeskError(N_("it could not be written: %(error)s"), error=answer["error"])
        return Path(answer["path"])
