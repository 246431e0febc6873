"""What must not come out: names of private people, sharp places, fresh events; and which events are asked for."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook.places import distance_km
from dateline.export.acled import acled
from dateline.export.book import load_export_book
from dateline.export.claim_review import claim_reviews
from dateline.export.coarsen import in_division, on_grid
from dateline.export.columns import TABLES
from dateline.export.delimited import csv_table
from dateline.export.filters import Box, Circle, Filter, FilterError, filter_to_json
from dateline.export.ftm import follow_the_money
from dateline.export.ged import ged
from dateline.export.geojson import geojson
from dateline.export.json_lines import json_table
from dateline.export.kml import kml
from dateline.export.parquet import write_parquet
from dateline.export.people import NameBook, find_people
from dateline.export.protect import Protections, protect
from dateline.export.redact import WITHHELD, Redactor
from dateline.export.timeline import timeline
from dateline.model.event import Event
from dateline.model.text import Report
from dateline.reading.kit import load_kit
from dateline.reading.read import read_report
from published import (
    CRASH,
    DRONE,
    EVENTS,
    MARKET,
    PRIVATE,
    PUBLIC,
    R1,
    SHELLING,
    STRIKE,
    THREAT,
    VICTIM,
    entry,
    kadugli,
    origin,
    span,
)

BOOK = load_export_book()


def size(key: str) -> int | None:
    return max((place.population for place in BOOK.gazetteer.find_key(key)), default=None)


NAMES = NameBook(actors=BOOK.actors, publicity=BOOK.publicity, size=size)


def exports(events: tuple[Event, ...], folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every export as text; Parquet is read back, since its pages are compressed."""
    for table in TABLES:
        yield f"{table.name}.csv", csv_table(table, events)
        yield f"{table.name}.jsonl", json_table(table, events)
        write_parquet(table, events, folder / "t.parquet")
        yield f"{table.name}.parquet", str(pyarrow.parquet.read_table(folder / "t.parquet").to_pylist())
    yield "geojson", geojson(events)
    yield "kml", kml(events).decode()
    yield "acled", acled(events, BOOK)
    yield "ged", ged(events, BOOK)
    yield "timeline", timeline(events, "t")
    yield "claimreview", claim_reviews(events, "Desk")
    yield "ftm", follow_the_money(events, BOOK)


def squashed(text: str) -> str:
    return re.sub(r"[\W_]+", "", unquote(text)).casefold()


def test_no_name_of_a_private_person_is_in_any_export(tmp_path: Path) -> None:
    events = protect(EVENTS, Protections(), BOOK).events
    for name, text in exports(events, tmp_path):
        for private in PRIVATE:
            assert private.casefold() not in squashed(text), (name, private)
    assert WITHHELD in csv_table(TABLES[1], events)


def test_public_figures_stay(tmp_path: Path) -> None:
    written = "".join(text for _, text in exports(protect(EVENTS, Protections(), BOOK).events, tmp_path))
    for name in PUBLIC:
        assert name in written


def test_without_redaction_names_are_there(tmp_path: Path) -> None:
    written = "".join(text for _, text in exports(EVENTS, tmp_path))
    for private in ("Amal Tirab", "Yusuf Tirab", "Tevita Moala"):
        assert private in written


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from strings(part)
    elif is_dataclass(value):
        for item in fields(value):
            yield from strings(getattr(value, item.name))


def test_no_string_of_a_protected_event_holds_a_name() -> None:
    # Whatever a later format writes, it cannot write what the events do not hold.
    for text in strings(protect(EVENTS, Protections(), BOOK).events):
        assert not any(private.casefold() in squashed(text) for private in PRIVATE), text


def test_reports_keep_their_ids_and_lose_their_texts() -> None:
    (event, *_) = protect(EVENTS, Protections(), BOOK).events
    report = event.entries[0].report
    assert (report.id, report.digest, report.text, report.name) == (R1.id, R1.digest, "", None)
    assert report.url == "https://example.org/"


