"""The routes of the overview: its page, and what its map and timeline ask for."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

from dateline.desk.call import Call, DeskError, Page, Parameter, respond
from dateline.desk.overview_page import map_page, overview_page, timeline_page
from dateline.desk.query import FIELDS, EventQuery, parse
from dateline.desk.towns import town_features, towns
from dateline.export.filters import Box

_MOST_ZOOM = 24
_MOST_PAGE = 100_000


def _query(call: Call) -> EventQuery:
    return parse(call.request.query_params.multi_items())


def _overview(call: Call) -> Response:
    return respond(call, "overview.html", overview_page(call.desk, _query(call), page_number(call)))


def page_number(call: Call) -> int:
    """Return the number of the page of a list that was asked for; raises DeskError if it is none."""
    written = call.request.query_params.get("page") or "1"
    if not (written.isascii() and written.isdigit() and 1 <= int(written[:7]) <= _MOST_PAGE):
        raise DeskError(f"page={written!r} is no number of a page; write 1 or more")
    return int(written[:7])


def _map(call: Call) -> Response:
    return JSONResponse(map_page(call.desk, _query(call), _zoom(call), _box(call)))


def _timeline(call: Call) -> Response:
    return JSONResponse(timeline_page(call.desk, _query(call)))


def _towns(call: Call) -> Response:
    box = _box(call) or Box(west=-180, south=-90, east=180, north=90)
    found = towns((box.west, box.south, box.east, box.north), _zoom(call), 60)
    # The gazetteer does not change while the desk runs.
    return JSONResponse(town_features(found), headers={"Cache-Control": "private, max-age=3600"})


def _zoom(call: Call) -> float:
    written = call.request.query_params.get("zoom") or "3"
    try:
        zoom = float(written)
    except ValueError:
        zoom = -1.0
    if not 0 <= zoom <= _MOST_ZOOM:
        raise DeskError(f"zoom={written!r} is no zoom of the map; write 0 to {_MOST_ZOOM}")
    return zoom


def _box(call: Call) -> Box | None:
    written = call.request.query_params.get("bbox")
    if not written:
        return None
    try:
        west, south, east, north = (float(part) for part in written.split(","))
        return Box(west=max(-180, west), south=max(-90, south), east=min(180, east), north=min(90, north))
    except ValueError:
        raise DeskError(f"bbox={written!r} is no box; write west,south,east,north in degrees") from None


_VIEW: tuple[Parameter, ...] = (
    Parameter(name="bbox", words="The box in view: west,south,east,north in degrees.", schema={"type": "string"}),
    Parameter(name="zoom", words="The zoom of the map.", schema={"type": "number", "minimum": 0, "maximum": _MOST_ZOOM}),
)  # fmt: skip
_NUMBER: Mapping[str, Any] = {"type": "integer", "minimum": 1, "maximum": _MOST_PAGE}
FILTERS = tuple(Parameter(name=name, words=words) for name, words in FIELDS.items())
PAGES = (
    Page(
        path="/", handler=_overview, parameters=(*FILTERS, Parameter(name="page", words="Which page of the list.", schema=_NUMBER)),
        words="The events of the record, filtered: on a map, in time and as a list.",
    ),
    Page(path="/map", handler=_map, html=False, parameters=(*FILTERS, *_VIEW), words="The events that pass, as GeoJSON."),
    Page(path="/timeline", handler=_timeline, html=False, parameters=FILTERS, words="How many events pass, over time."),
    Page(path="/towns", handler=_towns, html=False, parameters=_VIEW, words="Towns of a box, the largest first, as GeoJSON."),
)  # fmt: skip
