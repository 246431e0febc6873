"""Hear what the common words of a report say of its toll, beside all figures: a regression over short word runs.

"Charged in killing" and "is expected to survive" name no number, yet tell which is likely. The weights are trained by
tools/train_report_toll.py; names and words that stand mostly in names are left out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from dateline.reading.quantities import QuantityMention
from dateline.reading.tokens import Parse
from dateline.reading.toll_features import Side
from dateline.reading.toll_story import Story

Grams = Mapping[str, Mapping[str, float]]
BLOCKS = ("title", "near", "early", "rest")
NAME, AGE, NUMBER, LARGE = "NAME", "#age", "#number", "#large"
_SMALL = 6  # numbers up to it are words of their own
_LONGEST = 3


def grams_of(parse: Parse, story: Story, quantities: Sequence[QuantityMention]) -> Grams:
    """Return the runs of up to three words in each block of a report, each 1 plus the log of its count.

    `early` takes headline, opening and lead together in runs of up to two; `rest` has runs of up to two.
    """
    kinds = {quantity.number.i: quantity for quantity in quantities}
    counts: dict[str, Counter[str]] = {block: Counter() for block in BLOCKS}
    for sentence in parse.sentences:
        region = story.regions[sentence.index]
        if region == "teaser":
            continue
        words = ["^"]
        for token in parse.tokens_of(sentence):
            word = _word(token.lower, kinds.get(token.i))
            if token.pos == "PROPN" and region != "title" and not word.startswith("#") and not word.isdigit():
                word = NAME
            if word != NAME or words[-1] != NAME:
                words.append(word)
        words.append("$")
        early = region in ("title", "near", "lead")
        block = "title" if region == "title" else "near" if early else "rest"
        for size in range(1, _LONGEST + 1):
            for at in range(len(words) - size + 1):
                gram = " ".join(words[at : at + size])
                if early:
                    counts[block][gram] += 1
                if size < _LONGEST:
                    counts["early" if early else "rest"][gram] += 1
    return {block: {gram: 1 + log(count) for gram, count in found.items()} for block, found in counts.items()}


def _word(lower: str, quantity: QuantityMention | None) -> str:
    if quantity is not None and quantity.kind == "age":
        return AGE
    number = int(quantity.low) if quantity is not None and quantity.kind == "count" else None
    if number is None and lower[:1].isdigit():
        if not lower.isdigit() or len(lower) > 2:
            return LARGE if len(lower) > 2 else NUMBER
        number = int(lower)
    if number is None:
        return lower
    return str(number) if number <= _SMALL else NUMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexis:
    """Weights of a multinomial regression over word runs: per side a bias for each class, the last of them open.

    `grams` holds per block and run its inverse document frequency and its weights, the sides' classes in a row.
    """

    bias: Mapping[Side, tuple[float, ...]]
    grams: Mapping[str, Mapping[str, tuple[float, ...]]]

    def hear(self, grams: Grams) -> dict[Side, tuple[float, ...]]:
        """Return per side how likely 0, 1, 2 and so on are, the last for all larger ones.

        Each block's runs are weighed by their rarity and scaled to length one (tf-idf).
        """
        odds = [value for side in self.bias for value in self.bias[side]]
        for block, known in self.grams.items():
            met = [(known[gram], value) for gram, value in grams[block].items() if gram in known]
            length = sqrt(sum((row[0] * value) ** 2 for row, value in met)) or 1.0
            for row, value in met:
                share = row[0] * value / length
                for at, weight in enumerate(row[1:]):
                    odds[at] += share * weight
        heard: dict[Side, tuple[float, ...]] = {}
        at = 0
        for side, bias in self.bias.items():
            heard[side] = _softmax(odds[at : at + len(bias)])
            at += len(bias)
        return heard


def _softmax(odds: Sequence[float]) -> tuple[float, ...]:
    most = max(odds)
    raised = [exp(value - most) for value in odds]
    return tuple(value / sum(raised) for value in raised)
