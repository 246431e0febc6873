"""Cut a report's text into paragraphs, headline, dateline, notices and quotations."""

import re
from collections.abc import Iterator

from dateline.model.text import Report
from dateline.reading.blocks import Line, lines_of, pieces_of
from dateline.reading.headers import (
    dateline_end,
    header_date,
    is_byline,
    is_notice,
    is_number,
    is_outlet,
    site_name,
    tails,
)
from dateline.reading.mentions import Layout, Paragraph, ParagraphKind
from dateline.reading.quotations import find_quotations
from dateline.reading.truecase import is_capitalised

_ENDS_SENTENCE = re.compile(r"[.…][\"'”’»)\]]*$")
_LONGEST_HEADLINE = 400
TEXT_KINDS = ("headline", "body", "bullet")


def segment(report: Report) -> Layout:
    """Cut a report into paragraphs and quotations; offsets are code points of report.text.

    A headline is the report's title where the text opens with it, or else a first line that ends no sentence
    or is Capitalised Throughout. Paragraphs over 5,000 characters are cut into consecutive body paragraphs.
    """
    text = report.text
    day, body_start = header_date(text)
    lines = lines_of(text, body_start)
    paragraphs: list[Paragraph] = []
    while lines and is_number(text, lines[0].start, lines[0].end):
        number_line = lines.pop(0)
        paragraphs.append(Paragraph(start=number_line.start, end=number_line.end, kind="notice"))
    headlines = _headline_count(text, lines, report.title, dated=day is not None)
    for number, line in enumerate(lines):
        if number < headlines:
            paragraphs.extend(_headline(text, line))
        else:
            paragraphs.extend(_body(text, line, last=number == len(lines) - 1, publisher=report.publisher))
    kept = [(part.start, part.end) for part in paragraphs if part.kind in TEXT_KINDS]
    return Layout(
        text=text, paragraphs=tuple(paragraphs), quotations=find_quotations(text, kept), body_start=body_start
    )


def _headline_count(text: str, lines: list[Line], title: str | None, *, dated: bool) -> int:
    """How many opening lines are headline: 0 or 1."""
    if not lines:
        return 0
    first = lines[0]
    if first.bullet or first.end - first.start > _LONGEST_HEADLINE:
        return 0
    line = text[first.start : first.end]
    if title and _same(line, title):
        return 1
    if is_byline(text, first.start, first.end) or dateline_end(text, first.start, first.end) > first.start:
        return 0
    if not _ENDS_SENTENCE.search(line):
        return 1
    capitals = line.isupper() and len(lines) > 1 and text[lines[1].start : lines[1].end].isupper()
    return int((dated or len(lines) > 1) and is_capitalised(line) and not capitals)


def _same(line: str, title: str) -> bool:
    left, right = (re.sub(r"\W+", "", part).casefold() for part in (line, title))
    return bool(left) and (left == right or (len(left) > 20 and right.startswith(left)))


def _headline(text: str, line: Line) -> Iterator[Paragraph]:
    end = site_name(text, line.start, line.end)
    yield Paragraph(start=line.start, end=end, kind="headline")
    rest = line.end - len(text[end : line.end].lstrip())
    if rest < line.end:
        yield Paragraph(start=rest, end=line.end, kind="outlet")


def _body(text: str, line: Line, *, last: bool, publisher: str | None) -> Iterator[Paragraph]:
    start, end = line.start, line.end
    own = last and publisher is not None and text[start:end].casefold() == publisher.casefold()
    if own or (last and is_outlet(text, start, end)):
        yield Paragraph(start=start, end=end, kind="outlet")
        return
    if is_notice(text, start, end):
        yield Paragraph(start=start, end=end, kind="notice")
        return
    if is_byline(text, start, end):
        yield Paragraph(start=start, end=end, kind="byline")
        return
    opens = dateline_end(text, start, end)
    if opens > start:
        yield Paragraph(start=start, end=start + len(text[start:opens].rstrip()), kind="dateline")
    closing = tails(text, opens, end)
    stop_at = len(text[opens : closing[0][0]].rstrip()) + opens if closing else end
    kind: ParagraphKind = "bullet" if line.bullet else "body"
    for first, stop in pieces_of(text, opens, stop_at):
        yield Paragraph(start=first, end=stop, kind=kind)
    for first, stop, name in closing:
        yield Paragraph(start=first, end=stop, kind="notice" if name == "notice" else "outlet")
