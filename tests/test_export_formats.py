"""The export formats, each opened by a reader that is not ours."""

import json
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pandas
import pyarrow.parquet
import pyogrio
import pytest
from fastkml import KML
from followthemoney import model
from hypothesis import given
from hypothesis import strategies as st

from dateline.export.acled import acled
from dateline.export.areas import circle
from dateline.export.book import load_export_book
from dateline.export.claim_review import MEANING, claim_reviews
from dateline.export.columns import CLAIMS, FIGURES, TABLES
from dateline.export.columns import EVENTS as EVENT_TABLE
from dateline.export.delimited import csv_cell, csv_table, disarmed, unarmed
from dateline.export.dictionary import data_package
from dateline.export.ftm import follow_the_money
from dateline.export.ged import ged
from dateline.export.geojson import geojson
from dateline.export.json_lines import json_table
from dateline.export.kml import kml
from dateline.export.parquet import parquet_schema, write_parquet
from dateline.export.timeline import timeline
from published import DRONE, EVENTS, HOSTILE, MARKET, R1, SHELLING, THREAT, kadugli, rows

BOOK = load_export_book()


def query(sql: str) -> list[Any]:
    found = duckdb.sql(sql)
    assert found is not None
    return found.fetchall()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_cell_has_its_columns_type(table: Any) -> None:
    kinds: dict[str, Any] = {
        "string": str, "integer": int, "number": (int, float), "boolean": bool, "date": date, "list": tuple,
    }  # fmt: skip
    found = table.rows(EVENTS)
    assert found
    for row in found:
        for column in table.columns:
            cell = row[column.name]
            assert cell is None or isinstance(cell, kinds[column.type]), (column.name, cell)
    names = [column.name for column in table.columns]
    assert len(names) == len(set(names))


def test_keys_identify_rows_and_references_lead_somewhere() -> None:
    tables = {table.name: table.rows(EVENTS) for table in TABLES}
    for table in TABLES:
        if table.key:
            keys = [tuple(row[name] for name in table.key) for row in tables[table.name]]
            assert len(keys) == len(set(keys))
        for column, other in table.foreign:
            assert {row[column] for row in tables[table.name]} <= {row["id"] for row in tables[other]}


def test_events_table_says_what_the_event_says() -> None:
    row = EVENT_TABLE.rows(EVENTS)[0]
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (7, 12, 12)
    assert (row["claims"], row["reports"], row["origins"], row["denied"]) == (3, 2, 3, 0)
    assert (row["place"], row["latitude"], row["precision"], row["wounded_best"]) == (
        "Kadugli",
        11.01111,
        2,
        None,
    )


def test_quotes_in_the_claims_table_lie_where_it_says() -> None:
    for row in CLAIMS.rows([SHELLING])[:2]:
        assert MARKET[int(str(row["evidence_start"])) : int(str(row["evidence_end"]))] == row["evidence"]


# CSV


def test_csv_holds_no_cell_that_a_spreadsheet_executes() -> None:
    for table in TABLES:
        for row in rows(csv_table(table, EVENTS)):
            numbers = {column.name for column in table.columns if column.type in ("integer", "number")}
            for name, cell in row.items():
                assert name in numbers or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")), (
                    name,
                    cell,
                )
    assert any(
        cell.startswith("'=cmd") for row in rows(csv_table(EVENT_TABLE, EVENTS)) for cell in row.values()
    )


def test_formats_of_others_hold_no_such_cell_either() -> None:
    entries = (
        replace(DRONE.entries[0], report=replace(R1, publisher=HOSTILE, title=HOSTILE)),
        *SHELLING.entries,
    )
    event = replace(SHELLING, title=HOSTILE, entries=entries)
    for text in (acled([event], BOOK), ged([event], BOOK)):
        (row,) = rows(text)
        assert sum(cell.startswith("'=cmd") for cell in row.values()) >= 1
        assert not any(cell.startswith(("=", "+", "@", "\t", "\r", "\n")) for cell in row.values())


