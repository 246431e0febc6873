"""Kinds of misreading in short reports and articles, each shown right and beside what looks like it."""

import pytest

from told import by_type, days, only, speakers, told, toll, words

TAGS = [
    ("Insurgents abandoned Bama, - General Staff", ["General Staff"]),
    ("Town of Bama retaken by Nigeria - Chad’s intelligence", ["Chad’s intelligence"]),
    ("Army command posts destroyed in Darfur - media", ["media"]),
    ("Rebels shelled the port of Misrata - statement", ["statement"]),
]


@pytest.mark.parametrize(("headline", "named"), TAGS)
def test_a_closing_tag_is_the_source_alone(headline: str, named: list[str]) -> None:
    assert [speakers(claim) for claim in told(headline)] == [named]


def test_a_closing_tag_does_nothing_in_the_headline() -> None:
    claim = only("Town of Bama retaken by Nigeria - Chad’s intelligence")
    assert [filler.side for filler in claim.actors] == ["NG"]


def test_a_dash_inside_a_sentence_is_no_tag() -> None:
    claims = told("Rebels shelled Misrata - the third port they hit - on Sunday.")
    assert all(speakers(claim) == [] for claim in claims)


def test_a_label_that_is_told_of_is_no_speaker() -> None:
    text = "Black Sea Fleet: the flagship of the Black Sea Fleet sank after a fire"
    assert [speakers(claim) for claim in told(text)] == [[]]


def test_a_label_that_tells_is_a_speaker() -> None:
    assert speakers(only("General Staff: rebels shelled the port of Misrata")) == ["General Staff"]


def test_a_list_of_strikes_has_one_doer() -> None:
    claims = told("The Syrian army launched five missile strikes and 11 airstrikes on Idlib.")
    assert {claim.type for claim in claims} == {"strike.shelling", "strike.air"}
    assert all("SY" in [filler.side for filler in claim.actors] for claim in claims)


def test_a_strike_in_a_measure_of_strikes_has_its_doer() -> None:
    claim = only("The Syrian army increased the intensity of attacks on Idlib.")
    assert words(claim.actors) == ["Syrian army"]


def test_whose_war_caused_damage_is_its_doer() -> None:
    claim = only("Ethiopia's war in Tigray has caused damage to the schools of Mekelle.")
    assert [filler.side for filler in claim.actors] == ["ET"]


def test_a_storm_that_caused_damage_is_nobodys_doing() -> None:
    claims = told("Ethiopia's summer storm has caused damage to the schools of Mekelle.")
    assert all(not claim.actors for claim in claims)


def test_those_involved_in_crimes_did_them() -> None:
    claim = only("The Ethiopian soldiers involved in crimes against civilians in Mekelle were named.")
    assert [filler.side for filler in claim.actors] == ["ET"]


def test_a_side_that_tells_of_its_enemys_dead_killed_them() -> None:
    claim = only("More than 60 Boko Haram militants were killed, the Nigerian army said.")
    assert [filler.side for filler in claim.actors] == ["NG"]


def test_a_side_that_tells_of_its_own_dead_killed_nobody() -> None:
    assert only("Twelve Nigerian soldiers were killed in Bama, the Nigerian army said.").actors == ()


def test_a_bystander_that_tells_of_dead_killed_nobody() -> None:
    assert only("More than 60 Boko Haram militants were killed, the United Nations said.").actors == ()


PLACES = [
    ("Rebels fired missiles at Hodeidah from Zabid on Tuesday.", "Hodeidah"),
    ("In Bama and Monguno, soldiers fought the insurgents.", "Bama"),
    ("Strikes were reported in Taiz, where a market was hit, killing three, and in Aden.", "Taiz"),
    ("A reporter was killed by rebels while covering clashes in Misrata.", "Misrata"),
]


@pytest.mark.parametrize(("sentence", "name"), PLACES)
def test_the_place_is_where_it_happened(sentence: str, name: str) -> None:
    claims = [claim for claim in told(sentence) if claim.place is not None]
    assert claims
    assert name in [claim.place.span.quote for claim in claims if claim.place is not None]


def test_a_strike_is_not_where_it_was_fired_from() -> None:
    claims = told("Rebels fired missiles at Hodeidah from Zabid on Tuesday.")
    assert all(claim.place is None or claim.place.span.quote != "Zabid" for claim in claims)


def test_a_quarter_of_the_land_keeps_another_town_out() -> None:
    text = "Army strikes Khartoum for first time in weeks, battle rages in west"
    claim = by_type(text, "battle.clash")
    assert claim.place is None


