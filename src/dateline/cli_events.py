"""The commands of events: link, events, event, figures, copies; what a person decides stands in cli_decide.py."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli_decide import merge, pin, review, split, undo
from dateline.cli_options import (
    DEFAULT,
    AsOfOption,
    JsonOption,
    QuietOption,
    RecordOption,
    day_of,
    echo,
    echo_json,
    guarded,
    one_of,
    opened,
)

if TYPE_CHECKING:
    from dateline.export.filters import Filter
    from dateline.model.event import Event
    from dateline.model.text import Report
    from dateline.run.events import Events
    from dateline.store.sqlite import Record

TypeOption = Annotated[
    list[str] | None,
    typer.Option("--type", metavar="TYPE", help='Events of a type or family ("strike"); may be repeated.'),
]
PlaceOption = Annotated[
    str | None, typer.Option("--place", metavar="NAME", help="Events at a place of this name, or within it.")
]
CountryOption = Annotated[
    list[str] | None,
    typer.Option(
        "--country", metavar="CODE", help="Events in a country, by its ISO 3166 code; may be repeated."
    ),
]
FromOption = Annotated[
    date | None, typer.Option("--from", metavar="DATE", parser=day_of, help="Events on this day or later.")
]
ToOption = Annotated[
    date | None, typer.Option("--to", metavar="DATE", parser=day_of, help="Events on this day or earlier.")
]
OriginsOption = Annotated[
    int, typer.Option("--min-origins", metavar="N", min=0, help="Events with at least N independent origins.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of events to the command line."""
    for command in (link, events, event, figures, copies, merge, split, pin, review, undo):
        app.command(command.__name__)(command)


def link(
    record: RecordOption = Path(DEFAULT),
    anew: Annotated[
        bool, typer.Option("--anew", help="Join everything again, and not only what is new.")
    ] = False,
    quiet: QuietOption = False,
) -> None:
    """Join the claims of a record into events, and find the reports that copy one another.

    Only what is new and what it touches is joined; an event that is there may grow, and is never taken apart by the
    machine. After Ctrl-C or a crash the same command goes on where it stopped.
    """
    raise typer.Exit(guarded(lambda: _link(record, anew, quiet)))


def _link(folder: Path, anew: bool, quiet: bool) -> int:
    from dateline.run.link import link, load_link_kit
    from dateline.run.progress import counting

    record = opened(folder)
    with counting("reports linked", quiet=quiet) as told:
        summary = link(record, load_link_kit(), anew=anew, progress=told)
    if not quiet:
        words = f"{summary.reports:,} reports linked, {summary.episodes:,} occurrences told in them"
        if summary.decisions:
            words += f", {summary.decisions:,} decisions of people taken in"
        with_events = _count_events(record)
        echo(f"{words}; {with_events:,} events in the record" if summary.reports or summary.decisions
             else f"nothing new to link; {with_events:,} events in the record")  # fmt: skip
    return 0


def _count_events(record: "Record") -> int:
    from dateline.store.linked import Linked

    connection = record.connection()
    try:
        return sum(1 for _ in Linked(connection).event_ids())
    finally:
        connection.close()


