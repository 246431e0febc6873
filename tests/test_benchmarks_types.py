"""The trained part beside the rules of event types: its lessons, its features, and that no fold is scored on itself."""

from collections import Counter

import numpy as np
import pytest
from benchmarks.quality.case2021 import NOTHING, by_rules, read_claims
from benchmarks.quality.case2021_model import (
    ALL,
    LESS,
    Notes,
    chosen,
    crossed,
    describe,
    joined,
    read_lessons,
    tell,
)
from benchmarks.quality.case2021_types import BEYOND_ACLED, LABELS, blind_words_in, words_in

from dateline.reading.kit import load_kit

CAPTURED = "Rebels captured the airport in Dorin on Monday."
MARCHED = "Hundreds of teachers protested in Dorin on Monday."


def _notes(meaning: list[list[float]], texts: tuple[str, ...] | None = None) -> Notes:
    none: tuple[dict[str, float], ...] = tuple({"nothing": 1.0} for _ in meaning)
    return Notes(
        texts=texts or tuple(f"note {number}" for number in range(len(meaning))),
        read=none, said=none, blind=none, meaning=np.array(meaning),
    )  # fmt: skip


def test_every_label_has_sentences_of_our_own_and_no_sentence_stands_twice() -> None:
    lessons = read_lessons()
    counts = Counter(label for label, _ in lessons)
    assert set(counts) == set(LABELS.values()) | BEYOND_ACLED
    assert min(counts.values()) >= 10
    assert len({text.lower() for _, text in lessons}) == len(lessons)
    assert all(text == text.strip() and text.endswith((".", "?")) for _, text in lessons)


def test_the_rules_alone_label_a_text_with_a_claim_and_say_where_there_is_none() -> None:
    kit = load_kit(models=False)
    texts = [CAPTURED, "The bakery opens at nine."]
    assert by_rules(texts, read_claims(texts, kit), kit) == ["NON_STATE_ACTOR_OVERTAKES_TER", NOTHING]


def test_traits_say_what_was_claimed_and_who_took_a_town() -> None:
    taken, marched, none = read_claims(
        [CAPTURED, MARCHED, "The bakery opens at nine."], load_kit(models=False)
    )
    assert {"first battle.capture", "first family battle", "taken by a group", "reality happened"} <= set(
        describe(taken)
    )
    assert "type unrest.protest" in describe(marched)
    assert "taken by a group" not in describe(marched)
    assert describe(none) == {"no claim": 1.0}


def test_words_written_with_the_labels_at_hand_are_kept_apart_from_the_others() -> None:
    text = "Rebels seized the town after the army withdrew."
    assert {"group_takes", "left", "lost"} <= blind_words_in(text)
    assert "group" in words_in(text)
    assert not words_in(text) & blind_words_in(text)
    assert "state_takes" in blind_words_in("The army retook the town.")
    assert "fires_on" in blind_words_in("Soldiers fired into the crowd.")
    assert "fires_on" not in blind_words_in("The crowd sang and went home.")


def test_a_fold_is_told_from_the_others_and_from_our_own_sentences() -> None:
    gold = ["ARREST", "DIPLO"] * 10
    apart = [[1.0, 0.0] if label == "ARREST" else [0.0, 1.0] for label in gold]
    own = _notes([[0.9, 0.1], [0.1, 0.9]])
    assert crossed(_notes(apart), gold, own, ["ARREST", "DIPLO"], ("meaning",)) == gold
    assert tell(own, ["ARREST", "DIPLO"], _notes(apart), ("meaning",)) == gold


def test_no_fold_learns_from_its_own_labels() -> None:
    # Each text is like no other, so that only its own label could tell it; labels drawn blindly are met by chance.
    gold = [str(label) for label in np.random.default_rng(7).choice(["ARREST", "DIPLO"], 60)]
    alone = _notes([[float(row == column) for column in range(60)] for row in range(60)])
    own = _notes([[0.0] * 60, [0.0] * 60])
    given = crossed(alone, gold, own, ["ARREST", "DIPLO"], ("meaning",))
    assert sum(ours == label for ours, label in zip(given, gold, strict=True)) <= 40
    assert tell(alone, gold, alone, ("meaning",)) == gold


@pytest.mark.parametrize("parts", [ALL, *LESS.values()])
def test_each_choice_of_features_learns(parts: tuple[str, ...]) -> None:
    texts = (
        "police arrested ten men",
        "police arrested a general",
        "envoys were expelled",
        "two envoys were expelled",
    )
    notes = _notes([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]], texts)
    labels = ["ARREST", "ARREST", "DIPLO", "DIPLO"]
    traits = tuple({f"first {label}": 1.0} for label in labels)
    notes = Notes(texts=texts, read=traits, said=traits, blind=traits, meaning=notes.meaning)
    assert tell(chosen(notes, [0, 2]), ["ARREST", "DIPLO"], chosen(notes, [1, 3]), parts) == [
        "ARREST",
        "DIPLO",
    ]
    assert joined(chosen(notes, [0]), chosen(notes, [3])).texts == (texts[0], texts[3])
