"""The benchmarks' gold, pairing and mapping, each rule by a worked example."""

import json
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from benchmarks.quality.gold import find_file, load, occurrences
from benchmarks.quality.mapping import allegiance_of_codebook, is_told, record_of
from benchmarks.quality.pairing import assign, overlap, pair
from hypothesis import given
from hypothesis import strategies as st

from dateline.model.values import Figure, Place, Time
from made import MARKET, claim, event, filler, records, span, speaker


def test_a_quote_counts_wherever_it_stands() -> None:
    hit = event(MARKET, "Shells hit market")
    assert [MARKET[start:end] for start, end in hit.spans] == ["Shells hit market"] * 2


def test_both_wordings_count_and_a_span_overrules_them() -> None:
    both = event(MARKET, "killed 12", quotes=["killed 12", "bombed the clinic"])
    assert len(both.spans) == 2
    placed = event(MARKET, "killed 12", quotes=["killed 12", "bombed the clinic"], span=[3, 9])
    assert placed.spans == ((3, 9),)


def test_other_values_stand_behind_the_first() -> None:
    gold = event(
        MARKET,
        "killed 12",
        date={"earliest": "2016-09-26", "latest": "2016-09-26", "basis": "relative"},
        killed={"low": 12, "high": None, "of": "people"},
        place="Aleppo",
        also={"type": ["civilians.toll"], "place": [None], "date": [None]},
    )
    assert gold.types == ("strike.shelling", "civilians.toll")
    assert gold.fields["date"] == (("2016-09-26", "2016-09-26"), None)
    assert gold.fields["killed"] == ((12, None),)
    assert gold.fields["place"] == ("Aleppo", None)


def test_texts_and_gold_may_lie_in_two_files(tmp_path: Path) -> None:
    texts, gold = tmp_path / "texts.jsonl", tmp_path / "gold.jsonl"
    texts.write_text(json.dumps({"id": "a", "date": "2016-09-28", "site": "x", "text": MARKET}) + "\n")
    gold.write_text(
        json.dumps({"id": "a", "events": [{"type": "strike.shelling", "quote": "killed 12"}]}) + "\n"
    )
    corpus = load(texts, gold)
    assert corpus.documents[0].published == date(2016, 9, 28)
    assert corpus.documents[0].publisher == "x"
    assert corpus.documents[0].events[0].quote == "killed 12"
    assert corpus.sha256 != load_hash(texts)
    gold.write_text(json.dumps({"id": "b", "events": []}) + "\n")
    with pytest.raises(ValueError, match="lacks: b"):
        load(texts, gold)


def load_hash(texts: Path) -> str:
    """Return the hash of a file of texts scored alone."""
    texts.write_text(json.dumps({**json.loads(texts.read_text()), "events": []}) + "\n")
    return load(texts).sha256


def test_a_folder_without_the_data_says_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"none of wire/dev\.jsonl"):
        find_file(tmp_path, "wire/dev.jsonl")


# Pairing.


def test_overlap_is_the_largest_shared_run_and_never_negative() -> None:
    assert overlap([(0, 5), (10, 20)], [(4, 13)]) == 3
    assert overlap([(0, 5)], [(5, 9)]) == 0
    assert overlap([(0, 5)], [(50, 90)]) == 0
    assert overlap([], [(5, 9)]) == 0


def test_the_same_type_is_preferred_to_the_larger_overlap() -> None:
    air = event(MARKET, "it bombed the clinic", "strike.air")
    shelling = event(MARKET, "bombed", "strike.shelling")
    bombed = records(claim(MARKET, "bombed the", "strike.shelling"))
    assert pair(bombed, [air, shelling]) == [(0, 1)]


def test_among_the_same_types_the_larger_overlap_wins() -> None:
    short, long = event(MARKET, "bombed"), event(MARKET, "bombed the clinic")
    assert pair(records(claim(MARKET, "bombed the clinic")), [short, long]) == [(0, 1)]


def test_as_many_as_can_be_are_paired() -> None:
    wide = event(MARKET, "killed 12 people, a medic told Reuters", "strike.air")
    narrow = event(MARKET, "killed 12")
    both, one = records(claim(MARKET, "killed"), claim(MARKET, "12", "strike.air"))
    assert pair([both, one], [narrow, wide]) == [(0, 0), (1, 1)]
    only_narrow = records(claim(MARKET, "killed", "strike.air"))[0]
    far = event(MARKET, "storm the citadel")
    assert pair([only_narrow], [far, narrow]) == [(0, 1)]
    assert pair([], [far]) == []


