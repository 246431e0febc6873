"""Who acts and whom it befalls in an event, as states, groups and civilians."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from dateline.codebook.actors import CIVILIANS
from dateline.export.book import ExportBook
from dateline.export.summary import standing_entries
from dateline.export.words import filler_words
from dateline.model.event import Event

PartyKind = Literal["state", "group", "civilians"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A side that takes part: its codebook id (a country code for a state), name, kind, and the words it is told in."""

    side: str
    name: str
    kind: PartyKind
    told: str


CIVILIAN_PARTY = Party(side=CIVILIANS, name="Civilians", kind="civilians", told="civilians")


def parties(event: Event, role: Literal["actors", "targets"], book: ExportBook) -> tuple[Party, ...]:
    """Return the known sides in a role, those of most claims first, then by side id; unknown sides are left out.

    Claims that deny the event, and claims that a person rejected, do not count.
    """
    counted: Counter[str] = Counter()
    told: dict[str, str] = {}
    for entry in standing_entries(event):
        if entry.claim.polarity == "negative":
            continue
        fillers = entry.claim.actors if role == "actors" else entry.claim.targets
        sides = {filler.side: filler for filler in reversed(fillers) if filler.side}
        for side, filler in sides.items():
            counted[side] += 1
            told.setdefault(side, filler_words(filler))
    ordered = sorted(counted, key=lambda side: (-counted[side], side))
    return tuple(_party(side, told[side], book) for side in ordered)


def _party(side: str, told: str, book: ExportBook) -> Party:
    if side == CIVILIANS:
        return replace(CIVILIAN_PARTY, told=told)
    if side in book.states:
        return Party(side=side, name=book.states[side].name, kind="state", told=told)
    actor = book.actors.actors.get(side)
    return Party(side=side, name=actor.name if actor else told, kind="group", told=told)


def rebels(side: str, country: str | None, book: ExportBook) -> bool:
    """Say whether a group stands in a war of the codebook against the state of a country."""
    return country is not None and any(country in camps.against(side) for camps in book.actors.camps)
