"""Fifty people review at once while the server is killed: no decision may be lost, doubled or overwritten in silence.

Usage: python -m benchmarks storm [--record DIR] [--clients 50] [--seconds 60] [--kills 2] [--claims 60] [--json FILE]
A desk is served by a process of its own, with an account for each client (without --record over a record that is made of
the examples). Each client signs in, then again and again opens a claim out of a few that all share, and decides about it
with the form of the page; where no answer comes, it sends the same form again until one does. The server is killed with
SIGKILL at random moments and started again. In the end it is checked that every decision that was answered as kept stands
in the record once; that no form was kept twice; that each kept decision was made in sight of just the decisions that
stood before it; and that the record verifies.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

SEED = 20220302
PASSWORD = "correct horse battery staple 50"  # noqa: S105
DECISIONS = ("accept", "reject", "unsure")


@dataclass(slots=True)
class Told:
    """What the server told a client of its decisions: the keys of those kept, and how many met another's."""

    kept: list[str] = field(default_factory=list)
    met: int = 0
    again: int = 0
    other: Counter[int] = field(default_factory=Counter)


class Client:
    """One person at the desk, who waits where the server is gone and tries again."""

    def __init__(self, port: int, name: str, claims: Sequence[str], until: float) -> None:
        self.port, self.name, self.claims, self.until = port, name, claims, until
        self.draw = random.Random(f"{SEED}-{name}")
        self.cookie = ""
        self.told = Told()

    def run(self) -> None:
        """Review until time is up."""
        self._sign_in()
        while time.monotonic() < self.until:
            claim = self.draw.choice(self.claims)
            status, page = self._ask("GET", f"/review/{claim}")
            if status != 200:
                self.told.other[status] += 1
                continue
            self._decide(claim, page)

    def _decide(self, claim: str, page: str) -> None:
        fields = {name: _hidden(page, name) for name in ("token", "seen", "key")}
        form = {**fields, "decision": self.draw.choice(DECISIONS), "why": f"by {self.name}"}
        status, _ = self._ask("POST", f"/review/{claim}", form)
        if status == 303:
            self.told.kept.append(fields["key"])
        elif status == 409:
            self.told.met += 1
        else:
            self.told.other[status] += 1

    def _sign_in(self) -> None:
        _, page = self._ask("GET", "/sign-in")
        status, _ = self._ask(
            "POST", "/sign-in", {"token": _hidden(page, "token"), "name": self.name, "password": PASSWORD}
        )
        if status != 303:
            raise RuntimeError(f"{self.name} could not sign in ({status})")

    def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Send a request, the same again until an answer comes, and keep the session's cookie."""
        body = urlencode(form) if form else None
        tries = 0
        while True:
            tries += 1
            connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
            headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
            try:
                connection.request(method, path, body, headers)
                response = connection.getresponse()
                text = response.read().decode()
            except (OSError, HTTPException):
                if tries > 600:
                    raise
                self.told.again += 1
                time.sleep(0.1)
                continue
            finally:
                connection.close()
            for cookie in response.headers.get_all("set-cookie") or ():
                self.cookie = cookie.split(";")[0]
            return response.status, text


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return unescape(found[1]) if found else ""


class Server:
    """The desk in a process of its own, on one port through all its lives."""

    def __init__(self, record: Path) -> None:
        self.record = record
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.start()

    def start(self) -> None:
        """Start it and wait until it says where it is."""
        command = [str(Path(sys.executable).with_name("dateline")), "serve", str(self.record)]
        self.process = subprocess.Popen(  # noqa: S603
            [*command, "--no-browse", "--port", str(self.port)], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        if not any("http://" in line for line in self.process.stdout):
            raise RuntimeError("the server did not start")

    def kill(self) -> None:
        """Kill it at once."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Stop it as a person would."""
        self.process.terminate()
        self.process.wait(timeout=60)


def made_record(folder: Path) -> Path:
    """Make a record of the examples."""
    from dateline.run.add import add
    from dateline.run.link import link, load_link_kit
    from dateline.run.summaries import refresh
    from dateline.settings import Settings
    from dateline.store.sqlite import create_record

    examples = Path(__file__).parent.parent / "examples"
    record = create_record(folder)
    add(
        [str(path) for path in sorted(examples.iterdir()) if path.suffix in (".txt", ".html", ".jsonl")],
        record,
        Settings(),
    )
    link(record, load_link_kit())
    refresh(record, load_link_kit())
    return folder


def faults(record: Path, told: Sequence[Told]) -> dict[str, int]:
    """Return how often what may not happen did."""
    from dateline.store.sqlite import open_record

    with open_record(record).view() as view:
        made = [review for review in view.reviews() if review.key]
        broken = list(view.verify())
    counts = Counter((review.who, review.key) for review in made)
    known = {review.key for review in made}
    standing: dict[str, list[str]] = {}
    unseen = 0
    for review in made:
        before = standing.setdefault(review.claims[0], [])
        seen = (review.seen or {}).get("decisions", [])
        unseen += set(seen) != set(before)
        before.append(review.id)
    return {
        "lost": sum(key not in known for one in told for key in one.kept),
        "doubled": sum(count - 1 for count in counts.values()),
        "unseen": unseen,
        "faults": sum(fault.grave for fault in broken),
    }


def main(argv: Sequence[str]) -> int:
    """Let people review through kills, and check what was kept; see the module's usage."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks storm", description=__doc__)
    parser.add_argument("--record", type=Path, help="a record to be copied; one of the examples without it")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--claims", type=int, default=60)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(argv)
    from dateline.desk.people import People
    from dateline.desk.state import State
    from dateline.store.sqlite import open_record

    with tempfile.TemporaryDirectory(prefix="storm-") as temporary:
        folder = Path(temporary) / "record"
        if options.record:
            shutil.copytree(options.record, folder)
        else:
            made_record(folder)
        people = People(State(folder))
        names = [f"coder {number}" for number in range(options.clients)]
        for name in names:
            people.add(
                name, "lead" if name == names[0] else "coder", PASSWORD, by="the benchmark", must_change=False
            )
        with open_record(folder).view() as view:
            claims = [claim.id for claim, _ in view.claims()][: options.claims]
        server = Server(folder)
        until = time.monotonic() + options.seconds
        clients = [Client(server.port, name, claims, until) for name in names]
        threads = [threading.Thread(target=client.run, daemon=True) for client in clients]
        for thread in threads:
            thread.start()
        draw = random.Random(SEED)
        for _ in range(options.kills):
            time.sleep(options.seconds / (options.kills + 1) * draw.uniform(0.7, 1.1))
            server.kill()
            server.start()
        for thread in threads:
            thread.join(timeout=120)
        server.stop()
        told = [client.told for client in clients]
        found: dict[str, Any] = {
            "clients": options.clients, "seconds": options.seconds, "kills": options.kills, "claims": len(claims),
            "kept": sum(len(one.kept) for one in told), "met_another": sum(one.met for one in told),
            "sent_again": sum(one.again for one in told),
            "other_answers": dict(sum((one.other for one in told), Counter())),
            "unfinished": sum(thread.is_alive() for thread in threads), **faults(folder, told),
        }  # fmt: skip
    for name, value in found.items():
        print(f"{name:<16}{value}")
    if options.json:
        options.json.write_text(json.dumps({"benchmark": "storm", **found}, indent=1) + "\n")
    return 1 if any(found[name] for name in ("lost", "doubled", "unseen", "faults", "unfinished")) else 0
