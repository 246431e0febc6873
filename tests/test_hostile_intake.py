"""Archives, tables, folders and files made to hurt: each is named, the rest is read, memory stays bounded."""

import gzip
import io
import os
import socket
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from arrivals import STORY, failure, report_of
from dateline.intake.arrival import Arrival, FailedInput
from dateline.intake.member import harmless
from dateline.intake.read import read_paths
from dateline.settings import Limits, Settings
from hostile import MEGABYTE, bounded, read, refused, texts
from originals import answer, record, warc, zipped

BOMB = (b" " * 9_999 + b"\n") * 6_000


@pytest.fixture(autouse=True, scope="module")
def _libraries_loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Load what is loaded at first need, so that only what an input takes is measured."""
    page = tmp_path_factory.mktemp("first") / "page.warc"
    page.write_bytes(record("response", answer(b"<p>Shells fell on Kadugli.</p>")))
    assert texts(list(read_paths([str(page)], Settings())))


# ZIP


def test_member_that_is_a_bomb(tmp_path: Path) -> None:
    data = zipped({"a.jsonl": BOMB, "b.txt": STORY.encode()})
    with bounded(megabytes=10):
        bomb, good = read(tmp_path, data, "x.zip", file_bytes=MEGABYTE, unpack_ratio=100, line_bytes=MEGABYTE)
    assert "x.zip/a.jsonl: unpacks to more than 100 times its size" in failure(bomb)
    assert isinstance(good, FailedInput | Arrival)


def test_archive_that_unpacks_to_too_much(tmp_path: Path) -> None:
    data = zipped({f"{number}.txt": STORY.encode() for number in range(9)})
    arrived = read(tmp_path, data, "x.zip", unpacked_bytes=1000)
    assert 1 < len(texts(arrived)) < 8
    assert "x.zip: unpacks to more than 1,000 bytes, the limit for one input" in failure(arrived[-1])
    many = zipped({f"{number}.txt": b"x" * 50_000 for number in range(50)})
    arrived = read(tmp_path, many, "y.zip", unpack_ratio=100, file_bytes=60_000)
    assert "y.zip: unpacks to more than 100 times its size" in failure(arrived[-1])


def test_archive_of_too_many_files(tmp_path: Path) -> None:
    data = zipped({f"{number}.txt": STORY.encode() for number in range(9)})
    arrived = read(tmp_path, data, "x.zip", members=4)
    assert len(texts(arrived)) == 4
    assert "holds more than 4 files" in failure(arrived[-1])


def test_forged_list_of_files_takes_no_memory(tmp_path: Path) -> None:
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 300 * MEGABYTE, 0, 0)
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04")
    os.truncate(tmp_path / "x.zip", 300 * MEGABYTE)
    with (tmp_path / "x.zip").open("ab") as file:
        file.write(end)
    with bounded(megabytes=60):
        (arrived,) = read_paths([str(tmp_path / "x.zip")], Settings())
    assert "list of files that is larger than the limit" in failure(arrived)


def test_archives_in_archives_are_bounded(tmp_path: Path) -> None:
    data = STORY.encode()
    for depth in range(5):
        data = zipped({f"{depth}.zip" if depth else "a.txt": data})
    assert "archives deep" in failure(read(tmp_path, data, "x.zip")[0])
    inner = zipped({"x.zip": zipped({"big.txt": os.urandom(MEGABYTE)}), "y.txt": STORY.encode()})
    large, good = read(tmp_path, inner, "y.zip", inner_archive_bytes=MEGABYTE // 2)
    assert "an archive within an archive" in failure(large)
    assert report_of(good).text == STORY
    for _ in range(5):
        data = gzip.compress(data)
    assert "times over" in refused(tmp_path, data, "x.gz")


def test_names_lead_nowhere(tmp_path: Path) -> None:
    names = ["../../up.txt", "/etc/abs.txt", "C:\\win.txt", "a/\x1b[31mred\u202e.txt", "plain.txt"]
    before = sorted(path.name for path in tmp_path.parent.iterdir())
    arrived = read(tmp_path, zipped({name: STORY.encode() for name in names}), "x.zip")
    assert len(texts(arrived)) == 5
    shown = sorted((report_of(one).name or "").removeprefix(f"{tmp_path}/x.zip/") for one in arrived)
    assert shown == [
        "a/\ufffd[31mred\ufffd.txt (member 4)",
        "etc/abs.txt (member 2)",
        "plain.txt",
        "up.txt (member 1)",
        "win.txt (member 3)",
    ]
    assert sorted(path.name for path in tmp_path.parent.iterdir()) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.zip", "zz good.txt"]
    assert harmless("..", 7) == "no name (member 7)"


def test_links_in_archives_are_not_followed(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("b.txt", STORY)
    bad, good = read(tmp_path, file.getvalue(), "x.zip")
    assert "x.zip/a.txt: is a link" in failure(bad)
    assert report_of(good).text == STORY


def test_locked_members(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": STORY.encode()}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "x.zip/a.txt: is locked with a password" in failure(read(tmp_path, bytes(data), "x.zip")[0])


def test_broken_archives(tmp_path: Path) -> None:
    data = zipped({"a.txt": STORY.encode() * 50, "b.txt": STORY.encode()}, method=zipfile.ZIP_STORED)
    assert "broken or cut" in refused(tmp_path, data[:-30], "x.zip")
    assert "broken" in refused(tmp_path, b"PK\x03\x04" + b"x" * 500, "x.zip")
    assert "without files" in refused(tmp_path, zipped({}), "x.zip")
    changed = data.replace(b"eleven", b"twelve", 3)
    bad, good = read(tmp_path, changed, "x.zip")
    assert "x.zip/a.txt: is packed data that is broken" in failure(bad)
    assert report_of(good).text == STORY
    unknown = bytearray(data)
    unknown[8] = unknown[data.index(b"PK\x01\x02") + 10] = 99
    assert "x.zip/a.txt: cannot be unpacked" in failure(read(tmp_path, bytes(unknown), "x.zip")[0])


def test_office_documents_are_named(tmp_path: Path) -> None:
    assert "Office document" in refused(tmp_path, zipped({"[Content_Types].xml": b"<x/>"}), "x.docx")


def test_bomb_of_a_page_within_an_archive(tmp_path: Path) -> None:
    page = b"<html><body>" + b"<div>" * 100_000
    bad, good = read(tmp_path, zipped({"a.html": page, "b.txt": STORY.encode()}), "x.zip")
    assert "x.zip/a.html: is a page of 100,002 tags; the limit" in failure(bad)
    assert report_of(good).text == STORY


# gzip


def test_gzip_bombs(tmp_path: Path) -> None:
    once = gzip.compress(BOMB)
    twice = gzip.compress(once)
    with bounded(megabytes=10):
        assert "is larger than" in refused(tmp_path, once, "x.txt.gz", file_bytes=MEGABYTE)
        assert "times its size" in refused(tmp_path, once, "x.jsonl.gz", file_bytes=MEGABYTE)
        assert "times its size" in refused(tmp_path, twice, "x.jsonl.gz.gz", file_bytes=MEGABYTE)


def test_broken_gzip(tmp_path: Path) -> None:
    data = gzip.compress(os.urandom(5000).hex().encode())
    for broken in (data[:-1000], data[:200] + b"\0\0" + data[202:], data[:9]):
        assert "broken or ends early" in refused(tmp_path, broken, "x.txt.gz")
    rows = gzip.compress(b'{"text": "Shells fell."}\n' + os.urandom(50_000).hex().encode())
    good, bad = read(tmp_path, rows[:-100], "x.jsonl.gz")
    assert report_of(good).text == "Shells fell."
    assert "ends early" in failure(bad)


# Web archives


PAGE = record("response", answer(b"<p>Shells fell on Kadugli.</p>"))


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("cut", PAGE[:-20]),
        ("cut headers", PAGE[:100]),
        ("too long", record("response", answer(b"<p>x</p>"), Content_Length="9999999")),
        ("too short", record("response", answer(b"<p>Shells.</p>" * 9), Content_Length="90")),
        ("negative", record("response", answer(b"<p>x</p>"), Content_Length="-5")),
        ("no number", record("response", answer(b"<p>x</p>"), Content_Length="many")),
        ("no length", PAGE.replace(b"Content-Length", b"Content-Depth")),
        ("no URL", PAGE.replace(b"WARC-Target-URI", b"WARC-Target")),
        ("long header", b"WARC/1.0\r\nX: " + b"x" * 3_000_000),
        ("many headers", b"WARC/1.0\r\n" + b"X: y\r\n" * 200_000),
        ("blank lines", b"\r\n" * 600_000),
        ("garbage", b"\xff" * 5000),
        ("chunks", record("response", answer(b"zz\r\nnot chunked", Transfer_Encoding="chunked"))),
    ],
)
def test_broken_web_archives(tmp_path: Path, name: str, bad: bytes) -> None:
    with bounded(megabytes=20):
        first, *others = read(tmp_path, warc([PAGE, bad, b"WARC/1.0\r\n"]), "x.warc")
    assert report_of(first).text == "Shells fell on Kadugli.\n"
    assert any(isinstance(one, FailedInput) and "is a broken record" in one.message for one in others), others


def test_bomb_in_a_web_archive(tmp_path: Path) -> None:
    bomb = record("response", answer(gzip.compress(BOMB), Content_Encoding="gzip"))
    # warcio unpacks blocks of 16 KB, which are at most 17 MB each.
    with bounded(megabytes=40):
        bad, good = read(tmp_path, warc([bomb, PAGE]), "x.warc", file_bytes=MEGABYTE)
    assert "is larger than 1,000,000 bytes" in failure(bad)
    assert report_of(good).url == "https://n.example/1"


def test_web_archives_without_pages(tmp_path: Path) -> None:
    assert "without a page" in refused(tmp_path, record("warcinfo", b"x: y\r\n"), "x.warc")
    assert "without a WARC file" in refused(tmp_path, zipped({"datapackage.json": b"{}"}), "x.wacz")


# Tables


def test_cell_of_a_hundred_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    for start, end, goes_on in ((b'"', b'",x\n', True), (b"", b",x\n", True), (b'"', b"", False)):
        path.write_bytes(b"text,date\nFirst.,x\n" + start)
        os.truncate(path, 100 * MEGABYTE)
        with path.open("ab") as file:
            file.write(end + b"Last.,x\n")
        with bounded(megabytes=15):
            first, long, *rest = read_paths([str(path)], Settings(limits=Limits(line_bytes=MEGABYTE)))
        assert report_of(first).text == "First."
        assert "rows.csv, row 3: is longer than 1,000,000 bytes" in failure(long)
        assert [report_of(one).text for one in rest] == (["Last."] if goes_on else [])


def test_odd_tables(tmp_path: Path) -> None:
    assert "no rows" in refused(tmp_path, b"text,date\n", "x.csv")
    assert "empty" in refused(tmp_path, b"\n\n", "x.csv")
    assert "columns are" in refused(tmp_path, b"a,b\n" * 9, "x.csv")
    assert "binary" in refused(tmp_path, b"\x00\x01\x02" * 900, "x.csv")
    with bounded(megabytes=60):
        assert "columns are" in refused(tmp_path, b"," * 2_000_000 + b"\nx\n", "x.csv")


# Folders and files


def test_odd_files_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, secret = tmp_path / "folder", tmp_path / "secret.txt"
    secret.write_text(STORY)
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text(STORY)
    (folder / "b-loop").symlink_to(folder)
    (folder / "deep" / "c-loop").symlink_to("c-loop")
    os.mkfifo(folder / "d-pipe")
    (folder / "e-out.txt").symlink_to(secret)
    (folder / "f-in.txt").symlink_to(folder / "a.txt")
    (folder / "g-none").symlink_to(folder / "nothing")
    (folder / "h-locked.txt").write_text(STORY)
    (folder / "z.txt").write_text(STORY)
    opened = os.open

    def locked(path: Path, *rest: int) -> int:
        if str(path).endswith("h-locked.txt"):
            raise PermissionError
        return opened(path, *rest)

    monkeypatch.setattr("os.open", locked)
    with socket.socket(socket.AF_UNIX) as listener:
        monkeypatch.chdir(folder)
        listener.bind("i-socket")
        found = list(read_paths([str(folder)], Settings()))
    messages = [str(one).removeprefix(f"{folder}/") for one in found if isinstance(one, FailedInput)]
    words = {
        "b-loop": "is a link to a folder",
        "d-pipe": "is no file but a pipe",
        "deep/c-loop": "leads nowhere or in a circle",
        "e-out.txt": "leads out of the folder",
        "g-none": "leads nowhere",
        "h-locked.txt": "may not be read by this user",
        "i-socket": "",
    }
    assert [message.split(":")[0] for message in messages] == list(words)
    assert all(told in message for told, message in zip(words.values(), messages, strict=True))
    names = [one.report.name for one in found if isinstance(one, Arrival)]
    assert names == [str(folder / name) for name in ("a.txt", "f-in.txt", "z.txt")]


def test_files_that_vanish(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(STORY)
    walk = read_paths([str(tmp_path)], Settings())
    assert report_of(next(walk)).text == STORY
    (tmp_path / "b.txt").unlink()
    gone, last = walk
    assert "b.txt: there is no such file" in failure(gone)
    assert report_of(last).text == STORY


def test_devices_and_odd_names(tmp_path: Path) -> None:
    assert "a device" in failure(next(read_paths(["/dev/zero"], Settings())))
    assert "cannot be read" in failure(next(read_paths(["a\0b"], Settings())))
    assert "folder without files" in failure(next(read_paths([str(tmp_path)], Settings())))
    tar = b"a".ljust(257, b"\0") + b"ustar\x0000".ljust(255, b"\0")
    assert "tar archive" in refused(tmp_path, gzip.compress(tar), "x.tar.gz")
    assert "is XML, but no feed" in refused(tmp_path, b'<?xml version="1.0"?><nitf>x</nitf>', "x.xml")
