"""Weigh whether a known name is used as a place's name, by what it is and by the words around it."""

from rapidfuzz.distance import OSA

from dateline.codebook.places import Entry, PlaceBooks
from dateline.reading.places_spot import Toponym, class_before, is_name, take_class
from dateline.reading.places_words import (
    AREA_WORDS,
    DIRECTIONS,
    FACILITY_WORDS,
    LOCATIVE,
    MEDIA_WORDS,
    MONTHS,
    NAMELIKE_WORDS,
    TAKING_VERBS,
    TITLES,
    WATER_WORDS,
    WEAK_LOCATIVE,
    word_set,
)
from dateline.reading.tokens import Parse, Token

# "advanced on Sake", "the attack on Baga"
ADVANCING = word_set(
    "advance march attack assault raid strike offensive fire shelling bombardment airstrike siege"
)


KIN = word_set(
    "mother father wife husband widow son daughter brother sister parents family children uncle aunt cousin "
    "nephew niece grandmother grandfather grandson granddaughter fiancee girlfriend boyfriend lawyer lawyers"
)
WORKS = word_set(
    "album song single film movie novel book sing poem musical opera album's songs albums ballad"
)
QUOTES = frozenset(('"', "“", "”", "'", "‘", "’", "''", "``"))
SAINTS = ("all saints", "saint ", "sainte ", "san ", "santa ", "holy ", "sacred ")
CHURCHES = word_set("church cathedral chapel parish monastery convent basilica")
SLIP_LETTERS = 7
KNOWN_PEOPLE = 100_000


def weigh(toponyms: list[Toponym], parse: Parse, books: PlaceBooks, surnames: frozenset[str]) -> None:
    """Give every name its class word and a score: 1 and more is a place."""
    people = surnames | _misspelt(toponyms, surnames)
    for number, toponym in enumerate(toponyms):
        if toponym.demonym:
            toponym.score = 2.0
            continue
        following = toponyms[number + 1] if number + 1 < len(toponyms) else None
        take_class(toponym, parse)
        toponym.score = _prior(toponym, parse, books) + _context(toponym, following, parse, books, people)


def _prior(toponym: Toponym, parse: Parse, books: PlaceBooks) -> float:
    best = max(_known(entry) for entry in toponym.entries)
    if parse.tokens[toponym.first].text in books.abbreviations:
        return 5.0
    words = toponym.key.split(" ")
    if len(words) > 1:
        best += 0.8
        if words[0] in books.words["first"] and best < 3:
            best -= 1.5
    else:
        edited = any(entry.edited and entry.bare and not _small(entry) for entry in toponym.entries)
        scale = 0.3 if edited else 1.0
        if toponym.key in books.words["common"]:
            best -= 2.2 * scale
        if toponym.key in books.words["first"]:
            best -= 1.6 * scale
        elif toponym.key in books.words["last"]:
            best -= 0.9 * scale
        if toponym.key in MONTHS or toponym.key in DIRECTIONS:
            best -= 4
        if toponym.key in books.demonyms and not edited:
            best -= 4
    return best


def _small(entry: Entry) -> bool:
    """Tell whether an entry is a town so small that its name more often means something else."""
    return entry.kind == "settlement" and entry.population < 30_000


def _known(entry: Entry) -> float:
    if entry.kind == "country" or (entry.edited and entry.bare):
        return 2.2 if _small(entry) else 3.0
    if entry.kind == "admin1":
        return 1.0 if entry.bare else 1.5
    if entry.kind == "admin2":
        return 2.5 if " " in entry.name else 0.3
    if entry.kind != "settlement":
        return 2.5
    weight = 1.7 if entry.population >= 100_000 else 1.0 if entry.population >= 15_000 else 0.5
    if entry.population < 2_000:
        weight = 0.2
    return weight if entry.main else weight - 0.5


