"""Summaries that are kept: always what deriving gives, whatever is added, linked, decided, read anew or killed."""

import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dateline.linking.independence import corroborating
from dateline.model.event import Event
from dateline.model.reading import Reading, Recipe
from dateline.model.review import Review
from dateline.model.summary import Summary
from dateline.run import summaries as refreshing
from dateline.run.events import Events, at_place
from dateline.run.link import link
from dateline.run.summaries import RefreshSummary, is_fresh, origins_of, refresh, summaries
from dateline.run.summarize import origins_of_event, summarize
from dateline.store import summaries as kept_summaries
from dateline.store.migrations import MIGRATIONS
from dateline.store.sqlite import Record, open_record
from dateline.store.summaries import Summaries
from occurred import BEGIN, decide, everything, kit, members, put, record_of, story
from stories import STORIES, event_of

NEWER = Recipe(package="9", codebook="newer", models=(), settings="")


def derived(record: Record) -> dict[str, Summary]:
    """Return what deriving gives for every event, told and untold."""
    with Events(record, kit=kit()) as found:
        ids = found.ids(told=False)
        joined = Summaries(found.linked.connection).joined(ids)
        return {event.id: summarize(event, joined[event.id]).summary for event in found.events(ids)}


def stored(record: Record) -> dict[str, Summary]:
    connection = record.connection()
    try:
        return {one.id: replace(one, version=0) for one in summaries(connection)}
    finally:
        connection.close()


def check(record: Record) -> RefreshSummary:
    """Refresh a record; what is kept must be what deriving gives, and what was kept before must have been so too."""
    truth = derived(record)
    for event, summary in stored(record).items():
        assert summary == truth[event]
    done = refresh(record, kit())
    assert stored(record) == truth
    assert (done.left, done.failed) == (0, ())
    assert is_fresh(record, kit())
    with record.view() as view:
        assert list(view.verify()) == []
    return done


@pytest.fixture
def record(tmp_path: Path) -> Record:
    made = record_of(tmp_path / "record", everything())
    refresh(made, kit())
    return made


def add_review(record: Record, kind: str, claims: Sequence[str], **fields: object) -> str:
    with record.view() as view:
        at = BEGIN + timedelta(minutes=len(view.reviews()))
    review = Review(at=at, who="ana", kind=kind, claims=tuple(claims), **fields)  # type: ignore[arg-type]
    with record.writer() as writer:
        return writer.add_review(review)


def test_summaries_are_what_deriving_gives(record: Record) -> None:
    done = check(record)
    assert done == RefreshSummary()
    assert len(stored(record)) == len(members(record)) >= 10
    assert any(len(one.origin_ids) > 2 for one in stored(record).values())
    assert not all(one.told for one in stored(record).values())


def test_each_value_is_that_of_the_event(record: Record) -> None:
    held = stored(record)
    with Events(record, kit=kit()) as found:
        assert {one.id for one in held.values() if one.told} == set(found.ids())
        for event in found.events(found.ids(told=False)):
            one = held[event.id]
            assert (one.type, one.title, one.earliest, one.latest) == (
                event.type, event.title, event.earliest, event.latest,
            )  # fmt: skip
            assert one.claims == len(event.entries)
            assert len(one.steps) == one.reports == len({entry.report.id for entry in event.entries})
            assert one.corroborated_by == len(corroborating(event.origins)) <= one.origins
            best = [r.best for r in event.ranges if (r.measure, r.of, r.rule) == ("killed", "people", "ucdp")]
            if best:
                assert one.toll("killed").best == best[0]
            for name in ("goma", "kadugli", "market"):
                assert at_place(event, name) == any(
                    name == place or name in place.split(", ") for place in one.places
                )


def test_only_what_is_touched_is_derived_again(tmp_path: Path) -> None:
    first, *rest = story("kadugli")
    made = record_of(tmp_path / "record", [first, *story("goma")])
    assert refresh(made, kit()).derived == len(members(made))
    before = {one.id: one.version for one in summaries(made.connection())}
    put(made, rest)
    assert is_fresh(made, kit())  # not linked yet: no event has changed
    link(made, kit())
    assert 0 < check(made).derived < len(members(made))
    after = {one.id: one.version for one in summaries(made.connection())}
    assert any(after.get(event) == version for event, version in before.items())


@pytest.mark.parametrize("kind", ["accept", "reject", "unsure"])
def test_a_decision_about_a_claim(record: Record, kind: str) -> None:
    event, claims = max(members(record).items(), key=lambda item: len(item[1]))
    made = add_review(record, kind, claims[:1])
    assert event not in stored(record)
    assert check(record).derived == 1
    add_review(record, "undo", (), undoes=made)
    assert check(record).derived == 1
    assert stored(record)[event].state == "unreviewed"
    with record.view() as view:
        undo = view.reviews()[-1].id
    add_review(record, "undo", (), undoes=undo)
    assert check(record).derived == 1
    assert stored(record)[event].state != "unreviewed"


