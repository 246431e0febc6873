"""`dateline export`, `release` and `import`, over a record that stands in for a store."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from dateline.cli_publish import register
from dateline.errors import StoreError
from dateline.export.acled import HEADER as ACLED
from dateline.export.formats import FORMS
from dateline.model.event import Event
from dateline.model.reading import Reading
from published import DRONE, EVENTS, PRIVATE, SHELLING
from test_datasets import ACLED_ROW, table


class Held:
    """A record in memory."""

    def __init__(self) -> None:
        self.asked: list[date | None] = []
        self.added: list[Reading] = []

    def events_of(self, record: Path, as_of: date | None) -> Sequence[Event]:
        if record.name == "none.db":
            raise StoreError(f"there is no record {record}; make one first")
        self.asked.append(as_of)
        return EVENTS

    def recipe_of(self, record: Path, as_of: date | None) -> dict[str, Any]:
        return {"package": "0.1.0"}

    def add_readings(self, record: Path, readings: Iterable[Reading], source: Path) -> int:
        self.added += readings
        return len(self.added)


HELD = Held()
APP = typer.Typer()
register(APP, HELD)


def run(*words: object) -> Any:
    return CliRunner().invoke(APP, [str(word) for word in words])


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_format_is_written_with_its_metadata(form: str, tmp_path: Path) -> None:
    out = tmp_path / "x" / form
    result = run("export", "-r", "r.db", "--format", form, "--out", out, "--as-of", "2024-03-11")
    assert result.exit_code == 0, result.output
    assert HELD.asked[-1] == date(2024, 3, 11)
    beside = out / "metadata.json" if FORMS[form].folder else out.with_name(f"{form}.metadata.json")
    metadata = json.loads(beside.read_text())
    assert metadata["protections"]["private_people"] == "names taken out"
    assert (metadata["as_of"], metadata["recipe"]["package"], metadata["events"]) == (
        "2024-03-11",
        "0.1.0",
        3,
    )
    written = b"".join(path.read_bytes() for path in (tmp_path / "x").rglob("*") if path.is_file()).lower()
    assert len(written) > 400
    for private in PRIVATE:
        assert private.lower().encode() not in written


def test_unredacted_output_says_so(tmp_path: Path) -> None:
    result = run("export", "-r", "r.db", "-f", "geojson", "-o", tmp_path / "e.geojson", "--no-redact")
    assert "are in it (--no-redact)" in result.output
    assert "NOT TAKEN OUT" in (tmp_path / "e.geojson.metadata.json").read_text()
    assert "Amal Tirab" in (tmp_path / "e.geojson").read_text()


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        (("--type", "strike"), [SHELLING.id, DRONE.id]),
        (("--country", "sd"), [SHELLING.id]),
        (("--bbox", "179,-20,-179,0"), [DRONE.id]),
        (("--near", "11,29.7,20"), [SHELLING.id]),
        (("--from", "2024-03-06", "--to", "2024-03-20"), [DRONE.id]),
        (
            ("--min-origins", 2, "--certainty", "certain", "--review", "accepted", "--measure", "killed"),
            [SHELLING.id],
        ),
        (("--reality", "threatened"), [EVENTS[2].id]),
        (("--delay", 4, "--as-of", "2024-03-10"), [SHELLING.id]),
    ],
)
def test_filters_of_the_command_line(given: tuple[object, ...], ids: list[str], tmp_path: Path) -> None:
    out = tmp_path / "e.geojson"
    result = run("export", "-r", "r.db", "-f", "geojson", "-o", out, *given)
    assert result.exit_code == 0, result.output
    assert [feature["id"] for feature in json.loads(out.read_text())["features"]] == ids


@pytest.mark.parametrize(
    "given",
    [
        ("--format", "xls"), ("--bbox", "1,2,3"), ("--bbox", "0,5,1,4"), ("--near", "a,b,c"), ("--coarsen", "fine"),
        ("--coarsen", "0"), ("--certainty", "sure"), ("--review", "yes"), ("--from", "2024-02-02", "--to", "2024-02-01"),
        ("--codebook", "/nowhere"), ("--reality", "x"), ("--measure", "x"), ("--from", "soon"), ("--near", "nan,1,1"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told(given: tuple[str, ...], tmp_path: Path) -> None:
    form = () if "--format" in given else ("--format", "csv")
    result = run("export", "-r", "r.db", "--out", tmp_path / "o", *form, *given)
    assert result.exit_code == 2, result.output
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize("given", [("--type", "strikes"), ("--country", "zz")])
def test_unknown_types_and_countries_are_told(given: tuple[str, str], tmp_path: Path) -> None:
    result = run("export", "-r", "r.db", "-f", "csv", "-o", tmp_path / "o", *given)
    assert (result.exit_code, "is no" in result.output) == (1, True)
    assert run("release", "R", "-r", "r.db", "--into", tmp_path, *given).exit_code == 1


def test_a_record_or_path_that_fails_is_told(tmp_path: Path) -> None:
    result = run("export", "-r", "none.db", "-f", "csv", "-o", tmp_path / "o")
    assert (result.exit_code, "make one first" in result.output) == (1, True)
    (tmp_path / "file").write_text("")
    result = run("export", "-r", "r.db", "-f", "csv", "-o", tmp_path / "file")
    assert (result.exit_code, "cannot be written as a folder" in result.output) == (1, True)


def test_a_release_is_made_and_checked(tmp_path: Path) -> None:
    result = run(
        "release", "First", "-r", "r.db", "--into", tmp_path, "--as-of", "2024-03-11", "--coarsen", 50
    )
    assert result.exit_code == 0, result.output
    made = Path(result.output.strip())
    assert made == tmp_path / "0001-first"
    result = run("release", "--verify", made)
    assert (result.exit_code, "as its manifest says" in result.output) == (0, True)
    (made / "README.md").write_text("x")
    result = run("release", "--verify", made)
    assert (result.exit_code, "README.md: has 1 bytes" in result.output) == (1, True)
    assert run("release", "-r", "r.db", "--into", tmp_path).exit_code == 2
    assert run("release", "First", "--verify", made).exit_code == 2
    assert run("release", "--verify", tmp_path).exit_code == 1


def test_rows_are_printed_or_added(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", ACLED, ACLED_ROW, {**ACLED_ROW, "event_id_cnty": ""})
    result = CliRunner().invoke(APP, ["import", str(path)])
    assert result.exit_code == 1
    assert "read as acled" in result.stderr
    assert "row 3: has no event_id_cnty" in result.stderr
    assert "left out of 1 rows" in result.stderr
    (line,) = result.stdout.splitlines()
    assert json.loads(line)["claims"][0]["type"] == "strike.shelling"
    result = run("import", path, "--record", "r.db")
    assert "1 readings added" in result.output
    assert len(HELD.added) == 1
    assert run("import", path, "--format", "gdelt").exit_code == 2
    assert run("import", tmp_path / "none.csv").exit_code == 1
    other = table(tmp_path / "b.csv", ["a"], {"a": "1"})
    result = run("import", other)
    assert (result.exit_code, "no header of a known data set" in result.output) == (1, True)


def test_every_option_has_a_help_text() -> None:
    command: Any = typer.main.get_command(APP)
    for name in ("export", "release", "import"):
        for parameter in command.commands[name].params:
            assert getattr(parameter, "help", None), (name, parameter.name)
