"""One report's toll of its main event, on reports of our own writing: war and crime alike."""

import gzip
from math import exp
from pathlib import Path

import pytest
from benchmarks.quality.toll import Article, patterns, sheet_of

from dateline.codebook.quantities import QuantityBook, load_quantities
from dateline.codebook.tables import Sources
from dateline.codebook.toll_words import TollWords, load_toll_words
from dateline.errors import CodebookError
from dateline.model.text import Report
from dateline.reading.figures import find_figures
from dateline.reading.parse import parse
from dateline.reading.quantities import find_quantities
from dateline.reading.report_toll import ReportToll, report_toll, sift
from dateline.reading.segment import segment
from dateline.reading.toll_beside import beside_fates
from dateline.reading.toll_evidence import Evidence
from dateline.reading.toll_features import candidates
from dateline.reading.toll_lexis import Lexis, grams_of
from dateline.reading.toll_model import Chooser, load_chooser
from dateline.reading.toll_story import story_of
from dateline.reading.victims import Victim


@pytest.fixture(scope="module")
def book() -> QuantityBook:
    return load_quantities(Sources())


@pytest.fixture(scope="module")
def words() -> TollWords:
    sources = Sources()
    loaded = load_toll_words(sources)
    assert not sources.faults
    return loaded


def toll(text: str, book: QuantityBook, words: TollWords) -> ReportToll:
    layout = segment(Report(text=text))
    return report_toll(layout, parse(layout), book, words, load_chooser())


def sifted(
    text: str, book: QuantityBook, words: TollWords
) -> tuple[tuple[Evidence, ...], tuple[Victim, ...]]:
    layout = segment(Report(text=text))
    parsed = parse(layout)
    quantities = find_quantities(parsed, book)
    figures = find_figures(parsed, quantities, book)
    evidence, victims, _ = sift(layout, parsed, figures, quantities, book, words)
    return evidence, victims


REPORTS = {
    "a sum of the war so far is not the strike's toll": (
        "Rockets kill 12 in Karvela market\n\nTwelve people were killed and 30 others wounded when rockets struck a "
        "crowded market in Karvela on Tuesday, the regional governor said.\n\nThe attack came a day after shelling in "
        "the north. More than 4,000 civilians have been killed since the war began in March, according to the mission.",
        (12, 30),
    ),
    "a year's sum is not the shooting's toll": (
        "Five shot outside dance hall\n\nFive people were shot outside a dance hall early on Saturday, police said. "
        "All five were taken to hospital and are expected to survive.\n\nLast year 23 people were killed in shootings "
        "in the city.",
        (0, 5),
    ),
    "who killed himself counts beside those he killed": (
        "Man kills wife and son, then himself\n\nA man shot and killed his wife and their son before turning the gun on "
        "himself at a farm near Dremmen on Sunday, police said.\n\nNeighbours had heard shots in the morning.",
        (3, 0),
    ),
    "a person without a number is one": (
        "Woman, 61, shot dead at checkpoint\n\nA 61-year-old woman was shot dead at a checkpoint outside Tarven on "
        "Friday, residents said.\n\nHalina Moro was on her way to the clinic when soldiers opened fire. She died at the "
        "scene.",
        (1, 0),
    ),
    "the dead and the hurt are told apart": (
        "Boy killed, two soldiers hurt by mine\n\nA boy was killed when a mine went off beside the road to Sellin on "
        "Monday.\n\nTwo soldiers who had been walking behind him were taken to hospital with leg wounds.",
        (1, 2),
    ),
    "a couple is two": (
        "Couple found dead in home\n\nA man and a woman were found dead in their home in Vellin on Monday. Police are "
        "treating the deaths as a double murder.",
        (2, 0),
    ),
    "large tolls are read like small ones": (
        "President: 6,000 enemy soldiers killed in six days\n\nAbout 6,000 enemy troops have been killed in the first six "
        "days of the invasion, the president said in a video on Wednesday.",
        (6000, 0),
    ),
    "those shot and not killed are hurt": (
        "One dead after four shot in Lommer\n\nFour people were shot in Lommer late on Thursday, one fatally, officials "
        "said. A 30-year-old man died at the scene. The other three were taken to hospital in stable condition.",
        (1, 3),
    ),
    "who tells no deaths has none": (
        "Museum reopens after works\n\nThe museum of Tarven opened its doors again on Friday after two years of works.",
        (0, 0),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), REPORTS.values(), ids=REPORTS.keys())
