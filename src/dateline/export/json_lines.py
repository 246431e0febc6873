"""Tables as JSON Lines: one object a row, with every column."""

import json
from collections.abc import Sequence
from datetime import date

from dateline.export.columns import Cell, Table
from dateline.export.plain import plain
from dateline.model.event import Event


def json_table(table: Table, events: Sequence[Event]) -> str:
    """Return a table as JSON Lines; days as YYYY-MM-DD, lists as arrays, an unknown value as null."""
    return "".join(json_row(row) + "\n" for row in table.rows(events))


def json_row(row: dict[str, Cell]) -> str:
    """Write one row."""
    return json.dumps({name: _value(cell) for name, cell in row.items()}, ensure_ascii=False)


def _value(cell: Cell) -> object:
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return plain(cell)
    return [plain(part) for part in cell] if isinstance(cell, tuple) else cell
