"""Score how factual the reading takes event words to be, on UDS-IH2 and MEANTIME.

Usage: python -m benchmarks factuality --data DIR [--part dev|train] [--json OUT] [--errors] [--models on|off]
DIR holds factuality/UDS_IH2 and factuality/MEANTIME (or they lie in it). Annotators graded each event word of a
sentence from -3 (did certainly not happen) to 3 (did). What Dateline says of a word's reality, polarity and certainty
becomes a number by one table for all corpora, the means of UDS-IH2's train part, which is weighed with the encoder's own
grade of the word (reading/factuality.py); both are told alone too. Measures: Pearson's r, mean
absolute error, and the area under the curve for "happened" (graded above 1.5 against below 0; what lies between is
left out). Intervals draw sentences. Baselines: the mean of the train part; a rule of negations and modals within five
words before the event word.
"""

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.quality.gold import find_file
from benchmarks.quality.intervals import score
from benchmarks.quality.reader import add_models, kit_of
from benchmarks.quality.report import Score, announce, arguments, kinds_table, table, write
from dateline.model.text import Report
from dateline.reading.attribution import find_attributions
from dateline.reading.certainty import modality_of
from dateline.reading.factuality import graded, grades_in, key_of, rule_grade
from dateline.reading.kit import Kit
from dateline.reading.modality import Modality
from dateline.reading.parse import parse
from dateline.reading.scene import Found, Scene
from dateline.reading.segment import segment

CORPORA = ("UDS_IH2", "MEANTIME")
MEASURES = ("r", "MAE", "AUC of happened")
SURE, OPEN = 1.5, 0.0
_TIGHT_BEFORE = re.compile(r"^(?:[.,;:!?%)\]}]|n't|'s|'re|'ve|'ll|'d|'m|''|')$")
_TIGHT_AFTER = frozenset(("(", "[", "{", "$", "``"))
_NOT = frozenset(("not", "n't", "never", "no", "nobody", "nothing", "without", "neither", "nor", "cannot"))
_MODALS = frozenset(
    "would could should may might will shall can must if to 'll 'd whether perhaps maybe wo ca".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A tokenised sentence with graded event words: (token's index, grade)."""

    words: tuple[str, ...]
    events: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A sentence's grades: the annotators', and those of each system by its name."""

    gold: tuple[float, ...]
    given: Mapping[str, tuple[float, ...]]
    keys: tuple[tuple[str, str, str], ...]


def read_sentences(path: Path) -> list[Sentence]:
    """Read a part of a corpus; sentences without an event word are left out."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [
        Sentence(
            words=tuple(row["text"].split(" ")),
            events=tuple((target["span1"][0], float(target["label"])) for target in row["targets"]),
        )
        for row in rows
        if row["targets"]
    ]


def joined(words: Sequence[str]) -> tuple[str, list[int]]:
    """Return a tokenised sentence as text, and where each of its words starts."""
    text, starts, tight = "", [], True
    for word in words:
        shown = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}.get(word, word)
        if text and not tight and not _TIGHT_BEFORE.match(word):
            text += " "
        starts.append(len(text))
        text += shown
        tight = word in _TIGHT_AFTER
    return text, starts


def read_words(sentence: Sentence, kit: Kit) -> list[tuple[Modality, float, float | None]]:
    """Return what Dateline says of each event word by its own steps: modality, grade, and the encoder's grade alone."""
    text, starts = joined(sentence.words)
    layout = segment(Report(text=text))
    parsed = parse(layout)
    found = Found(attributions=find_attributions(parsed, layout, (), kit.cues))
    scene = Scene(report=Report(text=text), layout=layout, parse=parsed, found=found, kit=kit)
    heard = grades_in(kit.encoder.read(layout.text, [(0, len(layout.text))])) if kit.encoder else {}
    found_words = []
    for index, _ in sentence.events:
        token = next((token for token in parsed.tokens if token.start <= starts[index] < token.end), None)
        modality = (
            modality_of(token, parsed, scene.holding(token), kit.realis, attempt_is_event=False)
            if token is not None
            else Modality()
        )
        grade = graded(modality, starts[index], heard)
        found_words.append((modality, grade, heard.get(starts[index])))
    return found_words


def modal_grade(words: Sequence[str], index: int) -> float:
    """Return the baseline's grade: a negation or a modal among the five words before."""
    before = {word.lower() for word in words[max(0, index - 5) : index]}
    if before & _NOT:
        return -2.0
    return 0.5 if before & _MODALS else 2.5


