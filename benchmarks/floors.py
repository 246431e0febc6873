"""Hold runs of the benchmarks against the scores that may not sink."""

import argparse
import json
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.json")


def key_of(run: Mapping[str, Any]) -> str:
    """Return the name under which a run's floors are kept: benchmark and data file."""
    return f"{run['benchmark']}/{run['data']['file']}"


def check(run: Mapping[str, Any], floors: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a run, in clear words: no floors yet, other data, or scores that sank."""
    key = key_of(run)
    if key not in floors:
        return [f"{key}: has no floors yet; --raise sets them"]
    floor = floors[key]
    if floor["sha256"] != run["data"]["sha256"]:
        ours, theirs = run["data"]["sha256"][:12], floor["sha256"][:12]
        told = f"{key}: other data than the floors were set on (SHA-256 {ours}…, not {theirs}…)"
        return [f"{told}; score the same data, or take the entry out of the file of floors by hand"]
    sunk = []
    for name, least in sorted(floor["scores"].items()):
        value = run["scores"].get(name, {}).get("value")
        if value is None:
            sunk.append(f"{key}: {name} is missing; its floor is {least:.3f}")
        elif value < least:
            sunk.append(f"{key}: {name} sank to {value:.4f}; its floor is {least:.3f}")
    return sunk


def lift(run: Mapping[str, Any], floors: Mapping[str, Any]) -> dict[str, Any]:
    """Return floors lifted to a run's main scores, cut to three decimals; none is lowered or taken away."""
    key = key_of(run)
    kept = floors.get(key, {}).get("scores", {})
    reached = {
        name: math.floor(score["value"] * 1000) / 1000
        for name, score in run["scores"].items()
        if score["main"] and score["value"] is not None
    }
    scores = {name: max(kept.get(name, 0.0), reached.get(name, 0.0)) for name in {**kept, **reached}}
    return {**floors, key: {"sha256": run["data"]["sha256"], "scores": dict(sorted(scores.items()))}}


def main(argv: Sequence[str]) -> int:
    """Check runs (files written by --json) against the floors; 1 when one fails."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks floors", description=main.__doc__)
    parser.add_argument("runs", type=Path, nargs="+", help="files that benchmarks wrote with --json")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="the file of floors")
    parser.add_argument("--raise", dest="lifts", action="store_true", help="lift floors to what was reached")
    options = parser.parse_args(argv)
    floors = json.loads(options.floors.read_text(encoding="utf-8"))
    failed = False
    for path in options.runs:
        run = json.loads(path.read_text(encoding="utf-8"))
        is_new = key_of(run) not in floors
        faults = [] if options.lifts and is_new else check(run, floors)
        failed = failed or bool(faults)
        print("\n".join(faults) if faults else f"{key_of(run)}: no score sank")
        if options.lifts and not faults:
            floors = lift(run, floors)
    if options.lifts:
        text = json.dumps(dict(sorted(floors.items())), indent=1) + "\n"
        options.floors.write_text(text, encoding="utf-8")
    if failed:
        print("floors are never lowered by this command", file=sys.stderr)
    return int(failed)
