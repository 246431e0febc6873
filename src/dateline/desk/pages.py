"""All pages of the desk."""

from dateline.desk import add_routes, overview_routes, people_routes, preference_routes, sign_in_routes
from dateline.desk.call import Page

PAGES: tuple[Page, ...] = (
    *overview_routes.PAGES,
    *preference_routes.PAGES,
    *sign_in_routes.PAGES,
    *people_routes.PAGES,
    *add_routes.PAGES,
)
