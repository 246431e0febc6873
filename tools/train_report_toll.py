"""Train what chooses a report's toll, on the even half of the Gun Violence Archive's incidents.

Usage: PYTHONPATH=src:.:tools python tools/train_report_toll.py DATA_FOLDER [--out FILE] [--check]
DATA_FOLDER holds articles.jsonl.gz and incidents.json (or in gva/ or data/gva/). Needs scikit-learn. Seeds are fixed: the
same data, code and libraries give the same file. `--check` also prints how well five folds, cut by incident,
predict each other. Incidents whose id has an odd MD5 are never read.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.quality.toll import find_archive, read_articles
from sklearn.model_selection import GroupKFold
from toll_boosting import Plan, as_nodes, boost, softmax_within, weigh
from toll_wording import common_words, fit_wording

from dateline.codebook.quantities import load_quantities
from dateline.codebook.tables import Sources
from dateline.codebook.toll_words import load_toll_words
from dateline.model.text import Report
from dateline.reading.figures import find_figures
from dateline.reading.parse import parse
from dateline.reading.quantities import find_quantities
from dateline.reading.report_toll import sift
from dateline.reading.segment import segment
from dateline.reading.tokens import Token
from dateline.reading.toll_features import Facts, Side, candidates, describe
from dateline.reading.toll_lexis import Grams, grams_of
from dateline.reading.toll_model import SIDES, TREES
from dateline.reading.toll_story import story_of

SEED, FOLDS = 20220302, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An article's facts, its runs of words, its incident, and the archive's numbers."""

    facts: Facts
    grams: Grams
    incident: str
    gold: dict[Side, int]


def read_cases(folder: Path) -> tuple[list[Case], frozenset[str]]:
    """Read the even half of the archive; return its cases, and the words that are mostly no names."""
    sources = Sources()
    book, words = load_quantities(sources), load_toll_words(sources)
    cases: list[Case] = []
    tokens: list[Token] = []
    for article in read_articles(folder, "even", 1):
        layout = segment(Report(text=article.text))
        parsed = parse(layout)
        quantities = find_quantities(parsed, book)
        figures = find_figures(parsed, quantities, book)
        facts = sift(layout, parsed, figures, quantities, book, words)[2]
        gold: dict[Side, int] = {"killed": article.killed, "injured": article.injured}
        grams = grams_of(parsed, story_of(layout, parsed), quantities)
        cases.append(Case(facts=facts, grams=grams, incident=article.incident, gold=gold))
        tokens += parsed.tokens
    return cases, common_words(tokens)


def folds_of(cases: Sequence[Case]) -> list[tuple[Any, Any]]:
    """Return five cuts of the cases into train and held-out indexes, no incident on both sides."""
    groups = [case.incident for case in cases]
    return list(GroupKFold(FOLDS).split(np.zeros(len(cases)), None, groups))


def with_voices(cases: Sequence[Case], common: frozenset[str]) -> list[Case]:
    """Return the cases with what the wording of the other folds says of each."""
    voiced = list(cases)
    for train, held in folds_of(cases):
        wording = fit_wording([cases[at].grams for at in train], [cases[at].gold for at in train], common)
        for at, voice in zip(held, wording.hear([cases[at].grams for at in held]), strict=True):
            voiced[at] = replace(cases[at], facts=replace(cases[at].facts, voice=voice))
    return voiced


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The numbers that could be each article's toll, described: one row each, an article's rows together."""

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


def crossed(rows: Rows, cases: Sequence[Case]) -> list[tuple[int, float]]:
    """Return per article the number that the other folds' trees choose, with its surety."""
    weights = np.zeros(len(rows.right))
    for train, held in folds_of(cases):
        known, asked = np.isin(rows.case, train), np.isin(rows.case, held)
        trees = boost(rows.table[known], rows.right[known], rows.case[known], Plan(), SEED)
        weights[asked] = weigh(trees, rows.table[asked])
    best: list[tuple[int, float]] = [(0, -1.0)] * len(cases)
    for at, number, surety in zip(rows.case, rows.number, softmax_within(weights, rows.case), strict=True):
        if surety > best[at][1]:
            best[at] = (int(number), float(surety))
    return best


def main(argv: Sequence[str]) -> int:
    """Train the wording and both sides' trees, and write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=TREES)
    parser.add_argument("--check", action="store_true", help="print how well folds predict each other")
    options = parser.parse_args(argv)
    cases, common = read_cases(find_archive(options.data))
    train(cases, common, options.out, check=options.check)
    return 0


def train(cases: Sequence[Case], common: frozenset[str], out: Path, *, check: bool = False) -> None:
    """Train on cases and write the file.

    The trees learn from what the wording of other folds says, and the injured from what other folds' trees say of
    the killed: what a model says of its own lessons would flatter it.
    """
    lexis = fit_wording([case.grams for case in cases], [case.gold for case in cases], common).as_lexis()
    table: dict[str, Any] = {"words": {"bias": lexis.bias, "grams": lexis.grams}}
    cases = with_voices(cases, common)
    dead: list[tuple[int, float]] = [(0, 0.0)] * len(cases)
    chosen: dict[Side, list[tuple[int, float]]] = {}
    for side in SIDES:
        rows = rows_of(cases, side, dead)
        if side == "killed" or check:
            chosen[side] = crossed(rows, cases)
        trees = boost(rows.table, rows.right, rows.case, Plan(), SEED)
        table[side] = {"features": rows.features, "trees": as_nodes(trees)}
        dead = chosen["killed"]
    text = json.dumps(table, separators=(",", ":"), ensure_ascii=False)
    out.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    if check:
        report(cases, chosen)


def report(cases: Sequence[Case], chosen: dict[Side, list[tuple[int, float]]]) -> None:
    """Print the shares of articles that the folds choose rightly."""
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
