"""All pages of the desk."""

from dateline.desk import event_routes, overview_routes, preference_routes, report_routes
from dateline.desk.call import Page

PAGES: tuple[Page, ...] = (
    *overview_routes.PAGES,
    *event_routes.PAGES,
    *report_routes.PAGES,
    *preference_routes.PAGES,
)
