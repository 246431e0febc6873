"""Join the event words of one report that tell of one thing: effects into their cause, headline into lead, repeats."""

from dateline.reading.clauses import CLAUSE, OWN, clause_of
from dateline.reading.drafts import HARM, Draft
from dateline.reading.event_types import means_type
from dateline.reading.modality import is_infinitive
from dateline.reading.roles import is_verbal
from dateline.reading.scene import Scene
from dateline.reading.tokens import Token
from dateline.reading.unlike import (
    accused_apart,
    apart,
    counts_apart,
    figures_apart,
    sides_apart,
    times_apart,
)

NO_CAUSE = frozenset("battle war conflict resistance resist defend repel fight".split())
EFFECTS = frozenset(("harm", "damage", "destroy", "kill", "shoot", "civilians", "loss", "body"))
CAUSES = frozenset(("strike", "battle"))
# How far tellings are compared, in events: a long report costs no more an event than a short one.
WINDOW = 40
OPENING = 8
FEW = 2
NEW = frozenset("a an another new fresh second third separate".split())
DEFINITE = frozenset(("the", "this", "these", "that", "those", "such", "its", "their"))


def join_effects(drafts: list[Draft], scene: Scene) -> list[Draft]:
    """Join each killed, wounded or damaged into the strike or clash that caused it, where the text says so."""
    kept: list[Draft] = []
    absorbed: set[int] = set()
    for number, draft in enumerate(drafts):
        family = draft.event.trigger.type.split(".")[0]
        effect = draft.type in HARM and (
            family in EFFECTS or (family == "strike" and draft.type == "force.loss")
        )
        if effect or draft.event.trigger.type == "harm.*":
            cause = _cause(draft, near(draft, drafts, number), absorbed, scene)
            if cause is not None:
                if draft.head.sent == cause.head.sent and draft.modality.certainty != "certain":
                    cause.modality.certainty = draft.modality.certainty
                    cause.modality.hedges.extend(
                        h for h in draft.modality.hedges if h not in cause.modality.hedges
                    )
                cause.absorb(draft)
                absorbed.add(id(draft))
                if cause.type == "strike.other":
                    cause.type = means_type(draft.event) or cause.type
    kept.extend(draft for draft in drafts if id(draft) not in absorbed)
    return kept


def near(draft: Draft, drafts: list[Draft], number: int) -> list[Draft]:
    """Return the drafts that a draft is compared with: those about it, and the report's first ones."""
    return drafts[: min(OPENING, max(number - WINDOW, 0))] + drafts[max(number - WINDOW, 0) : number + WINDOW]


def _cause(effect: Draft, drafts: list[Draft], absorbed: set[int], scene: Scene) -> Draft | None:
    best: tuple[int, int] | None = None
    chosen: Draft | None = None
    for draft in drafts:
        if draft is effect or id(draft) in absorbed or not _may_cause(draft, effect):
            continue
        strength = _link(draft, effect, scene)
        if strength == 0:
            continue
        key = (strength, -abs(draft.head.i - effect.head.i))
        if best is None or key > best:
            best, chosen = key, draft
    return chosen


def _may_cause(cause: Draft, effect: Draft) -> bool:
    if cause.family not in CAUSES and not (
        cause.type == "civilians.attack" and effect.type == "civilians.toll"
    ):
        return False
    if (
        cause.type == "battle.capture"
        or cause.event.trigger.words[0] in NO_CAUSE
        or _lasting(cause)
        or _lasting(effect)
    ):
        return False
    if cause.modality.polarity != effect.modality.polarity or cause.real != effect.real:
        return False
    return not (effect.type == "force.loss" and effect.event.trigger.type.startswith("down"))


def _lasting(draft: Draft) -> bool:
    """Whether a clash is one of many days: tolls over them are tolls, not the toll of one clash."""
    time = draft.time.time if draft.time is not None else None
    return draft.family == "battle" and time is not None and (time.latest - time.earliest).days > FEW


def _link(cause: Draft, effect: Draft, scene: Scene) -> int:
    """How surely one is the cause of the other: 3 by syntax, 2 in one sentence, 1 in the next, 0 not."""
    one, other = cause.head, effect.head
    if one.sent == other.sent and _after_another(one, effect):
        return 0
    if effect.event.trigger.type.startswith("body"):
        # "bodies found after the strike": they are its dead, by syntax alone.
        found = one.sent == other.sent and cause.family == "strike" and bool(effect.figures)
        return 3 if found and _adjunct(one, clause_of(other)) else 0
    if one.sent == other.sent:
        if (
            any(agent.i == one.i or _holds(agent, one) for agent in effect.agents)
            or _adjunct(one, other)
            or _holds(one, other)
            or _ensues(one, other, scene)
        ):
            return 3
        if apart(cause.place, effect.place) or cause.speaker != effect.speaker:
            return 0
        if effect.cumulative(scene):
            return 0
        return 2 if effect.type != "force.loss" or cause.family == "battle" else 0
    # "25 killed", then what killed them.
    told_first = effect.headline and not cause.headline and opening(cause, scene)
    if (
        effect.type == "force.loss"
        or (effect.place_rank >= 3 and (not told_first or apart(cause.place, effect.place)))
        or effect.cumulative(scene)
        or times_apart(cause, effect)
    ):
        return 0
    same = cause.paragraph(scene) == effect.paragraph(scene)
    headline = cause.headline and opening(effect, scene)
    close = 0 < other.sent - one.sent <= 1
    if (
        ((same and close) or headline or told_first)
        and cause.family == "strike"
        and effect.figures
        and (cause.speaker == effect.speaker or (headline and not cause.speaker))
    ):
        return 1
    return 0


