"""What a plain text says of its own publication: date header, title, dateline, closing outlet line."""

import re
from dataclasses import replace
from datetime import date

from dateline.intake.dates import match_date
from dateline.intake.header_lines import Dateline, dateline_at, header_date_at, is_outlet_name, label_end
from dateline.model.reading import Problem
from dateline.model.text import Report, span_at

_IMPOSSIBLE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?!\d)")
_BREAK = re.compile(r"[ \t]*(?:[-–—|:]+[ \t]+)?")
_TITLE_LENGTH = 250
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*$")
_OUTLET = re.compile(
    r"(?:[-–—(]\s*)?(?:(?:source|publisher|via)\s*:\s*)?(?P<name>[^\W\d_][\w.&'’ -]{1,40}?)\)?$",
    re.IGNORECASE,
)


def with_header(report: Report) -> tuple[Report, tuple[Problem, ...]]:
    """Fill a report's missing title, date and publisher from its own text, with basis "text".

    Read are: "date 2022-03-02 TITLE…" or a date alone at the start, a first line that stands apart as a
    headline, a dateline with an agency in brackets, and a last line that is nothing but an outlet's name. The
    text stays as it is.
    """
    text = report.text
    published, after, problems = _date_header(text, 0)
    title, body = _title(text, after, dated=after > 0)
    if title and not after:
        published, after, problems = _date_header(text, body, own_line=True)
        body = max(body, after)
    agency, dateline_day = _dateline(text, body)
    publisher = agency or _closing_outlet(text, body)
    day = published or dateline_day
    if report.title is None and title:
        report = replace(report, title=title)
    if report.published is None and day:
        report = replace(report, published=day, published_basis="text")
    if report.publisher is None and publisher:
        report = replace(report, publisher=publisher, publisher_basis="text")
    return report, problems if report.published is None else ()


def _date_header(
    text: str, start: int, *, own_line: bool = False
) -> tuple[date | None, int, tuple[Problem, ...]]:
    """Return the date that the text at start opens with, the offset behind it, and a problem if it is none.

    Behind an ISO date or a label ("Published:") the line may go on; another date must stand alone or before a
    dash. With `own_line` nothing but a labelled or lone date counts. A date of numbers and dots is not read
    here, since it may count sections.
    """
    while start < len(text) and text[start].isspace():
        start += 1
    found = header_date_at(text, start)
    if found is None or found.dotted:
        return _impossible_date(text, start)
    if not (found.alone if own_line else found.announces):
        return None, 0, ()
    return found.day, found.end, ()


def _impossible_date(text: str, start: int) -> tuple[None, int, tuple[Problem, ...]]:
    head = text[start : start + 200]
    impossible = _IMPOSSIBLE.match(head, label_end(head))
    if impossible is None:
        return None, 0, ()
    span = span_at(text, start + impossible.start(), start + impossible.end())
    message = f"{span.quote} is no day of the calendar; give the date with --published"
    problem = Problem(code="published-invalid", message=message, span=span, field="published")
    return None, span.end, (problem,)


def _title(text: str, after: int, *, dated: bool) -> tuple[str | None, int]:
    """Return the first line if it reads as a headline, and the offset where the body begins."""
    at = after
    separator = _BREAK.match(text, at)
    if dated and separator:
        at = separator.end()
    while at < len(text) and text[at].isspace():
        at += 1
    end = text.find("\n", at)
    if end < 0:
        end = len(text)
    line = text[at:end].strip()
    alone = not text[end:].strip()
    if not line or alone or len(line) > _TITLE_LENGTH or _agency_line(line, 0) is not None:
        return None, at
    if _ENDS_SENTENCE.search(line) and not dated:
        return None, at
    return line, end


def _dateline(text: str, body: int) -> tuple[str | None, date | None]:
    at = body
    while at < len(text) and text[at].isspace():
        at += 1
    line = _agency_line(text, at)
    if line is None:
        return None, None
    found = match_date(line.written) if line.written else None
    return line.agency, found[0] if found else None


def _agency_line(text: str, start: int) -> Dateline | None:
    """Return the dateline at start if it names a place in capitals and an agency in brackets."""
    line = dateline_at(text, start, len(text) + 1)
    capitals = re.match(r"[A-Z][A-Z.'’-]+(?![\w.'’-])", text[start : start + 60])
    return line if line is not None and line.agency and capitals else None


def _closing_outlet(text: str, body: int) -> str | None:
    """Return the last line when it stands alone and is nothing but a capitalised name of up to five words."""
    tail = text[body:].rstrip()[-200:]
    before, newline, line = tail.rpartition("\n")
    match = _OUTLET.fullmatch(line.strip())
    if not newline or match is None or not _ENDS_SENTENCE.search(before.rstrip()):
        return None
    name = match["name"].strip()
    return name if is_outlet_name(name.rstrip(".'’")) else None
