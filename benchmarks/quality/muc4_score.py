"""Score templates against the keys of MUC-4: map them, tally each slot, and sum over all templates.

Sources: Chinchor, "MUC-4 evaluation metrics" (1992); the scoring guidelines, version 7. Possible are right, partial,
incorrect and missing fills, actual are right, partial, incorrect and spurious ones; recall and precision give half a
point for a partial fill; F weighs both alike. A template may be mapped where the incident types match at least in part
and so does one fill of a perpetrator, a physical target (or its type) or a human target (or its type); the mapping
taken is the one with the most points. Fills of a template that has no partner are all missing or all spurious, but an
optional key template, or an optional fill, that nothing answers costs nothing. The template's number is not scored.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.quality.muc4_keys import SLOTS, Fill, Template
from benchmarks.quality.muc4_match import match, worth_of

# What a cross-reference of a slot points to.
_REFERRED = {7: (6,), 11: (10,), 13: (12,), 14: (12,), 15: (12,), 16: (12,), 19: (18,)}
_HUMAN = (20, 21, 22, 23)
_CONTENT = (9, 10, 12, 13, 18, 19, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Fills of one slot, or of many: right, partially, incorrect, missing, spurious."""

    right: int = 0
    partial: int = 0
    incorrect: int = 0
    missing: int = 0
    spurious: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            right=self.right + other.right, partial=self.partial + other.partial,
            incorrect=self.incorrect + other.incorrect, missing=self.missing + other.missing,
            spurious=self.spurious + other.spurious,
        )  # fmt: skip

    @property
    def points(self) -> float:
        """Points: one for a right fill, half for a partial one."""
        return self.right + 0.5 * self.partial

    @property
    def possible(self) -> int:
        """Fills of the key that could be answered."""
        return self.right + self.partial + self.incorrect + self.missing

    @property
    def actual(self) -> int:
        """Fills of the response."""
        return self.right + self.partial + self.incorrect + self.spurious

    @property
    def recall(self) -> float:
        """Points of the possible."""
        return self.points / self.possible if self.possible else 0.0

    @property
    def precision(self) -> float:
        """Points of the actual."""
        return self.points / self.actual if self.actual else 0.0

    @property
    def f(self) -> float:
        """Harmonic mean of recall and precision."""
        whole = self.possible + self.actual
        return 2 * self.points / whole if whole else 0.0


Tallies = Mapping[int, Tally]


def score_message(responses: Sequence[Template], keys: Sequence[Template]) -> dict[int, Tally]:
    """Return the tallies of each slot over all templates of one message."""
    total = dict.fromkeys(SLOTS, Tally())
    pairs = map_templates(responses, keys)
    mapped_keys = {key for _, key in pairs}
    mapped = {response for response, _ in pairs}
    parts: list[Tallies] = [tally_pair(responses[response], keys[key]) for response, key in pairs]
    parts += [
        unmapped(key.fills, missing=True)
        for number, key in enumerate(keys)
        if number not in mapped_keys and not key.optional
    ]
    parts += [
        unmapped(response.fills, missing=False)
        for number, response in enumerate(responses)
        if number not in mapped
    ]
    for part in parts:
        for slot, tally in part.items():
            total[slot] += tally
    return total


def unmapped(fills: Mapping[int, Sequence[Fill]], *, missing: bool) -> dict[int, Tally]:
    """Return the tallies of a template without a partner: its fills are missing, or spurious."""
    counts = {
        slot: sum(not fill.optional and bool(fill.values) for fill in held) for slot, held in fills.items()
    }
    if missing:
        return {slot: Tally(missing=count) for slot, count in counts.items()}
    return {slot: Tally(spurious=count) for slot, count in counts.items()}


def map_templates(responses: Sequence[Template], keys: Sequence[Template]) -> list[tuple[int, int]]:
    """Return the pairs of responses and keys that may be mapped and give the most points in all."""
    if not responses or not keys:
        return []
    points = np.zeros((len(responses), len(keys)))
    for row, response in enumerate(responses):
        for column, key in enumerate(keys):
            if may_map(response, key):
                points[row, column] = 0.01 + sum(tally.points for tally in tally_pair(response, key).values())
    rows, columns = linear_sum_assignment(-points)
    return [
        (int(row), int(column)) for row, column in zip(rows, columns, strict=True) if points[row, column] > 0
    ]


