"""Read a MUC-4 message with Dateline: its header becomes a dateline, its wrapped lines paragraphs."""

import re
from dataclasses import dataclass

from benchmarks.quality.muc4_keys import Message
from benchmarks.quality.reader import read_with
from dateline.model.reading import Reading
from dateline.reading.kit import Kit

_WRAP = re.compile(r"(?<!\n)\n(?!\s*\n)[ \t]*")
_TOWN = re.compile(r"^\s*([A-Z][A-Z .'-]+?)\s*(?:\([A-Z ]+\)\s*)?(?:,|\d)")
# What datelines of broadcasts say in place of a town.
_NO_TOWN = frozenset(("CLANDESTINE", "NO CITY"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A message with the reading of its text."""

    message: Message
    reading: Reading


def text_of(message: Message) -> str:
    """Return the text that is read: the town of the header as a dateline, the body with its lines unwrapped.

    The square brackets of the corpus hold glosses of its editors and become round ones.
    """
    town = _TOWN.match(message.header)
    lead = f"{town[1].strip()} -- " if town is not None and town[1].strip() not in _NO_TOWN else ""
    body = _WRAP.sub(" ", message.body).replace("[", "(").replace("]", ")")
    return lead + body


def read_message(message: Message, kit: Kit) -> Told | None:
    """Read a message; null where it has no text."""
    reading = read_with(kit, text_of(message), published=message.published)
    return Told(message=message, reading=reading) if reading is not None else None
