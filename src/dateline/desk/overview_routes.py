"""The routes of the overview: its page, and what its map and timeline ask for."""

from fnmatch import fnmatchcase

from starlette.responses import JSONResponse, Response

from dateline.desk.call import Call, DeskError, Page, Parameter, respond
from dateline.desk.overview_page import map_page, overview_page, timeline_page
from dateline.desk.paging import PAGE, page_number
from dateline.desk.query import NAMES, EventQuery, parse
from dateline.desk.towns import town_features, towns
from dateline.desk.words import WORDS
from dateline.export.filters import Box

_MOST_ZOOM = 24


def query_of(call: Call) -> EventQuery:
    """Return the query of a page's address; raises QueryError for a value that is none."""
    return checked(parse(call.request.query_params.multi_items()))


def checked(query: EventQuery) -> EventQuery:
    """Return a query whose types are in the codebook; raises DeskError for one that no event could have."""
    for name in query.types:
        if not any(name == kind.split(".")[0] or fnmatchcase(kind, name) for kind in WORDS["type"]):
            raise DeskError(
                f"type={name!r} is no event type, family or pattern of any; the codebook page lists them"
            )
    return query


def _overview(call: Call) -> Response:
    return respond(call, "overview.html", overview_page(call.desk, query_of(call), page_number(call)))


def _map(call: Call) -> Response:
    return JSONResponse(map_page(call.desk, query_of(call), _zoom(call), _box(call)))


def _timeline(call: Call) -> Response:
    return JSONResponse(timeline_page(call.desk, query_of(call)))


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
_WORDS = {
    "q": "Words in the reports, as `dateline search` takes them.",
    "type": "A type, a family (strike) or a pattern (*.capture); may be repeated.",
    "from": "Events on this day or later.",
    "to": "Events on this day or earlier.",
    "place": "The name of the place, or a part of it between commas.",
    "country": "The ISO 3166 code of the country; may be repeated.",
    "box": "west,south,east,north in degrees: holds the centre of the place.",
    "actor": "Text within the names of who did it.",
    "target": "Text within the names of whom it befell.",
    "side": "The codebook's id of a side in the event; may be repeated.",
    "actor_side": "The codebook's id of the side that acts; may be repeated.",
    "target_side": "The codebook's id of the side that it befell; may be repeated.",
    "source": "The id of a source, or text within its name; may be repeated.",
    "publisher": "The outlet; may be repeated.",
    "certainty": "How surely it is told; may be repeated.",
    "reality": "Whether it is told as having happened; may be repeated.",
    "state": "What people decided; may be repeated.",
    "origins": "At least so many independent origins say it.",
    "contradicted": "yes or no: whether its claims contradict one another.",
    "contradiction": "A kind of contradiction; may be repeated.",
    "killed": "At least so many killed.",
    "told": "told (said to have happened), untold or all.",
    "sort": "The order: reports, newest, oldest, killed or origins.",
}
FILTERS = tuple(Parameter(name=name, words=_WORDS[name]) for name in NAMES)
PAGES = (
    Page(
        path="/", handler=_overview, parameters=(*FILTERS, PAGE),
        words="The events of the record, filtered: on a map, in time and as a list.",
    ),
    Page(path="/map", handler=_map, html=False, parameters=(*FILTERS, *_VIEW), words="The events that pass, as GeoJSON."),
    Page(path="/timeline", handler=_timeline, html=False, parameters=FILTERS, words="How many events pass, over time."),
    Page(path="/towns", handler=_towns, html=False, parameters=_VIEW, words="Towns of a box, the largest first, as GeoJSON."),
)  # fmt: skip
