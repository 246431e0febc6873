"""URLs: only what the user gave, over HTTP, from checked addresses, within limits; redirects checked again."""

import gzip
import hashlib
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from arrivals import PAGE, STORY, report_of
from dateline.errors import InputError
from dateline.intake import fetch
from dateline.intake.address import checked_addresses, refusal
from dateline.intake.arrival import FailedInput
from dateline.intake.fetch import checked_url
from dateline.intake.item import Item
from dateline.intake.read import read_paths, take_in
from dateline.intake.walk import items
from dateline.settings import Limits, Settings
from originals import pdf, zipped

Reply = tuple[int, dict[str, str], bytes]
LINES = ["Shells fell on the market in Kadugli on Sunday."]


class Handler(BaseHTTPRequestHandler):
    """Answer from a table of paths; the requests' headers are kept."""

    replies: ClassVar[dict[str, Reply]] = {}
    slow: ClassVar[dict[str, Callable[[Any], None]]] = {}
    asked: ClassVar[list[tuple[str, dict[str, str]]]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, dict(self.headers)))
        if self.path in self.slow:
            self.slow[self.path](self.wfile)
            return
        status, headers, body = self.replies.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """A web server on this machine; its pages are what the test puts into Handler.replies."""
    Handler.replies, Handler.slow, Handler.asked = {}, {}, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def settings(**limits: int) -> Settings:
    return Settings(allow_private=True, limits=Limits(**limits))


def got(url: str, **limits: int) -> Item:
    (item,) = items([url], settings(**limits))
    assert isinstance(item, Item), item
    return item


def not_got(url: str, **limits: int) -> str:
    (item,) = items([url], settings(**limits))
    assert isinstance(item, FailedInput), item
    assert item.name == url
    return item.message


HTML = {"Content-Type": "text/html; charset=cp1252"}


def test_page(site: str) -> None:
    body = PAGE.format(date="2023-08-14").encode("cp1252")
    Handler.replies["/a/page.txt?q=1"] = (200, {**HTML, "Set-Cookie": "a=b", "Last-Modified": "x"}, body)
    item = got(f"{site}/a/page.txt?q=1#part")
    report = report_of(take_in(item, Settings()))
    assert (report.title, report.published, report.published_basis) == (
        "Market shelled",
        date(2023, 8, 14),
        "metadata",
    )
    assert "“rebels”" in report.text
    assert report.url == f"{site}/a/page.txt?q=1#part"
    original = item.original
    assert (original.digest, original.size) == (hashlib.sha256(body).hexdigest(), len(body))
    assert (original.data, original.media_type, original.url) == (body, "text/html", report.url)
    assert (original.fetched or "").endswith("+00:00")
    ((path, headers),) = Handler.asked
    assert path == "/a/page.txt?q=1"
    assert "Dateline" in headers["User-Agent"]
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


@pytest.mark.parametrize(
    ("headers", "body", "count"),
    [
        ({"Content-Type": "text/plain"}, STORY.encode(), 1),
        ({"Content-Type": "text/csv"}, b"text,date\nOne.,x\nTwo.,y\n", 2),
        ({"Content-Type": "application/pdf"}, pdf([LINES]), 1),
        ({"Content-Type": "application/zip"}, zipped({"a.txt": b"One.", "b.txt": b"Two."}), 2),
        ({"Content-Type": "application/octet-stream"}, gzip.compress(b'{"text": "One."}\n'), 1),
        ({}, STORY.encode(), 1),
        ({"Content-Type": "text/plain", "Content-Encoding": "gzip"}, gzip.compress(STORY.encode()), 1),
        ({"Content-Type": "text/plain", "Content-Encoding": "deflate"}, zlib.compress(STORY.encode()), 1),
    ],
    ids=["text", "table", "pdf", "zip", "gzip", "no type", "packed", "deflated"],
)
def test_formats(site: str, headers: dict[str, str], body: bytes, count: int) -> None:
    Handler.replies["/x"] = (200, headers, body)
    arrived = list(read_paths([f"{site}/x"], settings()))
    assert len([report_of(one).text for one in arrived]) == count


