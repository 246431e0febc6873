"""Numbers in time expressions: dates in figures, times of day, years, decades, ordinals."""

import re
from typing import Any

NUMERIC = re.compile(
    r"(?P<iso>(?P<y>[12]\d{3})-(?P<m>[01]?\d)-(?P<d>[0-3]?\d)(?:T[\d:.]{4,12}(?:Z|[+-]\d\d:?\d\d)?)?(?!\d|-\d))"
    r"|(?P<dmy>(?P<d2>[0-3]?\d)(?P<sep>[./])(?P<m2>[0-3]?\d)(?P=sep)(?P<y2>[12]\d{3}|\d\d)(?![\d%]|\.\d))"
    r"|(?P<clock>(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?\s?(?:[apAP]\.\s?[mM]\b\.?|[apAP][mM]\b)"
    r"|(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])"
    r"|0\d[0-5]\d(?![\d.,])(?:\s?(?:hrs?|hours|GMT|UTC)\b)?|(?:1\d|2[0-4])[0-5]\d\s?(?:hrs?|GMT|UTC)\b)"
    r"|(?P<yspan>(?P<y3>1\d{3}|20\d\d)[-–—/](?P<y4>(?:1\d|20)?\d\d)(?![\d-]))"
    r"|(?P<decade>(?:(?P<c>1\d|20)(?P<t>\d)0|(?P<t2>[2-9])0)['’]?s\b)"
    r"|(?P<ord>\d{1,4})(?:st|nd|rd|th)\b"
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?!\d)|\d{1,9}(?:\.\d+)?)"
)


def value_of(found: re.Match[str]) -> tuple[str, Any]:
    """Return the class and value of a numeric match: dates as (year, month, day), numbers as numbers."""
    part = found.group
    if part("iso"):
        return _date(int(part("y")), int(part("m")), int(part("d")), part("iso"))
    if part("dmy"):
        year, day, month = int(part("y2")), int(part("d2")), int(part("m2"))
        if year < 100:
            year += 2000 if year < 70 else 1900
        if part("sep") == "/" and day <= 12:  # month first in the United States, day first elsewhere
            return "date", (year, day, month) if month > 12 else (year, month, day, "either")
        return _date(year, month, day, part("dmy"))
    if part("clock"):
        return "clock", part("clock")
    if part("yspan"):
        first, second = int(part("y3")), part("y4")
        last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
        return ("yspan", (first, last)) if last > first else ("x", part("yspan"))
    if part("decade"):
        if part("c"):
            return "decade", int(part("c") + part("t")) * 10
        return "decadeword", int(part("t2")) * 10
    if part("ord"):
        return "ord", int(part("ord"))
    written = part("number")
    if "," in written or "." in written:
        return "int", float(written.replace(",", ""))
    number = int(written)
    if 1 <= number <= 31 and len(written) <= 2:
        return "num", number
    return ("year" if len(written) == 4 and 1000 <= number <= 2100 else "int"), number


def _date(year: int, month: int, day: int, written: str) -> tuple[str, Any]:
    if 1 <= month <= 12 and 1 <= day <= 31:
        return "date", (year, month, day)
    return "x", written
