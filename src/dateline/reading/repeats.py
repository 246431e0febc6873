"""Join what one speaker says again of an episode, once places and days have passed on inside it."""

from dateline.reading.clauses import CLAUSE, OWN
from dateline.reading.drafts import Draft
from dateline.reading.scene import Scene
from dateline.reading.tellings import FEW, anaphor, is_new, near
from dateline.reading.unlike import (
    accused_apart,
    apart,
    counts_apart,
    figures_apart,
    sides_apart,
    times_apart,
)


def join_episodes(drafts: list[Draft], scene: Scene) -> list[Draft]:
    """Join what one speaker says again of an episode, once places and days have passed on inside it.

    "The attack" joins the attack told before; strikes told twice in one sentence are one.
    """
    kept: list[Draft] = []
    for draft in drafts:
        known = next(
            (
                other
                for other in reversed(near(draft, kept, len(kept)))
                if _again(other, draft, scene) or _same_loss(other, draft, scene)
            ),
            None,
        )
        if known is None:
            kept.append(draft)
        else:
            place, time = known.place, known.time
            if (
                _same_loss(known, draft, scene)
                and draft.place is not None
                and _precision(draft) < _precision(known)
            ):
                place = draft.place
            known.absorb(draft)
            known.place, known.time = place or known.place, time or known.time
    return kept


def _again(known: Draft, draft: Draft, scene: Scene) -> bool:
    joint = (
        draft.head.dep == "conj"
        and known.head.sent >= draft.head.sent - 3
        and any(draft.head.head is other.head for other in known.every())
    )
    if (
        (known.speaker != draft.speaker and not joint and not _claimed(draft))
        or known.real != draft.real
        or not draft.real
    ):
        return False
    if draft.family in ("state", "unrest"):
        return False
    joined = joint and any(other.type == draft.type for other in known.every())
    if known.modality.polarity != draft.modality.polarity or not (
        known.type == draft.type
        or joined
        or (known.family == draft.family == "strike" and "strike.other" in (known.type, draft.type))
    ):
        return False
    if apart(known.place, draft.place) or times_apart(known, draft) or figures_apart(known, draft):
        return False
    if counts_apart(known, draft, scene) or accused_apart(known, draft, scene):
        return False
    strikes = known.event.trigger.type.startswith("strike") and draft.event.trigger.type.startswith("strike")
    if strikes and sides_apart(known.patients, draft.patients, scene):
        return False
    if sides_apart(known.agents, draft.agents, scene) or draft.time_rank >= OWN > known.time_rank > 0:
        return False
    same_sentence = (
        known.head.sent == draft.head.sent and draft.family == "strike" and _same_place(known, draft)
    )
    if joint:
        return _same_place(known, draft)
    noun = (
        draft.event.trigger.pos == "n"
        and not draft.figures
        and not draft.losses
        and draft.place_rank < OWN
        and not is_new(draft)
    )
    return same_sentence or noun or anaphor(draft) or _same_toll(known, draft)


def _precision(draft: Draft) -> int:
    return (draft.place.place.precision or 5) if draft.place is not None else 8


def _same_loss(known: Draft, draft: Draft, scene: Scene) -> bool:
    """Whether the outlet tells twice of the same thing destroyed: a convoy in the headline and in the story."""
    if not (_own_voice(known) and _own_voice(draft) and known.real and draft.real):
        return False
    if draft.family not in ("strike", "force"):
        return False
    if times_apart(known, draft) or sides_apart(known.patients, draft.patients, scene):
        return False
    one = {(item.noun.lemma, item.loss.count, item.loss.status) for item in known.losses if item.loss.count}
    other = {(item.noun.lemma, item.loss.count, item.loss.status) for item in draft.losses if item.loss.count}
    return bool(one & other)


def _claimed(draft: Draft) -> bool:
    """Whether a draft is what somebody claims to have done: "claimed responsibility for the attack"."""
    cue = draft.holding[-1].cue if draft.holding else None
    return cue is not None and cue.lemma == "claim" and anaphor(draft)


def _same_place(known: Draft, draft: Draft) -> bool:
    if known.place is None or draft.place is None or min(known.place_rank, draft.place_rank) < CLAUSE:
        return True
    return known.place.place.name == draft.place.place.name


def _own_voice(draft: Draft) -> bool:
    """Whether the outlet tells it itself, or from pictures and papers."""
    return all(said.attribution.kind in ("document", "reporter") for said in draft.holding)


def _same_toll(known: Draft, draft: Draft) -> bool:
    """Whether two tellings give the same exact figure."""
    one = {(item.figure.measure, item.figure.low) for item in known.figures if item.figure.low > FEW}
    other = {(item.figure.measure, item.figure.low) for item in draft.figures if item.figure.low > FEW}
    return bool(one & other)
