"""Fit a matched trigger to its frame: fill its arguments from the parse, and test them and its flags."""

from dataclasses import dataclass, field

from dateline.codebook.triggers import Trigger
from dateline.reading.frame_flags import RAGING, meets_flags
from dateline.reading.roles import (
    ENDEAVOURS,
    agents_of,
    at_hands_of,
    core,
    is_verbal,
    patients_of,
    prepositional,
    with_conjuncts,
)
from dateline.reading.scene import Scene
from dateline.reading.tokens import Token

TAKEN = frozenset(("battle.capture", "capture.*", "free.*"))
KINDS = frozenset(
    "mass combat battle battlefield multiple further fresh scale land ground street contact terrorist terror war "
    "night evening morning day".split()
)
INVADING = frozenset(("invasion", "incursion", "infiltration"))
CRIMES = frozenset("atrocity crime terror brutality".split())
FORCING = frozenset(("force", "compel", "drive", "oblige", "push"))
STATES = frozenset("be remain stay come fall lie".split())
MILITARIES = frozenset(("military", "army", "navy"))
FALLING = frozenset("die perish suffer succumb".split())
BEHIND = frozenset(("on", "at", "of", "over", "against"))


@dataclass(slots=True, kw_only=True)
class Event:
    """An event word with its arguments: head token, token range, and the tokens that fill its roles."""

    trigger: Trigger
    head: Token
    first: int
    last: int
    type: str = ""
    agents: list[Token] = field(default_factory=list)
    patients: list[Token] = field(default_factory=list)
    means: set[str] = field(default_factory=set)
    instruments: list[int] = field(default_factory=list)

    @property
    def family(self) -> str:
        """The part of the type before the dot."""
        return self.type.split(".")[0]


def fit(trigger: Trigger, token: Token, matched: list[Token], scene: Scene) -> Event | None:
    """Return the event if the trigger's frame and flags are met."""
    event = Event(trigger=trigger, head=token, first=matched[0].i, last=matched[-1].i)
    if trigger.pos == "n" and len(matched) > 1:
        event.head = (
            matched[-1]
            if matched[-1].i - matched[0].i < len(matched)
            and trigger.words[1] not in ("of", "on", "against", "under")
            else token
        )
    head = event.head
    if trigger.pos == "n" and (_is_modifier(head, scene) or _in_name(head, scene)):
        return None
    if (
        trigger.pos == "v"
        and head.pos == "PROPN"
        and head.dep in ("compound", "amod")
        and head.head.pos == "PROPN"
    ):
        return None  # "the Ministry of Temporarily Occupied Territories"
    transitive = "intr" not in trigger.flags
    inside = {token.i for token in matched}
    event.agents = [
        agent
        for agent in agents_of(head, transitive=transitive)
        if agent.i not in inside and not (agent.dep in ("amod", "nmod") and scene.side(agent) is None)
    ]
    event.patients = [
        patient
        for patient in patients_of(head, transitive=transitive)
        if patient.i not in inside
        and (patient.i not in scene.time_cover or patient.i in scene.place_cover)
        and not (patient.pos == "NOUN" and patient.lower in RAGING)
        and (patient not in event.agents or not is_verbal(head))
        and not (
            patient.dep in ("compound", "nmod")
            and (
                patient.i in scene.instrument_cover
                or (scene.side(patient) is not None and "place" not in scene.classes(patient))
            )
        )
    ]
    if trigger.pos == "v" and len(matched) > 1:
        event.patients = [one for one in _behind(matched, event.patients) if one.i not in scene.time_cover]
    if trigger.pos == "v" and head.dep == "amod" and not is_verbal(head) and not event.patients:
        event.patients = [head.head]  # a participle read as an adjective: "the liberated town"
    if trigger.type.startswith("strike.") and _hit_with(event, scene):
        event.agents, event.patients = event.patients, []
    if trigger.pos == "n":
        _turn_nouns(event, scene)
    if trigger.pos == "v" and trigger.type == "battle.clash":
        _repel(event, scene)
    forcing = head.head if trigger.type == "force.movement" and head.dep == "xcomp" else None
    if forcing is not None and forcing.lemma in FORCING and (forced := forcing.child("dobj")) is not None:
        # "The army forced the rebels to retreat": it is done to them.
        event.agents, event.patients = agents_of(forcing), with_conjuncts(forced)
    if trigger.pos == "a":
        event.patients = [head.head] if head.dep == "amod" else event.patients
        if head.dep == "prep" and head.head.pos in ("NOUN", "PROPN"):
            event.patients, event.agents = [head.head], matched[-1].all("poss")
        elif head.dep == "prep" and is_verbal(head.head):
            event.patients = (
                _held(head, scene)
                if trigger.type in TAKEN
                else patients_of(head.head)
                if head.head.lemma != "be"
                else head.head.all("nsubj")
            )
            event.agents = matched[-1].all("poss") + [
                inner for prep in matched[-1].all("prep") if (inner := prep.child("pobj")) is not None
            ]
    if "missing" in trigger.flags or "dead" in trigger.flags:
        # "They went missing", "they were found dead": it befell them.
        event.patients += [one for one in event.agents if one not in event.patients]
        event.agents = []
    if trigger.type in TAKEN:
        event.patients += _forces(head, "from", scene)
    _surface_arguments(event, scene)
    if "self" in trigger.flags and not event.agents:
        # "They are entrenched in the east": the subject did it.
        event.agents, event.patients = event.patients, []
    if "undergo" in trigger.flags or (trigger.words == ("sink",) and head.child("dobj") is None):
        # "Russian missiles exploded": what is fired suffers nothing, and tells whose fire it is.
        fired = [
            one for one in event.agents
            if trigger.type.startswith("strike") and {"weapon", "strike"} <= scene.classes(one)
        ]  # fmt: skip
        suffering = [agent for agent in event.agents if agent not in (*event.patients, *fired)]
        if not _frame(trigger.subject, event.agents or event.patients, scene):
            return None
        takers = _forces(head, "to", scene) if trigger.type == "battle.capture" else []
        by = _fire_of(matched, scene)
        # Who loses is no ground lost: "the state is not giving up anything".
        given = event.patients if trigger.type == "battle.capture" and event.patients else None
        event.agents = at_hands_of(head) or takers or by or fired
        event.patients = suffering + [one for one in event.patients if one not in by]
        fits = _frame(trigger.object, given or event.patients, scene)
        return event if fits and meets_flags(event, scene) else None
    if head.tag == "VBG" and head.dep == "amod" and trigger.pos == "v":
        event.patients = [head.head]
    if not _acts(trigger.subject, event.agents, scene) or not _frame(trigger.object, event.patients, scene):
        return None
    if trigger.type in TAKEN and trigger.words == ("fall",) and (takers := _forces(head, "to", scene)):
        # "The town fell to the rebels": they took it.
        event.agents, event.patients = takers, [*event.agents, *event.patients]
    if "hard" in trigger.flags and not _hard(trigger, event, scene):
        return None
    return event if meets_flags(event, scene) else None


