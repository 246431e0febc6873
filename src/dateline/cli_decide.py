"""The commands by which a person decides: merge, split, pin, review, undo. All of it is kept, nothing overwritten."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dateline.cli_options import DEFAULT, RecordOption, echo, guarded, one_of, opened

if TYPE_CHECKING:
    from dateline.model.review import Review, ReviewKind
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
    from dateline.errors import StoreError

    record = opened(folder)
    held = _claims(record, names)
    if len(held) < 2:
        raise StoreError(f"{' and '.join(names)} are one event already; name two or more")
    return _decide(record, "merge", [claim for claims in held for claim in claims], [], why, who)


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
    chosen = list(dict.fromkeys(_named_claim(claim, held, name) for claim in claims))
    others = [claim for claim in held if claim not in chosen]
    if not others:
        raise StoreError(f"event {name} has no other claims; name only those that tell of another event")
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
    one_of("DECISION", decision, ("accept", "reject", "unsure", "note", "correct"))
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
            f"there is no claim {claim!r} in the record; `dateline event ID` lists claims with their ids"
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
    kept = {one.id for one in standing(made)}
    if decision is None:
        person = person_named(who)
        chosen = next((one for one in reversed(made) if one.id in kept and one.who == person), None)
        if chosen is None:
            raise StoreError(f"{person} has decided nothing that stands; name the decision by its id")
    else:
        chosen = _named_decision(decision, made)
    if chosen.kind != "undo" and chosen.id not in kept:
        raise StoreError(
            f"the {chosen.kind} {chosen.id} is taken back already; undo its undo to make it stand again"
        )
    echo(f"takes back the {chosen.kind} of {chosen.at.date()} by {chosen.who}")
    return _keep(record, _made("undo", [], [], why, who, undoes=chosen.id))


def _named_decision(name: str, made: "Sequence[Review]") -> "Review":
    from dateline.errors import StoreError

    found = [one for one in made if name and one.id.startswith(name)]
    if len(found) == 1:
        return found[0]
    known = "several decisions begin" if found else "no decision begins"
    raise StoreError(f"{known} with {name!r}; `dateline history` lists them as reviews, with their ids")


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
        at=datetime.now(UTC), who=person_named(who), kind=kind, claims=tuple(claims), others=tuple(others), why=why,
        field=field, value=value, undoes=undoes,
    )  # fmt: skip


def person_named(who: str | None) -> str:
    """Return the name that decisions are kept under; raises StoreError when the system does not tell it."""
    from dateline.errors import StoreError

    try:
        return who or getuser()
    except (KeyError, OSError):
        raise StoreError("this system does not tell who you are; say it with --who or DATELINE_WHO") from None


def _keep(record: "Record", made: "Review") -> int:
    """Keep a decision and join again what it concerns; print its id, by which it can be taken back."""
    from dateline.run.decide import decide

    kept = decide(record, made)
    events = kept.events
    where = f"; now in event{'s' if len(events) > 1 else ''} {', '.join(events)}" if events else ""
    echo(f"kept as {kept.id}{where}")
    return 0
