"""An event in the few values that lists, filters, maps and timelines need; derived, and kept beside the record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dateline.model.event import ContradictionKind, CountedOf, OriginKind, ReviewState, Stance
from dateline.model.reading import Certainty, Reality
from dateline.model.values import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """Low, best and high of one measure by the rule ucdp; null where the rule leaves it open.

    `of` is "people" where a total is told, else the kind of people that alone is counted.
    """

    of: CountedOf = "people"
    low: int | None = None
    best: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginSummary:
    """One origin of one event, and how it stands beside the others.

    `told_first` and `told_last` are the days of its first and last claim about the event. `confirmed`: it says that
    it happened, and so does another independent origin; `confirmed_later`: one of those first said so on a later day.
    `contradicted` are the kinds of the contradictions in which one of its claims stands for an account;
    `contradicted_later`: in one of them the other account was told on a later day.
    """

    event: str
    id: str
    name: str
    kind: OriginKind
    side: str | None
    stance: Stance
    claims: int
    copies: int
    told_first: date
    told_last: date
    confirmed: bool = False
    confirmed_later: bool = False
    contradicted: tuple[ContradictionKind, ...] = ()
    contradicted_later: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """An event in short; every value is that of the `Event`, unless said otherwise.

    `told` is false where no claim says that it happened. `episodes` counts the tellings that were joined, by which
    events are ordered. `told_first` and `told_last` are the days of its earliest and latest report. `place` is the
    name of its place, `places` all names and words by which claims place it, in lower case (casefolded), sorted.
    `radius_km` is how far the place may reach (`export.areas.reach_km`), null where nothing bounds it; `point` whether
    it is known exactly enough to be drawn as a point. `reports` counts its reports, `steps` are their steps in the
    history, ascending. `origins` counts all origins, `corroborated_by` those that say it happened; `origin_ids` and
    `origin_names` are those of all of them. `publishers` are the outlets of its reports, sorted. `contradictions` are
    the kinds, sorted. `tolls` holds the range of each measure by the rule ucdp. `version` grows with each summary written.
    """

    id: str
    type: str
    title: str
    state: ReviewState
    pinned: bool
    told: bool
    episodes: int
    earliest: date | None
    latest: date | None
    told_first: date
    told_last: date
    country: str | None
    place: str | None
    places: tuple[str, ...]
    lat: float | None
    lon: float | None
    radius_km: float | None
    precision: int | None
    point: bool
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    actor_sides: tuple[str, ...]
    target_sides: tuple[str, ...]
    certainty: Certainty
    reality: Reality
    claims: int
    reports: int
    steps: tuple[int, ...]
    origins: int
    corroborated_by: int
    origin_ids: tuple[str, ...]
    origin_names: tuple[str, ...]
    publishers: tuple[str, ...]
    contradictions: tuple[ContradictionKind, ...]
    growing: tuple[Measure, ...]
    tolls: Mapping[Measure, Toll] = field(default_factory=dict)
    version: int = 0

    def toll(self, measure: Measure) -> Toll:
        """Return the range of a measure; all null if nothing was told of it."""
        return self.tolls.get(measure, Toll())
