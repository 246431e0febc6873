"""Who says it: kinds of speakers, chains, pronouns, documents; and who does not."""

import pytest

from told import by_type, only, speakers, told

SAID = [
    ("Rebels shelled Taiz, according to residents.", ["residents"]),
    ("Rebels shelled Taiz, residents said.", ["residents"]),
    ("Residents said that rebels had shelled Taiz.", ["Residents"]),
    ("Rebels, residents said, had shelled Taiz.", ["residents"]),
    ("State television said the army had captured Douma.", ["State television"]),
    ("The ministry said on Tuesday that rebels had captured Kidal.", ["The ministry"]),
    (
        "According to the mayor of Chernihiv, shelling killed 33 people on Thursday.",
        ["the mayor of Chernihiv"],
    ),
    ("Amnesty International said soldiers had executed 12 men in Baga.", ["Amnesty International"]),
    ('"The jets bombed our market in Kutum," Hassan Adam told reporters.', ["Hassan Adam"]),
    (
        "The Houthis claimed responsibility for the missile strike on Riyadh.",
        ["The Houthis"],
    ),
]


@pytest.mark.parametrize(("sentence", "wanted"), SAID)
def test_the_speaker_in_his_own_words(sentence: str, wanted: list[str]) -> None:
    assert speakers(only(sentence)) == wanted


KINDS = [
    ("Amnesty International said soldiers had executed 12 men in Baga.", "named_organization"),
    ("Residents said that rebels had shelled Taiz.", "unnamed"),
    ("Hassan Adam said jets had bombed the market in Kutum.", "named_person"),
]


@pytest.mark.parametrize(("sentence", "kind"), KINDS)
def test_kinds_of_speakers(sentence: str, kind: str) -> None:
    assert [said.kind for said in only(sentence).attribution] == [kind]


CHAINS = [
    ("A resident told the BBC that soldiers had shelled the market in Bentiu.", ["the BBC", "A resident"]),
    (
        "Officials told the BBC that 20 people were killed in an air strike on Deir al-Zour.",
        ["the BBC", "Officials"],
    ),
    (
        "The governor told Radio Okapi that rebels had burned the village of Kanyabayonga.",
        ["Radio Okapi", "The governor"],
    ),
    (
        "Witnesses told Reuters that doctors had said 12 people were killed in the shelling of Wau.",
        ["Reuters", "Witnesses", "doctors"],
    ),
]


@pytest.mark.parametrize(("sentence", "wanted"), CHAINS)
def test_a_chain_runs_from_the_outermost_speaker(sentence: str, wanted: list[str]) -> None:
    assert speakers(only(sentence)) == wanted


def test_citing_puts_the_cited_inside() -> None:
    text = "The New York Times reported that American planes had bombed a wedding near Jalalabad, citing Afghan officials."
    assert speakers(only(text)) == ["The New York Times", "Afghan officials"]


def test_reporters_who_are_told_are_no_source() -> None:
    assert "reporters" not in speakers(
        only('"The jets bombed our market in Kutum," Hassan Adam told reporters.')
    )


def test_a_pronoun_speaker_is_resolved_and_quoted_as_written() -> None:
    first, second = told(
        "Colonel Ahmed Ali said rebels had attacked Baidoa. He said six soldiers were killed."
    )
    said = second.attribution[0]
    assert speakers(first) == ["Colonel Ahmed Ali"]
    assert speakers(second) == ["He"]
    assert said.source is not None
    assert said.source.name == "Ahmed Ali"
    assert said.kind == "named_person"


def test_she_is_the_teacher_who_spoke() -> None:
    text = (
        'Mary Achol, a teacher, said soldiers shot her brother in Malakal. "They burned our house," she said.'
    )
    names = {
        said.source.name for claim in told(text) for said in claim.attribution if said.source is not None
    }
    assert names == {"Mary Achol"}


def test_a_pronoun_with_no_one_before_it_stays_open() -> None:
    claim = only('"They bombed our school in Taiz," he said.')
    assert speakers(claim) == ["he"]
    source = claim.attribution[0].source
    assert source is not None
    assert (source.name, source.id) == ("he", None)


def test_direct_and_reported_speech_are_told_apart() -> None:
    direct = only('"Rebels shelled Taiz," the governor said.')
    reported = only("The governor said rebels had shelled Taiz.")
    assert [said.direct_quote for said in direct.attribution] == [True]
    assert [said.direct_quote for said in reported.attribution] == [False]


def test_a_quotation_goes_on_behind_its_speaker() -> None:
    claims = told('"Rebels shelled the camp at Kalma," the governor said. "Jets bombed Kutum."')
    assert [(claim.type, speakers(claim)) for claim in claims] == [
        ("strike.shelling", ["the governor"]),
        ("strike.air", ["the governor"]),
    ]


def test_an_accuser_speaks_of_what_he_blames_others_for() -> None:
    text = "The government accused rebels of shelling a school in Luhansk."
    assert speakers(by_type(text, "strike.shelling")) == ["The government"]
    assert speakers(by_type(text, "state.accuse")) == ["The government"]


def test_one_who_denies_something_else_is_no_speaker() -> None:
    assert speakers(only("The rebels, who deny killing civilians, captured Douma.")) == []


def test_the_cue_and_the_content_stand_beside_the_source() -> None:
    text = "Residents said that rebels had shelled Taiz."
    (said,) = only(text).attribution
    assert said.cue is not None
    assert said.cue.quote == "said"
    (content,) = said.content
    assert content.quote.removeprefix("that ") == "rebels had shelled Taiz"


def test_two_speakers_of_one_sentence_say_each_their_own() -> None:
    text = "The army says its soldiers captured rebels in Taiz; rights groups say civilians were killed."
    found = {claim.trigger.quote: speakers(claim) for claim in told(text)}
    assert found["captured"] == ["The army"]
    assert found["killed"] == ["rights groups"]
