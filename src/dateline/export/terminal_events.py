"""A list of events in the terminal: one line each, wide or narrow."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.export.terminal import printable
from dateline.export.words import day_words
from dateline.model.event import Event
from dateline.model.words import count_words


def show_events(events: Sequence[Event], console: Console, *, more: int = 0) -> None:
    """Print a list of events; says how many `more` there are, and what to do when there are none."""
    if not events:
        console.print("No events; `dateline link` joins what was added, and fewer filters show more.")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    table.add_column("id", no_wrap=True, style="dim")
    table.add_column("when", no_wrap=console.width >= 100, overflow="fold")
    table.add_column("dead", justify="right", no_wrap=True)
    table.add_column("origins", justify="right")
    table.add_column("reports", justify="right")
    table.add_column("what", overflow="fold", ratio=1)
    for event in events:
        marks = " !" if event.contradictions else ""
        reports = len({entry.report.id for entry in event.entries})
        cells = (event.id[:8], _when(event), _dead(event), str(len(event.origins)), f"{reports:,}",
                 printable(event.title) + marks)  # fmt: skip
        table.add_row(*map(Text, cells))
    console.print(table)
    if any(event.contradictions for event in events):
        console.print(Text("! claims contradict one another", style="dim"))
    if more:
        console.print(Text(f"and {more:,} more; --limit shows more", style="dim"))


def _when(event: Event) -> str:
    if event.earliest is None or event.latest is None:
        told = min(entry.told for entry in event.entries)
        return f"told {day_words(told)}"
    if event.earliest == event.latest:
        return day_words(event.earliest)
    return f"{day_words(event.earliest)} – {day_words(event.latest)}"


def _dead(event: Event) -> str:
    """Write the dead by UCDP's rule: the best figure, with low and high where they differ."""
    found = [one for one in event.ranges if one.measure == "killed" and one.rule == "ucdp"]
    if not found:
        return ""
    widest = max(found, key=lambda one: (one.of == "people", one.best or 0))
    if widest.best is None:
        return "" if widest.low is None else count_words(widest.low, widest.high)
    if widest.low is None or widest.high is None or widest.low == widest.high:
        return f"{widest.best:,}"
    return f"{widest.best:,} ({widest.low:,}–{widest.high:,})"
