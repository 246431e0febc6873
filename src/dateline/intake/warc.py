"""Web archives to pages: the WARC records that hold a page's answer, one at a time."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from typing import Any, BinaryIO

from dateline.errors import InputError
from dateline.intake.arrival import FailedInput
from dateline.intake.item import Hints, Item
from dateline.intake.member import Member, harmless
from dateline.intake.streams import read_up_to
from dateline.model.reading import Problem

_KINDS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
_LINE = 65_536
_HEADERS = 1_000_000
_CODINGS = ("", "identity", "gzip", "x-gzip", "deflate")


class _Lines:
    """A stream whose header lines are bounded, since warcio reads them as long as they are."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.left = _HEADERS

    def read(self, size: int = _LINE) -> bytes:
        return self._stream.read(min(size, _LINE))

    def readline(self, size: int | None = None) -> bytes:
        most = _LINE if size is None else min(size, _LINE)
        line = self._stream.readline(most)
        self.left -= len(line)
        if self.left < 0 or (len(line) == _LINE and not line.endswith(b"\n")):
            raise InputError("its headers are longer than any should be")
        return line

    def tell(self) -> int:
        return 0


def warc_items(member: Member) -> Iterator[Item | FailedInput]:
    """Yield the pages of a WARC file: responses with status 200, resources and conversions in HTML or text.

    The day of capture is no publication date and is not taken. Pictures and the like are passed over. A record that
    is cut or broken is named; where the next one begins cannot be told then, so the rest is given up.
    """
    from warcio.recordloader import ArcWarcRecordLoader

    # Its notes on odd records would be printed among ours.
    logging.getLogger("warcio").addHandler(logging.NullHandler())
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    lines = _Lines(member.stream)
    number = pages = 0
    while True:
        lines.left = _HEADERS
        number += 1
        name = f"{member.name}, record {number}"
        try:
            first = _first_line(lines)
            if not first:
                break
            record = loader.parse_record_stream(lines, first, "warc")
            if record.length is None:
                raise InputError("it does not say how long it is")
            url = record.rec_headers.get_header("WARC-Target-URI")
            name = f"{member.name}, {harmless_url(url)}" if url else name
            yielded = list(_page(member, record, name, number))
            _skip(record.raw_stream)
        except Exception as error:
            # warcio raises many kinds of errors on broken records.
            reason = str(error)[:200] or type(error).__name__
            message = f"is a broken record ({reason}), so nothing behind it was read; get the archive again"
            yield FailedInput(name=name, message=message)
            return
        pages += len(yielded)
        yield from yielded
    if not pages:
        raise InputError(
            f"is a web archive of {number - 1:,} records without a page in HTML or text; capture the page itself"
        )


def harmless_url(url: str) -> str:
    """Return a URL that may be shown in a message."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in url)[:300]


def _first_line(lines: _Lines) -> bytes:
    """Return the next line that is not blank; b"" at the end."""
    while (line := lines.readline()) and not line.strip():
        pass
    return line


def _skip(stream: Any) -> None:
    """Read a record to its end; raise InputError when the file ends first."""
    while stream.read(_LINE):
        pass
    if stream.limit > 0:
        raise InputError(f"it ends {stream.limit:,} bytes before its length says")


def _page(member: Member, record: Any, name: str, number: int) -> Iterator[Item | FailedInput]:
    header = Message()
    http = record.http_headers
    if record.rec_type == "response":
        if http is None or http.get_statuscode() not in ("200", "203"):
            return
        header["Content-Type"] = http.get_header("Content-Type") or "application/octet-stream"
    elif record.rec_type in ("resource", "conversion"):
        header["Content-Type"] = record.rec_headers.get_header("Content-Type") or "application/octet-stream"
    kind = _KINDS.get(header.get_content_type()) if header["Content-Type"] else None
    if kind is None:
        return
    limit = member.settings.limits.file_bytes
    coding = ((http and http.get_header("Content-Encoding")) or "").strip().lower()
    if coding not in _CODINGS:
        yield FailedInput(
            name=name,
            message=f"is packed as {coding[:40]!r}, which is not known here; capture it again without",
        )
        return
    body = read_up_to(record.content_stream(), limit + 1)
    if len(body) > limit:
        message = f"is larger than {limit:,} bytes, the limit for one text; split it into reports"
        yield FailedInput(name=name, message=message)
        return
    hints = Hints(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        media_type=header.get_content_type(),
        charset=header.get_content_charset(),
    )
    if record.rec_headers.get_header("WARC-Truncated"):
        problem = Problem(
            code="capture-cut", message="the archive says that the page was cut when it was captured"
        )
        hints = replace(hints, problems=(problem,))
    part = harmless(record.rec_headers.get_header("WARC-Record-ID") or f"record {number}", number)
    yield member.item(kind, body, part=part, name=name, hints=hints)
