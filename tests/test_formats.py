"""Tables, feeds, web archives, PDF, e-mail, archives and folders to reports, each with where it lies."""

import csv
import gzip
import hashlib
import io
import os
import pickle
import threading
from datetime import date
from pathlib import Path

import pytest

from arrivals import PAGE, STORY, codes, failure, report_of, take, taken
from dateline.errors import InputError
from dateline.intake.arrival import FailedInput
from dateline.intake.columns import columns_of, guessed_columns, parsed_columns
from dateline.intake.item import Item
from dateline.intake.read import Arrived, read_paths, take_in
from dateline.intake.table import table_header
from dateline.intake.walk import items
from dateline.model.text import Report
from dateline.settings import Limits, Settings
from originals import PDF_LINES, answer, mail, pdf, record, warc, zipped

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Nile Wire</title>
<item><title>Market shelled</title><link>https://n.example/1</link>
<pubDate>Mon, 14 Aug 2023 09:00:00 +0200</pubDate><description>Eleven people died.</description>
<content:encoded><![CDATA[<p>Shells fell on the market in <b>Kadugli</b>.</p><p>The army denied
it.<br>Guns &amp; drums.</p><script>alert("no")</script>]]></content:encoded></item>
<item><title>Truce &amp; talks</title><description>&lt;p&gt;A truce began.&lt;/p&gt;</description>
<pubDate>2 hours ago</pubDate></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Levant Desk</title>
<entry><title>Clinic hit</title><id>urn:1</id><updated>2016-09-29T10:00:00Z</updated>
<link href="https://l.example/clinic"/><summary>Two bombs struck a clinic in Aleppo.</summary></entry></feed>"""


def write(tmp_path: Path, content: str | bytes, name: str) -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def walked(*inputs: Path, settings: Settings | None = None) -> list[Item | FailedInput]:
    return list(items([str(path) for path in inputs], settings or Settings()))


def found(item: Item | FailedInput) -> Item:
    assert isinstance(item, Item), item
    return item


def all_taken(tmp_path: Path, content: str | bytes, name: str, **settings: object) -> list[Arrived]:
    path = write(tmp_path, content, name)
    return list(read_paths([str(path)], Settings(**settings)))  # type: ignore[arg-type]


def reports(arrived: list[Arrived]) -> list[Report]:
    return [report_of(one) for one in arrived]


# Tables


@pytest.mark.parametrize(
    ("name", "delimiter", "encoding"),
    [
        ("rows.csv", ",", "utf-8"),
        ("rows.csv", ";", "utf-8-sig"),
        ("rows.csv", "|", "cp1252"),
        ("rows.tsv", "\t", "utf-8"),
        ("rows.csv", "\t", "utf-16"),
        ("rows", ",", "utf-8"),
    ],
)
def test_tables(tmp_path: Path, name: str, delimiter: str, encoding: str) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(["id", "Headline", "Body", "Date", "Source", "URL"])
    writer.writerow(
        ["1", "Market shelled", 'First, "it" fell;\nthen café | closed.', "2023-08-14", "Nile", "u:1"]
    )
    writer.writerow(["2", "", "Second text.", "14 August 2023", "", ""])
    first, second = reports(all_taken(tmp_path, file.getvalue().encode(encoding), name))
    assert first.text == 'First, "it" fell;\nthen café | closed.'
    assert (first.title, first.publisher, first.url) == ("Market shelled", "Nile", "u:1")
    assert (first.published, first.published_basis) == (date(2023, 8, 14), "metadata")
    assert first.name == f"{tmp_path / name}, row 2"
    assert (second.text, second.published) == ("Second text.", date(2023, 8, 14))


def test_columns_are_guessed_and_given() -> None:
    assert guessed_columns(["Id", " Body ", "DATE", "content"]) == {"text": " Body ", "published": "DATE"}
    assert columns_of(["a", "b", "date"], [("text", "b")]) == {"text": "b", "published": "date"}
    assert columns_of(["text", "body"], [("lead", "text"), ("text", "body")]) == {
        "text": "body",
        "lead": "text",
    }
    with pytest.raises(InputError, match=r"columns are 'a', 'b': name it with --column text=NAME"):
        columns_of(["a", "b"], [])
    with pytest.raises(InputError, match="no column 'c' for text"):
        columns_of(["a", "b"], [("text", "c")])
    with pytest.raises(InputError, match="no field 'colour'"):
        list(items([], Settings(columns=(("colour", "a"),))))


def test_header_can_be_shown() -> None:
    assert table_header(io.BytesIO(b"date;text\n1;2\n"), ".csv", 1000) == ("date", "text")


def test_given_columns(tmp_path: Path) -> None:
    columns = (("text", "a"), ("published", "b"))
    (report,) = reports(
        all_taken(tmp_path, "a,b,text\nShells fell.,2023-08-14,x\n", "x.csv", columns=columns)
    )
    assert (report.text, report.published) == ("Shells fell.", date(2023, 8, 14))
    row = '{"a": "Shells fell.", "b": "2023-08-14", "text": "x"}'
    (report,) = reports(all_taken(tmp_path, row, "x.jsonl", columns=columns))
    assert (report.text, report.published) == ("Shells fell.", date(2023, 8, 14))


def test_columns_as_the_user_writes_them() -> None:
    assert parsed_columns(["text=body", "published=day=1"]) == (("text", "body"), ("published", "day=1"))
    for wrong, words in (("text", "write FIELD=COLUMN"), ("colour=a", "no field 'colour'")):
        with pytest.raises(InputError, match=words):
            parsed_columns([wrong])


def test_table_without_text_lists_its_columns(tmp_path: Path) -> None:
    message = failure(taken(tmp_path, "id,when\n1,2023-08-14\n", "rows.csv"))
    assert "'id', 'when'" in message
    assert "--column text=NAME" in message


def test_ragged_rows_are_named(tmp_path: Path) -> None:
    data = "text,date\nGood.,2023-08-14\nToo many, of them, here,\n\nShort.\nEven.,2023-08-15,\n"
    good, many, short, even = all_taken(tmp_path, data, "rows.csv")
    assert report_of(good).published == date(2023, 8, 14)
    assert "row 3: has 4 cells, the header 2" in failure(many)
    assert codes(short) == ["row-short"]
    assert codes(even) == []


def test_lone_quotes_of_a_tsv_are_letters(tmp_path: Path) -> None:
    data = 'text\tdate\n"Shells fell.\t2023-08-14\nHe said "no".\t2023-08-15\n'
    first, second = reports(all_taken(tmp_path, data, "rows.tsv"))
    assert (first.text, second.text) == ('"Shells fell.', 'He said "no".')


def test_old_line_ends_and_stray_bytes(tmp_path: Path) -> None:
    assert len(all_taken(tmp_path, "text,date\rOne.,2023-08-14\rTwo.,2023-08-15\r", "mac.csv")) == 2
    rows = all_taken(
        tmp_path, b"text,date\nA caf\xc3\xa9.,\n" + b"x,\n" * 23_000 + b"Bogot\xe1 fell\0.,\n", "x.csv"
    )
    assert report_of(rows[0]).text == "A café."
    assert report_of(rows[-1]).text == "Bogotá fell ."
    assert codes(rows[-1]) == ["characters-replaced"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251"])
def test_long_tables_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    data = "text,date\n" + "Shells fell on Харьков.,2023-08-14\n" * 3_000
    rows = walked(write(tmp_path, data.encode(encoding), "rows.csv"))
    assert {report_of(take_in(found(row), Settings())).text for row in rows} == {"Shells fell on Харьков."}
    assert len(rows) == 3_000


def test_delimiter_told_in_the_first_line(tmp_path: Path) -> None:
    (report,) = reports(all_taken(tmp_path, "sep=;\ntext;date\nShells, guns fell.;2023-08-14\n", "x.csv"))
    assert (report.text, report.published) == ("Shells, guns fell.", date(2023, 8, 14))
    assert (report.name or "").endswith("row 3")


def test_long_cells_leave_the_csv_module_as_it_was(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    (report,) = reports(all_taken(tmp_path, "text,date\n" + "word " * 100_000 + ",2023-08-14\n", "x.csv"))
    assert len(report.text) == 500_000
    assert csv.field_size_limit() == before


# Feeds


def test_rss(tmp_path: Path) -> None:
    first, second = all_taken(tmp_path, RSS, "feed.xml")
    report = report_of(first)
    assert (
        report.text
        == "Market shelled\n\nShells fell on the market in Kadugli.\n\nThe army denied it.\n\nGuns & drums."
    )
    assert (report.title, report.url) == ("Market shelled", "https://n.example/1")
    assert (report.published, report.published_basis) == (date(2023, 8, 14), "metadata")
    assert (report.publisher, report.publisher_basis) == ("Nile Wire", "metadata")
    assert report.name == f"{tmp_path / 'feed.xml'}, entry 1"
    assert report_of(second).text == "Truce & talks\n\nA truce began."
    assert report_of(second).published is None
    assert codes(second) == ["published-invalid"]


def test_atom_of_summaries(tmp_path: Path) -> None:
    (arrived,) = all_taken(tmp_path, ATOM, "feed")
    report = report_of(arrived)
    assert report.text == "Clinic hit\n\nTwo bombs struck a clinic in Aleppo."
    assert (report.published, report.publisher) == (date(2016, 9, 29), "Levant Desk")
    assert report.url == "https://l.example/clinic"
    assert codes(arrived) == ["published-updated"]


def test_feed_that_ends_early(tmp_path: Path) -> None:
    arrived = all_taken(tmp_path, RSS[: RSS.index("<pubDate>2 hours")], "feed.rss")
    assert report_of(arrived[0]).title == "Market shelled"
    assert "ends early" in failure(arrived[-1])


# Web archives


@pytest.mark.parametrize("name", ["x.warc", "x.warc.gz", "x.wacz"])
def test_web_archives(tmp_path: Path, name: str) -> None:
    page = PAGE.format(date="2023-08-14").encode()
    records = [
        record("warcinfo", b"software: x\r\n"),
        record("request", b"GET / HTTP/1.1\r\n\r\n"),
        record("response", answer(page), number=3),
        record("response", answer(gzip.compress(page), Content_Encoding="gzip"), url="https://n.example/2"),
        record("response", answer(b"gone", status="404 Not Found")),
        record("response", answer(b"\x89PNG", kind="image/png")),
        record(
            "response", answer("Shells fell on café.".encode("cp1252"), kind="text/plain; charset=cp1252")
        ),
    ]
    data = warc(records, packed=name != "x.warc")
    if name == "x.wacz":
        data = zipped({"archive/data.warc.gz": data, "datapackage.json": b"{}", "pages/pages.jsonl": b"{}"})
    path = write(tmp_path, data, name)
    one, two, three = (found(item) for item in walked(path))
    report = report_of(take_in(one, Settings()))
    assert (report.title, report.url) == ("Market shelled", "https://n.example/1")
    # The day of capture is no publication date.
    assert (report.published, report.published_basis) == (date(2023, 8, 14), "metadata")
    assert one.locator.endswith("<urn:uuid:00000000-0000-0000-0000-000000000003>")
    assert report_of(take_in(two, Settings())).text == report.text
    last = report_of(take_in(three, Settings()))
    assert (last.text, last.published) == ("Shells fell on café.", None)


# PDF


def test_pdf(tmp_path: Path) -> None:
    pages = [["Market shelled in Kadugli", *PDF_LINES, "1"], ["It was quiet by night.", "2"]]
    info = "/Title (Market shelled in Kadugli) /CreationDate (D:20230820)"
    report = report_of(taken(tmp_path, pdf(pages, info=info), "report.pdf"))
    paragraphs = report.text.rstrip().split("\n\n")
    assert paragraphs[0] == "Market shelled in Kadugli"
    assert "hospital staff said." in paragraphs[1]
    assert paragraphs[1].endswith("blamed unidentified rebels.")
    assert paragraphs[-1] == "It was quiet by night."
    # The day a PDF was made is no publication date; its title is taken because the text has it too.
    assert (report.title, report.published) == ("Market shelled in Kadugli", None)


def test_name_of_a_file_is_no_title(tmp_path: Path) -> None:
    data = pdf([PDF_LINES], info="/Title (Microsoft Word - draft7.doc)")
    assert report_of(taken(tmp_path, data, "report.pdf")).title is None


def test_scanned_pdf_is_refused(tmp_path: Path) -> None:
    message = failure(taken(tmp_path, pdf([[], []]), "scan.pdf"))
    assert "2 pages without text" in message
    assert "ocrmypdf" in message


# E-mail


def test_mail(tmp_path: Path) -> None:
    headers = {
        "Subject": "Märket shelled",
        "Date": "Mon, 14 Aug 2023 23:00:00 +0200",
        "From": "Someone <someone@n.example>",
        "List-Id": "Nile Wire <news.n.example>",
    }
    data = mail(headers, STORY, "<p>Other words.</p>", attached=b"\x89PNG")
    arrived = taken(tmp_path, data, "one.eml")
    report = report_of(arrived)
    assert report.text.strip() == STORY.strip()
    assert (report.title, report.publisher) == ("Märket shelled", "Nile Wire")
    assert (report.published, report.published_basis) == (date(2023, 8, 14), "metadata")
    assert codes(arrived) == ["mail-attachments"]


def test_mail_in_html_without_an_ending(tmp_path: Path) -> None:
    page = "<p>Shells fell on the market in Kadugli.</p><p>The army denied it.</p>"
    headers = {
        "Subject": "Shelling",
        "Date": "Mon, 14 Aug 2023 10:00:00 +0000",
        "Message-ID": "<1@n.example>",
        "From": "a@n.example",
    }
    report = report_of(taken(tmp_path, mail(headers, None, page), "message"))
    assert report.text.startswith("Shells fell on the market in Kadugli.")
    assert (report.title, report.publisher) == ("Shelling", None)


# Archives and folders


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    inner = zipped({"b/c.txt": b"C fell.", "a.txt": b"A fell.", "__MACOSX/a.txt": b"x", "b/.hidden": b"x"})
    files = {
        "z.txt": b"Z fell.",
        ".git/x.txt": b"no",
        "__MACOSX/y.txt": b"no",
        "in/rows.csv.gz": gzip.compress(b"text,date\nRow fell.,2023-08-14\n"),
        "in/more.zip": zipped({"inner.zip": inner}),
        "in/picture.png": b"\x89PNG\r\n",
    }
    for name, data in files.items():
        write(tmp_path / "folder", data, name)
    folder = tmp_path / "folder"
    found_there = walked(folder)
    told = [
        (item.name.removeprefix(f"{folder}/"), item.locator) for item in found_there if isinstance(item, Item)
    ]
    assert told == [
        ("in/more.zip/inner.zip/a.txt", "inner.zip; a.txt"),
        ("in/more.zip/inner.zip/b/c.txt", "inner.zip; b/c.txt"),
        ("in/picture.png", ""),
        ("in/rows.csv.gz, row 2", "row 2"),
        ("z.txt", ""),
    ]
    texts = [
        str(one) if isinstance(one, FailedInput) else report_of(one).text
        for one in read_paths([str(folder)], Settings())
    ]
    assert [texts[0], texts[1], texts[3], texts[4]] == ["A fell.", "C fell.", "Row fell.", "Z fell."]
    assert "PNG picture" in texts[2]


def test_originals_are_kept_apart_from_items(tmp_path: Path) -> None:
    data = zipped({"a.txt": STORY.encode()})
    (item,) = (found(item) for item in walked(write(tmp_path, data, "x.zip")))
    assert item.data == STORY.encode()
    assert (item.original.digest, item.original.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (item.original.path, item.original.data) == (tmp_path / "x.zip", None)
    assert pickle.loads(pickle.dumps(item)) == item  # noqa: S301


def test_large_standard_input_lies_in_a_file_while_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"text,date\n" + b"Shells fell on the market.,2023-08-14\n" * 40_000
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    walk = items(["-"], Settings())
    item = found(next(walk))
    path = item.original.path
    assert path is not None
    assert path.read_bytes() == data
    assert item.original.digest == hashlib.sha256(data).hexdigest()
    walk.close()  # type: ignore[attr-defined]
    del item, walk
    assert not path.exists()


def test_a_pipe_that_the_user_named_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=lambda: path.write_text(STORY))
    writer.start()
    assert report_of(take(path)).text == STORY
    writer.join()


def test_the_walk_is_lazy(tmp_path: Path) -> None:
    path = write(tmp_path, "text\n" + "Shells fell.\n" * 1000, "rows.csv")
    walk = items([str(path), str(tmp_path / "none")], Settings(limits=Limits(line_bytes=100)))
    assert found(next(walk)).locator == "row 2"
