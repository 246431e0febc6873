"""The routes by which reports come in."""

import shutil
from dataclasses import replace
from datetime import date
from importlib.resources import as_file, files

from starlette.responses import Response

from dateline.desk.add_page import FILES, REQUEST_BYTES, TextGiven, add_page, job_page, tables_of
from dateline.desk.call import Call, DeskError, Handler, Page, respond, see_other
from dateline.desk.jobs import Job, Task
from dateline.desk.tables import FIELDS, checked_columns
from dateline.desk.uploaded import keep
from dateline.errors import InputError
from dateline.intake.fetch import checked_url

_LONGEST = 300


def _add(call: Call) -> Response:
    return respond(call, "add.html", add_page(call.desk))


def _add_files(call: Call) -> Response:
    """Keep files, and ask about them where a table is among them or they were dropped onto another page."""
    sent = call.files("files")
    if not sent:
        return _refused(call, "no file was sent; choose one or more")
    try:
        task = _said(call)
    except DeskError as error:
        return _refused(call, str(error))
    jobs = call.desk.jobs
    job = jobs.begin("files", task, call.person.name)
    try:
        task = replace(task, inputs=keep(sent, jobs.folder(job.id)))
    except BaseException:
        jobs.cancel(job.id)
        raise
    if call.field("ask") or tables_of(call.desk, replace(job, task=task)):
        jobs.ask(job.id, task)
    else:
        jobs.submit(job.id, task)
    return see_other(call, f"/add/{job.id}")


def _start(call: Call) -> Response:
    """Begin a job whose files waited for what a person says of them."""
    job = _job(call)
    if job.state != "asking":
        raise DeskError("that was started or cancelled already", status=409)
    try:
        task = replace(_said(call), inputs=job.task.inputs, allow_private=job.task.allow_private)
        columns = []
        for number, table in enumerate(tables_of(call.desk, job)):
            chosen = {field: call.exact(f"column-{number}-{field}") for field in FIELDS}
            given = checked_columns(table, chosen)
            if given is not None:
                columns.append((table.name, given))
    except (InputError, DeskError) as error:
        return respond(call, "job.html", job_page(call.desk, job.id, message=str(error)), status=400)
    call.desk.jobs.submit(job.id, replace(task, columns=tuple(columns)))
    return see_other(call, f"/add/{job.id}")


def _add_text(call: Call) -> Response:
    text = call.exact("text")
    given = TextGiven(
        text=text,
        title=call.field("title"),
        publisher=call.field("publisher"),
        published=call.field("published"),
    )
    if not text.strip():
        return _refused(call, "there is no text to add; paste it into the field", given)
    try:
        task = _said(call)
    except DeskError as error:
        return _refused(call, str(error), given)
    jobs = call.desk.jobs
    name = "pasted text.txt"
    job = jobs.begin("text", task, call.person.name)
    (jobs.folder(job.id) / name).write_text(text.replace("\r\n", "\n"), encoding="utf-8", newline="")
    jobs.submit(job.id, replace(task, inputs=(name,)))
    return see_other(call, f"/add/{job.id}")


def _add_address(call: Call) -> Response:
    address = call.field("address")
    try:
        checked_url(address)
    except InputError as error:
        message = f"{address[:200]!r} {error}" if address else "there is no address; write it into the field"
        page = add_page(call.desk, address=address, message=message)
        return respond(call, "add.html", page, status=400)
    jobs = call.desk.jobs
    task = Task(inputs=(address,), allow_private=call.desk.settings.allow_private)
    job = jobs.submit(jobs.begin("address", task, call.person.name).id, task)
    return see_other(call, f"/add/{job.id}")


def _add_sample(call: Call) -> Response:
    """Add the reports that Dateline ships, to a record that is empty: nothing is ever taken out of one."""
    with call.desk.record.view() as view:
        if view.added_since(0)[0]:
            raise DeskError(
                "this record holds reports already, and nothing is ever taken out of one; serve a new folder for the sample",
                status=409,
            )
    jobs = call.desk.jobs
    job = jobs.begin("sample", Task(), call.person.name)
    with as_file(files("dateline.desk") / "sample") as sample:
        names = sorted(path.name for path in sample.iterdir() if path.is_file())
        for name in names:
            shutil.copyfile(sample / name, jobs.folder(job.id) / name)
    jobs.submit(job.id, Task(inputs=tuple(names)))
    return see_other(call, f"/add/{job.id}")


def _link(call: Call) -> Response:
    return see_other(call, f"/add/{call.desk.jobs.link(call.person.name).id}")


def _show(call: Call) -> Response:
    page = job_page(call.desk, _job(call).id)
    if call.fragment:
        if page.job.kind == "sample" and page.job.state == "done":
            return Response(status_code=204, headers={"HX-Redirect": "/"})
        return respond(call, "job_state.html", page)
    return respond(call, "job.html", page)


def _cancel(call: Call) -> Response:
    return see_other(call, f"/add/{call.desk.jobs.cancel(_job(call).id).id}")


def _job(call: Call) -> Job:
    written = str(call.path["job"])
    if not (written.isascii() and written.isdecimal() and len(written) < 12):
        raise DeskError(f"there is no job {written[:40]!r}", status=404)
    return call.desk.jobs.get(int(written))


def _said(call: Call) -> Task:
    """Return what a form says of the reports; raises DeskError for a day that is none, or a name that is too long."""
    title, publisher, published = (call.field(field) for field in ("title", "publisher", "published"))
    for words, value in (("title", title), ("publisher", publisher)):
        if len(value) > _LONGEST:
            raise DeskError(f"the {words} has {len(value):,} characters; the limit is {_LONGEST}")
    try:
        day = date.fromisoformat(published).isoformat() if published else None
    except ValueError:
        raise DeskError(f"{published[:40]!r} is no day of the calendar; write it as YYYY-MM-DD") from None
    return Task(title=title or None, publisher=publisher or None, published=day)


def _refused(call: Call, message: str, given: TextGiven | None = None) -> Response:
    page = add_page(call.desk, given=given, message=message)
    return respond(call, "add.html", page, status=400)


def _action(path: str, handler: Handler, words: str) -> Page:
    return Page(path=f"/add{path}", method="POST", handler=handler, words=words, role="coder", json=False)


PAGES = (
    Page(path="/add", handler=_add, role="coder", words="The ways to add reports, and what was added so far."),
    Page(
        path="/add", method="POST", handler=_add_files, role="coder", json=False, upload=FILES, body_bytes=REQUEST_BYTES,
        words="Add files; tables wait for what a person says of their columns.",
    ),
    _action("/text", _add_text, "Add a text that was pasted."),
    _action("/address", _add_address, "Fetch an address, once, and add what it sends."),
    _action("/sample", _add_sample, "Add the sample to an empty record."),
    _action("/link", _link, "Join the reports that are not joined yet."),
    Page(path="/add/{job}", handler=_show, role="coder", words="How a job stands, and what came of it."),
    _action("/{job}/start", _start, "Begin a job that waits for its columns."),
    _action("/{job}/cancel", _cancel, "Stop a job; what it has read stays."),
)  # fmt: skip
