"""Rows of other data sets as reports of theirs, each with a ready-made reading, to compare with one's own record.

Each row is what the data set says, attributed to it and to the source that it names. The report's text is the row's public
fields, so that every value of the claim quotes it exactly. Units and orders of battle are left out.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from dateline.codebook.actors import CIVILIANS, ActorBook
from dateline.codebook.actors_load import load_actors, split_words
from dateline.codebook.dataset_types import load_dataset_types
from dateline.codebook.digest import codebook_digest
from dateline.codebook.states import State, load_states
from dateline.codebook.tables import PACKAGED, Sources
from dateline.codebook.types import load_types
from dateline.errors import CodebookError, InputError
from dateline.intake.arrival import FailedInput
from dateline.intake.dataset_rows import FORMATS, Format, Kind, Row
from dateline.intake.dataset_text import RowText, row_text
from dateline.intake.units import actor_without_unit, without_units
from dateline.model.ids import content_id
from dateline.model.reading import Attribution, Claim, Problem, Reading, Recipe
from dateline.model.text import Report, Span
from dateline.model.values import Figure, Filler, Place, Time

_SEPARATORS = (",", ";", "\t")
_CROWDS = ("civilians", "protesters", "rioters")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetBook:
    """What reading other data sets needs of the codebook."""

    types: Mapping[str, Mapping[str, str]]
    actors: ActorBook
    states: Mapping[str, State]
    recipe: Recipe


def kind_of(path: Path) -> Kind:
    """Tell which data set a file is of by its header; raises InputError if it is none that is known."""
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
        line = file.readline(1_000_000)
    header = set(_header(line)[0])
    for known in FORMATS:
        if header.issuperset(known.marks):
            return known.kind
    wanted = "; ".join(f"{known.name}: {', '.join(known.marks)}" for known in FORMATS)
    raise InputError(
        f"has no header of a known data set ({wanted}); name the set with --format, or check the file"
    )


def dataset_rows(
    path: Path, kind: Kind | None = None, folders: tuple[Path, ...] = ()
) -> Iterator[Reading | FailedInput]:
    """Yield a reading for each row of a CSV file of ACLED, UCDP GED or VIINA, or a named failure; the rest goes on.

    Without `kind` the header tells which set it is. Nothing is read ahead of need. Separators are comma, semicolon or tab.
    """
    try:
        book = load_dataset_book(folders)
        known = next(item for item in FORMATS if item.kind == (kind or kind_of(path)))
        with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
            columns, separator = _header(file.readline(1_000_000))
            missing = [mark for mark in (*known.marks, known.id) if mark not in columns]
            if missing:
                raise InputError(f"is no file of {known.name}: the columns {', '.join(missing)} are missing")
            rows = csv.reader(file, delimiter=separator)
            yield from _readings(rows, columns, known, path, book)
    except InputError as error:
        yield FailedInput(name=str(path), message=str(error))
    except OSError as error:
        yield FailedInput(
            name=str(path), message=f"cannot be read ({error.strerror or error}); check the path"
        )


@cache
def load_dataset_book(folders: tuple[Path, ...] = ()) -> DatasetBook:
    """Load what reading data sets needs from the packaged codebook with folders over it; raises CodebookError."""
    sources = Sources(folders=(PACKAGED, *folders))
    types = load_types(sources)
    recipe = Recipe(
        package=version("dateline"), codebook=codebook_digest(sources.folders), models=(), settings="data set"
    )
    book = DatasetBook(
        types=load_dataset_types(sources, types),
        actors=load_actors(sources),
        states=load_states(sources),
        recipe=recipe,
    )
    if sources.faults:
        raise CodebookError("\n".join(str(fault) for fault in sources.faults))
    return book


def _header(line: str) -> tuple[list[str], str]:
    separator = max(_SEPARATORS, key=line.count)
    return [name.strip() for name in next(csv.reader([line], delimiter=separator), [])], separator


def _readings(
    rows: Iterator[list[str]], columns: list[str], known: Format, path: Path, book: DatasetBook
) -> Iterator[Reading | FailedInput]:
    number = 1
    while True:
        number += 1
        name = f"{path}, row {number}"
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield FailedInput(name=name, message=f"is no row of CSV ({error}); check the quotes in it")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            message = (
                f"has {len(cells)} cells, the header {len(columns)}; check the quotes and separators in it"
            )
            yield FailedInput(name=name, message=message)
            continue
        try:
            yield read_row(dict(zip(columns, cells, strict=True)), known, name, book)
        except InputError as error:
            yield FailedInput(name=name, message=str(error))


def read_row(row: Row, known: Format, name: str, book: DatasetBook) -> Reading:
    """Return the reading of one row: one claim, or none with the problem that no event type is what the row codes.

    Raises InputError for a row without an id.
    """
    number = row.get(known.id, "").strip()
    if not number:
        raise InputError(f"has no {known.id}; every row of {known.name} has one")
    fields, units = _public(row, known)
    codes = [(field, code) for field, code in known.code(row) if code]
    if known.kind == "viina":
        fields |= {field: "1" for field, _ in codes}
        fields |= {actor: "1" for actor in known.actors if row.get(actor, "").strip() in ("1", "1.0")}
    text = row_text(f"{known.name} event {number}", fields)
    published = known.published(row)
    report = Report(
        text=text.text, title=f"{known.name} event {number}", published=published,
        published_basis="metadata" if published else None, publisher=known.name, publisher_basis="given", name=name,
    )  # fmt: skip
    problems = [Problem(code="dataset-meaning", message=known.meaning)]
    if units:
        problems.append(
            Problem(code="units-left-out", message=f"{len(units)} names of military units were left out")
        )
    held = [column for column in known.left_out if row.get(column, "").strip()]
    if held:
        problems.append(Problem(code="columns-left-out", message=f"columns left out: {', '.join(held)}"))
    claim = _claim(row, known, text, codes, book, problems)
    if claim is not None:
        claim = _with_id(claim, report)
    return Reading(
        report=report, recipe=book.recipe, claims=(claim,) if claim else (),
        attributions=claim.attribution if claim else (), mentions=(), problems=tuple(problems),
    )  # fmt: skip


def _public(row: Row, known: Format) -> tuple[dict[str, str], list[str]]:
    """Return the fields that become text, without units, and the units left out."""
    units: list[str] = []
    fields: dict[str, str] = {}
    for name in known.fields:
        value = row.get(name, "")
        if name in (*known.actors, *known.targets):
            kept: list[str] = []
            for actor in value.split(";"):
                cleared = actor_without_unit(actor)
                units += cleared.units
                kept += [cleared.words] if cleared.words and cleared.words not in kept else []
            fields[name] = "; ".join(kept)
        else:
            cleared = without_units(value)
            units += cleared.units
            fields[name] = cleared.words
    return fields, units


def _claim(
    row: Row,
    known: Format,
    text: RowText,
    codes: list[tuple[str, str]],
    book: DatasetBook,
    problems: list[Problem],
) -> Claim | None:
    mapped = book.types.get(known.kind, {})
    coded = {code: field for field, code in codes}
    code = next((code for code, kind in mapped.items() if kind and code in coded), None)
    trigger = (text.line(coded[code]) if known.kind == "viina" else text.span(coded[code])) if code else None
    if code is None or trigger is None:
        told = ", ".join(code for _, code in codes) or "nothing"
        problems.append(
            Problem(code="type-unmapped", message=f"{known.name} codes {told}; no event type is that")
        )
        return None
    country = _country(row, known, book)
    place = _place(row, known, text, country, problems)
    return Claim(
        id="",
        type=mapped[code],
        trigger=trigger,
        evidence=text.span(known.text) or trigger,
        actors=_fillers(known.actors, text, known, book),
        targets=_fillers(known.targets, text, known, book),
        figures=_figures(row, known, text),
        place=place,
        country=country,
        country_basis=("place" if place else "context") if country else None,
        time=_time(row, known, text, problems),
        attribution=_attribution(known, text, trigger),
    )


def _country(row: Row, known: Format, book: DatasetBook) -> str | None:
    field, how = known.country
    if not field:
        return how
    written = row.get(field, "").strip().split(".")[0]
    by: Callable[[State], int | None] = (
        (lambda state: state.numeric) if how == "numeric" else (lambda state: state.gw)
    )
    found = next((state.iso for state in book.states.values() if written and str(by(state)) == written), None)
    if found is not None:
        return found
    name = row.get("country", "").strip()
    names = (
        state.iso
        for state in book.states.values()
        if name and name in (state.name, state.acled_name, state.ged_name)
    )
    return next(names, None)


def _place(
    row: Row, known: Format, text: RowText, country: str | None, problems: list[Problem]
) -> Place | None:
    field = next((name for name in known.place if text.span(name)), None)
    span = text.span(field) if field else None
    if field is None or span is None:
        problems.append(Problem(code="place-missing", message="the row names no place", field="place"))
        return None
    precision, radius = known.precision(row)
    lat, lon = _degrees(row.get("latitude"), 90), _degrees(row.get("longitude"), 180)
    if lat is None or lon is None:
        problems.append(
            Problem(code="coordinates-invalid", message="the row's coordinates are none", field="place")
        )
        lat = lon = None
    return Place(
        span=span, name=span.quote, country=country, lat=lat, lon=lon, radius_km=radius if lat is not None else None,
        precision=precision,
    )  # fmt: skip


def _degrees(written: str | None, most: float) -> float | None:
    try:
        value = float(written or "")
    except ValueError:
        return None
    return value if -most <= value <= most else None


def _time(row: Row, known: Format, text: RowText, problems: list[Problem]) -> Time | None:
    when = known.when(row)
    span = text.span(when.field) if when else None
    if when is None or span is None:
        problems.append(Problem(code="date-invalid", message="the row's date cannot be read", field="time"))
        return None
    return Time(
        span=span, earliest=when.earliest, latest=when.latest, precision=when.precision, basis="stated"
    )


def _figures(row: Row, known: Format, text: RowText) -> tuple[Figure, ...]:
    found: list[Figure] = []
    for deaths in known.deaths(row):
        span = text.span(deaths.field)
        if span is not None:
            found.append(Figure(span=span, measure="killed", low=deaths.low, high=deaths.high, of=deaths.of))
    return tuple(found)


def _fillers(columns: tuple[str, ...], text: RowText, known: Format, book: DatasetBook) -> tuple[Filler, ...]:
    found: list[Filler] = []
    for column in columns:
        if known.kind == "viina":
            line = text.line(column)
            side = {"a_rus_b": "RU", "a_ukr_b": "UA"}[column]
            found += [Filler(span=line, name=book.states[side].name, side=side)] if line else []
            continue
        value = text.span(column)
        for name in value.quote.split("; ") if value else ():
            span = text.part(column, name)
            if span is not None:
                found.append(_filler(span, book))
    return tuple(found)


def _filler(span: Span, book: DatasetBook) -> Filler:
    """Resolve an actor's name to its side: civilians, an actor of the codebook, or the country it belongs to."""
    name = span.quote
    if name.lower().startswith(_CROWDS):
        return Filler(span=span, name=name, side=CIVILIANS)
    plain = name.split("(")[0].strip() or name
    keys = split_words(plain)
    for start in range(len(keys)):
        for known in book.actors.names.get(keys[start], ()):
            whole = start == 0 and len(known.words) == len(keys)
            if keys[start : start + len(known.words)] == known.words and (whole or known.use == "country"):
                whose = known.actor
                return Filler(span=span, name=name, side=whose.side, id=whose.id if whole else None)
    return Filler(span=span, name=name)


