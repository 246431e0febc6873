"""Time expressions: what is found, to which days it is resolved, and what is left open."""

import re
import time
from datetime import date
from functools import cache

import pytest

from dateline.codebook.tables import Sources
from dateline.codebook.wars import load_wars
from dateline.model.text import Report
from dateline.reading.mentions import TimeMention
from dateline.reading.parse import parse
from dateline.reading.segment import segment
from dateline.reading.times import find_times
from dateline.reading.times_calendar import (
    Window,
    month_window,
    nearest_year,
    part_of,
    shift,
    shift_months,
    week_window,
)
from dateline.reading.tokens import Parse

WARS = load_wars()


@cache
def read(text: str, published: str | None) -> tuple[Parse, tuple[TimeMention, ...]]:
    layout = segment(Report(text=text))
    parsed = parse(layout)
    day = date.fromisoformat(published) if published else None
    return parsed, find_times(parsed, layout, day, WARS)


def told(text: str, published: str | None) -> dict[str, str]:
    """Return quote -> "earliest..latest" or the reason why there is none."""
    parsed, mentions = read(text, published)
    result = {}
    for mention in mentions:
        if mention.time is None:
            result[parsed.span(mention.first, mention.last).quote] = mention.why
        else:
            time_ = mention.time
            assert parsed.text[time_.span.start : time_.span.end] == time_.span.quote
            result[time_.span.quote] = f"{time_.earliest}..{time_.latest}"
    return result


def one(text: str, published: str | None, quote: str) -> str:
    found = told(text, published)
    assert quote in found, found
    return found[quote]


ABSOLUTE = [
    ("Rebels took the fort on 2 March 2012.", "2 March 2012", "2012-03-02..2012-03-02"),
    ("Rebels took the fort on March 2, 2012.", "March 2, 2012", "2012-03-02..2012-03-02"),
    ("The list of 2012-03-02 names them.", "2012-03-02", "2012-03-02..2012-03-02"),
    ("The list of 02.03.2012 names them.", "02.03.2012", "2012-03-02..2012-03-02"),
    ("The village was bombed in August 1999.", "August 1999", "1999-08-01..1999-08-31"),
    ("The war began in 1991.", "1991", "1991-01-01..1991-12-31"),
    ("Troops withdrew in mid-June 1999.", "mid-June 1999", "1999-06-11..1999-06-20"),
    ("Fighting eased by the end of May 2006.", "the end of May 2006", "2006-05-21..2006-05-31"),
    (
        "Shells fell on the night of 27-28 July 2006.",
        "the night of 27-28 July 2006",
        "2006-07-27..2006-07-28",
    ),
    ("Battles raged in the summer of 1982.", "the summer of 1982", "1982-06-01..1982-08-31"),
    ("They fought between 3 and 5 May 1999.", "3 and 5 May 1999", "1999-05-03..1999-05-05"),
    (
        "The siege lasted from April 5, 1992 to February 29, 1996.",
        "April 5, 1992 to February 29, 1996",
        "1992-04-05..1996-02-29",
    ),
    ("The guerrillas arose in the 1980s.", "the 1980s", "1980-01-01..1989-12-31"),
]


@pytest.mark.parametrize(("text", "quote", "days"), ABSOLUTE)
@pytest.mark.parametrize("published", [None, "2016-10-12"])
def test_absolute_dates_need_no_publication_date(
    text: str, quote: str, days: str, published: str | None
) -> None:
    assert one(text, published, quote) == days


