"""The overview: the events of a record, filtered and listed."""

from dataclasses import dataclass

from dateline.desk.desk import Desk
from dateline.model.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage:
    """The overview: how many events there are, and the first of them."""

    total: int
    events: tuple[Event, ...]


def overview_page(desk: Desk) -> OverviewPage:
    """Return the overview."""
    with desk.events() as events:
        ids = events.ids()
        return OverviewPage(total=len(ids), events=tuple(events.events(ids[:50])))
