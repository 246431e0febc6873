"""Make the examples of the branch of events: each window's hidden states, the rules' types in it, and its labels."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

import numpy as np
from benchmarks.quality.mentions import Mark, Passage
from benchmarks.quality.reader import read_with
from event_network import ROLES

from dateline.reading.encoder import Encoded
from dateline.reading.encoder_windows import Window
from dateline.reading.event_model import TYPES, EventModel, Heard, rules_of
from dateline.reading.kit import Kit

IGNORE = -100
REALITIES = "APTN"


@dataclass(slots=True)
class Recorder:
    """Stands in a kit where the branch stands, and keeps what the branch would hear."""

    encoded: Encoded | None = None
    told: dict[int, str] = field(default_factory=dict)

    def hear(self, encoded: Encoded, told: Mapping[int, str]) -> dict[int, Heard]:
        """Keep both; say nothing."""
        self.encoded, self.told = encoded, dict(told)
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A window: `hidden` (pieces, 384) as float16; per piece the rules' type, gold type and reality (`IGNORE`: none asked).

    `roles` are, for each marked word's piece, three sets of the pieces that name who fills a role, counted from 1; 0 is nobody.
    """

    hidden: Any
    rules: Any
    types: Any
    realities: Any
    roles: tuple[tuple[int, tuple[frozenset[int], ...]], ...]


def examples_of(passages: Sequence[Passage], kit: Kit) -> list[Example]:
    """Read the passages as Dateline does, the branch silent, and return their windows with labels."""
    out: list[Example] = []
    recorder = Recorder()
    silent = replace(kit, events=cast("EventModel", recorder))
    for number, passage in enumerate(passages):
        recorder.encoded, recorder.told = None, {}
        reading = read_with(silent, passage.text, published=passage.published, publisher=passage.publisher)
        if reading is None or recorder.encoded is None or reading.report.text != passage.text:
            print(f"{passage.id}: cannot be read as it was marked; left out", file=sys.stderr)
            continue
        for window, hidden in zip(recorder.encoded.windows, recorder.encoded.hidden, strict=True):
            out.append(_example(passage, window, hidden, recorder.told))
        if number % 200 == 199:
            print(f"{number + 1} of {len(passages)} passages read", file=sys.stderr, flush=True)
    return out


def _example(passage: Passage, window: Window, hidden: Any, told: Mapping[int, str]) -> Example:
    piece_at = {
        char: i
        for i, (start, end) in enumerate(zip(window.starts, window.ends, strict=True))
        if start >= 0
        for char in range(start, end)
    }
    first = {word: i for i, word in reversed(list(enumerate(window.words)))}
    # Only a word's first piece is asked.
    whole = [start >= 0 and start == word for start, word in zip(window.starts, window.words, strict=True)]
    types = np.where(whole, 0, IGNORE)
    realities = np.full(len(whole), IGNORE)
    roles = []
    for mark in passage.marks:
        if mark.span[0] not in piece_at:
            continue
        at = first[window.words[piece_at[mark.span[0]]]]
        types[at], realities[at] = TYPES.index(mark.type), REALITIES.index(mark.reality)
        roles.append((at, _fillers(passage.text, mark, piece_at)))
    return Example(
        hidden=hidden.astype(np.float16), rules=rules_of(window, told), types=types, realities=realities,
        roles=tuple(roles),
    )  # fmt: skip


def _fillers(text: str, mark: Mark, piece_at: Mapping[int, int]) -> tuple[frozenset[int], ...]:
    """Return for each role the pieces of all places where its words stand; nobody's, or none if beyond the window."""
    out = []
    for span in mark.roles:
        if span is None:
            out.append(frozenset((0,)))
            continue
        words, found = text[slice(*span)], set()
        at = text.find(words)
        while at >= 0:
            found.update(1 + piece_at[char] for char in range(at, at + len(words)) if char in piece_at)
            at = text.find(words, at + 1)
        out.append(frozenset(found))
    assert len(out) == len(ROLES)
    return tuple(out)


def f1_of(windows: Sequence[Example], given: Sequence[np.ndarray]) -> tuple[float, float]:
    """Return F1 of marked words found, and found with their type; `given` holds a type for each piece, 0 for none."""
    found = typed = told = owed = 0
    for one, types in zip(windows, given, strict=True):
        asked = one.types != IGNORE
        gold, ours = one.types[asked], types[asked]
        found += int(((gold > 0) & (ours > 0)).sum())
        typed += int(((gold > 0) & (ours == gold)).sum())
        told += int((ours > 0).sum())
        owed += int((gold > 0).sum())
    return 2 * found / max(1, told + owed), 2 * typed / max(1, told + owed)
