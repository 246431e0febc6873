"""What people decided, as a process that runs on keeps it in memory: read once, then only what is new."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from threading import Lock

from dateline.linking.conflicts import VERDICTS, Conflict, weighed
from dateline.linking.decided import KINDS, decided
from dateline.linking.reviewed import review_state
from dateline.model.event import ReviewState
from dateline.model.review import Review, standing
from dateline.store.rows import review_of
from dateline.store.sqlite import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """The decisions of people up to a step of the history.

    `made` are all, oldest first; `standing` those not taken back; `by_claim` the standing ones of each claim;
    `pinned` the claims of pinned events; `verdicts` the claims that each person accepted, rejected, corrected or was
    unsure of; `in_conflict` the conflicts of the claims that have one, `states` the state of those that somebody decided
    about; `by_key` the decisions by who made them and the key of the form, `by_id` all by their id. `history` has for
    each claim all that was ever decided about it, with what took it back. Of the `hidden` claims the decisions of
    others are left out (`seen_by`).
    """

    step: int
    made: tuple[Review, ...]
    standing: tuple[Review, ...]
    by_claim: Mapping[str, tuple[Review, ...]]
    pinned: frozenset[str]
    verdicts: Mapping[str, frozenset[str]]
    in_conflict: Mapping[str, tuple[Conflict, ...]]
    states: Mapping[str, ReviewState]
    by_key: Mapping[tuple[str, str], Review]
    by_id: Mapping[str, Review]
    history: dict[str, tuple[Review, ...]]
    hidden: frozenset[str] = frozenset()

    def of_claims(self, claims: Iterable[str]) -> tuple[Review, ...]:
        """Return the standing decisions about some claims, each once, oldest first."""
        found = {review.id: review for claim in claims for review in self.by_claim.get(claim, ())}
        return tuple(sorted(found.values(), key=lambda review: review.at))

    def stands(self, review_id: str) -> bool:
        """Whether a decision is there and was not taken back; of an undo, whether it holds."""
        chosen = self.by_id.get(review_id)
        return chosen is not None and review_id not in undone(self.made)

    def root(self, review: Review) -> Review:
        """Return the decision that an undo, or an undo of an undo, is about in the end; any other is its own."""
        while review.undoes is not None and review.undoes in self.by_id:
            review = self.by_id[review.undoes]
        return review


def undone(made: Sequence[Review]) -> set[str]:
    """Return the ids of the decisions, undos among them, that are taken back."""
    found: set[str] = set()
    for review in reversed(made):
        if review.kind == "undo" and review.undoes is not None and review.id not in found:
            found.add(review.undoes)
    return found


def seen_by(known: Decisions, who: str, hidden: Collection[str]) -> Decisions:
    """Return decisions as a person may see them: of the hidden claims without what others decided about these alone."""
    if not hidden:
        return known
    unseen = frozenset(hidden)
    others: set[str] = set()
    for review in known.made:
        about = review.who != who and review.kind not in KINDS and not unseen.isdisjoint(review.claims)
        if about or review.undoes in others:
            others.add(review.id)
    own = {
        claim: tuple(one for one in known.by_claim[claim] if one.id not in others)
        for claim in unseen & known.by_claim.keys()
    }
    by_claim = {**known.by_claim, **own}
    return Decisions(
        step=known.step,
        made=tuple(one for one in known.made if one.id not in others),
        standing=tuple(one for one in known.standing if one.id not in others),
        by_claim=by_claim,
        pinned=known.pinned,
        verdicts={
            person: claims if person == who else claims - unseen for person, claims in known.verdicts.items()
        },
        in_conflict={claim: found for claim, found in known.in_conflict.items() if claim not in unseen},
        states=_states_anew(known, by_claim, unseen),
        by_key=known.by_key,
        by_id={key: review for key, review in known.by_id.items() if key not in others},
        history=known.history | {
            claim: tuple(one for one in known.history.get(claim, ()) if one.id not in others) for claim in unseen
        },
        hidden=unseen,
    )  # fmt: skip


def decisions_of(made: Iterable[Review], *, step: int = 0) -> Decisions:
    """Return decisions, sorted for use; `made` are all, oldest first."""
    all_made = tuple(made)
    kept = standing(all_made)
    by_claim = _with({}, kept)
    found = {claim: weighed(claim, held).conflicts for claim, held in by_claim.items()}
    return Decisions(
        step=step,
        made=all_made,
        standing=kept,
        by_claim=by_claim,
        pinned=_pinned(kept),
        verdicts=_verdicts({}, kept),
        in_conflict={claim: held for claim, held in found.items() if held},
        states=_states(by_claim, by_claim),
        by_key=_keys(all_made),
        by_id=(by_id := {one.id: one for one in all_made}),
        history=_with_history({}, by_id, all_made),
    )


def with_new(known: Decisions, new: Sequence[Review], *, step: int) -> Decisions:
    """Return decisions with newer ones added, which costs what they concern; an undo sorts all anew."""
    if any(review.kind == "undo" for review in new):
        return _with_undo(known, new, step)
    kept = (*known.standing, *new)
    by_claim = _with(known.by_claim, new)
    touched = {claim for review in new if review.kind in VERDICTS for claim in review.claims}
    return Decisions(
        step=step,
        made=(*known.made, *new),
        standing=kept,
        by_claim=by_claim,
        pinned=_pinned(kept) if any(review.kind in KINDS for review in new) else known.pinned,
        verdicts=_verdicts(known.verdicts, new),
        in_conflict=_conflicts_anew(known, by_claim, touched),
        states=_states_anew(known, by_claim, touched),
        by_key={**known.by_key, **_keys(new)},
        by_id=(by_id := {**known.by_id, **{one.id: one for one in new}}),
        history=_with_history(known.history, by_id, new),
    )


def _with_undo(known: Decisions, new: Sequence[Review], step: int) -> Decisions:
    """Take in decisions with an undo among them: what it concerns is sorted anew."""
    made = (*known.made, *new)
    kept = standing(made)
    before, after = {id(review): review for review in known.standing}, {id(review): review for review in kept}
    changed = [before.get(key) or after[key] for key in before.keys() ^ after.keys()]
    touched = {claim for review in changed for claim in (*review.claims, *review.others)}
    people = {review.who for review in changed}
    # An undo may let stand again what is older than what stands, so that claims are not merely added to.
    own = _with({}, (one for one in kept if not touched.isdisjoint((*one.claims, *one.others))))
    by_claim = {claim: held for claim, held in known.by_claim.items() if claim not in touched}
    by_claim |= {claim: held for claim, held in own.items() if claim in touched}
    verdicts = {who: claims for who, claims in known.verdicts.items() if who not in people}
    joins = any(review.kind in KINDS for review in changed)
    return Decisions(
        step=step,
        made=made,
        standing=kept,
        by_claim=by_claim,
        pinned=_pinned(kept) if joins else known.pinned,
        verdicts=verdicts | _verdicts({}, (review for review in kept if review.who in people)),
        in_conflict=_conflicts_anew(known, by_claim, touched),
        states=_states_anew(known, by_claim, touched),
        by_key={**known.by_key, **_keys(new)},
        by_id=(by_id := {**known.by_id, **{one.id: one for one in new}}),
        history=_with_history(known.history, by_id, new),
    )


def _conflicts_anew(
    known: Decisions, by_claim: Mapping[str, tuple[Review, ...]], touched: Iterable[str]
) -> dict[str, tuple[Conflict, ...]]:
    found = dict(known.in_conflict)
    for claim in touched:
        held = weighed(claim, by_claim.get(claim, ())).conflicts
        if held:
            found[claim] = held
        else:
            found.pop(claim, None)
    return found


def _with_history(
    history: Mapping[str, tuple[Review, ...]], by_id: Mapping[str, Review], new: Iterable[Review]
) -> dict[str, tuple[Review, ...]]:
    more: dict[str, list[Review]] = {}
    for review in new:
        root = review
        while root.undoes is not None and root.undoes in by_id:
            root = by_id[root.undoes]
        for claim in dict.fromkeys((*root.claims, *root.others)):
            more.setdefault(claim, []).append(review)
    return {**history, **{claim: (*history.get(claim, ()), *held) for claim, held in more.items()}}


def _states(by_claim: Mapping[str, tuple[Review, ...]], claims: Iterable[str]) -> dict[str, ReviewState]:
    held = ((claim, by_claim.get(claim, ())) for claim in claims)
    return {
        claim: review_state(claim, made) for claim, made in held if any(one.kind in VERDICTS for one in made)
    }


def _states_anew(
    known: Decisions, by_claim: Mapping[str, tuple[Review, ...]], touched: Collection[str]
) -> dict[str, ReviewState]:
    kept = {claim: state for claim, state in known.states.items() if claim not in touched}
    return kept | _states(by_claim, touched)


def _with(by_claim: Mapping[str, tuple[Review, ...]], new: Iterable[Review]) -> dict[str, tuple[Review, ...]]:
    more: dict[str, list[Review]] = {}
    for review in new:
        for claim in dict.fromkeys((*review.claims, *review.others)):
            more.setdefault(claim, []).append(review)
    return {**by_claim, **{claim: (*by_claim.get(claim, ()), *held) for claim, held in more.items()}}


def _pinned(kept: Sequence[Review]) -> frozenset[str]:
    return frozenset().union(*decided(review for review in kept if review.kind in KINDS).pinned)


def _verdicts(known: Mapping[str, frozenset[str]], new: Iterable[Review]) -> dict[str, frozenset[str]]:
    more: dict[str, set[str]] = {}
    for review in new:
        if review.kind in VERDICTS:
            more.setdefault(review.who, set()).update(review.claims)
    return {**known, **{who: known.get(who, frozenset()) | claims for who, claims in more.items()}}


def _keys(made: Iterable[Review]) -> dict[tuple[str, str], Review]:
    return {(review.who, review.key): review for review in made if review.key}


@dataclass(slots=True)
class DecisionLog:
    """Keeps the decisions of a record in memory, and takes in what was decided since it last looked.

    `turn` is held by whoever decides in this process, so that threads wait for one another here and not in SQLite,
    which makes those who wait sleep.
    """

    record: Record
    turn: Lock = field(default_factory=Lock)
    _now: Decisions = field(default_factory=lambda: decisions_of(()))
    _lock: Lock = field(default_factory=Lock)

    def now(self, connection: sqlite3.Connection | None = None) -> Decisions:
        """Return all decisions as they stand now, or as a connection with nothing added sees them."""
        if connection is None:
            with closing(self.record.connection()) as opened:
                return self._taken_in(opened)
        return self._taken_in(connection)

    def _taken_in(self, connection: sqlite3.Connection) -> Decisions:
        query = "SELECT step, content, id FROM reviews WHERE step > ? ORDER BY step"
        with self._lock:
            rows = connection.execute(query, (self._now.step,)).fetchall()
            if rows:
                new = [review_of(content, id) for _, content, id in rows]
                self._now = with_new(self._now, new, step=rows[-1][0])
            return self._now
