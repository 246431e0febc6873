"""The scores of the benchmarks, each rule by a worked example."""

import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks.__main__ import main as run_benchmark
from benchmarks.quality import articles, wire
from benchmarks.quality.gold import Document, load
from benchmarks.quality.mapping import record_of
from benchmarks.quality.report import Rate, summarise, table
from benchmarks.quality.scoring import agree, chain_right, words_agree

from dateline.model.reading import Claim, Reading
from dateline.model.values import Figure, Place
from made import (
    MARKET,
    claim,
    document,
    event,
    filler,
    reading,
    records,
    score,
    score_article,
    span,
    speaker,
)


def test_found_and_typed_are_counted_apart() -> None:
    gold = [event(MARKET, "Shells hit market"), event(MARKET, "bombed the clinic", "strike.air")]
    rates = score(claim(MARKET, "hit"), claim(MARKET, "bombed"), claim(MARKET, "storm"), gold=gold)
    assert rates["found"] == Rate(hit=2, given=3, owed=2)
    assert rates["type"] == Rate(hit=1, given=3, owed=2)


def test_other_tellings_count_as_trigger_words_and_are_left_out_apart() -> None:
    gold = [event(MARKET, "killed 12"), event(MARKET, "bombed the clinic", optional=True)]
    told = claim(MARKET, "hit", tellings=(span(MARKET, "killed"),))
    rates = score(told, claim(MARKET, "bombed"), gold=gold)
    assert rates["found"] == Rate(hit=1, given=1, owed=1)
    assert rates["found by trigger"] == Rate(hit=0, given=1, owed=1)


def test_an_optional_event_is_neither_owed_nor_a_mistake() -> None:
    gold = [event(MARKET, "bombed the clinic", optional=True, place="Aleppo")]
    assert score(gold=gold)["found"] == Rate()
    assert score(claim(MARKET, "bombed"), gold=gold)["found"] == Rate()
    twice = score(claim(MARKET, "bombed"), claim(MARKET, "clinic"), gold=gold)
    assert twice["found"] == Rate(given=1)
    assert "place" not in twice


def test_another_accepted_type_is_right() -> None:
    gold = [event(MARKET, "bombed the clinic", "strike.other", also={"type": ["strike.air"]})]
    assert score(claim(MARKET, "bombed", "strike.air"), gold=gold)["type"].hit == 1


def test_mistakes_name_their_kind_and_both_values() -> None:
    gold = [event(MARKET, "bombed the clinic", "strike.air", place="Aleppo"), event(MARKET, "killed 12")]
    sheet = wire.score_document(document(*gold), records(claim(MARKET, "bombed"), claim(MARKET, "storm")))
    kinds = {mistake.kind: (mistake.ours, mistake.gold) for mistake in sheet.mistakes}
    assert kinds == {
        "missed": ("", "strike.shelling"),
        "false alarm": ("strike.shelling", ""),
        "wrong type": ("strike.shelling", "strike.air"),
        "wrong place": ("None", "Aleppo"),
    }
    assert "missed: 1\n  m1  killed 12" in wire.listing(sheet.mistakes)


@pytest.mark.parametrize(
    ("ours", "gold", "good"),
    [
        ("the Foreign Ministry", "foreign ministry", True),
        ("Governor Anas Kheir", "Anas Kheir", True),
        ("Aleppo", "northern Aleppo’s", True),
        ("US", "Russia", False),
        ("", "Aleppo", False),
        (None, "Aleppo", False),
        (None, None, True),
    ],
)
def test_words_agree_when_one_holds_the_other_word_by_word(ours: str, gold: str, good: bool) -> None:
    assert agree("source", ours, gold) is good
    assert agree("place", gold, ours) is good


def test_words_of_nothing_but_signs_agree_only_with_themselves() -> None:
    assert words_agree("—", "—")
    assert not words_agree("—", "Aleppo")


