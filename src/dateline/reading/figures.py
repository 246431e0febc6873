"""Read how many people were killed, wounded, captured, missing, displaced, and the word that says so."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from dateline.codebook.quantities import QuantityBook
from dateline.model.text import Span
from dateline.model.values import Figure, Measure
from dateline.reading.beside import beside, person_before
from dateline.reading.counting import Count, Counts, together
from dateline.reading.hurts import hurts
from dateline.reading.mentions import FigureMention
from dateline.reading.patients import (
    Told,
    adjective_patients,
    noun_is_negated,
    noun_patients,
    subjects_of,
    tellings,
    verb_patients,
)
from dateline.reading.quantities import QuantityMention
from dateline.reading.tokens import Parse, Token
from dateline.reading.tolls import lives_lost, tolls

_ORDER = {"phrase": 0, "verb": 0, "befalls": 0, "adjective": 1, "noun": 2, "body": 3, "counted": 4}
_IN_JOINT = frozenset({
    ",", "either", "seriously", "severely", "badly", "gravely", "critically", "at", "least", "otherwise",
})  # fmt: skip
_DECLARED = frozenset({"pronounced", "declared"})


def find_figures(
    parse: Parse, quantities: Sequence[QuantityMention], book: QuantityBook
) -> tuple[FigureMention, ...]:
    """Return the counts of people in a text, in order of their predicates, each number once per measure.

    A count that is part of another ("including three children") is left out, unless a word of its own says it
    ("of whom 12 were wounded"). Whether it is real, planned or denied is for later steps to judge.
    """
    counts = Counts(parse.tokens, book).enter(quantities)
    heard = (
        one for one in tellings(parse.tokens, book.tolls)
        if not _belongs_to_next(parse.tokens, one) and not _is_idle(parse.tokens, one)
    )  # fmt: skip
    told = [_as_fatal(one, book) for one in heard]
    stop = {one.token.i: one.fate.what for one in told}
    found: list[tuple[int, Told, Count]] = []
    read: set[tuple[int, str]] = set()
    for one in sorted(told, key=lambda one: (one.token.i, _ORDER[one.fate.way])):
        if (one.token.i, one.fate.what) in read:
            continue
        count = _count_of(one, counts, stop)
        if count is not None and not _is_joint(counts, one, count):
            read.add((one.token.i, one.fate.what))
            found.append((_ORDER[one.fate.way], one, count))
    found += [(1, one, count) for one, count in tolls(counts)]
    found += [(1, one, count) for one, count in lives_lost(counts)]
    found += [(1, one, count) for one, count in hurts(counts)]
    return tuple(_mention(parse, one, count) for one, count in _same_people(_once_each(found)))


def _same_people(pairs: list[tuple[Told, Count]]) -> list[tuple[Told, Count]]:
    """Let a bare number count what its neighbour counts ("two civilians ... and 14 more").

    The one before it decides, else the one after it: "killed 26 and injured 49 children".
    """
    read: list[tuple[Told, Count]] = []
    for at, (told, count) in enumerate(pairs):
        if _is_bare(count):
            before = read[-1] if read else None
            if before is not None and before[0].token.sent == told.token.sent and before[1].told:
                count = replace(count, of=before[1].of)
            elif count.noun is None and at + 1 < len(pairs):
                after, following = pairs[at + 1]
                if after.token.head is told.token and following.told and not _is_bare(following):
                    count = replace(count, of=following.of)
        read.append((told, count))
    return read


def _is_bare(count: Count) -> bool:
    return count.told and (count.noun is None or count.noun.lower in ("others", "other", "more"))


def _once_each(found: list[tuple[int, Told, Count]]) -> list[tuple[Told, Count]]:
    """Keep one telling for each number or noun and measure: verbs before adjectives before nouns."""
    kept: dict[tuple[str, int], tuple[Told, Count]] = {}
    numbered = {(told.token.i, told.fate.what) for _, told, count in found if count.told}
    nouns: set[tuple[str, int]] = set()
    for _, told, count in sorted(found, key=lambda item: (not item[2].told, item[0], item[1].token.i)):
        key = (told.fate.what, count.number.i)
        noun = (told.fate.what, count.noun.i if count.noun is not None else -1 - count.number.i)
        if key in kept or noun in nouns:
            continue
        if not count.told and (told.token.i, told.fate.what) in numbered:
            continue  # "the number of people killed rose to 17" are 17, not some people
        kept[key] = (told, count)
        nouns.add(noun)
    killed = {count.number.i for (what, _), (_, count) in kept.items() if what == "killed"}
    pairs = [
        pair for (what, number), pair in kept.items()
        if not (what == "wounded" and pair[0].fate.lemma == "shoot" and number in killed)
    ]  # fmt: skip
    return sorted(pairs, key=lambda pair: (pair[0].token.i, pair[1].first))


def _mention(parse: Parse, told: Told, count: Count) -> FigureMention:
    noun = count.noun
    of_span: Span | None = None
    if noun is not None:
        first = count.last + 1 if count.told and noun.i > count.last else noun.i
        while first < noun.i and parse.tokens[first].dep not in ("amod", "compound", "nmod", "poss"):
            first += 1
        of_span = parse.span(first, noun.i)
    figure = Figure(
        span=parse.span(count.first, count.last), measure=cast(Measure, told.fate.what), low=count.low,
        high=count.high, of=count.of, of_span=of_span,
    )  # fmt: skip
    return FigureMention(figure=figure, number=count.number, noun=noun, predicate=told.token)


def _belongs_to_next(tokens: Sequence[Token], told: Told) -> bool:
    """Whether "shot" only opens "shot and killed" or "shot and wounded", which say what came of it."""
    if told.fate.lemma != "shoot" or told.last + 2 >= len(tokens):
        return False
    link, beyond = tokens[told.last + 1], tokens[told.last + 2]
    if link.lower == ",":
        return beyond.lower in ("killed", "injured", "wounded", "killing", "injuring", "wounding")
    return link.lower in ("and", "&") and beyond.tag in ("VBD", "VBN", "VBG", "VB")


def _is_idle(tokens: Sequence[Token], told: Told) -> bool:
    """Whether somebody only "hangs out": nobody is hanged."""
    after = tokens[told.last + 1].lower if told.last + 1 < len(tokens) else ""
    return told.fate.lemma == "hang" and after in ("out", "around", "on", "onto")


def _as_fatal(told: Told, book: QuantityBook) -> Told:
    """Read "fatally shot" and "mortally wounded" as killed."""
    if told.fate.what != "wounded" or not any(
        child.lower in ("fatally", "mortally") for child in told.token.children
    ):
        return told
    return Told(told.token, next(fate for fate in book.tolls.words["kill"] if fate.way == "verb"), told.last)


def _is_joint(counts: Counts, told: Told, count: Count) -> bool:
    """Whether the word is half of "killed or wounded": such a count is neither the killed nor the wounded.

    "Killing and wounding civilians" tells no number, so that there were some of both.
    """
    if told.fate.what not in ("killed", "wounded"):
        return False
    words, tokens, what = counts.book.tolls.words, counts.tokens, told.fate.what
    links = ("or", "and", "/", "and/or") if count.told else ("or", "/", "and/or")
    for step in (1, -1):
        linked = False
        for at in range(told.token.i + step, told.token.i + 7 * step, step):
            if not 0 <= at < len(tokens) or tokens[at].sent != told.token.sent:
                break
            fates = [fate for fate in words.get(tokens[at].lower, ()) if fate.lemma != "shoot"]
            if linked and any(fate.what not in (what, "displaced") for fate in fates):
                return True
            linked = linked or tokens[at].lower in links
            if not (fates or tokens[at].lower in links or tokens[at].lower in _IN_JOINT):
                break
    return False


def _count_of(told: Told, counts: Counts, stop: dict[int, str]) -> Count | None:
    lemma = told.fate.lemma
    if _is_sentence(told.token, counts.tokens):
        return None
    strict, named = lemma in counts.book.strict, lemma not in counts.book.places_too
    heads = [inner for head in _heads(told, counts) for inner in _of_bodies(head, counts)]
    others = frozenset(stop) - {told.token.i}
    counted = (counts.count(head, strict, named, others) for head in heads)
    parsed = [count for count in counted if count is not None]
    if told.fate.what == "displaced":
        parsed = [count for count in parsed if count.of != "combatants"]  # fighters retreat
    reckoned = [count for count in parsed if count.told]
    if reckoned:
        nearer = _own_number(told, reckoned[0], counts, stop)
        return nearer or _with_subjects(reckoned, told.token, counts)
    if parsed and parsed[0].high == 1 and told.token.child("nsubjpass") is not None:
        return parsed[0]  # "the teenager who shot four is killed": the four belong to another verb
    nearby = beside(told, counts, strict)
    if nearby is not None:
        return nearby
    if any(noun_is_negated(head) for head in heads) or told.fate.way == "counted":
        return None
    if not parsed:
        person = person_before(told, counts)
        if person is not None:
            return person
        name = (
            next((head for head in heads if head.tag == "NNP"), None)
            if lemma in counts.book.persons or told.token.head.lower in _DECLARED
            else None
        )
        return _fallen(told) if name is None else Count(1, 1, "people", name.i, name.i, name, name, False)
    vague = lemma == "shoot" and parsed[0].high is None  # "shot volunteers" tells of no wounds
    return None if vague else parsed[0]


def _own_number(told: Told, count: Count, counts: Counts, stop: dict[int, str]) -> Count | None:
    """Return the bare number right before a word, where the parse gave it also what another word says.

    "Seven people dead and 30 injured" hurt 30, though the parse makes "injured" the verb of both numbers.
    """
    quantity = counts.by_token.get(told.token.i - 1)
    if quantity is None or quantity.subset or quantity.first <= count.number.i or quantity.noun is not None:
        return None
    between = range(count.number.i + 1, quantity.first)
    if not any(stop.get(at, told.fate.what) != told.fate.what for at in between):
        return None
    return counts.told(quantity, False)


def _with_subjects(parsed: list[Count], verb: Token, counts: Counts) -> Count:
    """Add what the parse tore off a subject: "a total of 310 rebels and 45 soldiers were killed"."""
    first, count = parsed[0], parsed[-1]
    left = counts.joined_before(count, verb)
    if left is None or (first is not count and left.number is not first.number):
        return first
    return together([left, count])


def _fallen(told: Told) -> Count | None:
    """Count "the dead", "there are dead and wounded" as at least two."""
    token = told.token
    if token.lower not in ("dead", "wounded", "injured") or told.fate.way != "adjective":
        return None
    first = token
    while first.dep == "conj" and first.head is not first:
        first = first.head
    existing = first.head.child("expl") is not None and first.dep in ("attr", "acomp", "nsubj", "dobj")
    if existing or first.dep in ("pobj", "dobj", "nsubjpass"):
        return Count(2, None, "people", token.i, token.i, token, None, False)
    return None


def _is_sentence(death: Token, tokens: Sequence[Token]) -> bool:
    """Whether a "death" is a penalty: "sentenced to death", "the death penalty"."""
    if death.lower not in ("death", "execution"):
        return False
    beside = {tokens[index].lower for index in (death.i - 1, death.i + 1) if 0 <= index < len(tokens)}
    return bool(
        beside & {"to", "penalty", "sentence", "sentences", "row", "threats", "threat", "certificate"}
    )


def _of_bodies(head: Token, counts: Counts) -> list[Token]:
    """Lead from "the bodies of a mother and son (killed by ...)" to those whose bodies they are."""
    if not any(fate.way == "body" for fate in counts.book.tolls.words.get(head.lower, ())):
        return [head]
    inner = noun_patients(head)
    if head.i in counts.by_noun and not any(counts.quantity_of(token) for token in inner):
        return [head]
    return inner or [head]


def _opens_clause(word: Token, head: Token, counts: Counts) -> bool:
    """Whether a comma and a number part an adjective from its noun: "man dead, three others wounded"."""
    comma = word.i + 1
    return word.i < head.i and counts.tokens[comma].lower == "," and comma + 1 in counts.by_first


def _nearest(head: Token, verb: Token, counts: Counts) -> Token:
    """Lead from "mother" to "boy" in "mother of boy killed": one person's kin, the nearer one suffers it."""
    if verb.dep != "acl" or counts.quantity_of(head) is not None:
        return head
    for prep in head.all("prep"):
        inner = prep.child("pobj") if prep.lower == "of" else None
        if inner is None or inner.i != verb.i - 1 or inner.tag != "NN":
            continue
        known = counts.people_noun(inner)
        if known is not None and not known.plural and counts.people_noun(head) is not None:
            return inner
    return head


