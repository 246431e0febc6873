"""A trained part beside the rules: logistic regression over what was read, what the words say, and what they mean.

It learns from sentences of our own, written by the definitions of the labels without a look at the sample's texts
(case2021_lessons.tsv), and from the labels of the folds that it is not scored on. Which kinds of features to
take was tried on the sample first; how far each counts and how strongly all are regularised was then chosen on our own
sentences alone, cut in five (all but "words", which only the comparisons use and which was set by hand).
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.quality.case2021_rivals import FOLDS, SEED
from benchmarks.quality.case2021_types import blind_words_in, words_in
from dateline.model.reading import Claim

LESSONS = Path(__file__).with_name("case2021_lessons.tsv")
# How far each kind of feature counts: the larger, the less regularised.
WEIGHTS = {"meaning": 1.0, "said": 0.3, "blind": 0.3, "read": 0.15, "words": 1.0}
STRENGTH = 10.0
ALL = ("meaning", "said", "blind", "read")
# What each row of the comparison learns from.
LESS: dict[str, tuple[str, ...]] = {
    "model alone": ("meaning", "words"),
    "less the words written on it": ("meaning", "blind", "read"),
    "less embeddings": ("said", "blind", "read", "words"),
}
_GROUPS = re.compile(
    r"rebel|militant|fighters|insurgent|militia|jihadi|extremist|separatist|guerrilla", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """Texts beside what is known of each: traits of what was read, kinds of words that occur, and its meaning.

    `said` are the words written with the labels at hand, `blind` the others; `meaning` has a row of 384 numbers for
    each text.
    """

    texts: tuple[str, ...]
    read: tuple[dict[str, float], ...]
    said: tuple[dict[str, float], ...]
    blind: tuple[dict[str, float], ...]
    meaning: Any


def read_lessons(path: Path = LESSONS) -> list[tuple[str, str]]:
    """Read our own sentences as (label, text)."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (row["label"], row["text"])
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def take_notes(texts: Sequence[str], claims: Sequence[Sequence[Claim]]) -> Notes:
    """Describe texts by the claims read in them and by their words."""
    from benchmarks.quality.minilm import embeddings

    return Notes(
        texts=tuple(texts),
        read=tuple(describe(own) for own in claims),
        said=tuple(dict.fromkeys(sorted(words_in(text)), 1.0) for text in texts),
        blind=tuple(dict.fromkeys(sorted(blind_words_in(text)), 1.0) for text in texts),
        meaning=embeddings(texts),
    )


def describe(claims: Sequence[Claim]) -> dict[str, float]:
    """Return what the claims of a text are like, each trait with 1."""
    real = [claim for claim in claims if claim.reality in ("happened", "ongoing")] or list(claims)
    traits = {f"reality {claim.reality}" for claim in claims} or {"no claim"}
    for number, claim in enumerate(sorted(real, key=lambda claim: claim.trigger.start)):
        traits |= {f"type {claim.type}", f"polarity {claim.polarity}", f"certainty {claim.certainty}"}
        if number == 0:
            traits |= {f"first {claim.type}", f"first family {claim.type.partition('.')[0]}"}
        traits |= {f"actor {_party(actor.side)}" for actor in claim.actors}
        traits |= {f"target {_party(target.side)}" for target in claim.targets}
        traits |= {f"{figure.measure} {figure.of}" for figure in claim.figures}
        for what in ("actors", "instruments", "losses", "attribution"):
            if getattr(claim, what):
                traits.add(what)
        if claim.type == "battle.capture":
            takers = " ".join(actor.span.quote for actor in claim.actors)
            traits.add(
                "taken by a group" if _GROUPS.search(takers) else "taken by others" if takers else "taken"
            )
    return dict.fromkeys(sorted(traits), 1.0)


def _party(side: str | None) -> str:
    return "civilians" if side == "civilians" else "of a side" if side else "of no side"


def tell(learnt: Notes, labels: Sequence[str], asked: Notes, parts: Sequence[str] = ALL) -> list[str]:
    """Return the label of each text asked, by a model trained on labelled notes with these kinds of features."""
    from sklearn.linear_model import LogisticRegression

    known, open_ = _tables(learnt, asked, parts)
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=2000, random_state=SEED)
    return [str(label) for label in model.fit(known, list(labels)).predict(open_)]


def _tables(learnt: Notes, asked: Notes, parts: Sequence[str]) -> tuple[Any, Any]:
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union

    columns = []
    for part in parts:
        if part == "meaning":
            pair = csr_matrix(learnt.meaning), csr_matrix(asked.meaning)
        elif part == "words":
            words = make_union(
                TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
                TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2),
            )
            pair = words.fit_transform(learnt.texts), words.transform(asked.texts)
        else:
            traits = DictVectorizer()
            pair = traits.fit_transform(getattr(learnt, part)), traits.transform(getattr(asked, part))
        columns.append((WEIGHTS[part] * pair[0], WEIGHTS[part] * pair[1]))
    return hstack([known for known, _ in columns]).tocsr(), hstack([asked for _, asked in columns]).tocsr()


def joined(first: Notes, second: Notes) -> Notes:
    """Return two sets of notes as one."""
    return Notes(
        texts=first.texts + second.texts,
        read=first.read + second.read,
        said=first.said + second.said,
        blind=first.blind + second.blind,
        meaning=np.vstack([first.meaning, second.meaning]),
    )


def chosen(notes: Notes, rows: Sequence[int]) -> Notes:
    """Return the notes of some rows."""
    return Notes(
        texts=tuple(notes.texts[row] for row in rows),
        read=tuple(notes.read[row] for row in rows),
        said=tuple(notes.said[row] for row in rows),
        blind=tuple(notes.blind[row] for row in rows),
        meaning=notes.meaning[list(rows)],
    )


def crossed(
    notes: Notes, gold: Sequence[str], own: Notes, own_labels: Sequence[str],
    parts: Sequence[str] = ALL, seed: int = SEED,
) -> list[str]:  # fmt: skip
    """Return cross-validated labels: of each fold by a model of the other folds and our own sentences."""
    from sklearn.model_selection import StratifiedKFold

    given = [""] * len(gold)
    folds = StratifiedKFold(n_splits=FOLDS, shuffle=True, random_state=seed)
    for fitted, held in folds.split(np.zeros(len(gold)), list(gold)):
        learnt = joined(chosen(notes, fitted), own)
        labels = [*(gold[row] for row in fitted), *own_labels]
        for row, label in zip(held, tell(learnt, labels, chosen(notes, held), parts), strict=True):
            given[row] = label
    return given
