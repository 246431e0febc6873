"""Work for the tests of the pool: done in other processes, so it stands in a module of its own."""

import os
import signal
from pathlib import Path

_ready: list[str] = []


def set_up(word: str) -> None:
    """Note that this process was prepared."""
    _ready.append(word)


def set_up_and_die(word: str) -> None:
    """Die while being prepared."""
    os.kill(os.getpid(), signal.SIGKILL)


def work(task: str) -> str:
    """Answer a task; "die" kills the process each time, "die once PATH" only the first time."""
    if task == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if task.startswith("die once "):
        path = Path(task.removeprefix("die once "))
        if not path.exists():
            path.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return f"{_ready[0]} {task}"


def lost(task: str) -> str:
    """Say that a task was lost."""
    return f"lost {task}"
