"""Items to reports: take in what the walk found, and hand on one report after another; bad ones are named."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from dateline.errors import InputError
from dateline.intake.arrival import Arrival, FailedInput, LeftOut
from dateline.intake.dates import read_date
from dateline.intake.decode import clean, decode
from dateline.intake.entry import read_entry
from dateline.intake.extent import read_end
from dateline.intake.header import with_header
from dateline.intake.html import declared_charset, read_html
from dateline.intake.item import Hints, Item
from dateline.intake.jsonl import read_line, replaced_problem
from dateline.intake.language import other_language
from dateline.intake.mail import read_mail
from dateline.intake.pdf import read_pdf
from dateline.intake.walk import items
from dateline.model.reading import Problem
from dateline.model.text import Report, span_at
from dateline.settings import Limits, Settings

Arrived = Arrival | FailedInput | LeftOut
Taken = tuple[Report, tuple[Problem, ...]]


def read_paths(inputs: Iterable[str], settings: Settings) -> Iterator[Arrived]:
    """Yield the reports of inputs in order, "-" being standard input; what cannot be read is a FailedInput.

    An input is a file of any format read here, a folder or archive of such files, or a URL. A file's kind is
    told by its first bytes and its ending. Nothing is read ahead of need.
    """
    for item in items(inputs, settings):
        yield item if isinstance(item, FailedInput) else take_in(item, settings)


def take_in(item: Item, settings: Settings) -> Arrived:
    """Turn an item into a report; a pure function of its bytes and the settings, for any process to run."""
    return _arrived(lambda: _taken(item, settings), item.name, settings)


def read_text(text: str, *, name: str, settings: Settings) -> Arrived:
    """Take in a text that is already in memory, by the same steps as a file of plain text."""
    return _arrived(lambda: _plain(text, name, settings.limits), name, settings)


def _taken(item: Item, settings: Settings) -> Taken:
    limits = settings.limits
    if not item.data.strip():
        raise InputError("is empty; there is nothing to read")
    hints = item.hints
    problems: tuple[Problem, ...] = ()
    if item.kind == "line":
        report, problems = _json_line(item.data, item.name, settings)
    elif item.kind == "row":
        report, problems = read_line(item.data.decode(), name=item.name)
    elif item.kind == "entry":
        report, problems, hints = read_entry(item.data, name=item.name, limits=limits)
    elif item.kind == "mail":
        report, problems, hints = read_mail(item.data, name=item.name, limits=limits)
    elif item.kind == "pdf":
        report = read_pdf(item.data, name=item.name, limits=limits)
    else:
        report, problems = _document(item, limits)
    _within(report.text, limits)
    report, found = _hinted(report, hints)
    return report, (*item.hints.problems, *problems, *found)


def _json_line(line: bytes, name: str, settings: Settings) -> Taken:
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8 at byte {error.start + 1:,}; write JSON Lines in UTF-8") from None
    return read_line(text, name=name, columns=settings.columns)


def _document(item: Item, limits: Limits) -> Taken:
    declared = item.hints.charset or (declared_charset(item.data) if item.kind == "html" else None)
    decoded = decode(item.data, declared=declared)
    if not decoded.text.strip():
        raise InputError("is empty; there is nothing to read")
    if item.kind == "html":
        report, problems = read_html(decoded.text, name=item.name, limits=limits)
    else:
        report, problems = _plain(decoded.text, item.name, limits)
    if decoded.replaced:
        problems += (replaced_problem(decoded.replaced),)
    return report, problems


def _hinted(report: Report, hints: Hints) -> Taken:
    """Complete a report by what its container says; the address it came from wins over one it names itself."""
    problems: tuple[Problem, ...] = ()
    if hints.url:
        report = replace(report, url=hints.url)
    if report.title is None and hints.title:
        report = replace(report, title=hints.title)
    if report.publisher is None and hints.publisher:
        report = replace(report, publisher=hints.publisher, publisher_basis=hints.basis)
    if report.published is None and hints.published:
        day = read_date(hints.published)
        if day is not None:
            report = replace(report, published=day, published_basis=hints.basis)
        else:
            message = f"the date {hints.published[:60]!r} cannot be read as a day; give it with --published"
            problems = (Problem(code="published-invalid", message=message, field="published"),)
    return report, problems


def _plain(text: str, name: str, limits: Limits) -> Taken:
    text, replaced = clean(text)
    if not text.strip():
        raise InputError("is empty; there is nothing to read")
    _within(text, limits)
    return Report(text=text, name=name), (replaced_problem(replaced),) if replaced else ()


def _within(text: str, limits: Limits) -> None:
    if len(text) > limits.characters:
        raise InputError(
            f"has a text of {len(text):,} characters; the limit for one report is {limits.characters:,}: "
            "split it into reports"
        )


def _arrived(take: Callable[[], Taken], name: str, settings: Settings) -> Arrived:
    """Take a report in, complete it from its text and the user's word, and sort out what is not read."""
    try:
        report, problems = take()
    except InputError as error:
        return FailedInput(name=name, message=str(error))
    if settings.published is not None:
        report = replace(report, published=settings.published, published_basis="given")
    if settings.publisher is not None:
        report = replace(report, publisher=settings.publisher, publisher_basis="given")
    if settings.title is not None:
        report = replace(report, title=settings.title)
    report, found = with_header(report)
    problems = _still_true((*problems, *found), report)
    if settings.as_of is not None and report.published is not None and report.published > settings.as_of:
        message = f"left out: published on {report.published}, after {settings.as_of}"
        return LeftOut(name=name, message=message)
    return readable(report, problems, settings.limits)


def readable(report: Report, problems: tuple[Problem, ...], limits: Limits) -> Arrival:
    """Say of a report that is complete whether and how far it is to be read."""
    language = other_language(report.text)
    if language is not None:
        message = f"the text is in {language}; Dateline reads English, so no claims were read from it"
        problems += (Problem(code="language", message=message),)
    end = read_end(report.text, limits)
    if end == len(report.text) or language is not None:
        return Arrival(report=report, problems=problems, language=language)
    message = (
        f"only the first {end:,} of {len(report.text):,} characters were read; split the text into reports"
    )
    span = span_at(report.text, end, min(len(report.text), end + 40))
    problems += (Problem(code="text-cut", message=message, span=span),)
    return Arrival(report=report, problems=problems, read_end=end)


def _still_true(problems: tuple[Problem, ...], report: Report) -> tuple[Problem, ...]:
    """Drop what was wrong with a date that the user then gave."""
    if report.published_basis != "given":
        return problems
    return tuple(problem for problem in problems if problem.field != "published")
