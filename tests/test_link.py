"""Linking a record: stories become events, in parts as at once; ids stay; only what is touched is joined."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.model.reading import Reading, Recipe
from dateline.run import link as linking
from dateline.run.events import Events
from dateline.run.link import link
from dateline.store.linked import Linked
from dateline.store.sqlite import Record
from occurred import (
    BEGIN,
    TOLD,
    claims_of,
    event_of,
    events,
    everything,
    kit,
    members,
    named,
    parts,
    put,
    read,
    reading,
    record_of,
    story,
)

NEWER = Recipe(package="9", codebook="newer", models=(), settings="")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """All reports, linked at once; to be looked at only."""
    return record_of(tmp_path_factory.mktemp("whole") / "record", everything())


def lead(one: Reading) -> str:
    """Return a report's first claim that is no mere statement."""
    return min(one.claims, key=lambda claim: claim.trigger.start).id


def snapshot(record: Record) -> dict[str, list[tuple[object, ...]]]:
    """Return all that was derived, but for notes."""
    connection = record.connection()
    tables = ("episodes", "members", "pairs", "keys", "copies", "alike", "aliases")
    try:
        return {t: connection.execute(f"SELECT * FROM derived_{t}").fetchall() for t in tables}  # noqa: S608
    finally:
        connection.close()


def test_each_story_is_one_event_and_no_other(whole: Record) -> None:
    stories: dict[str, set[str]] = {}
    for told in TOLD:
        one = reading(told)
        if one.claims and told.story != "talks":
            stories.setdefault(told.story, set()).add(event_of(whole, lead(one)))
    assert {name: len(found) for name, found in stories.items()} == dict.fromkeys(stories, 1)
    assert len(set().union(*stories.values())) == len(stories) >= 9


def test_each_claim_is_in_one_event(whole: Record) -> None:
    held = [claim for claims in members(whole).values() for claim in claims]
    assert len(held) == len(set(held))
    assert set(held) == claims_of(everything())


def test_an_event_carries_the_id_of_its_earliest_recorded_claim(tmp_path: Path) -> None:
    first, second, third = story("kadugli")
    record = record_of(tmp_path / "a", [third])
    began = event_of(record, lead(third))
    put(record, [second, first])
    link(record, kit())
    assert event_of(record, lead(first)) == event_of(record, lead(second)) == began


def test_what_is_derived_shows_every_outlet_and_the_toll_of_each_day(whole: Record) -> None:
    (event,) = [one for one in events(whole) if "Kadugli" in one.title]
    assert {entry.report.publisher for entry in event.entries} == {
        "Nile Courier",
        "Juba Herald",
        "Khartoum Today",
    }
    assert {count.low for count in event.counts if count.measure == "killed"} >= {11, 13}
    assert (event.earliest, event.latest) == (date(2023, 8, 13), date(2023, 8, 13))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(len(TOLD))), st.sets(st.integers(1, len(TOLD) - 1), max_size=4))
def test_parts_in_any_order_give_the_same_events(
    whole: Record, tmp_path_factory: pytest.TempPathFactory, order: Sequence[int], cuts: set[int]
) -> None:
    record = record_of(tmp_path_factory.mktemp("parts") / "record")
    readings = [reading(TOLD[number]) for number in order]
    edges = [0, *sorted(cuts), len(readings)]
    for start, end in pairwise(edges):
        put(record, readings[start:end])
        link(record, kit())
    assert parts(record) == parts(whole)


def test_linking_twice_changes_nothing(tmp_path: Path) -> None:
    record = record_of(tmp_path / "a", story("kadugli", "goma"))
    before = snapshot(record)
    summary = link(record, kit())
    assert (summary.reports, summary.episodes, summary.pairs, summary.decisions) == (0, 0, 0, 0)
    assert snapshot(record) == before


