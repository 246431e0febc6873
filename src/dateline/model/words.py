"""Days, intervals and counts in words for people."""

from datetime import date

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: date) -> str:
    """Write a day as "27 Feb 2022"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def days_words(first: date, last: date) -> str:
    """Write an interval as briefly as it is clear: "27 Feb 2022", "24–26 Feb 2022", "28 Feb – 2 Mar 2022"."""
    if first == last:
        return day_words(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_words(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} – {day_words(last)}"
    return f"{day_words(first)} – {day_words(last)}"


def count_words(low: int, high: int | None) -> str:
    """Write a count with its bounds: "6,000", "at least 50", "up to 50", "6–8"."""
    if high is None:
        return f"at least {low:,}"
    if low == high:
        return f"{low:,}"
    return f"up to {high:,}" if low == 0 else f"{low:,}–{high:,}"


def people_words(low: int, high: int | None, of: str) -> str:
    """Write a count of people: "1 civilian", "at least 50 people", "6–8 combatants"."""
    noun = {"people": "person"}.get(of, of.removesuffix("s")) if (low, high) in ((1, 1), (1, None)) else of
    return f"{count_words(low, high)} {noun}"
