"""Tables among what was uploaded: their columns, what was guessed of them, and a look at their first rows."""

import csv
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dateline.errors import InputError
from dateline.intake.columns import columns_of, guessed_columns
from dateline.intake.decode import decode
from dateline.intake.jsonl import NAMES
from dateline.intake.sniff import kind_of
from dateline.intake.streams import PEEKED
from dateline.intake.table import find_dialect

FIELDS = tuple(NAMES)
_SHOWN = 60
_ROWS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: its name, and what stands in it in the first rows."""

    name: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableShown:
    """A table: its file, its columns, and which of them is guessed to hold which field ("" for none)."""

    name: str
    columns: tuple[Column, ...]
    guess: tuple[tuple[str, str], ...]


def table_shown(path: Path) -> TableShown | None:
    """Return what is shown of a table, from its first 64 KB; null for a file that is none, or cannot be read as one."""
    with path.open("rb") as file:
        start = file.read(PEEKED)
    if kind_of(start, path.suffix.lower()) != "table":
        return None
    try:
        dialect = find_dialect(start[: start.rfind(b"\n") + 1] or start, path.suffix.lower(), ())
        lines = decode(start).text.lstrip("\ufeff").split("\n")
        if lines[0].startswith("sep="):
            del lines[0]
        rows = csv.reader(
            (f"{line}\n" for line in lines),
            delimiter=dialect.delimiter,
            quoting=csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE,
        )
        header, *first = islice((row for row in rows if any(cell.strip() for cell in row)), _ROWS + 1)
    except (InputError, csv.Error, ValueError):
        # It is told what is wrong with it when it is read.
        return None
    guess = guessed_columns(header)
    return TableShown(
        name=path.name,
        columns=tuple(
            Column(name=name, examples=tuple(_shortened(row[place]) for row in first if place < len(row)))
            for place, name in enumerate(header)
        ),
        guess=tuple((field, guess.get(field, "")) for field in FIELDS),
    )


def checked_columns(table: TableShown, chosen: dict[str, str]) -> tuple[tuple[str, str], ...] | None:
    """Return the pairs of field and column that a person chose; null where they are those guessed.

    Raises InputError for a column that the table has not, or where no column holds a text.
    """
    if all(chosen.get(field, "") == column for field, column in table.guess):
        return None
    given = tuple((field, chosen.get(field, "")) for field in FIELDS)
    columns_of([column.name for column in table.columns], given)
    return given


def _shortened(cell: str) -> str:
    text = " ".join(cell.split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
