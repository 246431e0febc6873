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
    week_window,
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
    opens = lexemes.is_at(before, "stop") and lexemes.is_at(match.end, "dash", "rule", "stop")
    enclosed = lexemes.is_at(before, "open") and lexemes.is_at(match.end, "close")
    return (opens or enclosed) and abs((context.published - day).days) <= 1


def month_day(context: Context, match: Match) -> Outcome:
    """Resolve "2 March 2022", "March 2", "27-28 February", "the night of 3 to 4 May", "24 June last year"."""
    month, first = context.number(match, "month"), context.number(match, "d1")
    if month is None or first is None or not 1 <= first <= 31:
        return SKIP
    second = context.number(match, "d2")
    if tells_bc(context, match):
        return stated(None, BEFORE_CHRIST)
    year = context.number(match, "year") or related_year(context, match)
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
    if tells_bc(context, match):
        return stated(None, BEFORE_CHRIST)
    last = context.number(match, "month2") or number
    year = (
        context.number(match, "year")
        or related_year(context, match)
        or _directed_year(context, match, number)
    )
    year = year or context.year_for(match, number, None)
    if year is None or not 1 <= year <= 9998:
        return stated(None, NO_PUBLICATION)
    window = month_window(year, number)
    if last != number:
        end = month_end(year if last > number else year + 1, last)
        return stated(Window(window.earliest, end, "period"))
    return stated(edged(context, match, window))


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


def related_year(context: Context, match: Match) -> int | None:
    """Return the year of "March of that year", "in June last year", "of the following year"."""
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


def tells_bc(context: Context, match: Match) -> bool:
    """Say whether an expression tells a year before the common era."""
    return any(context.lexemes.is_at(i, "bc") for i in range(match.first, match.end))


def _timed(context: Context, match: Match, window: Window | None) -> Window | None:
    """Mark a day as a part of a day where the words tell one."""
    if window is None or not window.is_day:
        return window
    parts = ("at", "clock", "clock2", "post", "p1")
    return replace(window, precision="part_of_day") if any(part in match.parts for part in parts) else window


def edged(context: Context, match: Match, window: Window | None) -> Window | None:
    """Return what "early", "mid-", "the end of", "the last week of" leave of a window."""
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
    "holiday": holiday,
    "weekday": weekday,
}