# Own-written texts: the names in the first column may not be read in what comes out, those in the second must.
TEXTS = [
    ("Mr Kasongo died on Friday. Kasongo's wife wept.", "Kasongo", ""),
    ("The dead include Zsolt Kerekes (41), Réka Kerekes (39) and their son Bence, 6.", "Zsolt Kerekes Réka Bence", ""),
    ("“I saw it all,” said Wanjiku Otieno, who sells maize. Otieno hid in a ditch.", "Wanjiku Otieno", ""),
    ("OLENA MELNYK, 71, DID NOT LEAVE\n\nMelnyk stayed in her flat, her neighbour said.", "Olena Melnyk MELNYK", ""),
    ("A resident named Tarpeh said shells fell. Defence Minister Joseph Boakai Weah denied it.", "Tarpeh", "Joseph Boakai Weah"),
    ("His daughter, Noor al-Huda Sabbagh, was hit. Al-Huda was nine.", "Noor Huda Sabbagh", ""),
    ("Pedro J. Quispe and María del Carmen Rojas were buried.", "Pedro Quispe María Carmen Rojas", ""),
    ("Amal Haddad was killed in Tyre. The Amal movement mourned. Amal's mother fainted.", "Haddad", "Tyre"),
    ("Private Ivan Sokolenko, 19, was shot. General Petro Sokolenko gave no comment.", "Ivan", "General"),
    ("Analyst Greta Lindqvist said the toll would rise. A nurse, Petra Lindgren, agreed.", "Petra Lindgren", ""),
    ("The photographer Jean-Luc Mbeki-Diallo was found dead. Mbeki-Diallo had two children.", "Luc Diallo", ""),
    ("Rescuers found Nguyen Thi Hoa. Call her brother at +84 912 345 678 or hoa.nguyen@mail.example.", "Nguyen Hoa 912 mail", ""),
    ("The mayor said that Lucía Ferrer was safe. Mayor Inés Duarte spoke at noon.", "Lucía Ferrer", "Inés Duarte"),
    ("Among them was Jose\u0301 Mari\u0301n, a baker; Jo\u200bsé Marín left a son.", "José Marín", ""),
    ("In Ghent the father, Thabo\nNkosi, waited. THABO NKOSI wept.", "Thabo Nkosi", ""),
    ("Sukarni, a farmer, was in the field. Wulandari was badly wounded.", "Sukarni Wulandari", ""),
    ("The victims were named as Mustapha, Budiono and Wakaba.", "Mustapha Budiono Wakaba", ""),
    ("Hope Nakato, 5, lost her hand. Shelling resumed.", "Hope Nakato", "Shelling"),
    ("Andrew Hill of Plymouth, Jack White and Leon Lord were freed. Hill wept.", "Andrew Hill Jack White Leon Lord", "Plymouth"),
    ("Rukundo told the Lake Tribune that he hid; Rukundo's goats died.", "Rukundo", "Lake Tribune"),
    ("In Adré, a town of refugees, Zeneba had been shot.", "Zeneba", "Adré"),
    ("Shahid Rahmani's aunt was killed; see #ShahidRahmani and @rahmani_shahid.", "Shahid Rahmani", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "gone", "kept"), TEXTS)
def test_private_names_are_taken_out_of_words(text: str, gone: str, kept: str) -> None:
    people = find_people({"r": text}, ["Analyst Greta Lindqvist"], [], NAMES)
    written = Redactor(people).words(text, frozenset(people.shared.get("r", set())))
    for name in gone.split():
        assert squashed(name) not in squashed(written), written
    assert kept in written
    assert WITHHELD in written


def test_a_name_is_gone_from_words_of_other_claims_and_reports() -> None:
    other = "Tirab's pupils marched in Dilling. Relatives of Amal Tirab spoke.\n"
    report = Report(
        text=other, title="Pupils remember Tirab", publisher="Tirab Weekly", url="https://tirab.example/x"
    )
    claim = replace(
        CRASH, id="9" * 16, evidence=span(other, "Tirab's pupils marched in Dilling"), attribution=(),
    )  # fmt: skip
    march = replace(
        THREAT,
        id="e4",
        title="March for Tirab",
        entries=(entry(claim, report),),
        origins=(origin("Tirab Weekly", claim, id="tirab-weekly"),),
    )
    events = protect([SHELLING, march], Protections(), BOOK).events
    for text in strings(events):
        assert "tirab" not in text.casefold(), text
    assert events[1].entries[0].report.url is None
    assert events[1].origins[0].id != "tirab-weekly"


def test_a_name_that_only_a_claim_tells_is_gone_too() -> None:
    victim = replace(VICTIM, targets=(replace(VICTIM.targets[0], name="Kojo Asante-Mensah"),))
    event = replace(SHELLING, entries=(entry(victim, R1),), title="Killing of Kojo Asante-Mensah")
    (found,) = protect([event], Protections(), BOOK).events
    assert not any(name in text for text in strings(found) for name in ("Kojo", "Asante", "Mensah"))