def _hit_with(event: Event, scene: Scene) -> bool:
    """Whether a verb taken for a participle is what a force did: "Rebels hit with four missiles"."""
    head = event.head
    if head.tag not in ("VBD", "VBN") or event.agents or head.child("auxpass") is not None:
        return False
    forces = event.patients and all(scene.classes(one) & {"force"} for one in event.patients)
    withs = [child.child("pobj") for child in head.children if child.dep == "prep" and child.lower == "with"]
    return bool(forces) and any(inner is not None and inner.i in scene.instrument_cover for inner in withs)


def _repel(event: Event, scene: Scene) -> None:
    """Mend "the army repelled attacks of rebels", taken for repelled attacks; and take those whose attack it was as patients."""
    head = event.head
    attack = head.head if head.dep == "amod" else None
    if attack is not None and attack.i == head.i + 1 and scene.classes(attack) & {"strike", "move"}:
        # The parser hangs the army on the verb, on the attacks, or nowhere near.
        before = (head.child("nsubj"), *attack.children, scene.parse.tokens[max(head.i - 1, 0)])
        acting = (
            one for one in before
            if one is not None and one.i < head.i and one.sent == head.sent
            and scene.classes(one) & {"force", "combatant", "state", "unit"}
        )  # fmt: skip
        if (subject := next(acting, None)) is not None:
            event.agents, event.patients = [subject], [attack]
    owners = [
        agent
        for patient in event.patients
        if not is_verbal(patient)
        and (scene.classes(patient) & {"strike", "move"} or patient.lemma in ENDEAVOURS)
        for agent in prepositional(patient, ("of", "by"))
        if scene.classes(agent) & {"force", "combatant", "state"}
    ]
    event.patients += [one for one in owners if one not in event.patients]


