"""Keeps a desk fresh: sums up events that another process, a job or a decision changed, while people look on."""

import sys
from threading import Event as Signal
from threading import Thread

from dateline.desk.desk import Desk
from dateline.errors import DatelineError


class Keeper:
    """A thread that looks after a desk until it is stopped."""

    def __init__(self, desk: Desk, *, every_s: float = 1.0) -> None:
        self.desk, self.every_s = desk, every_s
        self._stop = Signal()
        self._thread = Thread(target=self._keep, name="keeper", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; waits for what is being done."""
        self._stop.set()
        self._thread.join(timeout=30)

    def _keep(self) -> None:
        while not self._stop.wait(self.every_s):
            try:
                if self.desk.counts().underived:
                    self.desk.refresh()
            except DatelineError as error:
                # The record is locked or was moved: told once each time, tried again.
                print(f"dateline: {error}", file=sys.stderr)
