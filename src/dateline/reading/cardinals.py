"""Read runs of number words and figures as numbers: "two hundred and fifty", "1.5m", "tens of thousands"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.codebook.quantities import Numbers
from dateline.reading.tokens import Token

_FIGURE = re.compile(r"[+~]?(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d+)?(\+)?")
_SUFFIXED = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(\.\d+)?([a-z]{1,3})")
_RANGE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,9})[-–—](\d{1,3}(?:,\d{3})+|\d{1,9})")
_GROUP = re.compile(r"\d{3}")
_SETS = frozenset({"couple", "pair", "trio", "quartet"})
DASHES = frozenset("-–—‑") | {"--"}


@dataclass(frozen=True, slots=True)
class Cardinal:
    """A number read from tokens first..last, with its bounds (high null: open).

    `spelled` says that words made it, not figures; `fraction` that it is a share of something.
    """

    first: int
    last: int
    low: float
    high: float | None
    spelled: bool = False
    fraction: bool = False


def figure_of(lower: str, numbers: Numbers) -> tuple[float, float | None] | None:
    """Return low and high of a token of digits ("1,351", "6k", "20-30", "30+"), or null if it is none."""
    match = _FIGURE.fullmatch(lower)
    if match is not None:
        value = _value(match[1], match[2])
        return value, None if match[3] else value
    match = _SUFFIXED.fullmatch(lower)
    if match is not None and match[3] in numbers.suffixes:
        value = _value(match[1], match[2]) * numbers.suffixes[match[3]]
        return value, value
    match = _RANGE.fullmatch(lower)
    if match is not None:
        low, high = _value(match[1], None), _value(match[2], None)
        return (low, high) if low < high else None
    return None


def _grouped(tokens: Sequence[Token], at: int, low: float) -> tuple[int, float]:
    """Read thousands that spaces part, "70 020 people": the last token and the value; behind a name they are two numbers."""
    last = at
    named = at > 0 and (tokens[at - 1].pos == "PROPN" or tokens[at - 1].ent == "DATE")
    if not re.fullmatch(r"[1-9]\d{0,2}", tokens[at].lower) or named:
        return at, low
    while _GROUP.fullmatch(_word(tokens, last + 1, tokens[at].sent)) and (
        tokens[last + 1].start == tokens[last].end + 1
    ):
        last += 1
        low = low * 1000 + int(tokens[last].lower)
    return last, low


def _value(whole: str, decimals: str | None) -> float:
    plain = whole.replace(",", "")
    return float(plain + decimals) if decimals else int(plain)


def read_cardinal(tokens: Sequence[Token], at: int, numbers: Numbers) -> Cardinal | None:
    """Read the longest number that starts at a token, articles ("a dozen") included, or null."""
    token = tokens[at]
    lower = token.lower
    if lower in ("a", "an", "half"):
        return _with_article(tokens, at, numbers)
    if lower[0].isdigit() or lower[0] in "+~":
        found = figure_of(lower, numbers)
        if found is None:
            return None
        low, high = found
        last, low = _grouped(tokens, at, low)
        return _scaled(tokens, Cardinal(at, last, low, low if last > at else high), numbers)
    if lower in _SETS and _word(tokens, at + 1, token.sent) != "of":
        return None
    if lower in numbers.numerals:
        return _spelled(tokens, at, numbers)
    if lower in numbers.vague and not _is_degree(tokens, at):
        return _vague(tokens, at, numbers)
    return None


def _counts(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at an index is a noun or an adjective, so that "a couple" before it is a number."""
    return at < len(tokens) and tokens[at].pos in ("NOUN", "ADJ", "NUM")


def _is_degree(tokens: Sequence[Token], at: int) -> bool:
    """Whether "many" or "few" asks or compares: "as many as", "how many", "too few"."""
    if tokens[at].lower not in ("many", "few"):
        return False
    before = tokens[at - 1].lower if at and tokens[at - 1].sent == tokens[at].sent else ""
    return before in ("as", "how", "so", "too", "very") or _word(tokens, at + 1, tokens[at].sent) == "as"


def _word(tokens: Sequence[Token], at: int, sent: int) -> str:
    return tokens[at].lower if at < len(tokens) and tokens[at].sent == sent else ""


