"""Kinds of misreading found in reports never read before, each shown right and beside what looks like it."""

import pytest

import dateline
from dateline.model.values import Filler
from told import by_type, days, only, speakers, told, toll, words


def sides(fillers: tuple[Filler, ...]) -> list[str | None]:
    """Return the sides of a claim's actors or targets."""
    return [filler.side for filler in fillers]


UNREAL = (
    ("Ethiopia to withdraw troops from Mekelle", "force.movement"),
    ("Everything in place for a Saudi attack on Hodeidah, aid workers say", "strike.other"),
    ("Engineers wrote of the impossibility of any attack on the bridge of Basra.", "strike.other"),
    ("Saudi forces are resting before the next offensive in Hodeidah.", "battle.clash"),
    ("They will leave if Sudanese soldiers are killed and their tanks are destroyed.", "force.loss"),
)


@pytest.mark.parametrize(("text", "kind"), UNREAL)
def test_what_has_not_happened(text: str, kind: str) -> None:
    claims = [claim for claim in told(text) if claim.type == kind]
    assert claims
    assert all(
        claim.reality not in ("happened", "ongoing") or claim.polarity == "negative" for claim in claims
    )


REAL = (
    ("Protests spread as Saudi troops invade Yemen", "force.movement"),
    ("The army was able to shell the port of Aden.", "strike.shelling"),
    ("The new rockets had allowed Saudi forces to hit the depots of Sanaa.", "strike.other"),
    ("Hodeidah is the first city to fall to the rebels.", "battle.capture"),
)


@pytest.mark.parametrize(("text", "kind"), REAL)
def test_what_has_happened(text: str, kind: str) -> None:
    assert by_type(text, kind).reality in ("happened", "ongoing")


def test_an_attack_that_missed_took_place() -> None:
    claims = told("The attack on Sanaa airport did not hit the tower, officials said.")
    assert ("attack", "positive") in {(claim.trigger.quote.split()[0], claim.polarity) for claim in claims}
    assert "negative" in {claim.polarity for claim in claims}


def test_permission_is_no_deed() -> None:
    claims = told("Parliament had allowed the president to bomb Sanaa.")
    assert all(claim.reality not in ("happened", "ongoing") for claim in claims)


FOUND = (
    ("The second evacuation operation from Aleppo continues.", "harm.displacement"),
    ("There are wounded tourists. Their ship lies off Aden.", "civilians.toll"),
    ("Uncollected corpses lay in Mosul.", "civilians.toll"),
    ("French troops arrive in Gao", "force.movement"),
    ("A journalist was taken by the rebels to Lebanon.", "civilians.abduction"),
    ("Half of the Iraqi forces are now concentrated in Mosul.", "force.movement"),
    ("Iraqi forces are pausing near Mosul.", "force.movement"),
    ("The enemy is focusing its efforts in the direction of Mosul.", "battle.clash"),
    ("Mosul is in rebel hands.", "battle.capture"),
    ("The loss of Mosul is a bad sign.", "battle.capture"),
    ("Both sides suffered heavy losses.", "force.loss"),
    ("An artillery barrage drove them out of the house.", "strike.shelling"),
    ("Soldiers again repel rebels near Gao", "battle.clash"),
    ("The generals committing atrocities on the frontline in Syria were named.", "civilians.attack"),
)


@pytest.mark.parametrize(("text", "kind"), FOUND)
def test_an_act_of_war_in_few_words(text: str, kind: str) -> None:
    assert kind in [claim.type for claim in told(text)]


NOT_FOUND = (
    "Firefighters battle a blaze in Aleppo.",
    "He was taken to the hospital by his brother.",
    "The mayor arrived in Gao.",
)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_only_sounds_like_war(text: str) -> None:
    assert {claim.type for claim in told(text)} <= {"harm.property", "state.statement"}


def test_an_invaded_land_invades_nobody() -> None:
    claim = by_type("The invasion of Ukraine began on Monday, and nurses wept.", "force.movement")
    assert "UA" not in sides(claim.actors)
    assert "UA" in sides(claim.targets)


def test_whose_fire_it_is() -> None:
    claim = only("Villages near Aden came under the fire of the Houthis.")
    assert sides(claim.actors) == ["houthis"]
    assert "houthis" not in sides(claim.targets)


def test_whose_torture_one_dies_of() -> None:
    claim = only("A shepherd died from the torture of Syrian soldiers.")
    assert sides(claim.actors) == ["SY"]
    assert sides(claim.targets) == ["civilians"]


def test_the_night_of_a_strike_is_not_hit() -> None:
    claim = only("Rebels launched a night rocket attack on Aden.")
    assert "night" not in words(claim.targets)


def test_refugees_come_from_a_land_that_does_nothing() -> None:
    claim = only("Lebanon has registered 70 020 refugees from Syria.")
    assert claim.actors == ()
    assert toll(claim) == [("displaced", 70020, 70020, "civilians")]


def test_two_numbers_behind_a_name_stay_two() -> None:
    claims = told("In Homs 12 300 villagers fled.")
    assert all(figure.low != 12300 for claim in claims for figure in claim.figures)


