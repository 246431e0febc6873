"""What events somebody asks for, as the address of the page says it; the address is the filter."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal, get_args

from dateline.desk.told import ToldError
from dateline.desk.words import N_
from dateline.export.filters import Box, FilterError
from dateline.model.event import ContradictionKind, ReviewState
from dateline.model.reading import Certainty, Reality

Sort = Literal["reports", "newest", "oldest", "killed", "origins"]
Told = Literal["told", "untold", "all"]
# Longer values are no filter that a person wrote.
LONGEST = 200
MOST_VALUES = 100
_LARGEST = 10**9
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


class QueryError(ToldError):
    """A value in the address of a page that no filter could mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQuery:
    """What events are asked for; a field that is empty lets every event pass, and one value of several suffices.

    `types` are types, families ("strike") or globs ("*.capture"). `first` and `last` let an event pass whose days
    overlap them; one without a day does not. `place` is a name that some claim gives its place, or the part of one
    between commas. `box` holds the centre of its place. `actor` and `target` are text within the names of who did it
    and whom it befell; `sides` are codebook ids on either side of it. `sources` are ids of origins, or text within
    their names. `origins` is how many independent origins must say that it happened, `killed` how many dead must be
    told (the best figure, else the highest). `contradicted`: whether its claims contradict one another;
    `contradictions` of which kinds. `told` is whether it is said to have happened, or only threatened, denied or
    supposed. `words` are looked for in the reports by whoever asks; the index is given the reports that hold them.
    """

    types: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    place: str = ""
    countries: tuple[str, ...] = ()
    box: Box | None = None
    actor: str = ""
    target: str = ""
    sides: tuple[str, ...] = ()
    actor_sides: tuple[str, ...] = ()
    target_sides: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    certainties: tuple[Certainty, ...] = ()
    realities: tuple[Reality, ...] = ()
    states: tuple[ReviewState, ...] = ()
    origins: int = 0
    contradicted: bool | None = None
    contradictions: tuple[ContradictionKind, ...] = ()
    killed: int = 0
    told: Told = "told"
    words: str = ""
    sort: Sort = "reports"

    def __post_init__(self) -> None:
        if self.first and self.last and self.first > self.last:
            raise QueryError(
                N_("the first day %(first)s lies after the last, %(last)s; no event would pass"),
                first=self.first,
                last=self.last,
            )

    def to_params(self) -> list[tuple[str, str]]:
        """Return the names and values of an address that `parse` reads as this query; only what is set."""
        plain = EventQuery()
        return [
            (name, text)
            for item in fields(self)
            if (value := getattr(self, item.name)) != getattr(plain, item.name)
            for name, text in _written(item.name, value)
        ]


def parse(params: Mapping[str, str | Sequence[str]] | Iterable[tuple[str, str]]) -> EventQuery:
    """Return the query that an address asks; names that are none of a query are left to whoever knows them.

    Raises QueryError that says which value is wrong, and what may stand there.
    """
    values: dict[str, list[str]] = {}
    for name, text in _pairs(params):
        # A field of a form that was left empty asks for nothing.
        if name in _READ and text.strip():
            values.setdefault(name, []).append(text.strip())
    found: dict[str, Any] = {}
    for name, texts in values.items():
        field, read, several = _READ[name]
        if len(texts) > (MOST_VALUES if several else 1):
            most = MOST_VALUES if several else 1
            raise QueryError(
                N_("%(name)s is given %(num)s times; the most is %(most)s"),
                name=name,
                num=len(texts),
                most=most,
            )
        read_values = [read(name, _checked(name, text)) for text in texts]
        found[field] = tuple(dict.fromkeys(read_values)) if several else read_values[0]
    return EventQuery(**found)


def _pairs(
    params: Mapping[str, str | Sequence[str]] | Iterable[tuple[str, str]],
) -> Iterable[tuple[str, str]]:
    if not isinstance(params, Mapping):
        return params
    return [
        (name, text)
        for name, value in params.items()
        for text in ((value,) if isinstance(value, str) else value)
    ]


