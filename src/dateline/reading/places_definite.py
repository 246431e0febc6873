"""Resolve "the capital", "the city", "the village", "the region" and "there" to what they point back at."""

from bisect import bisect_left
from itertools import islice

from dateline.codebook.names import name_key
from dateline.codebook.places import REGION_KINDS, Entry, PlaceBooks
from dateline.reading.places_spot import Toponym
from dateline.reading.places_words import FACILITY_WORDS, REGION_WORDS, word_set
from dateline.reading.roles import LATER
from dateline.reading.tokens import Parse, Token

BACK_TO_TOWN = word_set("city town village settlement port")
BACK_TO_REGION = word_set("region province oblast district governorate area")
# "The plant" is the one named last; "the port" is a town, and hospitals and stations are many.
BACK_TO_SITE = word_set(
    "plant steelworks refinery factory airport airfield airbase base dam bridge prison npp aerodrome"
)
STEPS = 4  # up the parse, in which the subject of "in the capital" is looked for
SITE_KINDS = frozenset(FACILITY_WORDS[word] for word in BACK_TO_SITE)
TOWN_KINDS = frozenset(("settlement", "town_area", "camp", "island"))


def find_definite(
    parse: Parse, known: list[Toponym], books: PlaceBooks, scene: list[tuple[int, str]]
) -> list[tuple[Toponym, Entry]]:
    """Return definite descriptions with the entry each one points at, in the order of the text.

    `scene` are the tokens that say in which country something is, in order.
    """
    found: list[tuple[Toponym, Entry]] = []
    past = sorted(
        (toponym for toponym in known if toponym.chosen is not None), key=lambda toponym: toponym.first
    )
    taken = {
        place for toponym in known if toponym.score >= 1.0 for place in range(toponym.first, toponym.last + 1)
    }
    seen = 0
    towns: list[Entry] = []
    regions: list[Entry] = []
    sites: list[Entry] = []
    for token in parse.tokens:
        while seen < len(past) and past[seen].first < token.i:
            entry = past[seen].chosen
            if entry is not None and entry.kind in TOWN_KINDS:
                aside = _aside(parse.tokens[past[seen].last])
                towns.insert(len(towns) - 1 if aside and towns else len(towns), entry)
            elif (
                entry is not None
                and entry.kind in REGION_KINDS | {"admin2", "district"}
                and entry.kind != "continent"
            ):
                regions.append(entry)
            elif entry is not None and entry.kind in SITE_KINDS:
                sites.append(entry)
            seen += 1
        word = token.lower
        if word in BACK_TO_SITE:
            entry = _site(token, parse, taken, sites)
        elif word == "capital" or word in BACK_TO_TOWN or word in BACK_TO_REGION or word == "there":
            entry = _pointed_at(token, parse, books, scene, taken, towns, regions)
        else:
            continue
        if entry is not None:
            toponym = Toponym(
                first=token.i, last=token.i, name_last=token.i, key=word, entries=(entry,), score=1.0
            )
            toponym.chosen = entry
            found.append((toponym, entry))
    return found


def _aside(name: Token) -> bool:
    """Tell whether a town is only part of a when: "shelled the city after the capture of Raqqa"."""
    noun: Token | None = None
    for above in islice(name.ancestors(), STEPS):
        if above.dep == "prep" and above.lower in LATER and noun is not None:
            return True
        noun = above if above.dep == "pobj" else noun
    return False


def _pointed_at(
    token: Token, parse: Parse, books: PlaceBooks, scene: list[tuple[int, str]], taken: set[int],
    towns: list[Entry], regions: list[Entry],
) -> Entry | None:  # fmt: skip
    word = token.lower
    if word == "there":
        adverb = token.dep == "advmod" and token.head.pos in ("VERB", "AUX")
        return towns[-1] if adverb and towns else None
    if token.i in taken or token.tag != "NN" or token.dep == "compound":
        return None
    determiner = token.child("det")
    if not _alone(token, parse, taken) and not _placed_by_region(token, determiner, parse, taken, regions):
        return None
    if word == "capital":
        return _capital(token, books, scene, determiner is not None)
    if determiner is None or determiner.lower not in ("the", "this", "that"):
        return None
    if word in BACK_TO_TOWN:
        return towns[-1] if towns else None
    return regions[-1] if regions and (word in REGION_WORDS or word in ("district", "area")) else None


