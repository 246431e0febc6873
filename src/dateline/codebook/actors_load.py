"""Loading the book of actors from the codebook's files, and finding their faults."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any, TypeVar

from dateline.codebook.actors import BYNAME, Actor, ActorBook, Camps, Epithet, Name, Noun, Office, word_key
from dateline.codebook.inflect import noun_forms
from dateline.codebook.tables import Sources, words_of

KINDS = frozenset(
    ("person", "organization", "government", "force", "country", "people", "civilians", "media")
)
ACTORS = ("id", "name", "variants", "kind", "side", "principal", "source")
PEOPLE = ("id", "name", "variants", "short", "gender", "side", "offices", "source")
OUTLETS = ("id", "name", "variants", "sites", "side", "source")
NOUNS = ("word", "variants", "kind", "sense", "gender", "needs", "source")
EPITHETS = ("key", "words", "speakers", "countries", "side", "kind", "source")
CAMPS = ("id", "a", "b", "invader", "start", "end", "countries", "source")
LISTS = (
    "titles", "led", "backed", "none", "before", "against", "partitives", "locative", "speech", "bare",
    "armed", "definite", "forces", "bodies", "rebellious", "ranks",
)  # fmt: skip
T = TypeVar("T")


def load_actors(sources: Sources) -> ActorBook:
    """Read actors, people, outlets, countries and their words; every fault is noted in `sources`."""
    countries = list(_countries(sources))
    groups = list(_groups(sources))
    people = list(_people(sources))
    outlets = list(_outlets(sources))
    names = _index(
        chain(
            (name for _, found in countries for name in found),
            (name for _, found in groups for name in found),
            (name for _, found, _ in people for name in found),
            (name for _, found, _ in outlets for name in found),
            _institutions(sources),
        )
    )
    known = [*(row[0] for row in countries), *(row[0] for row in groups), *(row[0] for row in people)]
    actors = {actor.id: actor for actor in (*known, *(row[0] for row in outlets))}
    _check_sides(actors, sources)
    surnames = _grouped((key, actor) for actor, _, keys in people for key in keys)
    tables = sources.toml("actor_words.toml")
    return ActorBook(
        actors=actors,
        names=names,
        nouns=_nouns(sources),
        epithets=_epithets(sources),
        surnames=surnames,
        given=_given(sources),
        outlets={key: actor for actor, _, keys in outlets for key in keys},
        camps=tuple(_camps(sources)),
        words=_lists(tables, sources),
        pronouns=dict(tables.get("pronouns", {})),
        offices=_grouped(
            ((office.title, office.side), (office, actor))
            for actor, _, _ in people
            for office in actor.offices
        ),
        surname_keys=tuple(key for key in surnames if len(key) >= 6),
    )


def split_words(name: str) -> tuple[str, ...]:
    """Cut a name into the keys of its words as the parser cuts it: at spaces, hyphens and the possessive."""
    spaced = name.replace("’", "'").replace("-", " ").replace("/", " / ").replace("(", " ").replace(")", " ")
    found: list[str] = []
    for word in spaced.split():
        if word.endswith("'s"):
            found += [word_key(word[:-2]), "s"]
        else:
            found.append(word_key(word))
    return tuple(word for word in found if word)


def _name(text: str, actor: Actor, use: str = "name") -> Name:
    text = text.removeprefix("the ") if text.lower() != "the" else text
    letters = text.replace(" ", "")
    if letters.isupper() and len(letters) <= 5 and letters.isascii():
        case = "upper"
    elif any(mark.isupper() for mark in text):
        case = "title"
    else:
        case = ""
    return Name(words=split_words(text), case=case, use=use, actor=actor)


def _index(names: Iterable[Name]) -> dict[str, tuple[Name, ...]]:
    # Where two actors claim the same words, the first wins: files and rows go from the common to the rare.
    kept: dict[tuple[tuple[str, ...], str], Name] = {}
    for name in names:
        if name.words:
            kept.setdefault((name.words, name.case), name)
    index: dict[str, list[Name]] = {}
    for name in kept.values():
        index.setdefault(name.words[0], []).append(name)
    return {first: tuple(sorted(found, key=lambda name: -len(name.words))) for first, found in index.items()}


def _grouped(pairs: Iterable[tuple[Any, T]]) -> dict[Any, tuple[T, ...]]:
    found: dict[Any, list[T]] = {}
    for key, value in pairs:
        kept = found.setdefault(key, [])
        if value not in kept:
            kept.append(value)
    return {key: tuple(values) for key, values in found.items()}


def _countries(sources: Sources) -> Iterator[tuple[Actor, list[Name]]]:
    for row in sources.rows("countries.csv", ("iso", "name", "capital", "demonyms", "variants")):
        actor = Actor(id=row["iso"], name=row["name"], kind="country", side=row["iso"])
        names = [_name(text, actor, "country") for text in (row["name"], *words_of(row["variants"]))]
        names += [_name(text, actor, "demonym") for text in words_of(row["demonyms"])]
        if row["capital"]:
            names.append(_name(row["capital"], actor, "seat"))
        yield actor, names


def _groups(sources: Sources) -> Iterator[tuple[Actor, list[Name]]]:
    for row in sources.rows("actors.csv", ACTORS):
        _check_kind(row["kind"], "actors.csv", row["id"], sources)
        if row["id"].startswith("seat-"):
            actor = Actor(id=row["side"], name=row["name"], kind="country", side=row["side"])
            yield actor, [_name(text, actor, "seat") for text in words_of(row["variants"])]
            continue
        actor = Actor(
            id=row["id"],
            name=row["name"],
            kind=row["kind"],
            side=row["side"] or row["id"],
            principal=row["principal"] or None,
        )
        yield actor, [_name(text, actor) for text in dict.fromkeys((row["name"], *words_of(row["variants"])))]


def _institutions(sources: Sources) -> Iterator[Name]:
    for row in sources.rows("institutions.csv", ("id", "name", "variants", "kind", "source")):
        _check_kind(row["kind"], "institutions.csv", row["id"], sources)
        actor = Actor(id=row["id"], name=row["name"], kind=row["kind"], side=None)
        for text in words_of(row["variants"]):
            yield Name(words=split_words(text), case="", use="institution", actor=actor)


def _people(sources: Sources) -> Iterator[tuple[Actor, list[Name], list[str]]]:
    for row in sources.rows("people.csv", PEOPLE):
        offices = tuple(_offices(row["offices"], row["side"], row["id"], sources))
        actor = Actor(
            id=row["id"],
            name=row["name"],
            kind="person",
            side=row["side"] or None,
            gender=row["gender"],
            offices=offices,
        )
        full = dict.fromkeys((row["name"], *words_of(row["variants"])))
        short = words_of(row["short"])
        names = [_name(text, actor) for text in (*full, *short)]
        keys = [split_words(text)[-1] for text in full] + [split_words(text)[-1] for text in short]
        yield actor, names, list(dict.fromkeys(keys))


def _offices(cell: str, side: str, key: str, sources: Sources) -> Iterator[Office]:
    # "president@UA 2019-05-20/|prime minister 2007/2010": title, side if not the own one, ISO 8601 interval.
    for part in words_of(cell):
        title, _, days = part.rpartition(" ")
        name, _, serves = title.partition("@")
        start, slash, end = days.partition("/")
        if not name or not slash:
            sources.fault("people.csv", key, f"office {part!r} is not TITLE[@SIDE] START/END")
            continue
        try:
            yield Office(title=name, side=serves or side, start=_day(start, False), end=_day(end, True))
        except ValueError as error:
            sources.fault("people.csv", key, f"office {part!r}: {error}")


def _day(text: str, last: bool) -> date | None:
    if not text:
        return None
    if len(text) == 4:
        return date(int(text), 12, 31) if last else date(int(text), 1, 1)
    return date.fromisoformat(text)


def _outlets(sources: Sources) -> Iterator[tuple[Actor, list[Name], list[str]]]:
    for row in sources.rows("outlets.csv", OUTLETS):
        actor = Actor(id=row["id"], name=row["name"], kind="media", side=row["side"] or None)
        texts = list(dict.fromkeys((row["name"], *words_of(row["variants"]))))
        plain = [text.lower().removeprefix("the ") for text in texts]
        keys = [word_key(text.replace(" ", "")) for text in plain] + list(words_of(row["sites"]))
        yield actor, [_name(text, actor) for text in texts], keys


def _nouns(sources: Sources) -> dict[str, Noun]:
    found: dict[str, Noun] = {}
    for row in sources.rows("actor_nouns.csv", NOUNS):
        _check_kind(row["kind"], "actor_nouns.csv", row["word"], sources)
        forms = [(row["word"], False), *((form, True) for form in noun_forms(row["word"])[1:])]
        forms += [
            (form, form.endswith(("s", "men")) or form == "people") for form in words_of(row["variants"])
        ]
        for form, plural in forms:
            noun = Noun(
                word=row["word"], kind=row["kind"], sense=row["sense"], gender=row["gender"], plural=plural,
                needs=frozenset(word for word in words_of(row["needs"]) if not word.startswith("!")),
                forbids=frozenset(word[1:] for word in words_of(row["needs"]) if word.startswith("!")),
            )  # fmt: skip
            found.setdefault(form, noun)
    # "The rashists" are actors by their byname alone, wherever it fits who speaks.
    for row in sources.rows("epithets.csv", EPITHETS):
        if row["kind"] == "force" and " " not in row["words"]:
            for number, form in enumerate(noun_forms(row["words"])):
                byname = Noun(
                    word=row["words"], kind="force", sense=BYNAME, gender="", plural=number > 0,
                    needs=frozenset(), forbids=frozenset(),
                )  # fmt: skip
                found.setdefault(form, byname)
    return found


def _epithets(sources: Sources) -> dict[str, tuple[Epithet, ...]]:
    index: dict[str, list[Epithet]] = {}
    for row in sources.rows("epithets.csv", EPITHETS):
        words = split_words(row["words"])
        last = noun_forms(words[-1])
        for form in dict.fromkeys(last):
            epithet = Epithet(
                words=(*words[:-1], form), speakers=frozenset(words_of(row["speakers"])),
                countries=frozenset(words_of(row["countries"])), side=row["side"], kind=row["kind"],
            )  # fmt: skip
            index.setdefault(epithet.words[0], []).append(epithet)
    order = {
        first: sorted(found, key=lambda one: (-len(one.words), "*" in one.speakers))
        for first, found in index.items()
    }
    return {first: tuple(found) for first, found in order.items()}


def _given(sources: Sources) -> dict[str, str]:
    rows = sources.rows("given_names.csv", ("gender", "names", "source"))
    return {word_key(name): row["gender"][0] for row in rows for name in row["names"].split()}


def _camps(sources: Sources) -> Iterator[Camps]:
    for row in sources.rows("belligerents.csv", CAMPS):
        try:
            yield Camps(
                id=row["id"], a=words_of(row["a"]), b=words_of(row["b"]), invader=row["invader"] or None,
                start=_day(row["start"], False), end=_day(row["end"], True),
                countries=frozenset(words_of(row["countries"])),
            )  # fmt: skip
        except ValueError as error:
            sources.fault("belligerents.csv", row["id"], str(error))


def _lists(tables: dict[str, Any], sources: Sources) -> dict[str, frozenset[str]]:
    for key in LISTS:
        if not isinstance(tables.get(key), list):
            sources.fault("actor_words.toml", key, "is missing or no list")
    return {key: frozenset(tables.get(key, ())) for key in LISTS}


def _check_kind(kind: str, file: str, key: str, sources: Sources) -> None:
    if kind not in KINDS:
        sources.fault(file, key, f"unknown kind {kind!r}")


def _check_sides(actors: dict[str, Actor], sources: Sources) -> None:
    for actor in actors.values():
        for side in (actor.side, actor.principal):
            if side and side not in actors and side != "civilians":
                sources.fault("actors.csv", actor.id, f"side {side!r} is neither a country nor an actor")
