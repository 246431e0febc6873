"""Write the reference pages from the code: `make docs`. A test fails when a page is not what this writes."""

import dataclasses
import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

import dateline
from dateline.cli import app
from dateline.codebook.tables import PACKAGED, Sources
from dateline.codebook.types import load_types
from dateline.desk.call import Page
from dateline.desk.pages import PAGES
from dateline.export.columns import TABLES
from dateline.model import reading, text, values
from dateline.settings import Limits, Settings
from dateline.wire_fields import OBJECTS

REFERENCE = Path(__file__).parent / "reference"
NOTE = "<!-- Made from the code by docs/generate.py; change the code and run `make docs`. -->\n"


def pages() -> dict[str, str]:
    """Return the reference pages by file name."""
    made = {
        "json.md": json_page,
        "cli.md": cli_page,
        "python.md": python_page,
        "codebook.md": codebook_page,
        "columns.md": columns_page,
        "desk.md": desk_page,
    }
    return {name: NOTE + "\n".join(page()).rstrip() + "\n" for name, page in made.items()}


def json_page() -> Iterator[str]:
    yield "# The JSON of a reading\n"
    yield "`dateline read FILE --json` prints one **reading** a line, in UTF-8. Fields are always there, in"
    yield "this order; what is not told is `null` or an empty array. Offsets count code points of"
    yield "`report.text` and are half-open. A `date` is written YYYY-MM-DD.\n"
    for name, fields in OBJECTS.items():
        yield f"## {name}\n"
        yield "| field | type | meaning |\n| --- | --- | --- |"
        for field, kind, meaning in fields:
            yield f"| `{field}` | {kind} | {meaning} |"
        yield ""


def cli_page() -> Iterator[str]:
    yield "# The command line\n"
    yield from _command(typer.main.get_command(app), "dateline", 2)
    yield "## Exit codes\n"
    yield "| code | meaning |\n| --- | --- |"
    yield "| 0 | all was read |"
    yield "| 1 | a report, the codebook or an output failed; the other reports were read all the same |"
    yield "| 2 | wrong usage: an unknown option, a date that is none |\n"
    yield "## Limits\n"
    yield inspect.getdoc(Limits) or ""
    yield "\n| limit | value |\n| --- | --- |"
    for field in dataclasses.fields(Limits):
        yield f"| `{field.name}` | {field.default:,} |"


def columns_page() -> Iterator[str]:
    yield "# The columns of exported tables\n"
    yield "CSV, JSON Lines and Parquet have the same tables and columns; `datapackage.json` beside the CSV files says"
    yield "the same for programs (Frictionless Table Schema). An unknown value is an empty cell in CSV and null"
    yield "elsewhere. A `list` is a list of strings, in CSV joined by `|`. Offsets count code points of the report's"
    yield "text as it was published, also where private people's names were taken out of its words.\n"
    for table in TABLES:
        yield f"## {table.name}\n"
        yield f"A row is {table.row}.\n"
        yield "| column | type | meaning |\n| --- | --- | --- |"
        for column in table.columns:
            yield f"| `{column.name}` | {column.type} | {column.meaning} |"
        yield ""


def desk_page() -> Iterator[str]:
    yield "# The pages of the desk\n"
    yield "What `dateline serve` answers to. A page is there in HTML and, with `.json` after its path (`/overview.json` for the"
    yield "front page), as JSON; `/openapi.json` describes the JSON for programs. An action is a form, sent with the token of the"
    yield "page that it stands on (`X-Dateline-Token`, or the field `token`). The role is the least that may use it.\n"
    for title, method in (("Pages", "GET"), ("Actions", "POST")):
        yield f"## {title}\n"
        yield "| path | as | role | what it is |\n| --- | --- | --- | --- |"
        for page in sorted((page for page in PAGES if page.method == method), key=lambda page: page.path):
            yield f"| `{page.path}` | {_forms(page)} | {'anybody' if page.guest else page.role} | {_cell(page.words)} |"
        yield ""
    yield "## Parameters\n"
    yield "| page | parameter | in | meaning |\n| --- | --- | --- | --- |"
    for page in sorted(PAGES, key=lambda page: (page.path, page.method)):
        for one in page.parameters:
            yield f"| `{page.method} {page.path}` | `{one.name}` | {one.place} | {_cell(one.words)}{_choices(one.schema)} |"


