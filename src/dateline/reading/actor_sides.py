"""Give words such as "the enemy", "our forces", "the army" the side that speaker and war tell."""

from bisect import bisect_left

from dateline.codebook.actors import CIVILIANS, Epithet, word_key
from dateline.reading.actor_context import Context, speaker_of
from dateline.reading.actor_drafts import Draft, Notes

STATE_FORCES = frozenset(("army", "military", "navy"))
STATELY = frozenset(("institution", "police", "state", "official", "leader", "spokesperson"))
SOLDIERS = frozenset(("soldier", "serviceman", "troop"))
BACK = 100  # mentions back in which the forces that "the army" means are looked for
ARMS = frozenset(("force", "fighter", "unit", "equipment"))


def give_epithet_side(draft: Draft, context: Context) -> None:
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
        return one_of(against, context)
    war = book.invasion(day, context.sides, context.countries)
    if war is None:
        return None
    invader = war.invader
    other = war.a[0] if invader in war.b else war.b[0]
    return other if epithet.side == "invaded" else invader


def one_of(camps: list[tuple[str, ...]], context: Context) -> str | None:
    """Return the side meant among a speaker's opponents: the only one, else the only one told of."""
    if len({camp[0] for camp in camps}) == 1:
        return camps[0][0]
    told = set(context.sides)
    named = [camp[0] for camp in camps if told & set(camp)]
    return named[0] if len(set(named)) == 1 else None


def share_side(draft: Draft, notes: Notes) -> None:
    """Let "enemy" in "enemy jets and helicopters" belong to both."""
    if draft.side is None and draft.head.dep == "conj" and draft.sense in ARMS:
        first = notes.drafts.get(draft.head.head.i)
        if first is not None and first.sense in ARMS and not draft.definite:
            draft.side = first.side


def give_home_side(draft: Draft, context: Context) -> None:
    """Give state bodies and officials without a state the outlet's land, or the one told of."""
    if draft.kind == "civilians" or draft.names or draft.actor is not None:
        return
    if draft.word in SOLDIERS:
        draft.side = _army_of(context)
    if draft.body is None and draft.word not in STATE_FORCES and draft.sense not in STATELY:
        return
    lands, outlet, tokens = context.countries, context.outlet, context.notes.parse.tokens
    if draft.word in STATE_FORCES and (side := _last_army(draft, context)) is not None:
        draft.side = side
        return
    here = _land(draft, context)
    headed = draft.last + 1 < len(tokens) and tokens[draft.last + 1].text == ":"
    if outlet is not None and (outlet in lands or not lands or headed or _all_enemy(lands, draft, context)):
        draft.side = outlet
    elif here is not None:
        draft.side = here
    elif len(lands) == 1:
        draft.side = next(iter(lands))


def _all_enemy(lands: frozenset[str], draft: Draft, context: Context) -> bool:
    """Whether all lands told of are the enemy's of the outlet, whose own bodies need no name, and none of theirs speaks."""
    if draft.kind == "person" or draft.sense in ("official", "leader", "spokesperson"):
        return False
    camps = context.notes.book.opponents(context.outlet or "", context.published, lands)
    speaker = speaker_of(draft.head, context)
    spoken = speaker is not None and speaker.side in lands
    return lands <= {side for camp in camps for side in camp} and not spoken


def _last_army(draft: Draft, context: Context) -> str | None:
    """Return the state whose forces were told of last before "the army"."""
    side = None
    end = bisect_left(context.drafts, draft.head.i, key=lambda other: other.head.i)
    for other in context.drafts[max(end - BACK, 0) : end]:
        state = context.notes.book.actors.get(other.side or "")
        if other.kind == "force" and state is not None and state.kind == "country":
            side = other.side
    return side


def _army_of(context: Context) -> str | None:
    """Return the only land told of, if its state fights no other state: "soldiers" are then the state's."""
    if len(context.countries) != 1:
        return None
    land = next(iter(context.countries))
    book, day = context.notes.book, context.published
    against = [camps.against(land) for camps in book.camps if camps.active(day) and land in camps.countries]
    states = any(
        side in book.actors and book.actors[side].kind == "country" for camp in against for side in camp[:1]
    )
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
