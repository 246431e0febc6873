"""Kill what writes to a record at random moments, and see that nothing is lost, doubled or broken."""

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from benchmarks.kill_child import READY
from benchmarks.synthetic import write_files, write_lines
from dateline.model.reading import Recipe
from dateline.reading.kit import load_kit
from dateline.run.add import add
from dateline.settings import Settings
from dateline.store.base import Custody
from dateline.store.codec import pack, recipe_digest
from dateline.store.linked import Linked
from dateline.store.sqlite import Record, create_record, open_record

OLD = Recipe(package="0", codebook="older", models=(), settings="")
_LONGEST_S = 300.0
_POLL_S = 0.002


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A command that is killed: its name in kill_child, what makes its data, and the record that it starts from.

    With `read_before` the record holds all reports, read by an older recipe or, if not `older`, by the present one. It
    is killed within `share` of the time that it takes undisturbed, so that a record is killed upon several times.
    """

    command: str
    write: Callable[[Path, int], None]
    read_before: bool = False
    older: bool = True
    share: float = 0.5


CASES: Mapping[str, Case] = {
    "add one file": Case(command="add", write=write_lines),
    "add many files": Case(command="add", write=write_files),
    "add by 2 processes": Case(command="add-2", write=write_files, share=1.0),
    "reread": Case(command="reread", write=write_lines, read_before=True),
    "link": Case(command="link", write=write_lines, read_before=True, older=False),
}


@dataclass(slots=True)
class Tally:
    """What was found over all kills of one case; everything but the first five must be 0."""

    kills: int = 0
    rounds: int = 0
    commits: int = 0
    before_any: int = 0
    notes: int = 0
    lost: int = 0
    doubled: int = 0
    faults: int = 0
    left_running: int = 0
    different: int = 0
    seconds: float = 0.0
    said: list[str] = field(default_factory=list)

    @property
    def failures(self) -> int:
        """How many things went wrong."""
        return self.lost + self.doubled + self.faults + self.left_running + self.different


@dataclass(slots=True)
class Child:
    """A command that runs in a process of its own (and those that it starts), with what it told in a file."""

    process: subprocess.Popen[bytes]
    told: Path

    @property
    def lines(self) -> list[str]:
        """The whole lines that it has printed."""
        return self.told.read_text(encoding="utf-8").rpartition("\n")[0].splitlines()

    def committed(self) -> set[str]:
        """Return the ids of the reports that it told to be committed."""
        return {report for line in self.lines if line != READY for report in json.loads(line)}

    def wait_ready(self) -> None:
        """Wait until it begins its work; raises RuntimeError when it never does."""
        until = monotonic() + _LONGEST_S
        while READY not in self.lines:
            if self.process.poll() is not None or monotonic() > until:
                raise RuntimeError(f"the command ended before it began, with code {self.process.poll()}")
            sleep(_POLL_S)

    def kill(self) -> bool:
        """Kill the process at once; return whether the processes that it had started ended by themselves."""
        self.process.kill()
        self.process.wait()
        until = monotonic() + 20
        while monotonic() < until:
            try:
                os.killpg(self.process.pid, 0)
            except ProcessLookupError:
                return True
            sleep(0.02)
        os.killpg(self.process.pid, signal.SIGKILL)
        return False


def start(case: Case, record: Path, data: Path, told: Path) -> Child:
    """Start the command of a case."""
    command = [sys.executable, "-m", "benchmarks.kill_child", case.command, str(record), str(data)]
    # What multiprocessing says of the processes that were killed is no news.
    with told.open("wb") as out, told.with_suffix(".err").open("ab") as errors:
        process = subprocess.Popen(command, stdout=out, stderr=errors, start_new_session=True)  # noqa: S603
    return Child(process=process, told=told)


def contents(record: Record) -> dict[str, Any]:
    """Return all that a record holds, without the times and without the order in which it came."""

    def way(custody: Custody) -> tuple[str, ...]:
        return custody.original, custody.locator, custody.name

    with record.view() as view:
        return {
            report: (
                sorted(map(way, view.custody(report))),
                sorted((recipe_digest(r.recipe), pack(r).digest) for r in view.all_readings(report)),
            )
            for report in view.report_ids()
        } | {
            "originals": sorted(p.name for p in record.originals.files() if not p.name.startswith(".")),
            "events": events_in(view.connection),
        }


def events_in(connection: sqlite3.Connection) -> list[list[str]]:
    """Return the claims of each event, sorted."""
    linked = Linked(connection)
    held = linked.claims_of_events([event for event, _ in linked.event_ids(None)])
    return sorted(sorted(claims) for claims in held.values())


def check(folder: Path, told: set[str], recipe: str, tally: Tally, where: str) -> None:
    """Check a record after a kill: what was told is in it, once, and it is sound."""
    if not (folder / "record.sqlite").exists():
        tally.lost += len(told)
        return
    with open_record(folder).view() as view:
        ids = list(view.report_ids())
        gone = {report for report in told if report not in ids or not view.has_reading(report, recipe)}
        doubled = len(ids) - len(set(ids))
        for report in ids:
            recipes = [reading.recipe for reading in view.all_readings(report)]
            doubled += len(recipes) - len(set(recipes))
            doubled += len(view.custody(report)) - 1
        found = list(view.verify())
    faults = [fault for fault in found if fault.grave]
    tally.lost += len(gone)
    tally.doubled += doubled
    tally.faults += len(faults)
    tally.notes += len(found) - len(faults)
    tally.said += [f"{where}: {fault}" for fault in faults[:3]]
    tally.said += [
        f"{where}: report {report} was told to be committed and is not there" for report in sorted(gone)[:3]
    ]


def run_case(name: str, case: Case, times: int, reports: int, rng: random.Random) -> Tally:
    """Kill a command so many times; a record is killed upon until its command comes to an end, then a new one."""
    tally, recipe, began = Tally(), recipe_digest(load_kit().recipe), monotonic()
    with tempfile.TemporaryDirectory(prefix="dateline-kill-") as scratch:
        root = Path(scratch)
        data = root / ("data.jsonl" if case.write is write_lines else "data")
        case.write(data, reports)
        before = _before(case, data, root)
        whole, took = _undisturbed(case, data, root, before)
        while tally.kills < times:
            tally.rounds += 1
            folder = root / f"round-{tally.rounds}"
            if before is not None:
                shutil.copytree(before, folder)
            where = f"{name}, round {tally.rounds}"
            _round(case, folder, data, recipe, took, tally, times, rng, where)
            if contents(open_record(folder)) != whole:
                tally.different += 1
                tally.said.append(f"{where}: the record differs from that of an undisturbed run")
            shutil.rmtree(folder)
    tally.seconds = monotonic() - began
    return tally


def _round(
    case: Case, folder: Path, data: Path, recipe: str, took: float, tally: Tally, times: int,
    rng: random.Random, where: str,
) -> None:  # fmt: skip
    """Start a command again and again, and kill it each time, until it comes to its end before it is killed."""
    told: set[str] = set()
    while True:
        child = start(case, folder, data, folder.with_suffix(".told"))
        child.wait_ready()
        until = (
            monotonic() + rng.uniform(0, took * case.share)
            if tally.kills < times
            else monotonic() + _LONGEST_S
        )
        while monotonic() < until and child.process.poll() is None:
            sleep(_POLL_S)
        ended = child.process.poll()
        if not child.kill():
            tally.left_running += 1
        new = child.committed()
        told |= new
        tally.commits += max(0, len(child.lines) - 1)
        check(folder, told, recipe, tally, where)
        if ended is not None:
            if ended != 0:
                tally.faults += 1
                tally.said.append(f"{where}: the command ended with code {ended}")
            return
        tally.kills += 1
        tally.before_any += not told


def _before(case: Case, data: Path, root: Path) -> Path | None:
    """Make the record that a command starts from: all reports with readings by an older recipe; null for none."""
    if not case.read_before:
        return None
    source, made = create_record(root / "source"), create_record(root / "before")
    add([str(data)], source, Settings())
    if not case.older:
        return source.path
    with source.view() as view, made.writer() as writer:
        original = writer.keep_original(data, name=str(data), media_type="application/jsonl")
        for reading in view.readings():
            (way,) = view.custody(reading.report.id)
            writer.add_reading(replace(reading, recipe=OLD, claims=()), replace(way, original=original))
    return made.path


def _undisturbed(case: Case, data: Path, root: Path, before: Path | None) -> tuple[dict[str, Any], float]:
    """Run a command to its end; return what the record then holds, and the seconds that its work took."""
    folder = root / "whole"
    if before is not None:
        shutil.copytree(before, folder)
    child = start(case, folder, data, folder.with_suffix(".told"))
    child.wait_ready()
    began = monotonic()
    if child.process.wait(_LONGEST_S) != 0:
        raise RuntimeError(f"the command ended with code {child.process.returncode}")
    return contents(open_record(folder)), monotonic() - began


_COLUMNS = (
    "kills",
    "rounds",
    "before_any",
    "commits",
    "notes",
    "lost",
    "doubled",
    "faults",
    "left_running",
    "different",
)


def main(argv: Sequence[str]) -> int:
    """Kill commands that write at random moments; the exit code is 0 if nothing was lost, doubled or broken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks kill", description=main.__doc__)
    parser.add_argument("--times", type=int, default=200, help="how often to kill, in all")
    parser.add_argument("--reports", type=int, default=240, help="how many reports a command reads")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments")
    parser.add_argument("--case", action="append", choices=sorted(CASES), help="only this; may be repeated")
    parser.add_argument("--json", type=Path, help="also write the counts to this file")
    options = parser.parse_args(argv)
    names = options.case or list(CASES)
    rng, tallies = random.Random(options.seed), dict[str, Tally]()
    print(f"{'':<20}" + "".join(f"{column.replace('_', ' '):>13}" for column in (*_COLUMNS, "seconds")))
    for number, name in enumerate(names):
        times = options.times // len(names) + (number < options.times % len(names))
        tally = tallies[name] = run_case(name, CASES[name], times, options.reports, rng)
        cells = (f"{getattr(tally, column):>13,}" for column in _COLUMNS)
        print(f"{name:<20}{''.join(cells)}{tally.seconds:>13,.0f}", flush=True)
    for line in (line for tally in tallies.values() for line in tally.said):
        print(line)
    if options.json:
        run = {"benchmark": "kill", "seed": options.seed, "reports": options.reports}
        counts = {name: asdict(tally) for name, tally in tallies.items()}
        options.json.write_text(json.dumps({**run, "cases": counts}, indent=1) + "\n", encoding="utf-8")
    return 1 if any(tally.failures for tally in tallies.values()) else 0
