"""How likely two episodes are one occurrence: pieces of evidence, each a level with a weight in bits; their sum.

The model is that of Fellegi and Sunter (1969): each comparison falls into one level, and each level has a weight.
The weights are those of a logistic regression over the levels, so that comparisons which depend on one another are not
counted twice; tools/train_linking.py fits them.
"""

import tomllib
from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.codebook.places import EARTH_KM
from dateline.linking.table import UNKNOWN, Floats, Ints, Table
from dateline.model.event import Piece

MODEL = Path(__file__).with_name("model.toml")
Levels = NDArray[np.int8]
Level = NDArray[np.signedinteger[Any]]
CHUNK = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One kind of evidence: its name, the words for its levels, and what finds the level of each pair."""

    name: str
    levels: tuple[str, ...]
    find: Callable[[Table, Ints, Ints], Level]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The weights of each comparison's levels, in bits; `prior` is that of any pair, `threshold` joins two clusters.

    A pair that shares no key, or that weighs less, counts as `floor`.
    """

    prior: float
    threshold: float
    floor: float
    weights: Mapping[str, tuple[float, ...]]


@cache
def load_model() -> Model:
    """Load the packaged weights."""
    table = tomllib.loads(MODEL.read_text(encoding="utf-8"))
    weights = {
        comparison.name: tuple(float(table[comparison.name][level]) for level in comparison.levels)
        for comparison in COMPARISONS
    }
    return Model(prior=table["prior"], threshold=table["threshold"], floor=table["floor"], weights=weights)


def levels_of(table: Table, left: Ints, right: Ints) -> Levels:
    """Return the level of each comparison (columns) for each pair (rows)."""
    columns = [comparison.find(table, left, right) for comparison in COMPARISONS]
    return np.column_stack(columns).astype(np.int8) if len(left) else np.zeros((0, len(columns)), np.int8)


def weights_of(table: Table, left: Ints, right: Ints, model: Model) -> Floats:
    """Return the weight of each pair in bits: the log2 of the odds that both are one occurrence.

    The floor is the weight of pairs of one report, of told and untold, and of places apart without names in common.
    """
    total = np.full(len(left), model.prior)
    for start in range(0, len(left), CHUNK):
        part = slice(start, start + CHUNK)
        levels = levels_of(table, left[part], right[part])
        total[part] = sum_levels(levels, model)
        total[part][elsewhere(levels)] = model.floor
    total[barred(table, left, right)] = model.floor
    weights: Floats = np.maximum(total, model.floor)
    return weights


def sum_levels(levels: Levels, model: Model) -> Floats:
    """Return the weights of pairs by their levels, in bits."""
    total: Floats = np.full(len(levels), model.prior)
    for column, comparison in enumerate(COMPARISONS):
        total += np.asarray(model.weights[comparison.name])[levels[:, column]]
    return np.round(total, 3)


def barred(table: Table, left: Ints, right: Ints) -> NDArray[np.bool_]:
    """Return which pairs are never one occurrence: those of one report, and of what is told and what is not."""
    apart: NDArray[np.bool_] = (table.realm[left] != table.realm[right]) | (
        table.report[left] == table.report[right]
    )
    return apart


def elsewhere(levels: Levels) -> NDArray[np.bool_]:
    """Return which pairs count as the floor because their places lie apart and no names make up for it.

    The weights alone would join two strikes of one day in two countries: a day in common weighs much among reports
    of one war, on which they were fitted, and little among those of all wars.
    """
    names = [comparison.name for comparison in COMPARISONS]
    place, shared = levels[:, names.index("place")], levels[:, names.index("names")]
    apart: NDArray[np.bool_] = (place == _COUNTRIES_APART) | (place == _AREAS_APART)
    return apart & (shared < bisect(NAME_STEPS, NAMED[0]))


def pieces_of(levels: Sequence[int], model: Model) -> tuple[Piece, ...]:
    """Return the evidence for a pair in words, with the weight of each piece; the prior is the first."""
    pieces = [Piece(name="prior", words="any two episodes that are compared", weight=model.prior)]
    for comparison, level in zip(COMPARISONS, levels, strict=True):
        weight = model.weights[comparison.name][level]
        pieces.append(Piece(name=comparison.name, words=comparison.levels[level], weight=weight))
    return tuple(pieces)


