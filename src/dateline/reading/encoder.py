"""Run the shared encoder over a report: one pass gives the numbers of every head for each word piece.

The weights (weights/encoder.onnx, int8) and the tokenizer are written by tools/train_encoder.py; docs/model-card.md says on
what they were trained and how well they do. Nothing here needs torch.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from dateline.errors import CodebookError
from dateline.reading.encoder_windows import Window, windows_of

WEIGHTS = Path(__file__).parent / "weights"
OUTPUTS = ("tokens", "links", "hidden")
NEEDED = ("onnxruntime", "tokenizers")
# Columns of `tokens`, as tools/encoder_network.py lays them out.
CUE, SOURCE, CONTENT, TOPONYM, FACTUALITY, SLOTS = (
    slice(0, 3), slice(3, 4), slice(4, 5), slice(5, 8), slice(8, 9), slice(9, 14),
)  # fmt: skip
KILLED, INJURED, INCIDENT = slice(14, 22), slice(22, 30), slice(30, 38)


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """What the encoder says of a report, window by window.

    `tokens` are arrays (pieces, 38) of scores, columns as named above; `links` are arrays (3, pieces, pieces): how likely,
    in log odds, the second piece is cue, source or content of the attribution whose cue begins at the first.
    """

    windows: tuple[Window, ...]
    tokens: tuple[Any, ...]
    links: tuple[Any, ...]
    hidden: tuple[Any, ...]


def open_session(path: Path) -> Any:
    """Open ONNX weights on one CPU thread; onnxruntime's own errors go through."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread, and one window at a time: the int8 scale of a layer is taken over all that runs together, so
    # that a window's numbers would else hang on what stands beside it.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class Encoder:
    """The weights in memory, with their tokenizer; safe to share between threads."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        from tokenizers import Tokenizer

        try:
            self._session = open_session(folder / "encoder.onnx")
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # both libraries raise their own bare kinds
            message = f"{folder}: cannot be read as an encoder ({error}); make it with tools/train_encoder.py"
            raise CodebookError(message) from error

    def read(self, text: str, paragraphs: Iterable[tuple[int, int]]) -> Encoded:
        """Read the paragraphs (start, end) of a text; the same text gives the same numbers."""
        windows = windows_of(text, paragraphs, self._tokenizer)
        tokens, links, hidden = [], [], []
        for window in windows:
            ids = np.array([window.ids], dtype=np.int64)
            cases = np.array([window.cases], dtype=np.int64)
            scores, pairs, inner = self._session.run(
                OUTPUTS, {"ids": ids, "cases": cases, "mask": np.ones_like(ids)}
            )
            tokens.append(scores[0])
            links.append(pairs[0])
            hidden.append(inner[0])
        return Encoded(windows=windows, tokens=tuple(tokens), links=tuple(links), hidden=tuple(hidden))


@cache
def load_encoder(folder: Path = WEIGHTS) -> Encoder | None:
    """Load the encoder once per process; null where its weights or what runs them are not installed."""
    if not (folder / "encoder.onnx").exists() or any(find_spec(name) is None for name in NEEDED):
        return None
    return Encoder(folder)


def encoder_name(folder: Path = WEIGHTS) -> str:
    """Return what a recipe calls the weights: their digest."""
    import hashlib

    return f"encoder {hashlib.sha256((folder / 'encoder.onnx').read_bytes()).hexdigest()[:12]}"


def sigmoid(scores: Any) -> Any:
    """Return probabilities of log odds."""
    return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))


def softmax(scores: Any) -> Any:
    """Return probabilities over the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return raised / raised.sum(-1, keepdims=True)
