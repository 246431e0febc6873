"""What one attribution's source is: a person, an office, a body, a side's officials, people at large, an outlet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from dateline.codebook.actors import Actor, demonym_side, word_key
from dateline.codebook.actors_load import split_words
from dateline.codebook.names import loose_key, name_key
from dateline.linking.books import Books
from dateline.linking.source_words import (
    ARTICLES,
    STATES,
    canonical_body,
    is_common,
    lemma_of,
    names_in,
    office_in,
    person_in,
    spoken_for,
    tail_of,
    words_of_source,
)
from dateline.model.reading import Attribution

VoiceKind = Literal["person", "office", "body", "officials", "people", "outlet", "words"]
_LINKING = frozenset(("of", "for", "and", "on", "de", "del", "la", "el", "al", "in"))
# Kinds of nouns of people whom no office sets apart: one class where a report has them say the same.
_AT_LARGE = {
    "civilian": "residents", "witness": "residents", "people": "residents", "captive": "residents",
    "rescue": "rescuers", "expert": "experts", "fighter": "fighters", "rebel": "fighters", "media": "journalists",
    "crew": "fighters", "group": "groups",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A source as one report names it.

    `id` is the codebook's id of a person, a body or an outlet, null if there is none. `surname` and `given` are keys
    of a person's name. `office` is the office held ("governor"), `place` the key of the place it is of. `body` is a
    body it speaks for, as (institution or actor, side). `noun` is the class of people at large or the plain words.
    `side` is the codebook side, `name` how it is called for people.
    """

    kind: VoiceKind
    name: str
    side: str | None = None
    id: str | None = None
    surname: str | None = None
    given: str | None = None
    office: str | None = None
    place: str | None = None
    body: tuple[str, str | None] | None = None
    noun: str | None = None


def voice_of(attribution: Attribution, day: date, books: Books) -> Voice | None:
    """Return who an attribution's source is on a day; null for one that cannot be told ("reports", "it")."""
    source = attribution.source
    if source is None:
        return None
    actor = books.actors.actors.get(source.id) if source.id else None
    if actor is not None:
        return _known(actor, source.span.quote, source.side, day, books)
    words, document = source.span.quote, attribution.kind == "document"
    found = _described(words, source.name or words, source.side, document, day, books)
    if found is not None and found.kind == "body" and found.id is None and source.name:
        return replace(found, name=_body_name(words, source.name, books))
    if (found is None or found.kind in ("words", "officials")) and source.name and source.name != words:
        better = _described(source.name, source.name, source.side, document, day, books)
        return better if better is not None and better.kind not in ("words", "officials") else found or better
    return found


def _body_name(words: str, name: str, books: Books) -> str:
    """Return a body's full name; its own words where they name a place that the full name lacks."""
    full = set(map(word_key, words_of_source(name)))
    own = [word for word in words_of_source(words) if word_key(word) not in ARTICLES]
    proper = [word for word in own if word[:1].isupper() and not is_common(word_key(word), books)]
    local = [
        word
        for word in proper
        if word_key(word) not in full and not demonym_side(books.actors, _Printed(word))
    ]
    return " ".join(own) if local else name.removeprefix("the ").removeprefix("The ")


@dataclass(frozen=True, slots=True)
class _Printed:
    """A word as it is printed, for the codebook's look-up."""

    text: str

    @property
    def true(self) -> str:
        """The word as it would be inside a sentence."""
        return self.text


def _known(actor: Actor, quote: str, side: str | None, day: date, books: Books) -> Voice:
    """Return the voice of an actor of the codebook."""
    side = actor.side_on(day) or side
    if actor.kind == "media":
        return outlet_voice(actor.id, books)
    if actor.kind == "person":
        return _person_voice(actor, quote, side, day, books)
    if actor.kind == "country" or actor.id == side:
        return Voice(kind="officials", name=actor.name, side=actor.side)
    return Voice(
        kind="body", name=actor.name, side=side, id=actor.id, body=canonical_body(actor, side, books)
    )


def outlet_voice(outlet_id: str, books: Books) -> Voice:
    """Return the voice of an outlet of the codebook."""
    outlet = books.outlets.outlets.get(outlet_id)
    actor = books.actors.actors.get(outlet_id)
    name = outlet.name if outlet else actor.name if actor else outlet_id
    side = outlet.side if outlet else actor.side if actor else None
    return Voice(kind="outlet", name=name, side=side, id=outlet_id)


def _person_voice(actor: Actor, quote: str, side: str | None, day: date, books: Books) -> Voice:
    held = [office for office in actor.offices if office.held(day)]
    office, place, body = None, None, None
    for one in held:
        office, place = _split_office(one.title)
        body = _body_of_title(one.title, one.side, books)
        if body is not None:
            break
    if not held:
        # The words may give an office that the codebook does not know of ("Donetsk governor X").
        office, place, body = office_in(words_of_source(quote), side, books)
    keys = split_words(actor.name)
    return Voice(
        kind="person", name=actor.name, side=side, id=actor.id, surname=loose_key(name_key(keys[-1])),
        given=keys[0] if len(keys) > 1 else None, office=office, place=place, body=body,
    )  # fmt: skip


