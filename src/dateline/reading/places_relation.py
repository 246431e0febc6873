"""Read how a name is used: the words that relate an event to it, and its part in the sentence."""

import re
from dataclasses import dataclass

from dateline.reading.places_spot import Toponym, is_name
from dateline.reading.places_words import (
    ACTOR_OBJECT_VERBS,
    ACTOR_VERBS,
    AREA_WORDS,
    DIRECTIONS,
    DISTRICT_WORDS,
    PEOPLE_NOUNS,
    REGION_WORDS,
    TOWN_WORDS,
    word_set,
)
from dateline.reading.tokens import Parse, Token

NEAR = word_set("near outside nearby beside")
AROUND = word_set("around surrounding encircling")
TOWARDS = word_set("toward towards")
PLAINLY_LOCATIVE = word_set("in at near inside outside around into across throughout")
STRIKE_NOUNS = word_set(
    "attack strike assault raid bombardment shelling bombing airstrike offensive invasion onslaught barrage "
    "missile advance march siege blockade incursion fire rocket drone"
)
UNITS_KM = {
    "km": 1.0, "kms": 1.0, "kilometer": 1.0, "kilometers": 1.0, "kilometre": 1.0, "kilometres": 1.0,
    "mile": 1.609,
    "miles": 1.609, "mi": 1.609, "metre": 0.001, "metres": 0.001, "meter": 0.001, "meters": 0.001, "m": 0.001,
    "yards": 0.0009, "hour": 60.0,
}  # fmt: skip
NUMBER_WORDS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
    "dozen": 12,
    "several": 5, "few": 3,
}  # fmt: skip
PARTS = word_set(
    "suburb suburbs outskirts streets airport airports district districts centre center north south east "
    "west coast skies capital territory hospitals hospital"
)
ARMED = word_set(
    "forces force troops army military soldiers navy jets missiles drones artillery government "
    "authorities officials war invasion offensive"
)
ACCUSING = word_set("accuse blame condemn thank criticise criticize")
HANDING = word_set("hand turn surrender")
# What several states do to or with each other.
TOGETHER = word_set(
    "trade swap exchange agree sign clash vow pledge hold resume blame accuse begin start say reach "
    "condemn urge call reject discuss meet seek plan send strike launch warn face"
)
# What comes from a state or its capital as one who speaks: "no comment from Moscow".
ANSWERS = frozenset(
    "comment word statement response reaction reply answer confirmation denial criticism condemnation praise".split()
)
LISTING = frozenset((",", "and", "&"))
LIST = 12  # words that such a list may have
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """The relation of an event to a named place: its kind, the first token of its words, a distance in km."""

    kind: str | None
    first: int
    distance_km: float | None = None
    part: str | None = None


def relation_of(toponym: Toponym, parse: Parse) -> Relation:
    """Return the relation that the words before (or right after) a name express."""
    tokens = parse.tokens
    start = parse.sentences[tokens[toponym.first].sent].first
    place, part = _skip_modifiers(tokens, toponym.first - 1, start)
    part = toponym.part or part
    after = tokens[toponym.last + 1] if toponym.last + 1 < len(tokens) else None
    if after is not None and after.lower in ("direction", "directions", "axis", "axes"):
        return Relation(kind="direction", first=toponym.first, part=part)
    if after is not None and after.lower in AREA_WORDS and after.sent == tokens[toponym.last].sent:
        return Relation(kind="around", first=toponym.first, part=part)
    if place < start:
        return Relation(kind=None, first=toponym.first, part=part)
    word = tokens[place].lower
    if word in NEAR:
        return Relation(kind="near", first=place, part=part)
    if word in AROUND:
        return Relation(kind="around", first=place, part=part)
    if word in TOWARDS:
        return Relation(kind="direction", first=place, part=part)
    if word == "between":
        return Relation(kind="between", first=place, part=part)
    if word == "off":
        return Relation(kind="near", first=place, part="coast")
    if word in ("from", "of", "to"):
        return _measured(tokens, place, start, part)
    if word == "and":
        return _after_and(tokens, place, start, part)
    return Relation(kind=None, first=toponym.first, part=part)


def _skip_modifiers(tokens: tuple[Token, ...], place: int, start: int) -> tuple[int, str | None]:
    """Step back over "the besieged southern city of" and note the part named ("central")."""
    part: str | None = None
    for _ in range(8):
        if place < start:
            break
        token = tokens[place]
        word = token.lower
        classes = word in TOWN_WORDS or word in REGION_WORDS or word in DISTRICT_WORDS
        if word in DIRECTIONS and not (place > start and tokens[place - 1].lower.isdigit()):
            part = part or DIRECTIONS[word]
        elif word == "of":
            before = tokens[place - 1].lower if place > start else ""
            if not (before in TOWN_WORDS or before in REGION_WORDS or before in DISTRICT_WORDS):
                break
            if before in ("suburb", "suburbs"):
                break
        elif word == "'s" or classes or token.pos == "DET" or word in ("-", "a", "the", "both"):
            pass
        elif token.pos in ("ADJ", "NUM", "PROPN") or (token.tag in ("VBN", "VBG") and token.dep == "amod"):
            if token.pos == "PROPN" and not is_name(token):
                break
        elif token.text == "," and place > start and tokens[place - 1].lower in TOWN_WORDS:
            pass
        else:
            break
        place -= 1
    return place, part


