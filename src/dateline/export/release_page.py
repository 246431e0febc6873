"""The page of a release: map, timeline and tables in one file that opens from disk and makes no request.

Without its script the page is a plain table with every event, figure and quote. A content security policy allows its
own style and script by their hashes and nothing else; all words are escaped, and the base map is data, not a program.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dateline.export.areas import is_point, reach_km
from dateline.export.html_document import document
from dateline.export.html_element import Markup, element
from dateline.export.html_text import shown
from dateline.export.plain import plain, web_address
from dateline.export.summary import certainty_of, range_of, reality_of
from dateline.export.words import (
    REALITIES,
    chain_words,
    count_words,
    day_words,
    extent_words,
    place_words,
    squeezed,
    time_words,
)
from dateline.model.event import Count, Entry, Event, Range
from dateline.model.text import Span
from dateline.model.values import Measure, Time

_HERE = Path(__file__).parent
_FAMILIES = {
    "battle": "battles",
    "strike": "strikes",
    "civilians": "violence against civilians",
    "force": "forces",
    "harm": "harm to property and homes",
    "unrest": "protest and riot",
    "state": "acts and words of states",
}
_COLUMNS = ("Event", "Day", "Place", "Killed", "Wounded", "Origins", "Told as", "Claims and figures")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHead:
    """What the page says of the whole: title, lines below it, and a warning that must not be missed, if any."""

    title: str
    lines: tuple[str, ...]
    warning: str | None = None


def release_page(events: Sequence[Event], head: PageHead) -> str:
    """Return the page; equal events and head give equal pages."""
    style = (_HERE / "release_page.css").read_text(encoding="utf-8")
    script = (_HERE / "release_page.js").read_text(encoding="utf-8")
    body = (
        element("a", "Skip to the events", class_="skip", href="#events"),
        _header(head),
        element("main", _filters(events), _stage(), _timeline(), _table(events)),
        _footer(),
        Markup(f'<script type="application/json" id="base-map">{_base_map()}</script>'),
    )
    return document(f"Dateline: {_text(head.title)}", style=style, script=script, body=body)


@cache
def _base_map() -> Markup:
    """Return the countries of the base map as JSON that cannot end its element."""
    countries = json.loads((_HERE / "base_map.json").read_text(encoding="utf-8"))["countries"]
    return Markup(json.dumps(countries, separators=(",", ":")).replace("<", "\\u003c"))


def _text(words: str) -> str:
    return shown(plain(words))


def _header(head: PageHead) -> Markup:
    return element(
        "header",
        element("h1", _text(head.title)),
        *(element("p", _text(line)) for line in head.lines),
        element("p", _text(head.warning), class_="warning") if head.warning else None,
    )


def _filters(events: Sequence[Event]) -> Markup:
    types = sorted({event.type for event in events})
    families = [family for family in _FAMILIES if any(kind.startswith(f"{family}.") for kind in types)]
    groups = [
        element(
            "optgroup",
            element("option", f"all {_FAMILIES[family]}", value=family),
            *(element("option", kind, value=kind) for kind in types if kind.split(".")[0] == family),
            label=_FAMILIES[family],
        )
        for family in families
    ]
    countries = sorted({event.country for event in events if event.country})
    return element(
        "div",
        _label("Type", element("select", element("option", "all", value=""), *groups, id="f-type")),
        _label("Words", element("input", type="search", id="f-words", placeholder="place, source, quote")),
        _label("Country", _select("f-country", countries)),
        _label("Sureness", _select("f-certainty", ("certain", "hedged", "disputed"))),
        _label("Origins, at least", element("input", type="number", min=0, step=1, id="f-origins")),
        element("button", "Clear", type="button", id="clear"),
        element("p", id="status", role="status"),
        class_="filters scripted",
        hidden=True,
        role="search",
    )


def _label(words: str, control: Markup) -> Markup:
    return element("label", words, control)


def _select(name: str, values: Sequence[str]) -> Markup:
    options = [element("option", _text(value), value=_text(value)) for value in values]
    return element("select", element("option", "all", value=""), *options, id=name)


def _stage() -> Markup:
    buttons = [
        element("button", sign, type="button", id=name, aria_label=words, title=words)
        for sign, name, words in (
            ("+", "zoom-in", "Zoom in"), ("−", "zoom-out", "Zoom out"), ("⤢", "zoom-all", "Show all events"),
        )
    ]  # fmt: skip
    label = "Map of the events. Arrow keys move it, plus and minus zoom, 0 shows all. The table below lists the same events."
    stage = element(
        "div",
        element("canvas", id="map", tabindex=0, role="img", aria_label=label),
        element("div", *buttons, class_="zoom"),
        element("div", id="tip", hidden=True),
        class_="stage",
    )
    legend = element(
        "ul",
        *(element("li", element("b", class_=family), words) for family, words in _FAMILIES.items()),
        element(
            "li", "dashed: the area that the words allow; hollow: somewhere around, nothing says how far"
        ),
        class_="legend",
    )
    return element(
        "section", element("h2", "Map"), stage, legend, class_="scripted", hidden=True, aria_label="Map"
    )


def _timeline() -> Markup:
    sliders = [
        element("label", words, element("input", type="range", step=1, id=name))
        for words, name in (("From", "from"), ("To", "to"))
    ]
    return element(
        "section",
        element("h2", "Time"),
        element("canvas", id="strip", role="img", aria_label="Events over time; the sliders below choose days"),
        element("div", *sliders, element("output", id="span"), class_="sliders"),
        class_="scripted",
        id="time",
        hidden=True,
        aria_label="Time",
    )  # fmt: skip


def _table(events: Sequence[Event]) -> Markup:
    head = element("thead", element("tr", *(element("th", words, scope="col") for words in _COLUMNS)))
    rows = [_row(event) for event in events]
    return element(
        "section",
        element("h2", "Events"),
        element("table", head, element("tbody", *rows), class_="events")
        if rows
        else element("p", "No event passed the filter."),
        id="events",
        tabindex="-1",
        aria_label="Events",
    )


def _row(event: Event) -> Markup:
    data: dict[str, Any] = {
        "data_type": event.type,
        "data_title": _text(event.title),
        "data_first": event.earliest.isoformat() if event.earliest else None,
        "data_last": event.latest.isoformat() if event.latest else None,
        "data_country": event.country,
        "data_origins": str(len(event.origins)),
        "data_certainty": certainty_of(event),
    }
    place = event.place
    if place and place.lat is not None and place.lon is not None:
        data |= {
            "data_lat": str(place.lat),
            "data_lon": str(place.lon),
            "data_radius": str(reach_km(place) or 0),
        }
        data["data_point"] = is_point(place)
    reality = REALITIES[reality_of(event)]
    told = ", ".join(part for part in (certainty_of(event), reality) if part)
    title = element(
        "th",
        _text(event.title),
        element("br"),
        element("span", f"{event.type} · {event.state}", class_="soft"),
        element("br") if place else None,
        element("button", "on the map", type="button", class_="locate", hidden=True) if place else None,
        scope="row",
    )
    cells = [
        element("td", _when(event), data_label="Day", class_="number"),
        element("td", *_where(event), data_label="Place"),
        element("td", _toll(event, "killed"), data_label="Killed", class_="number"),
        element("td", _toll(event, "wounded"), data_label="Wounded", class_="number"),
        element("td", str(len(event.origins)), data_label="Origins", class_="number"),
        element("td", told, data_label="Told as"),
        element("td", _claims(event)),
    ]
    return element("tr", title, *cells, id=f"e-{_text(event.id)}", class_="event", **data)


def _when(event: Event) -> str:
    if event.earliest and event.latest:
        nowhere = Span(start=0, end=0, quote="")
        return time_words(
            Time(span=nowhere, earliest=event.earliest, latest=event.latest, precision="day", basis="stated")
        )
    day = event.earliest or event.latest
    return day_words(day) if day else "not known"


def _where(event: Event) -> list[Markup | str]:
    if event.place is None:
        return [_text(event.country or "not known")]
    extent = element("span", extent_words(event.place), class_="soft")
    return [_text(place_words(event.place)), element("br"), extent]


def _toll(event: Event, measure: Measure) -> str:
    found: Range | None = range_of(event, measure, "ucdp")
    if found is None:
        return "—"
    low, best, high = (
        "?" if value is None else f"{value:,}" for value in (found.low, found.best, found.high)
    )
    return best if low == best == high else f"{best} ({low}–{high})"


def _claims(event: Event) -> Markup:
    reports = len({entry.report.id for entry in event.entries})
    words = f"{_plural(len(event.entries), 'claim')} in {_plural(reports, 'report')}"
    words += f", {_plural(len(event.counts), 'figure')}" if event.counts else ""
    return element(
        "details",
        element("summary", words),
        element("ul", *(_claim(entry) for entry in event.entries), class_="claims"),
        _figures(event.counts) if event.counts else None,
        *(element("p", _text(found.words), class_="soft") for found in event.contradictions if found.words),
    )


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _claim(entry: Entry) -> Markup:
    claim, report = entry.claim, entry.report
    quote = squeezed(claim.evidence.quote)
    chips: list[str] = [claim.certainty] if claim.certainty != "certain" else []
    chips += ["denied"] if claim.polarity == "negative" else []
    chips += [REALITIES[claim.reality]] if REALITIES[claim.reality] else []
    url = web_address(report.url)
    named = _text(" · ".join((report.publisher or "publisher not known", day_words(entry.told))))
    outlet = element("a", named, href=plain(url), rel="noreferrer noopener") if url else named
    return element(
        "li",
        element("span", _text(chain_words(claim)), ": "),
        element("q", _text(quote)) if quote else element("span", "words held back", class_="soft"),
        " ",
        *(element("span", chip, class_="chip") for chip in chips),
        element("span", " ", outlet, class_="soft"),
    )


def _figures(counts: Sequence[Count]) -> Markup:
    head = element(
        "thead",
        element(
            "tr", *(element("th", words, scope="col") for words in ("Told", "Source", "Figure", "Words"))
        ),
    )
    return element("table", head, element("tbody", *(_figure(count) for count in counts)), class_="figures")


def _figure(count: Count) -> Markup:
    denied = " denied" if count.polarity == "negative" else ""
    words = f"{count_words(count.low, count.high)} {count.of} {count.measure}{denied}"
    return element(
        "tr",
        element("td", day_words(count.told), class_="number"),
        element("td", _text(count.source)),
        element("td", _text(words)),
        element("td", element("q", _text(count.quote)) if count.quote else None),
    )


def _footer() -> Markup:
    words = (
        "A claim is what a report says, not what is known to have happened. Every value stands beside the words it was "
        "read from; an area or a span of days is as narrow as those words allow. A toll is best (low–high) of what was "
        "told, by the rule described in README.md."
    )
    base = (
        "Base map: Natural Earth, public domain. Crimea and Sevastopol are drawn with Ukraine, after UN General Assembly "
        "resolution 68/262. Borders imply no judgement on other disputes."
    )
    return element("footer", element("p", words), element("p", base))
