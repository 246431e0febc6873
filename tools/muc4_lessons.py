"""What MUC-4's development keys teach of each message: which noun phrases fill a slot, and of what class they are."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from benchmarks.quality.muc4_entities import Entity
from benchmarks.quality.muc4_evidence import Features, noun_features
from benchmarks.quality.muc4_judging import Held
from benchmarks.quality.muc4_keys import Message, Template
from benchmarks.quality.muc4_match import match_string
from benchmarks.quality.muc4_nouns import Noun
from benchmarks.quality.muc4_read import read_message
from benchmarks.quality.muc4_scene import Scene, Signs, lay_out

from dateline.reading.kit import Kit

FOLDS = 3
# The encoder learnt from these messages and is surer of them than of others. Its log odds are blurred by these
# deviations, and its word on a whole message is another's for a share of them, until it is about as often right here as
# on messages that it has not seen (docs/model-card.md).
_BLUR = np.array((2.5, 1.5, 1.5, 1.5, 1.5))
_SWAPPED = 0.15
# Classes that a model is taught, by the slot whose fills have them and their own slot.
CLASSES = {
    "human type": (18, 20), "human effect": (18, 23), "physical type": (12, 13), "physical effect": (12, 16),
    "confidence": (10, 11),
}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Lesson:
    """A message, laid out, with its fold and what is learnt of it on the way."""

    message: Message
    fold: int
    scene: Scene
    features: list[Features] = field(default_factory=list)
    odds: list[dict[int, float]] = field(default_factory=list)
    shared: list[Held] = field(default_factory=list)
    pairs: dict[int, int] = field(default_factory=dict)


def read_lessons(messages: Iterable[Message], kit: Kit, *, seed: int = 7) -> list[Lesson]:
    """Read messages with Dateline, and blur what the encoder says of them."""
    random = np.random.default_rng(seed)
    lessons = []
    for message in messages:
        told = read_message(message, kit)
        if told is None:
            continue
        scene = lay_out(told.reading, kit)
        lessons.append(Lesson(message=message, fold=zlib.crc32(message.id.encode()) % FOLDS, scene=scene))
    _blur([lesson.scene.signs for lesson in lessons if lesson.scene.signs is not None], random)
    for lesson in lessons:
        lesson.features = noun_features(lesson.scene)
    return lessons


def _blur(signs: Sequence[Signs], random: np.random.Generator) -> None:
    kinds = [one.kinds.copy() for one in signs]
    for one in signs:
        count = len(one.starts)
        # Pieces side by side are blurred alike: a phrase is believed or not as a whole.
        shifts = np.repeat(random.normal(size=(count // 6 + 1, len(_BLUR))), 6, axis=0)[:count]
        one.slots[:] += shifts * _BLUR
        one.kinds[:] += random.normal(size=len(one.kinds))
        if random.random() < _SWAPPED:
            others = [kinds[i] for i in random.integers(0, len(kinds), 20)]
            told = next((other for other in others if (other[-1] > 0) != (one.kinds[-1] > 0)), one.kinds)
            one.kinds[:] = told


def noun_worth(noun: Noun, slot: int, keys: Sequence[Template]) -> tuple[bool, Template | None, str]:
    """Return whether a noun phrase fills a slot of a message's key, and the template and value that it is worth most for."""
    texts = [text for text in (noun.phrase.text, noun.phrase.name) if text]
    best: tuple[float, Template | None, str] = (0.0, None, "")
    for key in keys:
        for place in (18, 19) if slot == 18 else (slot,):
            for fill in key.fills.get(place, ()):
                if _describes(place, fill.refs):
                    continue
                for value in fill.values:
                    worth = max(match_string(text, value) for text in texts)
                    if worth > best[0]:
                        best = (worth, key, value)
    return best[0] >= 0.5, best[1], best[2]


def _describes(slot: int, refs: Sequence[str]) -> bool:
    """Whether a fill only describes a person whose name is told."""
    return slot == 19 and bool(refs) and tuple(refs) != ("-",)


def class_told(key: Template, slot: int, value: str) -> str:
    """Return what a key says of a fill in another slot; "none" where it says nothing."""
    return next((fill.values[0] for fill in key.fills.get(slot, ()) if value in fill.refs), "none")


def worth_once(entities: Sequence[Entity], slot: int, key: Template) -> list[bool]:
    """Return which entities fill a slot of a template, each fill once, likelier entities first."""
    taken: set[tuple[int, int]] = set()
    order = sorted(range(len(entities)), key=lambda i: (-entities[i].own, -entities[i].odds))
    out = [False] * len(entities)
    for i in order:
        out[i] = _fills(entities[i], slot, key, taken)
    return out


def _fills(entity: Entity, slot: int, key: Template, taken: set[tuple[int, int]]) -> bool:
    phrase = entity.fullest.phrase
    named = slot == 18 and entity.named
    texts = [phrase.name or ""] if named else [text for text in (phrase.text, phrase.name) if text]
    place = slot if slot != 18 or named else 19
    for number, fill in enumerate(key.fills.get(place, ())):
        if (place, number) in taken or _describes(place, fill.refs):
            continue
        if any(match_string(text, value) >= 0.5 for text in texts for value in fill.values):
            taken.add((place, number))
            return True
    return False


Rows = list[tuple[Features, Any, int]]
