"""The routes of the codebook."""

from starlette.responses import Response

from dateline.desk.call import Call, Page, Parameter, respond
from dateline.desk.codebook_page import codebook_page, type_page


def _codebook(call: Call) -> Response:
    return respond(call, "codebook.html", codebook_page(call.desk))


def _type(call: Call) -> Response:
    return respond(call, "codebook_type.html", type_page(call.desk, call.path["type"]))


PAGES = (
    Page(path="/codebook", handler=_codebook, words="What each type of event means, and how often the record has it."),
    Page(
        path="/codebook/{type}", handler=_type, words="One type of event with examples, counterexamples and events.",
        parameters=(Parameter(name="type", words="The type, as strike.air.", place="path"),),
    ),
)  # fmt: skip