def _measured(tokens: tuple[Token, ...], place: int, start: int, part: str | None) -> Relation:
    """Read "20 miles from", "15 km north of", "on the outskirts of", "in the direction of", "close to"."""
    word = tokens[place].lower
    back = place - 1
    if back < start:
        return Relation(kind=None, first=place + 1, part=part)
    before = tokens[back].lower
    if word == "of" and before in (
        "outskirts",
        "suburb",
        "suburbs",
        "edge",
        "outskirt",
        "edges",
        "fringes",
        "approaches",
        "gates",
    ):
        return Relation(kind="outskirts", first=_open(tokens, back, start), part=part)
    if word == "of" and before in ("direction", "vicinity", "surroundings"):
        kind = "direction" if before == "direction" else "near"
        return Relation(kind=kind, first=_open(tokens, back, start), part=part)
    if (
        word == "of"
        and before in ("area", "areas")
        and back > start
        and tokens[back - 1].lower in ("the", "in")
    ):
        return Relation(kind="around", first=_open(tokens, back, start), part=part)
    if word == "to" and before in ("close", "next", "adjacent", "closer", "nearer"):
        return Relation(kind="near", first=back, part=part)
    if word == "of" and before in ("coast", "shores", "shore"):
        return Relation(kind="near", first=_open(tokens, back, start), part="coast")
    direction = DIRECTIONS.get(before) if word in ("of", "from") else None
    if direction == "central":
        direction = None
    inside = direction is not None and word == "of" and back > start and tokens[back - 1].lower == "the"
    if inside and direction is not None:
        # "in the north of X" lies in X, "north of X" outside it.
        return Relation(kind=None, first=place + 1, part=direction)
    if direction is not None:
        back -= 1
        while back > start and (
            tokens[back].lower in ("the", "to", "-", "just", "due") or tokens[back].lower in DIRECTIONS
        ):
            back -= 1
    distance, first = _distance(tokens, back, start)
    if distance is not None:
        stated = direction or ("from" if word in ("from", "of", "to") else None)
        return Relation(kind=stated, first=first, distance_km=distance, part=part)
    if direction is not None:
        return Relation(kind=direction, first=back + 1, part=part)
    return Relation(kind=None, first=place + 1, part=part)


def _distance(tokens: tuple[Token, ...], place: int, start: int) -> tuple[float | None, int]:
    if place >= start and tokens[place].lower in ("away", "distance", "drive"):
        place -= 1
    if place >= start and tokens[place].text == ")":
        while place > start and tokens[place].text != "(":
            place -= 1
        place -= 1
    if place < start:
        return None, place
    unit = UNITS_KM.get(tokens[place].lower.rstrip("."))
    if unit is None:
        joined = re.fullmatch(r"(\d+(?:\.\d+)?)-?(km|kms|mi|miles?|m)", tokens[place].lower)
        if joined is None:
            return None, place
        return round(float(joined[1]) * UNITS_KM[joined[2]], 1), place
    place -= 1
    if place >= start and tokens[place].text == "-":
        place -= 1
    if place < start:
        return None, place
    word = tokens[place].lower
    number = _NUMBER.fullmatch(word)
    value = float(number[0].replace(",", "")) if number else NUMBER_WORDS.get(word)
    if value is None:
        return None, place
    first = place
    while first > start and tokens[first - 1].lower in (
        "about",
        "some",
        "around",
        "roughly",
        "just",
        "nearly",
        "only",
        "than",
        "less",
        "more",
    ):
        first -= 1
    return round(value * unit, 1), first


def _open(tokens: tuple[Token, ...], place: int, start: int) -> int:
    while place > start and (
        tokens[place - 1].pos in ("DET", "ADP", "ADJ") or tokens[place - 1].lower in DIRECTIONS
    ):
        place -= 1
    return place


def _after_and(tokens: tuple[Token, ...], place: int, start: int, part: str | None) -> Relation:
    """Read the second name of "between A and B": its "between" stands some words before."""
    for back in range(place - 1, max(start, place - 9) - 1, -1):
        if tokens[back].lower == "between":
            return Relation(kind="between", first=back, part=part)
        if tokens[back].pos in ("VERB", "AUX") or tokens[back].text in (".", ";"):
            break
    return Relation(kind=None, first=place + 1, part=part)


def use_of(toponym: Toponym, parse: Parse, relation: Relation, *, of_state: bool) -> str:
    """Return "locative", "actor", "modifier" or "other"; `of_state` marks a country or its capital."""
    tokens = parse.tokens
    head = tokens[toponym.last]
    inside = range(toponym.first, toponym.last + 1)
    while head.head is not head and head.head.i in inside:
        head = head.head
    if toponym.demonym:
        return "modifier"
    if relation.kind is not None:
        return "locative"
    if _stands_in(toponym, tokens):
        return "locative"
    if of_state and _acts(toponym, parse):
        return "actor"
    return _part(head, parse, of_state)


