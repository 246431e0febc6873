"""Places: names found, resolved by the report's own evidence, and located as precisely as the words allow."""

from datetime import date

import pytest

from dateline.codebook.gazetteer import gazetteer
from dateline.codebook.places import PlaceBooks, load_places, place_books
from dateline.codebook.tables import Sources
from dateline.model.text import Report
from dateline.reading.mentions import Layout, Paragraph, PlaceMention
from dateline.reading.parse import parse
from dateline.reading.places import dateline_places, find_places
from dateline.reading.segment import segment


@pytest.fixture(scope="module")
def books() -> PlaceBooks:
    return place_books()


def read(text: str, books: PlaceBooks, **options: object) -> dict[str, PlaceMention]:
    """Return the mentions of a text by their words; the last one wins."""
    layout = segment(Report(text=text, published=date(2023, 5, 3)))
    found = find_places(parse(layout), layout, books, **options)  # type: ignore[arg-type]
    return {mention.place.span.quote: mention for mention in found}


def test_packaged_tables_have_no_fault() -> None:
    sources = Sources()
    load_places(sources, gazetteer())
    assert [str(fault) for fault in sources.faults] == []


def test_every_row_lies_near_its_country(books: PlaceBooks) -> None:
    far = [
        entry.id
        for entries in books.entries.values()
        for entry in entries
        if entry.edited and not (-90 <= entry.lat <= 90 and -180 <= entry.lon <= 180)
    ]
    assert far == []


def test_old_spellings_resolve_to_the_preferred_name(books: PlaceBooks) -> None:
    found = read("Rockets fell on Artyomovsk and Severodonetsk, and later on Gostomel in Ukraine.", books)
    assert found["Artyomovsk"].place.name == "Bakhmut"
    assert found["Severodonetsk"].place.name == "Sievierodonetsk"
    assert found["Gostomel"].place.geonames == 708251


def test_crimea_is_ukraine(books: PlaceBooks) -> None:
    found = read("Russian forces in Crimea said drones were shot down over Sevastopol and Dzhankoi.", books)
    assert {found[name].place.country for name in ("Crimea", "Sevastopol", "Dzhankoi")} == {"UA"}


def test_namesakes_follow_the_country_of_the_report(books: PlaceBooks) -> None:
    libya = read(
        "Libyan militias clashed in Tripoli. The fighting spread from Misrata to the Libyan coast.", books
    )
    lebanon = read(
        "Lebanese soldiers clashed with gunmen in Tripoli. The Lebanese army sent troops from Beirut.", books
    )
    assert libya["Tripoli"].place.country == "LY"
    assert lebanon["Tripoli"].place.country == "LB"


def test_division_beside_a_name_decides(books: PlaceBooks) -> None:
    found = read("A suspect was arrested in Paris, Texas, and taken to Dallas.", books)
    assert (found["Paris"].place.country, found["Texas"].place.kind) == ("US", "admin1")


def test_class_word_asks_for_the_division(books: PlaceBooks) -> None:
    found = read(
        "Mortars hit villages in the Donetsk region of Ukraine. In Donetsk itself it was calm.", books
    )
    assert found["Donetsk region"].place.precision == 4
    assert found["Donetsk"].place.kind == "settlement"


@pytest.mark.parametrize(
    ("text", "name", "relation", "precision", "distance"),
    [
        ("Jets struck a depot near Idlib in Syria.", "Idlib", "near", 2, None),
        ("Shells landed on the outskirts of Goma, Congo.", "Goma", "outskirts", 2, None),
        ("Two buses burned 20 miles from Kabul in Afghanistan.", "Kabul", "from", 5, 32.2),
        ("Gunmen attacked a post 15 km north of Raqqa in Syria.", "Raqqa", "north", 2, 15.0),
        ("The army advanced in the direction of Marib in Yemen.", "Marib", "direction", 5, None),
        ("Gunmen stopped a bus between Kidal and Gao in Mali.", "Gao", "between", 5, None),
        ("A bomb exploded in Mogadishu, Somalia.", "Mogadishu", None, 1, None),
    ],
)
def test_relations(
    text: str, name: str, relation: str | None, precision: int, distance: float | None, books: PlaceBooks
) -> None:
    place = read(text, books)[name].place
    assert (place.relation, place.precision, place.distance_km) == (relation, precision, distance)


