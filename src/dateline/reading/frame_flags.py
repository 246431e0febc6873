"""Test the conditions that a trigger's flags set: a weak word needs an anchor, a standing one a date, and the like."""

from typing import TYPE_CHECKING

from dateline.reading.roles import agents_of, carrier_of, is_verbal, patients_of
from dateline.reading.scene import Scene
from dateline.reading.tokens import Token

if TYPE_CHECKING:
    from dateline.reading.frames import Event

SEVERAL = 2
# Verbs that the tagger takes for what is fought: "fighting rages near the plant".
# Participles that tell of the taking of a place and not only whose it is by now: "the liberated town".
FREED = frozenset(("liberate", "deoccupy", "de"))
ACCIDENTAL = frozenset(("harm.*", "harm.property", "destroy.*", "damage.*"))
BY_NOW = frozenset("temporarily currently previously formerly still".split())
COMMITTING = frozenset(("commit", "perpetrate"))
RAGING = frozenset("rages continues erupts intensifies resumes escalates flares".split())
FIGHTING = frozenset(("battle", "fight", "combat"))
ELUDING = frozenset(("evade", "escape", "avoid", "elude", "dodge"))


def meets_flags(event: "Event", scene: Scene) -> bool:
    """Whether the conditions that a trigger's flags set are met."""
    trigger, head = event.trigger, event.head
    if trigger.pos == "v" and head.tag == "VBG" and head.dep == "amod" and not _throws(event, scene):
        return False
    if trigger.type == "harm.*" and head.dep == "amod" and not (_many(head, scene) or _exists(head)):
        return False
    if "weaponed" in trigger.flags and not any(
        child.dep == "dobj" and "weapon" in scene.classes(child) for child in head.children
    ):
        return False
    if "criticism" in trigger.flags and any(
        child.dep == "prep" and child.lower in ("for", "over") for child in head.children
    ):
        return False  # "came under fire for his budget"
    if trigger.type == "battle.clash" and trigger.pos in ("v", "n") and _struggles(head, scene):
        return False
    if trigger.type == "capture.*" and head.dep == "dobj" and head.head.lemma in ELUDING:
        return False  # "he evaded capture"
    if "definite" in trigger.flags and not (_anchored(event, scene) or event.agents or _known(head)):
        return False
    if trigger.type in ACCIDENTAL and _natural(event, scene):
        return False
    if "background" in trigger.flags and not _goes_on(head, scene):
        return False
    if trigger.key == "flee.v" and head.dep in ("acl", "advcl", "relcl") and not _many(head, scene):
        return False  # "shooting at them as they fled"
    if "named" in trigger.flags and not any(
        index in scene.place_cover
        for patient in event.patients
        for index in range(patient.left, patient.right + 1)
    ):
        return False
    if (
        "standing" in trigger.flags
        and head.dep in ("amod", "acl", "compound", "nmod", "pobj")
        and not _dated(head, scene)
    ):
        return False
    if trigger.type in ("battle.capture", "capture.*") and head.tag in ("VBN", "VBD", "JJ"):
        # "In the temporarily occupied town": whose it is, whatever the parser makes of it.
        if any(child.lower in BY_NOW for child in head.children) and head.child("nsubj", "nsubjpass") is None:
            return False
    if "committed" in trigger.flags and not _committed(head):
        return False
    if trigger.words == ("displace",) and head.dep == "amod" and not _many(head, scene):
        return False  # "the tents of displaced Syrians"
    if "bare" in trigger.flags and not _bare(head, scene):
        return False
    if "convoy" in trigger.flags and not _military(event, scene):
        return False
    if head.dep == "amod" and head.child("advmod") is None and _ground_held(event, scene):
        return False
    if "dated" in trigger.flags and not _dated(head, scene):
        return False
    if "main" in trigger.flags and head.dep in ("advcl", "relcl", "acl") and not _dated(head, scene):
        # "Protests as its troops invade": going on now, and not the time of something else.
        if head.tag not in ("VBZ", "VBP"):
            return False
    if "abroad" in trigger.flags and not _abroad(head, scene):
        return False
    return not ("weak" in trigger.flags and not _anchored(event, scene))


def _committed(head: Token) -> bool:
    """Whether crimes are told as committed or counted: "war crimes committed by", "1,200 war crimes were recorded"."""
    if any(child.lemma in COMMITTING and child.dep == "acl" for child in head.children):
        return True
    carrier = carrier_of(head)
    if carrier is None:
        return False
    return carrier.lemma in COMMITTING or (
        carrier.lemma in ("record", "document", "register") and head.child("nummod") is not None
    )


def _bare(head: Token, scene: Scene) -> bool:
    """Whether nothing but times and circumstances stands by a verb: "Kabul falls", but not "Kabul falls to third place"."""
    for child in head.children:
        if child.dep == "dobj" and not any(mark.text == ":" for mark in head.children):
            return False
        if child.dep in ("prt", "acomp", "attr", "xcomp", "oprd", "npadvmod"):
            return False
        if child.dep == "prep" and child.lower not in (
            "after",
            "amid",
            "as",
            "without",
            "on",
            "during",
            "since",
        ):
            return False
    return True


def _exists(head: Token) -> bool:
    """Whether a clause says that there are such people: "there are wounded civilians"."""
    return head.head.dep in ("attr", "nsubj", "dobj") and head.head.head.child("expl") is not None


def _abroad(head: Token, scene: Scene) -> bool:
    """Whether somebody is brought to a country: "taken to the territory of Sudan"."""
    for child in head.children:
        if child.dep == "prep" and child.lower in ("to", "into"):
            covers = (scene.place_cover.get(token.i) for token in scene.parse.subtree(child))
            if any(place is not None and place.place.precision == 6 for place in covers):
                return True
    return False


