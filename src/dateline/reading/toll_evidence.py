"""Gather what a report says of those whom its event killed and hurt: figures, charges, ordinals, hints."""

import itertools
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dateline.codebook.quantities import QuantityBook
from dateline.codebook.toll_words import TollWords
from dateline.reading.cardinals import DASHES
from dateline.reading.mentions import FigureMention
from dateline.reading.quantities import QuantityMention
from dateline.reading.tokens import Parse, Token
from dateline.reading.toll_beside import beside_fates

Fate = Literal["killed", "wounded", "struck", "any"]
Way = Literal[
    "number", "sum", "one", "some", "ordinal", "multiple", "counts", "loose", "fatal", "charge", "suicide",
    "shot self", "perpetrators", "perpetrator", "unread", "none", "living", "hospital", "hit", "beside",
    "doer beside",
]  # fmt: skip
# Words after which those told of may yet have died: they were struck, and what became of them comes later.
STRUCK = frozenset({
    "shoot", "shoots", "shot", "shooting", "hit", "hits", "hitting", "struck", "strikes", "striking",
    "strike", "hospital", "hospitals", "center", "centre", "condition",
})  # fmt: skip
_AUXILIARIES = frozenset({"to", "will", "would", "could", "might", "may", "'ll", "can"})
_TRIED = frozenset({"tried", "attempted", "attempts", "threatened", "trying", "planned", "wanted", "tries"})
_NO = frozenset({"no", "nobody", "none", "neither"})
_DEADLY = frozenset({"weapon", "weapons", "force", "conduct"})  # "assault with a deadly weapon" kills nobody
_AFTER = 9  # words after "counts" or an ordinal in which it says of what


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One thing said of the dead or hurt: whom it befell, how many (high null: open), how it is told, and where.

    `first..last` are its tokens, `sentence` the index of its sentence; `past` marks sentences that tell of other
    times, `dated` those that name a year, `unreal` what is planned, tried, possible or denied; `done` marks the dead
    of an active verb ("killed two"), who leave out its subject; `own` those among whom its subject is
    ("killed himself"); `others` those told beside people named before ("three others").
    """

    fate: Fate
    low: int
    high: int | None
    way: Way
    sentence: int
    first: int
    last: int
    past: bool = False
    dated: bool = False
    unreal: bool = False
    done: bool = False
    own: bool = False
    others: bool = False


def gather(
    parse: Parse,
    figures: Sequence[FigureMention],
    quantities: Sequence[QuantityMention],
    words: TollWords,
    book: QuantityBook,
) -> tuple[Evidence, ...]:
    """Return all evidence of a report's toll in the order of its kinds, figures first.

    The book's vague number words tell no number ("several"): they say that there were some.
    """
    past = [_is_past(parse, index, words) for index in range(len(parse.sentences))]
    dated = [_is_dated(parse, index, book.numbers.months) for index in range(len(parse.sentences))]
    numbers = {quantity.number.i: quantity for quantity in quantities}
    found = [*_of_figures(parse, figures, numbers, past, book.numbers.vague, words)]
    read = {mention.predicate.i for mention in figures}
    for token in parse.tokens:
        for fate, low, way, last in _told(parse.tokens, token, numbers, words):
            found.append(
                Evidence(
                    fate=fate, low=low, high=None, way=way, sentence=token.sent, first=token.i, last=last,
                    past=past[token.sent],
                )
            )  # fmt: skip
        if token.lower in words.dying and token.i not in read and token.pos in ("VERB", "ADJ"):
            if parse.tokens[min(token.i + 1, len(parse.tokens) - 1)].text in DASHES:
                continue  # "a dead-end street"
            found.append(_hint("killed", "unread", token, past, _is_unreal(token)))
    found += _loose(quantities, words, past)
    found += _beside(parse, numbers, book, words, past)
    return tuple(replace(one, dated=dated[one.sentence]) for one in found)


def _is_dated(parse: Parse, index: int, months: Container[str]) -> bool:
    """Whether a sentence names a year, or a month without a day: "killed in April"."""
    told = [token.lower for token in parse.tokens_of(parse.sentences[index])]
    for word, following in itertools.pairwise([*told, ""]):
        if word.rstrip(".") in months and word != "may" and not following[:1].isdigit():
            return True
    years = iter(told)
    return any(len(word) == 4 and word.isdigit() and word[:2] in ("18", "19", "20") for word in years)


def _is_past(parse: Parse, index: int, words: TollWords) -> bool:
    sentence = parse.sentences[index]
    at = range(sentence.first, sentence.last + 1)
    return any(words.past.longest(parse.tokens, start) is not None for start in at)


def _of_figures(
    parse: Parse,
    figures: Sequence[FigureMention], numbers: dict[int, QuantityMention], past: Sequence[bool],
    vague: Container[str], words: TollWords,
) -> Iterator[Evidence]:  # fmt: skip
    for mention in figures:
        figure, predicate = mention.figure, mention.predicate
        if figure.measure not in ("killed", "wounded") or _is_year(mention):
            continue
        numeral = mention.number.i in numbers and mention.number.lower not in ("a", "an", "another")
        way: Way
        if numeral and mention.number.lower in vague:
            way = "some"
        elif numeral:
            way = "number"
        elif figure.high is None:
            way = "some"
        else:
            way = "one" if figure.low == 1 else "sum"
        if figure.measure == "killed" and _is_perpetrator(mention, words):
            way = "perpetrators"
        struck = figure.measure == "wounded" and predicate.lower in STRUCK
        fate: Fate = "killed" if figure.measure == "killed" else "struck" if struck else "wounded"
        low = figure.low or figure.high or 0  # "up to five": five, if any
        if _is_parent(parse.tokens, mention.number, words):
            way, low = "one", 1
        first, last = _words(parse, mention)
        yield Evidence(
            fate=fate, low=low, high=figure.high, way=way, sentence=predicate.sent,
            first=first, last=last, past=past[predicate.sent],
            unreal=_is_unreal(predicate), done=_is_done(predicate), own=_is_own(mention), others=_is_others(mention),
        )  # fmt: skip


def _is_parent(tokens: Sequence[Token], number: Token, words: TollWords) -> bool:
    """Whether a number counts somebody's children: "father of three killed"."""
    at = number.i
    return at > 1 and tokens[at - 1].lower == "of" and tokens[at - 2].lower in words.parents


