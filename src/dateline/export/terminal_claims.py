"""The claims of a reading as a table; on a narrow terminal as one block for each claim."""

import re
from collections.abc import Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline.export.words import (
    MODEL_ALONE,
    chain_words,
    extent_words,
    figure_words,
    filler_words,
    loss_words,
    squeezed,
    sure_words,
    time_words,
    where_words,
)
from dateline.model.reading import Claim, Reading
from dateline.model.values import Filler

_NARROW = 100
_CODES = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SURE = {"certain": "", "hedged": "magenta", "disputed": "bold magenta"}


def claim_table(reading: Reading, width: int) -> RenderableType:
    """Lay the claims out for a terminal of `width` columns: eight columns from 100 on, else blocks."""
    if width < _NARROW:
        blocks: list[RenderableType] = []
        for number, claim in enumerate(reading.claims, 1):
            blocks.extend(_block(number, claim))
        return Group(*blocks)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for name, ratio in (("who → whom", 4), ("toll", 3), ("where", 3), ("when", 2), ("who says", 3)):
        if name == "who → whom":
            table.add_column("no.", justify="right", no_wrap=True)
            table.add_column("type", no_wrap=True)
        table.add_column(name, ratio=ratio, overflow="fold")
    table.add_column("how sure", ratio=2, overflow="fold")
    for number, claim in enumerate(reading.claims, 1):
        cells = dict(_cells(claim))
        sure = Text(cells.pop("how sure"), style=_SURE[claim.certainty])
        if claim.by == ("model",):
            sure.append(f"; by {MODEL_ALONE}", style="dim")
        table.add_row(str(number), claim.type, *cells.values(), sure)
    return table


def _block(number: int, claim: Claim) -> Iterator[RenderableType]:
    heading = Text(f"[{number}] ", style="bold")
    heading.append(_clean(claim.type), style="bold")
    heading.append("  " + sure_words(claim), style=_SURE[claim.certainty] or "dim")
    yield heading
    grid = Table.grid(padding=(0, 1))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in _cells(claim):
        if value and name != "how sure":
            grid.add_row(name, Text(value))
    if claim.by == ("model",):
        grid.add_row("read by", MODEL_ALONE)
    yield Padding(grid, (0, 0, 1, 4))


def _cells(claim: Claim) -> Iterator[tuple[str, str]]:
    """Yield the cells of a claim's row by the names of their columns; a value that is not told is empty."""
    yield "who → whom", _clean(_who(claim))
    losses = [loss_words(loss) for loss in claim.losses]
    yield "toll", _clean("; ".join([figure_words(figure) for figure in claim.figures] + losses))
    place = claim.place
    extent = f" ({extent_words(place)})" if place and extent_words(place) else ""
    yield "where", _clean(where_words(claim) + extent)
    yield (
        "when",
        _clean(f"{time_words(claim.time)} “{squeezed(claim.time.span.quote)}”") if claim.time else "",
    )
    cues = [squeezed(attribution.cue.quote) for attribution in claim.attribution if attribution.cue]
    cue = f" “{cues[-1]}”" if cues else ""
    yield "who says", _clean(chain_words(claim) + cue)
    hedges = ", ".join(squeezed(hedge.quote) for hedge in claim.hedges)
    yield "how sure", _clean(sure_words(claim) + (f" (“{hedges}”)" if hedges else ""))


def _who(claim: Claim) -> str:
    actors, targets, means = map(_names, (claim.actors, claim.targets, claim.instruments))
    who = f"{actors or '?'} → {targets or '?'}" if actors or targets else ""
    return f"{who} (by {means})".strip() if means else who


def _names(fillers: tuple[Filler, ...]) -> str:
    """Name each filler once."""
    return ", ".join(dict.fromkeys(filler_words(filler) for filler in fillers))


def _clean(words: str) -> str:
    return _CODES.sub("\ufffd", words)