def test_known_leaders_places_and_bodies_are_not_taken_out() -> None:
    report = replace(
        R1, publisher="Sahel Desk", text="BAMAKO (Sahel Desk) — Twelve died.", title="Twelve died"
    )
    (event, *_) = protect([replace(SHELLING, entries=(entry(STRIKE, report),))], Protections(), BOOK).events
    assert event.entries[0].report.publisher == "Sahel Desk"
    text = (
        "President Volodymyr Zelensky met Antonio Guterres in Lviv. The Rapid Support Forces and Human Rights Watch "
        "spoke of Khartoum, South Kordofan and the Red Crescent. On Monday the Ministry of Health in Gaza City agreed."
    )
    people = find_people({"r": text}, [], [], NAMES)
    assert Redactor(people).words(text) == text


@given(st.text(max_size=200))
def test_any_text_can_be_gone_over(text: str) -> None:
    people = find_people({"r": text + "\n\nAmal Tirab, 34, died."}, [text], [text], NAMES)
    assert "Tirab" not in Redactor(people).words(f"{text} Tirab")


STORIES = (
    "Rockets kill nine in Omdurman, baker Idris Khalifa among them\n\n"
    "OMDURMAN, July 9 (Nile Wire) — Rockets killed nine people in Omdurman on Saturday, the health ministry said.\n\n"
    "The dead were named as Idris Khalifa, 52, a baker, and his daughters Huda and Mawadda. “Idris had just opened,” said "
    "Salwa Khalifa, his widow. Army spokesman Nabil Abdallah denied that the army had fired.\n",
    "Militia abducts teacher\n\nGunmen abducted Chidera Okonjo-Bello from a school near Maiduguri on Tuesday, her brother "
    "Emeka told Borno Daily. Governor Babagana Zulum said that soldiers killed four of the gunmen. Okonjo-Bello, a teacher, "
    "was freed, Dr Ngozi Eze said. Three pupils were wounded, according to nurse Comfort Musa.\n",
)
VICTIMS = (
    "Khalifa",
    "Huda",
    "Mawadda",
    "Salwa",
    "Chidera",
    "Okonjo",
    "Bello",
    "Emeka",
    "Ngozi",
    "Eze",
    "Comfort",
    "Musa",
)


def test_names_that_dateline_itself_reads_are_gone_from_every_export(tmp_path: Path) -> None:
    kit = load_kit()
    events = []
    for text in STORIES:
        report = Report(
            text=text, title=text.split("\n")[0], published=date(2023, 7, 10), publisher="Nile Wire"
        )
        for claim in read_report(report, kit).claims:
            speakers = [a.source.name or a.source.span.quote for a in claim.attribution if a.source]
            origins = tuple(origin(name, claim) for name in dict.fromkeys(speakers))
            fillers = tuple(filler.name or "" for filler in claim.targets)
            title = f"{claim.type}: {claim.evidence.quote}"
            events.append(
                replace(SHELLING, id=claim.id, type=claim.type, title=title, entries=(entry(claim, report),),
                        place=claim.place, targets=fillers, origins=origins, counts=(), contradictions=(), ranges=())
            )  # fmt: skip
    assert len(events) >= 6
    plain = "".join(text for _, text in exports(tuple(events), tmp_path))
    assert sum(name in plain for name in VICTIMS) >= 8
    for name, text in exports(protect(events, Protections(), BOOK).events, tmp_path):
        for victim in VICTIMS:
            assert not re.search(rf"(?i)\b{victim}", text), (name, victim)
    written = "".join(text for _, text in exports(protect(events, Protections(), BOOK).events, tmp_path))
    for kept in ("Nabil Abdallah", "Zulum", "Omdurman", "Maiduguri", "Nile Wire"):
        assert kept in written, kept


# Coarsening


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(0, 300), st.integers(1, 1000))
def test_a_cell_holds_the_place_and_is_never_sharper(lat: float, lon: float, radius: float, km: int) -> None:
    place = kadugli(MARKET, lat=lat, lon=lon, radius_km=radius, precision=1)
    cell = on_grid(place, km)
    assert cell is not None
    assert cell.lat is not None
    assert cell.lon is not None
    assert cell.radius_km is not None
    assert cell.precision is not None
    assert distance_km(lat, lon, cell.lat, cell.lon) + radius <= cell.radius_km * 1.01 + 0.1
    assert cell.radius_km >= km / 2
    assert cell.radius_km % km == 0
    assert cell.precision >= 2
    assert (cell.geonames, cell.id, cell.span.quote) == (None, None, "")


