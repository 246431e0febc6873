"""The index of events: it finds just what a plain look at every summary finds, and takes in what changes."""

import json
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.desk import counting
from dateline.desk.index import EventIndex, Snapshot
from dateline.desk.query import NAMES, EventQuery, QueryError, Sort, parse
from dateline.export.filters import Box
from dateline.model.event import ContradictionKind
from dateline.model.reading import Certainty
from dateline.model.summary import Summary, Toll
from dateline.run.summaries import refresh, summaries
from dateline.store import summaries as kept_summaries
from dateline.store.schema import run_migrations
from dateline.store.summaries import Short, Summaries
from occurred import decide, everything, kit, members, record_of

DAY = date(2022, 3, 1)
TYPES = ("strike.air", "strike.shelling", "battle.capture", "state.threat")
SIDES = ("RU", "UA", "civilians")
NAMES_TOLD = ("Army", "Border Guard", "Ministry of Défense", "residents")
PLACES = ("goma", "kadugli", "south kordofan", "kadugli, south kordofan", "goma airport")

days = st.dates(DAY, DAY + timedelta(days=60))
lists = st.lists(st.sampled_from(NAMES_TOLD), max_size=2, unique=True).map(tuple)
sides = st.lists(st.sampled_from(SIDES), max_size=2, unique=True).map(tuple)
kinds: tuple[ContradictionKind, ...] = ("actor", "denied", "figures")
certainties: tuple[Certainty, ...] = ("certain", "hedged", "disputed")
maybe_number = st.none() | st.integers(0, 40)


@st.composite
def summary(draw: st.DrawFn, number: int) -> Summary:
    first = draw(st.none() | days)
    located = draw(st.booleans())
    point = located and draw(st.booleans())
    toll = Toll(low=draw(maybe_number), best=draw(maybe_number), high=draw(maybe_number))
    names = draw(lists)
    return Summary(
        id=f"{number:016x}", type=draw(st.sampled_from(TYPES)), title=f"Event {number}",
        state=draw(st.sampled_from(("unreviewed", "accepted"))), pinned=False, told=draw(st.booleans()),
        episodes=draw(st.integers(1, 3)), earliest=first,
        latest=first + timedelta(days=draw(st.integers(0, 9))) if first else None, told_first=draw(days),
        told_last=DAY + timedelta(days=90), country=draw(st.sampled_from((None, "CD", "SD"))),
        place=draw(st.sampled_from((None, "Goma", "Kadugli"))),
        places=tuple(draw(st.lists(st.sampled_from(PLACES), max_size=2, unique=True))),
        lat=draw(st.sampled_from((-1.67, 11.0, 11.01))) if located else None,
        lon=draw(st.sampled_from((29.2, 29.7, -179.9, 179.9))) if located else None,
        radius_km=draw(st.sampled_from((None, 25.0, 300.0))) if located and not point else None,
        precision=draw(st.integers(1, 7)) if located else None, point=point, actors=draw(lists), targets=draw(lists),
        actor_sides=draw(sides), target_sides=draw(sides), certainty=draw(st.sampled_from(certainties)),
        reality="happened", claims=1, reports=1, steps=tuple(sorted(draw(st.sets(st.integers(1, 30), max_size=4)))),
        origins=len(names), corroborated_by=draw(st.integers(0, 3)), origin_ids=tuple(f"id of {n}" for n in names),
        origin_names=names, publishers=tuple(sorted(draw(lists))),
        contradictions=tuple(sorted(draw(st.sets(st.sampled_from(kinds), max_size=2)))), growing=(),
        tolls={"killed": toll},
    )  # fmt: skip


@st.composite
def several(draw: st.DrawFn) -> list[Summary]:
    return [draw(summary(number)) for number in range(draw(st.integers(0, 12)))]


boxes = st.sampled_from(
    (
        Box(west=29, south=-2, east=30, north=0),
        Box(west=170, south=-20, east=-170, north=20),
        Box(west=-180, south=-90, east=180, north=90),
        Box(west=-10, south=0, east=29.5, north=11.0),
    )
)
texts = st.sampled_from(("", "army", "GUARD", "défense", "nobody"))


