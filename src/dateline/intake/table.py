"""CSV and its kin to rows: the dialect found out, one row at a time, bad rows named."""

import codecs
import csv
import io
import json
import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import BinaryIO

from dateline.errors import InputError
from dateline.intake.arrival import FailedInput
from dateline.intake.columns import DELIMITERS, columns_of, guessed_columns
from dateline.intake.decode import decode
from dateline.intake.item import Item
from dateline.intake.member import Member
from dateline.intake.streams import PEEKED, buffered, peeked
from dateline.model.reading import Problem

# The line by which spreadsheets tell each other the delimiter.
_TOLD = re.compile(r"sep=(.)\s*$", re.IGNORECASE)
_FIELD_LIMIT = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a table is written: encoding, delimiter, and whether cells may stand in quote marks."""

    encoding: str
    delimiter: str
    quoted: bool


class _LineTooLong(Exception):
    """A physical line past the limit; `closed` tells whether its quotes are, so that the next line is a row."""

    def __init__(self, closed: bool) -> None:
        self.closed = closed


def table_items(member: Member) -> Iterator[Item | FailedInput]:
    """Yield the rows of a table as items of kind "row"; row 1 is the header, as spreadsheets count.

    Blank rows are passed over; a row with fewer cells than the header is read with a problem, one with more is
    refused, since its cells are not where the header says.
    """
    dialect = find_dialect(_sample(member.stream), member.suffix, member.settings.columns)
    reader = _Rows(member.stream, dialect, member.settings.limits.line_bytes)
    header = reader.header()
    mapping = columns_of(header, member.settings.columns)
    places = {field: header.index(column) for field, column in mapping.items()}
    found = False
    for number, cells in reader:
        found = True
        name = f"{member.name}, row {number}"
        if isinstance(cells, str):
            yield FailedInput(name=name, message=cells)
        elif len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            message = (
                f"has {len(cells):,} cells, the header {len(header):,}; put cells that hold the delimiter "
                f"{dialect.delimiter!r} in quote marks"
            )
            yield FailedInput(name=name, message=message)
        else:
            hints = replace(member.hints, problems=tuple(_problems(cells, len(header), reader.replaced)))
            yield member.item("row", _row(cells, places), part=f"row {number}", name=name, hints=hints)
    if not found:
        raise InputError("has a header and no rows; there is nothing to read")


def table_header(stream: BinaryIO, suffix: str, line_bytes: int) -> tuple[str, ...]:
    """Return the names of a table's columns, to be shown with `guessed_columns`."""
    buffer = buffered(stream.read)
    return tuple(_Rows(buffer, find_dialect(_sample(buffer), suffix, ()), line_bytes).header())


def _row(cells: Sequence[str], places: Mapping[str, int]) -> bytes:
    fields = {field: cells[place] for field, place in places.items() if place < len(cells)}
    return json.dumps(fields, ensure_ascii=False).encode()


def _problems(cells: Sequence[str], columns: int, replaced: int) -> Iterator[Problem]:
    if len(cells) < columns:
        message = (
            f"the row has {len(cells):,} cells, the header {columns:,}; the missing ones were read as empty"
        )
        yield Problem(code="row-short", message=message)
    if replaced:
        message = f"{replaced:,} characters that belong to no text (broken bytes) were replaced"
        yield Problem(code="characters-replaced", message=message)


def _sample(stream: BinaryIO) -> bytes:
    start = peeked(stream)
    if not start.strip():
        raise InputError("is empty; there is nothing to read")
    if len(start) < PEEKED:
        return start
    # The last line of a full sample may be cut within a character; zeros tell of letters of two or four bytes.
    end = start.rfind(b"\n") + 1
    return start[: end + (-end % 4 if b"\0" in start else 0)] or start


def find_dialect(sample: bytes, suffix: str, given: Sequence[tuple[str, str]]) -> Dialect:
    """Return the dialect under which the header names most fields and most rows have as many cells as it.

    Only tabs and bars may part cells without quote marks: with them a lone quote mark is a letter like any.
    """
    decoded = decode(sample)
    lines = [f"{line}\n" for line in decoded.text.split("\n")]
    order = sorted(DELIMITERS, key=lambda mark: mark != "\t") if suffix in (".tsv", ".tab") else DELIMITERS
    told = _TOLD.match(lines[0]) if lines else None
    if told:
        del lines[0]
        order = [told[1]]
    options = [
        Dialect(encoding=decoded.encoding, delimiter=delimiter, quoted=quoted)
        for delimiter in order
        for quoted in ((True, False) if delimiter in "\t|" else (True,))
    ]
    return max(options, key=lambda option: _fitness(lines, option, given))


