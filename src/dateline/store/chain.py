"""The history as a chain of hashes: each step's hash covers the step and the hash of the step before it."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from dateline.model.ids import canonical_json
from dateline.store.base import Step

# What the first step names as the hash before it.
START = "0" * 64


def content_digest(value: Any) -> str:
    """Return the SHA-256 of a JSON value's canonical form, in hex."""
    return hashlib.sha256(canonical_json(value).encode("utf-8", "surrogatepass")).hexdigest()


def written(at: datetime) -> str:
    """Write a time in UTC to the microsecond, so that texts sort as times do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def step_hash(number: int, at: str, kind: str, subject: str, digest: str, previous: str) -> str:
    """Return the hash of a step: SHA-256 of the canonical JSON of the array of these six."""
    return content_digest([number, at, kind, subject, digest, previous])


def next_step(last: Step | None, *, at: datetime, kind: str, subject: str, digest: str) -> Step:
    """Return the step behind another; when the clock has run back, the time of the last step is kept."""
    if last is not None and at < last.at:
        at = last.at
    number, previous = (last.number + 1, last.hash) if last else (1, START)
    return Step(
        number=number, at=at, kind=kind, subject=subject, digest=digest, previous=previous,
        hash=step_hash(number, written(at), kind, subject, digest, previous),
    )  # fmt: skip


def step_values(step: Step) -> tuple[int, str, str, str, str, str, str]:
    """Return a step as the row of the history that holds it."""
    return (step.number, written(step.at), step.kind, step.subject, step.digest, step.previous, step.hash)


def step_of(row: tuple[int, str, str, str, str, str, str]) -> Step:
    """Return the step that a row of the history holds."""
    number, at, kind, subject, digest, previous, own = row
    return Step(
        number=number, at=datetime.fromisoformat(at), kind=kind, subject=subject, digest=digest,
        previous=previous, hash=own,
    )  # fmt: skip
