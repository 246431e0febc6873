"""What somebody sees who has just begun: an empty record, reports that are not joined yet, a job under way."""

from dataclasses import dataclass

from dateline.desk.desk import Desk
from dateline.desk.jobs import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstMinutes:
    """How a record stands: `reports` in it, `unlinked` of them that are not joined into events, the job under way."""

    reports: int
    unlinked: int
    under_way: Job | None


def first_minutes(desk: Desk) -> FirstMinutes:
    """Return how the record stands."""
    with desk.events() as events:
        reports, _ = events.view.added_since(0)
        return FirstMinutes(
            reports=reports, unlinked=events.unlinked() if reports else 0, under_way=desk.jobs.under_way()
        )
