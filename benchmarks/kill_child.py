"""What the kill benchmark runs and kills: a command on a record that tells what it has committed, line by line."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.synthetic import report_text
from dateline.model.text import Report
from dateline.reading.kit import load_kit
from dateline.reading.read import read_report
from dateline.run.add import Committed, add
from dateline.run.link import link, load_link_kit
from dateline.run.reread import reread
from dateline.settings import Settings
from dateline.store.sqlite import open_record

READY = "ready"
# So that there are many commits in a short run.
_EVERY_S = 0.05
_AT_ONCE = 10

Told = Callable[[Committed], None]


def _add(record: Path, data: Path, told: Told, *, workers: int = 1) -> None:
    made = open_record(record, must_exist=False)
    add([str(data)], made, Settings(), workers=workers, every_s=_EVERY_S, told=told)


def _add_by_two(record: Path, data: Path, told: Told) -> None:
    _add(record, data, told, workers=2)


def _reread(record: Path, data: Path, told: Told) -> None:
    reread(open_record(record), Settings(), every_s=_EVERY_S, told=told)


def _link(record: Path, data: Path, told: Told) -> None:
    link(
        open_record(record),
        load_link_kit(),
        at_once=_AT_ONCE,
        progress=lambda done, total: print("[]", flush=True),
    )


# Name -> what it runs on a record and its data; a new command that writes is one more line here and in `CASES`.
COMMANDS: Mapping[str, Callable[[Path, Path, Told], None]] = {
    "add": _add,
    "add-2": _add_by_two,
    "reread": _reread,
    "link": _link,
}


def main(argv: Sequence[str]) -> int:
    """Run a command: its name, the record, the data; print "ready", then the ids of each commit."""
    name, record, data = argv
    # The parser is loaded before the clock runs, so that the kills fall into the work and not into the start.
    read_report(Report(text=report_text(0)), load_kit())
    print(READY, flush=True)
    COMMANDS[name](
        Path(record), Path(data), lambda committed: print(json.dumps(committed.reports), flush=True)
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
