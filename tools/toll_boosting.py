"""Boost regression trees that choose one of a report's candidates, with a softmax over the candidates of each report."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.tree import DecisionTreeRegressor

STEEPEST = 3.0  # no leaf moves a weight further before the rate of learning


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How trees are grown: `share` of the reports and `facts` of the features for each, `members` such ensembles."""

    members: int = 3
    trees: int = 300
    rate: float = 0.05
    leaves: int = 8
    least: int = 12
    facts: float = 0.15
    share: float = 0.8
    ridge: float = 2.0


Trees = list[tuple[Any, Any]]  # a fitted tree with its leaves' values


def softmax_within(weights: Any, case: Any) -> Any:
    """Return probabilities over the rows of each case; the rows of a case stand together."""
    starts = np.flatnonzero(np.r_[True, case[1:] != case[:-1]])
    at = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(case)]))
    raised = np.exp(weights - np.maximum.reduceat(weights, starts)[at])
    return raised / np.add.reduceat(raised, starts)[at]


def boost(table: Any, right: Any, case: Any, plan: Plan, seed: int) -> Trees:
    """Fit trees by Newton steps on the likelihood of the right row; cases without one are left out."""
    known = np.isin(case, case[right])
    table, right, case = table[known].astype(np.float32), right[known].astype(float), case[known]
    random = np.random.RandomState(seed)
    trees: Trees = []
    for member in range(plan.members):
        weights = np.zeros(len(right))
        for number in range(plan.trees):
            odds = softmax_within(weights, case)
            slope, bend = right - odds, np.maximum(odds * (1 - odds), 1e-6)
            cases = np.unique(case)
            drawn = np.isin(case, cases[random.rand(len(cases)) < plan.share])
            tree = DecisionTreeRegressor(
                max_leaf_nodes=plan.leaves, min_samples_leaf=plan.least, max_features=plan.facts,
                random_state=seed + 1000 * member + number,
            )  # fmt: skip
            step = np.clip(slope / bend, -4, 4)
            tree.fit(table[drawn], step[drawn], sample_weight=bend[drawn])
            leaf, size = tree.apply(table), tree.tree_.node_count
            rise = np.bincount(leaf[drawn], slope[drawn], minlength=size)
            curve = np.bincount(leaf[drawn], bend[drawn], minlength=size)
            values = plan.rate * np.clip(rise / (curve + plan.ridge), -STEEPEST, STEEPEST)
            weights += values[leaf]
            trees.append((tree, values / plan.members))
    return trees


def weigh(trees: Trees, table: Any) -> Any:
    """Return the weight of each row."""
    rows = table.astype(np.float32)
    return sum(values[tree.apply(rows)] for tree, values in trees)


def as_nodes(trees: Trees) -> list[list[Sequence[float]]]:
    """Return fitted trees as lists of nodes (feature, threshold, left, right) or (value,)."""
    told = []
    for tree, values in trees:
        inner = tree.tree_
        nodes: list[Sequence[float]] = []
        for at in range(inner.node_count):
            if inner.children_left[at] < 0:
                nodes.append([round(float(values[at]), 5)])
            else:
                threshold = round(float(inner.threshold[at]), 5)
                ahead = int(inner.children_left[at]), int(inner.children_right[at])
                nodes.append([int(inner.feature[at]), threshold, *ahead])
        told.append(nodes)
    return told
