"""What kind of event it is, by means and by what was hit; what is no event at all; what surrounds it."""

import pytest

from told import by_type, days, only, told, toll, words

STRIKES = [
    ("Jets bombed the village of Saada.", "strike.air"),
    ("A drone hit a car near Jenin.", "strike.air"),
    ("A drone strike killed two men in Miranshah.", "strike.air"),
    ("A helicopter attack killed nine boys in Kunar.", "strike.air"),
    ("Helicopter gunships strafed the port of Tripoli.", "strike.air"),
    ("Jets dropped bombs on Deraa.", "strike.air"),
    ("The village of Kutum was bombed by government planes.", "strike.air"),
    ("Artillery pounded the town of Bakhmut.", "strike.shelling"),
    ("Warships shelled the port of Latakia.", "strike.shelling"),
    ("Tank fire hit an apartment building in Grozny.", "strike.shelling"),
    ("Grad rockets hit a bus station in Donetsk.", "strike.shelling"),
    ("Hamas fighters fired rockets at Ashkelon from Gaza.", "strike.shelling"),
    ("Houthi rebels launched a missile at Riyadh.", "strike.shelling"),
    ("Turkish artillery fire on Afrin killed a shepherd.", "strike.shelling"),
    ("A car bomb exploded in Kirkuk, killing six people.", "strike.explosive"),
    ("A truck bomb destroyed a hotel in Mogadishu.", "strike.explosive"),
    ("A naval mine damaged a tanker off Hodeidah.", "strike.explosive"),
    ("Saboteurs blew up a bridge near Luena.", "strike.explosive"),
    ("A suicide bomber blew himself up at a checkpoint in Maiduguri.", "strike.suicide"),
    ("Suicide bombers attacked a mosque in Sanaa, killing 137 worshippers.", "strike.suicide"),
    ("A suicide bombing killed 20 shoppers in Kabul.", "strike.suicide"),
    ("A chemical attack killed dozens of people in Halabja.", "strike.chemical"),
    ("A suspected gas attack killed dozens in Douma.", "strike.chemical"),
    ("Explosions were heard in Khartoum overnight.", "strike.other"),
    ("Gunmen attacked a hotel in Bamako.", "strike.other"),
]


@pytest.mark.parametrize(("sentence", "wanted"), STRIKES)
def test_a_strike_is_typed_by_its_means(sentence: str, wanted: str) -> None:
    assert only(sentence).type == wanted


TAKEN = [
    ("Rebels captured the town of Goma.", "battle.capture"),
    ("The army retook the city of Goma from M23 rebels.", "battle.capture"),
    ("Rebels captured ten soldiers near Goma.", "force.surrender"),
    ("The army seized weapons in Wau.", "force.loss"),
    ("The army detained 30 villagers in Rakhine.", "civilians.abduction"),
    ("Rebels abducted a priest in Bambari.", "civilians.abduction"),
    ("About 200 soldiers surrendered in Kunduz.", "force.surrender"),
    ("The two sides exchanged 50 prisoners.", "force.surrender"),
]


@pytest.mark.parametrize(("sentence", "wanted"), TAKEN)
def test_a_taking_is_typed_by_what_is_taken(sentence: str, wanted: str) -> None:
    assert only(sentence).type == wanted


OTHERS = [
    ("The army clashed with rebels in Jonglei.", "battle.clash"),
    ("Troops were ambushed by rebels near Marawi.", "battle.clash"),
    ("The convoy came under fire from snipers in Mogadishu.", "battle.clash"),
    ("Fighting broke out in Juba on 8 July 2016.", "battle.clash"),
    ("Troops withdrew from Kherson.", "force.movement"),
    ("The army encircled Aleppo.", "force.siege"),
    ("Soldiers killed 11 rebels in Kayah.", "force.loss"),
    ("Rebels lost 40 fighters.", "force.loss"),
    ("The tank was destroyed near Izium.", "force.loss"),
    ("A hospital was destroyed in Kunduz.", "harm.property"),
    ("Thousands of people fled Raqqa.", "harm.displacement"),
    ("Guards tortured detainees in Bagram.", "civilians.attack"),
    ("Rebels fired on protesters in Daraa.", "civilians.attack"),
    ("Gunmen shot dead a journalist in Mogadishu.", "civilians.attack"),
    ("Soldiers raped dozens of women in Bukavu.", "civilians.sexual"),
]


@pytest.mark.parametrize(("sentence", "wanted"), OTHERS)
def test_other_types(sentence: str, wanted: str) -> None:
    assert only(sentence).type == wanted


@pytest.mark.parametrize(
    ("civilian", "soldierly"),
    [
        ("Gunmen shot three farmers in Beni.", "Gunmen shot three soldiers in Beni."),
        ("Militants killed 11 villagers in Kayah.", "Militants killed 11 soldiers in Kayah."),
        ("Rebels captured two nurses near Goma.", "Rebels captured two soldiers near Goma."),
    ],
)
def test_civilians_and_combatants_part_the_types(civilian: str, soldierly: str) -> None:
    assert only(civilian).type.startswith("civilians.")
    assert not only(soldierly).type.startswith("civilians.")
    assert {figure.of for figure in only(civilian).figures} == {"civilians"}
    assert {figure.of for figure in only(soldierly).figures} == {"combatants"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The two sides struck a deal over fish quotas in Brussels.",
        "A war of words broke out between Ankara and Athens.",
        "The film is a box office bomb.",
        "The candidate attacked his rival's record on taxes.",
        "The striker shot twice and missed against Real Madrid.",
        "The army launched a charm offensive in Helmand.",
        "The company launched a new phone.",
        "The idea struck the minister as odd.",
        "The bakery opened in Goma last year.",
        "The battle group has 900 men.",
        "A heart attack forced the singer to cancel.",
        "The price of bread hit a new high in Khartoum.",
        "Researchers captured the moment on film.",
        "The region suffers from a lack of rain.",
    ],
)
def test_a_manner_of_speaking_is_no_event(sentence: str) -> None:
    assert told(sentence) == ()


