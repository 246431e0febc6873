"""Score event types on the CASE 2021 snippets: ACLED's sub-events and five types of events beside them.

Usage: python -m benchmarks case2021 --data DIR [--json OUT] [--errors] [--models on|off] [--quick] [--cuts N]
DIR holds dev.tsv (or has it in case2021/ or data/case2021/). A snippet has one label. The measure is that of the
shared task (Haneczok et al. 2021): F1 of each label weighted by how many snippets have it, over all labels that
occur and over those of ACLED. What is scored is a regression that learns from Dateline's reading, the words of the
rules and sentence embeddings (case2021_model.py), by 5-fold cross-validation; beside it the rules alone, and the model
with less to learn from: without reading and words, without the words that were written with the labels at hand,
without embeddings, and from sentences of our own alone, with no label of the sample. Baselines in the same run: the
commonest label; TF-IDF of words and pairs with a linear support vector machine; sentence embeddings
(all-MiniLM-L6-v2) with a balanced logistic regression; the latter two by the same folds. `--quick` leaves out all but
the rules and the cheap baselines beside it; `--cuts N` adds how the score varies over N other cuts into folds.
"""

import csv
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.quality.case2021_model import LESS, Notes, crossed, read_lessons, take_notes, tell
from benchmarks.quality.case2021_rivals import commonest, embedded, tf_idf
from benchmarks.quality.case2021_types import BEYOND_ACLED, label_of
from benchmarks.quality.gold import find_file
from benchmarks.quality.intervals import score
from benchmarks.quality.reader import add_models, kit_of, read_with
from benchmarks.quality.report import announce, arguments, kinds_table, table, write
from dateline.model.reading import Claim
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


def read_claims(texts: Sequence[str], kit: Kit) -> list[tuple[Claim, ...]]:
    """Return the claims read in each text."""
    readings = [read_with(kit, text) for text in texts]
    return [reading.claims if reading is not None else () for reading in readings]


def by_rules(texts: Sequence[str], claims: Sequence[Sequence[Claim]], kit: Kit) -> list[str]:
    """Return the label that the rules draw from the claims of each text."""
    return [label_of(own, text, kit) or NOTHING for text, own in zip(texts, claims, strict=True)]


def with_less(
    notes: Notes, gold: Sequence[str], own: Notes, own_labels: Sequence[str]
) -> dict[str, list[str]]:
    """Return the labels by models that have less to learn from, by name."""
    told = {f"{name}: ": crossed(notes, gold, own, own_labels, parts) for name, parts in LESS.items()}
    return {**told, "no label of the sample: ": tell(own, own_labels, notes)}


def over_cuts(
    cuts: int, notes: Notes, gold: Sequence[str], own: Notes, own_labels: Sequence[str]
) -> tuple[list[float], list[float]]:
    """Return the scores over all labels, and over ACLED's, for so many other cuts into folds."""
    every, acled = [], []
    for seed in range(cuts):
        pairs = list(zip(gold, crossed(notes, gold, own, own_labels, seed=seed), strict=True))
        every.append(weighted_f1(pairs) or 0.0)
        acled.append(weighted_f1([pair for pair in pairs if pair[0] not in BEYOND_ACLED]) or 0.0)
    return every, acled


def main(argv: Sequence[str]) -> int:
    """Score event types on the snippets; see `--help`."""
    parser = arguments("case2021", __doc__ or "")
    add_models(parser)
    parser.add_argument("--quick", action="store_true", help="leave out the dear baselines and comparisons")
    parser.add_argument("--cuts", type=int, default=0, help="score so many other cuts into folds too")
    options = parser.parse_args(argv)
    path = find_file(options.data, *NAMES)
    snippets = read_snippets(path)
    gold, texts = [snippet.label for snippet in snippets], [snippet.text for snippet in snippets]
    kit = kit_of(options.models)
    claims, lessons = read_claims(texts, kit), read_lessons()
    notes, own_labels = take_notes(texts, claims), [label for label, _ in lessons]
    ours = [text for _, text in lessons]
    own = take_notes(ours, read_claims(ours, kit))
    given = {
        "": crossed(notes, gold, own, own_labels),
        "rules alone: ": by_rules(texts, claims, kit),
        "commonest: ": commonest(gold),
        "TF-IDF and SVM: ": tf_idf(texts, gold),
    }
    if not options.quick:
        given |= with_less(notes, gold, own, own_labels)
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
    if options.cuts:
        for name, values in zip(MAIN, over_cuts(options.cuts, notes, gold, own, own_labels), strict=True):
            print(
                f"{name} over {options.cuts} cuts: mean {np.mean(values):.3f}, {min(values):.3f} to {max(values):.3f}"
            )
    if options.errors:
        print(kinds_table(errors))
        for snippet, verdict in zip(snippets, verdicts, strict=True):
            if verdict.gold != verdict.given[""]:
                print(f"{snippet.id} {verdict.gold} read as {verdict.given['']}: {snippet.text[:300]}")
    if options.json:
        write(options.json, benchmark="case2021", data=data, scores=scores, errors=errors)
    return 0
