"""Exports in the columns of ACLED and of UCDP GED: headers exact, nothing invented."""

from dataclasses import replace
from datetime import date

import pytest

import dateline
from dateline.codebook.states import load_states
from dateline.codebook.tables import Sources
from dateline.export.acled import HEADER as ACLED
from dateline.export.acled import acled, acled_row
from dateline.export.book import load_export_book
from dateline.export.ged import HEADER as GED
from dateline.export.ged import date_prec, ged, ged_row, priogrid_gid
from published import DRONE, EVENTS, MARKET, SHELLING, STRIKE, THREAT, kadugli, rows

BOOK = load_export_book()


# ACLED

ACLED_COLUMNS = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 "
    "assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude "
    "geo_precision source source_scale notes tags fatalities timestamp"
)


def test_acled_has_exactly_its_31_columns() -> None:
    header = acled(EVENTS, BOOK).splitlines()[0]
    assert header.split(",") == ACLED_COLUMNS.split()
    assert len(ACLED) == 31


def test_acled_row_of_a_shelling() -> None:
    row = acled_row(SHELLING, BOOK)
    expected: dict[str, object] = {
        "event_date": date(2024, 3, 4), "year": 2024, "time_precision": 1, "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence", "sub_event_type": "Shelling/artillery/missile attack",
        "actor1": "Sudan", "inter1": "State forces", "actor2": "Civilians (Sudan)", "inter2": "Civilians",
        "interaction": "State forces-Civilians", "civilian_targeting": "Civilian targeting", "iso": 729,
        "region": "Northern Africa", "country": "Sudan", "admin1": "South Kordofan", "location": "Kadugli",
        "geo_precision": 2, "fatalities": 7, "source": "Nile Courier; Army Daily", "source_scale": None, "tags": None,
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


def test_acled_invents_nothing() -> None:
    row = acled_row(DRONE, BOOK)
    for name in ("fatalities", "actor1", "inter1", "admin1", "interaction", "source_scale", "admin3"):
        assert row[name] is None, name
    assert (row["event_date"], row["time_precision"]) == (date(2024, 3, 4), 3)
    country_only = replace(SHELLING, place=kadugli(MARKET, precision=6, radius_km=700.0))
    row = acled_row(country_only, BOOK)
    assert (row["latitude"], row["location"], row["admin1"], row["country"]) == (None, None, None, "Sudan")
    long_ago = replace(SHELLING, earliest=date(2023, 1, 1))
    assert (acled_row(long_ago, BOOK)["event_date"], acled_row(long_ago, BOOK)["year"]) == (None, None)


def test_acled_leaves_out_what_has_no_place_in_it() -> None:
    denied = replace(SHELLING, entries=tuple(e for e in SHELLING.entries if e.claim.polarity == "negative"))
    intended = replace(
        SHELLING, entries=(replace(SHELLING.entries[0], claim=replace(STRIKE, reality="intended")),)
    )
    assert len(rows(acled([THREAT, denied, intended], BOOK))) == 0
    assert len(rows(acled(EVENTS, BOOK))) == 2


@pytest.mark.parametrize(
    ("country", "side", "sub"),
    [
        ("SD", "SD", "Government regains territory"),
        ("UA", "RU", "Non-state actor overtakes territory"),
        ("SD", None, None),
    ],
)
def test_who_takes_territory_tells_the_sub_event(country: str, side: str | None, sub: str | None) -> None:
    taker = replace(STRIKE.actors[0], side=side)
    entries = (replace(SHELLING.entries[0], claim=replace(STRIKE, actors=(taker,))),)
    event = replace(SHELLING, type="battle.capture", country=country, entries=entries)
    assert acled_row(event, BOOK)["sub_event_type"] == sub


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        ("A grenade attack on a bar in Goma wounded five people on Monday.", "Grenade"),
        ("A roadside bomb exploded in Goma on Monday.", "Remote explosive/landmine/IED"),
        ("A bomb and a hand grenade exploded in Goma on Monday.", "Remote explosive/landmine/IED"),
    ],
)
def test_a_grenade_is_told_from_a_planted_bomb(text: str, sub: str) -> None:
    (claim,) = dateline.read(text).claims
    event = replace(SHELLING, type=claim.type, entries=(replace(SHELLING.entries[0], claim=claim),))
    assert acled_row(event, BOOK)["sub_event_type"] == sub


