"""Fetch one URL that the user gave, and nothing else: over HTTP, from checked addresses, within limits."""

import http.client
import io
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from typing import Any, BinaryIO
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from dateline.errors import InputError
from dateline.intake.address import checked_addresses
from dateline.intake.streams import buffered
from dateline.settings import Settings

_AGENT = "Dateline (fetches one page, because a person asked for it)"
_TYPES = frozenset({
    "text/html", "application/xhtml+xml", "text/plain", "text/csv", "text/tab-separated-values",
    "application/csv", "application/xml", "text/xml", "application/rss+xml", "application/atom+xml",
    "application/rdf+xml", "application/pdf", "application/json", "application/jsonl", "application/x-ndjson",
    "application/jsonlines", "application/x-jsonlines", "message/rfc822", "application/zip",
    "application/x-zip-compressed", "application/gzip", "application/x-gzip", "application/warc",
    "application/warc+gzip", "application/wacz", "application/octet-stream", "binary/octet-stream", "",
})  # fmt: skip
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What a URL sent: a stream of its bytes, already unpacked, its type, charset and the URL it came from."""

    stream: BinaryIO
    url: str
    media_type: str
    charset: str | None


@contextmanager
def fetched(url: str, settings: Settings) -> Iterator[Response]:
    """Open a URL for reading; raise InputError, that says why, for all that goes wrong or is not allowed.

    Only http and https; no credentials, cookies, proxies or settings of the environment. Each redirect is checked
    like the first URL. The limits of `settings` bound redirects, time and bytes, also once unpacked.
    """
    deadline = time.monotonic() + settings.limits.fetch_seconds
    for _ in range(settings.limits.fetch_redirects + 1):
        sock = _connection(url, deadline, settings)
        try:
            with _told(url, settings):
                answer = _asked(_TimedSocket(sock, deadline, settings.limits.fetch_wait_seconds), url)
            if answer.status not in _REDIRECTS:
                yield _response(answer, url, settings)
                return
            target = answer.getheader("Location")
            if not target:
                raise InputError(f"answers {answer.status} and does not say where the page went")
            url = _redirected(url, target)
        finally:
            sock.close()
    raise InputError(
        f"leads through more than {settings.limits.fetch_redirects} redirects; give the URL of the page itself"
    )


def checked_url(url: str) -> SplitResult:
    """Return the parts of a URL that may be fetched; raise InputError for another."""
    if len(url) > 8_000 or any(ord(sign) < 33 or ord(sign) == 127 for sign in url):
        raise InputError("is no URL: it holds spaces or control signs, or is longer than 8,000 signs")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InputError(f"is no URL ({error}); check it") from None
    if parts.scheme.lower() not in ("http", "https"):
        raise InputError(
            f"is a URL with {parts.scheme}:, and only http and https are fetched; save it as a file"
        )
    if "@" in parts.netloc:
        raise InputError("holds a user name or password, which is not sent; save the page as a file")
    if not parts.hostname or port == 0:
        raise InputError("is a URL without a host; check it")
    return parts


def _redirected(url: str, target: str) -> str:
    # Servers send letters beyond ASCII as they are, and http.client takes each byte for a Latin letter.
    joined = urljoin(url, quote(target.strip().encode("latin-1", "replace"), safe="!#$%&'()*+,/:;=?@[]~"))
    try:
        checked_url(joined)
    except InputError as error:
        raise InputError(f"leads on to {joined[:200]!r}, which {error}") from None
    return joined


class _Timed(io.RawIOBase):
    """The bytes of a socket; every wait ends with the wait limit or the deadline, whichever comes first."""

    def __init__(self, sock: socket.socket, deadline: float, wait: float) -> None:
        self._sock, self._deadline, self._wait = sock, deadline, wait

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(min(left, self._wait))
        return self._sock.recv_into(buffer)


class _TimedSocket:
    """What http.client needs of a socket, with the deadline kept at every read."""

    def __init__(self, sock: socket.socket, deadline: float, wait: float) -> None:
        self._sock = sock
        self._timed = _Timed(sock, deadline, wait)

    def makefile(self, *_: Any, **__: Any) -> BinaryIO:
        return io.BufferedReader(self._timed)

    def sendall(self, data: bytes) -> None:
        self._sock.sendall(data)

    def close(self) -> None:
        """Leave the socket open: http.client closes it before the body is read."""


def _connection(url: str, deadline: float, settings: Settings) -> socket.socket:
    """Connect to a checked address of the URL's host; the certificate is checked against the host's name."""
    parts = checked_url(url)
    secure = parts.scheme.lower() == "https"
    port = parts.port or (443 if secure else 80)
    host = _ascii(parts.hostname or "")
    left = deadline - time.monotonic()
    wait = min(settings.limits.fetch_wait_seconds, left)
    addresses = checked_addresses(host, port, seconds=wait, allow_private=settings.allow_private)
    with _told(url, settings):
        sock = _connected(addresses, port, deadline, settings.limits.fetch_wait_seconds)
        try:
            if secure:
                sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        except BaseException:
            sock.close()
            raise
    return sock


def _connected(addresses: list[str], port: int, deadline: float, wait: float) -> socket.socket:
    fault: OSError = TimeoutError()
    for address in addresses[:4]:
        left = deadline - time.monotonic()
        if left <= 0:
            break
        try:
            return socket.create_connection((address, port), timeout=min(wait, left))
        except OSError as error:
            fault = error
    raise fault


def _asked(sock: _TimedSocket, url: str) -> http.client.HTTPResponse:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme.lower() == "https" else http.client.HTTPConnection
    # Only the port that is not the scheme's own is named in the Host header; it never connects by itself.
    connection = kind(_ascii(parts.hostname or ""), parts.port)
    connection.auto_open = 0
    connection.sock = sock
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (
        "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~") if parts.query else ""
    )
    headers = {"User-Agent": _AGENT, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
    connection.request("GET", path, headers=headers)
    return connection.getresponse()


def _response(answer: http.client.HTTPResponse, url: str, settings: Settings) -> Response:
    if answer.status != 200:
        raise InputError(
            f"answers {answer.status} {(answer.reason or '')[:60]}; open it in a browser, and check the URL"
        )
    header = Message()
    header["Content-Type"] = answer.getheader("Content-Type") or "application/octet-stream"
    media_type = header.get_content_type() if answer.getheader("Content-Type") else ""
    if media_type not in _TYPES:
        raise InputError(
            f"sends {media_type[:60]}, which holds no text that is read here; give the page itself"
        )
    size = answer.getheader("Content-Length") or ""
    limit = settings.limits.fetch_bytes
    if size.isascii() and size.isdigit() and int(size[:20]) > limit:
        raise InputError(
            f"is {int(size[:20]):,} bytes; the limit for a URL is {limit:,}: download it as a file"
        )
    stream = _unpacked(answer, url, settings)
    charset = header.get_content_charset()
    return Response(stream=stream, url=url, media_type=media_type, charset=charset)


def _unpacked(answer: http.client.HTTPResponse, url: str, settings: Settings) -> BinaryIO:
    """Return the body's stream, with both its sent and its unpacked size bounded."""
    coding = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise InputError(
            f"sends its page packed as {coding[:40]!r}, which is not known here; save it as a file"
        )
    unpacker = None if coding == "identity" else zlib.decompressobj(47 if "gzip" in coding else 15)
    limit = settings.limits.fetch_bytes
    sent = given = 0

    def read(size: int) -> bytes:
        nonlocal sent, given
        while True:
            held = unpacker.unconsumed_tail if unpacker else b""
            with _told(url, settings):
                piece = held or answer.read(min(size, 65_536))
                sent += 0 if held else len(piece)
                if not piece:
                    if answer.length or (unpacker and not unpacker.eof):
                        raise InputError("ends early; the server or the network broke off: try again")
                    return b""
                out = unpacker.decompress(piece, size) if unpacker else piece
            given += len(out)
            if max(sent, given) > limit:
                raise InputError(
                    f"sends more than {limit:,} bytes, the limit for a URL; download it as a file"
                )
            if out:
                return out

    return buffered(read)


@contextmanager
def _told(url: str, settings: Settings) -> Iterator[None]:
    """Turn what can go wrong on the network into our error."""
    limits = settings.limits
    try:
        yield
    except TimeoutError:
        raise InputError(
            f"was too slow: a wait took more than {limits.fetch_wait_seconds} seconds, or all of it more than "
            f"{limits.fetch_seconds}; try again, or save the page as a file"
        ) from None
    except ssl.SSLCertVerificationError as error:
        raise InputError(
            f"shows a certificate that is not valid ({error.verify_message}); save the page as a file"
        ) from None
    except (http.client.HTTPException, zlib.error) as error:
        raise InputError(
            f"answers in a way that is no HTTP ({type(error).__name__}: {str(error)[:100]})"
        ) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(
            f"could not be fetched from {urlsplit(url).hostname} ({reason}); check the URL and the network"
        ) from None


def _ascii(host: str) -> str:
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        raise InputError(
            f"names the host {host[:100]!r}, which is no name of a host; check the URL"
        ) from None
