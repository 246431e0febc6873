"""A toll over time: which figures a later one replaces, and whether a toll grew or is in dispute."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dateline.linking.books import Books
from dateline.linking.identity import opposed
from dateline.model.event import Count
from dateline.model.values import Measure
from dateline.model.words import count_words, day_words

Series = tuple[Measure, str]
LEAP = 2  # how far beyond the highest figure of a rising toll a later one may be and still continue it
GREW, REPLACED, CORRECTED, SHARPER = (
    "the toll then grew to", "replaced by", "corrected to", "told more precisely as",
)  # fmt: skip


def top(count: Count) -> float:
    """Return the highest number a count allows; infinity where no upper bound is told."""
    return float("inf") if count.high is None else count.high


def disjoint(one: Count, other: Count) -> bool:
    """Say whether two counts cannot both be true of the same people."""
    return one.low > top(other) or other.low > top(one)


def supersede(table: Sequence[Count], rising: frozenset[str], books: Books) -> list[Count]:
    """Mark the figures that a later figure of the same series replaces.

    `table` is in order of day, `rising` are the claims whose words say that the toll went up. First within an origin:
    its last figure is its figure, unless that is only a vaguer way of saying the one before ("more than 50" after
    52). On one day the largest stands, for tolls grow during a day. Then between origins, only where some origin's
    own figures or words show that the toll rose: an earlier lower figure of one that is not of the opposite side was
    a stage. A figure above twice the highest of those that show the rise makes no stages of others.
    """
    groups: dict[Series, list[Count]] = defaultdict(list)
    rest = [one for one in table if one.standing != "counts"]
    for one in table:
        if one.standing == "counts":
            groups[one.measure, one.of].append(one)
    done: list[Count] = []
    for rows in groups.values():
        done.extend(_stages(*_own_series(rows), rising, books))
    return rest + done


def _own_series(rows: Sequence[Count]) -> tuple[list[Count], list[Count]]:
    """Return the figures that stand and those replaced by a later one of their own origin."""
    by_origin: dict[str, list[Count]] = defaultdict(list)
    for one in rows:
        by_origin[one.origin].append(one)
    current: list[Count] = []
    replaced: list[Count] = []
    for series in by_origin.values():
        last = series[0]
        said = [last]
        for one in sorted(series[1:], key=lambda one: (one.told, one.low, top(one), one.claim, one.start)):
            if (one.low, one.high) == (last.low, last.high):
                said.append(one)
            elif one.low <= last.low and top(one) >= top(last):
                words = f"says no more than {count_words(last.low, last.high)} of {day_words(last.told)}"
                replaced.append(replace(one, standing="repeated", left_out=words))
            else:
                how = CORRECTED if top(one) < last.low else REPLACED if one.low > last.low else SHARPER
                replaced += [_superseded(old, one, how) for old in said]
                last, said = one, [one]
        current += said
    return current, replaced


def _superseded(old: Count, new: Count, how: str) -> Count:
    words = f"{how} {count_words(new.low, new.high)} on {day_words(new.told)}"
    return replace(old, standing="superseded", left_out=words)


def _stages(
    current: Sequence[Count], replaced: Sequence[Count], rising: frozenset[str], books: Books
) -> list[Count]:
    """Mark the figures that were only a stage of a toll that others saw grow."""
    grown = {
        one.origin for one in replaced if one.standing == "superseded" and "replaced" in (one.left_out or "")
    }
    shown = [one.low for one in current if one.origin in grown or one.claim in rising]
    climbing = [one for one in current if shown and one.low <= LEAP * max(shown)]
    paths: dict[tuple[str, object], int] = {}
    for one in [*current, *replaced]:
        if one.origin in grown and one.standing != "repeated":
            key = (one.origin, one.told)
            paths[key] = min(paths.get(key, one.low), one.low)
    done = list(replaced)
    for one in current:
        later = [new for new in climbing if _outgrew(new, one, rising, paths, books)]
        if later:
            new = max(later, key=lambda new: (new.told, new.low, new.claim))
            done.append(_superseded(one, new, GREW))
        else:
            done.append(one)
    return done


def _outgrew(
    new: Count, old: Count, rising: frozenset[str], paths: dict[tuple[str, object], int], books: Books
) -> bool:
    """Say whether a figure of a rising toll stands behind another origin's lower one, not the opposite side's."""
    if new.origin == old.origin or new.low <= old.low or opposed(old.side, new.side, new.told, books):
        return False
    if new.told == old.told:
        return new.claim in rising or paths.get((new.origin, new.told), new.low) <= old.low
    return new.told > old.told


def _was(one: Count, how: str) -> bool:
    return one.standing == "superseded" and (one.left_out or "").startswith(how)


def growing(table: Iterable[Count]) -> tuple[Measure, ...]:
    """Return the measures whose figures rise with later days and are never taken back by others.

    A series of one kind of people grows if the highest figure of some day is above that of an earlier day and no
    figure that stands is below an earlier one that still stands.
    """
    groups: dict[Series, list[Count]] = defaultdict(list)
    for one in table:
        if one.standing in ("counts", "superseded"):
            groups[one.measure, one.of].append(one)
    found: set[Measure] = set()
    for (measure, _), rows in groups.items():
        rows.sort(key=lambda one: (one.told, one.low))
        rose = any(_was(one, GREW) or _was(one, REPLACED) for one in rows) or any(
            new.told > old.told and new.low > top(old) for old in rows for new in rows
        )
        standing = [one for one in rows if one.standing == "counts"]
        back = any(old.told < new.told and top(new) < old.low for old in standing for new in standing)
        if rose and not back and not any(_was(one, CORRECTED) for one in rows):
            found.add(measure)
    return tuple(sorted(found))
