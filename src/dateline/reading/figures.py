"""Read the counts of people killed, wounded, captured, missing and displaced, each tied to the word that says it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from dateline.codebook.quantities import QuantityBook
from dateline.model.text import Span
from dateline.model.values import Figure, Measure
from dateline.reading.counting import Count, Counts
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

_ORDER = {"phrase": 0, "verb": 0, "befalls": 0, "adjective": 1, "noun": 2, "body": 3, "counted": 4}
_BETWEEN = frozenset({"was", "were", "been", "have", "has", "had", "are", "is", "being", "be", "also", "reportedly", "confirmed",
                      "reported", "feared", "left", "others", "other", "more", "people", "still", "now", "already", "got",
                      "presumed", "seriously", "severely", "critically", "fatally", "badly", "lightly", "either",
                      "allegedly", "civilians", "and", "or"})  # fmt: skip
_TO = frozenset({"to", "at", "of", "is", "was", "stands", "stood", "hits", "hit", "reaches", "reached", "passes", "passed", "tops",
                 "topped", "exceeds", "exceeded", "nears", "neared", ":", "-", "–", "—", "as", "now", "reaching", "surpasses",
                 "surpassed", "nearing", "climbing", "over", "above", "past", "are", "were", "totals"})  # fmt: skip


def find_figures(
    parse: Parse, quantities: Sequence[QuantityMention], book: QuantityBook
) -> tuple[FigureMention, ...]:
    """Return the counts of people that a text tells, in order of their predicates, each number once per measure.

    A count that is part of another ("including three children") is left out, unless a word of its own says it
    ("of whom 12 were wounded"). Whether it is real, planned or denied is for later steps to judge.
    """
    counts = Counts(parse.tokens, book).enter(quantities)
    heard = (one for one in tellings(parse.tokens, book.tolls) if not _belongs_to_next(parse.tokens, one))
    told = [_as_fatal(one, book) for one in heard]
    stop = frozenset(one.token.i for one in told)
    found: list[tuple[int, Told, Count]] = []
    read: set[tuple[int, str]] = set()
    for one in sorted(told, key=lambda one: (one.token.i, _ORDER[one.fate.way])):
        if (one.token.i, one.fate.what) in read or _is_joint(parse.tokens, one, book):
            continue
        count = _count_of(one, counts, stop)
        if count is not None:
            read.add((one.token.i, one.fate.what))
            found.append((_ORDER[one.fate.way], one, count))
    found += [(2, one, count) for one, count in _tolls(parse, counts, book)]
    found += [(1, one, count) for one, count in _losing(parse, counts, book)]
    found += [(1, one, count) for one, count in _suffering(parse, counts, book)]
    return tuple(_mention(parse, one, count) for one, count in _same_people(_once_each(found)))


def _same_people(pairs: list[tuple[Told, Count]]) -> list[tuple[Told, Count]]:
    """Let a bare number count what the number before it in the sentence counts ("two civilians ... and 14 more")."""
    read: list[tuple[Told, Count]] = []
    for told, count in pairs:
        if count.noun is None and count.told and read:
            before, last = read[-1][0], read[-1][1]
            if before.token.sent == told.token.sent and last.told and last.of != count.of:
                count = replace(count, of=last.of)
        read.append((told, count))
    return read


def _once_each(found: list[tuple[int, Told, Count]]) -> list[tuple[Told, Count]]:
    """Keep one telling for each number or noun and measure: the verb's before the adjective's before the noun's."""
    kept: dict[tuple[str, int], tuple[Told, Count]] = {}
    nouns: set[tuple[str, int]] = set()
    for _, told, count in sorted(found, key=lambda item: (item[0], not item[2].told, item[1].token.i)):
        key = (told.fate.what, count.number.i)
        noun = (told.fate.what, count.noun.i if count.noun is not None else -1 - count.number.i)
        if key in kept or noun in nouns:
            continue
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


def _as_fatal(told: Told, book: QuantityBook) -> Told:
    """Read "fatally shot" and "mortally wounded" as killed."""
    if told.fate.what != "wounded" or not any(
        child.lower in ("fatally", "mortally") for child in told.token.children
    ):
        return told
    return Told(told.token, next(fate for fate in book.tolls.words["kill"] if fate.way == "verb"), told.last)


