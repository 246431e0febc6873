"""Share a message's likely fillers among its incidents, and judge each filler and incident by what stands beside it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.quality.muc4_entities import Entity, entities_of, glosses_of
from benchmarks.quality.muc4_evidence import Features, word_of
from benchmarks.quality.muc4_incidents import Incident, is_relevant
from benchmarks.quality.muc4_model import Models
from benchmarks.quality.muc4_scene import Scene, odds_of
from dateline.model.text import Span
from dateline.reading.tokens import Token

ROLES = {9: "individual", 10: "organization", 12: "thing", 18: "human", 6: "instrument"}
WORTH = 0.12  # how likely a noun phrase must fill a slot to be looked at again
LEAST = {9: 0.3, 10: 0.3, 12: 0.3, 18: 0.3, 6: 0.3}
KEEP = 0.35


@dataclass(slots=True, kw_only=True)
class Held:
    """An incident with the entities of its slots."""

    incident: Incident
    entities: dict[int, list[Entity]] = field(default_factory=dict)


def judge_nouns(features: Sequence[Features], models: Models) -> list[dict[int, float]]:
    """Return for each noun phrase how likely it fills each slot."""
    return [{slot: models[name].odds(one)[name] for slot, name in ROLES.items()} for one in features]


def share_nouns(
    scene: Scene, incidents: Sequence[Incident], odds: Sequence[Mapping[int, float]], worth: float = WORTH
) -> list[Held]:
    """Hold each likely noun phrase against every incident; its own is the one whose claims stand nearest."""
    held = [Held(incident=incident) for incident in incidents]
    if not incidents:
        return held
    glosses = glosses_of(scene.parse, scene.nouns)
    for slot in ROLES:
        likely = [(noun, own[slot]) for noun, own in zip(scene.nouns, odds, strict=True) if own[slot] > worth]
        for entity in entities_of(slot, likely, glosses):
            apart = [min(distance(one, noun.head.start) for noun, _ in entity.nouns) for one in incidents]
            owners = {
                min(range(len(incidents)), key=lambda i: distance(incidents[i], noun.head.start))
                for noun, _ in entity.nouns
            }
            for number, one in enumerate(held):
                copy = Entity(slot=slot, nouns=entity.nouns, apart=apart[number], own=number in owners)
                one.entities.setdefault(slot, []).append(copy)
    return held


def distance(incident: Incident, place: int) -> float:
    """Return how far an incident's nearest claim stands from a place, in characters; claims of its clause first."""
    best = 1e9
    for claim in incident.claims:
        for span in (claim.trigger, *claim.tellings):
            apart: float = abs(span.start - place)
            if claim.evidence.start <= place < claim.evidence.end:
                apart = min(apart, 30 + apart / 4)
            elif place < span.start:
                apart *= 2
            best = min(best, apart)
    return best


def entity_features(scene: Scene, held: Held, number: int, many: int) -> dict[int, list[Features]]:
    """Return, by slot, what speaks for each entity's being a filler of an incident that is asked for."""
    out: dict[int, list[Features]] = {}
    by_head: dict[int, dict[int, float]] = {}
    for slot, entities in held.entities.items():
        for entity in entities:
            for noun, odds in entity.nouns:
                by_head.setdefault(noun.head.i, {})[slot] = odds
    for slot, entities in held.entities.items():
        order = sorted((one for one in entities if one.own), key=lambda one: -one.odds)
        out[slot] = []
        for entity in entities:
            rank = order.index(entity) if entity in order else 9
            apart = next(step for step in (20, 60, 150, 400, 1000, 3000, 1e10) if entity.apart <= step)
            phrase = entity.best.phrase
            names = {
                f"own={entity.own}",
                f"rank={min(rank, 4)}",
                f"apart={apart:.0f}",
                f"many={min(many, 4)}",
            }
            names.add(f"own={entity.own}|many={min(many, 3)}|number={min(number, 2)}")
            names.add(f"kind={held.incident.kind}")
            names.add(f"named={entity.named or phrase.name is not None}")
            names.add(f"held={min(len(order), 6)}")
            names.add(f"nouns={min(len(entity.nouns), 4)}")
            names.add(f"head={word_of(entity.best.head)}")
            names.add(f"length={min(len(phrase.words), 4)}")
            names.add(f"counted={bool(phrase.number)}")
            above = {one.best.head.i for one in entities if one is not entity and one.odds > entity.odds}
            if any(token.i in above for token in entity.best.head.ancestors()):
                names.add("under a likelier one")
            if any(one.named for one in order[:1]) and not entity.named:
                names.add("beside a named one")
            features: Features = {**dict.fromkeys(names, 1.0), "bias": 1.0}
            features["odds"] = _log_odds(entity.odds)
            features[f"odds|own={entity.own}"] = features["odds"]
            features["sum"] = _log_odds(1 - math.prod(1 - odds for _, odds in entity.nouns))
            top = order[0].odds if order else 0.0
            features["below top"] = features["odds"] - _log_odds(top)
            others = [
                odds
                for noun, _ in entity.nouns
                for other, odds in by_head[noun.head.i].items()
                if other != slot
            ]
            features["as another"] = max(others, default=0.0)
            if scene.signs is not None:
                features["relevant"] = odds_of(scene.signs)["relevant"]
            out[slot].append(features)
    return out


