"""The routes of the sources."""

from starlette.responses import Response

from dateline.desk.call import Call, Page, Parameter, respond
from dateline.desk.paging import PAGE, page_number
from dateline.desk.sources_page import KINDS, ORDERS, source_page, sources_page


def _sources(call: Call) -> Response:
    asked = call.request.query_params
    page = sources_page(
        call.desk, words=asked.get("q", "").strip(), kind=asked.get("kind", ""), side=asked.get("side", ""),
        order=asked.get("order") or "events", number=page_number(call),
    )  # fmt: skip
    return respond(call, "sources.html", page)


def _source(call: Call) -> Response:
    return respond(call, "source.html", source_page(call.desk, call.path["origin"], page_number(call)))


PAGES = (
    Page(
        path="/sources", handler=_sources, words="Who told what, and how often others told the same or the contrary.",
        parameters=(
            Parameter(name="q", words="Text within the name."),
            Parameter(name="kind", words="The kind of source.", schema={"type": "string", "enum": ["", *KINDS]}),
            Parameter(name="side", words="The codebook's id of its side."),
            Parameter(name="order", words="The order.", schema={"type": "string", "enum": ["", *ORDERS]}),
            PAGE,
        ),
    ),
    Page(
        path="/sources/{origin:path}", handler=_source, words="One source, event by event.",
        parameters=(Parameter(name="origin", words="The id of the source.", place="path"), PAGE),
    ),
)  # fmt: skip
