"""Windows of days: the arithmetic of calendar expressions, without any language."""

from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta

DAY = timedelta(days=1)
Third = str  # "early", "mid" or "late"


@dataclass(frozen=True, slots=True)
class Window:
    """An interval of days, both ends included, and how precisely it was told (as in a time's precision)."""

    earliest: date
    latest: date
    precision: str

    @property
    def is_day(self) -> bool:
        """Whether the window is a single day."""
        return self.earliest == self.latest


def day_window(day: date, precision: str = "day") -> Window:
    """Return the window of one day."""
    return Window(day, day, precision)


def shift_days(day: date, days: int) -> date | None:
    """Return the day so many days on (negative: back); null outside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def make_day(year: int, month: int, day: int) -> date | None:
    """Return a date; null if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - DAY


def month_window(year: int, month: int) -> Window:
    """Return the window of a calendar month."""
    return Window(date(year, month, 1), month_end(year, month), "month")


def year_window(year: int) -> Window | None:
    """Return the window of a calendar year; null outside the calendar."""
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return Window(date(year, 1, 1), date(year, 12, 31), "year")


def week_window(day: date) -> Window:
    """Return the week, Monday to Sunday, that holds a day."""
    monday = day - timedelta(days=day.weekday())
    return Window(monday, monday + timedelta(days=6), "week")


def season_window(year: int, first: int, last: int) -> Window:
    """Return the window of a season that begins in a year and runs from a first to a last month."""
    end = year + 1 if last < first else year
    return Window(date(year, first, 1), month_end(end, last), "season")


def years_window(first: int, count: int, precision: str) -> Window | None:
    """Return the window of so many calendar years; null outside the calendar."""
    if first < MINYEAR or first + count - 1 > MAXYEAR:
        return None
    return Window(date(first, 1, 1), date(first + count - 1, 12, 31), precision)


def shift_months(day: date, months: int) -> date | None:
    """Return the same day so many months on, or that month's last; null outside the calendar."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), month_end(year, month + 1))


def shift(day: date, unit: str, count: int) -> date | None:
    """Return the day so many units on (negative: back); null outside the calendar."""
    days = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}.get(unit)
    if days:
        return shift_days(day, days * count) if abs(count) < 400_000 else None
    months = {"month": 1, "year": 12, "decade": 120, "century": 1200}.get(unit)
    return shift_months(day, months * count) if months and abs(count) < 10_000 else None


def unit_window(day: date, unit: str) -> Window | None:
    """Return the calendar day, week, month, year, decade or century that holds a day."""
    if unit == "day":
        return day_window(day)
    if unit == "week":
        return week_window(day)
    if unit == "month":
        return month_window(day.year, day.month)
    if unit == "year":
        return year_window(day.year)
    if unit == "weekend":
        return weekend_window(day)
    if unit == "decade":
        return years_window(day.year // 10 * 10, 10, "decade")
    if unit == "century":
        return years_window(day.year // 100 * 100, 100, "century")
    return None


def weekend_window(day: date) -> Window:
    """Return the last weekend up to and including a day: Saturday and Sunday."""
    saturday = day - timedelta(days=(day.weekday() - 5) % 7)
    return Window(saturday, saturday + DAY, "period")


def part_of(window: Window, third: Third) -> Window:
    """Return the early, mid or late part of a window.

    Months are cut into days 1-10, 11-20 and 21 to the end, weeks into Monday-Wednesday, Tuesday-Thursday and
    Thursday-Sunday, longer windows into thirds; a day stays that day.
    """
    first, last = window.earliest, window.latest
    if window.is_day:
        return replace(window, precision="part_of_day")
    if window.precision == "month":
        cuts = {"early": (1, 10), "mid": (11, 20), "late": (21, last.day)}[third]
        return Window(first.replace(day=cuts[0]), first.replace(day=cuts[1]), "period")
    if window.precision == "week":
        low, high = {"early": (0, 2), "mid": (1, 3), "late": (3, 6)}[third]
        return Window(first + timedelta(days=low), first + timedelta(days=high), "period")
    if window.precision == "year":
        low, high = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[third]
        return Window(date(first.year, low, 1), month_end(first.year, high), "period")
    length = (last - first).days + 1
    cut = length // 3
    low, high = {"early": (0, cut), "mid": (cut, length - cut), "late": (length - cut, length)}[third]
    return Window(first + timedelta(days=low), first + timedelta(days=high - 1), "period")


def nearest_year(month: int, day: int | None, published: date, tense: str) -> int | None:
    """Return the year of a month, or day of a month, that a text of a publication date means.

    tense "past": the last one up to the publication date (with a day's grace for time zones), unless the
    next one is close and the last nearly a year back; "future": the next one; "": the nearest, as writers
    leave the year out of near dates only.
    """
    known = published.year
    if day is None:
        ahead = (month - published.month) % 12
        following = known if month >= published.month else known + 1
        near = 0 < ahead <= 3
        return following if tense == "future" or (tense == "" and near) or ahead == 0 else following - 1
    years = range(known - 8, known + 9)  # 29 February comes every fourth year, or eighth
    choices = [found for year in years if (found := make_day(year, month, day))]
    past = max((found for found in choices if (found - published).days <= 1), default=None)
    ahead_of = min((found for found in choices if (found - published).days > 1), default=None)
    if past is None or ahead_of is None:
        return None
    back, forward = (published - past).days, (ahead_of - published).days
    if tense == "future":
        return past.year if back <= 0 else ahead_of.year
    if tense == "":
        return past.year if back <= forward else ahead_of.year
    return ahead_of.year if forward <= 31 and back > 300 else past.year
