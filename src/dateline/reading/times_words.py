"""The lexer of time expressions: parsed tokens to lexemes, each with a class and a value."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.codebook.tables import Sources
from dateline.reading.times_numbers import NUMERIC, value_of
from dateline.reading.tokens import Parse, Token

_CLASS_NAMES = """
x stop month weekday season part unit units ord num int year yspan word vague date clock decade
decadeword century holiday war siege comma dash rule slash dot open close the a its poss this that same
last past previous next following coming current recent early late mid begin end middle half final
earlier later ago before after since until from to between and or of in on at by for during over about
more than today yesterday tomorrow tonight overnight now former each per daily long old row began local
bc half_day stretch
"""
# "dash" joins words, "rule" is a dash with space before it
CLASSES = tuple(_CLASS_NAMES.split())
CODES = {name: chr(0x4E00 + number) for number, name in enumerate(CLASSES)}
_PUNCTUATION = {
    ",": "comma",
    "-": "dash",
    "–": "dash",
    "—": "dash",
    "/": "slash",
    ".": "dot",
    "(": "open",
    ")": "close",
}
# class -> the table of times.toml that gives its words their values
_VALUED = {
    "month": "months",
    "weekday": "weekdays",
    "word": "numbers",
    "ord": "ordinals",
    "vague": "vague",
    "decadeword": "decades",
    "part": "parts",
}
_MONEY = re.compile(r"[$€£¥#№]\s?$")
_UNIT_STUCK = re.compile(r"[%°]|(?:km|mm|cm|kg|mph|kph|m|k|bn|mn)\b")
_MONTH_WORDS = """
in of since by until till early late mid last next this from and to through during the previous following for
between or before after at
"""
_MONTH_CUES = frozenset(_MONTH_WORDS.split())
_SEASON_WORDS = """
the in last this next early late mid since by until that following previous during each every before after
coming
"""
_SEASON_CUES = frozenset(_SEASON_WORDS.split())


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The vocabulary: class and value by word, phrases, and the words read by their context."""

    plain: dict[str, tuple[str, Any]]
    abbreviations: dict[str, tuple[str, int]]
    holidays: dict[str, list[tuple[tuple[str, ...], tuple[int, int]]]]
    seasons: dict[str, tuple[int, int]]
    months: frozenset[str]


def load_time_words(sources: Sources | None = None) -> TimeWords:
    """Load times.toml."""
    table = (sources or Sources()).toml("times.toml")
    plain: dict[str, tuple[str, Any]] = {}
    for name, words in table["words"].items():
        plain.update((word, (name, word)) for word in words)
    for name, words in table["nouns"].items():
        plain.update((word, (name, word)) for word in words)
    for name, key in _VALUED.items():
        plain.update((word, (name, value)) for word, value in table[key].items())
    plain["some"] = ("about", "some")
    for word, unit in table["units"].items():
        plain[word] = ("units" if word.endswith("s") else "unit", unit)
    plain["second"] = ("ord", 2)
    plain["century"] = ("century", "century")
    abbreviations = {word: ("month", value) for word, value in table["month_abbreviations"].items()}
    abbreviations |= {word: ("weekday", value) for word, value in table["weekday_abbreviations"].items()}
    holidays: dict[str, list[tuple[tuple[str, ...], tuple[int, int]]]] = {}
    for phrase, (month, day) in table["holidays"].items():
        parts = tuple(re.findall(r"'s|\w+", phrase))
        holidays.setdefault(parts[0], []).append((parts, (month, day)))
    for entries in holidays.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    seasons = {word: (first, last) for word, (first, last) in table["seasons"].items()}
    months = frozenset((*table["months"], *table["month_abbreviations"]))
    return TimeWords(
        plain=plain, abbreviations=abbreviations, holidays=holidays, seasons=seasons, months=months
    )


@cache
def packaged_words() -> TimeWords:
    """Load the packaged times.toml once per process."""
    return load_time_words()


@dataclass(slots=True)
class Lexemes:
    """The lexemes of a text as parallel lists; `codes` is the string that the grammar matches.

    `firsts`/`lasts` are token indexes, `starts`/`ends` offsets in the text; `lowers` the words in lower
    case. A "stop" stands between sentences and has the index of the token after it.
    """

    codes: str
    values: list[Any]
    firsts: list[int]
    lasts: list[int]
    starts: list[int]
    ends: list[int]
    lowers: tuple[str, ...]

    def is_at(self, index: int, *names: str) -> bool:
        """Say whether the lexeme at an index (out of range: no) is of one of these classes."""
        return 0 <= index < len(self.codes) and any(self.codes[index] == CODES[name] for name in names)


