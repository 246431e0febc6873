"""The routes of an event: its page, the series of its figures, its places."""

from collections.abc import Callable
from typing import get_args

from starlette.responses import JSONResponse, RedirectResponse, Response

from dateline.desk.call import Call, DeskError, Page, Parameter, respond
from dateline.desk.event_page import event_chart, event_page
from dateline.desk.event_places import event_features
from dateline.desk.event_values import MEASURES, FieldName
from dateline.desk.words import N_
from dateline.errors import StoreError

_FIELDS = frozenset((*get_args(FieldName), "joints", "figures", "contradictions", "origins", "claims"))
_EVENT = Parameter(
    name="event", place="path", words="the event's id, one it once had, or the beginning of it",
    schema={"type": "string"},
)  # fmt: skip


def _event(call: Call) -> Response:
    return _of_event(
        call,
        "",
        lambda name: respond(
            call, "event.html", event_page(call.desk, name, whole=_whole(call), person=call.person)
        ),
    )


def _figures(call: Call) -> Response:
    measure = call.request.query_params.get("measure", "killed")
    if measure not in MEASURES:
        raise DeskError(
            N_("%(measure)r is no measure; those are %(measures)s"),
            measure=measure,
            measures=", ".join(MEASURES),
        )
    chosen = MEASURES[MEASURES.index(measure)]
    return _of_event(
        call,
        "/figures",
        lambda name: respond(call, "", event_chart(call.desk, name, chosen, person=call.person)),
    )


def _places(call: Call) -> Response:
    return _of_event(
        call, "/places", lambda name: JSONResponse(event_features(call.desk, name, person=call.person))
    )


def _whole(call: Call) -> frozenset[str]:
    asked = frozenset(call.request.query_params.getlist("all"))
    if wrong := asked - _FIELDS:
        raise DeskError(
            N_("%(wrong)r is no field of an event; those are %(fields)s"),
            wrong=min(wrong),
            fields=", ".join(sorted(_FIELDS)),
        )
    return asked


def _of_event(call: Call, rest: str, answer: Callable[[str], Response]) -> Response:
    """Answer for an event by its id; lead from a former id or the beginning of one to the event that stands."""
    asked = str(call.path["event"])
    with call.desk.events() as events:
        try:
            name = events.named(asked)
        except StoreError as error:
            raise DeskError(
                N_(
                    "the record has no such event (%(error)s). An id of an event is 16 letters and digits; "
                    "search the overview for its place, day or words."
                ),
                status=404,
                error=error,
            ) from error
    if name != asked:
        query = call.request.url.query
        ending = ".json" if call.request.url.path.endswith(".json") else ""
        return RedirectResponse(
            f"/events/{name}{rest}{ending}{f'?{query}' if query else ''}", status_code=307
        )
    return answer(name)


PAGES = (
    Page(
        path="/events/{event}/figures", handler=_figures, html=False,
        words="The figures of an event by origin over time, with what was known at the end of each day.",
        parameters=(
            _EVENT,
            Parameter(name="measure", words="what is counted", schema={"enum": list(MEASURES)}),
        ),
    ),
    Page(
        path="/events/{event}/places", handler=_places, html=False, parameters=(_EVENT,),
        words="The places told of an event as GeoJSON, areas as areas.",
    ),
    Page(
        path="/events/{event}", handler=_event,
        words="One event: what is said field by field, figures, origins, contradictions, why its claims are one.",
        parameters=(
            _EVENT,
            Parameter(
                name="all", words="a field of which all claims are cited, or another part that is sent whole; may be repeated",
                schema={"enum": sorted(_FIELDS)},
            ),
        ),
    ),
)  # fmt: skip
