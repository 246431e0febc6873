"""Take from the encoder's numbers what each head reads, as characters of the report."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from dateline.reading.encoder import (
    CUE,
    TOPONYM,
    Encoded,
    sigmoid,
    softmax,
)
from dateline.reading.encoder_windows import Window

Chars = tuple[tuple[int, int], ...]
# Levels of probability, set on the part of PolNeAR's training articles that was kept out of training.
SURE_OF_CUE = 0.4  # of a cue's first word, where the encoder reads alone
SURE_OF_LINK = 0.5
SURE_OF_CUE_WORD = 0.7
SURE_OF_RUN = 0.34  # of each word of a cue, weighed by its grammar too
SURE_ALONE = 0.85  # of a cue's first word by the encoder alone, whatever its grammar: a rare verb, a headline
HEARD = 0.15  # of any word of a run by the encoder alone, below which its links mean nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """An attribution as the encoder reads it: probability of its cue, and characters of its parts (half-open)."""

    surety: float
    cue: Chars
    source: Chars
    content: Chars
    window: tuple[int, int]


def spoken_in(encoded: Encoded, odds: Mapping[int, float] | None = None) -> tuple[Spoken, ...]:
    """Return the attributions of a report, by the place of their cues.

    `odds` are the probabilities of words, by where they start, to belong to a cue: then a cue is a run of likely words.
    Without them it is where the encoder begins one, with the words that it links to it.
    """
    found = []
    for window, tokens, links in zip(encoded.windows, encoded.tokens, encoded.links, strict=True):
        real = np.array(window.starts) >= 0
        whole = (min(s for s in window.starts if s >= 0), max(window.ends))
        # A word's first piece speaks for the word.
        first = {int(word): i for i, word in reversed(list(enumerate(window.words)))}
        speaks = [first[int(word)] for word in window.words]
        for at, own, surety, likely in _heads(window, softmax(tokens[:, CUE]), speaks, odds):
            linked = sigmoid(links[:, at])[:, speaks]
            parts = (linked[0] > SURE_OF_CUE_WORD) & likely | own, *(linked[1:] > SURE_OF_LINK)
            cue, source, content = (_chars(window, part & real) for part in parts)
            if content:
                found.append(Spoken(surety=surety, cue=cue, source=source, content=content, window=whole))
    return tuple(sorted(found, key=lambda one: (one.cue, one.content)))


def _heads(
    window: Window, tags: Any, speaks: list[int], odds: Mapping[int, float] | None
) -> Iterator[tuple[int, Any, float, Any]]:
    """Yield each cue: the piece whose links are its own, its pieces, its probability, and what may belong to it."""
    words, real = np.array(window.words), np.array(window.starts) >= 0
    begins = np.where((np.array(window.starts) == words) & real, tags[:, 1], -1.0)
    if odds is None:
        for at in np.flatnonzero(begins > SURE_OF_CUE):
            yield int(at), words == words[at], float(begins[at]), real
        return
    alone = np.where(begins > SURE_ALONE, begins, 0.0)[speaks]
    sure = np.maximum(alone, [odds.get(int(word), 0.0) for word in words]) * real
    likely = sure > SURE_OF_RUN
    edges = np.flatnonzero(np.diff(np.concatenate(([0], likely.astype(int), [0]))))
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        own = np.zeros(len(words), dtype=bool)
        own[start:stop] = True
        if 1 - tags[own, 0].min() > HEARD:
            yield int(np.where(own, begins, -2.0).argmax()), own, float(sure[own].max()), likely


def cue_odds(encoded: Encoded) -> dict[int, float]:
    """Return by the start of each word how likely it belongs to a cue."""
    out: dict[int, float] = {}
    for window, tokens in zip(encoded.windows, encoded.tokens, strict=True):
        odds = 1 - softmax(tokens[:, CUE])[:, 0]
        for start, word, value in zip(window.starts, window.words, odds, strict=True):
            if start >= 0 and start == word:
                out[start] = float(value)
    return out


def toponyms_in(encoded: Encoded) -> tuple[tuple[int, int, float], ...]:
    """Return place names as (start, end, probability of the least sure word)."""
    found: list[tuple[int, int, float]] = []
    for window, tokens in zip(encoded.windows, encoded.tokens, strict=True):
        found.extend(tag_spans(window, softmax(tokens[:, TOPONYM])))
    return tuple(found)


def tag_spans(window: Window, odds: Any) -> Iterator[tuple[int, int, float]]:
    """Yield the spans of begin and inside tags (columns 1 and 2), of whole words."""
    tags = odds.argmax(-1)
    held: list[int] = []
    for i, tag in enumerate([*tags, 0]):
        inside = i < len(tags) and window.starts[i] >= 0
        goes_on = inside and held and (tag == 2 or window.words[i] == window.words[held[-1]])
        if held and not goes_on:
            yield window.starts[held[0]], window.ends[held[-1]], float(min(1 - odds[j, 0] for j in held))
            held = []
        if goes_on or (inside and tag == 1):
            held.append(i)


def _chars(window: Window, chosen: Any) -> Chars:
    """Return the runs of chosen pieces as characters."""
    runs: list[list[int]] = []
    open_run = False
    for i, start in enumerate(window.starts):
        if start < 0:
            open_run = False
        elif chosen[i]:
            if open_run:
                runs[-1][1] = window.ends[i]
            else:
                runs.append([start, window.ends[i]])
            open_run = True
        else:
            open_run = False
    return tuple((start, end) for start, end in runs)