def test_a_correction(record: Record) -> None:
    event, claims = max(members(record).items(), key=lambda item: len(item[1]))
    value = [{"measure": "killed", "low": 77, "high": 77, "of": "people"}]
    for claim in claims:
        add_review(record, "correct", [claim], field="figures", value=value)
    assert check(record).derived == 1
    assert stored(record)[event].toll("killed").best == 77
    assert stored(record)[event].state == "corrected"


def test_events_put_together_taken_apart_and_fixed(record: Record) -> None:
    (one, other, *_) = sorted(members(record).values(), key=len, reverse=True)
    merged = decide(record, "merge", [*one, *other])
    check(record)
    decide(record, "undo", undoes=merged)
    check(record)
    assert set(members(record).values()) >= {one, other}
    decide(record, "split", one[:1], one[1:])
    assert check(record).derived >= 2
    decide(record, "pin", [*other, one[0]])
    check(record)
    assert any(found.pinned for found in stored(record).values())


def test_a_report_read_anew(record: Record) -> None:
    reading = max(everything(), key=lambda one: len(one.claims))
    claims = tuple(replace(claim, figures=(), certainty="hedged") for claim in reading.claims)
    put(record, [replace(reading, recipe=NEWER, claims=claims)])
    check(record)  # the claims of before are told anew before they are linked anew
    link(record, kit())
    check(record)
    put(record, [replace(reading, recipe=replace(NEWER, package="10"), claims=claims[:1])])
    check(record)
    link(record, kit())
    check(record)


def test_all_joined_again(record: Record) -> None:
    before = stored(record)
    link(record, kit(), anew=True)
    assert stored(record) == {}
    check(record)
    assert {one.title for one in before.values()} == {one.title for one in stored(record).values()}


def test_a_copy_that_comes_changes_the_events_it_copies(tmp_path: Path) -> None:
    first, *rest = everything()
    made = record_of(tmp_path / "record", [first, *rest])
    refresh(made, kit())
    copied = next(one for one in everything() if len(one.claims) > 1)
    again = replace(
        copied,
        report=replace(copied.report, text=copied.report.text + "\n", publisher="Another Gazette"),
        claims=(),
    )
    put(made, [again])
    link(made, kit())
    check(made)


def test_another_package_makes_all_anew(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "VERSION", "another")
    assert not is_fresh(record, kit())
    done = refresh(record, kit())
    assert (done.anew, done.derived) == (True, len(members(record)))


def test_part_by_part_and_with_processes(tmp_path: Path) -> None:
    made = record_of(tmp_path / "record", everything())
    told: list[tuple[int, int]] = []
    done = refresh(made, kit(), limit=3, at_once=2, progress=lambda *counts: told.append(counts))
    assert (done.derived, done.left, told) == (3, len(members(made)) - 3, [(2, 3), (3, 3)])
    assert len(stored(made)) == 3
    assert refresh(made, kit(), workers=2, at_once=5).derived == len(members(made)) - 3
    check(made)


def test_what_changes_while_it_is_derived_is_derived_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = record_of(tmp_path / "record", everything())
    event, claims = max(members(made).items(), key=lambda item: len(item[1]))
    plain = refreshing._shorts
    waiting: list[Callable[[], object]] = [lambda: add_review(made, "reject", claims[:1])]

    def meanwhile(events: Events, ids: Sequence[str]) -> object:
        found = plain(events, ids)
        if event in ids and waiting:
            waiting.pop()()
        return found

    monkeypatch.setattr(refreshing, "_shorts", meanwhile)
    refresh(made, kit(), at_once=10)
    assert not waiting
    assert stored(made) == derived(made)
    assert stored(made)[event].state in ("corrected", "rejected")


