"""Ctrl-C between two steps and never within one: what is being written is written to its end first."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType


@dataclass(slots=True)
class Interrupts:
    """While open, holds back Ctrl-C (and a request to end, SIGTERM) in the parts that `held` marks."""

    asked: bool = False
    holding: bool = False

    @contextmanager
    def open(self) -> Iterator["Interrupts"]:
        """Handle the signals in this context; only the main thread of a program can."""
        if threading.current_thread() is not threading.main_thread():
            yield self
            return
        numbers = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self._handle) for number in numbers}
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let what is done in this context come to its end; raises KeyboardInterrupt then, if one was asked for."""
        self.holding = True
        try:
            yield
        finally:
            self.holding = False
        if self.asked:
            raise KeyboardInterrupt

    def _handle(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
        if not self.holding:
            raise KeyboardInterrupt
