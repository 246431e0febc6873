"""Resolve pronouns and definite descriptions to the mentions they stand for, where that is plain."""

from collections.abc import Iterator
from datetime import date
from itertools import chain, islice

from dateline.codebook.actors import CIVILIANS, ActorBook
from dateline.reading.actor_context import (
    SUBJECTS,
    Context,
    find_speakers,
    partisan_side,
    quoted_tokens,
    speaker_of,
    survey,
)
from dateline.reading.actor_drafts import Draft, Notes
from dateline.reading.actor_phrases import CLAUSE
from dateline.reading.actor_sides import give_epithet_side, give_home_side, one_of, share_side
from dateline.reading.actors_resolve import name_body, own_side
from dateline.reading.mentions import Layout
from dateline.reading.tokens import Token

MARGIN = 0.5  # by how much the best antecedent must stand out
LEADING = 0.6  # what the first that agrees in a sentence has before the others
REACH = 3  # sentences back in which a pronoun's antecedent is looked for
LOOK = 60  # mentions back in which it is looked for, four times as many for a description
DESCRIBED = 12  # sentences back in which a description's antecedent is looked for
BODIES = frozenset(("organization", "government", "country", "media"))
GROUP_NOUNS = frozenset(("group", "organisation", "movement", "militia", "faction", "gang"))
CIVIC = frozenset(("group", "organisation"))


def resolve(
    drafts: list[Draft], notes: Notes, layout: Layout, *, publisher: str | None, published: date | None
) -> None:
    """Resolve what refers back in text order: outside quotations first, then in the speakers' words."""
    context = Context(
        drafts=drafts, notes=notes, published=published,
        outlet=partisan_side(notes.book, publisher, published),
        quoted=quoted_tokens(notes, layout),
    )  # fmt: skip
    survey(context)
    for place, draft in enumerate(drafts):
        if draft.head.i not in context.quoted:
            _refer(place, draft, context)
            give_epithet_side(draft, context)
    find_speakers(context)
    for place, draft in enumerate(drafts):
        if draft.head.i in context.quoted:
            _refer(place, draft, context)
    for draft in drafts:
        if draft.side is None:
            own_side(draft, notes)
        give_epithet_side(draft, context)
        share_side(draft, notes)
    for draft in drafts:
        if draft.side is None and not draft.pronoun:
            give_home_side(draft, context)
            own_side(draft, notes)
        name_body(draft, notes.book)
        if draft.antecedent is not None and draft.side is None and draft.pronoun:
            draft.side = draft.antecedent.side


def _refer(place: int, draft: Draft, context: Context) -> None:
    if draft.pronoun == "rel":
        _relative(draft, context)
    elif draft.pronoun.startswith("3"):
        if draft.pronoun == "3sn" and draft.head.dep in ("dobj", "pobj"):
            return  # "denied it", "of it": most often what was said, no actor
        spoken = speaker_of(draft.head, context) if draft.pronoun == "3p" else None
        if spoken is not None:
            own_side(spoken, context.notes)
        if spoken is not None and _for_others(spoken, draft, context):
            draft.antecedent, draft.side = spoken, spoken.side
            return
        _pronoun(place, draft, context)
        if draft.pronoun == "3p" and draft.antecedent is None:
            _they(draft, context)
    elif draft.pronoun:
        _speaker_words(draft, context)
    elif (
        draft.antecedent is None
        and not draft.names
        and draft.definite
        and draft.actor is None
        and not draft.modifier
    ):
        _description(place, draft, context)
    if draft.owner is not None and draft.side is None:
        own_side(draft, context.notes)


def _adopt(draft: Draft, source: Draft) -> None:
    draft.antecedent = source
    draft.actor, draft.side = source.actor, source.side
    draft.name = source.name or draft.name
    if draft.pronoun:
        draft.kind = source.kind
        draft.sense = source.sense
        if not draft.name and not source.pronoun:
            draft.name = ""


def _relative(draft: Draft, context: Context) -> None:
    for above in islice(chain((draft.head,), draft.head.ancestors()), CLAUSE):
        if above.dep == "relcl":
            source = context.notes.drafts.get(above.head.i)
            if source is not None and source is not draft:
                _adopt(draft, source)
            return


