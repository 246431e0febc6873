"""The side that a fight leaves unsaid, and things that are of no side."""

import pytest

from told import by_type, only, speakers, told, words


def test_a_fight_takes_its_silent_side_from_the_report() -> None:
    text = "Houthi fighters have held the port since 2016. Yemeni government forces launched an offensive near Hodeidah."
    claim = by_type(text, "battle.clash")
    found = next(filler for filler in claim.targets if filler.span.quote == "Houthi fighters")
    assert text[found.span.start : found.span.end] == "Houthi fighters"


def test_a_side_that_no_word_names_stays_open() -> None:
    claim = only("Taliban fighters captured a district in Ghazni province on Tuesday.")
    assert [filler.side for filler in claim.targets] == [None]


def test_what_is_retaken_from_somebody_is_their_loss() -> None:
    claim = only("The towns were retaken from Taliban fighters last week.")
    assert words(claim.targets) == ["towns", "Taliban fighters"]
    assert not claim.actors


def test_who_is_pushed_out_suffers_it_and_who_digs_in_does_it() -> None:
    first, second = told(
        "Taliban fighters were pushed out of Kunduz last month, and they are entrenched in the hills."
    )
    assert (words(first.targets), first.actors) == (["Taliban fighters"], ())
    assert (words(second.actors), second.targets) == (["they"], ())


@pytest.mark.parametrize("thing", ["two major universities in Sanaa", "the National University of Sanaa"])
def test_a_university_is_civilian_whatever_its_words_also_mean(thing: str) -> None:
    claim = only(f"Saudi missiles hit {thing} on Tuesday.")
    assert {filler.side for filler in claim.targets} == {"civilians"}


def test_missiles_that_are_launched_are_no_target() -> None:
    claim = only("Two Saudi missiles were launched at the town of Haradh on Tuesday.")
    assert [filler.side for filler in claim.targets if filler.side] == []


def test_soldiers_do_not_shoot_at_themselves() -> None:
    claims = told(
        "Saudi soldiers refused to let men leave Haradh, shooting at them as they fled across a field."
    )
    (shooting,) = (claim for claim in claims if claim.trigger.quote == "shooting")
    assert "SA" not in [filler.side for filler in shooting.targets]


def test_the_size_of_a_grave_is_no_victim() -> None:
    found = only("Satellite images show a 14-metre (45ft) mass grave near Sanaa.")
    assert words(found.targets) == ["14-metre (45ft) mass grave"]
    assert found.figures == ()


def test_bodies_are_of_those_who_died() -> None:
    claim = only("The ministry saw civilians’ bodies lying in Taiz.")
    assert (words(claim.targets), claim.actors) == (["civilians"], ())


def test_a_practice_denied_is_denied_of_no_place() -> None:
    text = (
        "Two people were killed in shelling of Haradh, doctors said. Saudi Arabia denies targeting civilians."
    )
    claim = next(claim for claim in told(text) if claim.polarity == "negative")
    assert claim.place is None


def test_a_capital_that_does_not_comment_is_no_place() -> None:
    claims = told("There was no comment from Riyadh about the prisoner swap.")
    assert [claim.place for claim in claims] == [None]


def test_what_ensues_belongs_to_the_strike_before_it() -> None:
    text = (
        "Strikes were reported in Taiz, where a clinic was hit, killing two nurses, and in the city of Ibb."
    )
    claim = next(claim for claim in told(text) if claim.figures)
    assert claim.place is not None
    assert (claim.trigger.quote, claim.place.name) == ("hit", "Taiz")


SPEAKERS = [
    ("Taha’s mother, Olha, 71, said rebels had shelled Taiz.", ["Olha"]),
    ("Skyview, a firm that sells satellite photographs, said the first shells were fired at Taiz on Monday.", ["Skyview"]),
    (
        "At least one guard was killed in shelling of Taiz, the governor said, while ten others were wounded in Ibb.",
        ["the governor"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), SPEAKERS)
def test_who_says_it(text: str, wanted: list[str]) -> None:
    assert {tuple(speakers(claim)) for claim in told(text)} == {tuple(wanted)}


def test_where_people_live_is_theirs() -> None:
    claim = only("Rockets hit a residential area in Taiz on Monday.")
    assert [filler.side for filler in claim.targets] == ["civilians"]


def test_the_army_whose_provocations_they_are_is_not_its_own_enemy() -> None:
    text = "Provocations of the Syrian army: provocations near Idlib\n\nSyria is preparing provocations near Idlib."
    assert all(
        filler.side in (None, "SY", "civilians") for claim in told(text) for filler in claim.targets
    ), [words(claim.targets) for claim in told(text)]
