"""The grammar of time expressions: regular expressions over the classes of lexemes.

A pattern is a verbose regular expression in which <a|b> stands for one lexeme of class a or b and {NAME} for a macro
below. Rules are tried at each lexeme; the longest match wins, then the earlier rule. Every repetition is bounded, so
that matching is linear in the text.
"""

import re
from dataclasses import dataclass

from dateline.reading.times_words import CODES, Lexemes


@dataclass(frozen=True, slots=True)
class Match:
    """A time expression found: the rule, lexeme indexes first..end (half-open), and the lexemes of each named part."""

    rule: str
    first: int
    end: int
    parts: dict[str, tuple[int, int]]


_MACROS = {
    "COUNT": "(?:<a> <vague> <of>? | <vague> <of>? | <half> <a> <vague|word>? | <a> <half>"
    " | (?:<num|int|year> (?:<dash> <num|int>)? | <word> (?:<dash>? <word> | <and> <word>){0,4})"
    " (?:<dash>? <and|or|to> <dash>? (?:<a> <half> | <num|int|word>))? | <a> <word>? )",
    "ABOUT": "(?:<about|over|vague> | <more> <than>)?",
    "CLOCK": "(?:<clock> (?:<and|dash|to> <clock>)? <local>{0,2} | <part>(?=<on>?<weekday|date>))",
    "PRE": "(?:(?P<clock>{CLOCK}) <comma|on|of>{0,2})?",
    "DAYPART": "(?:<early|late|mid>? <dash>? <part> <units>? | (?:<early|half_day> <units>))",
    "AT": "(?P<at> <the>? {DAYPART} (?:<of> | <on> | <comma>)? (?:<of>? <the> <part> <of>)? | <the>? <early|late|mid|earlier|later>"
    " (?:<on|in|dash|comma>)? | <the>? <begin|end> <of>)?",
    "WEEKDAY": "(?:<weekday> (?:<comma> | <of|on>)? <the>? )?",
    "DAY": "<num|ord>",
    "YEAR": "(?: <comma|of|in>? (?P<year> <year> | <int|num>(?=<bc>)) <bc>?)",
    "POST": "(?: <comma>? (?:<at>? <about>? (?P<clock2> <clock>) <local>{0,2} | (?<!<comma>)(?P<post> <part>) ) )?",
    "EDGE": "(?P<edge> <the>? (?:<early|late|mid> (?:<dash> | <in|on>)? <the>? | <the>? <begin|end|middle> <of> <the>?"
    " | (?:<early|late> <begin>? <of>) | (?:<ord|last|final|early|half_day|late>) (?:{COUNT})? <half|units|unit> <of>"
    " <the>? ))?",
    "REL": "(?P<rel> (?:<of|in>? (?:<the>? <that|this|last|next|same|following|previous|past|current>) <unit>))",
    "DIR": "(?P<dir> <the>? (?:<last|next|this|that|same|following|previous|past|coming|current|recent>) <same>?)",
    "INNER": "<^stop|comma|open|close|month|year|date>",
    "WHAT": "(?:<of|in|after|since|to|from|over> {INNER}{0,5}? <war|siege>)",
}

