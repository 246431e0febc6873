"""A reading as JSON: the one shape that `dateline read --json` prints, field by field."""

import json
from datetime import date
from typing import Any

from dateline.model.reading import Attribution, Claim, Mention, Problem, Reading, Recipe
from dateline.model.text import Report, Span
from dateline.model.values import Figure, Filler, Loss, Place, Time

Json = dict[str, Any]


def reading_to_json(reading: Reading) -> Json:
    """Return a reading as plain JSON values; docs/reference/json.md says what each field means."""
    return {
        "report": _report(reading.report),
        "recipe": _recipe(reading.recipe),
        "claims": [claim_to_json(claim) for claim in reading.claims],
        "attributions": [_attribution(attribution) for attribution in reading.attributions],
        "mentions": [_mention(mention) for mention in reading.mentions],
        "problems": [_problem(problem) for problem in reading.problems],
    }


def json_line(reading: Reading) -> str:
    """Return a reading as one line of JSON that encodes to UTF-8; equal readings give equal lines."""
    value = reading_to_json(reading)
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_other)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        # Halves of surrogate pairs have no UTF-8 form; they are escaped.
        line = json.dumps(value, ensure_ascii=True, separators=(",", ":"), default=_other)
    return line


def _other(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Span):
        return _span(value)
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _report(report: Report) -> Json:
    return {
        "id": report.id,
        "digest": report.digest,
        "name": report.name,
        "title": report.title,
        "published": _day(report.published),
        "published_basis": report.published_basis,
        "publisher": report.publisher,
        "publisher_basis": report.publisher_basis,
        "url": report.url,
        "text": report.text,
    }


def _recipe(recipe: Recipe) -> Json:
    return {
        "package": recipe.package,
        "codebook": recipe.codebook,
        "models": list(recipe.models),
        "settings": recipe.settings,
    }


def claim_to_json(claim: Claim) -> Json:
    """Return a claim as plain JSON values, as a reading holds it."""
    return {
        "id": claim.id,
        "type": claim.type,
        "trigger": _span(claim.trigger),
        "evidence": _span(claim.evidence),
        "roles": {
            "actor": [_filler(filler) for filler in claim.actors],
            "target": [_filler(filler) for filler in claim.targets],
            "instrument": [_filler(filler) for filler in claim.instruments],
        },
        "figures": [_figure(figure) for figure in claim.figures],
        "losses": [_loss(loss) for loss in claim.losses],
        "place": place_to_json(claim.place) if claim.place else None,
        "country": claim.country,
        "country_basis": claim.country_basis,
        "time": _time(claim.time) if claim.time else None,
        "polarity": claim.polarity,
        "reality": claim.reality,
        "certainty": claim.certainty,
        "factuality": claim.factuality,
        "hedges": [_span(hedge) for hedge in claim.hedges],
        "attribution": [_claim_attribution(attribution, claim.trigger) for attribution in claim.attribution],
        "tellings": [_span(telling) for telling in claim.tellings],
        "by": list(claim.by),
    }


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end, "quote": span.quote}


def _span_or_none(span: Span | None) -> Json | None:
    return _span(span) if span else None


def _filler(filler: Filler) -> Json:
    return {**_span(filler.span), "name": filler.name, "side": filler.side, "id": filler.id}


def _figure(figure: Figure) -> Json:
    return {
        "measure": figure.measure,
        "low": figure.low,
        "high": figure.high,
        "of": figure.of,
        **_span(figure.span),
        "of_span": _span_or_none(figure.of_span),
    }


def _loss(loss: Loss) -> Json:
    return {"item": loss.item, "count": loss.count, "status": loss.status, **_span(loss.span)}


def place_to_json(place: Place) -> Json:
    """Return a place as plain JSON values, as a claim holds it."""
    return {
        "name": place.name,
        **_span(place.span),
        "geonames": place.geonames,
        "id": place.id,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": place.radius_km,
        "precision": place.precision,
        "relation": place.relation,
        "distance_km": place.distance_km,
        "relation_span": _span_or_none(place.relation_span),
        "kind": place.kind,
        "basis": place.basis,
    }


def _time(time: Time) -> Json:
    return {
        "earliest": time.earliest.isoformat(),
        "latest": time.latest.isoformat(),
        "precision": time.precision,
        "basis": time.basis,
        **_span(time.span),
    }


def _attribution(attribution: Attribution) -> Json:
    return {
        "source": _filler(attribution.source) if attribution.source else None,
        "kind": attribution.kind,
        "cue": _span_or_none(attribution.cue),
        "content": [_span(part) for part in attribution.content],
        "direct_quote": attribution.direct_quote,
    }


def _claim_attribution(attribution: Attribution, trigger: Span) -> Json:
    """Write an attribution of a claim: its `content` is the part with the trigger, or else the first."""
    parts = attribution.content
    holding = [part for part in parts if part.start <= trigger.start and trigger.end <= part.end]
    content = (*holding, *parts, None)[0]
    return {**_attribution(attribution), "content": _span_or_none(content)}


def _mention(mention: Mention) -> Json:
    return {"kind": mention.kind, **_span(mention.span), "value": mention.value}


def _problem(problem: Problem) -> Json:
    return {
        "code": problem.code,
        "message": problem.message,
        "field": problem.field,
        "span": _span_or_none(problem.span),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
