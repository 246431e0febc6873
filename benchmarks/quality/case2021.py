"""Score event types on the CASE 2021 snippets: ACLED's sub-events and five types of events beside them.

Usage: python -m benchmarks case2021 --data DIR [--json OUT] [--errors] [--models on|off] [--quick]
DIR holds dev.tsv (or has it in case2021/ or data/case2021/). A snippet has one label. The measure is that of the
shared task (Haneczok et al. 2021): F1 of each label weighted by how many snippets have it, over all labels that
occur and over those of ACLED. Baselines in the same run: the commonest label; TF-IDF of words and pairs with a linear
support vector machine; sentence embeddings (all-MiniLM-L6-v2) with a balanced logistic regression; the latter two by
5-fold cross-validation. `--quick` leaves out the embeddings.
"""

import csv
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.quality.case2021_rivals import commonest, embedded, tf_idf
from benchmarks.quality.case2021_types import BEYOND_ACLED, label_of
from benchmarks.quality.gold import find_file
from benchmarks.quality.intervals import score
from benchmarks.quality.reader import add_models, kit_of, read_with
from benchmarks.quality.report import announce, arguments, kinds_table, table, write
from dateline.reading.kit import Kit

NAMES = ("data/case2021/dev.tsv", "case2021/dev.tsv", "dev.tsv")
MAIN = ("all labels", "ACLED's labels")
NOTHING = "no claim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A snippet with its label."""

    id: str
    text: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The label that is right and those that each system gave, by the system's name."""

    gold: str
    given: dict[str, str]


def read_snippets(path: Path) -> list[Snippet]:
    """Read the table of snippets; quote marks in it are of the text."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Snippet(id=row["id"], text=row["EventSnippet"], label=row["SubType"]) for row in rows]


def weighted_f1(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return F1 by label, weighted by the right labels' counts, of (right, given) pairs; null of none.

    A label that is given but never right has no weight of its own: it costs recall of the right one.
    """
    if not pairs:
        return None
    right, given = Counter(gold for gold, _ in pairs), Counter(ours for _, ours in pairs)
    hits = Counter(gold for gold, ours in pairs if gold == ours)
    return sum(2 * hits[label] / (count + given[label]) * count for label, count in right.items()) / len(
        pairs
    )


def over(system: str, within: bool, verdicts: Sequence[Verdict]) -> float | None:
    """Return a system's weighted F1; `within`: over the snippets whose label is ACLED's alone."""
    kept = [verdict for verdict in verdicts if not within or verdict.gold not in BEYOND_ACLED]
    return weighted_f1([(verdict.gold, verdict.given[system]) for verdict in kept])


def read_labels(snippets: Sequence[Snippet], kit: Kit) -> list[str]:
    """Return the label that the reading of each snippet leads to."""
    labels = []
    for snippet in snippets:
        reading = read_with(kit, snippet.text)
        labels.append(
            (label_of(reading.claims, snippet.text, kit) if reading is not None else None) or NOTHING
        )
    return labels


def main(argv: Sequence[str]) -> int:
    """Score event types on the snippets; see `--help`."""
    parser = arguments("case2021", __doc__ or "")
    add_models(parser)
    parser.add_argument("--quick", action="store_true", help="leave out the baseline of embeddings")
    options = parser.parse_args(argv)
    path = find_file(options.data, *NAMES)
    snippets = read_snippets(path)
    gold, texts = [snippet.label for snippet in snippets], [snippet.text for snippet in snippets]
    given = {
        "": read_labels(snippets, kit_of(options.models)),
        "commonest: ": commonest(gold),
        "TF-IDF and SVM: ": tf_idf(texts, gold),
    }
    if not options.quick:
        given["MiniLM and regression: "] = embedded(texts, gold)
    verdicts = [
        Verdict(gold=label, given={system: labels[number] for system, labels in given.items()})
        for number, label in enumerate(gold)
    ]
    measures = {
        f"{system}{name}": partial(over, system, within)
        for system in given
        for name, within in (("all labels", False), ("ACLED's labels", True))
    }
    scores = score(verdicts, measures, MAIN)
    errors = Counter(
        f"{verdict.gold} read as {verdict.given['']}"
        for verdict in verdicts
        if verdict.given[""] != verdict.gold
    )
    data = {
        "file": "case2021/dev.tsv",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "documents": len(snippets),
        "models": options.models,
    }
    announce("case2021", data)
    print(table(scores))
    if options.errors:
        print(kinds_table(errors))
        for snippet, verdict in zip(snippets, verdicts, strict=True):
            if verdict.gold != verdict.given[""]:
                print(f"{snippet.id} {verdict.gold} read as {verdict.given['']}: {snippet.text[:300]}")
    if options.json:
        write(options.json, benchmark="case2021", data=data, scores=scores, errors=errors)
    return 0
