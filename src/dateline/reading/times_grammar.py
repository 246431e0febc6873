"""The grammar of time expressions: regular expressions over the classes of lexemes.

The patterns of times_patterns.py are tried at each lexeme; the longest match wins, then the earlier pattern.
"""

import re
from dataclasses import dataclass

from dateline.reading.times_patterns import MACROS, PATTERNS
from dateline.reading.times_words import CODES, Lexemes


@dataclass(frozen=True, slots=True)
class Match:
    """A time expression found: rule, lexeme indexes first..end (half-open), and its named parts."""

    rule: str
    first: int
    end: int
    parts: dict[str, tuple[int, int]]


def _classes(found: re.Match[str]) -> str:
    names = found.group(2).split("|")
    return "[" + found.group(1) + "".join(CODES[name] for name in names) + "]"


def _compile(pattern: str) -> re.Pattern[str]:
    for _ in range(5):
        for name, macro in MACROS.items():
            pattern = pattern.replace("{" + name + "}", macro)
    return re.compile(re.sub(r"(?<!\(\?P)<(\^?)([a-z_|]+)>", _classes, pattern), re.VERBOSE)


RULES = tuple((name, _compile(pattern)) for name, pattern in PATTERNS.items())
_CORE_NAMES = """
month weekday season part unit units year yspan date clock decade decadeword holiday war today yesterday
tomorrow tonight overnight now daily ord century bc stretch local
"""
_CORE = frozenset(CODES[name] for name in _CORE_NAMES.split())
# A time expression does not begin with these, so no rule is tried there.
_NEVER_FIRST = frozenset(
    CODES[name]
    for name in ("stop", "comma", "dash", "rule", "slash", "dot", "open", "close", "to", "of", "and", "or")
)
_REACH = 14  # how many lexemes before its core word an expression may begin


def scan(lexemes: Lexemes, barred: frozenset[tuple[str, int]] = frozenset()) -> list[Match]:
    """Find the time expressions of a text, leftmost and longest first; none overlap.

    `barred` are (rule, first lexeme) that turned out to be no time expression.
    """
    codes = lexemes.codes
    near = -1
    found: list[Match] = []
    reach = [False] * len(codes)
    for index in range(len(codes) - 1, -1, -1):
        if codes[index] in _CORE:
            near = index
        elif codes[index] == CODES["stop"]:
            near = -1
        reach[index] = near >= 0 and near - index <= _REACH
    at = 0
    while at < len(codes):
        best = _best(codes, at, barred) if reach[at] and codes[at] not in _NEVER_FIRST else None
        if best is None:
            at += 1
        else:
            found.append(best)
            at = best.end
    return found


def _best(codes: str, at: int, barred: frozenset[tuple[str, int]]) -> Match | None:
    best: tuple[str, re.Match[str]] | None = None
    for name, pattern in RULES:
        match = pattern.match(codes, at)
        if match is None or match.end() == at or (best is not None and match.end() <= best[1].end()):
            continue
        if (name, at) not in barred:
            best = (name, match)
    if best is None:
        return None
    name, match = best
    parts = {part: match.span(part) for part, value in match.groupdict().items() if value}
    return Match(name, at, match.end(), parts)
