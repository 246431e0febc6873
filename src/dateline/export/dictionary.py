"""The data dictionary as a Frictionless Data Package, beside the CSV files that it describes."""

from collections.abc import Sequence
from typing import Any

from dateline.export.columns import TABLES, Column, Table
from dateline.export.delimited import SEPARATOR

PACKAGE = "https://datapackage.org/profiles/2.0/datapackage.json"
SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"


def data_package(name: str, folder: str = "", tables: Sequence[Table] = TABLES) -> dict[str, Any]:
    """Return the Data Package (version 2) of the CSV tables in a folder relative to it."""
    return {
        "$schema": PACKAGE,
        "name": name,
        "resources": [
            {
                "name": table.name,
                "path": f"{folder}{table.name}.csv",
                "type": "table",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "description": table.row,
                "schema": table_schema(table),
            }
            for table in tables
        ],
    }


def table_schema(table: Table) -> dict[str, Any]:
    """Return the Table Schema of a table."""
    schema: dict[str, Any] = {"$schema": SCHEMA, "fields": [_field(column) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.foreign:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": ["id"]}}
            for column, other in table.foreign
        ]
    schema["missingValues"] = [""]
    return schema


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.meaning}
    if column.type == "list":
        field.update(delimiter=SEPARATOR, itemType="string")
    return field
