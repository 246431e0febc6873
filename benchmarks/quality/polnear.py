"""Score attributions against PolNeAR: cue and content words, sources, and both together.

Usage: python -m benchmarks polnear --data DIR [--part dev|train] [--limit N] [--json FILE]
DIR holds polnear.tar.gz, read in memory. Of an article's annotators the first by name counts.
"""

import argparse
import hashlib
import io
import json
import re
import tarfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from dateline.codebook.cues import load_cues
from dateline.codebook.tables import Sources
from dateline.model.text import Report
from dateline.reading.attribution import find_attributions
from dateline.reading.parse import parse
from dateline.reading.segment import segment

BRAT = re.compile(r"[TE]\d+\t\w+[ :]")
WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Relation:
    """One attribution as sets of character offsets."""

    source: set[int] = field(default_factory=set)
    cue: set[int] = field(default_factory=set)
    content: set[int] = field(default_factory=set)


def read_archive(path: Path, part: str) -> dict[str, tuple[str, str]]:
    """Return each article's text and its first annotator's annotations, by article name."""
    texts: dict[str, str] = {}
    annotations: dict[str, str] = {}
    with tarfile.open(fileobj=io.BytesIO(path.read_bytes())) as archive:
        for member in sorted(archive.getmembers(), key=lambda item: item.name):
            file = archive.extractfile(member) if member.isfile() else None
            name = Path(member.name)
            if file is None or part not in name.parts:
                continue
            if name.suffix == ".txt":
                texts[name.stem] = file.read().decode("utf-8")
            elif name.suffix == ".ann":
                annotations.setdefault(name.stem.rsplit("_", 1)[0], file.read().decode("utf-8"))
    return {stem: (texts[stem], annotations[stem]) for stem in sorted(texts) if stem in annotations}


def relations_of(annotation: str) -> list[Relation]:
    """Read brat lines: T lines hold spans, E lines tie them to an attribution."""
    spans: dict[str, set[int]] = {}
    out: list[Relation] = []
    # Lines stand in no fixed order: all spans first, then what ties them.
    for line in sorted(annotation.splitlines(), reverse=True):
        cells = line.split("\t")
        # A span's text may hold line breaks, whose rest looks like a line of its own.
        if not BRAT.match(line):
            continue
        if line.startswith("T"):
            held = spans[cells[0]] = set()
            for piece in cells[1].split(" ", 1)[1].split(";"):
                start, end = piece.split()
                held.update(range(int(start), int(end)))
        else:
            relation = Relation()
            for argument in cells[1].split():
                role, key = argument.split(":")
                kind = role.rstrip("0123456789").lower()
                if kind in ("source", "cue", "content"):
                    getattr(relation, kind).update(spans[key])
            out.append(relation)
    return out


def read_report(text: str) -> list[Relation]:
    """Read a text with Dateline's own steps up to attribution, without actors."""
    layout = segment(Report(text=text))
    out: list[Relation] = []
    for mention in find_attributions(parse(layout), layout, (), CUES):
        value = mention.attribution
        relation = Relation()
        if value.source is not None:
            relation.source.update(range(value.source.span.start, value.source.span.end))
        if value.cue is not None:
            relation.cue.update(range(value.cue.start, value.cue.end))
        for span in value.content:
            relation.content.update(range(span.start, span.end))
        out.append(relation)
    return out


def words_in(text: str, offsets: set[int]) -> set[int]:
    """Return the starts of the words that begin inside a set of offsets."""
    return {match.start() for match in WORD.finditer(text) if match.start() in offsets}


def score(articles: dict[str, tuple[str, str]]) -> dict[str, float]:
    """Return token F1 of cues and contents, source accuracy where the content is half covered, and both."""
    counts: Counter[str] = Counter()
    spent = 0.0
    for text, annotation in articles.values():
        gold = relations_of(annotation)
        begun = time.perf_counter()
        read = read_report(text)
        spent += time.perf_counter() - begun
        counts["words"] += len(WORD.findall(text))
        wholly = outermost(read)
        for kind, items in (("content", read), ("cue", read), ("outer cue", wholly)):
            field_name = kind.split()[-1]
            wanted = words_in(text, set().union(*(getattr(item, field_name) for item in gold)))
            given = words_in(text, set().union(*(getattr(item, field_name) for item in items)))
            counts[f"{kind} both"] += len(wanted & given)
            counts[f"{kind} all"] += len(wanted) + len(given)
        tally(text, gold, read, counts)
    return {
        "articles": len(articles),
        "attributions": counts["gold"],
        "content F1": 2 * counts["content both"] / max(counts["content all"], 1),
        "cue F1": 2 * counts["cue both"] / max(counts["cue all"], 1),
        "cue F1, outermost": 2 * counts["outer cue both"] / max(counts["outer cue all"], 1),
        "source where content": counts["source"] / max(counts["covered"], 1),
        "both of gold": counts["source"] / max(counts["sourced"], 1),
        "read": counts["read"],
        "words per second": counts["words"] / spent,
    }


def outermost(read: list[Relation]) -> list[Relation]:
    """Leave out attributions whose cue stands in another's content: the corpus gives a word one role."""
    contents: Counter[int] = Counter()
    for item in read:
        contents.update(item.content)
    return [
        item for item in read if not item.cue or contents[min(item.cue)] == (min(item.cue) in item.content)
    ]


def tally(text: str, gold: list[Relation], read: list[Relation], counts: Counter[str]) -> None:
    """Count the gold attributions whose content is half covered, and those whose source is shared too."""
    at: defaultdict[int, list[int]] = defaultdict(list)
    for index, item in enumerate(read):
        for word in words_in(text, item.content):
            at[word].append(index)
    counts["gold"] += len(gold)
    counts["read"] += len(read)
    for item in gold:
        content, source = words_in(text, item.content), words_in(text, item.source)
        if not source:
            continue
        counts["sourced"] += 1
        shared = Counter(index for word in content for index in at[word])
        covering = [index for index, number in shared.items() if number * 2 >= len(content)]
        if covering:
            counts["covered"] += 1
            counts["source"] += any(source & words_in(text, read[index].source) for index in covering)


CUES = load_cues(Sources())


def main(argv: list[str] | None = None) -> int:
    """Score a part of the corpus and print one table; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--part", default="dev", choices=("dev", "train"))
    parser.add_argument("--limit", type=int)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(argv)
    path = options.data / "polnear.tar.gz"
    articles = dict(list(read_archive(path, options.part).items())[: options.limit])
    result = {
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest()[:16],
        "part": options.part,
        **score(articles),
    }
    for name, value in result.items():
        print(f"{name:24}{value:.3f}" if isinstance(value, float) else f"{name:24}{value}")
    if options.json:
        options.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
