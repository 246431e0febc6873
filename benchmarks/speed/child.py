"""Run in a process of its own: read the texts once and print the peak memory in MB, as JSON."""

import json
import resource
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.speed.texts import load


def main(argv: Sequence[str]) -> int:
    """Read with `dateline` or `bare` spaCy: arguments are which, data folder, reports, articles."""
    which, data, reports, articles = argv
    texts = load(Path(data), int(reports), int(articles))
    if which == "bare":
        from benchmarks.speed.read import bare_engine

        for _ in bare_engine().pipe(text.text for text in texts):
            pass
    else:
        import dateline

        for text in texts:
            dateline.read(text.text, published=text.published, publisher=text.publisher)
    # Linux counts in KiB, macOS in bytes.
    unit = 1024 if sys.platform != "darwin" else 1
    print(json.dumps({"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
