"""Weigh a number by regression trees: gradient boosting trained elsewhere, walked here in plain Python."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from dateline.codebook.tables import PACKAGED
from dateline.errors import CodebookError
from dateline.reading.toll_features import Side

TREES = PACKAGED / "report_toll.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chooser:
    """Boosted trees per side over named features; a node is (feature, threshold, left, right) or (value,).

    A tree's value is that of the leaf reached from node 0, left when the feature is at most the threshold; the
    base and all trees' values sum to log odds (Friedman 2001, "Greedy function approximation").
    """

    features: Mapping[Side, tuple[str, ...]]
    base: Mapping[Side, float]
    trees: Mapping[Side, tuple[tuple[tuple[float, ...], ...], ...]]

    def surety(self, side: Side, described: Mapping[str, float]) -> float:
        """Return how likely a number is the toll, 0 to 1, by what `describe` says of it."""
        row = [described[name] for name in self.features[side]]
        odds = self.base[side] + sum(_leaf(tree, row) for tree in self.trees[side])
        return 1 / (1 + exp(-odds))


def _leaf(tree: Sequence[tuple[float, ...]], row: Sequence[float]) -> float:
    node = tree[0]
    while len(node) > 1:
        feature, threshold, left, right = node
        node = tree[int(left if row[int(feature)] <= threshold else right)]
    return node[0]


@cache
def load_chooser(path: Path = TREES) -> Chooser:
    """Load the packaged trees, or those of another file that tools/train_report_toll.py wrote."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        sides: tuple[Side, ...] = ("killed", "injured")
        return Chooser(
            features={side: tuple(table[side]["features"]) for side in sides},
            base={side: float(table[side]["base"]) for side in sides},
            trees={
                side: tuple(tuple(tuple(node) for node in tree) for tree in table[side]["trees"])
                for side in sides
            },
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path}: cannot be read as trees ({error}); make it with tools/train_report_toll.py"
        raise CodebookError(message) from error
