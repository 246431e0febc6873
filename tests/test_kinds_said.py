"""Kinds of misreading in who says it, how surely, whether it was, where and when; each beside what looks like it."""

import pytest

from told import by_type, days, only, speakers, told, words

HEDGED = (
    "A shepherd was killed on Monday, apparently by a landmine, in Kutum.",
    "Aid workers spoke of claims that rebels near Idlib had surrounded an army battalion.",
    "Explosions were reported in Taiz on Tuesday.",
    "Officials fear that dozens of villagers have been killed in Homs.",
    "Nine men are feared to have been killed in Juba.",
    "The fighting near Sirte seems to be turning into an artillery duel.",
)


@pytest.mark.parametrize("sentence", HEDGED)
def test_what_is_claimed_feared_or_reported_by_nobody_named_is_hedged(sentence: str) -> None:
    claim = told(sentence)[-1]
    assert (claim.reality, claim.polarity, claim.certainty) == ("happened", "positive", "hedged")


def test_what_is_feared_to_come_is_supposed() -> None:
    assert only("Officials fear that rebels will attack Beni.").reality == "hypothetical"


def test_a_word_in_quote_marks_of_its_own_is_disputed() -> None:
    assert only("The army ‘neutralised’ 11 rebels in Tumaco.").certainty == "disputed"
    assert only("The army neutralised 11 rebels in Tumaco.").certainty == "certain"


NOT_SO = (
    "The neighbours asked for guns, to make an attack more difficult.",
    "The army was unlikely to launch an offensive before spring.",
)


@pytest.mark.parametrize("sentence", NOT_SO)
def test_what_is_made_harder_or_unlikely_has_not_happened(sentence: str) -> None:
    claim = told(sentence)[-1]
    assert (claim.reality, claim.polarity) == ("hypothetical", "negative")


def test_what_is_made_impossible_was_not_done() -> None:
    claim = by_type("The siege had made it impossible to evacuate people from Homs.", "harm.displacement")
    assert (claim.reality, claim.polarity) == ("happened", "negative")


GOING_ON = (
    "Rebels do not stop shelling Taiz.",
    "The army has not stopped conducting assaults near Idlib.",
    "The shelling of Homs has not ceased.",
    "Sniper fire has not let up in Juba.",
)


@pytest.mark.parametrize("sentence", GOING_ON)
def test_what_does_not_stop_goes_on(sentence: str) -> None:
    claim = only(sentence)
    assert (claim.reality, claim.polarity) == ("ongoing", "positive")


def test_who_is_not_stopped_is_no_act_that_goes_on() -> None:
    assert only("The army did not stop the rebels near Goma.").polarity == "negative"


def test_what_was_reported_is_told_with_its_place() -> None:
    claim = only("Strikes were also reported in Sanaa, where a clinic was hit.")
    assert claim.place is not None
    assert (claim.place.name, claim.certainty) == ("Sanaa", "hedged")
    assert [said.cue.quote for said in claim.attribution if said.cue] == ["were also reported"]


def test_what_an_outlet_adds_with_as_is_its_own() -> None:
    loss, clash = told("Riyadh says it shot down two drones as fierce fighting continues in Hodeidah.")
    assert (speakers(loss), speakers(clash)) == (["Riyadh"], [])


def test_what_a_speaker_leads_up_to_is_his() -> None:
    claim = only("“We can say that half of Aleppo is under our control,” the rebel commander said.")
    assert speakers(claim) == ["the rebel commander"]


QUOTED = (
    "The Sana agency quoted Bilal Hassan as saying that his men captured Aleppo.",
    "“Our men captured Aleppo,” the Sana agency quoted Bilal Hassan as saying.",
)


@pytest.mark.parametrize("sentence", QUOTED)
def test_who_is_quoted_as_saying_is_within_who_quotes_him(sentence: str) -> None:
    assert [name.removeprefix("The ").removeprefix("the ") for name in speakers(only(sentence)) if name] == [
        "Sana agency",
        "Bilal Hassan",
    ]


TOPICS = (
    ("Summary of the General Staff: Fighting in Darfur", "the General Staff"),
    ("Fighting in Darfur: Summary of the General Staff", "the General Staff"),
    ("Fighting in Darfur: General Staff on the course of the war", "General Staff"),
)


