"""Episodes as columns, so that many pairs are compared at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from dateline.codebook.kinship import KinshipBook
from dateline.linking.areas import area_of
from dateline.linking.episodes import Episode

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
UNKNOWN = -1
_BITS = 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One row an episode; unknown numbers are NaN, unknown days, countries and outlets -1, sets are bits.

    `types`, and those that a type is kin to as deed and effect, in a family or in a group, are bits by the order of
    type names. `words` has rows of unit length; the product of two rows of `names` is the information, in nats, of
    the names that they share.
    """

    realm: Ints
    report: Ints
    outlet: Ints
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
    rarity: Floats
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


Row = tuple[Any, ...]
# The columns of a row, in order: those of the table that are no kin, then words and names as pairs of arrays in bytes.
ROW = ("realm", "report", "outlet", "types", "first", "last", "told", "country", "lat", "lon", "radius", "rarity", "killed",
       "killed_high", "wounded", "wounded_high", "actors", "targets", "words", "names")  # fmt: skip
_FLOATS = frozenset(("lat", "lon", "radius", "rarity", "killed", "killed_high", "wounded", "wounded_high"))
# Term numbers have 32 bits; a column of a sparse matrix has 31.
_COLUMNS = 2**31 - 1


def row_of(episode: Episode, report: int, kinship: KinshipBook) -> Row:
    """Return an episode as a row, which a database can keep; `report` is any number of its report."""
    area = area_of(episode.place) or (None, None, None)
    tolls = {measure: (low, inf if high is None else high) for measure, low, high in episode.figures}
    bits = type_bits(kinship)
    return (
        int(episode.realm == "told"), report,
        UNKNOWN if episode.outlet is None else crc32(episode.outlet.casefold().encode()),
        _or(bits.get(kind, 0) for kind in episode.types),
        *(episode.days or (UNKNOWN, UNKNOWN)), episode.told,
        UNKNOWN if episode.country is None else crc32(episode.country.encode()), *area, episode.rarity,
        *tolls.get("killed", (None, None)), *tolls.get("wounded", (None, None)),
        _or(1 << crc32(side.encode()) % _BITS for side in episode.actors),
        _or(1 << crc32(side.encode()) % _BITS for side in episode.targets),
        _packed(episode.terms.words), _packed([(term, weight**0.5) for term, weight in episode.terms.names]),
    )  # fmt: skip


def type_bits(kinship: KinshipBook) -> dict[str, int]:
    """Return the bit of each event type that may be joined, by the order of names."""
    return {name: 1 << number for number, name in enumerate(sorted(kinship.groups))}


def table_of(rows: Sequence[Row], kinship: KinshipBook) -> Table:
    """Return the table of these rows, in their order."""
    by_name = dict(zip(ROW, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(ROW, ())
    columns: dict[str, Any] = {
        name: np.array(by_name[name], np.float64 if name in _FLOATS else np.int64) for name in ROW[:-2]
    }
    columns |= {name: _matrix(by_name[name]) for name in ROW[-2:]}
    columns |= _kin(columns["types"], kinship)
    return Table(**columns)


def _kin(types: Ints, kinship: KinshipBook) -> dict[str, Ints]:
    """Return the types that each row's types are kin to, by the kind of kinship."""
    bits = type_bits(kinship)
    level = {"effect": "effects", "family": "families", "group": "groups"}
    found = {name: np.zeros(len(types), np.int64) for name in level.values()}
    for name, bit in bits.items():
        held = (types & bit) != 0
        if not held.any():
            continue
        for kind, column in level.items():
            found[column][held] |= _or(bits[other] for other in bits if kinship.kinship(name, other) == kind)
    return found


def _or(masks: Iterable[int]) -> int:
    total = 0
    for mask in masks:
        total |= mask
    return total


def _packed(terms: Sequence[tuple[int, float]]) -> bytes:
    merged: dict[int, float] = {}
    for term, weight in terms:
        merged[term >> 1] = merged.get(term >> 1, 0.0) + weight
    numbers = np.array(sorted(merged), np.int32)
    return numbers.tobytes() + np.array([merged[term] for term in sorted(merged)], np.float32).tobytes()


def _matrix(packed: Sequence[bytes]) -> csr_matrix:
    """Return a sparse matrix whose columns are term numbers."""
    halves = [len(terms) // 2 for terms in packed]
    numbers = b"".join(terms[:half] for terms, half in zip(packed, halves, strict=True))
    weights = b"".join(terms[half:] for terms, half in zip(packed, halves, strict=True))
    starts = np.concatenate(([0], np.cumsum(np.array(halves, np.int64) // 4)))
    parts = (np.frombuffer(weights, np.float32), np.frombuffer(numbers, np.int32), starts.astype(np.int32))
    return csr_matrix(parts, shape=(len(packed), _COLUMNS))
