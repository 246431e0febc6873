"""Actors are found by name and description, on the right side, and what refers back is resolved."""

from datetime import date
from pathlib import Path

import pytest

from dateline.codebook.actors import ActorBook, demonym_side, slips, word_key
from dateline.codebook.actors_load import load_actors, split_words
from dateline.codebook.tables import PACKAGED, Sources
from dateline.model.text import Report
from dateline.reading.actors import find_actors, index_actors
from dateline.reading.mentions import ActorMention
from dateline.reading.parse import parse
from dateline.reading.segment import segment
from dateline.reading.tokens import Token
from told import only, words


@pytest.fixture(scope="module")
def book() -> ActorBook:
    sources = Sources()
    loaded = load_actors(sources)
    assert not sources.faults
    return loaded


def read(
    text: str, book: ActorBook, publisher: str | None = None, published: date | None = None
) -> tuple[ActorMention, ...]:
    layout = segment(Report(text=text))
    return find_actors(parse(layout), layout, (), book, publisher=publisher, published=published)


def one(mentions: tuple[ActorMention, ...], quote: str) -> ActorMention:
    found = [mention for mention in mentions if mention.filler.span.quote == quote]
    assert found, (quote, [mention.filler.span.quote for mention in mentions])
    return found[0]


def test_words_of_a_name_are_cut_as_the_parser_cuts_them() -> None:
    assert split_words("Lord's Resistance Army") == ("lord", "s", "resistance", "army")
    assert split_words("al-Qa'ida") == ("al", "qaida")
    assert word_key("U.S.") == "us"
    assert slips("zelenksy", "zelensky") == 1
    assert slips("putin", "biden") == 9


def test_allegiance_follows_principals(book: ActorBook) -> None:
    assert book.allegiance("dpr") == "RU"
    assert book.allegiance("peoples-militia") == "RU"
    assert book.allegiance("rsf") == "rsf"
    assert book.allegiance("UA") == "UA"
    assert book.allegiance(None) is None


def test_outlets_are_known_by_name_and_site(book: ActorBook) -> None:
    assert book.outlet_side("www.ukrinform.net") == "UA"
    assert book.outlet_side("https://en.news-front.info/2022") == "RU"
    assert book.outlet_side("The Guardian") == "GB"
    assert book.outlet_side("Gazette of Nowhere") is None


def test_offices_are_dated(book: ActorBook) -> None:
    bush = book.holder("president", "US", date(1990, 5, 1))
    assert bush is not None
    assert bush.name == "George W. Bush"
    chancellor = book.holder("chancellor", "DE", date(2010, 1, 1))
    assert chancellor is not None
    assert chancellor.id == "angela-merkel"
    assert book.holder("president", "SY", date(1999, 1, 1)) != book.holder(
        "president", "SY", date(2010, 1, 1)
    )


def test_a_bad_row_is_a_fault(tmp_path: Path) -> None:
    row = "someone,Some One,,,m,FR,president soon,test\n"
    (tmp_path / "people.csv").write_text("id,name,variants,short,gender,side,offices,source\n" + row)
    sources = Sources(folders=(PACKAGED, tmp_path))
    assert "someone" in load_actors(sources).actors
    assert any("people.csv" in str(fault) for fault in sources.faults)


@pytest.mark.parametrize(
    ("text", "quote", "kind", "side"),
    [
        ("Israeli jets bombed a depot near Tyre.", "Israeli jets", "force", "IL"),
        ("Putin's forces crossed the river at dawn.", "Putin's forces", "force", "RU"),
        ("Troops loyal to the junta fled after al-Shabaab attacked.", "al-Shabaab", "force", "al-shabaab"),
        ("Ukraine's General Staff said the line had held.", "Ukraine's General Staff", "organization", "UA"),
        (
            "A spokesman for Boko Haram claimed the raid.",
            "A spokesman for Boko Haram",
            "person",
            "boko-haram",
        ),
        ("Moscow accused Kyiv of shelling a school.", "Moscow", "government", "RU"),
        ("Journalists and two children were wounded.", "Journalists", "civilians", "civilians"),
        ("Some of the Tamil Tigers surrendered.", "Some of the Tamil Tigers", "force", "ltte"),
        ("Pro-Russian separatists shot at the convoy.", "Pro-Russian separatists", "force", "ua-separatists"),
        ("The Taliban captured a district in Helmand.", "Taliban", "force", "taliban"),
        ("US-made rockets and Turkish soldiers arrived.", "Turkish soldiers", "force", "TR"),
        (
            "Colombia's defence ministry blamed the rebels.",
            "Colombia's defence ministry",
            "organization",
            "CO",
        ),
        ("According to Washington, the truce was over.", "Washington", "government", "US"),
        ("The Ethiopians buried their dead.", "The Ethiopians", "people", "ET"),
    ],
)
def test_actors_have_kind_and_side(text: str, quote: str, kind: str, side: str, book: ActorBook) -> None:
    found = one(read(text, book), quote)
    assert (found.kind, found.filler.side) == (kind, side)


