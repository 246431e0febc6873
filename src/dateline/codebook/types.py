"""The event types: definitions, what they map to in other codebooks, examples that the tests run."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, ValidationError

from dateline.codebook.tables import Sources


class Example(BaseModel):
    """A sentence; `trigger` is the words that tell of the event, null in a counterexample."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    text: str
    trigger: str | None = None


class EventType(BaseModel):
    """One event type; an empty string stands where another codebook has nothing that fits.

    `befalls` is the side that any event of this type befalls, so that a report need not name it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    definition: str
    excludes: str
    acled: str
    plover: str
    cameo: str
    muc4: str
    befalls: str | None = None
    examples: tuple[Example, ...]
    counterexamples: tuple[Example, ...]


def load_types(sources: Sources) -> Mapping[str, EventType]:
    """Read types.toml; every missing or unknown key is a fault."""
    found: dict[str, EventType] = {}
    for name, table in sources.toml("types.toml").items():
        try:
            found[name] = EventType.model_validate(table)
        except ValidationError as error:
            for detail in error.errors():
                where = ".".join(str(part) for part in detail["loc"])
                sources.fault("types.toml", f"{name}.{where}", detail["msg"])
    return found
