"""Files of every format with bytes changed, cut, doubled and put in: nothing may crash, each is read or named."""

import gzip
import random
from pathlib import Path

import pytest

from dateline.intake.arrival import Arrival, FailedInput
from dateline.intake.read import take_in
from dateline.intake.walk import items
from dateline.settings import Settings
from originals import answer, mail, record, warc, zipped

PAGE = b"<html><body><p>Shells fell on Kadugli.</p></body></html>"
RECORDS = (
    record("response", answer(PAGE)),
    record("resource", PAGE, Content_Type="text/html"),
    record("response", answer(gzip.compress(PAGE, mtime=0), Content_Encoding="gzip")),
    record("response", answer(b"5\r\nShell\r\n0\r\n\r\n", Transfer_Encoding="chunked", kind="text/plain")),
)
HEADERS = {
    "Subject": "Märket",
    "Date": "Mon, 14 Aug 2023 10:00:00 +0000",
    "From": "a@n.example",
    "Message-ID": "<1@x>",
}
ROWS = b'title,"text",date\n"A","One ""two""\nthree",2020-01-01\nB,Four,\xe9\n'
FILES = {
    "x.zip": zipped(
        {"a.txt": b"Shells fell.", "b/c.html": PAGE, "d.csv": ROWS, "e.zip": zipped({"f.txt": b"x"})}
    ),
    "x.csv.gz": gzip.compress(ROWS, mtime=0),
    "x.warc": warc(RECORDS),
    "x.warc.gz": warc(RECORDS, packed=True),
    "x.wacz": zipped({"archive/a.warc.gz": warc(RECORDS, packed=True), "datapackage.json": b"{}"}),
    "x.csv": ROWS,
    "x.tsv": ROWS.replace(b",", b"\t"),
    "wide": ROWS.decode("latin-1").encode("utf-16"),
    "message": mail(HEADERS, "Shells fell.", "<p>x</p>", attached=b"x"),
}
ODD = (
    b"\0",
    b'"',
    b"\r\n",
    b"\xff",
    b"99999999999",
    b"-1",
    b"PK\x03\x04",
    b"\n\n",
    b"<",
    b"WARC/1.0\r\n",
    b"=?x?q?",
)


def broken(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 40))):
        at = chance.randrange(len(changed) + 1)
        kind = chance.random()
        if kind < 0.5:
            changed[at : at + 1] = bytes([chance.randrange(256)])
        elif kind < 0.65:
            del changed[at : at + chance.randrange(1, 30)]
        elif kind < 0.8:
            changed[at:at] = changed[at // 2 : at // 2 + 20]
        elif kind < 0.9:
            changed[at:at] = chance.choice(ODD)
        else:
            del changed[at:]
    return bytes(changed)


@pytest.mark.parametrize("name", FILES)
def test_broken_files_are_read_or_named(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    whole = broken_count = 0
    for number in range(60):
        path.write_bytes(broken(FILES[name], random.Random(f"{name} {number}")))
        for item in items([str(path)], Settings()):
            assert item.name.startswith(str(path))
            taken = item if isinstance(item, FailedInput) else take_in(item, Settings())
            broken_count += isinstance(taken, FailedInput)
            whole += not isinstance(taken, FailedInput)
    assert whole > 0
    assert broken_count > 0


BODY = "Shells fell on the town of Łódź’s café — “nobody” was hurt, said Красная звезда."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251", "koi8-r"])
def test_encodings_of_formats(tmp_path: Path, encoding: str) -> None:
    body = " ".join(BODY.encode(encoding, "ignore").decode(encoding).split())
    feed = (
        f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel>'
        f"<item><description>{body}</description></item></channel></rss>"
    )
    page = f"<html><body><p>{body}</p></body></html>".encode(encoding)
    files = {
        "x.xml": feed.encode(encoding),
        "x.warc": record("response", answer(page, kind=f"text/html; charset={encoding}")),
        "x.csv": f'text,date\n"{body}",2023-08-14\n'.encode(encoding),
    }
    if encoding != "utf-16":
        head = f"From: a@n.example\nContent-Type: text/plain; charset={encoding}\nContent-Transfer-Encoding: 8bit\n\n"
        files["x.eml"] = head.encode() + body.encode(encoding)
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        (item,) = items([str(tmp_path / name)], Settings())
        assert not isinstance(item, FailedInput), item
        taken = take_in(item, Settings())
        assert isinstance(taken, Arrival), taken
        assert taken.report.text.strip() == body
