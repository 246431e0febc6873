"""The gazetteer's index: built once, whole or not at all, and looked up in any spelling."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.codebook import gazetteer_build
from dateline.codebook.gazetteer import Gazetteer, gazetteer
from dateline.codebook.names import loose_key, name_key, written_latin


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ivano-Frankivsk", "ivano frankivsk"),
        ("Mykola'iv", "Mykola’iv"),
        ("Ménaka", "MENAKA"),
        ("St. Petersburg", "Saint Petersburg"),
        ("Deir ez-Zor", "Deir Ez Zor"),
    ],
)
def test_key_is_the_same_for_spellings_of_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_key_keeps_different_names_apart() -> None:
    assert name_key("Homs") != name_key("Hama")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mykolayiv", "Mykolaiv"), ("Gostomel", "Hostomel"), ("Al-Raqqa", "Rakka"), ("Izyum", "Izium")],
)
def test_loose_key_joins_transliterations(one: str, other: str) -> None:
    assert loose_key(name_key(one)) == loose_key(name_key(other))


def test_only_latin_names_are_indexed() -> None:
    assert written_latin("Kænugarður")
    assert not written_latin("Київ")


def test_finds_old_and_variant_spellings_with_their_place() -> None:
    found = gazetteer().find("Artyomovsk")[0]
    assert (found.name, found.country, found.geonames) == ("Bakhmut", "UA", 713174)
    assert found.lat == pytest.approx(48.594, abs=0.01)
    assert not found.main
    assert gazetteer().find("Gostomel")[0].name == "Hostomel"


def test_lists_namesakes_by_population() -> None:
    towns = gazetteer().find("Tripoli")
    assert [town.country for town in towns[:2]] == ["LY", "LB"]
    people = [town.population for town in towns]
    assert people == sorted(people, reverse=True)


def test_unknown_name_gives_nothing() -> None:
    assert gazetteer().find("Qwxzyville") == ()
    assert gazetteer().find("") == ()


def test_lists_all_places_of_a_country_and_only_those() -> None:
    places = list(gazetteer().in_country("SV"))
    assert {place.country for place in places} == {"SV"}
    assert "Acajutla" in {place.name for place in places}
    assert list(gazetteer().in_country("ZZ")) == []


def test_opens_in_less_than_fifty_milliseconds() -> None:
    folder = gazetteer_build.index_folder()
    best = 1.0
    for _ in range(3):
        started = time.perf_counter()
        Gazetteer(folder)
        best = min(best, time.perf_counter() - started)
    assert best < 0.05


def _records() -> Iterator[dict[str, Any]]:
    base = {"latitude": 1.5, "longitude": 2.5, "countrycode": "ZZ", "admin1code": "01"}
    yield {
        **base,
        "geonameid": 7,
        "name": "Oldtown",
        "population": 10,
        "alternatenames": ["Alttown", "yi de li", "ABC"],
    }
    yield {**base, "geonameid": 9, "name": "Alttown", "population": 99, "alternatenames": []}


def test_build_leaves_one_whole_index_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer_build, "_records", _records)
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    folder = gazetteer_build.index_folder()
    assert folder.parent == tmp_path / "cache"
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    assert json.loads((folder / "ready.json").read_text())["places"] == 2
    index = Gazetteer(folder)
    assert [(place.geonames, place.main) for place in index.find("alttown")] == [(9, True), (7, False)]
    assert index.find("yi de li") == ()
    assert index.find("ABC") == ()
    assert gazetteer_build.index_folder() == folder


def test_falls_back_where_the_cache_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setattr(gazetteer_build, "_records", _records)
    monkeypatch.setenv("DATELINE_CACHE", str(blocked))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    folder = gazetteer_build.index_folder()
    assert folder.parent == tmp_path / "temp" / f"dateline-{os.getuid()}"
    assert len(Gazetteer(folder)) == 2


def test_half_built_index_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Iterator[dict[str, Any]]:
        yield from _records()
        raise ValueError("the disk is full")

    monkeypatch.setattr(gazetteer_build, "_records", broken)
    with pytest.raises(ValueError, match="disk is full"):
        gazetteer_build.build(tmp_path / "index")
    assert list(tmp_path.iterdir()) == []
