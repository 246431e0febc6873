"""Which column of a table holds which field of a report."""

import csv
from collections.abc import Mapping, Sequence

from dateline.errors import InputError
from dateline.intake.jsonl import NAMES

DELIMITERS = (",", ";", "\t", "|")
# So many names of columns are listed in an error.
_LISTED = 30


def guessed_columns(header: Sequence[str]) -> dict[str, str]:
    """Return field -> column as guessed from the columns' names, by the names that JSON Lines use.

    Letter case and spaces around a name do not count; of several columns for a field, the first in the table
    of names is taken. Fields without a column are left out.
    """
    known = {_key(column): column for column in reversed(header)}
    return {
        field: known[_key(name)]
        for field, names in NAMES.items()
        for name in [next((name for name in names if _key(name) in known), None)]
        if name is not None
    }


def columns_of(header: Sequence[str], given: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return field -> column: what the user gave, and the guess for the other fields; "" given is no column.

    Raises InputError, with all columns listed, for an unknown field, a column that is not there, or when no
    column holds a text (or title and lead).
    """
    check_fields(given)
    wanted = dict(given)
    for field, column in wanted.items():
        if column and column not in header:
            raise InputError(
                f"has no column {column!r} for {field}; its columns are {_listed(header)}: "
                f"name one with --column {field}=NAME"
            )
    taken = set(wanted.values())
    guess = guessed_columns(header)
    mapping = {
        field: wanted.get(field, guess.get(field, ""))
        for field in NAMES
        if wanted.get(field) or (field not in wanted and field in guess and guess[field] not in taken)
    }
    if not _gives_text(mapping):
        raise InputError(
            f"has no column that is known to hold a text; its columns are {_listed(header)}: "
            "name it with --column text=NAME"
        )
    return mapping


def parsed_columns(written: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Read "FIELD=COLUMN" as pairs of field and column; raise InputError for what is no such pair."""
    for pair in written:
        if "=" not in pair:
            raise InputError(f"--column {pair}: write FIELD=COLUMN, as in --column text=body")
    columns = tuple((field.strip(), column) for field, _, column in (pair.partition("=") for pair in written))
    check_fields(columns)
    return columns


def check_fields(given: Sequence[tuple[str, str]]) -> None:
    """Raise InputError when the user names a field that reports do not have."""
    for field, _ in given:
        if field not in NAMES:
            raise InputError(
                f"--column {field}=…: there is no field {field!r}; fields are {', '.join(NAMES)}"
            )


def guess_delimiter(head: str) -> str | None:
    """Return the delimiter of a text that opens with a table's header, or null when it does not.

    The first line must name at least two fields, one of them a text (or title and lead).
    """
    line = next(iter(head[:4_000].splitlines()), "")
    for delimiter in DELIMITERS:
        if delimiter in line:
            mapping = guessed_columns(_cells(line, delimiter))
            if len(mapping) > 1 and _gives_text(mapping):
                return delimiter
    return None


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _gives_text(mapping: Mapping[str, str]) -> bool:
    return "text" in mapping or "lead" in mapping or "title" in mapping


def _key(name: str) -> str:
    return name.strip().casefold()


def _listed(header: Sequence[str]) -> str:
    shown = [repr(name.strip()[:40]) for name in header[:_LISTED]]
    return ", ".join(shown) + (f" and {len(header) - _LISTED} more" if len(header) > _LISTED else "")
