"""Read an input made to hurt, with bounds on memory and time, and a good input behind it."""

import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from arrivals import STORY, failure, report_of
from dateline.intake.arrival import Arrival
from dateline.intake.read import Arrived, read_paths
from dateline.settings import Limits, Settings

MEGABYTE = 1_000_000


@contextmanager
def bounded(*, megabytes: float, seconds: float = 20) -> Iterator[None]:
    """Fail when what runs within takes more memory of Python's, or more time."""
    tracemalloc.start()
    begun = time.perf_counter()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < megabytes * MEGABYTE
        assert time.perf_counter() - begun < seconds
    finally:
        tracemalloc.stop()


def read(tmp_path: Path, data: bytes, name: str, **limits: int) -> list[Arrived]:
    """Return what comes of a file, with a good one behind it, which must have been read."""
    (tmp_path / name).write_bytes(data)
    (tmp_path / "zz good.txt").write_text(STORY)
    settings = Settings(limits=Limits(**limits))
    *arrived, last = read_paths([str(tmp_path / name), str(tmp_path / "zz good.txt")], settings)
    assert report_of(last).text == STORY
    return arrived


def refused(tmp_path: Path, data: bytes, name: str, **limits: int) -> str:
    """Return the message of the one failure that comes of a file."""
    (arrived,) = read(tmp_path, data, name, **limits)
    message = failure(arrived)
    assert message.startswith(str(tmp_path / name))
    assert ";" in message or ":" in message.removeprefix(str(tmp_path / name) + ":"), "says what to do"
    return message


def texts(arrived: list[Arrived]) -> list[str]:
    return [one.report.text for one in arrived if isinstance(one, Arrival)]
