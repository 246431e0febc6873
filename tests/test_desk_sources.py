"""Sources, codebook and history at the desk: the counts are those of the record, and everything can be found."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from dateline.codebook.tables import Sources
from dateline.codebook.types import load_types
from dateline.run.events import Events
from desk_served import Served, copied, served


@pytest.fixture(scope="module")
def desk(stories_record: Path) -> Iterator[Served]:
    with served(stories_record) as running:
        yield running


def test_every_source_is_counted_as_its_events_tell(desk: Served) -> None:
    told: dict[str, int] = {}
    with Events(desk.desk.record) as events:
        for event in events.events(events.ids(told=False)):
            for origin in event.origins:
                told[origin.id] = told.get(origin.id, 0) + 1
    page = desk.client().get("/sources.json").json
    assert {one["id"]: one["events"] for one in page["sources"]} == told
    assert page["total"] == len(told)


def test_a_source_is_told_event_by_event(desk: Served) -> None:
    client = desk.client()
    for one in client.get("/sources.json").json["sources"]:
        answer = client.get(f"/sources/{one['id']}.json")
        assert answer.status == 200, one["id"]
        page = answer.json
        assert len(page["events"]) == one["events"]
        assert sum(standing["told"]["confirmed"] for standing in page["events"]) == one["confirmed"]
        assert client.get(f"/sources/{one['id']}").status == 200


def test_sources_are_never_scored(desk: Served) -> None:
    text = desk.client().get("/sources").text
    assert "They do not say who was right" in text
    assert "%" not in text.split("<main")[1].split("</main>")[0]


def test_sources_are_found_by_name_kind_and_side(desk: Served) -> None:
    client = desk.client()
    first = client.get("/sources.json").json["sources"][0]
    found = client.get(f"/sources.json?q={first['name'][:4].lower()}&kind={first['kind']}").json["sources"]
    assert first["id"] in {one["id"] for one in found}
    assert {one["kind"] for one in found} == {first["kind"]}
    assert client.get("/sources.json?kind=person").status == 400
    assert client.get("/sources.json?order=truth").status == 400
    assert client.get("/sources/nobody.json").status == 404


def test_the_codebook_shows_every_type_with_its_examples(desk: Served) -> None:
    client = desk.client()
    types = load_types(Sources())
    page = client.get("/codebook.json").json
    assert {one["name"] for family in page["families"] for one in family["types"]} == set(types)
    assert (
        sum(family["events"] for family in page["families"])
        == client.get("/overview.json?told=all").json["total"]
    )
    for name, kind in types.items():
        shown = client.get(f"/codebook/{name}").text
        for example in (*kind.examples, *kind.counterexamples):
            assert example.text.split("'")[0].split('"')[0] in shown
    assert client.get("/codebook/strike.nothing").status == 404


def test_the_history_is_whole_and_in_order(desk: Served) -> None:
    client = desk.client()
    with desk.desk.record.view() as view:
        steps = list(view.history())
    page = client.get("/history.json").json
    assert page["total"] == len(steps)
    assert page["head"] == steps[-1].hash
    assert [one["hash"] for one in page["steps"]] == [step.hash for step in reversed(steps)][
        : len(page["steps"])
    ]
    below = client.get(f"/history.json?before={steps[4].number}").json["steps"]
    assert [one["number"] for one in below] == [step.number for step in reversed(steps[:4])]


def test_the_history_is_searched_by_kind_words_and_id(desk: Served) -> None:
    client = desk.client()
    reports = client.get("/history.json?kind=report").json["steps"]
    assert {one["kind"] for one in reports} == {"report"}
    with desk.desk.record.view() as view:
        told = next(one for one in view.reports() if one.title)
    assert told.title is not None
    found = client.get(f"/history.json?q={told.id[:12]}").json["steps"]
    assert told.id in {one["subject"] for one in found}
    word = max(told.title.split(), key=len).strip(",.")
    assert told.id in {
        one["report"] for one in client.get(f"/history.json?q={word}&kind=report").json["steps"]
    }
    assert client.get("/history.json?q=%25%25%5C_%27%22*").status == 200
    assert client.get("/history.json?kind=secret").status == 400


def test_the_history_is_exported_as_a_table_that_no_spreadsheet_runs(
    stories_record: Path, tmp_path: Path
) -> None:
    from datetime import UTC, datetime

    from dateline.model.review import Review

    with served(copied(stories_record, tmp_path / "record")) as desk:
        with desk.desk.record.view() as view:
            claim = next(iter(view.claims()))[0]
        made = Review(at=datetime.now(UTC), who="=cmd()", kind="note", claims=(claim.id,), why="@see")
        with desk.desk.record.writer() as writer:
            writer.add_review(made)
        answer = desk.client().get("/history.csv")
        rows = list(csv.DictReader(StringIO(answer.text)))
        assert rows[0]["who"] == "'=cmd()"
        assert rows[0]["decision"] == "note"
        assert len(rows) == desk.client().get("/history.json").json["total"]
        page = desk.client().get("/history.json?who=%3Dcmd()").json
        assert [one["review"]["why"] for one in page["steps"]] == ["@see"]
