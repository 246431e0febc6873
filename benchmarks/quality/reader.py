"""Read texts as Dateline is shipped, with its trained parts on or off where it has a switch for them."""

import argparse
import inspect
from datetime import date
from typing import Any

from dateline.intake.arrival import Arrival
from dateline.intake.read import read_text
from dateline.model.reading import Reading
from dateline.reading.kit import Kit, load_kit
from dateline.run.local import read_arrival
from dateline.settings import Settings


def add_models(parser: argparse.ArgumentParser) -> None:
    """Add the option that switches the trained parts of the reading."""
    parser.add_argument(
        "--models", choices=("on", "off"), default="on", help="read with the trained parts or by rules alone"
    )


def kit_of(models: str) -> Kit:
    """Load the kit with the trained parts on or off; as it is where it has no such switch."""
    switch: dict[str, Any] = {}
    if "models" in inspect.signature(load_kit).parameters:
        switch["models"] = models == "on"
    return load_kit(**switch)


def read_with(
    kit: Kit, text: str, *, published: date | None = None, publisher: str | None = None
) -> Reading | None:
    """Read a text as `dateline.read` does; null where the intake takes none (an empty text)."""
    settings = Settings(published=published, publisher=publisher)
    arrived = read_text(text, name="the text", settings=settings)
    return read_arrival(arrived, kit, settings) if isinstance(arrived, Arrival) else None
