"""Annotations without texts, floors, and the benchmark of speed."""

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from benchmarks import floors
from benchmarks.quality import textless, wire
from benchmarks.quality.gold import document_of, load, occurrences
from benchmarks.speed.read import bare_run, pace, read_run
from benchmarks.speed.texts import Text, merge, spread

from made import (
    MARKET,
    SIEGE,
)

ANNOTATED = {
    "id": "m1",
    "src": "https://example.org/1",
    "site": "x",
    "date": "2016-09-28",
    "text": MARKET,
    "events": [
        {
            "type": "strike.shelling", "quote": "Shells hit market", "place": "Aleppo", "near": False,
            "country": "SY", "date": {"earliest": "2016-09-26", "latest": "2016-09-26", "basis": "relative"},
            "actor": None, "target": "CIV", "killed": {"low": 12, "high": 12, "of": "people"},
            "wounded": None, "losses": [], "source": "a medic", "certainty": "certain", "cue": "told",
            "chain": ["Reuters", "medic"],
            "also": {"source": ["Reuters", None], "target": [None]},
        },
        {"type": "battle.clash", "quote": "storm the citadel", "losses": [{"item": "citadel", "count": None,
         "status": "damaged"}], "place": None, "reality": "intended", "optional": True},
    ],
}  # fmt: skip


def test_stripped_annotations_hold_no_word_of_the_text_and_come_back_whole() -> None:
    stripped = json.loads(json.dumps(textless.strip_text(ANNOTATED)))
    told = json.dumps(stripped["events"])
    assert not any(words in told for words in ("Shells", "Aleppo", "medic", "citadel", "told", "Reuters"))
    back = document_of(textless.fill_text(stripped, MARKET))
    assert back == document_of(ANNOTATED)


def test_words_are_kept_at_their_place_nearest_to_the_trigger() -> None:
    assert textless.nearest("at Homs. They hit Homs hard", "Homs", (14, 17)) == (18, 22)
    assert textless.nearest("x", None, (0, 1)) is None
    with pytest.raises(ValueError, match="not in the text"):
        textless.nearest("x", "Homs", (0, 1))


