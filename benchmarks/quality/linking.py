"""The reports that joining is trained and measured on, and their readings, kept in a folder so as to be made once."""

import csv
import gzip
import hashlib
import io
import json
import pickle
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from benchmarks.quality.gold import find_file
from dateline.codebook.kinship import KinshipBook
from dateline.intake.arrival import Arrival
from dateline.intake.header import with_header
from dateline.intake.read import readable
from dateline.linking.episodes import Episode, episodes_of
from dateline.linking.terms import Frequencies
from dateline.model.reading import Reading
from dateline.model.text import Report
from dateline.reading.kit import load_kit
from dateline.run.local import read_arrival
from dateline.settings import Settings

Half = Literal["odd", "even"]
SHOOTINGS = ("gva/articles.jsonl.gz", "data/gva/articles.jsonl.gz")
INCIDENTS = ("gva/incidents.json", "data/gva/incidents.json")
WAR = ("ruwa/ruwa.csv.gz", "data/ruwa/ruwa.csv.gz")
ARTICLES = ("articles/articles.jsonl.gz", "data/articles/articles.jsonl.gz")
_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/")
_EVERY = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report of a corpus: its row, from 0, and the incident that the archive filed it under, if there is one."""

    row: int
    report: Report
    incident: str | None = None


def half_of(incident: str) -> Half:
    """Return the half of an incident: by the parity of its id's MD5, "even" for tuning and "odd" for reporting."""
    return "odd" if number_of(incident) % 2 else "even"


def number_of(id: str) -> int:
    """Return a number that an id always gets, from its MD5; folds are drawn by it."""
    return int(hashlib.md5(id.encode(), usedforsecurity=False).hexdigest(), 16)


def host_of(url: str | None) -> str | None:
    """Return the host of an address, that of the page itself where it stands in a web archive."""
    plain = _ARCHIVED.sub("", url or "")
    host = urlsplit(plain if "://" in plain else f"http://{plain}").hostname or ""
    return host.removeprefix("www.") or None


def shootings(data: Path) -> list[Told]:
    """Return the articles on shootings in the order of the file; the outlet is the host of the address."""
    found = []
    for number, row in enumerate(_json_lines(find_file(data, *SHOOTINGS))):
        found.append(
            Told(
                row=number,
                incident=row["incident_id"],
                report=_report(
                    row["title"], row["text"], row["dct"], host_of(row["url"]), row["url"], f"gva {number}"
                ),
            )
        )
    return found


def war_reports(data: Path) -> list[Told]:
    """Return the reports of the war in the order of the file."""
    with gzip.open(find_file(data, *WAR), "rb") as packed:
        rows = csv.DictReader(io.TextIOWrapper(packed, encoding="utf-8", newline=""))
        return [
            Told(
                row=number,
                report=_report(
                    row["title"].lstrip(),
                    row["desc"].rstrip(),
                    row["date"],
                    row["site"],
                    row["src"],
                    f"ruwa {number}",
                ),
            )
            for number, row in enumerate(rows)
        ]


def other_texts(data: Path) -> list[str]:
    """Return the texts of the shared articles, whose words count for the weights of terms."""
    return [row["text"] for row in _json_lines(find_file(data, *ARTICLES))]


def _json_lines(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _report(
    title: str, text: str, published: str, publisher: str | None, url: str | None, name: str
) -> Report:
    whole = "\n\n".join(part for part in (title, text) if part)
    day = date.fromisoformat(published) if published else None
    return Report(
        text=whole, title=" ".join(title.split()) or None, published=day, published_basis="given" if day else None,
        publisher=publisher or None, publisher_basis="given" if publisher else None, url=url, name=name,
    )  # fmt: skip


def readings_of(name: str, told: Sequence[Told], folder: Path | None) -> list[Reading]:
    """Return the readings of reports in their order; with a folder, they are kept there and read only once.

    Kept readings are those of whatever version of Dateline made them: empty the folder to read anew.
    """
    path = folder / f"{name}.pkl" if folder else None
    kept = _kept(path, told) if path and path.exists() else None
    if kept is not None:
        recipes = {reading.recipe for reading in kept}
        codebooks = ", ".join(sorted(recipe.codebook for recipe in recipes))
        print(f"{name}: {len(kept):,} readings from {path}, codebook {codebooks}", file=sys.stderr)
        return kept
    found = list(_read(name, told))
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(found))
    return found


def _kept(path: Path, told: Sequence[Told]) -> list[Reading] | None:
    """Return kept readings with the reports as they are now; null if they are of other texts."""
    # A folder of the user's own, written by this function.
    readings: list[Reading] = pickle.loads(path.read_bytes())  # noqa: S301
    if [reading.report.text for reading in readings] != [one.report.text for one in told]:
        print(f"{path}: holds other texts, so everything is read again", file=sys.stderr)
        return None
    return [replace(reading, report=one.report) for reading, one in zip(readings, told, strict=True)]


def _read(name: str, told: Sequence[Told]) -> Iterator[Reading]:
    kit, settings = load_kit(()), Settings()
    for number, one in enumerate(told, 1):
        report, problems = with_header(one.report)
        arrival: Arrival = readable(report, problems, settings.limits)
        yield replace(read_arrival(arrival, kit, settings), report=one.report)
        if number % _EVERY == 0 or number == len(told):
            print(f"{name}: {number:,} of {len(told):,} read", file=sys.stderr, flush=True)


def episodes_in(
    readings: Iterable[Reading], kinship: KinshipBook, frequencies: Frequencies
) -> list[tuple[Episode, ...]]:
    """Return the episodes of each reading; a report without a day has none."""
    return [
        episodes_of(
            reading.report, reading.claims, reading.report.published.toordinal(), kinship, frequencies
        )
        if reading.report.published
        else ()
        for reading in readings
    ]


def digest_of(data: Path, names: Sequence[str]) -> str:
    """Return the SHA-256 of a corpus's file."""
    return hashlib.sha256(find_file(data, *names).read_bytes()).hexdigest()
