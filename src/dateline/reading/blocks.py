"""Cut text into blocks at blank lines, and blocks into lines; lines of hard-wrapped text are joined again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n\u2028\u2029\x85]+")
_BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029\x85]")
_ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_MARKER = re.compile(r"(?:[•·▪●■◦‣⁃*]\s*|[-–—]\s+|\(?\d{1,2}[.)]\s+)(?=\S)")
# Wire services and mail wrap at 65 to 80 columns; a newspaper's paragraph on one line is longer.
_WIDEST_WRAP = 100
_LONGEST = 5000
_CUT_AT = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[^\W_a-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph or line of its own: offsets without outer space, its block, a list item or not."""

    start: int
    end: int
    block: int
    bullet: bool = False


def lines_of(text: str, begin: int = 0) -> list[Line]:
    """Return the paragraphs of a text from an offset on, in order; offsets are code points."""
    raw = list(_raw_lines(text, begin))
    width = max((end - start for start, end, _ in raw), default=0)
    wrapped = len(raw) > 2 and width <= _WIDEST_WRAP
    lines: list[Line] = []
    for start, end, block in raw:
        marker = _MARKER.match(text, start, end)
        last = lines[-1] if lines else None
        if (
            last
            and last.block == block
            and not marker
            and _runs_on(text, last, start, end, wrapped and width)
        ):
            lines[-1] = Line(start=last.start, end=end, block=block, bullet=last.bullet)
        elif marker:
            lines.append(Line(start=marker.end(), end=end, block=block, bullet=True))
        else:
            lines.append(Line(start=start, end=end, block=block))
    return lines


def pieces_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a paragraph whole, or cut near every 4,000 characters at a sentence's end, or else at a space."""
    while end - start > _LONGEST:
        cut = 0
        for match in _CUT_AT.finditer(text, start + 2000, start + _LONGEST - 500):
            cut = match.end()
        if not cut:
            cut = text.rfind(" ", start + 1000, start + _LONGEST - 500) + 1 or start + _LONGEST - 500
        stop = cut
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        yield start, stop
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _raw_lines(text: str, begin: int) -> Iterator[tuple[int, int, int]]:
    block, position = 0, begin
    for match in _LINE.finditer(text, begin):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            continue
        if position > begin and len(_BREAK.findall(text, position, start)) > 1:
            block += 1
        yield start, end, block
        position = end


def _runs_on(text: str, last: Line, start: int, end: int, width: int) -> bool:
    """Whether a line continues a paragraph: its first word did not fit before, or it begins in lower case."""
    space = text.rfind("\n", last.start, last.end)
    length = last.end - max(space + 1, last.start)
    ended = _ENDS_SENTENCE.search(text, max(last.start, last.end - 8), last.end)
    if length >= 40 and not ended and text[start].islower():
        return True
    if not width:
        return False
    first = text.find(" ", start, end)
    word = (first if first >= 0 else end) - start
    # Eight columns of tolerance: first lines of wire text are indented.
    return length + 1 + word > width - 8