def _agrees(draft: Draft, other: Draft) -> bool:
    kind = draft.pronoun
    if kind in ("3sm", "3sf"):
        single = other.kind == "person" or (
            other.kind in ("civilians", "people", "force") and not other.plural
        )
        return (
            single
            and not other.plural
            and other.kind not in BODIES
            and (not other.gender or other.gender == draft.gender)
        )
    if kind == "3sn":
        return (other.kind in BODIES and not other.plural) or (
            other.kind == "force"
            and not other.plural
            and other.sense not in ("fighter", "rebel", "commander")
        )
    return (
        other.plural
        or other.kind == "force"
        or (other.kind in BODIES and other.sense in ("institution", "group", "police"))
    )


def _pronoun(place: int, draft: Draft, context: Context) -> None:
    """Resolve "he", "she", "they", "it": the mention that agrees and stands out most, if one does."""
    best: dict[int, tuple[float, Draft]] = {}
    leading: dict[int, Draft] = {}
    speech = context.notes.book.words["speech"]
    for other in _candidates(place, draft, context):
        leading[other.head.sent] = other
        score = _salience(draft, other, draft.head.sent - other.head.sent, speech)
        source = other.antecedent if other.pronoun and other.antecedent is not None else other
        key = id(source.actor) if source.actor is not None else id(source)
        if key not in best or best[key][0] < score:
            best[key] = (score, other)
    ranked = sorted(
        (
            (score + (LEADING if leading[other.head.sent] is other else 0.0), other.first, other)
            for score, other in best.values()
        ),
        key=lambda one: (-one[0], -one[1]),
    )
    if ranked and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= MARGIN):
        source = ranked[0][2]
        _adopt(draft, source.antecedent if source.pronoun and source.antecedent is not None else source)


def _for_others(speaker: Draft, draft: Draft, context: Context) -> bool:
    """Say whether "they" is whom a spokesman speaks for: "a spokesman said they had withdrawn"."""
    if (
        draft.head.i in context.quoted
        or draft.head.dep not in SUBJECTS
        or speaker.plural
        or speaker.side is None
    ):
        return False
    return bool({speaker.sense, *speaker.roles} & {"spokesperson"}) and draft.head.sent == speaker.head.sent


def _they(draft: Draft, context: Context) -> None:
    """Read "they" beside "we" in a belligerent's own words as its one opponent."""
    number = context.quoted.get(draft.head.i)
    speaker = context.speakers.get(number) if number is not None else None
    if speaker is None or speaker.side in (None, CIVILIANS) or speaker.kind in ("civilians", "media"):
        return
    ours = number in context.ours
    camp = context.notes.book.allegiance(speaker.side)
    against = (
        context.notes.book.opponents(camp, context.published, context.countries) if camp and ours else []
    )
    if against:
        draft.side = one_of(against, context)


def _candidates(place: int, draft: Draft, context: Context) -> Iterator[Draft]:
    """Yield the mentions before a pronoun that it may stand for, the nearest first."""
    head = draft.head
    inside = context.quoted.get(head.i)
    speaker = context.speakers.get(inside) if inside is not None else None
    camp = context.notes.book.allegiance(speaker.side) if speaker is not None else None
    for back in range(place - 1, max(place - 1 - LOOK, -1), -1):
        other = context.drafts[back]
        if head.sent - other.head.sent > REACH:
            return
        if (
            (other.modifier and other.head.dep != "poss")
            or other.pronoun in ("1s", "1p")
            or not _agrees(draft, other)
        ):
            continue
        quoted = context.quoted.get(other.head.i)
        if (inside is None and quoted is not None) or _binds(head, other):
            continue
        # Speakers call themselves and their side "I" and "we", not "he" and "they".
        own = camp is not None and context.notes.book.allegiance(other.side) == camp
        if (
            speaker is not None
            and quoted != inside
            and (other is speaker or other.antecedent is speaker or own)
        ):
            continue
        yield other


def _salience(draft: Draft, other: Draft, distance: int, speech: frozenset[str]) -> float:
    score = -2.0 * distance
    if other.head.dep in SUBJECTS and (distance < REACH or draft.pronoun != "3p"):
        score += 2.0
        if other.head.head.lemma in speech:
            score += 0.5
    elif other.head.dep in ("pobj", "poss"):
        score -= 1.0
    if other.names or (other.actor is not None and other.kind != "people"):
        score += 1.0
    if other.side is None and other.kind != "person":
        score -= 1.0
    if draft.pronoun in ("3sm", "3sf"):
        score += 1.0 if other.kind == "person" else 0.0
        score += 0.5 if other.gender else 0.0
    if draft.pronoun == "3p" and other.head.dep in SUBJECTS and other.plural:
        score += 0.5
    return score


