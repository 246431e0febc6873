"""The actors of the codebook: what they are called, whose side they are on, who held which office when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol
from unicodedata import combining, normalize

from rapidfuzz import process
from rapidfuzz.distance import OSA

CIVILIANS = "civilians"
OF_STATES = frozenset(("demonym", "country", "seat"))


class Word(Protocol):
    """A word as printed (`text`) and as it would be inside a sentence (`true`)."""

    @property
    def text(self) -> str:
        """The word as printed."""

    @property
    def true(self) -> str:
        """The word with the capitals it has in running text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office held: title in lower case, the side it serves, first and last day (null: open)."""

    title: str
    side: str
    start: date | None
    end: date | None

    def held(self, day: date | None) -> bool:
        """Say whether it was held on a day; without a day, whether it is held still."""
        if day is None:
            return self.end is None
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts or speaks; `side` is a country code or an actor id, `principal` who is behind it."""

    id: str
    name: str
    kind: str
    side: str | None
    principal: str | None = None
    gender: str = ""
    offices: tuple[Office, ...] = ()

    def side_on(self, day: date | None) -> str | None:
        """Return the side of the office held on a day, else the actor's own."""
        for office in self.offices:
            if day is not None and office.held(day):
                return office.side
        return self.side


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One way of writing an actor's name: its words as keys, how it must be printed, and what for.

    `case` is "upper" (all capitals), "title" (a capital letter) or "" (any). `use` is "name", "country",
    "seat" (a capital for its government), "demonym" or "institution" (a body that every state has).
    """

    words: tuple[str, ...]
    case: str
    use: str
    actor: Actor

    def printed(self, words: Iterable[Word]) -> bool:
        """Say whether words are printed as the name must be; "Car" and "us" are no "CAR" and "US"."""
        if self.case == "upper":
            return all(
                (word.text.isupper() and word.true.isupper()) or not word.text.isalpha() for word in words
            )
        return self.case != "title" or any(word.true[:1].isupper() for word in words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A noun that describes actors: see data/actor_nouns.csv for its columns."""

    word: str
    kind: str
    sense: str
    gender: str
    plural: bool
    needs: frozenset[str]
    forbids: frozenset[str]


BYNAME = "byname"  # the sense of a noun that is an actor only as an epithet


