"""Finding in the words of a source whom they name: bodies, offices, places of offices, persons."""

import re
from collections.abc import Sequence
from functools import lru_cache

from dateline.codebook.actors import Actor, Name, word_key
from dateline.codebook.actors_load import split_words
from dateline.codebook.names import loose_key
from dateline.linking.books import Books

STATES = frozenset(("country", "demonym", "seat"))
ARTICLES = frozenset(("the", "a", "an", "its", "their", "his", "her", "our", "my", "one", "two", "some", "s"))
_WORD = re.compile(r"[^\W_]+(?:[’'.\-][^\W_]+)*\.?")
_PLAIN = frozenset(
    """of for in and on about at region regional province district city city's local affairs foreign defence defense
    interior state former acting oblast town senior military police""".split()
)


def spoken_for(words: Sequence[str], side: str | None, books: Books) -> tuple[str, str | None] | None:
    """Return the body of a spokesperson's title: "defence ministry", "kremlin", "hamas"."""
    rest = " ".join(word for word in words if word not in ("for", "of") and word not in ARTICLES)
    if rest in books.comparing.bodies:
        return books.comparing.bodies[rest], side
    for _, _, name in names_in(rest, books, printed=False):
        if name.use not in STATES:
            return canonical_body(name.actor, name.actor.side or side, books)
    return None


def canonical_body(actor: Actor, side: str | None, books: Books) -> tuple[str, str | None]:
    """Return one key for a body however it is named: an institution and its side, or the actor's own id.

    "General Staff of X" and the codebook's own row for that staff are one body.
    """
    if actor.id == "ru-kremlin":
        return "presidents-office", side
    name = actor.name.lower()
    if side is not None:
        found = books.comparing.bodies.get(name)
        if found is not None:
            return found, side
        institutions = [
            (len(one.words), one.actor.id)
            for _, _, one in names_in(name, books, printed=False, use="institution")
        ]
        if institutions:
            return max(institutions)[1], side
    if actor.side is None:
        return actor.id, side
    return actor.id, None


def tail_of(tokens: Sequence[str], books: Books) -> str | None:
    """Return who stands behind "official information of X", "data from X"; null for other words."""
    at = next((i for i, token in enumerate(tokens) if token in ("of", "from", "by")), None)
    if at is None or at + 1 >= len(tokens) or at == 0:
        return None
    return (
        " ".join(tokens[at + 1 :])
        if lemma_of(word_key(tokens[at - 1]), books) in books.comparing.nobody
        else None
    )


def office_in(
    tokens: Sequence[str], side: str | None, books: Books
) -> tuple[str | None, str | None, tuple[str, str | None] | None]:
    """Return office, place and body that words tell of: "Donetsk governor", "a spokesman for the ministry"."""
    book = books.comparing
    plain = [word_key(token) for token in tokens]
    joined = " ".join(plain)
    for words, office in sorted(book.holders.items(), key=lambda row: -len(row[0])):
        if f" {word_phrase(words)} " in f" {joined} ":
            return office, _place_in(tokens, plain, books), None
    at = next((i for i, word in enumerate(plain) if word in book.spokespersons), None)
    if at is not None:
        return None, None, spoken_for([*plain[:at], *plain[at + 1 :]], side, books)
    for words, body in sorted(book.bodies.items(), key=lambda row: -len(row[0])):
        if " " in words and f" {word_phrase(words)} " in f" {joined} ":
            return None, None, (body, side)
    for i, word in enumerate(plain):
        if word in book.offices:
            before = plain[i - 1] if i else ""
            if f"{before} {word}" in book.bodies:
                return None, None, (book.bodies[f"{before} {word}"], side)
            place = _place_in(tokens, plain, books)
            if word in book.bodies and place is None:
                return None, None, (book.bodies[word], side)
            return word, place, None
    return None, None, None


@lru_cache(maxsize=10_000)
def word_phrase(words: str) -> str:
    """Return words as keys, so that "mayor's office" is found in a text's keys."""
    return " ".join(word_key(word) for word in words.split())


