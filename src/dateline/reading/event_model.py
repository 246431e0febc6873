"""Say of each word how likely it tells of an event of each type, by what the encoder and the rules make of it.

A branch of the encoder (weights/events.onnx) takes the encoder's hidden states and, at each word that the rules know for an
event's, what they read there. It is written by tools/train_events.py; docs/model-card.md says on what it was trained.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from dateline.errors import CodebookError
from dateline.reading.encoder import WEIGHTS, Encoded, open_session, softmax
from dateline.reading.encoder_windows import Window

FILE = WEIGHTS / "events.onnx"
# Columns of the branch's scores, as tools/train_events.py lays them out; the first: no event.
TYPES = (
    "none", "battle.clash", "battle.capture", "strike.air", "strike.shelling", "strike.explosive", "strike.other",
    "civilians.attack", "civilians.abduction", "civilians.toll", "force.movement", "force.surrender", "force.loss",
    "force.siege", "force.fortify", "harm.property", "harm.displacement",
)  # fmt: skip
REALITIES = ("actual", "planned", "possible", "denied")
# A type without a column is heard as the one next to it, or else as an event of another kind.
NEXT = {"strike.suicide": "strike.explosive", "strike.chemical": "strike.other"}
UNFIT = "unfit"  # what is told of a word of the codebook whose frame does not fit here
OTHER = len(TYPES)
LEAST = 0.2  # a word less likely to tell of an event is heard only where the rules know it, and not asked who did it


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the branch makes of one word.

    `types` and `realities` are probabilities, as `TYPES` and `REALITIES` name them; `actor` is where the words stand that
    likeliest name who did it (a character) and how likely; null where likeliest nobody is named.
    """

    types: Any
    realities: Any
    actor: tuple[int, float] | None = None

    @property
    def event(self) -> float:
        """The probability that the word tells of an event of any type."""
        return 1.0 - float(self.types[0])

    @property
    def best(self) -> str:
        """The likeliest type."""
        return TYPES[1 + int(self.types[1:].argmax())]

    def of(self, kind: str) -> float:
        """Return the probability of a type; 0 of one without a column."""
        kind = NEXT.get(kind, kind)
        return float(self.types[TYPES.index(kind)]) if kind in TYPES else 0.0


class EventModel:
    """The branch in memory; safe to share between threads."""

    def __init__(self, path: Path = FILE) -> None:
        try:
            self._session = open_session(path)
        except Exception as error:  # the library raises its own bare kinds
            message = (
                f"{path}: cannot be read as a branch of events ({error}); make it with tools/train_events.py"
            )
            raise CodebookError(message) from error

    def hear(self, encoded: Encoded, told: Mapping[int, str]) -> dict[int, Heard]:
        """Return what the branch makes of the words told and of those likely to tell of an event, by where they start.

        `told` maps the first characters of words that the rules know to the type read there, or to `UNFIT`.
        """
        out: dict[int, Heard] = {}
        for window, hidden in zip(encoded.windows, encoded.hidden, strict=True):
            rules = rules_of(window, told)[None]
            given = {"hidden": hidden[None], "mask": np.ones_like(rules), "rules": rules}
            types, realities, fillers = (part[0] for part in self._session.run(None, given))
            types = softmax(types)
            starts = np.array(window.starts)
            likely = 1.0 - types[:, 0] >= LEAST
            asked = (starts >= 0) & (starts == np.array(window.words)) & (likely | (rules[0] > 0))
            for i in map(int, np.flatnonzero(asked)):
                out[window.starts[i]] = Heard(
                    types=types[i], realities=softmax(realities[i]),
                    actor=_likeliest(window, softmax(fillers[0, i])) if likely[i] else None,
                )  # fmt: skip
        return out


def _likeliest(window: Window, odds: Any) -> tuple[int, float] | None:
    """Return the likeliest piece's first character and its probability; the first of the odds is nobody's."""
    at = int(odds.argmax())
    return (window.starts[at - 1], float(odds[at])) if at and window.starts[at - 1] >= 0 else None


def rules_of(window: Window, told: Mapping[int, str]) -> Any:
    """Return for each piece what the rules say, at the first piece of the word they mean; 0: nothing."""
    rules = np.zeros(len(window.ids), dtype=np.int64)
    owner = {
        char: window.words[i]
        for i, (start, end) in enumerate(zip(window.starts, window.ends, strict=True))
        if start >= 0
        for char in range(start, end)
    }
    first = {word: i for i, word in reversed(list(enumerate(window.words))) if word >= 0}
    for start, kind in told.items():
        if start in owner:
            kind = NEXT.get(kind, kind)
            rules[first[owner[start]]] = TYPES.index(kind) if kind in TYPES else OTHER + (kind == UNFIT)
    return rules


@cache
def load_events(path: Path = FILE) -> EventModel | None:
    """Load the branch once per process; null where its weights are not there."""
    return EventModel(path) if path.exists() else None


def events_name(path: Path = FILE) -> tuple[str, ...]:
    """Return what a recipe calls the branch: its digest; nothing where its weights are not there."""
    return (f"events {hashlib.sha256(path.read_bytes()).hexdigest()[:12]}",) if path.exists() else ()
