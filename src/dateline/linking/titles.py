"""Head an event in plain words: what kind, against what, where, when; from the codebook's names."""

from collections.abc import Sequence

from dateline.linking.books import Books
from dateline.linking.consensus import best_names, factual
from dateline.model.event import Entry, Origin
from dateline.model.values import Filler, Place, Time
from dateline.model.words import days_words

_LONGEST = 40  # characters of a target's words that still make a title
_PRONOUNS = frozenset("it they them him her this that these those who which we us one".split())


def title_of(
    kind: str, entries: Sequence[Entry], found: Sequence[Origin], place: Place | None, country: str | None,
    time: Time | None, books: Books,
) -> str:  # fmt: skip
    """Return "Missile strike on a hospital, Goma, 3 May 2021", without what is not told."""
    head = _kind_words(kind, entries, found, books)
    target = _target(entries, found, place)
    parts = [f"{head} on {target}" if target and kind.startswith("strike") else head]
    where = _where(place) or _country(country, books)
    if where:
        parts.append(where)
    if time is not None:
        parts.append(days_words(time.earliest, time.latest))
    return ", ".join(parts)


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
            if known in words:
                return books.comparing.strike[known]
    return plain


def _target(entries: Sequence[Entry], found: Sequence[Origin], place: Place | None) -> str | None:
    """Return the thing that most origins say was hit; people are told in the toll."""
    names = best_names(
        (
            (entry, " ".join(filler.span.quote.split()))
            for entry in factual(entries)
            if entry.claim.type.startswith("strike")
            for filler in entry.claim.targets
            if _is_thing(filler)
        ),
        found,
    )
    for name in names:
        words = name.removeprefix("the ").removeprefix("The ").removeprefix("an ").removeprefix("a ")
        if len(words) <= _LONGEST and (place is None or words.lower() not in _where(place).lower()):
            return words if words[:1].isupper() else f"a {words}" if not words.endswith("s") else words
    return None


def _is_thing(filler: Filler) -> bool:
    words = filler.span.quote.lower().split()
    return bool(words) and filler.side is None and filler.id is None and not _PRONOUNS & set(words)


def _where(place: Place | None) -> str:
    if place is None:
        return ""
    if place.relation in (None, "around"):
        return place.name
    return f"near {place.name}"


def _country(country: str | None, books: Books) -> str:
    actor = books.actors.actors.get(country) if country else None
    return actor.name if actor else country or ""
