"""Who says what: own sentences of several wars, read with the packaged cues and without actors."""

from functools import cache
from pathlib import Path

import pytest

from dateline.codebook.cues import CueBook, load_cues
from dateline.codebook.tables import PACKAGED, Sources
from dateline.model.text import Report
from dateline.reading.attribution import find_attributions
from dateline.reading.mentions import AttributionMention
from dateline.reading.parse import parse
from dateline.reading.segment import segment


@cache
def book() -> CueBook:
    return load_cues(Sources())


@cache
def read(text: str) -> tuple[AttributionMention, ...]:
    layout = segment(Report(text=text))
    return find_attributions(parse(layout), layout, (), book())


def told(text: str, *, lead: bool = True) -> list[tuple[str | None, str | None, list[str]]]:
    found = []
    for mention in read("The war went on.\n\n" + text if lead else text):
        value = mention.attribution
        source = value.source.span.quote if value.source else None
        found.append((source, value.cue.quote if value.cue else None, [span.quote for span in value.content]))
    return found


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Hamas said that two of its men had died.", "Hamas", "said", ["that two of its men had died"]),
        ("Two men had died, the army said.", "the army", "said", ["Two men had died"]),
        ("Two villages, residents said, were burned.", "residents", "said",
         ["Two villages", "were burned"]),
        ("According to the UN, thousands fled.", "the UN", "According to", ["thousands fled"]),
        ("Thousands fled, according to aid workers.", "aid workers", "according to", ["Thousands fled"]),
        ("Footage showed soldiers beating a man.", "Footage", "showed", ["soldiers beating a man"]),
        ("The junta vowed to retake the town.", "The junta", "vowed", ["to retake the town"]),
        ("The minister was quoted as saying the bridge had fallen.", "The minister", "was quoted as saying",
         ["the bridge had fallen"]),
        ("The FARC denied killing the mayor.", "The FARC", "denied", ["killing the mayor"]),
        ("The army accused the rebels of shelling a market in Taiz.", "The army", "accused",
         ["the rebels of shelling a market in Taiz"]),
        ("M23 fighters are believed to have taken the airport.", None, "are believed",
         ["M23 fighters", "to have taken the airport"]),
        ("It is believed that forty people died.", None, "is believed", ["that forty people died"]),
        ("There were reports that the palace had been seized.", "reports", "reports",
         ["that the palace had been seized"]),
        ("The governor, Ahmed Salim, said two shells fell.", "Ahmed Salim", "said", ["two shells fell"]),
        ("Aid groups called on both sides to stop shelling the port.", "Aid groups", "called on",
         ["both sides to stop shelling the port"]),
    ],
)  # fmt: skip
def test_indirect_speech(text: str, source: str | None, cue: str, content: list[str]) -> None:
    assert (source, cue, content) in told(text)


def test_the_outlets_own_voice_has_no_source() -> None:
    assert told("Shells fell on the market in Taiz on Monday and nine people died.") == []


def test_a_broken_quotation_is_one_content() -> None:
    text = "“They burned the mill,” said Aung Min. “They took the goats. Nobody came,” he added."
    assert told(text) == [
        ("Aung Min", "said", ["They burned the mill,"]),
        ("he", "added", ["They took the goats. Nobody came,"]),
    ]
    assert [mention.attribution.direct_quote for mention in read("The war went on.\n\n" + text)] == [
        True,
        True,
    ]
    assert told("“We hold,” she says, “the whole bank.”") == [
        ("she", "says", ["We hold,", "the whole bank."])
    ]


def test_a_quotation_over_paragraphs_belongs_to_the_cue_that_opens_it() -> None:
    text = "He said: “They burned the mill.\n\n“They took the goats.”\n\nThe goats came back."
    assert told(text) == [("He", "said", ["They burned the mill.", "They took the goats."])]


def test_a_quotation_of_its_own_sentence_goes_on_with_its_speaker() -> None:
    text = "“They burned the mill,” said Aung Min.\n\n“They took every goat that we had.”"
    assert told(text) == [
        ("Aung Min", "said", ["They burned the mill,", "They took every goat that we had."])
    ]


def test_what_was_told_to_a_medium_stands_in_a_chain() -> None:
    outer, inner = read("The war went on.\n\nA doctor told the BBC that nine people died in Homs.")
    assert outer.attribution.source is not None
    assert outer.attribution.source.span.quote == "the BBC"
    assert outer.attribution.kind == "named_organization"
    assert inner.attribution.kind == "unnamed"
    content = outer.attribution.content
    assert content[0].start < inner.attribution.content[0].start
    assert content[-1].end == inner.attribution.content[0].end


