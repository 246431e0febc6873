"""Fit what claims are joined by: src/dateline/linking/frequencies.npz (words) and model.toml (weights of evidence).

    python tools/train_linking.py --data ../shared [--readings FOLDER] [--out FOLDER]

DATA holds the articles on shootings with their incidents (gva/, of which only the even half is used), the reports of a war
(ruwa/, whose pairs were judged: benchmarks/quality/war_pairs.csv) and further articles (articles/). Reading them takes
about ten minutes on one core; with --readings it is done once and kept. Needs scikit-learn, which Dateline itself
does not. The same data, readings and code give the same files.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from math import log
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.quality.clusterings import score  # noqa: E402
from benchmarks.quality.linking import (  # noqa: E402
    Told,
    episodes_in,
    half_of,
    other_texts,
    readings_of,
    shootings,
    war_reports,
)  # fmt: skip
from benchmarks.quality.linking_fit import compare_all, fit, written  # noqa: E402
from benchmarks.quality.linking_lessons import compare_shootings, cross_validated, judged_pairs  # noqa: E402
from benchmarks.quality.report import table  # noqa: E402

from dateline.linking.score import MODEL  # noqa: E402
from dateline.linking.terms import FREQUENCIES, Frequencies, full_names_of, words_of  # noqa: E402
from dateline.run.link import load_link_kit  # noqa: E402

# A term in fewer reports weighs as much as one in none; in one corpus alone its share is known from so many.
FEWEST = 3
FEWEST_OF_CORPUS = 5
Terms = Collection[int]


def terms_of(text: str) -> set[int]:
    """Return the terms of a text that have a weight: words, and two names that stand together."""
    return set(words_of(text)) | full_names_of(text)


def count_terms(corpora: Sequence[Sequence[Terms]]) -> Frequencies:
    """Return -ln of the share of reports with each term, of the corpus in which that share is largest.

    A corpus is the terms of each of its reports. Weights are rounded to half precision, as they are kept.
    """
    counts = [(Counter(term for terms in corpus for term in terms), len(corpus)) for corpus in corpora]
    total: Counter[int] = Counter()
    for found, _ in counts:
        total.update(found)
    size = sum(reports for _, reports in counts)
    weights: dict[int, float] = {}
    for term, count in sorted(total.items()):
        if count >= FEWEST:
            shares = [found[term] / reports for found, reports in counts if found[term] >= FEWEST_OF_CORPUS]
            weights[term] = float(np.float16(-log(max(count / size, *shares, 0.0))))
    return Frequencies(most=log(size), weights=weights)


def by_incident(told: Iterable[Told]) -> list[Terms]:
    """Return the terms of each incident's articles taken together, so that one told of often counts once."""
    found: dict[str | None, set[int]] = {}
    for one in told:
        found.setdefault(one.incident, set()).update(terms_of(one.report.text))
    return list(found.values())


def keep_frequencies(frequencies: Frequencies, path: Path) -> None:
    """Write weights of terms as they are packaged."""
    terms = np.array(list(frequencies.weights), np.uint32)
    weights = np.array(list(frequencies.weights.values()), np.float16)
    np.savez_compressed(path, terms=terms, weights=weights, most=frequencies.most)


def main(argv: Sequence[str] | None = None) -> int:
    """Read, fit, print cross-validated scores and write both files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the shared data")
    parser.add_argument("--readings", type=Path, help="folder in which readings are kept")
    parser.add_argument("--out", type=Path, default=MODEL.parent, help="folder to write to")
    options = parser.parse_args(argv)
    articles, reports = shootings(options.data), war_reports(options.data)
    readings = readings_of("gva", articles, options.readings)
    war_readings = readings_of("ruwa", reports, options.readings)
    even = [number for number, one in enumerate(articles) if half_of(one.incident or "") == "even"]
    tuning = [articles[number] for number in even]
    print("counting words", file=sys.stderr)
    war_terms = [terms_of(one.report.text) for one in reports]
    other_terms = [terms_of(text) for text in other_texts(options.data)]
    frequencies = count_terms([by_incident(tuning), war_terms, other_terms])
    print("comparing", file=sys.stderr)
    kinship = load_link_kit().kinship
    known = compare_shootings(
        tuning, episodes_in([readings[number] for number in even], kinship, frequencies), kinship
    )
    war_episodes = episodes_in(war_readings, kinship, frequencies)
    war = judged_pairs(war_readings, war_episodes, kinship)
    print(f"{len(known.lessons().same):,} pairs of shootings, {len(war.pairs):,} judged pairs of the war, "
          f"{war.missing} of them not found; fitting", file=sys.stderr)  # fmt: skip
    sums = cross_validated(known, war, compare_all(war_episodes, kinship))
    names = ("shootings, pairwise", "shootings, B-cubed", "war, pairwise")
    print("cross-validated:")
    print(table([score(name, found) for name, found in zip(names, sums, strict=True)]))
    model = fit([known.lessons(), war.levels])
    options.out.mkdir(parents=True, exist_ok=True)
    keep_frequencies(frequencies, options.out / FREQUENCIES.name)
    (options.out / MODEL.name).write_text(written(model), encoding="utf-8")
    print(f"written: {options.out / FREQUENCIES.name}, {options.out / MODEL.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
