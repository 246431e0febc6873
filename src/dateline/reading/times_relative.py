"""Resolve what is told from another date: "yesterday", "last week", "two days later", "in the morning"."""

from dataclasses import replace
from datetime import date, timedelta

from dateline.reading.times_calendar import (
    DAY,
    Window,
    day_window,
    part_of,
    shift,
    unit_window,
)
from dateline.reading.times_context import (
    DURATION,
    NO_ANCHOR,
    NO_PUBLICATION,
    PRESENT,
    SET,
    SKIP,
    VAGUE,
    Context,
    Outcome,
    relative,
)
from dateline.reading.times_counts import Count, count_of
from dateline.reading.times_dates import HANDLERS as DATES
from dateline.reading.times_dates import Handler
from dateline.reading.times_daytime import directed_part
from dateline.reading.times_grammar import Match

_FINE = ("second", "minute", "hour")


def directed_unit(context: Context, match: Match) -> Outcome:
    """Resolve "last week", "the past two days", "that day", "the next morning", "in recent days"."""
    unit = str(context.value(match, "unit"))
    if context.has(match, "unit", "part"):
        return directed_part(context, match)
    if unit in _FINE and unit != "hour":
        return relative(None, PRESENT if unit == "minute" else DURATION)
    count = count_of(context, match, "n")
    plural = context.has(match, "unit", "units")
    if count is not None or plural or (unit in ("hour",)):
        return _directed_count(context, match, unit, count)
    if _is(context, match, "that", "same", "next", "following", "previous") and _has_clause(context, match):
        return relative(None, NO_ANCHOR)
    window = _directed_single(context, match, unit)
    if window is None:
        return relative(None, NO_PUBLICATION if context.published is None else NO_ANCHOR)
    return relative(_edge(context, match, window))


def _has_clause(context: Context, match: Match) -> bool:
    """Say whether a clause tells which day it was ("the same day the envoy arrived")."""
    token = context.parse.tokens[context.lexemes.firsts[match.parts["unit"][0]]]
    return token.child("relcl", "advcl", "acl") is not None


def _is(context: Context, match: Match, *names: str) -> bool:
    return context.has(match, "dir", *names)


def _directed_single(context: Context, match: Match, unit: str) -> Window | None:
    story = _is(context, match, "that", "same", "previous", "following")
    story = (
        story or context.published is None or (_is(context, match, "next") and _has_article(context, match))
    )
    base = context.base(match, prefer_told=story)
    if base is None or (_is(context, match, "that", "same", "following") and context.told is None):
        return None
    if unit == "day" and not base.is_day:
        return None
    here = base.earliest
    if _is(context, match, "that", "same"):
        return unit_window(here, unit)
    if _is(context, match, "this", "current"):
        return _current(context, match, base.latest, unit)
    if _is(context, match, "past") or (unit == "day" and _is(context, match, "last")):
        start = shift(base.latest, unit, -1)
        return Window(start, base.latest, "day" if unit == "day" else "period") if start else None
    back = _is(context, match, "last", "previous")
    if unit == "weekend":
        return _weekend(base.latest, -1 if back else 1)
    moved = shift(here if back else base.latest, unit, -1 if back else 1)
    return unit_window(moved, unit) if moved else None


def _has_article(context: Context, match: Match) -> bool:
    return context.has(match, "dir", "the")


def _weekend(day: date, direction: int) -> Window:
    saturday = day - timedelta(days=(day.weekday() - 5) % 7)
    if direction < 0:
        saturday -= timedelta(days=7) if day.weekday() >= 5 else timedelta(0)
    else:
        saturday += timedelta(days=7)
    return Window(saturday, saturday + DAY, "period")


def _current(context: Context, match: Match, here: date, unit: str) -> Window | None:
    """This week, month, year: up to the publication date, or from it on in the future tense."""
    if unit == "weekend":
        future = context.tense(match) == "future" and here.weekday() < 5
        return _weekend(here, 1) if future else unit_window(here, unit)
    window = unit_window(here, unit)
    if window is None or window.is_day or context.published is None or "el" in match.parts:
        return window
    if context.tense(match) == "future":
        return replace(window, earliest=here)
    return replace(window, latest=here)


