"""Claims of sentences of our own, each read once and shared by the tests of a run."""

from functools import cache

import dateline
from dateline.model.reading import Claim
from dateline.model.text import Span
from dateline.model.values import Filler

DAY = "2018-05-10"  # a Thursday


@cache
def told(text: str, publisher: str | None = None) -> tuple[Claim, ...]:
    """Return the claims of a text published on DAY."""
    return dateline.read(text, published=DAY, publisher=publisher).claims


def only(text: str) -> Claim:
    """Return the one claim of a text; fails if it has none or several."""
    claims = told(text)
    assert len(claims) == 1, [(claim.type, claim.trigger.quote) for claim in claims]
    return claims[0]


def by_type(text: str, wanted: str) -> Claim:
    """Return the one claim of a type; fails if the text has none or several of it."""
    claims = [claim for claim in told(text) if claim.type == wanted]
    assert len(claims) == 1, [(claim.type, claim.trigger.quote) for claim in told(text)]
    return claims[0]


def words(values: tuple[Filler, ...] | tuple[Span, ...]) -> list[str]:
    """Return the words of fillers or spans."""
    return [value.span.quote if isinstance(value, Filler) else value.quote for value in values]


def toll(claim: Claim) -> list[tuple[str, int, int | None, str]]:
    """Return a claim's figures as (measure, low, high, of)."""
    return [(figure.measure, figure.low, figure.high, figure.of) for figure in claim.figures]


def days(claim: Claim) -> tuple[str, str] | None:
    """Return a claim's first and last day as written dates, or null."""
    return (claim.time.earliest.isoformat(), claim.time.latest.isoformat()) if claim.time else None


def speakers(claim: Claim) -> list[str | None]:
    """Return the words of a claim's speakers, outermost first; null for one who is not named."""
    return [said.source.span.quote if said.source else None for said in claim.attribution]
