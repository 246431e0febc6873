"""What stands beside a report: how it came, its copies, what others say of the same events, how it was read before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dateline.desk.quoted import ClaimSaid, claim_said
from dateline.linking.likeness import compare_texts
from dateline.model.event import Entry, Event, Origin
from dateline.model.reading import Reading, Recipe
from dateline.model.text import Report
from dateline.run.changes import Change, changes
from dateline.run.events import Events

_COPIES, _SAYINGS = 12, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A way by which a report came: the original's SHA-256, name, media type and size in bytes, and where in it it stood.

    `locator` is empty for the whole file; `recorded` in UTC; `fetched_url` the address it was fetched from, if it was.
    """

    original: str
    name: str
    media_type: str
    size: int
    locator: str
    recorded: datetime
    fetched_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyOf:
    """Another report of the same group of near-copies, and how far the two texts are one.

    `original` marks the earliest of the group. `containment` is the share of the shorter text's runs of three words
    that stand in the other, `overlap` those in both by all of them; `differing` are names and numbers that stand in
    the same words with others in their place, as (here, there).
    """

    report: str
    title: str | None
    publisher: str | None
    published: date | None
    original: bool
    identical: bool
    containment: float
    overlap: float
    differing: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """What other reports say of an event that this report tells of.

    `here` are the numbers of the claims of this report, `others` counts the claims of other reports, `sayings` cites
    some of them, those of different outlets first.
    """

    event: str
    title: str
    type: str
    earliest: date | None
    latest: date | None
    here: tuple[int, ...]
    others: int
    sayings: tuple[ClaimSaid, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierReading:
    """A reading before the newest: when it was made, by which recipe, and what the next one changed."""

    read: datetime
    recipe: Recipe
    claims: int
    changes: tuple[Change, ...]


def arrivals_of(events: Events, report: str) -> tuple[Arrival, ...]:
    """Return every way by which a report came, the first first."""
    found = []
    for one in events.view.custody(report):
        _, media_type, size = events.view.original(one.original)
        found.append(
            Arrival(
                original=one.original, name=one.name, media_type=media_type, size=size, locator=one.locator,
                recorded=one.recorded, fetched_url=one.fetched_url,
            )
        )  # fmt: skip
    return tuple(found)


def copies_of(events: Events, report: Report) -> tuple[tuple[CopyOf, ...], int]:
    """Return the near-copies of a report, the original first, and how many there are in all."""
    first = events.copies.originals([report.id]).get(report.id, report.id)
    members = [one for one in events.copies.members(first) if one != report.id]
    chosen = sorted(members, key=lambda one: one != first)[:_COPIES]
    found = []
    for other in events.view.reports(chosen):
        likeness = compare_texts(report.text, other.text)
        found.append(
            CopyOf(
                report=other.id, title=other.title, publisher=other.publisher, published=other.published,
                original=other.id == first, identical=likeness.identical, containment=likeness.containment,
                overlap=likeness.overlap, differing=likeness.differing[:6],
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.original, -one.overlap))), len(members)


def elsewhere_of(
    events: Events, report: Report, numbers: Mapping[str, int], placed: Mapping[str, str],
    derived: Mapping[str, Event],
) -> tuple[Elsewhere, ...]:  # fmt: skip
    """Return what other reports say of the events that the claims of a report are part of.

    `numbers` gives the number of each claim, `placed` its event, `derived` the events by id. Events that only this
    report tells of are left out.
    """
    found = []
    for key, event in derived.items():
        here = tuple(sorted(numbers[claim] for claim, placed_in in placed.items() if placed_in == key))
        others = [one for one in event.entries if one.report.id != report.id]
        if not others or not here:
            continue
        origin_of = {claim: origin for origin in event.origins for claim in origin.claims}
        sayings = tuple(claim_said(one, origin_of.get(one.claim.id)) for one in _spread(others, origin_of))
        found.append(
            Elsewhere(
                event=key, title=event.title, type=event.type, earliest=event.earliest, latest=event.latest,
                here=here, others=len(others), sayings=sayings,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.here))


def _spread(entries: Sequence[Entry], origin_of: Mapping[str, Origin]) -> list[Entry]:
    """Choose a few claims: none that copies, and of different origins, while there are such."""
    seen: set[str | None] = set()
    ranked: list[tuple[tuple[bool, bool, int], Entry]] = []
    for number, one in enumerate(entries):
        origin = origin_of.get(one.claim.id)
        name = origin.id if origin is not None else None
        copy = origin is not None and one.claim.id in origin.copies
        ranked.append(((copy, name in seen, number), one))
        seen.add(name)
    return [one for _, one in sorted(ranked, key=lambda row: row[0])[:_SAYINGS]]


def earlier_readings(readings: Sequence[Reading], times: Sequence[datetime]) -> tuple[EarlierReading, ...]:
    """Return the readings before the newest, newest first, each with what the one after it changed."""
    found = [
        EarlierReading(read=read, recipe=old.recipe, claims=len(old.claims), changes=tuple(changes(old, new)))
        for old, new, read in zip(readings, readings[1:], times, strict=False)
    ]
    return tuple(reversed(found))
