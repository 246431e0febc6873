"""The events of the rules and of the trained branch: what each brings, which has its way, and what the claim says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from dateline.errors import CodebookError
from dateline.model.reading import Claim
from dateline.model.text import Report
from dateline.reading.encoder import Encoded, load_encoder
from dateline.reading.encoder_windows import Window
from dateline.reading.event_model import (
    OTHER,
    REALITIES,
    TYPES,
    UNFIT,
    EventModel,
    Heard,
    events_name,
    load_events,
    rules_of,
)
from dateline.reading.kit import load_kit
from dateline.reading.read import read_report

DAY = date(2018, 5, 10)
SHELLED = "Rebels shelled the port of Aden on Monday."
ZAPPED = "Rebels zapped the port of Aden on Monday."


def heard(kind: str, sure: float, reality: str = "actual", actor: tuple[int, float] | None = None) -> Heard:
    """Return what a branch says that gives a type a probability and the rest to no event."""
    types = np.zeros(len(TYPES))
    types[0] = 1 - sure
    types[TYPES.index(kind)] += sure
    realities = np.eye(len(REALITIES))[REALITIES.index(reality)]
    return Heard(types=types, realities=realities, actor=actor)


@dataclass
class Says:
    """A branch that says what a test wants of some words, and of no other anything."""

    text: str
    words: Mapping[str, Heard]
    told: Mapping[int, str] | None = None

    def hear(self, encoded: Encoded, told: Mapping[int, str]) -> dict[int, Heard]:
        self.told = told
        return {self.text.index(word): one for word, one in self.words.items()}


def read(text: str, words: Mapping[str, Heard]) -> tuple[Claim, ...]:
    if load_encoder() is None:
        pytest.skip("onnxruntime or tokenizers is not installed")
    kit = replace(load_kit(), events=cast("EventModel", Says(text, words)))
    return read_report(Report(text=text, published=DAY), kit).claims


def told(claims: tuple[Claim, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(claim.type, claim.trigger.quote, claim.by) for claim in claims]


def test_a_word_that_no_rule_knows_becomes_an_event_with_its_arguments() -> None:
    assert read(ZAPPED, {}) == ()
    (claim,) = read(ZAPPED, {"zapped": heard("strike.shelling", 0.95)})
    assert told((claim,)) == [("strike.shelling", "zapped", ("model",))]
    assert [one.span.quote for one in claim.actors] == ["Rebels"]
    assert claim.place is not None
    assert claim.place.name == "Aden"
    assert claim.time is not None
    assert claim.time.earliest == date(2018, 5, 7)


def test_the_branch_must_be_sure_to_add() -> None:
    assert read(ZAPPED, {"zapped": heard("strike.shelling", 0.6)}) == ()


def test_what_is_added_without_a_word_more_is_no_claim() -> None:
    assert read("Zapping all day long.", {"Zapping": heard("strike.shelling", 0.99)}) == ()


@pytest.mark.parametrize(
    ("reality", "wanted"),
    [("planned", ("intended", "positive")), ("possible", ("hypothetical", "positive")),
     ("denied", ("happened", "negative"))],
)  # fmt: skip
def test_what_is_added_is_as_real_as_the_branch_hears_it(reality: str, wanted: tuple[str, str]) -> None:
    (claim,) = read(ZAPPED, {"zapped": heard("strike.shelling", 0.95, reality)})
    assert (claim.reality, claim.polarity) == wanted


def test_a_word_whose_frame_does_not_fit_is_told_to_the_branch_and_not_added() -> None:
    text = "Investors fled the stock."
    branch = Says(text, {"fled": heard("harm.displacement", 0.95)})
    kit = replace(load_kit(), events=cast("EventModel", branch))
    assert read_report(Report(text=text, published=DAY), kit).claims == ()
    assert branch.told == {text.index("fled"): UNFIT}


def test_an_event_of_the_rules_falls_where_the_branch_is_sure_of_none() -> None:
    assert told(read(SHELLED, {"shelled": heard("strike.shelling", 0.5)})) == [
        ("strike.shelling", "shelled", ("rules", "model"))
    ]
    assert told(read(SHELLED, {"shelled": heard("strike.shelling", 0.2)})) == [
        ("strike.shelling", "shelled", ("rules",))
    ]
    assert read(SHELLED, {"shelled": heard("strike.shelling", 0.01)}) == ()


def test_who_counts_the_dead_is_never_dropped() -> None:
    (claim,) = read("Twelve people were killed in Aden.", {"killed": heard("civilians.toll", 0.01)})
    assert [(figure.measure, figure.low) for figure in claim.figures] == [("killed", 12)]


def test_a_type_changes_where_the_branch_is_sure_of_another() -> None:
    for sure, kind in ((0.6, "strike.shelling"), (0.95, "battle.clash")):
        (claim,) = read(SHELLED, {"shelled": heard("battle.clash", sure)})
        assert (claim.type, claim.by) == (kind, ("rules", "model"))


def test_the_means_of_a_strike_are_the_clauses_own() -> None:
    text = "The port of Aden was attacked on Monday."
    (claim,) = read(text, {"attacked": heard("strike.air", 0.99)})
    assert claim.type == "strike.other"


def test_what_is_added_beside_an_event_of_its_type_is_another_telling_of_it() -> None:
    text = SHELLED + " The zapping of the port lasted for hours."
    (claim,) = read(
        text, {"shelled": heard("strike.shelling", 0.9), "zapping": heard("strike.shelling", 0.9)}
    )
    assert claim.trigger.quote == "shelled"
    assert [telling.quote for telling in claim.tellings] == ["zapping"]
    assert claim.by == ("rules", "model")


def test_who_did_it_is_named_where_the_branch_is_sure_and_the_rules_name_nobody() -> None:
    text = "The rebels came by night. The port of Aden was shelled."
    for sure, actors in ((0.8, []), (0.95, ["rebels"])):
        actor = (text.index("rebels"), sure)
        (claim,) = (
            one
            for one in read(text, {"shelled": heard("strike.shelling", 0.9, actor=actor)})
            if one.type == "strike.shelling"
        )
        assert [one.span.quote.split()[-1] for one in claim.actors] == actors


def window(text: str) -> Window:
    """Return a window of whole words, the marks at its ends included."""
    places = [(at, at + len(word)) for word in text.split() for at in (text.index(word),)]
    starts, ends = zip(*((-1, -1), *places, (-1, -1)), strict=True)
    return Window(ids=(0,) * len(starts), cases=(0,) * len(starts), starts=starts, ends=ends, words=starts)


def test_the_branch_is_told_the_rules_types_at_their_words() -> None:
    told = {0: "strike.suicide", 4: "state.threat", 8: UNFIT, 99: "battle.clash"}
    assert rules_of(window("one two six ten"), told).tolist() == [
        0, TYPES.index("strike.explosive"), OTHER, OTHER + 1, 0, 0,
    ]  # fmt: skip


def test_the_shipped_branch_tells_war_from_what_sounds_like_it() -> None:
    encoder, branch = load_encoder(), load_events()
    if encoder is None:
        pytest.skip("onnxruntime or tokenizers is not installed")
    assert branch is not None
    text = "Gunmen stormed a village near Gao and burned forty homes.\n\nThe bakery opens at nine."
    cut = text.index("\n\n")
    encoded = encoder.read(text, [(0, cut), (cut + 2, len(text))])
    given = branch.hear(encoded, {})
    assert given[text.index("stormed")].event > 0.5
    assert not [start for start in given if start > cut]
    assert branch.hear(encoded, {text.index("opens"): UNFIT})[text.index("opens")].event < 0.2
    assert all(abs(float(one.types.sum()) - 1) < 1e-4 for one in given.values())


def test_without_models_only_the_rules_read() -> None:
    kit = load_kit(models=False)
    assert kit.events is None
    assert not any(name.startswith("events") for name in kit.recipe.models)
    (claim,) = read_report(Report(text=SHELLED, published=DAY), kit).claims
    assert claim.by == ("rules",)


def test_the_recipe_names_the_branch() -> None:
    if load_encoder() is None:
        pytest.skip("onnxruntime or tokenizers is not installed")
    (name,) = events_name()
    assert name in load_kit().recipe.models


def test_weights_that_are_not_there_or_not_weights(tmp_path: Path) -> None:
    assert load_events(tmp_path / "none.onnx") is None
    assert events_name(tmp_path / "none.onnx") == ()
    broken = tmp_path / "events.onnx"
    broken.write_bytes(b"no weights")
    with pytest.raises(CodebookError, match=r"events.onnx: cannot be read .* tools/train_events.py"):
        EventModel(broken)


def test_the_words_of_the_rules_stand_for_a_claim_that_both_read() -> None:
    text = "Zapping in Aden. Rebels shelled the port of Aden on Monday."
    (claim,) = read(
        text, {"Zapping": heard("strike.shelling", 0.9), "shelled": heard("strike.shelling", 0.9)}
    )
    assert (claim.trigger.quote, claim.by) == ("shelled", ("rules", "model"))


def test_what_is_told_as_lost_stays_a_loss() -> None:
    (claim,) = read("The army destroyed two tanks near Gao.", {"destroyed": heard("strike.shelling", 0.99)})
    assert (claim.type, len(claim.losses)) == ("force.loss", 1)


@pytest.mark.parametrize(("who", "kind"), [("soldiers", "force.loss"), ("villagers", "civilians.abduction")])
def test_who_tells_of_soldiers_killed_accuses_nobody_of_an_attack_on_civilians(who: str, kind: str) -> None:
    (claim,) = read(f"Rebels killed the {who} near Gao.", {"killed": heard("civilians.abduction", 0.99)})
    assert claim.type == kind


def test_nobody_is_named_as_who_does_it_to_his_own() -> None:
    text = "Malian troops came by night. Ten Malian soldiers were killed."
    killed = heard("force.loss", 0.9, actor=(text.index("troops"), 0.99))
    (claim,) = (one for one in read(text, {"killed": killed}) if one.type == "force.loss")
    assert claim.actors == ()


def test_a_harm_that_the_branch_hears_as_no_event_is_what_the_attack_before_it_did() -> None:
    text = "Rebels shelled the port of Aden on Monday. The hospital was destroyed."
    (claim,) = read(
        text, {"shelled": heard("strike.shelling", 0.9), "destroyed": heard("harm.property", 0.01)}
    )
    assert claim.trigger.quote == "shelled"
    assert [telling.quote for telling in claim.tellings] == ["destroyed"]
