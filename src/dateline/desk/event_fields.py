"""What is said of an event field by field: each value with the claims that tell it and those that speak against it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.codebook.names import name_key
from dateline.desk.quoted import Words, quoted
from dateline.linking.books import Books
from dateline.linking.consensus import apart, share_days
from dateline.linking.identity import opposed
from dateline.model.event import CountedOf, Entry, Event
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
# Unless the whole field is asked for: the claims that a value is shown with at most, those of all values of a field
# together (each value has one at least), and the values that are shown with claims at all.
SHOWN, OF_FIELD, VALUES = 8, 12, 12
# The same for an event of more than `MANY` claims, whose page would be slow to make and long to read.
MANY, OF_LONG_FIELD, LONG_VALUES = 40, 6, 5


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A claim that tells a value: its id, its words with those of the value marked, and where they stand.

    `start` and `end` bound the value's words in the report's text, or the trigger where the value has none.
    """

    claim: str
    quote: tuple[Words, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """What speaks against a value: claims that deny it, or another value that cannot be true beside it.

    `value` is the key of that other value, null for a denial; `claims` are the ids, `origins` the number of
    independent origins behind them.
    """

    kind: Literal["denied", "excluded"]
    value: str | None
    claims: tuple[str, ...]
    origins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueSaid:
    """One value of a field: who tells it and what speaks against it.

    `key` names it on the page. `value` is one as it was told: a type or other word of the codebook, a place, days,
    somebody named, a count or a loss. `claims` are the ids of all claims that tell it, copies included, those of
    different origins first; `origins` the number of independent origins among them; `sayings` some of them with their
    words, `denials` claims that deny it with theirs. `taken` is whether the event as derived shows this value.
    """

    key: str
    value: Value
    taken: bool
    claims: tuple[str, ...]
    origins: int
    sayings: tuple[Saying, ...]
    denials: tuple[Saying, ...] = ()
    against: tuple[Against, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSaid:
    """A field with all values told of it, the best supported first; `silent` counts the claims that tell none."""

    field: FieldName
    values: tuple[ValueSaid, ...]
    silent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """A claim telling a value on its way into the page: `same` is equal for what is one value."""

    entry: Entry
    same: tuple[object, ...]
    value: Value
    spans: tuple[Span, ...]


_Excludes = Callable[[Value, Value], bool]


def fields_said(event: Event, books: Books, *, whole: frozenset[str] = frozenset()) -> tuple[FieldSaid, ...]:
    """Return what is said of each field that any claim tells, in the order of a report of it.

    Claims that a person rejected say nothing. Of each field `OF_FIELD` claims are cited or a few more, for the first
    `VALUES` values, those of different origins first; all of them in the fields that `whole` names. A claim that denies
    is for the value "negative" of polarity and against every other value it names. Places, days, counts and doers speak
    against one another where both cannot be true: areas or intervals without overlap, sides that fight one another.
    """
    kept = [entry for entry in event.entries if entry.state != "rejected"] or list(event.entries)
    origin_of = {claim: origin.id for origin in event.origins for claim in origin.claims}
    copies = frozenset(claim for origin in event.origins for claim in origin.copies)
    found: list[FieldSaid] = []
    for field in FieldName.__args__:  # type: ignore[attr-defined]
        tellings = [telling for entry in kept for telling in _tellings(field, entry)]
        if tellings:
            values = _values(field, tellings, event, origin_of, copies, books, whole=field in whole)
            silent = len(kept) - len({one.entry.claim.id for one in tellings})
            found.append(FieldSaid(field=field, values=values, silent=silent))
    return tuple(found)


def _values(
    field: FieldName, tellings: Sequence[_Telling], event: Event, origin_of: Mapping[str, str],
    copies: frozenset[str], books: Books, *, whole: bool,
) -> tuple[ValueSaid, ...]:  # fmt: skip
    groups: dict[tuple[object, ...], list[_Telling]] = defaultdict(list)
    denied: dict[tuple[object, ...], list[_Telling]] = defaultdict(list)
    denial_is_value = field in ("certainty", "reality", "polarity")
    for one in tellings:
        negative = one.entry.claim.polarity == "negative" and not denial_is_value
        (denied if negative else groups)[one.same].append(one)

    def origins(rows: Iterable[_Telling]) -> int:
        return len({origin_of.get(one.entry.claim.id, one.entry.report.id) for one in rows})

    # What is only denied is still a value somebody speaks of.
    for same in denied:
        groups.setdefault(same, [])
    order = sorted(
        groups,
        key=lambda same: (-origins(groups[same]), -len(groups[same]), *_natural(groups[same], denied[same])),
    )
    keys = {same: f"{field}-{number}" for number, same in enumerate(order, 1)}
    samples = {same: (groups[same] or denied[same])[0].value for same in order}
    excludes = _exclusion(field, event, books)
    found = []
    many = len(event.entries) > MANY
    left, told = (OF_LONG_FIELD, LONG_VALUES) if many else (OF_FIELD, VALUES)
    for number, same in enumerate(order):
        against = [_against("denied", None, denied[same], origins)] if denied[same] else []
        against += [
            _against("excluded", keys[other], groups[other], origins)
            for other in order
            if excludes and other != same and groups[other] and excludes(samples[same], samples[other])
        ]
        rows = _by_origin(groups[same], origin_of, copies)
        most = None if whole else max(1, min(SHOWN, left)) if number < told else 0
        left -= min(len(rows), SHOWN)
        found.append(
            ValueSaid(
                key=keys[same], value=samples[same], taken=_taken(field, samples[same], event),
                claims=tuple(dict.fromkeys(one.entry.claim.id for one in rows)), origins=origins(groups[same]),
                sayings=tuple(map(_saying, rows[:most])),
                denials=tuple(map(_saying, denied[same][:most])), against=tuple(against),
            )
        )  # fmt: skip
    return tuple(found)


def _natural(rows: Sequence[_Telling], denied: Sequence[_Telling]) -> tuple[object, ...]:
    """Return what breaks ties: the day told, then the words."""
    first = (rows or denied)[0]
    return first.entry.told, str(first.same)


def _against(
    kind: Literal["denied", "excluded"], value: str | None, rows: Sequence[_Telling],
    origins: Callable[[Iterable[_Telling]], int],
) -> Against:  # fmt: skip
    claims = tuple(dict.fromkeys(one.entry.claim.id for one in rows))
    return Against(kind=kind, value=value, claims=claims, origins=origins(rows))


def _by_origin(
    rows: Sequence[_Telling], origin_of: Mapping[str, str], copies: frozenset[str]
) -> list[_Telling]:
    """Sort the tellings of a value: the first of each origin, then what origins say again, then copies."""
    seen: set[str] = set()
    ranked: list[tuple[int, int, _Telling]] = []
    for number, one in enumerate(rows):
        origin = origin_of.get(one.entry.claim.id, "")
        rank = 2 if one.entry.claim.id in copies else 1 if origin in seen else 0
        seen.add(origin)
        ranked.append((rank, number, one))
    return [one for _, _, one in sorted(ranked, key=lambda row: row[:2])]


def _saying(one: _Telling) -> Saying:
    entry = one.entry
    held = [span for span in one.spans if entry.report.text[span.start : span.end] == span.quote]
    at = held[0] if held else entry.claim.trigger
    return Saying(claim=entry.claim.id, quote=quoted(entry, one.spans), start=at.start, end=at.end)


def _tellings(field: FieldName, entry: Entry) -> Iterator[_Telling]:
    """Yield what a claim tells in a field, each value once."""
    seen: set[tuple[object, ...]] = set()
    for same, value, spans in _told(field, entry.claim):
        if same not in seen:
            seen.add(same)
            yield _Telling(entry=entry, same=same, value=value, spans=spans)


_Told = Iterator[tuple[tuple[object, ...], Value, tuple[Span, ...]]]


def _told(field: FieldName, claim: Claim) -> _Told:
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


def _exclusion(field: FieldName, event: Event, books: Books) -> _Excludes | None:
    """Return how two values of a field are told to be such that both cannot be true; null where they always can."""
    if field == "actor" and event.type.split(".")[0] not in ("strike", "civilians"):
        # Both sides of a fight are its actors; in other acts two opposed doers are two accounts.
        return None
    told = min(entry.told for entry in event.entries)
    rules: dict[str, _Excludes] = {
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


def _taken(field: FieldName, value: Value, event: Event) -> bool:
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