def _forms(page: Page) -> str:
    forms = (("a file", page.file), ("HTML", page.html and not page.file), ("JSON", page.json))
    return ", ".join(words for words, there in forms if there)


def _choices(schema: Mapping[str, Any] | None) -> str:
    found = [f"`{value}`" for value in (schema or {}).get("enum", ()) if value]
    return f" One of {', '.join(found)}." if found else ""


def _cell(words: str) -> str:
    return words.replace("|", r"\|")


def _command(command: Any, path: str, level: int) -> Iterator[str]:
    yield f"{'#' * level} `{path}`\n"
    yield inspect.cleandoc(command.help or "") + "\n"
    rows = [_parameter(parameter) for parameter in command.params if not getattr(parameter, "hidden", False)]
    if rows:
        yield "| | |\n| --- | --- |"
        yield from rows
        yield ""
    for name, child in getattr(command, "commands", {}).items():
        yield from _command(child, f"{path} {name}", level + 1)


def _parameter(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"| `{parameter.metavar or parameter.name.upper()}` | {parameter.help} |"
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    value = "" if parameter.is_flag else f" {parameter.metavar}"
    return f"| `{names}{value}` | {parameter.help} |"


def python_page() -> Iterator[str]:
    yield "# The Python interface\n"
    yield "## `dateline.read`\n"
    yield f"```python\ndateline.read{inspect.signature(dateline.read)}\n```\n"
    yield (inspect.getdoc(dateline.read) or "") + "\n"
    yield "## Values\n"
    yield "All values are frozen dataclasses; their sequences are tuples.\n"
    for module in (reading, values, text):
        for name, kind in vars(module).items():
            if dataclasses.is_dataclass(kind) and kind.__module__ == module.__name__:
                yield from _dataclass(name, kind)
    yield from _dataclass("Settings", Settings)


def _dataclass(name: str, kind: Any) -> Iterator[str]:
    yield f"### `{kind.__module__}.{name}`\n"
    yield (inspect.getdoc(kind) or "") + "\n"
    yield "| field | type |\n| --- | --- |"
    for field in dataclasses.fields(kind):
        written = field.type if isinstance(field.type, str) else inspect.formatannotation(field.type)
        short = re.sub(r"dateline\.model\.\w+\.|typing\.|datetime\.|pathlib\.", "", written)
        yield f"| `{field.name}` | `{short}` |".replace(" | None", r" \| None")
    yield ""


def codebook_page() -> Iterator[str]:
    yield "# The codebook\n"
    yield "## Event types\n"
    yield "`dateline codebook show TYPE` prints one in full, with its words, examples and counterexamples.\n"
    yield "| type | what it is | what it is not | ACLED | PLOVER | CAMEO | MUC-4 |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name, kind in load_types(Sources()).items():
        cells = (kind.definition, kind.excludes, kind.acled, kind.plover, kind.cameo, kind.muc4)
        yield f"| `{name}` | {' | '.join(cell or '—' for cell in cells)} |"
    yield "\n## Files\n"
    yield "Each file says at its head what its columns mean. A file of the same name in your own folder"
    yield "is laid over the packaged one: a row replaces the row with the same first cell, a table the table"
    yield "of the same name.\n"
    for path in sorted(PACKAGED.iterdir()):
        if path.suffix in (".csv", ".toml"):
            yield from _file(path)


def _file(path: Path) -> Iterator[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    head: list[str] = []
    for line in lines:
        if not line.startswith("#"):
            break
        head.append(line.lstrip("# "))
    yield f"### `{path.name}`\n"
    yield " ".join(head) + "\n"
    if path.suffix == ".csv":
        yield f"Columns: `{'`, `'.join(lines[len(head)].split(','))}`\n"


def main() -> int:
    """Write every page that is not current; say which."""
    REFERENCE.mkdir(exist_ok=True)
    for name, content in pages().items():
        path = REFERENCE / name
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.write_text(content, encoding="utf-8")
            print(f"wrote {path.relative_to(REFERENCE.parent.parent)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
