"""Train what judges fillers and incidents for MUC-4, and write it as benchmarks/quality/muc4_weights.json.gz.

Usage: PYTHONPATH=src:.:tools python tools/train_muc4.py DATA [--models on|off] [--out FILE] [--every N]
DATA holds muc4.tar.gz (or has it in data/); only its development set is read. Needs scikit-learn. Each model that learns
from another's judgements learns from those on messages that the other has not seen (three folds); what is written learnt
from all. `--models off` leaves the encoder out. Takes about five minutes.
"""

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.quality import muc4_when, muc4_where
from benchmarks.quality.gold import find_file
from benchmarks.quality.muc4_evidence import Features
from benchmarks.quality.muc4_judging import (
    ROLES,
    Held,
    entity_features,
    incident_features,
    judge_entities,
    share_nouns,
)
from benchmarks.quality.muc4_keys import Template, read_messages
from benchmarks.quality.muc4_learned import Filling, with_kind
from benchmarks.quality.muc4_match import match_date, read_location
from benchmarks.quality.muc4_model import WEIGHTS, Model
from benchmarks.quality.muc4_score import map_templates
from benchmarks.quality.reader import kit_of
from muc4_lessons import CLASSES, FOLDS, Lesson, Rows, class_told, noun_worth, read_lessons, worth_once
from scipy import sparse
from sklearn.linear_model import LogisticRegression

ALL = FOLDS  # the number of the models that learn from every fold
Sets = list[dict[str, Model]]
SEEN = 6  # how often a feature must occur to be learnt
_TOLD = {"stage": (5, "ACCOMPLISHED"), "category": (8, "none"), "instrument type": (7, "none")}


def fit(name: str, rows: Rows, hold: int, strength: float, *, seen: int, cut: float = 0.01) -> Model:
    """Fit a regression on rows outside a fold; weights are whole hundredths, those under `cut` are left out."""
    kept = [(features, label) for features, label, fold in rows if fold != hold]
    if not isinstance(kept[0][1], bool):
        counts = Counter(label for _, label in kept)
        kept = [row for row in kept if counts[row[1]] >= 4]
    binary = isinstance(kept[0][1], bool)
    if len({label for _, label in kept}) == 1:
        # Too few rows to tell classes apart: the only one is always answered.
        return Model(
            classes=(name if binary else str(kept[0][1]),), weights={"bias": (5.0 if kept[0][1] else -5.0,)}
        )
    names = Counter(feature for features, _ in kept for feature in features)
    index = {
        feature: number
        for number, feature in enumerate(sorted(one for one, count in names.items() if count >= seen))
    }
    table = _matrix([features for features, _ in kept], index)
    solver = LogisticRegression(
        C=strength, fit_intercept=False, solver="liblinear" if binary else "lbfgs", max_iter=400
    )
    solver.fit(table, np.array([label for _, label in kept]))
    found = solver.coef_.T
    if not binary and found.shape[1] == 1:  # of two classes only the second's weights are given
        found = np.concatenate([-found / 2, found / 2], axis=1)
    found = np.round(found, 2)
    weights = {
        feature: tuple(map(float, found[number]))
        for feature, number in index.items()
        if np.abs(found[number]).max() >= cut
    }
    return Model(classes=(name,) if binary else tuple(map(str, solver.classes_)), weights=weights)


def _matrix(rows: Sequence[Features], index: Mapping[str, int]) -> Any:
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for features in rows:
        known = [(index[name], value) for name, value in features.items() if name in index]
        columns.extend(column for column, _ in known)
        values.extend(value for _, value in known)
        ends.append(len(columns))
    return sparse.csr_matrix((values, columns, ends), shape=(len(rows), len(index)))


def teach(sets: Sets, name: str, rows: Rows, strength: float, *, seen: int = 4, cut: float = 0.01) -> None:
    """Fit a model once without each fold, and once on all."""
    for hold in range(FOLDS + 1):
        sets[hold][name] = fit(name, rows, hold, strength, seen=seen, cut=cut)
    right = [_agrees(sets[fold][name], features, label) for features, label, fold in rows]
    print(f"{name}: {len(rows)} rows, right on those not seen {np.mean(right):.3f}", flush=True)


def _agrees(model: Model, features: Features, label: object) -> bool:
    kind, odds = model.best(features)
    return (odds > 0.5) == label if isinstance(label, bool) else kind == label


def teach_nouns(lessons: Sequence[Lesson], sets: Sets) -> None:
    """Teach which noun phrases fill a slot, and of which class the fillers are."""
    told: dict[str, Rows] = {name: [] for name in (*ROLES.values(), *CLASSES)}
    for lesson in lessons:
        for noun, features in zip(lesson.scene.nouns, lesson.features, strict=True):
            for slot, name in ROLES.items():
                fills, key, value = noun_worth(noun, slot, lesson.message.templates)
                told[name].append((features, fills, lesson.fold))
                if fills and key is not None:
                    of_kind = with_kind(features, key.values(4)[0])
                    for kind, (owner, place) in CLASSES.items():
                        if owner == slot:
                            told[kind].append((of_kind, class_told(key, place, value), lesson.fold))
    for name, rows in told.items():
        if name in CLASSES:
            teach(sets, name, rows, 0.15, seen=SEEN, cut=0.02)
        else:
            teach(sets, name, rows, 0.1, seen=SEEN, cut=0.02)
    for lesson in lessons:
        models = sets[lesson.fold]
        lesson.odds = [
            {slot: models[name].odds(features)[name] for slot, name in ROLES.items()}
            for features in lesson.features
        ]