def _type(table: Table, left: Ints, right: Ints) -> Level:
    theirs = table.types[right]
    return _first(
        (table.types[left] & theirs) != 0,
        (table.effects[left] & theirs) != 0,
        (table.families[left] & theirs) != 0,
        (table.groups[left] & theirs) != 0,
    )


def _day(table: Table, left: Ints, right: Ints) -> Level:
    first, last = table.first, table.last
    unknown = (first[left] == UNKNOWN).astype(int) + (first[right] == UNKNOWN)
    width = np.maximum(last[left] - first[left], last[right] - first[right])
    gap = np.maximum(np.maximum(first[left] - last[right], first[right] - last[left]), 0)
    return _first(
        unknown == 2,
        unknown == 1,
        (gap == 0) & (width == 0),
        (gap == 0) & (width <= 2),
        (gap == 0) & (width <= 10),
        gap == 0,
        gap == 1,
        gap <= 3,
        gap <= 10,
    )


def _told(table: Table, left: Ints, right: Ints) -> Level:
    gap = np.abs(table.told[left] - table.told[right])
    near = _first(gap == 0, gap == 1, gap <= 3, gap <= 7, gap <= 30)
    return np.add(near, 6 * np.searchsorted(NAMED, _shared_names(table, left, right), side="right"))


def _outlet(table: Table, left: Ints, right: Ints) -> Level:
    ours, theirs = table.outlet[left], table.outlet[right]
    gap = np.abs(table.told[left] - table.told[right])
    return _first(
        (ours == UNKNOWN) | (theirs == UNKNOWN),
        ours != theirs,
        gap == 0,
        gap == 1,
        gap <= 3,
        gap <= 7,
        gap <= 30,
    )


def _place(table: Table, left: Ints, right: Ints) -> Level:
    radii = (table.radius[left], table.radius[right])
    unknown = np.isnan(radii[0]).astype(int) + np.isnan(radii[1])
    distance = _distances(table, left, right)
    wide, reach = np.fmax(*radii), radii[0] + radii[1]
    home, other = table.country[left], table.country[right]
    told = (home != UNKNOWN) & (other != UNKNOWN)
    rarity = np.fmin(table.rarity[left], table.rarity[right])
    same = (distance <= 2) & (wide <= 25)
    return _first(
        told & (home != other),
        (unknown > 0) & told,
        unknown > 0,
        same & (rarity > RARE_PLACES[1]),
        same & (rarity > RARE_PLACES[0]),
        same,
        (distance <= reach) & (wide <= 30),
        (distance <= reach) & (wide <= 100),
        distance <= reach,
        distance <= reach + 50,
    )


def _distances(table: Table, left: Ints, right: Ints) -> Floats:
    """Return great-circle distances by the haversine formula, in km; NaN where a place is unknown."""
    lat, lon = np.radians(table.lat), np.radians(table.lon)
    half_lat, half_lon = (lat[right] - lat[left]) / 2, (lon[right] - lon[left]) / 2
    root = np.sin(half_lat) ** 2 + np.cos(lat[left]) * np.cos(lat[right]) * np.sin(half_lon) ** 2
    distances: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(root, 1.0)))
    return distances


def _killed(table: Table, left: Ints, right: Ints) -> Level:
    return _count(table.killed, table.killed_high, left, right)


def _wounded(table: Table, left: Ints, right: Ints) -> Level:
    return _count(table.wounded, table.wounded_high, left, right)


def _count(low: Floats, high: Floats, left: Ints, right: Ints) -> Level:
    few, many = np.fmin(low[left], low[right]), np.fmax(low[left], low[right])
    unknown = np.isnan(low[left]).astype(int) + np.isnan(low[right])
    meet = np.minimum(high[left], high[right]) >= many
    return _first(
        unknown == 2,
        unknown == 1,
        (few == many) & (many <= 1),
        (few == many) & (many <= 3),
        (few == many) & (many <= 9),
        few == many,
        meet,
        many - few <= np.maximum(1, 0.2 * many),
        many <= 2 * few + 1,
    )


def _actor(table: Table, left: Ints, right: Ints) -> Level:
    return _sides(table.actors[left], table.actors[right])


def _target(table: Table, left: Ints, right: Ints) -> Level:
    return _sides(table.targets[left], table.targets[right])


