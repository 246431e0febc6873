"""One thing told several times is one claim; two things are two."""

import pytest

from dateline.model.reading import Claim
from told import days, only, speakers, told, toll, words


def told_words(claim: Claim) -> list[str]:
    """Return the words of all tellings of a claim, lower-case."""
    return sorted(word.lower() for word in [claim.trigger.quote, *words(claim.tellings)])


EFFECTS = [
    "Jets bombed Sirte on Sunday, wounding six people.",
    "Shelling wounded six people in Horlivka.",
    "An air strike on Mosul wounded six people.",
    "Six people were wounded when a car bomb exploded in Kirkuk.",
    "Six people were wounded in the shelling of Kharkiv.",
    "Six people were wounded by a rocket that hit a house in Sderot.",
    "Helicopters struck the village of Depayin and wounded six people.",
]


@pytest.mark.parametrize("sentence", EFFECTS)
def test_a_toll_joins_its_cause(sentence: str) -> None:
    claim = only(sentence)
    assert claim.type.startswith("strike.")
    assert toll(claim) == [("wounded", 6, 6, "people")]
    assert "wound" in " ".join(told_words(claim))


def test_damage_joins_its_cause() -> None:
    claim = only("Shelling killed four people in Horlivka and damaged a school.")
    assert told_words(claim) == ["damaged", "killed", "shelling"]


def test_soldiers_killed_in_a_clash_are_its_toll() -> None:
    claim = only("Two soldiers and three policemen were killed in the ambush near Bosso.")
    assert claim.type == "battle.clash"
    assert [(measure, low) for measure, low, _, _ in toll(claim)] == [("killed", 5)]


def test_the_next_sentence_tells_the_strikes_toll() -> None:
    claim = only("Rebels shelled the port of Misrata on Sunday. Three dockers were killed.")
    assert claim.type == "strike.shelling"
    assert [(measure, low, high) for measure, low, high, _ in toll(claim)] == [("killed", 3, 3)]


HEADLINES = [
    (
        "Air strike kills ten in Saada\n\nAn air strike hit a market in Saada on Monday, killing ten people.",
        "strike.air",
    ),
    (
        "Missiles strike Lviv\n\nMissiles struck a depot in Lviv on Tuesday, the mayor said.",
        "strike.shelling",
    ),
    ("Rebels shell Misrata\n\nRebels shelled the port of Misrata on Sunday.", "strike.shelling"),
    ("Car bomb hits Kirkuk\n\nA car bomb exploded in Kirkuk on Monday.", "strike.explosive"),
    ("Rebels seize Goma\n\nRebels seized the city of Goma on Monday, residents said.", "battle.capture"),
]


@pytest.mark.parametrize(("text", "wanted"), HEADLINES)
def test_headline_and_lead_are_one_claim(text: str, wanted: str) -> None:
    claim = only(text)
    assert claim.type == wanted
    assert claim.tellings
    assert claim.time is not None
    # The lead says it better than its headline.
    assert claim.trigger.start > text.index("\n")


def test_a_headlines_figure_is_not_counted_twice() -> None:
    text = (
        "Air strike kills ten in Saada\n\nAn air strike hit a market in Saada on Monday, killing ten people."
    )
    assert [(measure, low) for measure, low, _, _ in toll(only(text))] == [("killed", 10)]


def test_headline_and_lead_of_two_things_stay_two() -> None:
    claims = told("Rebels shell Misrata\n\nJets bombed Tobruk on Sunday.")
    assert [claim.type for claim in claims] == ["strike.shelling", "strike.air"]
    assert [claim.place.name for claim in claims if claim.place] == ["Misrata", "Tobruk"]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked a hotel in Bamako on Friday. The attack lasted seven hours.",
        "Jets bombed the port of Tobruk on Friday. The bombing lasted an hour.",
        "Rebels shelled Misrata on Friday. The shelling went on all day.",
    ],
)
def test_the_event_pointed_back_to_is_the_same(text: str) -> None:
    claim = only(text)
    assert len(claim.tellings) == 1
    assert days(claim) == ("2018-05-04", "2018-05-04")


def test_two_places_are_two_events() -> None:
    claims = told("A mortar shell hit a school in Luhansk. A mortar shell hit a clinic in Kharkiv.")
    assert [claim.place.name for claim in claims if claim.place] == ["Luhansk", "Kharkiv"]


def test_two_days_are_two_events() -> None:
    claims = told("Rebels shelled Taiz on Monday. Rebels shelled Taiz on Wednesday.")
    assert [days(claim) for claim in claims] == [("2018-05-07", "2018-05-07"), ("2018-05-09", "2018-05-09")]


def test_two_doers_are_two_events() -> None:
    claims = told("Israeli jets bombed Gaza on Monday. Hamas fighters fired rockets at Sderot on Monday.")
    assert [[actor.side for actor in claim.actors] for claim in claims] == [["IL"], ["hamas"]]


def test_what_happened_does_not_join_what_is_threatened() -> None:
    text = "Rebels shelled Taiz on Monday. Rebels will shell Taiz again."
    assert told(text)[0].reality == "happened"
    assert len(told(text)) == 2


def test_what_is_denied_does_not_join_what_is_told() -> None:
    text = "Residents said troops shelled Homs on Monday. The army denied that troops had shelled Homs."
    assert [claim.polarity for claim in told(text)] == ["positive", "negative"]


def test_a_capture_is_not_the_cause_of_a_wars_toll() -> None:
    text = "The war in Angola has killed thousands of people. Rebels captured the town of Kuito."
    assert sorted(claim.type for claim in told(text)) == ["battle.capture", "civilians.toll"]


BY_OTHERS = (
    "Shells hit the market in Marib on Friday, the governor said. The rebels claimed the attack was carried out by the army.",
    "Two missiles exploded at the market of Marib on Friday, the governor said. Rebel media said that the army had fired them.",
)


@pytest.mark.parametrize("text", BY_OTHERS)
def test_who_accuses_says_it_for_himself_alone(text: str) -> None:
    first, second = told(text)
    assert (speakers(first), words(first.actors)) == (["the governor"], [])
    assert words(second.actors) == ["the army"]
    assert speakers(second) in (["The rebels"], ["Rebel media"])


def test_who_owns_up_to_an_attack_is_its_doer() -> None:
    claim = only(
        "Shells hit the market in Marib on Friday, the governor said. The rebels claimed responsibility for the attack."
    )
    assert words(claim.actors) == ["The rebels"]


def test_the_fire_that_exploded_tells_whose_it_was() -> None:
    claim = only("Two Saudi missiles exploded at the market in Marib on Friday.")
    assert (words(claim.actors), words(claim.targets)) == (["Saudi"], ["market"])
    depot = only("A Saudi ammunition depot exploded in Marib on Friday.")
    assert (words(depot.actors), words(depot.targets)) == ([], ["Saudi ammunition depot"])


def test_a_lead_that_names_the_speaker_in_full_tells_its_headline_again() -> None:
    claims = told(
        "Yemen asks UN to act on possible blast at Marib dam\n\nYemen's minister of water called on the UN to study the "
        "consequences of a possible detonation by Houthi fighters of the Marib dam."
    )
    assert [claim.type for claim in claims if claim.type.startswith("strike")] == ["strike.explosive"]