def _is_joint(tokens: Sequence[Token], told: Told, book: QuantityBook) -> bool:
    """Whether the word is half of "killed or wounded": such a count is neither the killed nor the wounded."""
    at, other = told.token.i, "wounded" if told.fate.what == "killed" else "killed"
    for link, beyond in ((at + 1, at + 2), (at - 1, at - 2)):
        if 0 <= beyond < len(tokens) and tokens[link].lower in ("or", "and", "/"):
            fates = book.tolls.words.get(tokens[beyond].lower, ())
            if any(fate.what == other and fate.lemma != "shoot" for fate in fates):
                return told.fate.what in ("killed", "wounded")
    return False


def _count_of(told: Told, counts: Counts, stop: frozenset[int]) -> Count | None:
    strict = told.fate.lemma in counts.book.strict
    heads = [inner for head in _heads(told, counts) for inner in _of_bodies(head, counts)]
    parsed = [
        count for head in heads if (count := counts.count(head, strict, stop - {told.token.i})) is not None
    ]
    for count in parsed:
        if count.told:
            return count
    beside = _beside(told, counts, strict)
    if beside is not None:
        return beside
    if any(noun_is_negated(head) for head in heads) or told.fate.way == "counted" or not parsed:
        return None
    vague = told.fate.lemma == "shoot" and parsed[0].high is None  # "shot volunteers" tells of no wounds
    return None if vague or _is_sentence(told.token, counts.tokens) else parsed[0]


def _is_sentence(death: Token, tokens: Sequence[Token]) -> bool:
    """Whether a "death" is a penalty: "sentenced to death", "the death penalty"."""
    if death.lower not in ("death", "execution"):
        return False
    beside = {tokens[index].lower for index in (death.i - 1, death.i + 1) if 0 <= index < len(tokens)}
    return bool(beside & {"to", "penalty", "sentence", "sentences", "row", "threats", "threat", "certificate"})


def _of_bodies(head: Token, counts: Counts) -> list[Token]:
    """Lead from "the bodies of a mother and son (killed by ...)" to those whose bodies they are."""
    if any(fate.way == "body" for fate in counts.book.tolls.words.get(head.lower, ())):
        return noun_patients(head) or [head]
    return [head]


def _heads(told: Told, counts: Counts) -> list[Token]:
    token, way = told.token, told.fate.way
    if way in ("verb", "phrase"):
        if token.pos == "NOUN" and token.dep not in ("amod", "acl", "ROOT"):
            return []
        heads = verb_patients(token)
        return heads if token.tag != "VBG" or token.dep != "amod" else []
    if way == "befalls":
        return subjects_of(token)
    if way == "adjective":
        if token.pos in ("NOUN", "PROPN") or token.dep in ("dobj", "pobj", "nsubj", "nsubjpass"):
            return [token]
        return adjective_patients(token)
    if token.pos not in ("NOUN", "PROPN", "ADJ"):
        return []
    if counts.by_noun.get(token.i) is not None:
        inner = [head for head in noun_patients(token) if counts.quantity_of(head) is not None]
        return inner or [token]
    if way == "counted":
        return []
    return noun_patients(token)


def _beside(told: Told, counts: Counts, strict: bool) -> Count | None:
    """Read the number right before or after the word, where headlines leave the parse at a loss."""
    tokens, token, way = counts.tokens, told.token, told.fate.way
    if way in ("verb", "phrase") and token.pos != "NOUN":
        after = counts.by_first.get(told.last + 1)
        if after is not None and tokens[after.first].sent == token.sent and not after.subset:
            count = counts.told(after, strict)
            if count is not None:
                return count
    if (
        way not in ("verb", "phrase", "adjective", "befalls")
        or (token.tag in ("VBG", "VBZ", "VBP", "VB")
        and way == "verb")
    ):
        return None
    at, sent = token.i - 1, token.sent
    while at >= 0 and tokens[at].sent == sent:
        quantity = counts.quantity_of(tokens[at])
        if quantity is not None:
            return counts.told(quantity, strict) if not quantity.subset else None
        if tokens[at].lower == "of" and way == "adjective":
            quantity = counts.by_token.get(at - 1)
            return counts.told(quantity, strict) if quantity is not None else None
        if tokens[at].lower not in _BETWEEN:
            return None
        at -= 1
    return None


