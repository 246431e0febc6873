"""The values of a claim's fields: what counts as one value, which two cannot both be true, which one an event shows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.codebook.names import name_key
from dateline.linking.books import Books
from dateline.linking.consensus import apart, share_days
from dateline.linking.identity import opposed
from dateline.model.event import CountedOf, Event
from dateline.model.reading import Claim
from dateline.model.text import Span
from dateline.model.values import Figure, Filler, Loss, LossStatus, Measure, Place

FieldName = Literal[
    "type", "place", "day", "actor", "target", "instrument", "killed", "wounded", "captured", "missing", "displaced",
    "destroyed", "damaged", "losses", "certainty", "reality", "polarity",
]  # fmt: skip
MEASURES: tuple[Measure, ...] = (
    "killed", "wounded", "captured", "missing", "displaced", "destroyed", "damaged",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """An interval of days, ends included, how precisely it is told and on what basis."""

    earliest: date
    latest: date
    precision: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody or something in a role: the name, and the codebook's side, null if not known."""

    name: str
    side: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A number of people: what is counted of whom, the least and the most that is told (null: no upper bound)."""

    measure: Measure
    of: CountedOf
    low: int
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """Equipment lost: the item, how many (null: not told), and its status."""

    item: str
    count: int | None
    status: LossStatus


Value = str | Place | Days | Named | Counted | Lost
Excludes = Callable[[Value, Value], bool]


Told = Iterator[tuple[tuple[object, ...], Value, tuple[Span, ...]]]


def told_in(field: FieldName, claim: Claim) -> Told:
    """Yield what a claim tells in a field: what is equal for one value, the value, and its words."""
    if field == "type":
        yield (claim.type,), claim.type, (claim.trigger,)
    elif field == "place":
        if claim.place is not None:
            yield _of_place(claim.place)
    elif field == "day":
        if (time := claim.time) is not None:
            days = Days(
                earliest=time.earliest, latest=time.latest, precision=time.precision, basis=time.basis
            )
            yield (time.earliest, time.latest), days, (time.span,)
    elif field in ("actor", "target", "instrument"):
        fillers = {"actor": claim.actors, "target": claim.targets, "instrument": claim.instruments}[field]
        yield from map(_of_filler, fillers)
    elif field == "losses":
        yield from map(_of_loss, claim.losses)
    elif field == "certainty":
        yield (claim.certainty,), claim.certainty, claim.hedges
    elif field == "reality":
        yield (claim.reality,), claim.reality, (claim.trigger,)
    elif field == "polarity":
        yield (claim.polarity,), claim.polarity, (claim.trigger,)
    else:
        yield from (_of_figure(one) for one in claim.figures if one.measure == field)


def _of_place(place: Place) -> tuple[tuple[object, ...], Value, tuple[Span, ...]]:
    same = (name_key(place.name), place.relation, place.distance_km, place.country)
    spans = (place.span, *((place.relation_span,) if place.relation_span else ()))
    return same, place, spans


def _of_filler(filler: Filler) -> tuple[tuple[object, ...], Value, tuple[Span, ...]]:
    name = " ".join((filler.name or filler.span.quote).split())
    return (name.casefold(), filler.side), Named(name=name, side=filler.side), (filler.span,)


def _of_figure(figure: Figure) -> tuple[tuple[object, ...], Value, tuple[Span, ...]]:
    counted = Counted(measure=figure.measure, of=figure.of, low=figure.low, high=figure.high)
    return (figure.of, figure.low, figure.high), counted, (figure.span,)


def _of_loss(loss: Loss) -> tuple[tuple[object, ...], Value, tuple[Span, ...]]:
    item = " ".join(loss.item.split())
    lost = Lost(item=item, count=loss.count, status=loss.status)
    return (item.casefold(), loss.count, loss.status), lost, (loss.span,)


def exclusion_in(field: FieldName, event: Event, books: Books) -> Excludes | None:
    """Return how two values of a field are told to be such that both cannot be true; null where they always can."""
    if field == "actor" and event.type.split(".")[0] not in ("strike", "civilians"):
        # Both sides of a fight are its actors; in other acts two opposed doers are two accounts.
        return None
    told = min(entry.told for entry in event.entries)
    rules: dict[str, Excludes] = {
        "place": lambda one, other: isinstance(one, Place) and isinstance(other, Place) and apart(one, other),
        "day": lambda one, other: (
            isinstance(one, Days)
            and isinstance(other, Days)
            and not share_days((one.earliest, one.latest), (other.earliest, other.latest))
        ),
        "actor": lambda one, other: (
            isinstance(one, Named) and isinstance(other, Named) and opposed(one.side, other.side, told, books)
        ),
        "polarity": lambda one, other: one != other,
        **dict.fromkeys(MEASURES, _share_no_number),
    }
    return rules.get(field)


def _share_no_number(one: Value, other: Value) -> bool:
    if not isinstance(one, Counted) or not isinstance(other, Counted) or one.of != other.of:
        return False
    return (one.high is not None and one.high < other.low) or (
        other.high is not None and other.high < one.low
    )


def is_taken(field: FieldName, value: Value, event: Event) -> bool:
    """Say whether the event as derived shows a value."""
    if field == "type":
        return value == event.type
    if isinstance(value, Place):
        return event.place is not None and _of_place(event.place)[0] == _of_place(value)[0]
    if isinstance(value, Days):
        return (value.earliest, value.latest) == (event.earliest, event.latest)
    if isinstance(value, Named) and field in ("actor", "target"):
        return value.name in (event.actors if field == "actor" else event.targets)[:1]
    if isinstance(value, Counted):
        return any(
            (one.measure, one.of, one.rule) == (value.measure, value.of, "ucdp")
            and one.best in (value.low, value.high)
            and value.low == value.high
            for one in event.ranges
        )
    return False
