"""The application: routes, what stands before every handler, and the pages that say what went wrong."""

import secrets
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlencode, urlsplit

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from dateline.desk import language as languages
from dateline.desk.assets import check_assets
from dateline.desk.call import Call, DeskError, Page, is_local, respond, see_other
from dateline.desk.desk import Desk
from dateline.desk.pages import PAGES
from dateline.desk.security import (
    SESSION,
    TOKEN_FIELD,
    TOKEN_HEADER,
    VISIT,
    KnownHosts,
    SecurityHeaders,
    forged,
    from_elsewhere,
    token_of,
)
from dateline.desk.static_files import Files, static_path
from dateline.desk.told import Term, told
from dateline.desk.uploads import read_form
from dateline.desk.words import N_
from dateline.desk.workers import kept
from dateline.errors import DatelineError

# So many pages are made at once by a process, the others in the order they were asked for: more would share one
# interpreter and all be late together.
_AT_ONCE = 1
# Where somebody whose password another person knows may go: to choose one of their own.
_OWN = "/self"
_FORGED = N_(
    "this form did not come from a page of this desk, or the page is too old; open the page again and send it once more"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """What went wrong: the HTTP status, and a message that says what to do, in English and in the reader's language."""

    status: int
    message: str
    words: str


def create_app(desk: Desk, pages: Sequence[Page] = PAGES, *, keeps: bool = True) -> Starlette:
    """Return the application of a desk; raises DatelineError when its scripts and styles were not built.

    It sums up events and does the jobs while it is served, unless another process `keeps` the desk.
    """
    check_assets()
    secret = desk.state.secret()
    tiles = urlsplit(desk.settings.tiles or "")
    line = CapacityLimiter(_AT_ONCE)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        with ExitStack() as stack:
            if keeps:
                stack.enter_context(kept(desk))
            yield
            await run_in_threadpool(stack.close)
        desk.let_go()

    app = Starlette(
        lifespan=lifespan,
        routes=[
            *(route for page in pages for route in _routes(desk, secret, page, line)),
            Mount(static_path(), Files(lasting=True)),
            Mount("/static", Files(lasting=False)),
        ],
        middleware=[
            Middleware(KnownHosts, hosts=desk.settings.hosts),
            Middleware(
                SecurityHeaders, tile_origin=f"{tiles.scheme}://{tiles.netloc}" if tiles.netloc else None
            ),
            Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=1),
        ],
        exception_handlers={
            HTTPException: _handle_http(desk, secret),  # type: ignore[dict-item]
            Exception: _handle_fault(desk, secret),
        },
    )
    app.state.desk = desk
    return app


def _routes(desk: Desk, secret: bytes, page: Page, line: CapacityLimiter) -> Iterable[BaseRoute]:
    # The path with ".json" comes first: a name in a path would swallow it.
    if page.json:
        path = "/overview.json" if page.path == "/" else f"{page.path}.json"
        yield Route(path, _endpoint(desk, secret, page, line, as_json=True), methods=[page.method])
    if page.html:
        yield Route(page.path, _endpoint(desk, secret, page, line, as_json=False), methods=[page.method])


def _endpoint(
    desk: Desk, secret: bytes, page: Page, line: CapacityLimiter, *, as_json: bool
) -> Callable[[Request], Awaitable[Response]]:
    # A file takes as long as it takes, and keeps no page waiting.
    waits = None if page.file else line

    async def endpoint(request: Request) -> Response:
        as_json_too = as_json or "application/json" in request.headers.get("accept", "")
        if page.method == "POST":
            call, fresh = await run_in_threadpool(_call, desk, secret, request, as_json=as_json_too)
            response = await _posted(call, page)
        else:
            got = partial(_got, desk, secret, request, page, as_json=as_json_too)
            response, fresh = await run_sync(got, limiter=waits)
            if line.statistics().tasks_waiting:
                # The next connection is taken by a process that is idle, if there is one.
                response.headers["connection"] = "close"
        if fresh:
            # It signs nobody in, so it may come along when another site leads here; the session's cookie never does.
            response.set_cookie(
                VISIT, fresh, httponly=True, samesite="lax", secure=desk.settings.secure, path="/"
            )
        return response

    return endpoint


def _got(
    desk: Desk, secret: bytes, request: Request, page: Page, *, as_json: bool
) -> tuple[Response, str | None]:
    """Answer a GET in one go: each change of thread waits for whoever computes."""
    call, fresh = _call(desk, secret, request, as_json=as_json)
    try:
        return _refused(call, page) or page.handler(call), fresh
    except DatelineError as error:
        return _say(call, getattr(error, "status", 400), str(error), told(error, call.language)), fresh


