"""Take a file apart in a process of its own, with bounds on time and memory that no input can pass."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Literal

from dateline.errors import InputError
from dateline.settings import Limits

Task = Literal["pdf", "feed"]
_NOUNS: dict[Task, str] = {"pdf": "PDF", "feed": "feed"}


def confined(task: Task, data: bytes, options: Mapping[str, int], limits: Limits) -> bytes:
    """Return what the task prints, as JSON in UTF-8; raise InputError when it fails or takes too much.

    The parsers of these formats are other people's, and some inputs keep them busy for hours: a process can be
    ended from outside, a loop in it cannot. Starting one costs about a quarter of a second.
    """
    given = {**options, "bytes": limits.confined_bytes, "seconds": limits.confined_seconds}
    command = [sys.executable, "-P", "-m", "dateline.intake.confined_task", task, json.dumps(given)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    noun = _NOUNS[task]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.confined_seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise InputError(
            f"is a {noun} that takes more than {limits.confined_seconds} seconds to take apart, the limit; "
            "give its text as .txt instead"
        ) from None
    if done.returncode == 0:
        return done.stdout
    if done.returncode == 3:
        raise InputError(done.stdout.decode("utf-8", "replace")[:1_000])
    raise InputError(
        f"is a {noun} that takes more than {limits.confined_bytes:,} bytes of memory to take apart, or breaks "
        "the parser; give its text as .txt instead"
    )