_RULES = {
    "iso": "{AT} <date> (?:<comma>? <at>? (?P<clock> <clock>))?",
    "dmy": "{PRE} {AT} {WEEKDAY} <the>? (?P<d1> {DAY}) (?: (?P<sep> <dash|slash|to|and|until|or>) <the>? (?P<d2> {DAY}) )? <of>?"
    " (?P<month> <month>) (?: <dot>(?=<num|ord|year|comma|dash>) )? (?: {YEAR} | {REL} )? {POST}",
    "mdy": "{PRE} {AT} {WEEKDAY} (?P<month> <month>) (?: <dot>(?=<num|ord|year|comma|dash>) )? <the>? (?P<d1> {DAY}) (?!<unit|units|month>)"
    " (?: (?P<sep> <dash|slash|to|and|until|or>) <the>? (?P<d2> {DAY}) (?!<month|unit|units|x>) )? (?: {YEAR} | {REL} )? {POST}",
    "my": "{EDGE} (?P<dir> <the>? (?:<last|next|this|that|same|following|previous|past|coming>))? (?P<month> <month>) (?: <dot>(?=<num|ord|year|comma|dash>) )?"
    " (?: (?P<sep> <dash|to|and|slash|or>) (?P<month2> <month>) )? (?: {YEAR} | {REL} )?",
    "bareday": "(?:(?<=<on|until|by|since|between|and|from>) | (?P<at> <the>? {DAYPART} <of>)) (?P<weekday> <weekday> <comma>?)?"
    " <the> (?P<d1> <ord>) (?=<comma|dot|stop|x|close|and|in|at>) ",
    "year": "{EDGE} (?P<yearword> <unit|units>)? (?P<year> <year>) (?: (?P<dash> <dash>) (?P<year2> <year>))? <bc>?",
    "bc": "{EDGE} <about>? (?:<year|int|num> <dash|to|and>)? (?P<year> <year|int|num|yspan> ) <bc>",
    "yspan": "{EDGE} (?P<yspan> <yspan>)",
    "decade": "{EDGE} <the>? (?P<decade> <decade|decadeword>) <bc>?",
    "century": "<the>? (?P<edge><early|late|mid> <dash>?)? (?P<ord> <ord|word> (?:<dash>? <ord>)?) <dash>? (?P<unit> <century>) <bc>?",
    "yearseason": "(?P<year> <year>) (?P<season> <season>)",
    "season": "{EDGE} {DIR}? <the>? (?P<season> <season>) (?: <comma|of|in>? (?: (?P<year> <year> | <int>(?=<bc>)) (?: <dash|slash>"
    " <num|year>)? | (?P<yspan> <yspan>)) <bc>? | {REL})?",
    "holiday": "<the>? (?P<holiday> <holiday>) {YEAR}?",
    "weekday": "{PRE} {AT} {DIR}? (?P<w1> <weekday>) (?P<p1> <early|late>? <part>)? (?: (?P<sep> <and|to|dash|slash|or|in|comma>)"
    " <the>? <early|late>? (?P<w2> <weekday>) (?P<p2> <part>)?)? (?: <comma>? <at>? <about>? (?P<clock2> <clock>) <local>{0,2})?"
    " (?P<week> <of>? <last|this|next> <unit>)?",
    "dayword": "{PRE} (?P<el> <early|late|earlier|later> (?:<on>)?)? (?P<at> <the>? {DAYPART} <of>)?"
    " (?P<word> <today|yesterday|tomorrow|tonight|overnight>) (?P<post> <part>)? (?: <in> (?P<w2> <weekday>) | (?P<w1> <weekday>))?",
    "beforeyesterday": "<the> <unit> (?P<rel> <before|after>) (?P<word> <yesterday|tomorrow>)",
    "dirunit": "(?P<el> (?:<early|late|earlier|later|mid> (?:<in|on|dash>)?) | <the>? <begin|end|middle|half> <of> )?"
    " {DIR} (?P<n> {ABOUT} {COUNT})? (?P<unit> <unit|units|part|century>) (?P<post> <part>)?",
    "unitdir": "<the>? (?P<n> {COUNT}) (?P<dir> <previous|past|last|following|next|coming>) (?P<unit> <unit|units>)",
    "edgeunit": "(?P<el> (?:<early|late|earlier|later|mid> <in>) <the> | <the>? <begin|end|middle> <of> <the> | <the> <early|late>"
    " <begin|end|x> <of> <the>) (?P<unit> <unit>)",
    "duringday": "(?<=<during|in|over>) <the>? <current>? (?P<unit> <unit>)(?!<of|before|after|dash>)",
    "ago": "{ABOUT} (?P<n> {COUNT})? (?P<unit> <unit|units>) (?P<rel> <ago|earlier|later|before|after|previous|following>)",
    "theunit": "(?P<at> <late|early>? )<the> (?P<unit> <unit|part>) (?P<rel> <before|after|earlier|later|following>)",
    "thepart": "(?<=<in|at|by|during|over|until|since|before|after>) (?P<at> <the>? <early|late>? <dash>? <part> <units>? | <the> <early|half_day>"
    " <units>) (?: <and> <the>? <part>)?",
    "firstunits": "<the>? (?P<o> <ord|last|early|final|begin|past>) (?P<n> {COUNT})? (?P<unit> <unit|units>) (?P<what> {WHAT})?",
    "nthday": "(?:<the|its|this>)? (?P<o> (?:<word> (?:<dash>? <word>|<and> <word>){0,4} <dash>? <and>?)? <ord>) (?P<unit> <unit>)"
    " (?:(?P<row> <in> <a> <row>) | (?P<what> {WHAT}))?",
    "dayn": "(?P<unit> <unit>) (?P<n> <num|int>) (?P<what> {WHAT})?",
    "warstart": "<the>? (?:<x>)? (?P<begin> <begin|end>) (?P<what> <of> {INNER}{0,6}? <war>)",
    "sincewar": "(?<=<since>) (?P<what> <^stop|comma|open>{0,6}? <war>) (?P<of> <of|in|on> <^stop|comma>)? (?P<began> <began>)?",
    "duration": "(?P<about> {ABOUT}) (?: (?P<n> {COUNT}) (?P<adj> <x>)? )? (?P<unit> <unit|units>) (?!<dash>) <long>?"
    " (?P<what> {WHAT})? (?P<old> <old>)?",
    "length": "(?: <num|int|word> (?: <dash>? <num|int|word>)? <dash> | (?=<unit|units> <dash> <long>)) <unit|units>"
    " (?: <dash>? <long>)? (?P<old> <dash>? <old>)?",
    "set": "(?:<each> (?:<num|word|ord|vague>)? <unit|units|part|weekday|month|season> | <per> <unit> | <daily>)",
    "present": "<now>",
    "clock": "<clock> (?:<to|dash|and|or> <clock>)? <local>{0,2}",
    "nightattack": "(?P<part> <part>) (?=<siege|war>)",
}


