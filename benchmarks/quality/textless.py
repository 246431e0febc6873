"""Annotations of our own, kept without the texts: offsets and labels; the data folder has the texts."""

import argparse
import csv
import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.quality.gold import Corpus, Offsets, document_of, find_file, occurrences

REPORTS = ("ruwa/ruwa.csv.gz", "data/ruwa/ruwa.csv.gz")
ARTICLES = ("articles/articles.jsonl.gz", "data/articles/articles.jsonl.gz")
# Fields whose value is words of the text, kept as offsets.
WORDED = ("place", "source", "cue", "of_words")
KEPT = ("type", "near", "country", "date", "actor", "target", "killed", "wounded", "certainty", "reality",
        "polarity", "same_as", "optional")  # fmt: skip


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def report_text(title: str, lead: str) -> str:
    """Join headline and lead with a blank line, as the annotated texts were; either alone if one lacks."""
    return "\n\n".join(part for part in (title.strip(), lead.strip()) if part)


def strip_text(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return an annotated row (`id, date, src, text, events`) with no word of its text left."""
    text = row["text"]
    return {
        "id": row["id"],
        "src": row.get("src"),
        "sha256": digest_of(text),
        "date": row["date"],
        "publisher": row.get("publisher") or row.get("site"),
        "events": [_strip_event(event, text) for event in row["events"]],
    }


def _strip_event(event: Mapping[str, Any], text: str) -> dict[str, Any]:
    wordings = event.get("quotes") or [event["quote"]]
    spans = sorted({place for words in wordings for place in occurrences(text, words)})
    if event.get("span"):
        spans = [(event["span"][0], event["span"][1])]
    if not spans:
        raise ValueError(f"quote is not in the text: {event['quote']!r}")
    stripped: dict[str, Any] = {key: event[key] for key in KEPT if key in event}
    stripped["spans"] = spans
    for name in WORDED:
        if name in event:
            stripped[f"{name}_span"] = nearest(text, event[name], spans[0])
    for name in ("hedges", "chain"):
        if event.get(name):
            stripped[f"{name}_spans"] = [nearest(text, words, spans[0]) for words in event[name]]
    if event.get("losses"):
        stripped["losses"] = [
            {
                "item_span": nearest(text, loss["item"], spans[0]),
                "count": loss["count"],
                "status": loss["status"],
            }
            for loss in event["losses"]
        ]
    also = {
        name: [nearest(text, value, spans[0]) for value in values] if name in WORDED else values
        for name, values in event.get("also", {}).items()
    }
    return {**stripped, "also": also} if also else stripped


def nearest(text: str, words: str | None, anchor: Offsets) -> Offsets | None:
    """Return where words stand nearest to an anchor; null for null. Raises ValueError if nowhere."""
    if words is None:
        return None
    found = occurrences(text, words)
    if not found:
        raise ValueError(f"words are not in the text: {words!r}")
    return min(found, key=lambda place: (max(place[0] - anchor[1], anchor[0] - place[1], 0), place))


def fill_text(row: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Return a stripped row with its words again, as they were annotated."""
    return {**row, "text": text, "events": [_fill_event(event, text) for event in row["events"]]}


def _fill_event(event: Mapping[str, Any], text: str) -> dict[str, Any]:
    def words(span: Sequence[int] | None) -> str | None:
        return None if span is None else text[span[0] : span[1]]

    filled = {key: value for key, value in event.items() if not key.endswith(("_span", "_spans"))}
    filled["quote"] = words(event["spans"][0])
    for name in WORDED:
        if f"{name}_span" in event:
            filled[name] = words(event[f"{name}_span"])
    for name in ("hedges", "chain"):
        if f"{name}_spans" in event:
            filled[name] = [words(span) for span in event[f"{name}_spans"]]
    if "also" in event:
        filled["also"] = {
            name: [words(value) for value in values] if name in WORDED else values
            for name, values in event["also"].items()
        }
    return filled


def is_textless(gold: Path) -> bool:
    """Tell whether a gold file is of this form: known by the digests of its texts."""
    with gold.open(encoding="utf-8") as file:
        return "sha256" in json.loads(file.readline() or "{}")


def load_textless(gold: Path, data: Path) -> Corpus:
    """Read annotations kept without text, and look the texts up in a data folder by their digests.

    Raises ValueError when a text is not there, with the ids.
    """
    with gold.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    wanted = {row["sha256"] for row in rows}
    texts: dict[str, str] = {}
    for text in texts_of(data):
        digest = digest_of(text)
        if digest in wanted:
            texts[digest] = text
        if len(texts) == len(wanted):
            break
    lacking = [row["id"] for row in rows if row["sha256"] not in texts]
    if lacking:
        raise ValueError(f"{gold}: texts that {data} lacks: {', '.join(lacking)}")
    documents = tuple(document_of(fill_text(row, texts[row["sha256"]])) for row in rows)
    return Corpus(file=gold.name, sha256=hashlib.sha256(gold.read_bytes()).hexdigest(), documents=documents)


def texts_of(data: Path) -> Iterator[str]:
    """Yield the texts of reports and articles in a data folder."""
    with gzip.open(find_file(data, *REPORTS), "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield report_text(row["title"], row["desc"])
    with gzip.open(find_file(data, *ARTICLES), "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)["text"]


def main(argv: Sequence[str]) -> int:
    """Strip annotations of their texts, so that they can be kept in the project."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks own", description=main.__doc__)
    parser.add_argument(
        "texts", type=Path, help="JSON lines with id, date, text (and events, if --gold is not given)"
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--gold", type=Path, help="JSON lines with id, events")
    options = parser.parse_args(argv)
    rows = _rows(options.texts)
    if options.gold:
        labels = {row["id"]: row for row in _rows(options.gold)}
        rows = [{**row, **labels[row["id"]]} for row in rows if row["id"] in labels]
    lines = [json.dumps(strip_text(row), ensure_ascii=False) for row in rows]
    options.out.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    print(f"{options.out}: {len(lines)} reports, {sum(len(row['events']) for row in rows)} events")
    return 0


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]