def test_a_rebuild_gives_the_same_events_under_the_same_ids(tmp_path: Path) -> None:
    record = record_of(tmp_path / "a", story("kadugli"))
    for name in ("goma", "kunduz"):
        put(record, story(name))
        link(record, kit())
    before = members(record)
    summary = link(record, kit(), anew=True)
    assert summary.reports == len(story("kadugli", "goma", "kunduz"))
    assert members(record) == before


def test_another_kit_joins_everything_again(tmp_path: Path) -> None:
    record = record_of(tmp_path / "a", story("kadugli"))
    strict = replace(kit(), digest="other", model=replace(kit().model, threshold=50.0))
    assert link(record, strict).reports == 3
    apart = parts(record)
    assert len(apart) >= 3
    assert link(record, strict).reports == 0
    assert link(record, kit()).reports == 3
    assert len(parts(record)) == 1


def test_old_ids_lead_to_what_their_claims_became(tmp_path: Path) -> None:
    strict = replace(kit(), digest="strict", model=replace(kit().model, threshold=50.0))
    readings = story("kadugli")
    record = record_of(tmp_path / "a", readings, linked=False)
    link(record, strict)
    old = {event_of(record, lead(one)) for one in readings}
    assert len(old) == 3
    link(record, kit())
    now = event_of(record, lead(readings[0]))
    assert {named(record, name) for name in old} == {now}
    assert {named(record, name[:10]) for name in old} == {now}


def test_old_ids_survive_a_rebuild_that_was_stopped_and_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, _ = story("kadugli")
    record = record_of(tmp_path / "a", [first, second])
    old = event_of(record, lead(first))
    put(record, [reread(first, claims=())])
    link(record, kit())
    # The event keeps the id that it has from a claim which is gone, until it is built again.
    assert event_of(record, lead(second)) == old
    monkeypatch.setattr(linking, "REPORTS", 1)
    with pytest.raises(KeyboardInterrupt):
        link(record, kit(), anew=True, progress=stopping(2))
    link(record, kit(), anew=True)
    assert named(record, old) == event_of(record, lead(second)) != old


