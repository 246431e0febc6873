"""Resolve pronouns, definite descriptions and words such as "the enemy", where the text makes it plain."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from dateline.codebook.actors import CIVILIANS, ActorBook, Epithet, word_key
from dateline.reading.actor_drafts import SPEECH, Draft, Notes
from dateline.reading.actors_resolve import name_body, own_side
from dateline.reading.mentions import Layout
from dateline.reading.tokens import Token

MARGIN = 0.5  # by how much the best antecedent must stand out
LEADING = 0.6  # what the first that agrees in a sentence has before the others
REACH = 3  # sentences back in which a pronoun's antecedent is looked for
DESCRIBED = 12  # sentences back in which a description's antecedent is looked for
SUBJECTS = frozenset(("nsubj", "nsubjpass"))
BODIES = frozenset(("organization", "government", "country", "media"))
GROUP_NOUNS = frozenset(("group", "organisation", "movement", "militia", "faction", "gang"))
STATE_FORCES = frozenset(("army", "military", "navy"))
STATELY = frozenset(("institution", "police", "state", "official", "leader", "spokesperson"))
SOLDIERS = frozenset(("soldier", "serviceman", "troop"))
ARMS = frozenset(("force", "fighter", "unit", "equipment"))


@dataclass(slots=True, kw_only=True)
class Context:
    """What resolving needs of a whole report: speakers of quotations, sides and countries told of, the outlet's side."""

    drafts: list[Draft]
    notes: Notes
    published: date | None
    outlet: str | None
    quoted: dict[int, int]
    speakers: dict[int, Draft] = field(default_factory=dict)
    countries: frozenset[str] = frozenset()
    sides: list[str] = field(default_factory=list)


def resolve(
    drafts: list[Draft], notes: Notes, layout: Layout, *, publisher: str | None, published: date | None
) -> None:
    """Resolve what refers back, in text order: outside quotations first, then the speakers' own words."""
    context = Context(
        drafts=drafts, notes=notes, published=published, outlet=_partisan(notes.book, publisher, published),
        quoted=_quoted(notes, layout),
    )  # fmt: skip
    _survey(context)
    for place, draft in enumerate(drafts):
        if draft.head.i not in context.quoted:
            _refer(place, draft, context)
    _find_speakers(layout, context)
    for place, draft in enumerate(drafts):
        if draft.head.i in context.quoted:
            _refer(place, draft, context)
    for draft in drafts:
        if draft.side is None:
            own_side(draft, notes)
        _epithet(draft, context)
        _share(draft, notes)
    for place, draft in enumerate(drafts):
        if draft.side is None and not draft.pronoun:
            _home(draft, context)
            own_side(draft, notes)
        name_body(draft, notes.book)
        if draft.antecedent is not None and draft.side is None and draft.pronoun:
            draft.side = draft.antecedent.side


def _partisan(book: ActorBook, publisher: str | None, day: date | None) -> str | None:
    """Return the side of an outlet whose own land or group is at war; null for outlets that look on from afar."""
    side = book.outlet_side(publisher)
    state = book.actors.get(side or "")
    if side is None or state is None or state.kind != "country":
        return side
    home = any(camps.active(day) and side in camps.countries and camps.against(side) for camps in book.camps)
    return side if home else None


def _share(draft: Draft, notes: Notes) -> None:
    """Let "enemy" in "enemy jets and helicopters" belong to both."""
    if draft.side is None and draft.head.dep == "conj" and draft.sense in ARMS:
        first = notes.drafts.get(draft.head.head.i)
        if first is not None and first.sense in ARMS and not draft.definite:
            draft.side = first.side


def _quoted(notes: Notes, layout: Layout) -> dict[int, int]:
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


def _survey(context: Context) -> None:
    notes = context.notes
    countries = Counter(
        mention.place.country
        for mention in {id(found): found for found in notes.placed.values()}.values()
        if mention.place.country
    )
    countries.update(
        mark.name.actor.id for mark in notes.marks if mark.name.use in ("country", "demonym", "seat")
    )
    context.countries = frozenset(countries)
    context.sides = sorted(
        {draft.side for draft in context.drafts if draft.side is not None and draft.side != CIVILIANS}
    )