def test_a_country_where_something_is_is_no_actor(book: ActorBook) -> None:
    quotes = [mention.filler.span.quote for mention in read("Gunmen killed nine villagers in Mali.", book)]
    assert quotes == ["Gunmen", "nine villagers"]


def test_made_or_occupied_says_nothing_of_the_side(book: ActorBook) -> None:
    mentions = read("Russian-made tanks rolled out of the Russian-occupied town.", book)
    assert one(mentions, "Russian-made tanks").filler.side is None


def test_bodies_are_named_with_their_state(book: ActorBook) -> None:
    found = one(read("Sudan's ministry of health counted the dead.", book), "Sudan's ministry of health")
    assert found.filler.name == "Ministry of Health of Sudan"


@pytest.mark.parametrize("spelling", ["Zelenksy", "Zelenskiy", "Volodimir Zelensky", "President Zelensky"])
def test_spellings_and_slips_are_one_person(spelling: str, book: ActorBook) -> None:
    found = one(read(f"{spelling} said the attack had failed.", book), spelling)
    assert (found.filler.name, found.filler.side) == ("Volodymyr Zelenskyy", "UA")


def test_another_persons_namesake_is_not_the_known_one(book: ActorBook) -> None:
    found = one(read("Carla Powell told reporters that the road was mined.", book), "Carla Powell")
    assert found.filler.id is None


def test_a_surname_takes_the_reports_full_name(book: ActorBook) -> None:
    text = (
        "Olha Marchuk, the mayor of Trostivka, fled. Marchuk said shells hit the clinic. She blamed the army."
    )
    mentions = read(text, book)
    assert one(mentions, "Marchuk").filler.name == "Olha Marchuk"
    assert one(mentions, "the mayor of Trostivka").filler.name == "Olha Marchuk"
    assert one(mentions, "She").filler.name == "Olha Marchuk"


def test_he_is_not_she(book: ActorBook) -> None:
    text = "Angela Merkel met Emmanuel Macron in Paris. He said the truce was holding."
    assert one(read(text, book), "He").filler.id == "emmanuel-macron"


def test_its_forces_are_of_the_army_named(book: ActorBook) -> None:
    text = "Sudan's army said its forces had beaten back an assault. The RSF denied it."
    mentions = read(text, book)
    assert one(mentions, "its forces").filler.side == "SD"


def test_the_group_is_the_one_named_before(book: ActorBook) -> None:
    text = "Hezbollah fired rockets on Tuesday. The group said it had hit a barracks."
    mentions = read(text, book)
    group = one(mentions, "The group")
    assert group.filler.id == "hezbollah"
    assert group.antecedent is not None
    assert mentions[group.antecedent].filler.span.quote == "Hezbollah"


def test_the_same_official_is_an_official_named_before(book: ActorBook) -> None:
    text = "Two French officials said the convoy had stopped. The same official was quoted on its fuel."
    assert one(read(text, book), "The same official").filler.side == "FR"


@pytest.mark.parametrize(
    ("publisher", "side"),
    [("ukrinform.net", "RU"), ("tass.com", "UA"), ("kyodonews.net", None)],
)
def test_the_enemy_is_whom_the_outlet_fights(publisher: str, side: str | None, book: ActorBook) -> None:
    mentions = read("The enemy shelled two villages overnight.", book, publisher, date(2022, 9, 1))
    assert one(mentions, "The enemy").filler.side == side


def test_the_enemy_in_a_quotation_is_the_speakers(book: ActorBook) -> None:
    text = "“The enemy left our village,” said Serhii Haidai, the governor. “We buried our soldiers.”"
    mentions = read(text, book, "Reuters", date(2022, 9, 1))
    assert one(mentions, "The enemy").filler.side == "RU"
    assert one(mentions, "our soldiers").filler.side == "UA"
    assert one(mentions, "We").filler.side == "UA"


def test_occupiers_need_a_war_with_an_invader(book: ActorBook) -> None:
    told = read("The occupiers fled as Ukrainian troops came.", book, None, date(2022, 9, 1))
    assert one(told, "The occupiers").filler.side == "RU"
    bare = read("The occupiers fled at night.", book, None, date(1996, 9, 1))
    assert one(bare, "The occupiers").filler.side is None


def test_militants_of_a_state_outlet_are_its_enemies(book: ActorBook) -> None:
    mentions = read("Nationalists shelled the market in Donetsk.", book, "rt.com", date(2022, 9, 1))
    assert one(mentions, "Nationalists").filler.side == "UA"


