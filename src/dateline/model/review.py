"""What a person decided about a claim, a field of it, or which claims are one event; never changed, only added to."""

from dataclasses import dataclass
from dataclasses import field as field_
from datetime import UTC, datetime
from typing import Any, Literal

from dateline.model.ids import content_id

ReviewKind = Literal["accept", "reject", "correct", "unsure", "note", "merge", "split", "pin", "undo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One decision: who, when, of what kind, about which claims, and why.

    `claims` are the ids that it is about. Of an "accept", "reject", "correct", "unsure" or "note" there is one. A
    "merge" says that all its claims speak of one event. A "split" says that no claim of `claims` speaks of the same
    event as any claim of `others`. A "pin" says that exactly its claims are an event: the machine adds none and takes
    none away. A "correct" sets the field `field` (a field of the JSON contract, as "place" or "figures") to `value`
    (JSON). An "undo" takes back the review `undoes`; reviews are otherwise never taken back.

    `seen` (JSON) is what was on the screen: the ids of the "decisions" that stood for these claims, a digest of the
    "values" shown, the "recipe" that they were read by. `key` is a name that the form chose, so that a form sent twice
    by one person is one decision. `settles` are the decisions of others that this one, by a lead, ends the conflict of.
    """

    at: datetime
    who: str
    kind: ReviewKind
    claims: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    field: str | None = None
    value: Any = None
    why: str | None = None
    undoes: str | None = None
    seen: Any = None
    key: str | None = None
    settles: tuple[str, ...] = ()
    _id: str | None = field_(default=None, init=False, repr=False, compare=False)

    @property
    def id(self) -> str:
        """A hash of the whole decision; worked out once."""
        if self._id is None:
            object.__setattr__(self, "_id", content_id(review_to_json(self)))
        return str(self._id)


def review_to_json(review: Review) -> dict[str, Any]:
    """Return a review as plain JSON values; what came later to reviews is left out where there is none."""
    value = {
        "at": review.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "who": review.who,
        "kind": review.kind,
        "claims": list(review.claims),
        "others": list(review.others),
        "field": review.field,
        "value": review.value,
        "why": review.why,
        "undoes": review.undoes,
    }
    # A review that was kept before these were known has the id that it had.
    later = {"seen": review.seen, "key": review.key, "settles": list(review.settles)}
    return value | {name: one for name, one in later.items() if one not in (None, [], {}, "")}


def review_from_json(value: dict[str, Any], id: str | None = None) -> Review:
    """Return the review that `review_to_json` wrote; `id`, if it is known, spares working it out."""
    review = Review(
        at=datetime.fromisoformat(value["at"]),
        who=value["who"],
        kind=value["kind"],
        claims=tuple(value["claims"]),
        others=tuple(value["others"]),
        field=value["field"],
        value=value["value"],
        why=value["why"],
        undoes=value["undoes"],
        seen=value.get("seen"),
        key=value.get("key"),
        settles=tuple(value.get("settles", ())),
    )
    if id is not None:
        object.__setattr__(review, "_id", id)
    return review


def standing(reviews: tuple[Review, ...]) -> tuple[Review, ...]:
    """Return the reviews that were not taken back, in order; an undo can itself be undone."""
    if not any(review.kind == "undo" for review in reviews):
        # The ids, hashes all, are not needed.
        return reviews
    undone: set[str] = set()
    for review in reversed(reviews):
        if review.kind == "undo" and review.undoes is not None and review.id not in undone:
            undone.add(review.undoes)
    return tuple(review for review in reviews if review.kind != "undo" and review.id not in undone)