def test_where_the_speakers_are_is_not_where_it_happened() -> None:
    claim = only("Officials in Moscow who said the army had shelled a school gave no reason.")
    assert claim.place is None or claim.place.span.quote != "Moscow"


def test_a_region_may_place_the_town_told_of_before() -> None:
    text = "Fighting went on in Mekelle in Tigray.\n\nThe army retook a fifth of the Tigray city on Sunday."
    claim = by_type(text, "battle.capture")
    assert claim.place is not None
    assert claim.place.name == "Mekelle"


def test_the_day_is_sharper_than_the_past_day() -> None:
    text = (
        "Rebels kill five civilians over past day\n\n"
        "The rebels killed five civilians in Bama and injured 14 more on May 9."
    )
    assert days(only(text)) == ("2018-05-09", "2018-05-09")


def test_what_is_told_as_done_is_of_no_time_to_come() -> None:
    claim = by_type("The army seized Bama following months of heavy fighting.", "battle.capture")
    assert days(claim) is None or (days(claim) or ("", ""))[1] <= "2018-05-11"


def test_the_day_of_the_telling_is_not_the_day_of_the_deed() -> None:
    text = "The governor repeated that claim on Sunday, adding that eight rebels had been taken prisoner."
    assert days(only(text)) is None


def test_a_later_telling_gives_an_exchange_its_day() -> None:
    text = (
        "The army announced the largest exchange of prisoners of the war.\n\n"
        "Among the soldiers swapped on Wednesday were 43 officers."
    )
    assert {days(claim) for claim in told(text)} == {("2018-05-09", "2018-05-09")}


def test_bodies_found_after_a_strike_are_its_dead() -> None:
    claim = only("The bodies of nine miners were found after an airstrike on Zakho.")
    assert claim.type == "strike.air"
    assert toll(claim) == [("killed", 9, 9, "civilians")]


def test_bodies_found_after_a_retreat_are_a_toll() -> None:
    assert by_type("The bodies of nine miners were found after the army left Zakho.", "civilians.toll")


def test_a_lead_that_tells_the_strike_takes_the_headlines_toll() -> None:
    text = (
        "Three villagers killed in Taiz\n\n"
        "Three villagers were killed in shelling of Taiz on Tuesday, and two others were hurt."
    )
    assert only(text).type == "strike.shelling"


def test_a_denial_ends_where_its_speaker_goes_on() -> None:
    text = "The ministry rejected claims that a base was hit, saying the attack killed 20 civilians in Aden."
    claim = next(claim for claim in told(text) if toll(claim))
    assert (claim.polarity, claim.certainty) == ("positive", "certain")


def test_who_is_told_is_not_who_tells() -> None:
    text = (
        "Jane Doe, the deputy mayor of Bama, told Reuters: “The army shelled the market. Four people died.”"
    )
    assert all(speakers(claim)[-1:] == ["Jane Doe"] for claim in told(text))


def test_to_defend_ground_is_no_speech() -> None:
    claim = only("Soldiers continue to defend our land.")
    assert (claim.type, speakers(claim)) == ("battle.clash", [])


def test_to_have_no_comment_says_nothing_of_it() -> None:
    claims = told("There was no comment from Khartoum about the prisoner swap.")
    assert all(speakers(claim) == [] for claim in claims)


STANDING = [
    ("The garrison is encircled in Bama.", "ongoing"),
    ("They’re conducting airstrikes on Sirte.", "ongoing"),
    ("The garrison was encircled in Bama on Monday.", "happened"),
]


@pytest.mark.parametrize(("sentence", "reality"), STANDING)
def test_a_state_of_now_goes_on(sentence: str, reality: str) -> None:
    assert [claim.reality for claim in told(sentence)] == [reality]


def test_the_attack_is_by_whom_the_episode_says() -> None:
    text = "The Syrian army shelled Idlib on Monday.\n\nThe attack killed four people, doctors said."
    assert all("SY" in [filler.side for filler in claim.actors] for claim in told(text))


def test_whose_house_was_hit_is_told_by_the_lead() -> None:
    text = "Shelling of Taiz: four dead\n\nAs a result of the shelling of a house in Taiz, four people died."
    claim = next(claim for claim in told(text) if claim.type == "strike.shelling")
    assert "civilians" in [filler.side for filler in claim.targets]


def test_an_attack_elsewhere_is_by_whomever() -> None:
    text = "The Syrian army shelled Idlib on Monday.\n\nIn Aden, an attack killed four people, doctors said."
    claim = next(claim for claim in told(text) if claim.place is not None and claim.place.name == "Aden")
    assert claim.actors == ()
