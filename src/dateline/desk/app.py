"""The application: routes, what stands before every handler, and the pages that say what went wrong."""

import secrets
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from dateline.desk import language as languages
from dateline.desk.assets import STATIC, check_assets
from dateline.desk.call import Call, DeskError, Page, respond
from dateline.desk.desk import Desk
from dateline.desk.keeper import Keeper
from dateline.desk.pages import PAGES
from dateline.desk.security import (
    SESSION,
    TOKEN_FIELD,
    TOKEN_HEADER,
    KnownHosts,
    SecurityHeaders,
    forged,
    token_of,
)
from dateline.errors import DatelineError

# A form is small, but for what is uploaded.
_FIELD_BYTES, _FIELDS = 1_000_000, 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """What went wrong: the HTTP status, and a message in plain words that says what to do."""

    status: int
    message: str


def create_app(desk: Desk, pages: Sequence[Page] = PAGES) -> Starlette:
    """Return the application of a desk; raises DatelineError when its scripts and styles were not built."""
    check_assets()
    secret = desk.state.secret()
    tiles = urlsplit(desk.settings.tiles or "")
    keeper = Keeper(desk)

    @asynccontextmanager
    async def kept(_: Starlette) -> AsyncIterator[None]:
        keeper.start()
        yield
        await run_in_threadpool(keeper.stop)

    app = Starlette(
        lifespan=kept,
        routes=[
            *(route for page in pages for route in _routes(desk, secret, page)),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[
            Middleware(KnownHosts, hosts=desk.settings.hosts),
            Middleware(
                SecurityHeaders, tile_origin=f"{tiles.scheme}://{tiles.netloc}" if tiles.netloc else None
            ),
            Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=4),
        ],
        exception_handlers={
            HTTPException: _handle_http(desk, secret),  # type: ignore[dict-item]
            Exception: _handle_fault(desk, secret),
        },
    )
    app.state.desk = desk
    return app


def _routes(desk: Desk, secret: bytes, page: Page) -> Iterable[BaseRoute]:
    # The path with ".json" comes first: a name in a path would swallow it.
    if page.json:
        path = "/overview.json" if page.path == "/" else f"{page.path}.json"
        yield Route(path, _endpoint(desk, secret, page, as_json=True), methods=[page.method])
    if page.html:
        yield Route(page.path, _endpoint(desk, secret, page, as_json=False), methods=[page.method])


def _endpoint(
    desk: Desk, secret: bytes, page: Page, *, as_json: bool
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        as_json_too = as_json or "application/json" in request.headers.get("accept", "")
        call, fresh = _call(desk, secret, request, as_json=as_json_too)
        try:
            if page.method == "POST":
                form = await request.form(
                    max_files=page.upload, max_fields=_FIELDS, max_part_size=_FIELD_BYTES
                )
                call = _with_form(call, form)
            response = await run_in_threadpool(_answer, call, page)
        except DatelineError as error:
            response = _say(call, getattr(error, "status", 400), str(error))
        if fresh:
            response.set_cookie(
                SESSION, fresh, httponly=True, samesite="strict", secure=desk.settings.secure, path="/"
            )
        return response

    return endpoint


def _call(desk: Desk, secret: bytes, request: Request, *, as_json: bool) -> tuple[Call, str | None]:
    """Return the call of a request, and the id of a session that was begun for it, if one was."""
    session = request.cookies.get(SESSION, "")
    fresh = None if 20 <= len(session) <= 100 and session.isascii() else secrets.token_urlsafe(32)
    call = Call(
        request=request,
        desk=desk,
        person=desk.local,
        language=languages.chosen_language(
            request.cookies.get("dateline_language"), request.headers.get("accept-language", "")
        ),
        token=token_of(secret, fresh or session),
        as_json=as_json,
        fragment=request.headers.get("hx-request-type") == "partial",
    )
    return call, fresh


def _with_form(call: Call, form: FormData) -> Call:
    sent = call.request.headers.get(TOKEN_HEADER) or form.get(TOKEN_FIELD)
    if forged(call.request, sent if isinstance(sent, str) else "", call.token):
        raise DeskError(
            "this form did not come from a page of this desk, or the page is too old; open the page again and "
            "send it once more", status=403,
        )  # fmt: skip
    return Call(
        request=call.request, desk=call.desk, person=call.person, language=call.language, token=call.token, form=form,
        as_json=call.as_json, fragment=call.fragment,
    )  # fmt: skip


def _answer(call: Call, page: Page) -> Response:
    if not call.person.may(page.role):
        raise DeskError(f"that needs the role of a {page.role}; yours is {call.person.role}", status=403)
    return page.handler(call)


def _say(call: Call, status: int, message: str) -> Response:
    return respond(call, "error.html", ErrorPage(status=status, message=message), status=status)


def _wants_json(request: Request) -> bool:
    return request.url.path.endswith(".json") or "application/json" in request.headers.get("accept", "")


def _handle_http(desk: Desk, secret: bytes) -> Callable[[Request, HTTPException], Response]:
    words = {
        404: "There is no such page; it may have moved when events were joined. Search for it from the overview.",
        405: "This page cannot be used in that way.",
    }

    def handle(request: Request, error: HTTPException) -> Response:
        call, _ = _call(desk, secret, request, as_json=_wants_json(request))
        message = words.get(error.status_code, error.detail)
        response = _say(call, error.status_code, call.language.gettext(message))
        response.headers.update(error.headers or {})
        return response

    return handle


def _handle_fault(desk: Desk, secret: bytes) -> Callable[[Request, Exception], Response]:
    def handle(request: Request, error: Exception) -> Response:
        # The person is told that it was not their doing; the one who keeps the desk sees what and where.
        traceback.print_exception(error)
        call, _ = _call(desk, secret, request, as_json=_wants_json(request))
        message = "Something went wrong in the desk itself. Nothing that was kept is lost; the terminal of the desk says more."
        return _say(call, 500, call.language.gettext(message))

    return handle
