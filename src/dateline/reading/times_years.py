"""Resolve years, decades, centuries and seasons."""

from dateline.reading.times_calendar import Window, season_window, year_window, years_window
from dateline.reading.times_context import (
    BEFORE_CHRIST,
    NO_PUBLICATION,
    SKIP,
    Context,
    Outcome,
    relative,
    stated,
)
from dateline.reading.times_dates import Handler, edged, related_year, tells_bc
from dateline.reading.times_grammar import Match

_YEAR_LEAD_NAMES = """
in since by until from to between during before after of dash rule slash early late mid comma open close and
or about on for
"""
_YEAR_LEADS = tuple(_YEAR_LEAD_NAMES.split())


def year(context: Context, match: Match) -> Outcome:
    """Resolve "in 2014", "mid-2016", "the year 1999", "1914-1918"; a number of people or things is none."""
    number = context.number(match, "year")
    if number is None:
        return SKIP
    if tells_bc(context, match):
        return stated(None, BEFORE_CHRIST)
    if not _is_year(context, match, number):
        return SKIP
    last = context.number(match, "year2")
    if last is not None and last > number:
        return stated(years_window(number, last - number + 1, "period"))
    return stated(edged(context, match, year_window(number)))


def _is_year(context: Context, match: Match, number: int) -> bool:
    lexemes = context.lexemes
    index = match.parts["year"][0]
    token = context.parse.tokens[lexemes.firsts[index]]
    counts = token.dep in ("nummod", "quantmod") and token.head is not token and token.head.i > token.i
    plural = counts and token.head.tag in ("NNS", "NNPS") and token.head.i - token.i <= 3
    if "edge" in match.parts or "yearword" in match.parts:
        return not plural
    modern = 1600 <= number <= (context.published.year + 30 if context.published else 2100)
    before = index - 1
    if lexemes.is_at(before, "the", "its", "poss", "this", "that"):
        return modern and (not plural or 1900 <= number <= 2100)
    if plural or (not modern and not lexemes.is_at(before, "in", "since", "by", "until", "from")):
        return False
    if lexemes.is_at(before, *_YEAR_LEADS):
        return True
    if lexemes.is_at(before, "stop"):
        return not counts
    return counts and token.head.tag in ("NN", "NNP") and modern


def year_span(context: Context, match: Match) -> Outcome:
    """Resolve "1914-18"."""
    value = context.value(match, "yspan")
    if not isinstance(value, tuple):
        return SKIP
    return stated(edged(context, match, years_window(value[0], value[1] - value[0] + 1, "period")))


def before_christ(_context: Context, _match: Match) -> Outcome:
    """Leave years before the common era without a value: dates of this calendar begin with year 1."""
    return stated(None, BEFORE_CHRIST)


def decade(context: Context, match: Match) -> Outcome:
    """Resolve "the 1990s", "the late '80s", "the thirties"; "in his forties" is an age."""
    value = context.value(match, "decade")
    if not isinstance(value, int):
        return SKIP
    if tells_bc(context, match):
        return stated(None, BEFORE_CHRIST)
    if value < 1000:
        if not context.lexemes.is_at(match.parts["decade"][0] - 1, "the", "early", "late", "mid", "dash"):
            return SKIP
        if context.lexemes.is_at(match.first - 1, "its"):
            return SKIP
        value += 1900
    return stated(edged(context, match, years_window(value, 10, "decade")))


def century(context: Context, match: Match) -> Outcome:
    """Resolve "the 20th century"."""
    values = [context.lexemes.values[i] for i in range(*match.parts["ord"])]
    number = sum(value for value in values if isinstance(value, int))
    if tells_bc(context, match):
        return stated(None, BEFORE_CHRIST)
    if not context.lexemes.is_at(match.parts["ord"][1] - 1, "ord"):
        return SKIP
    return stated(edged(context, match, years_window(max(1, (number - 1) * 100), 100, "century")))


def season(context: Context, match: Match) -> Outcome:
    """Resolve "the summer of 1982", "last winter", "winter 2014-15", or the nearest such season."""
    value = context.value(match, "season")
    if not isinstance(value, tuple) or _is_name(context, match):
        return SKIP
    if tells_bc(context, match):
        return stated(None, BEFORE_CHRIST)
    first, last = value
    span = context.value(match, "yspan")
    number = (
        span[0] if isinstance(span, tuple) else context.number(match, "year") or related_year(context, match)
    )
    if number:
        return stated(edged(context, match, season_window(number, first, last)))
    directed = context.has(match, "dir", "that", "same", "following", "previous")
    base = context.base(match, prefer_told=directed or context.published is None)
    if base is None:
        return relative(None, NO_PUBLICATION)
    window = _nearest_season(context, match, base, first, last)
    return relative(edged(context, match, window))


def _is_name(context: Context, match: Match) -> bool:
    """Tell "the Winter Olympics", "the Arab Spring" from a season."""
    index = match.parts["season"][0]
    token = context.parse.tokens[context.lexemes.firsts[index]]
    if not token.true[:1].isupper() or token.text.isupper():
        return False
    before = context.parse.tokens[token.i - 1] if token.i else None
    after = context.lexemes.lowers[index + 1]
    people = (
        before is not None
        and before.sent == token.sent
        and before.tag in ("NNP", "JJ")
        and before.true[:1].isupper()
    )
    plain = before is not None and context.lexemes.is_at(index - 1, "x")
    return after in ("olympics", "olympic", "games", "paralympics", "palace") or (people and plain)


def _nearest_season(context: Context, match: Match, base: Window, first: int, last: int) -> Window:
    here = base.earliest if context.published is None else base.latest
    this = season_window(here.year, first, last)
    before, after = season_window(here.year - 1, first, last), season_window(here.year + 1, first, last)
    if last < first and here <= before.latest:
        this, before, after = before, season_window(here.year - 2, first, last), this
    if context.has(match, "dir", "next", "following", "coming"):
        return this if this.earliest > here else after
    if context.has(match, "dir", "last", "previous", "past"):
        return this if this.latest < here else before
    if context.published is None or context.has(match, "dir", "this", "that", "same", "current"):
        return this
    if context.tense(match) == "future":
        return this if this.latest >= here else after
    return this if this.earliest <= here else before


HANDLERS: dict[str, Handler] = {
    "year": year,
    "bc": before_christ,
    "yspan": year_span,
    "decade": decade,
    "century": century,
    "season": season,
    "yearseason": season,
}
