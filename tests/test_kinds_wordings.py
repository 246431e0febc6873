"""The many words by which an act of war is told, in sentences of our own on many wars, beside what only sounds like one."""

import pytest

from told import only, speakers, told, toll, words

ACTS = (
    ("Syrians and Turks trade fire near Afrin", "battle.clash"),
    ("The two armies exchanged shots near Jermuk.", "battle.clash"),
    ("The army thwarted an offensive of rebels near Marib.", "battle.clash"),
    ("Kabul falls: Taliban enter the palace", "battle.capture"),
    ("The army won it back on Sunday.", "battle.capture"),
    ("The town of Bama changed hands at night.", "battle.capture"),
    ("Soldiers passed the liberated town of Bama.", "battle.capture"),
    ("Missile slams into a school in Sanaa", "strike.shelling"),
    ("Mortar bomb lands in a playground in Taiz", "strike.shelling"),
    ("Two drones smashed into a refinery in Jizan.", "strike.air"),
    ("Shahed-136 crashes into a power plant in Erbil", "strike.air"),
    ("An enemy missile found its target in Sirte.", "strike.shelling"),
    ("Truck bomb tears through a bridge in Maiduguri", "strike.explosive"),
    ("The tractor ran over an anti-tank mine.", "strike.explosive"),
    ("A convoy struck an IED near Djibo.", "strike.explosive"),
    ("Gunners fired ten 155mm rounds at the town of Stepanakert.", "strike.shelling"),
    ("Rebels hit a barracks in Hodeidah with rockets.", "strike.shelling"),
    ("Gunmen dragged passengers from a train near Kaduna.", "civilians.abduction"),
    ("Soldiers hauled away two teachers in Kachin.", "civilians.abduction"),
    ("The prisoner told of electric shocks by guards in Tadmor.", "civilians.attack"),
    ("Villagers were put to death in Gimbi.", "civilians.attack"),
    ("Tanks rumbled into Khartoum.", "force.movement"),
    ("The garrison of Bama turned tail.", "force.movement"),
    ("Rebels quit the town of Kidal.", "force.movement"),
    ("Two conscripts raised a white flag near Agdam.", "force.surrender"),
    ("Soldiers nabbed three rebels near Gao.", "force.surrender"),
    ("The fleet bottled up the ports of Eritrea.", "force.siege"),
    ("Holidaymakers fled the beach of Sousse.", "harm.displacement"),
    ("Tens of thousands poured into Chad.", "harm.displacement"),
    ("Ten villages in Tigray were plunged into darkness.", "harm.property"),
)


@pytest.mark.parametrize(("text", "kind"), ACTS)
def test_an_act_of_war_in_its_many_words(text: str, kind: str) -> None:
    assert kind in [claim.type for claim in told(text)]


NO_ACTS = (
    "Wheat prices retreat on hopes of a deal.",
    "Sales fell to a third of last year's.",
    "A gas leak wrecked a block of flats in Perm.",
    "He found his target customers in Lagos.",
    "Battle lines were drawn over the budget.",
    "The minister spoke of an information attack.",
    "Aid workers sewed tents for displaced Syrians.",
)


@pytest.mark.parametrize("text", NO_ACTS)
def test_what_is_no_act_of_war(text: str) -> None:
    assert [claim.type for claim in told(text) if not claim.type.startswith("state.")] == []


def test_neither_side_does_what_is_denied_of_both() -> None:
    claims = told("Neither army gave ground near Aden.")
    assert {claim.polarity for claim in claims} == {"negative"}


def test_a_repulsed_attempt_is_one_fight() -> None:
    claim = only("Soldiers repulsed an attempt of rebels to break through near Marib.")
    assert claim.type == "battle.clash"


def test_a_toll_before_its_cause_is_of_it() -> None:
    claim = only("Market in Idlib in ruins: 25 killed\n\nThe market was attacked on Tuesday, medics said.")
    assert claim.type == "strike.other"
    assert toll(claim) == [("killed", 25, 25, "people")]


