"""The overview: the events of a record, filtered and listed."""

from dataclasses import dataclass

from dateline.desk.desk import Desk
from dateline.desk.first_minutes_page import FirstMinutes, first_minutes
from dateline.model.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage:
    """The overview: how many events there are, the first of them, and what is to be done first."""

    first: FirstMinutes
    total: int
    events: tuple[Event, ...]


def overview_page(desk: Desk) -> OverviewPage:
    """Return the overview."""
    with desk.events() as events:
        ids = events.ids()
        return OverviewPage(first=first_minutes(desk), total=len(ids), events=tuple(events.events(ids[:50])))