def _is_year(mention: FigureMention) -> bool:
    """Whether a number is printed as a year is and counts no people: "the 2013 killings", not "2013 people"."""
    text = mention.number.text
    year = len(text) == 4 and text.isdigit() and text[:2] in ("19", "20")
    return year and mention.noun in (None, mention.predicate)


def _is_done(predicate: Token) -> bool:
    """Whether a verb tells what somebody did to others: "killed two", not "two were killed"."""
    if predicate.pos != "VERB" or predicate.child("auxpass", "nsubjpass") is not None:
        return False
    return predicate.child("dobj", "obj") is not None or any(
        child.child("dobj", "obj") is not None for child in predicate.all("conj")
    )


def _words(parse: Parse, mention: FigureMention) -> tuple[int, int]:
    """Return the first and last token of a figure's words together with its predicate."""
    span, tokens = mention.figure.span, parse.tokens
    first = last = mention.number.i
    while first and tokens[first - 1].start >= span.start:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].end <= span.end:
        last += 1
    return min(first, mention.predicate.i), max(last, mention.predicate.i)


def _is_own(mention: FigureMention) -> bool:
    """Whether a figure's people include the verb's subject: "killed himself", "kills wife, himself"."""
    words = mention.figure.span.quote.lower().split()
    return bool({"himself", "herself", "self"} & set(words))


def _is_others(mention: FigureMention) -> bool:
    noun = mention.noun
    if noun is None:
        return False
    return noun.lower in ("others", "other") or any(
        child.lower in ("other", "more") for child in noun.children
    )


def _is_perpetrator(mention: FigureMention, words: TollWords) -> bool:
    """Whether a figure of the dead counts those who did it: their deaths are told apart from their victims'."""
    noun = mention.noun
    if noun is None:
        return False
    described = {noun.lower, *(child.lower for child in noun.all("appos", "compound", "amod"))}
    return bool(described & words.perpetrators)


def _is_unreal(predicate: Token) -> bool:
    """Whether an event word is planned, possible, attempted or denied by the words right at it."""
    for child in predicate.children:
        if child.dep == "neg" or (child.dep == "aux" and child.lower in _AUXILIARIES):
            return True
        if child.lower in ("attempted", "attempting", "threatened", "trying", "nearly", "almost"):
            return True
        if child.dep in ("nsubj", "nsubjpass") and (
            child.lower in _NO or any(inner.lower in _NO for inner in child.children)
        ):
            return True
    head = predicate.head
    copula = predicate.dep in ("acomp", "oprd", "attr") and head is not predicate
    return copula and any(child.dep == "neg" for child in head.children)


