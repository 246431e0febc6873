"""Find the words that name a weapon or another means of attack."""

from dataclasses import dataclass

from dateline.codebook.quantities import QuantityBook
from dateline.reading.tokens import Parse


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
        if not verb:
            found.append(
                InstrumentMention(
                    first=at, last=last, id=instrument.id, name=instrument.name, means=instrument.means
                )
            )
        at = last + 1
    return tuple(found)
