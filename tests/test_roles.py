"""Who does it and who suffers it, however the sentence puts it."""

import pytest

from told import by_type, only, told, toll, words

SHELLED = (
    "Government troops shelled a market in Aleppo on Monday.",
    "A market in Aleppo was shelled by government troops on Monday.",
    "The market, which government troops had shelled on Sunday, was empty.",
    "Government troops continued to shell the market in Aleppo.",
    "Government troops were accused of shelling a market in Aleppo.",
)


@pytest.mark.parametrize("sentence", SHELLED)
def test_one_doer_and_one_sufferer_in_every_voice(sentence: str) -> None:
    claim = only(sentence)
    assert claim.type == "strike.shelling"
    assert [actor.lower() for actor in words(claim.actors)] == ["government troops"]
    assert words(claim.targets) == ["market"]
    assert claim.targets[0].side == "civilians"


PAIRS = [
    (
        "The gunmen abducted 40 schoolgirls from Dapchi.",
        "Forty schoolgirls were abducted by the gunmen from Dapchi.",
    ),
    ("ISIS executed 30 prisoners in Tikrit.", "In Tikrit 30 prisoners were executed by ISIS."),
    (
        "Rebels shot down a government helicopter over Idlib.",
        "A government helicopter was shot down by rebels over Idlib.",
    ),
    (
        "Russian missiles hit a railway station in Kramatorsk.",
        "A railway station in Kramatorsk was hit by Russian missiles.",
    ),
    (
        "Armenian forces captured two villages near Agdam.",
        "Two villages near Agdam were captured by Armenian forces.",
    ),
    ("NPA rebels ambushed troops near Butuan.", "Troops were ambushed by NPA rebels near Butuan."),
]


@pytest.mark.parametrize(("active", "passive"), PAIRS)
def test_active_and_passive_say_the_same(active: str, passive: str) -> None:
    one, other = only(active), only(passive)
    assert one.type == other.type
    assert one.actors
    assert one.targets
    assert [actor.lower() for actor in words(one.actors)] == [actor.lower() for actor in words(other.actors)]
    assert [(actor.side, actor.id) for actor in one.actors] == [
        (actor.side, actor.id) for actor in other.actors
    ]
    assert [target.side for target in one.targets] == [target.side for target in other.targets]
    assert toll(one) == toll(other)


def test_the_doer_and_the_sufferer_are_not_swapped_by_order() -> None:
    claim = only("The army was attacked by rebels in Kachin.")
    assert words(claim.actors) == ["rebels"]
    assert words(claim.targets) == ["The army"]


def test_relative_clause_of_the_doer() -> None:
    claim = by_type("The Tigrayan forces who captured Mekelle rested on Sunday.", "battle.capture")
    assert words(claim.actors) == ["Tigrayan forces"]
    assert words(claim.targets) == ["Mekelle"]


def test_relative_clause_of_the_sufferer() -> None:
    text = "The rebels that the army bombed near Gao had seized the airport."
    struck, seized = by_type(text, "strike.air"), by_type(text, "battle.capture")
    assert words(struck.actors) == ["the army"]
    assert words(struck.targets) == ["The rebels"]
    assert words(seized.actors) == ["The rebels"]
    assert words(seized.targets) == ["airport"]


def test_doers_joined_by_and_are_both_named() -> None:
    claim = only("Syrian troops and Hezbollah fighters captured Qusayr.")
    assert words(claim.actors) == ["Syrian troops", "Hezbollah fighters"]
    assert [actor.side for actor in claim.actors] == ["SY", "hezbollah"]


def test_sufferers_joined_by_and_are_both_named() -> None:
    assert words(only("Soldiers attacked Djibo and Arbinda.").targets) == ["Djibo", "Arbinda"]


