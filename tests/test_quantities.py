"""Quantities, figures, losses and instruments, on sentences of several wars."""

import time

import pytest

from dateline.codebook.quantities import QuantityBook, load_quantities
from dateline.codebook.tables import Sources
from dateline.model.text import Report
from dateline.reading.figures import find_figures
from dateline.reading.instruments import find_instruments
from dateline.reading.losses import find_losses
from dateline.reading.parse import parse
from dateline.reading.quantities import QuantityMention, find_quantities
from dateline.reading.segment import segment
from dateline.reading.tokens import Parse


@pytest.fixture(scope="module")
def book() -> QuantityBook:
    sources = Sources()
    loaded = load_quantities(sources)
    assert not sources.faults
    return loaded


def parsed(text: str) -> Parse:
    return parse(segment(Report(text=text)))


def quantities(text: str, book: QuantityBook) -> list[QuantityMention]:
    return list(find_quantities(parsed(text), book))


def figures(text: str, book: QuantityBook) -> list[tuple[str, int, int | None, str]]:
    read = parsed(text)
    found = find_figures(read, find_quantities(read, book), book)
    return [(f.figure.measure, f.figure.low, f.figure.high, f.figure.of) for f in found]


def losses(text: str, book: QuantityBook) -> list[tuple[str, str, int | None]]:
    read = parsed(text)
    found = find_losses(read, find_quantities(read, book), book)
    return [(f.loss.status, f.loss.item, f.loss.count) for f in found]


@pytest.mark.parametrize(
    ("text", "low", "high", "noun"),
    [
        ("Fifty villagers left Kadugli.", 50, 50, "villagers"),
        ("At least 50 villagers left Kadugli.", 50, None, "villagers"),
        ("Up to 50 villagers left Kadugli.", 0, 50, "villagers"),
        ("More than 1,351 villagers left Kadugli.", 1351, None, "villagers"),
        ("About two hundred and fifty thousand people left Kadugli.", 250_000, 250_000, "people"),
        ("Between 3 and 5 children left Kadugli.", 3, 5, "children"),
        ("The militia freed 20-30 prisoners.", 20, 30, "prisoners"),
        ("Twenty to thirty prisoners were freed.", 20, 30, "prisoners"),
        ("Dozens of families left Kadugli.", 24, None, "families"),
        ("Hundreds of thousands of people left Kadugli.", 200_000, None, "people"),
        ("Tens of thousands of people left Kadugli.", 20_000, None, "people"),
        ("More than a dozen students left Kadugli.", 12, None, "students"),
        ("Two dozen students left Kadugli.", 24, 24, "students"),
        ("Half a million people left Kadugli.", 500_000, 500_000, "people"),
        ("Some 5 million refugees live in Jordan.", 5_000_000, 5_000_000, "refugees"),
        ("Around 6k men guard the border.", 6000, 6000, "men"),
        ("Forty-eight soldiers guard the border.", 48, 48, "soldiers"),
        ("Two or three soldiers guard the border.", 2, 3, "soldiers"),
        ("A woman crossed the border.", 1, 1, "woman"),
    ],
)
def test_a_count_has_its_bounds_and_its_noun(
    text: str, low: int, high: int | None, noun: str, book: QuantityBook
) -> None:
    found = [q for q in quantities(text, book) if q.kind == "count"]
    assert [(q.low, q.high, q.noun.text if q.noun else None) for q in found] == [(low, high, noun)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Omar Haddad, 43, was hurt.", "age"),
        ("A boy aged 5 was hurt.", "age"),
        ("A 5-year-old boy was hurt.", "age"),
        ("It began on May 5 in Homs.", "date"),
        ("It began in 2014 in Homs.", "date"),
        ("It began at 5.30 am in Homs.", "clock"),
        ("It cost $5bn to rebuild.", "money"),
        ("Some 40 percent of Homs is in ruins.", "percent"),
        ("Half of the town is in ruins.", "share"),
    ],
)
def test_numbers_that_count_nobody_keep_their_kind(text: str, kind: str, book: QuantityBook) -> None:
    found = [q for q in quantities(text, book) if q.number.lower not in ("a", "an")]
    assert [q.kind for q in found] == [kind]


def test_model_numbers_and_ordinals_are_no_quantities(book: QuantityBook) -> None:
    assert not quantities("The 117th brigade moved its T-72 and S-300 forward.", book)


