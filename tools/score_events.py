"""Score the branch of the encoder that tells events on marked passages that it has not learnt from.

Usage: PYTHONPATH=src:.:tools python tools/score_events.py DATA [--weights FILE] [--level N]
DATA holds ruwa/, articles/ and re3d/ (or data/ with them), as for tools/train_events.py; the marks are those of
benchmarks/quality/own/mentions2.jsonl and invented2.jsonl. Prints F1 of the words of events found, and found with
their type, for what the rules read there and for the branch. Three minutes on two cores.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from benchmarks.quality.mentions import HELD_OUT, load_mentions
from event_examples import Example, examples_of, f1_of

from dateline.reading.event_model import FILE
from dateline.reading.kit import load_kit

KINDS = (("short reports", "g"), ("passages of articles and documents", "hz"), ("texts of our own", "y"))


def said(session: onnxruntime.InferenceSession, one: Example, level: float) -> np.ndarray:
    """Return the type that the branch gives each piece of a window, 0 for none."""
    ones = np.ones((1, len(one.types)), dtype=np.int64)
    feed = {
        "hidden": one.hidden[None].astype(np.float32),
        "mask": ones,
        "rules": one.rules[None].astype(np.int64),
    }
    scores = session.run(["types"], feed)[0][0]
    odds = np.exp(scores - scores.max(-1, keepdims=True))
    odds /= odds.sum(-1, keepdims=True)
    return np.where(1 - odds[:, 0] >= level, 1 + odds[:, 1:].argmax(-1), 0)


def main(argv: Sequence[str]) -> int:
    """Print the scores of each kind of passage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--weights", type=Path, default=FILE, help="the branch, as ONNX")
    parser.add_argument("--level", type=float, default=0.5, help="how sure it must be of an event, 0 to 1")
    options = parser.parse_args(argv)
    session = onnxruntime.InferenceSession(str(options.weights))
    passages, kit = load_mentions(options.data, HELD_OUT), load_kit()
    for name, letters in KINDS:
        chosen = [one for one in passages if one.id[0] in letters]
        windows = examples_of(chosen, kit)
        branch = [said(session, one, options.level) for one in windows]
        for voice, given in (("rules", [one.rules for one in windows]), ("branch", branch)):
            found, typed = f1_of(windows, given)
            print(f"{name} ({len(chosen)}), {voice}: found F1 {found:.3f}, with type {typed:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