def test_verbs_joined_by_and_share_their_subject() -> None:
    text = "Guerrillas blew up a pipeline in Arauca and kidnapped two engineers."
    assert words(by_type(text, "strike.explosive").actors) == ["Guerrillas"]
    taken = by_type(text, "civilians.abduction")
    assert words(taken.actors) == ["Guerrillas"]
    assert words(taken.targets) == ["two engineers"]


def test_a_speaker_is_no_doer() -> None:
    claim = only("The US military said its aircraft struck fighters near Kismayo.")
    assert words(claim.actors) == ["its aircraft"]
    assert claim.actors[0].side == "US"


def test_event_noun_with_of_and_by() -> None:
    claim = only("The shelling of Donetsk by Ukrainian forces that killed six civilians lasted an hour.")
    assert words(claim.actors) == ["Ukrainian forces"]
    assert words(claim.targets) == ["Donetsk", "six civilians"]
    assert toll(claim) == [("killed", 6, 6, "civilians")]


def test_event_noun_with_on_and_by() -> None:
    claim = only("The assault on Vukovar by the Yugoslav army began on Monday.")
    assert words(claim.actors) == ["Yugoslav army"]
    assert words(claim.targets) == ["Vukovar"]


def test_event_noun_with_a_demonym() -> None:
    claim = only("Israeli air strikes on Gaza killed three Palestinians.")
    assert [actor.side for actor in claim.actors] == ["IL"]
    assert words(claim.targets) == ["Gaza", "three Palestinians"]


def test_event_noun_carried_by_a_verb() -> None:
    claim = only("The Taliban carried out an attack on a police post in Ghazni.")
    assert [actor.id for actor in claim.actors] == ["taliban"]
    assert words(claim.targets) == ["police post"]


def test_event_noun_launched() -> None:
    assert words(only("Rebels launched an assault on Bangui.").actors) == ["Rebels"]


def test_the_ambush_that_kills_has_doers_and_victims() -> None:
    claim = only("An ambush by Maoist rebels killed 22 policemen near Sukma.")
    assert claim.type == "battle.clash"
    assert words(claim.actors) == ["Maoist rebels"]
    assert words(claim.targets) == ["22 policemen"]


def test_a_weapon_fired_by_someone_is_theirs() -> None:
    claim = only("A rocket fired by Hamas hit a house in Sderot.")
    assert [actor.id for actor in claim.actors] == ["hamas"]
    assert words(claim.targets) == ["house"]
    assert words(claim.instruments) == ["rocket"]


def test_weapon_as_subject_is_an_instrument_whose_owner_does_it() -> None:
    claim = only("Russian missiles hit a railway station in Kramatorsk.")
    assert [actor.side for actor in claim.actors] == ["RU"]
    assert words(claim.instruments) == ["missiles"]


def test_control_by_use() -> None:
    claim = only("The army used barrel bombs to attack the hospital in Daraya.")
    assert claim.type == "strike.air"
    assert words(claim.actors) == ["The army"]
    assert words(claim.targets) == ["hospital"]
    assert words(claim.instruments) == ["barrel bombs"]


def test_control_by_order() -> None:
    claim = only("The president ordered the air force to bomb Aden.")
    assert words(claim.actors) == ["the air force"]
    assert words(claim.targets) == ["Aden"]


def test_partitives_speak_of_what_they_part() -> None:
    assert words(only("Some of the troops shelled the camp near Jaffna.").actors) == ["the troops"]
    assert words(only("Dozens of soldiers attacked the village of El Mozote.").actors) == ["soldiers"]


def test_participle_of_result_adds_the_victims() -> None:
    claim = only("Guerrillas of the FMLN ambushed an army patrol in Chalatenango, killing nine soldiers.")
    assert words(claim.actors) == ["Guerrillas of the FMLN"]
    assert words(claim.targets) == ["an army patrol", "nine soldiers"]


def test_the_shot_are_not_the_shooters() -> None:
    claim = only("Three policemen were shot dead by gunmen in Lashkar Gah.")
    assert words(claim.actors) == ["gunmen"]
    assert words(claim.targets) == ["Three policemen"]


