"""The command that serves the desk."""

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli_decide import person_named
from dateline.cli_options import DEFAULT, echo, guarded


def register(app: typer.Typer) -> None:
    """Add the command of the desk to the command line."""
    app.command("serve")(serve)


def serve(
    record: Annotated[
        Path,
        typer.Argument(
            metavar="[RECORD]", envvar="DATELINE_RECORD", help="The folder of the record; made if missing."
        ),
    ] = Path(DEFAULT),
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help="The port; 0 takes any free one.")
    ] = 8321,
    browse: Annotated[
        bool, typer.Option("--browse/--no-browse", help="Open the browser at the desk.")
    ] = True,
    who: Annotated[
        str | None,
        typer.Option(
            "--who", metavar="NAME", envvar="DATELINE_WHO", help="Who decides; without it the user's name."
        ),
    ] = None,
    tiles: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Map tiles to ask for ({z}, {x}, {y} in it); without it no request leaves."
        ),
    ] = None,
) -> None:
    """Serve the desk of a record to the browser: read, compare, review, publish. Ctrl-C stops it."""
    raise typer.Exit(guarded(lambda: _serve(record, port, browse, who, tiles)))


def _serve(folder: Path, port: int, browse: bool, who: str | None, tiles: str | None) -> int:
    from dateline.desk.desk import Desk, DeskSettings
    from dateline.desk.serve import bound, serve
    from dateline.run.progress import counting

    listener = bound("127.0.0.1", port)
    desk = Desk(folder, DeskSettings(who=person_named(who), tiles=tiles))
    if desk.counts().underived:
        with counting("events summed up", quiet=False) as told:
            desk.refresh(progress=told)
    serve(
        desk,
        listener,
        tell=lambda address: echo(f"the desk of {folder} is at {address}  (Ctrl-C stops it)"),
        browse=browse,
    )
    return 0