def _held(phrase: Token, scene: Scene) -> list[Token]:
    """Return what is held: "half of the town is under rebel control", "Mosul, now under their control"."""
    verb = phrase.head
    tokens = scene.parse.tokens
    aside = phrase.left - 1
    if aside > verb.i and tokens[aside].text == "," and "place" in scene.classes(tokens[aside - 1]):
        return [tokens[aside - 1]]
    if verb.lemma in STATES:
        subjects = verb.all("nsubj") or ([verb.head] if verb.dep == "relcl" else [])
        return [inner for subject in subjects for inner in with_conjuncts(core(subject))]
    return patients_of(verb)


def _turn_nouns(event: Event, scene: Scene) -> None:
    """Give the arguments of an event noun the roles that its words ask for: who retreats does it, bodies are who suffers it."""
    trigger = event.trigger
    if trigger.type.startswith("force.") and trigger.type != "force.loss":
        # "the retreat of the troops": they do it.
        moving = [
            patient
            for patient in event.patients
            if scene.classes(patient) & {"force", "combatant", "state", "equipment"}
            and not (
                trigger.words[-1] in INVADING
                and patient.i in scene.place_cover
                and not _invades(patient, scene)
            )
        ]
        # "Their invasion of the country": it suffers it.
        others = (agent for agent in event.agents if agent not in event.patients)
        if not any(scene.classes(agent) & {"force", "combatant", "state"} for agent in others):
            event.agents.extend(token for token in moving if token not in event.agents)
            event.patients = [token for token in event.patients if token not in moving]
    # "Combat losses" are no losses of combat, "mass killings" none of a mass.
    event.agents, event.patients = (
        [one for one in found if not (one.dep in ("compound", "amod", "nmod") and one.lower in KINDS)]
        for found in (event.agents, event.patients)
    )
    if "refugee" in trigger.flags:
        # "Refugees from Sudan": they come from there, nobody does it.
        event.agents = [one for one in event.agents if one.head.lower != "from"]
    if trigger.words[-1] in CRIMES or (trigger.type == "civilians.attack" and _died_of(event.head)):
        # "The atrocities of the troops", "died from the torture of the troops": they commit them.
        doing = [
            one for one in event.patients
            if scene.classes(one) & {"force", "combatant", "state"} or scene.demonym_side(one)
        ]  # fmt: skip
        event.agents.extend(one for one in doing if one not in event.agents)
        event.patients = [one for one in event.patients if one not in doing]
    if trigger.type == "body.*":
        # "The villagers' bodies" are theirs who suffered it.
        event.patients += [agent for agent in event.agents if agent.dep == "poss"]
        event.agents = [agent for agent in event.agents if agent.dep != "poss"]


def _fire_of(matched: list[Token], scene: Scene) -> list[Token]:
    """Return those whose fire it is: "came under fire of the rebels", "from rebels"."""
    behind = [one for word in matched for one in prepositional(word, ("of", "from", "by"))]
    return [one for one in behind if scene.classes(one) & {"force", "combatant", "state"}]


def _died_of(noun: Token) -> bool:
    """Whether what a noun tells is what somebody died of, so that its "of" names who did it."""
    return (
        noun.dep == "pobj" and noun.head.lower in ("from", "of", "under") and noun.head.head.lemma in FALLING
    )


def _invades(land: Token, scene: Scene) -> bool:
    """Whether a land is the invader of the war told of, so that its invasion is the one it carries out."""
    side = scene.place_cover[land.i].place.country
    war = scene.kit.actors.invasion(scene.report.published, [side] if side else [], scene.lands)
    return war is not None and side is not None and war.invader == side


def _forces(head: Token, preposition: str, scene: Scene) -> list[Token]:
    """Return the forces behind a verb's preposition: "retaken from the rebels", "fell to the rebels"."""
    found = [
        child.child("pobj") for child in head.children if child.dep == "prep" and child.lower == preposition
    ]
    return [
        inner for inner in found
        if inner is not None and scene.classes(inner) & {"force", "combatant", "state"} and scene.side(inner)
    ]  # fmt: skip


def _behind(matched: list[Token], patients: list[Token]) -> list[Token]:
    """Return what stands behind a phrase's own preposition or object: "exert pressure on X", "gained control of X"."""
    last = matched[-1]
    if last.pos == "ADP" and last.dep != "prt":
        inner = last.child("pobj", "pcomp")
        # "They were pushed out of the town": the subject is who it is done to.
        passive = matched[0].child("nsubjpass") is not None and patients
        # "Push the army out of the town": it is who it is done to.
        within = [patient for patient in patients if matched[0].i < patient.i < last.i]
        if within and last.lower in ("of", "from"):
            return within
        return with_conjuncts(inner) if inner is not None and not passive else patients
    if last.pos in ("NOUN", "PROPN") and not patients:
        # "Dropped a bomb on a school": the parser hangs "on" on either word.
        brought = [
            child.child("pobj")
            for child in (*last.children, *matched[0].children)
            if child.dep == "prep" and child.lower in BEHIND and child.i > last.i
        ]
        return [inner for inner in brought if inner is not None]
    return patients


