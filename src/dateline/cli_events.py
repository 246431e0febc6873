"""The commands of events: link, events, event, figures, copies, and what a person decides: merge, split, pin, undo."""

import json
from datetime import UTC, date, datetime
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dateline.cli_options import (
    DEFAULT,
    AsOfOption,
    JsonOption,
    QuietOption,
    RecordOption,
    day_of,
    echo,
    guarded,
    opened,
)

if TYPE_CHECKING:
    from dateline.export.filters import Filter
    from dateline.model.event import Event
    from dateline.model.review import Review, ReviewKind
    from dateline.run.events import Events
    from dateline.store.sqlite import Record

WhyOption = Annotated[
    str | None, typer.Option("--why", metavar="TEXT", help="The reason, kept with the decision.")
]
WhoOption = Annotated[
    str | None,
    typer.Option(
        "--who", metavar="NAME", envvar="DATELINE_WHO", help="Who decides; without it the user's name."
    ),
]
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
    int, typer.Option("--origins", metavar="N", min=0, help="Events with at least N independent origins.")
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
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="Show no more than N events.")] = 50,
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
                echo(event_line(one))
            elif len(shown) < limit:
                shown.append(one)
            else:
                more += 1
    if not as_json:
        show_events(shown, Console(highlight=False, markup=False), more=more)
    return 0


def _warn_unlinked(found: "Events") -> None:
    waiting = len(found.linked.pending())
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
        one = found.event(name)
        links, near = found.links(one.id), found.neighbours(one.id, most=5)
        titles = {other.id: other.title for other in found.events([key for key, _ in near])}
    if as_json:
        value = {**event_to_json(one), **links_to_json(links, near)}
        echo(json.dumps(value, ensure_ascii=False))
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
    _one_of(
        "--measure",
        measure,
        ("killed", "wounded", "captured", "missing", "displaced", "destroyed", "damaged"),
    )
    _one_of("--of", of, ("civilians", "combatants", "people"))
    _one_of("--rule", rule, ("ucdp", "conservative"))
    wanted = _filter(kind, country, start, end, 0)
    raise typer.Exit(
        guarded(lambda: _figures(record, measure, of, wanted, place, event_id, rule, as_of, as_json))
    )


def _one_of(option: str, value: str | None, known: tuple[str, ...]) -> None:
    if value is not None and value not in known:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(known)}", param_hint=option)


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
        ids = [found.named(event_id)] if event_id else None
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
            echo(series_line(row))
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

    record = opened(folder)
    with record.view() as view:
        kept = LinkedCopies(view.connection)
        groups = [
            (key, count) for key, count in kept.groups() if report is None or report in kept.members(key)
        ]
        for key, count in groups[:limit]:
            echo(f"{count} copies")
            for one in view.reports(kept.members(key)):
                mark = "*" if one.id == key else " "
                day = one.published.isoformat() if one.published else "no date   "
                echo(
                    f"  {mark} {one.id}  {day}  {one.publisher or '–'}: {one.title or one.name or 'untitled'}"
                )
        if len(groups) > limit:
            echo(f"and {len(groups) - limit:,} groups more; --limit shows more")
        if not groups:
            echo("no copies were found" if report is None else f"no copies of {report} were found")
    return 0


def merge(
    names: Annotated[list[str], typer.Argument(metavar="EVENT…", help="Ids of events that are one.")],
    record: RecordOption = Path(DEFAULT),
    why: WhyOption = None,
    who: WhoOption = None,
) -> None:
    """Decide that events are one; the id of the earliest stays, the others lead to it. `dateline undo` takes it back."""
    if len(names) < 2:
        raise typer.BadParameter("name two events or more", param_hint="EVENT…")
    raise typer.Exit(guarded(lambda: _merge(names, record, why, who)))


def _merge(names: list[str], folder: Path, why: str | None, who: str | None) -> int:
    record = opened(folder)
    claims = [claim for held in _claims(record, names) for claim in held]
    return _decide(record, "merge", claims, [], why, who)


def split(
    name: Annotated[str, typer.Argument(metavar="EVENT", help="The event's id.")],
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM…", help="Claims that tell of another event.")],
    record: RecordOption = Path(DEFAULT),
    why: WhyOption = None,
    who: WhoOption = None,
) -> None:
    """Decide that some claims of an event tell of another; `dateline undo` takes it back."""
    raise typer.Exit(guarded(lambda: _split(name, claims, record, why, who)))


def _split(name: str, claims: list[str], folder: Path, why: str | None, who: str | None) -> int:
    from dateline.errors import StoreError

    record = opened(folder)
    (held,) = _claims(record, [name])
    chosen = [_named_claim(claim, held, name) for claim in claims]
    others = [claim for claim in held if claim not in chosen]
    if not others:
        raise StoreError(f"event {name} has no other claims; name those alone that tell of another event")
    return _decide(record, "split", chosen, others, why, who)


def _named_claim(name: str, held: list[str], event_name: str) -> str:
    from dateline.errors import StoreError

    found = [claim for claim in held if claim.startswith(name)]
    if len(found) != 1:
        known = "no claim" if not found else f"{len(found)} claims"
        raise StoreError(
            f"event {event_name} has {known} {name!r}; `dateline event {event_name}` lists its claims"
        )
    return found[0]


