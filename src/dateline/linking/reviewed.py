"""An entry as people's decisions leave it: accepted, rejected, corrected, unsure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from dateline.errors import DatelineError
from dateline.linking.conflicts import corrections, weighed
from dateline.model.event import Entry, ReviewState
from dateline.model.reading import Certainty, Claim, Polarity, Reality
from dateline.model.review import Review, standing
from dateline.model.text import Span
from dateline.model.values import Basis, Figure, Filler, Loss, LossStatus, Measure, Place, Time

_STATES: Mapping[str, ReviewState] = {
    "accept": "accepted",
    "reject": "rejected",
    "unsure": "unsure",
    "correct": "corrected",
}


class CorrectionError(DatelineError):
    """A correction whose field or value cannot be put into a claim."""


def apply_reviews(entry: Entry, reviews: Sequence[Review]) -> Entry:
    """Return an entry as the reviews of its claim leave it; reviews of other claims, notes and links are passed by.

    `reviews` are all in the order made; those taken back are left out here. Corrections add up, the last of a field
    standing. The last decision gives the state: a claim corrected and then accepted is accepted as corrected. While
    people are in conflict (`linking.conflicts`) the claim is "unsure", and a field that they correct differently is as
    the machine read it. Raises CorrectionError for a correction that does not fit the JSON contract.
    """
    claim = entry.claim
    made = [review for review in standing(tuple(reviews)) if claim.id in review.claims]
    weight = weighed(claim.id, made)
    disputed = {conflict.field for conflict in weight.conflicts}
    for review in made:
        if review.kind != "correct":
            continue
        for field, value in corrections(review) or ((review.field or "", review.value),):
            if field not in disputed and (review.id, field) not in weight.set_aside:
                claim = corrected(claim, field, value)
    return replace(entry, claim=claim, state=_state(made, disputed=bool(disputed)) or entry.state)


def review_state(claim: str, made: Sequence[Review]) -> ReviewState:
    """Return the state that the standing decisions about a claim, in the order made, leave it in."""
    return _state(made, disputed=bool(weighed(claim, made).conflicts)) or "unreviewed"


def _state(made: Iterable[Review], *, disputed: bool) -> ReviewState | None:
    if disputed:
        return "unsure"
    states = [_STATES[review.kind] for review in made if review.kind in _STATES]
    return states[-1] if states else None


def corrected(claim: Claim, field: str, value: Any) -> Claim:
    """Return a claim with one field of the JSON contract set to a JSON value; it keeps its id.

    A value without words of its own ("start", "end", "quote") stands on the claim's evidence.
    """
    setter = _SETTERS.get(field)
    if setter is None:
        known = ", ".join(sorted(_SETTERS))
        raise CorrectionError(
            f"claim {claim.id}: field {field!r} cannot be corrected; those that can are {known}"
        )
    try:
        return setter(claim, value)
    except (KeyError, TypeError, ValueError) as error:
        raise CorrectionError(
            f"claim {claim.id}: the correction of {field} does not fit: {error!r}; "
            "give it as the field stands in the JSON of the claim"
        ) from error


def _span(claim: Claim, value: Mapping[str, Any]) -> Span:
    if value.get("quote") is None:
        return claim.evidence
    return Span(start=int(value["start"]), end=int(value["end"]), quote=str(value["quote"]))


def _one_of(value: Any, allowed: Any) -> Any:
    if value not in get_args(allowed):
        raise ValueError(f"{value!r} is none of {', '.join(get_args(allowed))}")
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{value!r} is no whole number of 0 or more")
    return value


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _text(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value


def _figure(claim: Claim, value: Mapping[str, Any]) -> Figure:
    low = _whole(value["low"])
    high = None if value.get("high") is None else _whole(value["high"])
    if high is not None and high < low:
        raise ValueError(f"high {high} is below low {low}")
    of = value.get("of_span")
    return Figure(
        span=_span(claim, value), measure=_one_of(value["measure"], Measure), low=low, high=high,
        of=_one_of(value["of"], _OF), of_span=_span(claim, of) if of else None,
    )  # fmt: skip


_OF = Figure.__annotations__["of"]


def _loss(claim: Claim, value: Mapping[str, Any]) -> Loss:
    count = value.get("count")
    return Loss(
        span=_span(claim, value), item=str(value["item"]), count=None if count is None else _whole(count),
        status=_one_of(value["status"], LossStatus),
    )  # fmt: skip


def _filler(claim: Claim, value: Mapping[str, Any]) -> Filler:
    return Filler(
        span=_span(claim, value), name=_text(value.get("name")), side=_text(value.get("side")),
        id=_text(value.get("id")),
    )  # fmt: skip


def _place(claim: Claim, value: Mapping[str, Any] | None) -> Place | None:
    if value is None:
        return None
    relation = value.get("relation_span")
    return Place(
        span=_span(claim, value), name=str(value["name"]),
        geonames=None if value.get("geonames") is None else int(value["geonames"]), id=_text(value.get("id")),
        country=_text(value.get("country")), lat=_number(value.get("lat")), lon=_number(value.get("lon")),
        radius_km=_number(value.get("radius_km")),
        precision=None if value.get("precision") is None else int(value["precision"]),
        relation=_text(value.get("relation")), distance_km=_number(value.get("distance_km")),
        relation_span=_span(claim, relation) if relation else None, kind=_text(value.get("kind")),
    )  # fmt: skip


def _time(claim: Claim, value: Mapping[str, Any] | None) -> Time | None:
    if value is None:
        return None
    earliest, latest = date.fromisoformat(value["earliest"]), date.fromisoformat(value["latest"])
    if latest < earliest:
        raise ValueError(f"latest {latest} is before earliest {earliest}")
    return Time(
        span=_span(claim, value), earliest=earliest, latest=latest, precision=str(value.get("precision") or "day"),
        basis=_one_of(value.get("basis") or "stated", Basis),
    )  # fmt: skip


def _fillers(claim: Claim, value: Any) -> tuple[Filler, ...]:
    return tuple(_filler(claim, one) for one in value)


def _roles(claim: Claim, value: Mapping[str, Any]) -> Claim:
    return replace(
        claim, actors=_fillers(claim, value.get("actor", ())), targets=_fillers(claim, value.get("target", ())),
        instruments=_fillers(claim, value.get("instrument", ())),
    )  # fmt: skip


def _type(claim: Claim, value: Any) -> Claim:
    if not isinstance(value, str) or "." not in value:
        raise ValueError(f"{value!r} is no event type")
    return replace(claim, type=value)


def _placed(claim: Claim, value: Any) -> Claim:
    place = _place(claim, value)
    if place is None or place.country is None:
        return replace(claim, place=place)
    return replace(claim, place=place, country=place.country, country_basis="place")


_SETTERS: Mapping[str, Callable[[Claim, Any], Claim]] = {
    "type": _type,
    "figures": lambda claim, value: replace(claim, figures=tuple(_figure(claim, one) for one in value)),
    "losses": lambda claim, value: replace(claim, losses=tuple(_loss(claim, one) for one in value)),
    "place": _placed,
    "country": lambda claim, value: replace(
        claim, country=_text(value), country_basis="place" if value else None
    ),
    "time": lambda claim, value: replace(claim, time=_time(claim, value)),
    "roles": _roles,
    "roles.actor": lambda claim, value: replace(claim, actors=_fillers(claim, value)),
    "roles.target": lambda claim, value: replace(claim, targets=_fillers(claim, value)),
    "roles.instrument": lambda claim, value: replace(claim, instruments=_fillers(claim, value)),
    "polarity": lambda claim, value: replace(claim, polarity=_one_of(value, Polarity)),
    "reality": lambda claim, value: replace(claim, reality=_one_of(value, Reality)),
    "certainty": lambda claim, value: replace(claim, certainty=_one_of(value, Certainty)),
}
