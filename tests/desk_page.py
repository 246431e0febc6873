"""A small site around the desk's drawings, as the desk serves them: same policy, own answers; for tests in a browser."""

import base64
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dateline.desk.assets import STATIC
from dateline.desk.towns import town_features, towns

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEAD = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Test</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="htmx-config" content='{{"includeIndicatorCSS": false}}'>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/static/vendor/maplibre-gl.css">
<link rel="stylesheet" href="/static/palette.css"><link rel="stylesheet" href="/static/page.css">
<link rel="stylesheet" href="/static/map.css">
<link rel="stylesheet" href="/static/timeline.css"><link rel="stylesheet" href="/static/chart.css">
<script src="/static/watch.js"></script><script src="/static/vendor/htmx.js" defer></script>
<script type="module" src="/static/map.js"></script><script type="module" src="/static/timeline.js"></script>
<script type="module" src="/static/chart.js"></script></head><body><main><h1>Test</h1>{body}</main></body></html>"""
# Collects what a page must not do and what its elements say, before any other script runs.
WATCH = """
window.violations = []; window.said = [];
document.addEventListener("securitypolicyviolation", (e) => window.violations.push(e.violatedDirective + " " + e.blockedURI));
const names = ["ready", "loaded", "search", "missing"].map((name) => "dateline-map:" + name);
for (const name of [...names, "dateline-timeline:change"])
  document.addEventListener(name, (e) => window.said.push([name, e.detail, performance.now()]));
"""
PAGE_CSS = "body { margin: 0; padding: 1rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }"

# One green pixel.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Site:
    """What the pages hold and answer, and what was asked of them; `base` is the address once it is up."""

    def __init__(self) -> None:
        self.bodies: dict[str, str] = {}
        self.answers: dict[str, Any] = {}
        self.asked: list[dict[str, str]] = []
        self.language = "en"
        self.base = ""

    def page(self, request: Request) -> Response:
        body = self.bodies.get(request.path_params["name"])
        if body is None:
            return Response(status_code=404)
        return HTMLResponse(HEAD.format(language=self.language, body=body))

    def data(self, request: Request) -> Response:
        self.asked.append({"name": request.path_params["name"], **request.query_params})
        answer = self.answers.get(request.path_params["name"])
        return Response(status_code=500) if answer is None else JSONResponse(answer)

    def towns(self, request: Request) -> Response:
        west, south, east, north = map(float, request.query_params["bbox"].split(","))
        return JSONResponse(
            town_features(towns((west, south, east, north), float(request.query_params["zoom"])))
        )

    def tile(self, request: Request) -> Response:
        self.asked.append({"name": "tile", **{key: str(value) for key, value in request.path_params.items()}})
        return Response(PIXEL, media_type="image/png")

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/page/{name}", self.page),
                Route("/data/{name}", self.data),
                Route("/towns", self.towns),
                Route("/tiles/{z:int}/{x:int}/{y:int}.png", self.tile),
                Route("/static/watch.js", lambda _: Response(WATCH, media_type="text/javascript")),
                Route("/static/page.css", lambda _: Response(PAGE_CSS, media_type="text/css")),
                Mount("/static", StaticFiles(directory=STATIC)),
            ]
        )


class WithPolicy:
    """Send every answer with the desk's Content-Security-Policy."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def sent(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    (b"content-security-policy", POLICY.encode()),
                    (b"x-content-type-options", b"nosniff"),
                ]
            await send(message)

        await self.app(scope, receive, sent)


@contextmanager
def running(site: Site) -> Iterator[Site]:
    """Serve a site on a free port of this machine, in a thread, until the block is left."""
    config = uvicorn.Config(
        WithPolicy(site.app()), host="127.0.0.1", port=0, log_level="warning", lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(500):
        if server.started:
            break
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    site.base = f"http://127.0.0.1:{port}"
    try:
        yield site
    finally:
        server.should_exit = True
        thread.join(timeout=10)
