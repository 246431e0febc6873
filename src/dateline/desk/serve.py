"""Serve a desk: bind, say where, open the browser, until it is stopped; and refuse to serve one that is open to all."""

import os
import socket
import ssl
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from dateline.desk.app import create_app
from dateline.desk.assets import check_assets
from dateline.desk.desk import Desk
from dateline.desk.people import People
from dateline.desk.security import loopback
from dateline.desk.workers import Workers, kept, spec_of
from dateline.errors import DatelineError

# So many connections wait in line before more are turned away.
WAITING = 2048
# Seconds that answers under way have when the desk is stopped.
GRACE_S = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Where a desk is to be reached from, and what stands before it.

    `names` are hosts it answers to besides those of this machine. `secure`: something before it speaks HTTPS, at one
    of the addresses `proxies`. `insecure`: a person said that passwords may travel readable. `local`: no sign-in.
    """

    host: str = "127.0.0.1"
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None
    secure: bool = False
    insecure: bool = False
    local: bool = False
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")

    @property
    def reached(self) -> bool:
        """Whether others than this machine may reach it: by its address, or through what stands before it."""
        return not loopback(self.host) or self.secure or not all(map(loopback, self.names))

    @property
    def encrypted(self) -> bool:
        """Whether what is sent is encrypted."""
        return self.secure or self.certificate is not None

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names that the desk answers to."""
        own = () if self.host in ("0.0.0.0", "::") else (self.host,)  # noqa: S104
        return ("localhost", "127.0.0.1", "::1", *own, *self.names)


def check_exposure(exposure: Exposure, people: People, folder: Path) -> None:
    """Raise DatelineError where a desk would be open to people it should not, or send passwords readable unasked."""
    if (exposure.certificate is None) != (exposure.key is None):
        raise DatelineError("--certificate and --key go together: name both files, or neither")
    if exposure.certificate is not None:
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(exposure.certificate, exposure.key)
        except OSError as error:
            raise DatelineError(
                f"{exposure.certificate} and {exposure.key}: cannot be used as certificate and key ({error}); "
                "name PEM files that belong together"
            ) from error
    if not exposure.reached:
        return
    if exposure.local:
        raise DatelineError(
            "--local serves without sign-in, so only to this machine: leave out --host, --name and --secure"
        )
    if not people.any_lead():
        raise DatelineError(
            "others could reach this desk, and nobody has an account with the role lead, so nobody could sign in and "
            f"anybody could ask. Make one first:  dateline people add {folder} NAME --role lead"
        )
    if not exposure.encrypted and not exposure.insecure:
        raise DatelineError(
            "without HTTPS everybody on the way can read the passwords. Serve with --certificate FILE --key FILE; or with "
            "--secure behind a proxy that speaks HTTPS; or say with --insecure that you accept it"
        )


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address; port 0 takes a free one. Raises DatelineError when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, so that asyncio sends small answers at once instead of waiting for the acknowledgement of others.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        # Whoever comes before the desk is ready waits in line instead of being turned away.
        listener.listen(WAITING)
    except OSError as error:
        listener.close()
        raise DatelineError(
            f"cannot serve at {host}, port {port} ({error.strerror}); name another with --port, or 0 for any free one"
        ) from error
    return listener


def config_of(app: ASGIApp, exposure: Exposure, *, at_once: int = WAITING) -> uvicorn.Config:
    """Return how an application is served; `at_once` are the connections that are taken in one go."""
    return uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False,
        # Who is behind a proxy is believed of the proxy alone.
        proxy_headers=exposure.secure, forwarded_allow_ips=list(exposure.proxies),
        ssl_certfile=exposure.certificate, ssl_keyfile=exposure.key, backlog=at_once,
        timeout_graceful_shutdown=GRACE_S, limit_concurrency=500, h11_max_incomplete_event_size=32_768,
    )  # fmt: skip


def serve(
    desk: Desk,
    listener: socket.socket,
    *,
    tell: Callable[[str], None],
    browse: bool,
    exposure: Exposure | None = None,
    workers: int = 1,
) -> None:
    """Serve until Ctrl-C; `tell` is told the address, and the browser is led to it if `browse` is set.

    With several `workers` so many processes serve, and this one looks after them.
    """
    exposure = exposure or Exposure()
    host, port = listener.getsockname()[:2]
    scheme = "https" if exposure.certificate else "http"
    address = f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}/"

    def begun() -> None:
        tell(address)
        if browse:
            # The browser is led there once the server answers.
            threading.Timer(0.8, webbrowser.open, (address,)).start()

    if workers == 1:
        app = create_app(desk)
        begun()
        uvicorn.Server(config_of(app, exposure)).run(sockets=[listener])
        return
    if os.name == "nt":
        raise DatelineError("on Windows one process serves the desk: leave out --workers")
    check_assets()
    several = Workers(listener, spec_of(desk, exposure), workers)
    with several.signalled():
        try:
            several.start()
            begun()
            with kept(desk):
                several.run()
                # Pages first: what the jobs are at may take longer.
                several.stop()
        finally:
            several.stop()
            desk.let_go()