def events(
    record: RecordOption = Path(DEFAULT),
    kind: TypeOption = None,
    place: PlaceOption = None,
    country: CountryOption = None,
    start: FromOption = None,
    end: ToOption = None,
    origins: OriginsOption = 0,
    contradicted: Annotated[
        bool, typer.Option("--contradicted", help="Only events whose claims contradict one another.")
    ] = False,
    limit: Annotated[
        int, typer.Option(metavar="N", min=1, help="Show no more than N events; --json prints all.")
    ] = 50,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """List events, those told in most reports first.

    Shown are the days, the toll of dead by UCDP's rule, independent origins and reports, and what happened.
    """
    wanted = _filter(kind, country, start, end, origins)
    raise typer.Exit(guarded(lambda: _events(record, wanted, place, contradicted, limit, as_of, as_json)))


def _filter(
    kind: list[str] | None, country: list[str] | None, start: date | None, end: date | None, origins: int
) -> "Filter":
    from dateline.export.filters import Filter, FilterError

    try:
        return Filter(
            types=tuple(kind or ()), countries=tuple(code.upper() for code in country or ()), start=start, end=end,
            origins=origins,
        )  # fmt: skip
    except FilterError as error:
        raise typer.BadParameter(str(error)) from None


def _events(
    folder: Path, wanted: "Filter", place: str | None, contradicted: bool, limit: int, as_of: date | None,
    as_json: bool,
) -> int:  # fmt: skip
    from rich.console import Console

    from dateline.export.event_json import event_line
    from dateline.export.terminal_events import show_events
    from dateline.run.events import Events, at_place

    with Events(opened(folder), as_of=as_of) as found:
        _warn_unlinked(found)
        shown: list[Event] = []
        more = 0
        for one in found.events():
            if not wanted.matches(one) or (place and not at_place(one, place)):
                continue
            if contradicted and not one.contradictions:
                continue
            if as_json:
                echo_json(event_line(one))
            elif len(shown) < limit:
                shown.append(one)
            else:
                more += 1
    if not as_json:
        show_events(shown, Console(highlight=False, markup=False), more=more)
    return 0


def _warn_unlinked(found: "Events") -> None:
    waiting = found.unlinked()
    if waiting:
        echo(f"dateline: {waiting:,} reports are not linked yet; `dateline link` joins them", err=True)


def event(
    name: Annotated[str, typer.Argument(metavar="ID", help="The event's id, or the beginning of it.")],
    record: RecordOption = Path(DEFAULT),
    pairs: Annotated[
        int, typer.Option(metavar="N", min=0, help="Show the evidence of the N strongest pairs in pieces.")
    ] = 3,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one event: what is said, by whom, figures by origin and day, contradictions, and why its claims are one."""
    raise typer.Exit(guarded(lambda: _event(name, record, pairs, as_of, as_json)))


def _event(name: str, folder: Path, pairs: int, as_of: date | None, as_json: bool) -> int:
    from rich.console import Console

    from dateline.export.event_json import event_to_json
    from dateline.export.terminal_event import show_event
    from dateline.export.terminal_links import links_to_json, show_links
    from dateline.run.events import Events

    with Events(opened(folder), as_of=as_of) as found:
        _warn_unlinked(found)
        one = found.event(name)
        links, near = found.links(one.id), found.neighbours(one.id, most=5)
        titles = {other.id: other.title for other in found.events([key for key, _ in near])}
    if as_json:
        value = {**event_to_json(one), **links_to_json(links, near)}
        echo_json(json.dumps(value, ensure_ascii=False))
        return 0
    console = Console(highlight=False, markup=False)
    show_event(one, console)
    show_links(
        one,
        links[:pairs],
        len(links),
        [(key, titles[key], link) for key, link in near if key in titles],
        console,
    )
    return 0


def figures(
    record: RecordOption = Path(DEFAULT),
    measure: Annotated[
        str, typer.Option(metavar="MEASURE", help="killed, wounded, captured, missing or displaced.")
    ] = "killed",
    of: Annotated[
        str | None,
        typer.Option(metavar="WHOM", help="Only of civilians, combatants or people not told apart."),
    ] = None,
    kind: TypeOption = None,
    place: PlaceOption = None,
    country: CountryOption = None,
    start: FromOption = None,
    end: ToOption = None,
    event_id: Annotated[
        str | None, typer.Option("--event", metavar="ID", help="The figures of one event.")
    ] = None,
    rule: Annotated[
        str, typer.Option(metavar="RULE", help="The rule of the running range: ucdp or conservative.")
    ] = "ucdp",
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what was said of a toll, by whom, in order of day, with the range as it stood then."""
    one_of(
        "--measure",
        measure,
        ("killed", "wounded", "captured", "missing", "displaced", "destroyed", "damaged"),
    )
    one_of("--of", of, ("civilians", "combatants", "people"))
    one_of("--rule", rule, ("ucdp", "conservative"))
    wanted = _filter(kind, country, start, end, 0)
    raise typer.Exit(
        guarded(lambda: _figures(record, measure, of, wanted, place, event_id, rule, as_of, as_json))
    )


def _figures(
    folder: Path, measure: str, of: str | None, wanted: "Filter", place: str | None, event_id: str | None, rule: str,
    as_of: date | None, as_json: bool,
) -> int:  # fmt: skip
    from typing import cast

    from rich.console import Console

    from dateline.export.event_json import series_line
    from dateline.export.terminal_event import show_series
    from dateline.linking.figures import figures_series
    from dateline.model.event import CountedOf, Rule
    from dateline.model.values import Measure
    from dateline.run.events import Events, at_place

    with Events(opened(folder), as_of=as_of) as found:
        _warn_unlinked(found)
        ids = None if event_id is None else [found.named(event_id)]
        chosen = [
            one
            for one in found.events(ids)
            if wanted.matches(one) and (place is None or at_place(one, place))
        ]
        books = found.books
    rows = figures_series(
        chosen, cast(Measure, measure), of=cast(CountedOf | None, of), rule=cast(Rule, rule), books=books
    )
    if as_json:
        for row in rows:
            echo_json(series_line(row))
    else:
        show_series(rows, Console(highlight=False, markup=False))
    return 0


def copies(
    record: RecordOption = Path(DEFAULT),
    report: Annotated[
        str | None,
        typer.Argument(metavar="[REPORT]", help="A report's id; without one, all groups are listed."),
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="Show no more than N groups.")] = 20,
) -> None:
    """List the reports that are copies of one another, each group by its earliest."""
    raise typer.Exit(guarded(lambda: _copies(record, report, limit)))


def _copies(folder: Path, report: str | None, limit: int) -> int:
    from dateline.store.linked_copies import LinkedCopies

    with opened(folder).view() as view:
        kept = LinkedCopies(view.connection)
        groups = kept.groups()
        if report is not None:
            own = kept.originals([view.report(report).id]).values()
            groups = [(key, count) for key, count in groups if key in own]
        for key, count in groups[:limit]:
            echo(f"{count} copies")
            for one in view.reports(kept.members(key)):
                echo(f"  {'*' if one.id == key else ' '} {one.id}  {_headed(one)}")
    if len(groups) > limit:
        echo(f"and {len(groups) - limit:,} groups more; --limit shows more")
    if not groups:
        echo("no copies were found" if report is None else f"no copies of {report} were found")
    return 0


def _headed(report: "Report") -> str:
    """Return a report's day, outlet and headline on one line."""
    day = report.published.isoformat() if report.published else "no date   "
    words = f"{report.publisher or '–'}: {report.title or report.name or 'untitled'}"
    return f"{day}  {' '.join(words.split())}"