def test_a_required_event_is_paired_before_an_optional_one() -> None:
    optional = event(MARKET, "bombed the clinic", optional=True)
    required = event(MARKET, "bombed", "strike.air")
    assert pair(records(claim(MARKET, "bombed the clinic")), [optional, required]) == [(0, 1)]


@given(st.integers(1, 4).flatmap(lambda rows: st.integers(rows, 5).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 9), min_size=columns, max_size=columns), min_size=rows, max_size=rows
    ))))  # fmt: skip
def test_the_assignment_is_the_best_of_all(weights: list[list[int]]) -> None:
    chosen = assign(weights)
    assert len(set(chosen)) == len(weights)
    best = max(
        sum(row[column] for row, column in zip(weights, order, strict=True))
        for order in permutations(range(len(weights[0])), len(weights))
    )
    assert sum(row[column] for row, column in zip(weights, chosen, strict=True)) == best


# Bringing a claim to the annotators' form.


def test_sides_become_codes_by_allegiance() -> None:
    allied = {"SAA": "RU"}
    told = claim(
        MARKET,
        "bombed",
        actors=(filler("someone"), filler("the army", side="SAA"), filler("x", side="UA")),
        targets=(filler("patients", side="civilians"),),
    )
    record = record_of(told, lambda side: allied.get(side, side))
    assert (record.value("actor"), record.value("target")) == ("RUS", "CIV")
    assert records(told)[0].value("actor") == "OTH"
    assert record_of(claim(MARKET, "bombed"), str).value("actor") is None


def test_the_codebook_tells_whom_a_side_is_led_by() -> None:
    allegiance = allegiance_of_codebook()
    led = record_of(claim(MARKET, "bombed", actors=(filler("the militia", side="dpr"),)), allegiance)
    assert led.value("actor") == "RUS"
    alone = record_of(claim(MARKET, "bombed", actors=(filler("the army", side="UA"),)), allegiance)
    assert alone.value("actor") == "UKR"


def test_the_speaker_is_the_innermost_one_named_but_no_reporter() -> None:
    chain = (
        speaker("Reuters", "told", "named_organization"),
        speaker("a medic", "said"),
        speaker("our correspondent", "saw", "reporter"),
    )
    record = record_of(claim(MARKET, "killed", attribution=chain), str)
    assert record.value("source") == "a medic"
    assert record.value("cue") == "said"
    assert record.value("chain") == ("Reuters", "a medic")


def test_a_cue_without_a_speaker_is_kept_and_no_attribution_is_the_outlet() -> None:
    record = record_of(claim(MARKET, "killed", attribution=(speaker(None, "reportedly", "unnamed"),)), str)
    assert (record.value("source"), record.value("cue")) == (None, "reportedly")
    assert record_of(claim(MARKET, "killed"), str).value("cue") is None


def test_the_largest_figure_of_a_measure_is_taken() -> None:
    here = span(MARKET, "12")
    figures = [
        Figure(span=here, measure="killed", low=2, high=2, of="civilians"),
        Figure(span=here, measure="killed", low=12, high=None, of="people"),
        Figure(span=here, measure="wounded", low=30, high=30, of="people"),
    ]
    record = record_of(claim(MARKET, "killed", figures=tuple(figures)), str)
    assert (record.value("killed"), record.value("wounded")) == ((12, None), (30, 30))


def test_place_time_and_tellings_are_taken_over() -> None:
    monday = date(2016, 9, 26)
    told = claim(
        MARKET,
        "hit",
        at=1,
        tellings=(span(MARKET, "hit"),),
        place=Place(span=span(MARKET, "Aleppo"), name="Halab", country="SY"),
        time=Time(
            span=span(MARKET, "Monday"), earliest=monday, latest=monday, precision="day", basis="stated"
        ),
    )  # fmt: skip
    record = record_of(told, str)
    assert record.fields["place"] == ("Aleppo", "Halab")
    assert record.value("country") == "SY"
    assert record.value("date") == ("2016-09-26", "2016-09-26")
    assert record.spans == tuple(reversed(occurrences(MARKET, "hit")))


def test_types_outside_the_table_are_dropped_and_narrower_ones_folded() -> None:
    kept = records(claim(MARKET, "denied", "state.accuse"), claim(MARKET, "bombed", "strike.suicide"))
    assert [record.type for record in kept] == ["strike.explosive"]


def test_the_wire_takes_what_is_real_and_not_plainly_denied() -> None:
    def told(**fields: Any) -> bool:
        return is_told(record_of(claim(MARKET, "bombed", **fields), str))

    assert told()
    assert told(reality="ongoing")
    assert not told(reality="intended")
    assert not told(polarity="negative")
    assert told(polarity="negative", certainty="disputed")
    assert not told(kind="force.fortify")