def test_a_report_has_one_toll(
    text: str, expected: tuple[int, int], book: QuantityBook, words: TollWords
) -> None:
    read = toll(text, book, words)
    assert (read.killed.number, read.injured.number) == expected


@pytest.mark.parametrize("text", [text for text, _ in REPORTS.values()])
def test_every_toll_shows_its_words_and_rivals(text: str, book: QuantityBook, words: TollWords) -> None:
    read = toll(text, book, words)
    for choice in (read.killed, read.injured):
        assert 0 <= choice.surety <= 1
        assert all(text[span.start : span.end] == span.quote for span in choice.grounds)
        assert bool(choice.grounds) == (choice.number > 0)
        assert all(odds <= choice.surety for _, odds in choice.rivals)


def test_a_toll_is_the_same_when_read_again(book: QuantityBook, words: TollWords) -> None:
    text = REPORTS["the dead and the hurt are told apart"][0]
    assert toll(text, book, words) == toll(text, book, words)


@pytest.mark.parametrize(
    ("text", "dead", "hurt"),
    [
        ("A soldier was killed. The soldier died of blood loss.", 1, 0),
        ("The blast killed a boy and wounded a nurse.", 1, 1),
        ("A 20-year-old man was killed. Another man was wounded.", 1, 1),
        ("The shell killed Dana Brell, 40, and critically wounded her father.", 1, 1),
        ("A woman was wounded on Monday. The woman died on Friday.", 1, 0),
        ("Ivan Petrov was killed on Monday. His brother fled. Boris Petrov was wounded.", 1, 1),
    ],
)
def test_single_persons_are_told_apart(
    text: str, dead: int, hurt: int, book: QuantityBook, words: TollWords
) -> None:
    _, victims = sifted(text, book, words)
    assert sum(bool(victim.dead) for victim in victims) == dead
    assert sum(bool(victim.hurt) and not victim.dead for victim in victims) == hurt


@pytest.mark.parametrize(
    ("text", "fate", "way", "low"),
    [
        ("He was charged with two counts of murder.", "killed", "counts", 2),
        ("He was charged with three counts of attempted murder.", "wounded", "counts", 3),
        ("Investigators called it a triple homicide.", "killed", "multiple", 3),
        ("A third victim has died of his wounds.", "killed", "ordinal", 3),
        ("The major then took his own life.", "killed", "suicide", 1),
        ("All four villagers had hidden in a cellar.", "any", "loose", 4),
        ("Three gunmen were killed by guards.", "killed", "perpetrators", 3),
    ],
)
def test_what_tells_a_toll_beside_its_figures(
    text: str, fate: str, way: str, low: int, book: QuantityBook, words: TollWords
) -> None:
    evidence, _ = sifted(text, book, words)
    assert (fate, way, low) in {(one.fate, one.way, one.low) for one in evidence}


@pytest.mark.parametrize(
    ("text", "past", "unreal"),
    [
        ("Forty people have been killed so far this year.", True, False),
        ("Forty people were killed in the raid.", False, False),
        ("The militia threatened to kill forty people.", False, True),
        ("Forty people were not killed in the raid.", False, True),
    ],
)
def test_past_sums_and_unreal_deaths_are_marked(
    text: str, past: bool, unreal: bool, book: QuantityBook, words: TollWords
) -> None:
    evidence, _ = sifted(text, book, words)
    [one] = [one for one in evidence if one.fate == "killed" and one.low == 40 and one.way == "number"]
    assert (one.past, one.unreal) == (past, unreal)


