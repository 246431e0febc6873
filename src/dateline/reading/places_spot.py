"""Spot the names that codebook or gazetteer knows, and weigh whether each is used as a place's name."""

from dataclasses import dataclass

from dateline.codebook.names import name_key
from dateline.codebook.places import Entry, PlaceBooks
from dateline.reading.places_words import (
    DIRECTIONS,
    DISTRICT_WORDS,
    FACILITY_ADJECTIVES,
    FACILITY_WORDS,
    REGION_WORDS,
    TOWN_WORDS,
    word_set,
)
from dateline.reading.tokens import Parse, Token

LONGEST = 7
SHORT = 3  # letters of names that may be abbreviations
WIDE_KINDS = frozenset(("country", "continent", "admin1", "informal"))
CONNECTING = word_set(
    "of de la el al as ad ar ash az an at ez ed en es il da do du del della di le les los las san sur am "
    "der den van von upon on - – ' ’ . the und y i e ul ur bin ibn abu umm"
)


@dataclass(slots=True, kw_only=True)
class Toponym:
    """A name: tokens first..last, `name_last` before a class word, what it may mean, how surely a place.

    `wants` is the kind that the words around ask for: "admin1", "admin2", "settlement", or a facility's kind.
    """

    first: int
    last: int
    name_last: int
    key: str
    entries: tuple[Entry, ...]
    wants: str | None = None
    score: float = 0.0
    chosen: Entry | None = None
    demonym: bool = False
    within: str | None = None
    unknown: bool = False
    part: str | None = None


def is_name(token: Token) -> bool:
    """Tell whether a word is capitalised as the parser saw it."""
    return token.true[:1].isupper()


def spot(parse: Parse, books: PlaceBooks, *, demonyms: bool) -> list[Toponym]:
    """Return the longest known names, left to right, not overlapping."""
    found: list[Toponym] = []
    tokens = parse.tokens
    place, count = 0, len(tokens)
    while place < count:
        token = tokens[place]
        if not (is_name(token) or _opens(tokens, place)):
            place += 1
            continue
        stop = _other_name(parse, place, books)
        if stop is not None:
            place = stop + 1
            continue
        toponym = _match(parse, place, books, demonyms)
        if toponym is not None and token.lower == "the" and toponym.last > place:
            # "The United States" is named "United States"; The Hague keeps its article.
            inner = _match(parse, place + 1, books, demonyms)
            same = (
                inner is not None and inner.last == toponym.last and set(inner.entries) & set(toponym.entries)
            )
            if inner is not None and same and toponym.entries[0].kind != "settlement":
                toponym = inner
        if toponym is None:
            place += 1
            continue
        _take_direction(toponym, parse)
        found.append(toponym)
        place = toponym.last + 1
    return found


def _take_direction(toponym: Toponym, parse: Parse) -> None:
    """Take a capitalised direction into the name of a region or country: "West Kasai", "Eastern Europe"."""
    if toponym.first == 0 or not any(entry.kind in WIDE_KINDS for entry in toponym.entries):
        return
    before = parse.tokens[toponym.first - 1]
    first = parse.sentences[before.sent].first == before.i
    adjacent = parse.tokens[toponym.first].start - before.end == 1
    if before.lower in DIRECTIONS and is_name(before) and not first and adjacent and before.pos != "VERB":
        toponym.first = before.i
        toponym.part = DIRECTIONS[before.lower]


def _other_name(parse: Parse, first: int, books: PlaceBooks) -> int | None:
    """Return the last token of a longer name of something else that begins here ("Islamic State of Iraq")."""
    tokens = parse.tokens
    if tokens[first].lower not in books.other_starts:
        return None
    stop = parse.sentences[tokens[first].sent].last
    found = None
    for last in range(first + 1, min(first + LONGEST + 1, stop + 1)):
        if name_key(parse.text[tokens[first].start : tokens[last].end]) in books.words["never"]:
            found = last
    return found


def _opens(tokens: tuple[Token, ...], place: int) -> bool:
    """Tell whether a lower-case article opens an Arabic name ("al-Bab", "ar-Raqqah")."""
    token = tokens[place]
    if token.lower not in ("al", "el", "ar", "as", "ad", "ash", "an", "at", "az") or place + 2 >= len(tokens):
        return False
    return tokens[place + 1].text == "-" and tokens[place + 2].text[:1].isupper()


