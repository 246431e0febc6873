"""What a user would otherwise read dates with: dateparser's search, told where the story stands."""

import re
import warnings
from datetime import date, datetime
from typing import Any

from dateline.model.text import span_at
from dateline.model.values import Time
from dateline.reading.mentions import TimeMention
from dateline.reading.times_calendar import Window, month_window, years_window

# Words that dateparser leaves in what it found.
_EDGE = re.compile(
    r"^(?:on|in|by|at|to|of|the|until|from|and|for|,|\s)+|(?:on|in|by|at|to|of|the|and|for|,|\s)+$", re.I
)
_YEAR = re.compile(r"\b\d{4}\b")
_START = datetime(1900, 1, 1)


def dateparser_mentions(text: str) -> list[tuple[int, int, TimeMention]]:
    """Return what dateparser finds in a text: offsets and time; relative to the last date with a year."""
    from dateparser.date import DateDataParser
    from dateparser.search import search_dates

    found: list[tuple[int, int, TimeMention]] = []
    base = _START
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for line in re.finditer(r"[^\n]+", text):
            settings: dict[str, Any] = {"RELATIVE_BASE": base}
            at = line.start()
            for words, value in search_dates(line[0], languages=["en"], settings=settings) or ():
                start = text.find(words, at, line.end())
                if start < 0:
                    continue
                at = start + len(words)
                told = DateDataParser(languages=["en"], settings={"RELATIVE_BASE": base}).get_date_data(words)
                if _YEAR.search(words):
                    base = value.replace(tzinfo=None)
                lead = _EDGE.match(words)
                start += lead.end() if lead else 0
                inner = _EDGE.sub("", _EDGE.sub("", words))
                if not inner:
                    continue
                end = start + len(inner)
                found.append((start, end, _mention(text, start, end, _window(value.date(), told.period))))
    return found


def _window(day: date, period: str | None) -> Window:
    if period == "year":
        return years_window(day.year, 1, "year") or Window(day, day, "day")
    if period == "month":
        return month_window(day.year, day.month) or Window(day, day, "day")
    return Window(day, day, "day")


def _mention(text: str, start: int, end: int, window: Window) -> TimeMention:
    time = Time(
        span=span_at(text, start, end), earliest=window.earliest, latest=window.latest,
        precision=window.precision, basis="stated",
    )  # fmt: skip
    return TimeMention(first=0, last=0, time=time)