def test_a_measure_has_its_si_value(book: QuantityBook) -> None:
    [found] = quantities("The column stood 20 miles from Aleppo.", book)
    assert found.unit is not None
    assert found.unit.id == "mile"
    assert found.si == pytest.approx((32186.88, 32186.88))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Five killed in market blast", [("killed", 5, 5, "people")]),
        ("3 killed, 12 hurt in shelling", [("killed", 3, 3, "people"), ("wounded", 12, 12, "people")]),
        (
            "The army killed six villagers and injured 11 more.",
            [("killed", 6, 6, "civilians"), ("wounded", 11, 11, "civilians")],
        ),
        ("Nineteen people died when the roof of the school fell.", [("killed", 19, 19, "people")]),
        ("The death toll in the attack on Maiduguri has risen to 61.", [("killed", 61, 61, "people")]),
        ("The deaths of 12 soldiers shocked Bogota.", [("killed", 12, 12, "combatants")]),
        ("The rebels lost 200 troops.", [("killed", 200, 200, "combatants")]),
        (
            "Jets struck the camp, killing at least 31 people, including four children.",
            [("killed", 31, None, "people")],
        ),
        (
            "The blast left 12 dead and 30 wounded.",
            [("killed", 12, 12, "people"), ("wounded", 30, 30, "people")],
        ),
        ("The attack claimed 14 lives.", [("killed", 14, 14, "people")]),
        ("Bodies of 90 civilians were found near El Mozote.", [("killed", 90, 90, "civilians")]),
        ("They found a mass grave with 20 bodies.", [("killed", 20, 20, "people")]),
        ("A mother and son were killed by gunmen in Idlib.", [("killed", 2, 2, "civilians")]),
        ("Forty men were taken prisoner.", [("captured", 40, 40, "people")]),
        ("Two million refugees fled Sudan.", [("displaced", 2_000_000, 2_000_000, "civilians")]),
        ("Ambulance drivers were killed in Gaza.", [("killed", 2, None, "civilians")]),
        (
            "At least one soldier and two nurses were killed.",
            [("killed", 3, None, "people")],
        ),
        ("One victim was hospitalised.", [("wounded", 1, 1, "people")]),
        ("No civilians were killed.", []),
        ("About 300 people were killed or wounded.", []),
        ("Soldiers shot dead five protesters.", [("killed", 5, 5, "civilians")]),
        ("Eight people, including three children, were injured.", [("wounded", 8, 8, "people")]),
        ("The number of Kurdish children wounded rises to 83.", [("wounded", 83, 83, "civilians")]),
        ("Nine villagers were shot.", [("wounded", 9, 9, "civilians")]),
        ("The raid caused dozens of deaths.", [("killed", 24, None, "people")]),
        ("Militants captured a district in the north.", []),
        ("The court sentenced two Britons to death.", []),
        ("The army drove the rebels out of Aleppo.", []),
        ("In Cuzco, rebels blew up a bus.", []),
        ("Twelve rebels blew up a bridge near Cali.", []),
        ("A total of 310 rebels and 45 soldiers were killed.", [("killed", 355, 355, "combatants")]),
        ("In the war 1,853 guerrillas and 457 soldiers died.", [("killed", 2310, 2310, "combatants")]),
        ("Soldiers attacked 12 rebels and 5 civilians died.", [("killed", 5, 5, "civilians")]),
        (
            "7 OTHER PEOPLE DEAD AND 30 INJURED",
            [("killed", 7, 7, "people"), ("wounded", 30, 30, "people")],
        ),
        ("Units of the General Staff were killed at the base.", []),
        ("Some 20 men were killed, wounded or captured.", []),
        ("Ten men were either killed or seriously injured.", []),
        ("The rebels lost 200 men, killed or wounded.", []),
        (
            "The gunmen wounded 14 guards and killed three soldiers.",
            [("wounded", 14, 14, "people"), ("killed", 3, 3, "combatants")],
        ),
        ("The loss of enemy personnel is about 4,150.", [("killed", 4150, 4150, "combatants")]),
        ("Losses: 2,100 soldiers, 60 tanks and 15 helicopters.", [("killed", 2100, 2100, "combatants")]),
        ("The losses were heavy and 30 rebels died.", [("killed", 30, 30, "combatants")]),
        (
            "Ethiopia lost 20 soldiers and Eritrea nine.",
            [("killed", 20, 20, "combatants"), ("killed", 9, 9, "combatants")],
        ),
        ("Up to 200 may have died in the collapse.", [("killed", 0, 200, "people")]),
        ("The toll rose by 12 to 19.", [("killed", 19, 19, "people")]),
        ("There were no casualties.", []),
        (
            "The war has killed 63 and injured 91 children.",
            [
                ("killed", 63, 63, "civilians"),
                ("wounded", 91, 91, "civilians"),
            ],
        ),
        ("The number of people killed in the raid on Goma rose to 17.", [("killed", 17, 17, "people")]),
        ("Nine were freed and 51 taken hostage.", [("captured", 51, 51, "civilians")]),
        ("Gunmen took 40 pupils hostage.", [("captured", 40, 40, "civilians")]),
        ("The arrest of eight army members caused a dispute.", [("captured", 8, 8, "combatants")]),
        ("Combat losses in Tigray exceed 1,400 troops.", [("killed", 1400, 1400, "combatants")]),
        ("There were 30 passengers, of whom 12 were wounded.", [("wounded", 12, 12, "people")]),
        ("The general wants to destroy cities before capturing them.", []),
        ("Dead: 14; wounded: 33.", [("killed", 14, 14, "people"), ("wounded", 33, 33, "people")]),
        ("One dead, 27 missing after fire", [("killed", 1, 1, "people"), ("missing", 27, 27, "people")]),
    ],
)
def test_a_figure_has_measure_bounds_and_people(
    text: str, expected: list[tuple[str, int, int | None, str]], book: QuantityBook
) -> None:
    assert figures(text, book) == expected


