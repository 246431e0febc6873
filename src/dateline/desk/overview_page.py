"""The overview: the events of a record, filtered; listed, counted, on a map and in time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from dateline.desk.counting import Facets
from dateline.desk.desk import Desk
from dateline.desk.first_minutes_page import FirstMinutes, first_minutes
from dateline.desk.index import Snapshot
from dateline.desk.query import EventQuery
from dateline.desk.table import Ints
from dateline.export.filters import Box
from dateline.model.event import ReviewState
from dateline.model.reading import Certainty, Reality
from dateline.model.summary import Summary, Toll
from dateline.run.summaries import summaries

ROWS = 40  # events on one page of the list


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An event in the list: what, when, where, its toll by UCDP's rule, and who says so how surely.

    `corroborated_by` counts the independent origins that say it, `origins` all of them. `point` is false where the
    words allow an area and no point.
    """

    id: str
    title: str
    type: str
    state: ReviewState
    earliest: date | None
    latest: date | None
    place: str | None
    country: str | None
    point: bool
    radius_km: float | None
    killed: Toll
    wounded: Toll
    certainty: Certainty
    reality: Reality
    corroborated_by: int
    origins: int
    reports: int
    claims: int
    contradictions: tuple[str, ...]
    growing: tuple[str, ...]
    actor_sides: tuple[str, ...]
    pinned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage:
    """The overview.

    `first` says what is to be done first. `query` are the filters as parameters of the address. `total` counts the
    events that pass, `all_events` those of the record, `reports` its reports; `waiting` are reports that are not linked
    yet, `underived` events that are not summed up yet. `rows` are those of page `number` of `pages`. `facets` count the
    events that pass by what the filters offer.
    """

    first: FirstMinutes
    query: tuple[tuple[str, str], ...]
    total: int
    all_events: int
    reports: int
    waiting: int
    underived: int
    number: int
    pages: int
    rows: tuple[Row, ...]
    facets: Facets


def chosen(desk: Desk, query: EventQuery, snapshot: Snapshot) -> Ints:
    """Return the rows of the index that pass a query, full text included, in ascending order."""
    unsorted = replace(query, sort="reports")
    found: Ints = desk.answers.get(
        ("rows", snapshot.version, unsorted), lambda: _select(desk, unsorted, snapshot)
    )
    return found


def _select(desk: Desk, query: EventQuery, snapshot: Snapshot) -> Ints:
    if not query.words:
        return snapshot.select(query)
    with desk.record.view() as view:
        steps = np.array(view.steps_matching(query.words), np.int64)
    return snapshot.select(query, steps)


def overview_page(desk: Desk, query: EventQuery, number: int) -> OverviewPage:
    """Return the overview of a query; a page past the last is the last."""
    snapshot = desk.snapshot()
    rows = chosen(desk, query, snapshot)
    key = (snapshot.version, query)
    ordered = desk.answers.get(("sorted", *key), lambda: snapshot.sort(rows, query.sort))
    facets = desk.answers.get(
        ("facets", snapshot.version, replace(query, sort="reports")), lambda: snapshot.facets(rows)
    )
    pages = max(1, -(-len(rows) // ROWS))
    number = min(number, pages)
    ids = snapshot.ids(ordered[(number - 1) * ROWS : number * ROWS])
    counts = desk.counts()
    connection = desk.record.connection()
    try:
        listed = tuple(row_of(one) for one in summaries(connection, ids))
    finally:
        connection.close()
    return OverviewPage(
        first=first_minutes(desk),
        query=tuple(query.to_params()), total=len(rows), all_events=len(snapshot), reports=counts.reports,
        waiting=counts.waiting, underived=counts.underived, number=number, pages=pages, rows=listed, facets=facets,
    )  # fmt: skip


def row_of(one: Summary) -> Row:
    """Return the row of the list for a summary."""
    return Row(
        id=one.id, title=one.title, type=one.type, state=one.state, earliest=one.earliest, latest=one.latest,
        place=one.place, country=one.country, point=one.point, radius_km=one.radius_km, killed=one.toll("killed"),
        wounded=one.toll("wounded"), certainty=one.certainty, reality=one.reality,
        corroborated_by=one.corroborated_by, origins=one.origins, reports=one.reports, claims=one.claims,
        contradictions=one.contradictions, growing=one.growing, actor_sides=one.actor_sides, pinned=one.pinned,
    )  # fmt: skip


def map_page(desk: Desk, query: EventQuery, zoom: float, box: Box | None) -> Mapping[str, Any]:
    """Return the events that pass as GeoJSON for one view of the map: points, clusters and areas."""
    snapshot = desk.snapshot()
    rows = chosen(desk, query, snapshot)
    return snapshot.map_features(rows, zoom, box)


def timeline_page(desk: Desk, query: EventQuery) -> Mapping[str, Any]:
    """Return how many events pass in each stretch of time; the days of the query itself are not applied."""
    snapshot = desk.snapshot()
    whole = replace(query, first=None, last=None)
    key = ("timeline", snapshot.version, whole)
    found: Mapping[str, Any] = desk.answers.get(
        key, lambda: snapshot.timeline(chosen(desk, whole, snapshot)).to_json()
    )
    return found