def _edge(context: Context, match: Match, window: Window) -> Window:
    """Apply "early", "late", "mid-", "earlier", "later", "the end of" to a window."""
    if "el" not in match.parts:
        return window
    if context.has(match, "el", "early", "begin"):
        return _clipped(context, match, part_of(window, "early"))
    if context.has(match, "el", "late", "end"):
        return part_of(window, "late")
    if context.has(match, "el", "mid", "middle"):
        return part_of(window, "mid")
    if window.is_day:
        return replace(window, precision="part_of_day")
    told = context.told.window if context.told else None
    here = context.published
    if context.has(match, "dir", "that", "same") and told is not None:
        here = told.latest if context.has(match, "el", "later") else told.earliest
    if here is None or not window.earliest <= here <= window.latest:
        return window
    if context.has(match, "el", "earlier"):
        return Window(window.earliest, here, "period")
    if context.has(match, "el", "later"):
        return Window(here, window.latest, "period")
    return window


def _clipped(context: Context, match: Match, window: Window) -> Window:
    """Let "early this year" not run past the publication date."""
    here = context.published
    past = here is not None and _is(context, match, "this") and context.tense(match) != "future"
    if here is None or not past or not window.earliest <= here < window.latest:
        return window
    return replace(window, latest=here)


def _directed_count(context: Context, match: Match, unit: str, count: Count | None) -> Outcome:
    """Resolve "the past two days", "the last 24 hours", "in recent weeks", "the coming days"."""
    if _is(context, match, "this", "that", "same", "current"):
        return relative(None, VAGUE)
    if count is None:
        count = Count(1 if not context.has(match, "unit", "units") else 3, vague=True)
    forward = _is(context, match, "next", "following", "coming")
    story = context.published is None or _is(context, match, "following", "previous")
    if forward and _is(context, match, "next") and context.tense(match) == "past" and context.told:
        story = True
    base = context.base(match, prefer_told=story)
    if base is None:
        return relative(None, NO_PUBLICATION)
    number, name = count.whole, unit
    if unit == "hour":
        number, name = (max(0, (number + 23) // 24) if number >= 12 else 0), "day"
    if forward:
        start = base.latest
        end = shift(start, name, number)
        return relative(Window(start, end, "period") if end else None)
    start_back = shift(base.latest, name, -number)
    return (
        relative(Window(start_back, base.latest, "day" if name == "day" and number == 1 else "period"))
        if (start_back)
        else relative(None)
    )


def edge_unit(context: Context, match: Match) -> Outcome:
    """Resolve "the end of the year", "earlier in the day", "later in the month"."""
    unit = str(context.value(match, "unit"))
    near = context.told is not None and context.sentence(match) - context.told.sentence <= 1
    base = context.base(match, prefer_told=context.published is None or (near and unit == "day"))
    if base is None:
        return relative(None, NO_PUBLICATION)
    if unit == "day" and not base.is_day:
        base = context.base(match, prefer_told=False)
        if base is None or not base.is_day:
            return relative(None, NO_ANCHOR)
    window = unit_window(base.latest, unit)
    return relative(_edge(context, match, window) if window else None)


def during_unit(context: Context, match: Match) -> Outcome:
    """Resolve "during the day", "over the weekend", "during the week" against the publication date."""
    unit = str(context.value(match, "unit"))
    if unit not in ("day", "weekend", "week", "month", "year", "decade"):
        return SKIP
    if context.lexemes.is_at(match.first - 1, "in", "over") and not (
        unit == "weekend" or (unit == "day" and match.end - match.first == 1)
    ):
        return SKIP
    if context.published is None:
        return relative(None, NO_PUBLICATION)
    window = unit_window(context.published, unit)
    if window is not None and not window.is_day and window.latest > context.published:
        window = replace(window, latest=context.published)
    return relative(window)


def counted_from(context: Context, match: Match) -> Outcome:
    """Resolve "two days ago", "a week earlier", "three months later", "two days before Christmas".

    "ago" counts from the publication date, the others from the date told last. Before or after something
    that is no date ("hours after the attack") there is no anchor.
    """
    unit = str(context.value(match, "unit"))
    count = count_of(context, match, "n")
    ago = context.has(match, "rel", "ago")
    forward = context.has(match, "rel", "later", "after", "following")
    if count is None and not context.has(match, "unit", "units"):
        return SKIP
    base = _counting_base(context, match, ago=ago, forward=forward)
    if base is None:
        return relative(None, NO_ANCHOR if context.published or context.told else NO_PUBLICATION)
    if unit in _FINE:
        return relative(_hours(base, count, forward=forward), VAGUE)
    if count is None or (count.vague and unit != "day"):
        return relative(None, VAGUE)
    sign = 1 if forward else -1
    if count.vague and count.whole > 2:
        near, far = shift(base.latest, unit, 2 * sign), shift(base.latest, unit, 7 * sign)
        return relative(Window(min(near, far), max(near, far), "period") if near and far else None)
    return relative(_moved(base, unit, count.whole * sign))


def _counting_base(context: Context, match: Match, *, ago: bool, forward: bool) -> Window | None:
    if context.has(match, "rel", "before", "after"):
        following = _date_behind(context, match)
        if following is not None:
            return following
        if not _ends_clause(context, match):
            return None
    if forward and context.told is None:
        return None
    base = context.base(match, prefer_told=not ago)
    return base


def _ends_clause(context: Context, match: Match) -> bool:
    return context.lexemes.is_at(match.end, "stop", "comma", "dot", "close", "dash", "rule", "and")


def _date_behind(context: Context, match: Match) -> Window | None:
    """The window of the date that follows "two days before ..."."""
    if context.at + 1 >= len(context.matches):
        return None
    after = context.matches[context.at + 1]
    if after.first - match.end > 1 or after.rule not in ("dmy", "mdy", "iso", "holiday", "weekday"):
        return None
    return DATES[after.rule](context, after).window


def _hours(base: Window, count: Count | None, *, forward: bool) -> Window | None:
    if not base.is_day or count is None or count.vague:
        return None
    days = count.whole // 24
    moved = shift(base.latest, "day", days if forward else -days)
    return day_window(moved, "part_of_day" if count.whole < 24 else "day") if moved else None


def _moved(base: Window, unit: str, count: int) -> Window | None:
    """Move a window by whole units; the result is as precise as the unit and the base allow."""
    here = base.latest if count > 0 else base.earliest
    moved = shift(here, unit, count)
    if moved is None:
        return None
    if unit in ("day", "week", "fortnight"):
        if not base.is_day:
            return (
                None
                if base.precision in ("year", "decade", "century", "season")
                else Window(moved, moved, "week")
            )
        if unit == "week" and abs(count) > 1:
            return Window(moved - 3 * DAY, moved + 3 * DAY, "week")
        return day_window(moved, "day" if unit == "day" else "week")
    if unit == "weekend":
        return unit_window(moved, "weekend")
    if unit == "month" and base.precision in ("year", "decade", "century"):
        return None
    return unit_window(moved, unit)


_POINTS = frozenset(("point", "moment", "juncture"))


def the_unit(context: Context, match: Match) -> Outcome:
    """Resolve "the day before", "the night before", "the week after", told from the date told last."""
    forward = context.has(match, "rel", "after", "later", "following")
    unit = str(context.value(match, "unit"))
    base = _counting_base(context, match, ago=False, forward=forward)
    if base is None:
        return relative(None, NO_ANCHOR)
    sign = 1 if forward else -1
    if context.has(match, "unit", "part"):
        if not base.is_day:
            return relative(None)
        moved = shift(base.latest, "day", sign)
        last = base.latest if unit == "night" and not forward else moved
        return relative(Window(moved, last, "part_of_day") if moved and last else None)
    if unit in _FINE:
        return relative(None, VAGUE)
    return relative(_moved(base, unit, sign))


def habit(context: Context, match: Match) -> Outcome:
    """Leave "every day", "per week" without a date; "the Daily Telegraph" is no time."""
    token = context.parse.tokens[context.lexemes.firsts[match.first]]
    if context.lexemes.is_at(match.first, "daily") and token.text.istitle() and token.head.pos == "PROPN":
        return SKIP
    return relative(None, SET)


def present(_context: Context, _match: Match) -> Outcome:
    """Leave "now" without a date: it tells none."""
    return relative(None, PRESENT)


def anaphor(context: Context, match: Match) -> Outcome:
    """Leave "at this time", "during that period" without a date: it points back at what was told."""
    # "local" stands for "time" here, and for the names of time zones elsewhere.
    token = context.parse.tokens[context.lexemes.lasts[match.end - 1]]
    if token.lower in ("time", "period"):
        return relative(None, VAGUE)
    before = context.parse.tokens[max(0, context.lexemes.firsts[match.first] - 1)]
    return relative(None, VAGUE) if before.lower == "at" and token.lower in _POINTS else SKIP


HANDLERS: dict[str, Handler] = {
    "anaphor": anaphor,
    "dirunit": directed_unit,
    "unitdir": directed_unit,
    "edgeunit": edge_unit,
    "duringday": during_unit,
    "ago": counted_from,
    "theunit": the_unit,
    "set": habit,
    "present": present,
}