@st.composite
def queries(draw: st.DrawFn) -> EventQuery:
    first, last = sorted((draw(days), draw(days)))
    some = st.lists(st.sampled_from(SIDES), max_size=2, unique=True).map(tuple)
    return EventQuery(
        types=tuple(draw(st.lists(st.sampled_from(("strike", "*.capture", "state.threat", "x")), max_size=2, unique=True))),
        first=draw(st.sampled_from((None, first))), last=draw(st.sampled_from((None, last))),
        place=draw(st.sampled_from(("", "Goma", "south Kordofan", "kad"))),
        countries=draw(st.sampled_from(((), ("CD",), ("CD", "SD"), ("FR",)))), box=draw(st.none() | boxes),
        actor=draw(texts), target=draw(texts), sides=draw(some), actor_sides=draw(some), target_sides=draw(some),
        sources=draw(st.sampled_from(((), ("id of Army",), ("border", "residents")))),
        publishers=draw(st.sampled_from(((), ("ARMY",), ("ministry of défense", "residents")))),
        certainties=draw(st.sampled_from(((), ("certain",), ("hedged", "disputed")))),
        realities=draw(st.sampled_from(((), ("happened",), ("intended",)))),
        states=draw(st.sampled_from(((), ("accepted",)))), origins=draw(st.integers(0, 2)),
        contradicted=draw(st.sampled_from((None, None, True, False))),
        contradictions=draw(st.sampled_from(((), ("actor",), ("denied", "figures")))), killed=draw(st.sampled_from((0, 0, 7))),
        told=draw(st.sampled_from(("told", "untold", "all", "all"))), words=draw(texts),
        sort=draw(st.sampled_from(("reports", "newest", "killed"))),
    )  # fmt: skip


@st.composite
def loose_queries(draw: st.DrawFn) -> EventQuery:
    """Draw a query of which most fields are empty, so that some events pass."""
    full, plain = draw(queries()), EventQuery(told="all")
    kept = draw(st.sets(st.sampled_from(EventQuery.__slots__), max_size=3))
    return replace(plain, **{name: getattr(full, name) for name in kept})


def passes(one: Summary, query: EventQuery, reports: set[int] | None) -> bool:
    """Say whether an event passes, by its summary alone."""

    def any_of(wanted: Sequence[str], held: Sequence[str]) -> bool:
        return not wanted or not set(wanted).isdisjoint(held)

    def within(text: str, names: Sequence[str]) -> bool:
        return not text or any(text.casefold() in name.casefold() for name in names)

    place, killed = query.place.casefold(), one.toll("killed")
    dead = killed.best if killed.best is not None else killed.high
    box = query.box
    return all(
        (
            query.told == "all" or one.told == (query.told == "told"),
            not query.types or any(t == one.type.split(".")[0] or fnmatchcase(one.type, t) for t in query.types),
            query.first is None or (one.latest is not None and one.latest >= query.first),
            query.last is None or (one.earliest is not None and one.earliest <= query.last),
            not place or any(place == name or place in name.split(", ") for name in one.places),
            not query.countries or one.country in query.countries,
            box is None or (one.lat is not None and one.lon is not None and box.holds(one.lat, one.lon)),
            within(query.actor, one.actors),
            within(query.target, one.targets),
            any_of(query.sides, (*one.actor_sides, *one.target_sides)),
            any_of(query.actor_sides, one.actor_sides),
            any_of(query.target_sides, one.target_sides),
            not query.sources or any(s in one.origin_ids or within(s, one.origin_names) for s in query.sources),
            any_of([p.casefold() for p in query.publishers], [p.casefold() for p in one.publishers]),
            any_of(query.certainties, [one.certainty]),
            any_of(query.realities, [one.reality]),
            any_of(query.states, [one.state]),
            one.corroborated_by >= query.origins,
            query.contradicted is None or bool(one.contradictions) == query.contradicted,
            any_of(query.contradictions, one.contradictions),
            not query.killed or (dead is not None and dead >= query.killed),
            reports is None or not reports.isdisjoint(one.steps),
        )
    )  # fmt: skip


def connected() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    run_migrations(connection, 0)
    return connection


def indexed(held: Sequence[Summary]) -> Snapshot:
    connection = connected()
    Summaries(connection).put([Short(summary=one, origins=()) for one in held])
    index = EventIndex()
    index.update(connection)
    connection.close()
    return index.snapshot


@given(several(), loose_queries() | queries(), st.none() | st.sets(st.integers(-3, 40)))
@settings(max_examples=300, deadline=None)
def test_what_is_selected_is_what_passes(
    held: list[Summary], query: EventQuery, reports: set[int] | None
) -> None:
    snapshot = indexed(held)
    rows = snapshot.select(query, None if reports is None else sorted(reports))
    assert snapshot.ids(rows) == [one.id for one in held if passes(one, query, reports)]


