"""Check the laws of reading on real reports: every quote is its span, the same input gives the same bytes."""

import argparse
import csv
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dateline.model.reading import Reading
from dateline.model.text import Report, Span


def spans_of(value: Any) -> Iterator[Span]:
    """Yield every span inside a reading, however deep."""
    if isinstance(value, Span):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from spans_of(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_of(item)


def broken_quotes(reading: Reading) -> list[Span]:
    """Return the spans whose quote is not text[start:end]."""
    text = reading.report.text
    return [span for span in spans_of(reading) if not span.quote or text[span.start : span.end] != span.quote]


def reports_of(data: Path, count: int) -> Iterator[Report]:
    """Yield the first `count` short reports and every whole article of the data folder."""
    csv.field_size_limit(10**8)
    with gzip.open(data / "ruwa" / "ruwa.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if count == 0:
                break
            text = "\n\n".join(part for part in (row["title"].strip(), row["desc"].strip()) if part)
            if text:
                count -= 1
                yield Report(text=text, published=date.fromisoformat(row["date"]), publisher=row["site"])
    with gzip.open(data / "articles" / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            item = json.loads(line)
            published = date.fromisoformat(item["published"])
            yield Report(
                text=item["text"], title=item["title"], published=published, publisher=item["publisher"]
            )


def main(argv: Sequence[str]) -> int:
    """Read every report twice, in two orders; print what breaks a law and return 1 if anything does."""
    from dateline.reading.kit import load_kit
    from dateline.reading.read import read_report

    parser = argparse.ArgumentParser(prog="python -m benchmarks laws", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the data folder, with ruwa/ and articles/")
    parser.add_argument("--count", type=int, default=2000, help="how many short reports")
    options = parser.parse_args(argv)
    kit = load_kit()
    reports = list(reports_of(options.data, options.count))
    first = [read_report(report, kit) for report in reports]
    second = [read_report(report, kit) for report in reversed(reports)][::-1]
    broken = [(reading.report.id, span) for reading in first for span in broken_quotes(reading)]
    unlike = [one.report.id for one, other in zip(first, second, strict=True) if one != other]
    claims = sum(len(reading.claims) for reading in first)
    print(
        f"laws: {len(reports)} reports, {claims} claims, {len(broken)} broken quotes, {len(unlike)} unlike readings"
    )
    for report_id, span in broken[:20]:
        print(f"  {report_id} {span}", file=sys.stderr)
    return 1 if broken or unlike else 0
