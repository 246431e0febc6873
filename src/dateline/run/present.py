"""Read files and present them as they are read: view, JSON Lines, HTML page; notes and progress on stderr."""

import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dateline.errors import DatelineError
from dateline.intake.arrival import FailedInput
from dateline.model.reading import Reading
from dateline.run.local import read_files
from dateline.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What to show: JSON Lines or the view on stdout, a page in a file, nothing for people if quiet."""

    as_json: bool = False
    html: Path | None = None
    colour: bool = True
    quiet: bool = False


def present(files: Sequence[str], settings: Settings, output: Output) -> int:
    """Read the files and present the readings; return 1 if any input failed, else 0.

    Raises DatelineError before anything is read when the page cannot be written or the codebook is faulty.
    """
    if output.html is not None:
        _check_writable(output.html)
    notes = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
    view = Console(
        no_color=not output.colour,
        color_system="auto" if output.colour else None,
        highlight=False,
        markup=False,
    )
    kept: list[Reading] = []
    failed = False
    with _progress(files, notes, output) as progress:
        for outcome in progress.track(
            read_files(files, settings), total=_total(files), description="reports"
        ):
            if isinstance(outcome, Reading):
                _show(outcome, view, output)
                if output.html is not None:
                    kept.append(outcome)
            elif isinstance(outcome, FailedInput):
                failed = True
                notes.print(f"dateline: {outcome}")
            elif not output.quiet:
                notes.print(f"dateline: {outcome}")
    if output.html is not None:
        from dateline.export.html import page

        _write(output.html, page(kept))
    return 1 if failed else 0


def _show(reading: Reading, view: Console, output: Output) -> None:
    if output.as_json:
        from dateline.wire import json_line

        sys.stdout.write(json_line(reading) + "\n")
    elif not output.quiet:
        from dateline.export.terminal import show

        show(reading, view)


def _progress(files: Sequence[str], notes: Console, output: Output) -> Progress:
    """Count the reports on stderr, if that is a terminal and the view does not show the progress itself."""
    shown = notes.is_terminal and not output.quiet and not (sys.stdout.isatty() and not output.as_json)
    several = len(files) > 1 or _total(files) is None
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=notes, transient=True, disable=not (shown and several))


def _total(files: Sequence[str]) -> int | None:
    """Return how many reports there are if each file is one, else null."""
    return (
        None
        if any(name == "-" or Path(name).suffix.lower() not in (".txt", ".html", ".htm") for name in files)
        else len(files)
    )


def _check_writable(path: Path) -> None:
    if path.is_dir():
        raise DatelineError(f"{path}: is a folder; name a file for the page, as in {path / 'page.html'}")
    if not path.absolute().parent.is_dir():
        raise DatelineError(f"{path}: there is no folder {path.absolute().parent}; make it first")
    if not os.access(path.absolute().parent, os.W_OK):
        raise DatelineError(f"{path}: the folder may not be written to; choose another")


def _write(path: Path, content: str) -> None:
    """Write a file whole or not at all: a page half written never replaces an older one."""
    handle, temporary = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise DatelineError(f"{path}: cannot be written ({error.strerror})") from None