@given(several(), st.lists(st.tuples(st.integers(0, 14), st.booleans()), max_size=8), st.data())
@settings(max_examples=60, deadline=None)
def test_changes_taken_in_give_what_loading_anew_gives(
    held: list[Summary], changes: list[tuple[int, bool]], data: st.DataObject
) -> None:
    connection = connected()
    kept = Summaries(connection)
    kept.put([Short(summary=one, origins=()) for one in held])
    index = EventIndex()
    index.update(connection)
    for number, comes in changes:
        connection.execute("DELETE FROM derived_summaries WHERE event = ?", (f"{number:016x}",))
        if comes:
            kept.put([Short(summary=data.draw(summary(number)), origins=())])
        if data.draw(st.booleans()):
            index.update(connection)
    index.update(connection)
    assert not index.update(connection)
    fresh = EventIndex()
    fresh.update(connection)
    ours, theirs = index.snapshot, fresh.snapshot
    every = EventQuery(told="all")
    rows = ours.select(every)
    assert ours.ids(rows) == theirs.ids(theirs.select(every))
    assert ours.facets(rows) == theirs.facets(rows)
    assert ours.timeline(rows) == theirs.timeline(rows)
    assert ours.map_features(rows, 3) == theirs.map_features(rows, 3)
    for step in range(1, 31, 5):
        assert ours.ids(ours.select(every, [step])) == theirs.ids(theirs.select(every, [step]))


@given(several())
@settings(max_examples=60, deadline=None)
def test_counts_are_those_of_a_plain_look(held: list[Summary]) -> None:
    snapshot = indexed(held)
    rows = snapshot.select(EventQuery(told="all"))
    found = snapshot.facets(rows)

    def counted(values: Sequence[str]) -> dict[str, int]:
        return {value: values.count(value) for value in values}

    assert dict(found.types) == counted([one.type for one in held])
    assert dict(found.families) == counted([one.type.split(".")[0] for one in held])
    assert dict(found.countries) == counted([one.country for one in held if one.country])
    assert dict(found.sides) == counted(
        [side for one in held for side in {*one.actor_sides, *one.target_sides}]
    )
    assert dict(found.certainties) == counted([one.certainty for one in held])
    assert dict(found.states) == counted([one.state for one in held])
    assert dict(found.months) == counted([f"{one.earliest:%Y-%m}" for one in held if one.earliest])
    line = snapshot.timeline(rows)
    assert sum(one.count for one in line.bins) + line.undated == len(held)
    for one in line.bins:
        assert one.count == sum(1 for s in held if s.earliest and one.start <= s.earliest <= one.end)
    for left, right in zip(line.bins, line.bins[1:], strict=False):
        assert right.start == left.end + timedelta(days=1)


@given(several(), st.floats(0, 22), st.none() | boxes)
@settings(max_examples=100, deadline=None)
def test_the_map_shows_every_event_once_and_no_vague_place_as_a_point(
    held: list[Summary], zoom: float, box: Box | None
) -> None:
    snapshot = indexed(held)
    found = snapshot.map_features(snapshot.select(EventQuery(told="all")), zoom, box)
    json.dumps(found)
    features = [one["properties"] for one in found["features"]]
    placed = [one for one in held if one.lat is not None]
    assert found["unplaced"] == len(held) - len(placed)
    exact = [one for one in placed if one.point]
    count = sum(one["count"] for one in features if one["kind"] != "area")
    if box is None:
        assert count == len(exact)
        assert sum(one["count"] for one in features) == len(placed)
    else:
        inside = [
            one
            for one in exact
            if one.lat is not None and one.lon is not None and box.holds(one.lat, one.lon)
        ]
        assert count == len(inside)
    areas = [one for one in features if one["kind"] == "area"]
    shown = [
        tuple(f["geometry"]["coordinates"]) for f in found["features"] if f["properties"]["kind"] == "area"
    ]
    assert len({(*where, one["radius_km"]) for where, one in zip(shown, areas, strict=True)}) == len(areas)
    for one in features:
        if one["id"] is not None:
            (event,) = [s for s in held if s.id == one["id"]]
            assert one["count"] == 1
            assert (one["kind"] == "event") == event.point
            assert one["radius_km"] == event.radius_km
        else:
            assert one["count"] > 1