MORE_ACTS = (
    ("Syrians struck a block of flats in Idlib.", "strike.other"),
    ("He spoke after his military bombarded the town of Shusha.", "strike.shelling"),
    ("Visitors saw traces of war crimes committed by soldiers in Tigray.", "civilians.attack"),
    ("Some 1,200 war crimes were recorded in Aleppo.", "civilians.attack"),
    ("Fighters hold on to the town of Kobane.", "battle.clash"),
    ("Monitors counted 80 ceasefire violations near Agdam.", "strike.other"),
    ("The army's artillery carried out 250 fire missions near Shusha.", "strike.shelling"),
    ("Soldiers are strengthening their positions near Lachin.", "force.movement"),
    ("The bodies of ten soldiers were found near Gao.", "force.loss"),
    ("Rebels fled to the hills near Gao.", "force.movement"),
    ("A strike hit the hospital complex in Taiz.", "strike.other"),
)


@pytest.mark.parametrize(("text", "kind"), MORE_ACTS)
def test_an_act_of_war_told_of_a_people_or_in_a_fixed_phrase(text: str, kind: str) -> None:
    assert kind in [claim.type for claim in told(text)]


NOT_NOW = (
    "Chad braces for refugees from Darfur.",
    "The speech gave the party a new line of attack.",
    "He wrote to the Ministry of Temporarily Occupied Territories.",
    "They opened a school in the temporarily occupied town of Agdam.",
    "The court sentenced him to death by firing squad.",
)


@pytest.mark.parametrize("text", NOT_NOW)
def test_what_has_not_come_to_pass_or_is_no_act(text: str) -> None:
    real = [claim for claim in told(text) if claim.reality in ("happened", "ongoing")]
    assert [claim.type for claim in real if not claim.type.startswith("state.")] == []


def test_strikes_of_other_numbers_are_others() -> None:
    claims = told(
        "The navy launched 3 missile strikes and carried out over 70 attacks from rocket launchers."
    )
    assert len([claim for claim in claims if claim.type.startswith("strike.")]) == 2


def test_whom_a_second_strike_hit_parts_it_from_the_first() -> None:
    claims = told("Saudi strikes kill a Houthi commander; drone hits Saudi naval base")
    assert {claim.type for claim in claims} == {"strike.other", "strike.air"}


def test_who_hit_with_missiles_is_not_hit() -> None:
    claim = only("Houthi rebels hit with four missiles.")
    assert [filler.side for filler in claim.actors] == ["houthis"]
    assert claim.targets == ()


def test_a_question_when_it_ends_takes_it_for_going_on() -> None:
    assert only("When will the shelling of Aleppo end?").reality == "ongoing"


def test_soldiers_wounded_in_attacks_are_their_toll() -> None:
    claim = only("Rebels launched 60 attacks on posts of the army, wounding one soldier.")
    assert toll(claim) == [("wounded", 1, 1, "combatants")]


def test_a_town_behind_the_colon_tells_nothing() -> None:
    claims = told("Attack in Taiz: Taiz, explosion")
    assert all(claim.attribution == () for claim in claims)


def test_what_people_worry_about_has_not_happened() -> None:
    claims = told("Worries grow in Khartoum that the militia is mounting a second attack on the port.")
    assert all(claim.reality not in ("happened", "ongoing") for claim in claims)


def test_great_numbers_of_troops_are_troops() -> None:
    claim = only("Ethiopia is moving great numbers of troops to the border.")
    assert (claim.type, words(claim.targets)) == ("force.movement", ["troops"])


def test_a_direct_hit_is_a_strike_with_its_toll() -> None:
    claim = only("A bakery in Erbil took a direct hit, wounding 20 bakers.")
    assert toll(claim)[0][:3] == ("wounded", 20, 20)


def test_a_cue_with_its_own_subject_is_not_anothers() -> None:
    text = "A relief agency has said it saw no proof of the charge, as Sudan denies it relocated refugees"
    assert "Sudan" in {name for claim in told(text) for name in speakers(claim)}
