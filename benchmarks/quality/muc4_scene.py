"""A message laid out: its parse, the incidents that its claims may tell of, its noun phrases, and the encoder's signs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.quality.muc4_incidents import Incident, acts_of, join_claims
from benchmarks.quality.muc4_nouns import Noun, nouns_of
from dateline.model.reading import Claim, Reading
from dateline.reading.encoder import INCIDENT, SLOTS, Encoded, sigmoid, softmax
from dateline.reading.kit import Kit
from dateline.reading.parse import parse
from dateline.reading.segment import TEXT_KINDS, segment
from dateline.reading.tokens import Parse

# What the encoder was taught of a whole message, in the order of its numbers.
KINDS = ("ARSON", "ATTACK", "BOMBING", "FORCED WORK STOPPAGE", "KIDNAPPING", "ROBBERY", "relevant")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What the encoder says of a text: log odds of the slots (pieces, 5) at offsets `starts`, and of KINDS in all."""

    starts: Any
    slots: Any
    kinds: Any

    def of(self, start: int, end: int) -> Any:
        """Return the mean and the highest log odds of each slot in a run of characters, side by side."""
        first, last = np.searchsorted(self.starts, (start, end))
        if first >= last:
            return np.full(10, -6.0)
        part = self.slots[first:last]
        return np.concatenate([part.mean(0), part.max(0)])


def signs_of(encoded: Encoded) -> Signs:
    """Return what the encoder says of incidents and slots; a text without words is of no kind."""
    if not encoded.windows:
        return Signs(starts=np.zeros(0), slots=np.zeros((0, 5)), kinds=np.full(len(KINDS), -6.0))
    scores = np.concatenate(encoded.tokens)
    starts = np.concatenate([np.array(window.starts) for window in encoded.windows])
    weights = softmax(scores[:, INCIDENT.start])
    kinds = weights @ scores[:, INCIDENT.start + 1 : INCIDENT.stop]
    real = starts >= 0
    order = np.argsort(starts[real], kind="stable")
    return Signs(starts=starts[real][order], slots=scores[real][order][:, SLOTS], kinds=kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A message's reading and parse, claims of incidents by kind, the incidents that they may tell of, noun phrases.

    `signs` are the encoder's; null: rules alone.
    """

    reading: Reading
    parse: Parse
    claims: Sequence[tuple[Claim, str]]
    incidents: Sequence[Incident]
    nouns: Sequence[Noun]
    signs: Signs | None


def lay_out(reading: Reading, kit: Kit) -> Scene:
    """Lay out a report for its features; its parse is that of the reading, made anew."""
    layout = segment(reading.report)
    signs = None
    if kit.encoder is not None:
        parts = [(part.start, part.end) for part in layout.paragraphs if part.kind in TEXT_KINDS]
        signs = signs_of(kit.encoder.read(layout.text, parts))
    return scene_of(reading, parse(layout), signs, kit)


def scene_of(reading: Reading, parsed: Parse, signs: Signs | None, kit: Kit) -> Scene:
    """Return a report's claims of incidents, the incidents, and its noun phrases."""
    acts = acts_of(reading, kit, strict=False)
    return Scene(
        reading=reading, parse=parsed, claims=acts, incidents=join_claims(acts), nouns=nouns_of(parsed), signs=signs
    )  # fmt: skip


def odds_of(signs: Signs) -> dict[str, float]:
    """Return the probability of each kind of incident in a text."""
    return dict(zip(KINDS, map(float, sigmoid(signs.kinds)), strict=True))
