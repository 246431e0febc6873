"""What is kept, as the values that its step of the history is a digest of, and as the rows of the database."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from dateline.model.reading import Claim
from dateline.model.review import Review, review_from_json, review_to_json
from dateline.model.text import Report
from dateline.store.base import Custody
from dateline.store.chain import written
from dateline.store.codec import restored, storable

REPORT = "id, title, text, published, published_basis, publisher, publisher_basis, url, name, exact"
ARRIVAL = "locator, name, recorded, fetched_url, exact"
CLAIM = (
    "reading, position, id, report, type, polarity, reality, certainty, country, lat, lon, radius_km, precision, "
    "earliest, latest, actor_side, target_side"
)  # fmt: skip


def report_row(report_id: str, report: Report) -> tuple[Any, ...]:
    """Return a report as its row, but for the step; the id is told, since working it out takes a while."""
    fields, exact = storable(
        {
            "title": report.title, "text": report.text, "published_basis": report.published_basis,
            "publisher": report.publisher, "publisher_basis": report.publisher_basis, "url": report.url,
            "name": report.name,
        }
    )  # fmt: skip
    return (
        report_id, fields["title"], fields["text"], report.published and report.published.isoformat(),
        fields["published_basis"], fields["publisher"], fields["publisher_basis"], fields["url"], fields["name"],
        exact,
    )  # fmt: skip


def report_of(row: tuple[Any, ...]) -> Report:
    """Return the report that a row (`REPORT`) holds."""
    _, title, text, published, published_basis, publisher, publisher_basis, url, name, exact = row
    fields = {
        "title": title, "text": text, "published_basis": published_basis, "publisher": publisher,
        "publisher_basis": publisher_basis, "url": url, "name": name,
    }  # fmt: skip
    day = date.fromisoformat(published) if published else None
    return Report(published=day, **restored(fields, exact))


def report_value(report_id: str, report: Report) -> Any:
    """Return what the history keeps a digest of: the report, its text by digest."""
    day = report.published and report.published.isoformat()
    return [
        report_id, report.digest, report.title, day, report.published_basis, report.publisher,
        report.publisher_basis, report.url, report.name,
    ]  # fmt: skip


def custody_row(custody: Custody) -> tuple[Any, ...]:
    """Return how a report came as its row, but for step, report and original."""
    fields, exact = storable(
        {"locator": custody.locator, "name": custody.name, "fetched_url": custody.fetched_url or ""}
    )
    return fields["locator"], fields["name"], written(custody.recorded), fields["fetched_url"], exact


def custody_of(report: str, original: str, row: tuple[Any, ...]) -> Custody:
    """Return the custody that a row (`ARRIVAL`) holds."""
    locator, name, recorded, fetched_url, exact = row
    fields = restored({"locator": locator, "name": name, "fetched_url": fetched_url}, exact)
    return Custody(
        report=report, original=original, locator=fields["locator"], name=fields["name"],
        recorded=datetime.fromisoformat(recorded).astimezone(UTC), fetched_url=fields["fetched_url"] or None,
    )  # fmt: skip


def custody_value(custody: Custody) -> Any:
    """Return what the history keeps a digest of."""
    return [
        custody.report, custody.original, custody.locator, custody.name, written(custody.recorded), custody.fetched_url,
    ]  # fmt: skip


def original_value(digest: str, name: str, media_type: str, size: int) -> Any:
    """Return what the history keeps a digest of."""
    return [digest, name, media_type, size]


def original_row(digest: str, name: str, media_type: str, size: int) -> tuple[Any, ...]:
    """Return an original as its row, but for the step."""
    fields, exact = storable({"name": name, "media_type": media_type})
    return digest, fields["name"], fields["media_type"], size, exact


def reading_value(report: str, recipe: str, blobs: str) -> Any:
    """Return what the history keeps a digest of: a reading's report, recipe and JSON."""
    return [report, recipe, blobs]


def review_text(review: Review) -> str:
    """Write a review as JSON that any database can hold."""
    return json.dumps(review_to_json(review), ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def review_of(text: str, id: str | None = None) -> Review:
    """Return the review that `review_text` wrote; its id, where it is known, is not worked out again."""
    return review_from_json(json.loads(text), id)


def review_value(review: Review) -> Any:
    """Return what the history keeps a digest of."""
    return review_to_json(review)


def recipe_value(content: str) -> Any:
    """Return what the history keeps a digest of."""
    return json.loads(content)


def claim_rows(reading: int, report: int, claims: tuple[Claim, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows (`CLAIM`) by which the claims of a reading are found."""
    for position, claim in enumerate(claims):
        place, time = claim.place, claim.time
        yield (
            reading, position, claim.id, report, claim.type, claim.polarity, claim.reality, claim.certainty,
            claim.country,
            *((place.lat, place.lon, place.radius_km, place.precision) if place else (None,) * 4),
            *((time.earliest.isoformat(), time.latest.isoformat()) if time else (None, None)),
            next((filler.side for filler in claim.actors), None),
            next((filler.side for filler in claim.targets), None),
        )  # fmt: skip