def test_relation_holds_for_a_whole_list(books: PlaceBooks) -> None:
    found = read("The rebels shelled army posts near Sake, Masisi and Rutshuru in eastern Congo.", books)
    assert [found[name].place.relation for name in ("Sake", "Masisi", "Rutshuru")] == ["near"] * 3


def test_unknown_village_is_a_place_without_a_point(books: PlaceBooks) -> None:
    found = read("Soldiers burned the village of Xandrovka in the Kherson region of Ukraine.", books)
    place = found["Xandrovka"].place
    assert (place.geonames, place.country, place.lat) == (None, "UA", None)


def test_misspelt_town_is_mended_within_its_country(books: PlaceBooks) -> None:
    found = read("Ukrainian officials said the town of Kramatosrk in Ukraine was hit.", books)
    assert found["Kramatosrk"].place.country == "UA"


def test_people_and_papers_are_no_places(books: PlaceBooks) -> None:
    text = "Boris Johnson met reporters of the Washington Post in London. Mr Johnson said NATO would act."
    found = read(text, books)
    assert set(found) == {"London"}


def test_organisation_named_after_a_country_is_no_place(books: PlaceBooks) -> None:
    found = read("The Islamic State of Iraq and the Levant claimed the blast in Homs.", books)
    assert set(found) == {"Homs"}


def test_state_as_actor_and_as_scene(books: PlaceBooks) -> None:
    found = read(
        "Israel said on Sunday that militants fired rockets from Lebanon. Troops stayed in Lebanon.", books
    )
    assert found["Israel"].use == "actor"
    assert found["Lebanon"].use == "locative"


def test_official_of_a_town_is_a_modifier(books: PlaceBooks) -> None:
    found = read("The mayor of Bucha spoke. Kharkiv residents hid in the metro.", books)
    assert found["Bucha"].use == "modifier"
    assert found["Kharkiv"].use == "modifier"


def test_capital_and_city_point_back(books: PlaceBooks) -> None:
    text = (
        "Sudanese army units held El Fasher. The city was shelled. In the capital, fighting went on in Sudan."
    )
    found = read(text, books)
    assert found["city"].place.name == "El Fasher"
    assert found["capital"].place.name == "Khartoum"


def test_named_capital_does_not_count_twice(books: PlaceBooks) -> None:
    assert "capital" not in read("Blasts shook the capital Khartoum in Sudan.", books)


def test_facilities_and_waters(books: PlaceBooks) -> None:
    found = read("Drones hit the Zaporizhzhia nuclear power plant. A ship sank in the Red Sea.", books)
    assert found["Zaporizhzhia nuclear power plant"].place.precision == 1
    assert found["Red Sea"].place.precision == 7


def test_town_with_facility_noun(books: PlaceBooks) -> None:
    place = read("Shells hit the Melitopol airfield in Ukraine.", books)["Melitopol airfield"].place
    assert (place.kind, place.precision, place.country) == ("airbase", 1, "UA")


def test_demonyms_on_request_only(books: PlaceBooks) -> None:
    text = "Syrian troops left Hama."
    assert set(read(text, books)) == {"Hama"}
    assert read(text, books, demonyms=True)["Syrian"].use == "modifier"


def test_article_is_no_part_of_a_country_name(books: PlaceBooks) -> None:
    assert set(read("The United States sent ships. The Hague stayed silent.", books)) == {
        "United States",
        "The Hague",
    }


def test_dateline_names_its_place(books: PlaceBooks) -> None:
    text = "GOMA, Congo, March 2 (Agency) — Shots were heard."
    layout = Layout(text=text, paragraphs=(Paragraph(start=0, end=32, kind="dateline"),), quotations=())
    place = dateline_places(layout, books)[0]
    assert (place.span.quote, place.country, place.geonames) == ("GOMA", "CD", 216281)


def test_spans_quote_the_text_and_do_not_overlap(books: PlaceBooks) -> None:
    text = (
        "Fighting in Wad Madani, Sudan’s Gezira state, spread towards Sennar and al-Managil, residents said."
    )
    layout = segment(Report(text=text))
    mentions = find_places(parse(layout), layout, books)
    end = -1
    for mention in mentions:
        span = mention.place.span
        assert text[span.start : span.end] == span.quote
        assert span.start >= end
        end = span.end
    assert len(mentions) >= 4


