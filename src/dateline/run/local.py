"""Read files in this process, one report after another."""

import traceback
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from dateline.intake.arrival import Arrival, FailedInput, LeftOut
from dateline.intake.read import read_paths
from dateline.model.reading import Problem, Reading, Recipe
from dateline.model.text import Report
from dateline.reading.kit import Kit, load_kit
from dateline.reading.read import read_report
from dateline.settings import Settings

Outcome = Reading | FailedInput | LeftOut
FAULT = "could not be read, by a fault of Dateline"


def read_files(paths: Iterable[str], settings: Settings) -> Iterator[Outcome]:
    """Yield a reading for each report of the files in order, and what failed or was left out in its place.

    The codebook is loaded before the first file is opened; raises CodebookError when it has faults.
    """
    kit = load_kit(settings.codebook_folders, models=settings.models)
    for arrived in read_paths(paths, settings):
        yield read_guarded(arrived, kit, settings) if isinstance(arrived, Arrival) else arrived


def read_guarded(arrival: Arrival, kit: Kit, settings: Settings) -> Reading | FailedInput:
    """Read one report; a fault of our own fails this report alone, since thousands may stand behind it."""
    try:
        return read_arrival(arrival, kit, settings)
    except Exception as fault:
        where = traceback.extract_tb(fault.__traceback__)[-1]
        place = f"{Path(where.filename).name}, line {where.lineno}"
        message = f"{FAULT} ({type(fault).__name__}: {fault}; {place}); please report it with the text"
        return FailedInput(name=arrival.report.name or "report", message=message)


def read_arrival(arrival: Arrival, kit: Kit, settings: Settings) -> Reading:
    """Read one report and add the problems met on its way in.

    A text in another language than English is not read: it has no claims, and a problem says why. A report
    without a date is read as of `settings.as_of`, if that is given, with the basis "as_of" and a problem that
    says so.
    """
    arrival = dated(arrival, settings)
    report, problems = arrival.report, arrival.problems
    if arrival.language is not None:
        return replace(unread(report, kit.recipe), problems=problems)
    # Offsets in the part that is read are offsets in the whole text.
    reading = read_report(replace(report, text=report.text[: arrival.read_end]), kit)
    return replace(reading, report=report, problems=(*problems, *reading.problems))


def dated(arrival: Arrival, settings: Settings) -> Arrival:
    """Give a report without a date the day of `settings.as_of`, if there is one, and a problem that says so."""
    if arrival.report.published is not None or settings.as_of is None:
        return arrival
    message = (
        f"no publication date was found, so relative dates are resolved against --as-of {settings.as_of}"
    )
    problem = Problem(code="published-assumed", message=message, field="published")
    report = replace(arrival.report, published=settings.as_of, published_basis="as_of")
    return replace(arrival, report=report, problems=(*arrival.problems, problem))


def unread(report: Report, recipe: Recipe) -> Reading:
    """Return the reading of a report in which nothing was read."""
    return Reading(report=report, recipe=recipe, claims=(), attributions=(), mentions=(), problems=())
