"""The commands that publish a record and read others' data sets: `export`, `release` and `import`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from dateline import cli_publish_options as options
from dateline.cli_options import DEFAULT, RecordOption, folders_of, guarded

if TYPE_CHECKING:
    from dateline.intake.dataset_rows import Kind
    from dateline.model.event import Event
    from dateline.model.reading import Reading


class RecordAccess(Protocol):
    """What these commands need of a record; whoever opens records gives it to `register`."""

    def events_of(self, record: Path, as_of: date | None) -> "Sequence[Event]":
        """Return the events of a record as it stood at the end of a day; null: now."""
        ...

    def recipe_of(self, record: Path, as_of: date | None) -> Mapping[str, Any]:
        """Return what produced them, versions and settings, as JSON values."""
        ...

    def add_readings(self, record: Path, readings: "Iterable[Reading]", source: Path) -> int:
        """Add the readings of a data set's file to a record and return how many were new."""
        ...


def register(app: typer.Typer, access: RecordAccess) -> None:
    """Add the commands to an application; records are opened through `access`."""
    _register_export(app, access)
    _register_release(app, access)
    _register_import(app, access)


def _register_export(app: typer.Typer, access: RecordAccess) -> None:
    @app.command("export")
    def export(
        form: Annotated[
            str,
            typer.Option(
                "--format",
                "-f",
                metavar="FORMAT",
                help="csv, jsonl or parquet (a folder of tables); geojson, kml, acled, ged, timelinejs, claimreview or ftm.",
            ),
        ],
        out: Annotated[
            Path, typer.Option("--out", "-o", metavar="PATH", help="The file, or folder of tables, to write.")
        ],
        record: RecordOption = Path(DEFAULT),
        types: options.Types = None,
        first: options.From = None,
        last: options.To = None,
        countries: options.Countries = None,
        bbox: options.Bbox = None,
        near: options.Near = None,
        certainty: options.CertaintyOption = None,
        origins: options.Origins = 0,
        reviews: options.Reviews = None,
        reality: options.RealityOption = None,
        measures: options.Measures = None,
        as_of: options.AsOf = None,
        no_redact: options.NoRedact = False,
        coarsen: options.Coarsen = None,
        delay: options.Delay = 0,
        title: Annotated[str, typer.Option(metavar="TITLE", help="Title of a timeline.")] = "Dateline events",
        reviewer: Annotated[
            str, typer.Option(metavar="NAME", help="In whose name ClaimReview is published.")
        ] = "Dateline",
        codebook: options.Folders = None,
    ) -> None:
        """Write a record's events in a format of tables, maps or other projects.

        Names of private people are taken out unless --no-redact is given. Beside the output stands a metadata file that
        says what was filtered and held back. Exit code: 0 if it was written, 1 if not, 2 for wrong usage.
        """
        from dateline.export.book import load_export_book
        from dateline.export.filters import check_filter, filter_to_json, filtered
        from dateline.export.formats import FORMS, Naming, write_export
        from dateline.export.protect import protect, protections_to_json

        if form not in FORMS:
            raise typer.BadParameter(f"{form!r} is none of {', '.join(FORMS)}", param_hint="--format")
        wanted = options.filter_of(
            types=types, first=first, last=last, countries=countries, bbox=bbox, near=near, certainty=certainty,
            origins=origins, reviews=reviews, reality=reality, measures=measures,
        )  # fmt: skip
        protections = options.protections_of(no_redact=no_redact, coarsen=coarsen, delay=delay, as_of=as_of)
        folders = folders_of(codebook)

        def run() -> int:
            book = load_export_book(folders)
            check_filter(wanted, book.types, (*book.states, *book.actors.actors))
            passed = filtered(access.events_of(record, as_of), wanted)
            protected = protect(passed, protections, book)
            metadata = {
                "as_of": as_of.isoformat() if as_of else None,
                "recipe": {**access.recipe_of(record, as_of), "export_codebook": book.digest},
                "filter": filter_to_json(wanted),
                "protections": protections_to_json(protections, protected),
            }
            naming = Naming(title=title, reviewer=reviewer)
            left_out = write_export(form, protected.events, out, metadata, book=book, naming=naming)
            what = (
                "unreviewed claims" if form == "claimreview" else "events that have no place in this format"
            )
            typer.echo(f"{out}: {len(protected.events):,} events", err=True)
            if left_out:
                typer.echo(f"left out: {left_out:,} {what}", err=True)
            _say_protections(protected.names, protected.delayed, redacted=protections.redact)
            return 0

        raise typer.Exit(guarded(run))