def test_candidates_are_weighed_against_each_other_by_trees() -> None:
    tree = ((0.0, 1.5, 1.0, 2.0), (-2.0,), (3.0,))
    lexis = Lexis(bias={"killed": (0.0,), "injured": (0.0,)}, grams={})
    chooser = Chooser(
        features={"killed": ("number",), "injured": ()},
        trees={"killed": (tree, tree), "injured": ()},
        lexis=lexis,
    )
    sureties = chooser.sureties("killed", [{"number": 1.5}, {"number": 2.0}])
    assert sureties == pytest.approx((1 / (1 + exp(10)), 1 / (1 + exp(-10))))


def test_a_file_that_holds_no_trees_is_named(tmp_path: Path) -> None:
    path = tmp_path / "trees.json.gz"
    path.write_bytes(gzip.compress(b'{"words": {}}'))
    with pytest.raises(CodebookError, match="train_report_toll"):
        load_chooser(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two injured, guard dead at depot", [("wounded", 2), ("killed", 1)]),
        ("1 killed 3 injured in market blast", [("killed", 1), ("wounded", 3)]),
        ("Mother, father, toddler dead in cellar", [("killed", 3)]),
        ("A mother, father, and toddler were found dead in a cellar.", [("killed", 3)]),
        ("Ivo Marek, 32, and Dana Brell, 40, were killed.", [("killed", 2)]),
        ("The shelling killed a nurse, a driver and two patients.", [("killed", 4)]),
        ("A mine killed five soldiers and wounded eleven.", [("killed", 5), ("wounded", 11)]),
        ("Mine kills 3, wounds 4", [("killed", 3), ("wounded", 4)]),
        ("Father of 3 fatally shot", [("killed", 1)]),
        ("A guard was shot and killed.", [("killed", 1), ("killed", 1)]),
        ("A guard was shot by looters.", [("struck", 1)]),
        ("Vellin mourns the dead of the war", []),
    ],
)
def test_fates_are_counted_by_the_words_beside_them(
    text: str, expected: list[tuple[str, int]], book: QuantityBook, words: TollWords
) -> None:
    parsed = parse(segment(Report(text=text)))
    numbers = {quantity.number.i: quantity for quantity in find_quantities(parsed, book)}
    found = list(beside_fates(parsed, numbers, book.people, words))
    assert [(one.fate, one.low) for one in found] == expected
    assert all(one.first <= one.fated <= one.last for one in found)


def test_who_did_it_is_marked_beside_a_fate(book: QuantityBook, words: TollWords) -> None:
    parsed = parse(segment(Report(text="Gunman dead after siege")))
    [one] = beside_fates(parsed, {}, book.people, words)
    assert one.perpetrator


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("He was charged with assault with a deadly weapon.", ("killed", "fatal")),
        ("The wound was accidental and self-inflicted.", ("killed", "suicide")),
        ("The shots came from a dead-end street.", ("killed", "unread")),
        ("He was charged with assault with intent to murder.", ("killed", "charge")),
        ("The 2013 killings were never solved.", ("killed", "number")),
    ],
)
def test_what_sounds_like_a_death_and_is_none(
    text: str, absent: tuple[str, str], book: QuantityBook, words: TollWords
) -> None:
    evidence, _ = sifted(text, book, words)
    assert absent not in {(one.fate, one.way) for one in evidence}


def test_a_round_number_of_dead_is_no_year(book: QuantityBook, words: TollWords) -> None:
    evidence, _ = sifted("The offensive killed 2000 soldiers.", book, words)
    assert ("killed", "number", 2000) in {(one.fate, one.way, one.low) for one in evidence}


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("A boy was killed in April.", True),
        ("A boy was killed on April 3.", False),
        ("A boy was killed.", False),
    ],
)
def test_a_month_without_a_day_tells_of_another_time(
    text: str, dated: bool, book: QuantityBook, words: TollWords
) -> None:
    evidence, _ = sifted(text, book, words)
    assert {one.dated for one in evidence if one.fate == "killed"} == {dated}