def _refer(place: int, draft: Draft, context: Context) -> None:
    if draft.pronoun == "rel":
        _relative(draft, context)
    elif draft.pronoun.startswith("3"):
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
    for above in (draft.head, *draft.head.ancestors()):
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
        return (
            other.kind in BODIES
            and not other.plural
            or other.kind == "force"
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
    for other in _candidates(place, draft, context):
        leading[other.head.sent] = other
        score = _salience(draft, other, draft.head.sent - other.head.sent)
        source = other.antecedent if other.pronoun and other.antecedent is not None else other
        key = id(source.actor) if source.actor is not None else id(source)
        if key not in best or best[key][0] < score:
            best[key] = (score, other)
    ranked = sorted(
        ((score + (LEADING if leading[other.head.sent] is other else 0.0), other.first, other) for score, other in best.values()),
        key=lambda one: (-one[0], -one[1]),
    )
    if ranked and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= MARGIN):
        source = ranked[0][2]
        _adopt(draft, source.antecedent if source.pronoun and source.antecedent is not None else source)


def _they(draft: Draft, context: Context) -> None:
    """Read "they" beside "we" in a belligerent's own words as its one opponent."""
    number = context.quoted.get(draft.head.i)
    speaker = context.speakers.get(number) if number is not None else None
    if speaker is None or speaker.side in (None, CIVILIANS) or speaker.sense not in ("person", "force", "commander", "fighter"):
        return
    ours = any(
        other.pronoun == "1p" and context.quoted.get(other.head.i) == number for other in context.drafts
    )
    camp = context.notes.book.allegiance(speaker.side)
    against = context.notes.book.opponents(camp, context.published, context.countries) if camp and ours else []
    if against:
        draft.side = _one_of(against, context)


def _candidates(place: int, draft: Draft, context: Context) -> Iterator[Draft]:
    """Yield the mentions before a pronoun that it may stand for, the nearest first."""
    head = draft.head
    inside = context.quoted.get(head.i)
    speaker = context.speakers.get(inside) if inside is not None else None
    camp = context.notes.book.allegiance(speaker.side) if speaker is not None else None
    for back in range(place - 1, -1, -1):
        other = context.drafts[back]
        if head.sent - other.head.sent > REACH:
            return
        if (other.modifier and other.head.dep != "poss") or other.pronoun in ("1s", "1p") or not _agrees(draft, other):
            continue
        quoted = context.quoted.get(other.head.i)
        if (inside is None and quoted is not None) or _binds(head, other):
            continue
        # Speakers call themselves and their side "I" and "we", not "he" and "they".
        if inside is not None and quoted != inside and speaker is not None:
            if other is speaker or other.antecedent is speaker or (camp is not None and context.notes.book.allegiance(other.side) == camp):
                continue
        yield other


def _salience(draft: Draft, other: Draft, distance: int) -> float:
    score = -2.0 * distance
    if other.head.dep in SUBJECTS:
        score += 2.0
        if other.head.head.lemma in SPEECH:
            score += 0.5
    elif other.head.dep in ("pobj", "poss"):
        score -= 1.0
    if other.names or other.actor is not None:
        score += 1.0
    if other.side is None and other.kind != "person":
        score -= 0.5
    if draft.pronoun in ("3sm", "3sf"):
        score += 1.0 if other.kind == "person" else 0.0
        score += 0.5 if other.gender else 0.0
    if draft.pronoun == "3p" and other.head.dep in SUBJECTS and other.plural:
        score += 0.5
    return score


def _binds(head: Token, other: Draft) -> bool:
    """Say whether grammar forbids it: "he" and "him" of one verb are two, and a phrase is not its own owner."""
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


def speaker_of(token: Token, context: Context) -> Draft | None:
    """Return who says a token: the speaker of its quotation, else the subject of a verb of saying above it."""
    number = context.quoted.get(token.i)
    if number is not None:
        return context.speakers.get(number)
    for above, below in zip((*token.ancestors(),), (token, *token.ancestors()), strict=False):
        if above.lemma in SPEECH and below.dep in ("ccomp", "advcl", "parataxis"):
            subject = above.child("nsubj")
            found = context.notes.drafts.get(subject.i) if subject is not None else None
            if found is not None:
                return found.antecedent if found.pronoun and found.antecedent else found
    return None


def _find_speakers(layout: Layout, context: Context) -> None:
    """Find the speaker of each quotation: by the verb that governs it, else beside it, else the one before it."""
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
        for above in (token.head, *token.head.ancestors()):
            if above.i not in within and above.lemma in SPEECH:
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
        *range(places[-1] + 1, min(places[-1] + 25, len(tokens))),
        *range(places[0] - 1, max(places[0] - 25, -1), -1),
    ]
    home = {sentences[tokens[places[0]].sent].paragraph, sentences[tokens[places[-1]].sent].paragraph}
    for place in near:
        token = tokens[place]
        if sentences[token.sent].paragraph not in home or place in context.quoted:
            continue
        if token.lemma in SPEECH and token.pos == "VERB":
            found = _subject(token, within, context)
            if found is not None:
                return found
    return None


