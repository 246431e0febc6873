"""All pages of the desk."""

from dateline.desk import (
    codebook_routes,
    event_decisions_routes,
    history_routes,
    overview_routes,
    preference_routes,
    publish_routes,
    review_routes,
    sources_routes,
    team_routes,
)
from dateline.desk.call import Page

PAGES: tuple[Page, ...] = (
    *overview_routes.PAGES,
    *sources_routes.PAGES,
    *codebook_routes.PAGES,
    *history_routes.PAGES,
    *publish_routes.PAGES,
    *preference_routes.PAGES,
    *team_routes.PAGES,
    *review_routes.PAGES,
    *event_decisions_routes.PAGES,
)