def test_negative_numbers_stay_numbers() -> None:
    assert csv_cell(-16.9) == "-16.9"
    assert csv_cell("-16.9") == "'-16.9"
    assert rows(csv_table(EVENT_TABLE, [DRONE]))[0]["latitude"] == "-16.9"


@given(st.text(alphabet="'=+-@\t\r\nab ＝", max_size=6))
def test_disarming_can_be_taken_back(text: str) -> None:
    assert unarmed(disarmed(text)) == text
    assert not disarmed(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))


@given(st.text(max_size=40))
def test_any_text_comes_back_from_csv(text: str) -> None:
    event = replace(THREAT, title=text)
    (row,) = rows(csv_table(EVENT_TABLE, [event]))
    assert unarmed(row["title"]) == text


def test_half_surrogates_are_written_as_replacement_characters() -> None:
    event = replace(THREAT, title="half \ud83d gone")
    for text in (
        csv_table(EVENT_TABLE, [event]),
        json_table(EVENT_TABLE, [event]),
        geojson([event]),
        timeline([event], "t"),
    ):
        text.encode("utf-8")
    assert "half � gone" in csv_table(EVENT_TABLE, [event])
    assert "�" in kml([event]).decode()


def test_csv_opens_in_pandas_and_duckdb_as_the_dictionary_says(tmp_path: Path) -> None:
    for table in TABLES:
        path = tmp_path / f"{table.name}.csv"
        path.write_text(csv_table(table, EVENTS), encoding="utf-8", newline="")
        frame = pandas.read_csv(path)
        assert list(frame.columns) == [column.name for column in table.columns]
        assert len(frame) == len(table.rows(EVENTS))
        assert query(f"select count(*) from '{path}'") == [(len(frame),)]  # noqa: S608


def test_data_package_names_every_column_with_its_meaning() -> None:
    package = data_package("test")
    assert [resource["path"] for resource in package["resources"]] == [
        f"{table.name}.csv" for table in TABLES
    ]
    for resource, table in zip(package["resources"], TABLES, strict=True):
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == [column.name for column in table.columns]
        assert all(field["description"] for field in fields)
        assert {field["type"] for field in fields} <= {
            "string",
            "integer",
            "number",
            "boolean",
            "date",
            "list",
        }


# JSON Lines, Parquet


def test_json_lines_have_every_column_typed() -> None:
    lines = [json.loads(line) for line in json_table(FIGURES, EVENTS).splitlines()]
    assert lines[0]["low"] == 12
    assert lines[0]["told"] == "2024-03-05"
    assert lines[1]["side"] == "SD"
    assert set(lines[0]) == {column.name for column in FIGURES.columns}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_parquet_opens_in_duckdb_and_pandas(table: Any, tmp_path: Path) -> None:
    path = tmp_path / f"{table.name}.parquet"
    write_parquet(table, EVENTS, path)
    expected = [
        tuple(list(c) if isinstance(c, tuple) else c for c in row.values()) for row in table.rows(EVENTS)
    ]
    assert query(f"select * from '{path}'") == expected  # noqa: S608
    assert len(pandas.read_parquet(path)) == len(expected)
    schema = pyarrow.parquet.read_schema(path)
    assert schema.equals(parquet_schema(table), check_metadata=True)
    assert schema.field(0).metadata[b"description"]
    again = tmp_path / "again.parquet"
    write_parquet(table, EVENTS, again)
    assert again.read_bytes() == path.read_bytes()


# GeoJSON and KML


def test_geojson_opens_in_gdal(tmp_path: Path) -> None:
    path = tmp_path / "events.geojson"
    path.write_text(geojson(EVENTS), encoding="utf-8")
    meta, _, shapes, fields = pyogrio.raw.read(path)
    assert len(shapes) == 3
    names = list(meta["fields"])
    assert list(fields[names.index("precision")][:2]) == [2, 5]
    assert next(iter(fields[names.index("title")])) == SHELLING.title
    assert pyogrio.read_info(path)["crs"] == "EPSG:4326"


