"""Derive an event from its entries: a pure function of claims and of what people decided about them."""

from collections.abc import Iterable, Sequence
from datetime import date

from dateline.linking.books import Books, load_books
from dateline.linking.compare import contradictions, counts, growing, ranges
from dateline.linking.consensus import best_country, best_names, best_place, best_time, best_type, factual
from dateline.linking.independence import counting, origins
from dateline.linking.titles import title_of
from dateline.model.event import Entry, Event, Origin, ReviewState
from dateline.model.values import Filler

Side = str


def derive_event(
    entries: Iterable[Entry], *, id: str, pinned: bool = False, books: Books | None = None
) -> Event:
    """Return the event that entries judged to be one occurrence tell of; the same for any order of them.

    Type, days and place are those best supported by independent origins, each as some report told it. Rejected
    claims are listed among the entries and count for nothing. Where all are rejected, the event stands on them
    all, in state "rejected". Raises ValueError without entries.
    """
    books = books or load_books()
    listed = _in_order(entries)
    if not listed:
        raise ValueError("no entries: an event needs one claim at least")
    kept = counting(listed)
    if not kept:
        return _rejected(listed, id, pinned, books)
    found = origins(kept, books)
    time, place, country = best_time(kept, found), best_place(kept, found), best_country(kept, found)
    if place is not None and place.country:
        country = place.country
    table = counts(listed, found, books)
    kind = best_type(kept, found)
    actors = [(entry, one) for entry in factual(kept) for one in entry.claim.actors]
    targets = [(entry, one) for entry in factual(kept) for one in entry.claim.targets]
    return Event(
        id=id, type=kind, title=title_of(kind, kept, found, place, country, time, books), entries=listed,
        earliest=time.earliest if time else None, latest=time.latest if time else None, place=place,
        country=country, actors=_names(actors, found), targets=_names(targets, found),
        actor_sides=_sides(actors, found), target_sides=_sides(targets, found), origins=found, counts=table,
        ranges=ranges(table, books), contradictions=contradictions(kept, table, found, books),
        growing=growing(table), pinned=pinned, state=event_state(listed),
    )  # fmt: skip


def event_state(entries: Sequence[Entry]) -> ReviewState:
    """Return the state of an event whose claims people decided about.

    "rejected" if all are rejected; else "unsure" if somebody was unsure of one; else "corrected" if one was
    corrected, or one rejected beside others that stand; else "accepted" if one was accepted; else "unreviewed".
    """
    states = {entry.state for entry in entries}
    if states == {"rejected"}:
        return "rejected"
    if "unsure" in states:
        return "unsure"
    if "corrected" in states or "rejected" in states:
        return "corrected"
    return "accepted" if "accepted" in states else "unreviewed"


def _in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    found = {entry.claim.id: entry for entry in sorted(entries, key=_first)}
    return tuple(sorted(found.values(), key=_first))


def _first(entry: Entry) -> tuple[date, str, int, str]:
    return entry.told, entry.report.id, entry.claim.trigger.start, entry.claim.id


def _rejected(listed: tuple[Entry, ...], id: str, pinned: bool, books: Books) -> Event:
    """Return an event of which nothing stands: what its first claim says, and no figure that counts."""
    claim = listed[0].claim
    title = title_of(claim.type, listed[:1], (), claim.place, claim.country, claim.time, books)
    return Event(
        id=id, type=claim.type, title=title, entries=listed, pinned=pinned, state="rejected",
        earliest=claim.time.earliest if claim.time else None, latest=claim.time.latest if claim.time else None,
        place=claim.place, country=claim.country, counts=counts(listed, (), books),
    )  # fmt: skip


def _names(rows: Sequence[tuple[Entry, Filler]], found: Sequence[Origin]) -> tuple[str, ...]:
    return best_names(((entry, _called(one)) for entry, one in rows), found)


def _sides(rows: Sequence[tuple[Entry, Filler]], found: Sequence[Origin]) -> tuple[Side, ...]:
    return best_names(((entry, one.side) for entry, one in rows if one.side), found)


def _called(filler: Filler) -> str:
    return " ".join((filler.name or filler.span.quote).split())