def test_a_report_of_words_nests_the_speaker() -> None:
    assert told("Tass quoted a sailor as saying two ships had sunk.") == [
        ("Tass", "quoted", ["two ships had sunk"]),
        ("a sailor", "saying", ["two ships had sunk"]),
    ]


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Israel denied that its jets had hit the school.", "negates"),
        ("The rebels blamed the army for the massacre.", "accuses"),
        ("The army claimed that forty rebels had died.", "doubts"),
        ("The junta threatened to bomb the camp.", "commits"),
        ("The UN warned that the camp would be bombed.", "commits"),
        ("The UN warned that the camp had been bombed.", ""),
        ("The army said forty rebels had died.", ""),
        ("The agency could not confirm the attack.", "doubts"),
    ],
)
def test_flags(text: str, flags: str) -> None:
    mention = read("The war went on.\n\n" + text)[0]
    names = [name for name in ("negates", "accuses", "doubts", "commits") if getattr(mention, name)]
    assert " ".join(names) == flags


@pytest.mark.parametrize(
    ("headline", "source", "content"),
    [
        ("Shelling kills nine in Taiz - WHO", "WHO", "Shelling kills nine in Taiz"),
        ("Nine killed in Taiz – local officials", "local officials", "Nine killed in Taiz"),
        ("Rebels hold the bridge near Bria: UN", "UN", "Rebels hold the bridge near Bria"),
        ("Army has left the town of Bria, envoy says", "envoy", "Army has left the town of Bria"),
        ("Governor: Nine people killed in market attack", "Governor", "Nine people killed in market attack"),
    ],
)
def test_headline_tags(headline: str, source: str, content: str) -> None:
    found = told(headline + "\n\nThe attack came at dawn on Monday.", lead=False)
    assert [(who, what) for who, _, what in found] == [(source, [content])]


@pytest.mark.parametrize(
    "headline", ["Yemen war: Nine killed in market attack", "Nine killed in market attack - video"]
)
def test_headline_topics_are_no_sources(headline: str) -> None:
    assert told(headline + "\n\nThe attack came at dawn on Monday.", lead=False) == []


def test_words_that_colour_a_quotation_are_no_attributions() -> None:
    assert told("“I think they fled and we know where,” said the colonel.") == [
        ("the colonel", "said", ["I think they fled and we know where,"])
    ]


def test_a_quotation_without_a_verb_of_speech_is_given_to_the_person_before_it() -> None:
    text = (
        "And in a new threat to the capital, rebel leader Jean Kabongo a march “would begin and be bloody”."
    )
    source, cue, content = told(text)[0]
    assert source is not None
    assert source.endswith("Jean Kabongo")
    assert cue == "threat"
    assert content == ["a march “would begin and be bloody"]


def told_with(text: str) -> list[tuple[str | None, str | None, list[str], str]]:
    mentions = read("The war went on.\n\n" + text)
    return [
        (*value, " ".join(n for n in ("negates", "accuses", "doubts", "commits") if getattr(mention, n)))
        for value, mention in zip(told(text), mentions, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "source", "first", "second"),
    [
        ("Hamas denied that it had fired the rocket and blamed Israel for the blast.", "Hamas",
         ("denied", ["that it had fired the rocket"]), ("blamed", ["Israel for the blast"])),
        ("The junta denied burning the camp and accused rebels of firing on the clinic.", "The junta",
         ("denied", ["burning the camp"]), ("accused", ["rebels of firing on the clinic"])),
        ("The governor said troops had left and denied that the bridge had fallen.", "The governor",
         ("said", ["troops had left"]), ("denied", ["that the bridge had fallen"])),
    ],
)  # fmt: skip
def test_a_second_cue_ends_the_firsts_content_and_shares_its_source(
    text: str, source: str, first: tuple[str, list[str]], second: tuple[str, list[str]]
) -> None:
    assert told(text) == [(source, *first), (source, *second)]


def test_those_spoken_of_keep_what_they_said_and_did() -> None:
    assert told("Residents said rebels had denied the raid and blamed the army for it.")[-1] == (
        "rebels", "blamed", ["the army for it"],
    )  # fmt: skip
    assert told("Witnesses said soldiers entered the village and ordered residents to leave.")[-1] == (
        "soldiers", "ordered", ["residents to leave"],
    )  # fmt: skip


