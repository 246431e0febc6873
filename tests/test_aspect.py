"""What still goes on when it is told, and what is only likely to come."""

import pytest

from told import only, told


@pytest.mark.parametrize(
    "text",
    [
        "The town is being destroyed block by block.",
        "“We’re encircled,” the commander said.",
        "Rebel troops are still holed up in a factory in Goma.",
        "They are entrenched in the hills near Goma.",
        "Heavy fighting continued near Goma.",
        "Street fighting is under way in Goma.",
        "Up to 900 villagers remain caught in crossfire in Goma.",
        "Villagers are dying from rebel shelling in Goma.",
        "The ongoing siege of Taiz has cut off the hospital.",
        "The army continues to shell Goma.",
    ],
)
def test_what_goes_on_is_told_as_going_on(text: str) -> None:
    assert [claim.reality for claim in told(text)][-1:] == ["ongoing"]


@pytest.mark.parametrize(
    "text",
    [
        "A man was shot dead after being taken prisoner near Goma.",
        "The army continued to shell Goma on Friday.",
        "Villagers died from rebel shelling in Goma.",
        "They were encircled near Goma in March.",
    ],
)
def test_what_ended_is_told_as_having_happened(text: str) -> None:
    assert {claim.reality for claim in told(text)} == {"happened"}


@pytest.mark.parametrize(
    ("text", "reality"),
    [
        ("The rebels are likely to attack Goma soon.", "hypothetical"),
        ("The army is unlikely to launch a counteroffensive before June.", "hypothetical"),
        ("The rebels are likely to have attacked Goma.", "happened"),
        ("Officials said they would swap the men in a prisoner exchange.", "hypothetical"),
        ("Two men may have died in an attack near Goma.", "happened"),
    ],
)
def test_what_is_likely_to_come_has_not_happened(text: str, reality: str) -> None:
    assert {claim.reality for claim in told(text)} == {reality}


def test_what_is_likely_is_hedged() -> None:
    assert only("The rebels are likely to attack Goma soon.").certainty == "hedged"
