"""The texts whose reading is timed: short reports and whole articles, with their dates."""

import csv
import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.quality.gold import find_file
from benchmarks.quality.textless import ARTICLES, REPORTS, report_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text to read, told its date and publisher."""

    text: str
    published: date
    publisher: str

    @property
    def words(self) -> int:
        """How many runs of characters between white space it has."""
        return len(self.text.split())


def load(data: Path, reports: int, articles: int) -> list[Text]:
    """Return so many short reports and articles, each spread evenly over its file, evenly mixed."""
    with gzip.open(find_file(data, *REPORTS), "rt", encoding="utf-8", newline="") as file:
        short = [
            Text(
                text=report_text(row["title"], row["desc"]),
                published=date.fromisoformat(row["date"]),
                publisher=row["site"],
            )
            for row in csv.DictReader(file)
            if row["title"].strip() or row["desc"].strip()
        ]
    with gzip.open(find_file(data, *ARTICLES), "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    long = [
        Text(
            text=row["text"], published=date.fromisoformat(row["published"][:10]), publisher=row["publisher"]
        )
        for row in rows
    ]
    return merge(spread(short, reports), spread(long, articles))


def spread(texts: Sequence[Text], count: int) -> list[Text]:
    """Return count texts at even distances; all of them when there are fewer."""
    count = min(count, len(texts))
    return [texts[index * len(texts) // count] for index in range(count)]


def merge(left: Sequence[Text], right: Sequence[Text]) -> list[Text]:
    """Return both sequences in one, each at its even pace, so that every chunk is alike."""
    placed = [
        ((index + 0.5) / len(texts), text) for texts in (left, right) for index, text in enumerate(texts)
    ]
    return [text for _, text in sorted(placed, key=lambda pair: pair[0])]


def digest(data: Path) -> str:
    """Return the SHA-256 of both files, one after the other, in hex."""
    content = find_file(data, *REPORTS).read_bytes() + find_file(data, *ARTICLES).read_bytes()
    return hashlib.sha256(content).hexdigest()
