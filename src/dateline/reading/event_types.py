"""Decide an event's type from its means and from what was hit, after the codebook's definitions."""

from dateline.reading.frames import Event
from dateline.reading.mentions import FigureMention
from dateline.reading.roles import is_verbal
from dateline.reading.scene import Scene
from dateline.reading.tokens import Token

BY_MEANS = {
    "air": "strike.air", "shelling": "strike.shelling", "explosive": "strike.explosive",
    "suicide": "strike.suicide", "chemical": "strike.chemical",
}  # fmt: skip
MEANS_ORDER = ("suicide", "chemical", "air", "shelling", "explosive", "small_arms", "incendiary", "melee")
GROUND_WORDS = frozenset(
    "main ground infantry frontline land repeated fresh renewed counter cross-border".split()
)
FOUND_WORDS = frozenset(
    (
        "find discover exhume recover lie litter bury scatter unearth retrieve pull identify dump pile "
        "strew count show see examine collect"
    ).split()
)
UTILITIES = frozenset(
    "power electricity water gas heating supply communication internet light energy heat grid".split()
)
BREACH = frozenset("violate violation break breach collapse end unravel".split())
THROWING = frozenset(
    "use explode detonate land fire launch drop lob hurl throw unleash chuck rain use open".split()
)
EXERCISES = frozenset(["exercise", "drill", "manoeuvre", "maneuver", "parade", "rehearsal"])
PEACEFUL = frozenset(
    (
        "civilian journalist reporter child woman girl boy resident villager activist official mayor "
        "teacher worker priest student schoolgirl farmer doctor nurse"
    ).split()
)
PRISONERS = frozenset("prisoner captive hostage detainee".split())
CALIBRE = 60  # mm: mortars and guns from here up
SOLDIERLY = frozenset(("combatant", "force"))


def decide_type(event: Event, scene: Scene) -> str:
    """Return the codebook type of an event, or "" when its arguments make it no event.

    Types that end in ".*" or "bomb" in triggers.csv are decided here by family.
    """
    _gather_means(event, scene)
    raw = event.trigger.type
    if raw == "force.movement" and any(token.lemma in EXERCISES for token in scene.parse.subtree(event.head)):
        return ""
    if raw == "state.agree" and any(
        above.lemma in BREACH for above in (event.head.head, *event.head.children)
    ):
        return ""
    if raw.startswith(("state.", "unrest.")):
        return raw
    if event.trigger.words == ("flee",) and _classes(event.agents + event.patients, scene) & SOLDIERLY:
        return "force.movement"
    if raw.startswith("strike") or raw == "battle.clash":
        return _strike(raw, event, scene)
    patients = _classes(event.patients, scene)
    family = raw[:-2] if raw.endswith(".*") else ""
    match family:
        case "":
            return raw
        case "capture" | "free" | "captive" | "detain" | "transfer" | "evac" | "abandon" | "cutoff":
            return _taken(family, event, patients)
        case "harm" | "kill" | "body" | "shoot":
            return _harmed(family, event, patients, scene)
        case _:
            return _lost(family, event, patients, scene)


def _classes(tokens: list[Token], scene: Scene) -> set[str]:
    return set().union(*(scene.classes(token) for token in tokens)) if tokens else set()