# 12 October 2016 was a Wednesday.
RELATIVE = [
    ("Two jets bombed the market yesterday.", "yesterday", "2016-10-11..2016-10-11"),
    ("Shells hit the clinic overnight.", "overnight", "2016-10-11..2016-10-12"),
    ("Last night militants raided the village.", "Last night", "2016-10-11..2016-10-12"),
    ("This morning a mine killed two.", "This morning", "2016-10-12..2016-10-12"),
    ("A mine killed two on Monday.", "Monday", "2016-10-10..2016-10-10"),
    ("A mine killed two on Wednesday.", "Wednesday", "2016-10-12..2016-10-12"),
    ("A mine killed two on Thursday.", "Thursday", "2016-10-06..2016-10-06"),
    ("The council will vote on Thursday.", "Thursday", "2016-10-13..2016-10-13"),
    ("A mine killed two late on Sunday.", "late on Sunday", "2016-10-09..2016-10-09"),
    ("Clashes broke out on Monday and Tuesday.", "Monday and Tuesday", "2016-10-10..2016-10-11"),
    ("The bridge fell two days ago.", "two days ago", "2016-10-10..2016-10-10"),
    ("Over the past day nine people died.", "the past day", "2016-10-11..2016-10-12"),
    ("In the past 24 hours nine people died.", "the past 24 hours", "2016-10-11..2016-10-12"),
    ("During the day three towns were shelled.", "the day", "2016-10-12..2016-10-12"),
    ("Nine people died over the weekend.", "the weekend", "2016-10-08..2016-10-09"),
    ("The town fell last week.", "last week", "2016-10-03..2016-10-09"),
    ("The town fell late last week.", "late last week", "2016-10-06..2016-10-09"),
    ("The town fell last month.", "last month", "2016-09-01..2016-09-30"),
    ("The town fell earlier this month.", "earlier this month", "2016-10-01..2016-10-12"),
    ("The army has advanced since 24 September.", "24 September", "2016-09-24..2016-10-12"),
    ("The town fell on 24 December.", "24 December", "2015-12-24..2015-12-24"),
    ("The truce will begin on 24 December.", "24 December", "2016-12-24..2016-12-24"),
    ("The town fell on Sept. 3.", "Sept. 3", "2016-09-03..2016-09-03"),
    ("The town has been under fire for seven days.", "seven days", "2016-10-06..2016-10-12"),
    ("Hundreds have died in two months of siege.", "two months of siege", "2016-08-12..2016-10-12"),
    ("The port has burned for three days – but the army holds it.", "three days", "2016-10-10..2016-10-12"),
    ("In recent days rebels gained ground.", "recent days", "2016-10-09..2016-10-12"),
    ("The capital was quiet in 2010.", "2010", "2010-01-01..2010-12-31"),
]


@pytest.mark.parametrize(("text", "quote", "days"), RELATIVE)
def test_relative_times_count_from_the_publication_date(text: str, quote: str, days: str) -> None:
    assert one(text, "2016-10-12", quote) == days


@pytest.mark.parametrize("text", ["A mine killed two on Monday.", "It fell last week.", "It fell on 3 May."])
def test_without_publication_date_relative_times_stay_open(text: str) -> None:
    _, mentions = read(text, None)
    assert [(mention.time, mention.why) for mention in mentions] == [(None, "no publication date")]


