"""Turn argument tokens into role fillers: the codebook's entity where one was found, else the words themselves."""

from dataclasses import replace

from dateline.model.text import Span
from dateline.model.values import Filler
from dateline.reading.drafts import Draft
from dateline.reading.event_types import PEACEFUL
from dateline.reading.roles import is_verbal, prepositional
from dateline.reading.scene import Scene
from dateline.reading.tokens import Token

INNER = frozenset(
    ("det", "amod", "compound", "nmod", "nummod", "poss", "case", "quantmod", "advmod", "punct")
)
ACTING = frozenset(("weapon", "equipment", "unit", "strike", "move", "force", "combatant"))
WEAPONS = frozenset(("weapon",))
CIVILIANS = "civilians"
CONVOYS = frozenset(("convoy", "column"))
DEEDS = frozenset(("force.loss", "battle.capture"))
UNDERGONE = frozenset(("civilians.toll", "harm.displacement"))
REACH = 150  # tokens
AIMED = ("at", "on", "against", "into", "towards", "toward")
CIVIL = frozenset(("civil", "civilian"))
LIVED_IN = frozenset(("residential", "populated", "inhabited"))
MEANS = frozenset(("weapon", "strike"))
OWNERS = frozenset(("poss", "amod", "compound", "nmod"))


def noun_phrase(token: Token, scene: Scene) -> Span:
    """Return the noun phrase around a token: its determiners and modifiers before it, and itself."""
    first = token.i
    for child in token.children:
        if child.i < first and child.dep in INNER and child.left >= token.left and child.text != ",":
            first = min(first, child.left)
    while (
        scene.parse.tokens[first].pos in ("DET", "PUNCT")
        and first < token.i
        and scene.parse.tokens[first].lower not in ("all",)
    ):
        first += 1
    return scene.parse.span(first, token.i)


def filler_of(token: Token, scene: Scene) -> Filler | None:
    """Return the filler a token names as actor or target, or null for a thing that is no actor."""
    actor = scene.actor_at(token)
    if actor is not None:
        if (
            actor.filler.side is None
            and actor.head is token
            and (owner := described(token, scene)) is not None
        ):
            return replace(actor.filler, side=owner.side)
        return actor.filler
    place = scene.place_cover.get(token.i)
    if place is not None and (place.use == "actor" or place.place.precision == 6):
        return Filler(
            span=place.place.span, name=place.place.name, side=place.place.country, id=place.place.id,
        )  # fmt: skip
    side = scene.demonym_side(token)
    if side is not None:
        return Filler(span=scene.parse.span(token.i, token.i), name=token.text, side=side, id=None)
    return None


def described(token: Token, scene: Scene) -> Filler | None:
    """Return the filler of a thing by whose it is: "Russian missiles", "Ukraine's convoy"; null if nobody's."""
    for child in token.children:
        if child.dep in OWNERS and child.i < token.i:
            found = filler_of(child, scene) or described(child, scene)
            if found is not None and found.side is not None:
                return found
    return None


def actors_of(draft: Draft, scene: Scene) -> tuple[Filler, ...]:
    """Return who does it, each once; where this telling leaves the side open, by the other tellings.

    A force of no named side that fights a known one is of the other camp, in a war of two camps.
    """
    found = _fill(draft.agents, scene, things=False)
    for other in draft.more:
        if any(filler.side for filler in found):
            break
        found = _fill(other.agents, scene, things=False) or found
    if found and not any(filler.side for filler in found):
        soldiers = [
            token for token in draft.patients if scene.classes(token) & {"combatant", "weapon", "equipment"}
        ]
        enemy = next(
            (side for token in soldiers if (side := scene.side(token)) not in (None, CIVILIANS)), None
        )
        side = _opponent(enemy, scene) if enemy and draft.family in ("battle", "strike", "force") else None
        if side is not None and any("combatant" in scene.classes(token) for token in draft.agents):
            found = (replace(found[0], side=side), *found[1:])
    if draft.type in UNDERGONE:
        found = tuple(filler for filler in found if filler.side != CIVILIANS)
    return found or _own_deed(draft, scene)


