"""The process in which a PDF or a feed is taken apart: bytes on standard input, JSON on standard output."""

import json
import os
import sys
from typing import Any

from dateline.errors import InputError


def main(task: str, options: dict[str, int]) -> int:
    """Bound this process, run the task, print what it returns; 3 and a message for a bad input."""
    _bound(options["bytes"], options["seconds"])
    # What a library prints must not get among the answer.
    out, sys.stdout = sys.stdout, sys.stderr
    data = sys.stdin.buffer.read()
    try:
        answer = json.dumps(_run(task, data, options), ensure_ascii=False)
    except InputError as error:
        answer, code = str(error), 3
    except MemoryError:
        return 4
    else:
        code = 0
    out.buffer.write(answer.encode("utf-8", "replace"))
    out.flush()
    return code


def _run(task: str, data: bytes, options: dict[str, int]) -> Any:
    if task == "pdf":
        from dateline.intake.pdf import parse_pdf

        return parse_pdf(data, pages=options["pages"], characters=options["characters"])
    from dateline.intake.feed import parse_feed

    return parse_feed(data)


def _bound(memory: int, seconds: int) -> None:
    """Bound memory, time and written files of this process where the system knows such bounds."""
    try:
        import resource
    except ImportError:
        return
    bounds = ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0))
    for kind, most in bounds:
        try:
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (most if hard < 0 else min(most, hard), hard))
        except (ValueError, OSError):
            continue


if __name__ == "__main__":
    status = main(sys.argv[1], json.loads(sys.argv[2]))
    # At once: tearing down a parser's objects can take longer than all else.
    os._exit(status)