def _acts(toponym: Toponym, parse: Parse) -> bool:
    """Tell whether a state or its capital acts or is addressed, whatever the parse makes of a terse line.

    "X, Y trade blame" at the start of a line, "accuses X of", "X's forces", "handed over to X".
    """
    tokens = parse.tokens
    sentence = parse.sentences[tokens[toponym.first].sent]
    before = tokens[toponym.first - 1] if toponym.first > sentence.first else None
    after = tokens[toponym.last + 1 : min(toponym.last + 4, sentence.last + 1)]
    if after and after[0].lower in ("'s", "'") and any(word.lower in ARMED for word in after[1:]):
        return True
    if before is None:
        return _list_of_states(tokens, toponym.first, sentence.last)
    if before.lemma in ACCUSING and before.pos == "VERB":
        return True
    if before.lower == "to" and before.head.lemma in HANDING:
        return before.head.lemma != "turn" or tokens[before.i - 1].lower == "over"
    if toponym.first - sentence.first > LIST:
        return False
    opening = tokens[sentence.first : toponym.first]
    listed = all(word.text in LISTING or (is_name(word) and word.pos == "PROPN") for word in opening)
    return listed and _list_of_states(tokens, sentence.first, sentence.last)


def _list_of_states(tokens: tuple[Token, ...], first: int, stop: int) -> bool:
    """Tell whether a line opens with a list of names and what they do together: "X, Y trade blame"."""
    place, joints = first, 0
    while place <= min(stop, first + LIST) and (tokens[place].text in LISTING or is_name(tokens[place])):
        joints += tokens[place].text in LISTING
        place += 1
    return joints > 0 and place <= stop and tokens[place].lemma in TOGETHER


def _stands_in(toponym: Toponym, tokens: tuple[Token, ...]) -> bool:
    """Tell whether a plain preposition of place governs the name itself, whatever the parse makes of it."""
    if toponym.first == 0 or tokens[toponym.first - 1].lower not in PLAINLY_LOCATIVE:
        return False
    after = tokens[toponym.last + 1] if toponym.last + 1 < len(tokens) else None
    return after is None or (after.lower != "'s" and after.lower not in PEOPLE_NOUNS and after.text != "-")


def _part(head: Token, parse: Parse, of_state: bool, depth: int = 0) -> str:
    above = head.head
    dep = head.dep
    if dep in ("conj", "appos") and depth < 6 and above is not head:
        return _part(above, parse, of_state, depth + 1)
    if dep in ("nsubj", "csubj", "agent") or (dep == "pobj" and above.lower == "by"):
        if of_state and (above.lemma in ACTOR_VERBS or dep == "pobj"):
            return "actor"
        return "locative" if not of_state or above.lemma in ("be", "remain", "see", "fall") else "actor"
    if dep in ("compound", "nmod", "poss", "amod", "npadvmod", "nummod"):
        return _modifying(head, above, of_state)
    if dep == "pobj":
        return _prepositional(above, of_state)
    if dep in ("dobj", "obj", "iobj", "dative", "attr", "oprd"):
        return "actor" if of_state and above.lemma in ACTOR_OBJECT_VERBS else "locative"
    if dep == "nsubjpass":
        return "actor" if of_state and above.lemma in ACTOR_OBJECT_VERBS else "locative"
    if dep == "ROOT" and head.is_root:
        return "locative"
    return "other" if of_state else "locative"


def _modifying(head: Token, above: Token, of_state: bool) -> str:
    if of_state and head.dep == "poss" and above.lower in PARTS:
        return "locative"
    if above.lower in PEOPLE_NOUNS or above.ent == "PERSON":
        return "modifier"
    if of_state:
        return "modifier"
    return "locative"


def _prepositional(preposition: Token, of_state: bool) -> str:
    word = preposition.lower
    above = preposition.head
    if word == "of" and (above.lower in PEOPLE_NOUNS or above.ent == "PERSON"):
        return "modifier"
    if word in ("on", "against") and above.lemma in STRIKE_NOUNS:
        return "locative"
    if above.lower in ("border", "frontier", "borders"):
        return "other"
    if word in ("against", "with", "for", "on", "by", "between", "among", "as") and of_state:
        return "actor"
    if (
        word == "to"
        and of_state
        and above.lemma
        in ("sell", "supply", "deliver", "give", "send", "speak", "talk", "weapon", "aid", "provide")
    ):
        return "actor"
    if word == "from" and of_state and above.lemma in ANSWERS:
        return "actor"
    if (
        word == "from"
        and of_state
        and above.pos == "NOUN"
        and above.lower not in ("refugees", "people", "withdrawal", "exit")
    ):
        return "other"
    return "locative"
