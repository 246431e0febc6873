"""What a user would otherwise classify snippets with: the commonest label, TF-IDF with an SVM, embeddings."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

FOLDS = 5
SEED = 20220302


def commonest(gold: Sequence[str]) -> list[str]:
    """Return the commonest label for every snippet."""
    return [Counter(gold).most_common(1)[0][0]] * len(gold)


def tf_idf(texts: Sequence[str], gold: Sequence[str]) -> list[str]:
    """Return cross-validated labels by TF-IDF of words and pairs of words with a linear SVM."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=1)
    return _crossed(
        make_pipeline(words, LinearSVC(C=1.0, class_weight="balanced", random_state=SEED)), list(texts), gold
    )


def embedded(texts: Sequence[str], gold: Sequence[str]) -> list[str]:
    """Return cross-validated labels by all-MiniLM-L6-v2's embeddings with a balanced logistic regression."""
    from sklearn.linear_model import LogisticRegression

    from benchmarks.quality.minilm import embeddings

    return _crossed(
        LogisticRegression(class_weight="balanced", C=10.0, max_iter=2000, random_state=SEED),
        embeddings(texts), gold,
    )  # fmt: skip


def _crossed(model: Any, inputs: Any, gold: Sequence[str]) -> list[str]:
    from sklearn.model_selection import StratifiedKFold

    given = [""] * len(gold)
    labels = np.array(gold)
    folds = StratifiedKFold(n_splits=FOLDS, shuffle=True, random_state=SEED)
    for fitted, held in folds.split(np.zeros(len(gold)), labels):
        if isinstance(inputs, list):
            model.fit([inputs[index] for index in fitted], labels[fitted])
            told = model.predict([inputs[index] for index in held])
        else:
            model.fit(inputs[fitted], labels[fitted])
            told = model.predict(inputs[held])
        for index, label in zip(held, told, strict=True):
            given[index] = str(label)
    return given