def _ensues(cause: Token, effect: Token, scene: Scene) -> bool:
    """Whether an effect is told right behind its cause, whatever verb it is hung on: "where a house was hit, killing two"."""
    tokens = scene.parse.tokens
    if effect.tag != "VBG" or effect.i < 2 or tokens[effect.i - 1].lower != ",":
        return False
    if effect.dep == "advcl" and cause.dep == "dobj" and cause.head is effect.head:
        return True  # "launched 80 attacks on the town, wounding one soldier"
    before = (tokens[i] for i in range(effect.i - 2, scene.parse.sentences[effect.sent].first - 1, -1))
    return next((token for token in before if is_verbal(token)), None) is cause


def _after_another(cause: Token, effect: Draft) -> bool:
    """Whether a cause stands in a clause of its own before an act told for itself: "killed rebels after they attacked"."""
    if not effect.agents or any(agent is cause for agent in effect.agents):
        return False
    clause = clause_of(cause)
    return (
        clause.dep == "advcl"
        and any(child.dep == "mark" and child.lower in ("after", "before") for child in clause.children)
        and any(child.dep in ("nsubj", "nsubjpass") for child in clause.children)
        and clause.head is clause_of(effect.head)
    )


def _adjunct(cause: Token, effect: Token) -> bool:
    """Whether the cause stands in a phrase of the effect ("killed in the shelling"), not in a clause on its object."""
    token = cause
    for _ in range(8):
        if token is effect:
            return token is not cause
        if token.dep in ("relcl", "acl") or token.head is token:
            return False
        token = token.head
    return False


def _holds(token: Token, inner: Token) -> bool:
    return token is not inner and token.left <= inner.i <= token.right


def join_repeats(drafts: list[Draft], scene: Scene) -> list[Draft]:
    """Join tellings of one thing: headline and lead by whomever told, elsewhere by the same speaker."""
    kept: list[Draft] = []
    for draft in drafts:
        about = near(draft, kept, len(kept))
        earlier = next((known for known in reversed(about) if _repeats(known, draft, scene)), None)
        if earlier is None:
            kept.append(draft)
        elif _fuller(draft, earlier, scene):
            draft.absorb(earlier)
            kept[kept.index(earlier)] = draft
        else:
            earlier.absorb(draft)
    return kept


def join_labels(drafts: list[Draft], scene: Scene) -> list[Draft]:
    """Join the event noun of a headline's topic ("Shelling of X: …") into what headline and lead then tell."""
    labels = [draft for draft in drafts if _is_label(draft, scene)]
    kept = [draft for draft in drafts if draft not in labels]
    for label in labels:
        told = next(
            (
                draft for draft in kept
                if opening(draft, scene) and _under_label(label, draft) and not _elsewhere(label, draft)
            ), None,
        )  # fmt: skip
        if told is None:
            if "dated" not in label.event.trigger.flags:
                kept.append(label)
        else:
            place, rank = told.place, told.place_rank
            told.absorb(label)
            if place is not None:
                told.place, told.place_rank = place, rank
    return sorted(kept, key=lambda draft: draft.head.i)


def _is_label(draft: Draft, scene: Scene) -> bool:
    """Whether an event noun stands before the colon that opens a headline, with no verb between."""
    sentence = scene.parse.sentences[draft.head.sent]
    # "Shelling in the region: The army shelled …": a gerund that the parser hangs on the verb behind.
    noun = draft.event.trigger.pos == "n" or (draft.head.tag == "VBG" and draft.head.i == sentence.first)
    # Battles that a fight was joined to are no mere label any more.
    told = draft.family == "battle" and any(other.event.trigger.pos == "v" for other in draft.more)
    if not noun or draft.figures or told or not opening(draft, scene):
        return False
    for index in range(sentence.first, sentence.last + 1):
        token = scene.parse.tokens[index]
        if token.text == ":":
            return draft.head.i < index
        if token.tag in ("VBZ", "VBD", "VBP", "MD"):
            return False
    return False


def _elsewhere(label: Draft, draft: Draft) -> bool:
    """Whether a label names another town than what is told under it."""
    if min(label.place_rank, draft.place_rank) < CLAUSE or label.place is None or draft.place is None:
        return False
    towns = label.place.place.precision == draft.place.place.precision == 1
    return towns and apart(label.place, draft.place)


