"""The summaries of all events as columns of numbers, so that tens of thousands are looked through in milliseconds."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
# No number, no day, no country.
NONE = -1
# The day 1970-01-01 as an ordinal.
EPOCH = 719_163

# What is read of each summary, in the order in which `part_of` takes it.
READ = (
    "event", "title", "type", "state", "told", "episodes", "earliest", "latest", "told_first", "country", "place",
    "places", "lat", "lon", "radius_km", "precision", "point", "actors", "targets", "actor_sides", "target_sides",
    "certainty", "reality", "steps", "corroborated_by", "origin_ids", "origin_names", "publishers", "contradictions",
    "killed_best", "killed_high",
)  # fmt: skip


class Words:
    """Words by number, in the order in which they were first met; only ever added to, so that snapshots share them."""

    def __init__(self, folded: bool = False) -> None:
        self.words: list[str] = []
        self.folded: list[str] | None = [] if folded else None
        self._codes: dict[str, int] = {}

    def code(self, word: str | None) -> int:
        """Return the number of a word, `NONE` for none."""
        if word is None:
            return NONE
        found = self._codes.get(word)
        if found is None:
            if self.folded is not None:
                self.folded.append(word.casefold())
            self.words.append(word)
            # Last, so that whoever finds the number finds the word.
            found = self._codes[word] = len(self.words) - 1
        return found

    def known(self, word: str) -> int:
        """Return the number of a word, `NONE` if it was never met."""
        return self._codes.get(word, NONE)

    def holding(self, text: str) -> list[int]:
        """Return the numbers of the words that hold a text, in any case."""
        wanted = text.casefold()
        folded = self.words if self.folded is None else self.folded
        return [code for code, word in enumerate(folded) if wanted in word]


class Lists:
    """Lists of words by number; equal lists are one, so that what holds for a list is found once for all its events."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.lists: list[tuple[int, ...]] = []
        self._codes: dict[str, int] = {}

    def code(self, text: str) -> int:
        """Return the number of a list, by its JSON."""
        found = self._codes.get(text)
        if found is None:
            self.lists.append(tuple(dict.fromkeys(map(self.words.code, json.loads(text)))))
            found = self._codes[text] = len(self.lists) - 1
        return found

    def known(self, text: str) -> int:
        """Return the number of a list, by its JSON, `NONE` if it was never met."""
        return self._codes.get(text, NONE)

    def having(self, codes: Iterable[int]) -> Flags:
        """Return for each list whether it holds any of these words."""
        wanted = frozenset(codes)
        count = len(self.lists)
        return np.fromiter((not wanted.isdisjoint(held) for held in self.lists[:count]), bool, count)

    def flat(self) -> tuple[Ints, Ints]:
        """Return the words of all lists one after another, and where each list begins, with the end of the last."""
        lists = self.lists[: len(self.lists)]
        begins = np.zeros(len(lists) + 1, np.int64)
        np.cumsum([len(held) for held in lists], out=begins[1:])
        return np.fromiter((code for held in lists for code in held), np.int64, int(begins[-1])), begins


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of all columns; shared by the snapshots of one index."""

    types: Words = field(default_factory=Words)
    states: Words = field(default_factory=Words)
    countries: Words = field(default_factory=Words)
    certainties: Words = field(default_factory=Words)
    realities: Words = field(default_factory=Words)
    names: Words = field(default_factory=Words)
    places: Lists = field(default_factory=lambda: Lists(Words()))
    actors: Lists = field(default_factory=lambda: Lists(Words(folded=True)))
    sides: Lists = field(default_factory=lambda: Lists(Words()))
    origin_ids: Lists = field(default_factory=lambda: Lists(Words()))
    origin_names: Lists = field(default_factory=lambda: Lists(Words(folded=True)))
    publishers: Lists = field(default_factory=lambda: Lists(Words(folded=True)))
    contradictions: Lists = field(default_factory=lambda: Lists(Words()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One row an event, in order of id; unknown numbers are NaN, unknown days and codes `NONE`.

    Days are ordinals. `killed` is the best figure, else the highest. `steps` are the reports of all rows one after
    another, those of row i from `begins[i]` on. All other names are those of `Summary`, coded by the vocabulary.
    """

    event: NDArray[np.bytes_]
    title: NDArray[np.object_]
    type: Ints
    state: Ints
    told: Flags
    episodes: Ints
    earliest: Ints
    latest: Ints
    told_first: Ints
    country: Ints
    place: Ints
    places: Ints
    lat: Floats
    lon: Floats
    radius_km: Floats
    precision: Ints
    point: Flags
    actors: Ints
    targets: Ints
    actor_sides: Ints
    target_sides: Ints
    certainty: Ints
    reality: Ints
    corroborated_by: Ints
    origin_ids: Ints
    origin_names: Ints
    publishers: Ints
    contradictions: Ints
    killed: Floats
    begins: Ints
    steps: Ints

    def __len__(self) -> int:
        return len(self.event)


