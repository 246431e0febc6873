"""Draw reports for the benchmark of copies: real ones, and edits of some of them."""

import csv
import gzip
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.copies_edits import CREDITS, EDITS, SHORT, Editor, Piece, can_swap, edit
from benchmarks.quality.gold import find_file

FILES = {
    "ruwa": ("ruwa/ruwa.csv.gz", "data/ruwa/ruwa.csv.gz"),
    "gva": ("gva/articles.jsonl.gz", "data/gva/articles.jsonl.gz"),
    "articles": ("data/articles/articles.jsonl.gz", "articles/articles.jsonl.gz"),
}
# Reports drawn of each file: others and originals.
DRAWN = {"ruwa": (2910, 235), "gva": (1940, 230), "articles": (150, 35)}
SEEDS = {"tune": 20220224, "test": 20220508}
FEWEST_WORDS = 15  # of the body of an original
FEWEST_SENTENCES = 3  # lines that end as one, of the body of a longer original: menus are no reports
SHINGLE = 5
NOTICE = 5  # texts; a body half of whose shingles so many share is a page's notice or a column's frame
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Reports by id with their texts, and the edits made: id of the edit to id of its original and kind."""

    texts: dict[str, str]
    edits: dict[str, tuple[str, str]]
    dropped: int
    sha256: str


def shingles_of(text: str) -> frozenset[str]:
    """Return the runs of five words of a text, lower-case and without marks."""
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))


def draw(data: Path, part: str) -> Sample:
    """Draw the sample of a part, "tune" or "test": documents of one are never in the other."""
    rng = random.Random(SEEDS[part])
    digest = hashlib.sha256()
    texts: dict[str, str] = {}
    edits: dict[str, tuple[str, str]] = {}
    dropped = 0
    for source, names in FILES.items():
        path = find_file(data, *names)
        digest.update(path.read_bytes())
        pieces, same = _distinct(source, path)
        dropped += same
        own = [(id, piece) for id, piece in pieces if (_parity(id) == 0) == (part == "tune")]
        rng.shuffle(own)
        notices = _notices(pieces)
        others, originals = DRAWN[source]
        usable = [(id, piece) for id, piece in own if id not in notices and _is_usable(piece)][:originals]
        taken = {id for id, _ in usable}
        left = [(id, piece) for id, piece in own if id not in taken]
        drawn, left = left[:others], left[others:]
        texts.update((id, piece.text) for id, piece in (*drawn, *usable))
        editor = Editor(
            rng=rng,
            headlines=tuple(
                piece.headline for _, piece in left or drawn or usable if len(piece.headline.split()) > 3
            ),
            credits=CREDITS[part],
        )
        for number, (id, piece) in enumerate(usable):
            kinds = [kind for kind in EDITS if "swap" not in kind or can_swap(piece)]
            kind = kinds[number % len(kinds)]
            texts[f"{id}*"] = edit(piece, kind, editor).text
            edits[f"{id}*"] = (id, kind)
    return Sample(texts=texts, edits=edits, dropped=dropped, sha256=digest.hexdigest())


def _distinct(source: str, path: Path) -> tuple[list[tuple[str, Piece]], int]:
    found: dict[str, tuple[str, Piece]] = {}
    count = 0
    for number, piece in _read(source, path):
        count += 1
        found.setdefault(" ".join(_WORD.findall(piece.text.casefold())), (f"{source}:{number}", piece))
    return list(found.values()), count - len(found)


def _read(source: str, path: Path) -> Iterator[tuple[str, Piece]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        if source == "ruwa":
            for number, row in enumerate(csv.DictReader(file)):
                if row["title"].strip() or row["desc"].strip():
                    yield str(number), Piece(headline=row["title"], body=row["desc"])
            return
        for number, line in enumerate(file):
            row = json.loads(line)
            if row["text"].strip():
                yield row.get("article_id", str(number)), Piece(headline=row["title"], body=row["text"])


def _is_usable(piece: Piece) -> bool:
    words = len(piece.body.split())
    sentences = sum(line.strip().endswith((".", "!", "?", ".”", '."')) for line in piece.body.splitlines())
    told = words < SHORT or (can_swap(piece) and sentences >= FEWEST_SENTENCES)
    return bool(piece.headline.strip()) and words >= FEWEST_WORDS and told


def _notices(pieces: Sequence[tuple[str, Piece]]) -> frozenset[str]:
    bodies = {id: shingles_of(piece.body) for id, piece in pieces}
    having = Counter(shingle for shingles in bodies.values() for shingle in shingles)
    return frozenset(
        id
        for id, shingles in bodies.items()
        if 2 * sum(having[shingle] > NOTICE for shingle in shingles) > len(shingles)
    )


def _parity(id: str) -> int:
    return hashlib.sha256(id.encode()).digest()[0] % 2