def _with_article(tokens: Sequence[Token], at: int, numbers: Numbers) -> Cardinal | None:
    sent = tokens[at].sent
    word = _word(tokens, at + 1, sent)
    if tokens[at].lower == "half":
        scaled = at + 2 if word in ("a", "an") else at + 1
        scale = numbers.scales.get(_word(tokens, scaled, sent))
        if scale is not None:
            return Cardinal(at, scaled, _tidy(scale / 2), _tidy(scale / 2), spelled=True)
        return Cardinal(at, at, 0.5, 0.5, spelled=True, fraction=True)
    after = _word(tokens, at + 2, sent)
    if word == "dozen" or (
        word in _SETS and (after == "of" or (word == "couple" and _counts(tokens, at + 2)))
    ):
        value = numbers.numerals[word]
        return Cardinal(at, at + 1, value, value, spelled=True)
    if word in ("few", "handful"):
        found = _vague(tokens, at + 1, numbers)
        return Cardinal(at, found.last, found.low, None, spelled=True) if found else None
    if word in numbers.scales and word != "score":
        return _scaled(tokens, Cardinal(at, at, 1, 1, spelled=True), numbers)
    if word in ("large", "great", "small", "huge", "growing", "significant", "considerable", "whole"):
        word, at_noun = _word(tokens, at + 2, sent), at + 2
    else:
        at_noun = at + 1
    if word in numbers.collections and _word(tokens, at_noun + 1, sent) == "of":
        return Cardinal(at, at_noun, 2, None, spelled=True)
    if word in numbers.fractions and _word(tokens, at_noun + 1, sent) == "of":
        share = numbers.fractions[word]
        return Cardinal(at, at_noun, share, share, spelled=True, fraction=True)
    return None


def _spelled(tokens: Sequence[Token], at: int, numbers: Numbers) -> Cardinal:
    sent, last = tokens[at].sent, at
    value: float = numbers.numerals[tokens[at].lower]
    dash = _word(tokens, at + 1, sent) in DASHES
    after = at + 2 if dash else at + 1
    unit = numbers.numerals.get(_word(tokens, after, sent), 0)
    if value % 10 == 0 and 20 <= value <= 90 and 1 <= unit <= 9:
        value, last = value + unit, after
    share = numbers.fractions.get(_word(tokens, last + (2 if dash and last == at else 1), sent))
    if share is not None and value < 10 and share < 0.5:
        part = value * share
        return Cardinal(at, last + (2 if dash and last == at else 1), part, part, spelled=True, fraction=True)
    return _scaled(tokens, Cardinal(at, last, value, value, spelled=True), numbers)


def _scaled(tokens: Sequence[Token], number: Cardinal, numbers: Numbers) -> Cardinal:
    """Apply the scale words after a number, and the smaller number after each ("two hundred and fifty")."""
    sent, last = tokens[number.first].sent, number.last
    total, current, factor = 0.0, number.low, 1.0
    while True:
        scale = numbers.scales.get(_word(tokens, last + 1, sent))
        if scale is not None:
            last += 1
            factor *= scale
            current *= scale
            if scale >= 1000:
                total, current = total + current, 0.0
            continue
        after = last + 2 if _word(tokens, last + 1, sent) == "and" else last + 1
        rest = numbers.numerals.get(_word(tokens, after, sent))
        smallest = 100 if current else 1000
        if (
            not number.spelled
            or factor < smallest
            or rest is None
            or not 0 < rest < 100
            or (rest < 10) > (after > last + 1)
        ):
            break
        small = _small(tokens, after, numbers)
        last, current = small.last, current + small.low
        factor = 1.0 if _word(tokens, last + 1, sent) not in numbers.scales else factor
    low = _tidy(total + current)
    if number.high is None:
        high = None
    else:
        high = low if number.high == number.low else _tidy(number.high * factor)
    return Cardinal(number.first, last, low, high, number.spelled)


def _small(tokens: Sequence[Token], at: int, numbers: Numbers) -> Cardinal:
    sent = tokens[at].sent
    value = numbers.numerals[tokens[at].lower]
    after = at + 2 if _word(tokens, at + 1, sent) in DASHES else at + 1
    unit = numbers.numerals.get(_word(tokens, after, sent), 0)
    if value % 10 == 0 and 20 <= value <= 90 and 1 <= unit <= 9:
        return Cardinal(at, after, value + unit, value + unit, spelled=True)
    return Cardinal(at, at, value, value, spelled=True)


def _vague(tokens: Sequence[Token], at: int, numbers: Numbers) -> Cardinal | None:
    sent, last = tokens[at].sent, at
    low: float = numbers.vague[tokens[at].lower]
    if tokens[at].lower in ("several", "few", "many"):
        scale = numbers.scales.get(_word(tokens, at + 1, sent))
        if scale is not None:
            return Cardinal(at, at + 1, low * scale, None, spelled=True)
    while _word(tokens, last + 1, sent) == "of" and _word(tokens, last + 2, sent) in numbers.vague:
        # "hundreds of thousands": two hundred thousand or more; "tens of thousands": twenty thousand or more
        low = low * numbers.vague[_word(tokens, last + 2, sent)] / 2
        last += 2
    if tokens[at].lower == "tens" and last == at:
        return None
    return Cardinal(at, last, _tidy(low), None, spelled=True)


def _tidy(value: float) -> float:
    return round(value) if abs(value - round(value)) < 1e-6 * max(1.0, abs(value)) else value