def _struggles(head: Token, scene: Scene) -> bool:
    """Whether what is fought is no armed side: "authorities battle with rising costs"."""
    foes = [
        inner
        for child in head.children
        if child.dep == "prep" and child.lower in ("with", "against")
        and (inner := child.child("pobj")) is not None
    ]  # fmt: skip
    objects = [
        child
        for child in head.all("dobj")
        if child.pos == "NOUN" and head.lemma in FIGHTING and child.lower not in RAGING
    ]
    return bool(foes + objects) and all(scene.classes(foe) == {"other"} for foe in foes + objects)


def _known(head: Token) -> bool:
    return any(
        child.dep in ("det", "poss") and child.lower not in ("a", "an", "any", "no")
        for child in head.children
    )


def _natural(event: "Event", scene: Scene) -> bool:
    """Whether what killed is no act of war: a storm, an outbreak, a crash."""
    nouns = scene.kit.realis.nouns
    reach = [*event.agents]
    for child in event.head.children:
        if child.dep in ("prep", "agent") and child.lower in ("in", "by", "from", "of", "during", "after"):
            reach.extend(inner for inner in child.children if inner.dep == "pobj")
    return any(nouns.get(token.lemma) == "natural" for token in reach)


def _many(head: Token, scene: Scene) -> bool:
    """Whether a number is told, and not only that there were several."""
    figures = (item.figure for item in scene.figures_at.get(head.i, ()))
    return any(figure.high is not None or figure.low > SEVERAL for figure in figures)


def _ground_held(event: "Event", scene: Scene) -> bool:
    """Whether a participle only says whose a place is by now: "pressure on captured territories"."""
    if event.trigger.type == "battle.capture":
        return event.trigger.words[0] not in FREED
    return event.trigger.type in ("capture.*", "free.*") and all(
        "place" in scene.classes(token) for token in event.patients
    )


def _throws(event: "Event", scene: Scene) -> bool:
    """Whether an -ing form read as an adjective acts on its noun: "with some reportedly hurling petrol bombs"."""
    head = event.head
    if "weapon" not in event.trigger.object or "weapon" not in scene.classes(head.head):
        return False
    event.patients = [head.head, *patients_of(head.head)]
    root = head.head.head.head
    event.agents = agents_of(root, transitive=False) if root is not head.head and is_verbal(root) else []
    return True


def _goes_on(head: Token, scene: Scene) -> bool:
    """Whether a war is said to go on for a time that the text tells: "the war has been raging for a week"."""
    verb = head.head
    if head.dep != "nsubj" or verb.lemma not in (
        "rage",
        "last",
        "continue",
        "drag",
        "enter",
        "begin",
        "start",
        "grind",
    ):
        return False
    return any(
        time.time is not None and verb.left <= time.first and time.last <= verb.right
        for time in scene.times_in.get(head.sent, ())
    )


def _military(event: "Event", scene: Scene) -> bool:
    """Whether a convoy or column is one of troops or their vehicles."""
    for token in (event.head, *event.head.children, *event.patients):
        if token is not event.head and scene.classes(token) & {"force", "combatant", "equipment"}:
            return True
        if token.lower in ("military", "armoured", "armored") or (
            token is not event.head and scene.demonym_side(token)
        ):
            return not any(scene.classes(patient) & {"civilian"} for patient in event.patients)
    return False


def _dated(head: Token, scene: Scene) -> bool:
    """Whether a time of its own, or a verb that begins it, makes a standing phrase ("the invasion") an event told."""
    carrier = carrier_of(head)
    if carrier is not None and head.dep == "nsubj" and carrier.lemma in ("begin", "start"):
        if any(child.dep == "mark" and child.lower == "since" for child in carrier.children):
            return False  # "since the invasion began": only the time of what is told
        return _timed(carrier, scene)
    if (
        carrier is not None
        and head.dep == "dobj"
        and carrier.lemma in ("launch", "begin", "start", "order", "mount")
    ):
        return True
    if head.dep == "pobj" and head.head.head.lemma in ("start", "launch", "beginning", "outbreak"):
        return True
    if head.i in scene.figures_at:
        return True
    return _timed(head, scene)


def _timed(head: Token, scene: Scene) -> bool:
    """Whether a time stands in a word's phrase."""
    return any(
        time.time is not None and head.left <= time.first <= time.last <= head.right
        for time in scene.times_in.get(head.sent, ())
    )


def _anchored(event: "Event", scene: Scene) -> bool:
    """Whether an actor, a place or a toll stands with a weak trigger."""
    for token in event.agents + event.patients:
        if scene.classes(token) & {
            "force",
            "combatant",
            "state",
            "civilian",
            "place",
            "equipment",
            "structure",
            "captive",
        }:
            return True
    head = event.head
    if any(index in scene.figures_at for index in range(event.first, event.last + 1)):
        return True
    for child in head.children:
        if child.dep == "prep" and any(inner.i in scene.place_cover for inner in scene.parse.subtree(child)):
            return True
    carrier = carrier_of(head) if event.trigger.pos == "n" else None
    if carrier is not None and head.child("nummod") is not None:
        # "Two strikes were counted at a dam."
        there = [child.child("pobj") for child in carrier.children if child.dep == "prep"]
        if any(inner is not None and scene.classes(inner) & {"place", "structure"} for inner in there):
            return True
    if carrier is None:
        return False
    beside = [
        inner for child in carrier.children if child.dep == "prep" for inner in scene.parse.subtree(child)
    ]
    return any(inner.i in scene.place_cover for inner in beside) or any(
        inner.i in scene.place_cover or inner.i in scene.actor_heads for inner in carrier.children
    )