@pytest.mark.parametrize(("headline", "source"), TOPICS)
def test_whose_summary_a_headline_is_tells_what_the_lead_tells(headline: str, source: str) -> None:
    claims = told(f"{headline}\n\nRebels shelled El Fasher on Tuesday.")
    assert speakers(next(claim for claim in claims if claim.type == "strike.shelling")) == [source]


def test_a_label_of_things_has_no_speaker() -> None:
    headline = "Fighting in Darfur: strikes on bridges"
    assert all(speakers(claim) == [] for claim in told(f"{headline}\n\nRebels shelled El Fasher on Tuesday."))


HELD = (
    ("Half of Aleppo is under rebel control.", "Aleppo"),
    ("Hundreds fled to Mosul, now under the militants' control.", "Mosul"),
)


@pytest.mark.parametrize(("sentence", "town"), HELD)
def test_a_town_under_control_is_taken(sentence: str, town: str) -> None:
    claim = by_type(sentence, "battle.capture")
    assert claim.place is not None
    assert claim.place.name == town


NOTHING = (
    "The outbreak in Goma is under control.",
    "The utility lost control over the pumps at the dam.",
    "A teacher entered the school.",
    "Aid workers returned to the ruined city.",
)


@pytest.mark.parametrize("sentence", NOTHING)
def test_what_only_sounds_like_an_event_is_none(sentence: str) -> None:
    assert told(sentence) == ()


MOVES = (
    ("The ministry denied that its troops had entered.", "force.movement"),
    ("The president is hurling men and guns at the town of Palma.", "battle.clash"),
    ("The rebels focused their efforts on the road to Marib.", "battle.clash"),
    ("The army's anti-aircraft units hit four enemy jets.", "force.loss"),
)


@pytest.mark.parametrize(("sentence", "wanted"), MOVES)
def test_an_act_of_war_in_other_words(sentence: str, wanted: str) -> None:
    assert [claim.type for claim in told(sentence)] == [wanted]


def test_since_it_began_only_dates_what_is_told() -> None:
    claim = only("Since the full-scale invasion began, 36 children have been killed in Kuwait.")
    assert claim.type == "civilians.toll"


def test_having_done_is_of_another_day() -> None:
    loss, strike = told("Having captured Mosul in April, the rebels attacked Tikrit on Tuesday.")
    assert (days(loss), days(strike)) == (("2018-04-01", "2018-04-30"), ("2018-05-08", "2018-05-08"))


def test_a_day_of_what_another_speaker_tells_is_not_the_events() -> None:
    text = "Rebels said troops had entered the port, but the army said convoys were leaving on Tuesday."
    (entered,) = (claim for claim in told(text) if claim.trigger.quote == "entered")
    assert days(entered) is None


def test_a_country_behind_a_comma_is_no_village() -> None:
    claim = only("Shells flattened towns and villages, Mali said.")
    assert claim.place is None
    assert words(claim.targets) != ["Mali"]


SITES = (
    ("Fighting raged at Kakhovka Dam. The army said the assault on the dam had failed.", "Kakhovka Dam"),
    ("Fighting raged at Azovstal. Rockets later hit the plant.", "Azovstal"),
)


@pytest.mark.parametrize(("text", "name"), SITES)
def test_the_plant_is_the_one_named_last(text: str, name: str) -> None:
    assert {claim.place.name for claim in told(text) if claim.place} == {name}


def test_a_plant_elsewhere_is_another() -> None:
    claim = told("Fighting raged at Azovstal. Rockets later hit the plant in Lviv.")[-1]
    assert claim.place is not None
    assert claim.place.name == "Lviv"


def test_a_country_is_not_passed_on_to_another_strike() -> None:
    text = "Jets bombed towns in southern Yemen.\n\nArtillery later struck several rebel positions."
    assert told(text)[-1].place is None


def test_a_toll_told_by_another_stands_apart() -> None:
    text = "Rockets hit the port of Aden on Monday. The governor said that three dockers were killed."
    assert [speakers(claim) for claim in told(text)] == [[], ["The governor"]]


def test_the_day_that_has_begun_is_that_of_the_next_sentence() -> None:
    text = "The 30th day of the Syrian war has begun. The army shelled Homs."
    assert days(told(text)[-1]) == ("2011-04-13", "2011-04-13")
