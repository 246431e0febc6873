"""The judged filling of MUC-4 templates: noun phrases, entities, their sharing among incidents, places and days."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from benchmarks.quality.muc4_entities import Entity, entities_of, glosses_of
from benchmarks.quality.muc4_evidence import noun_features, word_of
from benchmarks.quality.muc4_judging import (
    ROLES,
    entity_features,
    incident_features,
    judge_entities,
    share_nouns,
)
from benchmarks.quality.muc4_keys import Fill
from benchmarks.quality.muc4_learned import judged_templates, total_of
from benchmarks.quality.muc4_model import WEIGHTS, Model, load_models
from benchmarks.quality.muc4_nouns import Noun, nouns_of
from benchmarks.quality.muc4_phrases import tables
from benchmarks.quality.muc4_scene import Scene, Signs, scene_of
from benchmarks.quality.muc4_when import date_told, times_of
from benchmarks.quality.muc4_where import country_in, location_told, places_of
from benchmarks.quality.reader import kit_of, read_with

from dateline.codebook.places import place_books
from dateline.model.reading import Reading
from dateline.reading.kit import Kit
from dateline.reading.parse import parse
from dateline.reading.segment import segment
from dateline.reading.tokens import Parse
from dateline.reading.truecase import is_common

PUBLISHED = date(1989, 11, 20)
TEXT = """SAN MIGUEL -- THE MAYOR OF TECOLUCA, PEDRO ALONSO RIVAS, WAS MURDERED YESTERDAY BY ARMED REBELS OF THE ANDEAN \
PEOPLE'S FRONT (FPA) IN SAN MIGUEL, EL SALVADOR, THE POLICE REPORTED.

