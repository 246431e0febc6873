"""Resolve days and parts of days: "yesterday", "overnight", "this morning", "at night", times of day."""

from datetime import date, timedelta

from dateline.reading.times_calendar import DAY, Window, day_window
from dateline.reading.times_context import (
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
from dateline.reading.times_dates import Handler
from dateline.reading.times_grammar import Match
from dateline.reading.times_tense import verb_above


def day_word(context: Context, match: Match) -> Outcome:
    """Resolve "today", "yesterday", "tomorrow", "tonight", "overnight", "overnight into Monday"."""
    here = context.published
    span = match.parts["word"][0]
    name = next(
        n
        for n in ("today", "yesterday", "tomorrow", "tonight", "overnight")
        if context.lexemes.is_at(span, n)
    )
    if here is None:
        return relative(None, PRESENT if name == "today" else NO_PUBLICATION)
    if name == "overnight":
        return relative(_overnight(context, match, here))
    days = {"yesterday": -1, "tomorrow": 1}.get(name, 0)
    told_part = name == "tonight" or any(part in match.parts for part in ("el", "at", "post", "clock"))
    return relative(day_window(here + timedelta(days=days), "part_of_day" if told_part else "day"))


def _overnight(context: Context, match: Match, here: date) -> Window:
    morning = context.number(match, "w2") if "w2" in match.parts else context.number(match, "w1")
    if morning is None:
        return Window(here - DAY, here, "part_of_day")
    last = here - timedelta(days=(here.weekday() - morning) % 7)
    return Window(last - DAY, last, "part_of_day")


def before_yesterday(context: Context, match: Match) -> Outcome:
    """Resolve "the day before yesterday", "the day after tomorrow"."""
    if context.published is None or context.value(match, "rel") is None:
        return relative(None, NO_PUBLICATION)
    back = context.has(match, "word", "yesterday")
    if back != context.has(match, "rel", "before"):
        return SKIP
    return relative(day_window(context.published + timedelta(days=-2 if back else 2)))


def directed_part(context: Context, match: Match) -> Outcome:
    """Resolve "this morning", "last night", "that afternoon", "the following evening"."""
    night = context.value(match, "unit") == "night"
    by_story = context.has(match, "dir", "that", "same", "previous", "following") or (
        context.has(match, "dir", "next") or context.published is None
    )
    base = context.base(match, prefer_told=by_story)
    if base is None:
        return relative(None, NO_PUBLICATION)
    if not base.is_day or (
        context.has(match, "dir", "that", "same", "next", "following") and context.told is None
    ):
        return relative(None, NO_ANCHOR)
    day = base.latest
    if context.has(match, "dir", "this", "that", "same", "current"):
        return relative(day_window(day, "part_of_day"))
    if context.has(match, "dir", "next", "following", "coming"):
        return relative(day_window(day + DAY, "part_of_day"))
    if context.has(match, "dir", "recent"):
        return relative(None, VAGUE)
    return relative(Window(day - DAY, day if night else day - DAY, "part_of_day"))


def part_of_day(context: Context, match: Match) -> Outcome:
    """Resolve "in the morning", "at night": on the day told right before, else at publication.

    A night runs from the day before publication into that day. An evening may be either, and stays open;
    so does what happens habitually ("shells fall at night").
    """
    near = context.near_day(match)
    if near is not None:
        return relative(day_window(near, "part_of_day"))
    values = [
        context.lexemes.values[i] for i in range(match.first, match.end) if context.lexemes.is_at(i, "part")
    ]
    kind = values[0] if values else "day"
    clock = any(
        context.lexemes.lowers[i] in ("noon", "midday", "midnight") for i in range(match.first, match.end)
    )
    if context.published is None or clock or kind == "evening":
        return relative(None, NO_ANCHOR)
    verb = context.verb(match)
    past = context.tense(match) == "past" or (
        verb is not None and context.sentence(match) in context.headline_sentences
    )
    headline_verb = verb is None or verb.tag in ("VBZ", "VBP")
    if not past and not (context.sentence(match) in context.headline_sentences and headline_verb):
        return relative(None, SET)
    start = context.published - DAY if kind == "night" else context.published
    return relative(Window(start, context.published, "part_of_day"))


def night_attack(context: Context, match: Match) -> Outcome:
    """Resolve the night of "the night bombing of a town": the one that ends on the publication date."""
    index = match.parts["part"][0]
    token = context.parse.tokens[context.lexemes.firsts[index]]
    if (
        context.lexemes.values[index] != "night"
        or token.dep not in ("compound", "amod", "nmod")
        or token.lower == "nights"
    ):
        return SKIP
    near = context.near_day(match, reach=0)
    if near is not None or context.published is None:
        return relative(day_window(near, "part_of_day") if near else None, NO_PUBLICATION)
    above = verb_above(token)
    if above is not None and context.tense(match) == "future":
        return relative(None, VAGUE)
    return relative(Window(context.published - DAY, context.published, "part_of_day"))


def clock(context: Context, match: Match) -> Outcome:
    """Resolve a time of day: on the day told last, if one was told."""
    told = context.told
    caption = context.lexemes.is_at(match.first - 1, "stop") and match.end - match.first == 1
    if told is None or not told.window.is_day or caption:
        return relative(None, NO_ANCHOR)
    if context.published is not None and not 0 <= (context.published - told.window.latest).days <= 30:
        return relative(None, NO_ANCHOR)
    return relative(day_window(told.window.latest, "part_of_day"))


HANDLERS: dict[str, Handler] = {
    "dayword": day_word,
    "beforeyesterday": before_yesterday,
    "thepart": part_of_day,
    "nightattack": night_attack,
    "clock": clock,
}
