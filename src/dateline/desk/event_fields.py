"""What is said of an event field by field: each value with the claims that tell it and those that speak against it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from dateline.desk.event_values import FieldName, Value, exclusion_in, is_taken, told_in
from dateline.desk.quoted import Words, quoted
from dateline.linking.books import Books
from dateline.model.event import Entry, Event
from dateline.model.text import Span

# Unless the whole field is asked for: the claims that a value is shown with at most, those of all values of a field
# together (each value has one at least), and the values that are shown with claims at all.
SHOWN, OF_FIELD, VALUES = 8, 12, 12
# The same for an event of more than `MANY` claims, whose page would be slow to make and long to read.
MANY, OF_LONG_FIELD, LONG_VALUES = 40, 6, 5


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
    for field in get_args(FieldName):
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
    excludes = exclusion_in(field, event, books)
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
                key=keys[same], value=samples[same], taken=is_taken(field, samples[same], event),
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
    for same, value, spans in told_in(field, entry.claim):
        if same not in seen:
            seen.add(same)
            yield _Telling(entry=entry, same=same, value=value, spans=spans)
