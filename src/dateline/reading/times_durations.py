"""Resolve durations and days counted from the beginning of a war."""

from datetime import date, timedelta

from dateline.codebook.wars import War
from dateline.reading.times_calendar import DAY, Window, day_window, shift
from dateline.reading.times_context import (
    DURATION,
    HISTORY,
    NO_ANCHOR,
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
from dateline.reading.times_grammar import RULES, Match
from dateline.reading.times_tense import is_perfect
from dateline.reading.tokens import Token

_LOOSE = frozenset(("fighting", "hostilities", "warfare"))
_FRESH = timedelta(days=120)
_HISTORY_AFTER = timedelta(days=3 * 365)
_DATE_RULES = tuple((name, pattern) for name, pattern in RULES if name in ("dmy", "mdy"))
_FINE = ("second", "minute")


def duration(context: Context, match: Match) -> Outcome:
    """Resolve a duration that ends at publication ("has raged for seven days", "two months of siege").

    Days are counted with both ends, so that seven days up to 2 March begin on 24 February. A duration in
    the simple past or future, an age, a length ("a three-day truce") locates nothing.
    """
    if "old" in match.parts or _is_age(context, match):
        return SKIP
    unit = str(context.value(match, "unit"))
    count = count_of(context, match, "n")
    plural = context.has(match, "unit", "units")
    if count is None and (
        not plural or ("what" in match.parts and context.lexemes.is_at(match.first - 1, "the"))
    ):
        return SKIP
    if "adj" in match.parts and not _is_adjective(context, match):
        return SKIP
    if count is None and "what" not in match.parts:
        if context.lead(match) != "for":
            return SKIP
        count = Count(3, vague=True)
    if "what" in match.parts and not context.lexemes.is_at(match.parts["what"][0], "of"):
        return _from_war(context, match, unit, count)
    if (
        context.lexemes.is_at(match.first, "a")
        and context.lexemes.is_at(match.first - 1, "x", "word", "int")
        and (context.lead(match) == "" and "dash" not in match.parts)
    ):
        return relative(None, SET)
    counted = _counted_war(context, match, unit, count)
    if counted is not None:
        return relative(counted)
    if not _ends_now(context, match) or context.published is None or unit in _FINE:
        return relative(None, DURATION)
    if count is None or count.vague:
        if context.lead(match) != "for" and not is_perfect(context.verb(match)):
            return relative(None, VAGUE)
        count = count or Count(3, vague=True)
    start = _counted_back(context.published, unit, count.whole)
    if start is None:
        return relative(None, DURATION)
    if unit in ("day", "week") and not count.vague:
        _note_anchor(context, match, start)
    return relative(
        Window(start, context.published, "day" if unit == "day" and not count.vague else "period")
    )


def _counted_war(context: Context, match: Match, unit: str, count: Count | None) -> Window | None:
    """The window of "13 days of war" where the war is about that old at publication."""
    here, what = context.published, match.parts.get("what")
    if (
        here is None
        or what is None
        or count is None
        or count.vague
        or not context.lexemes.is_at(what[1] - 1, "war")
    ):
        return None
    start = anchor_of(context, what)
    end = shift(start, unit, count.whole) if start is not None else None
    if start is None or end is None or abs((here - end).days) > max(2, (end - start).days // 10):
        return None
    return Window(start, min(end - DAY, here), "period")


def _is_adjective(context: Context, match: Match) -> bool:
    index = match.parts["adj"][0]
    return context.parse.tokens[context.lexemes.firsts[index]].pos == "ADJ" and context.has(
        match, "unit", "units"
    )


def length(_context: Context, match: Match) -> Outcome:
    """Leave "a three-day truce", "month-long" without a date; "a 10-year-old" is no time at all."""
    return SKIP if "old" in match.parts else relative(None, DURATION)


def _is_age(context: Context, match: Match) -> bool:
    lexemes = context.lexemes
    if lexemes.is_at(match.first - 1, "old") or lexemes.is_at(match.end, "old"):
        return True
    return lexemes.lowers[match.end : match.end + 2] in (("of", "age"),) or lexemes.lowers[match.end] in (
        "prison",
        "jail",
    )


def _counted_back(end: date, unit: str, count: int) -> date | None:
    if unit == "hour":
        return shift(end, "day", -((count + 23) // 24)) if count >= 12 else None
    return shift(end, "day", 1 - count) if unit == "day" else shift(end, unit, -count)


def _ends_now(context: Context, match: Match) -> bool:
    lead = context.lead(match)
    verb = context.verb(match)
    if lead == "for":
        return is_perfect(verb)
    if "what" not in match.parts:
        return False
    return is_perfect(verb) or (
        lead != "in" and (verb is None or lead == "after" or context.tense(match) == "")
    )


def _note_anchor(context: Context, match: Match, start: date) -> None:
    """Remember when the war, the siege ... began, if that is what has lasted so long."""
    verb: Token | None = context.verb(match)
    subject = verb.child("nsubj", "nsubjpass") if verb is not None else None
    nouns = [subject] if subject is not None else []
    nouns += [
        context.parse.tokens[context.lexemes.firsts[i]] for i in _nouns(context, match.parts.get("what"))
    ]
    for noun in nouns:
        if noun.lower in context.war_nouns:
            context.anchors.setdefault(noun.lower, start)


def _nouns(context: Context, span: tuple[int, int] | None) -> list[int]:
    return [i for i in range(*span) if context.lexemes.is_at(i, "war", "siege")] if span else []


def anchor_of(context: Context, span: tuple[int, int] | None) -> date | None:
    """Return when the war or siege named in a range began; null if text and codebook do not tell.

    A date in the range itself ("the 24 February invasion") comes first, then a beginning that the text
    told of the same noun, then the war of wars.csv that the words around the noun, or else the text,
    point to.
    """
    inner = _inner_date(context, span)
    if inner is not None:
        return inner
    nouns = _nouns(context, span)
    for index in nouns:
        told = context.anchors.get(context.lexemes.lowers[index])
        if told is not None:
            return told
    war = _war_beside(context, nouns[-1]) if nouns else context.war()
    return war.start if war is not None else None


def _fresh(context: Context, span: tuple[int, int] | None, start: date | None) -> date | None:
    """Drop the beginning of a long war where only "fighting" is told of: that may be a battle of any day."""
    words = {context.lexemes.lowers[index] for index in _nouns(context, span)}
    if start is None or context.published is None or not words & _LOOSE:
        return start
    return start if context.published - start <= _FRESH else None


def _inner_date(context: Context, span: tuple[int, int] | None) -> date | None:
    if span is None or not any(context.lexemes.is_at(i, "month") for i in range(*span)):
        return None
    for at in range(*span):
        for name, pattern in _DATE_RULES:
            found = pattern.match(context.lexemes.codes, at)
            if found is not None and found.end() <= span[1]:
                parts = {part: found.span(part) for part, value in found.groupdict().items() if value}
                window = DATES[name](context, Match(name, at, found.end(), parts)).window
                return window.earliest if window is not None else None
    return None


def _war_beside(context: Context, noun: int) -> War | None:
    """The war that the words within four lexemes of its noun point to, else the war of the text."""
    lexemes = context.lexemes
    low, high = max(0, noun - 5), min(len(lexemes.lowers), noun + 5)
    pointed: list[War] = []
    for index in range(low, high):
        pointed.extend(context.wars.pointed_to(lexemes.lowers, index))
    if lexemes.is_at(noun, "war"):
        best = context.latest_war(pointed)
        return best or context.war()
    return None


def _from_war(context: Context, match: Match, unit: str, count: Count | None) -> Outcome:
    """Resolve "two days after the invasion", "three weeks into the war", "150 days since the invasion"."""
    what = match.parts["what"]
    start = anchor_of(context, what)
    if start is None or count is None or unit in _FINE or unit == "hour":
        return relative(None, NO_ANCHOR if count else VAGUE)
    if context.lexemes.is_at(what[0], "since"):
        return relative(_until_now(context, start))
    if count.vague or not context.lexemes.is_at(what[0], "after", "in"):
        return relative(None, VAGUE)
    moved = shift(start, unit, count.whole)
    if moved is None:
        return relative(None)
    if unit == "day":
        return relative(day_window(moved))
    last = shift(moved, unit, 1)
    here = context.published
    if last is None or (here is not None and moved > here):
        return relative(None, VAGUE)
    return relative(Window(moved, min(last - DAY, here) if here else last - DAY, "period"))


def _until_now(context: Context, start: date) -> Window | None:
    if context.published is None or start > context.published:
        return None
    return Window(start, context.published, "period")


def first_units(context: Context, match: Match) -> Outcome:
    """Resolve "the first six days of fighting", "the first weeks of the war", "the 78th day of the war"."""
    unit = str(context.value(match, "unit"))
    count = count_of(context, match, "n")
    lexemes = context.lexemes
    index = match.parts["o"][0]
    what = match.parts.get("what")
    if lexemes.is_at(index, "ord") and (lexemes.values[index] != 1 or (what is None and count is None)):
        return SKIP if count else nth_day(context, match)
    if what is None or unit in _FINE:
        return relative(None, DURATION) if count else SKIP
    if lexemes.is_at(index, "last", "past", "final"):
        return relative(None, NO_ANCHOR)
    start = _fresh(context, what, anchor_of(context, what))
    if start is None:
        return relative(None, NO_ANCHOR)
    few = 7 if unit == "day" else 3
    number = count.whole if count else (1 if context.has(match, "unit", "unit") else few)
    if unit == "hour":
        unit, number = "day", (number + 23) // 24 if count else 1
    end = shift(start, unit, number)
    precision = "day" if unit == "day" and count else "period"
    return relative(Window(start, end - DAY, precision) if end else None)


def nth_day(context: Context, match: Match) -> Outcome:
    """Resolve "the 78th day of the war", "enters its third week": the n-th from its first day on."""
    unit = str(context.value(match, "unit"))
    if "row" in match.parts:
        return relative(None, DURATION)
    what = match.parts.get("what")
    number = _ordinal(context, match.parts["o"])
    if unit not in ("day", "week", "month", "year") or number is None:
        return SKIP
    if what is None:
        own = context.lexemes.is_at(match.first, "its") or context.lexemes.is_at(match.first - 1, "poss")
        if not (own or number > 31) or not context.sentence_has_war(match):
            return relative(None, NO_ANCHOR) if context.lexemes.is_at(match.first, "the") else SKIP
    window = _nth(_fresh(context, what, anchor_of(context, what)), unit, number)
    here = context.published
    if what is None and window is not None and here is not None and abs((window.latest - here).days) > 31:
        return relative(None, NO_ANCHOR)  # "enters its fifth day" is now: another war or battle is meant
    return relative(window)


def _ordinal(context: Context, span: tuple[int, int]) -> int | None:
    values = [context.lexemes.values[i] for i in range(*span)]
    total = current = 0
    for value in values:
        if isinstance(value, int):
            current = current * value if value in (100, 1000) and current else current + value
            if value in (100, 1000):
                total, current = total + current, 0
    return total + current or None


def _nth(start: date | None, unit: str, number: int) -> Window | None:
    if start is None:
        return None
    first = shift(start, unit, number - 1)
    end = shift(start, unit, number)
    if first is None or end is None:
        return None
    return day_window(first) if unit == "day" else Window(first, end - DAY, unit)


def day_number(context: Context, match: Match) -> Outcome:
    """Resolve "day 199" of a war."""
    unit, number = str(context.value(match, "unit")), context.number(match, "n")
    what = match.parts.get("what")
    token = context.parse.tokens[context.lexemes.firsts[match.first]]
    alone = token.text[0].isupper() or context.lexemes.is_at(
        match.first - 1, "comma", "on", "from", "open", "dash", "rule", "stop"
    )
    if (
        unit not in ("day", "week")
        or number is None
        or (what is None and not (alone and context.text_has_war))
    ):
        return SKIP
    return relative(_nth(anchor_of(context, what), unit, number))


def war_start(context: Context, match: Match) -> Outcome:
    """Resolve "the start of the war", and "since the start of the war" up to the publication date."""
    start = anchor_of(context, match.parts["what"])
    if start is None or context.has(match, "begin", "end"):
        return relative(None, NO_ANCHOR) if context.lead(match) == "since" else SKIP
    if context.lead(match) == "since":
        return relative(_until_now(context, start))
    return relative(day_window(start))


def since_war(context: Context, match: Match) -> Outcome:
    """Resolve "since the invasion", "since the war began" up to the publication date."""
    start = anchor_of(context, match.parts["what"])
    if context.published is None and start is not None:
        return relative(day_window(start))
    return relative(_until_now(context, start) if start else None)


def named_war(context: Context, match: Match) -> Outcome:
    """Resolve a war named after a preposition of time: one long over is history, no event time."""
    found = context.wars.named(context.lexemes.lowers, match.first)
    if found is None:
        return SKIP
    war, lead = found[0], context.lead(match)
    here = context.published
    if war.end is not None and (here is None or here - war.end > _HISTORY_AFTER):
        return relative(None, HISTORY)
    if here is None or here < war.start:
        return relative(None, NO_ANCHOR)
    if lead in ("since", "during"):
        return relative(Window(war.start, min(war.end or here, here) if lead == "during" else here, "period"))
    return relative(day_window(war.start)) if lead in ("before", "until") else relative(None, NO_ANCHOR)


HANDLERS: dict[str, Handler] = {
    "duration": duration,
    "length": length,
    "firstunits": first_units,
    "nthday": nth_day,
    "dayn": day_number,
    "warstart": war_start,
    "sincewar": since_war,
    "namedwar": named_war,
}
