"""The claims of one report that tell of one occurrence, taken together: the unit that is joined across reports."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from dateline.codebook.kinship import KinshipBook
from dateline.linking.areas import area_of, days_apart, days_of, places_apart
from dateline.linking.terms import Frequencies, Terms, names_of, number_of, weigh, words_of
from dateline.model.reading import Claim
from dateline.model.text import Report
from dateline.model.values import Place

Realm = Literal["told", "untold"]
# What is planned, threatened or supposed is no occurrence; it is joined only with its like.
UNTOLD = frozenset(("intended", "threatened", "hypothetical"))
# How far back a claim without place and time looks for the occurrence that it goes on telling of, in characters.
NEAR = 1_200
_BREAK = re.compile(r"\n\s*\n|(?<=[.!?…][\"”’)\s])\s+(?=[A-Z\"“‘(])")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One occurrence as one report tells it.

    `claims` are the ids of its claims in the order of the text, the first of which names it. `types` are those of the
    deed, or of its effects where no deed is told. `days` are ordinals, `told` the ordinal of the day it was told.
    `place` is the most precise place of its claims; `figures` (measure, low, high) the largest of each measure;
    `actors` and `targets` are sides. `lead` marks the occurrence that the report opens with. `rarity` is the weight of
    the place's name in nats: that both name a village tells more than that both name a capital.
    """

    id: str
    report: str
    outlet: str | None
    claims: tuple[str, ...]
    types: tuple[str, ...]
    realm: Realm
    days: tuple[int, int] | None
    told: int
    place: Place | None
    country: str | None
    figures: tuple[tuple[str, int, int | None], ...]
    actors: frozenset[str]
    targets: frozenset[str]
    terms: Terms
    lead: bool
    rarity: float


@dataclass(slots=True)
class _Draft:
    claims: list[Claim] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)


def episodes_of(
    report: Report,
    claims: Sequence[Claim],
    told: int,
    kinship: KinshipBook,
    frequencies: Frequencies,
    part: Callable[[str, str], bool] | None = None,
) -> tuple[Episode, ...]:
    """Sort a report's claims into the occurrences that they tell of; `told` is the day of publication, an ordinal.

    A claim joins the occurrence told last before it with which it agrees in realm, kind, day, place, sides and
    figures, unless a person said that they are two (`part` of their ids). The text is shared out among the
    occurrences, each piece to the one told in it or last before it, and its words describe that occurrence.
    """
    wanted = [claim for claim in claims if claim.type != "state.statement"]
    drafts: list[_Draft] = []
    for claim in sorted(wanted, key=lambda claim: claim.trigger.start):
        fitting = [draft for draft in drafts if _fits(draft, claim, kinship, part)]
        chosen = max(fitting, key=lambda draft: draft.claims[-1].trigger.start, default=None)
        if chosen is None:
            chosen = _Draft()
            drafts.append(chosen)
        chosen.claims.append(claim)
    _share_out(report.text, report.title or "", drafts)
    return tuple(
        _episode(draft, report, told, kinship, frequencies, lead=number == 0)
        for number, draft in enumerate(drafts)
    )


def principal(episodes: Sequence[Episode]) -> Episode | None:
    """Return the episode that a report is about: the first told as done, else the first; null if there is none."""
    return next(
        (episode for episode in episodes if episode.realm == "told"), episodes[0] if episodes else None
    )


def _fits(draft: _Draft, claim: Claim, kinship: KinshipBook, part: Callable[[str, str], bool] | None) -> bool:
    if any(not _agree(other, claim, kinship) for other in draft.claims):
        return False
    if part is not None and any(part(other.id, claim.id) for other in draft.claims):
        return False
    last = draft.claims[-1]
    near = claim.trigger.start - last.trigger.end <= NEAR
    told_alike = any(
        (other.place is not None and claim.place is not None)
        or (other.time is not None and claim.time is not None)
        for other in draft.claims
    )
    return near or told_alike


