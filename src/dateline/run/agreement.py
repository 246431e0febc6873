"""How far people who decided about the same claims agree: Krippendorff's alpha, field by field."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

import numpy as np
from krippendorff import alpha

from dateline.errors import DatelineError
from dateline.linking.conflicts import VERDICTS
from dateline.linking.reviewed import corrected
from dateline.model.reading import Claim
from dateline.model.review import Review

Level = Literal["nominal", "interval", "ratio"]
Value = str | float | None
NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What one person made of one claim: the decision, and the value of each field; null where they gave none.

    Who accepted or corrected a claim gave the value that the machine read, but for what they corrected themselves; who
    rejected it or was unsure gave none.
    """

    claim: str
    who: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far people agree on one field.

    `units` are the claims for which two people or more gave a value, `coders` those people. `alpha` is Krippendorff's,
    null where it says nothing: no unit, or all gave one value. `percent` is the share of pairs of people within a claim
    that gave the same value, of 100; null without a unit.
    """

    field: str
    level: Level
    units: int
    coders: int
    alpha: float | None
    percent: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAgreement:
    """How far two people agree on whether claims stand."""

    left: str
    right: str
    agreement: Agreement


# How each field is compared. Days are numbers (ordinals), and so their distances count; tolls are on a ratio scale.
LEVELS: Mapping[str, Level] = {
    "decision": "nominal", "type": "nominal", "place": "nominal", "country": "nominal", "day": "interval",
    "killed": "ratio", "wounded": "ratio", "actor": "nominal", "target": "nominal", "reality": "nominal",
    "polarity": "nominal", "certainty": "nominal",
}  # fmt: skip


def codings(by_claim: Mapping[str, Sequence[Review]], claims: Mapping[str, Claim]) -> tuple[Coding, ...]:
    """Return what each person made of each claim that two or more decided about, by claim and person.

    `by_claim` are the standing decisions in the order made, `claims` the claims as the machine read them.
    """
    found = []
    for claim in sorted(by_claim.keys() & claims.keys()):
        by_person: dict[str, list[Review]] = {}
        for review in by_claim[claim]:
            if review.kind in VERDICTS and not review.settles:
                by_person.setdefault(review.who, []).append(review)
        if len(by_person) > 1:
            found += [_coding(claims[claim], who, held) for who, held in sorted(by_person.items())]
    return tuple(found)


def _coding(claim: Claim, who: str, held: Sequence[Review]) -> Coding:
    decision = held[-1].kind
    values: dict[str, Value] = {"decision": decision}
    if decision in ("accept", "correct"):
        own = claim
        for review in held:
            if review.kind == "correct" and review.field:
                try:
                    own = corrected(own, review.field, review.value)
                except DatelineError:
                    # Kept by a version with other fields: it is no value of any of ours.
                    continue
        values |= {field: read(own) for field, read in _READ.items()}
    return Coding(claim=claim.id, who=who, values=values)


def agreement(coded: Iterable[Coding], field: str) -> Agreement:
    """Return how far people agree on a field (of `LEVELS`)."""
    units: dict[str, dict[str, str | float]] = {}
    for one in coded:
        value = one.values.get(field)
        if value is not None:
            units.setdefault(one.claim, {})[one.who] = value
    pairable = {claim: values for claim, values in units.items() if len(values) > 1}
    people = {who for values in pairable.values() for who in values}
    level = LEVELS[field]
    return Agreement(
        field=field, level=level, units=len(pairable), coders=len(people),
        alpha=_alpha(pairable, sorted(people), level), percent=_percent(pairable.values()),
    )  # fmt: skip


def pairs(coded: Sequence[Coding]) -> tuple[PairAgreement, ...]:
    """Return how far each two people agree on whether claims stand, those with most claims in common first."""
    found = [
        PairAgreement(
            left=left,
            right=right,
            agreement=agreement((one for one in coded if one.who in (left, right)), "decision"),
        )
        for left, right in combinations(sorted({one.who for one in coded}), 2)
    ]
    shared = [one for one in found if one.agreement.units]
    return tuple(sorted(shared, key=lambda one: (-one.agreement.units, one.left, one.right)))


def _alpha(
    units: Mapping[str, Mapping[str, str | float]], people: Sequence[str], level: Level
) -> float | None:
    values = {value for held in units.values() for value in held.values()}
    if len(values) < 2:
        return None
    # Categories as numbers: only whether two are equal counts of them.
    code: dict[Any, float] = {
        value: float(number if level == "nominal" else value)
        for number, value in enumerate(sorted(values, key=str))
    }
    matrix = np.array(
        [[code[held[who]] if who in held else np.nan for held in units.values()] for who in people]
    )
    return float(alpha(reliability_data=matrix, level_of_measurement=level))


def _percent(units: Iterable[Mapping[str, str | float]]) -> float | None:
    same = total = 0
    for held in units:
        for left, right in combinations(held.values(), 2):
            same, total = same + (left == right), total + 1
    return 100 * same / total if total else None


def _place(claim: Claim) -> Value:
    place = claim.place
    if place is None:
        return NONE
    return str(place.geonames or place.id or place.name.casefold())


def _toll(measure: str) -> Callable[[Claim], Value]:
    def read(claim: Claim) -> Value:
        figures = [one for one in claim.figures if one.measure == measure]
        whole = [one.low for one in figures if one.of == "people"]
        return float(max(whole)) if whole else float(sum(one.low for one in figures)) if figures else None

    return read


def _names(fillers: Sequence[Any]) -> Value:
    return "; ".join(sorted((one.name or one.span.quote).casefold() for one in fillers)) or NONE


_READ: Mapping[str, Callable[[Claim], Value]] = {
    "type": lambda claim: claim.type,
    "place": _place,
    "country": lambda claim: claim.country or NONE,
    "day": lambda claim: float(claim.time.earliest.toordinal()) if claim.time else None,
    "killed": _toll("killed"),
    "wounded": _toll("wounded"),
    "actor": lambda claim: _names(claim.actors),
    "target": lambda claim: _names(claim.targets),
    "reality": lambda claim: claim.reality,
    "polarity": lambda claim: claim.polarity,
    "certainty": lambda claim: claim.certainty,
}