async def _posted(call: Call, page: Page) -> Response:
    form: FormData | None = None
    try:
        # Who may not send anything is told so before anything is read.
        response = _refused(call, page)
        if response is None:
            form = await read_form(call.request, page)
            response = await run_in_threadpool(page.handler, _with_form(call, form))
        return response
    except DatelineError as error:
        return _say(call, getattr(error, "status", 400), str(error), told(error, call.language))
    finally:
        if form is not None:
            await form.close()


def _call(desk: Desk, secret: bytes, request: Request, *, as_json: bool) -> tuple[Call, str | None]:
    """Return the call of a request, and the id of a visit that was begun for it, if one was."""
    session, visit = request.cookies.get(SESSION, ""), request.cookies.get(VISIT, "")
    person, signed = desk.person_of(session)
    known = signed is not None or (20 <= len(visit) <= 100 and visit.isascii())
    fresh = None if known else secrets.token_urlsafe(32)
    call = Call(
        request=request,
        desk=desk,
        person=person,
        language=languages.chosen_language(
            request.cookies.get("dateline_language"), request.headers.get("accept-language", "")
        ),
        token=token_of(secret, session if signed else fresh or visit),
        as_json=as_json,
        fragment=request.headers.get("hx-request-type") == "partial",
        signed=signed,
    )
    return call, fresh


def _refused(call: Call, page: Page) -> Response | None:
    """Return the answer to a call that may not use a page, or null; raises DeskError where it is told in words."""
    if page.method == "POST" and from_elsewhere(call.request):
        raise DeskError(_FORGED, status=403)
    if page.guest:
        return None
    if call.person.guest:
        if call.as_json:
            raise DeskError(N_("sign in first: this desk has accounts"), status=401)
        if page.method == "GET" and call.request.headers.get("sec-fetch-site") == "cross-site":
            # The session's cookie does not come along from another site; asked for by this page, it does.
            return Response(
                call.desk.templates.render("again.html", call, None),
                headers={"Refresh": f"0;url={call.here}"}, media_type="text/html",
            )  # fmt: skip
        return see_other(call, f"/sign-in?{urlencode({'back': _back(call, page)})}")
    if call.signed is not None and call.signed.must_change and not page.path.startswith(_OWN):
        if call.as_json:
            raise DeskError(N_("choose a password of your own first, on the page /self"), status=403)
        return see_other(call, _OWN)
    if not call.person.may(page.role):
        raise DeskError(
            N_("that needs the role of a %(role)s; yours is %(own)s"),
            status=403,
            role=Term(page.role),
            own=Term(call.person.role),
        )
    return None


def _back(call: Call, page: Page) -> str:
    """Return where somebody is led after they signed in: what they asked for, unless it was a piece of a page."""
    shown = page.method == "GET" and call.request.headers.get("hx-request") != "true" and is_local(call.here)
    return call.here if shown else "/"


def _with_form(call: Call, form: FormData) -> Call:
    sent = call.request.headers.get(TOKEN_HEADER) or form.get(TOKEN_FIELD)
    if forged(call.request, sent if isinstance(sent, str) else "", call.token):
        raise DeskError(_FORGED, status=403)
    return replace(call, form=form)


def _say(call: Call, status: int, message: str, words: str) -> Response:
    page = ErrorPage(status=status, message=message, words=words)
    return respond(call, "error.html", page, status=status)


def _wants_json(request: Request) -> bool:
    return request.url.path.endswith(".json") or "application/json" in request.headers.get("accept", "")


def _handle_http(desk: Desk, secret: bytes) -> Callable[[Request, HTTPException], Response]:
    words = {
        404: N_(
            "There is no such page; it may have moved when events were joined. Search for it from the overview."
        ),
        405: N_("This page cannot be used in that way."),
    }

    def handle(request: Request, error: HTTPException) -> Response:
        call, _ = _call(desk, secret, request, as_json=_wants_json(request))
        message = words.get(error.status_code, error.detail)
        response = _say(call, error.status_code, message, call.language.gettext(message))
        response.headers.update(error.headers or {})
        return response

    return handle


def _handle_fault(desk: Desk, secret: bytes) -> Callable[[Request, Exception], Response]:
    def handle(request: Request, error: Exception) -> Response:
        # The person is told that it was not their doing; the one who keeps the desk sees what and where.
        traceback.print_exception(error)
        call, _ = _call(desk, secret, request, as_json=_wants_json(request))
        message = N_(
            "Something went wrong in the desk itself. Nothing that was kept is lost; the terminal of the desk says more."
        )
        return _say(call, 500, message, call.language.gettext(message))

    return handle