def _under_label(label: Draft, draft: Draft) -> bool:
    return (
        _same_type(label, draft)
        or (label.family == draft.family and label.family in ("strike", "civilians"))
        or (label.type == "battle.clash" and draft.family in ("strike", "force", "battle"))
    )


def _fuller(draft: Draft, earlier: Draft, scene: Scene) -> bool:
    """Whether the later telling is the one to keep: a lead's verb over the headline, a named means over none."""
    if earlier.type == "strike.other" and draft.type != "strike.other":
        return True
    if earlier.type == "civilians.toll" and draft.family == "strike":
        return True  # the toll of one strike, once the lead tells it
    if known_by_verb(earlier, draft):
        return True
    opening = scene.layout.paragraphs[earlier.paragraph(scene)].kind == "headline"
    return (
        opening
        and draft.type == earlier.type
        and (draft.place_rank, len(draft.figures)) >= (earlier.place_rank, len(earlier.figures))
    )


def known_by_verb(earlier: Draft, draft: Draft) -> bool:
    """Whether a noun that points back is told out by a verb in its sentence: "the swap, saying 144 were returned"."""
    return anaphor(earlier) and earlier.head.sent == draft.head.sent and draft.event.trigger.pos == "v"


def _repeats(known: Draft, draft: Draft, scene: Scene) -> bool:
    if (
        not _same_type(known, draft)
        or known.modality.polarity != draft.modality.polarity
        or known.real != draft.real
    ):
        return False
    if not known.real and known.modality.reality != draft.modality.reality:
        return False
    if apart(known.place, draft.place) and not (known.listed and draft.listed):
        return False
    if times_apart(known, draft) or figures_apart(known, draft):
        return False
    if counts_apart(known, draft, scene) or any(child.lower == "another" for child in draft.head.children):
        return False
    if sides_apart(known.agents, draft.agents, scene) or sides_apart(known.patients, draft.patients, scene):
        return False
    # A lead tells its headline again, and names the speaker in full: "Ukraine asks", "the minister has asked".
    lead = scene.layout.paragraphs[known.paragraph(scene)].kind == "headline" and opening(draft, scene)
    if not lead and accused_apart(known, draft, scene):
        return False
    if known.headline and opening(draft, scene):
        return True
    if known.speaker != draft.speaker and not (anaphor(draft) and _presumed(draft)):
        return False
    if anaphor(known) and known.type == draft.type and known.head.sent == draft.head.sent:
        return True  # "confirmed the swap, saying 144 were returned"
    return anaphor(draft) or (
        known.head.sent == draft.head.sent and known.type == draft.type and _holds_clause(known, draft)
    )


def _presumed(draft: Draft) -> bool:
    """Whether a speaker only speaks of what was told before: "called for an answer to the attacks"."""
    said = draft.holding[-1] if draft.holding else None
    return said is not None and (said.commits or said.doubts)


def opening(draft: Draft, scene: Scene) -> bool:
    """Whether a draft stands in the headline or in the paragraph after it, which tells the headline again."""
    paragraphs = scene.layout.paragraphs
    number = draft.paragraph(scene)
    return paragraphs[number].kind == "headline" or all(
        paragraph.kind not in ("body", "bullet") for paragraph in paragraphs[:number]
    )


def _holds_clause(known: Draft, draft: Draft) -> bool:
    return (
        clause_of(known.head) is clause_of(draft.head)
        and known.event.trigger.words == draft.event.trigger.words
    )


def anaphor(draft: Draft) -> bool:
    """Whether an event noun points back: "the attack", "these strikes"."""
    head = draft.head
    if draft.event.trigger.pos != "n" or draft.place_rank >= OWN or draft.own[0]:
        return False
    return any(child.dep in ("det", "poss") and child.lower in DEFINITE for child in head.children)


def is_new(draft: Draft) -> bool:
    """Whether an event noun brings up something not told before: "another battle", "a new strike"."""
    return any(child.dep in ("det", "amod") and child.lower in NEW for child in draft.head.children)


def _same_type(known: Draft, draft: Draft) -> bool:
    if known.type == draft.type:
        return True
    if known.family == draft.family == "strike":
        return "strike.other" in (known.type, draft.type)
    pair = {known.type, draft.type}
    if pair <= {"civilians.toll", "civilians.attack"}:
        return True
    if pair == {"civilians.abduction", "force.surrender"} and known.headline:
        return (
            known.event.trigger.type == draft.event.trigger.type
        )  # "captured civilians": "captured fifty people"
    if known.headline and "strike.other" in pair and pair & {"civilians.attack", "battle.clash"}:
        return known.head.sent != draft.head.sent
    return (
        bool(known.figures and draft.figures)
        and "civilians.toll" in pair
        and bool({"strike", "civilians"} & {known.family, draft.family})
        and not is_infinitive(draft.head)
    )
