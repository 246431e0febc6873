"""Many processes at one function: in order, never far ahead, and living on when a process dies."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Any, Generic, TypeVar

from dateline.errors import DatelineError

Task = TypeVar("Task")
Result = TypeVar("Result")
_TOGETHER = 8
_WINDOW = 3
_WINDOW_BYTES = 64_000_000
_TOGETHER_BYTES = 1_000_000
_MOST_DEATHS = 5


@dataclass(slots=True)
class _Slot(Generic[Task, Result]):
    """Tasks that a process does together, and what came of them; `ready` came without any work."""

    tasks: list[Task]
    size: int = 0
    future: Future[list[Result]] | None = None
    results: list[Result] | None = None


@dataclass(slots=True)
class Pool(Generic[Task, Result]):
    """Does tasks in `workers` processes, each prepared once by `set_up`; with one worker, in this process.

    `set_up`, `work` and `arguments` must be picklable. What `lost` makes of a task stands for its result when the
    process that does it dies each time. `size` tells how many bytes a task holds, so that few large ones are held; `slim`
    leaves out of it what the processes need not be sent.
    """

    workers: int
    set_up: Callable[..., None]
    arguments: tuple[Any, ...]
    work: Callable[[Task], Result]
    lost: Callable[[Task], Result]
    size: Callable[[Task], int]
    slim: Callable[[Task], Task]
    _executor: ProcessPoolExecutor | None = None
    _deaths: int = 0

    def map(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
        """Yield each task with its result, in the order of the tasks; they are taken only as they are needed."""
        if self.workers <= 1:
            self.set_up(*self.arguments)
            yield from ((task, self.work(task)) for task in tasks)
            return
        window: deque[_Slot[Task, Result]] = deque()
        try:
            for slot in self._slots(tasks):
                self._submit(slot, window)
                window.append(slot)
                while len(window) > self.workers * _WINDOW or sum(s.size for s in window) > _WINDOW_BYTES:
                    yield from self._first(window)
            while window:
                yield from self._first(window)
        finally:
            self.close()

    def close(self) -> None:
        """End the processes, as soon as each has done what it is at."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def _slots(self, tasks: Iterable[Task]) -> Iterator[_Slot[Task, Result]]:
        slot: _Slot[Task, Result] = _Slot(tasks=[])
        for task in tasks:
            slot.tasks.append(task)
            slot.size += self.size(task)
            if len(slot.tasks) == _TOGETHER or slot.size > _TOGETHER_BYTES:
                yield slot
                slot = _Slot(tasks=[])
        if slot.tasks:
            yield slot

    def _submit(self, slot: _Slot[Task, Result], window: deque[_Slot[Task, Result]]) -> None:
        if self._executor is None:
            self._executor = self._started(self.workers)
        try:
            slot.future = self._executor.submit(_work_all, self.work, list(map(self.slim, slot.tasks)))
        except BrokenProcessPool:
            self._recover(window)
            self._submit(slot, window)

    def _first(self, window: deque[_Slot[Task, Result]]) -> Iterator[tuple[Task, Result]]:
        slot = window[0]
        if slot.results is None and slot.future is not None:
            try:
                slot.results = slot.future.result()
                self._deaths = 0
            except BrokenProcessPool:
                self._recover(window)
        window.popleft()
        yield from zip(slot.tasks, slot.results or [], strict=True)

    def _started(self, workers: int) -> ProcessPoolExecutor:
        # Each process works on one core; libraries that take all of them would only be in each other's way.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        return ProcessPoolExecutor(
            workers, mp_context=context, initializer=_prepare, initargs=(self.set_up, self.arguments)
        )

    def _recover(self, window: deque[_Slot[Task, Result]]) -> None:
        """Do again, each alone, what was under way when a process died: so only what kills one is lost."""
        self._deaths += 1
        if self._deaths > _MOST_DEATHS:
            raise DatelineError(
                "the processes that read the reports die one after another before they have read any; there may be "
                "too little memory: try fewer with --workers"
            )
        self.close()
        for slot in window:
            if slot.results is None and slot.future is not None:
                slot.results = self._alone(slot.tasks)

    def _alone(self, tasks: list[Task]) -> list[Result]:
        try:
            with self._started(1) as executor:
                return executor.submit(_work_all, self.work, list(map(self.slim, tasks))).result()
        except BrokenProcessPool:
            if len(tasks) == 1:
                return [self.lost(tasks[0])]
            return [result for task in tasks for result in self._alone([task])]


def _work_all(work: Callable[[Task], Result], tasks: list[Task]) -> list[Result]:
    return [work(task) for task in tasks]


def _prepare(set_up: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    """Prepare a worker: it leaves Ctrl-C to the process that started it, and ends when that one does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    set_up(*arguments)


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