def features(*events: Any) -> list[Any]:
    return json.loads(geojson(events))["features"]  # type: ignore[no-any-return]


def test_vague_places_are_areas_and_only_exact_ones_points() -> None:
    town, vague, nowhere = features(*EVENTS)
    assert town["geometry"]["type"] == "Polygon"
    assert vague["geometry"]["type"] == "MultiPolygon"
    assert nowhere["geometry"] is None
    exact = replace(SHELLING, place=kadugli(MARKET, precision=1, radius_km=0.2))
    assert features(exact)[0]["geometry"] == {"type": "Point", "coordinates": [29.71833, 11.01111]}
    near = replace(SHELLING, place=kadugli(MARKET, precision=1, radius_km=0.2, relation="near"))
    assert features(near)[0]["geometry"]["type"] == "Polygon"


def test_a_place_that_nothing_bounds_is_not_drawn_as_an_area() -> None:
    division = replace(SHELLING, place=kadugli(MARKET, precision=4, radius_km=None))
    assert features(division)[0]["geometry"] is None
    assert features(division)[0]["properties"]["latitude"] == 11.01111
    near = features(replace(SHELLING, place=kadugli(MARKET, precision=2, radius_km=None)))[0]["geometry"]
    assert max(point[1] for point in near["coordinates"][0]) == pytest.approx(
        11.01111 + 25 / 111.195, abs=0.001
    )