def _site(token: Token, parse: Parse, taken: set[int], sites: list[Entry]) -> Entry | None:
    """Return the plant, airport or bridge named last, if "the plant" may be it: no other place or kind is told."""
    kind = FACILITY_WORDS[token.lower]
    site = next((entry for entry in reversed(sites) if entry.kind == kind), None)
    determiner = token.child("det")
    if site is None or token.i in taken or token.dep == "compound" or token.tag not in ("NN", "NNS"):
        return None
    if determiner is None or determiner.lower not in ("the", "this", "that"):
        return None
    named = set(name_key(site.name).split())
    for child in token.children:
        told = child.i < token.i and child.dep in ("amod", "compound", "nmod", "poss") and child.tag != "VBN"
        if told and name_key(child.text) not in named | {"same", "vast", "sprawling", "huge", "giant"}:
            return None
        if child.dep == "prep" and any(place in taken for place in range(child.left, child.right + 1)):
            return None
    return site


def _placed_by_region(
    token: Token, determiner: Token | None, parse: Parse, taken: set[int], regions: list[Entry]
) -> bool:
    """Tell whether "the Donbas city" is the one told of last, the region only saying where it lies."""
    before = parse.tokens[token.i - 1] if token.i else token
    if token.lower not in BACK_TO_TOWN or determiner is None or before.i not in taken:
        return False
    if before.dep != "compound" or determiner.i != before.i - 1 or not regions:
        return False
    after = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else token
    return after.lower != "of" and after.i not in taken


def _alone(token: Token, parse: Parse, taken: set[int]) -> bool:
    """Tell whether no name completes the noun: not "the city of X", "the capital, X", "X city"."""
    tokens = parse.tokens
    for place in (token.i + 1, token.i + 2):
        if place < len(tokens) and place in taken and tokens[place].sent == token.sent:
            return tokens[place - 1].lower not in (",", "of", "-") and place != token.i + 1
    if token.i and token.i - 1 in taken:
        return False
    return (
        not any(child.lower == "of" and child.i == token.i + 1 for child in token.children)
        or token.lower == "capital"
    )


def _capital(token: Token, books: PlaceBooks, scene: list[tuple[int, str]], definite: bool) -> Entry | None:
    for child in token.children:
        iso = books.demonyms.get(child.lower)
        if iso is None and child.dep == "poss":
            iso = next(
                (entry.country for entry in books.find(name_key(child.text)) if entry.kind == "country"), None
            )
        if iso is not None:
            return books.capital(iso)
    if any(child.lower == "of" for child in token.children):
        return None
    others = {child.lower for child in token.children if child.dep in ("amod", "compound")}
    if not definite or others & {"regional", "provincial", "district", "state", "human", "financial"}:
        return None
    iso = _nearest(token.i, scene) or _acting(token, books)
    return books.capital(iso) if iso else None


def _nearest(place: int, scene: list[tuple[int, str]]) -> str | None:
    """Return the country that the nearest place lies in, the one before in doubt."""
    here = bisect_left(scene, (place, ""))
    around = scene[max(here - 1, 0) : here + 1]
    if not around:
        return None
    return min(around, key=lambda told: (abs(told[0] - place), told[0]))[1]


def _acting(token: Token, books: PlaceBooks) -> str | None:
    """Return the state that does something in its own capital: "Chad closed all schools in the capital"."""
    preposition = token.head
    if preposition.dep != "prep" or preposition.lower not in ("in", "around", "outside", "across", "to"):
        return None
    for above in islice(preposition.ancestors(), STEPS):
        subject = above.child("nsubj")
        if subject is not None:
            entries = books.find(name_key(subject.text)) if subject.pos == "PROPN" else ()
            return next((entry.country for entry in entries if entry.kind == "country"), None)
    return None