def _attribution(known: Format, text: RowText, trigger: Span) -> tuple[Attribution, ...]:
    """Say that the data set says it, by the source that it names."""
    dataset = text.part("", known.name)
    chain = [
        Attribution(
            source=Filler(span=dataset, name=known.name) if dataset else None, kind="named_organization", cue=None,
            content=(trigger,), direct_quote=False,
        )
    ]  # fmt: skip
    source = text.span(known.source)
    if source is not None:
        filler = Filler(span=source, name=source.quote)
        chain.append(
            Attribution(
                source=filler, kind="named_organization", cue=None, content=(trigger,), direct_quote=False
            )
        )
    return tuple(chain)


def _with_id(claim: Claim, report: Report) -> Claim:
    """Give a claim its id: a hash of the report and what is said, leaving the recipe out, as of claims read in texts."""
    values = [
        report.id, claim.type, claim.trigger.start, [[filler.name, filler.side] for filler in (*claim.actors, *claim.targets)],
        [[figure.low, figure.high, figure.of] for figure in claim.figures],
        [claim.place.name, claim.place.precision] if claim.place else None,
        [claim.time.earliest.isoformat(), claim.time.latest.isoformat()] if claim.time else None,
    ]  # fmt: skip
    return replace(claim, id=content_id(values))
