"""Why the claims of an event are one, in the terminal and as JSON: pairs compared, in pieces of evidence."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline.export.terminal import printable
from dateline.model.event import Event, Link


def show_links(
    event: Event, links: Sequence[Link], count: int, near: Sequence[tuple[str, str, Link]], console: Console
) -> None:
    """Print the evidence of the strongest pairs, of `count` that were compared, and the events that may be the same."""
    if count:
        console.print()
        console.print(
            Text(f"Why these claims are one event ({count:,} pairs of tellings compared)", style="bold")
        )
    told = {entry.claim.id: entry for entry in event.entries}
    for link in links:
        console.print(
            Padding(Text(printable(f"{_teller(link.left, told)}  =  {_teller(link.right, told)}")), (0, 2))
        )
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1))
        table.add_column(justify="right", no_wrap=True)
        table.add_column(overflow="fold")
        for piece in link.pieces:
            table.add_row(Text(f"{piece.weight:+.1f}"), Text(f"{piece.name}: {piece.words}"))
        table.add_row(Text(f"{link.weight:+.1f}", style="bold"), Text(_odds(link.weight), style="bold"))
        console.print(Padding(table, (0, 4)))
    if near:
        console.print()
        console.print(Text("Events that may be the same", style="bold"))
        for key, title, link in near:
            console.print(Padding(Text(printable(f"{key[:8]}  {link.weight:+.1f} bits  {title}")), (0, 2)))


def _teller(claim: str, told: dict[str, Any]) -> str:
    entry = told.get(claim)
    if entry is None:
        return claim[:8]
    return f"{entry.report.publisher or 'unknown outlet'}, {entry.told.isoformat()} ({claim[:8]})"


def _odds(weight: float) -> str:
    """Say what a weight in bits means as odds."""
    odds = 2.0 ** abs(weight)
    words = f"{odds:,.0f} to 1" if odds >= 3 else f"{odds:.1f} to 1"
    return f"bits: the odds are {words} {'for' if weight >= 0 else 'against'}"


def links_to_json(links: Sequence[Link], near: Sequence[tuple[str, Link]]) -> dict[str, Any]:
    """Return pairs and neighbours as plain JSON values: `links`, and `neighbours` each with its `event`."""
    return {
        "links": [asdict(link) for link in links],
        "neighbours": [{"event": key, **asdict(link)} for key, link in near],
    }