def _gather_means(event: Event, scene: Scene) -> None:
    """Collect the means of the weapons among agents, modifiers, objects and "with/by/from/using" phrases."""
    places = set(range(event.first, event.last + 1))
    throwing = event.trigger.words[0] in THROWING
    reach: list[Token] = list(event.agents)
    if throwing:
        reach.extend(patient for patient in event.patients if patient.i in scene.instrument_cover)
    kinds = (
        ("compound", "amod", "nmod", "npadvmod", "dobj")
        if throwing
        else ("compound", "amod", "nmod", "npadvmod")
    )
    reach.extend(child for child in event.head.children if child.dep in kinds)
    for agent in event.agents:
        words = {agent.lower, *(child.lower for child in agent.children)}
        if "aviation" in words or {"air", "force"} <= words or {"air", "forces"} <= words:
            event.means.add("air")
    for child in event.head.children:
        if child.lower in (
            "with",
            "by",
            "from",
            "using",
            "through",
            "in",
            "of",
            "involving",
        ) or child.lemma in ("use", "fire", "involve"):
            reach.extend(scene.parse.subtree(child)[:8])
    for agent in event.agents:
        reach.extend(child for child in agent.children if child.dep in ("compound", "amod", "nmod"))
    for patient in event.patients:
        # "Hit a base in the town with rockets": the parser hangs what with on what was hit.
        for child in patient.children:
            if child.dep == "prep" and child.lower in ("with", "using") and child.i > event.head.i:
                reach.extend(scene.parse.subtree(child)[:6])
    near = (*reach, *event.patients, *(child for patient in event.patients for child in patient.children))
    if any(_is_calibre(token) for token in near):
        event.means.add("shelling")  # "fired ten 155mm rounds"
    if event.head.dep == "xcomp" and event.head.head.lemma == "use":
        reach.extend(scene.parse.subtree(event.head.head)[:12])
    places.update(token.i for token in reach)
    for index in sorted(places):
        instrument = scene.instrument_cover.get(index)
        if instrument is not None and _warded(instrument.first, scene):
            continue
        if instrument is not None and not (index == event.head.i and len(event.trigger.words) == 1):
            event.means.add(instrument.means)
            if index == instrument.first or instrument.first not in places:
                event.instruments.append(index)


def _is_calibre(token: Token) -> bool:
    """Whether a word tells of the calibre of a mortar or gun: "155mm"."""
    if token.lower not in ("mm", "millimetre", "millimeter"):
        return False
    return any(child.text.isdigit() and int(child.text) >= CALIBRE for child in token.children)


def _warded(first: int, scene: Scene) -> bool:
    """Whether a weapon is only named as what is kept off: "anti-aircraft units"."""
    words = [token.lower for token in scene.parse.tokens[max(first - 2, 0) : first]]
    return words[-1:] == ["anti"] or words == ["anti", "-"]


def means_type(event: Event) -> str | None:
    """Return the strike type that an event's means stand for, or null."""
    return next(
        (BY_MEANS[means] for means in MEANS_ORDER if means in event.means and means in BY_MEANS), None
    )


def _strike(raw: str, event: Event, scene: Scene) -> str:
    patients, agents = _classes(event.patients, scene), _classes(event.agents, scene)
    means = next((means for means in MEANS_ORDER if means in event.means), "")
    words = " ".join(event.trigger.words)
    if raw == "strike.bomb":
        if means in ("explosive", "suicide", "shelling", "chemical"):
            return BY_MEANS[means]
        return "strike.air"
    if raw == "battle.clash" and words not in ("raid", "assault", "onslaught", "offensive"):
        return raw
    if raw not in ("strike.*", "battle.clash"):
        return raw
    if means in BY_MEANS and not (raw == "battle.clash" and words != "raid"):
        return BY_MEANS[means]
    if raw == "battle.clash":
        return raw
    if means in ("small_arms", "melee", "incendiary"):
        return (
            "civilians.attack"
            if patients & {"civilian", "captive"} and not patients & SOLDIERLY
            else "battle.clash"
        )
    if words == "attack":
        ground = any(child.lower in GROUND_WORDS for child in event.head.children)
        known = any(
            child.dep == "det" and child.lower in ("the", "this", "that") for child in event.head.children
        )
        if (
            patients & SOLDIERLY
            or ground
            or (not is_verbal(event.head) and not known and not event.patients and agents & SOLDIERLY)
        ):
            return "battle.clash"
        if patients & {"captive"}:
            return "civilians.attack"
    if (
        words in ("fire", "fire on", "fire at", "open fire")
        and patients & {"civilian", "people"}
        and not patients & {"structure", "place"}
    ):
        return "civilians.attack"
    things = patients & {"equipment", "weapon"} and not patients & {
        "place",
        "structure",
        "people",
        "civilian",
    }
    if things and words in ("hit", "strike", "target") and means != "air":
        return "force.loss"
    if words in ("explode", "explosion", "blast", "detonation") and not means:
        return "strike.other"
    return "strike.other"


