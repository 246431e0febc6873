"""Releases: a numbered folder with all tables, page and manifest, that anyone can check byte for byte."""

import hashlib
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from dateline.errors import DatelineError
from dateline.export.book import ExportBook
from dateline.export.columns import TABLES
from dateline.export.delimited import csv_table
from dateline.export.dictionary import data_package
from dateline.export.filters import Filter, filter_to_json, filtered
from dateline.export.geojson import geojson
from dateline.export.json_lines import json_table
from dateline.export.parquet import arrow_version, write_parquet
from dateline.export.protect import Protected, Protections, protect, protections_to_json
from dateline.export.release_changes import compare_releases
from dateline.export.release_page import PageHead, release_page
from dateline.export.release_text import licence, readme
from dateline.export.words import day_words
from dateline.model.event import Event

MANIFEST = "manifest.json"
_FOLDER = re.compile(r"(\d{4,})-[a-z0-9-]+")


class ReleaseError(DatelineError):
    """A release that cannot be made or checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseNote:
    """What is said of a release: its title, the day of its record, publisher, licence (SPDX name), and the recipe.

    `recipe` is what produced the events: versions, models, settings, in JSON values; it is written down as it is given.
    """

    title: str
    as_of: date
    publisher: str
    licence: str
    recipe: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something in a release that is not as its manifest says."""

    file: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"


