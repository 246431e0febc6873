"""Read the time expressions of a report and resolve each to an interval of days.

Weekdays, "yesterday", dates without a year and such are resolved against the publication date, with the
tense around them; "the next day" and such against the date told last; days of a war against its
beginning. Where no publication date is known the text is read as a story, whose dates carry their year
on. What the text does not say is left null: the publication date never stands in for it.
"""

from datetime import date

from dateline.codebook.wars import WarBook
from dateline.model.text import span_at
from dateline.model.values import Basis, Time
from dateline.reading.mentions import Layout, TimeMention
from dateline.reading.times_calendar import Window
from dateline.reading.times_context import Context, Outcome
from dateline.reading.times_dates import HANDLERS as DATES
from dateline.reading.times_daytime import HANDLERS as DAYTIME
from dateline.reading.times_durations import HANDLERS as DURATIONS
from dateline.reading.times_grammar import Match, scan
from dateline.reading.times_relative import HANDLERS as RELATIVE
from dateline.reading.times_words import Lexemes, TimeWords, lex
from dateline.reading.times_years import HANDLERS as YEARS
from dateline.reading.tokens import Parse

_HANDLERS = DATES | YEARS | DAYTIME | RELATIVE | DURATIONS
_LISTED = frozenset(
    ("dmy", "mdy", "my", "year", "iso", "weekday", "season", "holiday", "dayword", "decade", "century")
)
_TELLS_NO_DATE = frozenset(("duration", "set", "present", "anaphor", "namedwar", "sincewar", "firstunits"))
_ROUNDS = 3  # how often a text is scanned anew without the expressions that turned out to be none
_LEADS = frozenset(("since", "during", "before", "after", "until", "from"))


def find_times(
    parse: Parse, layout: Layout, published: date | None, wars: WarBook, words: TimeWords | None = None
) -> tuple[TimeMention, ...]:
    """Find the time expressions of a report, in order, resolved against its publication date."""
    if not parse.tokens:
        return ()
    lexemes = lex(parse, words)
    context = Context(
        parse=parse, lexemes=lexemes, published=published, wars=wars, matches=[],
        headline_sentences=_headlines(parse, layout),
    )  # fmt: skip
    barred: frozenset[tuple[str, int]] = frozenset()
    outcomes: list[Outcome] = []
    for _ in range(_ROUNDS):
        context.matches, context.told = _with_named_wars(lexemes, scan(lexemes, barred), wars), None
        context.story = None
        outcomes = _resolve_all(context)
        skipped = [match for match, outcome in zip(context.matches, outcomes, strict=True) if outcome.skip]
        if not any(match.end - match.first > 1 for match in skipped):
            break
        # what turned out to be no time may hide one: "in May 2000 men" is no year, but a month
        barred |= {(match.rule, match.first) for match in skipped}
    if context.anchors and any(outcome.why == "no anchor" for outcome in outcomes):
        context.told = context.story = None  # a beginning told further down anchors what came before it
        outcomes = _resolve_all(context)
    joined = _join_ranges(context, outcomes)
    return tuple(_mention(context, first, last, outcome) for first, last, outcome in joined)


def _headlines(parse: Parse, layout: Layout) -> frozenset[int]:
    kinds = [paragraph.kind for paragraph in layout.paragraphs]
    return frozenset(
        sentence.index for sentence in parse.sentences if kinds[sentence.paragraph] == "headline"
    )


def _with_named_wars(lexemes: Lexemes, matches: list[Match], wars: WarBook) -> list[Match]:
    """Put wars named after a preposition of time ("since the Korean War") in place of what overlaps them."""
    named: list[Match] = []
    at = 0
    while at < len(lexemes.lowers):
        found = wars.named(lexemes.lowers, at) if lexemes.lowers[at] in wars.names else None
        before = at - 2 if lexemes.is_at(at - 1, "the") else at - 1
        if found is not None and lexemes.is_at(before, *_LEADS):
            named.append(Match("namedwar", at, at + found[1], {}))
            at += found[1]
        else:
            at += 1
    if not named:
        return matches
    taken = {index for match in named for index in range(match.first, match.end)}
    kept = [match for match in matches if not taken & set(range(match.first, match.end))]
    return sorted(kept + named, key=lambda match: match.first)