def _taken(family: str, event: Event, patients: set[str]) -> str:
    people = patients & {"combatant", "force", "captive", "people", "civilian", "unit"}
    if family == "capture":
        if patients & {"place", "structure", "state"} and (not people or "place" in patients):
            return "battle.capture"
        if patients & {"equipment", "weapon"} and not patients & {
            "people",
            "civilian",
            "captive",
            "combatant",
        }:
            return "force.loss"
        if people:
            peaceful = any(token.lemma in PEACEFUL for token in event.patients)
            return "civilians.abduction" if peaceful and not patients & SOLDIERLY else "force.surrender"
        if patients & {"equipment", "weapon"}:
            return "force.loss"
        return "" if patients else "battle.capture"
    if family == "free":
        if people:
            return "force.surrender" if patients & (SOLDIERLY | {"captive"}) else ""
        return "battle.capture" if patients & {"place", "structure"} else ""
    if family == "captive":
        return (
            "civilians.abduction"
            if patients & {"civilian"} and not patients & SOLDIERLY
            else "force.surrender"
        )
    if family == "detain":
        if patients & SOLDIERLY:
            return "force.surrender"
        return "civilians.abduction"
    if family == "evac":
        return "force.movement" if patients & SOLDIERLY else "harm.displacement"
    if family == "abandon":
        return "force.loss" if patients & {"equipment"} else "force.movement"
    if family == "transfer":
        if patients & {"captive"}:
            return "force.surrender"
        return "civilians.abduction" if patients & {"civilian"} else "force.movement"
    if patients & {"place", "combatant", "force"}:
        return "force.siege"
    return "harm.property" if any(token.lemma in UTILITIES for token in event.patients) else ""


def _harmed(family: str, event: Event, patients: set[str], scene: Scene) -> str:
    figures = [
        figure for index in range(event.first, event.last + 1) for figure in scene.figures_at.get(index, ())
    ]
    counted = {figure.figure.of for figure in figures}
    soldiers = "combatants" in counted or (
        not counted and patients & SOLDIERLY and not patients & {"civilian"}
    )
    words = " ".join(event.trigger.words)
    if words in ("kill", "wound", "injure", "maim", "cut down", "mow down") and _by_weapon(event, scene):
        by_means = means_type(event)
        if by_means is not None:
            return by_means
    if family == "shoot":
        if patients & {"equipment", "weapon"} and not patients & {"people", "civilian"}:
            return "force.loss"
        return (
            "battle.clash"
            if patients & SOLDIERLY
            else "civilians.attack"
            if patients & {"people", "civilian", "captive"} or counted
            else "strike.other"
        )
    if family == "body":
        return _body(event, figures, scene)
    if soldiers and family in ("kill", "harm") and event.agents and _captives(event):
        return "civilians.attack"  # prisoners are protected, whatever force they are of
    if family == "kill":
        return "force.loss" if soldiers else "civilians.attack"
    if words in (
        "dead",
        "wounded",
        "missing",
        "death",
        "victim",
        "injury",
        "casualty",
        "death toll",
        "fatality",
    ):
        if not figures and not (
            words in ("casualty", "death", "death toll", "fatality") and _told(event, scene)
        ):
            return ""
    elif not figures and not event.patients:
        return ""
    if soldiers:
        return "force.loss"
    return "civilians.attack" if words == "kill" and _armed_group(event, scene) else "civilians.toll"


def _captives(event: Event) -> bool:
    """Whether those who are killed are prisoners."""
    return any(token.lemma in PRISONERS or token.lower in ("pow", "pows") for token in event.patients)


