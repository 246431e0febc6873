"""Read tolls that phrases tell: "the death toll rises to 35", "lost 200 troops"."""

from collections.abc import Iterator
from dataclasses import replace

from dateline.codebook.quantities import Fate
from dateline.reading.counting import Count, Counts
from dateline.reading.patients import Told, noun_patients, subjects_of, verb_patients
from dateline.reading.tokens import Token

_TO = frozenset({
    "to", "at", "of", "is", "was", "are", "were", "stands", "stood", "hits", "hit", "reaches",
    "reached", "reaching", "passes", "passed", "past", "tops", "topped", "exceeds", "exceeded", "nears",
    "neared", "nearing", "surpasses", "surpassed", "climbing", "as", "now", "over", "above", "totals",
    ":", "-", "–", "—",
})  # fmt: skip
_LOSE = frozenset({"lost", "lose", "loses", "losing"})


def _fate(what: str) -> Fate:
    return Fate(what=what, lemma=what, way="verb")


def tolls(counts: Counts) -> Iterator[tuple[Told, Count]]:
    """Yield what tolls come to: "the death toll rises to 35", "the number of children wounded: 12"."""
    tokens, at = counts.tokens, 0
    while at < len(tokens):
        found = counts.book.toll_heads.longest(tokens, at)
        if found is not None and not (tokens[at].lower == "toll" and at and tokens[at - 1].lower == "death"):
            last, word, measure = found[0], tokens[found[0]], str(found[1])
            word = next(
                (
                    token
                    for token in tokens[at : last + 1]
                    if token.lower in counts.book.tolls.words or token.lower in counts.book.losing_nouns
                ),
                word,
            )
            noun = None
        else:
            told = _number_of(counts, at)
            if told is None:
                at += 1
                continue
            last, word, measure, noun = told
        count = _toll_number(counts, last, noun)
        if count is not None:
            yield Told(word, _fate(measure), last), count
        at = last + 1


def _number_of(counts: Counts, at: int) -> tuple[int, Token, str, Token | None] | None:
    """Read "the number of Kurdish children wounded" up to its word of fate: last, word, measure, noun."""
    tokens = counts.tokens
    if tokens[at].lower != "number" or at + 2 >= len(tokens) or tokens[at + 1].lower != "of":
        return None
    noun: Token | None = None
    for token in tokens[at + 2 : at + 10]:
        if token.sent != tokens[at].sent or counts.by_first.get(token.i) is not None:
            return None
        fates = [fate for fate in counts.book.tolls.words.get(token.lower, ()) if fate.way != "noun"]
        if fates:
            return token.i, token, fates[0].what, noun
        if token.pos in ("NOUN", "PROPN") and counts.people_noun(token) is not None:
            noun = token
    return None


def _toll_number(counts: Counts, last: int, noun: Token | None) -> Count | None:
    tokens, sent = counts.tokens, counts.tokens[last].sent
    for at in range(last + 1, min(last + 25, len(tokens))):
        if tokens[at].sent != sent or tokens[at].lower in (";", "including", "among"):
            return None
        quantity = counts.by_first.get(at)
        if quantity is None or quantity.kind != "count" or quantity.subset:
            continue
        bounded = quantity.number.i > quantity.first  # "death toll in the city up to 10,000"
        if tokens[at - 1].lower in _TO or at == last + 1 or bounded:
            count = counts.told(quantity, False)
            if count is None or count.noun is not None:
                return count
            return replace(count, of=counts.of(noun or tokens[last]), noun=noun)  # "civilian death toll"
    return None


def lives_lost(counts: Counts) -> Iterator[tuple[Told, Count]]:
    """Yield "lost 200 troops", "claimed 12 lives", "cost the lives of 12 people", "lost their lives"."""
    book, killed = counts.book, _fate("killed")
    for token in counts.tokens:
        if token.lower in book.lives and token.tag in ("NNS", "NN"):
            count = _lives(token, counts)
            if count is not None:
                yield Told(token, killed, token.i), count
        elif token.lower in book.losing and token.pos == "VERB":
            for head in verb_patients(token):
                count = counts.count(head, True, False)
                if count is None or not count.told or not _is_lost(token, count):
                    continue
                if _is_divided(count, counts):
                    continue
                yield Told(token, killed, token.i), count
                other = _elliptic(head, count, counts)
                if other is not None:
                    yield Told(token, killed, token.i), other
        elif token.lower in book.losing_nouns:
            for head in noun_patients(token):
                count = counts.count(head, True, False)
                if count is not None and count.told and count.of == "combatants":
                    yield Told(token, killed, token.i), count
            for quantity, noun in counts.listed_after(token) if token.lower == "losses" else ():
                listed = counts.told(replace(quantity, noun=noun, kind="count"), True)
                if listed is not None and listed.of == "combatants":
                    yield Told(token, killed, token.i), listed


def _elliptic(head: Token, count: Count, counts: Counts) -> Count | None:
    """Read the number that a second loser leaves without noun: "lost 20 soldiers and Russia nine"."""
    loser = next((token for token in head.all("conj") if counts.by_noun.get(token.i) is None), None)
    if loser is None or loser.i + 1 >= len(counts.tokens):
        return None
    quantity = counts.by_first.get(loser.i + 1)
    if quantity is None or quantity.noun is not None or quantity.kind not in ("count", "name"):
        return None
    high = None if quantity.high is None else int(quantity.high)
    first, last = quantity.first, quantity.last
    return Count(int(quantity.low), high, count.of, first, last, quantity.number, None, True)


def _is_divided(count: Count, counts: Counts) -> bool:
    """Whether what was lost is then told as two fates at once: "lost 200 men, killed or wounded"."""
    tokens = counts.tokens
    at = (count.noun.i if count.noun is not None else count.last) + 1
    following = [
        token.lower for token in tokens[at : at + 5] if token.lower not in (",", "(", "either", "in")
    ]
    if len(following) < 3 or following[1] not in ("and", "or", "/", "and/or"):
        return False
    fates = [{fate.what for fate in counts.book.tolls.words.get(following[at], ())} for at in (0, 2)]
    return "killed" in fates[0] | fates[1] and "wounded" in fates[0] | fates[1]


def _is_lost(verb: Token, count: Count) -> bool:
    """Whether who is lost is dead: fighters destroyed or lost, people lost (but no staff or customers)."""
    return count.of == "combatants" or (
        verb.lower in _LOSE and count.of == "people" and count.noun is not None
    )


def _lives(lives: Token, counts: Counts) -> Count | None:
    verb, quantity = lives.head, counts.by_noun.get(lives.i)
    if lives.dep == "pobj" and verb.head.lower in counts.book.losing_nouns:
        return counts.told(quantity, False) if quantity is not None else None
    if verb.lower not in counts.book.life_verbs or lives.dep not in ("dobj", "obj", "nsubjpass", "nsubj"):
        return None
    for head in noun_patients(lives):
        if head.dep == "pobj" and (count := counts.count(head, True)) is not None:
            return count
    if quantity is not None:
        return counts.told(quantity, False)
    if verb.lower in _LOSE and lives.child("poss") is not None:
        for head in subjects_of(verb):
            if (count := counts.count(head, False)) is not None:
                return count
    return None
