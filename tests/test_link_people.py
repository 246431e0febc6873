"""People's decisions about events: each holds, can be taken back, and outlives rebuilds and new readings."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.model.reading import Reading, Recipe
from dateline.run.events import Events
from dateline.run.link import link
from dateline.store.sqlite import Record
from occurred import (
    claims_of,
    decide,
    event_of,
    kit,
    members,
    named,
    parts,
    put,
    read,
    record_of,
    story,
)

NEWER = Recipe(package="9", codebook="newer", models=(), settings="")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """A record of three clear stories of several reports each."""
    return record_of(tmp_path / "record", story("kadugli", "goma", "kunduz"))


def ids(*readings: Reading) -> list[str]:
    """Return the ids of the claims of readings."""
    return sorted(claims_of(readings))


def together(record: Record, *readings: Reading) -> bool:
    """Whether all claims of readings are in one event."""
    return any(set(ids(*readings)) <= set(claims) for claims in members(record).values())


def reread(record: Record) -> None:
    """Read all reports with a newer recipe that reads the same."""
    with record.view() as view:
        readings = [replace(one, recipe=NEWER) for one in view.readings()]
    put(record, readings)
    link(record, kit())


def test_a_merge_joins_and_its_undo_parts_again(record: Record) -> None:
    before = members(record)
    goma, kunduz = story("goma"), story("kunduz")
    old = event_of(record, ids(kunduz[0])[0])
    made = decide(record, "merge", ids(*goma, *kunduz))
    assert together(record, *goma, *kunduz)
    assert event_of(record, ids(goma[0])[0]) == named(record, old)
    decide(record, "undo", undoes=made)
    assert members(record) == before
    assert named(record, old) == old


def test_a_split_parts_and_its_undo_joins_again(record: Record) -> None:
    before = members(record)
    first, *rest = story("kadugli")
    made = decide(record, "split", ids(first), ids(*rest))
    assert not set(members(record)[event_of(record, ids(first)[0])]) & set(ids(*rest))
    assert event_of(record, ids(rest[0])[0]) == event_of(record, ids(rest[1])[0])
    decide(record, "undo", undoes=made)
    assert members(record) == before


def test_a_split_cuts_one_reports_own_episode(record: Record) -> None:
    first, *_ = story("goma")
    one, *others = ids(first)
    assert event_of(record, one) == event_of(record, others[0])
    made = decide(record, "split", [one], others)
    assert event_of(record, one) != event_of(record, others[0])
    decide(record, "undo", undoes=made)
    assert event_of(record, one) == event_of(record, others[0])


def test_a_decision_leaves_the_other_events_of_its_reports(tmp_path: Path) -> None:
    both = read(
        "Shells hit the market in Kadugli on Sunday and killed eleven people, a doctor said.\n\n"
        "In Goma in Congo, M23 rebels captured the city airport on Sunday, residents said.",
        "2023-08-14", "Desk",
    )  # fmt: skip
    record = record_of(tmp_path / "a", [both, *story("kadugli")])
    first, *rest = story("kadugli")
    goma = next(c.id for c in both.claims if c.type == "battle.capture")
    other = members(record)[event_of(record, goma)]
    decide(record, "split", ids(first), ids(*rest))
    assert members(record)[event_of(record, goma)] == other


def test_a_later_split_cuts_a_merge(record: Record) -> None:
    goma, kunduz = story("goma"), story("kunduz")
    before = members(record)
    decide(record, "merge", ids(*goma, *kunduz))
    decide(record, "split", ids(*kunduz), ids(*goma))
    assert members(record) == before


def test_two_people_against_one_another(record: Record) -> None:
    goma, kunduz = story("goma"), story("kunduz")
    decide(record, "split", ids(*kunduz), ids(*goma), who="ana")
    decide(record, "merge", ids(*goma, *kunduz), who="ben")
    assert together(record, *goma, *kunduz)
    decide(record, "split", ids(*kunduz), ids(*goma), who="ana")
    assert not together(record, goma[0], kunduz[0])
    with record.view() as view:
        assert [(one.who, one.kind) for one in view.reviews()] == [
            ("ana", "split"), ("ben", "merge"), ("ana", "split"),
        ]  # fmt: skip


def test_a_pinned_event_neither_grows_nor_shrinks(tmp_path: Path) -> None:
    first, second, third = story("kadugli")
    record = record_of(tmp_path / "a", [first, second])
    event = event_of(record, ids(first)[0])
    made = decide(record, "pin", ids(first, second))
    put(record, [third, *story("goma")])
    link(record, kit())
    assert members(record)[event] == tuple(ids(first, second))
    assert event_of(record, ids(third)[0]) != event
    with Events(record, kit=kit()) as found:
        assert found.event(event).pinned
        assert not found.event(event_of(record, ids(third)[0])).pinned
        # That they are alike is still told.
        assert event_of(record, ids(third)[0]) in [key for key, _ in found.neighbours(event)]
    decide(record, "undo", undoes=made)
    assert together(record, first, second, third)
    with Events(record, kit=kit()) as found:
        assert not found.event(event).pinned


def test_a_pin_holds_together_what_the_machine_would_part(record: Record) -> None:
    goma, kunduz = story("goma"), story("kunduz")
    made = decide(record, "merge", ids(*goma, *kunduz))
    decide(record, "pin", ids(*goma, *kunduz))
    decide(record, "undo", undoes=made)
    assert together(record, *goma, *kunduz)


def test_a_pinned_event_can_be_merged_and_split_by_people(record: Record) -> None:
    goma, kunduz = story("goma"), story("kunduz")
    decide(record, "pin", ids(*goma))
    decide(record, "merge", ids(*goma, *kunduz))
    assert together(record, *goma, *kunduz)
    decide(record, "split", ids(*kunduz), ids(*goma))
    assert not together(record, goma[0], kunduz[0])
    assert together(record, *goma)
    assert together(record, *kunduz)


def test_a_pin_that_a_later_one_overlaps_is_no_longer_shown(record: Record) -> None:
    goma, kunduz = story("goma"), story("kunduz")
    decide(record, "pin", ids(*goma))
    decide(record, "pin", [*ids(goma[0]), *ids(*kunduz)])
    with Events(record, kit=kit()) as found:
        assert not found.event(event_of(record, ids(goma[1])[0])).pinned
        assert found.event(event_of(record, ids(goma[0])[0])).pinned


@pytest.mark.parametrize("again", ["anew", "reread"])
def test_decisions_outlive_a_rebuild_and_a_new_reading(record: Record, again: str) -> None:
    first, *rest = story("kadugli")
    decide(record, "merge", ids(*story("goma"), *story("kunduz")))
    decide(record, "split", ids(first), ids(*rest))
    decide(record, "pin", ids(first))
    before = members(record)
    if again == "anew":
        link(record, kit(), anew=True)
    else:
        reread(record)
    assert members(record) == before


def test_decisions_hold_for_claims_that_are_linked_later(tmp_path: Path) -> None:
    goma, kunduz = story("goma"), story("kunduz")
    record = record_of(tmp_path / "a", [*goma, *kunduz], linked=False)
    decide(record, "merge", ids(*goma, *kunduz))
    assert together(record, *goma, *kunduz)
    put(record, story("kadugli"))
    link(record, kit())
    assert together(record, *goma, *kunduz)


def test_a_decision_is_taken_in_once(record: Record) -> None:
    decide(record, "merge", ids(*story("goma"), *story("kunduz")))
    summary = link(record, kit())
    assert (summary.decisions, summary.reports) == (0, 0)


def test_a_decision_whose_claims_are_gone_does_no_harm(record: Record) -> None:
    first, *rest = story("kadugli")
    decide(record, "split", ids(first), ids(*rest))
    put(record, [replace(first, recipe=NEWER, claims=())])
    link(record, kit())
    assert together(record, *rest)
    assert parts(record) == {frozenset(ids(*rest)), claims_of(story("goma")), claims_of(story("kunduz"))}


def test_a_split_off_event_is_named_by_its_earliest_claim(record: Record) -> None:
    goma, kadugli = story("goma"), story("kadugli")
    decide(record, "merge", ids(*goma, *kadugli))
    # A report's episode is cut, and its new part is not what names the event.
    one, *others = ids(goma[1])
    gone = [*ids(kadugli[2]), one]
    decide(record, "split", gone, [*ids(*kadugli[:2], goma[0]), *others])
    before = members(record)
    link(record, kit(), anew=True)
    assert members(record) == before


def test_a_new_report_goes_to_the_side_of_a_split_that_it_is_likest(record: Record) -> None:
    first, *rest = story("kadugli")
    decide(record, "split", ids(first), ids(*rest))
    copy = read(first.report.text, "2023-08-14", "Another Outlet", first.report.title)
    put(record, [copy])
    link(record, kit())
    assert together(record, first, copy) or together(record, *rest, copy)
    assert not together(record, first, rest[0])


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_decisions_give_what_a_rebuild_gives(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    record = record_of(tmp_path_factory.mktemp("any") / "record", story("kadugli", "goma", "shosh"))
    for _ in range(data.draw(st.integers(1, 4))):
        held = members(record)
        kind = data.draw(st.sampled_from(("merge", "split", "pin", "undo")))
        chosen = data.draw(st.lists(st.sampled_from(sorted(held)), min_size=1, max_size=2, unique=True))
        claims = sorted(claim for event in chosen for claim in held[event])
        with record.view() as view:
            made = [one.id for one in view.reviews()]
        if kind == "undo" and made:
            decide(record, "undo", undoes=data.draw(st.sampled_from(made)))
        elif kind == "split" and len(claims) > 1:
            cut = data.draw(st.integers(1, len(claims) - 1))
            decide(record, "split", claims[:cut], claims[cut:])
        elif kind in ("merge", "pin"):
            decide(record, "merge" if kind == "merge" else "pin", claims)
    before = members(record)
    link(record, kit(), anew=True)
    after = members(record)
    assert set(after.values()) == set(before.values())
    assert all(after[named(record, event)] == claims for event, claims in before.items())
