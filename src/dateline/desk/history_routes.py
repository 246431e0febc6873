"""The routes of the history."""

from starlette.responses import Response, StreamingResponse

from dateline.desk.call import Call, Page, Parameter, respond
from dateline.desk.history_page import KINDS, history_page, history_table, parsed


def _history(call: Call) -> Response:
    return respond(
        call,
        "history.html",
        history_page(call.desk, parsed(call.request.query_params), hidden=call.desk.unseen_by(call.person)),
    )


def _table(call: Call) -> Response:
    lines = history_table(
        call.desk, parsed(call.request.query_params), hidden=call.desk.unseen_by(call.person)
    )
    headers = {"Content-Disposition": 'attachment; filename="history.csv"'}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


_DAY = {"type": "string", "format": "date"}
_FILTERS = (
    Parameter(name="kind", words="The kind of step.", schema={"type": "string", "enum": ["", *KINDS]}),
    Parameter(name="who", words="Who decided."),
    Parameter(
        name="q", words="Words of a report, a decision's reason, a file's name, or the beginning of an id."
    ),
    Parameter(name="from", words="The first day (UTC).", schema=_DAY),
    Parameter(name="to", words="The last day (UTC).", schema=_DAY),
    Parameter(name="before", words="Only steps below this number.", schema={"type": "integer", "minimum": 0}),
)
PAGES = (
    Page(path="/history", handler=_history, parameters=_FILTERS, words="Every step of the record, the newest first."),
    Page(
        path="/history.csv", handler=_table, parameters=_FILTERS, json=False, file=True,
        words="The steps that pass, as a table.",
    ),
)  # fmt: skip
