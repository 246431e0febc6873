"""The encoder's reading: offsets, sameness, and what comes of switching it off."""

import pytest

from dateline.model.text import Report
from dateline.reading.encoder import Encoder, load_encoder
from dateline.reading.encoder_heads import cue_odds, spoken_in, toponyms_in
from dateline.reading.kit import load_kit
from dateline.reading.read import read_report

TEXT = "The mayor of Lviv said that shells had hit a school.\n\nTwo people died, according to the army."


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    found = load_encoder()
    if found is None:
        pytest.skip("onnxruntime or tokenizers is not installed")
    return found


def paragraphs() -> list[tuple[int, int]]:
    cut = TEXT.index("\n\n")
    return [(0, cut), (cut + 2, len(TEXT))]


def test_reads_source_cue_and_content_at_their_characters(encoder: Encoder) -> None:
    text = "“We will rebuild the bridge,” Mayor Anna Holm said on Monday."
    first = spoken_in(encoder.read(text, [(0, len(text))]))[0]
    quotes = [[text[start:end] for start, end in part] for part in (first.cue, first.source, first.content)]
    assert quotes == [["said"], ["Mayor Anna Holm"], ["“We will rebuild the bridge,”"]]


def test_reads_places(encoder: Encoder) -> None:
    assert "Lviv" in [TEXT[start:end] for start, end, _ in toponyms_in(encoder.read(TEXT, paragraphs()))]


def test_same_text_gives_same_numbers(encoder: Encoder) -> None:
    assert cue_odds(encoder.read(TEXT, paragraphs())) == cue_odds(encoder.read(TEXT, paragraphs()))


def test_kit_without_models_reads_by_rules() -> None:
    kit = load_kit(models=False)
    assert kit.encoder is None
    assert not any(model.startswith("encoder") for model in kit.recipe.models)
    assert read_report(Report(text=TEXT), kit).attributions
