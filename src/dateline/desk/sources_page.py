"""The sources: each speaker and outlet, what they told, and how often others told the same or the contrary; counts only."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from dateline.desk.call import DeskError
from dateline.desk.desk import Desk
from dateline.desk.words import N_
from dateline.model.event import OriginKind
from dateline.model.summary import OriginSummary
from dateline.run.summaries import summaries
from dateline.store.summaries import Summaries

ROWS = 50
Order = Literal["events", "confirmed", "contradicted", "name"]
ORDERS: tuple[Order, ...] = get_args(Order)
KINDS: tuple[OriginKind, ...] = get_args(OriginKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One origin in the whole record.

    `events` counts the events that it tells of, `claims` its claims in them, `denied` the events that it only denies.
    `confirmed` counts events of which another independent origin says the same, `confirmed_later` those of which one
    first did so on a later day; `contradicted` counts events in which an account of it and one of another origin
    cannot both be true, `contradicted_later` those where the other came on a later day. None of these says who is right.
    """

    id: str
    name: str
    kind: OriginKind
    side: str | None
    events: int
    claims: int
    denied: int
    confirmed: int
    confirmed_later: int
    contradicted: int
    contradicted_later: int
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage:
    """A page of the sources that pass: those whose name holds `words`, of a kind and a side, in an order."""

    words: str
    kind: str
    side: str
    order: Order
    total: int
    number: int
    pages: int
    sources: tuple[Source, ...]
    sides: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a source stands in one event: the event's title and days, and what the source's claims there came to."""

    title: str
    type: str
    earliest: date | None
    latest: date | None
    origins: int
    told: OriginSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """One source with the events that it tells of, the newest told first."""

    source: Source
    number: int
    pages: int
    events: tuple[Standing, ...]


_SUMS = """
    SELECT id, name, kind, side, count(*), sum(claims), sum(stance = 'denies'), sum(confirmed), sum(confirmed_later),
      sum(contradicted <> '[]'), sum(contradicted_later), min(told_first), max(told_last) FROM derived_origins"""


def all_sources(desk: Desk) -> tuple[Source, ...]:
    """Return the sources of the record, those of most events first."""
    version = desk.snapshot().version
    found: tuple[Source, ...] = desk.answers.get(("sources", version), lambda: _sums(desk, "", ()))
    return found


def _sums(desk: Desk, where: str, values: Sequence[str]) -> tuple[Source, ...]:
    connection = desk.record.connection()
    try:
        rows = connection.execute(f"{_SUMS} {where} GROUP BY id ORDER BY 5 DESC, 2, 1", values).fetchall()
    finally:
        connection.close()
    return tuple(
        Source(
            id=row[0], name=row[1], kind=row[2], side=row[3], events=row[4], claims=row[5], denied=row[6],
            confirmed=row[7], confirmed_later=row[8], contradicted=row[9], contradicted_later=row[10],
            first=date.fromordinal(row[11]), last=date.fromordinal(row[12]),
        )
        for row in rows
    )  # fmt: skip


def sources_page(desk: Desk, *, words: str, kind: str, side: str, order: str, number: int) -> SourcesPage:
    """Return a page of sources; raises DeskError for a kind or an order that is none."""
    if kind and kind not in KINDS:
        raise DeskError(N_("kind=%(kind)r is none of %(kinds)s"), kind=kind, kinds=", ".join(KINDS))
    if order not in ORDERS:
        raise DeskError(N_("order=%(order)r is none of %(orders)s"), order=order, orders=", ".join(ORDERS))
    known = all_sources(desk)
    sides: dict[str, int] = {}
    for one in known:
        if one.side:
            sides[one.side] = sides.get(one.side, 0) + 1
    wanted = words.casefold()
    passed = [
        one
        for one in known
        if wanted in one.name.casefold() and kind in ("", one.kind) and side in ("", one.side)
    ]
    if order == "name":
        passed.sort(key=lambda one: (one.name.casefold(), one.id))
    elif order != "events":
        passed.sort(key=lambda one: -getattr(one, order))
    pages = max(1, -(-len(passed) // ROWS))
    number = min(number, pages)
    return SourcesPage(
        words=words, kind=kind, side=side, order=next(one for one in ORDERS if one == order), total=len(passed),
        number=number, pages=pages, sources=tuple(passed[(number - 1) * ROWS : number * ROWS]),
        sides=tuple(sorted(sides.items(), key=lambda item: (-item[1], item[0]))),
    )  # fmt: skip


def source_page(desk: Desk, origin: str, number: int) -> SourcePage:
    """Return the page of a source; raises DeskError if no event rests on it."""
    found = _sums(desk, "WHERE id = ?", (origin,))
    if not found:
        raise DeskError(N_("no event of the record rests on a source %(origin)r"), status=404, origin=origin)
    pages = max(1, -(-found[0].events // ROWS))
    number = min(number, pages)
    connection = desk.record.connection()
    try:
        told = sorted(
            Summaries(connection).events_of_origin(origin), key=lambda one: one.told_last, reverse=True
        )
        shown = told[(number - 1) * ROWS : number * ROWS]
        events = _standings(connection, shown)
    finally:
        connection.close()
    return SourcePage(source=found[0], number=number, pages=pages, events=events)


def _standings(connection: sqlite3.Connection, told: Sequence[OriginSummary]) -> tuple[Standing, ...]:
    known = {one.id: one for one in summaries(connection, [one.event for one in told])}
    return tuple(
        Standing(
            title=event.title, type=event.type, earliest=event.earliest, latest=event.latest,
            origins=event.corroborated_by, told=one,
        )
        for one in told
        if (event := known.get(one.event)) is not None
    )  # fmt: skip
