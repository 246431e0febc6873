"""The commands of a record: those that add to it stand here, those that look at it in cli_look.py."""

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli_look import backup, history, search, stats, verify
from dateline.cli_options import (
    DEFAULT,
    CodebookOption,
    ModelsOption,
    QuietOption,
    RecordOption,
    WorkersOption,
    day_of,
    echo,
    folders_of,
    guarded,
    opened,
)  # fmt: skip
from dateline.errors import DatelineError
from dateline.settings import Settings

if TYPE_CHECKING:
    from dateline.run.reread import Reread
    from dateline.run.summary import Summary

# Of more unreadable inputs than this only the first are named, unless all are asked for.
_NAMED = 20


def register(app: typer.Typer) -> None:
    """Add the commands of a record to the command line."""
    for command in (add, search, stats, history, verify, backup, reread):
        app.command(command.__name__)(command)


def add(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT…",
            help="Files of any format that is read, folders, archives, URLs; - for standard input.",
        ),
    ],
    record: RecordOption = Path(DEFAULT),
    published: Annotated[
        date | None,
        typer.Option(metavar="DATE", parser=day_of, help="Publication date, instead of what the inputs say."),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option(metavar="NAME", help="Name of the outlet, instead of what the inputs say.")
    ] = None,
    as_of: Annotated[
        date | None,
        typer.Option(
            metavar="DATE",
            parser=day_of,
            help="Leave out reports published later; where a report has no publication date, resolve relative "
            "dates against this day.",
        ),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=NAME",
            help="Which column of a table holds a field (text, lead, title, published, publisher, url); "
            "may be repeated.",
        ),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also fetch from addresses of your own network.")
    ] = False,
    codebook: CodebookOption = None,
    models: ModelsOption = True,
    workers: WorkersOption = None,
    failures: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write every unreadable input and the reason to this file."),
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Name every unreadable input, however many there are.")
    ] = False,
    quiet: QuietOption = False,
) -> None:
    """Read reports into a record, which is made if it is missing.

    What is committed stays: after Ctrl-C or a crash the same command goes on where it stopped, and a report that
    is there already is not read again. Originals are kept as they came.

    Exit code: 0 if all was read, 1 if any input failed (the others are in all the same), 2 for wrong usage, 130
    after Ctrl-C.
    """
    from dateline.intake.columns import parsed_columns

    try:
        columns = parsed_columns(column or ())
    except DatelineError as error:
        raise typer.BadParameter(str(error)) from None
    if published is not None and as_of is not None and published > as_of:
        raise typer.BadParameter(
            f"--published {published} lies after --as-of {as_of}; nothing would be added"
        )
    settings = Settings(
        published=published, publisher=publisher, as_of=as_of, codebook_folders=folders_of(codebook),
        columns=columns, allow_private=allow_private, models=models,
    )  # fmt: skip
    raise typer.Exit(guarded(lambda: _add(inputs, record, settings, workers, failures, verbose, quiet)))


def _add(
    inputs: list[str],
    folder: Path,
    settings: Settings,
    workers: int | None,
    failures: Path | None,
    verbose: bool,
    quiet: bool,
) -> int:
    from rich.console import Console

    from dateline.run.add import add
    from dateline.run.progress import Bar, total_bytes
    from dateline.store.sqlite import open_record

    record = open_record(folder, must_exist=False)
    console = Console(stderr=True, quiet=quiet)
    total = total_bytes(inputs) if console.is_terminal and not quiet else None
    with Bar(console, total, in_bytes=True) as bar:
        summary = add(inputs, record, settings, workers=workers or os.cpu_count() or 1, told=bar)
    _show_failures(summary, failures, verbose)
    if not quiet:
        for line in (
            *summary.lines(),
            *(f"columns of {name}: {told}" for name, told in summary.columns.items()),
        ):
            typer.echo(line)
        if summary.interrupted:
            typer.echo(f"stopped: all of this is in {folder}; run the same command again to go on", err=True)
    return 130 if summary.interrupted else 1 if summary.failed else 0


def _show_failures(summary: "Summary", path: Path | None, verbose: bool) -> None:
    failed = [str(each) for each in summary.failed]
    if path is not None:
        try:
            path.write_text("".join(f"{line}\n" for line in failed), encoding="utf-8", errors="replace")
        except OSError as error:
            raise DatelineError(f"{path}: cannot be written ({error.strerror})") from None
    shown = failed if verbose else failed[:_NAMED]
    for line in shown:
        echo(f"dateline: {line}", err=True)
    if len(shown) < len(failed):
        hint = f"all are in {path}" if path else "see all with --verbose, or write them with --failures FILE"
        typer.echo(f"dateline: and {len(failed) - len(shown):,} more; {hint}", err=True)


def reread(
    record: RecordOption = Path(DEFAULT),
    codebook: CodebookOption = None,
    models: ModelsOption = True,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would change; nothing is written.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Print every change, and not only examples.")] = False,
    workers: WorkersOption = None,
    quiet: QuietOption = False,
) -> None:
    """Read all reports again that this Dateline and codebook have not read yet, and tell what that changes.

    The older readings stay. Exit code: 0 if all was read, 1 if any report failed, 130 after Ctrl-C; the same command
    goes on where it stopped.
    """
    settings = Settings(codebook_folders=folders_of(codebook), models=models)
    raise typer.Exit(guarded(lambda: _reread(record, settings, workers, dry_run, diff, quiet)))


def _reread(
    folder: Path, settings: Settings, workers: int | None, dry_run: bool, diff: bool, quiet: bool
) -> int:
    from rich.console import Console

    from dateline.run.change_lines import change_lines, reread_lines
    from dateline.run.changes import Change
    from dateline.run.progress import Bar
    from dateline.run.reread import reread

    record = opened(folder)

    def show(change: Change) -> None:
        if diff:
            for line in change_lines(change):
                echo(line)

    with record.view() as view:
        total = sum(1 for _ in view.report_ids())
    with Bar(Console(stderr=True, quiet=quiet), total, in_bytes=False) as bar:
        result: Reread = reread(
            record, settings, workers=workers or os.cpu_count() or 1, dry_run=dry_run, told=bar, shown=show
        )
    for failed in result.failed:
        echo(f"dateline: {failed}", err=True)
    if not quiet:
        for line in reread_lines(result, dry_run=dry_run, examples=not diff):
            echo(line)
        if result.interrupted:
            typer.echo("stopped: run the same command again to go on", err=True)
    return 130 if result.interrupted else 1 if result.failed else 0
