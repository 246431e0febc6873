"""The command line: `dateline read` and `dateline codebook`."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline import cli_desk, cli_events, cli_people, cli_publish, cli_record
from dateline.cli_options import CodebookOption, ModelsOption, day_of, folders_of, guarded
from dateline.errors import DatelineError
from dateline.run.access import RecordAccess
from dateline.settings import Settings

if TYPE_CHECKING:
    from dateline.codebook.tables import Sources
    from dateline.codebook.types import EventType
    from dateline.reading.kit import Kit

app = typer.Typer(
    name="dateline",
    help="Read published reports of armed conflict as claims, each beside its exact words and who says it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
codebook_app = typer.Typer(
    help="Check and show the codebook of event types, words, actors and places.", no_args_is_help=True
)
app.add_typer(codebook_app, name="codebook")
cli_record.register(app)
cli_events.register(app)
cli_publish.register(app, RecordAccess())
cli_desk.register(app)
cli_people.register(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"dateline {version('dateline')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and leave."
        ),
    ] = False,
) -> None:
    """Read published reports of armed conflict as claims, each beside its exact words and who says it."""


@app.command()
def read(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE…",
            help="Reports: plain text, HTML, PDF, e-mail (.eml), tables (CSV, TSV, JSON Lines), feeds (RSS, Atom), "
            "web archives (WARC, WACZ); gzip, ZIP and folders of these; URLs; - for standard input.",
        ),
    ],
    published: Annotated[
        date | None,
        typer.Option(metavar="DATE", parser=day_of, help="Publication date, instead of what the files say."),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option(metavar="NAME", help="Name of the outlet, instead of what the files say.")
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="TITLE", help="Headline, instead of what the files say.")
    ] = None,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="Print JSON Lines, one reading a line, instead of the view for people."),
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="Also write all readings as one HTML page, which needs no network."),
    ] = None,
    as_of: Annotated[
        date | None,
        typer.Option(
            metavar="DATE",
            parser=day_of,
            help="Read as of this day: leave out reports published later; where a report has no "
            "publication date, resolve relative dates against this day.",
        ),
    ] = None,
    codebook: CodebookOption = None,
    models: ModelsOption = True,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=NAME",
            help="Column of a table that holds a field (text, lead, title, published, publisher, url), where its "
            "name does not tell; may be repeated.",
        ),
    ] = None,
    allow_private: Annotated[
        bool,
        typer.Option("--allow-private", help="Let URLs lead to addresses of your own network."),
    ] = False,
    no_color: Annotated[
        bool,
        typer.Option("--no-color", help="Mark words by signs instead of colours (also with NO_COLOR set)."),
    ] = False,
    quiet: Annotated[
        bool,
        typer.Option(
            "--quiet", "-q", help="Print nothing for people but errors: no view, no progress, no notes."
        ),
    ] = False,
) -> None:
    """Read reports and show the claims in them.

    Exit code: 0 if all was read, 1 if any report failed (the others are read all the same), 2 for wrong
    usage.
    """
    from dateline.intake.columns import parsed_columns
    from dateline.run.present import Output, present

    try:
        columns = parsed_columns(column or ())
    except DatelineError as error:
        raise typer.BadParameter(str(error)) from None
    settings = Settings(
        published=published,
        publisher=publisher,
        title=title,
        as_of=as_of,
        codebook_folders=folders_of(codebook),
        columns=columns,
        allow_private=allow_private,
        models=models,
    )
    if published is not None and as_of is not None and published > as_of:
        raise typer.BadParameter(f"--published {published} lies after --as-of {as_of}; nothing would be read")
    colour = not (no_color or os.environ.get("NO_COLOR"))
    output = Output(as_json=as_json, html=html, colour=colour, quiet=quiet)
    raise typer.Exit(guarded(lambda: present(files, settings, output)))


@codebook_app.command("check")
def codebook_check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="A folder to lay over the packaged codebook.")
    ] = None,
    examples: Annotated[
        bool,
        typer.Option("--examples/--no-examples", help="Also read every type's examples and counterexamples."),
    ] = True,
) -> None:
    """Report every fault of a codebook at once, with file and key.

    Exit code: 0 if there are none, 1 if there are any.
    """
    raise typer.Exit(guarded(lambda: _check(folder, examples)))


def _check(folder: Path | None, examples: bool) -> int:
    from dateline.codebook.check import check_examples, check_files
    from dateline.codebook.comparing import load_comparing
    from dateline.codebook.kinship import load_kinship
    from dateline.codebook.outlets import load_outlets
    from dateline.reading.kit import build_kit

    def build(sources: "Sources") -> "Kit":
        kit = build_kit(sources)
        load_kinship(sources, kit.types)
        load_outlets(sources)
        load_comparing(sources)
        return kit

    kit, faults = check_files((folder.resolve(),) if folder else (), build)
    if kit is not None and examples and not faults:
        faults = list(check_examples(kit.types, _reader(kit)))
    for fault in faults:
        typer.echo(str(fault))
    if faults:
        typer.echo(f"{len(faults)} fault{'s' if len(faults) > 1 else ''}", err=True)
        return 1
    count = len(kit.types) if kit else 0
    typer.echo(
        f"the codebook is sound: {count} event types{', all examples are read well' if examples else ''}"
    )
    return 0


def _reader(kit: "Kit") -> Callable[[str], frozenset[str]]:
    from dateline.model.text import Report
    from dateline.reading.read import read_report

    day = date(2024, 5, 10)

    def types_told(text: str) -> frozenset[str]:
        claims = read_report(Report(text=text, published=day, published_basis="given"), kit).claims
        told = (
            claim
            for claim in claims
            if claim.polarity == "positive"
            # A threat made is told, though what is threatened has not happened.
            and (claim.reality in ("happened", "ongoing") or claim.type == "state.threat")
        )
        return frozenset(claim.type for claim in told)

    return types_told


@codebook_app.command("show")
def codebook_show(
    name: Annotated[
        str | None, typer.Argument(metavar="[TYPE]", help="An event type; without one, all are listed.")
    ] = None,
    codebook: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FOLDER", help="Lay a folder of codebook files over the packaged ones; may be repeated."
        ),
    ] = None,
) -> None:
    """Print an event type in full: definition, maps to other codebooks, trigger words, examples."""
    folders = folders_of(codebook)
    raise typer.Exit(guarded(lambda: _show(name, folders)))


def _show(name: str | None, folders: tuple[Path, ...]) -> int:
    from dateline.codebook.tables import PACKAGED, Sources
    from dateline.codebook.triggers import load_triggers
    from dateline.codebook.types import load_types

    sources = Sources(folders=(PACKAGED, *folders))
    types = load_types(sources)
    if name is None:
        width = max(map(len, types))
        for kind, entry in types.items():
            typer.echo(f"{kind:{width}}  {entry.definition}")
        return 0
    if name not in types:
        near = ", ".join(kind for kind in types if kind.split(".")[0] == name.split(".")[0]) or ", ".join(
            types
        )
        raise typer.BadParameter(f"{name!r} is no event type; known are: {near}", param_hint="TYPE")
    triggers = [t for t in load_triggers(sources, frozenset(types)).triggers if t.type == name]
    typer.echo(_type_page(name, types[name], sorted({" ".join(trigger.words) for trigger in triggers})))
    return 0


def _type_page(name: str, entry: "EventType", words: list[str]) -> str:
    lines = [
        name,
        f"  {entry.definition}",
        "",
        "Not this type",
        f"  {entry.excludes}",
        "",
        "Nearest elsewhere",
    ]
    for book, value in (
        ("ACLED", entry.acled),
        ("PLOVER", entry.plover),
        ("CAMEO", entry.cameo),
        ("MUC-4", entry.muc4),
    ):
        lines.append(f"  {book:7} {value or '—'}")
    lines += ["", "Words that tell of it", f"  {', '.join(words) or '— (found by who or what was harmed)'}"]
    lines += ["", "Examples", *(f"  + {example.text} [{example.trigger}]" for example in entry.examples)]
    lines += ["", "Counterexamples", *(f"  - {example.text}" for example in entry.counterexamples)]
    return "\n".join(lines)
