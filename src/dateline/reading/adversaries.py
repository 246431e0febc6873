"""Name the other side of a fight of which one side is told, by the nearest words of the report that name it."""

from collections.abc import Iterator

from dateline.model.values import Filler
from dateline.reading.drafts import Draft
from dateline.reading.scene import Scene

# What takes two armed sides, whichever of them the clause names.
FIGHTS = frozenset(("battle.clash", "battle.capture", "force.siege"))
# What a side does to the arms of the other: "air defences brought down two missiles".
LOSING = FIGHTS | {"force.loss"}
INVADING = frozenset(("invade", "invasion"))
FREEING = frozenset(("liberate", "liberation", "recapture", "regain", "retake"))
ARMED = frozenset(("force", "country"))
CIVILIANS = "civilians"

Fillers = tuple[Filler, ...]


def with_adversary(draft: Draft, actors: Fillers, targets: Fillers, scene: Scene) -> tuple[Fillers, Fillers]:
    """Return actors and targets of a fight, the silent one filled where the war has one camp against the one told of.

    The filler quotes the words that name that camp, nearest before the event, else nearest after it; a report that
    names it nowhere leaves the role empty.
    """
    acting, suffering = _sides(actors, scene), _sides(targets, scene)
    if draft.type == "force.loss" and suffering:
        return actors, targets  # by whom is not said: arms are lost in many ways
    if not acting and not suffering and draft.type in FIGHTS:
        invader, invaded = _invaded(draft, scene)
        return (*actors, *invader), (*targets, *invaded)
    # Who holds a town holds it against nobody in particular.
    if (
        (draft.type not in LOSING and draft.event.trigger.words[0] not in INVADING)
        or draft.event.trigger.words[0] == "hold"
        or len(acting | suffering) != 1
        or acting & suffering
    ):
        return actors, targets
    side = next(iter(acting | suffering))
    found = None if side == CIVILIANS else _nearest(draft, side, scene)
    if found is None:
        return actors, targets
    if acting:
        return actors, (*targets, found)
    return (*actors, found), targets


def _invaded(draft: Draft, scene: Scene) -> tuple[Fillers, Fillers]:
    """Return who acts and who suffers a fight or a capture that names no side, in an invaded land.

    A fight is the invader's, where the report names both camps. So is a capture, but one that is told as freeing or
    taking back is the invaded's, unless the speaker, or else the outlet, stands with the invader.
    """
    book = scene.kit.actors
    named = {actor.filler.side for actor in scene.found.actors if actor.filler.side is not None}
    war = book.invasion(scene.report.published, named, scene.lands)
    if war is None or war.invader is None or (scene.lands and scene.lands <= {war.invader}):
        return (), ()
    invaders = frozenset(war.a if war.invader in war.a else war.b)
    acting, suffering = (
        _closest(draft, camp, scene) for camp in (invaders, frozenset(war.against(war.invader)))
    )
    if draft.type != "battle.capture" and (acting is None or suffering is None):
        return (), ()
    if draft.event.trigger.words[0] in FREEING and _voice(draft, scene) not in invaders:
        acting, suffering = suffering, acting
    return (acting,) if acting else (), (suffering,) if suffering else ()


def _voice(draft: Draft, scene: Scene) -> str | None:
    """Return the side in whose words an event is told: the speaker's, or else the outlet's."""
    book = scene.kit.actors
    said = draft.holding[-1].attribution.source if draft.holding else None
    side = (said.side if said is not None else None) or book.outlet_side(scene.report.publisher)
    return book.allegiance(side) or side if side is not None else None


def _sides(fillers: Fillers, scene: Scene) -> set[str]:
    allegiance = scene.kit.actors.allegiance
    return {allegiance(filler.side) or filler.side for filler in fillers if filler.side is not None}


def _nearest(draft: Draft, side: str, scene: Scene) -> Filler | None:
    camps = scene.kit.actors.opponents(side, scene.report.published, scene.lands)
    if len({camp[0] for camp in camps}) != 1:
        return None
    return _closest(draft, frozenset(member for one in camps for member in one), scene)


def _closest(draft: Draft, camp: frozenset[str], scene: Scene) -> Filler | None:
    """Return the mention of a camp that is nearest before an event, else nearest after it."""
    found = sorted(_named(camp, scene), key=lambda one: one[0])
    before = [filler for at, filler in found if at < draft.event.first]
    after = [filler for at, filler in found if at > draft.event.last]
    return before[-1] if before else after[0] if after else None


def _named(camp: frozenset[str], scene: Scene) -> Iterator[tuple[int, Filler]]:
    """Yield the mentions of a camp's forces and states, with their place in the parse."""
    allegiance = scene.kit.actors.allegiance
    for actor in scene.found.actors:
        side = actor.filler.side
        if side is None or actor.pronoun or actor.kind not in ARMED:
            continue
        if side in camp or allegiance(side) in camp:
            yield actor.head.i, actor.filler
    for mention in scene.found.places:
        place = mention.place
        if place.precision == 6 and place.country in camp and mention.use != "modifier":
            yield mention.last, Filler(span=place.span, name=place.name, side=place.country, id=place.id)
