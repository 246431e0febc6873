"""Make the encoder's training examples from the public corpora: windows of word pieces with labels per head.

An example is a dict: `ids` and `cases` per piece, `starts` and `ends` (characters), `doc` (its document) and `task`,
and the labels of its task. Nothing held out for tests is read: of GVA the even half trains, the odd half is only
encoded for reporting; of MUC-4 the dev part trains; of PolNeAR the train part does, less every 20th article, on which
thresholds are set.
"""

import gzip
import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.quality.polnear import read_archive, relations_of
from benchmarks.quality.toll import find_archive, read_articles
from benchmarks.quality.toponyms import read_geovirus, read_lgl

from dateline.model.text import Report
from dateline.reading.encoder_windows import Window, windows_of
from dateline.reading.segment import segment

Example = dict[str, Any]
FOLDS = 5
TOLL_WINDOWS = 3
SLOT_KEYS = (
    ("PERP: INDIVIDUAL ID",), ("PERP: ORGANIZATION ID",), ("PHYS TGT: ID",), ("HUM TGT: NAME", "HUM TGT: DESCRIPTION"),
    ("INCIDENT: INSTRUMENT ID",),
)  # fmt: skip
INCIDENTS = ("ARSON", "ATTACK", "BOMBING", "FORCED WORK STOPPAGE", "KIDNAPPING", "ROBBERY", "relevant")
_CLITIC = re.compile(r"n't|'(s|re|ve|ll|d|m)|[,.;:!?)\]%]+")
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}


def fold_of(key: str) -> int:
    """Return the fold of a document or incident, by the MD5 of its key."""
    return int(hashlib.md5(key.encode(), usedforsecurity=False).hexdigest(), 16) // 2 % FOLDS


def read_parts(text: str) -> list[tuple[int, int]]:
    """Return the paragraphs that Dateline reads in a text."""
    kinds = ("headline", "body", "bullet", "dateline")
    return [(part.start, part.end) for part in segment(Report(text=text)).paragraphs if part.kind in kinds]


def _base(window: Window, task: str, doc: str, fold: int, part: str) -> Example:
    return {
        "task": task, "doc": doc, "fold": fold, "part": part, "ids": window.ids, "cases": window.cases,
        "starts": window.starts, "ends": window.ends, "words": window.words,
    }  # fmt: skip


def attributions(folder: Path, tokenizer: Any) -> Iterator[Example]:
    """Yield PolNeAR's windows: per attribution the pieces of its cue, source and content, the cue's first one first."""
    for part in ("train", "dev"):
        articles = read_archive(folder / "polnear.tar.gz", part)
        for number, (name, (text, annotation)) in enumerate(articles.items()):
            gold = relations_of(annotation)
            use = "validation" if part == "train" and number % 20 == 7 else part
            for window in windows_of(text, read_parts(text), tokenizer):
                marks = []
                for item in gold:
                    sets = [
                        [i for i, start in enumerate(window.starts) if start >= 0 and start in chars]
                        for chars in (item.cue, item.source, item.content)
                    ]
                    if sets[0]:
                        marks.append(sets)
                yield {**_base(window, "attribution", name, -1, use), "attributions": marks}