def _sides(ours: Ints, theirs: Ints) -> Level:
    return _first((ours == 0) | (theirs == 0), (ours & theirs) != 0)


def _words(table: Table, left: Ints, right: Ints) -> Level:
    likeness = np.asarray(table.words[left].multiply(table.words[right]).sum(axis=1)).ravel()
    return np.searchsorted(WORD_STEPS, likeness, side="right")


def _names(table: Table, left: Ints, right: Ints) -> Level:
    return np.searchsorted(NAME_STEPS, _shared_names(table, left, right), side="right")


def _shared_names(table: Table, left: Ints, right: Ints) -> Floats:
    return np.asarray(table.names[left].multiply(table.names[right]).sum(axis=1)).ravel()


def _first(*conditions: NDArray[np.bool_]) -> Level:
    """Return the number of the first condition that holds for each pair, or their count if none does."""
    levels = np.full(len(conditions[0]), len(conditions), np.int8)
    for number in reversed(range(len(conditions))):
        levels[conditions[number]] = number
    return levels


WORD_STEPS = (0.03, 0.06, 0.09, 0.12, 0.16, 0.2, 0.25, 0.32, 0.4, 0.5, 0.65)
# How much the names that both reports tell are worth, in nats, for the time between the reports to matter less.
NAMED = (6.0, 16.0)
# The weight of a place's name, in nats: villages lie above the second, capitals below the first.
RARE_PLACES = (4.0, 6.5)
NAME_STEPS = (3.0, 6.0, 9.0, 12.0, 16.0, 24.0, 40.0)
# Levels of the comparison of places.
_COUNTRIES_APART, _AREAS_APART = 0, 10


def _steps(what: str, steps: Sequence[float], unit: str) -> tuple[str, ...]:
    bounds = [f"{what} below {steps[0]:g}{unit}"]
    bounds += [f"{what} {low:g} to {high:g}{unit}" for low, high in pairwise(steps)]
    return (*bounds, f"{what} {steps[-1]:g}{unit} or more")


_TOLD = ("the same day", "a day apart", "2 or 3 days apart", "4 to 7 days apart", "8 to 30 days apart",
         "over 30 days apart")  # fmt: skip
_COUNTS = ("neither tells a number", "one tells a number", "both tell one", "the same small number (2 or 3)",
           "the same number (4 to 9)", "the same number (10 or more)", "numbers that can both be true",
           "numbers within a fifth", "numbers within the double", "numbers far apart")  # fmt: skip

COMPARISONS: tuple[Comparison, ...] = (
    Comparison(
        name="type",
        levels=("the same type", "deed and effect", "types of one family", "types told of one another",
                "types that do not go together"),
        find=_type,
    ),
    Comparison(
        name="day",
        levels=("neither tells a day", "one tells a day", "the same day", "days that meet within 3",
                "days that meet within 11", "long spans that meet", "the day before or after", "2 or 3 days apart",
                "4 to 10 days apart", "over 10 days apart"),
        find=_day,
    ),
    Comparison(
        name="told",
        levels=tuple(f"reported {days}, {names} names in common" for names in ("few", "some", "many") for days in _TOLD),
        find=_told,
    ),
    Comparison(
        name="outlet",
        levels=("an outlet is not known", "two outlets", *(f"one outlet, {days}" for days in _TOLD)),
        find=_outlet,
    ),
    Comparison(
        name="place",
        levels=("different countries", "the same country, no place in one", "no place in one",
                "the same point, rarely told of", "the same point, told of now and then", "the same point, often told of",
                "areas of up to 30 km that meet", "areas of up to 100 km that meet",
                "wide areas that meet", "areas within 50 km of one another", "areas apart"),
        find=_place,
    ),
    Comparison(name="killed", levels=_COUNTS, find=_killed),
    Comparison(name="wounded", levels=_COUNTS, find=_wounded),
    Comparison(name="actor", levels=("not told by both", "a side in common", "different sides"), find=_actor),
    Comparison(name="target", levels=("not told by both", "a side in common", "different sides"), find=_target),
    Comparison(name="words", levels=_steps("likeness of words", WORD_STEPS, ""), find=_words),
    Comparison(name="names", levels=_steps("names in common worth", NAME_STEPS, " nats"), find=_names),
)  # fmt: skip