def _fitness(lines: list[str], dialect: Dialect, given: Sequence[tuple[str, str]]) -> tuple[float, ...]:
    try:
        with _field_size(len(lines) and sum(map(len, lines))):
            rows = [row for row in _reader(lines, dialect) if row]
    except csv.Error:
        return (-1.0,)
    if not rows:
        return (-1.0,)
    named = len(guessed_columns(rows[0])) + sum(column in rows[0] for _, column in given)
    even = sum(len(row) == len(rows[0]) for row in rows) / len(rows)
    return (float(min(named, 2)), float(len(rows[0]) > 1), even, float(named), float(len(rows)))


def _reader(lines: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    if dialect.quoted:
        return csv.reader(lines, delimiter=dialect.delimiter)
    return csv.reader(lines, delimiter=dialect.delimiter, quoting=csv.QUOTE_NONE)


@contextmanager
def _field_size(limit: int) -> Iterator[None]:
    """Let cells be as long as a row may be while one row is read; the limit of the csv module is one for all."""
    with _FIELD_LIMIT:
        before = csv.field_size_limit(max(limit, 131_072))
        try:
            yield
        finally:
            csv.field_size_limit(before)


class _Rows:
    """The rows of a table, read one by one; each with its number, or what is wrong with it."""

    def __init__(self, stream: BinaryIO, dialect: Dialect, limit: int) -> None:
        self._stream = _utf8(stream, dialect.encoding)
        wide = dialect.encoding.startswith(("utf-16", "utf-32"))
        self._encoding = "utf-8" if wide or stream is not self._stream else dialect.encoding
        self._dialect = dialect
        self._limit = limit
        self._spent = self._quotes = 0
        self._number = 0
        self.replaced = 0
        self._reader = _reader(self._lines(), dialect)

    def header(self) -> list[str]:
        """Return the first row that is not blank; raise InputError when there is none to be had."""
        for number, cells in self:
            if isinstance(cells, str):
                raise InputError(f"its header {cells}")
            if number > 1 or not _TOLD.match(self._dialect.delimiter.join(cells)):
                return cells
        raise InputError("is empty; there is nothing to read")

    def __iter__(self) -> Iterator[tuple[int, list[str] | str]]:
        """Yield number and cells, or number and a message; stops where rows cannot be told apart any more."""
        while True:
            self._number += 1
            self._spent = self._quotes = self.replaced = 0
            try:
                with _field_size(self._limit):
                    cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._number, f"is no row of a table ({error}); write the file anew as CSV"
                continue
            except _LineTooLong as error:
                message = f"is longer than {self._limit:,} bytes, the limit for one row; "
                if not error.closed:
                    yield self._number, f"{message}close its quote mark (the rows behind it were not read)"
                    return
                self._reader = _reader(self._lines(), self._dialect)
                yield self._number, f"{message}split its text"
                continue
            if any(cell.strip() for cell in cells):
                yield self._number, cells

    def _lines(self) -> Iterator[str]:
        """Yield lines as the csv module asks for them, and raise once a row has grown past the limit."""
        while line := self._stream.readline(self._limit + 1):
            self._spent += len(line)
            self._quotes += line.count(b'"')
            if self._spent > self._limit:
                while not line.endswith(b"\n") and (line := self._stream.readline(PEEKED)):
                    self._quotes += line.count(b'"')
                raise _LineTooLong(not self._dialect.quoted or self._quotes % 2 == 0)
            yield self._text(line)

    def _text(self, line: bytes) -> str:
        if self._encoding == "utf-8":
            try:
                return line.decode("utf-8-sig" if self._number == 1 else "utf-8")
            except UnicodeDecodeError:
                # A line in another encoding than the sample's: guessed by itself.
                decoded = decode(line)
                self.replaced += decoded.replaced
                return decoded.text
        text = line.decode(self._encoding, "replace")
        self.replaced += text.count("\ufffd")
        return text


def _utf8(stream: BinaryIO, encoding: str) -> BinaryIO:
    """Return the stream in UTF-8 where its line ends are no single bytes, else as it is."""
    lone_returns = _lone_returns(stream)
    if not encoding.startswith(("utf-16", "utf-32")) and not lone_returns:
        return stream
    decoder = io.IncrementalNewlineDecoder(
        codecs.getincrementaldecoder(encoding)("replace"), translate=lone_returns
    )
    rest = b""

    def read(size: int) -> bytes:
        nonlocal rest
        while not rest:
            piece = stream.read(PEEKED)
            rest = decoder.decode(piece, final=not piece).encode().removeprefix(codecs.BOM_UTF8)
            if not piece:
                break
        taken, rest = rest[:size], rest[size:]
        return taken

    return buffered(read)


def _lone_returns(stream: BinaryIO) -> bool:
    start = peeked(stream)
    return b"\r" in start and b"\n" not in start