def test_one_that_fails_keeps_no_other_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = record_of(tmp_path / "record", everything())
    bad = next(iter(members(made)))
    plain = summarize

    def fails(event: Event, *rest: object) -> object:
        if event.id == bad:
            raise RuntimeError("a fault")
        return plain(event, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(refreshing, "summarize", fails)
    done = refresh(made, kit())
    assert done.failed == (bad,)
    assert stored(made).keys() == members(made).keys() - {bad}


def test_changes_tell_what_came_and_went(record: Record) -> None:
    connection = record.connection()
    held = {one.id: one for one in summaries(connection)}
    kept = Summaries(connection)
    version = kept.version()
    assert kept.changes(version).gone == ()
    assert list(kept.rows_since(version)) == []
    (one, other, *_) = sorted(members(record).values(), key=len, reverse=True)
    decide(record, "merge", [*one, *other])
    refresh(record, kit())
    changed = kept.changes(version)
    (gone,) = changed.gone
    assert gone in held
    assert gone not in members(record)
    assert changed.version > version
    assert not changed.whole
    (came,) = [row[0] for row in kept.rows_since(version)]
    assert held.keys() - {gone} | {came} == members(record).keys()


def test_an_event_that_goes_while_it_waits_is_told_gone(record: Record) -> None:
    """Between a change that takes the summary away and one that takes the event away somebody may look."""
    kept = Summaries(record.connection())
    (one, other, *_) = sorted(members(record).values(), key=len, reverse=True)
    for claims in (one, other):
        add_review(record, "accept", claims[:1])
    seen = kept.changes(0).version
    decide(record, "merge", [*one, *other])
    assert len(kept.changes(seen).gone) == 1


def test_ids_long_gone_are_forgotten(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_summaries, "MOST_GONE", 1)
    kept = Summaries(record.connection())
    version = kept.version()
    first, second, third, *_ = sorted(members(record).values(), key=len, reverse=True)
    decide(record, "merge", [*first, *second])
    refresh(record, kit())
    middle = kept.version()
    assert not kept.changes(version).whole
    decide(record, "merge", [*first, *third])
    refresh(record, kit())
    assert kept.changes(version).whole
    assert not kept.changes(middle).whole
    assert len(kept.changes(middle).gone) == 1


def test_how_origins_stand_beside_one_another(record: Record) -> None:
    connection = record.connection()
    with Events(record, kit=kit()) as found:
        for event in found.events(found.ids(told=False)):
            rows = origins_of(connection, [event.id]).get(event.id, ())
            assert [row.id for row in rows] == [origin.id for origin in event.origins]
            saying = corroborating(event.origins)
            for row, origin in zip(rows, event.origins, strict=True):
                assert row.confirmed == (origin in saying and len(saying) > 1)
                kinds = {
                    one.kind for one in event.contradictions
                    if (one.left in origin.claims) != (one.right in origin.claims)
                }  # fmt: skip
                assert set(row.contradicted) == kinds
                assert row.claims == len(origin.claims)
    everyone = [row for rows in origins_of(connection, list(members(record))).values() for row in rows]
    assert any(row.confirmed_later for row in everyone)
    for row in everyone[:5]:
        assert row in Summaries(connection).events_of_origin(row.id)


@pytest.mark.parametrize("name", sorted(STORIES))
def test_an_origin_beside_the_other_account(name: str) -> None:
    event = event_of(STORIES[name])
    told = {entry.claim.id: entry.told for entry in event.entries}
    by_id = {row.id: row for row in origins_of_event(event)}
    accounts: dict[str, list[tuple[str, bool]]] = {}
    for one in event.contradictions:
        for own, other in ((one.left, one.right), (one.right, one.left)):
            (origin,) = [origin for origin in event.origins if own in origin.claims]
            accounts.setdefault(origin.id, []).append((one.kind, told[other] > told[own]))
    for key, row in by_id.items():
        against = accounts.get(key, [])
        assert set(row.contradicted) == {kind for kind, _ in against}
        assert row.contradicted_later == any(later for _, later in against)


def test_some_story_is_contradicted_later() -> None:
    rows = [row for reports in STORIES.values() for row in origins_of_event(event_of(reports))]
    assert any(row.contradicted_later for row in rows)
    assert any(row.contradicted and not row.contradicted_later for row in rows)


def test_a_record_of_the_schema_before_gets_summaries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dateline.store import migrations

    with monkeypatch.context() as older:
        older.setattr(migrations, "MIGRATIONS", MIGRATIONS[:2])
        made = record_of(tmp_path / "record", story("goma"), linked=False)
    newer = open_record(made.path)
    link(newer, kit())
    assert check(newer).anew


def test_looking_back_leaves_summaries_alone(record: Record) -> None:
    before = stored(record)
    with Events(record, as_of=BEGIN.date() + timedelta(days=1), kit=kit()) as found:
        assert found.ids()
    assert stored(record) == before


CHILD = """
import sys, time
from pathlib import Path
from dateline.run import summaries
from dateline.store.sqlite import open_record
plain = summaries.summarize
def slow(*given):
    time.sleep(0.01)
    return plain(*given)
summaries.summarize = slow
summaries.refresh(open_record(Path(sys.argv[1])), at_once=2, progress=lambda *_: print("kept", flush=True))
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_killed_in_the_middle(tmp_path: Path, how: signal.Signals) -> None:
    made = record_of(tmp_path / "record", everything())
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", CHILD, str(made.path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert child.stdout is not None
    with child:
        for _ in range(2):
            assert child.stdout.readline() == b"kept\n"
        child.send_signal(how)
    assert child.returncode != 0
    assert 4 <= len(stored(made)) < len(members(made))
    check(made)


def test_a_reading_of_no_claims_leaves_nothing(tmp_path: Path) -> None:
    reading: Reading = replace(story("goma")[0], claims=())
    made = record_of(tmp_path / "record", [reading])
    assert check(made).derived == 0
