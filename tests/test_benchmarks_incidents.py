"""The scorers of groupings and the pieces that joining is trained with, on worked examples of our own."""

from datetime import date
from math import log
from pathlib import Path

import numpy as np
import pytest
from benchmarks.quality import incidents_rivals as rivals
from benchmarks.quality.clusterings import score, sums_of
from benchmarks.quality.incidents import events_of
from benchmarks.quality.linking import Told, episodes_in, half_of, host_of, readings_of
from benchmarks.quality.linking_fit import Lessons, fit, fit_folds, group, weigh, written
from benchmarks.quality.linking_lessons import compare_shootings
from benchmarks.quality.linking_pairs import (
    POPULATION,
    Judged,
    agreement,
    find_episode,
    parts_of,
    read_judged,
    stands_for,
)
from tools.train_linking import by_incident, count_terms, keep_frequencies, terms_of

from dateline.linking import score as scoring
from dateline.linking.episodes import principal
from dateline.linking.score import COMPARISONS
from dateline.linking.terms import number_of
from dateline.model.reading import Reading
from dateline.model.text import Report
from dateline.run.link import LinkKit, load_link_kit

# Figure 1 of Bagga and Baldwin (1998): groups of 5, 2 and 5; the first answer joins the two of 5, the second 5 with 2.
TRUTH = [1] * 5 + [2] * 2 + [3] * 5
FIRST = [1] * 5 + [2] * 7
SECOND = [1] * 5 + [2] * 2 + [1] * 5

NORTH = "Two people were killed when a drone hit a bus in Kharkiv on Monday, the governor said."
NORTH_AGAIN = "A drone struck a bus in Kharkiv on Monday. Two people were killed, police said."
SOUTH = "Five people were wounded by shelling in Kherson on 3 June 2024, officials said."


def test_bcubed_of_the_paper() -> None:
    for answer, precision in ((FIRST, 0.76), (SECOND, 0.58)):
        found = score("", sums_of(TRUTH, answer, "bcubed"))
        assert found.precision == pytest.approx(precision, abs=0.005)
        assert found.recall == 1.0
        assert found.value == pytest.approx(2 * precision / (precision + 1), abs=0.005)


def test_pairs_are_counted_within_groups() -> None:
    found = score("", sums_of("aaab", "xxyy", "pairwise"))
    # One right pair of the two joined, one of the three that should be; counts are of pairs with their order.
    assert found.precision == 0.5
    assert found.recall == pytest.approx(1 / 3)
    assert found.value == pytest.approx(0.4)
    assert (found.hit, found.given, found.owed) == (2, 4, 6)


def test_a_pair_across_incidents_counts_half_to_each() -> None:
    assert sums_of("ab", "xx", "pairwise").ours.tolist() == [1.0, 1.0]


def test_nothing_joined_has_no_right_pair() -> None:
    assert score("", sums_of("aab", [1, 2, 3], "pairwise")).value == 0.0
    assert score("", sums_of("aab", [1, 2, 3], "bcubed")).precision == 1.0