def _own_deed(draft: Draft, scene: Scene) -> tuple[Filler, ...]:
    """Return the side that tells of its enemy's loss without saying by whom: "200 rebels were killed, the army said"."""
    said = draft.holding[-1].attribution.source if draft.holding else None
    if said is None or said.side is None or draft.type not in DEEDS:
        return ()
    if draft.type == "force.loss" and draft.head.dep in ("relcl", "acl", "amod"):
        return ()
    if not draft.real or draft.modality.polarity == "negative" or draft.modality.certainty == "disputed":
        return ()
    counted = [figure.noun for figure in draft.figures if figure.noun is not None]
    lost = [token for other in (draft, *draft.more) for token in other.patients]
    sides = {side for token in (*lost, *counted) if (side := scene.side(token)) is not None}
    book = scene.kit.actors
    if len(sides) != 1 or CIVILIANS in sides:
        return ()
    camps = book.opponents(book.allegiance(next(iter(sides))) or "", scene.report.published, scene.lands)
    own = book.allegiance(said.side) or said.side
    if not any(own in camp for camp in camps):
        return ()
    land = book.actors.get(said.side)
    spokesman = draft.holding[-1].attribution.kind == "named_person" and land is not None
    # Who speaks for a side did not do it alone: the deed is the side's.
    return (replace(said, name=land.name, id=land.id) if spokesman and land is not None else said,)


def _opponent(side: str, scene: Scene) -> str | None:
    """Return the main side of the one camp that fights a side on the report's day, or null."""
    book = scene.kit.actors
    camps = {
        camp[0] for camp in book.opponents(book.allegiance(side) or side, scene.report.published, scene.lands)
    }
    return camps.pop() if len(camps) == 1 else None


def targets_of(draft: Draft, scene: Scene) -> tuple[Filler, ...]:
    """Return who or what suffers it, things included, each once; where this telling leaves the side open, by the others."""
    found = list(_fill(_hit(draft, draft.patients, scene), scene, things=True))
    for other in draft.more:
        if any(filler.side for filler in found):
            break
        found.extend(
            filler
            for filler in _fill(_hit(draft, other.patients, scene), scene, things=True)
            if filler.side and filler not in found
        )
    known = {filler.span for filler in found}
    for figure in draft.figures:
        if figure.noun is not None and not any(span.start <= figure.noun.start < span.end for span in known):
            filler = _counted(figure.noun, figure.figure.of, scene)
            if filler.span not in known:
                found.append(filler)
                known.add(filler.span)
    if not found and draft.type in UNDERGONE:
        # "Three families were evacuating": who goes is who it befalls.
        found = [filler for filler in _fill(draft.agents, scene, things=False) if filler.side == CIVILIANS]
    told = tuple(_apart(filler, draft, scene) for filler in found)
    if draft.type == "force.surrender" and not any(token.lemma in PEACEFUL for token in draft.patients):
        # Combatants, by the type, though the words are of people: "two foreign volunteers were captured".
        told = tuple(replace(one, side=None) if one.side == CIVILIANS else one for one in told)
    if any(filler.side for filler in told):
        return told
    befallen = scene.kit.types[draft.type].befalls
    enemy = None if befallen else _enemy_hit(draft, scene)
    if befallen is None and enemy is None:
        return told
    if told:
        return (replace(told[0], side=befallen or enemy), *told[1:])
    if enemy is not None:
        return tuple(
            Filler(span=noun_phrase(token, scene), name=token.text, side=enemy, id=None)
            for token in _not_own(draft, scene)[:1]
        )
    # The type says whom it befalls; the words are the sufferers' ("an attack that killed five"), or else the event's.
    told_of = [token for token in draft.patients if not is_verbal(token) and not _is_measure(token, scene)]
    heads = told_of or [draft.head]
    words = (
        scene.parse.span(draft.event.first, draft.event.last)
        if is_verbal(heads[0])
        else noun_phrase(heads[0], scene)
    )
    return (Filler(span=words, name=heads[0].text, side=befallen, id=None),)


def _not_own(draft: Draft, scene: Scene) -> list[Token]:
    """Return what is hit and not of the side that hits: "provocations of the Russian army" hit no enemy of Russia's."""
    own = {filler.side for filler in actors_of(draft, scene)} - {None}
    return [token for token in _hit(draft, draft.patients, scene) if scene.side(token) not in own]


def _enemy_hit(draft: Draft, scene: Scene) -> str | None:
    """Return the enemy of the one side that hits what armies alone have: "they struck a barracks"."""
    if draft.family != "strike" and draft.type not in ("force.surrender", "force.loss"):
        return None
    sides = {side for filler in actors_of(draft, scene) if (side := filler.side) not in (None, CIVILIANS)}
    martial = draft.type == "force.surrender" or any(
        scene.military(token) or scene.classes(token) & {"combatant", "equipment"}
        for token in _not_own(draft, scene)
    )
    return _opponent(sides.pop() or "", scene) if martial and len(sides) == 1 else None


