"""The options that `export` and `release` share, and the filter and protections that they add up to."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args

import typer

from dateline.cli_options import day_of
from dateline.errors import DatelineError
from dateline.model.event import ReviewState
from dateline.model.reading import Certainty, Reality
from dateline.model.values import Measure

if TYPE_CHECKING:
    from dateline.export.filters import Filter
    from dateline.export.protect import Protections

T = TypeVar("T")


def _among(values: tuple[str, ...], option: str) -> str:
    return f"Keep events {option}: {', '.join(values)}; may be repeated."


Types = Annotated[
    list[str] | None,
    typer.Option("--type", metavar="TYPE", help="Keep these types, families (strike) or globs (*.capture); may be repeated."),
]  # fmt: skip
From = Annotated[
    date | None,
    typer.Option(
        "--from", metavar="DATE", parser=day_of, help="Keep events that may lie on this day or later."
    ),
]
To = Annotated[
    date | None,
    typer.Option(
        "--to", metavar="DATE", parser=day_of, help="Keep events that may lie on this day or earlier."
    ),
]
Countries = Annotated[
    list[str] | None,
    typer.Option("--country", metavar="ISO", help="Keep events in these countries (two letters, UA); may be repeated."),
]  # fmt: skip
Bbox = Annotated[
    str | None,
    typer.Option(
        "--bbox", metavar="W,S,E,N", help="Keep events in this box of degrees; west above east crosses 180°."
    ),
]
Near = Annotated[
    str | None,
    typer.Option("--near", metavar="LAT,LON,KM", help="Keep events within so many km of a point."),
]
CertaintyOption = Annotated[
    list[str] | None,
    typer.Option("--certainty", metavar="WORD", help=_among(get_args(Certainty), "told so at their surest")),
]
Origins = Annotated[
    int, typer.Option("--min-origins", metavar="N", min=0, help="Keep events with at least N independent origins.")
]  # fmt: skip
Reviews = Annotated[
    list[str] | None,
    typer.Option("--review", metavar="WORD", help=_among(get_args(ReviewState), "that people left so")),
]
RealityOption = Annotated[
    list[str] | None,
    typer.Option("--reality", metavar="WORD", help=_among(get_args(Reality), "told so at their most real")),
]
Measures = Annotated[
    list[str] | None,
    typer.Option("--measure", metavar="WORD", help=_among(get_args(Measure), "with a count of any of these")),
]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", metavar="DATE", parser=day_of, help="The record as it stood on this day; today if not given."),
]  # fmt: skip
NoRedact = Annotated[
    bool,
    typer.Option("--no-redact", help="Leave in the names of private people (victims, witnesses); the output says so."),
]  # fmt: skip
Coarsen = Annotated[
    str | None,
    typer.Option(
        "--coarsen", metavar="KM|admin1",
        help="Coarsen places to a grid of so many km or to first-order divisions, and drop all words that could tell more.",
    ),
]  # fmt: skip
Delay = Annotated[
    int, typer.Option("--delay", metavar="DAYS", min=0, help="Leave out events of the last DAYS days.")
]
Folders = Annotated[
    list[Path] | None,
    typer.Option("--codebook", metavar="FOLDER", help="Lay a folder of codebook files over the packaged ones; may be repeated."),
]  # fmt: skip


def filter_of(
    *, types: list[str] | None, first: date | None, last: date | None, countries: list[str] | None, bbox: str | None,
    near: str | None, certainty: list[str] | None, origins: int, reviews: list[str] | None, reality: list[str] | None,
    measures: list[str] | None,
) -> "Filter":  # fmt: skip
    """Return the filter that the options add up to; a value that no event could mean is wrong usage."""
    from dateline.export.filters import Box, Circle, Filter

    box = _numbers(bbox, "WEST,SOUTH,EAST,NORTH", "--bbox") if bbox else None
    point = _numbers(near, "LAT,LON,KM", "--near") if near else None
    chosen: dict[str, Any] = {
        "certainty": _known(certainty, get_args(Certainty), "--certainty"),
        "reviews": _known(reviews, get_args(ReviewState), "--review"),
        "reality": _known(reality, get_args(Reality), "--reality"),
        "measures": _known(measures, get_args(Measure), "--measure"),
    }
    return made(
        lambda: Filter(
            types=tuple(types or ()),
            start=first,
            end=last,
            countries=tuple(country.upper() for country in countries or ()),
            box=Box(west=box[0], south=box[1], east=box[2], north=box[3]) if box else None,
            near=Circle(lat=point[0], lon=point[1], km=point[2]) if point else None,
            origins=origins,
            **chosen,
        )
    )


def protections_of(*, no_redact: bool, coarsen: str | None, delay: int, as_of: date | None) -> "Protections":
    """Return the protections that the options add up to; a delay counts back from --as-of, or from today."""
    from dateline.export.protect import Protections

    to: Any = coarsen
    if coarsen is not None and coarsen != "admin1":
        to = _numbers(coarsen, "KM", "--coarsen")[0]
    return made(lambda: Protections(redact=not no_redact, coarsen=to, delay_days=delay, day=as_of or today()))


def today() -> date:
    """Return today's date in UTC: the only clock of these commands."""
    return datetime.now(UTC).date()


def made(make: Callable[[], T]) -> T:
    """Turn a value that is refused into wrong usage."""
    try:
        return make()
    except DatelineError as error:
        raise typer.BadParameter(str(error)) from None


def _numbers(written: str, names: str, option: str) -> list[float]:
    try:
        found = [float(part) for part in written.split(",")]
    except ValueError:
        found = []
    if len(found) != len(names.split(",")) or not all(abs(number) < 1e9 for number in found):
        raise typer.BadParameter(f"{written!r} is not {names} in numbers", param_hint=option)
    return found


def _known(values: list[str] | None, allowed: Sequence[str], option: str) -> tuple[str, ...]:
    for value in values or ():
        if value not in allowed:
            raise typer.BadParameter(f"{value!r} is none of {', '.join(allowed)}", param_hint=option)
    return tuple(values or ())