NO_DATES = [
    "A 10-year-old boy and a woman aged 30 were hurt.",
    "The 40-mile column may march to the second bridge.",
    "They can spring into action; the men sat in the sun.",
    "Some 2000 soldiers and 1500 civilians fled.",
    "Theresa May spoke to Russia Today and the Sunday Times.",
    "After the fall of the city they left.",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_words_that_only_look_like_times(text: str) -> None:
    assert told(text, "2016-10-12") == {}


LOCATE_NOTHING = [
    ("A 24-hour curfew was imposed.", "24-hour", "duration"),
    ("He was jailed for ten years.", "ten years", "duration"),
    ("Shells fall every day.", "every day", "set"),
    ("It is the worst crisis since World War II.", "World War II", "history"),
    ("Such spies were common during the Cold War.", "the Cold War", "history"),
    ("Hours after the deal jets struck.", "Hours after", "no anchor"),
]


@pytest.mark.parametrize(("text", "quote", "why"), LOCATE_NOTHING)
def test_durations_habits_and_history_locate_nothing(text: str, quote: str, why: str) -> None:
    found = told(text, "2016-10-12")
    assert why in found.values()
    assert not any(re.match(r"\d{4}-", value) for value in found.values()), (quote, found)


WAR_DAYS = [
    ("2023-11-05", "In Gaza the first six days of the war were the worst.", "2023-10-07..2023-10-12"),
    ("2023-06-01", "Khartoum burned on the 40th day of the war.", "2023-05-24..2023-05-24"),
    ("1982-05-20", "Since the start of the war in the Falklands 300 have died.", "1982-04-02..1982-05-20"),
    ("2021-03-01", "Thousands have fled Tigray since the war began.", "2020-11-03..2021-03-01"),
]


@pytest.mark.parametrize(("published", "text", "days"), WAR_DAYS)
def test_days_of_a_war_count_from_its_beginning(published: str, text: str, days: str) -> None:
    assert days in told(text, published).values(), told(text, published)


def test_a_war_that_the_text_itself_dates_needs_no_codebook() -> None:
    text = "The siege has lasted for ten days. In the first two days of the siege 40 people died."
    found = told(text, "2016-10-12")
    assert found["ten days"] == "2016-10-03..2016-10-12"
    assert found["the first two days of the siege"] == "2016-10-03..2016-10-04"


def test_a_war_of_no_known_beginning_stays_open() -> None:
    assert told("In the first six days of the war many died.", "2016-10-12") == {
        "the first six days of the war": "no anchor"
    }


def test_fighting_in_a_long_war_is_not_counted_from_its_beginning() -> None:
    found = told("Fighting entered its fifth day in Aleppo, Syria.", "2012-07-25")
    assert found == {"its fifth day": "no anchor"}


def test_dates_told_before_anchor_what_follows() -> None:
    text = "On 3 October the rebels took the port. The next day the army struck back. Two days later it won."
    found = told(text, "2016-10-12")
    assert found["The next day"] == "2016-10-04..2016-10-04"
    assert found["Two days later"] == "2016-10-06..2016-10-06"


def test_a_story_without_publication_date_carries_its_year() -> None:
    text = "Rebels rose on 20 December 1943. On 24 December they took the town. In January they lost it."
    found = told(text, None)
    assert found["24 December"] == "1943-12-24..1943-12-24"
    assert found["January"] == "1944-01-01..1944-01-31"


def test_a_time_of_day_takes_the_day_told_or_none() -> None:
    assert told("A rocket hit the school at about 5.30am.", "2016-10-12") == {"5.30am": "no anchor"}
    found = told("On Monday the town was shelled. A rocket hit the school at 5.30am.", "2016-10-12")
    assert found["5.30am"] == "2016-10-10..2016-10-10"


def test_a_page_stamp_is_no_time_of_an_event() -> None:
    assert told("Port shelled again (11.10.16 07:28) by gunboats", "2016-10-11") == {
        "11.10.16 07:28": "publication stamp"
    }


def test_a_slashed_date_is_the_one_near_publication() -> None:
    assert one("The list of 07/05/2012 names them.", "2012-07-06", "07/05/2012") == "2012-07-05..2012-07-05"
    assert one("The list of 07/05/2012 names them.", "2012-05-08", "07/05/2012") == "2012-05-07..2012-05-07"


def test_basis_and_precision_are_told() -> None:
    _, mentions = read("Shells fell on Sunday afternoon and on 3 October, more than in May.", "2016-10-12")
    found = [(m.time.precision, m.time.basis) for m in mentions if m.time]
    assert found == [("part_of_day", "relative"), ("day", "stated"), ("month", "stated")]


def test_reading_stays_linear_on_hostile_text() -> None:
    for unit in ("the last ", "1 ", "two and ", "of the ", "Monday and ", "early "):
        parsed = _fake_parse(unit, 20_000)
        start = time.perf_counter()
        find_times(parsed, segment(Report(text="x")), date(2016, 10, 12), WARS)
        assert time.perf_counter() - start < 10, unit


def _fake_parse(unit: str, count: int) -> Parse:
    from dateline.reading.tokens import Sentence, Token

    text, tokens, at = unit * count, [], 0
    for number, word in enumerate(text.split()):
        start = text.index(word, at)
        at = start + len(word)
        fields = {"lemma": word.lower(), "pos": "NOUN", "tag": "NN", "dep": "dep", "ent": ""}
        tokens.append(Token(i=number, text=word, true=word, start=start, sent=0, **fields))
    whole = Sentence(index=0, first=0, last=len(tokens) - 1, start=0, end=len(text), paragraph=0)
    return Parse(text=text, tokens=tuple(tokens), sentences=(whole,))


def test_calendar_arithmetic() -> None:
    assert shift_months(date(2016, 1, 31), 1) == date(2016, 2, 29)
    assert shift_months(date(2016, 1, 31), -200_000) is None
    assert shift(date(2016, 10, 12), "week", -2) == date(2016, 9, 28)
    assert week_window(date(2016, 10, 12)) == Window(date(2016, 10, 10), date(2016, 10, 16), "week")
    assert part_of(month_window(2016, 2), "late") == Window(date(2016, 2, 21), date(2016, 2, 29), "period")
    assert nearest_year(12, 24, date(2016, 1, 5), "past") == 2015
    assert nearest_year(2, 29, date(2023, 6, 1), "past") == 2020
    assert nearest_year(3, None, date(2016, 2, 11), "future") == 2016


def test_wars_are_well_formed_and_cover_the_field() -> None:
    sources = Sources()
    book = load_wars(sources)
    assert sources.faults == []
    ids = {war.id for war in book.wars}
    assert {"ww1", "ww2", "korea", "vietnam", "falklands", "iran-iraq", "bosnia", "kosovo", "syria"} <= ids
    assert {"yemen", "donbas", "ukraine-2022", "tigray", "sudan-2023", "gaza-2023", "el-salvador"} <= ids
    assert all(war.source for war in book.wars)
    assert all(re.fullmatch(r"[A-Z]{2}", code) for war in book.wars for code in war.countries)


def test_a_bad_row_is_a_fault_and_the_rest_is_read(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "wars.csv").write_text(
        "id,names,words,start,end,countries,source\n"
        "bad,bad war,,1999-13-01,,XX,test\n"
        "good,good war,goodland,1999-01-01,,XX,test\n",
        encoding="utf-8",
    )
    sources = Sources(folders=(folder,))
    assert [war.id for war in load_wars(sources).wars] == ["good"]
    assert len(sources.faults) == 1
