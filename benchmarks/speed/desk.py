"""How quickly the desk answers over a large record, to ten people at once.

Usage: python -m benchmarks desk --data DATA_FOLDER [--record DIR] [--claims 100000] [--reports 20000] [--json FILE]
Real reports are read once and resampled in place, time and words (of the same length, so that every quote still stands
where it stood) until the record has so many claims and reports; it is linked and summed up, then served by a process of
its own. Ten clients then ask for one kind of page after another, each with an address drawn from the record, without a
pause; told are the medians and the 95th percentiles of what the clients waited for, waiting in line included. Last,
where there is a Chromium, it opens the first page with nothing kept from before: told is when the list and the filters
can be used, and when the map is drawn (without a graphics card). With --record a record that was made before is used,
and made if it is not there.
"""

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zlib import crc32

from benchmarks.speed.growth import _WORD, SEED, read_pool
from dateline.model.ids import content_id
from dateline.model.reading import Claim, Reading
from dateline.model.text import Span
from dateline.model.values import Place, Time

CLIENTS, SECONDS = 10, 12
_FIRST = {"usable_ms": "list and filters can be used", "map_ms": "map drawn"}
# SwiftShader draws WebGL without a graphics card.
_FLAGS = ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def renamed(text: str, region: int) -> str:
    """Return a text with names and half of the other words changed to others of the same length."""
    shift = 1 + region % 25
    table = str.maketrans(
        _LETTERS + _LETTERS.upper(),
        _LETTERS[shift:] + _LETTERS[:shift] + _LETTERS[shift:].upper() + _LETTERS[:shift].upper(),
    )

    def change(match: Any) -> str:
        word = str(match[0])
        keeps = word.islower() and crc32(f"{word}{region}".encode()) % 2
        return word if keeps else word.translate(table)

    return _WORD.sub(change, text)


def refitted(value: Any, text: str) -> Any:
    """Return a value whose spans quote another text of the same length at the same places."""
    if isinstance(value, Span):
        return Span(start=value.start, end=value.end, quote=text[value.start : value.end])
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{item.name: refitted(getattr(value, item.name), text) for item in fields(value)}
        )
    if isinstance(value, tuple):
        return tuple(refitted(one, text) for one in value)
    return value


def moved(reading: Reading, key: str, region: int) -> Reading:
    """Return a reading moved to another part of the map, other days and other words."""
    draw = random.Random(f"{SEED}-{region}")
    days, lat, lon = draw.randrange(365), draw.uniform(-20, 20), draw.uniform(-170, 170)
    days += random.Random(key).choice((-1, 0, 0, 0, 1))
    report = reading.report
    text = f"{renamed(report.text, region)}\n{key}"
    published = report.published + timedelta(days=days) if report.published else None
    title = renamed(report.title, region) if report.title else None
    made = replace(report, text=text, title=title, published=published, url=None)
    claims = tuple(_moved_claim(refitted(claim, text), key, days, lat, lon) for claim in reading.claims)
    return replace(
        reading, report=made, claims=claims, attributions=refitted(reading.attributions, text),
        mentions=refitted(reading.mentions, text), problems=(),
    )  # fmt: skip


def _moved_claim(claim: Claim, key: str, days: int, lat: float, lon: float) -> Claim:
    return replace(
        claim, id=content_id([key, claim.id]), place=_moved_place(claim.place, lat, lon),
        time=_moved_time(claim.time, days),
    )  # fmt: skip


def _moved_place(place: Place | None, lat: float, lon: float) -> Place | None:
    if place is None or place.lat is None or place.lon is None:
        return place
    return replace(place, lat=max(-85.0, min(85.0, place.lat + lat)), lon=(place.lon + lon + 180) % 360 - 180)


def _moved_time(told: Time | None, days: int) -> Time | None:
    if told is None:
        return None
    shift = timedelta(days=days)
    return replace(told, earliest=told.earliest + shift, latest=told.latest + shift)


