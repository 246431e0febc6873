"""The formats that events are exported in, by name, and how each is written to a path."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.errors import DatelineError
from dateline.export.acled import acled, fits_acled
from dateline.export.book import ExportBook
from dateline.export.claim_review import RATINGS, claim_reviews
from dateline.export.columns import TABLES
from dateline.export.delimited import csv_table
from dateline.export.dictionary import data_package
from dateline.export.ftm import follow_the_money
from dateline.export.ged import fits_ged, ged
from dateline.export.geojson import geojson
from dateline.export.json_lines import json_table
from dateline.export.kml import kml
from dateline.export.parquet import write_parquet
from dateline.export.summary import entries_of
from dateline.export.timeline import timeline
from dateline.model.event import Event


class ExportError(DatelineError):
    """An export that cannot be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What some formats say of the whole: a title, and in whose name claims were reviewed."""

    title: str = "Dateline events"
    reviewer: str = "Dateline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A format: what it is in words, whether it is a folder of tables, and how a path is written.

    `write` returns how many events (of "claimreview" claims) have no place in the format and were left out.
    """

    words: str
    folder: bool
    write: Callable[[Sequence[Event], Path, ExportBook, Naming], int]


def _csv(events: Sequence[Event], path: Path, book: ExportBook, naming: Naming) -> int:
    for table in TABLES:
        _text(path / f"{table.name}.csv", csv_table(table, events))
    _text(path / "datapackage.json", json.dumps(data_package("events"), ensure_ascii=False, indent=1) + "\n")
    return 0


def _jsonl(events: Sequence[Event], path: Path, book: ExportBook, naming: Naming) -> int:
    for table in TABLES:
        _text(path / f"{table.name}.jsonl", json_table(table, events))
    return 0


def _parquet(events: Sequence[Event], path: Path, book: ExportBook, naming: Naming) -> int:
    for table in TABLES:
        write_parquet(table, events, path / f"{table.name}.parquet")
    return 0


def _acled(events: Sequence[Event], path: Path, book: ExportBook, naming: Naming) -> int:
    _text(path, acled(events, book))
    return sum(not fits_acled(event, book) for event in events)


def _ged(events: Sequence[Event], path: Path, book: ExportBook, naming: Naming) -> int:
    _text(path, ged(events, book))
    return sum(not fits_ged(event) for event in events)


def _timeline(events: Sequence[Event], path: Path, book: ExportBook, naming: Naming) -> int:
    _text(path, timeline(events, naming.title))
    return sum(event.earliest is None and event.latest is None for event in events)


def _claim_review(events: Sequence[Event], path: Path, book: ExportBook, naming: Naming) -> int:
    _text(path, claim_reviews(events, naming.reviewer))
    return sum(entry.state not in RATINGS for _, entry in entries_of(events))


def _geojson(events: Sequence[Event], path: Path, book: ExportBook, naming: Naming) -> int:
    _text(path, geojson(events))
    return 0


def _kml(events: Sequence[Event], path: Path, book: ExportBook, naming: Naming) -> int:
    path.write_bytes(kml(events))
    return 0


def _ftm(events: Sequence[Event], path: Path, book: ExportBook, naming: Naming) -> int:
    _text(path, follow_the_money(events, book))
    return 0


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


FORMS: Mapping[str, Form] = {
    "csv": Form(words="all tables as CSV, with datapackage.json", folder=True, write=_csv),
    "jsonl": Form(words="all tables as JSON Lines", folder=True, write=_jsonl),
    "parquet": Form(words="all tables as Parquet", folder=True, write=_parquet),
    "geojson": Form(
        words="events as GeoJSON (RFC 7946), vague places as areas", folder=False, write=_geojson
    ),
    "kml": Form(words="events as KML 2.2", folder=False, write=_kml),
    "acled": Form(words="events in ACLED's 31 columns", folder=False, write=_acled),
    "ged": Form(words="events with deaths in UCDP GED's 49 columns", folder=False, write=_ged),
    "timelinejs": Form(words="dated events for TimelineJS", folder=False, write=_timeline),
    "claimreview": Form(words="reviewed claims as schema.org ClaimReview", folder=False, write=_claim_review),
    "ftm": Form(words="FollowTheMoney entities", folder=False, write=_ftm),
}


def write_export(
    name: str, events: Sequence[Event], path: Path, metadata: Mapping[str, Any], *, book: ExportBook, naming: Naming
) -> int:  # fmt: skip
    """Write events in a format, and beside it what was filtered and held back; return how many were left out.

    A folder of tables gets `metadata.json`, a file `NAME.metadata.json`. Raises ExportError where it cannot be written.
    """
    form = FORMS[name]
    try:
        (path if form.folder else path.parent).mkdir(parents=True, exist_ok=True)
        left_out = form.write(events, path, book, naming)
        beside = path / "metadata.json" if form.folder else path.with_name(f"{path.name}.metadata.json")
        value = {"format": name, **metadata, "events": len(events), "left_out_by_format": left_out}
        _text(beside, json.dumps(value, ensure_ascii=False, indent=1) + "\n")
    except OSError as error:
        what = "folder" if form.folder else "file"
        raise ExportError(
            f"{path}: cannot be written as a {what} ({error.strerror or error}); choose another --out"
        ) from None
    return left_out
