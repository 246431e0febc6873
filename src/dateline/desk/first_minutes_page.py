"""What somebody sees who has just begun: an empty record, reports that are not joined yet, a job under way."""

from dataclasses import dataclass

from dateline.desk.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstMinutes:
    """How a record stands: `reports` in it, `unlinked` of them that are not joined into events, the job under way, if any."""

    reports: int
    unlinked: int
    under_way: int | None


def first_minutes(desk: Desk) -> FirstMinutes:
    """Return how the record stands."""
    counts = desk.counts()
    job = desk.jobs.under_way()
    return FirstMinutes(reports=counts.reports, unlinked=counts.waiting, under_way=job.id if job else None)
