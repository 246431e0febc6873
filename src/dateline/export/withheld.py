"""Events without the names of private people: every text in them is gone over, whatever field it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

from dateline.codebook.names import name_key
from dateline.export.book import ExportBook
from dateline.export.people import NameBook, People, find_people
from dateline.export.redact import Redactor
from dateline.export.summary import entries_of
from dateline.model.event import Event
from dateline.model.text import Report
from dateline.model.values import Place

# Fields that hold ids, which are hashed where a name stands in them and else left as they are.
_IDS = frozenset(("id", "claim", "report", "origin", "left", "right", "copy_of", "claims", "copies"))


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldReport(Report):
    """A report whose text is not handed on; it keeps the id and digest of the report as it was published."""

    original_id: str
    original_digest: str

    @property
    def digest(self) -> str:
        """SHA-256 of the text as it was published."""
        return self.original_digest

    @property
    def id(self) -> str:
        """The id of the report as it was published."""
        return self.original_id


def without_text(report: Report, **changed: Any) -> WithheldReport:
    """Return a report with no text and no file name, and other fields changed."""
    kept = {item.name: getattr(report, item.name) for item in fields(Report)}
    kept |= {"text": "", "name": None, "original_id": report.id, "original_digest": report.digest}
    return WithheldReport(**{**kept, **changed})


def people_of(events: Sequence[Event], book: ExportBook) -> People:
    """Find the people named in all reports, claims and events that are exported."""
    texts: dict[str, str] = {}
    quoted: set[str] = set()
    victims: set[str] = set()
    for event, entry in entries_of(events):
        claim, report = entry.claim, entry.report
        texts.setdefault(report.id, f"{report.title or ''}\n\n{report.text}")
        for attribution in claim.attribution:
            if attribution.source is not None and attribution.kind == "named_person":
                quoted |= {attribution.source.span.quote, attribution.source.name or ""}
        for filler in claim.targets:
            if filler.side == "civilians" and not filler.id:
                victims |= {filler.span.quote, filler.name or ""}
        texts.setdefault(f"event {event.id}", "\n\n".join((event.title, *event.actors, *event.targets)))
    places = {
        name_key(place.name)
        for event in events
        for place in (event.place, *(entry.claim.place for entry in event.entries))
        if place is not None
    }
    names = NameBook(
        actors=book.actors,
        publicity=book.publicity,
        size=lambda key: max((place.population for place in book.gazetteer.find_key(key)), default=None),
        places=frozenset(places),
    )
    return find_people(texts, sorted(quoted - {""}), sorted(victims - {""}), names)


def without_private_people(events: Sequence[Event], book: ExportBook) -> tuple[tuple[Event, ...], int]:
    """Return events in which private names are "[private person]", and how many names were taken out.

    Every string of an event is gone over: quotes, titles, fillers, names of origins, words of contradictions. Spans keep
    their offsets in the published text. Reports lose their text and file name; an address with a name in it is cut to its
    site, an id with a name in it becomes a hash.
    """
    people = people_of(events, book)
    redactor = Redactor(people)
    changed = []
    for event in events:
        shared = frozenset().union(*(people.shared.get(entry.report.id, set()) for entry in event.entries))
        changed.append(_Walk(redactor=redactor, shared=shared).over(event))
    return tuple(changed), len(people.private)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walk:
    redactor: Redactor
    shared: frozenset[str]

    def over(self, value: Any, name: str = "") -> Any:
        """Return a value with every text in it gone over."""
        if isinstance(value, str):
            return (
                self.redactor.identifier(value) if name in _IDS else self.redactor.words(value, self.shared)
            )
        if isinstance(value, tuple):
            return tuple(self.over(part, name) for part in value)
        if isinstance(value, date) or not is_dataclass(value) or isinstance(value, type):
            return value
        return self._fields(value)

    def _fields(self, value: Any) -> Any:
        left = (
            {"name"}
            if isinstance(value, Place)
            else {"text", "name", "url"}
            if isinstance(value, Report)
            else set()
        )
        new = {
            item.name: self.over(getattr(value, item.name), item.name)
            for item in fields(value)
            if item.name not in left
        }
        if isinstance(value, Report):
            url = self.redactor.address(value.url) if value.url else None
            return without_text(value, **new, url=url)
        if isinstance(value, Place):
            new["name"] = self.redactor.full_names(value.name)
        return replace(value, **new)