def _checked(name: str, text: str) -> str:
    if len(text) > LONGEST:
        raise QueryError(
            N_("%(name)s has %(num)s characters; %(longest)s at most can be looked for"),
            name=name,
            num=len(text),
            longest=LONGEST,
        )
    if not text.isprintable():
        raise QueryError(N_("%(name)s holds characters that cannot be printed; write plain text"), name=name)
    return text


def _text(name: str, text: str) -> str:
    return text


def _code(name: str, text: str) -> str:
    if not (len(text) == 2 and text.isascii() and text.isalpha()):
        raise QueryError(
            N_("%(name)s=%(text)r is no country; write two letters of ISO 3166, as UA"), name=name, text=text
        )
    return text.upper()


def _day(name: str, text: str) -> date:
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise QueryError(
            N_("%(name)s=%(text)r is no day; write it as 2022-03-01"), name=name, text=text
        ) from None


def _number(name: str, text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise QueryError(
            N_("%(name)s=%(text)r is no whole number from 0 to %(largest)s"),
            name=name,
            text=text,
            largest=_LARGEST - 1,
        )
    return int(text)


def _flag(name: str, text: str) -> bool:
    if text not in ("yes", "no"):
        raise QueryError(N_("%(name)s=%(text)r is neither yes nor no"), name=name, text=text)
    return text == "yes"


def _box(name: str, text: str) -> Box:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
        return Box(west=west, south=south, east=east, north=north)
    except ValueError:
        raise QueryError(
            N_("%(name)s=%(text)r is no box; write west,south,east,north in degrees"), name=name, text=text
        ) from None
    except FilterError as error:
        raise QueryError(N_("%(name)s=%(text)r: %(error)s"), name=name, text=text, error=error) from None


def _among(allowed: tuple[str, ...]) -> Callable[[str, str], str]:
    def read(name: str, text: str) -> str:
        if text not in allowed:
            raise QueryError(
                N_("%(name)s=%(text)r is unknown; known are: %(allowed)s"),
                name=name,
                text=text,
                allowed=", ".join(allowed),
            )
        return text

    return read


# Name in the address -> field, how its text is read, and whether several may be given.
_READ: Mapping[str, tuple[str, Callable[[str, str], Any], bool]] = {
    "type": ("types", _text, True),
    "from": ("first", _day, False),
    "to": ("last", _day, False),
    "place": ("place", _text, False),
    "country": ("countries", _code, True),
    "box": ("box", _box, False),
    "actor": ("actor", _text, False),
    "target": ("target", _text, False),
    "side": ("sides", _text, True),
    "actor_side": ("actor_sides", _text, True),
    "target_side": ("target_sides", _text, True),
    "source": ("sources", _text, True),
    "publisher": ("publishers", _text, True),
    "certainty": ("certainties", _among(get_args(Certainty)), True),
    "reality": ("realities", _among(get_args(Reality)), True),
    "state": ("states", _among(get_args(ReviewState)), True),
    "origins": ("origins", _number, False),
    "contradicted": ("contradicted", _flag, False),
    "contradiction": ("contradictions", _among(get_args(ContradictionKind)), True),
    "killed": ("killed", _number, False),
    "told": ("told", _among(get_args(Told)), False),
    "q": ("words", _text, False),
    "sort": ("sort", _among(get_args(Sort)), False),
}
_NAMES = {field: name for name, (field, _, _) in _READ.items()}
NAMES = tuple(_READ)


def _written(field: str, value: Any) -> Iterable[tuple[str, str]]:
    name = _NAMES[field]
    if isinstance(value, tuple):
        return [(name, str(part)) for part in value]
    if isinstance(value, Box):
        return [(name, ",".join(f"{part!r}" for part in (value.west, value.south, value.east, value.north)))]
    if isinstance(value, bool):
        return [(name, "yes" if value else "no")]
    return [(name, str(value))]
