"""The report's text in the HTML page: paragraphs with marked words, triggers as links to their claims."""

import re
from itertools import groupby

from dateline.export.html_element import Markup, element, escaped, joined
from dateline.export.marks import Mark, Piece, lines, pieces
from dateline.model.reading import Reading

# Characters that HTML forbids, and marks that turn the direction of writing.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


def shown(text: str) -> str:
    """Replace what may stand in no page by U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text)


def text_of(reading: Reading, prefix: str) -> Markup:
    """Return the paragraphs of a report; ids begin with `prefix`, which is unique in the page."""
    text = reading.report.text
    title = "".join((reading.report.title or "").split())
    seen: set[int] = set()
    paragraphs = []
    for number, (start, end, marks) in enumerate(lines(reading)):
        heading = number == 0 and title != "" and "".join(text[start:end].split()).endswith(title)
        parts = [
            _trigger(list(group), numbers, text, prefix, seen)
            if numbers
            else joined([_piece(p, text) for p in group])
            for numbers, group in groupby(pieces(start, end, marks), key=_trigger_numbers)
        ]
        paragraphs.append(element("p", *parts, class_="headline" if heading else None))
    return joined(paragraphs)


def _trigger_numbers(piece: Piece) -> tuple[int, ...]:
    """Return the claims whose trigger covers a piece."""
    return tuple(sorted({number for mark in piece.marks if mark.kind == "claim" for number in mark.claims}))


def _trigger(group: list[Piece], numbers: tuple[int, ...], text: str, prefix: str, seen: set[int]) -> Markup:
    """Return a link to the first of the claims; a claim's first link has the id that the claim links to."""
    new = [number for number in numbers if number not in seen]
    seen.update(new)
    # Several claims may share their first trigger; the ids of the others stand on empty elements before it.
    anchors = [element("span", id=f"{prefix}t{number}") for number in new[1:]]
    link = element(
        "a",
        *(_piece(piece, text) for piece in group),
        class_="trigger",
        href=f"#{prefix}c{numbers[0]}",
        id=f"{prefix}t{new[0]}" if new else None,
        data_n=" ".join(map(str, numbers)),
        data_c=_claims([mark for piece in group for mark in piece.marks]),
        title=f"Claim {', '.join(map(str, numbers))}",
    )
    return joined([*anchors, link])


def _piece(piece: Piece, text: str) -> Markup:
    words = shown(text[piece.start : piece.end])
    kinds = list(dict.fromkeys(mark.kind for mark in piece.marks if mark.kind != "claim"))
    claims = _claims(piece.marks)
    if not kinds and not claims:
        return escaped(words)
    return element("span", words, class_=" ".join(f"m-{kind}" for kind in kinds) or None, data_c=claims)


def _claims(marks: list[Mark] | tuple[Mark, ...]) -> str | None:
    numbers = sorted({number for mark in marks for number in mark.claims})
    return " ".join(map(str, numbers)) or None
