"""The commands that look at a record: search, stats, history, verify; and backup, which copies one."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli_options import (
    DEFAULT,
    AsOfOption,
    JsonOption,
    RecordOption,
    echo,
    echo_json,
    guarded,
    opened,
)


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
                echo_json(json.dumps({**fields, "published": day, "snippet": plain}, ensure_ascii=False))
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