def test_fields_are_scored_over_pairs_and_null_is_right_for_null() -> None:
    monday = {"earliest": "2016-09-26", "latest": "2016-09-26", "basis": "relative"}
    shared: dict[str, Any] = {"source": "a medic", "country": None, "certainty": "certain", "actor": None}
    gold = [event(MARKET, "killed 12", place="Aleppo", date=monday, target="CIV", **shared)]
    told = claim(
        MARKET,
        "killed",
        certainty="hedged",
        place=Place(span=span(MARKET, "Aleppo"), name="Aleppo"),
        targets=(filler("people", side="civilians"),),
        attribution=(speaker("medic", "told"),),
    )
    rates = score(told, gold=gold)
    right = {name for name in wire.FIELDS if rates[name] == Rate(hit=1, given=1, owed=1)}
    assert right == {"place", "source", "country", "actor", "target"}
    assert rates["date"] == rates["certainty"] == Rate(given=1, owed=1)


def test_the_name_a_place_was_resolved_to_is_as_good_as_its_words() -> None:
    place = Place(span=span(MARKET, "citadel"), name="Aleppo")
    rates = score(claim(MARKET, "killed", place=place), gold=[event(MARKET, "killed 12", place="Aleppo")])
    assert rates["place"].hit == 1


def killed(low: int, high: int | None) -> Claim:
    """Return a claim with a figure of killed."""
    figure = Figure(span=span(MARKET, "12"), measure="killed", low=low, high=high, of="people")
    return claim(MARKET, "killed", figures=(figure,))


def test_figures_are_right_only_when_exact() -> None:
    gold = [event(MARKET, "killed 12 people", killed={"low": 12, "high": 12, "of": "people"}, wounded=None)]
    assert score(killed(12, 12), gold=gold)["figures"] == Rate(hit=1, given=1, owed=1)
    assert score(killed(12, None), gold=gold)["figures"] == Rate(given=1, owed=1)
    assert score(claim(MARKET, "killed"), gold=gold)["figures"] == Rate(owed=1)
    assert score(gold=gold)["figures"] == Rate(owed=1)
    assert score(killed(12, 12), gold=[])["figures"] == Rate(given=1)


def test_figures_of_optional_events_and_excused_ones_do_not_count() -> None:
    gold = {"low": 12, "high": 12, "of": "people"}
    assert "figures" not in score(killed(1, 1), gold=[event(MARKET, "killed 12", killed=gold, optional=True)])
    excused = event(MARKET, "killed 12", killed=gold, also={"killed": [None]})
    assert "figures" not in score(claim(MARKET, "killed"), gold=[excused])
    allowed = event(MARKET, "killed 12", killed=None, also={"killed": [gold]})
    assert "figures" not in score(killed(12, 12), gold=[allowed])


def test_a_chain_needs_every_link_in_order() -> None:
    gold = event(MARKET, "killed 12", chain=["Reuters", "medic"])

    def right(*names: str) -> bool:
        chain = tuple(speaker(name, "said") for name in names)
        return chain_right(record_of(claim(MARKET, "killed", attribution=chain), str), gold)

    assert right("Reuters", "a medic")
    assert right("Reuters", "an editor", "a medic")
    assert not right("a medic", "Reuters")
    assert not right("a medic")


def mode(reality: str, polarity: str = "positive") -> dict[str, Any]:
    """Return the gold's fields for reality and polarity."""
    return {"reality": reality, "polarity": polarity}


def test_articles_find_only_what_happened_or_goes_on() -> None:
    gold = [
        event(MARKET, "killed 12", **mode("happened")),
        event(MARKET, "storm the citadel", "battle.clash", **mode("intended")),
    ]
    plan = claim(MARKET, "storm", "battle.clash", reality="intended")
    rates = score_article(claim(MARKET, "killed"), plan, gold=gold)
    assert rates["found"] == Rate(hit=1, given=1, owed=1)
    assert rates["traps avoided"] == Rate(hit=1, given=1, owed=1)
    assert rates["reality"] == rates["polarity"] == Rate(hit=2, given=2, owed=2)


