"""One of the processes that serve a desk: `python -m dateline.desk.serve_process`, started by `workers`.

Standard input tells in a line of JSON what to serve: folder, settings, exposure, and the number of the socket. Its end
says that whoever started it is gone: then this process is gone too, at once, and lets go of the socket. It prints one
line when it serves.
"""

import gc
import json
import os
import socket
import sys
import threading
from pathlib import Path
from typing import Any

import uvicorn

from dateline.desk.app import create_app
from dateline.desk.desk import Desk, DeskSettings
from dateline.desk.serve import WAITING, Exposure, config_of
from dateline.errors import DatelineError


class Shared(socket.socket):
    """A socket that several processes take connections from, one at a time, so that the idle one takes the next."""

    def listen(self, backlog: int = WAITING, /) -> None:
        """Listen; the length of the line stays, since asyncio asks for as many as it would take at once."""
        super().listen(max(backlog, WAITING))


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            # What was loaded stays until the end; it need not be looked through for what to throw away.
            gc.collect()
            gc.freeze()
            sys.stdout.write("serving\n")
            sys.stdout.flush()


def settings_of(values: dict[str, Any]) -> DeskSettings:
    """Return the settings of a desk from their JSON values."""
    releases = values["releases"]
    return DeskSettings(
        **{**values, "hosts": tuple(values["hosts"]), "releases": Path(releases) if releases else None}
    )


def exposure_of(values: dict[str, Any]) -> Exposure:
    """Return the exposure of a desk from its JSON values."""
    paths = {name: Path(values[name]) if values[name] else None for name in ("certificate", "key")}
    lists = {name: tuple(values[name]) for name in ("names", "proxies")}
    return Exposure(**{**values, **paths, **lists})


def _end_with_parent() -> None:
    # The one who started this process holds the other end; it closes when that ends, however that comes.
    sys.stdin.buffer.read()
    os._exit(1)


def main() -> int:
    """Serve what standard input tells until SIGTERM."""
    spec = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    listener = Shared(fileno=spec["socket"])
    listener.set_inheritable(False)
    try:
        desk = Desk(Path(spec["folder"]), settings_of(spec["settings"]))
        # Taken in before the first request waits for it.
        desk.snapshot()
        app = create_app(desk, keeps=False)
    except DatelineError as error:
        print(f"dateline: {error}", file=sys.stderr)
        return 1
    _Server(config_of(app, exposure_of(spec["exposure"]), at_once=1)).run(sockets=[listener])
    return 0


if __name__ == "__main__":
    sys.exit(main())
