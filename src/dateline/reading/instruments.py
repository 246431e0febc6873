"""Find the words that name a weapon or another means of attack."""

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.codebook.quantities import QuantityBook
from dateline.reading.tokens import Parse, Token

_SERVICES = frozenset(
    {"squad", "disposal", "clearance", "action", "sweeper", "sweepers", "shelter", "shelters"}
)
_STRUCTURES = frozenset({"barrage"})  # a dam, when it closes a name


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentMention:
    """A named weapon or means: token indexes first..last, the codebook's name for it, and its means.

    `means` is one of air, shelling, explosive, suicide, chemical, small_arms, melee.
    """

    first: int
    last: int
    id: str
    name: str
    means: str


def find_instruments(parse: Parse, book: QuantityBook) -> tuple[InstrumentMention, ...]:
    """Return the instruments of a text in order; the longest name wins ("car bomb", not "bomb").

    Words that are verbs in the parse ("mine", "shell", "rocket" can be) name no instrument.
    """
    tokens, found, at = parse.tokens, list[InstrumentMention](), 0
    while at < len(tokens):
        match = book.instruments.longest(tokens, at)
        if match is None:
            at += 1
            continue
        last, instrument = match
        verb = last == at and tokens[at].pos == "VERB" and tokens[at].lower not in ("shelling", "bombing")
        if not verb and not _is_named(tokens, at, last, book):
            found.append(
                InstrumentMention(
                    first=at, last=last, id=instrument.id, name=instrument.name, means=instrument.means
                )
            )
        at = last + 1
    return tuple(found)


def _is_named(tokens: Sequence[Token], first: int, last: int, book: QuantityBook) -> bool:
    """Whether the words belong to another name: "Strategic Rocket Forces", "bomb squad", "Nasiriyah Barrage"."""
    after = (
        tokens[last + 1] if last + 1 < len(tokens) and tokens[last + 1].sent == tokens[last].sent else None
    )
    if after is not None and after.lower in _SERVICES:
        return True
    if not tokens[first].true[:1].isupper() or tokens[first].pos != "PROPN":
        return False
    for token in tokens[last + 1 : last + 4]:
        if token.sent != tokens[last].sent or not token.true[:1].isupper():
            break
        if token.lower in book.organisations:
            return True
    before = tokens[first - 1] if first and tokens[first - 1].sent == tokens[first].sent else None
    return tokens[last].lower in _STRUCTURES and before is not None and before.pos == "PROPN"
