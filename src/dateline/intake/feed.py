"""RSS and Atom to entries; a feed is bytes in hand, nothing it names is fetched."""

import io
import json
import re
from collections.abc import Iterator
from typing import Any

from dateline.errors import InputError
from dateline.intake.arrival import FailedInput
from dateline.intake.confined import confined
from dateline.intake.item import Item
from dateline.intake.member import Member
from dateline.intake.streams import read_whole

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_CLOSED = re.compile(
    rb"</(?:[a-z]+:)?(?:rss|feed|rdf|channel)\s*>\s*(?:<!--.{0,2000}?-->\s*)*$", re.IGNORECASE | re.DOTALL
)


def feed_items(member: Member) -> Iterator[Item | FailedInput]:
    """Yield the entries of a feed as items of kind "entry", in the feed's order.

    A feed that declares entities is refused: no feed needs them, and bombs are made of them. A feed that ends
    early yields its entries, and says that the last one may be cut.
    """
    data = read_whole(member.stream, member.settings.limits.file_bytes)
    plain = data.replace(b"\0", b"")
    if _ENTITY.search(plain):
        raise InputError(
            "is a feed that declares entities, as bombs in XML do, so it was not read; "
            "remove its <!DOCTYPE …> if you trust it"
        )
    told = json.loads(confined("feed", data, {}, member.settings.limits))
    for number, entry in enumerate(told["entries"], 1):
        line = json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace")
        part = f"entry {number}"
        yield member.item("entry", line, part=part, name=f"{member.name}, {part}")
    if not told["entries"]:
        fault = f" ({told['fault']})" if told["fault"] else ""
        raise InputError(f"is a feed without entries{fault}; get it again, or give the pages it names")
    if _CLOSED.search(plain[-4_000:]) is None:
        message = "the feed ends early, so its last entry may be cut and others are missing; get it again"
        yield FailedInput(name=member.name, message=message)


def parse_feed(data: bytes) -> dict[str, Any]:
    """Return the entries of a feed as objects with our own field names, and what was wrong with the feed.

    Called in a process of its own. HTML is neither cleaned nor resolved here: the text is taken out of it
    later, and links are not followed.
    """
    import feedparser

    # From a stream: bytes alone would be taken as the name of a file to open.
    found = feedparser.parse(
        io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False, response_headers={}
    )
    publisher = _title(found["feed"])
    fault = str(found.get("bozo_exception", ""))[:200] if found.get("bozo") else ""
    return {"entries": [_entry(entry, publisher) for entry in found["entries"]], "fault": fault}


def _entry(entry: Any, publisher: str | None) -> dict[str, Any]:
    # Looked up as in a plain dict: feedparser answers for names that are not there with others.
    values = dict(entry)
    content = max(values.get("content") or [{}], key=lambda part: len(part.get("value") or ""))
    summary = dict(values.get("summary_detail") or {})
    source = values.get("source")
    told = {
        "title": values.get("title"),
        "title_type": dict(values.get("title_detail") or {}).get("type"),
        "text": dict(content).get("value"),
        "text_type": dict(content).get("type"),
        "lead": summary.get("value") or values.get("summary"),
        "lead_type": summary.get("type"),
        "published": values.get("published") or values.get("created"),
        "updated": values.get("updated"),
        "publisher": (_title(source) if source else None) or publisher,
        "url": values.get("link"),
    }
    return {name: value for name, value in told.items() if isinstance(value, str) and value.strip()}


def _title(feed: Any) -> str | None:
    title = dict(feed).get("title")
    return " ".join(title.split())[:200] or None if isinstance(title, str) else None
