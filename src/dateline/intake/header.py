"""What a plain text says of its own publication: date header, title, dateline, closing outlet line."""

import re
from dataclasses import replace
from datetime import date

from dateline.intake.dates import match_date
from dateline.model.reading import Problem
from dateline.model.text import Report, span_at

_LABEL = re.compile(
    r"(?:publi(?:shed|cation)|post(?:ed)?|released?|issued|filed|(?:last )?updated|dated?)"
    r"(?:\s+(?:date|on|at))?\s*:?\s+",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"[T,]?\s*(?:at\s+)?\d{1,2}[:.]\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?|Z|GMT|UTC|[A-Z]{2,4}T\b|[+-]\d{2}:?\d{2})?"
)
_IMPOSSIBLE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?!\d)")
_BREAK = re.compile(r"[ \t]*(?:[-–—|:]+[ \t]+)?")
# "KYIV, March 2, 2022 (Agency) —": capitals, perhaps a date, an agency in brackets, a dash.
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]+(?:[ ,/]+[A-Z][\w.'’-]*){0,5}?"
    r"(?:,?\s+(?P<date>(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+\d{4})?),?)?"
    r"\s*\((?P<agency>[A-Z][\w .,/&'’-]{1,40})\)\s*(?:—|–|--|-)\s"
)
_TITLE_LENGTH = 250
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*$")
_OUTLET = re.compile(
    r"(?:[-–—(]\s*)?(?:(?:source|publisher|via)\s*:\s*)?(?P<name>[^\W\d_][\w.&'’ -]{1,40}?)\)?$",
    re.IGNORECASE,
)
_SMALL = frozenset({"the", "of", "and", "for", "in", "on", "de", "del", "la", "le", "al", "el"})


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
    dash. With `own_line` nothing but a labelled or lone date counts.
    """
    while start < len(text) and text[start].isspace():
        start += 1
    head = text[start : start + 200]
    label = _LABEL.match(head)
    at = label.end() if label else 0
    found = match_date(head[at:])
    if found is None:
        impossible = _IMPOSSIBLE.match(head, at)
        if impossible is None:
            return None, 0, ()
        span = span_at(text, start + impossible.start(), start + impossible.end())
        message = f"{span.quote} is no day of the calendar; give the date with --published"
        problem = Problem(code="published-invalid", message=message, span=span, field="published")
        return None, span.end, (problem,)
    day, length = found
    iso = head[at : at + length].startswith(day.isoformat())
    at += length
    clock = _CLOCK.match(head, at)
    at = clock.end() if clock else at
    rest = head[at:].split("\n", 1)[0].strip()
    if own_line:
        ends = not rest
    else:
        ends = not rest or label is not None or iso or rest[0] in "-–—|"
    return (day, start + at, ()) if ends else (None, 0, ())


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
    if not line or alone or len(line) > _TITLE_LENGTH or _DATELINE.match(line):
        return None, at
    if _ENDS_SENTENCE.search(line) and not dated:
        return None, at
    return line, end


def _dateline(text: str, body: int) -> tuple[str | None, date | None]:
    at = body
    while at < len(text) and text[at].isspace():
        at += 1
    match = _DATELINE.match(text, at, at + 200)
    if match is None:
        return None, None
    found = match_date(match["date"]) if match["date"] else None
    return match["agency"].strip(), found[0] if found else None


def _closing_outlet(text: str, body: int) -> str | None:
    """Return the last line when it stands alone and is nothing but a capitalised name of up to five words."""
    tail = text[body:].rstrip()[-200:]
    before, newline, line = tail.rpartition("\n")
    match = _OUTLET.fullmatch(line.strip())
    if not newline or match is None or not _ENDS_SENTENCE.search(before.rstrip()):
        return None
    name = match["name"].strip()
    words = name.split()
    capitalised = all(word[0].isupper() or word.lower() in _SMALL for word in words)
    return name if len(words) <= 5 and capitalised and words[0][0].isupper() else None
