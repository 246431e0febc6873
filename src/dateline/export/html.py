"""Readings as one HTML page: text and claims side by side, in one file that makes no request."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from dateline.export.html_claims import claims_of
from dateline.export.html_document import document
from dateline.export.html_element import Markup, element, joined
from dateline.export.html_text import shown, text_of
from dateline.export.words import BASES, day_words
from dateline.model.reading import Reading

_KINDS = {
    "claim": "what happened",
    "source": "who says it",
    "cue": "how it is said",
    "hedge": "hedge",
    "figure": "figure",
    "place": "place",
    "time": "time",
    "actor": "actor",
}


def page(readings: Sequence[Reading]) -> str:
    """Return the page of these readings, in their order; equal readings give equal pages.

    A content security policy allows the page's own style and script by their hashes and nothing else. Links
    go from each trigger to its claim and back, so that the page can be used without its script.
    """
    style = Path(__file__).with_name("html.css").read_text(encoding="utf-8")
    script = Path(__file__).with_name("html.js").read_text(encoding="utf-8")
    count = sum(len(reading.claims) for reading in readings)
    title = f"{_plural(count, 'claim')} in {_plural(len(readings), 'report')}"
    body = (
        element("a", "Skip to the reports", class_="skip", href="#reports"),
        _header(title),
        _contents(readings) if len(readings) != 1 else None,
        element(
            "main",
            *(_report(reading, n) for n, reading in enumerate(readings, 1)),
            id="reports",
            tabindex="-1",
        ),
        _footer(readings),
    )
    return document(f"Dateline: {title}", style=style, script=script, body=body)


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _header(title: str) -> Markup:
    boxes = [
        element(
            "label",
            element("input", type="checkbox", checked=True, data_kind=kind),
            " ",
            element("span", words, class_="trigger-sample" if kind == "claim" else f"m-{kind}"),
        )
        for kind, words in _KINDS.items()
    ]
    legend = element("fieldset", element("legend", "Marked in the text"), *boxes, class_="legend")
    heading = element("h1", element("span", "Dateline", class_="brand"), " ", title)
    return element("header", heading, legend, class_="top")


def _contents(readings: Sequence[Reading]) -> Markup:
    if not readings:
        return element("p", "No report was read.", class_="none")
    items = [
        element(
            "li",
            element("a", _title(reading), href=f"#r{n}"),
            element("span", f" {_about(reading)}", class_="about"),
        )
        for n, reading in enumerate(readings, 1)
    ]
    return element(
        "nav", element("h2", "Reports"), element("ol", *items), class_="contents", aria_label="Reports"
    )


def _report(reading: Reading, number: int) -> Markup:
    prefix = f"r{number}"
    url = reading.report.url
    # Only an address of the web becomes a link; "javascript:" and the like stay text.
    safe = url is not None and urlsplit(url).scheme in ("http", "https") if _splits(url) else False
    link = element("a", shown(url or ""), href=url, rel="noreferrer noopener") if safe else shown(url or "")
    head = element(
        "header",
        element("h2", _title(reading)),
        element("p", _published(reading), class_="published"),
        element("p", link, class_="url") if url else None,
    )
    text = element("article", text_of(reading, prefix), class_="text", aria_label="Text of the report")
    claims = element(
        "aside",
        element("h3", _plural(len(reading.claims), "claim")),
        claims_of(reading, prefix),
        class_="side",
        aria_label=f"Claims of report {number}",
    )
    columns = element("div", text, claims, class_="columns")
    return element(
        "section", head, columns, _problems(reading), id=prefix, class_="report", aria_label=_title(reading)
    )


def _splits(url: str | None) -> bool:
    try:
        return url is not None and urlsplit(url) is not None
    except ValueError:
        return False


def _title(reading: Reading) -> str:
    return shown(reading.report.title or reading.report.name or "Untitled report")


def _about(reading: Reading) -> str:
    report = reading.report
    parts = (report.publisher, day_words(report.published) if report.published else None)
    return shown(" · ".join([part for part in parts if part] + [_plural(len(reading.claims), "claim")]))


def _published(reading: Reading) -> str:
    report = reading.report
    parts = []
    if report.publisher:
        parts.append(f"{report.publisher} ({BASES.get(report.publisher_basis or '', 'as given')})")
    if report.published:
        parts.append(f"{day_words(report.published)} ({BASES.get(report.published_basis or '', 'as given')})")
    else:
        parts.append("publication date not known")
    return shown(" · ".join(parts))


def _problems(reading: Reading) -> Markup | None:
    if not reading.problems:
        return None
    counted = Counter(problem.message for problem in reading.problems)
    items = [
        element("li", shown(message) + (f" ({count} times)" if count > 1 else ""))
        for message, count in counted.items()
    ]
    summary = element("summary", f"What could not be read ({len(reading.problems)})")
    return element("details", summary, element("ul", *items), class_="problems")


def _footer(readings: Sequence[Reading]) -> Markup:
    recipes = dict.fromkeys(
        f"Dateline {r.recipe.package}, codebook {r.recipe.codebook}, {', '.join(r.recipe.models)}"
        for r in readings
    )
    words = (
        "A claim is what a report says, not what is known to have happened. Every value stands beside the "
        "words it was read from; an area or a span of days is as narrow as those words allow."
    )
    return element("footer", element("p", words), joined([element("p", shown(recipe)) for recipe in recipes]))
