"""Feed broken and hostile inputs to the whole of intake and reading: nothing may crash, hang or misquote.

python -m benchmarks.robust --data FOLDER [--count 10000] [--size 2000000] [--json OUT]
"""

import argparse
import json
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.laws import broken_quotes
from benchmarks.mutations import Mutation, hostile, mutations
from dateline.intake.arrival import FailedInput
from dateline.model.reading import Reading
from dateline.run.local import FAULT, read_files
from dateline.settings import Settings
from dateline.wire import json_line

# No hang: at most this many seconds per megabyte of input, and ten for a smaller one.
SECONDS_PER_MB = 30.0
SECONDS_AT_LEAST = 10.0


@dataclass(slots=True, kw_only=True)
class Tally:
    """What became of the inputs: counts of outcomes, what went wrong, and the slowest."""

    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")


def feed(inputs: Iterable[Mutation], folder: Path, *, told: bool = False) -> Tally:
    """Read each input as a file of its own and count what came of it; a crash is counted, not raised."""
    tally = Tally()
    for name, data, ending in inputs:
        path = folder / f"input{ending}"
        path.write_bytes(data)
        begun = time.process_time()
        try:
            for outcome in read_files([str(path)], Settings()):
                tally.outcomes[type(outcome).__name__] += 1
                if isinstance(outcome, FailedInput) and FAULT in outcome.message:
                    tally.wrong.append(f"{name}: {outcome}")
                if isinstance(outcome, Reading):
                    json_line(outcome).encode()
                    if broken_quotes(outcome):
                        tally.wrong.append(f"{name}: a quote is not its span")
        except Exception:
            tally.wrong.append(f"{name}: {traceback.format_exc(limit=-3)}")
        seconds = time.process_time() - begun
        tally.slowest = max(tally.slowest, (seconds, name))
        if seconds > max(SECONDS_AT_LEAST, SECONDS_PER_MB * len(data) / 1e6):
            tally.wrong.append(f"{name}: took {seconds:.1f} s for {len(data):,} bytes")
        if told:
            print(f"  {name:24} {len(data):>12,} bytes {seconds:7.2f} s", flush=True)
    return tally


def main(argv: Sequence[str]) -> int:
    """Run both kinds of inputs; print a table and return 1 if anything went wrong."""
    from benchmarks.speed.texts import load

    parser = argparse.ArgumentParser(prog="python -m benchmarks.robust", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the data folder, with ruwa/ and articles/")
    parser.add_argument("--count", type=int, default=10_000, help="how many mutations")
    parser.add_argument("--size", type=int, default=2_000_000, help="bytes of each hostile input")
    parser.add_argument("--json", type=Path, help="write the result here")
    options = parser.parse_args(argv)
    texts = [text.text for text in load(options.data, 950, 50)]
    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        runs = {
            "mutations": feed(mutations(texts, options.count), Path(folder)),
            "hostile": feed(hostile(options.size), Path(folder), told=True),
        }
    for name, tally in runs.items():
        seconds, slowest = tally.slowest
        print(
            f"{name}: {dict(tally.outcomes)}, wrong {len(tally.wrong)}, slowest {seconds:.2f} s ({slowest})"
        )
        for wrong in tally.wrong[:20]:
            print(f"  {wrong}", file=sys.stderr)
        results[name] = {"outcomes": tally.outcomes, "wrong": tally.wrong, "slowest_s": seconds}
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 1 if any(tally.wrong for tally in runs.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
