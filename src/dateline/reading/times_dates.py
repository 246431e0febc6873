"""Resolve what names a date of the calendar: days, months, years, decades, seasons, holidays, weekdays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from dateline.reading.times_calendar import (
    DAY,
    Window,
    day_window,
    make_day,
    month_end,
    month_window,
    part_of,
    season_window,
    week_window,
    year_window,
    years_window,
)
from dateline.reading.times_context import (
    BEFORE_CHRIST,
    NO_ANCHOR,
    NO_PUBLICATION,
    SKIP,
    STAMP,
    Context,
    Outcome,
    day_or_none,
    relative,
    stated,
)
from dateline.reading.times_grammar import Match

_MODIFIERS = ("amod", "compound", "nummod", "nmod")
Handler = Callable[[Context, Match], Outcome]
_THIRDS = {"early": "early", "begin": "early", "mid": "mid", "middle": "mid", "late": "late", "end": "late"}


def full_date(context: Context, match: Match) -> Outcome:
    """Resolve "2022-03-02", "02.03.2022"; "07/05/2022" as whichever date is nearer to publication."""
    index = next(i for i in range(match.first, match.end) if context.lexemes.is_at(i, "date"))
    year, month, day, *either = context.lexemes.values[index]
    if either and _nearer(context.published, make_day(year, day, month), make_day(year, month, day)):
        month, day = day, month
    if _is_stamp(context, match, make_day(year, month, day)):
        return stated(None, STAMP)
    return stated(_timed(context, match, day_or_none(year, month, day)))


def _nearer(here: date | None, one: date | None, other: date | None) -> bool:
    """Say whether one reading of "07/05/2022" lies nearer to the publication date than the other."""
    if here is None or one is None or other is None:
        return False
    return abs((one - here).days) < abs((other - here).days)


def _is_stamp(context: Context, match: Match, day: date | None) -> bool:
    """Tell when a page was put out ("16.07.22 07:28 - ...") from what the report tells."""
    if day is None or "clock2" not in match.parts or context.published is None:
        return False
    lexemes, before = context.lexemes, match.first - 1
    opens = lexemes.is_at(before, "stop") and lexemes.is_at(match.end, "dash", "stop")
    enclosed = lexemes.is_at(before, "open") and lexemes.is_at(match.end, "close")
    return (opens or enclosed) and abs((context.published - day).days) <= 1


def month_day(context: Context, match: Match) -> Outcome:
    """Resolve "2 March 2022", "March 2", "27-28 February", "the night of 3 to 4 May", "24 June last year"."""
    month, first = context.number(match, "month"), context.number(match, "d1")
    if month is None or first is None or not 1 <= first <= 31:
        return SKIP
    second = context.number(match, "d2")
    if "bc" in _classes(context, match):
        return stated(None, BEFORE_CHRIST)
    year = context.number(match, "year") or _related_year(context, match)
    year = year or context.year_for(match, month, second or first)
    if year is None:
        return stated(None, NO_PUBLICATION)
    window = day_or_none(year, month, first)
    if window is None or second is None:
        return stated(_timed(context, match, window))
    until = make_day(year, month, second)
    if until is None or until <= window.earliest:
        return stated(None)
    return stated(Window(window.earliest, until, "period"))


def month(context: Context, match: Match) -> Outcome:
    """Resolve "March 2022", "mid-March", "the end of April", "last May", "July of that year"."""
    number = context.number(match, "month")
    if number is None:
        return SKIP
    if "bc" in _classes(context, match):
        return stated(None, BEFORE_CHRIST)
    last = context.number(match, "month2") or number
    year = (
        context.number(match, "year")
        or _related_year(context, match)
        or _directed_year(context, match, number)
    )
    year = year or context.year_for(match, number, None)
    if year is None or not 1 <= year <= 9998:
        return stated(None, NO_PUBLICATION)
    window = month_window(year, number)
    if last != number:
        end = month_end(year if last > number else year + 1, last)
        return stated(Window(window.earliest, end, "period"))
    return stated(_edged(context, match, window))


def _directed_year(context: Context, match: Match, number: int) -> int | None:
    """The year of "last May" (before this month), "next May", "the previous April"."""
    if "dir" not in match.parts:
        return None
    told = context.has(match, "dir", "that", "same", "following", "previous")
    base = context.base(match, prefer_told=told or context.published is None)
    if base is None:
        return None
    here = base.latest
    if context.has(match, "dir", "next", "following", "coming"):
        return here.year if number > here.month else here.year + 1
    if context.has(match, "dir", "last", "previous", "past"):
        return here.year if number < here.month else here.year - 1
    return here.year


def _related_year(context: Context, match: Match) -> int | None:
    """The year of "March of that year", "in June last year", "of the following year"."""
    if "rel" not in match.parts:
        return None
    told = context.has(match, "rel", "that", "same", "following", "previous")
    base = context.base(match, prefer_told=told or context.published is None)
    if base is None:
        return None
    year = base.earliest.year
    if context.has(match, "rel", "last", "previous", "past"):
        return year - 1
    return year + 1 if context.has(match, "rel", "next", "following") else year


def bare_day(context: Context, match: Match) -> Outcome:
    """Resolve "on the 13th": of the month told last, or the last such day up to the publication date."""
    number = context.number(match, "d1")
    token = context.parse.tokens[context.lexemes.firsts[match.parts["d1"][0]]]
    if number is None or not 1 <= number <= 31 or (token.head.i > token.i and token.dep in _MODIFIERS):
        return SKIP
    told = context.told
    if told is not None and told.window.precision in ("day", "part_of_day", "month", "period"):
        return relative(day_or_none(told.window.latest.year, told.window.latest.month, number))
    if context.published is None or context.lexemes.values[match.first] in range(1, 11):
        return SKIP
    here = context.published
    if number > here.day:
        here = here.replace(day=1) - DAY
    return relative(day_or_none(here.year, here.month, number))


def year(context: Context, match: Match) -> Outcome:
    """Resolve "in 2014", "mid-2016", "the year 1999", "1914-1918"; a number of people or things is none."""
    number = context.number(match, "year")
    if number is None:
        return SKIP
    if "bc" in _classes(context, match):
        return stated(None, BEFORE_CHRIST)
    if not _is_year(context, match, number):
        return SKIP
    last = context.number(match, "year2")
    if last is not None and last > number:
        return stated(years_window(number, last - number + 1, "period"))
    return stated(_edged(context, match, year_window(number)))


_YEAR_LEAD_NAMES = """
in since by until from to between during before after of dash slash early late mid comma open close and or
about on for
"""
_YEAR_LEADS = tuple(_YEAR_LEAD_NAMES.split())


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
    return stated(_edged(context, match, years_window(value[0], value[1] - value[0] + 1, "period")))


def before_christ(_context: Context, _match: Match) -> Outcome:
    """Leave years before the common era without a value: dates of this calendar begin with year 1."""
    return stated(None, BEFORE_CHRIST)


def decade(context: Context, match: Match) -> Outcome:
    """Resolve "the 1990s", "the late '80s", "the thirties"; "in his forties" is an age."""
    value = context.value(match, "decade")
    if not isinstance(value, int):
        return SKIP
    if "bc" in _classes(context, match):
        return stated(None, BEFORE_CHRIST)
    if value < 1000:
        if not context.lexemes.is_at(match.parts["decade"][0] - 1, "the", "early", "late", "mid", "dash"):
            return SKIP
        if context.lexemes.is_at(match.first - 1, "its"):
            return SKIP
        value += 1900
    return stated(_edged(context, match, years_window(value, 10, "decade")))


def century(context: Context, match: Match) -> Outcome:
    """Resolve "the 20th century"."""
    values = [context.lexemes.values[i] for i in range(*match.parts["ord"])]
    number = sum(value for value in values if isinstance(value, int))
    if "bc" in _classes(context, match):
        return stated(None, BEFORE_CHRIST)
    if not context.lexemes.is_at(match.parts["ord"][1] - 1, "ord"):
        return SKIP
    return stated(_edged(context, match, years_window(max(1, (number - 1) * 100), 100, "century")))


def season(context: Context, match: Match) -> Outcome:
    """Resolve "the summer of 1982", "last winter", "winter 2014-15", or the nearest such season."""
    value = context.value(match, "season")
    if not isinstance(value, tuple) or _is_name(context, match):
        return SKIP
    if "bc" in _classes(context, match):
        return stated(None, BEFORE_CHRIST)
    first, last = value
    span = context.value(match, "yspan")
    number = (
        span[0] if isinstance(span, tuple) else context.number(match, "year") or _related_year(context, match)
    )
    if number:
        return stated(_edged(context, match, season_window(number, first, last)))
    directed = context.has(match, "dir", "that", "same", "following", "previous")
    base = context.base(match, prefer_told=directed or context.published is None)
    if base is None:
        return relative(None, NO_PUBLICATION)
    window = _nearest_season(context, match, base, first, last)
    return relative(_edged(context, match, window))


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


def holiday(context: Context, match: Match) -> Outcome:
    """Resolve a holiday that falls on one date everywhere ("Christmas Eve")."""
    value = context.value(match, "holiday")
    if not isinstance(value, tuple):
        return SKIP
    number = context.number(match, "year") or context.year_for(match, value[0], value[1])
    return stated(day_or_none(number, value[0], value[1]), NO_PUBLICATION)


def weekday(context: Context, match: Match) -> Outcome:
    """Resolve "on Monday", "late on Sunday", "last Friday", "Monday and Tuesday", "Monday of last week".

    A bare weekday is the last one up to and including the publication date; in the future tense, the next
    one.
    """
    wanted = context.number(match, "w1")
    if wanted is None:
        return SKIP
    found = _weekday_date(context, match, wanted)
    if found is None:
        return relative(None, NO_PUBLICATION if context.published is None else NO_ANCHOR)
    second = context.number(match, "w2")
    if second is None:
        return relative(_timed(context, match, day_window(found)))
    ahead = (second - wanted) % 7
    if context.published is not None and context.tense(match) != "future" and found <= context.published:
        # both days lie before the publication: "on Friday and Saturday" counts back from the second
        late = context.published - timedelta(days=(context.published.weekday() - second) % 7)
        found = late - timedelta(days=ahead or 7)
    return relative(Window(found, found + timedelta(days=ahead or 7), "period"))


def _weekday_date(context: Context, match: Match, wanted: int) -> date | None:
    by_story = context.has(match, "dir", "that", "same", "following", "previous")
    base = context.base(match, prefer_told=by_story or context.published is None)
    if base is None or (context.published is None and not base.is_day):
        return None
    here = base.latest
    back = (here.weekday() - wanted) % 7
    ahead = (wanted - here.weekday()) % 7
    if "week" in match.parts:
        monday = week_window(here).earliest
        weeks = -1 if context.has(match, "week", "last") else 1 if context.has(match, "week", "next") else 0
        return monday + timedelta(days=7 * weeks + wanted)
    if context.has(match, "dir", "next", "following", "coming"):
        return here + timedelta(days=ahead or 7)
    if context.has(match, "dir", "last", "previous", "past"):
        return here - timedelta(days=back or 7)
    if context.published is None or context.has(match, "dir", "that", "same"):
        return here + timedelta(days=ahead)
    if context.tense(match) == "future":
        return here + timedelta(days=ahead)
    return here - timedelta(days=back)


def _classes(context: Context, match: Match) -> set[str]:
    return {"bc"} if any(context.lexemes.is_at(i, "bc") for i in range(match.first, match.end)) else set()


def _timed(context: Context, match: Match, window: Window | None) -> Window | None:
    """Mark a day as a part of a day where the words tell one."""
    if window is None or not window.is_day:
        return window
    parts = ("at", "clock", "clock2", "post", "p1")
    return replace(window, precision="part_of_day") if any(part in match.parts for part in parts) else window


def _edged(context: Context, match: Match, window: Window | None) -> Window | None:
    """Cut a window to what "early", "mid-", "the end of", "the last week of" leave of it."""
    span = match.parts.get("edge")
    if window is None or span is None:
        return window
    lexemes = context.lexemes
    unit = next((lexemes.values[i] for i in range(*span) if lexemes.is_at(i, "unit", "units", "half")), None)
    if unit is None:
        third = next((_THIRDS[n] for i in range(*span) for n in _THIRDS if lexemes.is_at(i, n)), None)
        return part_of(window, third) if third else window
    numbers = [lexemes.values[i] for i in range(*span) if lexemes.is_at(i, "num", "word", "vague")]
    count = numbers[0] if numbers and isinstance(numbers[0], int) else None
    ordinal = next((lexemes.values[i] for i in range(*span) if lexemes.is_at(i, "ord")), None)
    from_end = any(lexemes.is_at(i, "last", "final", "late") for i in range(*span))
    return _slice(window, str(unit), ordinal if isinstance(ordinal, int) else 1, count, from_end)


def _slice(window: Window, unit: str, ordinal: int, count: int | None, from_end: bool) -> Window:
    """Return the second week, the last three days, the first half ... of a window."""
    length = (window.latest - window.earliest).days + 1
    if unit in ("half", "quarter"):
        if window.precision == "month" and unit == "half":
            size = 15
        else:
            size = length // (2 if unit == "half" else 4)
        number = count or ordinal
    else:
        days = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}.get(unit, 1)
        plural_days = 7 if unit == "day" and count is None and ordinal == 1 else 1
        size, number = days * (count or plural_days), ordinal
    size = max(1, min(size, length))
    if unit == "half" and (from_end or ordinal == 2):
        return Window(window.earliest + timedelta(days=size), window.latest, "period")
    if from_end:
        return Window(window.latest - timedelta(days=size - 1), window.latest, "period")
    start = min((number - 1) * size, length - 1) if count is None else 0
    end = min(start + size, length) - 1
    return Window(window.earliest + timedelta(days=start), window.earliest + timedelta(days=end), "period")


HANDLERS: dict[str, Handler] = {
    "iso": full_date,
    "dmy": month_day,
    "mdy": month_day,
    "my": month,
    "bareday": bare_day,
    "year": year,
    "bc": before_christ,
    "yspan": year_span,
    "decade": decade,
    "century": century,
    "season": season,
    "yearseason": season,
    "holiday": holiday,
    "weekday": weekday,
}
