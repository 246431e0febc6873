"""Find every quantity of a text: its number with what bounds it, and the unit or the noun that it counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.codebook.quantities import Numbers, QuantityBook, Unit
from dateline.reading.cardinals import DASHES, Cardinal, read_cardinal
from dateline.reading.quantity_kinds import QuantityKind, kind_of
from dateline.reading.tokens import Parse, Token

_NOMINAL = frozenset({"NOUN", "PROPN"})
_CLOSING = frozenset({"VERB", "AUX", "ADP", "PUNCT"})
_COUNTING = frozenset({"nummod", "amod", "compound", "quantmod", "nmod"})
_INSIDE = frozenset({"of", "out", "the", "these", "those", "its", "their", "his", "her", "our", "all"})
_QUOTES = frozenset({'"', "'", "“", "”"})
_SKIPPED = frozenset({"ADJ", "NOUN", "PROPN", "ADV", "NUM"})


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityMention:
    """A number in the text: token indexes first..last with the words that bound it, main token, and value.

    `low` and `high` bound the number as told (high null: open above); `unit` and `si` (low and high in SI
    units, null where the unit has no fixed size) are set for measures, `noun` for counts: the head of what is
    counted, null for a bare number. `subset` marks a count that is part of another one ("including three
    children").
    """

    first: int
    last: int
    number: Token
    low: float
    high: float | None
    kind: QuantityKind
    approximate: bool = False
    unit: Unit | None = None
    si: tuple[float, float | None] | None = None
    noun: Token | None = None
    subset: bool = False


def find_quantities(parse: Parse, book: QuantityBook) -> tuple[QuantityMention, ...]:
    """Return every quantity of a parse, in order; "a woman" and "one soldier" included, model numbers not.

    Ages, dates, clock times, money and numbers in names are returned with their kind, so that no later step
    takes them for counts.
    """
    tokens, numbers = parse.tokens, book.numbers
    found: list[QuantityMention] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        lower = token.lower
        starts = (
            lower[0].isdigit()
            or lower[0] in "+~"
            or lower in numbers.numerals
            or lower in numbers.vague
            or lower in ("a", "an", "half", "another")
        )
        number = read_cardinal(tokens, at, numbers) if starts else None
        if number is not None and lower == "one" and _is_pronoun(tokens, at):
            number = None
        if number is None:
            single = _single(tokens, at, book) if starts else None
            if single is not None:
                found.append(single)
            at += 1
            continue
        number = _ranged(tokens, number, numbers)
        mention = _mention(tokens, number, book)
        found.append(mention)
        at = max(mention.last, number.last) + 1
    return tuple(found)


def _is_pronoun(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1].lower if at and tokens[at - 1].sent == tokens[at].sent else ""
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    return before in ("no", "this", "that", "the", "which", "any", "every", "each") or after in (
        "another",
        "'s",
    )


def _single(tokens: Sequence[Token], at: int, book: QuantityBook) -> QuantityMention | None:
    """Read "a woman", "another soldier" as one."""
    token = tokens[at]
    noun = token.head
    if (
        token.lower not in ("a", "an", "another")
        or noun.i <= at
        or noun.i - at > 8
        or noun.tag not in ("NN", "NNP")
    ):
        return None
    if book.people.longest(tokens, noun.i) is None and book.equipment.longest(tokens, noun.i) is None:
        return None
    return QuantityMention(
        first=at, last=at, number=token, low=1, high=1, kind="count", noun=noun,
        subset=_is_subset(tokens, at, at, book.numbers),
    )  # fmt: skip


def _ranged(tokens: Sequence[Token], number: Cardinal, numbers: Numbers) -> Cardinal:
    """Join "20 to 30", "20-30", "two or three" and "between 3 and 5" into one number."""
    after = number.last + 1
    if after + 1 >= len(tokens) or tokens[after].sent != tokens[number.first].sent or number.high is None:
        return number
    link = tokens[after].lower
    before = tokens[number.first - 1].lower if number.first else ""
    if link not in DASHES and link not in ("to", "or") and not (link == "and" and before == "between"):
        return number
    if (
        before == "from"
        or (
            before == "by" and link == "to" and not _is_percent(tokens, after + 1, numbers)
        )  # "up by 12 to 19"
        or tokens[after + 1].sent != tokens[after].sent
        or tokens[after + 1].lower in ("a", "an")
    ):
        return number
    second = read_cardinal(tokens, after + 1, numbers)
    if (
        second is None
        or second.high is None
        or second.fraction
        or number.fraction
        or second.low <= number.low
    ):
        return number
    low = number.low
    if second.low >= 1000 * low and low < 1000 and second.last > after + 1:
        low = round(low * second.low / (read_low(tokens, after + 1, numbers) or 1))  # "2 to 3 million"
    return Cardinal(number.first, second.last, low, second.high, number.spelled)


def _is_percent(tokens: Sequence[Token], at: int, numbers: Numbers) -> bool:
    number = read_cardinal(tokens, at, numbers)
    after = number.last + 1 if number is not None else len(tokens)
    return after < len(tokens) and numbers.percent.longest(tokens, after) is not None


def read_low(tokens: Sequence[Token], at: int, numbers: Numbers) -> float:
    """Return the value of the first word of a number, without its scale."""
    alone = read_cardinal(tokens[: at + 1], at, numbers)
    return alone.low if alone is not None else 0


def _mention(tokens: Sequence[Token], number: Cardinal, book: QuantityBook) -> QuantityMention:
    kind, unit, unit_last = kind_of(tokens, number, book)
    first, bound = _bound_before(tokens, number.first, book.numbers)
    last = max(number.last, unit_last)
    low, high = number.low, number.high
    approximate = bound == "about"
    after = _bound_after(tokens, last, book.numbers)
    if after is not None and kind in ("count", "measure"):
        last = after[0]
        bound = after[1] if bound in (None, "about") else bound
    if bound in ("least", "more"):
        high = None
    elif bound in ("most", "fewer"):
        low, high = 0, high
    noun = _noun(tokens, number) if kind == "count" or kind == "share" else None
    if noun is None and high is None and number.spelled and first >= 3 and tokens[first - 1].lower == "the":
        before = tokens[first - 3]  # "fatalities in the hundreds"
        if tokens[first - 2].lower == "in" and before.pos == "NOUN" and before.sent == tokens[first].sent:
            noun = before
    if noun is not None and bound == "more" and noun.lower in ("time", "times"):
        kind = "measure"
    si = None
    if unit is not None and unit.factor is not None:
        si = (low * unit.factor, None if high is None else high * unit.factor)
    return QuantityMention(
        first=first, last=last, number=tokens[number.first if number.spelled else number.last], low=low,
        high=high, kind=kind, approximate=approximate, unit=unit, si=si, noun=noun,
        subset=_is_subset(tokens, first, last, book.numbers),
    )  # fmt: skip


def _bound_before(tokens: Sequence[Token], first: int, numbers: Numbers) -> tuple[int, str | None]:
    """Return where the words that bound a number begin, and the bound that stands farthest from it."""
    bound: str | None = None
    sent = tokens[first].sent
    while True:
        for length in (4, 3, 2, 1):
            start = first - length
            if start < 0 or tokens[start].sent != sent:
                continue
            match = numbers.bounds.longest(tokens, start)
            if match is not None and match[0] == first - 1:
                if match[1] != "about" or bound is None:
                    bound = match[1]
                first = start
                break
        else:
            if first and tokens[first - 1].sent == sent and tokens[first - 1].lower == "between":
                first -= 1
            return first, bound


def _bound_after(tokens: Sequence[Token], last: int, numbers: Numbers) -> tuple[int, str] | None:
    if last + 1 >= len(tokens) or tokens[last + 1].sent != tokens[last].sent:
        return None
    return numbers.bounds_after.longest(tokens, last + 1)


def _noun(tokens: Sequence[Token], number: Cardinal) -> Token | None:
    """Return the head of what a number counts: by the parse, else the last noun of the words after it."""
    for index in range(number.first, number.last + 1):
        head = tokens[index].head
        if head.i <= number.last or tokens[index].dep not in _COUNTING or head.pos not in _NOMINAL:
            continue
        if _close(tokens, number.last, head.i):
            return _head_noun(head, tokens)
    return _scan(tokens, number.last)


def _head_noun(noun: Token, tokens: Sequence[Token]) -> Token:
    after = tokens[noun.i + 1] if noun.i + 1 < len(tokens) else None
    if noun.dep == "compound" and noun.head.i > noun.i and after is noun.head and noun.head.pos in _NOMINAL:
        return noun.head
    return noun


def _close(tokens: Sequence[Token], last: int, noun: int) -> bool:
    between = tokens[last + 1 : noun]
    return _of_phrase(tokens, last) or all(
        token.pos not in _CLOSING or token.dep == "amod" or _joins(tokens, token.i) or token.lower in _QUOTES
        for token in between
    )


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is a hyphen inside a word; a dash between spaces opens something new."""
    return tokens[at].lower in DASHES and tokens[at].start == tokens[at - 1].end


def _of_phrase(tokens: Sequence[Token], last: int) -> bool:
    return last + 1 < len(tokens) and tokens[last + 1].lower in ("of", "out")


def _scan(tokens: Sequence[Token], last: int) -> Token | None:
    """Walk from a number over its noun phrase, "of the" and "out of eight" included, to the head noun."""
    sent, index = tokens[last].sent, last + 1
    noun: Token | None = None
    while index < len(tokens) and tokens[index].sent == sent and index - last <= 12:
        token = tokens[index]
        if noun is None and token.lower in _INSIDE:
            index += 1
            continue
        nominal = token.pos in _NOMINAL
        if not nominal and noun is not None:
            break
        if not (
            nominal
            or token.pos in _SKIPPED
            or token.dep == "amod"
            or _joins(tokens, index)
            or token.lower in _QUOTES
            or (token.pos in ("PUNCT", "SYM", "X") and token.text[0].isalnum())
        ):
            break
        if nominal:
            noun = token
        index += 1
    return noun


def _is_subset(tokens: Sequence[Token], first: int, last: int, numbers: Numbers) -> bool:
    sent = tokens[first].sent
    for length in (1, 2, 3, 4):
        start = first - length
        if start < 0 or tokens[start].sent != sent:
            break
        match = numbers.subset_before.longest(tokens, start)
        if match is not None and match[0] >= first - 2 and match[0] < first:
            return not (start and tokens[start - 1].lower in ("result", "consequence"))
    after = last + 1
    opens = first > 0 and tokens[first - 1].lower in (",", "(", "-", "–", "—")  # ", three of them children"
    if opens and after < len(tokens) and tokens[after].sent == sent:
        return numbers.subset_after.longest(tokens, after) is not None
    return False
