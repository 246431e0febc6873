"""What words beside a name say about whose name it is: a public figure's, a private person's, or no person's."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.codebook.actors import word_key
from dateline.codebook.inflect import noun_forms
from dateline.codebook.tables import Sources, words_of

CLASSES = ("public", "quoted", "private", "thing", "common", "speaks", "suffers")
# Files and columns whose words begin with a small letter in running text.
_VOCABULARY = {
    "structures.csv": "word",
    "triggers.csv": "words",
    "people_nouns.csv": "noun",
    "actor_nouns.csv": "word",
    "equipment.csv": "name",
    "realis.csv": "word",
    "instruments.csv": "name",
}
_BODIES = frozenset(("institution", "unit", "force", "group", "media", "state", "bloc"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Publicity:
    """Words by what they say of a name beside them, as keys (`actors.word_key`); see data/publicity.csv.

    `persons` are nouns and titles that tell of a person and of no office; `things` words in names that are no person's,
    `weak` those of them that are surnames too (Hill, Park); `common` words that mean no name unless they are a given
    name, `small` those of them that never do; `speaks` and `suffers` verbs of which a person is the subject; `given`
    given names; `roles` all words that stand before a person's name and are no part of it.
    """

    public: frozenset[str]
    quoted: frozenset[str]
    persons: frozenset[str]
    things: frozenset[str]
    weak: frozenset[str]
    common: frozenset[str]
    small: frozenset[str]
    speaks: frozenset[str]
    suffers: frozenset[str]
    given: frozenset[str]
    roles: frozenset[str]


def load_publicity(sources: Sources) -> Publicity:
    """Read publicity.csv and the nouns of other files; an unknown class is a fault."""
    found: dict[str, set[str]] = {name: set() for name in CLASSES}
    for row in sources.entries("publicity.csv", ("word", "class", "source")):
        if row["class"] not in found:
            sources.fault("publicity.csv", row["word"], f"unknown class {row['class']!r}")
            continue
        found[row["class"]].add(word_key(row["word"]))
    offices = found["public"] | found["quoted"]
    nouns = set(_keys(row["noun"] for row in sources.rows("people_nouns.csv", ("noun",))))
    bodies: set[str] = set()
    for row in sources.rows("actor_nouns.csv", ("word", "variants", "sense")):
        keys = set(_keys((row["word"], *words_of(row["variants"]))))
        if row["sense"] in _BODIES:
            bodies |= keys
        else:
            nouns |= keys
    structures = set(_keys(row["word"] for row in sources.rows("structures.csv", ("word",))))
    persons = (found["private"] | nouns) - offices
    return Publicity(
        public=frozenset(found["public"]),
        quoted=frozenset(found["quoted"] - found["public"]),
        persons=frozenset(persons),
        roles=frozenset(offices | persons),
        things=frozenset(found["thing"] | bodies | structures),
        weak=frozenset(found["thing"] - bodies - structures),
        common=frozenset(found["common"] | set(_vocabulary(sources))),
        small=frozenset(found["common"]),
        speaks=frozenset(found["speaks"]),
        suffers=frozenset(found["suffers"]),
        given=frozenset(_given(sources)),
    )


def _vocabulary(sources: Sources) -> Iterator[str]:
    for file, column in _VOCABULARY.items():
        for row in sources.rows(file, (column,)):
            for word in row[column].split():
                if word.isalpha() and word.islower():
                    yield from (word_key(form) for form in noun_forms(word))
    for row in sources.rows("place_stopwords.csv", ("id", "word", "kind")):
        if row["kind"] == "common" and row["word"].islower():
            yield word_key(row["word"])


def _given(sources: Sources) -> Iterator[str]:
    for row in sources.rows("given_names.csv", ("gender", "names")):
        yield from _keys(row["names"].split())


def _keys(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if " " not in word:
            yield word_key(word)