def pearson(system: str, sentences: Sequence[Graded]) -> float | None:
    """Return Pearson's correlation of a system's grades with the annotators'; null where one does not vary."""
    gold, given = _columns(system, sentences)
    if len(gold) < 2 or not gold.std() or not given.std():
        return None
    return float(np.corrcoef(gold, given)[0, 1])


def mean_error(system: str, sentences: Sequence[Graded]) -> float | None:
    """Return the mean absolute error."""
    gold, given = _columns(system, sentences)
    return float(np.abs(gold - given).mean()) if len(gold) else None


def area(system: str, sentences: Sequence[Graded]) -> float | None:
    """Return the area under the curve: how often what happened is graded above what did not; half for ties."""
    gold, given = _columns(system, sentences)
    true, false = given[gold > SURE], given[gold < OPEN]
    if not len(true) or not len(false):
        return None
    values, inverse = np.unique(np.concatenate((true, false)), return_inverse=True)
    sure = np.bincount(inverse[: len(true)], minlength=len(values))
    not_so = np.bincount(inverse[len(true) :], minlength=len(values))
    below = np.cumsum(not_so) - not_so
    return float((sure * (below + 0.5 * not_so)).sum() / (len(true) * len(false)))


def _columns(system: str, sentences: Sequence[Graded]) -> tuple[Any, Any]:
    gold = np.array([grade for sentence in sentences for grade in sentence.gold])
    given = np.array([grade for sentence in sentences for grade in sentence.given[system]])
    return gold, given


def grade_corpus(sentences: Sequence[Sentence], mean: float, kit: Kit) -> list[Graded]:
    """Return the grades of all systems; `mean` is the constant of the first baseline."""
    rows = []
    for sentence in sentences:
        words = read_words(sentence, kit)
        keys = tuple(key_of(modality) for modality, _, _ in words)
        rows.append(
            Graded(
                gold=tuple(grade for _, grade in sentence.events),
                given={
                    "": tuple(grade for _, grade, _ in words),
                    "rules alone: ": tuple(rule_grade(modality) for modality, _, _ in words),
                    "model alone: ": tuple(mean if alone is None else alone for _, _, alone in words),
                    "mean: ": (mean,) * len(keys),
                    "modal rule: ": tuple(modal_grade(sentence.words, index) for index, _ in sentence.events),
                },
                keys=keys,
            )
        )
    return rows


def error_kinds(rows: Sequence[Graded]) -> Counter[str]:
    """Count readings that are off by more than two grades, by what was read and what was graded."""
    kinds: Counter[str] = Counter()
    for sentence in rows:
        for key, gold, given in zip(sentence.keys, sentence.gold, sentence.given[""], strict=True):
            if abs(gold - given) > 2:
                told = "happened" if gold > SURE else "did not" if gold < -SURE else "open"
                kinds[f"{told}, read as {', '.join(key)}"] += 1
    return kinds


def main(argv: Sequence[str]) -> int:
    """Score the grades of event words; see `--help`."""
    parser = arguments("factuality", __doc__ or "")
    add_models(parser)
    parser.add_argument("--part", choices=("dev", "train"), default="dev")
    options = parser.parse_args(argv)
    kit = kit_of(options.models)
    scores: list[Score] = []
    errors, digest, count = Counter[str](), hashlib.sha256(), 0
    for corpus in CORPORA:
        path, train = (_find(options.data, corpus, part) for part in (options.part, "train"))
        digest.update(path.read_bytes())
        mean = float(np.mean([grade for sentence in read_sentences(train) for _, grade in sentence.events]))
        rows = grade_corpus(read_sentences(path), mean, kit)
        count += len(rows)
        measures = {
            f"{corpus} {system}{name}": partial(measure, system)
            for system in ("", "rules alone: ", "model alone: ", "mean: ", "modal rule: ")
            for name, measure in zip(MEASURES, (pearson, mean_error, area), strict=True)
        }
        scores += score(rows, measures, (f"{corpus} r", f"{corpus} AUC of happened"))
        errors.update({f"{corpus}: {kind}": number for kind, number in error_kinds(rows).items()})
    data = {
        "file": f"factuality ({options.part})", "sha256": digest.hexdigest(), "documents": count,
        "models": options.models,
    }  # fmt: skip
    announce("factuality", data)
    print(table(scores))
    if options.errors:
        print(kinds_table(errors))
    if options.json:
        write(options.json, benchmark="factuality", data=data, scores=scores, errors=errors)
    return 0


def _find(data: Path, corpus: str, part: str) -> Path:
    name = f"{corpus}/{part}.jsonl.gz"
    return find_file(data, f"data/factuality/{name}", f"factuality/{name}", name)