def _place_in(tokens: Sequence[str], plain: Sequence[str], books: Books) -> str | None:
    """Return the key of the place in an office's words: its capitalised words that name no state and no office."""
    taken = {word for words in books.comparing.holders for word in words.split()}
    for _, _, name in names_in(" ".join(tokens), books, printed=True):
        if name.use in STATES or name.actor.kind == "person":
            taken.update(name.words)
    person = person_in(tokens, books)
    taken.update(word_key(part) for part in person or () if part)
    kept = [
        key for token, key in zip(tokens, plain, strict=True)
        if token[:1].isupper() and not is_common(key, books) and key not in taken
    ]  # fmt: skip
    return loose_key(" ".join(kept[:2])) if kept else None


def person_in(tokens: Sequence[str], books: Books) -> tuple[str | None, str] | None:
    """Return given name (null: not told) and surname that words end with; null if they name no person."""
    run: list[str] = []
    rest = list(tokens)
    while rest:
        token = rest[-1]
        key = word_key(token)
        shouted = token.isupper() and len(token) < 4
        if not token[:1].isupper() or shouted or is_common(key, books) or _is_state(key, books):
            break
        run.insert(0, token.removesuffix("’s").removesuffix("'s"))
        rest.pop()
    if not run or (rest and rest[-1].lower() in ("of", "in", "from", "at", "near", "for", "the", "a", "and")):
        return None
    if len(run) >= 2:
        return (run[-2] if len(run) == 2 else run[0]), run[-1]
    titled = not rest or any(_is_titled(word_key(token), books) or token.isupper() for token in rest)
    if titled and not run[0].isupper():
        return None, run[0]
    return None


def is_common(key: str, books: Books) -> bool:
    """Say whether a word is a title, a noun of people or bodies, or a small word, and so no part of a name."""
    noun = books.actors.nouns.get(key)
    book = books.comparing
    return (
        noun is not None or key in books.actors.words["titles"] or key in books.actors.words["ranks"]
        or key in ARTICLES or key in book.offices or key in book.spokespersons or key in book.nobody
        or key in book.pronouns
        or key in _PLAIN
    )  # fmt: skip


def _is_titled(key: str, books: Books) -> bool:
    words = books.actors.words
    return key in books.comparing.offices or key in words["titles"] or key in words["ranks"]


def _is_state(key: str, books: Books) -> bool:
    names = books.actors.names.get(key, ())
    return any(len(name.words) == 1 and name.use in STATES for name in names)


def names_in(
    words: str, books: Books, *, printed: bool, use: str | None = None
) -> list[tuple[int, int, Name]]:
    """Return the codebook's names in words, longest first at each place; `printed` asks for their capitals."""
    tokens = words.replace("-", " ").split()
    keys = split_words(words)
    upper = {word_key(token) for token in tokens if token[:1].isupper()}
    shouted = {word_key(token) for token in tokens if token.isupper()}
    found: list[tuple[int, int, Name]] = []
    at = 0
    while at < len(keys):
        for name in books.actors.names.get(keys[at], ()):
            end = at + len(name.words)
            if keys[at:end] != name.words or (use is not None and name.use != use):
                continue
            if printed and name.case == "upper" and not set(name.words) & shouted:
                continue
            if printed and name.case == "title" and not set(name.words) & upper:
                continue
            found.append((at, end, name))
            at = end - 1
            break
        at += 1
    return found


def lemma_of(word: str, books: Books) -> str:
    """Return the singular of a noun of people or papers."""
    key = word_key(word)
    noun = books.actors.nouns.get(key)
    if noun is not None:
        return noun.word
    if key.endswith("ies"):
        return key[:-3] + "y"
    return key.removesuffix("s") if len(key) > 3 and not key.endswith("ss") else key


def words_of_source(text: str) -> list[str]:
    """Return the words of a source's name or description as printed."""
    return [match.group() for match in _WORD.finditer(text)]
