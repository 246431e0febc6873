"""Reports and the spans of their text."""

import hashlib
from dataclasses import dataclass
from datetime import date

from dateline.model.ids import content_id


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A run of a report's text: start and end in code points, half-open; quote is text[start:end]."""

    start: int
    end: int
    quote: str


def span_at(text: str, start: int, end: int) -> Span:
    """Return the span of text from start to end (code points, half-open)."""
    return Span(start=start, end=end, quote=text[start:end])


class _Identified:
    """Keeps the id of a report once it is worked out: asked for by the thousand, a hash of all its text."""

    __slots__ = ("_id",)
    _id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(_Identified):
    """One published document: its text as read, and what is known of its publication.

    `published_basis` says where the date came from: "given" (by the caller), "metadata" (of the file) or
    "text" (a header in the text itself); null when there is no date. The same holds for `publisher_basis`.
    """

    text: str
    title: str | None = None
    published: date | None = None
    published_basis: str | None = None
    publisher: str | None = None
    publisher_basis: str | None = None
    url: str | None = None
    name: str | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the text in UTF-8, in hex."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def id(self) -> str:
        """A hash of text, title, date, publisher and URL; the file's name is left out."""
        try:
            return self._id
        except AttributeError:
            day = self.published.isoformat() if self.published else None
            object.__setattr__(
                self, "_id", content_id([self.digest, self.title, day, self.publisher, self.url])
            )
            return self._id
