"""Mentions of conflict events, each telling marked by hand of a language model: what the branch of events learns from.

A row of mentions.jsonl names a passage of a text in the data folder: `data` (ruwa, articles or re3d), `sha256` of the whole
text, `start` and `end`; a row of invented.jsonl brings its own `text`. Either has `date`, `publisher` and `mentions`, and each of
these `span` (of its one word), `type`, `reality` (A happened or goes on, P planned, T threatened or possible, N denied), and
`actor`, `target`, `place`: the span of the words that name it, or null; offsets are of the passage. Of mentions2.jsonl and
invented2.jsonl the shipped branch has learnt nothing: it is measured on them.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.quality.gold import Offsets, find_file
from benchmarks.quality.textless import digest_of, texts_of

OWN = Path(__file__).parent / "own"
FILES = (OWN / "mentions.jsonl", OWN / "invented.jsonl")
HELD_OUT = (OWN / "mentions2.jsonl", OWN / "invented2.jsonl")
RE3D = ("re3d", "data/re3d")
ROLES = ("actor", "target", "place")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One telling of an event: its word, type, reality, and where the words stand that name who fills its roles."""

    span: Offsets
    type: str
    reality: str
    roles: tuple[Offsets | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text with every mention in it."""

    id: str
    text: str
    published: date | None
    publisher: str | None
    marks: tuple[Mark, ...]


def load_mentions(data: Path, files: Iterable[Path] = FILES) -> list[Passage]:
    """Return the passages of the files, their texts looked up in a data folder by digest.

    Raises ValueError when a text is not there, with the ids; FileNotFoundError when a data set is not.
    """
    rows = [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    wanted = {row["sha256"] for row in rows if "sha256" in row}
    texts = {digest: text for text in _texts(data) if (digest := digest_of(text)) in wanted} if wanted else {}
    lacking = [row["id"] for row in rows if "text" not in row and row["sha256"] not in texts]
    if lacking:
        raise ValueError(f"texts that {data} lacks: {', '.join(lacking[:20])} ({len(lacking)} in all)")
    return [_passage(row, texts) for row in rows]


def _passage(row: dict[str, Any], texts: dict[str, str]) -> Passage:
    text = row["text"] if "text" in row else texts[row["sha256"]][row["start"] : row["end"]]
    return Passage(
        id=row["id"], text=text, published=date.fromisoformat(row["date"]) if row["date"] else None,
        publisher=row["publisher"] or None, marks=tuple(_mark(one) for one in row["mentions"]),
    )  # fmt: skip


def _mark(row: dict[str, Any]) -> Mark:
    spans = tuple((row[role][0], row[role][1]) if row[role] else None for role in ROLES)
    return Mark(span=(row["span"][0], row["span"][1]), type=row["type"], reality=row["reality"], roles=spans)


def _texts(data: Path) -> Iterator[str]:
    yield from texts_of(data)
    folder = find_file(data, *(f"{name}/README.md" for name in RE3D)).parent
    for path in sorted(folder.glob("*/documents.json")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)["text"]
