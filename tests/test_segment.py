"""Paragraphs, headers, quotations and case: own sentences of several wars."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model.text import Report
from dateline.reading.headers import header_date
from dateline.reading.mentions import Layout
from dateline.reading.segment import segment
from dateline.reading.truecase import truecase


def layout_of(text: str, title: str | None = None) -> Layout:
    return segment(Report(text=text, title=title))


def kinds_of(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(part.kind, text[part.start : part.end]) for part in layout_of(text, title).paragraphs]


def quotes_of(text: str) -> list[tuple[list[str], bool]]:
    return [([text[a:b] for a, b in quote.parts], quote.scare) for quote in layout_of(text).quotations]


def test_header_lines_stand_apart_from_the_report() -> None:
    text = (
        "Drone kills five in Port Sudan\nBy Amal Idris in Cairo\n\nPORT SUDAN, May 6 (Agency) — A drone hit "
        "the docks. View photo news.\n\n- a crane burned\n- two ships left\n\nSign up to our newsletter\n\n"
        "The Nile Post"
    )
    assert kinds_of(text) == [
        ("headline", "Drone kills five in Port Sudan"),
        ("byline", "By Amal Idris in Cairo"),
        ("dateline", "PORT SUDAN, May 6 (Agency) —"),
        ("body", "A drone hit the docks."),
        ("notice", "View photo news."),
        ("bullet", "a crane burned"),
        ("bullet", "two ships left"),
        ("notice", "Sign up to our newsletter"),
        ("outlet", "The Nile Post"),
    ]


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("BEIRUT (AP) - Two shells fell.", "BEIRUT (AP) -"),
        ("SAN SALVADOR, 4 JAN 90 (EFE) -- [TEXT] Two shells fell.", "SAN SALVADOR, 4 JAN 90 (EFE) -- [TEXT]"),
        ("Goma/Bukavu: Two shells fell.", "Goma/Bukavu:"),
        ("MOSCOW (USSR), 26 OCT 89 (TASS) -- Two shells fell.", "MOSCOW (USSR), 26 OCT 89 (TASS) --"),
    ],
)  # fmt: skip
def test_datelines(text: str, opens: str) -> None:
    assert kinds_of(text)[:2] == [("dateline", opens), ("body", "Two shells fell.")]


def test_a_name_before_a_colon_is_no_dateline() -> None:
    assert kinds_of("Haftar: we will not stop at Sirte.")[0][0] == "body"


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        (" date 2016-10-18 MOSUL PUSH: Troops Advance", date(2016, 10, 18), "MOSUL PUSH: Troops Advance"),
        ("Published: 3 May 2011\nTroops advance", date(2011, 5, 3), "Troops advance"),
        ("14.08.21 09:30 - Troops advance", date(2021, 8, 14), "Troops advance"),
        ("2 March 1985 was the day the village fell.", None, "2 March 1985 was the day the village fell."),
        ("2016-13-45 Troops advance", None, "2016-13-45 Troops advance"),
        ("Troops advance", None, "Troops advance"),
    ],
)
def test_header_date(text: str, day: date | None, rest: str) -> None:
    found, offset = header_date(text)
    assert (found, text[offset:]) == (day, rest)


def test_the_title_is_the_headline_though_it_ends_a_sentence() -> None:
    text = "They came for the boys.\n\nThe village of Darfo lost forty people."
    assert kinds_of(text)[0][0] == "body"
    assert kinds_of(text, "They came for the boys.")[0][0] == "headline"


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "   GUERRILLAS ATTACKED THE BARRACKS AT EL PARAISO BEFORE DAWN AND\nHELD THE TOWN FOR TWO HOURS. THE "
        "GARRISON LOST ELEVEN MEN AND MANY\nRIFLES.\n\n   THE COMMANDER DENIED IT."
    )
    assert [kind for kind, _ in kinds_of(text)] == ["body", "body"]


def test_a_quotation_runs_over_paragraphs() -> None:
    text = "She said: “They burned the mill.\n\n“They took the goats.\n\n“Nobody came to help.”\n\nShe left."
    assert quotes_of(text) == [
        (["They burned the mill.", "They took the goats.", "Nobody came to help."], False)
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"We hold the bridge," he said.', ["We hold the bridge,"]),
        ("''We hold the bridge,'' he said.", ["We hold the bridge,"]),
        ("«Nous tenons le pont», he said.", ["Nous tenons le pont"]),
        ("„Wir halten die Brücke“, he said.", ["Wir halten die Brücke"]),
        ("'We saw the rebels' tanks,' he said.", ["We saw the rebels' tanks,"]),
        ("The rebels' tanks held the soldiers' bridge.", []),
        ("He said “we hold the bridge and wait.", ["we hold the bridge and wait."]),
        ("“He told me ‘leave now’ and shot,” she said.", ["He told me ‘leave now’ and shot,", "leave now"]),
    ],
)
def test_quote_marks(text: str, words: list[str]) -> None:
    assert [parts[0] for parts, _ in quotes_of("Filler. " + text)] == words


def test_scare_quotes_are_told_from_speech() -> None:
    assert quotes_of("The “special operation” went on.") == [(["special operation"], True)]
    assert quotes_of("He said “we will win” again.") == [(["we will win"], False)]


def test_a_long_line_is_cut_and_read_in_linear_time() -> None:
    sentence = "The rebels' column \"left Aleppo. It was shelled on the way, he said. "
    begun = time.process_time()
    layout = layout_of(sentence * 30_000)
    assert time.process_time() - begun < 10
    assert max(part.end - part.start for part in layout.paragraphs) <= 5000
    assert sum(part.end - part.start for part in layout.paragraphs) > 0.99 * len(layout.text)


@given(st.text(alphabet="aB .,:“”\"'‘’«»-—\n\r\t0(İß", max_size=120))
def test_every_text_is_cut_into_ordered_parts(text: str) -> None:
    layout = layout_of(text)
    ends = [0]
    for part in layout.paragraphs:
        assert ends[-1] <= part.start < part.end <= len(text)
        assert not text[part.start].isspace()
        ends.append(part.end)
    for quote in layout.quotations:
        assert all(0 <= a < b <= len(text) for a, b in quote.parts)
    assert len(truecase(text, headline=True)) == len(text)


@pytest.mark.parametrize(
    ("printed", "cased"),
    [
        ("Army Shells Hospital In Idlib, Doctors Say", "Army shells hospital in Idlib, doctors say"),
        ("REBELS SEIZE KEY BRIDGE NEAR ALEPPO, U.N. SAYS", "Rebels seize key bridge near Aleppo, U.N. says"),
        ("THE FMLN ATTACKED\nON 9 MARCH", "The FMLN attacked on 9 March"),
        ("GRIM footage shows the camp at Sabra.", "Grim footage shows the camp at Sabra."),
        ("NATO Says It Will Arm M23 Rebels", "NATO says it will arm M23 rebels"),
        ("Army shells a hospital in Idlib", "Army shells a hospital in Idlib"),
        ("İSTANBUL POLICE HELD FORTY PROTESTERS", "İstanbul police held forty protesters"),
    ],
)
def test_truecase(printed: str, cased: str) -> None:
    assert truecase(printed, headline=True) == cased
