"""Episodes as columns, so that many pairs are compared at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from dateline.codebook.kinship import KinshipBook
from dateline.linking.areas import radius_of
from dateline.linking.episodes import Episode

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
UNKNOWN = -1
_BITS = 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One row an episode; unknown numbers are NaN, unknown days and countries -1, sets are bits.

    `types`, and those that a type is kin to as deed and effect, in a family or in a group, are bits by the order of
    type names. `words` has rows of unit length; the product of two rows of `names` is the information, in nats, of
    the names that they share.
    """

    realm: Ints
    report: Ints
    types: Ints
    effects: Ints
    families: Ints
    groups: Ints
    first: Ints
    last: Ints
    told: Ints
    country: Ints
    lat: Floats
    lon: Floats
    radius: Floats
    killed: Floats
    killed_high: Floats
    wounded: Floats
    wounded_high: Floats
    actors: Ints
    targets: Ints
    words: csr_matrix
    names: csr_matrix

    def __len__(self) -> int:
        return len(self.told)


def table_of(episodes: Sequence[Episode], kinship: KinshipBook) -> Table:
    """Return the table of these episodes, in their order."""
    count = len(episodes)
    ints = {name: np.full(count, UNKNOWN, np.int64) for name in _INTS}
    floats = {name: np.full(count, np.nan) for name in _FLOATS}
    kin = _kin(kinship)
    for row, episode in enumerate(episodes):
        ints["realm"][row] = episode.realm == "told"
        ints["report"][row] = crc32(episode.report.encode())
        for name, masks in kin.items():
            ints[name][row] = _or(masks.get(kind, 0) for kind in episode.types)
        if episode.days is not None:
            ints["first"][row], ints["last"][row] = episode.days
        ints["told"][row] = episode.told
        if episode.country is not None:
            ints["country"][row] = crc32(episode.country.encode())
        ints["actors"][row] = _or(1 << crc32(side.encode()) % _BITS for side in episode.actors)
        ints["targets"][row] = _or(1 << crc32(side.encode()) % _BITS for side in episode.targets)
        _fill_floats(floats, row, episode)
    words = [dict(episode.terms.words) for episode in episodes]
    names = [{term: weight**0.5 for term, weight in episode.terms.names} for episode in episodes]
    columns: dict[str, Any] = {**ints, **floats, "words": _matrix(words), "names": _matrix(names)}
    return Table(**columns)


_INTS = ("realm", "report", "types", "effects", "families", "groups", "first", "last", "told", "country",
         "actors", "targets")  # fmt: skip
_FLOATS = ("lat", "lon", "radius", "killed", "killed_high", "wounded", "wounded_high")


def _fill_floats(floats: dict[str, Floats], row: int, episode: Episode) -> None:
    place = episode.place
    radius = radius_of(place) if place else None
    if place is not None and radius is not None:
        floats["lat"][row], floats["lon"][row], floats["radius"][row] = place.lat, place.lon, radius
    for measure, low, high in episode.figures:
        if measure in ("killed", "wounded"):
            floats[measure][row] = low
            floats[f"{measure}_high"][row] = np.inf if high is None else high


def _kin(kinship: KinshipBook) -> dict[str, dict[str, int]]:
    names = sorted(kinship.groups)
    bits = {name: 1 << number for number, name in enumerate(names)}
    masks: dict[str, dict[str, int]] = {"types": bits, "effects": {}, "families": {}, "groups": {}}
    level = {"effect": "effects", "family": "families", "group": "groups"}
    for name in names:
        for other in names:
            kin = level.get(kinship.kinship(name, other))
            if kin is not None:
                masks[kin][name] = masks[kin].get(name, 0) | bits[other]
    return masks


def _or(masks: Iterable[int]) -> int:
    total = 0
    for mask in masks:
        total |= mask
    return total


def _matrix(rows: Sequence[dict[int, float]]) -> csr_matrix:
    """Return a sparse matrix; its columns are the terms that occur, numbered anew."""
    lengths = np.fromiter((len(row) for row in rows), np.int64, len(rows))
    terms = np.fromiter((term for row in rows for term in row), np.int64, int(lengths.sum()))
    weights = np.fromiter((weight for row in rows for weight in row.values()), np.float32, len(terms))
    known, columns = np.unique(terms, return_inverse=True)
    starts = np.concatenate(([0], np.cumsum(lengths)))
    matrix = csr_matrix((weights, columns, starts), shape=(len(rows), max(len(known), 1)))
    matrix.sort_indices()
    return matrix
