"""The text of a report cut into paragraphs and runs, each with what its words were read as and for which claims."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from dateline.export.marks import Kind, Piece, lines, pieces
from dateline.model.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run of words over which the same holds: its bounds in the report's text, what it is read as, for which claims.

    `kinds` are the kinds of marks on it, the strongest first ("claim" for a trigger); `claims` the numbers of claims.
    `asked` is whether it stands in the words that the address of the page asks for.
    """

    start: int
    end: int
    text: str
    kinds: tuple[Kind, ...] = ()
    claims: tuple[int, ...] = ()
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Runs in a row with the same trigger: the numbers of its claims, empty for words that are none.

    `first` are those claims whose trigger begins here, as far as it was not there before.
    """

    triggers: tuple[int, ...]
    first: tuple[int, ...]
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A line of the text that is not blank; `headline` where it is the report's title."""

    start: int
    end: int
    headline: bool
    parts: tuple[Part, ...]


def paragraphs(reading: Reading, asked: tuple[int, int] | None = None) -> tuple[Paragraph, ...]:
    """Return the text of a reading in paragraphs; `asked` bounds words to be shown (code points, half-open)."""
    title = "".join((reading.report.title or "").split())
    text = reading.report.text
    seen: set[int] = set()
    found: list[Paragraph] = []
    for start, end, marks in lines(reading):
        heading = not found and title != "" and "".join(text[start:end].split()).endswith(title)
        parts: list[Part] = []
        for triggers, group in groupby(pieces(start, end, marks), key=_triggers):
            first = tuple(number for number in triggers if number not in seen)
            seen.update(first)
            runs = tuple(run for piece in group for run in _runs(piece, text, asked))
            parts.append(Part(triggers=triggers, first=first, runs=runs))
        found.append(Paragraph(start=start, end=end, headline=heading, parts=tuple(parts)))
    return tuple(found)


def _triggers(piece: Piece) -> tuple[int, ...]:
    return tuple(sorted({number for mark in piece.marks if mark.kind == "claim" for number in mark.claims}))


def _runs(piece: Piece, text: str, asked: tuple[int, int] | None) -> Iterator[Run]:
    """Yield a piece as runs, cut where the words asked for begin and end."""
    run = Run(
        start=piece.start, end=piece.end, text=text[piece.start : piece.end],
        kinds=tuple(dict.fromkeys(mark.kind for mark in piece.marks)),
        claims=tuple(sorted({number for mark in piece.marks for number in mark.claims})),
    )  # fmt: skip
    if asked is None or asked[0] >= piece.end or asked[1] <= piece.start:
        yield run
        return
    left, right = max(asked[0], piece.start), min(asked[1], piece.end)
    for start, end, inside in ((piece.start, left, False), (left, right, True), (right, piece.end, False)):
        if start < end:
            yield replace(run, start=start, end=end, text=text[start:end], asked=inside)