class _Lexer:
    def __init__(self, parse: Parse, words: TimeWords) -> None:
        self.parse = parse
        self.text = parse.text
        self.tokens = parse.tokens
        self.words = words
        self.codes: list[str] = []
        self.out: list[tuple[Any, int, int, int, int, str]] = []

    def put(self, name: str, value: Any, first: int, last: int, start: int, end: int) -> None:
        self.codes.append(CODES[name])
        self.out.append((value, first, last, start, end, self.text[start:end].lower().replace("’", "'")))

    def run(self) -> Lexemes:
        at, sentence = 0, -1
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.sent != sentence:
                sentence = token.sent
                self.put("stop", None, at, at, token.start, token.start)
            at = self.one(token, at)
        self.put("stop", None, at, at, len(self.text), len(self.text))
        columns = list(zip(*self.out, strict=True))
        return Lexemes(
            codes="".join(self.codes),
            values=list(columns[0]),
            firsts=list(columns[1]),
            lasts=list(columns[2]),
            starts=list(columns[3]),
            ends=list(columns[4]),
            lowers=columns[5],
        )

    def one(self, token: Token, at: int) -> int:
        """Put the lexemes of a token and of those it takes in; return the index of the next token."""
        lower = token.lower
        if lower[0].isdigit():
            return self.number(token, at)
        entry = self.words.holidays.get(lower)
        if entry and (taken := self.holiday(entry, at)):
            return at + taken
        known = self.words.plain.get(lower)
        if (known is None and lower in self.words.abbreviations) or lower.rstrip(
            "."
        ) in self.words.abbreviations:
            known = self.abbreviated(token, at, lower.rstrip("."))
        elif lower in self.words.seasons:
            known = ("season", self.words.seasons[lower]) if self.is_season(token, at) else None
        elif known is not None and known[0] == "month":
            known = known if self.is_month(token, at) else None
        elif known is not None and not self.is_time_word(token, at, known[0]):
            known = None
        elif known is None and self.is_of_a_clock(token, at):
            known = ("local", lower)
        if known is not None:
            self.put(known[0], known[1], at, at, token.start, token.end)
        elif lower in _PUNCTUATION:
            spaced = lower in "-–—" and self.text[token.start - 1 : token.start].isspace()
            name = "rule" if spaced else _PUNCTUATION[lower]
            self.put(name, lower, at, at, token.start, token.end)
        elif any(char.isdigit() for char in lower) and ("-" in lower or "–" in lower):
            self.pieces(token, at)
        else:
            self.put("x", lower, at, at, token.start, token.end)
        return at + 1

    def pieces(self, token: Token, at: int) -> None:
        """Put the pieces of a token that the parser left whole: "mid-1916", "August-24"."""
        cut = next(index for index, char in enumerate(token.text) if char in "-–")
        word = token.lower[:cut]
        known = self.words.plain.get(word)
        self.put(
            known[0] if known else "x", known[1] if known else word, at, at, token.start, token.start + cut
        )
        self.rest(token.start + cut, token, at)

    def holiday(self, entries: list[tuple[tuple[str, ...], tuple[int, int]]], at: int) -> int:
        for parts, day in entries:
            found = self.tokens[at : at + len(parts)]
            if tuple(token.lower for token in found) == parts and found[0].text[0].isupper():
                self.put("holiday", day, at, at + len(parts) - 1, found[0].start, found[-1].end)
                return len(parts)
        return 0

    def number(self, token: Token, at: int) -> int:
        end = self.numeric(token.start, token, at)
        last = at
        while last + 1 < len(self.tokens) and self.tokens[last + 1].start < end:
            last += 1
        if last > at:
            self.out[-1] = (*self.out[-1][:2], last, *self.out[-1][3:])
        rest = self.tokens[last]
        if end < rest.end:  # "3–5", "24-year" kept whole by the parser
            self.rest(end, rest, last)
        return last + 1

    def rest(self, start: int, token: Token, at: int) -> None:
        while start < token.end:
            char = self.text[start]
            if char.isdigit():
                start = self.numeric(start, token, at)
                continue
            if char in _PUNCTUATION:
                self.put(_PUNCTUATION[char], char, at, at, start, start + 1)
                start += 1
                continue
            word = self.text[start : token.end].lower()
            known = self.words.plain.get(word)
            self.put(known[0] if known else "x", known[1] if known else word, at, at, start, token.end)
            return

    def numeric(self, start: int, token: Token, at: int) -> int:
        """Put the numeric lexeme that begins at an offset; return its end."""
        found = NUMERIC.match(self.text, start)
        if found is None:  # a digit of another script
            self.put("x", token.lower, at, at, start, token.end)
            return token.end
        name, value = value_of(found)
        end = found.end()
        if name == "num" and (
            _MONEY.search(self.text[max(0, start - 2) : start]) or _UNIT_STUCK.match(self.text, end)
        ):
            name = "x"
        self.put(name, value, at, at, start, end)
        return end

    def abbreviated(self, token: Token, at: int, lower: str) -> tuple[str, int] | None:
        known = self.words.abbreviations[lower]
        if not token.text[0].isupper():
            return None
        if known[0] == "month":
            near = range(max(0, at - 1), min(len(self.tokens), at + 3))
            beside = [
                self.tokens[index].text for index in near if index != at and self.tokens[index].text != "."
            ]
            return known if any(text[0].isdigit() for text in beside[:2]) else None
        after = self.tokens[at + 1 : at + 4]
        return (
            known
            if any(t.lower.rstrip(".") in self.words.months or t.text[0].isdigit() for t in after)
            else None
        )

    def is_month(self, token: Token, at: int) -> bool:
        """Tell the month from "may", "march", and from a person of that name."""
        if not token.text[0].isupper():
            return False
        before = self.tokens[at - 1] if at else None
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        beside = (before is not None and before.text[-1].isdigit()) or (
            after is not None and (after.text[0].isdigit() or (after.text == "," and self.digit_at(at + 2)))
        )
        if beside:
            return True
        if token.lower in ("may", "march"):
            cue = before is not None and (
                before.lower in _MONTH_CUES
                or before.text in "-–/("
                or before.lower.rstrip("stndrh").isdigit()
            )
            return token.tag not in ("MD", "VB", "VBP") and token.true[0].isupper() and cue
        if (
            before is not None
            and before.sent == token.sent
            and before.pos == "PROPN"
            and before.dep == "compound"
        ):
            return before.lower in self.words.plain or before.text in "-–"
        return not (token.ent == "PERSON" and after is not None and after.ent == "PERSON")

    def digit_at(self, index: int) -> bool:
        return index < len(self.tokens) and self.tokens[index].text[0].isdigit()

    def is_season(self, token: Token, at: int) -> bool:
        if token.pos not in ("NOUN", "PROPN", "ADJ"):
            return False
        if token.lower in ("summer", "autumn", "winter", "summertime", "wintertime", "springtime"):
            return True
        before = self.tokens[at - 1].lower if at else ""
        after = self.tokens[at + 1].lower if at + 1 < len(self.tokens) else ""
        if after == "of":
            follows = self.tokens[at + 2].lower if at + 2 < len(self.tokens) else ""
            third = self.tokens[at + 3].lower if at + 3 < len(self.tokens) else ""
            by_year = follows == "the" and third in ("same", "following", "previous", "year")
            return follows[:1].isdigit() or follows in ("that", "this", "last", "next") or by_year
        if token.lower == "fall" and before == "the":
            return after in ("", ".", ",", ")") or after[0].isdigit()
        return before in _SEASON_CUES or after[:1].isdigit()

    def is_time_word(self, token: Token, at: int, name: str) -> bool:
        """Sort out "Russia Today", "Bloody Sunday", "the Sunday Times", a "Lt" and such."""
        before = self.tokens[at - 1] if at else None
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if name == "that":
            return token.tag in ("DT", "WDT") and token.dep not in ("mark", "nsubj", "dobj")
        if name == "today":
            # "Russia Today", "USA Today": behind a capital the word is part of a name.
            return not (token.text[0].isupper() and before is not None and before.text[:1].isupper())
        if name == "weekday":
            named = before is not None and before.lower in (
                "bloody",
                "black",
                "good",
                "palm",
                "easter",
                "ash",
                "super",
            )
            paper = after is not None and after.text in ("Times", "Telegraph", "Mirror", "Mail", "Express")
            return token.text[0].isupper() and not named and not paper
        return True

    def is_of_a_clock(self, token: Token, at: int) -> bool:
        """Whether a name says whose clock is meant ("Damascus time", "Moscow time")."""
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return token.text[0].isupper() and token.tag == "NNP" and after is not None and after.text == "time"


def lex(parse: Parse, words: TimeWords | None = None) -> Lexemes:
    """Turn a parse into lexemes."""
    return _Lexer(parse, words or packaged_words()).run()
