"""JSON Lines to reports: one object a line, under the names that news data sets use."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dateline.errors import InputError
from dateline.intake.dates import read_date
from dateline.intake.decode import clean
from dateline.model.reading import Problem
from dateline.model.text import Report

# Our field -> the names it is read from, the first that is there and not empty.
NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article"),
    "lead": ("desc", "description", "lead", "summary"),
    "title": ("title", "headline"),
    "published": ("published", "date", "publication_date", "published_at", "pubdate", "datePublished"),
    "publisher": ("publisher", "site", "outlet", "source", "sitename"),
    "url": ("url", "src", "link"),
}


def read_line(
    line: str, *, name: str, columns: Sequence[tuple[str, str]] = ()
) -> tuple[Report, tuple[Problem, ...]]:
    """Read one line as a report; raise InputError when it is no JSON object or has no text.

    `columns` are pairs of field and name by which the user says where a field stands; it is looked for there
    alone.

    A line printed by `dateline read --json` is read from its `report`. The text stays as it came, so that
    offsets are those of the line's own text; a row without text but with title and lead is read as both, a
    blank line between.
    """
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"
        raise InputError(f"is not JSON ({reason}); write one JSON object a line") from None
    if not isinstance(row, dict):
        raise InputError(f"is a JSON {_kind(row)}, not an object; write one JSON object a line")
    if isinstance(row.get("report"), dict):
        row = row["report"]
    for field, column in columns:
        row = {
            **{key: value for key, value in row.items() if key not in NAMES[field]},
            field: row.get(column),
        }
    return _report(row, name)


def _report(row: Mapping[str, Any], name: str) -> tuple[Report, tuple[Problem, ...]]:
    title = _value(row, "title")
    text = _value(row, "text")
    if text is None:
        parts = [part for part in (title, _value(row, "lead")) if part]
        text = "\n\n".join(parts)
    if not text.strip():
        wanted = ", ".join((*NAMES["text"], *NAMES["lead"], *NAMES["title"]))
        raise InputError(f"has no text: none of {wanted} holds any")
    text, replaced = clean(text)
    published, problems = _published(row)
    if replaced:
        problems += (replaced_problem(replaced),)
    publisher = _value(row, "publisher")
    title = " ".join(clean(title)[0].split()) if title else None
    report = Report(
        text=text,
        title=title or None,
        published=published,
        published_basis=(_basis(row, "published_basis") or "metadata") if published else None,
        publisher=publisher,
        publisher_basis=(_basis(row, "publisher_basis") or "metadata") if publisher else None,
        url=_value(row, "url"),
        name=name,
    )
    return report, problems


def replaced_problem(count: int) -> Problem:
    """Say that characters of a text had to be replaced."""
    message = f"{count:,} characters that belong to no text (controls, broken bytes) were replaced"
    return Problem(code="characters-replaced", message=message)


def _published(row: Mapping[str, Any]) -> tuple[date | None, tuple[Problem, ...]]:
    written = _value(row, "published")
    if written is None:
        return None, ()
    day = read_date(written)
    if day is not None:
        return day, ()
    message = f"the date {written[:60]!r} cannot be read as a day; write it as YYYY-MM-DD, or use --published"
    return None, (Problem(code="published-invalid", message=message, field="published"),)


def _basis(row: Mapping[str, Any], field: str) -> str | None:
    """Keep the basis that an earlier run recorded."""
    value = row.get(field)
    return value if value in ("given", "metadata", "text") else None


def _value(row: Mapping[str, Any], field: str) -> str | None:
    for name in NAMES[field]:
        value = row.get(name)
        if value is None or value == "":
            continue
        if isinstance(value, dict):
            value = value.get("name")
        if not isinstance(value, str):
            if isinstance(value, int | float) and field != "text":
                return str(value)
            raise InputError(f"has a JSON {_kind(value)} as {name!r}; write it as a string")
        return value
    return None


def _kind(value: object) -> str:
    names = {list: "array", dict: "object", str: "string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "number")
