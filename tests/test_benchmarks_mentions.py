"""Marked mentions: texts looked up by digest, texts of our own, and what is said where a text is missing."""

import csv
import gzip
import json
from pathlib import Path

import pytest
from benchmarks.quality.mentions import FILES, HELD_OUT, ROLES, load_mentions
from benchmarks.quality.textless import digest_of

from dateline.reading.event_model import TYPES

TITLE, LEAD = "Rebels shell Aden", "Two piers burned, the harbour master said."
TEXT = f"{TITLE}\n\n{LEAD}"


def data_with(folder: Path) -> Path:
    """Write a data folder that holds one report, one article and one document."""
    (folder / "ruwa").mkdir()
    with gzip.open(folder / "ruwa" / "ruwa.csv.gz", "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows((("title", "desc"), (TITLE, LEAD)))
    (folder / "articles").mkdir()
    with gzip.open(folder / "articles" / "articles.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"text": "An article."}) + "\n")
    (folder / "re3d" / "Paper").mkdir(parents=True)
    (folder / "re3d" / "README.md").write_text("re3d", encoding="utf-8")
    (folder / "re3d" / "Paper" / "documents.json").write_text('{"text": "A document."}\n', encoding="utf-8")
    return folder


def marks_in(folder: Path, text: str) -> Path:
    row = {
        "id": "one", "date": "2018-05-10", "publisher": None, "data": "ruwa", "sha256": digest_of(text), "start": 0,
        "end": len(TITLE), "mentions": [{"span": [7, 12], "type": "strike.shelling", "reality": "A", "actor": [0, 6],
                                         "target": None, "place": [13, 17]}],
    }  # fmt: skip
    path = folder / "marks.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def test_a_passage_is_looked_up_and_its_marks_stand_in_it(tmp_path: Path) -> None:
    (passage,) = load_mentions(data_with(tmp_path), [marks_in(tmp_path, TEXT)])
    (mark,) = passage.marks
    assert passage.text == TITLE
    assert passage.text[slice(*mark.span)] == "shell"
    assert [span and passage.text[slice(*span)] for span in mark.roles] == ["Rebels", None, "Aden"]


def test_texts_that_are_missing_are_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="lacks: one"):
        load_mentions(data_with(tmp_path), [marks_in(tmp_path, "Another text.")])


def test_kept_marks_are_of_known_types_and_stand_in_their_texts() -> None:
    for path in (*FILES, *HELD_OUT):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            length = len(row["text"]) if "text" in row else row["end"] - row["start"]
            for mark in row["mentions"]:
                assert mark["type"] in TYPES[1:]
                assert mark["reality"] in "APTN"
                spans = [mark["span"], *(mark[role] for role in ROLES if mark[role])]
                assert all(0 <= start < end <= length for start, end in spans), row["id"]


def test_kept_marks_hold_no_words_of_others() -> None:
    files = (FILES[0], HELD_OUT[0])
    rows = [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    assert all("text" not in row and set(row) >= {"sha256", "start", "end"} for row in rows)


def test_what_the_branch_is_measured_on_it_has_not_learnt_from() -> None:
    learnt, held = (
        {
            (row.get("text"), row.get("sha256"), row.get("start"))
            for path in files
            for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        }
        for files in (FILES, HELD_OUT)
    )
    assert held
    assert not learnt & held
