"""Whom an event befalls by what it is, and both sides of an invasion where the words name neither."""

import pytest

import dateline
from dateline.model.reading import Claim
from told import by_type, only, told, words


def _in_1990(text: str, publisher: str | None = None) -> tuple[Claim, ...]:
    return dateline.read(text, published="1990-09-14", publisher=publisher).claims


def _sides(claim: Claim) -> tuple[list[str | None], list[str | None]]:
    return [one.side for one in claim.actors], [one.side for one in claim.targets]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The killings in Bama shocked the country.", "killings"),
        ("Investigators found a mass grave near Tripoli.", "mass grave"),
        ("Rebels committed atrocities in Masisi in March.", "atrocities"),
    ],
)
def test_attacks_on_civilians_befall_civilians_though_no_word_says_it(text: str, quote: str) -> None:
    (target,) = only(text).targets
    assert (target.side, target.span.quote) == ("civilians", quote)
    assert text[target.span.start : target.span.end] == quote


def test_the_dead_and_the_missing_do_nothing() -> None:
    lying = only("Villagers lie dead in the street.")
    assert (lying.actors, words(lying.targets)) == ((), ["Villagers"])
    shelling = "Nigerian soldiers shelled Bama on Monday. "
    found = by_type(shelling + "Bodies were scattered on the road.", "civilians.toll")
    assert (found.actors, words(found.targets)) == ((), ["Bodies"])
    gone = only("Eighteen people were still missing, the mayor said.")
    assert (gone.actors, [one.side for one in gone.targets]) == ((), ["civilians"])


def test_who_shoots_down_arms_shoots_those_of_the_enemy() -> None:
    text = "Houthi fighters shelled Marib. Yemeni government forces brought down two drones over the city."
    claim = by_type(text, "force.loss")
    assert _sides(claim) == (["YE"], ["houthis"])


def test_a_barracks_that_is_hit_is_the_enemys_and_a_school_is_not() -> None:
    text = "Houthi fighters fired a missile at {} in Marib on Monday. Yemeni government forces said nothing."
    assert _sides(only(text.format("a barracks"))) == (["houthis"], ["YE"])
    assert _sides(only(text.format("a school"))) == (["houthis"], ["civilians"])
    assert _sides(only(text.format("a power plant"))) == (["houthis"], [None])
    assert _sides(only(text.format("civilian infrastructure"))) == (["houthis"], ["civilians"])


def test_those_captured_were_the_enemys() -> None:
    text = "Two foreign volunteers were captured by Houthi fighters near Marib."
    assert _sides(only(text)) == (["houthis"], ["YE"])
    taken = only("Two teachers were captured by Houthi fighters near Marib.")
    assert (taken.type, [one.side for one in taken.targets]) == ("civilians.abduction", ["civilians"])


def test_who_surrenders_does_it() -> None:
    claim = only("Iraqi soldiers surrendered to Kurdish fighters on Friday.")
    assert words(claim.actors) == ["Iraqi soldiers"]
    assert words(only("About 40 marines laid down their arms on Friday.").actors) == ["About 40 marines"]


def test_a_fight_in_an_invaded_land_is_the_invaders() -> None:
    claims = _in_1990(
        "Iraqi troops hold the airport. Kuwaiti soldiers are few. Heavy fighting raged in Kuwait City on Tuesday."
    )
    (claim,) = [one for one in claims if one.type == "battle.clash"]
    assert _sides(claim) == (["IQ"], ["KW"])
    assert words(claim.actors) == ["Iraqi troops"]


def test_a_fight_of_unnamed_sides_in_no_invasion_stays_open() -> None:
    claim = by_type(
        "Heavy fighting raged near Goma. Congolese soldiers and M23 rebels hold the hills.", "battle.clash"
    )
    assert _sides(claim) == ([], [])


@pytest.mark.parametrize(
    ("told_by", "wanted"),
    [("a Kuwaiti officer said", (["KW"], ["IQ"])), ("Iraqi officials said", (["IQ"], ["KW"]))],
)
def test_a_liberation_is_the_invaded_sides_unless_the_invader_tells_it(
    told_by: str, wanted: tuple[list[str | None], list[str | None]]
) -> None:
    claims = _in_1990(
        f"Iraqi troops left in the night and Kuwaiti soldiers came. After the liberation of Jahra, shops opened again, {told_by}."
    )
    (claim,) = [one for one in claims if one.type == "battle.capture"]
    acting, suffering = _sides(claim)
    assert (acting, suffering[1:]) == wanted  # the town itself is of no side


def test_who_blocks_a_port_stands_behind_the_port() -> None:
    claim = only("A blockade of Yemeni ports by Saudi warships caused hunger.")
    assert words(claim.actors) == ["Saudi warships"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rebels dropped a bomb on a school.", ["school"]),
        ("Shells were fired at a clinic in Bama.", ["clinic"]),
        ("Rockets were launched at the port from the hills.", ["port"]),
    ],
)
def test_what_is_aimed_at_is_the_target(text: str, wanted: list[str]) -> None:
    assert words(only(text).targets) == wanted


def test_a_heading_is_not_done_by_the_clause_behind_its_colon() -> None:
    claim = by_type("Shelling of Bama: Chad calls on the UN to investigate", "strike.shelling")
    assert (claim.actors, words(claim.targets), claim.reality) == ((), ["Bama"], "happened")


def test_what_something_ended_with_has_happened() -> None:
    claim = by_type(
        "The attempts ended with heavy losses and a retreat of the Chadian troops.", "force.movement"
    )
    assert claim.reality == "happened"


def test_what_is_struggled_with_is_no_armed_side() -> None:
    assert told("The council battled with rising energy costs in Goma.") == ()
    assert words(only("Rebels battled with soldiers in Goma.").targets) == ["soldiers"]


