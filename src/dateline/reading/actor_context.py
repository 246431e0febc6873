"""What resolving needs of a whole report: quotations with their speakers, and the sides and lands told of."""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from dateline.codebook.actors import CIVILIANS, ActorBook
from dateline.reading.actor_drafts import Draft, Notes
from dateline.reading.mentions import Layout
from dateline.reading.tokens import Token

SUBJECTS = frozenset(("nsubj", "nsubjpass"))
DEPTH = 12  # steps up the parse in which a verb of saying is looked for
NEAR = 25  # tokens around a quotation in which its speaker is looked for


@dataclass(slots=True, kw_only=True)
class Context:
    """What resolving needs of a report: speakers of quotations, sides and countries told of, the outlet."""

    drafts: list[Draft]
    notes: Notes
    published: date | None
    outlet: str | None
    quoted: dict[int, int]
    ours: set[int] = field(default_factory=set)
    speakers: dict[int, Draft] = field(default_factory=dict)
    countries: frozenset[str] = frozenset()
    sides: list[str] = field(default_factory=list)


def quoted_tokens(notes: Notes, layout: Layout) -> dict[int, int]:
    """Map each token inside a quotation to the number of the quotation."""
    tokens = notes.parse.tokens
    starts = [token.start for token in tokens]
    found: dict[int, int] = {}
    for number, quotation in enumerate(layout.quotations):
        if quotation.scare:
            continue
        for start, end in quotation.parts:
            place = bisect_left(starts, start)
            while place < len(tokens) and starts[place] < end:
                found[place] = number
                place += 1
    return found


def survey(context: Context) -> None:
    """Note the countries and sides that a report tells of."""
    notes = context.notes
    countries = {mention.place.country for mention in notes.placed.values() if mention.place.country}
    countries |= {
        mark.name.actor.id for mark in notes.marks if mark.name.use in ("country", "demonym", "seat")
    }
    firsts = (draft.head.i for draft in context.drafts if draft.pronoun == "1p")
    context.ours = {context.quoted[place] for place in firsts if place in context.quoted}
    context.sides = sorted(
        {draft.side for draft in context.drafts if draft.side is not None and draft.side != CIVILIANS}
    )
    if not countries:
        # A report that names none tells of the land where its armed groups fight.
        told = set(context.sides)
        for camps in notes.book.camps:
            if camps.active(context.published) and told & {*camps.a, *camps.b}:
                countries |= camps.countries
    context.countries = frozenset(countries)


def partisan_side(book: ActorBook, publisher: str | None, day: date | None) -> str | None:
    """Return the side of an outlet whose own land or group is at war; null for those who look on."""
    side = book.outlet_side(publisher)
    state = book.actors.get(side or "")
    if side is None or state is None or state.kind != "country":
        return side
    home = any(camps.active(day) and side in camps.countries and camps.against(side) for camps in book.camps)
    return side if home else None


def speaker_of(token: Token, context: Context) -> Draft | None:
    """Return who says a token: the speaker of its quotation, else the subject of a verb of saying."""
    number = context.quoted.get(token.i)
    if number is not None:
        return context.speakers.get(number)
    below = token
    for above in islice(token.ancestors(), DEPTH):
        if above.lemma in context.notes.book.words["speech"] and below.dep in ("ccomp", "advcl", "parataxis"):
            subject = above.child("nsubj")
            found = context.notes.drafts.get(subject.i) if subject is not None else None
            if found is not None:
                return found.antecedent if found.pronoun and found.antecedent else found
        below = above
    return None


def find_speakers(context: Context) -> None:
    """Find the speaker of each quotation: the governing verb's subject, one beside it, or the last one."""
    tokens = context.notes.parse.tokens
    inside: dict[int, list[int]] = {}
    for place, number in context.quoted.items():
        inside.setdefault(number, []).append(place)
    previous: tuple[int, Draft] | None = None
    for number in sorted(inside):
        places = inside[number]
        found = _governor(places, context) or _beside(places, context)
        sentence = context.notes.parse.sentences[tokens[places[0]].sent]
        if found is None and previous is not None and sentence.paragraph - previous[0] <= 1:
            found = previous[1]
        if found is not None:
            if found.pronoun and found.antecedent is not None:
                found = found.antecedent
            context.speakers[number] = found
            last = context.notes.parse.sentences[tokens[places[-1]].sent]
            previous = (last.paragraph, found)


def _governor(places: list[int], context: Context) -> Draft | None:
    tokens = context.notes.parse.tokens
    within = set(places)
    for place in places:
        token = tokens[place]
        if token.is_root or token.head.i in within:
            continue
        for above in islice(token.ancestors(), DEPTH):
            if above.i not in within and above.lemma in context.notes.book.words["speech"]:
                found = _subject(above, within, context)
                if found is not None:
                    return found
    return None


def _subject(verb: Token, within: set[int], context: Context) -> Draft | None:
    for child in verb.children:
        if child.dep in SUBJECTS and child.i not in within:
            return context.notes.drafts.get(child.i)
    return None


def _beside(places: list[int], context: Context) -> Draft | None:
    tokens, sentences = context.notes.parse.tokens, context.notes.parse.sentences
    within = set(places)
    near = [
        *range(places[-1] + 1, min(places[-1] + NEAR, len(tokens))),
        *range(places[0] - 1, max(places[0] - NEAR, -1), -1),
    ]
    home = {sentences[tokens[places[0]].sent].paragraph, sentences[tokens[places[-1]].sent].paragraph}
    for place in near:
        token = tokens[place]
        if sentences[token.sent].paragraph not in home or place in context.quoted:
            continue
        if token.lemma in context.notes.book.words["speech"] and token.pos == "VERB":
            found = _subject(token, within, context)
            if found is not None:
                return found
    return None
