"""Other ways to group articles by incident, which the joining of Dateline is held against."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.quality.clusterings import score, sums_of

DAYS_ALIKE = 7
DAYS_OF_CITY = 3
CUTS = tuple(round(0.05 * step, 2) for step in range(1, 19))
Labels = list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article: the day it was told (an ordinal), its text, and the city and state that the archive gives its incident."""

    incident: str
    told: int
    text: str
    city: str


def alone(articles: Sequence[Article]) -> Labels:
    """Leave every article alone."""
    return list(range(len(articles)))


def by_city(articles: Sequence[Article]) -> Labels:
    """Group what the archive places in one city, each told within three days of the one before.

    No reading: the city is the archive's own, which no reader of the article is given.
    """
    order = sorted(range(len(articles)), key=lambda row: (articles[row].city, articles[row].told))
    labels, group = [0] * len(articles), 0
    for before, row in zip([None, *order[:-1]], order, strict=True):
        if before is not None:
            near = articles[row].told - articles[before].told <= DAYS_OF_CITY
            group += not (near and articles[row].city == articles[before].city)
        labels[row] = group
    return labels


def by_words(articles: Sequence[Article]) -> Callable[[float], Labels]:
    """Return a grouping by TF-IDF: average linkage of the cosine, 0 for articles told over seven days apart.

    The grouping takes the least average cosine. Words are those of scikit-learn's TfidfVectorizer without English stop
    words, counts taken by their logarithm; each half is weighed by itself.
    """
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(
        [one.text for one in articles]
    )
    likeness = np.asarray((vectors @ vectors.T).todense())
    told = np.array([one.told for one in articles])
    likeness[np.abs(told[:, None] - told[None, :]) > DAYS_ALIKE] = 0.0
    distances = np.clip(1.0 - likeness, 0.0, 1.0)

    def group(cut: float) -> Labels:
        found = AgglomerativeClustering(
            n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - cut
        )
        return [int(label) for label in found.fit_predict(distances)]

    return group


def best_cut(
    group: Callable[[float], Sequence[Hashable]], cuts: Sequence[float], gold: Sequence[Hashable]
) -> float:
    """Return the cut with the best pairwise F1, the first of equals."""
    values = [score("", sums_of(gold, group(cut), "pairwise")).value or 0.0 for cut in cuts]
    return cuts[values.index(max(values))]
