"""What keeps a desk from being used against the person who reads at it: headers, names of the host, tokens."""

import hashlib
import hmac
import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The id of a session of somebody who signed in, and the one that tokens are made with where nobody did.
SESSION = "dateline_session"
VISIT = "dateline_visit"
TOKEN_FIELD = "token"  # noqa: S105
TOKEN_HEADER = "x-dateline-token"  # noqa: S105


def policy(tile_origin: str | None = None) -> str:
    """Return the Content-Security-Policy: everything from the desk itself, map tiles from one more origin at most."""
    images = " ".join(part for part in ("'self'", "data:", "blob:", tile_origin) if part)
    connect = " ".join(part for part in ("'self'", tile_origin) if part)
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src {images}; connect-src {connect}; "
        "font-src 'self'; worker-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'"
    )


class SecurityHeaders:
    """Adds the headers that every answer has; a handler may set its own policy, as for a page of a release."""

    def __init__(self, app: ASGIApp, *, tile_origin: str | None = None) -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": policy(tile_origin),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "SAMEORIGIN",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
            "Cache-Control": "no-store",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers)


class KnownHosts:
    """Refuses requests whose Host is none of the desk's: a page elsewhere could else make its own name lead here."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str]) -> None:
        self.app = app
        self.hosts = frozenset(host.casefold() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _host(Headers(scope=scope).get("host", "")) not in self.hosts:
            response = PlainTextResponse(
                "This desk does not answer to that name; `dateline serve --name NAME` lets it.\n", 421
            )
            await response(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _host(value: str) -> str:
    try:
        return (urlsplit(f"//{value}").hostname or "").casefold()
    except ValueError:
        return ""


def loopback(host: str) -> bool:
    """Whether an address is one that only this machine reaches."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def token_of(secret: bytes, session: str) -> str:
    """Return the anti-forgery token of a session: HMAC-SHA-256 of its id."""
    return hmac.new(secret, session.encode(), hashlib.sha256).hexdigest()


def from_elsewhere(request: Request) -> bool:
    """Whether the browser says that a request was made by a page of another site."""
    site = request.headers.get("sec-fetch-site")
    if site not in (None, "same-origin", "none"):
        return True
    origin = request.headers.get("origin")
    return origin not in (None, "null") and urlsplit(str(origin)).netloc != request.headers.get("host")


def forged(request: Request, sent: str, expected: str) -> bool:
    """Whether a request that changes something did not come from a page of this desk."""
    return from_elsewhere(request) or not hmac.compare_digest(sent.encode(), expected.encode())
