"""Exports and releases of a desk: each made by a process of its own, a few at a time; noted in the desk's database."""

import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from dateline.desk.call import DeskError
from dateline.desk.publish_order import Order
from dateline.desk.state import State
from dateline.desk.words import N_

_AT_ONCE = 2
_LONGEST_S = 1_800
_BEAT_S = 2.0
# What was not heard of for so long was left behind by a desk that was killed.
_LOST_S = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """The release that is being made, or that could not be: its title, who asked for it and when, and the fault."""

    title: str
    who: str
    since: datetime
    fault: str | None = None


class Publisher:
    """Makes what is published from a record."""

    def __init__(
        self, record: Path, releases: Path, state: State, clock: Callable[[], float] = time.time
    ) -> None:
        self.record, self.releases, self.state, self.clock = record, releases, state, clock

    def export(self, order: Order) -> Path:
        """Write an export into a new temporary folder and return its file; whoever sent it calls `discard`."""
        number = self._begin("export", order.title, "")
        try:
            out = Path(tempfile.mkdtemp(prefix="dateline-export-"))
            try:
                return self._run(order, out, number)
            except BaseException:
                shutil.rmtree(out, ignore_errors=True)
                raise
        finally:
            self._end(number)

    @staticmethod
    def discard(file: Path) -> None:
        """Take away an export that was sent."""
        shutil.rmtree(file.parent, ignore_errors=True)

    def making(self) -> Making | None:
        """Return the release that is being made, or the last one that could not be."""
        with self.state.connection() as connection:
            return self._newest(connection)

    def release(self, order: Order, who: str) -> None:
        """Begin to make a release; raises DeskError while another is being made."""
        number = self._begin("release", order.title, who)
        Thread(target=self._release, args=(order, number), daemon=True, name="release").start()

    def _release(self, order: Order, number: int) -> None:
        try:
            self._run(order, self.releases, number)
        except (DeskError, OSError) as error:
            with self.state.transaction() as connection:
                connection.execute("UPDATE published SET fault = ? WHERE number = ?", (str(error), number))
        else:
            self._end(number)

    def _begin(self, kind: str, title: str, who: str) -> int:
        """Note what is being made; raises DeskError where too much is already."""
        now = self.clock()
        with self.state.transaction() as connection:
            if kind == "export":
                (others,) = connection.execute(
                    "SELECT count(*) FROM published WHERE kind = 'export' AND beat >= ?", (now - _LOST_S,)
                ).fetchone()
                if others >= _AT_ONCE:
                    raise DeskError(
                        N_("others' exports are being written; try again in a minute"), status=503
                    )
            else:
                known = self._newest(connection)
                if known is not None and known.fault is None:
                    raise DeskError(
                        N_("the release %(title)r is being made; wait until it is there"),
                        status=409,
                        title=known.title,
                    )
            connection.execute(
                "DELETE FROM published WHERE kind = ? AND (kind = 'release' OR beat < ?)",
                (kind, now - _LOST_S),
            )
            number = connection.execute(
                "INSERT INTO published (kind, title, who, since, beat) VALUES (?,?,?,?,?)",
                (kind, title, who, now, now),
            ).lastrowid
        return int(number or 0)

    def _newest(self, connection: sqlite3.Connection) -> Making | None:
        row = connection.execute(
            "SELECT title, who, since, beat, fault FROM published WHERE kind = 'release' ORDER BY number DESC LIMIT 1"
        ).fetchone()
        if row is None:
            return None
        title, who, since, beat, fault = row
        if fault is None and beat < self.clock() - _LOST_S:
            fault = "the desk was stopped while it was being made"
        return Making(title=title, who=who, since=datetime.fromtimestamp(since, UTC), fault=fault)

    def _end(self, number: int) -> None:
        with self.state.transaction() as connection:
            connection.execute("DELETE FROM published WHERE number = ?", (number,))

    def _beat(self, number: int) -> None:
        with self.state.transaction() as connection:
            connection.execute("UPDATE published SET beat = ? WHERE number = ?", (self.clock(), number))

    def _run(self, order: Order, out: Path, number: int) -> Path:
        asked: str | None = json.dumps({"record": str(self.record), "order": asdict(order), "out": str(out)})
        until = time.monotonic() + _LONGEST_S
        with subprocess.Popen(
            [sys.executable, "-m", "dateline.desk.publish_process"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            try:
                while True:
                    try:
                        said, faults = process.communicate(asked, timeout=_BEAT_S)
                        break
                    except subprocess.TimeoutExpired:
                        asked = None
                        self._beat(number)
                        if time.monotonic() > until:
                            raise DeskError(
                                N_("that took longer than half an hour and was stopped; filter the events"),
                                status=503,
                            ) from None
            except BaseException:
                process.kill()
                raise
        try:
            answer = json.loads(said.splitlines()[-1])
        except (IndexError, json.JSONDecodeError):
            sys.stderr.write(faults)
            raise DeskError(
                N_("it could not be written; the terminal of the desk says more"), status=500
            ) from None
        if "error" in answer:
            raise DeskError(N_("it could not be written: %(error)s"), error=answer["error"])
        return Path(answer["path"])
