"""Exports and releases as pages: what can be published, what was, and whether it still is as its manifest says."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.desk.call import DeskError
from dateline.desk.desk import Desk
from dateline.desk.overview_page import chosen
from dateline.desk.publisher import Making
from dateline.desk.query import EventQuery
from dateline.desk.words import N_
from dateline.export.formats import FORMS
from dateline.export.release import MANIFEST, releases_in, verify_release


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPage:
    """What an export would hold: the filters, how many events pass, and the formats (name, words)."""

    query: tuple[tuple[str, str], ...]
    total: int
    formats: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow:
    """A release by its manifest: folder, title, day, counts, changes since the one before, filter and protections."""

    folder: str
    number: int
    title: str
    as_of: str
    publisher: str
    licence: str
    counts: Mapping[str, int]
    changes: Mapping[str, int]
    filter: Mapping[str, Any]
    protections: Mapping[str, Any]
    files: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasesPage:
    """The releases of the record, the newest first; the one that is being made, if any; folders that are damaged."""

    folder: str
    releases: tuple[ReleaseRow, ...]
    making: Making | None
    damaged: tuple[str, ...]
    query: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePage:
    """One release, with what is not as its manifest says; `checked` is false while it was not looked at."""

    release: ReleaseRow
    checked: bool
    faults: tuple[str, ...]


def export_page(desk: Desk, query: EventQuery) -> ExportPage:
    """Return what an export of a query would hold."""
    rows = chosen(desk, query, desk.snapshot())
    return ExportPage(
        query=tuple(query.to_params()),
        total=len(rows),
        formats=tuple((name, form.words) for name, form in FORMS.items()),
    )


def releases_page(desk: Desk, query: EventQuery) -> ReleasesPage:
    """Return the releases in the desk's folder."""
    found, damaged = [], []
    for folder in reversed(_folders(desk)):
        try:
            found.append(_row(folder))
        except DeskError:
            damaged.append(folder.name)
    return ReleasesPage(
        folder=str(desk.publisher.releases), releases=tuple(found), making=desk.publisher.making(),
        damaged=tuple(damaged), query=tuple(query.to_params()),
    )  # fmt: skip


def release_page(desk: Desk, name: str, *, check: bool) -> ReleasePage:
    """Return a release, checked byte for byte against its manifest if that is asked for."""
    folder = release_folder(desk, name)
    faults = tuple(str(fault) for fault in verify_release(folder)) if check else ()
    return ReleasePage(release=_row(folder), checked=check, faults=faults)


def release_folder(desk: Desk, name: str) -> Path:
    """Return the folder of a release of the desk; raises DeskError if there is none of that name."""
    for folder in _folders(desk):
        if folder.name == name:
            return folder
    raise DeskError(N_("there is no release %(name)r"), status=404, name=name)


def release_file(desk: Desk, name: str, file: str) -> Path:
    """Return a file of a release that its manifest names, or the manifest; raises DeskError for any other."""
    folder = release_folder(desk, name)
    if file != MANIFEST and file not in _row(folder).files:
        raise DeskError(N_("the release %(name)s has no file %(file)r"), status=404, name=name, file=file)
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        raise DeskError(
            N_("the release %(name)s has lost its file %(file)r"), status=404, name=name, file=file
        )
    return path


def _folders(desk: Desk) -> list[Path]:
    return releases_in(desk.publisher.releases) if desk.publisher.releases.is_dir() else []


def _row(folder: Path) -> ReleaseRow:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return ReleaseRow(
            folder=folder.name, number=int(manifest["number"]), title=str(manifest["title"]),
            as_of=str(manifest["as_of"]), publisher=str(manifest["publisher"]), licence=str(manifest["licence"]),
            counts=manifest["counts"], changes=manifest["changes"], filter=manifest["filter"],
            protections=manifest["protections"], files=manifest["files"],
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DeskError(
            N_("the manifest of %(name)s cannot be read (%(error)s)"),
            status=500,
            name=folder.name,
            error=error,
        ) from None