def _binds(head: Token, other: Draft) -> bool:
    """Say whether grammar forbids it: "he" and "him" of one verb are two, no phrase owns itself."""
    if head.dep == "poss":
        return other.first <= head.i <= other.last
    return (
        head.head is other.head.head
        and head.dep != other.head.dep
        and head.dep not in SUBJECTS
        and not head.lower.endswith(("self", "selves"))
    )


def _speaker_words(draft: Draft, context: Context) -> None:
    """Resolve "I", "we", "our": the speaker of the quotation, or whoever the clause is attributed to."""
    source = speaker_of(draft.head, context)
    if source is not None:
        draft.antecedent = source
        draft.side = source.side
        draft.kind = source.kind if draft.pronoun == "1s" else "people"
        if draft.pronoun == "1s":
            draft.actor, draft.name = source.actor, source.name
    elif draft.pronoun == "1p" and draft.head.i not in context.quoted:
        draft.side = context.outlet


def _description(place: int, draft: Draft, context: Context) -> None:
    """Resolve "the mayor", "the same official", "the group": the last mention that fits the words."""
    for back in range(place - 1, max(place - 1 - 4 * LOOK, -1), -1):
        other = context.drafts[back]
        if draft.head.sent - other.head.sent > DESCRIBED:
            break
        if (
            other.pronoun
            or (other.modifier and draft.word not in GROUP_NOUNS and draft.sense != "rebel")
            or (draft.side is not None and other.side is not None and draft.side != other.side)
        ):
            continue
        if draft.sense == "rebel" and context.outlet is None and draft.plural and _grouped(other, context):
            draft.side = other.side
            return
        if _describes(draft, other, context.notes.book):
            if (
                other.side is None
                and other.actor is None
                and not other.names
                and other.antecedent is None
                and not draft.same
            ):
                continue
            _adopt(draft, other.antecedent if other.antecedent is not None and other.why != "" else other)
            return
    _holder(draft, context)


def _grouped(other: Draft, context: Context) -> bool:
    """Say whether a mention is of an armed group, not of a state's forces."""
    group = context.notes.book.actors.get(other.side or "")
    return other.kind == "force" and group is not None and group.kind == "force"


def _describes(draft: Draft, other: Draft, book: ActorBook) -> bool:
    if draft.plural != other.plural and not draft.same:
        return False
    if draft.kind == "person":
        if other.kind != "person":
            return False
        if draft.word == other.word or draft.word in other.roles:
            return True
        spokesman = other.sense == "spokesperson" or "spokesperson" in other.roles
        return draft.word == "official" and spokesman
    if draft.body is not None:
        return other.body is draft.body
    if draft.word in GROUP_NOUNS and other.actor is not None:
        state = book.actors.get(other.side or "")
        told = draft.word == "organisation" or draft.head.child("amod", "compound") is not None
        speaks = other.kind == "organization" and other.head.dep in SUBJECTS and draft.word in CIVIC and told
        return state is not None and state.kind != "country" and (other.kind == "force" or speaks)
    if draft.sense in ("institution", "group", "bloc", "state"):
        if draft.word == other.word:
            return True
        return draft.word in (other.name or "").lower().split() and other.kind in (
            "organization",
            "government",
        )
    return (
        draft.kind == "force"
        and other.kind == "force"
        and draft.word == other.word
        and other.side is not None
    )


def _holder(draft: Draft, context: Context) -> None:
    """Resolve an office by who held it: "the Russian president" in a report of that day."""
    if draft.kind != "person" or draft.plural or draft.side is None:
        return
    words = [
        child.lower
        for child in draft.head.children
        if child.i < draft.head.i and child.dep in ("compound", "amod")
    ]
    words = ["defence" if word == "defense" else word for word in words]
    titles = [" ".join([*words[-2:], draft.word]), " ".join([*words[-1:], draft.word]), draft.word]
    for place in range(draft.first, draft.last + 1):
        mention = context.notes.placed.get(place)
        if mention is not None:
            titles = [f"{draft.word} of {mention.place.name.lower()}"]
    for title in titles:
        actor = context.notes.book.holder(title, draft.side, context.published)
        if actor is not None and (draft.head.child("prep") is None or len(titles) == 1):
            draft.actor, draft.name, draft.gender = actor, actor.name, actor.gender
            return
