"""Publication dates as files write them."""

import re
from datetime import date
from email.utils import parsedate_to_datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# The month's name or its usual short form, without the dot.
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_NAMES = rf"({MONTH})\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?=$|[^\d-])")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?=$|T)")
DAY_FIRST = re.compile(rf"{_DAY}\s+(?:of\s+)?{_NAMES},?\s+(\d{{4}})\b", re.IGNORECASE)
MONTH_FIRST = re.compile(rf"{_NAMES}\s+{_DAY},?\s+(\d{{4}})\b", re.IGNORECASE)
_FIRST_YEAR = 1600
_NO_YEAR = re.compile(r"\b00\d\d (?=\d\d:)")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)


def read_date(written: str) -> date | None:
    """Read a whole date in ISO form, in words ("2 March 2022", "March 2, 2022") or as in e-mail; else null.

    A clock time behind the date is passed over and the day is the one written, in the writer's own time zone.
    Dates of numbers alone in another order ("03/02/2022") are not read: their order differs between
    countries.
    """
    found = match_date(written.strip()[:80])
    if found is not None:
        return found[0]
    try:
        # The module reads the years 0 to 99 as those of our time, however many zeros stand before them.
        return None if _NO_YEAR.search(written) else parsedate_to_datetime(written.strip()[:80]).date()
    except (ValueError, TypeError, IndexError):
        return None


def match_date(text: str) -> tuple[date, int] | None:
    """Read a date at the start of a text, perhaps after a weekday; return it and the offset behind it."""
    weekday = _WEEKDAY.match(text)
    at = weekday.end() if weekday else 0
    for pattern, order in ((ISO, "ymd"), (_COMPACT, "ymd"), (DAY_FIRST, "dmy"), (MONTH_FIRST, "mdy")):
        match = pattern.match(text, at)
        if match:
            parts = dict(zip(order, match.groups(), strict=True))
            day = _day(parts["y"], parts["m"], parts["d"])
            return (day, match.end()) if day else None
    return None


def _day(year: str, month: str, day: str) -> date | None:
    # Programs write the year 1 where they know no date, and there was no press before this.
    if int(year) < _FIRST_YEAR:
        return None
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