def test_protesters_are_who_protests() -> None:
    entries = (replace(SHELLING.entries[0], claim=replace(STRIKE, actors=(), targets=())),)
    row = acled_row(replace(SHELLING, type="unrest.protest", entries=entries), BOOK)
    assert (row["actor1"], row["inter1"], row["interaction"]) == (
        "Protesters (Sudan)",
        "Protesters",
        "Protesters only",
    )
    assert (row["actor2"], row["disorder_type"]) == (None, "Demonstrations")


def test_every_mapped_type_gives_an_acled_event_type() -> None:
    known = {
        "Battles",
        "Explosions/Remote violence",
        "Violence against civilians",
        "Protests",
        "Riots",
        "Strategic developments",
    }
    for name, kind in BOOK.types.items():
        if kind.acled:
            row = acled_row(replace(SHELLING, type=name), BOOK)
            assert row["event_type"] in known
            assert row["sub_event_type"] is None or ";" not in str(row["sub_event_type"])


# UCDP GED

GED_COLUMNS = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id "
    "dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources "
    "source_article source_office source_date source_headline source_original where_prec where_coordinates "
    "where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity "
    "date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"
)


def test_ged_has_exactly_its_49_columns() -> None:
    header = ged(EVENTS, BOOK).splitlines()[0]
    assert header.split(",") == GED_COLUMNS.split()
    assert len(GED) == 49


def test_ged_row_of_a_shelling() -> None:
    row = ged_row(SHELLING, BOOK)
    expected: dict[str, object] = {
        "relid": SHELLING.id, "year": 2024, "type_of_violence": None, "side_a": "Government of Sudan", "side_b": None,
        "number_of_sources": 2, "where_prec": 2, "adm_1": "South Kordofan", "geom_wkt": "POINT (29.71833 11.01111)",
        "priogrid_gid": 145860, "country": "Sudan", "country_id": 625, "region": "Africa", "event_clarity": 1, "date_prec": 1,
        "date_start": "2024-03-04 00:00:00.000", "best": 12, "high": 12, "low": 7, "deaths_unknown": 12, "deaths_civilians": 0,
        "gwnoa": 625, "gwnob": None, "conflict_name": None, "conflict_new_id": None, "active_year": None,
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    assert row["best"] == sum(int(str(row[f"deaths_{who}"])) for who in ("a", "b", "civilians", "unknown"))


def test_ged_holds_only_events_with_deaths() -> None:
    assert [row["relid"] for row in rows(ged(EVENTS, BOOK))] == [SHELLING.id]


def test_attacks_on_civilians_by_a_known_side_are_one_sided() -> None:
    row = ged_row(replace(SHELLING, type="civilians.attack"), BOOK)
    assert (row["type_of_violence"], row["side_b"], row["dyad_name"]) == (
        3,
        "Civilians",
        "Government of Sudan - Civilians",
    )


def test_priogrid_cells() -> None:
    assert priogrid_gid(-90, -180) == 1
    assert priogrid_gid(90, 180) == 259200
    # Kabul.
    assert priogrid_gid(34.531094, 69.162796) == 179779


@pytest.mark.parametrize(
    ("last", "code"),
    [(date(2024, 1, 1), 1), (date(2024, 1, 6), 2), (date(2024, 1, 7), 3), (date(2024, 1, 31), 4),
     (date(2024, 12, 31), 5), (date(2025, 12, 31), None)],
)  # fmt: skip
def test_date_precision_of_ged(last: date, code: int | None) -> None:
    assert date_prec(date(2024, 1, 1), last) == code
    assert date_prec(None, last) is None


def test_every_country_has_its_codes_once() -> None:
    sources = Sources()
    states = load_states(sources)
    assert sources.faults == []
    countries = {
        row["iso"] for row in sources.rows("countries.csv", ("iso", "status")) if row["status"] != "historic"
    }
    assert countries <= set(states)
    numbers = [state.gw for state in states.values() if state.gw is not None]
    assert len(numbers) == len(set(numbers)) == 195
    known = {
        "UA": 369,
        "RU": 365,
        "YE": 678,
        "DE": 260,
        "RS": 345,
        "SS": 626,
        "US": 2,
        "TO": 972,
        "XK": 347,
        "IL": 666,
    }
    assert {iso: states[iso].gw for iso in known} == known
    assert {state.ged_region for state in states.values()} == {
        "Africa",
        "Americas",
        "Asia",
        "Europe",
        "Middle East",
        "",
    }
    assert all(state.ged_region for state in states.values() if state.gw)
    assert (states["UA"].numeric, states["UA"].acled_region) == (804, "Europe")