def _in_name(head: Token, scene: Scene) -> bool:
    """Whether an event noun is a word of a body's name: "the Refugee Council"."""
    if head.pos != "PROPN":
        return False
    place = scene.place_cover.get(head.i)
    if place is not None and place.first < head.i == place.last:
        return True  # "the Samarra Barrage"
    actor = scene.actor_cover.get(head.i)
    if actor is not None and head is not actor.head and actor.first <= head.i < actor.last:
        return True
    named = head.dep == "compound" and head.head.pos == "PROPN" and head.true[:1].isupper()
    sentence = scene.parse.sentences[head.sent]
    return (
        named and head.i > sentence.first and scene.layout.paragraphs[sentence.paragraph].kind != "headline"
    )


def _is_modifier(head: Token, scene: Scene) -> bool:
    """Whether an event noun only names the kind of a thing: "attack aircraft", "siege tactics"."""
    if head.dep not in ("compound", "nmod", "amod") or head.head.i <= head.i:
        return False
    above = head.head
    if above.lower in scene.kit.triggers.starts:
        return above.i == head.i + 1 and any(
            trigger.pos == "n" and trigger.type != "none" and "weak" not in trigger.flags
            for trigger in scene.kit.triggers.starts[above.lower]
        )
    return above.lemma in scene.kit.realis.things or above.lower in scene.kit.structures


def _surface_arguments(event: Event, scene: Scene) -> None:
    """Fill an argument that the parse of a clipped headline lost, from the nearest mention on its side."""
    head = event.head
    if event.trigger.pos == "n" and not any(scene.side(agent) for agent in event.agents) and event.first:
        word = scene.parse.tokens[event.first - 1]
        if word.sent == head.sent and scene.demonym_side(word) is not None and word.tag != "NNS":
            event.agents.append(word)
    if event.trigger.pos == "v" and not event.agents and "weapon" in event.trigger.subject and event.first:
        left = scene.parse.tokens[event.first - 1]  # "Shahed-136 crashes into a plant"
        if left.sent == head.sent and left.i in scene.instrument_cover:
            event.agents = [left]
    if event.trigger.pos != "v" or (event.agents or event.patients):
        return
    sentence = scene.parse.sentences[head.sent]
    before = [
        token
        for index in range(max(sentence.first, head.i - 6), head.i)
        if (token := scene.parse.tokens[index]).i in scene.actor_heads or index in scene.place_cover
    ]
    after = [
        token
        for index in range(event.last + 1, min(sentence.last, event.last + 6) + 1)
        if (token := scene.parse.tokens[index]).i in scene.actor_heads or index in scene.place_cover
    ]
    if before and head.tag in ("VBZ", "VBP", "VBD", "NNS", "VB", "NN"):
        event.agents = before[-1:]
    elif before:
        event.patients = before[-1:]
    if after and not event.patients:
        event.patients = after[:1]


def _frame(wanted: frozenset[str], arguments: list[Token], scene: Scene) -> bool:
    if not wanted:
        return True
    if not arguments:
        return "-" in wanted
    return any(scene.classes(argument) & wanted for argument in arguments)


def _acts(wanted: frozenset[str], agents: list[Token], scene: Scene) -> bool:
    """Whether agents fit a frame; a people by its name, or "the military", stands for its forces: "Russians struck"."""
    if _frame(wanted, agents, scene):
        return True
    return "force" in wanted and any(
        token.lemma in MILITARIES or (token.tag in ("NNS", "NNPS") and scene.demonym_side(token) is not None)
        for token in agents
    )


def _hard(trigger: Trigger, event: Event, scene: Scene) -> bool:
    """Whether one argument is of a class that only a conflict has, for words with other common senses."""
    agents = set().union(*(scene.classes(token) for token in event.agents)) if event.agents else set()
    patients = set().union(*(scene.classes(token) for token in event.patients)) if event.patients else set()
    martial = {"force", "weapon", "strike", "equipment", "combatant", "unit"}
    if agents & martial or patients & (martial | {"structure", "place", "captive"}):
        return True
    if trigger.type.startswith(("strike", "civilians")):
        return bool(agents & {"state"} and patients & {"civilian", "people"}) or bool(patients & {"civilian"})
    return bool(agents & {"state"} and patients & {"people", "civilian"})
