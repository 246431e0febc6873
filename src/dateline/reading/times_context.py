"""What resolving a time expression may look at: the text, the publication date, what was told before."""

from dataclasses import dataclass, field
from datetime import date

from dateline.codebook.wars import War, WarBook
from dateline.model.values import Basis
from dateline.reading.times_calendar import Window, make_day, nearest_year
from dateline.reading.times_grammar import Match
from dateline.reading.times_tense import head_of, tense_at, verb_above
from dateline.reading.times_words import CODES, Lexemes
from dateline.reading.tokens import Parse, Token

# Why a mention has no time. The first two are gaps in what could be read; the others locate nothing.
NO_PUBLICATION = "no publication date"
NO_ANCHOR = "no anchor"
HISTORY = "history"
DURATION = "duration"
SET = "set"
PRESENT = "present"
VAGUE = "vague"
BEFORE_CHRIST = "before the calendar"
NO_SUCH_DAY = "no such day"
STAMP = "publication stamp"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an expression resolved to: a window, or null and why; `skip` drops the mention altogether."""

    window: Window | None = None
    basis: Basis = "relative"
    why: str = ""
    skip: bool = False


def stated(window: Window | None, why: str = NO_SUCH_DAY) -> Outcome:
    """Return the outcome of words that name a calendar date."""
    return Outcome(window, "stated", "" if window else why)


def relative(window: Window | None, why: str = NO_ANCHOR) -> Outcome:
    """Return the outcome of words resolved against another date."""
    return Outcome(window, "relative", "" if window else why)


SKIP = Outcome(skip=True)


@dataclass(slots=True)
class Told:
    """The date told last: its window, the sentence, whether its year was in the words."""

    window: Window
    sentence: int
    year_stated: bool
    opening: bool


@dataclass(slots=True)
class Context:
    """The text and the state of the reading while its expressions are resolved in order."""

    parse: Parse
    lexemes: Lexemes
    published: date | None
    wars: WarBook
    matches: list[Match]
    headline_sentences: frozenset[int]
    at: int = 0
    told: Told | None = None
    story: Window | None = None
    anchors: dict[str, date] = field(default_factory=dict)
    war_of_text: War | None = None
    counted_wars: bool = False

    war_nouns: frozenset[str] = frozenset()
    text_has_war: bool = False

    def __post_init__(self) -> None:
        """Note which words of the text speak of a war or siege, and whether any speaks of a war."""
        is_at = self.lexemes.is_at
        words = enumerate(self.lexemes.lowers)
        self.war_nouns = frozenset(word for index, word in words if is_at(index, "war", "siege"))
        self.text_has_war = CODES["war"] in self.lexemes.codes

    def sentence_has_war(self, match: Match) -> bool:
        """Say whether the sentence of an expression speaks of a war."""
        codes, stop = self.lexemes.codes, CODES["stop"]
        start, end = codes.rfind(stop, 0, match.first + 1), codes.find(stop, match.end)
        return CODES["war"] in codes[max(0, start) : end]

    def latest_war(self, wars: list[War]) -> War | None:
        """Return the likeliest of some wars: one going on at publication, else the one that began last."""
        here = self.published
        known = [war for war in wars if here is None or war.start <= here]
        active = [war for war in known if here is not None and war.active(here)]
        return max(active or known, key=lambda war: (wars.count(war), war.start, war.id), default=None)

    def war(self) -> War | None:
        """Return the war going on at publication that most words of the text point to."""
        if not self.counted_wars:
            self.counted_wars = True
            pointed: list[War] = []
            if self.published is not None:
                for index in range(len(self.lexemes.lowers)):
                    for war in self.wars.pointed_to(self.lexemes.lowers, index):
                        if war.active(self.published):
                            pointed.append(war)
            self.war_of_text = self.latest_war(pointed)
        return self.war_of_text

    def value(self, match: Match, part: str) -> object:
        """Return the value of the first lexeme of a part, or null."""
        span = match.parts.get(part)
        return self.lexemes.values[span[0]] if span else None

    def number(self, match: Match, part: str) -> int | None:
        """Return the value of a one-number part ("5", "5th", "2022"), or null."""
        value = self.value(match, part)
        return int(value) if isinstance(value, int | float) else None

    def has(self, match: Match, part: str, *names: str) -> bool:
        """Say whether a part holds a lexeme of one of these classes."""
        span = match.parts.get(part)
        return span is not None and any(self.lexemes.is_at(index, *names) for index in range(*span))

    def lead(self, match: Match) -> str:
        """Return the preposition before an expression ("since", "for", ...) or ""."""
        index = match.first - 1
        while self.lexemes.is_at(index, "the", "about", "its") and index > match.first - 3:
            index -= 1
        for name in (
            "since",
            "for",
            "until",
            "from",
            "between",
            "by",
            "before",
            "after",
            "during",
            "in",
            "on",
            "over",
        ):
            if self.lexemes.is_at(index, name):
                return name
        return ""

    def tokens_of(self, match: Match) -> tuple[int, int]:
        """Return the first and last token index of an expression."""
        return self.lexemes.firsts[match.first], self.lexemes.lasts[match.end - 1]

    def sentence(self, match: Match) -> int:
        """Return the index of the sentence that an expression stands in."""
        return self.parse.tokens[self.lexemes.firsts[match.first]].sent

    def tense(self, match: Match) -> str:
        """Return the tense around an expression: "past", "future" or ""."""
        return tense_at(self.parse, *self.tokens_of(match))

    def verb(self, match: Match) -> Token | None:
        """Return the verb above an expression."""
        return verb_above(head_of(self.parse, *self.tokens_of(match)))

    def near_day(self, match: Match, reach: int = 1) -> date | None:
        """Return the day told last, if that was a single day at most `reach` sentences back."""
        told = self.told
        if told is None or not told.window.is_day or self.sentence(match) - told.sentence > reach:
            return None
        return told.window.earliest

    def base(self, match: Match, *, prefer_told: bool) -> Window | None:
        """Return what a relative expression counts from: the date told last or the publication date."""
        published = Window(self.published, self.published, "day") if self.published else None
        told = self.told.window if self.told else None
        if published is None:
            return told
        return (told or published) if prefer_told else published

    def year_for(self, match: Match, month: int, day: int | None) -> int | None:
        """Return the year that a month or day of a month means where none is told.

        The year of a date right behind it ("24 May and 3 June 1967"); else, in a report with a
        publication date, the nearest past one, unless the sentence before told an older year; else the
        year carried from the date told last.
        """
        following = self._following_year(month)
        if following is not None:
            return following
        by_weekday = self._weekday_year(match, month, day)
        if by_weekday is not None:
            return by_weekday
        told = self.told
        if self.published is None:
            return None if self.story is None else carried_year(self.story, month)
        tense = "past" if self.lead(match) == "since" else self.tense(match)
        year = nearest_year(month, day, self.published, tense)
        if year is not None and tense != "future" and self._tells_history(match, year):
            return carried_year(told.window, month) if told else None
        return year

    def _tells_history(self, match: Match, year: int) -> bool:
        """Say whether this sentence or the last opened with an older year ("In 1995, ... On July 11")."""
        told, here = self.told, self.published
        if told is None or here is None or not (told.opening and told.year_stated):
            return False
        return told.window.latest.year < min(year, here.year) and self.sentence(match) - told.sentence <= 1

    def _weekday_year(self, match: Match, month: int, day: int | None) -> int | None:
        """The year nearest to publication in which a day falls on the weekday told ("Tuesday, March 1")."""
        weekday = next((i for i in range(match.first, match.end) if self.lexemes.is_at(i, "weekday")), None)
        if weekday is None or day is None or self.published is None:
            return None
        for distance in range(4):
            for year in (self.published.year - distance, self.published.year + distance):
                found = make_day(year, month, day)
                if found is not None and found.weekday() == self.lexemes.values[weekday]:
                    return year
        return None

    def _following_year(self, month: int) -> int | None:
        if self.at + 1 >= len(self.matches):
            return None
        here, after = self.matches[self.at], self.matches[self.at + 1]
        gap = range(here.end, after.first)
        if after.rule not in ("dmy", "mdy", "my") or "year" not in after.parts or not 0 < len(gap) <= 2:
            return None
        if not all(
            self.lexemes.is_at(index, "and", "to", "dash", "rule", "comma", "until", "or", "the")
            for index in gap
        ):
            return None
        year, last = self.number(after, "year"), self.number(after, "month")
        if year is None or last is None:
            return None
        return year if month <= last else year - 1

    def narrate(self, match: Match, window: Window, *, year_stated: bool) -> None:
        """Remember a date as the one told last."""
        first = self.parse.sentences[self.sentence(match)].first
        opening = self.tokens_of(match)[0] - first <= 3
        self.told = Told(window, self.sentence(match), year_stated, opening)
        # a year in passing, or far off, does not move the story on
        far = self.story is not None and abs(window.earliest.year - self.story.latest.year) > 3
        aside = not opening and (far or match.rule in ("year", "yspan", "decade", "century"))
        if self.story is None or not aside:
            self.story = window


def carried_year(told: Window, month: int) -> int:
    """Return the year of a month in a story after a date: the story moves on rather than back."""
    year = told.latest.year
    behind = told.latest.month - month
    if told.precision in ("year", "decade", "century") or told.earliest.year != told.latest.year:
        return told.earliest.year
    if behind >= 9:
        return year + 1
    if behind <= -10 and told.is_day:
        return year - 1
    return year


def day_or_none(year: int | None, month: int, day: int) -> Window | None:
    """Return the window of a day, or null if the year is unknown or there is no such day."""
    found = make_day(year, month, day) if year else None
    return Window(found, found, "day") if found else None