def _resolve_all(context: Context) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for number, match in enumerate(context.matches):
        context.at = number
        outcome = _HANDLERS[match.rule](context, match)
        if outcome.window is not None:
            _note(context, match, outcome)
            outcome = _since(context, match, outcome)
        outcomes.append(outcome)
    return outcomes


def _note(context: Context, match: Match, outcome: Outcome) -> None:
    """Remember the date told, and whether it is when a war or siege began."""
    window = outcome.window
    since = context.published is not None and context.lead(match) == "since"
    if window is None or match.rule in _TELLS_NO_DATE or since:
        return
    context.narrate(match, window, year_stated="year" in match.parts or match.rule in ("iso", "yspan"))
    verb = context.verb(match)
    if not window.is_day or verb is None or verb.lemma not in ("begin", "start", "erupt", "break", "launch"):
        return
    for child in (verb.child("nsubj", "nsubjpass"), verb.child("dobj")):
        if child is not None and child.lower in context.war_nouns:
            context.anchors.setdefault(child.lower, window.earliest)


def _since(context: Context, match: Match, outcome: Outcome) -> Outcome:
    """Stretch a point after "since" to the publication date."""
    window, here = outcome.window, context.published
    if window is None or here is None or match.rule in _TELLS_NO_DATE or match.rule == "warstart":
        return outcome
    if not context.lexemes.is_at(match.first - 1, "since") and context.lead(match) != "since":
        return outcome
    if window.earliest > here:
        return outcome
    return Outcome(Window(window.earliest, here, "period"), outcome.basis)


def _join_ranges(context: Context, outcomes: list[Outcome]) -> list[tuple[int, int, Outcome]]:
    """Join "from A to B", "between A and B" and "A-B" into one; return lexeme ranges with their outcomes."""
    matches, lexemes = context.matches, context.lexemes
    joined: list[tuple[int, int, Outcome]] = []
    number = 0
    while number < len(matches):
        match, outcome = matches[number], outcomes[number]
        after = matches[number + 1] if number + 1 < len(matches) else None
        if after is not None and _is_range(lexemes, match, after):
            low, high = outcome.window, outcomes[number + 1].window
            if (
                low is not None
                and high is not None
                and low.earliest < high.latest
                and low.earliest <= high.earliest
            ):
                basis: Basis = (
                    "stated" if outcome.basis == outcomes[number + 1].basis == "stated" else "relative"
                )
                window = Window(low.earliest, high.latest, "period")
                joined.append((match.first, after.end, Outcome(window, basis)))
                number += 2
                continue
        if not outcome.skip:
            joined.append((match.first, match.end, outcome))
        number += 1
    return joined


def _is_range(lexemes: Lexemes, match: Match, after: Match) -> bool:
    if match.rule not in _LISTED or after.rule not in _LISTED:
        return False
    gap = after.first - match.end
    if gap == 2 and lexemes.is_at(match.end, "to", "until") and lexemes.is_at(match.end + 1, "the"):
        gap = 1
    if gap != 1:
        return False
    if lexemes.is_at(match.first - 1, "between"):
        return lexemes.is_at(match.end, "and", "to", "dash", "rule")
    if lexemes.is_at(match.first - 1, "from"):
        return lexemes.is_at(match.end, "to", "until", "dash", "rule")
    return lexemes.is_at(match.end, "to", "dash", "rule") and match.rule == after.rule


def _mention(context: Context, first: int, end: int, outcome: Outcome) -> TimeMention:
    lexemes = context.lexemes
    time = None
    if outcome.window is not None:
        span = span_at(context.parse.text, lexemes.starts[first], lexemes.ends[end - 1])
        time = Time(
            span=span, earliest=outcome.window.earliest, latest=outcome.window.latest,
            precision=outcome.window.precision, basis=outcome.basis,
        )  # fmt: skip
    return TimeMention(first=lexemes.firsts[first], last=lexemes.lasts[end - 1], time=time, why=outcome.why)