def test_lines_that_lead_to_other_stories_tell_nothing_of_this_one(
    book: QuantityBook, words: TollWords
) -> None:
    text = (
        "Two hurt in market blast\n\nTwo traders were wounded when a grenade went off in Karvela market.\n\n"
        "0:45 Nine killed in mine collapse\n\n+ Boy dead after fire"
    )
    layout = segment(Report(text=text))
    parsed = parse(layout)
    assert story_of(layout, parsed).regions.count("teaser") == 2
    quantities = find_quantities(parsed, book)
    figures = find_figures(parsed, quantities, book)
    facts = sift(layout, parsed, figures, quantities, book, words)[2]
    assert not any(one.fate == "killed" for one, _ in facts.evidence)
    assert candidates(facts, "killed") == (0,)


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Four villagers were killed before the guard turned the gun on himself.", 5),
        ("The guard killed four villagers and then took his own life.", 5),
        ("The guard killed himself.", 0),
    ],
)
def test_who_dies_by_his_own_hand_is_added_to_those_killed_before(
    text: str, dead: int, book: QuantityBook, words: TollWords
) -> None:
    layout = segment(Report(text=text))
    parsed = parse(layout)
    quantities = find_quantities(parsed, book)
    figures = find_figures(parsed, quantities, book)
    assert sift(layout, parsed, figures, quantities, book, words)[2].with_self == dead


def test_word_runs_hold_no_names_and_mark_numbers(book: QuantityBook) -> None:
    layout = segment(Report(text="Raid on depot\n\nHalina Moro, 61, saw 2 guards and 40 soldiers fall."))
    parsed = parse(layout)
    grams = grams_of(parsed, story_of(layout, parsed), find_quantities(parsed, book))
    assert "NAME" in grams["near"]
    assert not any("halina" in gram or "moro" in gram for block in grams.values() for gram in block)
    assert {"#age", "2 guards", "#number soldiers"} <= set(grams["near"])
    assert "^ raid on" in grams["title"]


def test_what_words_say_is_weighed_by_rarity_within_each_block() -> None:
    lexis = Lexis(
        bias={"killed": (0.0, 1.0), "injured": (0.0, 0.0)},
        grams={"near": {"slain": (2.0, -1.0, 1.0, 0.0, 0.5)}},
    )
    heard = lexis.hear({"near": {"slain": 1.0, "unknown": 3.0}})
    assert heard["killed"] == pytest.approx((1 / (1 + exp(3)), 1 / (1 + exp(-3))))
    assert heard["injured"] == pytest.approx((1 / (1 + exp(0.5)), 1 / (1 + exp(-0.5))))
    assert lexis.hear({"near": {}})["injured"] == (0.5, 0.5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three people were killed and 5 others wounded in the raid.", (3, 5)),
        ("A man was killed.", (1, 0)),
        ("Six people were shot; two people were killed.", (2, 4)),
    ],
)
def test_the_patterns_that_serve_as_a_baseline(text: str, expected: tuple[int, int]) -> None:
    assert patterns(text) == expected


def test_only_articles_with_two_dead_or_more_count_for_those_scores() -> None:
    article = Article(id="a", incident="i", text="", killed=1, injured=2)
    sheet = sheet_of(article, {"": (1, 0)})
    assert {name: rate.hit for name, rate in sheet.items()} == {"killed": 1, "injured": 0, "both": 0}
    many = sheet_of(Article(id="b", incident="i", text="", killed=2, injured=2), {"": (2, 2)})
    assert many["killed on 2+"].hit == many["both on 2+"].hit == 1