def _told(
    tokens: Sequence[Token], token: Token, numbers: dict[int, QuantityMention], words: TollWords
) -> Iterator[tuple[Fate, int, Way, int]]:
    """Yield the fate, number, way and last token of what a word tells beside figures."""
    lower = token.lower
    ahead = [other.lower for other in tokens[token.i + 1 : token.i + _AFTER] if other.sent == token.sent]
    if lower in words.multiples:
        near = set(ahead[:3])
        if near & _singular(words.deaths) or near & words.fatal:
            yield "killed", words.multiples[lower], "multiple", token.i
        elif near & {"shooting", "shootings", "stabbing", "stabbings"}:
            yield "struck", words.multiples[lower], "multiple", token.i
    if (
        lower in words.ordinals
        and ahead
        and (ahead[0] in words.victim or ahead[0] in words.male | words.female)
    ):
        dies = bool(set(ahead) & words.dying)
        yield "killed" if dies else "struck", words.ordinals[lower], "ordinal", token.i + 1
    if lower in words.counts:
        told = next((other for other in tokens[max(0, token.i - 2) : token.i] if other.i in numbers), None)
        low = int(numbers[told.i].low) if told is not None else 1
        charged = set(_until_next(ahead, words))
        if charged & words.attempts:
            yield "wounded", low, "counts", token.i
        elif charged & _singular(words.deaths):
            yield "killed", low, "counts", token.i
        elif charged & words.attacks:
            yield "wounded", low, "counts", token.i
    if lower in words.fatal and not set(ahead[:2]) & _DEADLY:
        yield "killed", 1, "fatal", token.i
    if lower in words.deaths:
        tried = {other.lower for other in tokens[max(0, token.i - 5) : token.i]} & words.attempts
        yield "wounded" if tried else "killed", 1, "charge", token.i
    before = {other.lower for other in tokens[max(0, token.i - 5) : token.i] if other.sent == token.sent}
    ended = words.suicide.longest(tokens, token.i)
    inflicted = ended is not None and "inflicted" in [
        other.lower for other in tokens[ended[0] + 1 : ended[0] + 3]
    ]
    if ended is not None and not inflicted and not before & _TRIED:
        yield "killed", 1, "suicide", token.i
    elif words.shots.longest(tokens, token.i) is not None:
        yield "killed", 1, "shot self", token.i
    if lower in words.perpetrators:
        yield "any", 1, "perpetrator", token.i
    if (
        lower == "no"
        and ahead
        and ahead[0] in ("one", "injuries", "casualties", "deaths", "fatalities", "victims")
    ):
        yield "any", 0, "none", token.i + 1
    hints: tuple[tuple[frozenset[str], Way], ...] = (
        (words.living, "living"), (words.hospital, "hospital"), (words.struck, "hit"),
    )  # fmt: skip
    for group, way in hints:
        if lower in group:
            yield "wounded", 0, way, token.i


def _until_next(ahead: Sequence[str], words: TollWords) -> Sequence[str]:
    """Return the words that say of what the counts are, up to the next counts or the next thing charged."""
    ends = (at for at, word in enumerate(ahead) if word in words.counts or word in ("and", ",", ";"))
    return ahead[: next(ends, len(ahead))]


def _singular(nouns: frozenset[str]) -> frozenset[str]:
    return nouns | {noun + "s" for noun in nouns}


def _beside(
    parse: Parse, numbers: dict[int, QuantityMention], book: QuantityBook, words: TollWords, past: Sequence[bool]
) -> Iterator[Evidence]:  # fmt: skip
    for one in beside_fates(parse, numbers, book.people, words):
        sentence = parse.tokens[one.last].sent
        yield Evidence(
            fate=one.fate, low=one.low, high=None, way="doer beside" if one.perpetrator else "beside",
            sentence=sentence, first=one.first, last=one.last, past=past[sentence],
            unreal=_is_unreal(parse.tokens[one.fated]),
        )  # fmt: skip


def _hint(fate: Fate, way: Way, token: Token, past: Sequence[bool], unreal: bool) -> Evidence:
    return Evidence(
        fate=fate, low=1, high=None, way=way, sentence=token.sent, first=token.i, last=token.i,
        past=past[token.sent], unreal=unreal,
    )  # fmt: skip


def _loose(
    quantities: Sequence[QuantityMention], words: TollWords, past: Sequence[bool]
) -> Iterator[Evidence]:
    """Yield the numbers of people who are told of without a fate: "all four victims"."""
    for quantity in quantities:
        if quantity.kind != "count" or quantity.noun is None or quantity.noun.lower not in words.victims:
            continue
        sentence = quantity.number.sent
        yield Evidence(
            fate="any", low=int(quantity.low), high=None, way="loose", sentence=sentence, first=quantity.first,
            last=quantity.last, past=past[sentence],
        )  # fmt: skip