def made(number: int, **fields: object) -> Summary:
    plain = Summary(
        id=f"{number:016x}", type="strike.air", title="Air strike", state="unreviewed", pinned=False, told=True,
        episodes=1, earliest=None, latest=None, told_first=DAY, told_last=DAY, country=None, place=None, places=(),
        lat=None, lon=None, radius_km=None, precision=None, point=False, actors=(), targets=(), actor_sides=(),
        target_sides=(), certainty="certain", reality="happened", claims=1, reports=1, steps=(1,), origins=1,
        corroborated_by=1, origin_ids=(), origin_names=(), publishers=(), contradictions=(), growing=(),
    )  # fmt: skip
    return replace(plain, **fields)  # type: ignore[arg-type]


def test_points_part_as_the_map_comes_closer() -> None:
    near = [made(n, lat=50.0, lon=30.0 + n / 100, point=True, precision=1) for n in range(4)]
    snapshot = indexed(near)
    rows = snapshot.select(EventQuery())
    (one,) = snapshot.map_features(rows, 2)["features"]
    assert (one["properties"]["kind"], one["properties"]["count"]) == ("cluster", 4)
    assert one["properties"]["bbox"] == (30.0, 50.0, 30.03, 50.0)
    close = snapshot.map_features(rows, 16)["features"]
    assert [each["properties"]["kind"] for each in close] == ["event"] * 4
    assert snapshot.map_features(rows, 16, limit=1)["left_out"] == 3


def test_an_area_reaches_into_a_box_that_its_centre_is_outside_of() -> None:
    wide = made(1, lat=0.0, lon=179.0, radius_km=200.0, precision=4, place="Reef")
    snapshot = indexed([wide, made(2, lat=0.0, lon=179.0, radius_km=20.0, precision=2)])
    rows = snapshot.select(EventQuery())
    beyond = Box(west=-180, south=-1, east=-170, north=1)
    (shown,) = snapshot.map_features(rows, 5, beyond)["features"]
    assert (shown["properties"]["radius_km"], shown["properties"]["place"]) == (200.0, "Reef")
    assert list(snapshot.select(EventQuery(box=beyond))) == []


def test_the_extent_over_the_antimeridian_is_the_narrow_one() -> None:
    snapshot = indexed([made(1, lat=0.0, lon=179.0), made(2, lat=1.0, lon=-178.0)])
    assert snapshot.map_features(snapshot.select(EventQuery()), 1)["bbox"] == [179.0, 0.0, -178.0, 1.0]


@pytest.mark.parametrize(
    ("by", "order"),
    [("reports", [2, 0, 1]), ("newest", [1, 0, 2]), ("oldest", [2, 0, 1]), ("killed", [1, 2, 0]), ("origins", [0, 1, 2])],
)  # fmt: skip
def test_the_orders(by: Sort, order: list[int]) -> None:
    held = [
        made(0, earliest=DAY, latest=DAY, corroborated_by=3),
        made(1, earliest=DAY + timedelta(days=5), told_first=DAY + timedelta(days=5), tolls={"killed": Toll(high=9)}),
        made(2, told_first=DAY - timedelta(days=3), episodes=4, corroborated_by=0, tolls={"killed": Toll(best=3, high=50)}),
    ]  # fmt: skip
    snapshot = indexed(held)
    assert snapshot.sort(snapshot.select(EventQuery()), by).tolist() == order


def test_the_unit_grows_with_the_span() -> None:
    def line(span: int) -> counting.Timeline:
        days = (DAY, DAY + timedelta(days=span))
        snapshot = indexed([made(n, earliest=day, latest=day) for n, day in enumerate(days)])
        return snapshot.timeline(snapshot.select(EventQuery()))

    assert [line(span).unit for span in (0, 300, 2000, 9000, 100_000)] == [
        "day",
        "day",
        "week",
        "month",
        "year",
    ]
    week = line(2000).bins[0]
    assert (week.start, week.end) == (date(2022, 2, 28), date(2022, 3, 6))
    first, *_, last = line(9000).bins
    assert (first.start, first.end, first.count, last.count) == (date(2022, 3, 1), date(2022, 3, 31), 1, 1)
    ends = [made(0, earliest=date.min, latest=date.min), made(1, earliest=date.max, latest=date.max)]
    snapshot = indexed(ends)
    found = snapshot.timeline(snapshot.select(EventQuery()))
    assert (found.bins[0].start, found.bins[-1].end) == (date.min, date.max)
    assert json.dumps(found.to_json())