def test_an_agentless_passive_names_no_doer() -> None:
    claim = only("The tank was destroyed near Izium.")
    assert claim.actors == ()
    assert words(claim.targets) == ["The tank"]


def test_a_heading_before_a_colon_does_nothing() -> None:
    claim = only("The situation in Taiz: Houthi fighters shot down a Saudi plane.")
    assert words(claim.actors) == ["Houthi fighters"]


@pytest.mark.parametrize(
    ("text", "kind", "actors", "targets"),
    [
        ("Kunduz fell to the Taliban on Monday.", "battle.capture", ["Taliban"], ["Kunduz"]),
        ("Gunmen killed two Malian prisoners of war near Gao.", "civilians.attack", ["Gunmen"], ["two Malian prisoners of war"]),
        ("The engineer died at the hands of Taliban fighters.", "civilians.toll", ["Taliban fighters"], ["The engineer"]),
        ("The agency taped talks of Taliban fighters about killing of civilians in Kunduz.", "civilians.toll", [], ["civilians"]),
        ("Saudi forces unable to seize Taiz from the sea", "battle.capture", ["Saudi forces"], ["Taiz"]),
        ("Houthi fighters pursue attempts to seize Taiz.", "battle.capture", ["Houthi fighters"], ["Taiz"]),
        ("Saudi losses reached 50 soldiers.", "force.loss", [], ["Saudi"]),
        ("Saudi combat losses reached 50 soldiers.", "force.loss", [], ["Saudi"]),
        ("Iraq launched its invasion of Kuwait on 2 August 1990.", "force.movement", ["Iraq"], ["Kuwait"]),
        ("The report tells of the atrocities of Taliban fighters in Kunduz.", "civilians.attack", ["Taliban fighters"], []),
    ],
)  # fmt: skip
def test_phrases_that_turn_doer_and_sufferer_round(
    text: str, kind: str, actors: list[str], targets: list[str]
) -> None:
    claim = by_type(text, kind)
    assert words(claim.actors) == actors
    assert [word for word in words(claim.targets) if word in targets] == targets
    assert not set(words(claim.actors)) & set(words(claim.targets))


def test_what_is_only_risked_did_not_happen() -> None:
    assert [
        claim.reality for claim in told("Due to the risk of attacks on the stations the trains stop.")
    ] == ["hypothetical"]


def test_the_speaker_whom_a_parse_joins_to_the_town_was_not_taken() -> None:
    claim = only("The army took Izium, Ivan Koval, the governor, said.")
    assert "Ivan Koval" not in words(claim.targets)


def test_the_attack_whose_blame_is_denied_happened_and_has_a_suspect() -> None:
    first, second = told("A bomb exploded in Kabul; the Taliban denied any responsibility for the attack.")
    assert (first.polarity, first.attribution) == ("positive", ())
    assert words(second.actors) == ["Taliban"]


def test_who_retreats_does_it() -> None:
    claim = only("The retreat of Saudi troops from Taiz continued.")
    assert (words(claim.actors), claim.targets) == (["Saudi troops"], ())


def test_bodies_of_whom_nothing_is_said_are_the_victims() -> None:
    claim = only("Bodies were scattered on the pavements in Taiz.")
    assert [(filler.span.quote, filler.side) for filler in claim.targets] == [("Bodies", "civilians")]


def test_who_is_to_be_pushed_out_is_not_yet() -> None:
    claim = only("Saudi forces try to push Houthi fighters out of Taiz.")
    assert (words(claim.targets), claim.reality) == (["Houthi fighters"], "intended")


def test_what_need_not_be_done_was_not() -> None:
    assert [claim.reality for claim in told("The president said the plant need not be stormed.")] == [
        "intended"
    ]


def test_those_who_flee_fire_are_no_displacement() -> None:
    claims = told("Soldiers were shooting at them as they fled across a field near Taiz.")
    assert [claim.type for claim in claims if claim.type == "harm.displacement"] == []