def _split_office(title: str) -> tuple[str, str | None]:
    """Cut "governor of donetsk" into the office and the key of its place."""
    office, _, place = title.partition(" of ")
    place = place.removesuffix(" region").removesuffix(" province")
    if office in ("governor", "mayor", "deputy mayor", "deputy governor", "head") and place:
        return office.removeprefix("deputy "), loose_key(name_key(place))
    return title, None


def _body_of_title(title: str, side: str | None, books: Books) -> tuple[str, str | None] | None:
    """Return the body that the holder of an office speaks for: a ministry for its minister or spokesman."""
    title = title.lower().removeprefix("acting ")
    found = books.comparing.bodies.get(title.removeprefix("deputy "))
    if found is not None and (not title.startswith("deputy ") or found.endswith("-ministry")):
        return found, side
    words = title.split()
    if words and words[-1] in books.comparing.spokespersons:
        return spoken_for(words[:-1], side, books)
    return None


def _described(
    words: str, name: str, side: str | None, document: bool, day: date, books: Books
) -> Voice | None:
    """Return the voice of words that no codebook id stands beside."""
    book = books.comparing
    tokens = words_of_source(words)
    plain = [word_key(token) for token in tokens]
    if not plain or all(word in book.pronouns or word in ARTICLES for word in plain):
        return None
    found = names_in(" ".join(tokens), books, printed=True)
    states = {one.actor.side for _, _, one in found if one.use in STATES}
    # The state that the words name goes before the one the reading took from elsewhere.
    side = states.pop() if len(states) == 1 else side
    if plain[-1] not in book.offices and (tail := tail_of(tokens, books)):
        return _described(tail, tail, side, document, day, books)
    named = [one for _, _, one in found if one.use == "name"]
    persons = {one.actor.id: one.actor for one in named if one.actor.kind == "person"}
    if len(persons) == 1:
        return _known(next(iter(persons.values())), words, side, day, books)
    clean = " ".join(word for word in tokens if word_key(word) not in ARTICLES) or name
    office, place, body = office_in(tokens, side, books)
    if not document and (person := person_in(tokens, books)) is not None:
        given, surname = person
        full = " ".join(part for part in (given, surname) if part)
        return Voice(
            kind="person", name=full, side=side, surname=loose_key(name_key(surname)),
            given=word_key(given) if given else None, office=office, place=place, body=body,
        )  # fmt: skip
    for one in sorted(named, key=lambda one: one.actor.kind == "media"):
        if one.actor.kind in ("media",) and not document:
            return outlet_voice(one.actor.id, books)
        if one.actor.kind not in ("media", "person"):
            return _known(one.actor, words, side, day, books)
    institution = [one for _, _, one in found if one.use == "institution"]
    if body is None and institution:
        body = canonical_body(max(institution, key=lambda one: len(one.words)).actor, side, books)
    if body is not None:
        return Voice(kind="body", name=clean, side=side, body=body, place=place)
    return _of_nouns(plain, clean, side, office, place, document, books)


def _head(plain: Sequence[str], books: Books) -> str:
    """Return the noun that a description is of: the last before a preposition."""
    at = next((i for i, word in enumerate(plain) if i and word in _LINKING), len(plain))
    return lemma_of(plain[at - 1], books)


def _is_person(lemma: str, books: Books) -> bool:
    book = books.comparing
    return lemma in books.actors.nouns or lemma in book.officials or lemma in book.spokespersons


def _of_nouns(
    plain: Sequence[str], name: str, side: str | None, office: str | None, place: str | None,
    document: bool, books: Books,
) -> Voice | None:  # fmt: skip
    """Return the voice that the nouns of a description tell of: an office, officials, people at large."""
    book = books.comparing
    if office is not None:
        return Voice(kind="office", name=name, side=side, office=office, place=place)
    lemmas = [lemma_of(word, books) for word in plain if word not in ARTICLES] or [*plain]
    for lemma in reversed(lemmas if side is not None else lemmas[-1:]):
        noun = books.actors.nouns.get(lemma)
        if noun is not None and noun.sense in ("institution", "police") and lemma not in book.officials:
            kind = "police" if noun.sense == "police" else noun.word
            return Voice(kind="body", name=name, side=side, body=(kind, side))
    if document or lemmas[-1] in book.nobody or (set(lemmas) & book.nobody and side is None):
        return Voice(kind="officials", name=name, side=side) if side and not document else None
    head = _head(plain, books)
    senses = {noun.sense for lemma in lemmas if (noun := books.actors.nouns.get(lemma)) is not None}
    if "rebel" in senses and _is_person(head, books):
        return Voice(kind="words", name=name, noun="rebels")
    if book.bodies.get(lemmas[-1]) == "armed-forces":
        return Voice(kind="body", name=name, side=side, body=("armed-forces", side))
    if head in book.officials:
        return Voice(kind="officials", name=name, side=side)
    noun = books.actors.nouns.get(head)
    if noun is not None and noun.sense in _AT_LARGE:
        return Voice(kind="people", name=name, side=side, noun=_AT_LARGE[noun.sense])
    if noun is not None and side is not None and noun.kind == "force":
        return Voice(kind="officials", name=name, side=side)
    named = all(word[:1].isupper() for word in name.split() if word_key(word) not in _LINKING)
    if side is None and not named and head not in books.actors.nouns:
        return None  # "Tragedy at the station": a headline's topic, no one who speaks
    return Voice(kind="words", name=name, side=side, noun=" ".join(lemmas))
