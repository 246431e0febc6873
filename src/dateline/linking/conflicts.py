"""Where two people decided differently about one claim, until a lead settles it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.model.ids import canonical_json
from dateline.model.review import Review, standing

VERDICTS = frozenset(("accept", "reject", "unsure", "correct"))
ROLES = ("actor", "target", "instrument")
# Two people who give one value beside other words of the report agree.
_WORDS = frozenset(("start", "end", "quote", "of_span", "relation_span"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What people decided differently about one claim: `field` of it, or null for whether it stands.

    `sides` are the last decision of each person that is in it, in the order made.
    """

    claim: str
    field: str | None
    sides: tuple[Review, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The decisions about one claim as they count: its conflicts, and the corrections that a settlement set aside.

    `set_aside` are pairs of a decision's id and a field.
    """

    conflicts: tuple[Conflict, ...] = ()
    set_aside: frozenset[tuple[str, str]] = frozenset()


def conflicts(reviews: Iterable[Review]) -> tuple[Conflict, ...]:
    """Return the conflicts among decisions, given in the order made, those taken back and undos with them.

    Two people's last standing decisions about one claim are in conflict if one accepts it and another rejects it or is
    unsure of it (who corrects a claim takes it to stand), and those about one field if they correct it to different
    values. A later decision that names decisions in `settles` ends the conflict among them; see `weighed`.
    """
    found: dict[str, list[Review]] = {}
    for review in standing(tuple(reviews)):
        if review.kind in VERDICTS:
            for claim in review.claims:
                found.setdefault(claim, []).append(review)
    return tuple(one for claim, held in found.items() for one in weighed(claim, held).conflicts)


def weighed(claim: str, reviews: Sequence[Review]) -> Weighed:
    """Weigh the standing decisions about one claim, in the order made.

    A settled decision is no longer a side. A settlement that is no correction leaves the corrections that it names as
    they are, but for those that differ among themselves: these are set aside, and the machine's value stands.
    """
    made = [review for review in reviews if review.kind in VERDICTS]
    if len({review.who for review in made}) < 2:
        return Weighed()
    settled = {settled for review in made for settled in review.settles}
    verdicts = {review.who: review for review in made}
    fields: dict[str, dict[str, tuple[Review, str]]] = {}
    for review in made:
        for field, value in corrections(review):
            fields.setdefault(field, {})[review.who] = (review, told(value))
    found = []
    open_verdicts = [one for one in verdicts.values() if one.id not in settled]
    if len({_stands(one) for one in open_verdicts}) > 1:
        found.append(Conflict(claim=claim, field=None, sides=_in_order(open_verdicts, made)))
    for field, by_person in fields.items():
        sides = [(review, value) for review, value in by_person.values() if review.id not in settled]
        if len({value for _, value in sides}) > 1:
            found.append(Conflict(claim=claim, field=field, sides=_in_order([one for one, _ in sides], made)))
    return Weighed(conflicts=tuple(found), set_aside=_set_aside(made, fields))


def corrections(review: Review) -> tuple[tuple[str, Any], ...]:
    """Return the fields that a decision corrects, each with its value; "roles" is its three parts."""
    if review.kind != "correct" or review.field is None:
        return ()
    if review.field == "roles" and isinstance(review.value, Mapping):
        return tuple((f"roles.{role}", review.value.get(role, [])) for role in ROLES)
    return ((review.field, review.value),)


def told(value: Any) -> str:
    """Write a value of a correction without the words of the report that it stands beside."""
    return canonical_json(_bare(value))


def _bare(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _bare(one) for name, one in value.items() if name not in _WORDS and one is not None}
    if isinstance(value, list | tuple):
        return [_bare(one) for one in value]
    return value


def _stands(review: Review) -> str:
    return "accept" if review.kind == "correct" else review.kind


def _in_order(sides: Iterable[Review], made: Sequence[Review]) -> tuple[Review, ...]:
    wanted = {id(side) for side in sides}
    return tuple(review for review in made if id(review) in wanted)


def _set_aside(
    made: Sequence[Review], fields: Mapping[str, Mapping[str, tuple[Review, str]]]
) -> frozenset[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for settlement in made:
        if not settlement.settles or settlement.kind == "correct":
            continue
        for field, by_person in fields.items():
            named = [(one, value) for one, value in by_person.values() if one.id in settlement.settles]
            if len({value for _, value in named}) > 1:
                found |= {(one.id, field) for one, _ in named}
    return frozenset(found)
