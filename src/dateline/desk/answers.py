"""Answers kept for a while, so that what many ask is worked out once."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any


class Answers:
    """Keeps the newest answers by what they are the answer to; a key holds the version of what it was asked of."""

    def __init__(self, most: int = 200) -> None:
        self.most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, work: Callable[[], Any]) -> Any:
        """Return the answer to a key; worked out if it is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        answer = work()
        with self._lock:
            self._kept[key] = answer
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return answer
