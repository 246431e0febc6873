"""Logistic regressions over named features: their weights in a file, and what they say of a set of features."""

import gzip
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

WEIGHTS = Path(__file__).with_name("muc4_weights.json.gz")
Features = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One regression: its classes, and by feature a weight for each; one class alone is a yes or no."""

    classes: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]

    def odds(self, features: Features) -> dict[str, float]:
        """Return the probability of each class."""
        sums = [0.0] * len(self.classes)
        for name, value in features.items():
            held = self.weights.get(name)
            if held is not None:
                for place, weight in enumerate(held):
                    sums[place] += weight * value
        if len(sums) == 1:
            return {self.classes[0]: 1 / (1 + math.exp(-max(-30.0, min(30.0, sums[0]))))}
        raised = np.exp(np.array(sums) - max(sums))
        return dict(zip(self.classes, map(float, raised / raised.sum()), strict=True))

    def best(self, features: Features) -> tuple[str, float]:
        """Return the likeliest class and its probability."""
        odds = self.odds(features)
        kind = max(odds, key=lambda name: odds[name])
        return kind, odds[kind]


Models = Mapping[str, Model]


@cache
def load_models(path: Path = WEIGHTS) -> Models:
    """Read the models of a file, whose weights are whole hundredths."""
    raw = json.loads(gzip.decompress(path.read_bytes()))
    return {
        name: Model(
            classes=tuple(told["classes"]),
            weights={
                feature: tuple(number / 100 for number in numbers)
                for feature, numbers in told["weights"].items()
            },
        )
        for name, told in raw.items()
    }
