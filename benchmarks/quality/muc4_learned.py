"""Fill MUC-4 templates where trained parts judge what the rules and the encoder find.

Noun phrases near the claims of an incident are judged filler by filler, then the incident itself by what it holds.
"""

from collections.abc import Sequence

from benchmarks.quality.muc4_entities import Entity
from benchmarks.quality.muc4_evidence import Features, noun_features
from benchmarks.quality.muc4_fill import CLOSED
from benchmarks.quality.muc4_judging import (
    KEEP,
    Held,
    incident_features,
    judge_entities,
    judge_nouns,
    share_nouns,
)
from benchmarks.quality.muc4_keys import SLOTS, Fill, Template
from benchmarks.quality.muc4_model import Models
from benchmarks.quality.muc4_nouns import Noun, beside
from benchmarks.quality.muc4_phrases import class_of, nation_of
from benchmarks.quality.muc4_scene import Scene, lay_out
from benchmarks.quality.muc4_settings import country_name
from benchmarks.quality.muc4_targets import number_of
from benchmarks.quality.muc4_when import date_told
from benchmarks.quality.muc4_where import location_told
from dateline.model.reading import Reading
from dateline.reading.kit import Kit


def judged_templates(reading: Reading, kit: Kit, models: Models) -> list[Template]:
    """Return the templates of a report's incidents that are likely asked for, filled with what likely fills them."""
    scene = lay_out(reading, kit)
    features = noun_features(scene)
    held = judge_entities(scene, share_nouns(scene, scene.incidents, judge_nouns(features, models)), models)
    filling = Filling(scene, features, models)
    told = [incident_features(scene, one, number, len(held)) for number, one in enumerate(held)]
    return [
        filling.template(one, own)
        for one, own in zip(held, told, strict=True)
        if models["incident"].odds(own)["incident"] > KEEP
    ]