def test_an_index_follows_a_record(tmp_path: Path) -> None:
    record = record_of(tmp_path / "record", everything())
    refresh(record, kit())
    connection, index = record.connection(), EventIndex()
    assert index.update(connection)
    before = index.snapshot
    every = EventQuery(told="all")
    assert set(before.ids(before.select(every))) == members(record).keys()
    (one, other, *_) = sorted(members(record).values(), key=len, reverse=True)
    decide(record, "merge", [*one, *other])
    index.update(connection)
    assert set(index.snapshot.ids(index.snapshot.select(every))) >= members(record).keys() - {""}
    refresh(record, kit())
    assert index.update(connection)
    after = index.snapshot
    assert set(after.ids(after.select(every))) == members(record).keys()
    assert len(before) == len(after) + 1
    best = after.ids(after.sort(after.select(every), "reports")[:3])
    assert [one.id for one in summaries(connection, best)] == best
    (row,) = [after.row_of(event) for event in after.ids([0])]
    assert row == 0
    assert after.row_of("no event") is None


def test_an_index_that_looked_too_long_ago_loads_all_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_summaries, "MOST_GONE", 1)
    connection = connected()
    kept, index = Summaries(connection), EventIndex()
    kept.put([Short(summary=made(n), origins=()) for n in range(5)])
    index.update(connection)
    for number in (1, 3):
        connection.execute("DELETE FROM derived_summaries WHERE event = ?", (f"{number:016x}",))
    kept.trim()
    index.update(connection)
    assert index.snapshot.ids(range(3)) == [f"{number:016x}" for number in (0, 2, 4)]


def test_many_look_while_it_is_updated() -> None:
    connection = connected()
    kept, index = Summaries(connection), EventIndex()
    faults: list[str] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            snapshot = index.snapshot
            rows = snapshot.select(EventQuery(told="all", actor="a", sides=("RU",)))
            if len(rows) != len(snapshot) or dict(snapshot.facets(rows).sides).get("RU", 0) != len(snapshot):
                faults.append(f"{len(rows)} of {len(snapshot)}")

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(150):
        kept.put(
            [
                Short(
                    summary=made(number, actors=(f"Army {number}",), actor_sides=("RU", str(number))),
                    origins=(),
                )
            ]
        )
        index.update(connection)
    done.set()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(index.snapshot) == 150


@given(queries())
@settings(max_examples=200, deadline=None)
def test_an_address_and_a_query_say_the_same(query: EventQuery) -> None:
    params = query.to_params()
    assert parse(params) == query
    grouped: dict[str, list[str]] = {}
    for name, text in params:
        assert name in NAMES
        grouped.setdefault(name, []).append(text)
    assert parse(grouped) == query


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=30)), max_size=4))
@settings(max_examples=300, deadline=None)
def test_whatever_an_address_says_is_read_or_refused(params: list[tuple[str, str]]) -> None:
    try:
        query = parse(params)
    except QueryError:
        return
    assert parse(query.to_params()) == query
    indexed([made(1)]).select(query)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("from", "1 March", "write it as 2022-03-01"), ("from", "2022-02-30", "is no day"), ("country", "Ukraine", "two letters"),
        ("box", "1,2,3", "west,south,east,north"), ("box", "1,2,3,nan", "box"), ("box", "0,50,1,40", "degrees north"),
        ("certainty", "sure", "known are: certain, hedged, disputed"), ("origins", "-1", "no whole number"),
        ("contradicted", "maybe", "neither yes nor no"), ("actor", "a\x00b", "cannot be printed"),
        ("sort", "title", "reports, newest"), ("place", "x" * 300, "300 characters"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(name: str, text: str, words: str) -> None:
    with pytest.raises(QueryError, match=words) as caught:
        parse({name: text})
    assert name in str(caught.value)


def test_other_names_and_empty_fields_ask_nothing() -> None:
    assert parse({"page": "7", "from": "", "country": ["", "ua"]}) == EventQuery(countries=("UA",))
    with pytest.raises(QueryError, match="given 2 times"):
        parse([("from", "2022-03-01"), ("from", "2022-03-02")])
    with pytest.raises(QueryError, match="lies after"):
        parse({"from": "2022-03-02", "to": "2022-03-01"})


def test_an_index_of_nothing() -> None:
    snapshot = EventIndex().snapshot
    rows = snapshot.select(EventQuery(actor="x", box=Box(west=0, south=0, east=1, north=1)), np.array([3]))
    assert len(rows) == len(snapshot) == 0
    assert snapshot.timeline(rows).bins == ()
    assert snapshot.facets(rows).types == ()
    assert snapshot.map_features(rows, 3)["features"] == []
