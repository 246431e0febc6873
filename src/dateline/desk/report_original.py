"""The kept original of a report: shown as text and nothing but text, or handed out as a file."""

import re
from dataclasses import dataclass
from pathlib import Path

from dateline.desk.call import DeskError
from dateline.desk.desk import Desk
from dateline.desk.report_beside import Arrival, arrivals_of
from dateline.errors import DatelineError
from dateline.intake.decode import decode
from dateline.store.originals import file_digest

_SHOWN = 300_000  # characters
_READ = 1_200_000  # bytes that are decoded to show them
_CHECKED = 256 * 1_048_576  # bytes up to which the file is hashed anew before it is shown
_UNSAFE = re.compile(r"[^\w.() -]", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalPage:
    """The original that a report was taken from, as it came.

    `report` is the report's id with `title`; `arrival` says how it came and which file it is, `others` are the other
    arrivals. `text` is what the file holds, decoded with `encoding`; null where it is no text, and `reason` says why.
    `cut` is whether only its beginning is shown. `intact` is whether the file has the digest under which it was kept,
    null where it is too large to be checked for a page.
    """

    report: str
    title: str | None
    arrival: Arrival
    others: tuple[Arrival, ...]
    text: str | None
    encoding: str | None
    reason: str | None
    cut: bool
    intact: bool | None


def original_page(desk: Desk, report_id: str, digest: str | None) -> OriginalPage:
    """Return an original of a report, the first if no digest is given; raises StoreError or DeskError if there is none."""
    report, arrivals = _arrivals(desk, report_id)
    arrival = _named(arrivals, digest)
    path = _file(desk, arrival)
    with path.open("rb") as file:
        data = file.read(_READ)
    text, encoding, reason = None, None, None
    try:
        decoded = decode(data)
        text, encoding = decoded.text, decoded.encoding
    except DatelineError as error:
        reason = str(error)
    size = path.stat().st_size
    return OriginalPage(
        report=report_id, title=report, arrival=arrival,
        others=tuple(one for one in arrivals if one.original != arrival.original),
        text=text[:_SHOWN] if text is not None else None, encoding=encoding, reason=reason,
        cut=size > _READ or (text is not None and len(text) > _SHOWN),
        intact=file_digest(path) == arrival.original if size <= _CHECKED else None,
    )  # fmt: skip


def original_file(desk: Desk, report_id: str, digest: str | None) -> tuple[Path, str]:
    """Return the file of an original of a report, and a name for it that any system takes."""
    _, arrivals = _arrivals(desk, report_id)
    arrival = _named(arrivals, digest)
    last = re.split(r"[/\\]", arrival.name)[-1]
    name = _UNSAFE.sub("_", last).strip(". ")[-80:]
    return _file(desk, arrival), name or arrival.original[:16]


def _arrivals(desk: Desk, report_id: str) -> tuple[str | None, tuple[Arrival, ...]]:
    with desk.events() as events:
        report = events.view.report(report_id)
        return report.title, arrivals_of(events, report_id)


def _named(arrivals: tuple[Arrival, ...], digest: str | None) -> Arrival:
    for one in arrivals:
        if digest in (None, one.original):
            return one
    raise DeskError(
        "no such original is kept of this report; the page of the report lists those that are", status=404
    )


def _file(desk: Desk, arrival: Arrival) -> Path:
    path = desk.record.originals.path(arrival.original)
    if not path.is_file():
        raise DeskError(
            f"the original {arrival.original} is missing from the record's folder; `dateline verify` says what else is",
            status=404,
        )
    return path
