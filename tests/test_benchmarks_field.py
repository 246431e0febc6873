"""The measures that Dateline is compared with its field by, on worked examples, and the page made of runs."""

import json
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.page import page
from benchmarks.quality.case2021 import weighted_f1
from benchmarks.quality.case2021_types import label_of
from benchmarks.quality.factuality import Graded, area, joined, mean_error, modal_grade, pearson
from benchmarks.quality.intervals import interval, score
from benchmarks.quality.polnear import (
    ANNOTATORS,
    Article,
    Relation,
    agreement,
    count,
    measure,
    relations_of,
)
from benchmarks.quality.polnear_rivals import by_quotes, by_verbs
from benchmarks.quality.reader import kit_of, read_with
from benchmarks.quality.report import kinds_table
from benchmarks.quality.times_rivals import dateparser_mentions
from benchmarks.quality.toponyms import Document, Gold, tally_of
from benchmarks.quality.toponyms import measure as place_measure

SAID = "The mayor of Dorin said that shells hit the mill. Nobody was hurt."


def test_an_interval_holds_the_measure_and_is_the_same_each_time() -> None:
    values = [float(number % 7) for number in range(50)]

    def mean(drawn: object) -> float:
        assert isinstance(drawn, list)
        return sum(drawn) / len(drawn)

    low, high = interval(values, mean)
    assert low is not None
    assert high is not None
    assert low < mean(values) < high
    assert (low, high) == interval(values, mean)
    assert interval(values, lambda _: None) == (None, None)
    (told,) = score(values, {"mean": mean}, ("mean",))
    assert (told.value, told.low, told.high, told.main) == (mean(values), low, high, True)


def test_f1_is_weighted_by_how_often_a_label_is_right() -> None:
    # a: precision 2/3, recall 1 -> .8, weight 2; b: 1/1, 1/2 -> 2/3, weight 2. As scikit-learn's "weighted".
    pairs = [("a", "a"), ("a", "a"), ("b", "a"), ("b", "b")]
    assert weighted_f1(pairs) == pytest.approx((0.8 * 2 + 2 / 3 * 2) / 4)
    assert weighted_f1([("a", "c")]) == 0.0
    assert weighted_f1([]) is None


def test_grades_are_correlated_averaged_and_ranked() -> None:
    graded = [
        Graded(gold=(3.0, -3.0), given={"": (2.0, -1.0)}, keys=()),
        Graded(gold=(0.0,), given={"": (0.5,)}, keys=()),
    ]
    assert pearson("", graded) == pytest.approx(1.0, abs=0.02)
    assert mean_error("", graded) == pytest.approx((1 + 2 + 0.5) / 3)
    assert area("", graded) == 1.0
    tied = [Graded(gold=(3.0, 2.0, -3.0), given={"": (1.0, 2.0, 1.0)}, keys=())]
    # Two pairs: one right, one tie.
    assert area("", tied) == 0.75
    constant = [Graded(gold=(3.0, -3.0), given={"": (1.0, 1.0)}, keys=())]
    assert pearson("", constant) is None


def test_tokens_become_a_text_with_their_places() -> None:
    words = ("He", "did", "n't", "go", "(", "yet", ")", ".")
    text, starts = joined(words)
    assert text == "He didn't go (yet)."
    assert [text[start : start + len(word)] for start, word in zip(starts, words, strict=True)] == list(words)


def test_the_modal_rule_looks_at_the_words_before() -> None:
    words = ("They", "might", "attack", ",", "and", "so", "far", "all", "did", "not", "flee")
    assert [modal_grade(words, place) for place in (0, 2, 10)] == [2.5, 0.5, -2.0]


def relation(text: str, source: str, cue: str, content: str) -> Relation:
    def offsets(words: str) -> set[int]:
        start = text.index(words)
        return set(range(start, start + len(words)))

    return Relation(source=offsets(source), cue=offsets(cue), content=offsets(content))


def test_attributions_are_scored_by_words_and_by_covered_content() -> None:
    gold = [relation(SAID, "The mayor of Dorin", "said", "that shells hit the mill")]
    half = relation(SAID, "The mayor", "said", "hit the mill")
    article = Article(counts={"": count(SAID, gold, [half])}, errors=Counter())
    # Three of five content words: precision 1, recall .6.
    assert measure("content token F1", "", [article]) == pytest.approx(0.75)
    assert measure("cue token F1", "", [article]) == 1.0
    assert measure("source where content is covered", "", [article]) == 1.0
    short = relation(SAID, "The mayor", "said", "the mill")
    article = Article(counts={"": count(SAID, gold, [short])}, errors=Counter())
    assert measure("source where content is covered", "", [article]) is None
    assert measure("both right over all", "", [article]) == 0.0


def test_brat_lines_become_relations() -> None:
    spans = "T1\tSource 0 9\tThe mayor\nT2\tCue 19 23\tsaid\nT3\tContent 24 30;36 39\tthat\n"
    lines = spans + "E1\tAttribution:T1 Cue:T2 Source:T1 Content:T3\n"
    (read,) = relations_of(lines)
    assert read.content == {*range(24, 30), *range(36, 39)}
    assert read.source == set(range(9))


