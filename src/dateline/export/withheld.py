"""Events without the names of private people: every text in them is gone over, whatever field it stands in."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

from dateline.codebook.names import name_key
from dateline.export.book import ExportBook
from dateline.export.name_runs import words_in
from dateline.export.people import NameBook, People, find_names, settle_names
from dateline.export.redact import Redactor
from dateline.export.summary import entries_of
from dateline.model.event import Event
from dateline.model.text import Report
from dateline.model.values import Place

# A capitalised word just before or behind a place, which may be a name that it is a part of.
_NAMED_BEFORE = re.compile(r"(?:[^\W\d_][\w'’]*|\.)[ \-‑\n]\Z")
_NAMED_AFTER = re.compile(r"[ \-‑\n][^\W\d_a-z]")
# A report's id, and a span of its text.
Where = tuple[str, int, int]
# Fields that hold ids, which are hashed where a name stands in them and else left as they are.
_IDS = frozenset(("id", "claim", "report", "origin", "left", "right", "copy_of", "claims", "copies"))


# Fields that are not running words, and are gone over in their own way.
_OWN: dict[type, tuple[str, ...]] = {Place: ("name",), Report: ("text", "name", "url")}


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


def people_of(events: Sequence[Event], book: ExportBook) -> tuple[People, frozenset[Where]]:
    """Find the people named in all that is exported, and where a part of a name was read as a place."""
    texts: dict[str, str] = {}
    quoted: set[str] = set()
    bodies: set[str] = set()
    victims: set[str] = set()
    for event, entry in entries_of(events):
        claim, report = entry.claim, entry.report
        texts.setdefault(report.id, f"{report.title or ''}\n\n{report.text}")
        bodies |= {report.publisher or "", entry.agency or ""}
        for attribution in claim.attribution:
            if attribution.source is not None and attribution.kind == "named_organization":
                bodies |= {attribution.source.span.quote, attribution.source.name or ""}
            if attribution.source is not None and attribution.kind == "named_person":
                quoted |= {attribution.source.span.quote, attribution.source.name or ""}
        for filler in claim.targets:
            if filler.side == "civilians" and not filler.id:
                victims |= {filler.span.quote, filler.name or ""}
        texts.setdefault(f"event {event.id}", "\n\n".join((event.title, *event.actors, *event.targets)))
    names = NameBook(
        actors=book.actors,
        publicity=book.publicity,
        size=lambda key: max((place.population for place in book.gazetteer.find_key(key)), default=None),
        bodies=frozenset(tuple(word.key for word in words_in(name)) for name in bodies),
    )
    people = find_names(texts, sorted(quoted - {""}), sorted(victims - {""}), names)
    # A surname may have been read as a place of that name: such a place is none, and must not shield the name.
    misread = _misread(events, Redactor(people), book.publicity.given)
    read = {(name_key(place.name), where) for place, where in _places(events)}
    places = frozenset(key for key, where in read if where not in misread)
    places |= {name_key(e.place.name) for e in events if e.place} - {key for key, _ in read}
    settle_names(people, texts, replace(names, places=places))
    return people, misread


def _places(events: Sequence[Event]) -> Iterator[tuple[Place, Where]]:
    for _, entry in entries_of(events):
        place = entry.claim.place
        if place is not None:
            yield place, (entry.report.id, place.span.start, place.span.end)


def _misread(events: Sequence[Event], redactor: Redactor, given: frozenset[str]) -> frozenset[Where]:
    """Return where a place was read inside a private person's full name: behind a given name, or tied by a hyphen."""
    texts = {entry.report.id: entry.report.text for _, entry in entries_of(events)}
    hidden: dict[str, list[tuple[int, int]]] = {}
    found: set[Where] = set()
    for _, (report, start, end) in _places(events):
        text = texts[report]
        if not (_NAMED_BEFORE.search(text, max(0, start - 60), start) or _NAMED_AFTER.match(text, end)):
            continue
        if report not in hidden:
            hidden[report] = redactor.hidden_in(text)
        for first, last in hidden[report]:
            if first < end and start < last and (first, last) != (start, end):
                tied = "-" in text[max(0, start - 1) : start] + text[end : end + 1]
                if tied or words_in(text[first:last])[0].key in given:
                    found.add((report, start, end))
    return frozenset(found)


def without_private_people(
    events: Sequence[Event], book: ExportBook
) -> tuple[tuple[Event, ...], Callable[[str], str], int]:
    """Return events in which private names are "[private person]", the same for other words, and how many names went.

    Every string of an event is gone over: quotes, titles, fillers, names of origins, words of contradictions. Spans keep
    their offsets in the published text. Reports lose their text and file name; an address with a name in it is cut to its
    site, an id with a name in it becomes a hash.
    """
    people, misread = people_of(events, book)
    redactor = Redactor(people)
    changed = []
    for event in events:
        shared = frozenset().union(*(people.shared.get(entry.report.id, set()) for entry in event.entries))
        walk = _Walk(redactor=redactor, shared=shared)
        changed.append(walk.over(_without_misread(event, misread)))
    everywhere = frozenset().union(*people.shared.values())
    return tuple(changed), lambda words: redactor.words(words, everywhere), len(people.private)


def _without_misread(event: Event, misread: frozenset[Where]) -> Event:
    """Take away places that are a private person's name read as a place."""
    gone: set[str] = set()
    entries = []
    for entry in event.entries:
        claim, place = entry.claim, entry.claim.place
        if place is not None and (entry.report.id, place.span.start, place.span.end) in misread:
            gone.add(place.name)
            kept = claim.country_basis != "place"
            country, basis = (claim.country, claim.country_basis) if kept else (None, None)
            entry = replace(entry, claim=replace(claim, place=None, country=country, country_basis=basis))
        entries.append(entry)
    held = {entry.claim.place.name for entry in entries if entry.claim.place is not None}
    if event.place is None or event.place.name not in gone - held:
        return replace(event, entries=tuple(entries))
    return replace(event, entries=tuple(entries), place=None, country=None)


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
        left = _OWN.get(type(value), ())
        new = {
            item.name: self.over(getattr(value, item.name), item.name)
            for item in fields(value)
            if item.name not in left
        }
        if type(value) is Report:
            url = self.redactor.address(value.url) if value.url else None
            return without_text(value, **new, url=url)
        if isinstance(value, Place):
            new["name"] = self.redactor.full_names(value.name)
        return replace(value, **new)
