"""Weigh numbers by regression trees: gradient boosting trained elsewhere, walked here in plain Python."""

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from dateline.codebook.tables import PACKAGED
from dateline.errors import CodebookError
from dateline.reading.toll_features import Side
from dateline.reading.toll_lexis import Lexis

TREES = PACKAGED / "report_toll.json.gz"
SIDES: tuple[Side, ...] = ("killed", "injured")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chooser:
    """Boosted trees per side over named features; a node is (feature, threshold, left, right) or (value,).

    A tree's value is that of the leaf reached from node 0, left when the feature is at most the threshold. All
    trees' values sum to a candidate's weight, and weights are compared within one report: how sure each is comes
    of a softmax over its candidates (Cao et al. 2007, "Learning to rank: from pairwise approach to listwise").
    `lexis` says beforehand what the report's words make likely.
    """

    features: Mapping[Side, tuple[str, ...]]
    trees: Mapping[Side, tuple[tuple[tuple[float, ...], ...], ...]]
    lexis: Lexis

    def sureties(self, side: Side, described: Sequence[Mapping[str, float]]) -> tuple[float, ...]:
        """Return how likely each candidate of one report is its toll, by what `describe` says of them."""
        names = self.features[side]
        weights = [self._weight(side, [one[name] for name in names]) for one in described]
        most = max(weights)
        raised = [exp(weight - most) for weight in weights]
        return tuple(value / sum(raised) for value in raised)

    def _weight(self, side: Side, row: Sequence[float]) -> float:
        return sum(_leaf(tree, row) for tree in self.trees[side])


def _leaf(tree: Sequence[tuple[float, ...]], row: Sequence[float]) -> float:
    node = tree[0]
    while len(node) > 1:
        feature, threshold, left, right = node
        node = tree[int(left if row[int(feature)] <= threshold else right)]
    return node[0]


@cache
def load_chooser(path: Path = TREES) -> Chooser:
    """Load the packaged trees and word weights, or those of a file that tools/train_report_toll.py wrote."""
    try:
        table = json.loads(gzip.decompress(path.read_bytes()))
        lexis = Lexis(
            bias={side: tuple(table["words"]["bias"][side]) for side in SIDES},
            grams={
                block: {gram: tuple(row) for gram, row in grams.items()}
                for block, grams in table["words"]["grams"].items()
            },
        )
        return Chooser(
            features={side: tuple(table[side]["features"]) for side in SIDES},
            trees={
                side: tuple(tuple(tuple(node) for node in tree) for tree in table[side]["trees"])
                for side in SIDES
            },
            lexis=lexis,
        )
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        message = f"{path}: cannot be read as trees ({error}); make it with tools/train_report_toll.py"
        raise CodebookError(message) from error