@dataclass(frozen=True, slots=True, kw_only=True)
class Epithet:
    """A word or phrase whose side depends on who speaks and of which war; see data/epithets.csv."""

    words: tuple[str, ...]
    speakers: frozenset[str]
    countries: frozenset[str]
    side: str
    kind: str

    def fits(self, speaker: str | None, countries: frozenset[str]) -> bool:
        """Say whether it holds for a speaker's side (null: unknown) in a text that tells of countries."""
        if "*" not in self.speakers and speaker not in self.speakers:
            return False
        return "*" in self.countries or bool(self.countries & countries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Camps:
    """The two camps of a war, the main side of each first, the invader if any, its days and countries."""

    id: str
    a: tuple[str, ...]
    b: tuple[str, ...]
    invader: str | None
    start: date | None
    end: date | None
    countries: frozenset[str]

    def against(self, side: str) -> tuple[str, ...]:
        """Return the camp opposed to a side; empty when the side takes no part."""
        return self.b if side in self.a else self.a if side in self.b else ()

    def active(self, day: date | None) -> bool:
        """Say whether it was fought on a day; without a day, whether it is fought still."""
        if day is None:
            return self.end is None
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorBook:
    """All actors, by the ways in which a text may speak of them.

    `names` maps the first word of a name to its names, longest first, as `epithets` does; `surnames` a
    surname's key to persons; `given` a given name's key to "m" or "f"; `outlets` an outlet's key or site to
    the outlet; `words` are the lists of data/actor_words.toml; `pronouns` maps a pronoun to person, number
    and gender ("3sm", "3p", "3sn", "1s", "1p") or "rel"; `offices` maps title and side to who held it.
    """

    actors: Mapping[str, Actor]
    names: Mapping[str, tuple[Name, ...]]
    nouns: Mapping[str, Noun]
    epithets: Mapping[str, tuple[Epithet, ...]]
    surnames: Mapping[str, tuple[Actor, ...]]
    given: Mapping[str, str]
    outlets: Mapping[str, Actor]
    camps: tuple[Camps, ...]
    words: Mapping[str, frozenset[str]]
    pronouns: Mapping[str, str]
    offices: Mapping[tuple[str, str], tuple[tuple[Office, Actor], ...]]
    surname_keys: tuple[str, ...]

    def allegiance(self, side: str | None) -> str | None:
        """Return the side that leads or sponsors a side, through all principals, or the side itself."""
        seen: set[str] = set()
        while side is not None and side not in seen:
            seen.add(side)
            actor = self.actors.get(side)
            if actor is None:
                return side
            above = actor.principal or (actor.side if actor.side != side else None)
            if above is None:
                return side
            side = above
        return side

    def outlet(self, publisher: str | None) -> Actor | None:
        """Return the outlet of a publisher's name or site ("www.ukrinform.net", "The Guardian"), or null."""
        if not publisher:
            return None
        site = publisher.strip().lower().removeprefix("https://").removeprefix("http://").split("/")[0]
        site = site.removeprefix("www.").removeprefix("the ")
        parts = site.split(".")
        for start in range(max(len(parts) - 1, 1)):
            found = self.outlets.get(".".join(parts[start:]))
            if found is not None:
                return found
        return self.outlets.get(word_key(site.replace(" ", "")))

    def outlet_side(self, publisher: str | None) -> str | None:
        """Return the country code (or actor id) that a publisher belongs to, or null."""
        outlet = self.outlet(publisher)
        return outlet.side if outlet else None

    def holder(self, title: str, side: str, day: date | None) -> Actor | None:
        """Return who held an office of a side on a day; null when nobody is known or more than one is."""
        held = {actor.id: actor for office, actor in self.offices.get((title, side), ()) if office.held(day)}
        return next(iter(held.values())) if len(held) == 1 else None

    def near_surname(self, key: str) -> tuple[Actor, ...]:
        """Return the persons whose surname is one slip of the pen away from a key of six letters or more."""
        if len(key) < 6:
            return ()
        near = process.extract(key, self.surname_keys, scorer=OSA.distance, score_cutoff=1, limit=8)
        found = {actor.id: actor for name, _, _ in near for actor in self.surnames[name]}
        return tuple(found.values())

    def opponents(self, side: str, day: date | None, countries: frozenset[str]) -> list[tuple[str, ...]]:
        """Return the camps opposed to a side, one for each war of that day in the countries told of.

        Where no country is told of, wars in the side's own land come before others.
        """
        found = [
            (camps, camps.against(side)) for camps in self.camps if camps.active(day) and camps.against(side)
        ]
        home = [against for camps, against in found if side in camps.countries]
        local = [against for camps, against in found if camps.countries & countries]
        return local if countries else home or [against for _, against in found]

    def invasion(self, day: date | None, sides: Iterable[str], countries: frozenset[str]) -> Camps | None:
        """Return the war with an invader that a text tells of, by its sides or countries; null if unclear."""
        told = {self.allegiance(side) for side in sides} | countries
        found = [
            camps for camps in self.camps
            if camps.invader and camps.active(day) and (camps.a[0] in told or camps.b[0] in told)
        ]  # fmt: skip
        return found[0] if len(found) == 1 else None


def demonym_side(book: ActorBook, word: Word) -> str | None:
    """Return the country that a demonym, a country's name or its capital means, printed as it must be."""
    for name in book.names.get(word_key(word.text), ()):
        if len(name.words) == 1 and name.use in OF_STATES:
            if name.printed((word,)) and (name.case or word.true[:1].isupper()):
                return name.actor.side
    return None


def word_key(word: str) -> str:
    """Return the key of one word: lower case, no accents, no apostrophes or full stops."""
    if word.isascii() and word.isalnum():
        return word.lower()
    return _fold(word)


@lru_cache(maxsize=65536)
def _fold(word: str) -> str:
    plain = "".join(mark for mark in normalize("NFKD", word) if not combining(mark))
    return plain.lower().translate(_DROPPED).replace("ł", "l").replace("ø", "o").replace("ı", "i")


_DROPPED = {ord(mark): None for mark in "'’‘`´ʹʼ.\"“”«»-–‐"}


def slips(one: str, other: str) -> int:
    """Return how many letters differ by insertion, deletion, replacement or swap, 9 for more than two."""
    found = int(OSA.distance(one, other, score_cutoff=2))
    return found if found <= 2 else 9