def _hit(draft: Draft, patients: list[Token], scene: Scene) -> list[Token]:
    """Leave out the speaker, whom a clipped parse joins to what is told, and what a strike is made with.

    "… took the town, Jane Doe, the governor, said"; "missiles were launched at the port" hit the port.
    """
    speaking = {said.source.i for said in draft.holding if said.source is not None}
    told = [token for token in patients if token.i not in speaking]
    if draft.type == "battle.clash":
        # "Repelled attacks of the rebels": the rebels are who it befell.
        owners = [token for token in told if scene.classes(token) & {"force", "combatant", "state"}]
        return owners if owners and any(scene.classes(token) & {"strike", "move"} for token in told) else told
    if draft.family != "strike":
        return told
    hit = [token for token in told if not scene.classes(token) & MEANS]
    aimed = prepositional(draft.head, AIMED) if told and is_verbal(draft.head) else []
    return hit or [token for token in aimed if token.i not in scene.time_cover]


def _apart(filler: Filler, draft: Draft, scene: Scene) -> Filler:
    """Leave the side of "them" or of a thing open where it would be that of who does it: soldiers "shooting at them"."""
    doing = {side for token in draft.agents if (side := scene.side(token)) is not None}
    named = filler.id is None and any(
        actor.filler.span == filler.span and not actor.pronoun for actor in scene.found.actors
    )
    if filler.side not in doing or named or draft.family not in ("strike", "battle", "civilians"):
        return filler
    return replace(filler, side=None, id=None)


def _counted(noun: Token, of: str, scene: Scene) -> Filler:
    known = filler_of(noun, scene) or described(noun, scene)
    side = "civilians" if of == "civilians" else known.side if known is not None else None
    return Filler(span=noun_phrase(noun, scene), name=noun.text, side=side, id=known.id if known else None)


def _fill(tokens: list[Token], scene: Scene, *, things: bool) -> tuple[Filler, ...]:
    found: dict[Span, Filler] = {}
    for token in tokens:
        if things and _is_measure(token, scene):
            continue
        # A university or a hospital that is hit is civilians', whoever runs it.
        civilian = (
            things and scene.kit.structures.get(token.lemma) == "civilian" and not scene.military(token)
        )
        filler = _thing(token, scene) if civilian else filler_of(token, scene)
        if filler is None and scene.classes(token) & (ACTING if not things else WEAPONS):
            filler = described(token, scene)
        if filler is None and things and not is_verbal(token) and token.pos in ("NOUN", "PROPN", "PRON"):
            filler = _thing(token, scene)
        if filler is not None:
            found.setdefault(filler.span, filler)
    return tuple(found.values())


def _is_measure(token: Token, scene: Scene) -> bool:
    """Whether a noun is the unit of a number: the "metres" of "a mass grave of 14 metres"."""
    return (
        token.child("nummod") is not None
        and scene.kit.quantities.units.longest(scene.parse.tokens, token.i) is not None
    )


def _known_before(token: Token, scene: Scene) -> Filler | None:
    """Return the owner told earlier of a definite thing: "the convoy", once "the column of Russian tanks"."""
    if not any(child.dep == "det" and child.lower in ("the", "this", "that") for child in token.children):
        return None
    alike = CONVOYS if token.lemma in CONVOYS else {token.lemma}
    for index in range(token.i - 1, max(token.i - REACH, -1), -1):
        earlier = scene.parse.tokens[index]
        if earlier.lemma in alike:
            found = described(earlier, scene)
            if found is None:
                inside = [
                    described(inner, scene) for inner in scene.parse.subtree(earlier) if inner.dep == "pobj"
                ]
                found = next((filler for filler in inside if filler is not None), None)
            if found is not None:
                return found
    return None


def _thing(token: Token, scene: Scene) -> Filler | None:
    """Return a thing hit: its words, and the side of those it belongs to (civilian things are civilians')."""
    if token.lower in ("that", "which", "it", "them", "they", "who") or token.i in scene.instrument_cover:
        return None
    span = noun_phrase(token, scene)
    kind = scene.kit.structures.get(token.lower) or scene.kit.structures.get(token.lemma)
    if scene.military(token):
        kind = "military"
    # A town is hit or taken, and is of no side by whose land it lies in.
    owner = (
        None if "place" in scene.classes(token) else described(token, scene) or _known_before(token, scene)
    )
    if any(child.lower in LIVED_IN for child in token.children):
        kind = kind or "civilian"
    if any(child.lower in CIVIL for child in token.children):
        kind = "civilian"
    if kind == "civilian" and not (
        owner and token.lower in ("building", "headquarters", "object", "infrastructure")
    ):
        return Filler(span=span, name=span.quote, side="civilians", id=None)
    if kind == "infrastructure":
        return Filler(span=span, name=span.quote, side=None, id=None)
    return Filler(
        span=span, name=span.quote, side=owner.side if owner else None, id=owner.id if owner else None
    )