def _match(parse: Parse, first: int, books: PlaceBooks, demonyms: bool) -> Toponym | None:
    tokens, text = parse.tokens, parse.text
    start = tokens[first].start
    end_of_sentence = parse.sentences[tokens[first].sent].last
    best: tuple[int, str, tuple[Entry, ...]] | None = None
    shortened = books.abbreviations.get(tokens[first].text)
    after_mark = first > 1 and tokens[first - 1].text in (",", "-", "(", "/", "–")
    if shortened is not None and after_mark and not tokens[first - 2].text.isupper():
        key = name_key(shortened.name)
        return Toponym(first=first, last=first, name_last=first, key=key, entries=(shortened,))
    capitals = True
    for last in range(first, min(first + LONGEST, end_of_sentence + 1)):
        token = tokens[last]
        if last > first:
            gap = token.start - tokens[last - 1].end
            if gap > 1:
                break
            capitals = capitals and (is_name(token) or token.lower in CONNECTING or token.text.isdigit())
        key = name_key(text[start : token.end])
        started = key in books.starts
        if not capitals and not started and key not in books.entries:
            break
        if token.lower in ("'s", "'"):
            break
        if not token.text[-1].isalnum() and not (token.text[-1] == "." and len(token.text) > 1):
            continue
        entries = (
            books.find(key) if (capitals and is_name(token)) or last == first else books.entries.get(key, ())
        )
        if key in books.words["never"] or text[start : token.end].endswith(".."):
            continue
        if len(key) <= SHORT and entries:
            entries = _printed_so(tokens, first, last, key, entries)
        if entries:
            best = (last, key, entries)
    if best is None:
        word = tokens[first].lower
        if demonyms and word in books.demonyms and is_name(tokens[first]):
            country = books.countries[books.demonyms[word]]
            return Toponym(
                first=first, last=first, name_last=first, key=word, entries=(country,), demonym=True
            )
        return None
    last, key, entries = best
    if last == first and key in books.demonyms and demonyms and not any(entry.edited for entry in entries):
        country = books.countries[books.demonyms[key]]
        return Toponym(first=first, last=first, name_last=first, key=key, entries=(country,), demonym=True)
    return Toponym(first=first, last=last, name_last=last, key=key, entries=entries)


def _printed_so(
    tokens: tuple[Token, ...], first: int, last: int, key: str, entries: tuple[Entry, ...]
) -> tuple[Entry, ...]:
    """Return what a short name may mean as it is printed: "US", "CAR" and "LA", not "us", "Car" or "La"."""
    words = tokens[first : last + 1]
    upper = all(word.text.isupper() and word.true.isupper() for word in words if word.text[0].isalpha())
    named = [entry for entry in entries if name_key(entry.name) == key]
    if not upper:
        shouted = all(word.text.isupper() for word in words)
        return tuple(
            entry for entry in named if len(key) == SHORT and (entry.edited or not shouted)
        )  # fmt: skip
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if len(key) < SHORT and after is not None and after.start - words[-1].end == 1 and first == last:
        # The article of "LA CABANA" in a line of capitals.
        if len(after.text) > 1 and after.text.isupper() and after.text.isalpha() and after.pos == "PROPN":
            return ()
    return tuple(entry for entry in entries if entry.edited)


def take_class(toponym: Toponym, parse: Parse) -> None:
    """Extend a name by its class word ("Kherson region", "Hostomel airport") and note the kind asked for."""
    tokens = parse.tokens
    sentence = parse.sentences[tokens[toponym.first].sent]
    after = toponym.name_last + 1
    if after <= sentence.last:
        word = tokens[after].lower
        if word in REGION_WORDS:
            toponym.wants = "admin1"
            if not word.endswith("s"):
                toponym.last = after
        elif word in DISTRICT_WORDS:
            toponym.wants = "admin2"
            if word in (
                "district",
                "raion",
                "rayon",
                "county",
                "municipality",
                "township",
                "parish",
                "territory",
            ):
                toponym.last = after
        elif word == "regional":
            toponym.wants = "admin1"
        elif word in TOWN_WORDS:
            toponym.wants = "settlement"
        else:
            _take_facility(toponym, parse, after, sentence.last)
    if toponym.wants is None:
        before = class_before(parse, toponym.first)
        if tokens[toponym.first - 1].text == "," and _is_country(toponym):
            return  # "troops left the city, Ukraine said"
        if before in REGION_WORDS:
            toponym.wants = "admin1"
        elif before in TOWN_WORDS:
            toponym.wants = "settlement"
        elif before in DISTRICT_WORDS:
            toponym.wants = "admin2"


def _is_country(toponym: Toponym) -> bool:
    return any(entry.kind == "country" for entry in toponym.entries)


def _take_facility(toponym: Toponym, parse: Parse, after: int, stop: int) -> None:
    tokens = parse.tokens
    for place in range(after, min(after + 4, stop + 1)):
        word = tokens[place].lower
        if word in FACILITY_WORDS and (tokens[place].pos in ("NOUN", "PROPN")):
            if tokens[place].text[:1].isupper() and place > after and not is_name(tokens[place]):
                return
            toponym.last = place
            toponym.wants = FACILITY_WORDS[word]
            return
        if word not in FACILITY_ADJECTIVES:
            return


def class_before(parse: Parse, first: int) -> str:
    """Return the class noun that introduces a name: "the town of X", "the town X", "the village, X"."""
    tokens = parse.tokens
    sentence = parse.sentences[tokens[first].sent]
    place = first - 1
    if place >= sentence.first and tokens[place].lower in ("of", ","):
        place -= 1
    if place >= sentence.first:
        word = tokens[place].lower
        if word in TOWN_WORDS or word in DISTRICT_WORDS or word in REGION_WORDS:
            return word
    return ""