def test_a_figure_is_tied_to_the_word_that_says_it(book: QuantityBook) -> None:
    read = parsed("Shelling killed 6,000 Iranian troops near Basra.")
    [found] = find_figures(read, find_quantities(read, book), book)
    assert found.predicate.text == "killed"
    assert found.figure.span.quote == "6,000"
    assert found.figure.of_span is not None
    assert found.figure.of_span.quote == "Iranian troops"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Air defences destroyed 13 Libyan air targets.", [("destroyed", "air targets", 13)]),
        ("The navy downed seven of eight cruise missiles.", [("destroyed", "cruise missiles", 7)]),
        (
            "The brigade lost two tanks and three armoured cars.",
            [("destroyed", "tanks", 2), ("destroyed", "armoured cars", 3)],
        ),
        ("Argentina's cruiser General Belgrano sank.", [("destroyed", "cruiser General Belgrano", 1)]),
        ("Fighters captured three T-55s near Mekelle.", [("captured", "T-55s", 3)]),
        ("The garrison abandoned its vehicles.", [("abandoned", "vehicles", None)]),
        ("Rebels shot down a drone near Aden.", [("destroyed", "drone", 1)]),
        ("The army destroyed 13 units of military equipment.", [("destroyed", "military equipment", 13)]),
        ("Sixty people died after a fire on the frigate Sahand.", [("damaged", "frigate Sahand", 1)]),
        ("Missiles destroyed a school and a market.", []),
        ("The drones struck three warships in the port.", []),
        ("Missiles hit homes and destroyed a cannery.", []),
        ("The raid destroyed the 49th Combined Arms Army.", []),
        ("Two army trucks were set ablaze.", [("destroyed", "army trucks", 2)]),
        ("A mine holed a warship off Aden.", [("damaged", "warship", 1)]),
        ("Losses: 900 personnel, 72 tanks.", [("destroyed", "tanks", 72)]),
        (
            "Losses of the army were: personnel - about 430 men, tanks - 12, howitzers - 3.",
            [("destroyed", "tanks", 12), ("destroyed", "howitzers", 3)],
        ),
    ],
)
def test_a_loss_has_status_item_and_count(
    text: str, expected: list[tuple[str, str, int | None]], book: QuantityBook
) -> None:
    assert losses(text, book) == expected


def test_the_longest_instrument_wins(book: QuantityBook) -> None:
    read = parsed("A car bomb and mortar fire hit Baghdad; barrel bombs fell on Aleppo.")
    found = [(read.span(i.first, i.last).quote, i.means) for i in find_instruments(read, book)]
    assert found == [("car bomb", "explosive"), ("mortar fire", "shelling"), ("barrel bombs", "air")]


@pytest.mark.parametrize(
    "text",
    [
        "The Strategic Rocket Forces held a drill.",
        "Fighting raged near the Nasiriyah Barrage.",
        "The bomb squad came to the market.",
    ],
)
def test_a_weapons_word_within_another_name_is_no_instrument(text: str, book: QuantityBook) -> None:
    assert not find_instruments(parsed(text), book)


def test_aircraft_that_are_hit_are_instruments_too(book: QuantityBook) -> None:
    names = [found.first for found in find_instruments(parsed("Jets hit four enemy aircraft."), book)]
    assert names == [0, 4]


def test_reading_stays_within_its_time(book: QuantityBook) -> None:
    read = parsed("Shelling killed 12 people and destroyed two tanks in Homs on May 5. " * 40)
    start = time.perf_counter()
    found = find_quantities(read, book)
    find_figures(read, found, book)
    find_losses(read, found, book)
    find_instruments(read, book)
    # the budget is 20 microseconds a word for each of four steps; ten times that on a loaded machine
    assert time.perf_counter() - start < len(read.tokens) * 80e-6 * 10