def _description(place: int, draft: Draft, context: Context) -> None:
    """Resolve "the mayor", "the ministry", "the same official", "the group": the last mention that fits the words."""
    for back in range(place - 1, -1, -1):
        other = context.drafts[back]
        if draft.head.sent - other.head.sent > DESCRIBED:
            break
        if (
            other.pronoun
            or other.modifier
            or (draft.side is not None and other.side is not None and draft.side != other.side)
        ):
            continue
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
    if draft.word in GROUP_NOUNS and other.actor is not None and other.kind in ("organization", "force"):
        state = book.actors.get(other.side or "")
        return state is not None and state.kind != "country"
    if draft.sense in ("institution", "group", "bloc", "state"):
        if draft.word == other.word:
            return True
        return draft.word in (other.name or "").lower().split() and other.kind in ("organization", "government")
    return draft.kind == "force" and other.kind == "force" and draft.word == other.word and other.side is not None


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


def _epithet(draft: Draft, context: Context) -> None:
    """Give "the enemy", "the occupiers", "militants" a side by who speaks and which war is told of."""
    if draft.side is not None or draft.pronoun or draft.kind == "person":
        return
    tokens = context.notes.parse.tokens
    words = tuple(
        word_key(token.text) for token in tokens[draft.first : draft.head.i + 1] if token.text[0].isalnum()
    )
    book = context.notes.book
    speaker = speaker_of(draft.head, context)
    side = speaker.side if speaker is not None and speaker.side not in (None, CIVILIANS) else None
    known = side or context.outlet
    for start in range(len(words)):
        for epithet in book.epithets.get(words[start], ()):
            if words[start:] == epithet.words and epithet.fits(known, context.countries):
                found = _meaning(epithet, known, context)
                if found is not None:
                    draft.side = found
                    return
    if "our" in words and known is not None:
        draft.side = known


def _meaning(epithet: Epithet, speaker: str | None, context: Context) -> str | None:
    book, day = context.notes.book, context.published
    if epithet.side not in ("enemy", "own", "home", "invader", "invaded"):
        return epithet.side
    camp = book.allegiance(speaker)
    if epithet.side in ("own", "home"):
        return speaker
    against = book.opponents(camp, day, context.countries) if camp else []
    if epithet.side != "invaded" and against:
        return _one_of(against, context)
    war = book.invasion(day, context.sides, context.countries)
    if war is None:
        return None
    invader = war.invader
    other = war.a[0] if invader in war.b else war.b[0]
    return other if epithet.side == "invaded" else invader


def _one_of(camps: list[tuple[str, ...]], context: Context) -> str | None:
    """Return the side meant among a speaker's opponents: the only one, else the only one that the report names."""
    if len({camp[0] for camp in camps}) == 1:
        return camps[0][0]
    told = set(context.sides)
    named = [camp[0] for camp in camps if told & set(camp)]
    return named[0] if len(set(named)) == 1 else None


def _home(draft: Draft, context: Context) -> None:
    """Give state bodies and officials whose state is not told the land that the outlet is of, or that is told of."""
    if draft.kind == "civilians" or draft.names or draft.actor is not None:
        return
    if draft.word in SOLDIERS:
        draft.side = _army_of(context)
    if draft.body is None and draft.word not in STATE_FORCES and draft.sense not in STATELY:
        return
    lands, outlet = context.countries, context.outlet
    here = _land(draft, context)
    if outlet is not None and (outlet in lands or not lands):
        draft.side = outlet
    elif here is not None:
        draft.side = here
    elif len(lands) == 1:
        draft.side = next(iter(lands))


def _army_of(context: Context) -> str | None:
    """Return the only land told of, if its state fights no other state: "soldiers" are then the state's."""
    if len(context.countries) != 1:
        return None
    land = next(iter(context.countries))
    book, day = context.notes.book, context.published
    against = [camps.against(land) for camps in book.camps if camps.active(day) and land in camps.countries]
    states = any(side in book.actors and book.actors[side].kind == "country" for camp in against for side in camp[:1])
    return land if any(against) and not states else None


def _land(draft: Draft, context: Context) -> str | None:
    """Return the one country whose places a draft's sentence names; null if none or several."""
    sentence = context.notes.parse.sentence_of(draft.head)
    found = {
        mention.place.country
        for place in range(sentence.first, sentence.last + 1)
        if (mention := context.notes.placed.get(place)) is not None and mention.place.precision != 6
    } - {None}
    return found.pop() if len(found) == 1 else None