def _register_release(app: typer.Typer, access: RecordAccess) -> None:
    @app.command("release")
    def release(
        name: Annotated[
            str | None,
            typer.Argument(metavar="[NAME]", help="Title of the release; its folder is named after it."),
        ] = None,
        record: RecordOption = Path(DEFAULT),
        into: Annotated[
            Path, typer.Option(metavar="FOLDER", help="The folder in which releases are numbered.")
        ] = Path("releases"),
        publisher: Annotated[
            str, typer.Option(metavar="NAME", help="Who publishes it.")
        ] = "the keepers of this record",
        licence: Annotated[
            str, typer.Option(metavar="NAME", help="Licence of the tables, as SPDX names it.")
        ] = "CC-BY-4.0",
        verify: Annotated[
            Path | None,
            typer.Option(
                metavar="RELEASE", help="Check a release against its manifest instead of making one."
            ),
        ] = None,
        types: options.Types = None,
        first: options.From = None,
        last: options.To = None,
        countries: options.Countries = None,
        bbox: options.Bbox = None,
        near: options.Near = None,
        certainty: options.CertaintyOption = None,
        origins: options.Origins = 0,
        reviews: options.Reviews = None,
        reality: options.RealityOption = None,
        measures: options.Measures = None,
        as_of: options.AsOf = None,
        no_redact: options.NoRedact = False,
        coarsen: options.Coarsen = None,
        delay: options.Delay = 0,
        codebook: options.Folders = None,
    ) -> None:
        """Write a numbered release with all tables, data dictionary, page and manifest, or check one with --verify.

        The same record, options and earlier releases give the same bytes. Exit code: 0 if it was written or is sound, 1 if
        not, 2 for wrong usage.
        """
        if verify is not None:
            if name is not None:
                raise typer.BadParameter("checks a release; leave NAME out", param_hint="--verify")
            raise typer.Exit(guarded(lambda: _verify(verify)))
        if name is None:
            raise typer.BadParameter("a release needs a NAME; or give --verify RELEASE")
        wanted = options.filter_of(
            types=types, first=first, last=last, countries=countries, bbox=bbox, near=near, certainty=certainty,
            origins=origins, reviews=reviews, reality=reality, measures=measures,
        )  # fmt: skip
        protections = options.protections_of(no_redact=no_redact, coarsen=coarsen, delay=delay, as_of=as_of)
        folders = folders_of(codebook)
        called = name

        def run() -> int:
            from dateline.export.book import load_export_book
            from dateline.export.filters import check_filter
            from dateline.export.release import ReleaseNote, make_release

            book = load_export_book(folders)
            check_filter(wanted, book.types, (*book.states, *book.actors.actors))
            note = ReleaseNote(
                title=called, as_of=as_of or options.today(), publisher=publisher, licence=licence,
                recipe=access.recipe_of(record, as_of),
            )  # fmt: skip
            made = make_release(
                access.events_of(record, as_of), into, note, book=book, wanted=wanted,
                protections=protections,
            )  # fmt: skip
            typer.echo(str(made))
            return 0

        raise typer.Exit(guarded(run))


def _verify(folder: Path) -> int:
    from dateline.export.release import verify_release

    faults = verify_release(folder)
    for fault in faults:
        typer.echo(str(fault))
    if not faults:
        typer.echo(f"{folder} is as its manifest says")
    return 1 if faults else 0


def _register_import(app: typer.Typer, access: RecordAccess) -> None:
    @app.command("import")
    def import_rows(
        files: Annotated[
            list[Path],
            typer.Argument(metavar="FILE…", help="CSV files of ACLED, UCDP GED or VIINA.", exists=False),
        ],
        form: Annotated[
            str | None,
            typer.Option(
                "--format",
                "-f",
                metavar="FORMAT",
                help="acled, ged or viina; told by the header if not given.",
            ),
        ] = None,
        record: Annotated[
            Path | None,
            typer.Option(
                metavar="RECORD", help="Add the readings to this record; without it they are printed."
            ),
        ] = None,
        codebook: options.Folders = None,
    ) -> None:
        """Read rows of other data sets as reports of theirs, to compare with one's own record.

        Each row becomes a report of the data set with one claim, attributed to the set and to the source that it names.
        Names of military units and columns of orders of battle are left out. Without --record one reading a line is printed
        as JSON. Exit code: 0 if all was read, 1 if any row or file failed, 2 for wrong usage.
        """
        from dateline.intake.dataset_rows import FORMATS

        kinds = tuple(known.kind for known in FORMATS)
        if form is not None and form not in kinds:
            raise typer.BadParameter(f"{form!r} is none of {', '.join(kinds)}", param_hint="--format")
        folders = folders_of(codebook)
        kind = next((known.kind for known in FORMATS if known.kind == form), None)
        codes = [guarded(lambda path=path: _import(path, kind, record, folders, access)) for path in files]  # type: ignore[misc]
        raise typer.Exit(max(codes, default=0))


def _import(
    path: Path, kind: "Kind | None", record: Path | None, folders: tuple[Path, ...], access: RecordAccess
) -> int:
    from dateline.intake.arrival import FailedInput
    from dateline.intake.datasets import dataset_rows, kind_of
    from dateline.wire import json_line

    failed = units = 0
    try:
        typer.echo(f"{path}: read as {kind or kind_of(path)}", err=True)
    except OSError as error:
        typer.echo(f"dateline: {path}: cannot be read ({error.strerror or error}); check the path", err=True)
        return 1

    def readings() -> "Iterator[Reading]":
        nonlocal failed, units
        for found in dataset_rows(path, kind, folders):
            if isinstance(found, FailedInput):
                failed += 1
                typer.echo(f"dateline: {found}", err=True)
                continue
            units += any(problem.code == "units-left-out" for problem in found.problems)
            yield found

    if record is None:
        for reading in readings():
            typer.echo(json_line(reading))
    else:
        typer.echo(f"{path}: {access.add_readings(record, readings(), path):,} readings added", err=True)
    if units:
        typer.echo(f"{path}: names of military units were left out of {units:,} rows", err=True)
    return 1 if failed else 0


def _say_protections(names: int, delayed: int, *, redacted: bool) -> None:
    if redacted:
        typer.echo(f"names of private people taken out: {names:,}", err=True)
    else:
        typer.echo("names of private people are in it (--no-redact)", err=True)
    if delayed:
        typer.echo(f"held back as too fresh: {delayed:,} events", err=True)
