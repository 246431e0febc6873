"""Join some readings of a record, or those that a decision concerns, with what is there: one transaction's work."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

import numpy as np

from dateline.linking.block import MOST, keys_of, reach_of
from dateline.linking.decided import KINDS, Decided
from dateline.linking.episodes import Episode, episodes_of
from dateline.linking.join import Constraints, compare, join
from dateline.linking.table import Row, row_of, table_of
from dateline.model.ids import content_id
from dateline.model.review import Review
from dateline.run.link_copies import CopyFinder
from dateline.run.link_kit import LinkKit, LinkSummary
from dateline.store.linked import Kept, Linked
from dateline.store.linked_copies import LinkedCopies
from dateline.store.sqlite_view import SqliteView

# The decisions that say which claims are one event, and those that may take them back.
JOINING = KINDS | {"undo"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """An episode as it is told now, and its row."""

    episode: Episode
    row: Row


class Chunk:
    """The joining of some readings with what is there, in one transaction."""

    def __init__(
        self, linked: Linked, view: SqliteView, kit: LinkKit, known: Decided, summary: LinkSummary
    ) -> None:
        self.linked, self.view, self.kit, self.known, self.summary = linked, view, kit, known, summary

    def take_in(self, standing: Mapping[str, Review]) -> None:
        """Join again what decisions that were made or taken back since the last time concern."""
        changed = set((self.linked.state("reviews") or "").split()) ^ standing.keys()
        if not changed:
            return
        made = [review for review in self.view.reviews(JOINING) if review.id in changed]
        named = {claim for review in made for claim in (*review.claims, *review.others)}
        self.summary.decisions = len(changed)
        self._again(named | self._decided_with(named))
        self.linked.note("reviews", " ".join(sorted(standing)))

    def _again(self, claims: Collection[str]) -> None:
        """Join the events of claims again, their reports sorted into episodes anew."""
        found = self.linked.events_of_claims(claims)
        reports = {kept.report for kept in self.linked.episodes({number for number, _ in found.values()})}
        if found:
            self.run(self.linked.newest(reports), loose={event for _, event in found.values()})

    def run(self, readings: Sequence[tuple[int, int, str]], loose: Collection[str] = ()) -> None:
        """Sort these readings (step, report's step, day) into episodes and join what is new in them.

        The episodes of the events that are `loose` are joined as if they were new.
        """
        before = self.linked.episodes_of_reports([report for _, report, _ in readings])
        told = self._told(readings)
        same = self._unchanged(before, told)
        gone = [kept for kept in before if kept.number not in same.values()]
        self.linked.remove([kept.number for kept in gone])
        fresh, keys = self._add([one for one in told if one.episode.id not in same])
        CopyFinder(LinkedCopies(self.linked.connection)).add(report for _, report, _ in readings)
        pairs = self._compare(fresh, keys)
        self.linked.add_pairs(pairs)
        self._join_touched(fresh, gone, pairs, loose)
        self.linked.done(step for step, _, _ in readings)
        self.summary.reports += len(readings)
        self.summary.episodes += len(told)
        self.summary.pairs += len(pairs)

    def _told(self, readings: Sequence[tuple[int, int, str]]) -> list[_Told]:
        """Sort readings into episodes, in the order in which the readings were recorded."""
        steps = {step: (report, date.fromisoformat(day).toordinal()) for step, report, day in readings}
        part = self.known.part if self.known.apart or self.known.pinned else None
        found: list[_Told] = []
        for step, source, claims in self.view.claims_at(sorted(steps)):
            report, day = steps[step]
            for episode in episodes_of(source, claims, day, self.kit.kinship, self.kit.frequencies, part):
                found.append(_Told(episode=episode, row=row_of(episode, report, self.kit.kinship)))
        return found

    def _unchanged(self, before: Sequence[Kept], told: Sequence[_Told]) -> dict[str, int]:
        """Return the episodes, by id, that are there already just as they are told now, with their numbers."""
        claims: dict[int, set[str]] = {}
        for claim, number in self.linked.claims_of_episodes([kept.number for kept in before]).items():
            claims.setdefault(number, set()).add(claim)
        kept_as = {kept.id: kept for kept in before}
        return {
            one.episode.id: kept.number
            for one in told
            if (kept := kept_as.get(one.episode.id)) is not None
            and kept.row == one.row
            and claims[kept.number] == set(one.episode.claims)
        }

    def _add(self, told: Sequence[_Told]) -> tuple[list[Kept], dict[int, tuple[int, ...]]]:
        """Keep new episodes; each is an event of its own at first."""
        first = self.linked.next_number()
        numbered = list(enumerate(told, first))
        fresh = [
            Kept(number=number, id=one.episode.id, event=event_id(one.episode.id), row=one.row)
            for number, one in numbered
        ]
        members = ((claim, number) for number, one in numbered for claim in one.episode.claims)
        keys = {number: keys_of(one.episode) for number, one in numbered}
        self.linked.add(fresh, members, ((key, k.told, k.number) for k in fresh for key in keys[k.number]))
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
        reached = ((key, first, last, reach_of(key)) for key, (first, last) in spans.items())
        sharing = np.array(self.linked.sharing(reached, MOST), np.int64).reshape(-1, 3)
        numbers, rows = np.unique(sharing[:, 2], return_inverse=True)
        own = np.isin(numbers, np.array([kept.number for kept in fresh], np.int64))
        table = table_of([kept.row for kept in self.linked.episodes(numbers.tolist())], self.kit.kinship)
        found: list[tuple[int, int, float]] = []
        for left, right, weights in compare(table, sharing[:, 0], rows, own, self.kit.model):
            low, high = np.minimum(numbers[left], numbers[right]), np.maximum(numbers[left], numbers[right])
            found += zip(low.tolist(), high.tolist(), weights.tolist(), strict=True)
        return found

    def _join_touched(
        self,
        fresh: Sequence[Kept],
        gone: Sequence[Kept],
        pairs: Iterable[tuple[int, int, float]],
        loose: Collection[str],
    ) -> None:
        """Join fresh and loose episodes with one another and with the events that they may belong to."""
        free = {kept.number for kept in (*fresh, *self.linked.episodes_of_events(loose))}
        # A fresh episode may bear the id of an event that a former reading of its report began.
        events = {kept.event for kept in (*fresh, *gone)} | set(loose)
        events |= self._near([*pairs, *self.linked.pairs_with(free - {kept.number for kept in fresh})])
        claims = self.linked.claims_of_episodes([kept.number for kept in fresh])
        events |= {event for _, event in self.linked.events_of_claims(self._decided_with(claims)).values()}
        self._join(self.linked.episodes_of_events(events), free, {kept.number for kept in fresh})
        self._name_emptied(gone)

    def _near(self, pairs: Iterable[tuple[int, int, float]]) -> set[str]:
        """Return the events of episodes that weigh enough with another to be joined."""
        near = {n for low, high, weight in pairs if weight > self.kit.model.threshold for n in (low, high)}
        return {kept.event for kept in self.linked.episodes(sorted(near))}

    def _decided_with(self, claims: Collection[str]) -> set[str]:
        """Return the claims that people named together with some of these."""
        own = set(claims)
        return {claim for named in self.known.named() if not named.isdisjoint(own) for claim in named}

    def _join(self, members: Sequence[Kept], free: Collection[int], fresh: Collection[int]) -> None:
        """Group episodes, those that are not `free` as their events have them, and name the groups."""
        by_number = {kept.number: kept for kept in members}
        pinned = [numbers for pin in self.known.pinned if (numbers := self._numbers(pin, by_number))]
        fixed = {number for pin in pinned for number in pin}
        bound: dict[str, list[int]] = {}
        for kept in members:
            if kept.number not in free and kept.number not in fixed:
                bound.setdefault(kept.event, []).append(kept.number)
        found = join(
            self.linked.pairs_within(by_number),
            [number for number in by_number if number not in fixed],
            list(bound.values()),
            self._held(by_number),
            self.kit.model,
        )
        self._name([*found, *pinned], by_number, fresh)

    def _held(self, members: Collection[int]) -> Constraints:
        """Return what people decided about these episodes."""
        return Constraints(
            together=[self._numbers(claims, members) for claims in self.known.together],
            apart={
                pair
                for ours, theirs in self.known.apart
                for pair in product(self._numbers(ours, members), self._numbers(theirs, members))
            },
        )

    def _numbers(self, claims: Iterable[str], members: Collection[int]) -> list[int]:
        """Return the episodes of claims that are among the members."""
        found = {number for number, _ in self.linked.events_of_claims(list(claims)).values()}
        return sorted(number for number in found if number in members)

    def _name(
        self, groups: Sequence[Sequence[int]], members: Mapping[int, Kept], fresh: Collection[int]
    ) -> None:
        """Name each group by its earliest recorded episode, or by the first that an event of before began with."""
        order = {number: (kept.report, number) for number, kept in members.items()}
        first_of: dict[str, int] = {}
        for number in sorted(members, key=order.__getitem__):
            first_of.setdefault(members[number].event, number)
        named: dict[int, str] = {}
        for group in groups:
            first, *rest = sorted(group, key=order.__getitem__)
            founders = [
                n
                for n in (first, *rest)
                if first_of[members[n].event] == n and (n == first or n not in fresh)
            ]
            name = members[founders[0]].event if founders else event_id(members[first].id)
            named |= dict.fromkeys(group, name)
        self.linked.assign((name, number) for number, name in named.items() if members[number].event != name)
        kept = set(named.values())
        self.linked.alias((event, named[number]) for event, number in first_of.items() if event not in kept)

    def _name_emptied(self, gone: Sequence[Kept]) -> None:
        """Let events whose last episode was read anew be found under that of the report's first episode."""
        left = {kept.event for kept in self.linked.episodes_of_events({kept.event for kept in gone})}
        now = reversed(self.linked.episodes_of_reports({kept.report for kept in gone}))
        heirs = {kept.report: kept.event for kept in now}
        emptied = [kept for kept in reversed(gone) if kept.event not in left and kept.report in heirs]
        self.linked.alias((kept.event, heirs[kept.report]) for kept in emptied)


def event_id(claim: str) -> str:
    """Return the id of the event that a claim is the first of."""
    return content_id(["event", claim])
