"""What is told as having happened, as going on, as planned, threatened or supposed; denied; and how surely."""

import pytest

from dateline.model.reading import Claim
from dateline.model.text import Report
from dateline.reading.attribution import find_attributions
from dateline.reading.certainty import modality_of
from dateline.reading.factuality import graded
from dateline.reading.kit import load_kit
from dateline.reading.modality import Modality
from dateline.reading.parse import parse
from dateline.reading.read import read_report
from dateline.reading.scene import Found, Scene
from dateline.reading.segment import segment
from told import by_type, only, speakers, told, words

PLANNED = (
    "The army will attack Taiz within days.",
    "Rebels may attack the port of Hodeidah.",
    "The general said his men would retake Raqqa.",
    "The army plans to storm Fallujah.",
    "The army was ready to attack Tikrit.",
    "The army is expected to attack Marawi.",
    "Rebels prepared to attack Malakal.",
    "The president ordered the air force to bomb Aden.",
    "Militants planned to attack the embassy in Nairobi.",
    "Militants tried to capture the town of Palma.",
    "The mayor feared that the rebels would attack Beni.",
    "The rebels said they could attack Bangui at any time.",
    "An attack on Juba is possible, analysts warned.",
    "The envoy warned of an attack on Idlib.",
    "Did the army shell the hospital in Kunduz?",
    "It is not clear whether the army shelled the hospital.",
    "If Hezbollah fires rockets at Haifa, the army will respond.",
)


@pytest.mark.parametrize("sentence", PLANNED)
def test_what_is_to_come_or_supposed_has_not_happened(sentence: str) -> None:
    claim = only(sentence)
    assert claim.reality in ("intended", "threatened", "hypothetical")


HAPPENED = (
    "Government forces continued to shell Homs on Tuesday.",
    "Government forces began shelling Homs on Tuesday.",
    "The army stopped shelling Jaffna on Tuesday.",
    "The army shelled the village to drive out the rebels of Kutum.",
    "Ministers discussed the bombing of Sanaa.",
    "Villagers remembered the bombing of Guernica.",
    "The commander had led the assault on Vukovar.",
    "Soldiers who shelled Asmara will be tried.",
)


@pytest.mark.parametrize("sentence", HAPPENED)
def test_what_went_on_or_is_presupposed_has_happened(sentence: str) -> None:
    claim = told(sentence)[0]
    assert (claim.polarity, claim.reality) == ("positive", "happened")


def strike(text: str) -> Claim:
    """Return the one strike or battle of a text, beside any speech act."""
    found = [claim for claim in told(text) if claim.type.startswith(("strike.", "battle."))]
    assert len(found) == 1, [(claim.type, claim.trigger.quote) for claim in told(text)]
    return found[0]


PRESUPPOSED = (
    "The secretary general condemned the shelling of Misrata.",
    "The UN called for the shelling of Misrata to stop.",
    "Aid agencies demanded an end to the bombing of Aden.",
    "The secretary general condemned the attack on the hospital in Kunduz, which killed 42 people.",
)


@pytest.mark.parametrize("sentence", PRESUPPOSED)
def test_a_call_for_its_end_presupposes_the_event(sentence: str) -> None:
    claim = strike(sentence)
    assert (claim.polarity, claim.certainty) == ("positive", "certain")
    assert claim.reality in ("happened", "ongoing")


def test_going_on_now() -> None:
    assert only("The army is shelling Sloviansk.").reality == "ongoing"


def test_a_threat_and_what_is_threatened() -> None:
    text = "Insurgents threatened to bomb the pipeline in Arauca."
    assert strike(text).reality == "threatened"
    threat = by_type(text, "state.threat")
    assert speakers(threat) == ["Insurgents"]


def test_a_vow_under_a_condition_is_not_real() -> None:
    for claim in told("The militia vowed to shell Haifa if the talks fail."):
        assert claim.reality in ("threatened", "hypothetical")


def test_both_halves_of_a_conditional_are_supposed() -> None:
    claims = told("If the rebels attack Bria, peacekeepers would shell the hills.")
    assert len(claims) == 2
    assert {claim.reality for claim in claims} == {"hypothetical"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Soldiers prevented an attack on the airport in Mogadishu.",
        "Police foiled a plot to bomb a church in Jakarta.",
        "The rebels failed to capture Maiduguri.",
        "The army did not shell the village of Bentiu.",
        "Troops have not attacked Kidal.",
        "No shells hit the town of Luhansk on Monday.",
        "The army never bombed Kutum.",
        "Without bombing the bridge, the army gave up.",
    ],
)
def test_what_was_prevented_failed_or_was_not_is_negative(sentence: str) -> None:
    assert only(sentence).polarity == "negative"


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry denied that its aircraft had bombed the hospital.",
        "The army denied shelling the camp in Tripoli.",
        "The coalition denied that its jets had bombed the market in Taiz.",
    ],
)
def test_a_denial_is_negative_and_disputed(sentence: str) -> None:
    claim = only(sentence)
    assert (claim.polarity, claim.reality, claim.certainty) == ("negative", "happened", "disputed")
    assert len(speakers(claim)) == 1


def test_an_accusation_tells_of_the_event_as_the_speakers_own() -> None:
    claim = strike("The government accused rebels of shelling a school in Luhansk.")
    assert (claim.polarity, claim.reality) == ("positive", "happened")
    assert speakers(claim) == ["The government"]


def test_a_demand_not_to_is_no_event() -> None:
    claim = strike("The governor urged rebels not to attack Beledweyne.")
    assert claim.reality == "intended"