def area(ring: list[list[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


@given(st.floats(-89, 89), st.floats(-180, 180), st.floats(1, 2000))
def test_circles_are_closed_anticlockwise_and_on_the_globe(lat: float, lon: float, radius_km: float) -> None:
    rings = circle(lat, lon, radius_km)
    assert 1 <= len(rings) <= 2
    for ring in rings:
        assert ring[0] == ring[-1]
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)
        assert area([list(point) for point in ring]) >= 0


def test_kml_opens_in_fastkml_and_gdal(tmp_path: Path) -> None:
    path = tmp_path / "events.kml"
    path.write_bytes(kml(EVENTS))
    document: Any = KML.parse(path).features[0]
    marks = document.features
    assert [mark.name for mark in marks] == [event.title for event in EVENTS]
    assert marks[0].geometry.geom_type == "Polygon"
    assert str(marks[0].begin) == "2024-03-04"
    assert sum(len(pyogrio.raw.read(path, layer=layer[0])[2]) for layer in pyogrio.list_layers(path)) == 3


def test_kml_takes_hostile_words_as_text() -> None:
    written = kml([replace(SHELLING, title=HOSTILE + "\x00\x0b")]).decode()
    assert "<script>" not in written
    assert "<img" not in written
    assert "\x00" not in written


# TimelineJS


def test_timeline_has_a_slide_for_each_dated_event() -> None:
    value = json.loads(timeline(EVENTS, "A <b>title</b>"))
    assert [slide["unique_id"] for slide in value["events"]] == [DRONE.id, SHELLING.id]
    assert value["events"][0]["start_date"] == {"year": 2024, "month": 3, "day": 1}
    assert value["events"][0]["end_date"] == {"year": 2024, "month": 3, "day": 8}
    assert "end_date" not in value["events"][1]
    assert value["title"]["text"]["headline"] == "A &lt;b&gt;title&lt;/b&gt;"
    assert "1 events without" in value["title"]["text"]["text"]


def test_timeline_takes_hostile_words_as_text() -> None:
    written = timeline([replace(SHELLING, title=HOSTILE)], HOSTILE)
    assert "<script" not in written
    assert "<img" not in written


# ClaimReview

THING: dict[str, Any] = {
    "type": "object", "required": ["@type", "name"], "additionalProperties": False,
    "properties": {"@type": {"enum": ["Organization", "Thing"]}, "name": {"type": "string", "minLength": 1}},
}  # fmt: skip
DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
# The fields of schema.org's ClaimReview, Claim, CreativeWork and Rating that we use, and no others.
CLAIM_REVIEW: dict[str, Any] = {
    "type": "object", "required": ["@context", "@graph"], "additionalProperties": False,
    "properties": {"@context": {"const": "https://schema.org"}, "@graph": {"type": "array", "items": {
        "type": "object", "additionalProperties": False,
        "required": ["@type", "@id", "claimReviewed", "author", "itemReviewed", "reviewRating"],
        "properties": {
            "@type": {"const": "ClaimReview"}, "@id": {"type": "string", "pattern": "^urn:dateline:claim:"},
            "claimReviewed": {"type": "string", "minLength": 1}, "author": THING,
            "itemReviewed": {
                "type": "object", "additionalProperties": False,
                "required": ["@type", "identifier", "author", "datePublished", "appearance"],
                "properties": {
                    "@type": {"const": "Claim"}, "identifier": {"type": "string"}, "author": THING, "datePublished": DAY,
                    "appearance": {
                        "type": "object", "required": ["@type", "identifier"], "additionalProperties": False,
                        "properties": {
                            "@type": {"const": "CreativeWork"}, "identifier": {"type": "string"},
                            "headline": {"type": "string"}, "url": {"type": "string", "pattern": "^https?://"},
                            "datePublished": DAY, "publisher": THING,
                        },
                    },
                },
            },
            "reviewRating": {
                "type": "object", "required": ["@type", "alternateName", "ratingExplanation"], "additionalProperties": False,
                "properties": {
                    "@type": {"const": "Rating"}, "alternateName": {"type": "string"},
                    "ratingExplanation": {"const": MEANING}, "ratingValue": {"type": "integer", "minimum": 1, "maximum": 3},
                    "bestRating": {"const": 3}, "worstRating": {"const": 1},
                },
                "dependentRequired": {"ratingValue": ["bestRating", "worstRating"]},
            },
        },
    }}},
}  # fmt: skip


def test_only_reviewed_claims_become_claim_reviews() -> None:
    value = json.loads(claim_reviews(EVENTS, "Desk"))
    jsonschema.Draft202012Validator(CLAIM_REVIEW).validate(value)
    ratings = {r["itemReviewed"]["identifier"]: r["reviewRating"].get("ratingValue") for r in value["@graph"]}
    assert ratings == {"a" * 16: 3, "c" * 16: 1}
    unsure = replace(DRONE, entries=(replace(DRONE.entries[0], state="unsure"),))
    value = json.loads(claim_reviews([unsure], "Desk"))
    jsonschema.Draft202012Validator(CLAIM_REVIEW).validate(value)
    assert "ratingValue" not in value["@graph"][0]["reviewRating"]


# FollowTheMoney


def test_entities_are_valid_for_followthemoney() -> None:
    entities = [json.loads(line) for line in follow_the_money(EVENTS, BOOK).splitlines()]
    ids = [entity["id"] for entity in entities]
    assert len(ids) == len(set(ids))
    proxies = {}
    for entity in entities:
        proxy = model.get_proxy(entity, cleaned=False)
        proxies[proxy.id] = proxy
        schema = model.get(entity["schema"])
        assert schema is not None
        schema.validate(entity)
        # What cleaning drops would be lost on loading.
        assert {name: sorted(values) for name, values in entity["properties"].items()} == {
            prop.name: sorted(proxy.get(prop)) for prop in proxy.iterprops()
        }
        for prop in proxy.iterprops():
            if prop.type.name == "entity":
                for target in proxy.get(prop):
                    assert target in ids
                    assert prop.range is not None
    assert {entity["schema"] for entity in entities} == {"Article", "Event", "Person", "UnknownLink"}
    for proxy in proxies.values():
        for prop in proxy.iterprops():
            if prop.type.name == "entity":
                for target in proxy.get(prop):
                    assert proxies[target].schema.is_a(prop.range), (prop.name, target)


def test_same_events_same_entities() -> None:
    assert follow_the_money(EVENTS, BOOK) == follow_the_money(EVENTS, BOOK)
    assert json.loads(follow_the_money([SHELLING], BOOK).splitlines()[0])["properties"]["publishedAt"] == [
        str(R1.published)
    ]
