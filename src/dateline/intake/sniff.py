"""Tell what kind of file a stream is, by its first bytes and the ending of its name."""

import re

from dateline.intake.columns import guess_delimiter
from dateline.intake.html import is_html

# Kinds that hold one report are read whole; the others are taken apart piece by piece.
WHOLE = frozenset({"text", "html", "pdf", "mail", "feed"})
MEDIA_TYPES = {
    "text": "text/plain",
    "html": "text/html",
    "pdf": "application/pdf",
    "mail": "message/rfc822",
    "feed": "application/xml",
    "table": "text/csv",
    "lines": "application/x-ndjson",
    "warc": "application/warc",
    "zip": "application/zip",
    "gzip": "application/gzip",
}
_SUFFIXES = {
    ".jsonl": "lines", ".ndjson": "lines", ".jsonlines": "lines",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".txt": "text", ".csv": "table", ".tsv": "table", ".tab": "table", ".psv": "table",
    ".rss": "feed", ".atom": "feed", ".rdf": "feed", ".eml": "mail",
}  # fmt: skip
_MAGIC = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"%PDF-", "pdf"),
    (b"WARC/", "warc"),
)
_FEED = re.compile(
    r"(?>\s+|<\?xml[^>]{0,500}\?>|<!--.{0,2000}?-->|<!DOCTYPE[^>\[]{0,300}(?:\[.{0,3000}?\])?\s*>)*+"
    r"<(?:rss|feed|rdf:RDF|channel)\b",
    re.DOTALL | re.IGNORECASE,
)
_HEADER = re.compile(
    r"(from|to|subject|date|message-id|mime-version|received|return-path|delivered-to|reply-to|content-type"
    r"|dkim-signature|x-[a-z-]+):[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*+",
    re.IGNORECASE,
)
_MAIL_ONLY = frozenset({"message-id", "mime-version", "received", "return-path", "delivered-to"})


def kind_of(start: bytes, suffix: str, media_type: str | None = None) -> str:
    """Return the kind of a file from its first bytes (up to 64 KB), its ending, and what its sender declared.

    Bytes that settle it (a PDF, an archive) win over the ending, the ending over a guess from the text.
    """
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return kind
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    head = _head(start)
    if _looks_like_jsonl(head):
        return "lines"
    if _FEED.match(head):
        return "feed"
    if media_type in ("text/html", "application/xhtml+xml") or is_html(head):
        return "html"
    if media_type in ("text/csv", "text/tab-separated-values"):
        return "table"
    if media_type == "message/rfc822" or _looks_like_mail(head):
        return "mail"
    if guess_delimiter(head) is not None:
        return "table"
    return "text"


def _head(start: bytes) -> str:
    """Return the opening as Latin letters, whatever the encoding: marks and the zeros of UTF-16 are dropped."""
    plain = start[:32_000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return plain[:16_000].decode("latin-1")


def _looks_like_jsonl(head: str) -> bool:
    return head.startswith("{") and '"' in head[:200] and not head.startswith("{\\rtf")


def _looks_like_mail(head: str) -> bool:
    """Whether a text opens with the headers of an e-mail, one of them such as no news text has."""
    names: set[str] = set()
    at = 0
    while match := _HEADER.match(head, at):
        names.add(match[1].lower())
        at = match.end()
    return "from" in names and len(names) >= 3 and bool(names & _MAIL_ONLY)