def fill(folder: Path, data: Path, claims: int, reports: int) -> None:
    """Make a record of about so many claims in so many reports, linked and summed up."""
    from dateline.run.link import link, load_link_kit
    from dateline.run.summaries import refresh
    from dateline.store.sqlite import create_record

    pool = read_pool(data)
    short = [one for one in pool if len(one.report.text) < 2_000]
    long = [one for one in pool if len(one.report.text) >= 2_000]
    each = (
        sum(len(one.claims) for one in long) / len(long),
        sum(len(one.claims) for one in short) / len(short),
    )
    # So many articles among the reports that claims and reports come out together.
    share = min(1.0, max(0.0, (claims / reports - each[1]) / (each[0] - each[1])))
    record = create_record(folder)
    draw = random.Random(SEED)
    with record.writer() as writer:
        # A report stands once in each region, as once in the world.
        orders = {True: draw.sample(long, len(long)), False: draw.sample(short, len(short))}
        taken = {True: 0, False: 0}
        for number in range(reports):
            kind = draw.random() < share
            region, place = divmod(taken[kind], len(orders[kind]))
            taken[kind] += 1
            writer.add_reading(moved(orders[kind][place], f"{region}-{number}", region))
            if number % 1_000 == 999:
                writer.commit()
    kit = load_link_kit()
    link(record, kit)
    refresh(record, kit, workers=2)


def addresses(folder: Path) -> dict[str, Callable[[random.Random], str]]:
    """Return the kinds of pages, each with what draws an address of it."""
    from dateline.store.sqlite import open_record

    connection = open_record(folder).connection()
    try:
        column = lambda query: [row[0] for row in connection.execute(query)]  # noqa: E731
        events = column("SELECT event FROM derived_summaries WHERE told = 1")
        large = column("SELECT event FROM derived_summaries WHERE told = 1 ORDER BY reports DESC LIMIT 200")
        reports = column("SELECT id FROM reports")
        claims = column("SELECT id FROM claims ORDER BY id LIMIT 20000")
        origins = column("SELECT id FROM derived_origins GROUP BY id ORDER BY count(*) DESC LIMIT 2000")
        countries = column("SELECT country FROM derived_summaries WHERE country IS NOT NULL GROUP BY 1")
        words = [text.split()[-1] for text in column("SELECT substr(text, 1, 60) FROM reports LIMIT 3000")]
        last = column("SELECT max(number) FROM history")[0]
    finally:
        connection.close()
    kinds = ("strike", "battle", "civilians.attack", "strike.shelling", "state")

    def box(draw: random.Random) -> str:
        zoom = draw.choice((1, 3, 5, 7, 9))
        lon, lat, half = draw.uniform(-150, 150), draw.uniform(-50, 50), 360 / 2**zoom
        return f"bbox={lon - half:.3f},{max(-85, lat - half / 2):.3f},{lon + half:.3f},{min(85, lat + half / 2):.3f}&zoom={zoom}"

    def chosen(draw: random.Random) -> str:
        first = f"from=2022-{draw.randrange(1, 13):02d}-01"
        return draw.choice(
            (
                f"type={draw.choice(kinds)}",
                first,
                f"country={draw.choice(countries)}",
                f"origins={draw.randrange(4)}",
            )
        )

    return {
        "overview": lambda draw: "/",
        "overview, filtered": lambda draw: f"/?{chosen(draw)}&page={draw.randrange(1, 4)}",
        "overview, words": lambda draw: f"/?q={quote(draw.choice(words))}*",
        "map": lambda draw: f"/map.json?{box(draw)}&{chosen(draw)}",
        "towns": lambda draw: f"/towns.json?{box(draw)}",
        "timeline": lambda draw: f"/timeline.json?{chosen(draw)}",
        "event": lambda draw: f"/events/{draw.choice(events)}",
        "event of many reports": lambda draw: f"/events/{draw.choice(large)}",
        "report": lambda draw: f"/reports/{draw.choice(reports)}",
        "review queue": lambda draw: "/review",
        "review of a claim": lambda draw: f"/review/{draw.choice(claims)}",
        "sources": lambda draw: f"/sources?page={draw.randrange(1, 9)}",
        "source": lambda draw: f"/sources/{quote(draw.choice(origins), safe='')}",
        "codebook": lambda draw: "/codebook",
        "history": lambda draw: f"/history?before={draw.randrange(1, last)}",
        "releases": lambda draw: "/releases",
        "add": lambda draw: "/add",
    }  # fmt: skip


