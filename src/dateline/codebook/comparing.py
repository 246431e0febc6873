"""Words for comparing sources: who is no source, which body an office speaks for, vague tolls, titles of events."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dateline.codebook.tables import Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareBook:
    """The tables of comparing.toml.

    Sets hold lower-case nouns; `bodies` maps an office to an institution's id, `holders` a local body to the office
    at its head, `vague` a vague number word to its conservative count, `titles` an event type and `strike` a means
    to the words that head an event. `unknown` are the nouns and words of a toll of unknown number, counted as
    `unknown_outside` outside an active war zone and `unknown_inside` inside one; `told` are words of small numbers.
    """

    nobody: frozenset[str]
    pronouns: frozenset[str]
    officials: frozenset[str]
    offices: frozenset[str]
    spokespersons: frozenset[str]
    bodies: Mapping[str, str]
    holders: Mapping[str, str]
    rising: frozenset[str]
    tolls: frozenset[str]
    vague: Mapping[str, int]
    unknown: frozenset[str]
    told: frozenset[str]
    unknown_outside: int
    unknown_inside: int
    whole: frozenset[str]
    more: frozenset[str]
    titles: Mapping[str, str]
    strike: Mapping[str, str]


def load_comparing(sources: Sources) -> CompareBook:
    """Read comparing.toml; a missing table or a value of the wrong kind is a fault."""
    tables = sources.toml("comparing.toml")
    unknown = _table(tables, "unknown", sources)
    return CompareBook(
        nobody=_words(tables, "nobody", "words", sources),
        pronouns=_words(tables, "nobody", "pronouns", sources),
        officials=_words(tables, "officials", "words", sources),
        offices=_words(tables, "offices", "words", sources),
        spokespersons=_words(tables, "offices", "spokespersons", sources),
        bodies=_texts(tables, "bodies", sources),
        holders=_texts(tables, "holders", sources),
        rising=_words(tables, "rising", "words", sources),
        tolls=_words(tables, "rising", "tolls", sources),
        vague=_numbers(_table(tables, "vague", sources), "vague", sources),
        unknown=_words(tables, "unknown", "words", sources),
        told=_words(tables, "unknown", "told", sources),
        unknown_outside=_number(unknown, "outside", sources),
        unknown_inside=_number(unknown, "inside", sources),
        whole=_words(tables, "whole", "words", sources),
        more=_words(tables, "whole", "more", sources),
        titles=_texts(tables, "titles", sources),
        strike=_texts(tables, "strike", sources),
    )


def _table(tables: dict[str, Any], name: str, sources: Sources) -> dict[str, Any]:
    table = tables.get(name)
    if not isinstance(table, dict):
        sources.fault("comparing.toml", name, "the table is missing")
        return {}
    return table


def _words(tables: dict[str, Any], name: str, key: str, sources: Sources) -> frozenset[str]:
    words = _table(tables, name, sources).get(key)
    if not isinstance(words, str):
        sources.fault("comparing.toml", f"{name}.{key}", "is missing or no text of words between spaces")
        return frozenset()
    return frozenset(words.split())


def _texts(tables: dict[str, Any], name: str, sources: Sources) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in _table(tables, name, sources).items():
        if isinstance(value, str) and value:
            found[key] = value
        else:
            sources.fault("comparing.toml", f"{name}.{key}", "is no text")
    return found


def _numbers(table: dict[str, Any], name: str, sources: Sources) -> dict[str, int]:
    for key, value in table.items():
        if not isinstance(value, int) or value < 1:
            sources.fault("comparing.toml", f"{name}.{key}", "is no whole number above 0")
    return {key: value for key, value in table.items() if isinstance(value, int)}


def _number(table: dict[str, Any], key: str, sources: Sources) -> int:
    value = table.get(key)
    if not isinstance(value, int) or value < 1:
        sources.fault("comparing.toml", f"unknown.{key}", "is no whole number above 0")
        return 1
    return value
