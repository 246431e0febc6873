"""An event: the claims, in one report or many, about one occurrence; derived from claims, links and reviews."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.model.reading import Certainty, Claim, Polarity, Reality
from dateline.model.text import Report
from dateline.model.values import Measure, Place

ReviewState = Literal["unreviewed", "accepted", "rejected", "corrected", "unsure"]
ContradictionKind = Literal["figures", "actor", "denied", "place", "date"]
Rule = Literal["ucdp", "conservative"]
OriginKind = Literal["source", "agency", "outlet"]
Stance = Literal["says", "denies", "both", "foresees"]
CountedOf = Literal["civilians", "combatants", "people"]
Standing = Literal[
    "counts", "superseded", "repeated", "part", "unnumbered", "wider", "hedged", "disputed", "denied", "unreal",
    "rejected",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A claim with the report that it was read in, as it stands in a record.

    `recorded` is the day on which the reading came into the record. `copy_of` names the group of near-copies that the
    report belongs to: the id of its earliest report, the report's own id if it has no copies. `agency` is the news
    agency that the report credits, null if none. `outlet_side` is the side of the outlet, null if not known.
    `state` is what people decided; a "corrected" claim is already as the last correction left it.
    """

    claim: Claim
    report: Report
    recorded: date
    copy_of: str
    agency: str | None = None
    outlet_side: str | None = None
    state: ReviewState = "unreviewed"

    @property
    def told(self) -> date:
        """The day on which it was told: that of publication, or if that is not known that of recording."""
        return self.report.published or self.recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of evidence that two claims are one event: a name, what was compared in words, its weight in bits."""

    name: str
    words: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two claims compared: the sum of the weights in bits (log2 of the odds), and the pieces that it is the sum of."""

    left: str
    right: str
    weight: float
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where claims of one event ultimately come from: one source, however many reports repeat it.

    `kind` is "source" (somebody who is named or described said it), "agency" (a credited agency in its own voice) or
    "outlet" (an outlet in its own voice). `claims` are the ids of the claims that rest on it, in the order told;
    `copies` those of them whose report only copies another report of the same origin. `side` is a codebook side id.
    `stance` is "says" if it tells it as something that happened, "denies" if it only says that it did not, "both" if
    it does both, and "foresees" if it only intends, threatens, fears or supposes it. Only origins that say it
    corroborate it.
    """

    id: str
    name: str
    kind: OriginKind
    side: str | None
    claims: tuple[str, ...]
    copies: tuple[str, ...] = ()
    stance: Stance = "says"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One row of a table of figures: what one origin said on one day, beside the words it was read from.

    `quote` are the figure's words at `start` to `end` in the report's text. `standing` is "counts" for a figure that
    the ranges rest on; else it says why not and `left_out` says it in plain words: "superseded" by a later figure of
    a toll that grew or was corrected, "repeated" (told more precisely elsewhere), "part" of a larger figure,
    "unnumbered" (a plural without a number), "wider" than the event, "hedged", "disputed", "denied", "unreal" (not
    told as having happened) or "rejected" by a person. `origin` is empty for a rejected claim, which has none.
    """

    told: date
    origin: str
    source: str
    side: str | None
    claim: str
    report: str
    publisher: str | None
    measure: Measure
    of: CountedOf
    low: int
    high: int | None
    certainty: Certainty
    polarity: Polarity
    reality: Reality
    quote: str
    start: int
    end: int
    standing: Standing = "counts"
    left_out: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Low, best and high of one measure of one kind of people by a named rule; null where the rule leaves it open.

    `of` "people" is the total; "civilians" and "combatants" are told apart from it and never summed with it.
    """

    measure: Measure
    of: CountedOf
    rule: Rule
    low: int | None
    best: int | None
    high: int | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """What claims of one event say that cannot both be true, or that one denies of the other; in words for people.

    `left` and `right` are ids of claims that stand for the two accounts, `field` the field they differ in
    ("figures.killed.people", "roles.actor", "type", "place", "time").
    """

    kind: ContradictionKind
    field: str
    left: str
    right: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A cluster of claims about one occurrence, and what follows from them; never edited, always derived.

    `id` stays while the earliest recorded claim of the cluster does. `type`, `place`, `country`, `earliest` and
    `latest` are those best supported; null where no claim tells. `counts` hold every figure told, in order of day.
    `actors` and `targets` are names, `actor_sides` and `target_sides` the codebook's ids of their sides, best
    supported first. `growing` names the measures whose figures rise with later reports, so that no dispute is seen in
    them. `state` is "accepted" if a person accepted a claim of it and rejected none; see `linking.reviewed`.
    """

    id: str
    type: str
    title: str
    entries: tuple[Entry, ...]
    earliest: date | None
    latest: date | None
    place: Place | None
    country: str | None
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    actor_sides: tuple[str, ...] = ()
    target_sides: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    counts: tuple[Count, ...] = ()
    ranges: tuple[Range, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    growing: tuple[Measure, ...] = ()
    pinned: bool = False
    state: ReviewState = "unreviewed"
