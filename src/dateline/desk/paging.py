"""Pages of lists: which one was asked for."""

from dateline.desk.call import Call, DeskError, Parameter
from dateline.desk.words import N_

_MOST = 100_000
PAGE = Parameter(
    name="page", words="Which page of the list.", schema={"type": "integer", "minimum": 1, "maximum": _MOST}
)


def page_number(call: Call) -> int:
    """Return the number of the page of a list that was asked for; raises DeskError if it is none."""
    written = call.request.query_params.get("page") or "1"
    if not (written.isascii() and written.isdigit() and 1 <= int(written[:7]) <= _MOST):
        raise DeskError(
            N_("page=%(written)r is no number of a page; write 1 to %(most)s"), written=written, most=_MOST
        )
    return int(written[:7])
