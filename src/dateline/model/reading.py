"""What a machine read in one report: claims, attributions, mentions, problems, and the recipe."""

from dataclasses import dataclass
from typing import Any, Literal

from dateline.model.text import Report, Span
from dateline.model.values import Figure, Filler, Loss, Place, Time

Polarity = Literal["positive", "negative"]
Reality = Literal["happened", "ongoing", "intended", "threatened", "hypothetical", "background"]
Certainty = Literal["certain", "hedged", "disputed"]
SourceKind = Literal["named_person", "named_organization", "unnamed", "document", "reporter"]
Voice = Literal["rules", "model"]
MentionKind = Literal["actor", "place", "time", "quantity", "instrument", "source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What could not be read, where and why; `field` names the value left null, if one was."""

    code: str
    message: str
    span: Span | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says a run of words: source, cue and content; `direct_quote` when the content stands in quote marks.

    `content` may be several spans (a quotation broken by its speaker, or over several paragraphs).
    """

    source: Filler | None
    kind: SourceKind
    cue: Span | None
    content: tuple[Span, ...]
    direct_quote: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span read as an actor, place, time, quantity, instrument or source, with its value."""

    kind: MentionKind
    span: Span
    value: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing said to have happened, beside the words it was read from and those who say it.

    `attribution` runs from the outermost speaker to the innermost; empty means the outlet's own voice.
    `tellings` are the triggers of other tellings in the same report that were joined into this claim. `country` is
    the ISO 3166 code of where it happened: by `country_basis` "place", that of the claim's place, or "context", the
    one land that the report's other places or the war it tells of leave open. `factuality` is how surely the text tells
    it as having happened, from -3 (did certainly not) to 3; null in readings of before it was graded. `by` names who reads
    an event there: the rules, the trained model, or both; readings of before both were asked say "rules".
    """

    id: str
    type: str
    trigger: Span
    evidence: Span
    actors: tuple[Filler, ...] = ()
    targets: tuple[Filler, ...] = ()
    instruments: tuple[Filler, ...] = ()
    figures: tuple[Figure, ...] = ()
    losses: tuple[Loss, ...] = ()
    place: Place | None = None
    country: str | None = None
    country_basis: str | None = None
    time: Time | None = None
    polarity: Polarity = "positive"
    reality: Reality = "happened"
    certainty: Certainty = "certain"
    factuality: float | None = None
    hedges: tuple[Span, ...] = ()
    attribution: tuple[Attribution, ...] = ()
    tellings: tuple[Span, ...] = ()
    by: tuple[Voice, ...] = ("rules",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The versions of package, codebook, models and settings that produced a reading."""

    package: str
    codebook: str
    models: tuple[str, ...]
    settings: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read in one report."""

    report: Report
    recipe: Recipe
    claims: tuple[Claim, ...]
    attributions: tuple[Attribution, ...]
    mentions: tuple[Mention, ...]
    problems: tuple[Problem, ...]
