"""Grade how surely an event word tells of what happened, from -3 (did certainly not) to 3 (certainly did).

The scale is that of FactBank's heirs (UDS-IH2, MEANTIME, UW; Stanovsky et al. 2017). Rules give reality, polarity and
certainty a grade by one table; the encoder grades each word by itself; where both read, their grades are weighed.
"""

from collections.abc import Mapping
from typing import Any

from dateline.reading.encoder import FACTUALITY, Encoded
from dateline.reading.modality import Modality

LEAST, MOST = -3.0, 3.0
# How much the encoder's grade weighs against that of the rules; set on the dev parts of UDS-IH2 and MEANTIME.
WEIGHT = 0.9
# The same of what a word keeps from happening ("the cancelled deal", "the flight was delayed"), which the encoder often
# takes for fact, and the mean grade of such words in UDS-IH2's train part; set on the train part of MEANTIME.
WEIGHT_PREVENTED, PREVENTED = 0.25, -1.5
# Reality, polarity, certainty -> the mean grade of such words in UDS-IH2's train part.
GRADES: Mapping[tuple[str, str, str], float] = {
    ("happened", "positive", "certain"): 1.8,
    ("happened", "positive", "hedged"): 1.1,
    ("happened", "positive", "disputed"): 0.5,
    ("happened", "negative", "certain"): 0.3,
    ("intended", "positive", "certain"): -0.9,
    ("intended", "positive", "hedged"): -1.5,
    ("intended", "negative", "certain"): -1.0,
    ("threatened", "positive", "certain"): -1.5,
    ("hypothetical", "positive", "certain"): -0.6,
    ("hypothetical", "positive", "hedged"): -1.3,
    ("hypothetical", "negative", "certain"): -1.2,
}


def key_of(modality: Modality) -> tuple[str, str, str]:
    """Return reality, polarity and certainty; what goes on or lies behind is as real as what happened."""
    reality = "happened" if modality.reality in ("ongoing", "background") else modality.reality
    return reality, modality.polarity, modality.certainty


def rule_grade(modality: Modality) -> float:
    """Return the grade of a reading; of one that the table lacks, that of its reality and polarity alone."""
    if modality.prevented:
        return PREVENTED
    reality, polarity, certainty = key_of(modality)
    return GRADES.get((reality, polarity, certainty), GRADES.get((reality, polarity, "certain"), 0.0))


def grades_in(encoded: Encoded) -> dict[int, float]:
    """Return the encoder's grade of each word, by the character that the word starts at."""
    out: dict[int, float] = {}
    for window, tokens in zip(encoded.windows, encoded.tokens, strict=True):
        scores: Any = tokens[:, FACTUALITY][:, 0]
        for start, word, value in zip(window.starts, window.words, scores, strict=True):
            if start >= 0 and start == word:
                out[start] = min(MOST, max(LEAST, float(value)))
    return out


def graded(modality: Modality, start: int, heard: Mapping[int, float]) -> float:
    """Return the grade of an event word that starts at a character, by the rules and what the encoder heard of it."""
    own, model = rule_grade(modality), heard.get(start)
    if model is None:
        return own
    weight = WEIGHT_PREVENTED if modality.prevented else WEIGHT
    return weight * model + (1 - weight) * own
