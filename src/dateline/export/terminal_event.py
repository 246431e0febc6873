"""An event in the terminal: what, where and when; the toll by rule; who says what; what contradicts what."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dateline.export.words import extent_words, place_words, squeezed, sure_words
from dateline.linking.figures import SeriesRow
from dateline.model.event import Count, Entry, Event, Origin, Range
from dateline.model.words import day_words, days_words, people_words

_NARROW = 100
_CODES = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_STANCES = {
    "says": "",
    "denies": "denies it",
    "both": "says and denies it",
    "foresees": "does not say it happened",
}
_RULES = {"ucdp": "UCDP", "conservative": "conservative"}
_LIMITS = ("low", "best", "high")
_AROUND = 60  # characters shown before and behind a figure
_LONGEST = 160  # characters of a quote before it is cut


def show_event(event: Event, console: Console) -> None:
    """Print one event; wraps at the console's width, from 40 columns up."""
    console.print(Rule(style="dim", characters="─"))
    console.print(Text(_clean(event.title), style="bold"))
    for line in _facts(event):
        console.print(Text(_clean(line)), style="dim" if line.startswith("id ") else "")
    for heading, body in _sections(event, console.width):
        console.print()
        console.print(Text(heading, style="bold"))
        console.print(Padding(body, (0, 0, 0, 2)))


def show_series(rows: Sequence[SeriesRow], console: Console) -> None:
    """Print figures in order of day with the running low, best and high of their events."""
    if not rows:
        console.print("No figures.")
        return
    several = len({row.event for row in rows}) > 1
    if not several:
        console.print(Text(_clean(rows[0].title), style="bold"))
    if console.width < _NARROW:
        for row in rows:
            console.print(_series_block(row, titled=several))
        return
    table = _table()
    for name in ("told", "source", "count"):
        table.add_column(name, no_wrap=name == "told", overflow="fold")
    for name in _LIMITS:
        table.add_column(name, justify="right", no_wrap=True)
    if several:
        table.add_column("event", overflow="fold")
    table.add_column("counts?", overflow="fold")
    for row in rows:
        one = row.count
        cells = [day_words(one.told), _teller(one), people_words(one.low, one.high, one.of)]
        cells += [*_limits(row), *([row.title] if several else []), one.left_out or "yes"]
        table.add_row(*(Text(_clean(cell)) for cell in cells), style="dim" if one.left_out else "")
    console.print(table)


def _limits(row: SeriesRow) -> tuple[str, str, str]:
    """Write the running low, best and high, a dash for one that is open."""
    known = row.range
    low, best, high = (known.low, known.best, known.high) if known else (None, None, None)
    return _limit(low), _limit(best), _limit(high)


def _limit(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"


def _series_block(row: SeriesRow, *, titled: bool) -> RenderableType:
    """Lay a row out for a narrow terminal: what was said, then what was known by then."""
    one = row.count
    head = f"{day_words(one.told)}  {people_words(one.low, one.high, one.of)}  {_teller(one)}"
    known = ", ".join(f"{name} {value}" for name, value in zip(_LIMITS, _limits(row), strict=True))
    more = f" – {one.left_out}" if one.left_out else ""
    rest = Text(_clean(f"{known}{more}{f' · {row.title}' if titled else ''}"), style="dim")
    return Group(Text(_clean(head), style="" if one.left_out else "bold"), Padding(rest, (0, 0, 0, 4)))


def _facts(event: Event) -> Iterator[str]:
    """Say in a line each what kind, where, when, who, and how well supported."""
    yield event.type
    if event.place is not None:
        extent = extent_words(event.place)
        yield f"where  {place_words(event.place)}{f' ({extent})' if extent else ''}"
    elif event.country:
        yield f"where  {event.country}"
    else:
        yield "where  not told"
    when = days_words(event.earliest, event.latest) if event.earliest and event.latest else "not told"
    yield f"when   {when}"
    if event.actors or event.targets:
        who, whom = (", ".join(names[:4]) or "not told" for names in (event.actors, event.targets))
        yield f"who    {who} → {whom}"
    yield f"known  {_support(event)}"
    pinned = ", claims fixed by a person" if event.pinned else ""
    yield f"id     {event.id} · {event.state}{pinned}"


def _support(event: Event) -> str:
    """Say how many independent origins of which sides say it, in how many reports."""
    agreeing = [origin for origin in event.origins if origin.stance in ("says", "both")]
    reports = len({entry.report.id for entry in event.entries if entry.state != "rejected"})
    copies = sum(len(origin.copies) for origin in event.origins)
    sides: dict[str, int] = {}
    for origin in agreeing:
        sides[origin.side or "no known side"] = sides.get(origin.side or "no known side", 0) + 1
    told = ", ".join(
        f"{count} {side}" for side, count in sorted(sides.items(), key=lambda row: (-row[1], row[0]))
    )
    words = f"{_many(len(agreeing), 'independent origin')} in {_many(reports, 'report')}"
    words += f" ({told})" if told else ""
    return words + (f"; {_many(copies, 'claim')} only copied" if copies else "")


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _sections(event: Event, width: int) -> Iterator[tuple[str, RenderableType]]:
    if event.ranges:
        yield "Toll by rule", _ranges(event.ranges, event)
    if event.counts:
        yield "Figures told, by day", _counts(event, width)
    if event.contradictions:
        lines = [Text(_clean(f"• {one.kind}: {one.words}")) for one in event.contradictions]
        yield "Contradictions", Group(*lines)
    if event.origins:
        yield "Independent origins, copies folded", _origins(event)
    yield "Claims", _claims(event)


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))


