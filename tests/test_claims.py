"""Claims as records: each with its own speaker, words and id; a claim's id outlives the recipe."""

from dataclasses import replace

import pytest

import dateline
from dateline.model.reading import Claim
from dateline.model.text import Report
from dateline.reading.claims import claim_id
from dateline.reading.kit import load_kit
from dateline.reading.read import read_report
from told import DAY, by_type, only, speakers, told, toll, words

TWO_VOICES = [
    "The army said jets had bombed Kutum. Residents said jets had bombed Kutum.",
    "Medics say a shell hit a bakery in Daraya. The government says a shell hit a bakery in Daraya.",
    "Rebels say they captured Wau. The army says rebels captured Wau.",
]


@pytest.mark.parametrize("text", TWO_VOICES)
def test_what_two_speakers_say_are_two_claims(text: str) -> None:
    one, other = told(text)
    assert one.type == other.type
    assert speakers(one) != speakers(other)
    assert one.id != other.id


def test_two_speakers_give_two_tolls() -> None:
    text = (
        "Doctors said 12 people died in the bombing of Kutum. The army said four people died in the bombing."
    )
    one, other = told(text)
    assert (speakers(one), toll(one)) == (["Doctors"], [("killed", 12, 12, "people")])
    assert (speakers(other), toll(other)) == (["The army"], [("killed", 4, 4, "people")])


def test_two_speakers_of_one_sentence() -> None:
    text = "The president said that rebels had shelled Gori, and his spokesman said that jets had bombed Tskhinvali."
    one, other = told(text)
    assert (one.type, speakers(one)) == ("strike.shelling", ["The president"])
    assert (other.type, speakers(other)) == ("strike.air", ["his spokesman"])


def test_told_by_one_side_and_denied_by_the_other() -> None:
    text = "Residents said troops shelled Homs on Monday. The president denied that troops had shelled Homs."
    told_, denied = told(text)
    assert (told_.polarity, told_.certainty, speakers(told_)) == ("positive", "certain", ["Residents"])
    assert (denied.polarity, denied.certainty, speakers(denied)) == (
        "negative",
        "disputed",
        ["The president"],
    )


def test_the_outlets_own_voice_has_no_speaker() -> None:
    assert only("The army shelled Taiz on Monday.").attribution == ()


def test_a_speakers_words_end_with_his_sentence() -> None:
    text = "The governor said rebels had shelled Bria. Jets bombed Kaga-Bandoro on Monday."
    one, other = told(text)
    assert speakers(one) == ["The governor"]
    assert speakers(other) == []


def test_what_is_missing_is_null_with_a_reason() -> None:
    reading = dateline.read("Rebels shelled a clinic.", published=DAY)
    assert [(problem.code, problem.field) for problem in reading.problems] == [
        ("no-place", "place"),
        ("no-time", "time"),
    ]
    (claim,) = reading.claims
    assert (claim.place, claim.time) == (None, None)
    assert {problem.span for problem in reading.problems} == {claim.trigger}


def test_without_a_publication_date_relative_times_stay_open() -> None:
    reading = dateline.read("Rebels shelled Taiz on Monday.")
    assert "no-publication-date" in {problem.code for problem in reading.problems}
    assert [claim.time for claim in reading.claims] == [None]


def test_evidence_holds_the_trigger() -> None:
    text = "Rebels who had fled Bama shelled the market in Konduga on Monday, officials said."
    for claim in told(text):
        assert claim.evidence.start <= claim.trigger.start < claim.trigger.end <= claim.evidence.end


def test_evidence_is_the_clause_and_not_the_sentence() -> None:
    claim = only("The ministry said on Tuesday that rebels had captured Kidal.")
    assert claim.evidence.quote == "rebels had captured Kidal"


def test_claims_stand_in_text_order() -> None:
    text = "Rebels shelled Taiz on Monday.\n\nJets bombed Aden on Tuesday.\n\nTroops withdrew from Marib."
    starts = [claim.trigger.start for claim in told(text)]
    assert len(starts) == 3
    assert starts == sorted(starts)


LEDGER = (
    "Rebels shelled the port of Misrata on Sunday, killing three dockers, a doctor told the BBC. "
    "The army denied that its jets had bombed Sirte."
)


def test_ids_are_the_same_each_time() -> None:
    one = dateline.read(LEDGER, published=DAY).claims
    other = dateline.read(LEDGER, published=DAY).claims
    assert [claim.id for claim in one] == [claim.id for claim in other]
    assert len({claim.id for claim in one}) == len(one) > 1


def test_ids_leave_the_recipe_out() -> None:
    kit = load_kit()
    other = replace(kit, recipe=replace(kit.recipe, package="9.9.9", codebook="other", settings="other"))
    report = Report(text=LEDGER)
    one, two = read_report(report, kit), read_report(report, other)
    assert one.recipe != two.recipe
    assert one.claims == two.claims


def test_ids_are_of_their_report() -> None:
    one = dateline.read(LEDGER, published=DAY).claims
    other = dateline.read(LEDGER, published=DAY, publisher="Aden Post").claims
    assert not {claim.id for claim in one} & {claim.id for claim in other}


def test_the_files_name_is_no_part_of_an_id() -> None:
    kit = load_kit()
    one = read_report(Report(text=LEDGER, name="a.txt"), kit)
    other = read_report(Report(text=LEDGER, name="b.txt"), kit)
    assert one.claims == other.claims


def changed(claim: Claim) -> list[Claim]:
    """Return copies of a claim, each with another thing said."""
    figure = claim.figures[0]
    return [
        replace(claim, type="strike.other"),
        replace(claim, polarity="negative"),
        replace(claim, reality="intended"),
        replace(claim, certainty="hedged"),
        replace(claim, actors=()),
        replace(claim, targets=()),
        replace(claim, figures=(replace(figure, low=figure.low + 1),)),
        replace(claim, place=None),
        replace(claim, time=None),
        replace(claim, attribution=()),
    ]


def test_an_id_changes_with_what_is_said() -> None:
    claim = told(LEDGER)[0]
    assert claim.actors
    assert claim.place
    assert claim.time
    assert claim.attribution
    ids = [claim_id("report", other) for other in (claim, *changed(claim))]
    assert len(set(ids)) == len(ids)


def test_an_id_does_not_change_with_its_own_value_or_the_evidence() -> None:
    claim = told(LEDGER)[0]
    other = replace(claim, id="x", evidence=claim.trigger, tellings=())
    assert claim_id("report", claim) == claim_id("report", other)


def test_a_toll_names_who_was_counted() -> None:
    claim = told(LEDGER)[0]
    assert words(claim.targets) == ["port", "three dockers"]
    assert [(measure, low, high) for measure, low, high, _ in toll(claim)] == [("killed", 3, 3)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Thousands have fled Goma since the rebels' attack on the town on 3 May.", "harm.displacement"),
        (
            "At least 40 people have been killed in Taiz since the start of the siege in early May.",
            "civilians.toll",
        ),
    ],
)
def test_what_adds_up_since_something_runs_to_the_day_of_the_report(text: str, kind: str) -> None:
    time = by_type(text, kind).time
    assert time is not None
    assert (time.earliest.isoformat()[:8], time.latest.isoformat()) == ("2018-05-", DAY)


def test_people_who_are_devastated_are_no_loss() -> None:
    claims = told("The family of a man jailed for fighting the army said they were “devastated”.")
    assert all(claim.type != "force.loss" for claim in claims)