def test_a_plan_recorded_as_a_fact_springs_the_trap() -> None:
    gold = [event(MARKET, "storm the citadel", "battle.clash", **mode("intended"))]
    rates = score_article(claim(MARKET, "storm", "battle.clash"), gold=gold)
    assert rates["traps avoided"] == Rate(given=1, owed=1)
    assert rates["reality"] == Rate(given=1, owed=1)
    assert rates["found"] == Rate(given=1)
    elsewhere = score_article(claim(MARKET, "killed"), gold=gold)
    assert elsewhere["traps avoided"].hit == 1


def test_a_claim_paired_with_what_did_happen_springs_no_trap() -> None:
    plan = event(MARKET, "Rebels plan to storm the citadel", "battle.clash", **mode("intended"))
    fact = event(MARKET, "storm", "battle.clash", **mode("happened"))
    assert score_article(claim(MARKET, "storm", "battle.clash"), gold=[plan, fact])["traps avoided"].hit == 1


@pytest.mark.parametrize(
    ("fields", "avoided"),
    [
        ({}, 0),
        ({"certainty": "hedged"}, 0),
        ({"certainty": "disputed"}, 1),
        ({"polarity": "negative"}, 1),
        ({"reality": "hypothetical"}, 1),
    ],
)
def test_a_denial_is_right_when_negative_or_disputed(fields: dict[str, Any], avoided: int) -> None:
    gold = [event(MARKET, "bombed the clinic", **mode("happened", "negative"))]
    assert score_article(claim(MARKET, "bombed", **fields), gold=gold)["traps avoided"].hit == avoided


def test_a_dispute_does_not_excuse_a_plan() -> None:
    gold = [event(MARKET, "storm the citadel", **mode("threatened"))]
    assert score_article(claim(MARKET, "storm", certainty="disputed"), gold=gold)["traps avoided"].hit == 0


# Sums and tables.


def test_scores_are_sums_over_documents_with_an_interval() -> None:
    sheets = [{"found": Rate(hit=3, given=4, owed=3)}, {"found": Rate(hit=0, given=0, owed=3)}, {}]
    (found,) = summarise(sheets, ["found"], ["found"])
    assert (found.hit, found.given, found.owed) == (3, 4, 6)
    assert (found.precision, found.recall, found.value) == (0.75, 0.5, 0.6)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.6 < found.high
    assert summarise(sheets, ["found"], ["found"]) == (found,)
    (alone,) = summarise([sheets[0]], ["found"], [])
    assert (alone.low, alone.high, alone.main) == (alone.value, alone.value, False)


def test_nothing_to_score_is_no_score() -> None:
    (empty,) = summarise([{}], ["date"], [])
    assert (empty.value, empty.low, empty.precision) == (None, None, None)
    assert table([empty]).split() == ["date", "-", "(-–-)"]


def test_a_run_prints_its_table_and_writes_its_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "allegiance_of_codebook", lambda: str)
    data, out = tmp_path / "dev.jsonl", tmp_path / "run.json"
    row = {"id": "m1", "date": "2016-09-28", "site": "x", "text": MARKET}
    data.write_text(json.dumps({**row, "events": [{"type": "strike.shelling", "quote": "killed 12"}]}) + "\n")
    argv = ["--data", str(tmp_path), "--json", str(out), "--errors"]

    def reader(scored: Document) -> Reading:
        return reading(scored.text, [claim(scored.text, "killed", "strike.air")])

    assert wire.main(argv, reader) == 0
    assert "wrong type: 1" in capsys.readouterr().out
    run = json.loads(out.read_text())
    assert run["benchmark"] == "wire"
    assert run["data"] == {"file": "dev.jsonl", "sha256": load(data).sha256, "documents": 1, "events": 1}
    assert (run["scores"]["found"]["value"], run["scores"]["type"]["value"]) == (1.0, 0.0)
    assert articles.main(argv, reader) == 0
    assert json.loads(out.read_text())["benchmark"] == "articles"


def test_an_unknown_benchmark_is_named_with_those_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_benchmark(["nothing"]) == 2
    assert "wire" in capsys.readouterr().err
