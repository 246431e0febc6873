"""Take in names that are known beforehand to be places, from a tagger or an annotator."""

from collections.abc import Sequence

from dateline.codebook.names import name_key
from dateline.codebook.places import Entry, PlaceBooks
from dateline.reading.places_spot import Toponym
from dateline.reading.tokens import Parse

SURE = 9.0
_ARTICLES = frozenset(("the", "el", "la"))


def tell(
    toponyms: Sequence[Toponym], spans: Sequence[tuple[int, int]], parse: Parse, books: PlaceBooks
) -> tuple[list[Toponym], list[Toponym]]:
    """Return the spotted names with those of spans in place of what overlaps them, and the latter alone.

    `spans` are half-open offsets in the text. A name that no gazetteer knows has no entries.
    """
    told: list[Toponym] = []
    for start, end in sorted(set(spans)):
        inside = [token for token in parse.tokens if token.start < end and start < token.end]
        if not inside:
            continue
        first, last = inside[0].i, inside[-1].i
        same = next((one for one in toponyms if (one.first, one.name_last) == (first, last)), None)
        told.append(same or _named(parse, first, last, books))
    covered = {place for one in told for place in range(one.first, one.last + 1)}
    kept = [one for one in toponyms if not covered & set(range(one.first, one.last + 1))]
    return sorted((*kept, *told), key=lambda one: one.first), told


def _named(parse: Parse, first: int, last: int, books: PlaceBooks) -> Toponym:
    tokens = parse.tokens
    entries: tuple[Entry, ...] = ()
    key, name_last, demonym = "", last, False
    for begin in (first, first + 1) if tokens[first].lower in _ARTICLES and first < last else (first,):
        # "Jefferson County" where the gazetteer has it under another form: shorten from the end.
        for name_last in range(last, begin - 1, -1):
            key = name_key(parse.text[tokens[begin].start : tokens[name_last].end])
            entries = books.find(key)
            if entries:
                break
        if entries:
            break
    word = tokens[first].lower
    shortened = books.abbreviations.get(tokens[first].text)
    if first == last and word in books.demonyms and not any(entry.edited for entry in entries):
        entries, demonym = (books.countries[books.demonyms[word]],), True
    elif first == last and shortened is not None and not any(entry.edited for entry in entries):
        entries = (shortened,)
    if not entries:
        name_last = last
    return Toponym(
        first=first, last=last, name_last=name_last, key=key or word, entries=entries, demonym=demonym,
        score=SURE,
    )  # fmt: skip
