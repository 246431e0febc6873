"""What linking needs beside the claims, and what it did."""

import hashlib
from dataclasses import dataclass

from dateline.codebook.kinship import KinshipBook, load_kinship
from dateline.codebook.tables import Sources
from dateline.codebook.types import load_types
from dateline.linking.score import MODEL, Model, load_model
from dateline.linking.terms import FREQUENCIES, Frequencies, load_frequencies

VERSION = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkKit:
    """What linking needs beside the claims: kinship of types, weights of terms, the model; and their digest."""

    kinship: KinshipBook
    frequencies: Frequencies
    model: Model
    digest: str


@dataclass(slots=True, kw_only=True)
class LinkSummary:
    """What a run of linking did, counted; `decisions` are those of people that were new or taken back."""

    reports: int = 0
    episodes: int = 0
    pairs: int = 0
    decisions: int = 0


def load_link_kit(sources: Sources | None = None) -> LinkKit:
    """Load what linking needs; its digest tells whether a record was linked with just this."""
    sources = sources or Sources()
    kinship = load_kinship(sources, load_types(sources))
    digest = hashlib.sha256(VERSION.encode() + MODEL.read_bytes() + FREQUENCIES.read_bytes())
    groups = sorted((name, sorted(held)) for name, held in kinship.groups.items())
    digest.update(repr((sorted(kinship.effects), groups)).encode())
    return LinkKit(
        kinship=kinship, frequencies=load_frequencies(), model=load_model(), digest=digest.hexdigest()[:16]
    )
