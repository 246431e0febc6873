"""Event types in words for people, as the codebook defines them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dateline.codebook.tables import Sources
from dateline.codebook.types import EventType, load_types
from dateline.desk.words import word


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeSaid:
    """An event type: its code, its name in plain words, the codebook's definition, and what it does not cover."""

    code: str
    name: str
    definition: str
    excludes: str


def type_said(code: str) -> TypeSaid:
    """Return a type of the codebook in words; one that it does not know stands for itself."""
    known = _types().get(code)
    return TypeSaid(
        code=code, name=word(code, "type"), definition=known.definition if known else "",
        excludes=known.excludes if known else "",
    )  # fmt: skip


@cache
def _types() -> Mapping[str, EventType]:
    return load_types(Sources())
