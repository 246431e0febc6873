"""Join what a record holds into events: only what is new and what it touches; resumable, in short transactions."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, product

import numpy as np

from dateline.codebook.kinship import KinshipBook, load_kinship
from dateline.codebook.tables import Sources
from dateline.codebook.types import load_types
from dateline.linking.block import keys_of, reach_of
from dateline.linking.decided import KINDS, Decided, decided
from dateline.linking.episodes import episodes_of
from dateline.linking.join import Constraints, compare, join
from dateline.linking.score import MODEL, Model, load_model
from dateline.linking.table import row_of, table_of
from dateline.linking.terms import FREQUENCIES, Frequencies, load_frequencies
from dateline.model.ids import content_id
from dateline.model.review import standing
from dateline.run.link_copies import CopyFinder
from dateline.store.linked import Kept, Linked
from dateline.store.linked_copies import LinkedCopies
from dateline.store.sqlite import Record
from dateline.store.sqlite_view import SqliteView

# Reports linked in one transaction: each chunk is whole or not there at all.
REPORTS = 2_000
VERSION = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkKit:
    """What linking needs beside the claims: kinship of types, weights of terms, the model; and their digest."""

    kinship: KinshipBook
    frequencies: Frequencies
    model: Model
    digest: str


@dataclass(slots=True, kw_only=True)
class LinkSummary:
    """What a run of linking did, counted; `decisions` are those of people that were new or taken back."""

    reports: int = 0
    episodes: int = 0
    pairs: int = 0
    decisions: int = 0


def load_link_kit(sources: Sources | None = None) -> LinkKit:
    """Load what linking needs; its digest tells whether a record was linked with just this."""
    sources = sources or Sources()
    kinship = load_kinship(sources, load_types(sources))
    digest = hashlib.sha256(VERSION.encode() + MODEL.read_bytes() + FREQUENCIES.read_bytes())
    groups = sorted((name, sorted(held)) for name, held in kinship.groups.items())
    digest.update(repr((sorted(kinship.effects), groups)).encode())
    return LinkKit(
        kinship=kinship, frequencies=load_frequencies(), model=load_model(), digest=digest.hexdigest()[:16]
    )


def link(
    record: Record,
    kit: LinkKit,
    *,
    anew: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> LinkSummary:
    """Join what was not joined yet; `progress` is told the reports that are done and that there are.

    Each chunk is one transaction, so that a run that is killed goes on where it was. With another kit than the last
    time, or `anew`, everything is joined again; an event that went into another is found under its old id.
    """
    summary = LinkSummary()
    with record.view() as view:
        reviews = [review for review in standing(view.reviews()) if review.kind in KINDS]
        known = decided(reviews)
        with record.transaction() as connection:
            linked = Linked(connection)
            if anew or linked.state("kit") != kit.digest:
                linked.clear()
                linked.note("kit", kit.digest)
            before = set((linked.state("reviews") or "").split())
            changed = before ^ {review.id for review in reviews}
            if changed:
                summary.decisions = len(changed)
                named = {
                    claim
                    for review in view.reviews()
                    if review.id in changed
                    for claim in (*review.claims, *review.others)
                }
                Chunk(linked, view, kit, known, summary).again(named)
                linked.note("reviews", " ".join(sorted(review.id for review in reviews)))
            pending = linked.pending()
        done = 0
        waiting = iter(pending)
        while chunk := list(islice(waiting, REPORTS)):
            with record.transaction() as connection:
                Chunk(Linked(connection), view, kit, known, summary).run(chunk)
            done += len(chunk)
            progress(done, len(pending))
        with record.transaction() as connection:
            Linked(connection).name_former()
    return summary


def link_view(record: Record, view: SqliteView, kit: LinkKit) -> Linked:
    """Join what a view sees, on its own and for this process alone; whoever asks closes the connection."""
    connection = record.connection(write=True)
    linked = Linked(connection, view.last_step)
    linked.begin_anew()
    reviews = [review for review in standing(view.reviews()) if review.kind in KINDS]
    known = decided(reviews)
    waiting = iter(linked.pending())
    while chunk := list(islice(waiting, REPORTS)):
        Chunk(linked, view, kit, known, LinkSummary()).run(chunk)
    return linked


class Chunk:
    """The joining of some readings with what is there, in one transaction."""

    def __init__(
        self, linked: Linked, view: SqliteView, kit: LinkKit, known: Decided, summary: LinkSummary
    ) -> None:
        self.linked, self.view, self.kit, self.known, self.summary = linked, view, kit, known, summary

    def run(self, readings: Sequence[tuple[int, int, str]], loose: Collection[str] = ()) -> None:
        """Add the episodes of these readings (step, report's step, day) and join them.

        The episodes of the events that are `loose` are joined as if they were new.
        """
        emptied = self.linked.remove(report for _, report, _ in readings)
        fresh, keys = self._add(readings)
        CopyFinder(LinkedCopies(self.linked.connection)).add(report for _, report, _ in readings)
        pairs = self._compare(fresh, keys)
        self.linked.add_pairs(pairs)
        numbers = {kept.number for kept in fresh}
        touched = self._touched(numbers, pairs) | set(loose) | self._decided_with(fresh)
        known = self.linked.episodes_of_events(touched | emptied.keys())
        unbound = numbers | {kept.number for kept in known if kept.event in loose}
        self._join(list({kept.number: kept for kept in (*fresh, *known)}.values()), unbound)
        self._name_emptied(emptied, fresh)
        self.linked.done(step for step, _, _ in readings)
        self.summary.reports += len(readings)
        self.summary.episodes += len(fresh)
        self.summary.pairs += len(pairs)

    def again(self, claims: Collection[str]) -> None:
        """Join again what a decision about these claims concerns: their reports are sorted into episodes anew."""
        found = self.linked.events_of_claims(claims)
        reports = {kept.report for kept in self.linked.episodes({number for number, _ in found.values()})}
        if found:
            self.run(self.linked.newest(reports), loose={event for _, event in found.values()})

    def _add(self, readings: Sequence[tuple[int, int, str]]) -> tuple[list[Kept], dict[int, tuple[int, ...]]]:
        """Sort readings into episodes and keep those; each is an event of its own at first."""
        steps = {step: (report, date.fromisoformat(day).toordinal()) for step, report, day in readings}
        fresh: list[Kept] = []
        members: list[tuple[str, int]] = []
        keys: dict[int, tuple[int, ...]] = {}
        number = self.linked.next_number()
        part = self.known.part if self.known.apart or self.known.pinned else None
        for step, source, claims in self.view.claims_at(sorted(steps)):
            report, told = steps[step]
            for episode in episodes_of(source, claims, told, self.kit.kinship, self.kit.frequencies, part):
                row = row_of(episode, report, self.kit.kinship)
                fresh.append(Kept(number=number, id=episode.id, event=event_id(episode.id), row=row))
                members += [(claim, number) for claim in episode.claims]
                keys[number] = keys_of(episode)
                number += 1
        flat = ((key, kept.told, kept.number) for kept in fresh for key in keys[kept.number])
        self.linked.add(fresh, members, flat)
        return fresh, keys

    def _compare(
        self, fresh: Sequence[Kept], keys: dict[int, tuple[int, ...]]
    ) -> list[tuple[int, int, float]]:
        """Compare fresh episodes with all that share a key; return the pairs above the model's floor, by number."""
        spans: dict[int, tuple[int, int]] = {}
        for kept in fresh:
            for key in keys[kept.number]:
                first, last = spans.get(key, (kept.told, kept.told))
                spans[key] = (min(first, kept.told), max(last, kept.told))
        reached = ((key, first - reach_of(key), last + reach_of(key)) for key, (first, last) in spans.items())
        sharing = np.array(self.linked.sharing(reached), np.int64).reshape(-1, 3)
        numbers, rows = np.unique(sharing[:, 2], return_inverse=True)
        own = np.isin(numbers, np.array([kept.number for kept in fresh], np.int64))
        table = table_of([kept.row for kept in self.linked.episodes(numbers.tolist())], self.kit.kinship)
        found: list[tuple[int, int, float]] = []
        for left, right, weights in compare(table, sharing[:, 0], rows, own, self.kit.model):
            low, high = np.minimum(numbers[left], numbers[right]), np.maximum(numbers[left], numbers[right])
            found += zip(low.tolist(), high.tolist(), weights.tolist(), strict=True)
        return found

    def _touched(self, fresh: Collection[int], pairs: Iterable[tuple[int, int, float]]) -> set[str]:
        """Return the events with an episode that a fresh one may be joined with."""
        near = {
            number
            for low, high, weight in pairs
            if weight > self.kit.model.threshold
            for number in (low, high)
            if number not in fresh
        }
        return {kept.event for kept in self.linked.episodes(sorted(near))}

    def _decided_with(self, fresh: Sequence[Kept]) -> set[str]:
        """Return the events of claims that people named together with claims of fresh episodes."""
        named = [set(claims) for claims in self.known.named()]
        if not named:
            return set()
        own = self.linked.claims_of_episodes([kept.number for kept in fresh])
        wanted = set().union(*(claims for claims in named if not claims.isdisjoint(own)), set())
        return {event for _, event in self.linked.events_of_claims(wanted).values()}

    def _join(self, members: Sequence[Kept], unbound: Collection[int]) -> None:
        """Group episodes, those that are not `unbound` as their events have them, and name the groups."""
        by_number = {kept.number: kept for kept in members}
        groups: dict[str, list[int]] = {}
        for kept in members:
            if kept.number not in unbound:
                groups.setdefault(kept.event, []).append(kept.number)
        pinned = [numbers for pin in self.known.pinned if (numbers := self._numbers(pin, by_number))]
        fixed = {number for pin in pinned for number in pin}
        free = [number for number in by_number if number not in fixed]
        held = Constraints(
            together=[self._numbers(claims, by_number) for claims in self.known.together],
            apart={
                pair
                for ours, theirs in self.known.apart
                for pair in product(self._numbers(ours, by_number), self._numbers(theirs, by_number))
            },
        )
        pairs = self.linked.pairs_within(by_number)
        bound = [[number for number in group if number not in fixed] for group in groups.values()]
        found = join(pairs, free, bound, held, self.kit.model)
        self._name([*found, *pinned], by_number)

    def _numbers(self, claims: Iterable[str], members: Collection[int]) -> list[int]:
        """Return the episodes of claims that are among the members."""
        found = {number for number, _ in self.linked.events_of_claims(list(claims)).values()}
        return sorted(found & set(members))

    def _name(self, groups: Sequence[Sequence[int]], members: dict[int, Kept]) -> None:
        """Give each group its id: that of the event that its earliest recorded episode was in, if it has that still."""
        order = {number: (kept.report, number) for number, kept in members.items()}
        first_of: dict[str, int] = {}
        for number in sorted(members, key=order.__getitem__):
            first_of.setdefault(members[number].event, number)
        named: dict[int, str] = {}
        for group in groups:
            ranked = sorted(group, key=order.__getitem__)
            founders = [number for number in ranked if first_of[members[number].event] == number]
            name = members[founders[0]].event if founders else event_id(members[ranked[0]].id)
            named |= dict.fromkeys(group, name)
        self.linked.assign((name, number) for number, name in named.items() if members[number].event != name)
        kept = set(named.values())
        self.linked.alias((event, named[number]) for event, number in first_of.items() if event not in kept)

    def _name_emptied(self, emptied: Mapping[str, int], fresh: Sequence[Kept]) -> None:
        """Let events whose last episode was read anew be found under that of the report's first episode."""
        left = {kept.event for kept in self.linked.episodes_of_events(emptied)}
        now = {kept.number: kept.event for kept in self.linked.episodes([kept.number for kept in fresh])}
        heirs = {kept.report: now[kept.number] for kept in reversed(fresh)}
        gone = {event: report for event, report in emptied.items() if event not in left and report in heirs}
        self.linked.alias((event, heirs[report]) for event, report in gone.items())


def event_id(claim: str) -> str:
    """Return the id of the event that a claim is the first of."""
    return content_id(["event", claim])
