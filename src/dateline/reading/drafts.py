"""A claim in the making: an event word with its modality, speakers, place, time, toll."""

from dataclasses import dataclass, field

from dateline.model.reading import Voice
from dateline.reading.frames import Event
from dateline.reading.mentions import (
    AttributionMention,
    FigureMention,
    LossMention,
    PlaceMention,
    TimeMention,
)
from dateline.reading.modality import Modality
from dateline.reading.scene import Scene
from dateline.reading.tokens import Token

TOLD = 3  # rank of a place that the event's own sentence tells
WEEK = 7  # days
TOTALS = frozenset(("since", "total", "overall", "altogether", "cumulative"))
VOICES: tuple[Voice, ...] = ("rules", "model")
HARM = frozenset(("civilians.toll", "force.loss", "harm.property", "civilians.attack"))


def _finer(one: PlaceMention, other: PlaceMention) -> bool:
    """Whether a place told in the event's own sentence is sharper than another telling's: a town, not a region."""
    return one.use == "locative" and (one.place.precision or 2) < (other.place.precision or 5)


def _sharper(one: TimeMention, other: TimeMention) -> bool:
    """Whether a time is a day inside another time of a few days: "on 4 May" inside "over the past day"."""
    if one.time is None or other.time is None or one.time.earliest != one.time.latest:
        return False
    wide = (other.time.latest - other.time.earliest).days
    return 0 < wide <= WEEK and other.time.earliest <= one.time.earliest <= other.time.latest


@dataclass(slots=True, kw_only=True)
class Draft:
    """One event word and what hangs on it; `tellings` are the event words joined into it."""

    event: Event
    type: str
    modality: Modality
    holding: tuple[AttributionMention, ...]
    place: PlaceMention | None = None
    place_rank: int = 0
    time: TimeMention | None = None
    time_rank: int = 0
    figures: list[FigureMention] = field(default_factory=list)
    losses: list[LossMention] = field(default_factory=list)
    agents: list[Token] = field(default_factory=list)
    patients: list[Token] = field(default_factory=list)
    tellings: list[Event] = field(default_factory=list)
    more: list["Draft"] = field(default_factory=list)
    headline: bool = False
    by: tuple[Voice, ...] = ("rules",)
    listed: bool = False
    own: tuple[int, int, int] = (0, 0, 0)

    @property
    def head(self) -> Token:
        """The event word's head token."""
        return self.event.head

    @property
    def family(self) -> str:
        """The part of the type before the dot."""
        return self.type.split(".")[0]

    @property
    def real(self) -> bool:
        """Whether it is told as having happened or going on."""
        return self.modality.reality in ("happened", "ongoing")

    @property
    def speaker(self) -> str:
        """The innermost speaker's name, "" for the outlet's own voice."""
        for mention in reversed(self.holding):
            source = mention.attribution.source
            if source is not None:
                return (source.name or source.span.quote).lower()
        return "?" if self.holding else ""

    def paragraph(self, scene: Scene) -> int:
        """The index of the paragraph it stands in."""
        return scene.parse.sentences[self.head.sent].paragraph

    def cumulative(self, scene: Scene) -> bool:
        """Whether its toll is a total so far: "have been killed since May", "310 in all"."""
        perfect = any(
            child.dep == "aux" and child.lower in ("have", "has", "'ve") for child in self.head.children
        )
        if not self.figures:
            return False
        sentence = scene.parse.sentences[self.head.sent]
        words = {token.lower for token in scene.parse.tokens_of(sentence)}
        return (perfect and not words & {"today", "overnight", "morning"}) or bool(words & TOTALS)

    def every(self) -> "list[Draft]":
        """Return this draft and all that were joined into it, however deep."""
        found, waiting = [], [self]
        while waiting:
            draft = waiting.pop()
            found.append(draft)
            waiting.extend(reversed(draft.more))
        return found

    def fullest(self) -> "Draft":
        """Return the telling that says most of what it is: a verb with its arguments, place, day and toll.

        Effects that were joined into their cause are not asked: the claim is of the cause.
        """
        effects = self.event.trigger.type == "harm.*"
        alike = [
            other
            for other in self.every()
            if other.event.type in (self.event.type, self.type)
            and (effects or other.event.trigger.type != "harm.*")
            # Words of the codebook speak before those that the model alone hears.
            and (other.by != ("model",) or self.voices == ("model",))
        ]
        later = 1 if self.headline else -1  # a lead says again, and better, what its headline says
        return max(alike, key=lambda other: (other.weight(), later * other.head.i)) if alike else self

    def weight(self) -> int:
        """How much a telling says."""
        figures, place, time = self.own
        verb = self.event.trigger.pos == "v"
        arguments = bool(self.event.agents) + bool(self.event.patients)
        return 2 * min(figures, 2) + (place >= 4) + (time >= 4) + 2 * verb + arguments

    @property
    def voices(self) -> tuple[Voice, ...]:
        """Who reads an event in any of its tellings, the rules first; `by` is who reads its own word."""
        read = {voice for draft in self.every() for voice in draft.by}
        return tuple(voice for voice in VOICES if voice in read)

    def spoken_of(self) -> bool:
        """Whether its speaker only speaks of a thing known before: "called the raid a crime", "answers about the swap"."""
        cue = self.holding[-1].cue if self.holding and self.holding[-1].commits else None
        return cue is not None and self.real and self.event.trigger.pos == "n"

    def absorb(self, other: "Draft") -> None:
        """Take up another telling of the same thing: its words, and the values this one lacks."""
        self.tellings.append(other.event)
        self.tellings.extend(other.tellings)
        self.more.append(other)
        self.headline = self.headline or other.headline
        known = {(item.figure.measure, item.figure.low, item.figure.high) for item in self.figures}
        self.figures.extend(
            item
            for item in other.figures
            if (item.figure.measure, item.figure.low, item.figure.high) not in known
        )
        self.losses.extend(item for item in other.losses if item not in self.losses)
        if other.place is not None and (
            self.place is None
            or (
                other.place_rank > self.place_rank
                and not (self.place_rank >= TOLD and _finer(self.place, other.place))
            )
        ):
            self.place, self.place_rank = other.place, other.place_rank
        if other.time is not None and (
            self.time is None or other.time_rank > self.time_rank or _sharper(other.time, self.time)
        ):
            self.time, self.time_rank = other.time, other.time_rank
        self.agents = self.agents or other.agents
        self.patients = self.patients or other.patients
        if self.spoken_of() and not other.holding:
            self.holding = ()  # the outlet tells of it too, and more than that somebody spoke of it
        elif not self.holding and not other.spoken_of():
            self.holding = other.holding
        for hedge in other.modality.hedges:
            if hedge not in self.modality.hedges and self.modality.certainty != "certain":
                self.modality.hedges.append(hedge)
