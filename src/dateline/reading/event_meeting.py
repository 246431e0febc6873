"""Let the events of the rules and of the trained branch meet: types weighed, slips dropped, words added, roles filled.

The rules read an event by its word and its frame; the branch hears the same words in their context, with what the rules
read there beside them. Where it is sure that a word tells of no event, or of one of another type, it has its way; where it
is sure of an event that no trigger of the codebook tells, the word becomes one, with the arguments that the parse gives
it. Who reads a claim is kept in its `by`.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dateline.codebook.triggers import Trigger
from dateline.reading.clauses import CLAUSE
from dateline.reading.drafts import HARM, Draft
from dateline.reading.event_model import NEXT, REALITIES, TYPES, UNFIT, Heard
from dateline.reading.event_types import SOLDIERLY
from dateline.reading.frames import Event, fit
from dateline.reading.scene import Scene
from dateline.reading.tokens import Token
from dateline.reading.unlike import apart, figures_apart, times_apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """How sure the branch must be, 0 to 1, to have its way; set on short reports that no rule had seen (own/train3.jsonl).

    `none`: of no event, for one of the rules to fall; `type`: of another type; `event` and `event_type`: to add an event;
    `unfit`: to add one at a word whose frame the rules found not to fit; `actor`: to name who did it where the rules
    name nobody. A wrong accusation is worse than a gap.
    """

    none: float = 0.95
    type: float = 0.9
    event: float = 0.8
    event_type: float = 0.6
    unfit: float = 0.97
    actor: float = 0.9


LEVELS = Levels()
NEAR = 3  # sentences within which what the branch adds may be another telling
HEARD_TOO = 0.5  # from here on the branch reads an event where the rules read one
# Words of these parts of speech tell of no event by themselves.
_EMPTY = frozenset(("PUNCT", "DET", "ADP", "PRON", "CCONJ", "SCONJ", "NUM", "AUX", "PART", "SPACE"))

Drafting = Callable[[Event, str, Scene], Draft | None]
Hearing = Mapping[int, Heard]


def hear_events(drafts: list[Draft], unfit: list[Token], scene: Scene) -> Hearing:
    """Return what the branch hears of each word, told what the rules read; nothing where it is not there."""
    if scene.kit.events is None or scene.encoded is None:
        return {}
    told = {token.start: UNFIT for token in unfit} | {draft.head.start: draft.type for draft in drafts}
    return scene.kit.events.hear(scene.encoded, told)


def meet_events(
    drafts: list[Draft], unfit: list[Token], hearing: Hearing, scene: Scene, drafting: Drafting
) -> list[Draft]:
    """Return the drafts of both readings in text order, types weighed; `drafting` makes a draft of an added event."""
    for draft in drafts:
        _weigh(draft, hearing, scene)
    taken = {index for draft in drafts for index in range(draft.event.first, draft.event.last + 1)}
    added = []
    rejected = {token.i for token in unfit}
    for token in scene.parse.tokens:
        word = hearing.get(token.start)
        level = LEVELS.unfit if token.i in rejected else LEVELS.event
        if word is not None and token.i not in taken and word.event >= level:
            made = _added(token, word, scene, drafting)
            if made is not None:
                added.append(made)
    out = sorted([*drafts, *added], key=lambda draft: (draft.event.first, draft.event.last))
    for draft in out:
        _name_actor(draft, hearing, scene)
    return out


def without_slips(drafts: list[Draft], hearing: Hearing, scene: Scene) -> list[Draft]:
    """Leave out what the branch is sure is no event in any of its tellings, and what it adds without a word more.

    What it adds of a kind that is told beside it is another telling of that.
    """
    if not hearing:
        return drafts
    added = [draft for draft in drafts if draft.voices == ("model",)]
    known = [(draft, _stands(draft, hearing, scene)) for draft in drafts if draft.voices != ("model",)]
    kept = [draft for draft, stands in known if stands]
    for draft in (draft for draft, stands in known if not stands and draft.type in HARM):
        # What the branch hears as no event of its own is what the attack beside it did: "The hospital was destroyed."
        _join(draft, [one for one in kept if _may_have_done(one, draft)])
    for draft in added:
        if not _join(draft, [one for one in kept if _may_be_one(one, draft)]) and not _bare(draft):
            kept.append(draft)
    return sorted(kept, key=lambda draft: (draft.event.first, draft.event.last))


def _join(draft: Draft, known: list[Draft]) -> bool:
    """Join a draft to the nearest of those that may be one with it, which keeps its place and day; say whether there is one."""
    nearest = min(known, key=lambda other: abs(other.head.i - draft.head.i), default=None)
    if nearest is None:
        return False
    place, time = nearest.place, nearest.time
    nearest.absorb(draft)
    nearest.place, nearest.time = place or nearest.place, time or nearest.time
    return True


def _may_have_done(cause: Draft, effect: Draft) -> bool:
    """Whether an attack told just before, by the same speaker and not apart in place or day, may have done a harm."""
    if cause.family not in ("strike", "battle") or not 0 <= effect.head.sent - cause.head.sent <= NEAR:
        return False
    if effect.holding and effect.speaker != cause.speaker:
        return False
    return not (apart(cause.place, effect.place) or times_apart(cause, effect))


def _may_be_one(known: Draft, draft: Draft) -> bool:
    """Whether an event told by the branch alone may be one told beside it: of its type, not apart in place, day or toll."""
    if draft.type != known.type and not (known.family == draft.family == "strike"):
        return False
    if draft.modality.polarity != known.modality.polarity or draft.real != known.real:
        return False
    if (draft.holding and draft.speaker != known.speaker) or abs(draft.head.sent - known.head.sent) > NEAR:
        return False
    return not (
        draft.losses
        or apart(known.place, draft.place)
        or times_apart(known, draft)
        or figures_apart(known, draft)
    )


def _stands(draft: Draft, hearing: Hearing, scene: Scene) -> bool:
    # Who counts the dead tells of what killed them, though the branch hears the event in another word.
    if NEXT.get(draft.type, draft.type) not in TYPES or draft.figures or draft.losses:
        return True
    # A phrase of several words is the codebook's on purpose; the branch hears its words one by one. So are the dead who lie
    # somewhere: the branch learnt from marks that leave them to what killed them.
    if len(draft.event.trigger.words) > 1 or draft.event.trigger.type == "body.*":
        return True
    words = [_heard(event, hearing, scene) for event in (draft.event, *draft.tellings)]
    # "A bomb exploded" is one event, whichever of its words tells it.
    words += [
        hearing.get(token.start) for token in (*draft.agents, *draft.patients) if token.start in hearing
    ]
    return any(word is None or word.event >= 1 - LEVELS.none for word in words)


def _bare(draft: Draft) -> bool:
    """Whether a telling has nothing beside its word: not who, whom, how many, where or when."""
    placed = max(draft.place_rank, draft.time_rank) >= CLAUSE
    return not (draft.agents or draft.patients or draft.figures or draft.losses or placed)


def _heard(event: Event, hearing: Hearing, scene: Scene) -> Heard | None:
    """Return what is heard of the word of a trigger that is likeliest to tell of an event."""
    tokens = scene.parse.tokens[event.first : event.last + 1]
    words = [hearing[token.start] for token in tokens if token.start in hearing]
    return max(words, key=lambda word: word.event) if words else None


def _weigh(draft: Draft, hearing: Hearing, scene: Scene) -> None:
    """Give a draft of the rules the type that the branch is sure of, and say whether it hears an event there too."""
    word = _heard(draft.event, hearing, scene)
    if word is None or NEXT.get(draft.type, draft.type) not in TYPES:
        return
    if word.event >= HEARD_TOO:
        draft.by = ("rules", "model")
    # By what means is told in the clause or not at all: the branch would take it from the whole page.
    told = draft.family == "strike" and word.best.startswith("strike.")
    if draft.type == "force.loss":
        # So is what is lost; and who tells of soldiers killed accuses nobody of an attack on civilians.
        soldiers = any(scene.classes(token) & SOLDIERLY for token in draft.patients)
        told = bool(draft.losses) or (soldiers and word.best.startswith("civilians."))
    if not told and word.best != NEXT.get(draft.type, draft.type) and word.of(word.best) >= LEVELS.type:
        draft.event.type = draft.type = word.best


def _added(token: Token, word: Heard, scene: Scene, drafting: Drafting) -> Draft | None:
    """Return the draft of a word that the branch alone hears an event in."""
    if token.pos in _EMPTY or word.of(word.best) < LEVELS.event_type:
        return None
    verb = token.pos == "VERB" or token.tag.startswith("VB")
    trigger = Trigger(
        key="", words=(token.lemma,), pos="v" if verb else "n", type=word.best, subject=frozenset(),
        object=frozenset(), flags=frozenset(),
    )  # fmt: skip
    event = fit(trigger, token, [token], scene)
    draft = drafting(event, word.best, scene) if event is not None else None
    if draft is not None:
        draft.by = ("model",)
        _unreal(draft, word)
    return draft


def _unreal(draft: Draft, word: Heard) -> None:
    """Tell of what the branch hears as planned, possible or denied as it hears it, where the rules take it for fact."""
    if draft.modality.reality not in ("happened", "ongoing") or draft.modality.polarity == "negative":
        return
    heard = REALITIES[int(word.realities.argmax())]
    if heard == REALITIES[0]:
        return
    if heard == "denied":
        draft.modality.polarity = "negative"
    else:
        draft.modality.reality = "intended" if heard == "planned" else "hypothetical"


def _name_actor(draft: Draft, hearing: Hearing, scene: Scene) -> None:
    """Give a draft without an agent the words that the branch is sure tell who did it."""
    word = _heard(draft.event, hearing, scene)
    if draft.agents or word is None or word.actor is None or word.actor[1] < LEVELS.actor:
        return
    token = _token_at(word.actor[0], scene)
    actor = scene.actor_cover.get(token.i)
    agent = actor.head if actor is not None else token
    # Nobody is named as who does it to his own.
    side = scene.side(agent)
    if side is None or all(scene.side(one) != side for one in draft.patients):
        draft.agents = [agent]


def _token_at(char: int, scene: Scene) -> Token:
    tokens = scene.parse.tokens
    return tokens[bisect_right(tokens, char, key=lambda token: token.start) - 1]
