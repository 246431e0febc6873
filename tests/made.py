"""Made reports, claims and gold events for the tests of the benchmarks; of our own writing."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from benchmarks.quality import articles, wire
from benchmarks.quality.gold import Document, Record, event_of, occurrences
from benchmarks.quality.mapping import records_of
from benchmarks.quality.report import Rate

from dateline.model.reading import Attribution, Claim, Reading, Recipe, SourceKind
from dateline.model.text import Report, Span, span_at
from dateline.model.values import Figure, Filler, Loss, Place, Time

MARKET = (
    "Shells hit market in Aleppo\n\n"
    "Shells hit market in Aleppo on Monday and killed 12 people, a medic told Reuters. "
    "The army denied that it bombed the clinic. Rebels plan to storm the citadel."
)
SIEGE = (
    "Governor Omar Haddad said rockets killed 40 soldiers at the depot on Monday.\n\n"
    "Two tanks burned. Rebels threatened to shell the port."
)
RECIPE = Recipe(package="0", codebook="0", models=(), settings="")


def span(text: str, words: str, at: int = 0) -> Span:
    """Return the span of an occurrence of words, counted from 0."""
    start, end = occurrences(text, words)[at]
    return span_at(text, start, end)


def claim(text: str, trigger: str, kind: str = "strike.shelling", at: int = 0, **fields: Any) -> Claim:
    """Return a claim whose trigger and evidence are an occurrence of words."""
    here = span(text, trigger, at)
    return Claim(**{"id": trigger, "type": kind, "trigger": here, "evidence": here, **fields})


def filler(words: str, **fields: Any) -> Filler:
    """Return a filler whose place in the text does not matter."""
    return Filler(span=Span(start=0, end=len(words), quote=words), **fields)


def speaker(words: str | None, cue: str | None, kind: SourceKind = "named_person") -> Attribution:
    """Return an attribution by someone, or by no one named."""
    return Attribution(
        source=filler(words) if words else None,
        kind=kind,
        cue=filler(cue).span if cue else None,
        content=(),
        direct_quote=False,
    )


def reading(text: str, claims: Sequence[Claim], **parts: Any) -> Reading:
    """Return a reading of the text with these claims."""
    empty: dict[str, Any] = {"attributions": (), "mentions": (), "problems": ()}
    return Reading(report=Report(text=text), recipe=RECIPE, claims=tuple(claims), **{**empty, **parts})


def event(text: str, quote: str, kind: str = "strike.shelling", **fields: Any) -> Record:
    """Return a gold event."""
    return event_of({"type": kind, "quote": quote, **fields}, text)


def document(*events: Record, text: str = MARKET) -> Document:
    """Return a document with these events."""
    return Document(id="m1", text=text, published=date(2016, 9, 28), publisher="x", events=events)


def records(*claims: Claim) -> list[Record]:
    """Return the records of claims, every side standing for itself."""
    return records_of(reading(MARKET, claims), lambda side: side)


def score(*claims: Claim, gold: Sequence[Record]) -> dict[str, Rate]:
    """Return the wire's counts of these claims against this gold."""
    return wire.score_document(document(*gold), records(*claims)).rates


def score_article(*claims: Claim, gold: Sequence[Record]) -> dict[str, Rate]:
    """Return the articles' counts of these claims against this gold."""
    return articles.score_document(document(*gold), records(*claims)).rates


def depot(**fields: Any) -> Claim:
    """Return a claim that is right in every field of the item but the hedge."""
    monday = date(2013, 8, 5)
    right: dict[str, Any] = {
        "attribution": (speaker("Governor Omar Haddad", "said"),),
        "targets": (filler("soldiers", side="SY"),),
        "figures": (Figure(span=span(SIEGE, "40"), measure="killed", low=40, high=40, of="combatants"),),
        "place": Place(span=span(SIEGE, "depot"), name="the depot", lat=34.74, lon=36.72),
        "time": Time(
            span=span(SIEGE, "Monday"), earliest=monday, latest=monday, precision="day", basis="relative"
        ),
        "losses": (Loss(span=span(SIEGE, "tanks"), item="tanks", count=2, status="destroyed"),),
        "instruments": (filler("rockets"),),
    }  # fmt: skip
    return claim(SIEGE, "killed", **{**right, **fields})
