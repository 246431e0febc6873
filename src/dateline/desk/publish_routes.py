"""The routes of exports and releases."""

from starlette.background import BackgroundTask
from starlette.responses import FileResponse, RedirectResponse, Response

from dateline.desk.call import Call, DeskError, Page, Parameter, respond, see_other
from dateline.desk.overview_routes import FILTERS, checked, query_of
from dateline.desk.publish_order import order_of, release_filter
from dateline.desk.publish_page import export_page, release_file, release_page, releases_page
from dateline.desk.query import parse
from dateline.desk.words import N_

# A release's page brings a policy of its own, by hashes; it runs apart from the desk, without its cookies.
_APART = (
    "sandbox allow-scripts allow-downloads; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_FIELDS = ("title", "publisher", "licence", "names", "coarsen", "delay")


def _export(call: Call) -> Response:
    return respond(call, "export.html", export_page(call.desk, query_of(call)))


def _write(call: Call) -> Response:
    query = checked(parse([(name, value) for name, value in _sent(call) if value]))
    order = order_of(
        {name: call.field(name) for name in _FIELDS}, tuple(query.to_params()), call.field("format"),
        may_unredact=call.person.may("lead"),
    )  # fmt: skip
    file = call.desk.publisher.export(order)
    discard = BackgroundTask(call.desk.publisher.discard, file)
    return FileResponse(file, filename=file.name, media_type="application/zip", background=discard)


def _releases(call: Call) -> Response:
    return respond(call, "releases.html", releases_page(call.desk, query_of(call)))


def _release(call: Call) -> Response:
    if not call.field("title"):
        raise DeskError(N_("a release needs a title; its folder is named after it"))
    query = checked(parse([(name, value) for name, value in _sent(call) if value]))
    release_filter(query)
    order = order_of(
        {name: call.field(name) for name in _FIELDS}, tuple(query.to_params()), "release", may_unredact=True
    )
    call.desk.publisher.release(order, call.person.name)
    return see_other(call, "/releases")


def _sent(call: Call) -> list[tuple[str, str]]:
    """Return the filters that a form sends along, each named "filter.NAME"."""
    if call.form is None:
        return []
    return [
        (name.removeprefix("filter."), value)
        for name, value in call.form.multi_items()
        if name.startswith("filter.") and isinstance(value, str)
    ]


def _look(call: Call) -> Response:
    check = call.request.query_params.get("check") == "yes"
    return respond(call, "release.html", release_page(call.desk, call.path["release"], check=check))


def _file(call: Call) -> Response:
    name, file = call.path["release"], call.path["file"]
    if not file:
        return RedirectResponse(f"/releases/{name}", status_code=307)
    path = release_file(call.desk, name, file)
    headers = {"Content-Security-Policy": _APART}
    if path.suffix != ".html":
        headers["Content-Disposition"] = f'attachment; filename="{path.name}"'
    return FileResponse(path, headers=headers)


_NAME = Parameter(name="release", words="The folder of the release, as 0001-spring.", place="path")
PAGES = (
    Page(path="/export", handler=_export, parameters=FILTERS, words="What an export of the events that pass holds."),
    Page(path="/export", handler=_write, method="POST", json=False, words="Write the events that pass, as a ZIP."),
    Page(path="/releases", handler=_releases, parameters=FILTERS, words="The releases of the record."),
    Page(path="/releases", handler=_release, method="POST", role="lead", json=False, words="Make a release."),
    Page(
        path="/releases/{release}", handler=_look, words="One release, checked against its manifest if asked.",
        parameters=(
            _NAME, Parameter(name="check", words="yes: check every file.", schema={"type": "string", "enum": ["", "yes"]}),
        ),
    ),
    Page(
        path="/releases/{release}/{file:path}", handler=_file, json=False, file=True, words="A file of a release.",
        parameters=(_NAME, Parameter(name="file", words="The file, as its manifest names it.", place="path")),
    ),
)  # fmt: skip
