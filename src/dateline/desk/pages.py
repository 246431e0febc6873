"""All pages of the desk."""

from dateline.desk import (
    add_routes,
    codebook_routes,
    event_decisions_routes,
    event_routes,
    history_routes,
    overview_routes,
    people_routes,
    preference_routes,
    publish_routes,
    report_routes,
    review_routes,
    sign_in_routes,
    sources_routes,
    team_routes,
)
from dateline.desk.call import Page
from dateline.desk.openapi import page_of

_PAGES: tuple[Page, ...] = (
    *overview_routes.PAGES,
    *event_routes.PAGES,
    *report_routes.PAGES,
    *sources_routes.PAGES,
    *codebook_routes.PAGES,
    *history_routes.PAGES,
    *publish_routes.PAGES,
    *preference_routes.PAGES,
    *team_routes.PAGES,
    *review_routes.PAGES,
    *event_decisions_routes.PAGES,
    *sign_in_routes.PAGES,
    *people_routes.PAGES,
    *add_routes.PAGES,
)
PAGES = (*_PAGES, page_of(_PAGES))
