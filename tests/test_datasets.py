"""Rows of other data sets as readings: quotes that match, precision as coded, no units. All rows here are invented."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook.dataset_types import load_dataset_types
from dateline.codebook.tables import Sources
from dateline.codebook.types import load_types
from dateline.errors import InputError
from dateline.export.acled import HEADER as ACLED
from dateline.export.book import load_export_book
from dateline.export.ged import HEADER as GED
from dateline.intake.arrival import FailedInput
from dateline.intake.dataset_rows import ACLED as ACLED_FORMAT
from dateline.intake.dataset_rows import day_of
from dateline.intake.datasets import dataset_rows, kind_of, load_dataset_book, read_row
from dateline.intake.units import actor_without_unit, without_units
from dateline.model.reading import Claim, Reading
from dateline.model.text import Span

BOOK = load_dataset_book()
ACLED_ROW = {
    "event_id_cnty": "SDN90001", "event_date": "2024-03-04", "year": "2024", "time_precision": "1",
    "disorder_type": "Political violence", "event_type": "Explosions/Remote violence",
    "sub_event_type": "Shelling/artillery/missile attack", "actor1": "Military Forces of Sudan (2019-) 22nd Infantry Division",
    "assoc_actor_1": "Military Forces of Sudan (2019-); Popular Guard", "inter1": "State forces", "actor2": "Civilians (Sudan)",
    "inter2": "Civilians", "interaction": "State forces-Civilians", "civilian_targeting": "Civilian targeting", "iso": "729",
    "region": "Northern Africa", "country": "Sudan", "admin1": "South Kordofan", "admin2": "Kadugli", "location": "Kadugli",
    "latitude": "11.0111", "longitude": "29.7183", "geo_precision": "1", "source": "Nile Courier; Army Daily",
    "notes": "On 4 March 2024, the 22nd Infantry Division shelled a market in Kadugli. 12 people were killed.",
    "fatalities": "12", "timestamp": "1709683200",
}  # fmt: skip
GED_ROW = {
    "id": "990001", "relid": "SUD-2024-1-99-1", "year": "2024", "type_of_violence": "1", "side_a": "Government of Sudan",
    "side_b": "RSF", "side_a_dset_id": "112", "number_of_sources": "2", "source_headline": "Fighting near Dilling kills nine",
    "source_original": "a local rights group", "where_prec": "2", "where_coordinates": "Dilling town",
    "adm_1": "South Kordofan state", "latitude": "12.05", "longitude": "29.65", "country": "Sudan", "country_id": "625",
    "date_prec": "2", "date_start": "2024-03-01 00:00:00.000", "date_end": "2024-03-05 00:00:00.000", "deaths_a": "0",
    "deaths_b": "0", "deaths_civilians": "4", "deaths_unknown": "5", "best": "9", "high": "14", "low": "7", "region": "Africa",
}  # fmt: skip
VIINA_ROW = {
    "event_id": "v-1", "date": "20230510", "time": "08:15", "asciiname": "Orikhiv", "ADM1_NAME": "Zaporizhzhia",
    "ADM2_NAME": "Polohivskyi", "longitude": "35.78", "latitude": "47.56", "GEO_PRECISION": "ADM3", "source": "ukrnet",
    "text": "93-тя механізована бригада: обстріл міста", "t_mil_b": "1", "t_artillery_b": "1", "t_property_b": "1",
    "t_airstrike_b": "0", "a_rus_b": "1", "a_ukr_b": "0",
}  # fmt: skip


def table(path: Path, header: Any, *rows: dict[str, str], separator: str = ",") -> Path:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(header), delimiter=separator, restval="")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8-sig", newline="")
    return path


def one(path: Path) -> Reading:
    (reading,) = dataset_rows(path)
    assert isinstance(reading, Reading)
    return reading


def claim_of(reading: Reading) -> Claim:
    (claim,) = reading.claims
    return claim


def spans(value: Any) -> list[Span]:
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple):
        return [span for part in value for span in spans(part)]
    names = getattr(value, "__dataclass_fields__", {})
    return [span for name in names for span in spans(getattr(value, name))]


def assert_quotes(reading: Reading) -> None:
    found = spans(reading.claims)
    for span in found:
        assert reading.report.text[span.start : span.end] == span.quote


def test_an_acled_row(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", ACLED, ACLED_ROW)
    assert kind_of(path) == "acled"
    reading = one(path)
    claim = claim_of(reading)
    assert_quotes(reading)
    assert (claim.type, claim.trigger.quote) == ("strike.shelling", "Shelling/artillery/missile attack")
    assert (
        claim.evidence.quote
        == "On 4 March 2024, the [unit] shelled a market in Kadugli. 12 people were killed."
    )
    assert claim.time is not None
    assert (claim.time.earliest, claim.time.latest, claim.time.precision) == (
        date(2024, 3, 4),
        date(2024, 3, 4),
        "day",
    )
    assert claim.place is not None
    place = claim.place
    assert (place.name, place.lat, place.precision, place.radius_km, place.country) == (
        "Kadugli",
        11.0111,
        1,
        5.0,
        "SD",
    )
    assert [(f.measure, f.low, f.high, f.of) for f in claim.figures] == [("killed", 12, 12, "people")]
    assert next((a.name, a.side) for a in claim.actors) == ("Military Forces of Sudan (2019-)", "SD")
    assert [(t.name, t.side) for t in claim.targets] == [("Civilians (Sudan)", "civilians")]
    sources = [a.source.name for a in claim.attribution if a.source]
    assert sources == ["ACLED", "Nile Courier; Army Daily"]
    report = reading.report
    assert (report.publisher, report.published, report.published_basis, report.url) == (
        "ACLED", date(2024, 3, 6), "metadata", None,
    )  # fmt: skip
    assert {problem.code for problem in reading.problems} == {
        "dataset-meaning",
        "units-left-out",
        "columns-left-out",
    }
    assert "22nd" not in report.text
    assert "inter1" not in report.text


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [("2", date(2024, 2, 27), date(2024, 3, 10)), ("3", date(2024, 3, 1), date(2024, 3, 31))],
)
def test_vague_days_become_spans(tmp_path: Path, precision: str, first: date, last: date) -> None:
    time = claim_of(one(table(tmp_path / "a.csv", ACLED, {**ACLED_ROW, "time_precision": precision}))).time
    assert time is not None
    assert (time.earliest, time.latest) == (first, last)


def test_no_fatalities_is_no_figure(tmp_path: Path) -> None:
    assert claim_of(one(table(tmp_path / "a.csv", ACLED, {**ACLED_ROW, "fatalities": "0"}))).figures == ()


def test_a_ged_row(tmp_path: Path) -> None:
    reading = one(table(tmp_path / "g.csv", GED, GED_ROW, separator=";"))
    claim = claim_of(reading)
    assert_quotes(reading)
    assert (claim.type, claim.trigger.quote, claim.country) == ("battle.clash", "1", "SD")
    assert claim.time is not None
    assert (claim.time.earliest, claim.time.latest) == (date(2024, 3, 1), date(2024, 3, 5))
    assert claim.place is not None
    assert (claim.place.precision, claim.place.radius_km) == (2, 25.0)
    assert [(f.low, f.high, f.of) for f in claim.figures] == [(7, 14, "people"), (4, 4, "civilians")]
    assert [a.side for a in claim.actors] == ["SD"]
    assert [a.side for a in claim.targets] == ["rsf"]
    assert reading.report.published is None
    assert "low, best and high over all its sources" in reading.problems[0].message
    assert "side_a_dset_id" in reading.problems[-1].message


def test_a_viina_row(tmp_path: Path) -> None:
    reading = one(table(tmp_path / "v.csv", VIINA_ROW, VIINA_ROW))
    claim = claim_of(reading)
    assert_quotes(reading)
    assert (claim.type, claim.trigger.quote) == ("strike.shelling", "t_artillery_b: 1")
    assert claim.time is not None
    assert (claim.time.earliest, claim.time.latest) == (date(2023, 5, 9), date(2023, 5, 10))
    assert [a.side for a in claim.actors] == ["RU"]
    assert (claim.country, claim.figures) == ("UA", ())
    assert "бригада" not in reading.report.text


def test_what_no_event_type_is_has_no_claim(tmp_path: Path) -> None:
    reading = one(table(tmp_path / "a.csv", ACLED, {**ACLED_ROW, "sub_event_type": "Disrupted weapons use"}))
    assert reading.claims == ()
    assert "type-unmapped" in {problem.code for problem in reading.problems}


def test_bad_rows_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", ACLED, ACLED_ROW, {**ACLED_ROW, "event_id_cnty": ""}, ACLED_ROW)
    with path.open("a") as file:
        file.write("one,two\n\n")
    found = list(dataset_rows(path))
    assert [type(item) for item in found] == [Reading, FailedInput, Reading, FailedInput]
    assert isinstance(found[1], FailedInput)
    assert found[1].name.endswith("row 3")
    bad = {**ACLED_ROW, "latitude": "911", "event_date": "some day"}
    reading = one(table(tmp_path / "b.csv", ACLED, bad))
    assert {"coordinates-invalid", "date-invalid"} <= {problem.code for problem in reading.problems}
    place = claim_of(reading).place
    assert place is not None
    assert (place.lat, claim_of(reading).time) == (None, None)


def test_unknown_and_missing_files_are_named(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", ["a", "b"], {"a": "1"})
    with pytest.raises(InputError, match="no header of a known data set"):
        kind_of(path)
    for found in (dataset_rows(path), dataset_rows(path, "ged"), dataset_rows(tmp_path / "none.csv")):
        (failed,) = found
        assert isinstance(failed, FailedInput)


def test_same_rows_same_readings(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", ACLED, ACLED_ROW)
    assert list(dataset_rows(path)) == list(dataset_rows(path))
    assert len(claim_of(one(path)).id) == 16


@given(st.dictionaries(st.sampled_from(ACLED), st.text(max_size=30)))
def test_quotes_match_whatever_the_cells_hold(cells: dict[str, str]) -> None:
    row = {**ACLED_ROW, **cells, "event_id_cnty": "X1"}
    reading = read_row(row, ACLED_FORMAT, "x", BOOK)
    assert_quotes(reading)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Military Forces of Russia (2000-) 5th brigade", "Military Forces of Russia (2000-)"),
        ("Military Forces of Russia (2000-)", "Military Forces of Russia (2000-)"),
        ("Police Forces of Kenya (2022-) General Service Unit", "Police Forces of Kenya (2022-)"),
        ("64th Motor Rifle Brigade", ""),
        ("Azov Regiment", ""),
        ("Wagner Group", "Wagner Group"),
        ("Civilians (Ukraine)", "Civilians (Ukraine)"),
        ("Al Shabaab", "Al Shabaab"),
    ],
)
def test_actors_are_kept_without_their_units(name: str, kept: str) -> None:
    assert actor_without_unit(name).words == kept


def test_units_are_taken_out_of_notes() -> None:
    cleared = without_units(
        "The 5th separate assault brigade and the Azov Regiment met 12 people; 3 soldiers of the 1st Tank Army fled."
    )
    assert cleared.words == "The [unit] and the [unit] met 12 people; 3 soldiers of the [unit] fled."
    assert len(cleared.units) == 3


@pytest.mark.parametrize(
    ("written", "day"),
    [("2024-03-04", date(2024, 3, 4)), ("20240304", date(2024, 3, 4)), ("04 March 2024", date(2024, 3, 4)),
     ("2024-03-04 00:00:00.000", date(2024, 3, 4)), ("3/4/2024", date(2024, 3, 4)), ("soon", None), ("2024-13-01", None)],
)  # fmt: skip
def test_days_as_data_sets_write_them(written: str, day: date | None) -> None:
    assert day_of(written) == day


def test_every_acled_sub_event_of_our_own_map_comes_back() -> None:
    sources = Sources()
    types = load_types(sources)
    mapped = load_dataset_types(sources, types)
    assert sources.faults == []
    for kind in load_export_book().types.values():
        for sub in kind.acled.partition(" / ")[2].split(";"):
            assert not sub.strip() or sub.strip() in mapped["acled"]