def _log_odds(odds: float) -> float:
    kept = min(0.999, max(0.001, odds))
    return math.log(kept / (1 - kept))


def judge_entities(
    scene: Scene, held: Sequence[Held], models: Models, least: Mapping[int, float] = LEAST
) -> list[Held]:
    """Return incidents with the entities that are likelier than not worth their place in each slot."""
    out = []
    for number, one in enumerate(held):
        features = entity_features(scene, one, number, len(held))
        kept: dict[int, list[Entity]] = {}
        for slot, entities in one.entities.items():
            model = models[f"filler {slot}"]
            for entity, told in zip(entities, features[slot], strict=True):
                entity.worth = model.odds(told)[f"filler {slot}"]
                if entity.worth > least[slot]:
                    kept.setdefault(slot, []).append(entity)
        out.append(Held(incident=one.incident, entities=kept))
    return out


def _within(token: Token, span: Span) -> bool:
    return span.start <= token.start and token.end <= span.end


def incident_features(scene: Scene, held: Held, number: int, many: int) -> Features:
    """Return what speaks for an incident's being one that MUC-4 asks for."""
    incident = held.incident
    rules = is_relevant(incident)
    names = {f"kind={incident.kind}", f"number={min(number, 4)}", f"many={min(many, 6)}", f"rules={rules}"}
    names.add(f"rules={rules}|{incident.kind}")
    names.add(f"number={min(number, 4)}|many={min(many, 6)}")
    for claim in incident.claims:
        names.update(f"t={word_of(token)}" for token in scene.parse.tokens if _within(token, claim.trigger))
        names.add(f"c={claim.type}")
        names.add(f"real={claim.reality}")
        names.add(f"sure={claim.certainty}")
        names.add(f"place={claim.place.basis + '|' + (claim.place.kind or '') if claim.place else 'none'}")
        names.add("timed" if claim.time is not None else "untimed")
        if claim.time is not None:
            names.add(f"precision={claim.time.precision}")
        names.update(f"measure={figure.measure}" for figure in claim.figures)
        names.add("said" if claim.attribution else "told")
    names.add(f"claims={min(len(incident.claims), 5)}")
    features: Features = dict.fromkeys(names, 1.0)
    features["bias"] = 1.0
    for slot in ROLES:
        entities = held.entities.get(slot, [])
        top = max((entity.worth for entity in entities), default=0.0)
        features[f"top:{slot}"] = top
        features[f"sum:{slot}"] = min(3.0, sum(entity.worth for entity in entities))
        features[f"top:{slot}|{incident.kind}"] = top
        if not entities:
            features[f"none:{slot}"] = 1.0
    best = max((features[f"top:{slot}"] for slot in (12, 18)), default=0.0)
    features["target"] = best
    if scene.signs is not None:
        odds = odds_of(scene.signs)
        features["e:relevant"] = odds["relevant"]
        features["e:kind"] = odds.get(incident.kind, 0.0)
        features[f"e:kind|{incident.kind}"] = odds.get(incident.kind, 0.0)
        features["e:relevant*target"] = odds["relevant"] * best
        features["e:kind*number"] = odds.get(incident.kind, 0.0) * (number == 0)
    return features