def _heads(told: Told, counts: Counts) -> list[Token]:
    token, way = told.token, told.fate.way
    if way in ("verb", "phrase"):
        if token.pos == "NOUN" and token.dep not in ("amod", "acl", "ROOT"):
            return token.all("dobj")  # a verb in a headline, taken for a noun
        heads = [_nearest(head, token, counts) for head in verb_patients(token)]
        own = [head for head in heads if head.i == told.last > token.i and head.i not in counts.by_noun]
        if own and len(own) == len(heads):  # "251 taken hostage": the object is part of the phrase
            return [token.head] if token.dep == "acl" else token.all("nsubj")
        if told.fate.lemma in counts.book.places_too:
            # "militants captured a district": the one who does it is not the one it befell
            heads = [head for head in heads if not (head.dep == "nsubj" and head.head is token)]
        return heads if token.tag != "VBG" or token.dep != "amod" else []
    if way == "befalls":
        return subjects_of(token)
    if way == "adjective":
        if token.pos == "VERB" and token.child("dobj") is not None:
            return []
        if token.pos in ("NOUN", "PROPN") or token.dep in ("dobj", "pobj", "nsubj", "nsubjpass"):
            return [token]
        return [head for head in adjective_patients(token) if not _opens_clause(token, head, counts)]
    if token.pos not in ("NOUN", "PROPN", "ADJ"):
        return []
    named = [child for child in token.all("compound", "nmod", "poss") if child.i in counts.by_noun]
    if named:
        return named  # "421 children deaths", "600 victims' bodies"
    if counts.by_noun.get(token.i) is not None:
        inner = [head for head in noun_patients(token) if counts.quantity_of(head) is not None]
        return inner or [token]
    if way == "counted":
        return []
    return noun_patients(token)
