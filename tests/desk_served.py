"""A desk for the tests: a record of the own-written stories, served by a real server on a free port."""

import json
import re
import shutil
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, Request, build_opener

import uvicorn

from dateline.desk.app import create_app
from dateline.desk.desk import Desk, DeskSettings
from dateline.desk.serve import bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the desk answered."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.text)


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(slots=True)
class Client:
    """Somebody at the desk, with cookies of their own; redirects are not followed."""

    address: str
    opener: OpenerDirector = field(default_factory=lambda: build_opener(HTTPCookieProcessor(), _Stay()))

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        return self._send(Request(self.address + path, headers=headers))  # noqa: S310

    def post(
        self, path: str, fields: Mapping[str, Any] | None = None, *, token: str | None = None, **headers: str
    ) -> Answer:
        """Send a form with the token of the front page, or another."""
        sent = {"token": self.token() if token is None else token, **(fields or {})}
        body = urlencode(sent, doseq=True).encode()
        return self._send(Request(self.address + path, data=body, headers=headers))  # noqa: S310

    def upload(
        self,
        path: str,
        files: Sequence[tuple[str, bytes]],
        fields: Mapping[str, str] | None = None,
        *,
        token: str | None = None,
        **headers: str,
    ) -> Answer:
        """Send files in the field "files", as a form does."""
        sent = {"token": self.token() if token is None else token, **(fields or {})}
        line = "dateline-test-line"
        parts = [
            f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in sent.items()
        ]
        for name, data in files:
            head = f'--{line}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
            parts.append(head.encode() + data + b"\r\n")
        body = b"".join((*parts, f"--{line}--\r\n".encode()))
        kind = {"content-type": f"multipart/form-data; boundary={line}"}
        return self._send(Request(self.address + path, data=body, headers={**kind, **headers}))  # noqa: S310

    def sign_in(self, name: str, password: str, back: str = "/", **headers: str) -> Answer:
        """Sign in, with the token of the page for it."""
        return self.post("/sign-in", {"name": name, "password": password, "back": back}, **headers)

    def token(self, path: str = "/") -> str:
        """Return the anti-forgery token that a page shows, or the page that it leads to."""
        answer = self.get(path)
        if answer.status == 303:
            answer = self.get(answer.headers["location"])
        found = re.search(r'name="dateline-token" content="([0-9a-f]+)"', answer.text)
        assert found is not None
        return found[1]

    def _send(self, request: Request) -> Answer:
        try:
            with self.opener.open(request, timeout=60) as response:
                return Answer(
                    status=response.status,
                    headers=dict(response.headers),
                    text=response.read().decode("utf-8", "replace"),
                )
        except HTTPError as error:
            return Answer(status=error.code, headers=dict(error.headers), text=error.read().decode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A desk that is being served, and its address without a slash at the end."""

    desk: Desk
    address: str

    def client(self) -> Client:
        """Return somebody new at the desk."""
        return Client(self.address)


@contextmanager
def served(folder: Path, **settings: Any) -> Iterator[Served]:
    """Serve a record until the end of the block."""
    desk = Desk(folder, DeskSettings(**{"who": "Ada Tester", **settings}))
    listener = bound("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(create_app(desk), log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        deadline = time.monotonic() + 30
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            assert time.monotonic() < deadline, "the server did not start in time"
            time.sleep(0.02)
        yield Served(desk=desk, address=f"http://127.0.0.1:{listener.getsockname()[1]}")
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        listener.close()


def copied(record: Path, folder: Path) -> Path:
    """Copy a record, so that a test may change it."""
    shutil.copytree(record, folder, dirs_exist_ok=True)
    return folder
