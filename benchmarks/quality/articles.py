"""Score the reading of whole articles: claims by source, and the traps among them."""

from collections.abc import Sequence

from benchmarks.quality.gold import Document, Record
from benchmarks.quality.mapping import is_real
from benchmarks.quality.pairing import pair
from benchmarks.quality.scoring import (
    Sheet,
    score_fields,
    score_figures,
    score_found,
    score_traps,
    score_triggers,
)
from benchmarks.quality.wire import Reader, read_document, run

FIELDS = ("place", "date", "source", "country", "actor", "target", "certainty", "cue", "chain")
# Told over all pairs, traps among them: over what happened alone they would say little.
MODES = ("reality", "polarity")
MAIN = ("found", "type", "figures", "traps avoided", "place", "date", "source", "certainty", *MODES)


def score_document(document: Document, claims: list[Record]) -> Sheet:
    """Score one article's claims of what happened or goes on; reality and polarity over all its claims."""
    sheet = Sheet(document=document.id)
    events = document.events
    claim_at = [index for index, claim in enumerate(claims) if is_real(claim)]
    event_at = [index for index, event in enumerate(events) if is_real(event)]
    real_claims = [claims[index] for index in claim_at]
    real_events = [events[index] for index in event_at]
    pairing = score_found(sheet, real_claims, real_events)
    score_triggers(sheet, real_claims, real_events)
    score_figures(sheet, real_claims, real_events, pairing)
    score_fields(sheet, real_claims, real_events, pairing, FIELDS)
    score_fields(sheet, claims, events, dict(pair(claims, events)), MODES)
    score_traps(sheet, claims, events, {claim_at[c]: event_at[e] for c, e in pairing.items()})
    return sheet


def main(argv: Sequence[str], reader: Reader = read_document) -> int:
    """Score a file of articles; see `--help`."""
    return run(
        argv,
        benchmark="articles",
        description=score_document.__doc__ or "",
        names=("articles/dev.jsonl", "dev.jsonl"),
        scorer=score_document,
        scores=("found", "found by trigger", "type", "figures", "traps avoided", *FIELDS, *MODES),
        main=MAIN,
        reader=reader,
    )
