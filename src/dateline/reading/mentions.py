"""What the reading steps hand to one another: values with the tokens they were read from."""

from dataclasses import dataclass
from typing import Literal

from dateline.model.reading import Attribution
from dateline.model.values import Figure, Filler, Loss, Place, Time
from dateline.reading.tokens import Token

ParagraphKind = Literal["headline", "body", "bullet", "dateline", "byline", "outlet", "notice"]
ActorKind = Literal[
    "person", "organization", "government", "force", "country", "people", "civilians", "media"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph or line of its own: offsets (half-open) and what it is.

    "headline": the title; "dateline": a leading "KYIV, March 2 (Agency) —" (its own span, before the body it opens);
    "byline": "By Jane Doe"; "outlet": a closing line that names the outlet; "notice": text of the page that is
    no part of the report ("View news.", "Sign up to our newsletter", photo credits).
    """

    start: int
    end: int
    kind: ParagraphKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A quotation: offsets (half-open) of each part inside the quote marks; several when it runs over paragraphs.

    `scare` marks quote marks around a word or phrase that is part of the outlet's own sentence.
    """

    parts: tuple[tuple[int, int], ...]
    scare: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The text cut into paragraphs and quotations; `body_start` is where the report begins after header lines."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    quotations: tuple[Quotation, ...]
    body_start: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """A time expression: token indexes first..last, its value (null: history or unresolvable, `why` says which)."""

    first: int
    last: int
    time: Time | None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A toponym, facility or "the capital": token indexes first..last (the name), and the place it was resolved to.

    `whole_first..whole_last` also cover the words of its relation ("on the outskirts of", "20 miles from").
    `use` is "locative" (where something is), "actor" (a country or city for its government), "modifier"
    ("Ukrainian troops", "the Bucha mayor"), or "other".
    """

    first: int
    last: int
    whole_first: int
    whole_last: int
    place: Place
    use: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMention:
    """A noun phrase that names or describes an actor: token indexes first..last, head token, and its value.

    `pronoun` marks "he", "they", "the same official", "the group" and such; `filler` is what it was resolved to,
    `antecedent` the index of the mention it was resolved by (null: left open).
    """

    first: int
    last: int
    head: Token
    kind: ActorKind
    filler: Filler
    pronoun: bool = False
    antecedent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureMention:
    """A count of people with its measure: the figure, the counted noun, and the predicate that ties them.

    `predicate` is the token that says what befell them ("killed", "death", "wounding"); `noun` the head of what is
    counted ("troops"), null for a bare number ("killing 23").
    """

    figure: Figure
    number: Token
    noun: Token | None
    predicate: Token


@dataclass(frozen=True, slots=True, kw_only=True)
class LossMention:
    """Military equipment lost: the loss, the noun that names it, and the predicate that gives its status."""

    loss: Loss
    noun: Token
    predicate: Token


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionMention:
    """An attribution with its tokens: the source's head, the cue's main word, and the content as token ranges.

    `contents` are (first, last) token indexes, both included. `negates` marks cues that deny their content
    ("denied", "rejected claims that"), `accuses` those that put it as an accusation ("accused", "blamed"),
    `doubts` those that keep a distance ("claimed", "alleged"), `commits` those that speak of what is to come
    ("threatened", "warned", "vowed", "ordered", "plans"). `by` names who reads it: "rules", "model", or both.
    """

    attribution: Attribution
    source: Token | None
    cue: Token | None
    contents: tuple[tuple[int, int], ...]
    negates: bool = False
    accuses: bool = False
    doubts: bool = False
    commits: bool = False
    by: tuple[str, ...] = ("rules",)
