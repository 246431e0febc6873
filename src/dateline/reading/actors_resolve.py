"""Join the names of one person, and give bodies and forces the side of those they belong to."""

from datetime import date

from dateline.codebook.actors import ActorBook, slips
from dateline.reading.actor_drafts import Draft, Notes

SAMPLE = 20  # mentions of one person with which another is compared
MISTYPED = 6  # letters that a surname needs before one slip in it is taken for a misspelling


def join_persons(drafts: list[Draft], notes: Notes, published: date | None) -> None:
    """Give all mentions of one person the same name, side and gender: the fullest the report has."""
    clusters: list[list[Draft]] = []
    shelves: dict[tuple[object, ...], list[list[Draft]]] = {}
    named = [draft for draft in drafts if draft.kind == "person" and draft.names]
    for draft in sorted(named, key=lambda draft: (-min(len(draft.names), 2), draft.first)):
        near = (cluster for key in _shelves(draft, 1) for cluster in shelves.get(key, ()))
        cluster = next(
            (cluster for cluster in near if any(_same(draft, other) for other in cluster[:SAMPLE])), None
        )
        if cluster is None:
            cluster = []
            clusters.append(cluster)
        cluster.append(draft)
        for key in _shelves(draft, 0):
            kept = shelves.setdefault(key, [])
            if not any(one is cluster for one in kept):
                kept.append(cluster)
    for cluster in clusters:
        _agree(sorted(cluster, key=lambda draft: draft.first), published)
    for draft in drafts:
        if draft.why == "apposition" and draft.antecedent is not None:
            _take(draft, draft.antecedent)


def _shelves(draft: Draft, slack: int) -> list[tuple[object, ...]]:
    """Return the keys a person is kept under: the actor, the surname, its first letter and length."""
    surname = draft.names[-1]
    keys: list[tuple[object, ...]] = [(surname,)]
    if draft.actor is not None:
        keys.insert(0, ("", draft.actor.id))
    if len(surname) >= MISTYPED - slack:
        keys += [(surname[0], len(surname) + step) for step in range(-slack, slack + 1)]
    return keys


def _same(one: Draft, other: Draft) -> bool:
    if one.actor is not None and other.actor is not None:
        return one.actor.id == other.actor.id
    if one.names == other.names:
        return True
    near = one.names[-1] == other.names[-1] or (
        min(len(one.names[-1]), len(other.names[-1])) >= MISTYPED
        and slips(one.names[-1], other.names[-1]) == 1
    )
    if not near or (one.gender and other.gender and one.gender != other.gender):
        return False
    if len(one.names) == 1 or len(other.names) == 1:
        return True
    first, second = one.names[0], other.names[0]
    return first == second or (first[0] == second[0] and (len(first) == 1 or len(second) == 1)) or (
        min(len(first), len(second)) >= 5 and slips(first, second) <= 2
    )  # fmt: skip


def _agree(cluster: list[Draft], published: date | None) -> None:
    actor = next((draft.actor for draft in cluster if draft.actor is not None), None)
    longest = max(cluster, key=lambda draft: len(draft.names))
    side = (
        actor.side_on(published)
        if actor
        else next((draft.side for draft in cluster if draft.side is not None), None)
    )
    gender = next((draft.gender for draft in cluster if draft.gender), "")
    roles = {role for draft in cluster for role in draft.roles}
    if actor is not None:
        roles |= {word for office in actor.offices for word in office.title.split()}
    for draft in cluster:
        draft.actor, draft.side, draft.gender, draft.roles = actor, side, gender, roles
        draft.name = actor.name if actor else longest.name
        if draft is not cluster[0] and draft.antecedent is None and len(draft.names) == 1:
            draft.antecedent = cluster[0]
        draft.owner = draft.owner if side is None else None


def _take(draft: Draft, source: Draft) -> None:
    """Let a description be whom it was resolved to."""
    draft.actor, draft.name = source.actor, source.name
    draft.gender = draft.gender or source.gender
    draft.side = source.side if source.side is not None else draft.side
    draft.antecedent = source


def give_sides(drafts: list[Draft], notes: Notes, published: date | None) -> None:
    """Give drafts the side of their owner ("forces of the junta"), and bodies their full name."""
    for draft in drafts:
        own_side(draft, notes)
    for draft in drafts:
        name_body(draft, notes.book)
        if draft.why == "apposition" and draft.antecedent is not None and draft.antecedent.side is None:
            draft.antecedent.side = draft.side


def own_side(draft: Draft, notes: Notes) -> None:
    """Give a draft the side of the draft that its owner heads, following owners of owners."""
    seen: set[int] = set()
    owner = draft
    while owner.side is None and owner.owner is not None and owner.owner.i not in seen:
        seen.add(owner.owner.i)
        above = notes.drafts.get(owner.owner.i)
        if above is None:
            holder = owner.owner.child("poss")
            above = notes.drafts.get(holder.i) if holder is not None else None
        if above is None:
            return
        owner = above
    if (
        draft.side is None
        and owner.side is not None
        and not (owner.kind == "civilians" and draft.kind != "civilians")
    ):
        draft.side = owner.side


def name_body(draft: Draft, book: ActorBook) -> None:
    """Name a state body with its state: "Ministry of Defence of Ukraine"."""
    state = book.actors.get(draft.side or "")
    if draft.body is None or draft.actor is not None:
        return
    draft.name = f"{draft.body.name} of {state.name}" if state is not None else draft.body.name