def _tolls(parse: Parse, counts: Counts, book: QuantityBook) -> Iterator[tuple[Told, Count]]:
    """Read "the death toll rises to 35", "the number of dead: 12": the number that the toll comes to."""
    tokens, at = parse.tokens, 0
    while at < len(tokens):
        found = book.toll_heads.longest(tokens, at)
        if found is None:
            at += 1
            continue
        last, measure = found
        if tokens[at].lower == "toll" and at and tokens[at - 1].lower == "death":
            at += 1
            continue
        count = _toll_number(counts, last)
        if count is not None:
            word = next(
                (token for token in tokens[at : last + 1] if token.lower in book.tolls.words), tokens[last]
            )
            fates = book.tolls.words.get(word.lower, ())
            fate = next((one for one in fates if one.what == measure), None)
            if fate is None:
                fate = next(one for one in book.tolls.words["death"] if one.what == "killed")
                if measure != "killed":
                    fate = next(one for one in book.tolls.words["wounded"] if one.what == "wounded")
            yield Told(word, fate, last), count
        at = last + 1


def _toll_number(counts: Counts, last: int) -> Count | None:
    tokens, sent = counts.tokens, counts.tokens[last].sent
    for at in range(last + 1, min(last + 25, len(tokens))):
        if tokens[at].sent != sent or tokens[at].lower in (";", "including", "among"):
            return None
        quantity = counts.by_first.get(at)
        if quantity is not None and quantity.kind == "count" and not quantity.subset:
            before = tokens[at - 1].lower
            if before in _TO or at == last + 1:
                return counts.told(quantity, False)
    return None


def _losing(parse: Parse, counts: Counts, book: QuantityBook) -> Iterator[tuple[Told, Count]]:
    """Read "lost 200 troops", "claimed 12 lives", "cost the lives of 12 people", "lost their lives"."""
    killed = next(one for one in book.tolls.words["kill"] if one.way == "verb")
    for token in parse.tokens:
        if token.lower in book.lives and token.tag in ("NNS", "NN"):
            count = _lives(token, counts, book)
            if count is not None:
                yield Told(token, killed, token.i), count
        elif token.lower in book.losing and token.pos == "VERB":
            for head in verb_patients(token):
                count = counts.count(head, True)
                if count is not None and count.told and (count.of == "combatants" or head.lower == "men"):
                    yield Told(token, killed, token.i), count
        elif token.lower in book.losing_nouns:
            for head in noun_patients(token):
                count = counts.count(head, True)
                if count is not None and count.told and count.of == "combatants":
                    yield Told(token, killed, token.i), count


def _lives(lives: Token, counts: Counts, book: QuantityBook) -> Count | None:
    verb = lives.head
    if lives.dep == "pobj" and verb.head.lower in book.losing_nouns:
        quantity = counts.by_noun.get(lives.i)
        return counts.told(quantity, False) if quantity is not None else None
    if verb.lower not in book.life_verbs or lives.dep not in ("dobj", "obj", "nsubjpass", "nsubj"):
        return None
    for head in noun_patients(lives):
        if head.dep == "pobj" and (count := counts.count(head, True)) is not None:
            return count
    quantity = counts.by_noun.get(lives.i)
    if quantity is not None:
        return counts.told(quantity, False)
    if any(child.dep == "poss" for child in lives.children) and verb.lower in (
        "lost",
        "lose",
        "loses",
        "losing",
    ):
        for head in subjects_of(verb):
            if (count := counts.count(head, False)) is not None:
                return count
    return None


def _suffering(parse: Parse, counts: Counts, book: QuantityBook) -> Iterator[tuple[Told, Count]]:
    """Read "12 people suffered injuries", "a woman is in critical condition"."""
    wounded = next(one for one in book.tolls.words["wound"] if one.way == "verb")
    for token in parse.tokens:
        if token.lower in book.suffering and token.pos == "VERB":
            if any(child.lower in book.suffered for child in token.all("dobj", "obj")):
                for head in subjects_of(token):
                    if (count := counts.count(head, True)) is not None:
                        yield Told(token, wounded, token.i), count
        elif token.lower in book.struck and any(
            inner.lower in book.striking for prep in token.all("agent", "prep") for inner in prep.all("pobj")
        ):
            for head in verb_patients(token):
                if (count := counts.count(head, True)) is not None:
                    yield Told(token, wounded, token.i), count
        elif token.lower in book.suffered and token.dep == "pobj" and token.head.lower == "with":
            for head in adjective_patients(token.head) or [token.head.head]:
                if (count := counts.count(head, True)) is not None:
                    yield Told(token, wounded, token.i), count
        elif token.lower == "condition" and token.dep == "pobj":
            if any(child.lower in book.conditions for child in token.children) and token.head.lower == "in":
                verb = token.head.head
                heads = subjects_of(verb) if verb.pos in ("AUX", "VERB") else [verb]
                for head in heads:
                    if (count := counts.count(head, True)) is not None:
                        yield Told(token, wounded, token.i), count
