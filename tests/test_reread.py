"""Reading again: what changes is told claim by claim and field by field, and nothing older is lost."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from benchmarks.synthetic import write_lines
from typer.testing import CliRunner

from dateline.cli import app
from dateline.intake.read import read_paths
from dateline.model.reading import Recipe
from dateline.model.review import Review
from dateline.model.values import Figure
from dateline.reading.kit import load_kit
from dateline.run.add import add
from dateline.run.change_lines import change_lines
from dateline.run.changes import Change, changes, told
from dateline.run.local import read_arrival
from dateline.run.reread import OF_READING, arrival_of, reread
from dateline.settings import Settings
from dateline.store.codec import pack, unpack
from dateline.store.sqlite import Record, create_record
from readings import FULL, LOSS, PLACE, STRIKE

SOURCE = Path(__file__).parent.parent / "src" / "dateline"
OLD = Recipe(package="0", codebook="old", models=(), settings="")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """A record read with an older recipe, which read some claims otherwise."""
    lines, news = tmp_path / "news.jsonl", create_record(tmp_path / "new")
    write_lines(lines, 12)
    add([str(lines)], news, Settings())
    made = create_record(tmp_path / "record")
    with news.view() as view, made.writer() as writer:
        for number, reading in enumerate(view.readings()):
            claims = reading.claims
            if number == 3:
                claims = claims[1:]
            if number == 5:
                claims = (replace(claims[0], id="0" * 16, certainty="disputed", place=None), *claims[1:])
            writer.add_reading(replace(reading, recipe=OLD, claims=claims))
        writer.add_review(
            Review(at=datetime.now(UTC), who="ana", kind="accept", claims=("0" * 16,), why="film")
        )
    return made


def test_what_changed_is_told_and_kept(record: Record) -> None:
    shown: list[Change] = []
    result = reread(record, Settings(), shown=shown.append)
    assert (result.reports, result.same, result.total) == (12, 10, 12)
    assert result.counts["changed certainty"] == 1
    assert result.counts["changed place"] == 1
    assert sum(count for kind, count in result.counts.items() if kind.startswith("added ")) == 1
    assert [review.why for review in result.orphaned] == ["film"]
    change = next(change for change in shown if change.kind == "changed")
    certainty = next(part for part in change.fields if part.field == "certainty")
    assert certainty.before == "disputed"
    assert certainty.after in ("certain", "hedged")
    with record.view() as view:
        assert view.stats()["readings"] == 24
        assert [review.why for review in view.orphaned()] == ["film"]
        assert list(view.verify()) == []
        assert len(view.all_readings(change.report)) == 2
    again = reread(record, Settings())
    assert (again.reports, again.total) == (0, 12)


def test_a_dry_run_writes_nothing(record: Record) -> None:
    with record.view() as view:
        before = list(view.history())
    result = reread(record, Settings(), dry_run=True)
    assert result.reports == 12
    assert len(result.orphaned) == 1
    with record.view() as view:
        assert list(view.history()) == before


def test_reading_again_gives_what_adding_gave(tmp_path: Path) -> None:
    examples = Path(__file__).parent.parent / "examples"
    (tmp_path / "odd.txt").write_bytes(b"date 2024-01-01\n\nShells\x01 hit Kadugli on Sunday.")
    (tmp_path / "ru.txt").write_text(
        "Войска обстреляли рынок в городе, погибли мирные жители, сообщил губернатор."
    )
    kit = load_kit()
    for arrived in read_paths([str(examples), str(tmp_path)], Settings()):
        read = read_arrival(arrived, kit, Settings())  # type: ignore[arg-type]
        packed = pack(read)
        assert unpack(packed.claims, packed.rest, read.report.text, read.recipe) == read
        assert read_arrival(arrival_of(read, Settings()), kit, Settings()) == read


def test_problems_of_the_reading_are_told_from_those_of_the_way_in() -> None:
    def codes(folder: str) -> set[str]:
        texts = (path.read_text(encoding="utf-8") for path in (SOURCE / folder).rglob("*.py"))
        return {code for text in texts for code in re.findall(r'code="([a-z-]+)"', text)}

    assert codes("reading") <= OF_READING
    assert codes("intake") & OF_READING == {"language", "text-cut"}


def test_changes_between_readings() -> None:
    assert list(changes(FULL, FULL)) == []
    (gone,) = changes(FULL, replace(FULL, claims=tuple(c for c in FULL.claims if c.id != LOSS.id)))
    assert (gone.kind, gone.type, gone.before) == ("gone", "force.loss", LOSS.id)
    assert ">destroyed<" in gone.words
    figures = (Figure(span=STRIKE.figures[0].span, measure="killed", low=6, high=None, of="people"),)
    other = replace(STRIKE, id="c" * 16, type="strike.air", figures=figures)
    claims = tuple(other if claim.id == STRIKE.id else claim for claim in FULL.claims)
    (changed,) = changes(FULL, replace(FULL, claims=claims))
    assert list(change_lines(changed))[1:] == [
        "    type: strike.shelling -> strike.air",
        "    figures: 6 to 8 civilians killed -> 6 or more people killed",
    ]
    moved = replace(STRIKE, place=replace(PLACE, radius_km=9.0))
    claims = tuple(moved if claim.id == STRIKE.id else claim for claim in FULL.claims)
    (detail,) = changes(FULL, replace(FULL, claims=claims))
    assert "(other details)" in detail.fields[0].after
    assert told(STRIKE.time) == "2017-05-01 (day, relative)"


def test_the_command(record: Record) -> None:
    arguments = ["reread", "-r", str(record.path), "--workers", "1"]
    dry = CliRunner().invoke(app, [*arguments, "--dry-run"])
    assert dry.exit_code == 0
    assert "would be read again: 12 of 12 reports, 10 with the same claims" in dry.stdout
    assert "certainty: disputed -> " in dry.stdout
    assert "accept by ana" in dry.stdout
    real = CliRunner().invoke(app, [*arguments, "--diff"])
    assert real.exit_code == 0
    assert real.stdout.startswith(("+ ", "~ "))
    assert "\nread again: 12 of 12 reports" in real.stdout
    none = CliRunner().invoke(app, arguments)
    assert "read again: 0 of 12 reports" in none.stdout
