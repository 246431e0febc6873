"""The routes of a report, of its original, and of a claim."""

import re

from starlette.responses import FileResponse, RedirectResponse, Response

from dateline.desk.call import Call, DeskError, Page, Parameter, respond
from dateline.desk.report_original import original_file, original_page
from dateline.desk.report_page import report_page
from dateline.desk.words import N_
from dateline.errors import StoreError

_BOUNDS = re.compile(r"(\d{1,9})-(\d{1,9})")
_REPORT = Parameter(
    name="report", place="path", words="the report's id", schema={"type": "string", "maxLength": 64}
)
_ORIGINAL = Parameter(
    name="of", words="the SHA-256 of one of its originals; the first if not given", schema={"type": "string"}
)
# A file of unknown origin: never run, never framed, never guessed at.
_ALONE = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


def _report(call: Call) -> Response:
    report, query = _named(call), call.request.query_params
    chosen = query.get("claim")
    try:
        page = report_page(
            call.desk, report, asked=_bounds(query.get("at")), chosen=chosen, person=call.person
        )
    except StoreError as error:
        raise DeskError(
            N_("there is no such report in the record (%(error)s)"), status=404, error=error
        ) from error
    return respond(call, "report.html", page)


def _original(call: Call) -> Response:
    try:
        page = original_page(call.desk, _named(call), call.request.query_params.get("of"))
    except StoreError as error:
        raise DeskError(
            N_("there is no such report in the record (%(error)s)"), status=404, error=error
        ) from error
    return respond(call, "original.html", page)


def _original_file(call: Call) -> Response:
    try:
        path, name = original_file(call.desk, _named(call), call.request.query_params.get("of"))
    except StoreError as error:
        raise DeskError(
            N_("there is no such report in the record (%(error)s)"), status=404, error=error
        ) from error
    return FileResponse(
        path, filename=name, media_type="application/octet-stream", content_disposition_type="attachment",
        headers=_ALONE,
    )  # fmt: skip


def _claim(call: Call) -> Response:
    claim = str(call.path["claim"])
    with call.desk.events() as events:
        report = events.view.report_of(claim)
    if report is None:
        raise DeskError(
            N_("there is no claim %(claim)r in the record; a claim is found on the page of its report"),
            status=404,
            claim=claim,
        )
    ending = ".json" if call.request.url.path.endswith(".json") else ""
    return RedirectResponse(f"/reports/{report}{ending}?claim={claim}#c-{claim}", status_code=307)


def _named(call: Call) -> str:
    return str(call.path["report"])


def _bounds(value: str | None) -> tuple[int, int] | None:
    """Read "120-145"; raises DeskError for anything else."""
    if value is None:
        return None
    found = _BOUNDS.fullmatch(value)
    if found is None or int(found[1]) >= int(found[2]):
        raise DeskError(
            N_('"at" takes the bounds of words in the text, as "120-145" (characters, the end not included)')
        )
    return int(found[1]), int(found[2])


PAGES = (
    Page(
        path="/reports/{report}/original/file", handler=_original_file, json=False, file=True,
        words="The kept original of a report, as a file to save.", parameters=(_REPORT, _ORIGINAL),
    ),
    Page(
        path="/reports/{report}/original", handler=_original, parameters=(_REPORT, _ORIGINAL),
        words="The kept original of a report, as text.",
    ),
    Page(
        path="/reports/{report}", handler=_report,
        words="One report: its text with what was read in it, its claims, how it came, copies, and what others say.",
        parameters=(
            _REPORT,
            Parameter(name="at", words='words to show, by their bounds in the text, as "120-145"'),
            Parameter(name="claim", words="the id of a claim to show"),
        ),
    ),
    Page(
        path="/claims/{claim}", handler=_claim, words="A claim, on the page of its report.",
        parameters=(Parameter(name="claim", place="path", words="the claim's id"),),
    ),
)  # fmt: skip