def test_what_is_not_plain_stays_open(book: ActorBook) -> None:
    mentions = read("Soldiers opened fire on a crowd. They killed three people.", book)
    assert one(mentions, "Soldiers").filler.side is None
    assert one(mentions, "a crowd").filler.side == "civilians"


def test_actors_are_looked_up_by_token(book: ActorBook) -> None:
    mentions = read("Kurdish fighters killed the governor of Mosul.", book)
    actors = index_actors(mentions)
    governor = one(mentions, "the governor of Mosul")
    assert actors.at(governor.head) is governor


def test_reading_twice_gives_the_same(book: ActorBook) -> None:
    text = "UNITA rebels shelled Huambo, the Angolan army said. Savimbi's men denied it."
    first, again = read(text, book), read(text, book)
    assert [mention.filler for mention in first] == [mention.filler for mention in again]


@pytest.mark.parametrize(
    ("word", "side"),
    [
        ("Car", None),
        ("CAR", "CF"),
        ("us", None),
        ("US", "US"),
        ("U.S.", "US"),
        ("turkey", None),
        ("Omani", "OM"),
    ],
)
def test_names_in_capitals_match_no_common_word(word: str, side: str | None, book: ActorBook) -> None:
    token = Token(
        i=0, text=word, true=word, lemma=word, pos="PROPN", tag="NNP", dep="ROOT", start=0, sent=0, ent=""
    )  # fmt: skip
    assert demonym_side(book, token) == side


def test_a_car_bomb_is_of_no_state(book: ActorBook) -> None:
    quotes = [
        mention.filler.span.quote for mention in read("Car bomb kills nine soldiers in Beledweyne.", book)
    ]
    assert quotes == ["nine soldiers"]


@pytest.mark.parametrize(
    "text",
    [
        "Castro Arenas led the column. Castro said the guerrillas had fled El Salvador.",
        "The Salvadoran colonel Castro said the guerrillas had fled.",
        "Raul Castro met the envoys. Castro said the harvest had failed.",
    ],
)
def test_a_surname_is_no_namesakes_when_name_rank_or_land_differ(text: str, book: ActorBook) -> None:
    assert {mention.filler.id for mention in read(text, book) if mention.kind == "person"} <= {None}


def test_a_surname_alone_is_the_known_persons(book: ActorBook) -> None:
    mentions = read("Fidel Castro spoke for hours. Castro said Cuba would not yield.", book)
    assert one(mentions, "Castro").filler.id == "fidel-castro"


def test_a_colonel_of_the_land_told_of_stays_known(book: ActorBook) -> None:
    mentions = read("Colonel Gaddafi left Tripoli as Libyan rebels came nearer.", book)
    assert one(mentions, "Colonel Gaddafi").filler.side == "ly-gaddafi"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("In 1944 German troops burned the farm.", "German troops"),
        ("In late 1982 Israeli soldiers held the hill.", "Israeli soldiers"),
        ("Some 1500 Sudanese soldiers crossed the river.", "Some 1500 Sudanese soldiers"),
    ],
)
def test_a_year_is_no_part_of_an_army(text: str, quote: str, book: ActorBook) -> None:
    assert one(read(text, book), quote).kind == "force"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The Karen National Liberation Army shot at a convoy.", "Karen National Liberation Army"),
        ("The Sons of the River Brigade attacked a post.", "The Sons of the River Brigade"),
        ("The Front for the Defence of the Steppe claimed a raid.", "Front for the Defence of the Steppe"),
        ("The Northern Dawn Assault Front fought near the dam.", "Northern Dawn Assault Front"),
        ("The National Salvation Council met at night.", "The National Salvation Council"),
    ],
)
def test_a_named_force_is_one_mention(text: str, quote: str, book: ActorBook) -> None:
    mentions = read(text, book)
    whole = one(mentions, quote)
    inside = [other for other in mentions if other is not whole and whole.first <= other.first <= whole.last]
    assert inside == []


def test_a_liberation_front_is_not_of_the_state_it_names(book: ActorBook) -> None:
    found = one(
        read("The Chadian Patriotic Dawn Front shelled a post.", book), "Chadian Patriotic Dawn Front"
    )
    assert found.filler.side is None


def test_staff_that_heads_a_line_is_the_outlets(book: ActorBook) -> None:
    mentions = read("General Staff: Russia has lost 500 men.", book, "ukrinform.net", date(2022, 9, 1))
    assert one(mentions, "General Staff").filler.side == "UA"


def test_junta_jets_are_no_rebels(book: ActorBook) -> None:
    text = "Junta jets bombed a village in Myanmar, a People's Defence Force spokesman said."
    assert one(read(text, book, None, date(2022, 9, 1)), "Junta jets").filler.side == "MM"


def test_the_stamp_of_a_live_page_is_no_part_of_a_name() -> None:
    claim = only("3 May 2018 19.09 Houthi fighters captured the town of Haradh.")
    assert words(claim.actors) == ["Houthi fighters"]
