"""A desk served by two processes: one record for both, another in place of one that dies, and none left behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dateline.desk.call import DeskError
from dateline.desk.publish_order import Order
from dateline.desk.publisher import Publisher
from dateline.desk.state import State
from dateline.store.sqlite import open_record
from desk_served import Client, copied

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at the processes of Linux")
_COMMAND = [sys.executable, "-c", "from dateline.cli import app; app()", "serve"]


def until(true: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.02)


def children(pid: int) -> list[int]:
    return sorted(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@contextmanager
def started(folder: Path, port: int = 0) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    command = [*_COMMAND, str(folder), "--no-browse", "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(  # noqa: S603
        [*command, "--who", "Ada Tester"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        line = next(line for line in process.stdout if "http://" in line)
        yield process, f"http://{line.split('http://')[1].split('/')[0]}"
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def folder(stories_record: Path, tmp_path: Path) -> Path:
    return copied(stories_record, tmp_path / "record")


def serving(process: "subprocess.Popen[str]", address: str) -> list[int]:
    """Wait until each of the two answers while the other is stopped, and return them."""
    until(lambda: len(children(process.pid)) == 2)
    pair = children(process.pid)
    for one, other in (pair, pair[::-1]):
        os.kill(other, signal.SIGSTOP)
        assert Client(address).get("/").status == 200
        os.kill(other, signal.SIGCONT)
        assert alive(one)
    return pair


def test_what_was_decided_through_one_process_is_seen_by_the_other_at_once(folder: Path) -> None:
    with started(folder) as (process, address):
        one, other = serving(process, address)
        with open_record(folder).view() as view:
            claim = next(claim.id for claim, _ in view.claims())
        for number, decision in enumerate(("accept", "reject", "accept")):
            os.kill(other, signal.SIGSTOP)
            form = {"decision": decision, "why": f"reason {number}", "key": f"form-{number}"}
            assert Client(address).post(f"/review/{claim}", form).status == 303
            os.kill(other, signal.SIGCONT)
            os.kill(one, signal.SIGSTOP)
            assert f"reason {number}" in Client(address).get(f"/review/{claim}").text
            os.kill(one, signal.SIGCONT)
            one, other = other, one


def test_a_process_that_was_killed_is_started_again_and_the_desk_answers_meanwhile(folder: Path) -> None:
    with started(folder) as (process, address):
        gone, stays = serving(process, address)
        os.kill(gone, signal.SIGKILL)
        assert Client(address).get("/").status == 200
        until(lambda: len(children(process.pid)) == 2 and gone not in children(process.pid))
        assert stays in serving(process, address)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_quietly_within_seconds_and_leaves_nothing_open(folder: Path, number: int) -> None:
    with started(folder) as (process, address):
        pair = serving(process, address)
        process.send_signal(number)
        _, said = process.communicate(timeout=20)
        assert said in ("", "stopped\n")
        assert not any(map(alive, pair))
        assert not list(folder.glob("desk.sqlite-wal"))


def test_where_it_is_killed_its_processes_go_too_and_it_can_be_served_again_at_once(folder: Path) -> None:
    with started(folder) as (process, address):
        pair = serving(process, address)
        process.kill()
        process.wait()
        until(lambda: not any(map(alive, pair)), 10)
    port = int(address.rsplit(":", 1)[1])
    with started(folder, port) as (_, again):
        assert again == address
        assert Client(address).get("/").status == 200


def test_a_process_that_cannot_serve_is_told_of(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [
            *_COMMAND,
            str(folder),
            "--no-browse",
            "--port",
            str(taken.getsockname()[1]),
            "--workers",
            "2",
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    assert done.returncode == 1
    assert "cannot serve at" in done.stderr


def test_one_release_is_made_at_a_time_whichever_process_was_asked(folder: Path) -> None:
    releases = folder / "releases"
    one, other = (Publisher(folder, releases, State(folder)) for _ in range(2))
    order = Order(pairs=(), form="release", title="Spring")
    one.release(order, "Ada Tester")
    making = other.making()
    assert making is not None
    assert (making.title, making.who, making.fault) == ("Spring", "Ada Tester", None)
    with pytest.raises(DeskError, match="is being made"):
        other.release(order, "Ben Tester")
    until(lambda: other.making() is None, 120)
    assert (releases / "0001-spring").is_dir()


def test_a_release_whose_desk_was_killed_is_told_of_and_does_not_stop_the_next(folder: Path) -> None:
    now = [1_000.0]
    state = State(folder)
    with state.transaction() as connection:
        connection.execute(
            "INSERT INTO published (kind, title, who, since, beat) VALUES ('release', 'Lost', 'Ada', 990, 999)"
        )
    publisher = Publisher(folder, folder / "releases", state, clock=lambda: now[0])
    assert publisher.making() is not None
    now[0] += 60
    lost = publisher.making()
    assert lost is not None
    assert lost.fault == "the desk was stopped while it was being made"
    publisher.release(Order(pairs=(), form="release", title="Next"), "Ada Tester")
    until(lambda: publisher.making() is None, 120)