THREE PEASANTS WERE KIDNAPPED ON 14 NOVEMBER IN PERU ON A FARM. THE SALVADORAN PRESS RECALLED THAT \
MAYOR RIVAS HAD BEEN A FRIEND."""


@pytest.fixture(scope="module")
def kit() -> Kit:
    return kit_of("off")


@pytest.fixture(scope="module")
def reading(kit: Kit) -> Reading:
    told = read_with(kit, TEXT, published=PUBLISHED)
    assert told is not None
    return told


@pytest.fixture(scope="module")
def parsed(reading: Reading) -> Parse:
    return parse(segment(reading.report))


@pytest.fixture(scope="module")
def scene(reading: Reading, parsed: Parse, kit: Kit) -> Scene:
    return scene_of(reading, parsed, None, kit)


def noun(scene: Scene, words: str) -> Noun:
    return next(one for one in scene.nouns if words in one.phrase.text)


def test_a_noun_phrase_has_its_words_without_what_follows_and_the_word_that_governs_it(scene: Scene) -> None:
    mayor = noun(scene, "MAYOR")
    assert mayor.phrase.text == "MAYOR"
    assert (mayor.role, mayor.ruler and mayor.ruler.lower) == ("nsubjpass", "murdered")
    rebels = noun(scene, "REBELS")
    assert rebels.phrase.text == "ARMED REBELS"
    assert (rebels.role, rebels.ruler and rebels.ruler.lower) == ("agent", "murdered")
    assert not any(one.phrase.text in ("YESTERDAY", "14 NOVEMBER") for one in scene.nouns)


def test_features_name_words_but_no_names(scene: Scene) -> None:
    mayor, rivas = noun(scene, "MAYOR"), noun(scene, "RIVAS")
    assert word_of(mayor.head) == "mayor"
    assert word_of(rivas.head) == "PROPN"
    features = noun_features(scene)
    assert {"h=mayor", "is=human:GOVERNMENT OFFICIAL", "v=murder|nsubjpass"} <= set(
        features[scene.nouns.index(mayor)]
    )
    assert not any("rivas" in name.lower() for told in features for name in told)


def test_what_the_encoder_says_of_a_phrase_is_its_mean_and_its_highest() -> None:
    import numpy as np

    signs = Signs(starts=np.array([0, 4, 9]), slots=np.arange(15.0).reshape(3, 5), kinds=np.zeros(7))
    assert signs.of(4, 12).tolist() == [7.5, 8.5, 9.5, 10.5, 11.5, 10.0, 11.0, 12.0, 13.0, 14.0]
    assert signs.of(20, 30).tolist() == [-6.0] * 10


def test_a_person_named_again_by_the_surname_is_one_entity_with_the_full_name(scene: Scene) -> None:
    names = [(one, 0.9) for one in scene.nouns if "RIVAS" in one.phrase.text]
    assert len(names) == 2
    (entity,) = entities_of(18, names, {})
    assert entity.named
    assert entity.fullest.phrase.name == "PEDRO ALONSO RIVAS"
    assert len(entities_of(18, [*names, (noun(scene, "PEASANTS"), 0.5)], {})) == 2


def test_an_acronym_in_brackets_is_the_name_before_it(parsed: Parse, scene: Scene) -> None:
    front, acronym = noun(scene, "FRONT"), noun(scene, "FPA")
    glosses = glosses_of(parsed, nouns_of(parsed))
    assert len(entities_of(10, [(front, 0.9), (acronym, 0.8)], glosses)) == 1
    assert len(entities_of(10, [(front, 0.9), (acronym, 0.8)], {})) == 2


def test_a_likely_filler_belongs_to_the_incident_told_nearest(scene: Scene) -> None:
    kinds = [one.kind for one in scene.incidents]
    assert kinds == ["ATTACK", "KIDNAPPING"]
    odds = [
        dict.fromkeys(ROLES, 0.0) | {18: 0.9 if one.phrase.words[-1] in ("mayor", "peasants") else 0.0}
        for one in scene.nouns
    ]
    shared = share_nouns(scene, scene.incidents, odds)
    own = [[one.best.phrase.text for one in held.entities[18] if one.own] for held in shared]
    assert own == [["MAYOR"], ["PEASANTS"]]


def test_only_entities_worth_their_place_are_kept(scene: Scene) -> None:
    odds = [dict.fromkeys(ROLES, 0.0) | {18: 0.9} for _ in scene.nouns]
    shared = share_nouns(scene, scene.incidents, odds)
    owned = {
        f"filler {slot}": Model(classes=(f"filler {slot}",), weights={"own=True": (2.0,), "bias": (-1.0,)})
        for slot in ROLES
    }
    for held in judge_entities(scene, shared, owned):
        assert held.entities[18]
        assert all(one.own and one.worth == pytest.approx(0.731, abs=0.001) for one in held.entities[18])
    rows = entity_features(scene, shared[0], 0, 2)
    assert len(rows[18]) == len(shared[0].entities[18])
    told = incident_features(scene, shared[1], 1, 2)
    assert {"kind=KIDNAPPING", "number=1", "claims=1"} <= set(told)


def test_a_model_says_how_likely_each_class_is() -> None:
    one = Model(classes=("yes",), weights={"bias": (0.0,), "a": (2.0,)})
    assert one.odds({"bias": 1.0, "unknown": 5.0}) == {"yes": 0.5}
    assert one.odds({"a": 0.5})["yes"] == pytest.approx(0.731, abs=0.001)
    many = Model(classes=("A", "B"), weights={"x": (0.0, 1.0)})
    kind, odds = many.best({"x": 3.0})
    assert (kind, round(odds, 3)) == ("B", 0.953)


def test_models_are_read_from_whole_hundredths(tmp_path: Path) -> None:
    path = tmp_path / "weights.json.gz"
    path.write_bytes(gzip.compress(json.dumps({"m": {"classes": ["m"], "weights": {"a": [150]}}}).encode()))
    assert load_models(path)["m"] == Model(classes=("m",), weights={"a": (1.5,)})


def test_the_weights_hold_no_name_of_a_text() -> None:
    words = {
        name.split("=")[1].split("|")[0]
        for model in load_models(WEIGHTS).values()
        for name in model.weights
        if name.startswith(("h=", "m=", "v=", "a=", "w="))
    }
    assert "murder" in words
    listed = {
        part for table in tables().values() for kind in table.values() for one in kind for part in one.split()
    }
    lower = {word for word in words if word.islower()}
    listed |= {part.removesuffix("s") for part in listed}
    assert {word for word in lower - listed if not is_common(word)} == set()
    assert (lower - listed) & set(place_books().demonyms) == set()


def likely(name: str, **weights: float) -> dict[str, Model]:
    return {name: Model(classes=(name,), weights={feature: (weight,) for feature, weight in weights.items()})}


def test_a_location_is_the_country_and_the_likely_places(scene: Scene) -> None:
    assert "SAN MIGUEL" in [one.name for one in places_of(scene)]
    first, second = scene.incidents
    assert (country_in(scene, first), country_in(scene, second)) == ("SV", "PE")
    near = likely("place", **{"within=True": 2.0, "bias": -1.0})
    assert location_told(scene, first, near).startswith("EL SALVADOR: SAN MIGUEL (")
    assert location_told(scene, second, near) == "PERU"
    assert location_told(scene, first, likely("place", bias=-9.0)) == "EL SALVADOR"


def test_a_date_is_the_likeliest_time_or_any_day_up_to_the_report(scene: Scene) -> None:
    assert [one.words for one in times_of(scene)] == ["19 NOV 89", "14 NOV 89"]
    within = likely("time", **{"within=True": 2.0, "bias": -1.0})
    assert date_told(scene, scene.incidents[1], within) == "14 NOV 89"
    assert date_told(scene, scene.incidents[1], likely("time", bias=-9.0)) == "- 20 NOV 89"


def test_a_total_is_given_where_a_figure_counts_as_many(scene: Scene) -> None:
    held = share_nouns(scene, scene.incidents, [dict.fromkeys(ROLES, 0.0) for _ in scene.nouns])[1]
    figures = [figure.low for claim in held.incident.claims for figure in claim.figures]
    assert figures == [3]
    assert total_of([Fill(values=("1",)), Fill(values=("2",))], held) == [Fill(values=("3",))]
    assert total_of([Fill(values=("2",)), Fill(values=("2",))], held) == []
    assert total_of([Fill(values=("3",))], held) == []
    assert total_of([Fill(values=("1",)), Fill(values=("PLURAL",))], held) == []


def test_a_report_is_filled_by_what_was_trained() -> None:
    kit = kit_of("on")
    if kit.encoder is None:
        pytest.skip("the encoder's weights or libraries are not installed")
    reading = read_with(kit, TEXT, published=PUBLISHED)
    assert reading is not None
    first, *_ = judged_templates(reading, kit, load_models())
    assert first.values(4) == ("ATTACK",)
    assert "PEDRO ALONSO RIVAS" in first.values(18)
    assert "MAYOR" in first.values(19)
    assert "DEATH" in first.values(23)
    assert first.values(2) == ("19 NOV 89",)
    assert Entity(slot=10).nouns == []
