"""The command that serves the desk."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli_decide import person_named
from dateline.cli_options import DEFAULT, echo, guarded

if TYPE_CHECKING:
    from dateline.desk.desk import Desk
    from dateline.desk.serve import Exposure


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
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="The address to serve at; 0.0.0.0 is every one of this machine, and needs accounts.",
        ),
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="NAME", help="A host name that it answers to; may be repeated."),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Speak HTTPS with this certificate (PEM).")
    ] = None,
    key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The private key of the certificate (PEM).")
    ] = None,
    secure: Annotated[
        bool,
        typer.Option("--secure", help="A proxy before the desk speaks HTTPS: cookies for HTTPS alone."),
    ] = False,
    proxy: Annotated[
        list[str] | None,
        typer.Option(
            "--proxy",
            metavar="ADDRESS",
            help="With --secure: the address of the proxy, if not this machine; may be repeated.",
        ),
    ] = None,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Serve others without HTTPS: passwords travel readable.")
    ] = False,
    local: Annotated[
        bool,
        typer.Option("--local", help="No sign-in on this machine, also where there are accounts."),
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            max=64,
            help="How many processes serve; without it one for each core, at most 4.",
        ),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also fetch reports from addresses of your own network.")
    ] = False,
) -> None:
    """Serve the desk of a record to the browser: read, compare, review, publish. Ctrl-C stops it.

    Only this machine reaches it, unless --host says otherwise; then people need accounts, made with `dateline people`.
    """

    def run() -> int:
        from dateline.desk.serve import Exposure

        exposure = Exposure(
            host=host, names=tuple(name or ()), certificate=certificate, key=key, secure=secure, insecure=insecure,
            local=local, proxies=tuple(proxy or Exposure().proxies),
        )  # fmt: skip
        return _serve(record, port, browse, who, tiles, exposure, allow_private, workers)

    raise typer.Exit(guarded(run))


def _serve(
    folder: Path,
    port: int,
    browse: bool,
    who: str | None,
    tiles: str | None,
    exposure: "Exposure",
    allow_private: bool,
    workers: int | None,
) -> int:
    from dateline.desk.desk import Desk, DeskSettings
    from dateline.desk.serve import bound, check_exposure, serve
    from dateline.desk.workers import usual_workers
    from dateline.run.progress import counting

    settings = DeskSettings(
        who=person_named(who), tiles=tiles, hosts=exposure.hosts, secure=exposure.encrypted,
        loopback=not exposure.reached, local=exposure.local, allow_private=allow_private,
    )  # fmt: skip
    desk = Desk(folder, settings)
    check_exposure(exposure, desk.people, folder)
    listener = bound(exposure.host, port)
    if desk.counts().underived:
        with counting("events summed up", quiet=False) as told:
            desk.refresh(progress=told)

    def tell(address: str) -> None:
        echo(f"the desk of {folder} is at {address}  (Ctrl-C stops it)")
        for line in _warnings(desk, exposure):
            echo(line, err=True)

    serve(desk, listener, tell=tell, browse=browse, exposure=exposure, workers=workers or usual_workers())
    return 0


def _warnings(desk: "Desk", exposure: "Exposure") -> list[str]:
    lines = []
    if exposure.reached:
        lines.append(
            f"it answers to {', '.join(dict.fromkeys(exposure.hosts))}; others are added with --name"
        )
    if exposure.reached and not exposure.encrypted:
        lines.append(
            "without HTTPS, passwords and all that is read here travel readable to everybody on the way"
        )
    if not exposure.reached and not exposure.local and desk.people.any():
        lines.append("there are accounts: everybody signs in; --local serves this machine without")
    return lines
