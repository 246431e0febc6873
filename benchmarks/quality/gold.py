"""Gold annotations: documents with their events, in the one form that every scorer compares."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

Offsets = tuple[int, int]
# A word value, an interval of days, a figure's low and high, or a chain of speakers; null: not told.
Value = str | tuple[str, str] | tuple[int, int | None] | tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One event of the gold, or one claim of ours, brought to the same form.

    `spans` are the places of its trigger words; of a claim its own trigger comes first. `fields` maps a
    field's name to the values that hold: for gold the annotated value, then its accepted others; for ours the
    words, then the name they were resolved to. `types` likewise. An `optional` event is neither owed nor a
    mistake.
    """

    types: tuple[str, ...]
    quote: str
    spans: tuple[Offsets, ...]
    fields: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    optional: bool = False

    @property
    def type(self) -> str:
        """The type recorded first."""
        return self.types[0]

    def value(self, name: str) -> Value:
        """Return a field's first value; null where the field is absent."""
        return self.fields.get(name, (None,))[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report with the events that annotators recorded in it."""

    id: str
    text: str
    published: date | None
    publisher: str | None
    events: tuple[Record, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """The documents of one gold file, and what identifies the data: file name and SHA-256."""

    file: str
    sha256: str
    documents: tuple[Document, ...]


def occurrences(text: str, words: str) -> tuple[Offsets, ...]:
    """Return the offsets of all occurrences of words in a text, in order."""
    found: list[Offsets] = []
    start = text.find(words) if words else -1
    while start >= 0:
        found.append((start, start + len(words)))
        start = text.find(words, start + 1)
    return tuple(found)


def find_file(data: Path, *names: str) -> Path:
    """Return the first of the named files that lies in a data folder; data itself when it is a file.

    Raises FileNotFoundError with what was looked for.
    """
    if data.is_file():
        return data
    for name in names:
        if (data / name).is_file():
            return data / name
    raise FileNotFoundError(f"{data}: holds none of {', '.join(names)}")


def load(texts: Path, gold: Path | None = None) -> Corpus:
    """Read documents from JSON lines with events inline, or from a file of texts and one of gold by id.

    The hash is that of the gold file, and of the texts file before it when there are two.
    Raises ValueError when a gold line names an id that the texts lack.
    """
    rows = _lines(texts)
    digest = hashlib.sha256(texts.read_bytes())
    if gold is not None:
        digest.update(gold.read_bytes())
        by_id = {row["id"]: row for row in rows}
        labels = _lines(gold)
        unknown = sorted({label["id"] for label in labels} - by_id.keys())
        if unknown:
            raise ValueError(f"{gold}: ids that {texts} lacks: {', '.join(unknown)}")
        rows = [{**by_id[label["id"]], **label} for label in labels]
    documents = tuple(document_of(row) for row in rows)
    return Corpus(file=(gold or texts).name, sha256=digest.hexdigest(), documents=documents)


def document_of(row: Mapping[str, Any]) -> Document:
    """Bring one line of the data (`id, date, site or publisher, text, events`) to a document."""
    text = row["text"]
    day = date.fromisoformat(row["date"][:10]) if row.get("date") else None
    return Document(
        id=row["id"],
        text=text,
        published=day,
        publisher=row.get("publisher") or row.get("site"),
        events=tuple(event_of(event, text) for event in row["events"]),
    )


def event_of(event: Mapping[str, Any], text: str) -> Record:
    """Bring one annotated event to a record.

    Its trigger words are where `span` (`[start, end]`) or `spans` say; else at every occurrence of its
    wordings, since a headline and the lead often repeat them.
    """
    also = event.get("also", {})
    wordings = event.get("quotes") or [event["quote"]]
    if event.get("spans"):
        spans = tuple((start, end) for start, end in event["spans"])
    elif event.get("span"):
        spans = ((event["span"][0], event["span"][1]),)
    else:
        spans = tuple(sorted({place for words in wordings for place in occurrences(text, words)}))
    fields: dict[str, tuple[Value, ...]] = {}
    for name in ("place", "country", "date", "actor", "target", "killed", "wounded", "source", "certainty",
                 "cue", "reality", "polarity", "chain"):  # fmt: skip
        if name in event:
            fields[name] = tuple(_value(name, given) for given in [event[name], *also.get(name, [])])
    return Record(
        types=(event["type"], *also.get("type", [])),
        quote=event.get("quote", ""),
        spans=spans,
        fields=fields,
        optional=bool(event.get("optional", False)),
    )


def _value(name: str, given: Any) -> Value:
    if given is None:
        return None
    if name == "date":
        return (given["earliest"], given["latest"])
    if name in ("killed", "wounded"):
        return (given["low"], given["high"])
    if name == "chain":
        return tuple(given)
    return str(given)


def _lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]
