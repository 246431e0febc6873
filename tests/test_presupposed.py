"""What is taken for a fact under words of plans, threats and denials, and what is not one though told beside facts."""

import pytest

from dateline.model.reading import Claim
from told import told

KNOWN = (
    "The president called the strike on Homs a massacre.",
    "Aid groups call it the worst shelling of Aleppo in a year.",
    "The defenders had to withdraw from Palmyra on Friday.",
    "Why did the rebels attack Goma?",
    "Who blew up the bridge at Hodeidah?",
    "Fighting is going on in the suburbs of Khartoum.",
    "It was possible to evacuate 300 people from Homs on Sunday.",
    "The town was the first to be captured by the rebels.",
    "The goal of the army's offensive near Idlib was to cut the road.",
    "The troops employed howitzers to shell the village.",
    "Nobody has claimed the attack on the school.",
    "Officials could not confirm the strike on the hospital.",
    "Allies vowed to punish the junta over the killings in Sagaing.",
    "The UN called on states to condemn the shelling of the camp.",
    "Residents fear a repeat of the massacre in Tadamon.",
    "The office has verified nineteen cases of sexual violence in El Fasher.",
    "The blast at the mill in Aden caused no deaths.",
    "This is considered a terrorist attack on the convoy.",
    "I condemn this in view of the regrettable murder of the general in Tegucigalpa.",
    "The envoy warned against inferring much from the withdrawal of troops around Homs.",
)
OPEN = (
    "The army is going to attack Khartoum.",
    "Is the army planning an attack on Goma?",
    "Did rebels who hold Aden shell the port?",
    "Officials are mulling air strikes on the camps.",
    "The ministers are to consider an evacuation of the embassy.",
    "Negotiations on an exchange of prisoners are under way.",
    "Any attack on the embassy would be answered, the minister said.",
    "They sought approval for an assault on the bridge.",
    "The prime minister made the case for a further incursion into Syria.",
    "His deputy argued for strikes on the capital.",
    "The minister did not rule out an assault on the town.",
    "Generals made plans for an offensive near Kidal.",
    "He signalled readiness for a prisoner exchange.",
    "The town is under threat of air strikes.",
    "Troops are massing for an assault on Sirte.",
    "In case of an attack on Sirte, the hospital will be closed.",
)
DENIED = (
    "No attack was carried out on Sirte.",
    "The rebels carried out no raids that week.",
    "Intelligence sees no withdrawal of Ethiopian troops from Tigray.",
    "Inspectors found no evidence of an attack on the dam.",
    "There are no signs of shelling at the plant.",
    "Claims that a missile hit the mosque are not true, the ministry said.",
    "The spokesman called it a lie that his men had killed the nurses.",
)


def physical(sentence: str) -> list[Claim]:
    found = [claim for claim in told(sentence) if not claim.type.startswith("state.")]
    assert found, sentence
    return found


@pytest.mark.parametrize("sentence", KNOWN)
def test_what_is_known_before_keeps_its_truth_whatever_governs_it(sentence: str) -> None:
    assert {(claim.reality in ("happened", "ongoing"), claim.polarity) for claim in physical(sentence)} == {
        (True, "positive")
    }


@pytest.mark.parametrize("sentence", OPEN)
def test_what_is_weighed_wanted_or_talked_about_has_not_happened(sentence: str) -> None:
    assert any(claim.reality not in ("happened", "ongoing") for claim in physical(sentence))


@pytest.mark.parametrize("sentence", DENIED)
def test_what_there_was_none_of_is_negative(sentence: str) -> None:
    assert any(claim.polarity == "negative" for claim in physical(sentence))


def test_a_strike_that_could_not_be_confirmed_is_hedged() -> None:
    (claim,) = physical("Officials could not confirm the strike on the hospital.")
    assert claim.certainty == "hedged"


def test_who_calls_a_strike_a_crime_is_not_its_source() -> None:
    text = "A missile struck a market in Homs.\n\nThe minister called the strike on the market a war crime."
    strikes = [claim for claim in told(text) if claim.type.startswith("strike.")]
    assert strikes[0].attribution == ()