def stopping(after: int):  # type: ignore[no-untyped-def]
    """Return what stops a run after so many chunks."""
    told: list[int] = []

    def stop(done: int, total: int) -> None:
        told.append(done)
        if len(told) == after:
            raise KeyboardInterrupt

    return stop


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "REPORTS", 4)
    calm = record_of(tmp_path / "calm", everything())
    record = record_of(tmp_path / "a", everything(), linked=False)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            link(record, kit(), progress=stopping(1))
    told: list[tuple[int, int]] = []
    link(record, kit(), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (len(TOLD) - 8, len(TOLD) - 8)
    assert snapshot(record) == snapshot(calm)


def test_a_chunk_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = record_of(tmp_path / "a", story("kadugli"))
    before = snapshot(record)
    put(record, story("goma"))

    def fail(*_: object) -> None:
        raise RuntimeError("no more room")

    monkeypatch.setattr(Linked, "done", fail)
    with pytest.raises(RuntimeError):
        link(record, kit())
    assert snapshot(record) == before
    monkeypatch.undo()
    assert link(record, kit()).reports == 2


def test_only_what_is_touched_is_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    others = [told for told in TOLD if told.story != "kadugli"]
    record = record_of(tmp_path / "a", [reading(told) for told in others])
    put(record, story("kadugli")[:1])
    link(record, kit())
    put(record, story("kadugli")[1:2])
    asked: list[int] = []
    fetch = Linked.episodes

    def counted(self: Linked, numbers: list[int]):  # type: ignore[no-untyped-def]
        found = fetch(self, numbers)
        asked.append(len(found))
        return found

    monkeypatch.setattr(Linked, "episodes", counted)
    before = dict(members(record))
    link(record, kit())
    assert max(asked) <= 3
    after = members(record)
    assert sum(after.get(event) != claims for event, claims in before.items()) == 1


def reread(one: Reading, **changed: object) -> Reading:
    """Return a newer reading of a report, of which claims were read otherwise."""
    return replace(one, recipe=NEWER, **changed)  # type: ignore[arg-type]


def test_a_newer_reading_takes_the_place_of_the_older(tmp_path: Path) -> None:
    first, second, third = story("kadugli")
    record = record_of(tmp_path / "a", [first, second, third])
    event = event_of(record, lead(first))
    other = replace(first.claims[0], id="f" * 16)
    put(record, [reread(first, claims=(other,))])
    link(record, kit())
    held = members(record)
    assert "f" * 16 in held[named(record, event)]
    assert not {claim.id for claim in first.claims} & {claim for claims in held.values() for claim in claims}
    assert event_of(record, lead(second)) == named(record, event)


def test_a_reading_without_claims_leaves_the_event_to_the_others(tmp_path: Path) -> None:
    first, second, third = story("kadugli")
    record = record_of(tmp_path / "a", [first, second, third])
    event = event_of(record, lead(first))
    put(record, [reread(first, claims=())])
    link(record, kit())
    assert event_of(record, lead(second)) == event_of(record, lead(third)) == named(record, event)
    # What a later reading finds again begins the event as before.
    newest = Recipe(package="10", codebook="newest", models=(), settings="")
    put(record, [replace(first, recipe=newest)])
    link(record, kit())
    assert len(parts(record)) == 1
    assert event_of(record, lead(first)) == named(record, event)


def test_a_claim_that_comes_back_does_not_slip_into_what_its_event_became(tmp_path: Path) -> None:
    first, second, _ = story("kadugli")
    record = record_of(tmp_path / "a", [first, second])
    event = event_of(record, lead(first))
    put(record, [reread(first, claims=())])
    link(record, kit())
    newest = Recipe(package="10", codebook="newest", models=(), settings="")
    put(record, [replace(first, recipe=newest)])
    # As if it now told of something else: it is joined with nothing.
    link(record, replace(kit(), model=replace(kit().model, threshold=50.0)))
    assert event_of(record, lead(first)) != event_of(record, lead(second))
    assert event in members(record)


def test_an_event_whose_last_report_was_read_anew_is_found_under_what_it_says_now(tmp_path: Path) -> None:
    (one,) = story("donetsk")
    record = record_of(tmp_path / "a", [one])
    event = event_of(record, lead(one))
    put(record, [reread(one, claims=(replace(one.claims[0], id="f" * 16),))])
    link(record, kit())
    assert named(record, event) == event_of(record, "f" * 16) != event


def test_a_reading_that_says_the_same_changes_nothing(tmp_path: Path) -> None:
    readings = story("kadugli", "goma")
    record = record_of(tmp_path / "a", readings)
    before = snapshot(record)
    put(record, [reread(one) for one in readings])
    assert link(record, kit()).reports == len(readings)
    assert snapshot(record) == before


@pytest.mark.parametrize("cut", [1, 3, 7, 12])
def test_as_of_a_day_is_a_record_of_the_reports_of_that_day(tmp_path: Path, cut: int) -> None:
    readings = everything()
    record, days = record_of(tmp_path / "a", linked=False), date(2024, 5, 1)
    clock = record.clock
    put(record, readings[:cut])
    clock.now = BEGIN + timedelta(days=3)  # type: ignore[attr-defined]
    put(record, readings[cut:])
    link(record, kit())
    then = record_of(tmp_path / "then", readings[:cut])
    with Events(record, as_of=days, kit=kit()) as found, Events(then, kit=kit()) as wanted:
        ids = found.ids(told=False)
        assert ids == wanted.ids(told=False)
        # The clocks differ, but not in the day of recording.
        assert list(found.events(ids)) == list(wanted.events(ids))
        assert [found.links(one) for one in ids] == [wanted.links(one) for one in ids]
    assert len(parts(record)) >= len(ids)


def test_as_of_a_day_before_the_first_report(tmp_path: Path) -> None:
    record = record_of(tmp_path / "a", story("kadugli"))
    with Events(record, as_of=date(2020, 1, 1), kit=kit()) as found:
        assert found.ids() == []


def test_looking_at_a_day_writes_nothing_to_the_record(tmp_path: Path) -> None:
    record = record_of(tmp_path / "a", story("kadugli"))
    before = snapshot(record)
    with Events(record, as_of=date(2030, 1, 1), kit=kit()) as found:
        assert len(found.ids()) == 1
        assert found.links(found.ids()[0])
    assert snapshot(record) == before


def test_an_empty_record_and_one_of_one_report(tmp_path: Path) -> None:
    empty = record_of(tmp_path / "empty")
    assert (link(empty, kit()).reports, link(empty, kit(), anew=True).reports, parts(empty)) == (
        0,
        0,
        frozenset(),
    )
    single = record_of(tmp_path / "single", story("donetsk"))
    assert len(events(single)) == 1


def test_what_has_no_claims_is_linked_to_nothing(tmp_path: Path) -> None:
    russian = read(
        "Войска обстреляли рынок в городе, погибли мирные жители, сообщил губернатор.", "2023-08-14"
    )
    french = read(
        "Des obus ont touché le marché de la ville dimanche et tué onze personnes, selon un médecin."
    )
    record = record_of(tmp_path / "a", [russian, french, *story("nothing", "kadugli")])
    with Events(record, kit=kit()) as found:
        assert found.linked.pending() == []
    assert parts(record) == frozenset({claims_of(story("kadugli"))})


def test_reports_without_dates_are_told_on_the_day_they_came(tmp_path: Path) -> None:
    text = "Shells hit the main market in Kadugli, South Kordofan, and killed 11 people, a doctor said."
    undated = [read(text, None, outlet) for outlet in ("North Desk", "South Desk")]
    record = record_of(tmp_path / "a", undated)
    (event,) = events(record)
    assert {entry.told for entry in event.entries} == {date(2024, 5, 1)}
    assert event.earliest is None


def test_texts_in_code_points_of_every_kind(tmp_path: Path) -> None:
    text = "Shells hit the market in Kadugli on Sunday \U0001f4a5 and killed 11 people \u202e, a doctor said."
    record = record_of(tmp_path / "a", [read(text, "2023-08-14", "Post \u202e"), *story("kadugli")])
    assert len(parts(record)) == 1


def test_links_and_neighbours_say_why(whole: Record) -> None:
    with Events(whole, kit=kit()) as found:
        event = found.event(event_of(whole, lead(story("kadugli")[0])))
        links = found.links(event.id)
        assert [link.weight for link in links] == sorted((link.weight for link in links), reverse=True)
        for one in links:
            assert sum(piece.weight for piece in one.pieces) == pytest.approx(one.weight, abs=1e-3)
        assert event.id not in [key for key, _ in found.neighbours(event.id)]


ONE_DAY = (
    "Shells hit the main market in Kadugli on Sunday and killed eleven people, hospital staff said.",
    "A car bomb exploded outside the courthouse in Kirkuk on Sunday, killing six people, police said.",
    "An air strike hit a hospital in Aleppo on Sunday and killed 14 people, rescue workers said.",
    "An air strike hit a clinic in the Afghan city of Kunduz early on Sunday, killing 19 people, a charity said.",
    "Shells hit a bus stop in Donetsk on Sunday, killing eight people, the city administration said.",
    "A car bomb exploded near a cafe in Baidoa on Sunday and killed 12 people, a Somali police officer said.",
    "A car bomb exploded at a police station in Mosul on Sunday, killing six policemen, police said.",
)


def test_strikes_of_one_day_in_different_places_stay_apart(tmp_path: Path) -> None:
    readings = [read(text, "2016-08-15", f"Outlet {number}") for number, text in enumerate(ONE_DAY)]
    record = record_of(tmp_path / "a", readings)
    assert len({event_of(record, lead(one)) for one in readings}) == len(ONE_DAY)