class Plain:
    """Stands for a model that is yet to be taught: the same class whatever is asked, and nothing is likely."""

    def __init__(self, answer: str) -> None:
        self.answer = answer

    def best(self, _: Features) -> tuple[str, float]:
        """Return the answer."""
        return self.answer, 1.0

    def odds(self, _: Features) -> dict[str, float]:
        """Return the answer as unlikely."""
        return {self.answer: 0.0}


def mapped(lesson: Lesson, sets: Sets, held: Sequence[Held], features: Sequence[Features]) -> dict[int, int]:
    """Return the key of each incident that answers one."""
    plain: dict[str, Any] = {name: Plain(answer) for name, (_, answer) in _TOLD.items()}
    plain |= {name: Plain(name) for name in ("place", "time") if name not in sets[lesson.fold]}
    filling = Filling(lesson.scene, lesson.features, {**sets[lesson.fold], **plain})
    responses = [filling.template(one, told) for one, told in zip(held, features, strict=True)]
    return dict(map_templates(responses, lesson.message.templates))


def teach_entities(lessons: Sequence[Lesson], sets: Sets) -> None:
    """Teach which entities fill an incident's slots, and where and when it was."""
    told: dict[str, Rows] = {name: [] for name in (*(f"filler {slot}" for slot in ROLES), "place", "time")}
    for lesson in lessons:
        scene = lesson.scene
        lesson.shared = share_nouns(scene, scene.incidents, lesson.odds)
        first = [_sure(one) for one in lesson.shared]
        lesson.pairs = mapped(lesson, sets, first, [{}] * len(first))
        for number, key in lesson.pairs.items():
            held, template = lesson.shared[number], lesson.message.templates[key]
            features = entity_features(scene, held, number, len(lesson.shared))
            for slot, entities in held.entities.items():
                worths = worth_once(entities, slot, template)
                told[f"filler {slot}"] += [
                    (row, worth, lesson.fold) for row, worth in zip(features[slot], worths, strict=True)
                ]
            told["place"] += _place_rows(lesson, held, template)
            told["time"] += _time_rows(lesson, held, template)
    for name, rows in told.items():
        teach(sets, name, rows, 0.1 if name.startswith("filler") else 0.2)


def _sure(held: Held) -> Held:
    """Return an incident with its own likely entities alone."""
    return Held(
        incident=held.incident,
        entities={
            slot: [one for one in entities if one.own and one.odds > 0.3]
            for slot, entities in held.entities.items()
        },
    )


def _place_rows(lesson: Lesson, held: Held, key: Template) -> Rows:
    names = {
        name for fill in key.fills.get(3, ()) for value in fill.values for name in read_location(value)[1]
    }
    places = muc4_where.places_near(lesson.scene, held.incident)
    return [
        (muc4_where.place_features(lesson.scene, held.incident, one, places), one.name in names, lesson.fold)
        for one in places
    ]


def _time_rows(lesson: Lesson, held: Held, key: Template) -> Rows:
    days = [value for fill in key.fills.get(2, ()) for value in fill.values]
    times = muc4_when.times_of(lesson.scene)
    return [
        (
            muc4_when.time_features(lesson.scene, held.incident, one, times),
            any(match_date(one.words, day) == 1.0 for day in days),
            lesson.fold,
        )
        for one in times
    ]


def teach_incidents(lessons: Sequence[Lesson], sets: Sets) -> None:
    """Teach which incidents are asked for, and their stage, category and kind of weapon."""
    told: dict[str, Rows] = {name: [] for name in ("incident", *_TOLD)}
    for lesson in lessons:
        held = judge_entities(lesson.scene, lesson.shared, sets[lesson.fold])
        features = [
            incident_features(lesson.scene, one, number, len(held)) for number, one in enumerate(held)
        ]
        pairs = mapped(lesson, sets, held, features)
        for number, row in enumerate(features):
            told["incident"].append((row, number in pairs, lesson.fold))
            if number in pairs:
                key = lesson.message.templates[pairs[number]]
                for name, (slot, default) in _TOLD.items():
                    answer = next((fill.values[0] for fill in key.fills.get(slot, ())), default)
                    told[name].append((row, answer, lesson.fold))
    for name, rows in told.items():
        teach(sets, name, rows, 0.3 if name == "incident" else 0.1, seen=3)


def write_models(models: Mapping[str, Model], path: Path) -> None:
    """Write models, the same bytes for the same weights."""
    told = {
        name: {
            "classes": model.classes,
            "weights": {
                feature: [round(100 * weight) for weight in weights]
                for feature, weights in sorted(model.weights.items())
            },
        }
        for name, model in sorted(models.items())
    }
    text = json.dumps(told, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def main(argv: Sequence[str]) -> int:
    """Train and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--models", choices=("on", "off"), default="on", help="with the encoder or without")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument(
        "--every", type=int, default=1, help="read each nth message only, to try the command out"
    )
    options = parser.parse_args(argv)
    path = find_file(options.data, "data/muc4.tar.gz", "muc4.tar.gz")
    lessons = read_lessons(read_messages(path, ("dev",))[:: options.every], kit_of(options.models))
    sets: Sets = [{} for _ in range(FOLDS + 1)]
    teach_nouns(lessons, sets)
    teach_entities(lessons, sets)
    teach_incidents(lessons, sets)
    write_models(sets[ALL], options.out)
    print(f"{options.out}: {options.out.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
