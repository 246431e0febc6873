"""An HTML page to a report: its article's text, and what its metadata says of its publication."""

import logging
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from dateline.errors import InputError
from dateline.intake.dates import read_date
from dateline.model.reading import Problem
from dateline.model.text import Report
from dateline.settings import Limits

_OPENING = re.compile(
    r"\ufeff?\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|\?xml[^>]{0,200}>\s*<(?:!doctype\s+html|html)|html|head|body|article"
    r"|main|section|div|p|h1|meta|title|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,40})[^<>]*>?")
# Elements that need no closing tag do not nest.
_FLAT = frozenset(
    {"area", "b", "base", "br", "col", "colgroup", "dd", "dt", "embed", "font", "hr", "i", "img", "input",
     "li", "link", "meta", "optgroup", "option", "p", "param", "source", "tbody", "td", "tfoot", "th",
     "thead", "tr", "track", "wbr"}
)  # fmt: skip
_HEAD = 5_000
_DROPPED = ("script", "style", "svg", "template", "noscript", "iframe")
_DATE_NAMES = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.date", "dcterms.created", "dc.date.created", "publishdate", "publish-date", "publication_date",
    "pubdate", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article.published",
    "published_at", "citation_publication_date",
)  # fmt: skip
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"\n]{4,60})"')
_JSON_PUBLISHER = re.compile(r'"publisher"\s*:\s*\{[^{}]{0,600}?"name"\s*:\s*"([^"\n\\]{1,80})"')


def is_html(text: str) -> bool:
    """Whether a text opens like an HTML page or a piece of one."""
    return _OPENING.match(text[:1200]) is not None


def declared_charset(data: bytes) -> str | None:
    """Return the encoding that a page's meta tag names, if it names one."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


def read_html(page: str, *, name: str, limits: Limits) -> tuple[Report, tuple[Problem, ...]]:
    """Take the article out of a page; raise InputError for a page past a limit or without text.

    Title and paragraphs are parted by blank lines; comments of readers, menus and scripts are left out. The
    date is taken only from metadata that names a publication date, never guessed from other dates on the
    page.
    """
    import trafilatura

    # Its notes on bad pages would be printed among ours; what they say is told by our own error.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    logging.getLogger("htmldate").addHandler(logging.NullHandler())
    if len(page) > limits.html_characters:
        raise InputError(
            f"is a page of {len(page):,} characters; the limit is {limits.html_characters:,}: "
            "save the article alone"
        )
    if "<html" not in page[:_HEAD].lower():
        page = f"<html><body>{page}</body></html>"
    linked_data = "\n".join(_linked_data(page))
    tree = trafilatura.load_html(guarded(page, limits))
    if tree is None:
        raise InputError("holds no readable HTML; save the page again, or give its text as .txt")
    published, problems = _published(tree, linked_data)
    publisher = _JSON_PUBLISHER.search(linked_data)
    document: Any = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False)
    meta: Any = trafilatura.extract_metadata(tree, extensive=False, date_config={"max_date": "1900-01-01"})
    text = (document.text if document is not None else None) or ""
    if not text.strip():
        text = trafilatura.html2txt(tree)
        if not text.strip():
            raise InputError("is an HTML page without text; save it after it has loaded, or give its text")
        message = "no article was found on the page, so all of its text was read"
        problems += (Problem(code="html-no-article", message=message),)
    title = (meta.title or "").strip() or None
    site = publisher[1].strip() if publisher else (meta.sitename or "").strip()
    report = Report(
        text=_with_title(text, title),
        title=title,
        published=published,
        published_basis="metadata" if published else None,
        publisher=site or None,
        publisher_basis="metadata" if site else None,
        url=meta.url,
        name=name,
    )
    return report, problems


def guarded(page: str, limits: Limits) -> str:
    """Drop what holds no text, and refuse pages that would cost a parser too much; takes linear time."""
    for element in _DROPPED:
        page = _without(page, f"<{element}", f"</{element}")
    page = _without(page, "<!--", "-->")
    depth = deepest = count = 0
    kept: list[str] = []
    at = 0
    for match in _TAG.finditer(page):
        count += 1
        if match[2].lower() not in _FLAT:
            depth = depth + 1 if not match[1] else max(depth - 1, 0)
            deepest = max(deepest, depth)
        if match.end() - match.start() > limits.html_tag_characters:
            # The attributes of such a tag are data of a script; parsing thousands of them takes quadratic
            # time.
            kept.append(page[at : match.start()] + f"<{match[1]}{match[2]}>")
            at = match.end()
    if count > limits.html_tags:
        raise InputError(
            f"is a page of {count:,} tags; the limit is {limits.html_tags:,}: save the article alone"
        )
    if deepest > limits.html_depth:
        raise InputError(
            f"has elements nested {deepest:,} deep; the limit is {limits.html_depth:,}: "
            "give the text as .txt instead"
        )
    return "".join(kept) + page[at:]


def _without(page: str, opening: str, closing: str) -> str:
    """Cut out all runs from an opening to its closing mark; an unclosed run reaches to the end."""
    lower = page.lower()
    if len(lower) != len(page):
        # Some capitals become two letters in lower case; their pages are left as they are, the parser drops
        # scripts too.
        return page
    kept: list[str] = []
    at = 0
    while (start := lower.find(opening, at)) >= 0:
        kept.append(page[at:start])
        end = lower.find(closing, start)
        if end < 0:
            return "".join(kept)
        bracket = lower.find(">", end)
        at = bracket + 1 if bracket >= 0 else len(page)
    return "".join(kept) + page[at:]


def _linked_data(page: str) -> Iterator[str]:
    """Yield the contents of a page's JSON-LD scripts."""
    at = 0
    while (start := page.find("application/ld+json", at)) >= 0:
        end = page.find("</", start)
        at = end if end >= 0 else len(page)
        yield page[start:at]


def _published(tree: Any, linked_data: str) -> tuple[date | None, tuple[Problem, ...]]:
    problems: tuple[Problem, ...] = ()
    for written in _written_dates(tree, linked_data):
        day = read_date(written)
        if day is not None:
            return day, problems
        if not problems:
            message = f"the page was published on {written.strip()[:60]!r}, which is no readable day"
            problems = (Problem(code="published-invalid", message=message, field="published"),)
    return None, problems


def _written_dates(tree: Any, linked_data: str) -> Iterator[str]:
    """Yield what the page says of its publication date, the most explicit statements first."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if key in _DATE_NAMES and meta.get("content"):
            found.setdefault(key, meta.get("content"))
    for key in _DATE_NAMES[:3]:
        if key in found:
            yield found[key]
    yield from (match[1] for match in _JSON_DATE.finditer(linked_data))
    for key in _DATE_NAMES[3:]:
        if key in found:
            yield found[key]
    times = [element for element in tree.iter("time") if element.get("datetime")]
    marked = [
        element for element in times if element.get("pubdate") is not None or "publish" in _label(element)
    ]
    for element in marked or times[:1]:
        yield element.get("datetime")


def _label(element: Any) -> str:
    return f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()


def _with_title(text: str, title: str | None) -> str:
    """Put the title before the paragraphs unless they open with it, blank lines between them all."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if title and not _same(lines[0], title):
        lines.insert(0, title)
    return "\n\n".join(lines) + "\n"


def _same(line: str, title: str) -> bool:
    return re.sub(r"\W", "", line).casefold() == re.sub(r"\W", "", title).casefold()
