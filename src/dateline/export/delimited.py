"""Tables as CSV (RFC 4180, UTF-8) that a spreadsheet cannot be made to execute."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import date

from dateline.export.columns import Cell, Table
from dateline.export.plain import plain
from dateline.model.event import Event

SEPARATOR = "|"
# What a spreadsheet takes for the start of a formula (OWASP, CSV Injection), full-width forms included, behind any
# number of the apostrophes that we put there ourselves.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def csv_table(table: Table, events: Sequence[Event]) -> str:
    """Return a table as CSV with a header row; an unknown value is an empty cell.

    Lists are joined by "|" (a "|" within a part is written as "¦"); true and false as Table Schema has them. A text
    that a spreadsheet would execute gets an apostrophe before it; `unarmed` takes it away again. Numbers stay numbers.
    """
    rows = [list(row.values()) for row in table.rows(events)]
    return csv_rows([column.name for column in table.columns], rows)


def csv_rows(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Return rows as CSV, with the same care."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([csv_cell(cell) for cell in row])
    return out.getvalue()


def csv_cell(cell: Cell) -> str:
    """Write one cell."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return str(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, tuple):
        return disarmed(plain(SEPARATOR.join(part.replace(SEPARATOR, "¦") for part in cell)))
    return disarmed(plain(cell))


def disarmed(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would execute."""
    return "'" + text if _FORMULA.match(text) else text


def unarmed(text: str) -> str:
    """Return the text that `disarmed` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