def test_redirects(site: str) -> None:
    Handler.replies["/one"] = (302, {"Location": "/two"}, b"")
    Handler.replies["/two"] = (308, {"Location": f"{site}/three"}, b"")
    Handler.replies["/three"] = (200, {"Content-Type": "text/plain"}, STORY.encode())
    item = got(f"{site}/one")
    assert (item.original.url, item.original.final_url) == (f"{site}/one", f"{site}/three")
    assert item.hints.url == f"{site}/three"
    Handler.replies["/odd"] = (302, {"Location": "/café".encode().decode("latin-1")}, b"")
    Handler.replies["/caf%C3%A9"] = (200, {"Content-Type": "text/plain"}, STORY.encode())
    assert got(f"{site}/odd").original.final_url == f"{site}/caf%C3%A9"
    Handler.replies["/loop"] = (301, {"Location": "/loop"}, b"")
    Handler.asked.clear()
    assert "more than 5 redirects" in not_got(f"{site}/loop")
    assert len(Handler.asked) == 6


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("http://user:word@n.example/", "user name or password"),
        ("gopher://127.0.0.1/", "only http and https"),
        ("http://169.254.169.254/latest/meta-data", "a link-local address"),
        ("http://[fe80::1]/", "a link-local address"),
        ("http://0.0.0.0/", "an address of no machine"),
        ("", "does not say where"),
    ],
)
def test_redirects_to_where_nothing_is_fetched(site: str, target: str, words: str) -> None:
    Handler.replies["/one"] = (302, {"Location": target}, b"")
    assert words in not_got(f"{site}/one")


def test_redirects_to_private_addresses_are_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Handler.replies["/one"] = (302, {"Location": f"http://localhost:{site.rsplit(':', 1)[1]}/two"}, b"")
    checked: list[str] = []

    def first_passes(host: str, port: int, *, seconds: float, allow_private: bool) -> list[str]:
        checked.append(host)
        if len(checked) == 1:
            return [host]
        return checked_addresses(host, port, seconds=seconds, allow_private=allow_private)

    monkeypatch.setattr(fetch, "checked_addresses", first_passes)
    (item,) = items([f"{site}/one"], Settings())
    assert "an address of this machine, which is not fetched" in str(item)
    assert checked == ["127.0.0.1", "localhost"]
    assert [path for path, _ in Handler.asked] == ["/one"]


def test_private_addresses_are_refused_unless_allowed(site: str) -> None:
    (item,) = items([f"{site}/x"], Settings())
    assert "an address of this machine" in str(item)
    assert Handler.asked == []


