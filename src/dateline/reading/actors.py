"""Find who acts and suffers in a report: persons, bodies, forces, states, civilians, with their sides."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from dateline.codebook.actors import BYNAME, ActorBook
from dateline.model.values import Filler
from dateline.reading.actor_drafts import Draft, Notes, find_marks
from dateline.reading.actor_named import named_drafts
from dateline.reading.actor_persons import person_drafts, settle_names
from dateline.reading.actor_phrases import mark_drafts, noun_drafts, partitive_drafts, pronoun_drafts
from dateline.reading.actors_resolve import give_sides, join_persons
from dateline.reading.coreference import resolve
from dateline.reading.mentions import ActorKind, ActorMention, Layout, PlaceMention
from dateline.reading.tokens import Parse, Token


@dataclass(frozen=True, slots=True)
class Actors:
    """The actor mentions of a report, looked up by token."""

    mentions: tuple[ActorMention, ...]
    heads: dict[int, ActorMention]
    covers: dict[int, ActorMention]

    def at(self, token: Token) -> ActorMention | None:
        """Return the mention that a token heads, else the narrowest that covers it."""
        return self.heads.get(token.i) or self.covers.get(token.i)


def index_actors(mentions: tuple[ActorMention, ...]) -> Actors:
    """Index actor mentions by their heads and by every token that they cover."""
    heads: dict[int, ActorMention] = {}
    covers: dict[int, ActorMention] = {}
    for mention in sorted(mentions, key=lambda mention: mention.first - mention.last):
        heads[mention.head.i] = mention
        for place in range(mention.first, mention.last + 1):
            covers[place] = mention
    return Actors(mentions, heads, covers)


def find_actors(
    parse: Parse,
    layout: Layout,
    places: tuple[PlaceMention, ...],
    books: ActorBook,
    *,
    publisher: str | None,
    published: date | None = None,
) -> tuple[ActorMention, ...]:
    """Find the actor mentions of a report in text order; needs parse, layout and places.

    A mention's side is null where the text does not make it plain; pronouns and descriptions point to the
    mention that they were resolved by (`antecedent`). `publisher` (a name or a site) and `published` settle
    words such as "the enemy" and who held an office.
    """
    marks = find_marks(parse, books)
    marked = {place: mark for mark in marks for place in range(mark.first, mark.last + 1)}
    placed = {place: mention for mention in places for place in range(mention.first, mention.last + 1)}
    told = {mark.name.actor.id for mark in marks if mark.name.use in ("country", "demonym", "seat")}
    told |= {mention.place.country for mention in places if mention.place.country}
    notes = Notes(
        parse=parse, book=books, marks=marks, marked=marked, placed=placed, told=frozenset(told)
    )  # fmt: skip
    settle_names(notes)
    mark_drafts(notes)
    noun_drafts(notes)
    person_drafts(notes)
    named_drafts(notes)
    partitive_drafts(notes)
    pronoun_drafts(notes)
    drafts = [notes.drafts[place] for place in sorted(notes.drafts)]
    join_persons(drafts, notes, published)
    give_sides(drafts, notes, published)
    resolve(drafts, notes, layout, publisher=publisher, published=published)
    kept = [
        draft
        for draft in drafts
        if draft.antecedent is not None
        or draft.side is not None
        or (draft.pronoun not in ("rel", "3sn") and draft.sense != BYNAME)
    ]
    return _mentions(kept, parse)


def _mentions(drafts: list[Draft], parse: Parse) -> tuple[ActorMention, ...]:
    order = {id(draft): place for place, draft in enumerate(drafts)}
    found = []
    for draft in drafts:
        span = parse.span(draft.first, draft.last)
        actor = draft.actor
        filler = Filler(
            span=span, name=draft.name or span.quote, side=draft.side, id=actor.id if actor else None
        )
        antecedent = order.get(id(draft.antecedent))
        found.append(
            ActorMention(
                first=draft.first,
                last=draft.last,
                head=draft.head,
                kind=cast(ActorKind, draft.kind),
                filler=filler,
                pronoun=bool(draft.pronoun),
                antecedent=antecedent,
            )
        )
    return tuple(found)