HEDGED = [
    ("The army reportedly shelled the market in Taiz.", "reportedly"),
    ("The market was apparently hit by a mortar shell, killing two people.", "apparently"),
    ("Rebels allegedly executed 12 prisoners in Bangassou.", "allegedly"),
    ("Troops are believed to have attacked the village of Gatumba.", "believed"),
    ("The attack on Gatumba appears to have killed 150 people.", "appears"),
    ("The alleged bombing of the clinic in Idlib angered residents.", "alleged"),
    ("A suspected gas attack killed dozens in Douma.", "suspected"),
    ("At least 20 people are thought to have been killed in an air strike on Mosul.", "thought"),
    ("Troops seemed to have withdrawn from Kandahar.", "seemed"),
    ("The army has possibly lost two tanks near Kherson.", "possibly"),
    ("Rebels probably shelled Taiz.", "probably"),
    ("Rebels must have shelled the bridge in Juba.", "must"),
    ("Soldiers may have killed 30 villagers in Quiche.", "may"),
    ("The village was purportedly bombed by the army.", "purportedly"),
    ("The jets likely bombed the convoy near Gao.", "likely"),
]


@pytest.mark.parametrize(("sentence", "hedge"), HEDGED)
def test_a_hedge_is_kept_with_its_words(sentence: str, hedge: str) -> None:
    claim = only(sentence)
    assert claim.certainty == "hedged"
    assert words(claim.hedges) == [hedge]
    assert (claim.polarity, claim.reality) == ("positive", "happened")


@pytest.mark.parametrize(
    "sentence",
    [
        "Rebels shelled Taiz, according to residents.",
        "A resident said that rebels had shelled Taiz.",
        "The army shelled the market in Taiz on Monday.",
    ],
)
def test_what_is_told_flatly_is_certain_whoever_says_it(sentence: str) -> None:
    claim = only(sentence)
    assert claim.certainty == "certain"
    assert claim.hedges == ()


def test_a_hedge_reaches_its_own_clause_only() -> None:
    text = "Rebels shelled Taiz on Monday. The army reportedly bombed Aden."
    flat, hedged = told(text)
    assert (flat.certainty, hedged.certainty) == ("certain", "hedged")


def test_modality_reaches_its_own_clause_only() -> None:
    text = "The army, which shelled Asmara in March, will attack Keren."
    assert by_type(text, "strike.shelling").reality == "happened"
    assert by_type(text, "strike.other").reality in ("intended", "hypothetical")


def test_a_reporters_negation_does_not_spread_to_the_next_sentence() -> None:
    text = "The army did not shell Bentiu. Rebels captured Malakal."
    assert [claim.polarity for claim in told(text)] == ["negative", "positive"]


@pytest.mark.parametrize(
    ("sure", "less"),
    [
        ("Rebels shelled the town of Taiz on Monday.", "Rebels may have shelled the town of Taiz on Monday."),
        ("Rebels shelled the town of Taiz on Monday.", "Rebels did not shell the town of Taiz on Monday."),
        (
            "Rebels may have shelled the town of Taiz.",
            "Rebels denied that they had shelled the town of Taiz.",
        ),
        ("Troops attacked the town of Taiz.", "Troops plan to attack the town of Taiz."),
    ],
)
def test_factuality_falls_with_what_makes_a_telling_less_sure(sure: str, less: str) -> None:
    high, low = (
        min(claim.factuality for claim in told(text) if claim.factuality is not None) for text in (sure, less)
    )
    assert -3 <= low < high <= 3


def test_factuality_without_the_encoder_is_the_grade_of_the_rules() -> None:
    report = Report(text="Rebels shelled the town of Taiz on Monday.")
    claims = read_report(report, load_kit(models=False)).claims
    assert [claim.factuality for claim in claims] == [1.8]


PUT_OFF = (
    "The army cancelled the assault on Marawi.",
    "The cancelled assault on Marawi would have cost many lives.",
    "Rain delayed the assault on Marawi.",
    "The assault on Marawi was delayed until March.",
    "Soldiers were angry about the delay of the assault on Marawi.",
)


@pytest.mark.parametrize("sentence", PUT_OFF)
def test_what_is_called_off_or_put_off_has_not_happened(sentence: str) -> None:
    claims = told(sentence)
    assert all((claim.polarity, claim.reality) != ("positive", "happened") for claim in claims)
    modality = modality_in(sentence, "assault")
    assert (modality.reality, modality.prevented) == ("hypothetical", True)


def test_what_comes_of_a_delay_is_real() -> None:
    modality = modality_in("The convoy was delayed, leading to the shelling of the depot.", "shelling")
    assert (modality.reality, modality.polarity, modality.prevented) == ("happened", "positive", False)
    assert modality_in("The shelling delayed the talks by two days.", "shelling").reality == "happened"


def test_a_word_that_keeps_from_happening_outweighs_the_encoder() -> None:
    prevented = modality_in("Rain delayed the assault on Marawi.", "assault")
    told_flatly = modality_in("Rain followed the assault on Marawi.", "assault")
    assert graded(prevented, 0, {0: 3.0}) < 0 < graded(told_flatly, 0, {0: 3.0})
    assert graded(prevented, 0, {}) == -1.5


def modality_in(sentence: str, word: str) -> Modality:
    """Return the modality of a word of a sentence read by the rules."""
    kit = load_kit(models=False)
    report = Report(text=sentence)
    layout = segment(report)
    parsed = parse(layout)
    found = Found(attributions=find_attributions(parsed, layout, (), kit.cues))
    scene = Scene(report=report, layout=layout, parse=parsed, found=found, kit=kit)
    token = next(token for token in parsed.tokens if token.lower == word)
    return modality_of(token, parsed, scene.holding(token), kit.realis, attempt_is_event=False)