def _ranges(ranges: Iterable[Range], event: Event) -> Table:
    table = _table()
    table.add_column("measure", overflow="fold")
    table.add_column("rule", no_wrap=True)
    for name in ("low", "best", "high"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("why", overflow="fold")
    before = ""
    for one in ranges:
        what = f"{one.of} {one.measure}" + (", growing" if one.measure in event.growing else "")
        limits = map(_limit, (one.low, one.best, one.high))
        cells = ["" if what == before else what, _RULES[one.rule], *limits, _clean(one.why)]
        table.add_row(*(Text(cell) for cell in cells))
        before = what
    return table


def _counts(event: Event, width: int) -> RenderableType:
    """Lay the figures out as a table from 100 columns on, else as one block for each."""
    texts = {entry.report.id: entry.report.text for entry in event.entries}
    rows = [
        (
            one,
            _figure(one),
            _clean(_context(one, texts.get(one.report, ""))),
            f"{_teller(one)}{_more(folded)}",
        )
        for one, folded in _folded(event)
        if one.standing != "unnumbered"
    ]
    bare = sum(one.standing == "unnumbered" for one in event.counts)
    rest = Text(f"{_many(bare, 'telling')} of people without a number" if bare else "", style="dim")
    if width < _NARROW:
        blocks: list[RenderableType] = []
        for one, figure, quote, teller in rows:
            style = "dim" if one.left_out else ""
            blocks.append(Text(_clean(f"{day_words(one.told)}  {figure}  {teller}"), style=style or "bold"))
            more = f" – {one.left_out}" if one.left_out else ""
            blocks.append(Padding(Text(_clean(f"{_sure(one)}“{quote}”{more}"), style=style), (0, 0, 0, 4)))
        return Group(*blocks, rest) if bare else Group(*blocks)
    table = _table()
    for name, ratio in (("told", 0), ("count", 2), ("who says", 3), ("words", 5), ("counts?", 3)):
        table.add_column(name, ratio=ratio or None, no_wrap=name == "told", overflow="fold")
    for one, figure, quote, teller in rows:
        cells = [day_words(one.told), figure, teller, f"{_sure(one)}“{quote}”", one.left_out or "yes"]
        table.add_row(*(Text(_clean(cell)) for cell in cells), style="dim" if one.left_out else "")
    if not rows:
        return rest
    return Group(table, rest) if bare else table


def _folded(event: Event) -> list[tuple[Count, int]]:
    """Return the rows that are no mere copies, each with how many copies say the same."""
    copied = {claim for origin in event.origins for claim in origin.copies}
    said = {_content(one) for one in event.counts if one.claim not in copied}
    copies = Counter(_content(one) for one in event.counts if one.claim in copied)
    rows = [one for one in event.counts if one.claim not in copied or _content(one) not in said]
    return [(one, 0 if one.claim in copied else copies.pop(_content(one), 0)) for one in rows]


def _content(one: Count) -> tuple[str, str, str, int, int | None]:
    return one.origin, one.measure, one.of, one.low, one.high


def _more(copies: int) -> str:
    return f" (+ {_copies(copies)})" if copies else ""


def _figure(one: Count) -> str:
    return f"{people_words(one.low, one.high, one.of)} {one.measure}"


def _context(one: Count, text: str) -> str:
    """Return a figure's words with those around them, cut between words; its own words alone if corrected."""
    if text[one.start : one.end] != one.quote:
        return squeezed(one.quote)
    start, end = max(one.start - _AROUND, 0), min(one.end + _AROUND, len(text))
    if start and " " in text[start : one.start]:
        start = text.index(" ", start)
    if end < len(text) and " " in text[one.end : end]:
        end = text.rindex(" ", one.end, end)
    return ("…" if start else "") + squeezed(text[start:end]) + ("…" if end < len(text) else "")


def _sure(one: Count) -> str:
    return "" if one.certainty == "certain" else f"{one.certainty}: "


def _teller(one: Count) -> str:
    """Name who says it, with its side, and the outlet that printed it if that is another."""
    side = f" [{one.side}]" if one.side else ""
    via = f" in {one.publisher}" if one.publisher and not _is_named(one.publisher, one.source) else ""
    return f"{one.source or 'rejected claim'}{side}{via}"


def _is_named(publisher: str, name: str) -> bool:
    """Say whether a publisher's name or site is a way of writing a name ("www.bbc.co.uk", "BBC")."""
    site = publisher.lower().removeprefix("www.").removeprefix("the ").replace(" ", "")
    return site.split(".")[0] in name.lower().replace(" ", "")


def _origins(event: Event) -> Table:
    table = _table()
    for name in ("origin", "side", "kind", "claims", "first told", "stance"):
        table.add_column(name, justify="right" if name == "claims" else "left", overflow="fold")
    told = {entry.claim.id: entry.told for entry in event.entries}
    for origin in event.origins:
        days = [told[claim] for claim in origin.claims if claim in told]
        table.add_row(
            Text(_clean(origin.name)), Text(origin.side or ""), origin.kind, _weight(origin),
            day_words(min(days)) if days else "", _STANCES[origin.stance],
        )  # fmt: skip
    return table


def _weight(origin: Origin) -> str:
    copies = f" ({_copies(len(origin.copies))})" if origin.copies else ""
    return f"{len(origin.claims)}{copies}"


def _copies(count: int) -> str:
    return "1 copy" if count == 1 else f"{count} copies"


def _claims(event: Event) -> RenderableType:
    """List the claims with their words; copies behind the first of what they copy, by outlet only."""
    by_claim = {claim: origin for origin in event.origins for claim in origin.claims}
    copied = {claim for origin in event.origins for claim in origin.copies}
    outlets: dict[str, list[str]] = {}
    for entry in event.entries:
        if entry.claim.id in copied:
            outlets.setdefault(entry.copy_of, []).append(entry.report.publisher or "outlet not known")
    lines: list[RenderableType] = []
    for entry in event.entries:
        if entry.claim.id in copied:
            continue
        origin = by_claim.get(entry.claim.id)
        lines.append(Text(_clean(_claim_line(entry, origin)), style="" if origin else "dim"))
        lines.append(Padding(Text(_clean(f"“{_cut(squeezed(entry.claim.evidence.quote))}”")), (0, 0, 0, 4)))
        if copies := outlets.pop(entry.copy_of, None):
            words = f"copied by {', '.join(sorted(set(copies)))}"
            lines.append(Padding(Text(_clean(words), style="dim"), (0, 0, 0, 4)))
    return Group(*lines)


def _claim_line(entry: Entry, origin: Origin | None) -> str:
    parts = [day_words(entry.told), entry.report.publisher or "outlet not known", entry.claim.type]
    parts.append(sure_words(entry.claim))
    if origin is not None and not _is_named(entry.report.publisher or "?", origin.name):
        parts.append(f"from {origin.name}")
    if entry.state != "unreviewed":
        parts.append(entry.state)
    return " · ".join((*parts, entry.claim.id))


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def _clean(words: str) -> str:
    return _CODES.sub("\ufffd", words)
