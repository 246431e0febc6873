"""The pages by which reports come in: what can be added, and how a job stands."""

import time
from dataclasses import dataclass
from datetime import datetime

from dateline.desk.call import DeskError
from dateline.desk.desk import Desk
from dateline.desk.jobs import Job, JobState, Kind
from dateline.desk.tables import FIELDS, TableShown, table_shown
from dateline.desk.uploads import FILE_BYTES

FILES = 200
REQUEST_BYTES = 2_000_000_000
_EVENTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class TextGiven:
    """What was written into the form for a text, kept where something was wrong with it."""

    text: str = ""
    title: str = ""
    publisher: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPage:
    """The ways to add reports, the limits that hold, and the jobs so far, the newest first."""

    files: int
    file_bytes: int
    request_bytes: int
    jobs: tuple["JobLine", ...]
    given: TextGiven
    address: str = ""
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLine:
    """One job in the list: by whom and when it was asked for, and how many reports it added."""

    id: int
    kind: Kind
    state: JobState
    asked_by: str
    asked: datetime
    inputs: tuple[str, ...]
    added: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedFile:
    """A file that waits to be read: its name and size in bytes, and the table in it if it is one."""

    name: str
    size: int
    table: TableShown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """An event that the reports of a job tell of."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobPage:
    """How a job stands. `percent` is of its stage; `rate` in reports a second; `left_s` how long the stage still takes.

    `ahead` are the jobs before it in the queue. `waiting` are its files while it waits for what a person says of them.
    """

    job: Job
    percent: int | None
    rate: float | None
    left_s: int | None
    ahead: int
    waiting: tuple[UploadedFile, ...]
    fields: tuple[str, ...]
    events: tuple[EventLine, ...]
    message: str | None = None


def add_page(
    desk: Desk, *, given: TextGiven | None = None, address: str = "", message: str | None = None
) -> AddPage:
    """Return the page on which reports are added; what was given is kept where something was wrong with it."""
    return AddPage(
        files=FILES, file_bytes=FILE_BYTES, request_bytes=REQUEST_BYTES,
        jobs=tuple(map(_line, desk.jobs.newest())), given=given or TextGiven(), address=address, message=message,
    )  # fmt: skip


def job_page(desk: Desk, number: int, *, message: str | None = None) -> JobPage:
    """Return how a job stands; raises DeskError (404) if there is none."""
    job = desk.jobs.get(number)
    progress, now = job.progress, time.time()
    elapsed = max(0.0, now - progress.since) if progress.since else 0.0
    share = progress.done / progress.total if progress.total else None
    ahead = sum(one.id < job.id and one.state in ("waiting", "running") for one in desk.jobs.newest(200))
    return JobPage(
        job=job,
        percent=min(100, round(100 * share)) if share is not None else None,
        rate=progress.reports / elapsed if progress.stage == "reading" and elapsed > 1 else None,
        left_s=round(elapsed * (1 - share) / share) if share and elapsed > 2 else None,
        ahead=ahead if job.state == "waiting" else 0,
        waiting=_waiting(desk, job) if job.state == "asking" else (),
        fields=FIELDS,
        events=_events(desk, job) if not job.open else (),
        message=message,
    )


def tables_of(desk: Desk, job: Job) -> tuple[TableShown, ...]:
    """Return the tables among the files of a job."""
    return tuple(file.table for file in _waiting(desk, job) if file.table is not None)


def _waiting(desk: Desk, job: Job) -> tuple[UploadedFile, ...]:
    folder = desk.jobs.folder(job.id)
    try:
        return tuple(
            UploadedFile(name=name, size=(folder / name).stat().st_size, table=table_shown(folder / name))
            for name in job.task.inputs
        )
    except OSError as error:
        raise DeskError("the files of this job are gone; add them again", status=410) from error


def _events(desk: Desk, job: Job) -> tuple[EventLine, ...]:
    """Return the first events that a job touched, as they are called now."""
    with desk.events() as events:
        # Later reports may have joined an event to another: it is found there.
        named = dict.fromkeys(
            name for event in job.outcome.events[:_EVENTS] for name in events.linked.events_named(event)[:1]
        )
        return tuple(EventLine(id=event.id, title=event.title) for event in events.events(list(named)))


def _line(job: Job) -> JobLine:
    return JobLine(
        id=job.id, kind=job.kind, state=job.state, asked_by=job.asked_by, asked=job.asked, inputs=job.task.inputs[:3],
        added=job.outcome.added,
    )  # fmt: skip