def measured(
    port: int, draw_address: Callable[[random.Random], str], seconds: float
) -> tuple[list[float], int]:
    """Let ten clients ask for pages for some seconds; return what each answer took, and how many were no 200."""
    until = time.perf_counter() + seconds

    def client(number: int) -> Iterator[tuple[float, int]]:
        draw = random.Random(number)
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        while time.perf_counter() < until:
            address = draw_address(draw)
            begun = time.perf_counter()
            connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
            response = connection.getresponse()
            response.read()
            yield time.perf_counter() - begun, response.status

    with ThreadPoolExecutor(CLIENTS) as pool:
        found = [
            one for rows in pool.map(lambda number: list(client(number)), range(CLIENTS)) for one in rows
        ]
    return [took for took, _ in found], sum(status != 200 for _, status in found)


def first_page(address: str, times: int = 7) -> dict[str, float]:
    """Return after how many milliseconds the first page can be used and its map is drawn; the medians, none without Chromium.

    Each time in a browser that has kept nothing.
    """
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        return {}
    from playwright.sync_api import sync_playwright

    found: dict[str, list[float]] = {name: [] for name in _FIRST}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        for _ in range(times):
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            page.add_init_script(
                "document.addEventListener('dateline-map:loaded', () => { window.drawn ??= performance.now(); })"
            )
            page.goto(address, wait_until="load")
            timing = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
            found["usable_ms"].append(page.evaluate(timing))
            for _ in range(300):
                drawn = page.evaluate("window.drawn ?? null")
                if drawn is not None:
                    found["map_ms"].append(drawn)
                    break
                page.wait_for_timeout(50)
            page.context.close()
        browser.close()
    return {name: statistics.median(values) for name, values in found.items() if values}


def main(argv: Sequence[str]) -> int:
    """Measure the desk; see the module's usage."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks desk", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(argv)
    folder = options.record or Path(tempfile.mkdtemp(prefix="desk-")) / "record"
    if not folder.exists():
        fill(folder, options.data, options.claims, options.reports)
    kinds = addresses(folder)
    server = subprocess.Popen(  # noqa: S603
        [str(Path(sys.executable).with_name("dateline")), "serve", str(folder), "--no-browse", "--port", "0"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        line = next(line for line in server.stdout if "http://" in line)
        port = int(line.split("http://")[1].split("/")[0].rsplit(":", 1)[1])
        rows = []
        print(f"{'page':<24}{'answers':>8}{'median ms':>11}{'p95 ms':>9}{'alone ms':>10}{'errors':>8}")
        for name, draw_address in kinds.items():
            measured(port, draw_address, 0.5)
            took, errors = measured(port, draw_address, options.seconds)
            alone = _alone(port, draw_address)
            row = {
                "page": name, "answers": len(took), "median_ms": 1e3 * statistics.median(took),
                "p95_ms": 1e3 * sorted(took)[int(len(took) * 0.95)], "alone_ms": alone, "errors": errors,
            }  # fmt: skip
            rows.append(row)
            print(
                f"{name:<24}{len(took):>8,}{row['median_ms']:>11.1f}{row['p95_ms']:>9.1f}{alone:>10.1f}{errors:>8}",
                flush=True,
            )
        first = first_page(f"http://127.0.0.1:{port}/")
        told = [f"{words} after {first[name]:,.0f} ms" for name, words in _FIRST.items() if name in first]
        print("first page: " + ("; ".join(told) or "no Chromium to open it with"))
    finally:
        server.terminate()
        server.wait(timeout=30)
    if options.json:
        found = {"benchmark": "desk", "clients": CLIENTS, "rows": rows, "first_page": first}
        options.json.write_text(json.dumps(found, indent=1) + "\n")
    return 1 if any(row["errors"] for row in rows) else 0


def _alone(port: int, draw_address: Callable[[random.Random], str]) -> float:
    """Return the median of what one client waits who asks alone, in milliseconds."""
    draw = random.Random(4711)
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    took = []
    for _ in range(30):
        begun = time.perf_counter()
        connection.request("GET", draw_address(draw), headers={"Accept-Encoding": "gzip"})
        connection.getresponse().read()
        took.append(time.perf_counter() - begun)
    return 1e3 * statistics.median(took)