def _classes(found: re.Match[str]) -> str:
    names = found.group(2).split("|")
    return "[" + found.group(1) + "".join(CODES[name] for name in names) + "]"


def _compile(pattern: str) -> re.Pattern[str]:
    for _ in range(5):
        for name, macro in _MACROS.items():
            pattern = pattern.replace("{" + name + "}", macro)
    return re.compile(re.sub(r"(?<!\(\?P)<(\^?)([a-z_|]+)>", _classes, pattern), re.VERBOSE)


RULES = tuple((name, _compile(pattern)) for name, pattern in _RULES.items())
_CORE = frozenset(
    CODES[name]
    for name in (
        "month weekday season part unit units year yspan date clock decade decadeword holiday war today yesterday"
        " tomorrow tonight overnight now daily ord century bc"
    ).split()
)
# A time expression does not begin with these, so no rule is tried there.
_NEVER_FIRST = frozenset(CODES[name] for name in "stop comma dash slash dot open close to of and or".split())
_REACH = 14  # how many lexemes before its core word an expression may begin


def scan(lexemes: Lexemes) -> list[Match]:
    """Find the time expressions of a text, leftmost and longest first; none overlap."""
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
        best = _best(codes, at) if reach[at] and codes[at] not in _NEVER_FIRST else None
        if best is None:
            at += 1
        else:
            found.append(best)
            at = best.end
    return found


def _best(codes: str, at: int) -> Match | None:
    best: tuple[str, re.Match[str]] | None = None
    for name, pattern in RULES:
        match = pattern.match(codes, at)
        if match and match.end() > at and (best is None or match.end() > best[1].end()):
            best = (name, match)
    if best is None:
        return None
    name, match = best
    parts = {part: match.span(part) for part, value in match.groupdict().items() if value}
    return Match(name, at, match.end(), parts)