@pytest.mark.parametrize("gap", ["\n\n", ": "])
def test_a_quotation_behind_a_denial_is_no_part_of_it(gap: str) -> None:
    assert told_with("The minister denied the town had fallen" + gap + "“Our men beat off two raids.”") == [
        ("The minister", "denied", ["the town had fallen"], "negates"),
        ("The minister", None, ["Our men beat off two raids."], ""),
    ]


def test_a_quotation_goes_on_with_the_outermost_speaker() -> None:
    text = "Ana Ruiz said the minister denied that the town had fallen.\n\n“Our men beat off two raids.”"
    source, _, content = told(text)[0]
    assert (source, content[-1]) == ("Ana Ruiz", "Our men beat off two raids.")


@pytest.mark.parametrize(
    "text",
    [
        "The army denied aid workers access to the camp.",
        "The junta denied a visa to the envoy.",
        "Doctors were denied entry to the camp.",
        "Nobody claimed responsibility for the attack.",
        "No group has claimed responsibility for the bombing.",
        "The FARC has not claimed the bombing.",
        "There was no immediate claim of responsibility for the attack.",
    ],
)
def test_what_is_withheld_or_unclaimed_is_no_attribution(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army dismissed as fake a report that its troops had fled.",
         ("The army", "dismissed", ["that its troops had fled"], "negates")),
        ("The president denounced as a lie claims that his planes had bombed the hospital.",
         ("The president", "denounced", ["that his planes had bombed the hospital"], "negates")),
        ("The army described reports that its planes had bombed a market as lies.",
         ("The army", "described", ["that its planes had bombed a market"], "negates")),
        ("Others said the town had fallen.", ("Others", "said", ["the town had fallen"], "")),
        ("The army neither confirmed nor denied that it had struck the port.",
         ("The army", "denied", ["that it had struck the port"], "doubts")),
        ("The spokesman declined to comment on the strike.",
         ("The spokesman", "declined", ["to comment on the strike"], "")),
        ("The general did not rule out that his troops had hit the clinic.",
         ("The general", "did not rule out", ["that his troops had hit the clinic"], "doubts")),
        ("The ELN was blamed for the bombing.", (None, "was blamed", ["The ELN", "for the bombing"],
         "accuses doubts")),
        ("The army was accused by residents of shelling the market.",
         ("residents", "was accused", ["The army", "of shelling the market"], "accuses")),
        ("The Islamic State claimed responsibility for the attack.",
         ("The Islamic State", "claimed", ["the attack"], "doubts")),
    ],
)  # fmt: skip
def test_denials_accusations_and_claims(text: str, expected: tuple[str | None, str, list[str], str]) -> None:
    assert told_with(text)[0] == expected


def test_spans_match_the_text() -> None:
    text = (
        "“They came,” he told Reuters, “at dawn.” The army said it left; the UN denied that.\n\nSo it went."
    )
    for mention in read(text):
        for span in mention.attribution.content:
            assert text[span.start : span.end] == span.quote


def test_packaged_cues_are_sound() -> None:
    sources = Sources()
    cues = load_cues(sources)
    assert sources.faults == []
    assert cues.verbs["said"].lemma == "say"
    assert cues.verbs["denied"].negates


def test_faults_are_told_with_file_and_key(tmp_path: Path) -> None:
    rows = "cue,class,frames,flags,forms,source\nmumble/v,murmur,clause,,,x\nhum/z,say,clause,,,x\n"
    (tmp_path / "cues.csv").write_text(rows, encoding="utf-8")
    sources = Sources(folders=(PACKAGED, tmp_path))
    load_cues(sources)
    assert [(fault.file, fault.key) for fault in sources.faults] == [
        ("cues.csv", "mumble/v"),
        ("cues.csv", "hum/z"),
    ]


def test_what_is_told_in_a_quotation_ends_at_its_marks() -> None:
    text = "“In our village, we remember the flood and the two winters behind it,” Olena told the paper."
    remembered = [content for _, cue, content in told(text) if cue == "remember"]
    assert all("told" not in part and "Olena" not in part for content in remembered for part in content)
    report = told("“The army told us that the road was mined,” Olena said on Monday.")
    assert ("The army", "told", ["that the road was mined"]) in report


@pytest.mark.parametrize(
    "words",
    [
        "People say that the bridge is gone",
        "You would not report that to the police",
        "It is no way to ask for peace",
    ],
)
def test_what_nobody_in_particular_says_is_no_telling(words: str) -> None:
    cues = [cue for _, cue, _ in told(f"“{words},” the miller said.")]
    assert cues == ["said"]
    named = [cue for _, cue, _ in told("“The guards say that the bridge is gone,” the miller said.")]
    assert named == ["say", "said"]
