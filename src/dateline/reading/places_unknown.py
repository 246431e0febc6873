"""Find place names that no gazetteer knows by the words around them, and mend misspelt ones."""

from rapidfuzz import fuzz, process

from dateline.codebook.names import loose_key, name_key
from dateline.codebook.places import Entry, PlaceBooks, entry_of
from dateline.reading.places_resolve import Evidence
from dateline.reading.places_spot import Toponym, class_before, is_name, take_class
from dateline.reading.places_words import (
    DIRECTIONS,
    MEDIA_WORDS,
    MONTHS,
    NAMELIKE_WORDS,
    PEOPLE_NOUNS,
    PLACING_VERBS,
    TITLES,
    word_set,
)
from dateline.reading.tokens import Parse, Token

PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))
SURE_BEFORE = word_set(
    "village town city settlement hamlet suburb kibbutz district community municipality township"
)
SURE_AFTER = word_set(
    "village town settlement district raion rayon region oblast province governorate county township "
    "municipality neighborhood neighbourhood suburb river reservoir island mountains direction axis tpp npp hpp chpp"
)
SUREST_AFTER = frozenset(("village", "raion", "oblast", "district", "region"))
UNPLACED_LABELS = frozenset(("DATE", "NORP", "TIME", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "LANGUAGE"))
ENDING = frozenset((",", ".", ";", ")", "and", "–", "—", "'s"))
BEHIND = frozenset((".", ",", "in", "and", "on", "near"))
ENDING_PARTS = frozenset(("ADP", "VERB", "AUX", "CCONJ", "SCONJ", "PUNCT", "ADV", "PRON", "DET"))
FUZZ_SCORE = 88.0
FUZZ_LETTERS = 6
DIVISION_SCORE = 84.0


def find_unknown(
    parse: Parse, known: list[Toponym], books: PlaceBooks, surnames: frozenset[str]
) -> list[Toponym]:
    """Return capitalised names in an unmistakable place context that are not among the accepted ones."""
    taken = {
        place for toponym in known if toponym.score >= 1.0 for place in range(toponym.first, toponym.last + 1)
    }
    found: list[Toponym] = []
    names: set[str] = set()
    people = surnames | books.words["first"] | books.words["last"] | books.words["never"]
    for run in _runs(parse, taken, books):
        if _unmistakable(parse, run, taken, people):
            found.append(_unknown(parse, run))
            names.add(found[-1].key)
    # A list under one preposition, and later mentions of a name once introduced.
    fresh = {toponym.first for toponym in found}
    placed = taken | {place for toponym in found for place in range(toponym.first, toponym.last + 1)}
    for run in _runs(parse, taken, books):
        if run[0] in fresh:
            continue
        toponym = _unknown(parse, run)
        if toponym.key in names and toponym.key not in surnames:
            found.append(toponym)
        elif toponym.key not in books.words["never"] and _listed(parse, run, placed):
            placed.update(range(run[0], run[1] + 1))
            found.append(toponym)
    return sorted(found, key=lambda toponym: toponym.first)


def _runs(parse: Parse, taken: set[int], books: PlaceBooks) -> list[tuple[int, int]]:
    """Return maximal runs of capitalised words that could be names: first and last token index."""
    runs: list[tuple[int, int]] = []
    tokens = parse.tokens
    place = 0
    while place < len(tokens):
        if not _nameable(tokens[place], taken, books):
            place += 1
            continue
        last = place
        while last + 1 < len(tokens) and last - place < 3:
            after = tokens[last + 1]
            joins = after.text == "-" and last + 2 < len(tokens) and tokens[last + 2].text[:1].isupper()
            if joins and after.start == tokens[last].end and after.i + 1 not in taken:
                last += 2
            elif (
                _nameable(after, taken, books)
                and after.sent == tokens[place].sent
                and after.start - tokens[last].end <= 1
            ):
                last += 1
            else:
                break
        runs.append((place, min(last, len(tokens) - 1)))
        place = last + 1
    return runs


def _nameable(token: Token, taken: set[int], books: PlaceBooks) -> bool:
    if (
        token.i in taken
        or not is_name(token)
        or token.pos not in ("PROPN", "NOUN", "ADJ")
        or len(token.text) < 3
    ):
        return False
    word = token.lower
    return not (
        word in books.demonyms or word in MONTHS or word in TITLES or word in DIRECTIONS
        or word in MEDIA_WORDS or word in PEOPLE_NOUNS or word in NAMELIKE_WORDS
        or (token.text.isupper() and len(token.text) < 6)
    )  # fmt: skip


def _unmistakable(parse: Parse, run: tuple[int, int], taken: set[int], people: frozenset[str]) -> bool:
    """Tell whether the words around a run of capitalised words leave no doubt that it names a place."""
    tokens = parse.tokens
    first, last = run
    sentence = parse.sentences[tokens[first].sent]
    before = tokens[first - 1] if first > sentence.first else None
    after = tokens[last + 1] if last < sentence.last else None
    if tokens[first].pos == "ADJ" and (after is None or after.lower not in SURE_AFTER):
        return False
    labels = {tokens[place].ent for place in range(first, last + 1)}
    if _beside_class(parse, run, before, after, labels):
        return True
    if before is None or labels & UNPLACED_LABELS or tokens[last].pos != "PROPN":
        return False
    if _in_region(parse, run, before, after, taken):
        return True
    if tokens[first].lower in people or tokens[last].lower in people:
        return False
    if tokens[last].dep in ("dobj", "nsubjpass") and tokens[last].head.lemma in PLACING_VERBS:
        return True
    word = before.lower
    if after is not None and after.text == "," and after.i + 1 in taken:
        return word in ("in", "at", "from", "near", "of", "to") and "PERSON" not in labels
    if after is not None and after.text not in ENDING and after.pos not in ENDING_PARTS:
        return False
    if word in ("near", "outside"):
        return True
    return word in ("in", "at", "around", "into", "towards", "toward") and (
        labels <= PLACE_LABELS
        or (
            word in ("in", "at")
            and labels <= {"", "PERSON"}
            and (last == first or (last == first + 1 and (after is None or after.lower in BEHIND)))
        )
    )


