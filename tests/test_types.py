"""The codebook's own examples, read: each type's examples have it, its counterexamples do not."""

import pytest

import dateline
from dateline.codebook.tables import Sources
from dateline.codebook.triggers import load_triggers
from dateline.codebook.types import Example, load_types

TYPES = load_types(Sources())
EXAMPLES = [(name, example) for name, kind in TYPES.items() for example in kind.examples]
COUNTEREXAMPLES = [(name, example) for name, kind in TYPES.items() for example in kind.counterexamples]


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[f"{name}-{e.trigger}" for name, e in EXAMPLES])
def test_example_is_read_as_its_type(name: str, example: Example) -> None:
    text, trigger = example.text, example.trigger or ""
    claims = dateline.read(text, published="2024-05-10").claims
    told = ("threatened",) if name == "state.threat" else ("happened", "ongoing")
    found = [
        claim
        for claim in claims
        if claim.type == name and claim.reality in told and claim.polarity == "positive"
    ]
    assert found, [(claim.type, claim.trigger.quote, claim.reality, claim.polarity) for claim in claims]
    words = [span.quote for claim in found for span in (claim.trigger, *claim.tellings)]
    assert any(set(trigger.split()) & set(quote.split()) for quote in words), words


@pytest.mark.parametrize(("name", "example"), COUNTEREXAMPLES, ids=[e.text[:40] for _, e in COUNTEREXAMPLES])
def test_counterexample_is_not_read_as_happened(name: str, example: Example) -> None:
    claims = dateline.read(example.text, published="2024-05-10").claims
    told = [
        c
        for c in claims
        if c.type == name and c.reality in ("happened", "ongoing") and c.polarity == "positive"
    ]
    assert told == []


def test_every_trigger_names_a_known_type() -> None:
    sources = Sources()
    book = load_triggers(sources, frozenset(TYPES))
    assert sources.faults == []
    families = {name.split(".")[0] for name in TYPES} | {
        "capture", "free", "captive", "detain", "transfer", "evac", "abandon", "cutoff", "kill", "body", "shoot",
        "destroy", "damage", "loss", "down", "none",
    }  # fmt: skip
    assert {trigger.type.split(".")[0] for trigger in book.triggers} <= families


def test_every_type_is_defined_and_mapped() -> None:
    for name, kind in TYPES.items():
        assert kind.definition, name
        assert kind.cameo, name
        if name != "state.statement":  # what the claims leave over: it has no trigger of its own
            assert len(kind.examples) >= 3, name
            assert len(kind.counterexamples) >= 2, name
