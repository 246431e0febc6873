"""A data set's row as a text, and where each of its fields stands in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from dateline.intake.decode import clean
from dateline.model.text import Span, span_at


@dataclass(frozen=True, slots=True, kw_only=True)
class RowText:
    """The text of a row, a first line that names set and row and then "field: value" lines, and its fields' places."""

    text: str
    places: Mapping[str, tuple[int, int]]

    def span(self, field: str) -> Span | None:
        """Return the words of a field's value, or null if the row does not have it."""
        place = self.places.get(field)
        return span_at(self.text, *place) if place else None

    def line(self, field: str) -> Span | None:
        """Return a field's whole line, "field: value"."""
        place = self.places.get(field)
        return span_at(self.text, place[0] - len(field) - 2, place[1]) if place else None

    def part(self, field: str, words: str) -> Span | None:
        """Return words within a field's value, or null if they do not stand there."""
        place = self.places.get(field)
        start = self.text.find(words, *place) if place and words else -1
        return span_at(self.text, start, start + len(words)) if start >= 0 else None


def row_text(title: str, fields: Mapping[str, str]) -> RowText:
    """Write a row as text; empty fields are left out, and a value is put on one line."""
    lines = [title]
    places: dict[str, tuple[int, int]] = {"": (0, len(title))}
    at = len(title) + 1
    for name, value in fields.items():
        written = " ".join(clean(value)[0].split())
        if not written:
            continue
        start = at + len(name) + 2
        places[name] = (start, start + len(written))
        lines.append(f"{name}: {written}")
        at = start + len(written) + 1
    return RowText(text="\n".join(lines) + "\n", places=places)