def _by_weapon(event: Event, scene: Scene) -> bool:
    """Whether a thing that is no event itself did it: a landmine, a missile, jets."""
    starts = scene.kit.triggers.starts
    return any(
        "weapon" in scene.classes(agent)
        and not any(
            known.pos == "n" and known.type.startswith("strike") for known in starts.get(agent.lower, ())
        )
        for agent in event.agents
    )


def _armed_group(event: Event, scene: Scene) -> bool:
    """Whether an armed group does it, not a state's forces, whose killings are told as tolls of days."""
    for agent in event.agents:
        side = scene.side(agent)
        if scene.classes(agent) & SOLDIERLY and not (side is not None and len(side) == 2 and side.isupper()):
            return True
    return False


def _told(event: Event, scene: Scene) -> bool:
    return bool(_classes(event.patients + event.agents, scene) & {"civilian", "force", "combatant", "people"})


def _body(event: Event, figures: list[FigureMention], scene: Scene) -> str:
    fallen = _classes(event.patients, scene)
    if fallen & SOLDIERLY and not fallen & {"civilian"}:
        return "force.loss"  # "bodies of soldiers"
    if figures:
        return "civilians.toll"
    above = event.head.head
    lexical = {above.lemma} | {
        child.lemma for child in event.head.children if child.dep in ("acl", "amod", "relcl")
    }
    dead = event.trigger.words[0] == "corpse" or any(
        child.lower in ("dead", "lifeless", "charred", "burnt", "mutilated", "decomposing")
        for child in event.head.children
    )
    of_people = bool(_classes(event.patients, scene) & {"civilian", "people", "combatant"})
    return "civilians.toll" if dead or of_people or lexical & FOUND_WORDS else ""


def _lost(family: str, event: Event, patients: set[str], scene: Scene) -> str:
    military = any(scene.military(token) for token in event.patients)
    built = patients & {"structure", "place"}
    words = " ".join(event.trigger.words)
    if family == "down":
        return "force.loss" if patients & {"equipment", "weapon"} or words != "down" else ""
    if family == "loss":
        if words == "loss":
            if patients & {"place"} and not patients & {"equipment", "combatant", "force", "unit"}:
                # "The loss of the town": others took it.
                event.patients, event.agents = [*event.agents, *event.patients], []
                return "battle.capture"
            if patients & {"equipment", "combatant", "force"} or any(
                index in scene.figures_at or index in scene.losses_at for index in (event.head.i,)
            ):
                return "force.loss"
            sides = any(token.lemma == "side" for token in event.patients)  # "both sides suffered losses"
            return "force.loss" if sides or _classes(event.agents, scene) & SOLDIERLY else ""
        if words in ("eliminate", "elimination", "wipe out") and patients & {"civilian"}:
            return "civilians.attack"
        if (
            words == "lose"
            and not patients & {"equipment", "combatant", "force", "unit"}
            and not scene.figures_at.get(event.head.i)
        ):
            return ""
        return "force.loss"
    if patients & {"equipment", "weapon", "combatant", "force"} and not (built and not military):
        armed = not patients & {"equipment", "weapon"}
        return _means_or("force.loss", event) if family == "destroy" and armed else "force.loss"
    if military:
        return _means_or("strike.other", event)
    if not built and family in ("destroy", "damage"):
        return _means_or("", event)
    if event.head.dep == "amod" and not _shown(event, scene):
        return ""
    return _means_or("harm.property", event)


def _shown(event: Event, scene: Scene) -> bool:
    """Whether ruins are told of as seen or with their place, and not only mentioned ("rebuilding destroyed schools")."""
    noun = event.head.head
    if any(index in scene.place_cover and index != noun.i for index in range(noun.left, noun.right + 1)):
        return True
    return any(above.lemma in FOUND_WORDS for above in noun.ancestors())


def _means_or(default: str, event: Event) -> str:
    means = next((means for means in MEANS_ORDER if means in event.means), "")
    return BY_MEANS.get(means, default)