def _agree(left: Claim, right: Claim, kinship: KinshipBook) -> bool:
    if (left.reality in UNTOLD) != (right.reality in UNTOLD):
        return False
    if kinship.kinship(left.type, right.type) == "none":
        return False
    if days_apart(days_of(left), days_of(right)) or places_apart(left.place, right.place):
        return False
    if left.country and right.country and left.country != right.country:
        return False
    if _sides_apart(left, right):
        return False
    return not _figures_apart(left, right)


def _sides_apart(left: Claim, right: Claim) -> bool:
    ours = {filler.side for filler in left.actors if filler.side}
    theirs = {filler.side for filler in right.actors if filler.side}
    return bool(ours and theirs and not ours & theirs)


def _figures_apart(left: Claim, right: Claim) -> bool:
    """Whether one report gives two numbers for the same toll; parts of a whole are counted of narrower people."""
    theirs = {(figure.measure, figure.of): figure for figure in right.figures}
    for figure in left.figures:
        other = theirs.get((figure.measure, figure.of))
        if other is None or 1 in (figure.low, other.low):
            continue
        high, other_high = figure.high or 10 * figure.low, other.high or 10 * other.low
        if figure.low > other_high or other.low > high:
            return True
    return False


def _share_out(text: str, title: str, drafts: Sequence[_Draft]) -> None:
    if not drafts:
        return
    starts = sorted(
        (span.start, number)
        for number, draft in enumerate(drafts)
        for claim in draft.claims
        for span in (claim.trigger, *claim.tellings)
    )
    owner, at, index = 0, 0, 0
    for end in (*(match.end() for match in _BREAK.finditer(text)), len(text)):
        while index < len(starts) and starts[index][0] < end:
            if starts[index][0] >= at:
                owner = starts[index][1]
            index += 1
        drafts[owner].pieces.append(text[at:end])
        at = end
    if title and title not in text[: len(title) + 200]:
        drafts[0].pieces.append(title)


def _episode(
    draft: _Draft, report: Report, told: int, kinship: KinshipBook, frequencies: Frequencies, *, lead: bool
) -> Episode:
    claims = draft.claims
    types = tuple(dict.fromkeys(claim.type for claim in claims))
    deeds = tuple(kind for kind in types if kind not in kinship.effects)
    # What a report opens with is what it is about: the rest is told for its sake and describes it too.
    text = report.text if lead else " ".join(draft.pieces)
    place = min((claim.place for claim in claims if claim.place), key=_sharpness, default=None)
    return Episode(
        id=claims[0].id,
        report=report.id,
        outlet=report.publisher,
        claims=tuple(claim.id for claim in claims),
        types=deeds or types,
        realm="untold" if claims[0].reality in UNTOLD else "told",
        days=min((days for claim in claims if (days := days_of(claim))), key=_width, default=None),
        told=told,
        place=place,
        country=next((claim.country for claim in claims if claim.country), None),
        figures=_figures(claims),
        actors=frozenset(filler.side for claim in claims for filler in claim.actors if filler.side),
        targets=frozenset(filler.side for claim in claims for filler in claim.targets if filler.side),
        terms=weigh(words_of(text), names_of(text), frequencies, places=_place_words(place)),
        lead=lead,
        rarity=max((frequencies.weight(term) for term in _place_words(place)), default=0.0),
    )


def _sharpness(place: Place) -> tuple[bool, bool, int, float]:
    area = area_of(place)
    return (place.basis == "context", area is None, place.precision or 9, area[2] if area else 0.0)


def _width(days: tuple[int, int]) -> int:
    return days[1] - days[0]


def _figures(claims: Sequence[Claim]) -> tuple[tuple[str, int, int | None], ...]:
    best: dict[str, tuple[int, int | None]] = {}
    for claim in claims:
        for figure in claim.figures:
            if figure.measure not in best or figure.low > best[figure.measure][0]:
                best[figure.measure] = (figure.low, figure.high)
    return tuple((measure, low, high) for measure, (low, high) in sorted(best.items()))


def _place_words(place: Place | None) -> frozenset[int]:
    names = (place.name, place.span.quote) if place else ()
    return frozenset(number_of(word) for name in names for word in _WORD.findall(name))
