"""How the time of linking grows with the record, and what adding a few reports to a large one costs.

Usage: python -m benchmarks growth --data DATA_FOLDER [--claims 10000,100000,1000000] [--folder DIR] [--json FILE]
Real reports are read once and resampled: each region of the made world is a draw of four in five of them, moved to
another part of the map, to other days and to words of its own, so that a larger record holds more wars, not one war told
ever more often. Each record is linked in a process of its own, which tells its time and peak memory; then ten reports
more are added to it and linked, their reading apart.
"""

import argparse
import json
import math
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zlib import crc32

from benchmarks.speed.texts import load
from dateline.model.ids import content_id
from dateline.model.reading import Claim, Reading
from dateline.model.text import Report
from dateline.model.values import Place, Time

SEED = 20220302
SHORT, LONG = 1_000, 250
BATCH = 2_000
_WORD = re.compile(r"\b[A-Za-z]{4,}\b")
_SYLLABLES = ("ba", "do", "ki", "lu", "me", "no", "ra", "si", "ta", "vo")


def read_pool(data: Path) -> list[Reading]:
    """Read real reports, short ones and whole articles."""
    from dateline.reading.kit import load_kit
    from dateline.reading.read import read_report

    kit = load_kit()
    texts = load(data, SHORT, LONG)
    return [
        read_report(
            Report(
                text=text.text,
                published=text.published,
                published_basis="given",
                publisher=text.publisher,
                publisher_basis="given",
            ),
            kit,
        )
        for text in texts
    ]


def region(pool: Sequence[Reading], number: int) -> Iterator[Reading]:
    """Yield a draw of the pool, moved to a region of its own in place, time and names."""
    draw = random.Random(f"{SEED}-{number}")
    days = draw.randrange(0, 365)
    moved = (draw.uniform(-1, 1), draw.uniform(-170, 170))
    suffix = "".join(_SYLLABLES[int(digit)] for digit in str(number))
    for index, reading in enumerate(draw.sample(pool, len(pool) * 4 // 5)):
        yield _moved(reading, f"{number}-{index}", days + draw.choice((-1, 0, 0, 0, 1)), moved, suffix)


def _moved(reading: Reading, key: str, days: int, by: tuple[float, float], suffix: str) -> Reading:
    report = reading.report
    published = report.published + timedelta(days=days) if report.published else None
    title = _renamed(report.title, suffix) if report.title else None
    claims = tuple(_moved_claim(claim, key, days, by) for claim in reading.claims)
    text = f"{_renamed(report.text, suffix)}\n{key}"
    made = replace(report, text=text, title=title, published=published, url=None)
    return replace(reading, report=made, claims=claims, attributions=(), mentions=(), problems=())


def _renamed(text: str, suffix: str) -> str:
    """Change names and half of the other words, so that regions do not copy one another."""

    def renamed(match: re.Match[str]) -> str:
        word = match[0]
        keeps = word.islower() and crc32(f"{word}{suffix}".encode()) % 2
        return word if keeps else f"{word}{suffix}"

    return _WORD.sub(renamed, text)


def _moved_claim(claim: Claim, key: str, days: int, by: tuple[float, float]) -> Claim:
    return replace(
        claim, id=content_id([key, claim.id]), place=_moved_place(claim.place, by),
        time=_moved_time(claim.time, days),
    )  # fmt: skip


def _moved_place(place: Place | None, by: tuple[float, float]) -> Place | None:
    if place is None or place.lat is None or place.lon is None:
        return place
    lon = (place.lon + by[1] + 180) % 360 - 180
    return replace(place, lat=max(-85.0, min(85.0, place.lat + 20 * by[0])), lon=lon)


def _moved_time(told: Time | None, days: int) -> Time | None:
    if told is None:
        return None
    shift = timedelta(days=days)
    return replace(told, earliest=told.earliest + shift, latest=told.latest + shift)


def fill(folder: Path, pool: Sequence[Reading], claims: int) -> int:
    """Make a record with at least so many claims; return how many it holds."""
    from dateline.store.sqlite import create_record

    held = number = 0
    with create_record(folder).writer() as writer:
        while held < claims:
            for reading in region(pool, number):
                writer.add_reading(reading)
                held += len(reading.claims)
                if held >= claims:
                    break
            writer.commit()
            number += 1
    return held


def child(record: Path, more: Path | None) -> dict[str, Any]:
    """Link a record, or add the readings of a file first; return seconds, CPU seconds and peak memory in MB."""
    import pickle

    from dateline.run.link import link, load_link_kit
    from dateline.store.sqlite import open_record

    readings = pickle.loads(more.read_bytes()) if more else ()  # noqa: S301
    started, used = time.perf_counter(), time.process_time()
    opened = open_record(record)
    if readings:
        with opened.writer() as writer:
            for reading in readings:
                writer.add_reading(reading)
    summary = link(opened, load_link_kit())
    return {
        "seconds": time.perf_counter() - started,
        "cpu_seconds": time.process_time() - used,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "reports": summary.reports,
        "episodes": summary.episodes,
        "pairs": summary.pairs,
    }


def _run(record: Path, more: Path | None = None) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.speed.growth", "--child", str(record)]
    done = subprocess.run(  # noqa: S603
        [*command, *(["--more", str(more)] if more else [])], check=True, capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def exponents(rows: Sequence[dict[str, Any]], field: str) -> list[float]:
    """Return the exponent of growth between each two sizes: log of the ratio of times by log of that of claims."""
    return [
        math.log(after[field] / before[field]) / math.log(after["claims"] / before["claims"])
        for before, after in pairwise(rows)
    ]


def main(argv: Sequence[str]) -> int:
    """Measure the growth of linking; see the module's usage."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks growth", description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--claims", default="10000,100000,1000000")
    parser.add_argument("--folder", type=Path, help="where records are made; a temporary folder without it")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--more", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.child:
        print(json.dumps(child(options.child, options.more)))
        return 0
    import pickle

    folder = options.folder or Path(tempfile.mkdtemp(prefix="growth-"))
    pool = read_pool(options.data)
    folder.mkdir(parents=True, exist_ok=True)
    ten = folder / "ten.pickle"
    ten.write_bytes(pickle.dumps(list(region(pool, 10_000_019))[:10]))
    rows: list[dict[str, Any]] = []
    print(
        f"{'claims':>10} {'reports':>9} {'link s':>8} {'cpu s':>8} {'peak MB':>8} {'ten more, s':>12} {'cpu s':>6}"
    )
    for size in map(int, options.claims.split(",")):
        record = folder / f"record-{size}"
        held = fill(record, pool, size)
        row = {"claims": held, **_run(record)}
        row["ten"] = _run(record, ten)
        rows.append(row)
        print(
            f"{held:>10,} {row['reports']:>9,} {row['seconds']:>8.1f} {row['cpu_seconds']:>8.1f} {row['peak_mb']:>8.0f} "
            f"{row['ten']['seconds']:>12.2f} {row['ten']['cpu_seconds']:>6.2f}",
            flush=True,
        )
        shutil.rmtree(record)
    for field in ("seconds", "cpu_seconds"):
        print(f"exponent of {field}: " + ", ".join(f"{value:.2f}" for value in exponents(rows, field)))
    if options.json:
        options.json.write_text(json.dumps({"benchmark": "growth", "rows": rows}, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