_APART = ("begins", "steps")


def part_of(rows: Sequence[tuple[Any, ...]], words: Vocabulary) -> Table:
    """Return a table of rows of the columns `READ`, in order of id."""
    columns = dict(zip(READ, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(READ, ())

    def coded(name: str, code: Callable[[Any], int]) -> Ints:
        return np.fromiter(map(code, columns[name]), np.int64, len(rows))

    def numbers(name: str) -> Ints:
        return np.fromiter((NONE if value is None else value for value in columns[name]), np.int64, len(rows))

    def floats(name: str) -> Floats:
        return np.array(columns[name], np.float64)

    best, high = floats("killed_best"), floats("killed_high")
    lengths = np.fromiter((len(blob) // 8 for blob in columns["steps"]), np.int64, len(rows))
    titles = np.empty(len(rows), object)
    titles[:] = columns["title"]
    found = Table(
        event=np.array([event.encode() for event in columns["event"]], "S16"), title=titles,
        type=coded("type", words.types.code), state=coded("state", words.states.code), told=numbers("told") > 0,
        episodes=numbers("episodes"), earliest=numbers("earliest"), latest=numbers("latest"),
        told_first=numbers("told_first"), country=coded("country", words.countries.code),
        place=coded("place", words.names.code), places=coded("places", words.places.code), lat=floats("lat"),
        lon=floats("lon"), radius_km=floats("radius_km"), precision=numbers("precision"), point=numbers("point") > 0,
        actors=coded("actors", words.actors.code), targets=coded("targets", words.actors.code),
        actor_sides=coded("actor_sides", words.sides.code), target_sides=coded("target_sides", words.sides.code),
        certainty=coded("certainty", words.certainties.code), reality=coded("reality", words.realities.code),
        corroborated_by=numbers("corroborated_by"), origin_ids=coded("origin_ids", words.origin_ids.code),
        origin_names=coded("origin_names", words.origin_names.code),
        publishers=coded("publishers", words.publishers.code),
        contradictions=coded("contradictions", words.contradictions.code),
        killed=np.where(np.isnan(best), high, best), begins=_begins(lengths),
        steps=np.frombuffer(b"".join(columns["steps"]), "<i8").astype(np.int64),
    )  # fmt: skip
    return taken(found, np.argsort(found.event, kind="stable"))


def joined(one: Table, other: Table) -> Table:
    """Return the rows of two tables that share no event, in order of id."""
    parts: dict[str, Any] = {
        item.name: np.concatenate((getattr(one, item.name), getattr(other, item.name)))
        for item in fields(Table)
        if item.name not in _APART
    }
    begins = np.concatenate((one.begins[:-1], other.begins + one.begins[-1]))
    both = Table(**parts, begins=begins, steps=np.concatenate((one.steps, other.steps)))
    return taken(both, np.argsort(both.event, kind="stable"))


def taken(table: Table, rows: Ints) -> Table:
    """Return some rows of a table, in that order."""
    parts: dict[str, Any] = {
        item.name: getattr(table, item.name)[rows] for item in fields(Table) if item.name not in _APART
    }
    lengths = np.diff(table.begins)[rows]
    begins = _begins(lengths)
    places = np.arange(begins[-1]) + np.repeat(table.begins[:-1][rows] - begins[:-1], lengths)
    return Table(**parts, begins=begins, steps=table.steps[places])


def without(table: Table, events: Iterable[str]) -> Table:
    """Return a table without some events."""
    gone = np.array([event.encode() for event in events], "S16")
    return taken(table, np.flatnonzero(~np.isin(table.event, gone)))


def _begins(lengths: Ints) -> Ints:
    begins = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=begins[1:])
    return begins
