"""Publish in a process of its own, so that the desk stays quick: `python -m dateline.desk.publish_process`.

Reads from standard input a JSON object (record, order, out) and prints one: the path written, or the error in words.
"""

import json
import sys
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from dateline.desk.index import EventIndex
from dateline.desk.publish_order import Order, release_filter
from dateline.desk.query import parse
from dateline.errors import DatelineError
from dateline.export.book import load_export_book
from dateline.export.formats import FORMS, Naming, write_export
from dateline.export.protect import Protections, protect, protections_to_json
from dateline.export.release import ReleaseNote, make_release
from dateline.model.event import Event
from dateline.run.access import RecordAccess
from dateline.run.events import Events
from dateline.store.sqlite import Record, open_record


def publish(folder: Path, order: Order, out: Path) -> Path:
    """Write what was ordered and return its path: a file of the export, or the folder of the release."""
    record = open_record(folder)
    today = datetime.now(UTC).date()
    protections = Protections(
        redact=order.redact, coarsen=order.coarsen, delay_days=order.delay_days, day=today  # type: ignore[arg-type]
    )  # fmt: skip
    recipe = RecordAccess().recipe_of(folder, None)
    if order.form == "release":
        note = ReleaseNote(
            title=order.title, as_of=today, publisher=order.publisher, licence=order.licence, recipe=recipe
        )
        wanted = release_filter(parse(order.pairs))
        return make_release(
            _events(record, None), out, note, book=load_export_book(), wanted=wanted, protections=protections
        )
    book = load_export_book()
    protected = protect(_events(record, order.pairs), protections, book)
    metadata = {
        "as_of": None,
        "recipe": {**recipe, "export_codebook": book.digest},
        "filter": [list(pair) for pair in order.pairs],
        "protections": protections_to_json(protections, protected),
    }
    naming = Naming(title=order.title, reviewer=order.publisher)
    return _zipped(order.form, protected.events, out, metadata, naming)


def _zipped(
    form: str, events: Sequence[Event], out: Path, metadata: Mapping[str, Any], naming: Naming
) -> Path:
    """Write an export with its metadata into one ZIP, since a browser takes one file."""
    endings = {"geojson": "geojson", "kml": "kml", "acled": "csv", "ged": "csv", "ftm": "json"}
    folder = out / "dateline"
    folder.mkdir()
    path = folder if FORMS[form].folder else folder / f"{form}.{endings.get(form, 'json')}"
    write_export(form, events, path, metadata, book=load_export_book(), naming=naming)
    packed = out / f"dateline-{form}.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, f"dateline-{form}/{file.relative_to(folder).as_posix()}")
    return packed


def _events(record: Record, pairs: Sequence[tuple[str, str]] | None) -> list[Event]:
    """Return the events that a query of the desk lets pass, in its order; all that are told without one."""
    with Events(record) as events:
        if pairs is None:
            return list(events.events())
        query = parse(pairs)
        index = EventIndex()
        index.update(events.linked.connection)
        steps = np.array(events.view.steps_matching(query.words), np.int64) if query.words else None
        snapshot = index.snapshot
        rows = snapshot.sort(snapshot.select(query, steps), query.sort)
        return list(events.events(snapshot.ids(rows)))


def main() -> int:
    """Do what standard input orders."""
    asked = json.load(sys.stdin)
    fields = asked["order"]
    fields["pairs"] = tuple((name, value) for name, value in fields["pairs"])
    try:
        path = publish(Path(asked["record"]), Order(**fields), Path(asked["out"]))
    except DatelineError as error:
        print(json.dumps({"error": str(error)}))
        return 1
    print(json.dumps({"path": str(path)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
