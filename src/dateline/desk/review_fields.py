"""The fields of a claim for one who checks them: the value in words, the words it was read from, what was corrected."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.desk.words import N_
from dateline.export.words import (
    chain_words,
    extent_words,
    figure_words,
    filler_words,
    loss_words,
    place_words,
    squeezed,
    time_words,
    where_words,
)
from dateline.model.reading import Claim
from dateline.model.review import Review
from dateline.model.text import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue:
    """One value of a field in words, and the words of the report that it stands on, with their place (code points)."""

    words: str
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewField:
    """A field of a claim: its name in the JSON, what it is called, its values, and how the machine read it if it was
    corrected since."""

    name: str
    label: str
    values: tuple[FieldValue, ...]
    read: tuple[FieldValue, ...] | None = None


def claim_fields(claim: Claim, read: Claim) -> tuple[ReviewField, ...]:
    """Return the fields of a claim as it stands, beside the machine's reading where they differ."""
    found = []
    for name, (label, values_of) in _FIELDS.items():
        values, machine = values_of(claim), values_of(read)
        found.append(
            ReviewField(name=name, label=label, values=values, read=machine if machine != values else None)
        )
    return tuple(found)


def value_words(review: Review) -> str:
    """Say in words what a decision sets a field to; empty if it is no correction."""
    if review.kind != "correct":
        return ""
    return _told(review.value) or "nothing"


def _told(value: Any) -> str:
    if isinstance(value, Mapping):
        if "measure" in value:
            low, high = value.get("low"), value.get("high")
            number = f"{low}" if low == high else f"{low} or more" if high is None else f"{low} to {high}"
            return f"{number} {value.get('of')} {value['measure']}"
        if "earliest" in value:
            first, last = value.get("earliest"), value.get("latest")
            return f"{first}" if first == last else f"{first} to {last}"
        if "name" in value:
            more = value.get("country") or value.get("side")
            return f"{value['name']}{f' ({more})' if more else ''}"
        return "; ".join(f"{name}: {_told(one)}" for name, one in value.items() if one)
    if isinstance(value, list | tuple):
        return "; ".join(_told(one) for one in value)
    return "" if value is None else str(value)


def _value(words: str, span: Span | None, note: str = "") -> FieldValue:
    if span is None:
        return FieldValue(words=words, note=note)
    return FieldValue(words=words, quote=span.quote, start=span.start, end=span.end, note=note)


def _types(claim: Claim) -> tuple[FieldValue, ...]:
    return (_value(claim.type, claim.trigger),)


def _places(claim: Claim) -> tuple[FieldValue, ...]:
    if claim.place is None:
        return (FieldValue(words=where),) if (where := where_words(claim)) else ()
    return (_value(place_words(claim.place), claim.place.span, extent_words(claim.place)),)


def _times(claim: Claim) -> tuple[FieldValue, ...]:
    if claim.time is None:
        return ()
    note = "worked out from another date" if claim.time.basis == "relative" else ""
    return (_value(time_words(claim.time), claim.time.span, note),)


def _said(claim: Claim) -> tuple[FieldValue, ...]:
    innermost = claim.attribution[-1] if claim.attribution else None
    return (_value(chain_words(claim), innermost.cue if innermost else None),)


def _hedged(claim: Claim) -> tuple[FieldValue, ...]:
    hedges = tuple(_value(squeezed(hedge.quote), hedge) for hedge in claim.hedges)
    return (FieldValue(words=claim.certainty), *hedges) if hedges else (FieldValue(words=claim.certainty),)


_FIELDS: Mapping[str, tuple[str, Callable[[Claim], tuple[FieldValue, ...]]]] = {
    "type": (N_("What kind of event"), _types),
    "place": (N_("Where"), _places),
    "time": (N_("When"), _times),
    "figures": (
        N_("Figures"),
        lambda claim: tuple(_value(figure_words(one), one.span) for one in claim.figures),
    ),
    "losses": (
        N_("Equipment lost"),
        lambda claim: tuple(_value(loss_words(one), one.span) for one in claim.losses),
    ),
    "roles.actor": (
        N_("Who did it"),
        lambda claim: tuple(_value(filler_words(one), one.span, one.side or "") for one in claim.actors),
    ),
    "roles.target": (
        N_("To whom"),
        lambda claim: tuple(_value(filler_words(one), one.span, one.side or "") for one in claim.targets),
    ),
    "roles.instrument": (
        N_("With what"),
        lambda claim: tuple(_value(filler_words(one), one.span) for one in claim.instruments),
    ),
    "attribution": (N_("Who says so"), _said),
    "certainty": (N_("How surely"), _hedged),
    "reality": (N_("Whether it happened"), lambda claim: (FieldValue(words=claim.reality),)),
    "polarity": (N_("Said or denied"), lambda claim: (FieldValue(words=claim.polarity),)),
}
