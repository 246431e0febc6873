"""The commands of a record: add, search, stats, history, verify, backup, reread."""

import json
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli_options import (
    DEFAULT,
    AsOfOption,
    CodebookOption,
    JsonOption,
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
    settings = Settings(
        published=published, publisher=publisher, as_of=as_of, codebook_folders=folders_of(codebook),
        columns=_columns(column), allow_private=allow_private,
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


def search(
    query: Annotated[
        list[str],
        typer.Argument(
            metavar="QUERY…",
            help='Words that must all be there; "a phrase" in quote marks, a minus before what may not be there '
            "(behind --), a * behind a beginning.",
        ),
    ],
    record: RecordOption = Path(DEFAULT),
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="At most so many reports.")] = 20,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Search titles and texts, without regard to case and accents; the best first.

    Exit code: 0 if any report was found, 1 if none was.
    """
    raise typer.Exit(guarded(lambda: _search(" ".join(query), record, limit, as_of, as_json)))


def _search(query: str, folder: Path, limit: int, as_of: date | None, as_json: bool) -> int:
    from dateline.store.words import FOUND

    with opened(folder).view(as_of) as view:
        found = view.search(query, limit=limit)
        for report_id, snippet in found:
            report = view.report(report_id)
            if as_json:
                fields = {"report": report_id, "title": report.title, "publisher": report.publisher}
                day = report.published.isoformat() if report.published else None
                plain = "".join(letter for letter in snippet if letter not in FOUND)
                echo(json.dumps({**fields, "published": day, "snippet": plain}, ensure_ascii=False))
                continue
            head = "  ".join(
                filter(None, (report_id, str(report.published or "no date"), report.publisher, report.title))
            )
            echo(" ".join(head.split()))
            echo("    " + " ".join(snippet.replace(FOUND[0], "[").replace(FOUND[1], "]").split()))
    if not found:
        typer.echo("no report has these words", err=True)
    return 0 if found else 1


def stats(
    record: RecordOption = Path(DEFAULT), as_of: AsOfOption = None, as_json: JsonOption = False
) -> None:
    """Count what a record holds: reports, claims by type, reviews, originals, publishers, days."""
    raise typer.Exit(guarded(lambda: _stats(record, as_of, as_json)))


def _stats(folder: Path, as_of: date | None, as_json: bool) -> int:
    with opened(folder).view(as_of) as view:
        told = view.stats()
    if as_json:
        typer.echo(json.dumps(told, indent=1, ensure_ascii=True))
        return 0
    lines: list[tuple[str, Any]] = [
        ("reports", f"{told['reports']:,} ({told['without_date']:,} without a date)"),
        ("published", f"{told['first_published'] or '—'} to {told['last_published'] or '—'}"),
        ("publishers", f"{len(told['publishers']):,}"),
        ("came", f"{told['arrivals']:,} ways"),
        ("readings", f"{told['readings']:,} by {told['recipes']:,} recipes"),
        ("claims", f"{told['claims']:,} in the newest readings"),
        *((f"  {kind}", f"{count:,}") for kind, count in told["claims_by_type"].items()),
        ("reviews", f"{told['reviews']:,}"),
        ("originals", f"{told['originals']:,}, {told['original_bytes'] / 1e6:,.1f} MB"),
        ("database", f"{told['database_bytes'] / 1e6:,.1f} MB"),
        ("history", f"{told['steps']:,} steps, the last at {told['last_added'] or '—'}"),
        ("head", told["head"] or "—"),
    ]
    for name, value in lines:
        typer.echo(f"{name:<24}{value}")
    return 0


def history(
    record: RecordOption = Path(DEFAULT),
    after: Annotated[int, typer.Option(metavar="NUMBER", min=0, help="Only steps behind this one.")] = 0,
    last: Annotated[
        int | None, typer.Option("--last", "-n", metavar="N", min=1, help="Only the last so many steps.")
    ] = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the history of a record: what was added when, each step with its hash."""
    raise typer.Exit(guarded(lambda: _history(record, after, last, as_of, as_json)))


def _history(folder: Path, after: int, last: int | None, as_of: date | None, as_json: bool) -> int:
    with opened(folder).view(as_of) as view:
        if last is not None:
            after = max(after, view.stats()["steps"] - last)
        for step in view.history(after=after):
            at = step.at.isoformat(timespec="microseconds")
            if as_json:
                fields = {"number": step.number, "at": at, "kind": step.kind, "subject": step.subject}
                hashes = {"digest": step.digest, "previous": step.previous, "hash": step.hash}
                typer.echo(json.dumps({**fields, **hashes}))
            else:
                typer.echo(
                    f"{step.number:>8}  {at[:19]}  {step.kind:<9} {step.subject[:16]:<16}  {step.hash}"
                )
    return 0


def verify(
    record: RecordOption = Path(DEFAULT),
    head: Annotated[
        str | None,
        typer.Option(
            metavar="HASH",
            help="A hash that `verify` or `history` once printed: it must be in the history still.",
        ),
    ] = None,
) -> None:
    """Check a record against itself: originals, texts, quotes, readings, reviews, history, index, database.

    Exit code: 0 if there are no faults, 1 if there are any.
    """
    raise typer.Exit(guarded(lambda: _verify(record, head)))


def _verify(folder: Path, head: str | None) -> int:
    from dateline.run.summary import counted

    with opened(folder).view() as view:
        faults = 0
        for fault in view.verify():
            faults += fault.grave
            echo(f"{'' if fault.grave else 'note: '}{fault}")
        told = view.stats()
        if head is not None and all(step.hash != head for step in view.history()):
            faults += 1
            typer.echo(f"history: has no step with the hash {head}; steps were taken away or made anew")
    counts = ", ".join(
        counted(told[f"{noun}s"], noun) for noun in ("original", "report", "reading", "review", "step")
    )
    if faults:
        typer.echo(f"{counted(faults, 'fault')} in {counts}", err=True)
        return 1
    typer.echo(f"the record is sound: {counts}")
    typer.echo(f"head {told['head']}")
    return 0


def backup(
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="A new folder for the copy.")],
    record: RecordOption = Path(DEFAULT),
) -> None:
    """Copy a record, also while it is being added to, and verify the copy; nothing is overwritten."""
    raise typer.Exit(guarded(lambda: _backup(record, target)))


def _backup(folder: Path, target: Path) -> int:
    from dateline.run.summary import counted
    from dateline.store.sqlite import open_record

    opened(folder).backup(target)
    with open_record(target).view() as view:
        told = view.stats()
    counts = ", ".join(counted(told[f"{noun}s"], noun) for noun in ("report", "original"))
    typer.echo(f"{target} is a sound copy: {counts}")
    typer.echo(f"head {told['head']}")
    return 0


def reread(
    record: RecordOption = Path(DEFAULT),
    codebook: CodebookOption = None,
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
    settings = Settings(codebook_folders=folders_of(codebook))
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


def _columns(given: list[str] | None) -> tuple[tuple[str, str], ...]:
    pairs = [pair.partition("=") for pair in given or ()]
    for field, sign, name in pairs:
        if not (field and sign and name):
            raise typer.BadParameter(
                f"{field}{sign}{name!r}: write it as FIELD=NAME, as in text=body", param_hint="--column"
            )
    return tuple((field, name) for field, _, name in pairs)
