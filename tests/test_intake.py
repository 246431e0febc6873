"""Files to reports: formats, encodings, headers, limits; a bad input is named with what to do."""

import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from arrivals import PAGE, STORY, codes, failure, report_of, take, taken
from dateline.intake.arrival import Arrival, FailedInput
from dateline.intake.decode import clean, decode
from dateline.intake.read import Arrived, read_paths, read_text
from dateline.settings import Limits, Settings

# Plain text


def test_text_stays_as_it_came(tmp_path: Path) -> None:
    report = report_of(taken(tmp_path, STORY))
    assert report.text == STORY
    assert (report.title, report.published, report.publisher) == (None, None, None)


@pytest.mark.parametrize(
    ("encoding", "extra"),
    [
        ("utf-8", "Zaporizhzhia’s “tower”"),
        ("utf-8-sig", "Zaporizhzhia’s “tower”"),
        ("utf-16", "Zaporizhzhia’s “tower”"),
        ("utf-16-le", "Zaporizhzhia’s “tower”"),
        ("utf-16-be", "Zaporizhzhia’s “tower”"),
        ("utf-32", "Zaporizhzhia’s “tower”"),
        ("cp1252", "Bogotá’s mayor — “nobody” hurt in Cúcuta"),
        ("latin-1", "Bogotá and Cúcuta, Medellín, Popayán"),
        ("cp1251", "the newspaper Красная звезда and the paper Известия wrote of Харьков"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, extra: str) -> None:
    text = STORY + extra + "\n"
    assert report_of(taken(tmp_path, text.encode(encoding))).text == text


def test_windows_line_ends_become_newlines(tmp_path: Path) -> None:
    assert report_of(taken(tmp_path, STORY.replace("\n", "\r\n"))).text == STORY


def test_control_characters_become_spaces_and_are_told(tmp_path: Path) -> None:
    arrived = taken(tmp_path, STORY.replace("market", "mar\x00ket", 1) + "\x1b[31m")
    text = report_of(arrived).text
    assert "mar ket" in text
    assert "\x1b" not in text
    assert codes(arrived) == ["characters-replaced"]


def test_broken_utf8_is_read_as_utf8_and_told(tmp_path: Path) -> None:
    data = (STORY * 3 + "Zaporizhzhia’s “tower” – Cúcuta’s “gate”").encode() + b"\xff\xfe end"
    arrived = taken(tmp_path, data)
    assert "“tower”" in report_of(arrived).text
    assert codes(arrived) == ["characters-replaced"]


def test_halves_of_surrogate_pairs_are_replaced_in_place() -> None:
    assert clean("a\ud800b\x00c") == ("a\ufffdb c", 2)


def test_declared_encoding_of_a_page_is_used(tmp_path: Path) -> None:
    page = PAGE.format(date="2023-08-14").replace("<head>", '<head><meta charset="cp1252">')
    arrived = taken(tmp_path, page.encode("cp1252"), "page.html")
    assert "“rebels”" in report_of(arrived).text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7 something", "PDF"),
        (b"PK\x03\x04 something", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x00" * 4000, "binary"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    message = failure(taken(tmp_path, data))
    assert words in message
    assert "report.txt: " in message


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    assert "no such file" in failure(take(tmp_path / "nothing.txt"))
    assert "folder" in failure(take(tmp_path))


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(STORY)
    arrived = list(read_paths([str(good), str(tmp_path / "bad"), str(good)], Settings()))
    assert [type(item) for item in arrived] == [Arrival, FailedInput, Arrival]


def test_limits_are_named(tmp_path: Path) -> None:
    limits = Limits(characters=100, file_bytes=1000)
    assert "limit for one report is 100" in failure(taken(tmp_path, STORY, limits=limits))
    assert "larger than 1,000 bytes" in failure(taken(tmp_path, STORY * 20, limits=limits))


def test_a_long_text_within_the_limit_is_taken(tmp_path: Path) -> None:
    assert len(report_of(taken(tmp_path, "word " * 400_000)).text) == 2_000_000


def test_twenty_megabytes_are_refused(tmp_path: Path) -> None:
    assert "limit" in failure(taken(tmp_path, "word " * 4_000_000))


# HTML


def test_page(tmp_path: Path) -> None:
    arrived = taken(tmp_path, PAGE.format(date="2023-08-14T09:00:00+02:00"), "page.html")
    report = report_of(arrived)
    assert (report.title, report.publisher, report.publisher_basis) == (
        "Market shelled",
        "Nile Wire",
        "metadata",
    )
    assert (report.published, report.published_basis) == (date(2023, 8, 14), "metadata")
    assert report.text.startswith("Market shelled\n\nShells fell on the market")
    assert "fired & blamed “rebels”" in report.text
    for unwanted in ("Home", "comment", "not the report", "<p>"):
        assert unwanted not in report.text
    assert codes(arrived) == []


def test_page_is_known_without_its_ending(tmp_path: Path) -> None:
    assert report_of(taken(tmp_path, PAGE.format(date="2023-08-14"), "page")).title == "Market shelled"


def test_impossible_date_of_a_page_is_a_problem(tmp_path: Path) -> None:
    arrived = taken(tmp_path, PAGE.format(date="2023-02-30"), "page.html")
    assert report_of(arrived).published is None
    assert codes(arrived) == ["published-invalid"]


def test_date_in_linked_data(tmp_path: Path) -> None:
    linked = json.dumps({"datePublished": "2021-05-11", "publisher": {"name": "Gaza Desk"}})
    data = f'<script type="application/ld+json">{linked}</script>'
    page = PAGE.format(date="").replace("</head>", f"{data}</head>")
    report = report_of(taken(tmp_path, page, "page.html"))
    assert (report.published, report.publisher) == (date(2021, 5, 11), "Gaza Desk")


def test_a_date_that_is_not_of_the_publication_is_not_taken(tmp_path: Path) -> None:
    page = PAGE.format(date="").replace("</article>", "<footer>© 1998. Updated 3 May 2020</footer></article>")
    assert report_of(taken(tmp_path, page, "page.html")).published is None


def test_piece_of_a_page(tmp_path: Path) -> None:
    assert (
        report_of(taken(tmp_path, "<p>Shells fell on Kadugli.</p>", "x.html")).text
        == "Shells fell on Kadugli.\n"
    )


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<html><body></body></html>", "without text"),
        ("<html><body>" + "<div>" * 3000 + "deep" + "</div>" * 3000, "nested"),
        ("<html><body>" + "<p>x</p>" * 60_000, "tags"),
    ],
    ids=["no text", "deep", "many tags"],
)
def test_pages_that_are_refused(tmp_path: Path, page: str, words: str) -> None:
    assert words in failure(taken(tmp_path, page, "page.html"))


# JSON Lines


def lines_of(tmp_path: Path, rows: Sequence[object], name: str = "rows.jsonl") -> list[Arrived]:
    path = tmp_path / name
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
    return list(read_paths([str(path)], Settings()))


def test_names_of_json_fields(tmp_path: Path) -> None:
    ours = {
        "title": "Market shelled",
        "text": STORY,
        "published": "2023-08-14",
        "publisher": "Nile Wire",
        "url": "https://n.example/1",
    }
    theirs = {
        "headline": "Market shelled",
        "body": STORY,
        "date": "2023-08-14",
        "site": "Nile Wire",
        "src": "https://n.example/1",
    }
    first, second = (report_of(arrived) for arrived in lines_of(tmp_path, [ours, theirs]))
    assert first.text == second.text == STORY
    assert first.id == second.id
    assert first.published_basis == "metadata"
    assert first.name == f"{tmp_path / 'rows.jsonl'}, line 1"


def test_row_of_title_and_lead(tmp_path: Path) -> None:
    (arrived,) = lines_of(tmp_path, [{"title": "Market shelled", "desc": "Eleven people died."}])
    assert report_of(arrived).text == "Market shelled\n\nEleven people died."


def test_our_own_output_is_read_again(tmp_path: Path) -> None:
    row = {"report": {"text": STORY, "published": "2023-08-14", "published_basis": "given"}, "claims": []}
    (arrived,) = lines_of(tmp_path, [row])
    assert report_of(arrived).published_basis == "given"


def test_bad_lines_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    rows = ['{"text": "x', "[1]", {"text": ""}, {"text": 5}, "", {"text": STORY, "date": "2023-02-30"}]
    arrived = lines_of(tmp_path, rows)
    messages = [str(item) for item in arrived[:4]]
    assert [
        words in message
        for words, message in zip(("not JSON", "array", "no text", "number"), messages, strict=True)
    ]
    assert "line 1" in messages[0]
    assert codes(arrived[4]) == ["published-invalid"]


def test_deep_json_is_refused(tmp_path: Path) -> None:
    (arrived,) = lines_of(tmp_path, ['{"text": ' + "[" * 100_000 + "]" * 100_000 + "}"])
    assert "line 1" in failure(arrived)


def test_overlong_lines_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    long = json.dumps({"text": "x" * 70_000})
    path.write_text("\n".join([long, json.dumps({"text": STORY}), long, json.dumps({"text": STORY}), long]))
    arrived = list(read_paths([str(path)], Settings(limits=Limits(line_bytes=60_000))))
    assert [type(item) for item in arrived] == [FailedInput, Arrival, FailedInput, Arrival, FailedInput]


def test_standard_input_is_sniffed(monkeypatch: pytest.MonkeyPatch) -> None:
    contents = {
        "text": (STORY, None),
        "html": (PAGE.format(date="2023-08-14"), "Market shelled"),
        "json": (json.dumps({"title": "Row", "text": STORY}), "Row"),
    }
    for content, title in contents.values():
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
        report = report_of(take("-"))
        assert report.title == title
        assert (report.name or "").startswith("standard input")


def test_decoding_says_what_it_did() -> None:
    decoded = decode("Žižek’s “gate” in Łódź".encode("utf-16"))
    assert (decoded.encoding, decoded.replaced) == ("utf-16-le", 0)


def test_a_very_long_text_is_read_in_part_and_says_so() -> None:
    arrived = read_text("Shells hit Taiz.\n" * 100, name="x", settings=Settings(limits=Limits(words=500)))
    assert isinstance(arrived, Arrival)
    assert codes(arrived) == ["text-cut"]
    assert arrived.read_end is not None
    assert arrived.read_end % len("Shells hit Taiz.\n") == 0
    assert 300 < arrived.read_end < 500
    assert len(arrived.report.text) == 1700


def test_a_very_long_line_is_cut_between_words() -> None:
    arrived = read_text("shells hit Taiz " * 1000, name="x", settings=Settings(limits=Limits(words=500)))
    assert isinstance(arrived, Arrival)
    assert len(arrived.report.text[: arrived.read_end].split()) == 500
    assert arrived.report.text[: arrived.read_end].endswith(" ")
