"""The route of the overview."""

from starlette.responses import Response

from dateline.desk.call import Call, Page, respond
from dateline.desk.overview_page import overview_page


def _overview(call: Call) -> Response:
    return respond(call, "overview.html", overview_page(call.desk))


PAGES = (
    Page(
        path="/",
        handler=_overview,
        words="The events of the record, filtered, on a map, in time and as a list.",
    ),
)
