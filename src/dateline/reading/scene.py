"""All that earlier steps found in a report, indexed by token, and the classes of a token that frames ask for."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from dateline.codebook.actors import word_key
from dateline.model.text import Report
from dateline.reading.encoder import Encoded
from dateline.reading.instruments import InstrumentMention
from dateline.reading.kit import Kit
from dateline.reading.mentions import (
    ActorMention,
    AttributionMention,
    FigureMention,
    Layout,
    LossMention,
    PlaceMention,
    TimeMention,
)
from dateline.reading.roles import is_verbal
from dateline.reading.tokens import Parse, Token

PLACE_NOUNS = frozenset(
    (
        "area part swathe swath territory land town city village district region settlement ground half "
        "outskirt suburb province oblast capital island border percent hill height neighbourhood hamlet "
        "neighborhood stretch"
    ).split()
)
GROUND_NOUNS = frozenset("approach water route road field forest shore beach sea coast farmland".split())
CROWDS = frozenset("thousands hundreds dozens scores many others crowds crowd".split())
BEFORE = frozenset(("after", "following", "since", "because", "amid", "as"))
STRIKE_NOUNS = frozenset(
    (
        "strike airstrike attack shelling bombardment bombing barrage blast explosion raid salvo "
        "rocketing detonation missile rocket shell bomb drone mine grenade fire shrapnel bang boom"
    ).split()
)
MOVE_NOUNS = frozenset(
    "advance offensive invasion assault retreat onslaught push convoy column withdrawal movement".split()
)
CAPTIVE_NOUNS = frozenset("prisoner pow captive hostage detainee mercenary defender prisoners-of-war".split())
MILITARY = frozenset(
    "military command observation ammunition ammo weapon weapons arms combat defensive training army naval".split()
)
UNIT_NOUNS = frozenset(
    (
        "unit brigade battalion regiment division company squad platoon detachment fleet crew group "
        "formation contingent garrison militia personnel army military battlegroup corps"
    ).split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the steps before the events found, in text order."""

    actors: tuple[ActorMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    figures: tuple[FigureMention, ...] = ()
    losses: tuple[LossMention, ...] = ()
    instruments: tuple[InstrumentMention, ...] = ()
    attributions: tuple[AttributionMention, ...] = ()


@dataclass(slots=True, kw_only=True)
class Scene:
    """A report's parse with all that was found in it, looked up by token index.

    `heard` is the encoder's grade of each word's factuality by its first character; empty where none reads.
    """

    report: Report
    layout: Layout
    parse: Parse
    found: Found
    kit: Kit
    actor_heads: dict[int, ActorMention] = field(default_factory=dict)
    actor_cover: dict[int, ActorMention] = field(default_factory=dict)
    place_cover: dict[int, PlaceMention] = field(default_factory=dict)
    instrument_cover: dict[int, InstrumentMention] = field(default_factory=dict)
    figures_at: dict[int, list[FigureMention]] = field(default_factory=dict)
    losses_at: dict[int, list[LossMention]] = field(default_factory=dict)
    time_cover: set[int] = field(default_factory=set)
    places_in: dict[int, list[PlaceMention]] = field(default_factory=dict)
    times_in: dict[int, list[TimeMention]] = field(default_factory=dict)
    said_in: dict[int, list[tuple[int, AttributionMention]]] = field(default_factory=dict)
    said_by_cue: dict[int, list[tuple[int, AttributionMention]]] = field(default_factory=dict)
    lands: frozenset[str] = frozenset()
    heard: Mapping[int, float] = field(default_factory=dict)
    encoded: Encoded | None = None
    loss_nouns: set[int] = field(default_factory=set)
    _named: dict[str, list[int]] = field(default_factory=dict)
    _classes: dict[int, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for actor in self.found.actors:
            self.actor_heads.setdefault(actor.head.i, actor)
            for index in range(actor.first, actor.last + 1):
                self.actor_cover.setdefault(index, actor)
        for place in self.found.places:
            for index in range(place.first, place.last + 1):
                self.place_cover[index] = place
        for time in self.found.times:
            self.time_cover.update(range(time.first, time.last + 1))
        self._index_sentences()
        for instrument in self.found.instruments:
            for index in range(instrument.first, instrument.last + 1):
                self.instrument_cover[index] = instrument
        for figure in self.found.figures:
            self.figures_at.setdefault(figure.predicate.i, []).append(figure)
        for loss in self.found.losses:
            self.losses_at.setdefault(loss.predicate.i, []).append(loss)
            self.loss_nouns.add(loss.noun.i)

    def _index_sentences(self) -> None:
        """Index what was found by sentence, so that a long report costs no more a word than a short one."""
        tokens = self.parse.tokens
        for place in self.found.places:
            self.places_in.setdefault(tokens[place.last].sent, []).append(place)
        for time in self.found.times:
            self.times_in.setdefault(tokens[time.last].sent, []).append(time)
        for number, mention in enumerate(self.found.attributions):
            sentences = {
                sentence
                for first, last in mention.contents
                for sentence in range(tokens[first].sent, tokens[last].sent + 1)
            }
            for sentence in sorted(sentences):
                self.said_in.setdefault(sentence, []).append((number, mention))
            if mention.cue is not None:
                self.said_by_cue.setdefault(mention.cue.i, []).append((number, mention))
        self.lands = frozenset(country for place in self.found.places if (country := place.place.country))

    def named_by(self, name: str | None) -> list[int]:
        """Return the heads of the mentions that name a person or body, in text order; pronouns left out."""
        if not self._named:
            for actor in self.found.actors:
                if actor.filler.name and not actor.pronoun:
                    self._named.setdefault(actor.filler.name, []).append(actor.head.i)
        return self._named.get(name or "", [])

    def sentence_at(self, offset: int) -> int:
        """Return the index of the last sentence that begins at or before an offset."""
        return max(bisect_right(self.parse.sentences, offset, key=lambda sentence: sentence.start) - 1, 0)

    def classes(self, token: Token) -> frozenset[str]:
        """Return the classes of a token that frames ask for; {"other"} where none fits."""
        known = self._classes.get(token.i)
        if known is None:
            known = self._classes[token.i] = frozenset(self._find_classes(token)) or frozenset(("other",))
        return known

    def _find_classes(self, token: Token) -> set[str]:
        found: set[str] = set()
        actor = self.actor_heads.get(token.i)
        if actor is not None:
            found |= self._actor_classes(actor)
        place = self.place_cover.get(token.i)
        if place is not None and place.use != "modifier":
            found.add("place")
            if place.place.precision == 6 or place.use == "actor":
                found.add("state")
        lemma = token.lemma
        if token.i in self.instrument_cover:
            found.add("weapon")
        if token.i in self.loss_nouns or self._is_equipment(token):
            found.add("equipment")
        built = self.kit.structures.get(token.lower) or self.kit.structures.get(lemma)
        if built and not (built == "civilian" and self._is_equipment(token, alone=False)):
            found.add("structure")  # an armoured car is none
        if lemma in PLACE_NOUNS:
            found.add("place")
        if lemma in GROUND_NOUNS:
            found.add("ground")
        if token.lower in CROWDS:
            found.add("people")
        if lemma in STRIKE_NOUNS and not is_verbal(token):
            found.add("strike")
        if lemma in MOVE_NOUNS:
            found.add("move")
            if lemma in ("convoy", "column"):
                found.add("equipment")
        if lemma in CAPTIVE_NOUNS or token.lower in ("pows", "pow"):
            found |= {"captive", "people"}
        if lemma in UNIT_NOUNS:
            found.add("unit")
        if lemma == "member" and any(
            inner is not None and self.classes(inner) & {"force", "combatant"}
            for inner in (prep.child("pobj") for prep in token.children if prep.lower == "of")
        ):
            found.add("combatant")
        if token.pos == "PRON" and not found:
            found |= {"-"}
        return found

    def _actor_classes(self, actor: ActorMention) -> set[str]:
        if actor.kind == "force":
            return {"force", "combatant"}
        if actor.kind == "civilians":
            return {"civilian", "people"}
        if actor.kind in ("government", "country"):
            return {"state"}
        if actor.kind == "organization":
            return {"unit"}
        return {"people"}

    def actor_at(self, token: Token) -> ActorMention | None:
        """Return the actor mention that a token heads, or that covers it as its head's own words."""
        actor = self.actor_heads.get(token.i)
        if actor is None:
            cover = self.actor_cover.get(token.i)
            if cover is not None and cover.head is token:
                actor = cover
        return actor

    def side(self, token: Token) -> str | None:
        """Return the side a token stands for: its actor's, its country's, or its owner's ("Russian missiles")."""
        actor = self.actor_at(token)
        if actor is not None and actor.filler.side is not None:
            return actor.filler.side
        place = self.place_cover.get(token.i)
        if place is not None and place.use != "locative":
            return place.place.country
        own = self.demonym_side(token)
        if own is not None:
            return own
        for child in token.children:
            if child.tag == "JJ" and child.lower == "military" and not child.children:
                continue  # "a military base" is no part of the military that is told of
            if child.i < token.i and child.dep in ("amod", "poss", "compound", "nmod"):
                side = self.side(child)
                if side is not None:
                    return side
        return None

    def demonym_side(self, token: Token) -> str | None:
        """Return the country of a demonym or country name that no actor mention covers ("Russian" in "Russian fire")."""
        for name in self.kit.actors.names.get(word_key(token.lower), ()):
            if (
                len(name.words) == 1
                and name.use in ("demonym", "country", "seat")
                and token.text[:1].isupper()
                and (name.case != "upper" or token.text.isupper())
            ):
                return name.actor.side
        return None

    def _is_equipment(self, token: Token, *, alone: bool = True) -> bool:
        """Whether equipment is named that ends at a token; unless `alone`, in several words ("armoured car")."""
        for first in (token.i, token.i - 1, token.i - 2)[not alone :]:
            if first >= 0 and self.parse.tokens[first].sent == token.sent:
                match = self.kit.quantities.equipment.longest(self.parse.tokens, first)
                if match is not None and match[0] == token.i:
                    return True
        return False

    def military(self, token: Token) -> bool:
        """Whether a noun of a built thing is a military one."""
        kind = self.kit.structures.get(token.lower) or self.kit.structures.get(token.lemma)
        return kind == "military" or (
            kind is not None
            and (
                self._is_equipment(token, alone=False)
                or any(child.lower in MILITARY and child.i < token.i for child in token.children)
            )
        )

    def holding(self, token: Token) -> tuple[AttributionMention, ...]:
        """Return the attributions whose content holds a token, widest content first.

        What is told to a medium is held by speaker and medium both. An order or a threat does not hold what is told
        of the time before it ("ordered an advance after the army seized the town").
        """
        found: list[tuple[int, int, AttributionMention]] = []
        for number, mention in self.said_in.get(token.sent, ()):
            for first, last in mention.contents:
                if first <= token.i <= last and not (mention.commits and _told_before(token, mention)):
                    found.append((first - last, number, mention))
                    break
        found = [item for item in found if not _answered(item[2], found)]
        known = {number for _, number, _ in found}
        for place, (width, number, mention) in enumerate(found):
            if _saying(mention) is not None:
                # "The agency quoted him as saying": his words are within its own, whichever of them is the wider.
                outer = [item[0] for item in found if item[2].cue is _saying(mention)]
                found[place] = (max([width, *(other + 1 for other in outer)]), number, mention)
        for width, _, mention in list(found):
            for number, partner in self.said_by_cue.get(mention.cue.i, ()) if mention.cue is not None else ():
                if number not in known:
                    known.add(number)
                    found.append((width + 1, number, partner))
        found.sort(key=lambda item: item[:2])
        return tuple(mention for _, _, mention in found)


def _saying(mention: AttributionMention) -> Token | None:
    """Return "quoted" of "quoted him as saying", for the attribution that "saying" makes."""
    cue = mention.cue
    if cue is None or cue.tag != "VBG" or cue.head.lower != "as" or cue.head.head.lemma != "quote":
        return None
    return cue.head.head


def _answered(mention: AttributionMention, found: list[tuple[int, int, AttributionMention]]) -> bool:
    """Whether a denial is followed by what its speaker holds instead: "rejected the claims, saying it killed 20"."""
    if not mention.negates or mention.cue is None:
        return False
    return any(
        other.cue is not None
        and other.cue.tag == "VBG"
        and other.cue.dep == "advcl"
        and other.cue.i > mention.cue.i
        and not other.negates
        and other.accuses is False
        for _, _, other in found
        if other is not mention
    )


def _told_before(token: Token, mention: AttributionMention) -> bool:
    """Whether an event stands in a clause of the time before what is ordered or threatened."""
    for above in (token, *token.ancestors()):
        if above is mention.cue:
            return False
        if above.dep in ("advcl", "prep", "pcomp") and (
            above.lower in BEFORE
            or any(child.dep == "mark" and child.lower in BEFORE for child in above.children)
        ):
            return True
    return False
