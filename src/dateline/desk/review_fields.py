"""The fields of a claim for one who checks them: the value in words, the words it was read from, what was corrected."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.desk.phrases import ENGLISH, Phrases
from dateline.desk.words import N_, word
from dateline.export.words import filler_words, squeezed
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


def claim_fields(claim: Claim, read: Claim, phrases: Phrases = ENGLISH) -> tuple[ReviewField, ...]:
    """Return the fields of a claim as it stands, beside the machine's reading where they differ."""
    found = []
    for name, (label, values_of) in _FIELDS.items():
        values, machine = values_of(claim, phrases), values_of(read, phrases)
        found.append(
            ReviewField(name=name, label=label, values=values, read=machine if machine != values else None)
        )
    return tuple(found)


def value_words(review: Review, phrases: Phrases = ENGLISH) -> str:
    """Say in words what a decision sets a field to; empty if it is no correction."""
    if review.kind != "correct":
        return ""
    if review.field in ("type", "certainty", "reality", "polarity") and isinstance(review.value, str):
        return phrases.said(word(review.value, review.field))
    return _told(review.value, phrases) or phrases.said(N_("nothing"))


def _told(value: Any, phrases: Phrases) -> str:
    if isinstance(value, Mapping):
        if "measure" in value:
            return _figure(value, phrases)
        if "earliest" in value:
            return _days(value, phrases)
        if "name" in value:
            more = value.get("country") or value.get("side")
            return f"{value['name']}{f' ({more})' if more else ''}"
        return "; ".join(f"{name}: {_told(one, phrases)}" for name, one in value.items() if one)
    if isinstance(value, list | tuple):
        return "; ".join(_told(one, phrases) for one in value)
    return "" if value is None else str(value)


def _figure(value: Mapping[str, Any], phrases: Phrases) -> str:
    # What people wrote is taken as it is: a decision of an older form may hold anything.
    low, high = value.get("low"), value.get("high")
    count = f"{low}–{high}"
    if isinstance(low, int) and (high is None or isinstance(high, int)):
        count = phrases.count(low, high)
    measure, of = (str(value.get(name) or "") for name in ("measure", "of"))
    return f"{phrases.said(word(measure, 'measure'))}: {count} ({phrases.said(word(of, 'of'))})"


def _days(value: Mapping[str, Any], phrases: Phrases) -> str:
    first, last = value.get("earliest"), value.get("latest")
    try:
        return phrases.days(date.fromisoformat(str(first)), date.fromisoformat(str(last)))
    except ValueError:
        return f"{first} – {last}"


def _value(words: str, span: Span | None, note: str = "") -> FieldValue:
    if span is None:
        return FieldValue(words=words, note=note)
    return FieldValue(words=words, quote=span.quote, start=span.start, end=span.end, note=note)


def _types(claim: Claim, phrases: Phrases) -> tuple[FieldValue, ...]:
    note = phrases.said(N_("read by the trained model alone")) if claim.by == ("model",) else ""
    return (_value(claim.type, claim.trigger, note),)


def _places(claim: Claim, phrases: Phrases) -> tuple[FieldValue, ...]:
    if claim.place is None:
        return (FieldValue(words=where),) if (where := phrases.where(claim)) else ()
    return (_value(phrases.place(claim.place), claim.place.span, phrases.extent(claim.place)),)


def _times(claim: Claim, phrases: Phrases) -> tuple[FieldValue, ...]:
    if claim.time is None:
        return ()
    note = phrases.said(N_("worked out from another date")) if claim.time.basis == "relative" else ""
    return (_value(phrases.days(claim.time.earliest, claim.time.latest), claim.time.span, note),)


def _said(claim: Claim, phrases: Phrases) -> tuple[FieldValue, ...]:
    innermost = claim.attribution[-1] if claim.attribution else None
    return (_value(phrases.chain(claim), innermost.cue if innermost else None),)


def _hedged(claim: Claim, phrases: Phrases) -> tuple[FieldValue, ...]:
    hedges = tuple(_value(squeezed(hedge.quote), hedge) for hedge in claim.hedges)
    return (FieldValue(words=claim.certainty), *hedges) if hedges else (FieldValue(words=claim.certainty),)


_FIELDS: Mapping[str, tuple[str, Callable[[Claim, Phrases], tuple[FieldValue, ...]]]] = {
    "type": (N_("What kind of event"), _types),
    "place": (N_("Where"), _places),
    "time": (N_("When"), _times),
    "figures": (
        N_("Figures"),
        lambda claim, phrases: tuple(_value(phrases.figure(one), one.span) for one in claim.figures),
    ),
    "losses": (
        N_("Equipment lost"),
        lambda claim, phrases: tuple(_value(phrases.loss(one), one.span) for one in claim.losses),
    ),
    "roles.actor": (
        N_("Who did it"),
        lambda claim, phrases: tuple(
            _value(filler_words(one), one.span, one.side or "") for one in claim.actors
        ),
    ),
    "roles.target": (
        N_("To whom"),
        lambda claim, phrases: tuple(
            _value(filler_words(one), one.span, one.side or "") for one in claim.targets
        ),
    ),
    "roles.instrument": (
        N_("With what"),
        lambda claim, phrases: tuple(_value(filler_words(one), one.span) for one in claim.instruments),
    ),
    "attribution": (N_("Who says so"), _said),
    "certainty": (N_("How surely"), _hedged),
    "reality": (N_("Whether it happened"), lambda claim, phrases: (FieldValue(words=claim.reality),)),
    "polarity": (N_("Said or denied"), lambda claim, phrases: (FieldValue(words=claim.polarity),)),
}
