"""Which rows of a table pass a query."""

from collections.abc import Iterable
from fnmatch import fnmatchcase

import numpy as np

from dateline.desk.query import EventQuery
from dateline.desk.table import NONE, Flags, Ints, Lists, Table, Vocabulary, Words
from dateline.export.filters import Box


def matching(table: Table, words: Vocabulary, query: EventQuery, reports: Ints | None = None) -> Flags:
    """Return for each event whether it passes; with `reports` (steps) also whether it rests on any of them."""
    passes = np.ones(len(table), bool)
    for condition in (
        _told(table, query),
        _types(table, words, query),
        _days(table, query),
        _words(table.country, words.countries, query.countries),
        _words(table.certainty, words.certainties, query.certainties),
        _words(table.reality, words.realities, query.realities),
        _words(table.state, words.states, query.states),
        _place(table, words, query),
        None if query.box is None else within(table, query.box),
        _parties(table, words, query),
        _tellers(table, words, query),
        _contradicted(table, words, query),
        table.corroborated_by >= query.origins if query.origins else None,
        # NaN is not greater than anything.
        table.killed >= query.killed if query.killed else None,
        None if reports is None else _resting(table, reports),
    ):
        if condition is not None:
            passes &= condition
    return passes


def _told(table: Table, query: EventQuery) -> Flags | None:
    if query.told == "all":
        return None
    untold: Flags = ~table.told
    return table.told if query.told == "told" else untold


def _types(table: Table, words: Vocabulary, query: EventQuery) -> Flags | None:
    if not query.types:
        return None
    known = words.types.words
    codes = [
        code
        for code, kind in enumerate(known)
        if any(name == kind.split(".")[0] or fnmatchcase(kind, name) for name in query.types)
    ]
    return np.isin(table.type, codes)


def _days(table: Table, query: EventQuery) -> Flags | None:
    if query.first is None and query.last is None:
        return None
    passes: Flags = table.earliest != NONE
    if query.first is not None:
        passes &= table.latest >= query.first.toordinal()
    if query.last is not None:
        passes &= table.earliest <= query.last.toordinal()
    return passes


def _words(column: Ints, known: Words, wanted: Iterable[str]) -> Flags | None:
    codes = [known.known(word) for word in wanted]
    return np.isin(column, [code for code in codes if code != NONE]) if codes else None


def _place(table: Table, words: Vocabulary, query: EventQuery) -> Flags | None:
    if not query.place:
        return None
    wanted = query.place.casefold()
    names = words.places.words.words
    codes = [
        code
        for code, name in enumerate(names)
        if wanted in name and (wanted == name or wanted in name.split(", "))
    ]
    return _in_lists(table.places, words.places, codes)


def within(table: Table, box: Box) -> Flags:
    """Return for each event whether the centre of its place lies in a box."""
    east_of, west_of = table.lon >= box.west, table.lon <= box.east
    inside = east_of & west_of if box.west <= box.east else east_of | west_of
    found: Flags = inside & (table.lat >= box.south) & (table.lat <= box.north)
    return found


def _parties(table: Table, words: Vocabulary, query: EventQuery) -> Flags | None:
    found: Flags | None = None
    for column, text in ((table.actors, query.actor), (table.targets, query.target)):
        if text:
            found = _both(found, _in_lists(column, words.actors, words.actors.words.holding(text)))
    for columns, sides in (
        ((table.actor_sides,), query.actor_sides),
        ((table.target_sides,), query.target_sides),
        ((table.actor_sides, table.target_sides), query.sides),
    ):
        if sides:
            held = words.sides.having(words.sides.words.known(side) for side in sides)
            found = _both(found, np.logical_or.reduce([held[column] for column in columns]))
    return found


def _tellers(table: Table, words: Vocabulary, query: EventQuery) -> Flags | None:
    found: Flags | None = None
    if query.sources:
        ids = [words.origin_ids.words.known(source) for source in query.sources]
        names = [code for text in query.sources for code in words.origin_names.words.holding(text)]
        found = _in_lists(table.origin_ids, words.origin_ids, ids)
        found |= _in_lists(table.origin_names, words.origin_names, names)
    if query.publishers:
        wanted = {name.casefold() for name in query.publishers}
        folded = words.publishers.words.folded or []
        codes = [code for code, name in enumerate(folded) if name in wanted]
        found = _both(found, _in_lists(table.publishers, words.publishers, codes))
    return found


def _contradicted(table: Table, words: Vocabulary, query: EventQuery) -> Flags | None:
    found: Flags | None = None
    if query.contradicted is not None:
        empty = words.contradictions.known("[]")
        found = (table.contradictions != empty) == query.contradicted
    if query.contradictions:
        codes = [words.contradictions.words.known(kind) for kind in query.contradictions]
        found = _both(found, _in_lists(table.contradictions, words.contradictions, codes))
    return found


def _resting(table: Table, reports: Ints) -> Flags:
    found = np.zeros(len(table), bool)
    if len(table.steps) == 0 or len(reports) == 0:
        return found
    wanted = np.zeros(int(table.steps.max()) + 1, bool)
    wanted[reports[(reports >= 0) & (reports < len(wanted))]] = True
    rows = np.repeat(np.arange(len(table)), np.diff(table.begins))
    found[rows[wanted[table.steps]]] = True
    return found


def _in_lists(column: Ints, known: Lists, codes: Iterable[int]) -> Flags:
    found: Flags = known.having(codes)[column]
    return found


def _both(one: Flags | None, other: Flags) -> Flags:
    return other if one is None else one & other
