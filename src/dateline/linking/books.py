"""What comparing needs of the codebook: actors, outlets, and its words for sources, tolls and titles."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dateline.codebook.actors import ActorBook
from dateline.codebook.actors_load import load_actors
from dateline.codebook.comparing import CompareBook, load_comparing
from dateline.codebook.lexicon import load_structures
from dateline.codebook.outlets import OutletBook, load_outlets
from dateline.codebook.tables import PACKAGED, Sources
from dateline.errors import CodebookError


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """The books of the codebook that origins, ranges, contradictions and titles are read from; immutable.

    `structures` maps a noun of a thing built to its class.
    """

    actors: ActorBook
    outlets: OutletBook
    comparing: CompareBook
    structures: Mapping[str, str]


@cache
def load_books(folders: tuple[Path, ...] = ()) -> Books:
    """Load the packaged books with a user's folders over them; raises CodebookError that lists every fault."""
    sources = Sources(folders=(PACKAGED, *folders))
    books = Books(
        actors=load_actors(sources), outlets=load_outlets(sources), comparing=load_comparing(sources),
        structures=load_structures(sources),
    )  # fmt: skip
    if sources.faults:
        faults = "\n".join(f"  {fault}" for fault in sources.faults)
        raise CodebookError(f"the codebook has {len(sources.faults)} faults:\n{faults}")
    return books
