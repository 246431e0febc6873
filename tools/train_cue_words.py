"""Train what tells cue words by their grammar, on PolNeAR's training articles, and weigh it with the encoder.

Usage: PYTHONPATH=src:. python tools/train_cue_words.py DATA [--out JSON] [--limit N]
DATA holds polnear.tar.gz (or data/polnear.tar.gz). Needs scikit-learn and scipy; four minutes on one core. A logistic
regression with an L1 penalty learns from the articles that trained the encoder; how it and the encoder are weighed is set
on every 20th article, which the encoder has not seen. The same data and libraries give the same file. Prints the cue
word F1 of each voice alone and of both together, over six folds of those articles.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.quality.gold import find_file
from benchmarks.quality.polnear import read_archive, relations_of, words_in
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from dateline.codebook.cues import CueBook, load_cues
from dateline.codebook.tables import Sources
from dateline.model.text import Report
from dateline.reading.attribution import find_attributions
from dateline.reading.cue_features import describe, marks_of
from dateline.reading.cue_model import FILE, CueWords
from dateline.reading.encoder import load_encoder
from dateline.reading.encoder_heads import SURE_OF_RUN, cue_odds
from dateline.reading.parse import parse
from dateline.reading.segment import TEXT_KINDS, segment
from dateline.reading.tokens import Token

SEED, FOLDS, LEAST, PENALTY = 20220302, 6, 20, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The tokens of an article, what is said of each, whether a cue holds it, and the encoder's probability of that."""

    tokens: tuple[Token, ...]
    names: tuple[tuple[str, ...], ...]
    gold: Any
    heard: Any


def read(text: str, annotation: str, cues: CueBook, encoded: bool) -> Article:
    """Read an article as reading does, up to the rules' attributions; with the encoder where asked."""
    layout = segment(Report(text=text))
    parsed = parse(layout)
    mentions = find_attributions(parsed, layout, (), cues)
    wanted = words_in(text, set().union(*(one.cue for one in relations_of(annotation))))
    heard = np.zeros(len(parsed.tokens))
    encoder = load_encoder() if encoded else None
    if encoder is not None:
        parts = ((part.start, part.end) for part in layout.paragraphs if part.kind in TEXT_KINDS)
        odds = cue_odds(encoder.read(text, parts))
        heard = np.array(
            [max(odds.get(at, 0.0) for at in range(one.start, one.end)) for one in parsed.tokens]
        )
    return Article(
        tokens=parsed.tokens, names=tuple(describe(parsed, marks_of(parsed, layout, mentions), cues)),
        gold=np.array([any(at in wanted for at in range(one.start, one.end)) for one in parsed.tokens]), heard=heard,
    )  # fmt: skip


def names_used(articles: Sequence[Article]) -> list[str]:
    """Return the features that stand often enough and hold no word that is mostly a name."""
    seen: Counter[str] = Counter()
    proper: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for article in articles:
        for token, names in zip(article.tokens, article.names, strict=True):
            seen.update(set(names))
            words[token.lemma] += 1
            # The parser takes some names for common words: capitals within a sentence tell them.
            proper[token.lemma] += token.pos == "PROPN" or (token.text[:1].isupper() and token.dep != "ROOT")
    barred = {word for word, count in words.items() if 2 * proper[word] > count and word.isalpha()}

    def plain(name: str) -> bool:
        value = name.partition("=")[2] or name.partition("|")[2]
        return not any(part.rpartition(":")[2] in barred for part in value.split("|"))

    return sorted(name for name, count in seen.items() if count >= LEAST and plain(name))


def table_of(articles: Sequence[Article], number: dict[str, int]) -> Any:
    """Return the tokens' features as a sparse table of ones."""
    columns: list[int] = []
    rows = [0]
    for article in articles:
        for names in article.names:
            columns.extend(sorted({number[name] for name in names if name in number}))
            rows.append(len(columns))
    ones = np.ones(len(columns), dtype=np.float32)
    return csr_matrix((ones, columns, rows), shape=(len(rows) - 1, len(number)))


def log_odds(values: Any) -> Any:
    """Return log odds of probabilities, as the model weighs them."""
    held = np.clip(values, 1e-4, 1 - 1e-4)
    return np.log(held / (1 - held))


def blend(heard: Any, said: Any, gold: Any) -> tuple[float, float, float]:
    """Return how the encoder's log odds and those of the grammar are weighed: base, encoder, words."""
    fitted = LogisticRegression(max_iter=1000, random_state=SEED).fit(np.stack((heard, said), 1), gold)
    encoder, words = fitted.coef_[0]
    return float(fitted.intercept_[0]), float(encoder), float(words)


def f1(likely: Any, gold: Any) -> float:
    """Return the F1 of the words taken for cue words."""
    return float(2 * (likely & gold).sum() / (likely.sum() + gold.sum()))


def told(heard: Any, said: Any, gold: Any, group: Any) -> Iterator[tuple[str, float]]:
    """Yield the F1 of each voice at the level of use, and of both weighed over folds of articles."""
    yield "encoder", f1(heard > np.log(SURE_OF_RUN / (1 - SURE_OF_RUN)), gold)
    yield "grammar", f1(said > np.log(SURE_OF_RUN / (1 - SURE_OF_RUN)), gold)
    both = np.zeros(len(gold))
    for learn, check in GroupKFold(FOLDS).split(heard, gold, group):
        base, encoder, words = blend(heard[learn], said[learn], gold[learn])
        both[check] = base + encoder * heard[check] + words * said[check]
    yield "both", f1(both > np.log(SURE_OF_RUN / (1 - SURE_OF_RUN)), gold)


def main(argv: Sequence[str]) -> int:
    """Train and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=FILE)
    parser.add_argument(
        "--limit", type=int, help="read only the first articles by name, to try the command out"
    )
    options = parser.parse_args(argv)
    cues = load_cues(Sources())
    rows = list(
        read_archive(find_file(options.data, "data/polnear.tar.gz", "polnear.tar.gz"), "train").values()
    )
    articles: dict[bool, list[Article]] = {True: [], False: []}
    for number, (text, annotation) in enumerate(rows[: options.limit]):
        unseen = number % 20 == 7
        articles[unseen].append(read(text, annotation, cues, encoded=unseen))
    names = names_used(articles[False])
    column = {name: i for i, name in enumerate(names)}
    fitted = LogisticRegression(
        C=PENALTY, solver="liblinear", l1_ratio=1, max_iter=40, tol=1e-2, random_state=SEED
    ).fit(table_of(articles[False], column), np.concatenate([one.gold for one in articles[False]]))
    weights = {name: round(float(value), 3) for name, value in zip(names, fitted.coef_[0], strict=True)}
    weights = {name: value for name, value in weights.items() if value}
    held = articles[True]
    said = (
        table_of(held, column) @ np.array([weights.get(name, 0.0) for name in names]) + fitted.intercept_[0]
    )
    heard = log_odds(np.concatenate([one.heard for one in held]))
    gold = np.concatenate([one.gold for one in held])
    group = np.concatenate([np.full(len(one.gold), i) for i, one in enumerate(held)])
    for name, value in told(heard, said, gold, group):
        print(f"{name} {value:.3f}")
    model = CueWords(
        base=round(float(fitted.intercept_[0]), 4), weights=weights,
        blend=tuple(round(value, 4) for value in blend(heard, said, gold)),
    )  # fmt: skip
    table = {"base": model.base, "blend": model.blend, "weights": weights}
    options.out.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{len(weights)} weights, {options.out.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
