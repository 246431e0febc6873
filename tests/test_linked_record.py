"""A record from end to end: reports added and linked, published, a data set imported beside them and linked again."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli import app
from dateline.export.acled import HEADER as ACLED
from dateline.run.events import Events
from dateline.store.sqlite import open_record
from occurred import TOLD, event_of, kit, members
from test_datasets import ACLED_ROW, table

ROW = {
    **ACLED_ROW, "event_id_cnty": "SDN90077", "event_date": "2023-08-13", "year": "2023", "source": "Nuba Monitor",
    "notes": "On 13 August 2023, military forces shelled the main market in Kadugli, South Kordofan, killing 11 people.",
    "fatalities": "11", "timestamp": "1692600000",
}  # fmt: skip
ELSEWHERE = {
    **ROW, "event_id_cnty": "SDN90078", "admin2": "Ed Duein", "admin1": "White Nile", "location": "Kosti",
    "latitude": "13.1629", "longitude": "32.6635", "event_date": "2023-09-20", "fatalities": "0",
    "notes": "On 20 September 2023, shells fell on the harbour of Kosti, White Nile. There were no casualties.",
}  # fmt: skip


def run(*words: object) -> str:
    """Run a command that must succeed; return what it prints."""
    result = CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "80", "TERM": "dumb"})
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two stories as lines of JSON."""
    path = tmp_path_factory.mktemp("inputs") / "news.jsonl"
    rows = [
        {"text": told.text, "title": told.title, "published": told.on, "publisher": told.by}
        for told in TOLD
        if told.story in ("kadugli", "goma", "talks")
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folder(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record made and linked by the commands."""
    record = tmp_path_factory.mktemp("whole") / "record"
    assert "6 reports" in run("add", "--record", record, "--workers", 1, inputs)
    assert run("link", "--record", record).startswith("6 reports linked, ")
    return record


def test_export_of_a_record(folder: Path, tmp_path: Path) -> None:
    run("export", "-r", folder, "-f", "geojson", "-o", tmp_path / "e.geojson")
    features = json.loads((tmp_path / "e.geojson").read_text(encoding="utf-8"))["features"]
    with Events(open_record(folder), kit=kit()) as found:
        wanted = [event for event in found.events() if event.place is not None]
    assert {feature["id"] for feature in features} == {event.id for event in wanted}
    run("export", "-r", folder, "-f", "csv", "-o", tmp_path / "csv")
    names = [path.name for path in (tmp_path / "csv").glob("*.csv")]
    assert "events.csv" in names
    with (tmp_path / "csv" / "events.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert any("Kadugli" in " ".join(str(cell) for cell in row.values()) for row in rows)


def test_a_release_of_a_record_is_the_same_twice(folder: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run("release", "Spring", "-r", folder, "--into", tmp_path / name, "--as-of", "2999-01-01")
    first, second = (sorted((tmp_path / name).rglob("*")) for name in ("one", "two"))
    files = [path for path in first if path.is_file()]
    assert len(files) >= 4
    for one, two in zip(first, second, strict=True):
        if one.is_file() and one.suffix == ".csv":
            assert one.read_bytes() == two.read_bytes()
    run("release", "--verify", tmp_path / "one" / "0001-spring")


def test_what_is_not_linked_is_not_published(inputs: Path, tmp_path: Path) -> None:
    record = tmp_path / "record"
    run("add", "--record", record, "--workers", 1, inputs)
    result = CliRunner().invoke(app, ["export", "-r", str(record), "-f", "csv", "-o", str(tmp_path / "o")])
    assert result.exit_code == 1
    assert "6 reports are not linked yet; run `dateline link` first" in result.output
    assert not (tmp_path / "o").exists()


def test_a_data_set_joins_the_reports(folder: Path, inputs: Path, tmp_path: Path) -> None:
    record = tmp_path / "record"
    run("add", "--record", record, "--workers", 1, inputs)
    run("link", "--record", record)
    with Events(open_record(record), kit=kit()) as found:
        (before,) = [event for event in found.events() if "Kadugli" in event.title]
    rows = table(tmp_path / "acled.csv", ACLED, ROW, ELSEWHERE)
    assert "2 readings added" in run("import", rows, "--record", record)
    assert "0 readings added" in run("import", rows, "--record", record)
    assert "2 reports linked" in run("link", "--record", record)
    opened = open_record(record)
    with opened.view() as view:
        coded = {
            one.report.title or one.report.name: one.claims[0].id
            for one in view.readings()
            if "SDN" in str(one.report)
        }
        assert list(view.verify()) == []
    kadugli, kosti = (next(v for k, v in coded.items() if end in str(k)) for end in ("77", "78"))
    assert event_of(opened, kadugli) == before.id
    assert len(members(opened)[event_of(opened, kosti)]) == 1
    with Events(opened, kit=kit()) as found:
        after = found.event(before.id)
    assert len(after.origins) == len(before.origins) + 1
    (added,) = [origin for origin in after.origins if kadugli in origin.claims]
    assert added.claims == (kadugli,)