def _in_region(
    parse: Parse, run: tuple[int, int], before: Token, after: Token | None, taken: set[int]
) -> bool:
    """Tell whether a name stands between "in" and its region, as no person's does: "in X in the Goma region"."""
    if before.lower not in ("in", "at") or after is None or after.lower != "in" or run[1] - run[0] > 1:
        return False
    ahead = parse.tokens[after.i + 1 : after.i + 5]
    region = next((token for token in ahead if token.lower in SUREST_AFTER), None)
    return region is not None and region.sent == after.sent and any(token.i in taken for token in ahead)


def _beside_class(
    parse: Parse, run: tuple[int, int], before: Token | None, after: Token | None, labels: set[str]
) -> bool:
    """Tell whether a class noun stands beside a name: "the village of X", "the town X", "X district"."""
    tokens = parse.tokens
    first, last = run
    if before is not None and tokens[first].pos == "PROPN":
        if before.lower == "of" and class_before(parse, first) in SURE_BEFORE:
            return True
        if before.lower in SURE_BEFORE and "PERSON" not in labels:
            return True
    if after is None or after.lower not in SURE_AFTER or tokens[last].end + 1 != after.start:
        return False
    return not labels & {"DATE", "NORP", "PERSON"} or after.lower in SUREST_AFTER


def _listed(parse: Parse, run: tuple[int, int], placed: set[int]) -> bool:
    """Tell whether a name stands in a list next to a place's name: "near A, B, and C"."""
    tokens = parse.tokens
    first, last = run
    labels = {tokens[place].ent for place in range(first, last + 1)}
    if labels & {"PERSON", "DATE", "NORP"} or tokens[last].pos != "PROPN" or last - first > 2:
        return False
    place = first - 1
    commas = 0
    while place >= 0 and tokens[place].text in (",", "and", "or") and commas < 2:
        place -= 1
        commas += 1
    if not commas or place not in placed or tokens[place].sent != tokens[first].sent:
        return False
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    above = tokens[last].head
    linked = tokens[last].dep in ("conj", "appos") and (above.i in placed or above.dep in ("conj", "pobj"))
    return linked and (after is None or after.pos not in ("VERB", "AUX", "NOUN", "PROPN"))


def _unknown(parse: Parse, run: tuple[int, int]) -> Toponym:
    first, last = run
    key = name_key(parse.text[parse.tokens[first].start : parse.tokens[last].end])
    toponym = Toponym(first=first, last=last, name_last=last, key=key, entries=(), score=1.0, unknown=True)
    take_class(toponym, parse)
    return toponym


def mend(toponym: Toponym, books: PlaceBooks, country: str | None) -> Entry | None:
    """Return the settlement of a country that a misspelt or otherwise transliterated name means."""
    if country is None or len(toponym.key) < FUZZ_LETTERS - 1:
        return None
    names = _names_of(books, country)
    loose = loose_key(toponym.key)
    found = names.get(loose)
    if toponym.wants == "admin1":
        return _division(loose, books, country) or (found[0] if found else None)
    if found is None and len(loose) >= FUZZ_LETTERS:
        alike = [name for name in names if name[0] == loose[0] and name[-2:] == loose[-2:]]
        match = process.extractOne(loose, alike, scorer=fuzz.ratio, score_cutoff=FUZZ_SCORE)
        found = names[match[0]] if match else None
    return found[0] if found else None


def _division(loose: str, books: PlaceBooks, country: str) -> Entry | None:
    key = f"{country} divisions"
    names = books.loose.get(key)
    if names is None:
        gathered: dict[str, tuple[Entry, ...]] = {}
        for name in sorted(books.entries):
            for entry in books.entries[name]:
                if entry.kind == "admin1" and entry.country == country:
                    gathered.setdefault(loose_key(name), (entry,))
        names = books.loose[key] = gathered
    match = process.extractOne(loose, list(names), scorer=fuzz.ratio, score_cutoff=DIVISION_SCORE)
    return names[match[0]][0] if match else None


def _names_of(books: PlaceBooks, country: str) -> dict[str, tuple[Entry, ...]]:
    names = books.loose.get(country)
    if names is None:
        gathered: dict[str, list[Entry]] = {}
        for place in books.gazetteer.in_country(country):
            gathered.setdefault(loose_key(name_key(place.name)), []).append(entry_of(place))
        for entries in gathered.values():
            entries.sort(key=lambda entry: (-entry.population, entry.id))
        names = books.loose[country] = {key: tuple(entries) for key, entries in gathered.items()}
    return names


def country_of(toponym: Toponym, parse: Parse, known: list[Toponym], evidence: Evidence) -> str | None:
    """Return the country that an unknown name most likely lies in: that of the nearest place in its sentence,
    or else the one the report points at most."""
    sent = parse.tokens[toponym.first].sent
    near = [
        (abs(other.first - toponym.first), other.chosen.country)
        for other in known
        if other.chosen is not None and other.chosen.country and not other.demonym
        and parse.tokens[other.first].sent == sent and other.chosen.kind != "country"
    ]  # fmt: skip
    if near:
        return min(near)[1]
    lead = min(evidence, key=lambda iso: (-evidence[iso], iso), default=None)
    return lead if lead is not None and evidence[lead] > 0 else None