def test_repelled_attempts_are_theirs_who_tried() -> None:
    claim = only("Attempts of Houthi rebels were repelled by the Yemeni army near Marib.")
    assert "houthis" in sides(claim.targets)


def test_a_loss_of_personnel_has_its_number() -> None:
    claim = only("The losses of enemy personnel come to about 6,330.")
    assert toll(claim) == [("killed", 6330, 6330, "combatants")]


def test_bare_plurals_count_nothing_beside_a_number() -> None:
    text = "Shelling kills children in Aleppo\n\nShells killed 14 children in Aleppo on Monday."
    assert [toll(claim) for claim in told(text)] == [[("killed", 14, 14, "civilians")]]


def test_people_and_civilians_captured_are_one() -> None:
    text = (
        "Houthi rebels captured 50 civilians in Hodeidah\n\nRebels captured more than 40 people in Hodeidah."
    )
    assert [claim.type for claim in told(text)] == ["civilians.abduction"]


LABELS: tuple[tuple[str, list[list[str | None]]], ...] = (
    ("Army spokesman on losses: rebels shelled the port of Aden", [["Army spokesman"]]),
    ("Omar Salim: farmer Salim died when shells hit Aden", [[]]),
    ("Aden told to save power after Houthi missile strike", [[]]),
)


@pytest.mark.parametrize(("text", "wanted"), LABELS)
def test_who_tells_a_headline(text: str, wanted: list[list[str | None]]) -> None:
    assert [speakers(claim) for claim in told(text)] == wanted


def test_a_long_headline_keeps_its_source() -> None:
    towns = "Marib, Sirwah, Raghwan, Harib, Medghal, Majzar, Al Abdiyah, Jabal Murad, Bidbadah, Rahabah and Mahliyah"
    text = f"During the day, soldiers repelled rebel assaults near {towns}, and a drone was shot down over the valley, \
as well as two more that came from the north and the east of the land, - General Staff\n\nThe army told of it."
    assert len(text.split("\n")[0]) > 250
    assert {tuple(speakers(claim)) for claim in told(text)} == {("General Staff",)}


def test_a_byname_alone_is_a_side() -> None:
    claim = only("The station in Lviv was shelled by rashists.")
    assert sides(claim.actors) == ["RU"]


def test_a_byname_that_fits_no_speaker_is_nobody() -> None:
    assert all(claim.actors == () for claim in told("Racists shelled a station in Ohio."))


def test_the_bearing_of_a_town_is_not_the_scene() -> None:
    claim = only("The defenders of Omdurman, a city west of Khartoum, destroyed a tank.")
    assert claim.place is not None
    assert claim.place.name == "Omdurman"


def test_towards_a_town_is_about_the_town() -> None:
    claim = only("Syrian forces made advances towards the town of Saraqib, in Idlib province.")
    assert claim.place is not None
    assert claim.place.name.startswith("Saraq")


def test_another_events_day_and_town_are_its_own() -> None:
    shelling, capture = told(
        "Rebels stepped up their shelling of the port after Sunday's capture of Zinjibar."
    )
    assert (shelling.place, days(shelling)) == (None, None)
    assert capture.place is not None
    assert days(capture) == ("2018-05-06", "2018-05-06")


def test_another_battle_is_another() -> None:
    text = "Rebels attacked Gao on Monday. Another battle took place near Timbuktu."
    assert [claim.place.name for claim in told(text) if claim.place] == ["Gao", "Timbuktu"]


def test_those_hurt_beside_those_dead_under_a_label() -> None:
    text = "Health ministry: since the beginning of the war, 22 children have died and 40 have been injured"
    claim = only(text)
    assert set(toll(claim)) == {("killed", 22, 22, "civilians"), ("wounded", 40, 40, "civilians")}
    assert words(claim.targets) == ["22 children"]


def test_the_city_is_not_the_one_taken_before() -> None:
    text = "The mayor of Idlib called for calm after the capture of Saraqib. Shells hit a school in the city."
    claim = by_type(text, "strike.shelling")
    assert claim.place is not None
    assert claim.place.name == "Idlib"


def test_the_invasion_of_the_invader_is_its_own() -> None:
    text = "Many have died since the full-scale invasion of Russia began on February 24, 2022, Kyiv said."
    for claim in dateline.read(text, published="2022-04-15").claims:
        assert "UA" not in sides(claim.actors)


def test_a_state_that_gives_nothing_up_loses_nothing() -> None:
    claims = told("Armenia is not giving up anything.")
    assert [claim for claim in claims if claim.type == "battle.capture"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Officials showed a list of 12 villagers killed by Syrian shelling in Douma.",
        "Twelve villagers died after Syrian shelling of Douma.",
    ],
)
def test_a_word_in_ing_after_a_peoples_name_is_what_they_do(text: str) -> None:
    claim = by_type(text, "strike.shelling")
    assert words(claim.actors) == ["Syrian"]
    assert sides(claim.targets)[-1] == "civilians"


def test_an_armoured_car_is_no_civilians_car() -> None:
    (armoured,) = by_type("Rebels destroyed an armoured car near Gao.", "force.loss").targets
    assert armoured.side != "civilians"
    assert "civilians" in sides(only("Rebels shelled a car near Gao.").targets)