@given(st.floats(-80, 80), st.floats(-179, 179))
def test_places_of_one_cell_cannot_be_told_apart(lat: float, lon: float) -> None:
    cell = on_grid(kadugli(MARKET, lat=lat, lon=lon), 50)
    assert cell is not None
    assert on_grid(replace(cell, radius_km=3.2, precision=2), 50) == cell


def test_nothing_of_a_coarsened_event_betrays_the_place(tmp_path: Path) -> None:
    protected = protect(EVENTS, Protections(coarsen=50), BOOK)
    for name, text in exports(protected.events, tmp_path):
        for word in (
            "Kadugli",
            "11.0111",
            "29.7183",
            "373141",
            "Taveuni",
            "market",
            "South Kordofan",
            "islands",
            "Army Daily",
        ):
            assert word not in text, (name, word)
    event = protected.events[0]
    assert (event.country, event.actors) == ("SD", ("Sudan",))
    assert event.counts[0].low == 12
    assert event.place is not None
    assert event.place.radius_km == 50


def test_coarsening_to_divisions() -> None:
    division = in_division(kadugli(MARKET), BOOK)
    assert division is not None
    assert (division.name, division.precision, division.geonames) == ("South Kordofan", 4, None)
    unknown = replace(SHELLING, place=kadugli(MARKET, geonames=None, id=None))
    (event,) = protect([unknown], Protections(coarsen="admin1"), BOOK).events
    assert (event.place, event.country) == (None, "SD")


# Delay


def test_fresh_events_are_left_out() -> None:
    day = date(2024, 3, 11)
    protected = protect(EVENTS, Protections(delay_days=5, day=day), BOOK)
    assert [event.id for event in protected.events] == [SHELLING.id]
    assert protected.delayed == 2
    assert len(protect(EVENTS, Protections(delay_days=2, day=day), BOOK).events) == 3
    with pytest.raises(FilterError, match="as-of"):
        Protections(delay_days=3)


# Filters


@pytest.mark.parametrize(
    ("wanted", "passing"),
    [
        (Filter(), (SHELLING, DRONE, THREAT)),
        (Filter(types=("strike",)), (SHELLING, DRONE)),
        (Filter(types=("*.shelling", "state.*")), (SHELLING, THREAT)),
        (Filter(types=("strik",)), ()),
        (Filter(start=date(2024, 3, 5)), (DRONE,)),
        (Filter(end=date(2024, 3, 3)), (DRONE,)),
        (Filter(start=date(2024, 3, 4), end=date(2024, 3, 4)), (SHELLING, DRONE)),
        (Filter(countries=("SD", "UA")), (SHELLING,)),
        (Filter(box=Box(west=29, south=11, east=30, north=12)), (SHELLING,)),
        (Filter(box=Box(west=179, south=-20, east=-179, north=0)), (DRONE,)),
        (Filter(box=Box(west=-179, south=-20, east=179, north=0)), ()),
        (Filter(near=Circle(lat=11.0, lon=29.7, km=5)), (SHELLING,)),
        (Filter(near=Circle(lat=-16.9, lon=-179.98, km=6)), (DRONE,)),
        (Filter(certainty=("hedged",)), ()),
        (Filter(certainty=("certain",), origins=2), (SHELLING,)),
        (Filter(reviews=("accepted", "unsure")), (SHELLING,)),
        (Filter(reality=("threatened",)), (THREAT,)),
        (Filter(measures=("killed",)), (SHELLING,)),
        (Filter(measures=("displaced",)), ()),
    ],
)
def test_filters(wanted: Filter, passing: tuple[Event, ...]) -> None:
    assert tuple(event for event in EVENTS if wanted.matches(event)) == passing


@pytest.mark.parametrize(
    "make",
    [
        lambda: Box(west=0, south=5, east=1, north=4),
        lambda: Box(west=-190, south=5, east=1, north=6),
        lambda: Circle(lat=91, lon=0, km=1),
        lambda: Filter(start=date(2024, 1, 2), end=date(2024, 1, 1)),
        lambda: Protections(coarsen=0.2),
        lambda: Protections(delay_days=-1),
    ],
)
def test_filters_that_no_event_could_mean_are_refused(make: Any) -> None:
    with pytest.raises(FilterError):
        make()


def test_a_filter_is_written_with_what_is_set() -> None:
    wanted = Filter(types=("strike",), start=date(2024, 1, 1), box=Box(west=1, south=2, east=3, north=4))
    assert filter_to_json(wanted) == {
        "types": ["strike"], "start": "2024-01-01", "box": {"west": 1, "south": 2, "east": 3, "north": 4},
    }  # fmt: skip
