"""Which words of a report to mark, as what and for which claims, for the terminal and the HTML page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from dateline.model.reading import Attribution, Claim, Reading
from dateline.model.text import Span

Kind = Literal[
    "claim", "hedge", "cue", "source", "figure", "loss", "time", "place", "instrument", "actor", "evidence"
]
# The kinds in the order in which one wins over another where they share words.
KINDS: tuple[Kind, ...] = (
    "claim", "hedge", "cue", "source", "figure", "loss", "time", "place", "instrument", "actor", "evidence",
)  # fmt: skip
_RANK = {kind: rank for rank, kind in enumerate(KINDS)}
# Quantities are marked only where a claim uses them: most counts of a text tell of no harm.
_MENTIONS: dict[str, Kind] = {
    "actor": "actor", "place": "place", "time": "time", "instrument": "instrument", "source": "source",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A run of words marked as one kind; `claims` are the numbers (from 1) of the claims it belongs to."""

    start: int
    end: int
    kind: Kind
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text over which the same marks hold, the strongest kind first."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def marks_of(reading: Reading) -> tuple[Mark, ...]:
    """Return the marks of a reading, each run of words once per kind, in the order of the text."""
    claims: dict[tuple[int, int, Kind], set[int]] = {}
    for number, claim in enumerate(reading.claims, 1):
        for kind, span in _of_claim(claim):
            claims.setdefault((span.start, span.end, kind), set()).add(number)
    for kind, span in _of_report(reading):
        claims.setdefault((span.start, span.end, kind), set())
    length = len(reading.report.text)
    return tuple(
        Mark(start=start, end=end, kind=kind, claims=tuple(sorted(numbers)))
        for (start, end, kind), numbers in sorted(
            claims.items(), key=lambda item: (*item[0][:2], _RANK[item[0][2]])
        )
        if 0 <= start < end <= length
    )


def pieces(start: int, end: int, marks: Iterable[Mark]) -> Iterator[Piece]:
    """Cut the text from start to end where a mark begins or ends; marks may nest and overlap.

    `marks` are sorted by their start, as marks_of returns them. Takes time linear in the text's marks, times
    the number of marks that lie over one another.
    """
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    edges = sorted({start, end, *(m.start for m in inside), *(m.end for m in inside)})
    edges = [edge for edge in edges if start <= edge <= end]
    active: list[Mark] = []
    at = 0
    for left, right in pairwise(edges):
        active = [mark for mark in active if mark.end > left]
        while at < len(inside) and inside[at].start <= left:
            if inside[at].end > left:
                active.append(inside[at])
            at += 1
        yield Piece(start=left, end=right, marks=tuple(sorted(active, key=lambda mark: _RANK[mark.kind])))


def lines(reading: Reading) -> Iterator[tuple[int, int, tuple[Mark, ...]]]:
    """Yield each line of the text that is not blank: start, end, and the marks that touch it."""
    text, marks = reading.report.text, marks_of(reading)
    waiting: list[Mark] = []
    at = start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        waiting = [mark for mark in waiting if mark.end > start]
        while at < len(marks) and marks[at].start < end:
            waiting.append(marks[at])
            at += 1
        if text[start:end].strip():
            yield start, end, tuple(mark for mark in waiting if mark.end > start)
        start = end + 1


def _of_claim(claim: Claim) -> Iterator[tuple[Kind, Span]]:
    yield "claim", claim.trigger
    yield "evidence", claim.evidence
    for telling in claim.tellings:
        yield "claim", telling
    for hedge in claim.hedges:
        yield "hedge", hedge
    for filler in (*claim.actors, *claim.targets):
        yield "actor", filler.span
    for filler in claim.instruments:
        yield "instrument", filler.span
    for figure in claim.figures:
        yield "figure", figure.span
    for loss in claim.losses:
        yield "loss", loss.span
    if claim.place:
        yield "place", claim.place.span
        if claim.place.relation_span:
            yield "place", claim.place.relation_span
    if claim.time:
        yield "time", claim.time.span
    for attribution in claim.attribution:
        yield from _of_attribution(attribution)


def _of_report(reading: Reading) -> Iterator[tuple[Kind, Span]]:
    for attribution in reading.attributions:
        yield from _of_attribution(attribution)
    for mention in reading.mentions:
        if mention.kind in _MENTIONS:
            yield _MENTIONS[mention.kind], mention.span


def _of_attribution(attribution: Attribution) -> Iterator[tuple[Kind, Span]]:
    if attribution.source:
        yield "source", attribution.source.span
    if attribution.cue:
        yield "cue", attribution.cue
