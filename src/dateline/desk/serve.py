"""Serve a desk: bind, say where, open the browser, until it is stopped."""

import socket
import threading
import webbrowser
from collections.abc import Callable

import uvicorn

from dateline.desk.app import create_app
from dateline.desk.desk import Desk
from dateline.errors import DatelineError


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address; port 0 takes a free one. Raises DatelineError when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise DatelineError(
            f"cannot serve at {host}, port {port} ({error.strerror}); name another with --port, or 0 for any free one"
        ) from error
    return listener


def serve(desk: Desk, listener: socket.socket, *, tell: Callable[[str], None], browse: bool) -> None:
    """Serve until Ctrl-C; `tell` is told the address, and the browser is led to it if `browse` is set."""
    config = uvicorn.Config(
        create_app(desk), log_level="warning", access_log=False, server_header=False, proxy_headers=False,
        timeout_graceful_shutdown=10, limit_concurrency=500,
    )  # fmt: skip
    host, port = listener.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    tell(address)
    if browse:
        # The browser is led there once the server answers.
        threading.Timer(0.8, webbrowser.open, (address,)).start()
    uvicorn.Server(config).run(sockets=[listener])