class Filling:
    """The filling of one incident's template."""

    def __init__(self, scene: Scene, features: Sequence[Features], models: Models) -> None:
        self.scene, self.models = scene, models
        self.features = {noun.head.i: one for noun, one in zip(scene.nouns, features, strict=True)}
        self.by_head = {noun.head.i: noun for noun in scene.nouns}

    def template(self, held: Held, features: Features) -> Template:
        """Return the template of an incident, by its own features and those of its entities."""
        incident = held.incident
        slots: dict[int, list[Fill]] = {slot: [] for slot in SLOTS}
        slots[2] = [Fill(values=(date_told(self.scene, incident, self.models),))]
        slots[3] = [Fill(values=(location_told(self.scene, incident, self.models),))]
        slots[4] = [Fill(values=(incident.kind,))]
        slots[5] = [Fill(values=(self.models["stage"].best(features)[0],))]
        self._instruments(slots, held, features)
        self._perpetrators(slots, held, features)
        for entity in held.entities.get(12, []):
            self._thing(slots, entity, incident.kind)
        for entity in held.entities.get(18, []):
            self._human(slots, entity, incident.kind)
        for number, total in ((14, 17), (21, 24)):
            slots[total] = total_of(slots[number], held)
        closed = frozenset(CLOSED.get(incident.kind, ()))
        kept = {
            slot: tuple(fill for fill in fills if fill.values[0])
            for slot, fills in slots.items()
            if fills and slot not in closed
        }
        return Template(fills=kept, closed=closed)

    def judged(self, name: str, noun: Noun, kind: str) -> str:
        """Return the class that a model puts a noun in; "" where it is "none"."""
        best = self.models[name].best(with_kind(self.features[noun.head.i], kind))[0]
        return "" if best == "none" else best

    def _instruments(self, slots: dict[int, list[Fill]], held: Held, features: Features) -> None:
        for entity in held.entities.get(6, []):
            phrase = entity.best.phrase
            kind = class_of("instrument", phrase.words, head_only=True)
            slots[6].append(Fill(values=(phrase.text,)))
            if kind:
                slots[7].append(Fill(values=(kind,), refs=(phrase.text,)))
        if not slots[7]:
            kind = self.models["instrument type"].best(features)[0]
            if kind != "none":
                slots[7].append(Fill(values=(kind,), refs=("-",)))

    def _perpetrators(self, slots: dict[int, list[Fill]], held: Held, features: Features) -> None:
        for entity in held.entities.get(9, []):
            slots[9].append(Fill(values=(entity.fullest.phrase.text,)))
        for entity in held.entities.get(10, []):
            text = entity.fullest.phrase.text
            slots[10].append(Fill(values=(text,)))
            slots[11].append(
                Fill(values=(self.judged("confidence", entity.best, held.incident.kind),), refs=(text,))
            )
        category = self.models["category"].best(features)[0]
        if category != "none":
            slots[8].append(Fill(values=(category,)))

    def _thing(self, slots: dict[int, list[Fill]], entity: Entity, kind: str) -> None:
        noun = entity.best
        text = noun.phrase.text
        slots[12].append(Fill(values=(text,)))
        slots[13].append(Fill(values=(self.judged("physical type", noun, kind),), refs=(text,)))
        slots[14].append(Fill(values=(number_of(noun.phrase),), refs=(text,)))
        self._nation(slots, 15, noun, text)
        slots[16].append(Fill(values=(self.judged("physical effect", noun, kind),), refs=(text,)))

    def _nation(self, slots: dict[int, list[Fill]], slot: int, noun: Noun, ref: str) -> None:
        """Fill the nationality of a target where its words name one other than the incident's country."""
        land = nation_of(tuple(noun.phrase.text.lower().split()))
        name = country_name(land) if land is not None else ""
        if name and not slots[3][0].values[0].startswith(name):
            slots[slot].append(Fill(values=(name,), refs=(ref,)))

    def _human(self, slots: dict[int, list[Fill]], entity: Entity, kind: str) -> None:
        noun, phrase = entity.best, entity.fullest.phrase
        named = phrase.name if entity.named else None
        ref = named or noun.phrase.text
        if named:
            slots[18].append(Fill(values=(named,)))
            told = self._description(entity)
            if told:
                slots[19].append(Fill(values=(told,), refs=(named,)))
        else:
            slots[19].append(Fill(values=(ref,)))
        slots[20].append(Fill(values=(self.judged("human type", noun, kind),), refs=(ref,)))
        slots[21].append(Fill(values=("1" if named else number_of(noun.phrase),), refs=(ref,)))
        self._nation(slots, 22, noun, ref)
        slots[23].append(Fill(values=(self.judged("human effect", noun, kind),), refs=(ref,)))

    def _description(self, entity: Entity) -> str | None:
        """Return what a named person is called: a title before the name, or a noun that a comma sets beside it."""
        for noun, _ in sorted(entity.nouns, key=lambda one: -one[1]):
            if noun.phrase.title:
                return noun.phrase.title
            for token in beside(noun):
                other = self.by_head.get(token.i)
                if (
                    other is not None
                    and other.phrase.name is None
                    and class_of("human", other.phrase.words, head_only=True)
                ):
                    return other.phrase.text
        return None


def total_of(numbers: Sequence[Fill], held: Held) -> list[Fill]:
    """Return the total of several targets of exact numbers, where a figure of the claims counts as many."""
    told = [fill.values[0] for fill in numbers]
    if len(told) < 2 or not all(number.isdigit() for number in told):
        return []
    total = sum(map(int, told))
    counted = any(
        figure.low == figure.high == total for claim in held.incident.claims for figure in claim.figures
    )
    return [Fill(values=(str(total),))] if counted else []


def with_kind(features: Features, kind: str) -> Features:
    """Return a noun's features with the type of its incident."""
    return {**features, f"kind={kind}": 1.0}
