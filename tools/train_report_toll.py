"""Train the trees that choose a report's toll, on the even half of the Gun Violence Archive's incidents.

Usage: PYTHONPATH=src:. python tools/train_report_toll.py DATA_FOLDER [--out JSON] [--check]
DATA_FOLDER holds articles.jsonl.gz and incidents.json (or in gva/ or data/gva/). Needs scikit-learn. Seeds are fixed: the
same data, code and libraries give the same file. `--check` also prints how well five folds, cut by incident,
predict each other. Incidents whose id has an odd MD5 are never read.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.quality.toll import find_archive, read_articles
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from dateline.codebook.quantities import load_quantities
from dateline.codebook.tables import Sources
from dateline.codebook.toll_words import load_toll_words
from dateline.model.text import Report
from dateline.reading.figures import find_figures
from dateline.reading.parse import parse
from dateline.reading.quantities import find_quantities
from dateline.reading.report_toll import sift
from dateline.reading.segment import segment
from dateline.reading.toll_features import Facts, Side, candidates, describe
from dateline.reading.toll_model import TREES

SEED, FOLDS = 20220302, 5
SIDES: tuple[Side, ...] = ("killed", "injured")
PARAMETERS = {
    "max_iter": 110, "learning_rate": 0.08, "max_leaf_nodes": 10, "min_samples_leaf": 20,
    "l2_regularization": 3.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An article's facts, its incident, and the archive's numbers."""

    facts: Facts
    incident: str
    gold: dict[Side, int]


def read_cases(folder: Path) -> list[Case]:
    """Read the even half of the archive."""
    sources = Sources()
    book, words = load_quantities(sources), load_toll_words(sources)
    cases = []
    for article in read_articles(folder, "even", 1):
        layout = segment(Report(text=article.text))
        parsed = parse(layout)
        quantities = find_quantities(parsed, book)
        figures = find_figures(parsed, quantities, book)
        facts = sift(layout, parsed, figures, quantities, book, words)[2]
        gold: dict[Side, int] = {"killed": article.killed, "injured": article.injured}
        cases.append(Case(facts=facts, incident=article.incident, gold=gold))
    return cases


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The numbers that could be each article's toll, described: one row each."""

    features: tuple[str, ...]
    table: Any
    right: Any
    case: Any
    number: Any


def rows_of(cases: Sequence[Case], side: Side, dead: Sequence[tuple[int, float]]) -> Rows:
    """Describe every candidate of every article; `dead` is the toll of the killed per article, with its surety."""
    described, right, case, number = [], [], [], []
    for at, one in enumerate(cases):
        for candidate in candidates(one.facts, side, dead[at][0]):
            described.append(describe(one.facts, side, candidate, *dead[at]))
            right.append(candidate == one.gold[side])
            case.append(at)
            number.append(candidate)
    names = tuple(described[0])
    return Rows(
        features=names, table=np.array([[row[name] for name in names] for row in described]),
        right=np.array(right), case=np.array(case), number=np.array(number),
    )  # fmt: skip


def fit(table: Any, right: Any) -> Any:
    """Fit the trees of one side."""
    model = HistGradientBoostingClassifier(**PARAMETERS, early_stopping=False, random_state=SEED)
    return model.fit(table, right)


def crossed(rows: Rows, cases: Sequence[Case]) -> list[tuple[int, float]]:
    """Return per article the number that the other folds' trees choose, with its surety."""
    odds = np.zeros(len(rows.right))
    groups = [cases[at].incident for at in rows.case]
    for train, held in GroupKFold(FOLDS).split(rows.table, rows.right, groups):
        odds[held] = fit(rows.table[train], rows.right[train]).predict_proba(rows.table[held])[:, 1]
    best: list[tuple[int, float]] = [(0, -1.0)] * len(cases)
    for at, number, surety in zip(rows.case, rows.number, odds, strict=True):
        if surety > best[at][1]:
            best[at] = (int(number), float(surety))
    return best


def as_table(model: Any, features: Sequence[str]) -> dict[str, Any]:
    """Return fitted trees as JSON: nodes (feature, threshold, left, right) or (value,)."""
    trees = []
    for (predictor,) in model._predictors:
        nodes = []
        for node in predictor.nodes:
            if node["is_leaf"]:
                nodes.append([round(float(node["value"]), 5)])
            else:
                threshold = round(float(node["num_threshold"]), 5)
                nodes.append([int(node["feature_idx"]), threshold, int(node["left"]), int(node["right"])])
        trees.append(nodes)
    base = float(np.ravel(model._baseline_prediction)[0])
    return {"features": list(features), "base": round(base, 5), "trees": trees}


def main(argv: Sequence[str]) -> int:
    """Train both sides and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=TREES)
    parser.add_argument("--check", action="store_true", help="print how well folds predict each other")
    options = parser.parse_args(argv)
    folder = find_archive(options.data)
    cases = read_cases(folder)
    train(cases, options.out, check=options.check)
    return 0


def train(cases: Sequence[Case], out: Path, *, check: bool = False) -> None:
    """Train on cases and write the trees; the injured learn from what other folds say of the killed."""
    table: dict[str, Any] = {}
    dead: list[tuple[int, float]] = [(0, 0.0)] * len(cases)
    chosen: dict[Side, list[tuple[int, float]]] = {}
    for side in SIDES:
        rows = rows_of(cases, side, dead)
        if side == "killed" or check:
            chosen[side] = crossed(rows, cases)
        table[side] = as_table(fit(rows.table, rows.right), rows.features)
        dead = chosen["killed"]
    out.write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="utf-8")
    if check:
        hits = {
            side: [number == case.gold[side] for (number, _), case in zip(chosen[side], cases, strict=True)]
            for side in SIDES
        }
        both = [left and right for left, right in zip(*hits.values(), strict=True)]
        many = [at for at, case in enumerate(cases) if case.gold["killed"] > 1]
        for name, found in (*hits.items(), ("both", both)):
            print(
                f"{name:<8} {np.mean(found):.3f}  on two or more dead {np.mean([found[at] for at in many]):.3f}"
            )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
