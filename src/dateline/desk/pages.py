"""All pages of the desk."""

from dateline.desk import (
    event_decisions_routes,
    overview_routes,
    preference_routes,
    review_routes,
    team_routes,
)
from dateline.desk.call import Page

PAGES: tuple[Page, ...] = (
    *overview_routes.PAGES,
    *preference_routes.PAGES,
    *team_routes.PAGES,
    *review_routes.PAGES,
    *event_decisions_routes.PAGES,
)
