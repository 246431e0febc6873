"""Feeds, PDFs and e-mails made to hurt: each is named with what to do, the rest is read, memory stays bounded."""

import os
import socket
import zlib
from pathlib import Path

import pytest

from arrivals import STORY, failure
from dateline.intake.arrival import Arrival, FailedInput
from dateline.intake.read import read_paths
from dateline.settings import Settings
from hostile import MEGABYTE, bounded, read, refused, texts
from originals import PDF_LINES, answer, mail, pdf, pdf_of, record


@pytest.fixture(autouse=True, scope="module")
def _libraries_loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Load what is loaded at first need, so that only what an input takes is measured."""
    page = tmp_path_factory.mktemp("first") / "page.warc"
    page.write_bytes(record("response", answer(b"<p>Shells fell on Kadugli.</p>")))
    assert texts(list(read_paths([str(page)], Settings())))


# Feeds


def test_feed_of_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>')
    os.truncate(path, 1_000 * MEGABYTE)
    with bounded(megabytes=5, seconds=0.5):
        (arrived,) = read_paths([str(path)], Settings())
    assert "feed.xml: is larger than 20,000,000 bytes, the limit for one feed" in failure(arrived)


def test_entities_of_feeds(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    feed = '<rss version="2.0"><channel><item><title>{}</title></item></channel></rss>'
    for doctype in (
        f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ):
        data = f'<?xml version="1.0"?>{doctype}{feed.format("&a11; &a;")}'
        for encoding in ("utf-8", "utf-16"):
            assert "declares entities" in refused(tmp_path, data.encode(encoding), "feed.xml")


def test_external_document_types_are_not_fetched(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.dtd"
        data = (
            f'<?xml version="1.0"?><!DOCTYPE rss SYSTEM "{address}"><rss version="2.0"><channel>'
            f"<item><title>Shells fell.</title><link>{address}</link></item></channel></rss>"
        )
        assert texts(read(tmp_path, data.encode(), "feed.xml")) == ["Shells fell."]
        with pytest.raises(TimeoutError):
            server.accept()


def test_broken_feeds(tmp_path: Path) -> None:
    assert "feed without entries" in refused(
        tmp_path, b'<rss version="2.0"><channel></channel></rss>', "x.rss"
    )
    assert "feed without entries" in refused(tmp_path, b"<rss" * 1000, "x.rss")
    empty = b'<rss version="2.0"><channel><item><link>u</link></item></channel></rss>'
    assert "entry without content" in failure(read(tmp_path, empty, "x.rss")[0])
    odd = b"\xff\xfe\x00<rss>" + bytes(range(256)) * 10
    assert isinstance(read(tmp_path, odd, "x.rss")[0], FailedInput)


def test_feed_that_takes_too_long(tmp_path: Path) -> None:
    feed = b'<rss version="2.0"><channel>' + b"<item><title>Shells fell.</title></item>" * 40_000
    assert "takes more than 1 seconds" in refused(
        tmp_path, feed + b"</channel></rss>", "x.rss", confined_seconds=1
    )


# PDF


def flate(data: bytes) -> str:
    packed = zlib.compress(data)
    return f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n{packed.decode('latin-1')}\nendstream"


LOCK = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ({'x' * 32}) /U ({'y' * 32}) >> /ID [(a) (a)] /Root"
LOCKED_PDF = pdf([PDF_LINES]).replace(b"/Root", LOCK.encode())
PAGE_OF = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        (
            "loop",
            pdf_of(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]),
            "",
        ),
        ("parent loop", pdf_of(["<< /Type /Catalog /Pages 1 0 R >>", "<< /Kids [1 0 R] >>"]), ""),
        (
            "huge stream",
            pdf_of(
                [
                    "<< /Type /Catalog /Pages 2 0 R >>",
                    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                    PAGE_OF,
                    flate(b"BT (x) Tj ET " * 10_000_000),
                ]
            ),
            "",
        ),
        (
            "locked",
            LOCKED_PDF,
            "password",
        ),
        ("cut", pdf([PDF_LINES])[:400], ""),
        ("garbage", b"%PDF-1.7\n" + os.urandom(3000), ""),
        ("pages", pdf([PDF_LINES] * 40), "40 pages; the limit is 30"),
        ("characters", pdf([PDF_LINES] * 25), "more than 5,000 characters"),
    ],
)
def test_bad_pdfs(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    with bounded(megabytes=60, seconds=10):
        message = refused(tmp_path, data, "x.pdf", confined_seconds=5, pdf_pages=30, characters=5000)
    assert "PDF" in message
    assert words in message


# E-mail


def nested(depth: int) -> bytes:
    data = b"Content-Type: text/plain\n\n" + STORY.encode()
    for level in range(depth):
        mark = b"b%d" % level
        data = b'Content-Type: multipart/mixed; boundary="%s"\n\n--%s\n%s\n--%s--\n' % (
            mark,
            mark,
            data,
            mark,
        )
    return b"From: a@n.example\nSubject: x\n" + data


def test_nested_mail(tmp_path: Path) -> None:
    assert texts(read(tmp_path, nested(50), "x.eml"))[0].strip() == STORY.strip()
    deep = nested(3000)
    with bounded(megabytes=5):
        assert "nested parts" in refused(tmp_path, deep, "x.eml")
    rfc822 = b"From: a@n.example\n" + b"Content-Type: message/rfc822\n\n" * 3000 + b"x"
    assert "nested parts" in refused(tmp_path, rfc822, "x.eml")


def test_odd_mail(tmp_path: Path) -> None:
    assert "without text" in refused(tmp_path, mail({"Subject": "x"}, None, attached=b"x"), "x.eml")
    long = (
        b"From: a@n.example\nSubject: " + b"=?utf-8?q?x?= " * 100_000 + b"\nDate: soon\n\n" + STORY.encode()
    )
    with bounded(megabytes=30, seconds=5):
        (arrived,) = read(tmp_path, long, "x.eml")
    assert isinstance(arrived, Arrival)
    assert [problem.code for problem in arrived.problems] == ["published-invalid"]
    subject = b"From: a@n.example\nSubject: =?ut\xff-8?q?x?=\n\n" + STORY.encode()
    assert texts(read(tmp_path, subject, "x.eml")) == [STORY]
    charset = b"From: a@n.example\nContent-Type: text/plain; charset=no-such\n\n" + STORY.encode()
    assert texts(read(tmp_path, charset, "x.eml")) == [STORY]
