"""Cue words by grammar: what is told of a word, how the two voices are weighed, and what the meeting makes of both."""

from functools import cache
from pathlib import Path

import pytest

from dateline.codebook.cues import CueBook, load_cues
from dateline.codebook.tables import Sources
from dateline.errors import CodebookError
from dateline.model.text import Report
from dateline.reading.attribution import find_attributions
from dateline.reading.attribution_meeting import meet
from dateline.reading.cue_features import describe, marks_of
from dateline.reading.cue_model import CueWords, cue_words_name, load_cue_words
from dateline.reading.encoder import Encoded, load_encoder
from dateline.reading.encoder_heads import cue_odds, spoken_in
from dateline.reading.kit import load_kit
from dateline.reading.mentions import AttributionMention, Layout
from dateline.reading.parse import parse
from dateline.reading.segment import TEXT_KINDS, segment
from dateline.reading.tokens import Parse

SAID = "The harbour master said that two ferries had sunk."


@cache
def book() -> CueBook:
    return load_cues(Sources())


@cache
def steps(text: str) -> tuple[Layout, Parse, tuple[AttributionMention, ...]]:
    layout = segment(Report(text=text))
    parsed = parse(layout)
    return layout, parsed, find_attributions(parsed, layout, (), book())


@cache
def encoded(text: str) -> Encoded:
    encoder = load_encoder()
    if encoder is None:
        pytest.skip("onnxruntime or tokenizers is not installed")
    parts = steps(text)[0].paragraphs
    return encoder.read(text, [(part.start, part.end) for part in parts if part.kind in TEXT_KINDS])


def names(text: str, word: str) -> set[str]:
    layout, parsed, mentions = steps(text)
    told = list(describe(parsed, marks_of(parsed, layout, mentions), book()))
    return set(next(one for token, one in zip(parsed.tokens, told, strict=True) if token.text == word))


def test_a_word_is_told_by_grammar_neighbours_and_rules() -> None:
    found = names(SAID, "said")
    assert {"l=say", "t=VBD", "k=v:say", "cd=ccomp>", "m|out", "rc|say", "-1l=master"} <= found
    assert {"con", "hm|ccomp"} <= names(SAID, "sunk")
    assert "src" in names(SAID, "master")


def test_names_and_numbers_are_told_as_kinds() -> None:
    text = "Olena Hryniuk said on Tuesday that 41 ferries had sunk off Odesa."
    for word in ("Olena", "Hryniuk", "said", "41", "sunk", "Odesa"):
        told = " ".join(names(text, word)).lower()
        assert not any(name in told for name in ("olena", "hryniuk", "odesa", "41", "tuesday"))


def test_both_voices_are_weighed_in_log_odds() -> None:
    model = CueWords(base=0.0, weights={}, blend=(0.0, 0.5, 0.5))
    assert model.weighed(0.5, 0.0) == pytest.approx(0.5)
    # Certain of opposite things, they cancel out: log odds of .9 are 2.197.
    assert model.weighed(0.9, -2.1972) == pytest.approx(0.5, abs=1e-3)
    assert model.weighed(0.9, 1.0) > model.weighed(0.6, 1.0) > model.weighed(0.6, -1.0)
    assert 0 < model.weighed(0.0, 0.0) < 0.05


def test_the_weights_tell_a_cue_from_what_is_said() -> None:
    layout, parsed, mentions = steps(SAID)
    model = load_cue_words()
    odds = model.odds(encoded(SAID), parsed, layout, mentions, book())
    assert odds[SAID.index("said")] > 0.5
    assert max(value for start, value in odds.items() if start != SAID.index("said")) < 0.3
    assert set(cue_odds(encoded(SAID))) == set(odds)


def test_a_cue_is_the_run_of_likely_words() -> None:
    text = "The mayor has repeatedly said that the bridge was safe, an engineer reported on Friday."
    odds = dict.fromkeys((text.index(word) for word in ("has", "repeatedly", "said")), 0.9)
    first, *others = spoken_in(encoded(text), odds)
    assert [text[start:end] for start, end in first.cue] == ["has repeatedly said"]
    assert first.surety == pytest.approx(0.9, abs=0.1)
    # What the encoder is sure of by itself needs no grammar.
    assert [text[start:end] for one in others for start, end in one.cue][:1] == ["reported"]


def test_what_neither_voice_takes_for_a_cue_falls() -> None:
    text = "The regional governor said that the mill had burned down."
    layout, parsed, mentions = steps(text)
    kept = meet(mentions, encoded(text), parsed, layout, (), book(), load_cue_words())
    assert [one.attribution.cue.quote for one in kept if one.attribution.cue is not None] == ["said"]
    assert kept[0].by == ("rules", "model")


def test_a_gap_that_holds_a_second_cue_stays_open() -> None:
    text = (
        "The ministry denied that its boats had crossed the line and said that relief for the villages was on its way, "
        "as it had been on Monday."
    )
    layout, parsed, mentions = steps(text)
    met = meet(mentions, encoded(text), parsed, layout, (), book(), load_cue_words())
    (denied,) = (mention for mention in met if mention.negates)
    assert any("had crossed" in span.quote for span in denied.attribution.content)
    assert not any("and said" in span.quote for span in denied.attribution.content)


def test_recipes_name_the_weights() -> None:
    kit = load_kit()
    if kit.encoder is None:
        pytest.skip("onnxruntime or tokenizers is not installed")
    assert kit.cue_words is not None
    assert cue_words_name() in kit.recipe.models
    assert load_kit(models=False).cue_words is None


@pytest.mark.parametrize("text", ["", "[]", '{"base": 0, "blend": [1, 2], "weights": {}}'])
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cue_words.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError, match=r"cue_words\.json.*train_cue_words"):
        load_cue_words(path)
