"""The book of outlets: whose they are, found by name and by site; and its faults."""

from pathlib import Path

import pytest

from dateline.codebook.comparing import load_comparing
from dateline.codebook.outlets import load_outlets
from dateline.codebook.tables import PACKAGED, Sources
from dateline.codebook.types import load_types

BOOK = load_outlets(Sources())


@pytest.mark.parametrize(
    ("publisher", "id", "side", "owner"),
    [
        ("bbc.co.uk", "bbc", "GB", "public"),
        ("https://www.tass.com/world/1", "tass", "RU", "state"),
        ("The Guardian", "guardian", "GB", "nonprofit"),
        ("Pravda", "pravda", "RU", "party"),
        ("pravda.com.ua", "pravda-ua", "UA", "private"),
        ("en.news-front.info", "news-front", "RU", "unknown"),
        ("edition.cnn.com", "cnn", "US", "private"),
        ("Al-Masirah", "al-masirah", "houthis", "party"),
        ("Meduza", "meduza", None, "private"),
    ],
)
def test_a_publisher_is_found_by_name_and_by_site(
    publisher: str, id: str, side: str | None, owner: str
) -> None:
    outlet = BOOK.find(publisher)
    assert outlet is not None
    assert (outlet.id, outlet.side, outlet.owner) == (id, side, owner)
    assert BOOK.side(publisher) == side


@pytest.mark.parametrize("publisher", [None, "", "  ", "Unheard Gazette", "example.com"])
def test_of_a_publisher_that_is_not_known_nothing_is_said(publisher: str | None) -> None:
    assert BOOK.find(publisher) is None
    assert BOOK.side(publisher) is None


def test_the_book_covers_the_field() -> None:
    homes = {outlet.country for outlet in BOOK.outlets.values()}
    assert len(BOOK.outlets) >= 600
    assert homes >= set(
        "UA RU PS IL LB SY YE IQ IR SD SS ET SO CD RW BF ML NE NG CM MZ MM AF PK IN HT CO AM AZ LY".split()
    )
    assert sum(outlet.agency for outlet in BOOK.outlets.values()) >= 60


def test_the_packaged_tables_have_no_faults() -> None:
    sources = Sources()
    load_outlets(sources)
    load_comparing(sources)
    assert sources.faults == []


def test_every_event_type_has_words_for_a_title() -> None:
    assert set(load_comparing(Sources()).titles) == set(load_types(Sources()))


def test_faults_of_a_users_outlets_are_told_all_at_once(tmp_path: Path) -> None:
    rows = (
        "id,name,variants,sites,country,side,owner,agency,source\n"
        "one,Gazette of Nowhere,,nowhere.example,,,owned,,own site\n"
        "two,Nowhere News,,nowhere.example,,,private,perhaps,own site\n"
        "three,Nowhere News,,,,,private,,own site\n"
    )
    (tmp_path / "outlets.csv").write_text(rows, encoding="utf-8")
    sources = Sources(folders=(PACKAGED, tmp_path))
    load_outlets(sources)
    faults = [(fault.key, fault.message) for fault in sources.faults]
    assert [key for key, _ in faults] == ["one", "two", "three"]
    assert "owner 'owned' is none of" in faults[0][1]
    assert faults[2][1] == "'nowherenews' is also a name of two"


def test_a_faulty_table_of_words_is_told(tmp_path: Path) -> None:
    (tmp_path / "comparing.toml").write_text(
        '[vague]\ndozens = "many"\n[nobody]\nwords = 3\n', encoding="utf-8"
    )
    sources = Sources(folders=(PACKAGED, tmp_path))
    load_comparing(sources)
    assert {fault.key for fault in sources.faults} == {"vague.dozens", "nobody.words", "nobody.pronouns"}