def test_the_rivals_read_what_is_plain() -> None:
    ((source, cue, content),) = by_verbs(SAID)
    assert SAID[min(source) : max(source) + 1] == "The mayor of Dorin"
    assert SAID[min(cue) : max(cue) + 1] == "said"
    assert SAID.index("shells") in content
    quoted = 'The mayor said on Monday: "The mill burned down last night and nobody was hurt."'
    ((source, cue, content),) = by_quotes(quoted)
    assert quoted.index("mill") in content
    assert quoted.index("said") in cue
    assert quoted.index("mayor") in source


def test_dateparser_reads_a_full_date_and_counts_from_it() -> None:
    text = "On 9 September 1914 a plan was made. It failed in 1916."
    found = [(text[start:end], mention.time) for start, end, mention in dateparser_mentions(text)]
    assert [words for words, _ in found] == ["9 September 1914", "1916"]
    day, year = (time for _, time in found)
    assert day is not None
    assert year is not None
    assert day.earliest.isoformat() == day.latest.isoformat() == "1914-09-09"
    assert (year.earliest.isoformat(), year.latest.isoformat()) == ("1916-01-01", "1916-12-31")


def test_places_are_scored_by_span_by_point_and_both() -> None:
    golds = [Gold(0, 5, (50.0, 30.0), 1), Gold(10, 15, (10.0, 10.0), 2), Gold(20, 25, None, None)]
    near, far = ((50.5, 30.5), None), ((40.0, 10.0), 2)
    tally = tally_of(golds, {(0, 5): near, (20, 25): far, (30, 35): far}, {(0, 5): near, (10, 15): far})
    assert (tally.matched, tally.given, tally.owed) == (2, 3, 3)
    # A name without annotated coordinates counts on neither side end to end.
    assert (tally.placed, tally.placed_given, tally.pointed) == (1, 2, 2)
    documents = [Document(tallies={"": tally})]
    assert place_measure("spans F1", "", documents) == pytest.approx(2 / 3)
    assert place_measure("gold spans Acc@161km", "", documents) == 0.5
    assert place_measure("gold spans Acc@161km or id", "", documents) == 1.0
    assert place_measure("end to end F1", "", documents) == 0.5


def test_kinds_of_errors_are_listed_commonest_first() -> None:
    lines = kinds_table({"rare": 1, "common": 3, "none": 0}).splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["common", "rare"]
    assert lines[1].split()[1:] == ["3", "0.750"]


def test_the_page_shows_asked_ours_and_baselines() -> None:
    run = {
        "benchmark": "times",
        "data": {"file": "x", "sha256": "ab" * 32, "documents": 16},
        "scores": {
            "strict": {"value": 0.894, "low": 0.877, "high": 0.914},
            "rival: strict": {"value": 0.578, "low": 0.5, "high": 0.6},
        },
        "errors": {"missed: words": 7},
    }
    bars = {"times": {"title": "Times", "field": "a tool .86", "scores": {"strict": 0.88, "value": 0.86}}}
    text = page([run], bars)
    assert "| strict | .880 | .894 (.877–.914) | .578 |" in text
    assert "| measure | asked | Dateline (95 %) | rival |" in text
    assert "missed: words 7" in text
    with pytest.raises(KeyError, match="no bars for other"):
        page([{**run, "benchmark": "other"}], bars)


def test_every_score_of_the_page_is_held_by_bars(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks.__main__ import main

    run = {"benchmark": "speed", "data": {"sha256": "cd" * 32}, "measures": {"ratio": 0.77, "words": 9.0}}
    (tmp_path / "speed.json").write_text(json.dumps(run))
    assert main(["page", str(tmp_path / "speed.json")]) == 0
    assert "| ratio | .350 | .770 |" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Two suicide bombers blew themselves up near a market in the city of Dorin.", "SUIC_BOMB"),
        ("A grenade was hurled at a patrol in Dorin and four soldiers were wounded.", "GRENADE"),
        ("Warplanes bombed the town of Dorin on Monday.", "AIR_STRIKE"),
        ("Rebel fighters captured the town of Dorin on Monday.", "NON_STATE_ACTOR_OVERTAKES_TER"),
        ("Government forces captured the town of Dorin on Monday.", "GOV_REGAINS_TERIT"),
        ("Thousands of people protested peacefully in Dorin on Monday.", "PEACE_PROTEST"),
        ("Police fired tear gas to disperse a protest in Dorin.", "PROTEST_WITH_INTER"),
        ("Gunmen kidnapped three teachers in Dorin.", "ABDUCT_DISSAP"),
    ],
)
def test_claims_lead_to_sub_events(text: str, label: str) -> None:
    kit = kit_of("on")
    reading = read_with(kit, text)
    assert reading is not None
    assert label_of(reading.claims, text, kit) == label


def test_annotators_are_scored_against_one_another() -> None:
    spans = "T1\tSource 0 18\tThe mayor of Dorin\nT2\tCue 19 23\tsaid\nT3\tContent 24 48\tthat shells hit the mill\n"
    whole = spans + "E1\tAttribution:T1 Cue:T2 Source:T1 Content:T3\n"
    # The second leaves the cue out, whoever is taken for right.
    bare = spans + "E1\tAttribution:T1 Source:T1 Content:T3\n"
    found = agreement(SAID, [whole, bare])
    assert measure("cue token F1", ANNOTATORS, [found]) == 0.0
    assert measure("content token F1", ANNOTATORS, [found]) == 1.0
    same = agreement(SAID, [whole, whole, whole])
    assert measure("cue token F1", ANNOTATORS, [same]) == 1.0
    assert same.counts[ANNOTATORS]["gold"] == 6