def test_texts_are_looked_up_in_the_data(tmp_path: Path) -> None:
    title, lead = MARKET.split("\n\n")
    (tmp_path / "ruwa").mkdir()
    (tmp_path / "articles").mkdir()
    with gzip.open(tmp_path / "ruwa" / "ruwa.csv.gz", "wt", encoding="utf-8") as file:
        file.write(f'src,site,date,title,desc,event\ns,x,2016-09-28,{title},"{lead}",e\n')
    with gzip.open(tmp_path / "articles" / "articles.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"text": SIEGE}) + "\n")
    texts, gold, out = tmp_path / "texts.jsonl", tmp_path / "gold.jsonl", tmp_path / "kept.jsonl"
    article = {"id": "a1", "date": "2013-08-06", "publisher": "x", "text": SIEGE}
    texts.write_text("".join(json.dumps(row) + "\n" for row in ({**ANNOTATED, "events": None}, article)))
    labels = {
        "id": "a1",
        "events": [
            {"type": "strike.shelling", "quote": "killed", "span": list(occurrences(SIEGE, "killed")[0])}
        ],
    }
    rows = ({"id": "m1", "events": ANNOTATED["events"]}, labels)
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert textless.main([str(texts), str(out), "--gold", str(gold)]) == 0
    assert textless.is_textless(out)
    assert not textless.is_textless(gold)
    assert wire.load_corpus(tmp_path, out, ()).documents == load(texts, gold).documents
    with gzip.open(tmp_path / "articles" / "articles.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"text": "Another text."}) + "\n")
    with pytest.raises(ValueError, match="lacks: a1"):
        textless.load_textless(out, tmp_path)


# Floors.


def run_of(value: float, digest: str = "aa") -> dict[str, Any]:
    """Return a run with one main score and one that is none."""
    scores = {"found": {"value": value, "main": True}, "cue": {"value": 0.1, "main": False}}
    return {"benchmark": "wire", "data": {"file": "dev.jsonl", "sha256": digest}, "scores": scores}


def test_floors_tell_what_sank_and_when_the_data_differ() -> None:
    kept = floors.lift(run_of(0.71239), {})
    assert kept == {"wire/dev.jsonl": {"sha256": "aa", "scores": {"found": 0.712}}}
    assert floors.check(run_of(0.71239), kept) == []
    assert floors.check(run_of(0.7), kept) == ["wire/dev.jsonl: found sank to 0.7000; its floor is 0.712"]
    assert "other data" in floors.check(run_of(0.9, "bb"), kept)[0]
    assert "no floors yet" in floors.check(run_of(0.9), {})[0]
    assert "missing" in floors.check({**run_of(0.9), "scores": {}}, kept)[0]


def test_floors_are_lifted_and_never_lowered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept, run = tmp_path / "floors.json", tmp_path / "run.json"
    kept.write_text("{}")

    def floors_after(value: float, *options: str) -> tuple[int, float | None]:
        run.write_text(json.dumps(run_of(value)))
        code = floors.main([str(run), "--floors", str(kept), *options])
        return code, json.loads(kept.read_text()).get("wire/dev.jsonl", {}).get("scores", {}).get("found")

    assert floors_after(0.5) == (1, None)
    assert floors_after(0.5, "--raise") == (0, 0.5)
    assert floors_after(0.6) == (0, 0.5)
    assert floors_after(0.6, "--raise") == (0, 0.6)
    assert floors_after(0.55, "--raise") == (1, 0.6)
    assert "sank to 0.5500" in capsys.readouterr().out


def test_the_packaged_floors_are_readable() -> None:
    for floor in json.loads(floors.FLOORS.read_text(encoding="utf-8")).values():
        assert len(floor["sha256"]) == 64
        assert all(0 <= least <= 1 for least in floor["scores"].values())


# Speed.


def text_of(words: str) -> Text:
    """Return a text to time."""
    return Text(text=words, published=date(2013, 8, 6), publisher="x")


def test_reading_and_parsing_take_turns_on_the_same_chunks() -> None:
    texts = [text_of(f"{number} shells fell") for number in range(20)]
    seen: list[tuple[str, str, int]] = []
    timed = pace(
        texts,
        lambda part: seen.append(("read", part[0].text, len(part))),
        lambda part: seen.append(("bare", part[0].text, len(part))),
        chunk=8,
    )
    names = [name for name, _, _ in seen]
    assert names == ["read", "bare", "read", "bare", "bare", "read", "read", "bare"]
    assert [size for _, _, size in seen[2:]] == [8, 8, 8, 8, 4, 4]
    assert timed.words == 60
    assert timed.ratio == pytest.approx(timed.words_per_s / timed.bare_words_per_s)


def test_texts_are_taken_and_mixed_evenly() -> None:
    texts = [text_of(str(number)) for number in range(10)]
    assert [text.text for text in spread(texts, 3)] == ["0", "3", "6"]
    assert spread(texts[:2], 5) == texts[:2]
    mixed = merge(texts[:4], [text_of("a"), text_of("b")])
    assert [text.text for text in mixed] == ["0", "a", "1", "2", "b", "3"]


PLACES = ("Aleppo", "Goma", "Rafah", "El Fasher", "Myitkyina")
REPORTED = (
    "Shelling of {} kills four\n\nFour people died when shells hit a bakery in {} on Monday, a doctor said.",
    "Rebels said on Tuesday that they had taken {} airport, which the army denied. About 900 families fled.",
    "The ministry warned that more drones would come to {}. Two buses had been hit there the night before.",
    "A mine exploded under a lorry near {}, wounding seven soldiers, according to a local radio station.",
)


def test_pace_reads_every_text_both_ways() -> None:
    texts = [text_of(report.replace("{}", place)) for place in PLACES for report in REPORTED]
    timed = pace(texts, read_run(), bare_run(), chunk=10)
    assert len(texts) == 20
    assert timed.words > 0
    assert timed.ratio > 0
