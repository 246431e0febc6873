"""Reviewed claims as ClaimReview in JSON-LD (schema.org/ClaimReview), only for what a person decided.

What the rating means: the reviewer judged whether the report says this, beside its words, and, if so, whether the
claim stands in the record. It is the reviewer's decision and nothing else: no count of sources, no score of a machine.
"accepted" and "corrected" are rated 3 and 2, "unsure" has no number, "rejected" 1.
"""

import json
from collections.abc import Sequence
from typing import Any

from dateline.export.plain import plain, web_address
from dateline.export.summary import entries_of
from dateline.export.words import chain_words, squeezed
from dateline.model.event import Entry, Event

MEANING = (
    "The decision of a person who read the claim beside the words of its report: accepted, corrected, unsure or "
    "rejected. It says whether the claim stands in this record, not how many sources tell it."
)
RATINGS: dict[str, tuple[int | None, str]] = {
    "accepted": (3, "Accepted: the reviewer lets the claim stand as it was read"),
    "corrected": (2, "Corrected: the reviewer lets the claim stand with a correction"),
    "unsure": (None, "Unsure: the reviewer could not decide"),
    "rejected": (1, "Rejected: the reviewer does not let the claim stand"),
}


def claim_reviews(events: Sequence[Event], reviewer: str) -> str:
    """Return a JSON-LD graph with one ClaimReview for each claim that a person reviewed; others have none.

    `reviewer` names the organisation or person in whose name it is published.
    """
    graph = [_review(event, entry, reviewer) for event, entry in entries_of(events) if entry.state in RATINGS]
    value = {"@context": "https://schema.org", "@graph": graph}
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _review(event: Event, entry: Entry, reviewer: str) -> dict[str, Any]:
    claim = entry.claim
    worth, words = RATINGS[entry.state]
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": words, "ratingExplanation": MEANING}
    if worth is not None:
        rating |= {"ratingValue": worth, "bestRating": 3, "worstRating": 1}
    said = squeezed(plain(claim.evidence.quote)) or f"{claim.type}: {plain(event.title)}"
    return {
        "@type": "ClaimReview",
        "@id": f"urn:dateline:claim:{claim.id}",
        "claimReviewed": said,
        "author": {"@type": "Organization", "name": plain(reviewer)},
        "itemReviewed": {
            "@type": "Claim",
            "identifier": claim.id,
            "author": {"@type": "Thing", "name": plain(_author(entry))},
            "datePublished": entry.told.isoformat(),
            "appearance": _appearance(entry),
        },
        "reviewRating": rating,
    }


def _author(entry: Entry) -> str:
    """Name who says it: the chain of speakers, or the outlet in whose own voice it stands."""
    if entry.claim.attribution:
        return chain_words(entry.claim)
    return entry.report.publisher or "publisher not known"


def _appearance(entry: Entry) -> dict[str, Any]:
    report = entry.report
    work: dict[str, Any] = {"@type": "CreativeWork", "identifier": report.id}
    if report.title:
        work["headline"] = plain(report.title)
    if web_address(report.url):
        work["url"] = plain(report.url or "")
    if report.published:
        work["datePublished"] = report.published.isoformat()
    if report.publisher:
        work["publisher"] = {"@type": "Organization", "name": plain(report.publisher)}
    return work
