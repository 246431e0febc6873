"""Files to reports: find out what each file is, and hand on one report after another; bad ones are named."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from dateline.errors import InputError
from dateline.intake.arrival import Arrival, FailedInput, LeftOut
from dateline.intake.decode import clean, decode
from dateline.intake.extent import read_end
from dateline.intake.header import with_header
from dateline.intake.html import declared_charset, is_html, read_html
from dateline.intake.jsonl import read_line, replaced_problem
from dateline.intake.language import other_language
from dateline.model.reading import Problem
from dateline.model.text import Report, span_at
from dateline.settings import Limits, Settings

_JSONL = frozenset({".jsonl", ".ndjson", ".jsonlines"})
_HTML = frozenset({".html", ".htm", ".xhtml"})

_SNIFFED = 65_536

Arrived = Arrival | FailedInput | LeftOut
Taken = tuple[Report, tuple[Problem, ...]]


def read_paths(paths: Iterable[str], settings: Settings) -> Iterator[Arrived]:
    """Yield the reports of files in order, "-" being standard input; a bad file is yielded as FailedInput.

    A file's kind is told by its ending (.jsonl, .html) or else by how it begins. Nothing is read ahead of
    need: a JSON Lines file is read line by line.
    """
    for path in paths:
        name = "standard input" if path == "-" else path
        try:
            if path == "-":
                yield from _stream(sys.stdin.buffer, name, "", settings)
            else:
                with Path(path).open("rb") as file:
                    yield from _stream(file, name, Path(path).suffix.lower(), settings)
        except InputError as error:
            yield FailedInput(name=name, message=str(error))
        except OSError as error:
            yield FailedInput(name=name, message=_os_message(error))


def read_text(text: str, *, name: str, settings: Settings) -> Arrived:
    """Take in a text that is already in memory, by the same steps as a file of plain text."""
    return _arrived(lambda: _plain(text, name, settings.limits), name, settings)


def _os_message(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file; check the path"
    if isinstance(error, IsADirectoryError):
        return "is a folder; name the files in it, as in FOLDER/*.txt"
    if isinstance(error, PermissionError):
        return "may not be read by this user; change its permissions"
    return f"cannot be read ({error.strerror or error}); check the file"


def _stream(file: BinaryIO, name: str, suffix: str, settings: Settings) -> Iterator[Arrived]:
    limits = settings.limits
    start = file.read(_SNIFFED)
    if suffix in _JSONL or (suffix not in _HTML and suffix != ".txt" and _looks_like_jsonl(start)):
        yield from _json_lines(_raw_lines(start, file, limits.line_bytes), name, settings)
        return
    data = start + file.read(max(limits.file_bytes + 1 - len(start), 0))
    if len(data) > limits.file_bytes:
        raise InputError(
            f"is larger than {limits.file_bytes:,} bytes, the limit for one text; split it into reports"
        )
    yield _arrived(lambda: _document(data, name, suffix, limits), name, settings)


def _looks_like_jsonl(start: bytes) -> bool:
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and b'"' in head[:200] and not head.startswith(b"{\\rtf")


def _raw_lines(start: bytes, file: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """Yield the lines of a file whose start was read already; null for a line longer than the limit."""
    start += file.readline(limit + 1)
    yield from (line if len(line) <= limit + 1 else None for line in start.splitlines(keepends=True))
    while True:
        if len(start) > limit and not start.endswith(b"\n"):
            while (piece := file.readline(1_048_576)) and not piece.endswith(b"\n"):
                pass
        start = file.readline(limit + 1)
        if not start:
            return
        yield start if len(start) <= limit or start.endswith(b"\n") else None


def _json_lines(lines: Iterable[bytes | None], name: str, settings: Settings) -> Iterator[Arrived]:
    """Yield one report for each line that is not blank; a bad line is named by its number."""
    found = False
    for number, line in enumerate(lines, 1):
        where = f"{name}, line {number}"
        if line is None:
            limit = settings.limits.line_bytes
            yield FailedInput(
                name=where, message=f"is longer than {limit:,} bytes, the limit for one line; split it"
            )
        elif line.strip():
            yield _arrived(partial(_json_line, line, where, settings.limits), where, settings)
        found = found or line is None or bool(line.strip())
    if not found:
        raise InputError("is empty; there is nothing to read")


def _json_line(line: bytes, name: str, limits: Limits) -> Taken:
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8 at byte {error.start + 1:,}; write JSON Lines in UTF-8") from None
    report, problems = read_line(text, name=name)
    _within(report.text, limits)
    return report, problems


def _document(data: bytes, name: str, suffix: str, limits: Limits) -> Taken:
    if not data.strip():
        raise InputError("is empty; there is nothing to read")
    decoded = decode(data, declared=declared_charset(data) if suffix != ".txt" else None)
    if not decoded.text.strip():
        raise InputError("is empty; there is nothing to read")
    if suffix not in _HTML and (suffix == ".txt" or not is_html(decoded.text)):
        report, problems = _plain(decoded.text, name, limits)
    else:
        report, problems = read_html(decoded.text, name=name, limits=limits)
    if decoded.replaced:
        problems += (replaced_problem(decoded.replaced),)
    _within(report.text, limits)
    return report, problems


def _plain(text: str, name: str, limits: Limits) -> Taken:
    text, replaced = clean(text)
    if not text.strip():
        raise InputError("is empty; there is nothing to read")
    _within(text, limits)
    return Report(text=text, name=name), (replaced_problem(replaced),) if replaced else ()


def _within(text: str, limits: Limits) -> None:
    if len(text) > limits.characters:
        raise InputError(
            f"has a text of {len(text):,} characters; the limit for one report is {limits.characters:,}: "
            "split it into reports"
        )


def _arrived(take: Callable[[], Taken], name: str, settings: Settings) -> Arrived:
    """Take a report in, complete it from its text and the user's word, and sort out what is not read."""
    try:
        report, problems = take()
    except InputError as error:
        return FailedInput(name=name, message=str(error))
    if settings.published is not None:
        report = replace(report, published=settings.published, published_basis="given")
    if settings.publisher is not None:
        report = replace(report, publisher=settings.publisher, publisher_basis="given")
    if settings.title is not None:
        report = replace(report, title=settings.title)
    report, found = with_header(report)
    problems = _still_true((*problems, *found), report)
    if settings.as_of is not None and report.published is not None and report.published > settings.as_of:
        message = f"left out: published on {report.published}, after {settings.as_of}"
        return LeftOut(name=name, message=message)
    language = other_language(report.text)
    if language is not None:
        message = f"the text is in {language}; Dateline reads English, so no claims were read from it"
        problems += (Problem(code="language", message=message),)
    end = read_end(report.text, settings.limits)
    if end == len(report.text) or language is not None:
        return Arrival(report=report, problems=problems, language=language)
    message = (
        f"only the first {end:,} of {len(report.text):,} characters were read; split the text into reports"
    )
    span = span_at(report.text, end, min(len(report.text), end + 40))
    problems += (Problem(code="text-cut", message=message, span=span),)
    return Arrival(report=report, problems=problems, read_end=end)


def _still_true(problems: tuple[Problem, ...], report: Report) -> tuple[Problem, ...]:
    """Drop what was wrong with a date that the user then gave."""
    if report.published_basis != "given":
        return problems
    return tuple(problem for problem in problems if problem.field != "published")
