"""Fit what the words of a report say of its toll: a multinomial regression over runs of common words, one per side."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from dateline.reading.tokens import Token
from dateline.reading.toll_features import Side
from dateline.reading.toll_lexis import BLOCKS, NAME, Grams, Lexis

MOST: dict[Side, int] = {"killed": 4, "injured": 6}  # the last class takes all larger numbers
RARE = 15  # reports that a run must stand in to be learnt
STRENGTH = 3.0  # inverse of the ridge on the weights
STEPS = 150


@dataclass(slots=True, kw_only=True)
class Wording:
    """A fitted regression: per block the runs known with their rarity, per side the weights and biases."""

    rows: dict[str, dict[str, int]]
    rarity: dict[str, Any]
    models: dict[Side, Any]

    def matrix(self, grams: Sequence[Grams]) -> Any:
        """Return reports as rows of tf-idf, each block scaled to length one."""
        parts = []
        for block in BLOCKS:
            known = self.rows[block]
            cells = [
                (at, known[gram], value)
                for at, one in enumerate(grams) for gram, value in one[block].items() if gram in known
            ]  # fmt: skip
            down, across, values = zip(*cells, strict=True) if cells else ((), (), ())
            counts = csr_matrix((values, (down, across)), shape=(len(grams), len(known)), dtype=float)
            parts.append(normalize(counts @ diags(self.rarity[block])))
        return hstack(parts).tocsr()

    def hear(self, grams: Sequence[Grams]) -> list[dict[Side, tuple[float, ...]]]:
        """Return per report and side how likely each class is."""
        table = self.matrix(grams)
        odds = {side: model.predict_proba(table) for side, model in self.models.items()}
        return [
            {side: tuple(map(float, rows[at])) for side, rows in odds.items()} for at in range(len(grams))
        ]

    def as_lexis(self) -> Lexis:
        """Return what the package keeps of it, rounded."""
        weights = np.concatenate([model.coef_ for model in self.models.values()])
        kept: dict[str, dict[str, tuple[float, ...]]] = {}
        start = 0
        for block in BLOCKS:
            rarity = self.rarity[block]
            kept[block] = {
                gram: (round(float(rarity[at]), 2), *(round(float(one), 2) for one in weights[:, start + at]))
                for gram, at in self.rows[block].items()
            }
            start += len(rarity)
        bias = {
            side: tuple(round(float(one), 3) for one in model.intercept_)
            for side, model in self.models.items()
        }
        return Lexis(bias=bias, grams=kept)


def common_words(tokens: Iterable[Token]) -> frozenset[str]:
    """Return the words that are more often no names than names."""
    seen: Counter[str] = Counter()
    for token in tokens:
        seen[token.lower] += -1 if token.pos == "PROPN" else 1
    return frozenset(word for word, count in seen.items() if count > 0)


def fit_wording(
    grams: Sequence[Grams], gold: Sequence[Mapping[Side, int]], common: Collection[str]
) -> Wording:
    """Fit both sides on reports with their tolls; runs with a word that is not common are left out."""
    rows: dict[str, dict[str, int]] = {}
    rarity: dict[str, Any] = {}
    for block in BLOCKS:
        spread = Counter(gram for one in grams for gram in one[block])
        known = sorted(gram for gram, count in spread.items() if count >= RARE and _is_common(gram, common))
        rows[block] = {gram: at for at, gram in enumerate(known)}
        counts = np.array([spread[gram] for gram in known], dtype=float)
        rarity[block] = np.log((1 + len(grams)) / (1 + counts)) + 1
    wording = Wording(rows=rows, rarity=rarity, models={})
    table = wording.matrix(grams)
    for side, most in MOST.items():
        classes = np.array([min(one[side], most) for one in gold])
        wording.models[side] = LogisticRegression(C=STRENGTH, max_iter=STEPS).fit(table, classes)
    return wording


def _is_common(gram: str, common: Collection[str]) -> bool:
    return all(word == NAME or not word[:1].isalpha() or word in common for word in gram.split(" "))
