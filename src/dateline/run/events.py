"""The events of a record: its claims as they were joined, with copies, credits, sides and people's decisions weighed in."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

import numpy as np

from dateline.codebook.agencies import AgencyBook, packaged_agencies
from dateline.errors import StoreError
from dateline.linking.books import Books, load_books
from dateline.linking.credits import credits
from dateline.linking.derive import derive_event
from dateline.linking.reviewed import apply_reviews
from dateline.linking.score import levels_of, pieces_of, weights_of
from dateline.linking.spanning import strongest_tree
from dateline.linking.table import table_of
from dateline.model.event import Entry, Event, Link
from dateline.run.decisions import Decisions, decisions_of
from dateline.run.link import LinkKit, link_view, load_link_kit
from dateline.store.linked import Linked
from dateline.store.linked_copies import LinkedCopies
from dateline.store.sqlite import Record

_BATCH = 200


class Events:
    """Reads the events of a record as they stand, or as of a day; close it, or use it in a `with`.

    As of a day, the reports of that day and before are joined again on their own, since what came later may have
    joined what was apart; that takes as long as linking them did.
    """

    def __init__(
        self,
        record: Record,
        *,
        as_of: date | None = None,
        kit: LinkKit | None = None,
        decisions: Decisions | None = None,
    ) -> None:
        self.view = record.view(as_of)
        self.kit = kit or load_link_kit()
        if as_of is None:
            self.linked = Linked(record.connection())
        else:
            self.linked = link_view(record, self.view, self.kit)
        self.copies = LinkedCopies(self.linked.connection)
        self.books: Books = load_books()
        self.agencies: AgencyBook = packaged_agencies()
        self.decisions = decisions or decisions_of(self.view.reviews())

    def __enter__(self) -> "Events":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self.linked.connection.close()
        self.view.close()

    def unlinked(self) -> int:
        """Count the reports that are to be linked: those that are new, or all if they were linked by another kit."""
        known = self.linked.state("kit")
        if known is not None and known != self.kit.digest:
            return sum(1 for _ in self.view.report_ids())
        return len(self.linked.pending())

    def ids(self, *, told: bool = True) -> list[str]:
        """Return the ids of all events, those told in most reports first; with `told` only what is said to have been."""
        return [event for event, _ in self.linked.event_ids(1 if told else None)]

    def named(self, name: str) -> str:
        """Return the id of an event by its id, the beginning of it, or the id that it once had."""
        found = self.linked.events_named(name)
        if not found:
            raise StoreError(f"there is no event {name!r} in the record; `dateline events` lists them")
        if len(found) > 1:
            some = ", ".join(found[:3])
            raise StoreError(f"{name!r} begins the ids of {len(found):,} events ({some}…); write more of it")
        return found[0]

    def event(self, name: str) -> Event:
        """Return one event; raises StoreError if there is none of that name."""
        return next(self.events([self.named(name)]))

    def events(self, ids: Collection[str] | None = None) -> Iterator[Event]:
        """Yield events by id, in that order; all of them if none are named."""
        wanted = iter(self.ids() if ids is None else ids)
        while chunk := list(islice(wanted, _BATCH)):
            claims = self.linked.claims_of_events(chunk)
            entries = self.entries([claim for held in claims.values() for claim in held])
            for event in chunk:
                held = [entries[claim] for claim in claims.get(event, ()) if claim in entries]
                if held:
                    pinned = any(entry.claim.id in self.decisions.pinned for entry in held)
                    yield derive_event(held, id=event, pinned=pinned, books=self.books)

    def links(self, event: str) -> tuple[Link, ...]:
        """Return why the claims of an event are one: the pairs of episodes compared, the strongest first, in pieces."""
        members = self.linked.numbers_of_event(event)
        pairs = sorted(self.linked.pairs_within(members), key=lambda pair: (-pair[2], pair))
        return self._explain([(low, high) for low, high, _ in pairs])

    def joints(self, event: str) -> tuple[int, tuple[Link, ...]]:
        """Return how many pairs of an event's episodes were compared, and of them those that hold it together.

        These are the pairs of the strongest tree over its episodes, the strongest first: each episode is in one, and
        the last is the weakest joint. Explaining only these takes a small part of the time of `links`.
        """
        members = self.linked.numbers_of_event(event)
        pairs = self.linked.pairs_within(members)
        return len(pairs), self._explain([(low, high) for low, high, _ in strongest_tree(pairs)])

    def neighbours(self, event: str, *, most: int = 10) -> tuple[tuple[str, Link], ...]:
        """Return the events that may be the same as this one, each with its strongest pair, the likeliest first."""
        chosen = self.near(event, most=most)
        links = self._explain([pair for _, pair, _ in chosen])
        return tuple((name, link) for (name, _, _), link in zip(chosen, links, strict=True))

    def near(self, event: str, *, most: int = 10) -> list[tuple[str, tuple[int, int], float]]:
        """Return the same events with the numbers of the pair and its weight in bits, not explained."""
        best: dict[str, tuple[tuple[int, int], float]] = {}
        for other, low, high, weight in self.linked.pairs_apart(event):
            best.setdefault(other, ((low, high), weight))
            if len(best) == most:
                break
        return [(name, pair, weight) for name, (pair, weight) in best.items()]

    def _explain(self, pairs: Sequence[tuple[int, int]]) -> tuple[Link, ...]:
        numbers = sorted({number for pair in pairs for number in pair})
        kept = self.linked.episodes(numbers)
        table = table_of([one.row for one in kept], self.kit.kinship)
        place = {one.number: row for row, one in enumerate(kept)}
        left = np.array([place[low] for low, _ in pairs], np.int64)
        right = np.array([place[high] for _, high in pairs], np.int64)
        levels = levels_of(table, left, right)
        weights = weights_of(table, left, right, self.kit.model)
        return tuple(
            Link(
                left=kept[a].id, right=kept[b].id, weight=float(weight), pieces=pieces_of(row, self.kit.model)
            )
            for a, b, row, weight in zip(left.tolist(), right.tolist(), levels.tolist(), weights, strict=True)
        )

    def entries(self, claims: Sequence[str]) -> dict[str, Entry]:
        """Return claims by id as decisions leave them, with copies, credits and sides, also such as no newest reading
        holds; unknown ids are left out.
        """
        found = self.view.entries(claims)
        reports = {entry.report.id: entry.report for entry in found.values()}
        originals = self.copies.originals(reports)
        agencies = {
            key: next(
                (credit.name for credit in credits(report, self.agencies) if credit.kind == "agency"), None
            )
            for key, report in reports.items()
        }
        return {
            claim: apply_reviews(
                replace(
                    entry,
                    copy_of=originals.get(entry.report.id, entry.report.id),
                    agency=agencies[entry.report.id],
                    outlet_side=self.books.outlets.side(entry.report.publisher),
                ),
                self.decisions.by_claim.get(claim, ()),
            )
            for claim, entry in found.items()
        }


def at_place(event: Event, name: str) -> bool:
    """Whether an event is told to have been at a place of this name, in any case."""
    wanted = name.casefold()
    places = [event.place, *(entry.claim.place for entry in event.entries)]
    return any(
        wanted in (place.name.casefold(), place.span.quote.casefold())
        or wanted in place.name.casefold().split(", ")
        for place in places
        if place is not None
    )