def test_long_line_without_names_is_no_trouble(books: PlaceBooks) -> None:
    layout = segment(Report(text=""))
    assert find_places(parse(layout), layout, books) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("US envoys left. Taliban fighters entered Kabul, and gunmen took posts in the capital.", "Kabul"),
        ("Speaking in Geneva, the envoy said shells hit Sanaa. Shots rang out in the capital.", "Sanaa"),
        ("Chad closed all schools in the capital after the riot.", "N'Djamena"),
    ],
)
def test_the_capital_is_that_of_the_nearest_scene(text: str, name: str, books: PlaceBooks) -> None:
    assert read(text, books)["capital"].place.name == name


def test_the_capital_is_not_that_of_who_speaks(books: PlaceBooks) -> None:
    text = "Insurgents fired mortars at the capital, the Pentagon said. US officials voiced concern."
    assert "capital" not in read(text, books)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Militants attacked a camp in Kashmir, police said.", "Kashmir", None),
        ("Two people died in Rusi, the police said.", "Rusi", None),
        ("Myanmar junta troops burned houses in Kanan village.", "Kanan", "MM"),
        ("Farmers were shot in Thornbury, a Malian army officer said in Bamako.", "Thornbury", "ML"),
    ],
)
def test_a_small_town_needs_its_country_told_of(
    text: str, name: str, country: str | None, books: PlaceBooks
) -> None:
    place = read(text, books)[name].place
    assert (place.geonames, place.lat if name != "Kashmir" else None, place.country) == (None, None, country)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Guerrillas attacked San Miguel at dawn. The FMLN said its men withdrew.", "San Miguel", "SV"),
        ("Sudanese jets bombed Khartoum. Explosions were heard in Yarmouk.", "Yarmouk", "SD"),
        ("Syrian jets bombed Damascus. Explosions were heard in Yarmouk.", "Yarmouk", "SY"),
        ("Clashes in Blue Nile killed 13 people, Sudanese doctors said.", "Blue Nile", "SD"),
        ("The crossing in Indian Kashmir was shut.", "Indian Kashmir", "IN"),
        ("He flew to LA on Monday.", "LA", "US"),
    ],
)
def test_namesakes_lie_where_the_war_is(text: str, name: str, country: str, books: PlaceBooks) -> None:
    assert read(text, books)[name].place.country == country


@pytest.mark.parametrize(
    "text",
    [
        "FIGHTING WAS REPORTED IN LA CABANA. TROOPS ENTERED LA CABANA.",
        "Car bomb kills nine. It hurt us all. The Car of the mayor burned.",
        "Mr Shevchenko heard the blast. Neighbours found Schevchenko in the yard.",
        "Sheffield's mother wept. Odessa's wife told reporters that he had been killed.",
        "Antony Blinken met the envoy. Antony said the talks went well.",
        "The rebels would free all. Free medicine was given.",
        'She sang "Georgia" on the album Nevada.',
        "Worshippers fled All Saints Church.",
    ],
)
def test_people_songs_saints_and_common_words_are_no_places(text: str, books: PlaceBooks) -> None:
    assert read(text, books) == {}


@pytest.mark.parametrize(
    ("text", "name", "use"),
    [
        ("Ukraine, Russia trade blame over shelling of plant", "Ukraine", "actor"),
        ("Ukraine, Russia trade blame over shelling of plant", "Russia", "actor"),
        ("India and Pakistan exchange fire across the line", "India", "actor"),
        ("Moscow accused Kiev of shelling a dam.", "Kiev", "actor"),
        ("Moscow’s forces shelled the port.", "Moscow", "actor"),
        ("The dead were handed over to Kyiv on Friday.", "Kyiv", "actor"),
        ("Children were deported to Russia.", "Russia", "locative"),
        ("Arms exports to Israel were halted.", "Israel", "locative"),
        ("Blasts shook Kyiv's suburbs.", "Kyiv", "locative"),
    ],
)
def test_states_that_act_are_no_scene(text: str, name: str, use: str, books: PlaceBooks) -> None:
    assert read(text, books)[name].use == use
