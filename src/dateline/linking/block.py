"""Which episodes are compared at all: those that share a key, so that the cost stays near linear."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import floor
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dateline.linking.areas import area_of
from dateline.linking.episodes import Episode
from dateline.linking.table import Ints

# A cell of the place grid in degrees; two grids half a cell apart, so that near neighbours share a cell of one.
CELL = 0.5
PLACE_KM = 60.0
DAYS = 3
TERMS = 20
NAMES = 24
RARE = 4.0
# A name in so few reports is looked for over a year and more, another term within this many days.
RAREST = 8.5
WINDOW = 21
# A key that more episodes than this shared in the days before tells nothing of which occurrence is meant.
MOST = 60
# Rows that are compared in one go, which bounds memory.
CHUNK = 20_000
_ANY_TIME = 1
# More than any ordinal of a day, so that the days of one key never run into those of the next.
_SPAN = 8_000_000
EVER = 400


def keys_of(episode: Episode) -> tuple[int, ...]:
    """Return an episode's keys, unsigned 63-bit numbers: place and day, and rare words within a window of days."""
    parts = [*_place_keys(episode), *_term_keys(episode)]
    return tuple(sorted({_number(*part, episode.realm) for part in parts}))


def _number(*parts: object) -> int:
    text = "|".join(map(str, parts)).encode()
    wide = _ANY_TIME if parts[0] == "name" else 0
    return (crc32(text) << 31 | crc32(text[::-1], 7) >> 1) & 0x7FFF_FFFF_FFFF_FFFE | wide


def _place_keys(episode: Episode) -> Iterator[tuple[object, ...]]:
    area = area_of(episode.place)
    if area is None or area[2] > PLACE_KM:
        return
    first, last = episode.days or (episode.told - 1, episode.told)
    days = range(first - 1, last + 2) if last - first < DAYS else ()
    for half in (0.0, 0.5):
        cell = (floor(area[0] / CELL + half), floor(area[1] / CELL + half))
        for day in days:
            yield ("place", half, *cell, day)


def _term_keys(episode: Episode) -> Iterator[tuple[object, ...]]:
    heavy = sorted(episode.terms.words, key=lambda term: (-term[1], term[0]))[:TERMS]
    names = sorted(episode.terms.names, key=lambda term: (-term[1], term[0]))
    rare = [term for term, weight in names if weight >= RARE][:NAMES]
    for term in {term for term, _ in heavy} | set(rare):
        yield ("term", term)
    for term in [term for term, weight in names if weight >= RAREST][:NAMES]:
        yield ("name", term)


def reach_of(key: int) -> int:
    """Return how many days before itself an episode looks for others with this key."""
    return EVER if key & _ANY_TIME else WINDOW


def pairs_of(keys: NDArray[np.int64], rows: Ints, told: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield pairs of rows that share a key, chunk by chunk; no pair comes twice, the one told first is the first.

    `keys` and `rows` are parallel, `told` is the day of each row. By each key, a row is paired with those told within
    the key's reach before it (or on its day and of a lower number), unless they are more than `MOST`.
    """
    sequence = np.lexsort((rows, told[rows], keys))
    keys, rows = keys[sequence], rows[sequence]
    rank = np.cumsum(np.concatenate(([0], (keys[1:] != keys[:-1]).astype(np.int64)))) if len(keys) else keys
    line = rank * _SPAN + told[rows]
    reach = np.where(keys & _ANY_TIME, EVER, WINDOW)
    begin = np.searchsorted(line, line - reach, side="left")
    before = np.arange(len(keys)) - begin
    useful = np.flatnonzero((before > 0) & (before <= MOST))
    useful = useful[np.argsort(rows[useful], kind="stable")]
    edges = np.searchsorted(rows[useful], np.arange(0, len(told) + CHUNK, CHUNK))
    for low, high in pairwise(edges.tolist()):
        part = useful[low:high]
        counts = before[part]
        right = np.repeat(rows[part], counts)
        offset = np.arange(len(right)) - np.repeat(np.cumsum(counts) - counts, counts)
        left = rows[np.repeat(begin[part], counts) + offset]
        codes = np.unique(right * len(told) + left)
        if len(codes):
            yield codes % len(told), codes // len(told)


def flat_keys(episodes: Sequence[Episode]) -> tuple[NDArray[np.int64], Ints]:
    """Return all keys of these episodes and the row of each."""
    found = [keys_of(episode) for episode in episodes]
    rows = np.repeat(np.arange(len(found)), [len(keys) for keys in found])
    return np.fromiter((key for keys in found for key in keys), np.int64, len(rows)), rows
