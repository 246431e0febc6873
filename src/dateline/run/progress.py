"""A bar on stderr, if that is a terminal: how many reports are in the record for good, how fast, how long still."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from dateline.intake.archive import is_hidden
from dateline.run.add import Committed


@dataclass(slots=True)
class Bar:
    """Shows what was committed; `total` is in bytes of the inputs, or in reports, null if not known."""

    console: Console
    total: int | None
    in_bytes: bool
    reports: int = 0
    progress: Progress | None = None

    def __enter__(self) -> "Bar":
        columns = (
            TextColumn("{task.fields[count]:,} reports kept"), BarColumn(), TextColumn("{task.fields[rate]:,.0f}/s"),
            TimeElapsedColumn(), *((TimeRemainingColumn(),) if self.total else ()),
        )  # fmt: skip
        # A redraw twice a second costs nothing that reading would miss.
        self.progress = Progress(
            *columns, console=self.console, transient=True, refresh_per_second=2,
            disable=not self.console.is_terminal,
        )  # fmt: skip
        self.progress.start()
        self.progress.add_task("", total=self.total, count=0, rate=0.0, start=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.progress is not None:
            self.progress.stop()

    def __call__(self, committed: Committed) -> None:
        """Show one more commit."""
        self.reports += len(committed.reports)
        if self.progress is None:
            return
        task = self.progress.tasks[0]
        elapsed = monotonic() - task.start_time if task.start_time is not None else 0.0
        self.progress.update(
            task.id,
            completed=committed.done_bytes if self.in_bytes else self.reports,
            count=self.reports,
            rate=self.reports / elapsed if elapsed > 0 else 0.0,
        )


def total_bytes(inputs: Iterable[str]) -> int | None:
    """Return how many bytes inputs have; null when one of them is a URL, a pipe or standard input."""
    total = 0
    for given in inputs:
        path = Path(given)
        if path.is_dir():
            for folder, folders, names in os.walk(path):
                folders[:] = [name for name in folders if not is_hidden(name)]
                total += sum(_size(Path(folder) / name) for name in names if not is_hidden(name))
        elif path.is_file():
            total += _size(path)
        else:
            return None
    return total


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


@contextmanager
def counting(words: str, *, quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on stderr, if that is a terminal, for work that tells how much is done of how much."""
    console = Console(stderr=True)
    columns = (
        TextColumn(words),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=quiet or not console.is_terminal
    ) as progress:
        task = progress.add_task(words, total=None)

        def told(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield told
