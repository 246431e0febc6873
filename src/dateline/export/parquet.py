"""Tables as Parquet with a typed schema; what a column means stands in its field's metadata."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dateline.errors import DatelineError
from dateline.export.columns import Cell, ColumnType, Table
from dateline.export.plain import plain
from dateline.model.event import Event


class PackageMissingError(DatelineError):
    """A format needs a package that is not installed."""


def write_parquet(table: Table, events: Sequence[Event], path: Path) -> None:
    """Write a table as a Parquet file; equal events give equal bytes with one version of pyarrow.

    Raises PackageMissingError without pyarrow.
    """
    arrow, parquet = _pyarrow()
    schema = parquet_schema(table)
    rows = [{name: _value(cell) for name, cell in row.items()} for row in table.rows(events)]
    parquet.write_table(arrow.Table.from_pylist(rows, schema=schema), path, compression="zstd")


def parquet_schema(table: Table) -> Any:
    """Return the pyarrow schema of a table; each field's metadata holds its `description`."""
    arrow, _ = _pyarrow()
    types: dict[ColumnType, Any] = {
        "string": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "date": arrow.date32(),
        "list": arrow.list_(arrow.field("element", arrow.string())),
    }
    fields = [
        arrow.field(column.name, types[column.type], metadata={"description": column.meaning})
        for column in table.columns
    ]
    return arrow.schema(fields, metadata={"description": table.row})


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise PackageMissingError(
            "Parquet needs the package pyarrow, which is not installed; run `pip install pyarrow`, or choose csv or jsonl"
        ) from None
    return pyarrow, pyarrow.parquet


def _value(cell: Cell) -> object:
    if isinstance(cell, str):
        return plain(cell)
    return [plain(part) for part in cell] if isinstance(cell, tuple) else cell


def arrow_version() -> str:
    """Return the version of pyarrow, on which the bytes of Parquet files depend."""
    return str(_pyarrow()[0].__version__)
