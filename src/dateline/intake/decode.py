"""Bytes to text: encodings, binary content, control characters."""

import codecs
import re
from dataclasses import dataclass

from dateline.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "a PDF document", "save its text as a .txt file first"),
    (b"PK\x03\x04", "a ZIP or Office document", "unpack it, or save its text as a .txt file first"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save its text as a .txt file first"),
    (b"{\\rtf", "an RTF document", "save its text as a .txt file first"),
    (b"\x1f\x8b", "a gzip file", "unpack it first"),
    (b"BZh", "a bzip2 file", "unpack it first"),
    (b"\xfd7zXZ", "an xz file", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd file", "unpack it first"),
    (b"\x89PNG", "a PNG picture", "give the text of the report"),
    (b"\xff\xd8\xff", "a JPEG picture", "give the text of the report"),
    (b"GIF8", "a GIF picture", "give the text of the report"),
    (b"SQLite format 3", "an SQLite database", "export its text first"),
    (b"\x7fELF", "a program", "give the text of the report"),
)
# The code pages of the languages that war news is written in; the first that explains the bytes best is
# taken.
_CODE_PAGES = ["cp1252", "cp1251", "cp1250", "koi8_r", "koi8_u", "iso8859_5", "cp1256", "cp1255", "mac_roman"]
_SAMPLE = 65_536
# Control characters other than tab and newline: no letters of any language. Form feeds end a page, so a line.
_CONTROL = {code: " " for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (0x09, 0x0A, 0x85)} | {
    0x0B: "\n",
    0x0C: "\n",
    0x85: "\n",
}
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL_BYTES = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_MOST_CONTROL = 0.05
_MOST_BROKEN = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text, the encoding it was read with, and how many characters had to be replaced."""

    text: str
    encoding: str
    replaced: int


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Turn a file's bytes into text with "\\n" line ends; raise InputError when they are no text.

    Tried in turn: a byte order mark, UTF-8, UTF-16 without a mark (by its zero bytes), the encoding that the
    file declares, UTF-8 with a few broken bytes, then the code page that charset-normalizer finds most
    plausible.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    _refuse_known_formats(data)
    wide = _wide(data)
    if wide is None:
        _refuse_binary(data)
    return _decoded(data, wide or _narrow(data, declared))


def clean(text: str) -> tuple[str, int]:
    """Make line ends "\\n"; replace control characters by spaces and halves of surrogate pairs by U+FFFD.

    Returns the text and the number of characters replaced, each one for one, so that all other offsets stay.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _ODD.search(text):
        return text, 0
    odd = sum(1 for _ in _ODD.finditer(text))
    return _SURROGATE.sub("\ufffd", text.translate(_CONTROL)), odd


def _decoded(data: bytes, encoding: str) -> Decoded:
    text, replaced = clean(data.decode(encoding, "replace"))
    broken = text.count("\ufffd")
    if broken > max(20, len(text) * _MOST_CONTROL * 4):
        raise InputError(
            f"is not text in any encoding known here (best guess {encoding}, but {broken:,} of {len(text):,} "
            "characters are broken); convert it to UTF-8 first"
        )
    return Decoded(text=text, encoding=encoding, replaced=max(broken, replaced))


def _refuse_known_formats(data: bytes) -> None:
    for magic, what, remedy in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"is {what}, not text; {remedy}")


def _refuse_binary(data: bytes) -> None:
    sample = data[:_SAMPLE]
    control = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    if control > max(8, len(sample) * _MOST_CONTROL):
        raise InputError("is binary data, not text; give the text of the report as UTF-8")


def _wide(data: bytes) -> str | None:
    """Recognise UTF-16 without a byte order mark: every second byte is one of a few pages."""
    sample = data[: _SAMPLE // 2 * 2]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[::2], sample[1::2]
    for pages, letters, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        # Latin, Cyrillic and general punctuation stand on the pages 0, 4 and 32.
        high = sum(pages.count(page) for page in (b"\x00", b"\x04", b"\x20"))
        if (
            high >= len(pages) * 0.9
            and letters.count(0) <= len(letters) * 0.02
            and pages.count(b"\x20") < high * 0.3
        ):
            return encoding
    return None


def _narrow(data: bytes, declared: str | None) -> str:
    """Choose UTF-8, the declared encoding, UTF-8 with a few broken bytes, or the most plausible code page."""
    for encoding in ("utf-8", declared):
        try:
            if encoding and data.decode(encoding) is not None:
                return encoding
        except (UnicodeError, LookupError):
            continue
    sample = data[:_SAMPLE]
    text = sample.decode("utf-8", "replace")
    beyond = sum(character > "\x7f" for character in text)
    broken = text.count("\ufffd")
    if broken <= len(text) * _MOST_BROKEN and broken * 2 < beyond:
        return "utf-8"
    import charset_normalizer

    # The bytes beyond ASCII decide, so a page that is nearly all ASCII is judged by the lines that hold them.
    telling = b"\n".join(line for line in data.splitlines() if not line.isascii())[:_SAMPLE]
    best = charset_normalizer.from_bytes(telling, cp_isolation=_CODE_PAGES).best()
    return best.encoding if best is not None else "cp1252"