def plain(words: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Return a treebank's words as plain text, with each word's characters."""
    text, spans = "", []
    glue = True
    for word in words:
        shown = _BRACKETS.get(word, word)
        if not glue and word != "''" and not _CLITIC.fullmatch(shown):
            text += " "
        spans.append((len(text), len(text) + len(shown)))
        text += shown
        glue = word in ("``", "-LRB-", "-LSB-", "(", "[")
    return text, spans


def factuality(folder: Path, tokenizer: Any) -> Iterator[Example]:
    """Yield sentences with the factuality of event words, -3 (did not happen) to 3, at each one's first piece."""
    for corpus in ("UDS_IH2", "MEANTIME", "UW"):
        for part in ("train", "dev"):
            path = folder / "factuality" / corpus / f"{part}.jsonl.gz"
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for number, line in enumerate(lines):
                    row = json.loads(line)
                    text, spans = plain(row["text"].split(" "))
                    window = next(iter(windows_of(text, [(0, len(text))], tokenizer)))
                    first = {start: i for i, start in reversed(list(enumerate(window.words))) if start >= 0}
                    marks = []
                    for target in row["targets"]:
                        at = first.get(spans[target["span1"][0]][0])
                        if at is not None:
                            marks.append((at, target["label"]))
                    if marks:
                        doc = f"{corpus}/{number // 10}"
                        yield {
                            **_base(window, "factuality", doc, -1, part),
                            "corpus": corpus,
                            "values": marks,
                        }


def toponyms(folder: Path, tokenizer: Any) -> Iterator[Example]:
    """Yield the windows of LGL and GeoVirus with toponyms as begin and inside tags; LGL's demonyms count as it counts."""
    for corpus, reader, file in (("lgl", read_lgl, "lgl.xml"), ("geovirus", read_geovirus, "GeoVirus.xml")):
        for number, (text, golds) in enumerate(reader(folder / "geo" / file)):
            doc = f"{corpus}/{number}"
            begins = {gold.start: gold.end for gold in golds}
            for window in windows_of(text, read_parts(text), tokenizer):
                tags = [0] * len(window.ids)
                open_until = -1
                for i, (start, end) in enumerate(zip(window.starts, window.ends, strict=True)):
                    if start >= 0 and start in begins:
                        tags[i], open_until = 1, begins[start]
                    elif start >= 0 and end <= open_until:
                        tags[i] = 2
                yield {
                    **_base(window, "toponym", doc, fold_of(doc), "train"), "tags": tags, "corpus": corpus,
                    "golds": [(gold.start, gold.end) for gold in golds],
                }  # fmt: skip


def tolls(folder: Path, tokenizer: Any) -> Iterator[Example]:
    """Yield the opening windows of the shooting archive's articles with their incident's numbers."""
    archive = find_archive(folder)
    for half, part in (("even", "train"), ("odd", "dev")):
        for article in read_articles(archive, half, 1):
            windows = windows_of(article.text, read_parts(article.text), tokenizer)[:TOLL_WINDOWS]
            for window in windows:
                yield {
                    **_base(window, "toll", article.id, fold_of(article.incident), part),
                    "killed": article.killed, "injured": article.injured,
                }  # fmt: skip


def incidents(folder: Path, tokenizer: Any) -> Iterator[Example]:
    """Yield MUC-4's messages: incident types per message, and the pieces of the strings that fill its slots."""
    files: dict[str, str] = {}
    with tarfile.open(fileobj=io.BytesIO((folder / "muc4.tar.gz").read_bytes())) as archive:
        for member in archive.getmembers():
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                files[member.name] = file.read().decode("latin-1")
    keys: dict[str, list[dict[str, str]]] = {}
    for name, text in sorted(files.items()):
        if "/key-" in name:
            for template in _templates(text):
                keys.setdefault(template["MESSAGE: ID"].split()[0], []).append(template)
    for name, text in sorted(files.items()):
        if "/key-" in name or not re.search(r"/(dev|tst\d)-muc", name):
            continue
        part = "train" if "/dev/" in name else "dev"
        for message in re.split(r"(?m)^(?=(?:DEV|TST\d)-MUC\d-\d{4})", text):
            found = re.match(r"(?:DEV|TST\d)-MUC\d-\d{4}", message)
            if found and found[0] in keys:
                yield from _message(found[0], message, keys[found[0]], part, tokenizer)


def _templates(text: str) -> Iterator[dict[str, str]]:
    for block in re.split(r"\n\s*\n(?=0\.)", "\n\n" + text):
        slots: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if line.startswith(";"):
                continue
            opened = re.match(r"\d+\.\s+([A-Z: ]+?)\s{2,}(.*)", line)
            if opened:
                name = opened[1].strip()
                slots[name] = opened[2]
            elif name and line.startswith(" "):
                slots[name] += "\n" + line.strip()
        if "MESSAGE: ID" in slots:
            yield slots


def _message(
    name: str, message: str, keys: list[dict[str, str]], part: str, tokenizer: Any
) -> Iterator[Example]:
    body = message.split("\n", 1)[1]
    found = {word for key in keys for word in re.findall(r"[A-Z ]+", key.get("INCIDENT: TYPE", "").strip())}
    types = [int(kind in {word.strip() for word in found}) for kind in INCIDENTS[:-1]]
    types.append(int(any(types)))
    paragraphs = [(match.start(), match.end()) for match in re.finditer(r"\S(?:.|\n(?!\s*\n))*", body)]
    chars: list[set[int]] = []
    for slot in SLOT_KEYS:
        strings = {
            string
            for key in keys
            for label in slot
            for string in re.findall(r'"([^"]+)"', key.get(label, ""))
        }
        own: set[int] = set()
        for string in strings:
            pattern = r"(?<!\w)" + r"\s+".join(re.escape(word) for word in string.split()) + r"(?!\w)"
            for match in re.finditer(pattern, body):
                own.update(range(match.start(), match.end()))
        chars.append(own)
    for window in windows_of(body, paragraphs, tokenizer):
        slots = [[int(start >= 0 and start in own) for own in chars] for start in window.starts]
        yield {**_base(window, "incident", name, -1, part), "slots": slots, "types": types}


def make_examples(folder: Path, tokenizer: Any) -> list[Example]:
    """Return every task's examples."""
    out: list[Example] = []
    for maker in (attributions, factuality, toponyms, tolls, incidents):
        out.extend(maker(folder, tokenizer))
    return out
