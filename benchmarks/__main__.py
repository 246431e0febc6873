"""Run a benchmark by name: `python -m benchmarks NAME --data DIR [--json OUT]`."""

import sys
from importlib import import_module
from importlib.util import find_spec

# Name of the benchmark -> its module, which has `main(argv) -> int`.
BENCHMARKS = {
    "wire": "benchmarks.quality.wire",
    "articles": "benchmarks.quality.articles",
    "seed": "benchmarks.quality.seed",
    "times": "benchmarks.quality.times",
    "toponyms": "benchmarks.quality.toponyms",
    "polnear": "benchmarks.quality.polnear",
    "case2021": "benchmarks.quality.case2021",
    "factuality": "benchmarks.quality.factuality",
    "muc4": "benchmarks.quality.muc4",
    "toll": "benchmarks.quality.toll",
    "copies": "benchmarks.quality.copies",
    "incidents": "benchmarks.quality.incidents",
    "speed": "benchmarks.speed.read",
    "laws": "benchmarks.laws",
    "kill": "benchmarks.kill",
    "storm": "benchmarks.storm",
    "own": "benchmarks.quality.textless",
    "growth": "benchmarks.speed.growth",
    "desk": "benchmarks.speed.desk",
    "floors": "benchmarks.floors",
    "page": "benchmarks.page",
}


def main(argv: list[str]) -> int:
    """Dispatch to the benchmark named first and return its exit code; 2 for an unknown name."""
    known = [name for name, module in BENCHMARKS.items() if find_spec(module) is not None]
    if not argv or argv[0] not in known:
        print(
            f"usage: python -m benchmarks NAME [options]\nNAME is one of: {', '.join(known)}", file=sys.stderr
        )
        return 2
    code = import_module(BENCHMARKS[argv[0]]).main(argv[1:])
    return int(code or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