def pin(
    name: Annotated[str, typer.Argument(metavar="EVENT", help="The event's id.")],
    record: RecordOption = Path(DEFAULT),
    why: WhyOption = None,
    who: WhoOption = None,
) -> None:
    """Decide that an event is just the claims that it has: none is added or taken away by the machine."""
    raise typer.Exit(guarded(lambda: _pin(name, record, why, who)))


def _pin(name: str, folder: Path, why: str | None, who: str | None) -> int:
    record = opened(folder)
    (held,) = _claims(record, [name])
    return _decide(record, "pin", held, [], why, who)


def review(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="The claim's id.")],
    decision: Annotated[
        str, typer.Argument(metavar="DECISION", help="accept, reject, unsure, note or correct.")
    ],
    record: RecordOption = Path(DEFAULT),
    field: Annotated[
        str | None, typer.Option(metavar="NAME", help="The field that is corrected, as place or figures.")
    ] = None,
    value: Annotated[
        str | None,
        typer.Option(metavar="JSON", help="What it should be, in the JSON that `dateline read` prints."),
    ] = None,
    why: WhyOption = None,
    who: WhoOption = None,
) -> None:
    """Decide about one claim; the machine's reading stays beside the decision. `dateline undo` takes it back."""
    _one_of("DECISION", decision, ("accept", "reject", "unsure", "note", "correct"))
    if (decision == "correct") != (field is not None and value is not None):
        raise typer.BadParameter("a correction needs --field and --value, and no other decision has them")
    raise typer.Exit(guarded(lambda: _review(claim, decision, record, field, value, why, who)))


def _review(
    claim: str,
    decision: str,
    folder: Path,
    field: str | None,
    value: str | None,
    why: str | None,
    who: str | None,
) -> int:
    from typing import cast

    from dateline.errors import StoreError
    from dateline.linking.reviewed import corrected

    record = opened(folder)
    try:
        wanted = None if value is None else json.loads(value)
    except json.JSONDecodeError as error:
        raise StoreError(
            f"--value is no JSON ({error.msg}); write it as `dateline read --json` prints it"
        ) from None
    with record.view() as view:
        entry = view.entries([claim]).get(claim)
    if entry is None:
        raise StoreError(
            f"there is no claim {claim} in the record; `dateline event ID` lists claims with their ids"
        )
    if field is not None:
        corrected(entry.claim, field, wanted)
    made = _made(cast("ReviewKind", decision), [claim], [], why, who, field=field, value=wanted)
    return _keep(record, made)


def undo(
    decision: Annotated[
        str | None,
        typer.Argument(metavar="[DECISION]", help="The decision's id; without one, the last of yours."),
    ] = None,
    record: RecordOption = Path(DEFAULT),
    why: WhyOption = None,
    who: WhoOption = None,
) -> None:
    """Take back a decision; it stays in the history. An undo can itself be undone by its id."""
    raise typer.Exit(guarded(lambda: _undo(decision, record, why, who)))


def _undo(decision: str | None, folder: Path, why: str | None, who: str | None) -> int:
    from dateline.errors import StoreError
    from dateline.model.review import standing

    record = opened(folder)
    with record.view() as view:
        made = view.reviews()
    person = who or getuser()
    if decision is None:
        own = [one for one in standing(made) if one.who == person]
        if not own:
            raise StoreError(f"{person} has decided nothing that stands; name the decision by its id")
        chosen = own[-1]
    else:
        found = [one for one in made if one.id.startswith(decision)]
        if len(found) != 1:
            raise StoreError(f"there {'is no decision' if not found else 'are several decisions'} {decision!r}; "
                             "`dateline history` lists them as reviews")  # fmt: skip
        chosen = found[0]
    return _keep(record, _made("undo", [], [], why, who, undoes=chosen.id))


def _claims(record: "Record", names: list[str]) -> list[list[str]]:
    from dateline.run.events import Events

    with Events(record) as found:
        ids = [found.named(name) for name in names]
        held = found.linked.claims_of_events(ids)
    return [held[key] for key in dict.fromkeys(ids)]


def _decide(
    record: "Record", kind: Literal["merge", "split", "pin"], claims: list[str], others: list[str], why: str | None,
    who: str | None,
) -> int:  # fmt: skip
    return _keep(record, _made(kind, claims, others, why, who))


def _made(
    kind: "ReviewKind", claims: list[str], others: list[str], why: str | None, who: str | None, *,
    field: str | None = None, value: object = None, undoes: str | None = None,
) -> "Review":  # fmt: skip
    from dateline.model.review import Review

    return Review(
        at=datetime.now(UTC), who=who or getuser(), kind=kind, claims=tuple(claims), others=tuple(others), why=why,
        field=field, value=value, undoes=undoes,
    )  # fmt: skip


def _keep(record: "Record", made: "Review") -> int:
    """Keep a decision and join again what it concerns; print its id, by which it can be taken back."""
    from dateline.run.link import link, load_link_kit
    from dateline.store.linked import Linked

    writer = record.writer()
    try:
        writer.add_review(made)
        writer.commit()
    finally:
        writer.close()
    link(record, load_link_kit())
    connection = record.connection()
    try:
        events = sorted({event for _, event in Linked(connection).events_of_claims(made.claims).values()})
    finally:
        connection.close()
    where = f"; now in event{'s' if len(events) > 1 else ''} {', '.join(events)}" if events else ""
    echo(f"kept as {made.id}{where}")
    return 0