def may_map(response: Template, key: Template) -> bool:
    """Say whether the content allows a mapping."""
    if not _any_worth(4, response, key):
        return False
    return any(_any_worth(slot, response, key) for slot in _CONTENT)


def _any_worth(slot: int, response: Template, key: Template) -> bool:
    return any(
        worth_of(slot, fill.values[0], value) > 0
        for fill in response.fills.get(slot, ())
        for other in key.fills.get(slot, ())
        for value in other.values
    )


def tally_pair(response: Template, key: Template) -> dict[int, Tally]:
    """Return the tallies of each slot of a mapped pair."""
    partners = {slot: _partners(slot, response, key) for slot in (6, 10, 12, 18)}
    plain = _partners(19, response, key)
    tallies = {}
    for slot in SLOTS:
        if slot in key.closed:
            continue
        referred = {**partners[18], **plain} if slot in _HUMAN else _of(partners, _REFERRED.get(slot, ()))
        tallies[slot] = tally_slot(
            response.fills.get(slot, ()), key.fills.get(slot, ()), credit_of(slot, referred)
        )
    return tallies


def _of(
    partners: Mapping[int, dict[str, tuple[str, ...]]], slots: Sequence[int]
) -> dict[str, tuple[str, ...]]:
    return {value: told for slot in slots for value, told in partners[slot].items()}


def _partners(slot: int, response: Template, key: Template) -> dict[str, tuple[str, ...]]:
    """Return, by the value of each response fill, the alternatives of the key fill that it was scored against."""
    ours, theirs = response.fills.get(slot, ()), key.fills.get(slot, ())
    pairs = assign(ours, theirs, lambda one, other: match(slot, one, other, True))
    return {ours[row].values[0]: theirs[column].values for row, column, worth in pairs if worth > 0}


Credit = Callable[[Fill, Fill], float]


def credit_of(slot: int, referred: Mapping[str, tuple[str, ...]]) -> Credit:
    """Return what scores a pair of fills of a slot, given the partners of what they refer to."""

    def credit(response: Fill, key: Fill) -> float:
        tagged = True
        if key.refs and key.refs != ("-",):
            ours = response.refs[0] if response.refs else ""
            tagged = ours in key.refs or bool(set(referred.get(ours, ())) & set(key.refs))
        return match(slot, response, key, tagged)

    return credit


def assign(responses: Sequence[Fill], keys: Sequence[Fill], credit: Credit) -> list[tuple[int, int, float]]:
    """Return pairs of response and key fills with their credit, the most points in all, one to one."""
    keys_held = [number for number, key in enumerate(keys) if key.values]
    if not responses or not keys_held:
        return []
    worth = np.array([[credit(response, keys[number]) for number in keys_held] for response in responses])
    # Among equals what is not optional is answered first.
    firm = np.array([0.001 if not keys[number].optional else 0.0 for number in keys_held])
    rows, columns = linear_sum_assignment(-(worth + firm * (worth > 0)))
    return [
        (int(row), keys_held[int(column)], float(worth[row, column]))
        for row, column in zip(rows, columns, strict=True)
    ]


def tally_slot(responses: Sequence[Fill], keys: Sequence[Fill], credit: Credit) -> Tally:
    """Return the tally of one slot: what is left over on both sides is incorrect, on one missing or spurious."""
    pairs = [pair for pair in assign(responses, keys, credit) if pair[2] > 0]
    answered = {key for _, key, _ in pairs}
    owed = sum(
        bool(key.values) and not key.optional and number not in answered for number, key in enumerate(keys)
    )
    left = len(responses) - len(pairs)
    incorrect = min(owed, left)
    right = sum(worth == 1.0 for _, _, worth in pairs)
    return Tally(
        right=right, partial=len(pairs) - right, incorrect=incorrect, missing=owed - incorrect,
        spurious=left - incorrect,
    )  # fmt: skip