def test_a_lasting_war_is_not_the_event_of_the_day() -> None:
    claims = told("The war in Yemen has killed thousands of people. On Monday, jets bombed Saada.")
    assert [claim.type for claim in claims] == ["civilians.toll", "strike.air"]
    assert toll(claims[0]) == [("killed", 2000, None, "people")]
    assert claims[1].figures == ()
    assert days(claims[0]) is None
    assert days(claims[1]) == ("2018-05-07", "2018-05-07")


def test_equipment_lost_is_a_loss_with_count_and_status() -> None:
    claim = only("Ukraine destroyed two Russian tanks near Izium.")
    assert claim.type == "force.loss"
    assert [(loss.item, loss.count, loss.status) for loss in claim.losses] == [("tanks", 2, "destroyed")]
    assert [target.side for target in claim.targets] == ["RU"]


def test_a_plane_shot_down_is_a_loss_and_no_strike() -> None:
    claim = only("Three drones were shot down over Kursk.")
    assert claim.type == "force.loss"
    assert [(loss.count, loss.status) for loss in claim.losses] == [(3, "destroyed")]


def test_place_and_time_of_the_events_own_clause() -> None:
    claim = only("Officials in Kyiv said that missiles hit Odesa overnight.")
    assert claim.place is not None
    assert claim.place.name == "Odesa"
    assert days(claim) == ("2018-05-09", "2018-05-10")


def test_the_speakers_day_and_place_are_not_the_events() -> None:
    claim = only("Speaking in Geneva on Monday, the envoy said rebels had shelled Taiz last week.")
    assert claim.place is not None
    assert claim.place.name == "Taiz"
    assert days(claim) == ("2018-04-30", "2018-05-06")


def test_two_events_of_one_sentence_keep_their_own_place_and_day() -> None:
    text = "Shelling in Luhansk on Friday, and an air strike in Kharkiv on Saturday, killed nine."
    one, other = by_type(text, "strike.shelling"), by_type(text, "strike.air")
    assert (one.place and one.place.name, days(one)) == ("Luhansk", ("2018-05-04", "2018-05-04"))
    assert (other.place and other.place.name, days(other)) == ("Kharkiv", ("2018-05-05", "2018-05-05"))


def test_a_paragraph_passes_on_its_place_and_day() -> None:
    first, second = told("Jets bombed a bridge in Aden on Monday. Troops shelled the port.")
    assert second.type == "strike.shelling"
    assert second.place is not None
    assert second.place.name == "Aden"
    assert days(first) == days(second) == ("2018-05-07", "2018-05-07")


def test_the_lead_takes_the_headlines_place() -> None:
    claims = told("Jets bomb Khartoum\n\nA hospital was bombed on Sunday.")
    assert {claim.place.name for claim in claims if claim.place} == {"Khartoum"}
    assert all(claim.place for claim in claims)


def test_a_new_place_takes_nothing_from_the_old() -> None:
    first, second = told("Rebels shelled Taiz on Monday.\n\nOn Wednesday, jets bombed Aden.")
    assert (first.place and first.place.name, second.place and second.place.name) == ("Taiz", "Aden")
    assert (days(first), days(second)) == (("2018-05-07", "2018-05-07"), ("2018-05-09", "2018-05-09"))


def test_without_a_word_of_when_there_is_no_time() -> None:
    assert only("Troops withdrew from Kherson.").time is None


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("In May 2017, jets bombed Raqqa.", ("2017-05-01", "2017-05-31")),
        ("Fighting broke out in Juba on 8 July 2016.", ("2016-07-08", "2016-07-08")),
        ("The army shelled villages near Kutum in March.", ("2018-03-01", "2018-03-31")),
        ("Rebels attacked an outpost 20 km north of Goma on Monday.", ("2018-05-07", "2018-05-07")),
    ],
)
def test_times_as_told(sentence: str, wanted: tuple[str, str]) -> None:
    assert days(only(sentence)) == wanted


def test_a_distance_is_an_area_in_relation_to_its_town() -> None:
    claim = only("Rebels attacked an outpost 20 km north of Goma on Monday.")
    assert claim.place is not None
    assert (claim.place.name, claim.place.relation, claim.place.distance_km) == ("Goma", "north", 20)


def test_country_by_place() -> None:
    claim = only("Rebels from Mali attacked a post in Niger on Sunday.")
    assert (claim.country, claim.country_basis) == ("NE", "place")


def test_country_by_context() -> None:
    claim = only("The village was shelled. It lies in Donetsk.")
    assert claim.place is None
    assert (claim.country, claim.country_basis) == ("UA", "context")


def test_no_country_is_guessed_where_nothing_tells_it() -> None:
    claim = only("Rebels shelled a clinic last night.")
    assert (claim.place, claim.country, claim.country_basis) == (None, None, None)


def test_instruments_are_named_by_their_words() -> None:
    assert words(only("Grad rockets hit a bus station in Donetsk.").instruments) == ["Grad rockets"]
    assert words(only("A truck bomb destroyed a hotel in Mogadishu.").instruments) == ["truck bomb"]
