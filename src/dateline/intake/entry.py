"""An entry of a feed to a report: its content, or its title and summary, as text."""

import json
import re
from typing import Any

from dateline.errors import InputError
from dateline.intake.decode import clean
from dateline.intake.html import guarded
from dateline.intake.item import Hints
from dateline.intake.jsonl import replaced_problem
from dateline.model.reading import Problem
from dateline.model.text import Report
from dateline.settings import Limits

_BLOCKS = frozenset(
    "address article aside blockquote center dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section table td th tr ul".split()
)
_UNREAD = frozenset({"script", "style", "iframe", "svg", "noscript", "template", "head"})
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w{2,8});")


def read_entry(data: bytes, *, name: str, limits: Limits) -> tuple[Report, tuple[Problem, ...], Hints]:
    """Read an entry as JSON of our field names; return its report, problems, and what the feed says of it.

    The whole content is the text, else title and summary, a blank line between. HTML in it is taken as it
    stands, paragraph by paragraph: a feed holds no menus that an article would have to be found among.
    """
    fields: dict[str, str] = json.loads(data)
    title = " ".join(_plain(fields, "title", limits).split()) or None
    lead = _plain(fields, "lead", limits)
    text = _plain(fields, "text", limits)
    if not text.strip():
        text = "\n\n".join(part for part in (title, lead) if part)
    elif title and not _opens_with(text, title):
        text = f"{title}\n\n{text}"
    if not text.strip():
        raise InputError("is an entry without content, summary or title; give the page that it names")
    text, replaced = clean(text)
    problems: tuple[Problem, ...] = (replaced_problem(replaced),) if replaced else ()
    published = fields.get("published")
    if not published and fields.get("updated"):
        published = fields["updated"]
        message = (
            "the feed says only when the entry was last changed, and that day was taken as its publication"
        )
        problems += (Problem(code="published-updated", message=message, field="published"),)
    hints = Hints(
        title=title, published=published, publisher=_flat(fields.get("publisher")), url=fields.get("url")
    )
    return Report(text=text, title=title, name=name), problems, hints


def fragment_text(fragment: str, limits: Limits) -> str:
    """Return the text of a piece of HTML, its blocks parted by blank lines; nothing in it is followed or run.

    Raises InputError for a piece past the limits on pages.
    """
    from lxml import etree, html

    if len(fragment) > limits.html_characters:
        raise InputError(
            f"is a text of {len(fragment):,} characters; the limit is {limits.html_characters:,}"
        )
    if not fragment.strip():
        return ""
    try:
        tree = html.fragment_fromstring(guarded(fragment, limits), create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return ""
    blocks: list[list[str]] = [[]]
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        _walk(event, element, blocks)
    lines = (" ".join(line.split()) for block in blocks for line in "".join(block).split("\0"))
    return "\n\n".join(line for line in lines if line)


def _walk(event: str, element: Any, blocks: list[list[str]]) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in _BLOCKS:
        blocks.append([])
    if event == "start":
        if tag == "br":
            # Kept apart from the line ends of the source, which part no lines.
            blocks[-1].append("\0")
        if element.text and tag and not _is_unread(element):
            blocks[-1].append(element.text)
    elif element.tail and element.getparent() is not None and not _is_unread(element.getparent()):
        blocks[-1].append(element.tail)


def _is_unread(element: Any) -> bool:
    return element.tag in _UNREAD


def _plain(fields: dict[str, str], name: str, limits: Limits) -> str:
    """Return a field's text; what the feed calls plain is taken as HTML too where it holds marks of it."""
    value = fields.get(name, "")
    kind = fields.get(f"{name}_type", "")
    if "html" in kind or (kind in ("", "text/plain") and _MARKUP.search(value)):
        return fragment_text(value, limits)
    return value


def _opens_with(text: str, title: str) -> bool:
    return (
        re.sub(r"\W", "", text[: 2 * len(title) + 50])
        .casefold()
        .startswith(re.sub(r"\W", "", title).casefold())
    )


def _flat(value: str | None) -> str | None:
    return " ".join(clean(re.sub(r"<[^<>]*>", " ", value))[0].split()) or None if value else None
