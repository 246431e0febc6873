"""The codebook as a page: what each type means, with examples, and how often the record has it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dateline.codebook.types import EventType
from dateline.desk.call import DeskError
from dateline.desk.desk import Desk
from dateline.desk.query import EventQuery
from dateline.desk.words import N_, WORDS
from dateline.export.book import load_export_book
from dateline.model.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeCount:
    """A type of the codebook, and how many events of the record have it; `told` those said to have happened."""

    name: str
    type: EventType
    events: int
    told: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A family of types with the number of their events."""

    name: str
    events: int
    types: tuple[TypeCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookPage:
    """The codebook: its digest, which every reading's recipe names, and its families of types."""

    digest: str
    families: tuple[Family, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypePage:
    """One type with events of the record that have it, those of most reports first."""

    count: TypeCount
    events: tuple[Event, ...]


_SHOWN = 10


def codebook_page(desk: Desk) -> CodebookPage:
    """Return the codebook with the counts of the record."""
    book = load_export_book()
    told, every = _counts(desk, "told"), _counts(desk, "all")
    families = []
    for family in WORDS["family"]:
        types = tuple(
            TypeCount(name=name, type=kind, events=every.get(name, 0), told=told.get(name, 0))
            for name, kind in book.types.items()
            if name.split(".")[0] == family
        )
        families.append(Family(name=family, events=sum(one.events for one in types), types=types))
    return CodebookPage(digest=book.digest, families=tuple(families))


def type_page(desk: Desk, name: str) -> TypePage:
    """Return the page of a type; raises DeskError if there is none of that name."""
    kind = load_export_book().types.get(name)
    if kind is None:
        raise DeskError(N_("the codebook has no type %(name)r"), status=404, name=name)
    snapshot = desk.snapshot()
    rows = snapshot.select(EventQuery(types=(name,), told="all"))
    first = snapshot.ids(snapshot.sort(rows, "reports")[:_SHOWN])
    with desk.events() as events:
        shown = tuple(events.events(first))
    count = TypeCount(name=name, type=kind, events=len(rows), told=_counts(desk, "told").get(name, 0))
    return TypePage(count=count, events=shown)


def _counts(desk: Desk, told: str) -> Mapping[str, int]:
    snapshot = desk.snapshot()

    def count() -> Mapping[str, int]:
        rows = snapshot.select(EventQuery(told="all" if told == "all" else "told"))
        return dict(snapshot.facets(np.asarray(rows)).types)

    found: Mapping[str, int] = desk.answers.get(("types", snapshot.version, told), count)
    return found