def test_interval_holds_the_value_and_is_the_same_again() -> None:
    gold = [number // 2 for number in range(40)]
    ours = [number // 2 if number % 6 else number + 100 for number in range(40)]
    found = score("", sums_of(gold, ours, "pairwise"))
    assert found.low is not None
    assert found.value is not None
    assert found.high is not None
    assert found.low < found.value < found.high
    assert found == score("", sums_of(gold, ours, "pairwise"))


def _article(told: int, text: str = "", city: str = "Here") -> rivals.Article:
    return rivals.Article(incident="", told=told, text=text, city=city)


def test_a_city_is_grouped_as_long_as_days_are_near() -> None:
    articles = [_article(1), _article(9), _article(4), _article(4, city="There"), _article(12)]
    labels = rivals.by_city(articles)
    assert labels[0] == labels[2]
    assert labels[1] == labels[4]
    assert len({labels[0], labels[1], labels[3]}) == 3


def test_words_group_what_is_alike_and_near_in_time() -> None:
    pytest.importorskip("sklearn")
    bus, shop = "drone hits bus in the square", "robbers raid jewellery shop"
    articles = [_article(1, bus), _article(2, bus), _article(30, bus), _article(2, shop)]
    labels = rivals.by_words(articles)(0.5)
    assert labels[0] == labels[1]
    assert len(set(labels)) == 3


def test_best_cut_is_the_first_of_the_best() -> None:
    ways = {0.1: "xxxx", 0.2: "xxyy", 0.3: "aabb", 0.4: "wxyz"}
    assert rivals.best_cut(lambda cut: ways[cut], tuple(ways), "aabb") == 0.2


def test_host_is_that_of_the_page_in_an_archive() -> None:
    assert host_of("http://web.archive.org/web/20161215150000/http://www.news.example/a") == "news.example"
    assert host_of("https://news.example/a") == "news.example"
    assert host_of("") is None


def test_halves_are_by_the_parity_of_the_digest() -> None:
    # MD5 of "a" ends in 1, that of "b" in f, that of "1" in b, that of "2" in c.
    assert [half_of(id) for id in "ab12"] == ["odd", "odd", "odd", "even"]


def test_judged_pairs_have_no_text_and_stand_for_all() -> None:
    pairs = read_judged()
    assert len(pairs) > 1000
    assert all(pair.left < pair.right for pair in pairs)
    weights = stands_for(pairs)
    total = sum(weights[pair.stratum] for pair in pairs)
    assert total == pytest.approx(sum(POPULATION.values()))
    agreed, both = agreement()
    assert 0.9 * both < agreed <= both


def test_judgements_that_differ_are_left_out(tmp_path: Path) -> None:
    head = "row,start,other_row,other_start,label,annotator,round,stratum\n"
    rows = "1,0,2,5,same,a,1,\n1,0,2,5,diff,b,1,\n1,0,3,5,same,a,1,\n1,0,4,5,part,a,1,\n2,0,4,5,diff,c,2,3\n"
    path = tmp_path / "pairs.csv"
    path.write_text(head + rows, encoding="utf-8")
    assert [(pair.id, pair.same, pair.stratum) for pair in read_judged(path)] == [
        ("1:0-3:5", True, None),
        ("2:0-4:5", False, 3),
    ]
    assert agreement(path) == (0, 1)


def test_pairs_that_share_a_report_are_one_part() -> None:
    pairs = [
        Judged(left=(1, 0), right=(2, 0), same=True, stratum=None),
        Judged(left=(2, 9), right=(3, 0), same=True, stratum=None),
        Judged(left=(4, 0), right=(5, 0), same=False, stratum=None),
    ]
    parts = parts_of(pairs)
    assert parts[0] == parts[1] != parts[2]


def test_terms_weigh_by_the_corpus_they_are_common_in() -> None:
    common, rare, once = {1}, {2}, {3}
    frequencies = count_terms([[common] * 10, [rare] * 5 + [set()] * 85 + [once] * 2])
    # Ten of 102 in all, but all of the first corpus.
    assert frequencies.weight(1) == 0.0
    assert frequencies.weight(2) == pytest.approx(-log(5 / 92), abs=0.01)
    assert frequencies.weight(3) == frequencies.most == pytest.approx(log(102))


def test_kept_weights_are_those_that_were_counted(tmp_path: Path) -> None:
    frequencies = count_terms([[terms_of("Acting Mayor Ann Lee spoke")] * 7, [terms_of("nothing")] * 3])
    keep_frequencies(frequencies, tmp_path / "kept.npz")
    with np.load(tmp_path / "kept.npz") as kept:
        assert dict(zip(kept["terms"].tolist(), kept["weights"].tolist(), strict=True)) == frequencies.weights
        assert float(kept["most"]) == frequencies.most
    assert number_of("Ann Lee") in frequencies.weights


def test_an_incident_told_often_counts_once() -> None:
    told = [Told(row=row, incident=id, report=Report(text=text)) for row, (id, text) in enumerate(
        [("a", "one two"), ("a", "two three"), ("b", "two")]
    )]  # fmt: skip
    assert sorted(map(len, by_incident(told))) == [1, 3]


def _lessons() -> Lessons:
    """Pairs that are the same just where the first comparison has its first level, the others by chance."""
    rng = np.random.default_rng(5)
    levels = np.column_stack([rng.integers(0, len(one.levels), 600) for one in COMPARISONS]).astype(np.int8)
    return Lessons(
        levels=levels, same=levels[:, 0] == 0, parts=rng.integers(0, 5, (600, 2)), weight=1.0
    )  # fmt: skip


def test_fitted_weights_tell_what_decides() -> None:
    pytest.importorskip("sklearn")
    lessons = _lessons()
    model = fit([lessons])
    first, *others = model.weights[COMPARISONS[0].name]
    assert first > 3 > 0 > max(others)
    assert all(abs(weight) < 2 for one in COMPARISONS[1:] for weight in model.weights[one.name])
    assert model == fit([lessons])


def test_a_fold_is_fitted_without_its_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[np.ndarray] = []
    monkeypatch.setattr(
        "benchmarks.quality.linking_fit.fit", lambda lessons, kept: seen.append(kept(lessons[0]))
    )
    lessons = _lessons()
    fit_folds([lessons])
    assert len(seen) == 5
    for fold, kept in enumerate(seen):
        assert kept.any()
        assert not (lessons.parts[kept] == fold).any()
        assert (lessons.parts[~kept] == fold).any(axis=1).all()


def test_a_model_is_read_as_it_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = scoring.load_model()
    path = tmp_path / "model.toml"
    path.write_text(written(model), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == scoring.MODEL.read_text(encoding="utf-8")
    monkeypatch.setattr(scoring, "MODEL", path)
    assert scoring.load_model.__wrapped__() == model


@pytest.fixture(scope="module")
def kit() -> LinkKit:
    return load_link_kit()


@pytest.fixture(scope="module")
def told() -> list[Told]:
    texts = [
        (NORTH, "one.example", "n"),
        (SOUTH, "two.example", "s"),
        (NORTH_AGAIN, "two.example", "n"),
        ("Hm.", "x", "e"),
    ]
    return [
        Told(
            row=row,
            incident=incident,
            report=Report(text=text, published=date(2024, 6, 4), publisher=site, name=str(row)),
        )
        for row, (text, site, incident) in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def readings(told: list[Told]) -> list[Reading]:
    return readings_of("own", told, None)


def test_readings_are_kept_until_the_texts_change(told: list[Told], tmp_path: Path) -> None:
    short = told[:2]
    first = readings_of("own", short, tmp_path)
    (tmp_path / "own.pkl").touch()
    before = (tmp_path / "own.pkl").read_bytes()
    assert readings_of("own", short, tmp_path) == first
    assert (tmp_path / "own.pkl").read_bytes() == before
    assert len(readings_of("own", told[1:], tmp_path)) == 3
    assert (tmp_path / "own.pkl").read_bytes() != before


def test_articles_are_in_the_event_of_their_principal(readings: list[Reading], kit: LinkKit) -> None:
    groups = events_of(readings, episodes_in(readings, kit.kinship, kit.frequencies), kit)
    assert groups[0] == groups[2]
    assert len(set(groups)) == 3


def test_joining_at_once_agrees_with_the_record(
    told: list[Told], readings: list[Reading], kit: LinkKit
) -> None:
    known = compare_shootings(told, episodes_in(readings, kit.kinship, kit.frequencies), kit.kinship)
    groups = known.groups([kit.model])
    assert groups[0] == groups[2]
    assert len(set(groups)) == 3
    lessons = known.lessons()
    assert lessons.same.sum() == 1
    assert lessons.parts.shape == (len(lessons.same), 2)
    fold = np.zeros(len(known.compared.left), np.int64)
    apart = group(known.compared, np.full(len(fold), kit.model.floor), kit.model)
    assert len(set(apart)) == known.compared.count
    assert (weigh(known.compared, [kit.model], fold) >= kit.model.floor).all()


def test_an_episode_is_found_by_its_offset(readings: list[Reading], kit: LinkKit) -> None:
    episodes = episodes_in(readings, kit.kinship, kit.frequencies)
    lead = principal(episodes[0])
    assert lead is not None
    start = next(claim.trigger.start for claim in readings[0].claims if claim.id == lead.id)
    assert find_episode((0, start), readings, episodes) == lead.id
    assert find_episode((0, start + 5), readings, episodes) == lead.id
    assert find_episode((0, start + 5_000), readings, episodes) is None
    assert find_episode((3, 0), readings, episodes) is None
