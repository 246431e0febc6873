"""What the commands of a record share: their options, the record they open, and how they print and fail."""

import os
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.errors import DatelineError

if TYPE_CHECKING:
    from dateline.store.sqlite import Record

DEFAULT = "record"
# Control characters, signs that turn the direction of writing, and halves of surrogate pairs.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def day_of(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise typer.BadParameter(f"{written!r} is no day of the calendar; write it as YYYY-MM-DD") from None


RecordOption = Annotated[
    Path,
    typer.Option(
        "--record", "-r", metavar="FOLDER", envvar="DATELINE_RECORD", help="The folder of the record."
    ),
]
AsOfOption = Annotated[
    date | None,
    typer.Option(
        "--as-of", metavar="DATE", parser=day_of, help="What was recorded by the end of this day (UTC)."
    ),
]
CodebookOption = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="FOLDER", help="Lay a folder of codebook files over the packaged ones; may be repeated."
    ),
]
ModelsOption = Annotated[
    bool,
    typer.Option(
        "--models/--rules-alone",
        envvar="DATELINE_MODELS",
        help="Let the trained encoder read beside the rules, where it is installed; --rules-alone is twice as fast.",
    ),
]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        "--workers", metavar="N", min=1, help="How many processes read; without it one for each core."
    ),
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print nothing for people but errors: no progress, no summary.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of lines for people.")]


def opened(folder: Path) -> "Record":
    from dateline.errors import StoreError
    from dateline.store.sqlite import open_record

    if not folder.exists():
        raise StoreError(
            f"{folder}: there is no record here; make one with `dateline add --record {folder} FILE…`, or name "
            "another with --record or DATELINE_RECORD"
        )
    return open_record(folder)


def folders_of(paths: list[Path] | None) -> tuple[Path, ...]:
    for path in paths or ():
        if not path.is_dir():
            raise typer.BadParameter(
                f"{path} is no folder; name a folder with codebook files", param_hint="--codebook"
            )
    return tuple(path.resolve() for path in paths or ())


def echo(line: str, *, err: bool = False) -> None:
    """Print a line without what would steer a terminal or be no text: names of files can hold anything."""
    typer.echo(_STEERING.sub("\ufffd", line), err=err)


def echo_json(line: str) -> None:
    """Print a line of JSON; what would steer a terminal is escaped, so that the values stay exact."""
    typer.echo(_STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", line))


def one_of(option: str, value: str | None, known: tuple[str, ...]) -> None:
    """Refuse a value of an option or argument that is none of those known."""
    if value is not None and value not in known:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(known)}", param_hint=option)


def guarded(command: Callable[[], int]) -> int:
    """Run a command; turn the errors raised on purpose into a message and exit code 1, Ctrl-C into 130."""
    try:
        return command()
    except DatelineError as error:
        echo(f"dateline: {error}", err=True)
        return 1
    except KeyboardInterrupt:
        typer.echo("stopped", err=True)
        return 130
    except BrokenPipeError:
        # Whoever read our output has left; say nothing more, also not when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
