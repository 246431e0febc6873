"""The benchmark of copies: edits are real edits, samples do not overlap, wrong pairs count against us."""

import csv
import gzip
import json
import random
from pathlib import Path

import pytest
from benchmarks.__main__ import main
from benchmarks.quality.copies import by_dateline, by_hash, by_jaccard, score
from benchmarks.quality.copies_edits import CREDITS, EDITS, Editor, Piece, edit
from benchmarks.quality.copies_sample import Sample, draw

WORDS = (
    "rocket harbour fire crew store port quay ship grain street house bridge road train mill tower".split()
)
VERBS = "hit struck closed reached left burned crossed passed".split()


def made_body(seed: int, paragraphs: int = 3) -> str:
    rng = random.Random(seed)

    def sentence() -> str:
        words = (f"{rng.choice(WORDS)}{rng.randrange(99)} {rng.choice(VERBS)}" for _ in range(5))
        return f"The {' and the '.join(words)} by day."

    return "\n\n".join(" ".join(sentence() for _ in range(3)) for _ in range(paragraphs))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for name in ("ruwa", "gva", "data/articles"):
        (folder / name).mkdir(parents=True)
    with gzip.open(folder / "ruwa/ruwa.csv.gz", "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["title", "desc"])
        writer.writerows((f"Headline of the short report {n}", made_body(n, 1)) for n in range(80))
    for name, first in (("gva/articles.jsonl.gz", 1000), ("data/articles/articles.jsonl.gz", 2000)):
        rows = ({"title": f"Headline of article {n}", "text": made_body(n)} for n in range(first, first + 40))
        with gzip.open(folder / name, "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
    return folder


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_changes_the_text_and_keeps_most_of_its_words(kind: str) -> None:
    piece = Piece(headline="Headline of the report", body=made_body(5))
    editor = Editor(rng=random.Random(1), headlines=("Another headline entirely",), credits=CREDITS["tune"])
    edited = edit(piece, kind, editor)
    assert edited.text != piece.text
    kept = set(piece.body.split()) & set(edited.body.split())
    assert len(kept) >= 0.3 * len(set(piece.body.split()))


def test_parts_share_no_document_and_are_drawn_the_same_each_time(data: Path) -> None:
    tune, test = draw(data, "tune"), draw(data, "test")
    assert not {*tune.texts} & {*test.texts}
    assert draw(data, "tune") == tune
    assert all(original in tune.texts for original, _ in tune.edits.values())
    assert {kind for _, kind in tune.edits.values()} <= set(EDITS)


def test_finders_agree_on_what_is_plain() -> None:
    texts = {"a": made_body(1), "b": made_body(1).upper(), "c": made_body(2)}
    assert by_dateline(texts) == by_hash(texts) == by_jaccard(texts) == {("a", "b")}


def test_a_pair_that_nobody_judged_counts_as_wrong() -> None:
    sample = Sample(
        texts={"x:1": "", "x:1*": "", "x:2": ""}, edits={"x:1*": ("x:1", "cut")}, dropped=0, sha256=""
    )
    found = {"": {("x:1", "x:1*"), ("x:1*", "x:2")}}
    strict = score(sample, found, {})
    judged = score(sample, found, {("x:1", "x:2"): True})
    assert [sheets[0]["precision"].hit for sheets in (strict, judged)] == [1, 2]
    assert strict[0]["precision"].given == 2
    assert strict[0]["recall"].recall == 1.0
    assert judged[0]["pooled recall"].hit == 0


def test_the_benchmark_prints_and_writes_its_scores(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["copies", "--data", str(data), "--json", str(tmp_path / "out.json")]) == 0
    out = capsys.readouterr().out
    assert "recall cut, headline" in out
    scores = json.loads((tmp_path / "out.json").read_text())["scores"]
    assert scores["recall"]["value"] > 0.9
    assert scores["precision"]["value"] > 0.9
    assert scores["hash recall"]["value"] < 0.1