def _context(
    toponym: Toponym, following: Toponym | None, parse: Parse, books: PlaceBooks, surnames: frozenset[str]
) -> float:
    tokens = parse.tokens
    head = tokens[toponym.name_last]
    score = 0.0
    labels = {tokens[place].ent for place in range(toponym.first, toponym.name_last + 1)} - {""}
    if (
        toponym.first
        and tokens[toponym.first - 1].lower in LOCATIVE
        and tokens[toponym.first - 1].ent in labels
    ):
        # "Near Rawah" taken whole for a person is a misreading of the capital at the start of a sentence.
        labels = set()
    if labels & {"GPE", "LOC", "FAC"}:
        score += 1.2
    elif "PERSON" in labels:
        # A foreign name on its own is often taken for a person; one of several words rarely wrongly.
        score -= 0.5 if _labelled_alone(toponym, tokens) else 1.4
    elif labels & {"ORG", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"}:
        score -= 0.3
    elif labels:
        score -= 1.0
    score += 0.3 if head.pos == "PROPN" else (-1.0 if toponym.first == toponym.name_last else 0.0)
    if toponym.wants is not None:
        doubtful = toponym.key in books.words["common"] and not class_before(parse, toponym.first)
        score += 0.8 if doubtful else 2.5
    score += _neighbours(toponym, following, parse, books) - _titled(toponym, parse)
    if toponym.key in surnames or _of_kin(toponym, tokens):
        score -= 2.5
    elif head.dep in ("dobj", "nsubjpass") and head.head.lemma in TAKING_VERBS:
        score += 1.0
    return score


def _misspelt(toponyms: list[Toponym], surnames: frozenset[str]) -> set[str]:
    """Return the keys of little-known names that are some person's surname but for one slip of the pen."""
    forms = {form for name in surnames if len(name) >= SLIP_LETTERS for form in _less_one(name)}
    found: set[str] = set()
    for toponym in toponyms if forms else ():
        key = toponym.key
        if key in found or len(key) < SLIP_LETTERS or " " in key or forms.isdisjoint(_less_one(key)):
            continue
        if any(entry.edited or entry.population >= KNOWN_PEOPLE for entry in toponym.entries):
            continue
        if any(OSA.distance(key, name, score_cutoff=1) <= 1 for name in surnames):
            found.add(key)
    return found


def _less_one(word: str) -> list[str]:
    """Return a word whole and with each letter but the first left out in turn."""
    return [word, *(word[:place] + word[place + 1 :] for place in range(1, len(word)))]


def _of_kin(toponym: Toponym, tokens: tuple[Token, ...]) -> bool:
    """Tell whether a name is followed by "'s mother" or the like; a country's "sister" is no relative."""
    after = tokens[toponym.last + 1 : toponym.last + 4]
    if len(after) < 2 or after[0].lower not in ("'s", "'") or toponym.wants is not None:
        return False
    if any(entry.kind == "country" for entry in toponym.entries):
        return False
    return after[1].lower in KIN or (len(after) > 2 and after[1].pos == "ADJ" and after[2].lower in KIN)


def _titled(toponym: Toponym, parse: Parse) -> float:
    """Return what speaks against a name that is the title of a song or book, or a church's saint."""
    tokens = parse.tokens
    before = tokens[toponym.first - 1] if toponym.first else None
    if before is not None and before.lower in WORKS:
        return 4.0
    if toponym.key.startswith(SAINTS) and any(
        token.lower in CHURCHES for token in tokens[toponym.name_last + 1 : toponym.name_last + 4]
    ):
        return 8.0
    after = tokens[toponym.last + 1] if toponym.last + 1 < len(tokens) else None
    if before is None or after is None or before.text not in QUOTES or after.text not in QUOTES:
        return 0.0
    sentence = parse.sentences[tokens[toponym.first].sent]
    near = tokens[max(sentence.first, toponym.first - 12) : min(sentence.last, toponym.last + 12) + 1]
    return 6.0 if any(token.lemma in WORKS for token in near) else 0.0


def _labelled_alone(toponym: Toponym, tokens: tuple[Token, ...]) -> bool:
    around = (toponym.first - 1, toponym.name_last + 1)
    return not any(0 <= place < len(tokens) and tokens[place].ent == "PERSON" for place in around)


def _neighbours(toponym: Toponym, following: Toponym | None, parse: Parse, books: PlaceBooks) -> float:
    tokens = parse.tokens
    sentence = parse.sentences[tokens[toponym.first].sent]
    score = 0.0
    before = tokens[toponym.first - 1] if toponym.first > sentence.first else None
    after = tokens[toponym.last + 1] if toponym.last < sentence.last else None
    if before is not None:
        score += _before(toponym, before, sentence.first, parse, books)
    if after is not None:
        adjacent = after.start - tokens[toponym.last].end <= 1
        if adjacent and is_name(after) and after.pos == "PROPN" and toponym.wants is None:
            score += _followed(after, following, toponym)
        elif after.text == "," and following is not None and following.first == after.i + 1:
            if any(entry.kind in ("country", "admin1") for entry in following.entries):
                score += 1.5
        elif after.lower in AREA_WORDS:
            score += 1.2
        elif after.text == "-" and toponym.first == toponym.last and after.i < sentence.last:
            score -= 0.5
    return score


def _before(toponym: Toponym, before: Token, start: int, parse: Parse, books: PlaceBooks) -> float:
    tokens = parse.tokens
    word = before.lower
    place = before.i
    if word in ("the", "a") or word in DIRECTIONS or before.pos == "ADJ":
        if place > start:
            place -= 1
            word = tokens[place].lower
            if word in LOCATIVE:
                return 1.2
        return 0.0
    if word in LOCATIVE:
        return 1.5
    if word in WEAK_LOCATIVE:
        return 1.2 if word == "on" and before.head.lemma in ADVANCING else 0.3
    if word in TITLES and toponym.key not in books.countries:
        return -2.5 if not any(entry.kind == "country" for entry in toponym.entries) else 0.0
    if word.rstrip(".") in books.words["first"] and is_name(before) and before.pos == "PROPN":
        return -2.5
    if (
        is_name(before)
        and before.pos == "PROPN"
        and before.ent != "GPE"
        and before.dep in ("compound", "flat", "nmod")
    ):
        return -1.2 if before.i != start else -0.4
    return 0.0


def _followed(after: Token, following: Toponym | None, toponym: Toponym) -> float:
    word = after.lower
    if word in MEDIA_WORDS:
        return -5.0
    if word in NAMELIKE_WORDS:
        return -2.0
    if (
        word in TITLES
        or word in FACILITY_WORDS
        or word in WATER_WORDS
        or word in AREA_WORDS
        or word in MONTHS
    ):
        return 0.0
    if after.ent == "PERSON" and toponym.first == toponym.last:
        return -1.5
    if following is not None and following.first == after.i:
        return -0.3
    return -0.8 if any(entry.edited for entry in toponym.entries) else -1.6
