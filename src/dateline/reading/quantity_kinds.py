"""Tell counts from the numbers that count nothing: dates, ages, clock times, money, percents, names."""

import re
from collections.abc import Sequence
from typing import Literal

from dateline.codebook.quantities import Numbers, QuantityBook, Unit
from dateline.reading.cardinals import DASHES, Cardinal
from dateline.reading.tokens import Token

QuantityKind = Literal["count", "measure", "money", "percent", "share", "age", "date", "clock", "name"]

_NOMINAL = frozenset({"NOUN", "PROPN"})
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(am|pm)?|\d{1,2}(am|pm)")
_AFTER_AGE = frozenset({",", ".", ")", "and", "who", "of", ";", "]", "was", "from", "—", "–", "-"})
_BEFORE_YEAR = frozenset({
    "in", "since", "by", "from", "until", "till", "of", "during", "early", "late", "mid", "the", ",", "(",
    "year", "spring", "summer", "autumn", "fall", "winter",
})  # fmt: skip
_NUMBERED = frozenset({
    "no", "no.", "number", "nr", "№", "#", "article", "resolution", "chapter", "day", "flight", "unit",
    "route", "highway", "block", "phase", "type", "mark", "mk", "covid", "section", "page",
})  # fmt: skip


def kind_of(
    tokens: Sequence[Token], number: Cardinal, book: QuantityBook
) -> tuple[QuantityKind, Unit | None, int]:
    """Tell what sort of number it is; the unit and its last token come with a measure.

    Only a "count" counts anything; the other kinds keep ages, dates and model numbers from being counted.
    """
    numbers, last = book.numbers, number.last
    head, sent = tokens[number.first], tokens[number.first].sent
    before = tokens[number.first - 1] if number.first and tokens[number.first - 1].sent == sent else None
    after = tokens[last + 1] if last + 1 < len(tokens) and tokens[last + 1].sent == sent else None
    then = tokens[last + 2] if last + 2 < len(tokens) and tokens[last + 2].sent == sent else None
    word, word_before = (after.lower if after else ""), (before.lower if before else "")
    if word_before in numbers.money_symbols or word in numbers.money_words or word in numbers.money_symbols:
        return "money", None, last
    if after is not None and numbers.percent.longest(tokens, after.i) is not None:
        return "percent", None, last
    if number.fraction:
        return "share", None, last
    if word in numbers.clock or (word_before == ":" and head.text.isdigit() and _CLOCK.fullmatch(head.lower)):
        return "clock", None, last
    if _is_date(before, after, head, numbers):
        return "date", None, last
    if _is_age(before, after, then, head, tokens):
        return "age", None, last
    at_unit = last + 2 if word in DASHES and then is not None else last + 1
    if after is not None and at_unit < len(tokens) and tokens[at_unit].sent == sent:
        unit = book.units.longest(tokens, at_unit)
        if unit is not None:
            return "measure", unit[1], unit[0]
    if _is_name(before, head, word, number):
        return "name", None, last
    return "count", None, last


def _is_date(before: Token | None, after: Token | None, head: Token, numbers: Numbers) -> bool:
    word = after.lower if after is not None else ""
    if _is_year(head) and after is not None and after.tag == "NNP":
        return True  # "2014 Karvela killings"
    if before is not None and before.lower in numbers.months and before.true[:1].isupper():
        return True
    if after is not None and word in numbers.months and after.tag not in ("MD", "VBD", "VB"):  # "12 may die"
        return word not in ("may", "march", "mar") or head.text.isdigit()
    if not _is_year(head):
        return False
    counted = head.dep == "nummod" and head.head.i > head.i and head.head.tag in ("NNS", "NNPS")
    if before is not None and before.lower in _BEFORE_YEAR:
        return not (counted and before.lower in ("of", "from", "by", "the", ","))
    return not counted


def _is_year(token: Token) -> bool:
    return len(token.text) == 4 and token.text.isdigit() and 1500 <= int(token.text) <= 2100


def _is_age(
    before: Token | None, after: Token | None, then: Token | None, head: Token, tokens: Sequence[Token]
) -> bool:
    word = after.lower if after else ""
    if word in ("y/o", "yo", "yr", "year-old", "yr-old"):
        return True
    if word in DASHES and then is not None and then.lower in ("year", "month", "week", "day", "years"):
        old = tokens[then.i + 1 : then.i + 3]
        return any(token.lower == "old" for token in old) or then.lower == "year"
    if word in ("year", "years", "month", "months") and then is not None and then.lower in ("old", "-"):
        return then.lower == "old" or any(token.lower == "old" for token in tokens[then.i : then.i + 2])
    if before is None or not head.text[:1].isdigit():
        return False
    if before.lower in ("aged", "age", "ages"):
        return True
    if len(head.text) > 2 or not head.text.isdigit():
        return False
    named = tokens[before.i - 1] if before.i and tokens[before.i - 1].sent == head.sent else None
    if before.lower not in (",", "(") or named is None:
        return False
    spoken_of = named.ent == "PERSON" and after is not None and after.pos in ("AUX", "VERB")
    closes = after is None or word in _AFTER_AGE or spoken_of
    return closes and (named.pos in ("PROPN", "INTJ") or named.tag == "NN") and named.lower not in ("toll",)


def _is_name(before: Token | None, head: Token, word: str, number: Cardinal) -> bool:
    if number.spelled or before is None:
        return word in ("th", "st", "nd", "rd")
    if before.lower in _NUMBERED or (before.lower == "war" and len(head.text) == 1):
        return True
    left = head.dep in ("nummod", "appos", "punct") and head.head.i < head.i and head.head.pos in _NOMINAL
    return (
        left
        and before.pos == "PROPN"
        and before.true[:1].isupper()
        and word not in ("dead", "killed", "injured", "wounded", "missing")
    )
