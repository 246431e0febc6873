"""The values of a claim: fillers of roles, figures, losses, places, times."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.model.text import Span

Measure = Literal["killed", "wounded", "captured", "missing", "displaced", "destroyed", "damaged"]
LossStatus = Literal["destroyed", "damaged", "captured", "abandoned"]
Basis = Literal["stated", "relative"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """Who or what fills a role: the words, and the codebook entity they were resolved to.

    `name` is the entity's preferred name or the words themselves; `side` a codebook side id such as
    "RU" or "civilians", null if unknown; `id` the codebook or gazetteer id, null if there is none.
    """

    span: Span
    name: str | None = None
    side: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A count of people: low and high (null: no upper bound told), what was measured and of whom."""

    span: Span
    measure: Measure
    low: int
    high: int | None
    of: Literal["civilians", "combatants", "people"]
    of_span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Military equipment lost: the item in the report's words, how many (null: not told), and its status."""

    span: Span
    item: str
    count: int | None
    status: LossStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where: the words, the gazetteer entry they were resolved to, and how precisely that locates the event.

    `precision` follows UCDP GED's where_prec: 1 exact, 2 within about 25 km of a known point, 3 second-order
    division, 4 first-order division, 5 larger than that or only in relation to another location, 6 country,
    7 sea or air. `radius_km` bounds the area around (lat, lon). `relation` is null or one of "near", "from",
    "outskirts", "between", "north", "south", "east", "west", "direction", "around". `distance_km` is the stated
    distance of a "20 miles from X", whose own words are `relation_span`. `basis` is "context" for a place that the
    text gives for what stands before, and not for the event itself; it is then never more precise than 2.
    """

    span: Span
    name: str
    geonames: int | None = None
    id: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    precision: int | None = None
    relation: str | None = None
    distance_km: float | None = None
    relation_span: Span | None = None
    kind: str | None = None
    basis: Literal["stated", "context"] = "stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """When: an interval of days, both ends included, its precision and basis, and the words it was read from.

    `basis` is "stated" when the words name a calendar date, "relative" when they were resolved against the
    publication date or another date in the text.
    """

    span: Span
    earliest: date
    latest: date
    precision: str
    basis: Basis
