"""Say of each word how likely it belongs to a cue: a regression over its grammar, weighed with the encoder's odds.

The weights (weights/cue_words.json) are written by tools/train_cue_words.py; docs/model-card.md says on what.
"""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log
from pathlib import Path

from dateline.codebook.cues import CueBook
from dateline.errors import CodebookError
from dateline.reading.cue_features import describe, marks_of
from dateline.reading.encoder import WEIGHTS, Encoded
from dateline.reading.encoder_heads import cue_odds
from dateline.reading.mentions import AttributionMention, Layout
from dateline.reading.tokens import Parse

FILE = WEIGHTS / "cue_words.json"
_LEAST = 1e-4  # probabilities nearer to 0 or 1 than this count as this, before their log odds are weighed


@dataclass(frozen=True, slots=True, kw_only=True)
class CueWords:
    """Weights of a word's features and their base; and how the two voices are weighed: `blend` (base, encoder, words)."""

    base: float
    weights: Mapping[str, float]
    blend: tuple[float, float, float]

    def grammar(
        self, parse: Parse, layout: Layout, mentions: Sequence[AttributionMention], cues: CueBook
    ) -> list[float]:
        """Return each token's log odds by grammar and rules alone."""
        known = self.weights
        return [
            self.base + sum(known[name] for name in set(names) if name in known)
            for names in describe(parse, marks_of(parse, layout, mentions), cues)
        ]

    def odds(
        self, encoded: Encoded, parse: Parse, layout: Layout, mentions: Sequence[AttributionMention],
        cues: CueBook,
    ) -> dict[int, float]:  # fmt: skip
        """Return the probability of words to belong to a cue, by where they start: the parse's and the encoder's words."""
        heard = cue_odds(encoded)
        said = self.grammar(parse, layout, mentions, cues)
        starts = [token.start for token in parse.tokens]
        owner = {start: bisect_right(starts, start) - 1 for start in heard}
        # A token that the encoder cuts in several words ("hasn't") is as likely as the likeliest of them.
        most: dict[int, float] = {}
        for start, at in owner.items():
            if at >= 0 and start < parse.tokens[at].end:
                most[at] = max(most.get(at, 0.0), heard[start])
        out = {starts[at]: self.weighed(value, said[at]) for at, value in most.items()}
        for start, at in owner.items():
            out.setdefault(start, out.get(starts[at], 0.0) if at in most else 0.0)
        return out

    def weighed(self, heard: float, said: float) -> float:
        """Return the probability of a word by the encoder's probability and the log odds of its grammar."""
        base, encoder, words = self.blend
        held = min(max(heard, _LEAST), 1 - _LEAST)
        return 1 / (1 + exp(-(base + encoder * log(held / (1 - held)) + words * said)))


@cache
def load_cue_words(path: Path = FILE) -> CueWords:
    """Load the packaged weights, or those of another file that tools/train_cue_words.py wrote."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        base, encoder, words = (float(value) for value in table["blend"])
        weights = {name: float(value) for name, value in table["weights"].items()}
        return CueWords(base=float(table["base"]), weights=weights, blend=(base, encoder, words))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = (
            f"{path}: cannot be read as weights of cues ({error}); make it with tools/train_cue_words.py"
        )
        raise CodebookError(message) from error


def cue_words_name(path: Path = FILE) -> str:
    """Return what a recipe calls the weights: their digest."""
    return f"cue words {hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"