def test_who_is_hurt_while_fleeing_is_who_flees() -> None:
    claim = by_type("Three people were hurt while evacuating in a minibus near Bama.", "harm.displacement")
    assert (claim.actors, words(claim.targets)) == ((), ["Three people"])


def test_arms_destroyed_are_quoted_as_the_target() -> None:
    claim = only("Houthi fighters destroyed six missile systems in Yemen. Yemeni government forces are near.")
    assert (words(claim.targets), [one.side for one in claim.targets]) == (["six missile systems"], ["YE"])


@pytest.mark.parametrize(
    "text",
    [
        "Rebels repelled attacks of the army near Goma.",
        "During the day, rebels repelled attacks of the army in Goma, Sake and Masisi regions",
        "Rebels repulsed an attack by the army near Goma.",
    ],
)
def test_who_repels_an_attack_acts_and_whose_attack_it_was_suffers(text: str) -> None:
    claim = only(text)
    assert (words(claim.actors), words(claim.targets)) == (
        [text[text.lower().index("rebels") :][:6]],
        ["the army"],
    )


def test_atrocities_of_a_people_are_what_they_did() -> None:
    claim = only("The atrocities of the Russians in Aleppo shocked the envoy.")
    assert (words(claim.actors), _sides(claim)[1]) == (["the Russians"], ["civilians"])


def test_what_an_aim_is_has_not_happened() -> None:
    claim = only("The main goal of the operation is the liberation of Aleppo, the president said.")
    assert claim.reality == "intended"


def test_a_paper_of_one_side_means_its_own_army() -> None:
    told_by = {
        site: dateline.read(
            "Armed Forces repulsed attacks of Iraqi troops near eight villages.",
            published="1986-03-04", publisher=site,
        ).claims[0].actors[0].side
        for site in ("presstv.ir", "reuters.com")
    }  # fmt: skip
    assert told_by["presstv.ir"] == "IR"
    assert told_by["reuters.com"] != "IR"


def test_who_is_accused_of_a_strike_is_told_to_have_done_it() -> None:
    claim = by_type(
        "Nigeria has accused Boko Haram fighters of strikes near a school in Bama.", "strike.other"
    )
    assert words(claim.actors) == ["Boko Haram fighters"]
    accused = by_type(
        "Nigeria has accused Boko Haram fighters of strikes near a school in Bama.", "state.accuse"
    )
    assert words(accused.targets) == ["Boko Haram fighters"]


def test_a_count_of_wounded_fighters_is_told_with_more_than() -> None:
    claim = only("More than 200 wounded rebels were taken to a hospital in Bama.")
    assert (claim.type, [(one.measure, one.low, one.high) for one in claim.figures]) == (
        "force.loss",
        [("wounded", 200, None)],
    )


def test_who_evades_capture_was_not_captured() -> None:
    assert told("He evaded capture for years.") == ()
    swap = only("The envoys hope to talk about a prisoner swap next week.")
    assert swap.reality == "hypothetical"


def test_strikes_that_were_counted_at_a_plant_are_strikes() -> None:
    assert only("On Tuesday two strikes were counted at the plant.").type == "strike.other"


def test_an_epithet_before_a_thing_tells_whose_it_is() -> None:
    claims = _in_1990("Kuwaiti air defences destroyed two occupier missiles over Kuwait City.")
    assert [_sides(claim) for claim in claims] == [(["KW"], ["IQ"])]


def test_who_repels_stands_before_a_day() -> None:
    claim = by_type(
        "Units of Chad’s army on Saturday repelled attacks by Boko Haram fighters near Bol.", "battle.clash"
    )
    assert (words(claim.actors), words(claim.targets)) == (["Chad’s army"], ["Boko Haram fighters"])


def test_who_is_killed_during_shelling_shelled_nobody() -> None:
    claim = only("A man was killed during shelling in Bama, three more were hurt.")
    assert (claim.actors, words(claim.targets)[0]) == ((), "A man")
    assert words(only("A boy was hurt as a result of shelling by rebels in Bama.").actors) == ["rebels"]


def test_who_is_forced_to_retreat_suffers_it() -> None:
    claim = only("The army forced the rebels to retreat in Goma.")
    assert (words(claim.actors), words(claim.targets)) == (["The army"], ["the rebels"])


def test_attempts_are_of_whom_they_are_by() -> None:
    claim = only("The institute notes failed attempts by rebel fighters to attack army positions.")
    assert words(claim.actors) == ["rebel fighters"]


def test_an_occupied_town_that_heads_a_line_is_not_taken_there() -> None:
    assert only("Occupied Bama: an explosion in the centre of Bama").type == "strike.other"


def test_fighting_that_is_likely_to_break_out_has_not() -> None:
    assert only("Clashes are likely to erupt near Goma.").reality == "hypothetical"


def test_what_one_asks_to_be_let_do_is_not_done() -> None:
    assert only("They asked the rebels to let the soldiers leave Goma.").reality == "intended"
    assert only("The rebels let the soldiers leave Goma.").reality == "happened"


def test_a_town_that_is_occupied_already_is_not_taken_by_those_who_go_there() -> None:
    claims = told("Forty soldiers from Sake evacuated to occupied Goma, 20 more taken to Bukavu")
    assert [claim.type for claim in claims] == ["force.movement"]


def test_equipment_that_gathers_is_a_movement() -> None:
    claim = only("Chadian troops are accumulating a large amount of equipment near Bol.")
    assert (claim.type, words(claim.targets), claim.reality) == ("force.movement", ["equipment"], "ongoing")


def test_a_terrorist_attack_is_no_fight() -> None:
    assert only("The terrorist attack in Bama killed four villagers.").type == "strike.other"