def make_release(
    events: Sequence[Event], folder: Path, note: ReleaseNote, *, book: ExportBook,
    wanted: Filter | None = None, protections: Protections | None = None,
) -> Path:  # fmt: skip
    """Write the next release into a folder of releases and return its path, `0001-title` and so on.

    The events pass the filter, then the protections. Same events, options and earlier releases give the same bytes: no
    clock is read. It appears under its name only when it is whole. Raises ReleaseError if the title has no letters.
    """
    wanted, protections = wanted or Filter(), protections or Protections()
    slug = re.sub(r"[^a-z0-9]+", "-", note.title.lower()).strip("-")[:60].strip("-")
    # A title in another script names its folder by the number alone.
    slug = slug or ("release" if any(sign.isalnum() for sign in note.title) else "")
    if not slug:
        raise ReleaseError(
            f"the title {note.title!r} has no letters or digits to name a folder by; give another"
        )
    folder.mkdir(parents=True, exist_ok=True)
    before = releases_in(folder)
    number = _number(before[-1]) + 1 if before else 1
    passed = filtered(events, wanted)
    protected = protect(passed, protections, book)
    target = folder / f"{number:04d}-{slug}"
    with tempfile.TemporaryDirectory(prefix=".release-", dir=folder) as made:
        draft = Path(made) / "release"
        draft.mkdir()
        _write_tables(protected.events, draft)
        held_back = protections_to_json(protections, protected)
        changes = _changes(draft, before[-1], protected, held_back) if before else {}
        _write(draft / "changes.json", json.dumps(changes, ensure_ascii=False, indent=1) + "\n")
        manifest = _manifest(number, note, protected, book, before[-1] if before else None)
        manifest |= {
            "changes": {name: len(found) for name, found in changes.items()},
            "filter": filter_to_json(wanted),
            "protections": held_back,
        }
        _write_pages(protected.events, manifest, draft, redacted=protections.redact)
        manifest["files"] = {name: _entry(draft / name) for name in _files(draft)}
        _write(draft / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
        draft.chmod(0o755)
        draft.rename(target)
    return target


def releases_in(folder: Path) -> list[Path]:
    """Return the releases in a folder, first to last."""
    found = [path for path in folder.iterdir() if path.is_dir() and _FOLDER.fullmatch(path.name)]
    return sorted(found, key=_number)


def _number(path: Path) -> int:
    return int(path.name.split("-")[0])


def _write_tables(events: Sequence[Event], draft: Path) -> None:
    for name in ("csv", "jsonl", "parquet"):
        (draft / name).mkdir()
    for table in TABLES:
        _write(draft / "csv" / f"{table.name}.csv", csv_table(table, events))
        _write(draft / "jsonl" / f"{table.name}.jsonl", json_table(table, events))
        write_parquet(table, events, draft / "parquet" / f"{table.name}.parquet")
    _write(draft / "events.geojson", geojson(events))


def _manifest(
    number: int, note: ReleaseNote, protected: Protected, book: ExportBook, before: Path | None
) -> dict[str, Any]:
    return {
        "format": "dateline release 1",
        "number": number,
        "title": note.title,
        "as_of": note.as_of.isoformat(),
        "publisher": note.publisher,
        "licence": note.licence,
        "recipe": {**note.recipe, "export_codebook": book.digest, "pyarrow": arrow_version()},
        "counts": {table.name: len(list(table.things(protected.events))) for table in TABLES},
        "previous": {"folder": before.name, "manifest_sha256": _digest(before / MANIFEST)}
        if before
        else None,
    }


def _changes(
    draft: Path, before: Path, protected: Protected, held_back: Mapping[str, Any]
) -> dict[str, list[Any]]:
    """Compare with the release before, and hold back of it what is held back of this one.

    What the release before said is gone over for names as well: it may have been made without that, or may not have known
    them for private. If its places were held back otherwise, the old values are left out.
    """
    old = [_rows(before / "jsonl" / f"{name}.jsonl") for name in ("events", "claims")]
    new = [_rows(draft / "jsonl" / f"{name}.jsonl") for name in ("events", "claims")]
    changes = compare_releases(*old, *new)
    same = _manifest_of(before)["protections"]["coarsened_to"] == held_back["coarsened_to"]
    kept: list[Any] = []
    for changed in changes["changed"]:
        fields = {}
        for name, values in changed["fields"].items():
            value = _gone_over(values["old"], protected.words) if same else None
            # A field that differs in nothing but what is held back did not change.
            if value != values["new"]:
                fields[name] = {"old": value, "new": values["new"]}
        if fields:
            kept.append({**changed, "fields": fields})
    return {**changes, "changed": kept}


def _gone_over(value: Any, words: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return words(value)
    return [_gone_over(part, words) for part in value] if isinstance(value, list) else value


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    except (OSError, ValueError) as error:
        raise ReleaseError(
            f"{path} of the release before cannot be read ({error}); mend or move that release"
        ) from None


def _write_pages(
    events: Sequence[Event], manifest: Mapping[str, Any], draft: Path, *, redacted: bool
) -> None:
    counts = manifest["counts"]
    lines = (
        f"{counts['events']:,} events from {counts['claims']:,} claims in {counts['reports']:,} reports, as of "
        f"{day_words(date.fromisoformat(manifest['as_of']))}. Published by {manifest['publisher']}, {manifest['licence']}.",
    )  # fmt: skip
    warning = (
        None if redacted else "This release holds names of private people. It is not made for publication."
    )
    _write(
        draft / "index.html",
        release_page(events, PageHead(title=manifest["title"], lines=lines, warning=warning)),
    )
    _write(draft / "datapackage.json", json.dumps(_package(manifest), ensure_ascii=False, indent=1) + "\n")
    _write(draft / "README.md", readme(manifest))
    _write(draft / "LICENSE.md", licence(manifest["licence"], manifest["publisher"]))


def _package(manifest: Mapping[str, Any]) -> dict[str, Any]:
    package = data_package(f"release-{manifest['number']:04d}", "csv/")
    return {**package, "title": manifest["title"], "licenses": [{"name": manifest["licence"]}]}


def _write(path: Path, text: str) -> None:
    # Line ends as they are on every system, so that a release has the same bytes everywhere.
    path.write_text(text, encoding="utf-8", newline="")


def _files(folder: Path) -> Iterator[str]:
    """Yield the files below a folder but its manifest, as sorted POSIX paths."""
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    yield from (name for name in found if name != MANIFEST)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ReleaseError(f"{path} cannot be read ({error.strerror}); mend or move that release") from None


def _entry(path: Path) -> dict[str, Any]:
    return {"sha256": _digest(path), "bytes": path.stat().st_size}


def _manifest_of(folder: Path) -> dict[str, Any]:
    """Read a manifest; raises ReleaseError if it is none."""
    path = folder / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        files, previous, protections = manifest["files"], manifest["previous"], manifest["protections"]
        whole = all(
            isinstance(entry["sha256"], str) and isinstance(entry["bytes"], int) for entry in files.values()
        )
        if not whole or "coarsened_to" not in protections:
            raise ValueError("parts of it are missing")
        if previous is not None and not isinstance(previous["folder"], str):
            raise ValueError("the release before has no name")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise ReleaseError(
            f"{path} is no manifest of a release ({reason}); name a release's folder"
        ) from None
    return manifest


def verify_release(folder: Path) -> tuple[Fault, ...]:
    """Compare every file of a release with its manifest, and its manifest with the one before it where that lies beside.

    Raises ReleaseError if there is no manifest that can be read.
    """
    manifest = _manifest_of(folder)
    listed: dict[str, dict[str, Any]] = manifest["files"]
    previous: dict[str, str] | None = manifest["previous"]
    faults = [fault for name, entry in listed.items() if (fault := _check(folder, name, entry))]
    faults += [
        Fault(file=name, message="is not in the manifest") for name in _files(folder) if name not in listed
    ]
    return (*faults, *_check_previous(folder, previous))


def _check(folder: Path, name: str, entry: Mapping[str, Any]) -> Fault | None:
    inside = PurePosixPath(name)
    if inside.is_absolute() or ".." in inside.parts:
        return Fault(file=name, message="lies outside the release")
    path = folder / name
    if path.is_symlink() or not path.is_file():
        return Fault(file=name, message="is missing, or is no plain file")
    if path.stat().st_size != entry["bytes"]:
        return Fault(file=name, message=f"has {path.stat().st_size:,} bytes, not {entry['bytes']:,}")
    return None if _digest(path) == entry["sha256"] else Fault(file=name, message="was changed")


def _check_previous(folder: Path, previous: Mapping[str, str] | None) -> list[Fault]:
    if previous is None or not _FOLDER.fullmatch(previous["folder"]):
        return []
    path = folder.resolve().parent / previous["folder"] / MANIFEST
    if path.exists() and _digest(path) != previous.get("manifest_sha256"):
        return [
            Fault(
                file=f"../{previous['folder']}/{MANIFEST}", message="is not the one that this release follows"
            )
        ]
    return []