@pytest.mark.parametrize(
    "there",
    [
        "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "0.1.2.3",  # noqa: S104
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "192.0.0.1",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "::ffff:0:10.0.0.1", "::10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "2002:a00:1::1",
        "2001:0:a00:1::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(there: str) -> None:
    assert refusal(there, allow_private=False) is not None


def test_addresses_that_are() -> None:
    for there in ("8.8.8.8", "2606:4700::1", "::ffff:8.8.8.8"):
        assert refusal(there, allow_private=False) is None
    for there in ("127.0.0.1", "10.0.0.1", "::1", "fc00::1", "::ffff:10.0.0.1", "100.64.0.1"):
        assert refusal(there, allow_private=True) is None
    for there in ("169.254.169.254", "224.0.0.1", "0.0.0.0", "64:ff9b::a00:1", "240.0.0.1"):  # noqa: S104
        assert refusal(there, allow_private=True) is not None


def test_one_private_address_of_a_name_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(socket.AF_INET, 0, 0, "", (there, 80)) for there in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    with pytest.raises(InputError, match=r"leads to 10\.0\.0\.1"):
        checked_addresses("n.example", 80, seconds=1, allow_private=False)


def test_a_name_is_asked_for_once(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that changes its address between check and connection leads nowhere else."""
    port = int(site.rsplit(":", 1)[1])
    asked: list[object] = []
    real = socket.getaddrinfo

    def rebinding(host: str, *rest: Any, **named: Any) -> Any:
        if host != "n.example":
            return real(host, *rest, **named)
        asked.append(host)
        return [(socket.AF_INET, 0, 0, "", ("127.0.0.1" if len(asked) == 1 else "127.0.0.2", port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    Handler.replies["/x"] = (200, {"Content-Type": "text/plain"}, STORY.encode())
    assert got(f"http://n.example:{port}/x").data == STORY.encode()
    assert asked == ["n.example"]
    assert Handler.asked[0][1]["Host"] == f"n.example:{port}"


def test_names_that_are_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "the name n.example was not found" in not_got("http://n.example/")

    def slow(*_: object, **__: object) -> list[object]:
        time.sleep(1.5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    assert "not found within 1 seconds" in not_got("http://n.example/", fetch_wait_seconds=1)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://n.example/x", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("http://user@n.example/", "user name or password"),
        ("http://n.example:99999/", "is no URL"),
        ("http://n.example:0/", "without a host"),
        ("http://[::1/", "is no URL"),
        ("http://n.example/a b", "spaces"),
        ("http://n.example/\r\nHost: x", "control signs"),
        ("http://n.example/" + "x" * 9_000, "longer than 8,000"),
    ],
)
def test_urls_that_are_refused(url: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        checked_url(url)
    assert words in not_got(url)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ((404, {}, b""), "answers 404"),
        ((500, {}, b""), "answers 500"),
        ((304, {}, b""), "answers 304"),
        ((200, {"Content-Type": "image/png"}, b"x"), "sends image/png"),
        ((200, {"Content-Type": "text/plain", "Content-Encoding": "br"}, b"x"), "packed as 'br'"),
        (
            (200, {"Content-Type": "text/plain", "Content-Length": "99999"}, b""),
            "the limit for a URL is 9,000",
        ),
        (
            (200, {"Content-Type": "text/plain", "Content-Length": "9" * 5000}, b""),
            "the limit for a URL is 9,000",
        ),
        ((200, {"Content-Type": "text/plain", "Content-Length": "500"}, b"x"), "ends early"),
        ((200, {"Content-Type": "text/plain"}, b"x" * 10_000), "more than 9,000 bytes"),
        (
            (200, {"Content-Type": "text/plain", "Content-Encoding": "gzip"}, gzip.compress(b"x" * 10_000)),
            "more than 9,000",
        ),
        (
            (
                200,
                {"Content-Type": "text/plain", "Content-Encoding": "gzip"},
                gzip.compress(STORY.encode())[:-9],
            ),
            "ends early",
        ),
        ((200, {"Content-Type": "text/plain", "Content-Encoding": "gzip"}, b"no gzip"), "no HTTP"),
        ((200, {"Content-Type": "text/plain", "Transfer-Encoding": "chunked"}, b"zz\r\nx"), "no HTTP"),
        ((200, {"Content-Type": "text/plain"}, b""), "is empty"),
        ((200, {f"X-{number}": "y" for number in range(200)}, b""), "no HTTP"),
    ],
    ids=range(15),
)
def test_answers_that_are_refused(site: str, reply: Reply, words: str) -> None:
    Handler.replies["/x"] = reply
    begun = time.perf_counter()
    assert words in not_got(f"{site}/x", fetch_bytes=9_000)
    assert time.perf_counter() - begun < 3


def test_slow_answers_are_given_up(site: str) -> None:
    def drip(start: bytes, piece: bytes) -> Callable[[Any], None]:
        def send(file: Any) -> None:
            try:
                file.write(start)
                for _ in range(100):
                    file.write(piece)
                    file.flush()
                    time.sleep(0.1)
            except OSError:
                return

        return send

    begun = time.perf_counter()
    Handler.slow["/header"] = drip(b"HTTP/1.0 200 OK\r\nX: ", b"x")
    Handler.slow["/body"] = drip(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n", b"x")
    Handler.slow["/early"] = drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n")
    for path in Handler.slow:
        assert "too slow" in not_got(f"{site}{path}", fetch_seconds=1)
    Handler.slow["/silent"] = lambda _: time.sleep(3)
    assert "too slow" in not_got(f"{site}/silent", fetch_wait_seconds=1)
    assert time.perf_counter() - begun < 6


def test_what_is_no_server(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert "could not be fetched from 127.0.0.1" in not_got(f"http://127.0.0.1:{port}/")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def answer() -> None:
            connection = server.accept()[0]
            with connection:
                connection.recv(1000)
                connection.sendall(b"SSH-2.0-x\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        assert "could not be fetched" in not_got(f"https://127.0.0.1:{port}/")
        thread.join()


def test_settings_of_the_environment_are_not_used(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    Handler.replies["/x"] = (200, {"Content-Type": "text/plain"}, STORY.encode())
    assert got(f"{site}/x").data == STORY.encode()
