"""Head an event in plain words: what kind, against what, where, when; from the codebook's names."""

from collections.abc import Sequence

from dateline.linking.books import Books
from dateline.linking.consensus import best_names, factual
from dateline.model.event import Entry, Origin
from dateline.model.values import Place, Time
from dateline.model.words import days_words

_LONGEST = 40  # characters of a target's words that still make a title


def title_of(
    kind: str, entries: Sequence[Entry], found: Sequence[Origin], place: Place | None, country: str | None,
    time: Time | None, books: Books,
) -> str:  # fmt: skip
    """Return "Missile strike on a hospital, Goma, 3 May 2021", without what is not told."""
    head = _kind_words(kind, entries, found, books)
    where = _where(place) or _country(country, books)
    if kind.startswith("strike"):
        if place is not None and _is_built(place.name, books):
            head, where = f"{head} {_link(head)} {where}", ""
        elif target := _target(entries, found, where, books):
            head = f"{head} {_link(head)} {target}"
    days = days_words(time.earliest, time.latest) if time is not None else ""
    return ", ".join(part for part in (head, where, days) if part)


def _link(head: str) -> str:
    return "of" if head.endswith("ing") else "on"


def _kind_words(kind: str, entries: Sequence[Entry], found: Sequence[Origin], books: Books) -> str:
    plain = books.comparing.titles.get(kind, kind)
    if not kind.startswith("strike") or kind in ("strike.suicide", "strike.chemical"):
        return plain
    means = best_names(
        (
            (entry, filler.name or filler.span.quote.lower())
            for entry in factual(entries)
            if entry.claim.type.startswith("strike")
            for filler in entry.claim.instruments
        ),
        found,
    )
    for name in means:
        words = name.lower()
        for known in sorted(books.comparing.strike, key=len, reverse=True):
            if known in words and not (kind == "strike.air" and known == "bomb"):
                return books.comparing.strike[known]
    return plain


def _target(entries: Sequence[Entry], found: Sequence[Origin], where: str, books: Books) -> str | None:
    """Return the thing built that most origins say was hit, if its words fit into a title."""
    names = best_names(
        (
            (entry, words)
            for entry in factual(entries)
            if entry.claim.type.startswith("strike")
            for filler in entry.claim.targets
            if (words := _plain(filler.span.quote)) and _is_built(words, books)
        ),
        found,
    )
    name = next((name for name in names if name.lower() not in where.lower()), None)
    if name is None or any(mark.isupper() for mark in name) or _is_plural(name):
        return name
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _is_plural(name: str) -> bool:
    return name.endswith("s") and not name.endswith(("ss", "us"))


def _plain(quote: str) -> str:
    """Return a target's words without article and state ("destroyed"); empty if they are too many for a title."""
    words = quote.split()
    while len(words) > 1 and (words[0].lower() in ("the", "a", "an") or words[0].endswith("ed")):
        words = words[1:]
    plain = " ".join(words)
    return plain if len(plain) <= _LONGEST else ""


def _is_built(words: str, books: Books) -> bool:
    last = words.lower().split()[-1:] or [""]
    return last[0] in books.structures and not words[:1].isdigit()


def _where(place: Place | None) -> str:
    if place is None:
        return ""
    if place.relation in (None, "around"):
        return place.name
    return f"near {place.name}"


def _country(country: str | None, books: Books) -> str:
    actor = books.actors.actors.get(country) if country else None
    return actor.name if actor else country or ""
