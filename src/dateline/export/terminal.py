"""A reading in the terminal: the text with its marks, then the claims; readable with and without colour."""

import re
from collections import Counter
from collections.abc import Iterator

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from dateline.export.marks import Kind, Mark, Piece, lines, pieces
from dateline.export.terminal_claims import claim_table
from dateline.export.words import BASES, day_words
from dateline.model.reading import Reading

_STYLES: dict[Kind, str] = {
    "claim": "bold black on bright_yellow",
    "hedge": "bold magenta",
    "cue": "italic cyan",
    "source": "bold cyan",
    "figure": "bold red",
    "loss": "red",
    "time": "yellow",
    "place": "green",
    "instrument": "red",
    "actor": "underline",
    "evidence": "",
}
# How the kinds are marked without colour; claims are always in square brackets with their numbers.
_SIGNS: dict[Kind, tuple[str, str]] = {
    "source": ("<", ">"),
    "cue": ("_", "_"),
    "hedge": ("~", "~"),
    "place": ("@", ""),
    "time": ("{", "}"),
    "figure": ("#", ""),
}
_LEGEND: tuple[Kind, ...] = ("source", "cue", "hedge", "place", "time", "figure")
# Codes that a terminal obeys, and marks that turn the direction of writing: shown as U+FFFD.
_CODES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def show(reading: Reading, console: Console) -> None:
    """Print one reading; wraps at the console's width, from 40 columns up."""
    coloured = console.color_system is not None and not console.no_color
    _header(reading, console)
    console.print(_legend(coloured))
    console.print()
    for start, end, marks in lines(reading):
        line = _line(reading.report.text, start, end, marks, coloured)
        console.print(line)
        console.print()
    console.print(_count_line(reading), style="bold")
    if reading.claims:
        console.print(claim_table(reading, console.width))
    for message, count in Counter(problem.message for problem in reading.problems).items():
        times = f" ({count} times)" if count > 1 else ""
        console.print(Text(printable(f"! {message}{times}"), style="yellow"))


def printable(text: str) -> str:
    """Replace the characters by which a text could steer the terminal that shows it."""
    return _CODES.sub("\ufffd", text)


def _header(reading: Reading, console: Console) -> None:
    report = reading.report
    console.print(Rule(style="dim", characters="─"))
    console.print(Text(printable(report.title or report.name or "untitled report"), style="bold"))
    parts = []
    if report.publisher:
        parts.append(f"{report.publisher} ({BASES.get(report.publisher_basis or '', 'as given')})")
    if report.published:
        parts.append(f"{day_words(report.published)} ({BASES.get(report.published_basis or '', 'as given')})")
    else:
        parts.append("publication date not known")
    if report.name and report.title:
        parts.append(report.name)
    console.print(Text(printable(" · ".join(parts)), style="dim"))


def _legend(coloured: bool) -> Text:
    legend = Text("[n claim]" if not coloured else "")
    if coloured:
        legend.append("[n claim]", style=_STYLES["claim"])
    for kind in _LEGEND:
        before, after = ("", "") if coloured else _SIGNS[kind]
        legend.append("  ")
        legend.append(f"{before}{kind}{after}", style=_STYLES[kind] if coloured else "")
    return legend


def _line(text: str, start: int, end: int, marks: tuple[Mark, ...], coloured: bool) -> Text:
    """Write one line of the report: styles or signs for each kind, brackets with numbers around triggers."""
    out = Text()
    before: Piece | None = None
    for piece in (*pieces(start, end, marks), None):
        for sign in _closing(before, piece, coloured):
            out.append(sign, style=_STYLES["claim"] if coloured and sign == "]" else "")
        if piece is None:
            break
        for sign in _opening(before, piece, coloured):
            out.append(sign, style=_STYLES["claim"] if coloured and sign.startswith("[") else "")
        style = _STYLES[piece.marks[0].kind] if coloured and piece.marks else ""
        out.append(printable(text[piece.start : piece.end]), style=style)
        before = piece
    return out


def _closing(before: Piece | None, piece: Piece | None, coloured: bool) -> Iterator[str]:
    still = set(piece.marks) if piece else set()
    ended = [mark for mark in (before.marks if before else ()) if mark not in still]
    if not coloured:
        yield from (_SIGNS[mark.kind][1] for mark in reversed(ended) if mark.kind in _SIGNS)
    yield from ("]" for mark in ended if mark.kind == "claim")


def _opening(before: Piece | None, piece: Piece, coloured: bool) -> Iterator[str]:
    already = set(before.marks) if before else set()
    begun = [mark for mark in piece.marks if mark not in already]
    for mark in begun:
        if mark.kind == "claim":
            yield f"[{','.join(map(str, mark.claims))} "
    if not coloured:
        yield from (_SIGNS[mark.kind][0] for mark in begun if mark.kind in _SIGNS)


def _count_line(reading: Reading) -> str:
    count = len(reading.claims)
    if count == 0:
        return "No claims were read in this report."
    return f"{count} claim{'s' if count > 1 else ''}"
