"""Count rows of a table by what they are, and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np

from dateline.desk.table import EPOCH, NONE, Ints, Lists, Table, Vocabulary, Words

Unit = Literal["day", "week", "month", "year", "decade", "century"]
Counts = tuple[tuple[str, int], ...]
# More bins than these are drawn too narrow to be seen; a longer unit is taken then.
MOST_BINS = 400
# One unit -> its days, for those that have always the same number; years, for the others.
_YEARS: dict[Unit, int] = {"year": 1, "decade": 10, "century": 100}
_UNITS: tuple[Unit, ...] = ("day", "week", "month", "year", "decade", "century")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """How many events there are of each value, the commonest first; months ("2022-03") in order of time.

    An event counts once for each side that is in it, and for the month of its first day; what is not told is not
    counted.
    """

    families: Counts
    types: Counts
    countries: Counts
    sides: Counts
    certainties: Counts
    states: Counts
    months: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """How many events began in a span of days, both ends included."""

    start: date
    end: date
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Events by the first day they may have happened on, in bins without gaps; `undated` tell no day.

    `earlier` and `later` count events so far from the others that bins up to them would leave nothing to see.
    """

    unit: Unit
    bins: tuple[Bin, ...]
    undated: int
    earlier: int = 0
    later: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        bins = [
            {"start": one.start.isoformat(), "end": one.end.isoformat(), "count": one.count}
            for one in self.bins
        ]
        return {
            "unit": self.unit, "bins": bins, "undated": self.undated, "earlier": self.earlier, "later": self.later,
        }  # fmt: skip


def facets(table: Table, words: Vocabulary, rows: Ints) -> Facets:
    """Count rows by each of the values that a filter offers."""
    types = _by_word(table.type[rows], words.types)
    families: dict[str, int] = {}
    for kind, count in types:
        family = kind.split(".")[0]
        families[family] = families.get(family, 0) + count
    return Facets(
        families=_ordered(families.items()),
        types=types,
        countries=_by_word(table.country[rows], words.countries),
        sides=_by_side(table.actor_sides[rows], table.target_sides[rows], words.sides),
        certainties=_by_word(table.certainty[rows], words.certainties),
        states=_by_word(table.state[rows], words.states),
        months=_by_month(table.earliest[rows]),
    )


def timeline(table: Table, rows: Ints, unit: Unit | None = None) -> Timeline:
    """Count rows per day, week (from Monday), month or longer; without a unit the shortest of at most `MOST_BINS` bins.

    A unit that would give more bins than that is not taken either. Without a unit, the first and the last hundredth of
    the events are left out where they alone would make the unit longer.
    """
    days = table.earliest[rows]
    undated = int(np.count_nonzero(days == NONE))
    days = days[days != NONE]
    if len(days) == 0:
        return Timeline(unit=unit or "day", bins=(), undated=undated)
    chosen = _fitting(days.min(), days.max(), unit or "day")
    earlier = later = 0
    if unit is None:
        middle = np.quantile(days, (0.01, 0.99), method="nearest").astype(np.int64)
        shorter = _fitting(middle[0], middle[1], "day")
        if shorter != chosen:
            chosen = shorter
            earlier, later = int((days < middle[0]).sum()), int((days > middle[1]).sum())
            days = days[(days >= middle[0]) & (days <= middle[1])]
    numbers = _bin_of(days, chosen)
    low = int(numbers.min())
    counts = np.bincount(numbers - low).tolist()
    bins = tuple(
        Bin(start=_start(low + place, chosen), end=_end(low + place, chosen), count=count)
        for place, count in enumerate(counts)
    )
    return Timeline(unit=chosen, bins=bins, undated=undated, earlier=earlier, later=later)


def _fitting(first: int, last: int, least: Unit) -> Unit:
    """Return the shortest unit, from one on, that gives at most `MOST_BINS` bins between two days."""
    chosen = least
    for chosen in _UNITS[_UNITS.index(least) :]:
        numbers = _bin_of(np.array([first, last], np.int64), chosen)
        if numbers[1] - numbers[0] < MOST_BINS:
            break
    return chosen


def _bin_of(days: Ints, unit: Unit) -> Ints:
    """Return the number of the bin of each day (ordinals)."""
    if unit == "day":
        return days
    if unit == "week":
        # Day 1 was a Monday.
        return (days - 1) // 7
    months = _months(days)
    return months if unit == "month" else months // (12 * _YEARS[unit])


def _months(days: Ints) -> Ints:
    """Return the months of ordinals, counted from January of the year 0."""
    found: Ints = (days - EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    return found


def _start(number: int, unit: Unit) -> date:
    """Return the first day of a bin; of the first and last that a date can name, what there is of it."""
    if unit == "day":
        return date.fromordinal(number)
    if unit == "week":
        return date.fromordinal(number * 7 + 1)
    months = number if unit == "month" else number * 12 * _YEARS[unit]
    return date(months // 12, months % 12 + 1, 1) if months >= 12 else date.min


def _end(number: int, unit: Unit) -> date:
    try:
        return _start(number + 1, unit) - timedelta(days=1)
    except ValueError:
        return date.max


def _by_word(codes: Ints, known: Words) -> Counts:
    counts = np.bincount(codes[codes != NONE], minlength=1)
    found = np.flatnonzero(counts)
    return _ordered((known.words[code], int(counts[code])) for code in found.tolist())


def _by_side(actors: Ints, targets: Ints, known: Lists) -> Counts:
    """Count each side once for an event, be it the one that acts, that is acted upon, or both."""
    # Few pairs of lists stand for many events.
    size = len(known.lists)
    pairs, counts = np.unique(actors * size + targets, return_counts=True)
    found: dict[str, int] = {}
    for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
        for code in {*known.lists[pair // size], *known.lists[pair % size]}:
            side = known.words.words[code]
            found[side] = found.get(side, 0) + count
    return _ordered(found.items())


def _by_month(days: Ints) -> Counts:
    months, counts = np.unique(_months(days[days != NONE]), return_counts=True)
    return tuple(
        (f"{month // 12:04}-{month % 12 + 1:02}", count)
        for month, count in zip(months.tolist(), counts.tolist(), strict=True)
    )


def _ordered(counts: Any) -> Counts:
    found: Sequence[tuple[str, int]] = sorted(counts, key=lambda pair: (-pair[1], pair[0]))
    return tuple(found)
