"""Releases: the same bytes each time, a manifest that tells every change, and a page that opens from disk."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dateline.export.book import load_export_book
from dateline.export.filters import Filter
from dateline.export.protect import Protections
from dateline.export.release import ReleaseError, ReleaseNote, make_release, verify_release
from dateline.export.release_changes import compare_releases
from published import DRONE, EVENTS, PRIVATE, SHELLING, THREAT

BOOK = load_export_book()
EXPORT = Path(__file__).parent.parent / "src/dateline/export"
NOTE = ReleaseNote(
    title="Kadugli, first half", as_of=date(2024, 3, 11), publisher="Desk", licence="CC-BY-4.0", recipe={"package": "0.1.0"}
)  # fmt: skip


def release(events: Any, folder: Path, **options: Any) -> Path:
    return make_release(events, folder, NOTE, book=BOOK, **options)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def manifest(folder: Path) -> Any:
    return json.loads((folder / "manifest.json").read_text())


def test_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    one, two = release(EVENTS, tmp_path / "a"), release(EVENTS, tmp_path / "b")
    assert one.name == "0001-kadugli-first-half"
    assert contents(one) == contents(two)
    assert [path.name for path in (tmp_path / "a").iterdir()] == [one.name]


def test_a_release_does_not_depend_on_the_order_of_sets(tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        code = (
            "import sys; from pathlib import Path; sys.path.insert(0, 'tests'); import test_release as t; "
            "print(t.release(t.EVENTS, Path(sys.argv[1])))"
        )
        root = Path(__file__).parent.parent
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", code, str(tmp_path / seed)], cwd=root, capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root / "src")},
        )  # fmt: skip
        made.append(contents(Path(done.stdout.strip())))
    assert made[0] == made[1]


def test_the_manifest_lists_every_file_with_its_hash(tmp_path: Path) -> None:
    folder = release(EVENTS, tmp_path, wanted=Filter(types=("strike",)))
    value = manifest(folder)
    files = contents(folder)
    del files["manifest.json"]
    assert value["files"] == {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        for name, data in sorted(files.items())
    }
    assert value["counts"]["events"] == 2
    assert value["filter"] == {"types": ["strike"]}
    assert value["protections"]["private_people"] == "names taken out"
    assert (value["previous"], value["recipe"]["package"]) == (None, "0.1.0")
    assert len([name for name in files if name.startswith("csv/")]) == 7
    assert {
        "README.md",
        "LICENSE.md",
        "index.html",
        "datapackage.json",
        "events.geojson",
        "changes.json",
    } <= set(files)


def test_no_private_name_is_in_any_byte_of_a_release(tmp_path: Path) -> None:
    folder = release(EVENTS, tmp_path)
    for name, data in contents(folder).items():
        for private in PRIVATE:
            assert private.lower().encode() not in data.lower(), (name, private)


def test_without_redaction_the_release_says_so(tmp_path: Path) -> None:
    folder = release(EVENTS, tmp_path, protections=Protections(redact=False))
    assert "NOT TAKEN OUT" in manifest(folder)["protections"]["private_people"]
    assert "NOT TAKEN OUT" in (folder / "README.md").read_text()
    assert "holds names of private people" in (folder / "index.html").read_text()
    assert "Amal Tirab" in (folder / "csv/claims.csv").read_text()


def test_verifying_finds_each_kind_of_change(tmp_path: Path) -> None:
    folder = release(EVENTS, tmp_path)
    assert verify_release(folder) == ()
    events = folder / "csv/events.csv"
    events.write_bytes(events.read_bytes().replace(b"12", b"13"))
    (folder / "README.md").unlink()
    (folder / "extra.txt").write_text("x")
    with (folder / "events.geojson").open("a") as file:
        file.write(" ")
    assert sorted((fault.file, fault.message.split(",")[0].split(" ")[0]) for fault in verify_release(folder)) == [
        ("README.md", "is"), ("csv/events.csv", "was"), ("events.geojson", "has"), ("extra.txt", "is"),
    ]  # fmt: skip


def test_a_manifest_cannot_lead_outside(tmp_path: Path) -> None:
    folder = release(EVENTS, tmp_path)
    value = manifest(folder)
    value["files"]["../../x"] = {"sha256": "0", "bytes": 1}
    (folder / "manifest.json").write_text(json.dumps(value))
    assert [fault.file for fault in verify_release(folder)] == ["../../x"]
    with pytest.raises(ReleaseError, match="no manifest"):
        verify_release(tmp_path)


def test_the_next_release_tells_what_changed(tmp_path: Path) -> None:
    first = release(EVENTS, tmp_path)
    grown = replace(SHELLING, latest=date(2024, 3, 5), entries=SHELLING.entries + DRONE.entries)
    second = release([grown, replace(THREAT, id="e9")], tmp_path)
    assert second.name == "0002-kadugli-first-half"
    changes = json.loads((second / "changes.json").read_text())
    assert changes["merged"] == [{"event": DRONE.id, "into": SHELLING.id}, {"event": THREAT.id, "into": "e9"}]
    (changed,) = changes["changed"]
    assert changed["fields"]["latest"] == {"old": "2024-03-04", "new": "2024-03-05"}
    assert changed["fields"]["claims"] == {"old": 3, "new": 4}
    value = manifest(second)
    assert value["previous"] == {
        "folder": first.name, "manifest_sha256": hashlib.sha256((first / "manifest.json").read_bytes()).hexdigest(),
    }  # fmt: skip
    assert value["changes"] == {"added": 0, "gone": 0, "merged": 2, "split": 0, "changed": 1}
    assert verify_release(second) == ()
    (first / "manifest.json").write_text("{}")
    assert [fault.file for fault in verify_release(second)] == [f"../{first.name}/manifest.json"]


def test_changes_hold_back_what_the_release_before_told(tmp_path: Path) -> None:
    release(EVENTS, tmp_path, protections=Protections(redact=False))
    second = release([replace(SHELLING, latest=date(2024, 3, 6))], tmp_path)
    third = release([SHELLING], tmp_path, protections=Protections(coarsen=50))
    fields = json.loads((second / "changes.json").read_text())["changed"][0]["fields"]
    assert set(fields) == {"latest"}
    for name, data in [*contents(second).items(), *contents(third).items()]:
        for private in PRIVATE:
            assert private.lower().encode() not in data.lower(), (name, private)
        assert (
            name.startswith(("csv", "jsonl", "index", "parquet", "events", "README"))
            or b"11.0111" not in data
        )
    assert b"Kadugli," not in (third / "changes.json").read_bytes()


def test_a_name_that_turns_out_private_is_gone_from_old_values(tmp_path: Path) -> None:
    before = replace(DRONE, title="Crash near Tirab")
    release([before], tmp_path)
    second = release([DRONE, SHELLING], tmp_path)
    fields = json.loads((second / "changes.json").read_text())["changed"][0]["fields"]
    assert fields["title"] == {"old": "Crash near [private person]", "new": DRONE.title}


def test_comparing_tells_added_gone_and_split() -> None:
    old_events = [{"id": "a", "x": 1}, {"id": "b", "x": 1}, {"id": "c", "x": 1}]
    old_claims = [
        {"id": "1", "event": "a"},
        {"id": "2", "event": "a"},
        {"id": "3", "event": "b"},
        {"id": "4", "event": "c"},
    ]
    new_events = [
        {"id": "d", "x": 1},
        {"id": "e", "x": 1},
        {"id": "f", "x": 1},
        {"id": "c", "x": 1, "y": None},
    ]
    new_claims = [
        {"id": "1", "event": "d"},
        {"id": "2", "event": "e"},
        {"id": "9", "event": "f"},
        {"id": "4", "event": "c"},
    ]
    assert compare_releases(old_events, old_claims, new_events, new_claims) == {
        "added": ["f"], "gone": ["b"], "merged": [], "split": [{"event": "a", "into": ["d", "e"]}], "changed": [],
    }  # fmt: skip


def test_a_title_without_letters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="no letters"):
        make_release(EVENTS, tmp_path, replace(NOTE, title="///"), book=BOOK)


# The base map


def rings(code: str) -> list[list[tuple[float, float]]]:
    countries = json.loads((EXPORT / "base_map.json").read_text())["countries"]
    return [decoded(text) for text in countries[code]]


def decoded(text: str) -> list[tuple[float, float]]:
    numbers: list[int] = []
    value = shift = 0
    for mark in text:
        byte = ord(mark) - 63
        value |= (byte & 31) << shift
        shift += 5
        if byte < 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    x = y = 0
    points = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / 100, y / 100))
    return points


def lies_in(lat: float, lon: float, code: str) -> bool:
    """Even-odd: count the edges that a ray to the east crosses."""
    crossed = False
    for ring in rings(code):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                crossed = not crossed
    return crossed


@pytest.mark.parametrize(
    ("lat", "lon", "code", "other"),
    [
        (44.95, 34.10, "UA", "RU"),  # Simferopol
        (44.60, 33.53, "UA", "RU"),  # Sevastopol
        (45.35, 36.43, "UA", "RU"),  # Kerch
        (46.635, 32.617, "UA", "RU"),  # Kherson
        (46.15, 33.68, "UA", "RU"),  # Perekop: no border is left between
        (45.04, 38.98, "RU", "UA"),  # Krasnodar
        (50.60, 36.59, "RU", "UA"),  # Belgorod
        (15.5, 32.55, "SD", "SS"),  # Khartoum
        (35.19, 33.38, "CY", "TR"),  # Nicosia
    ],
)
def test_places_lie_in_their_countries(lat: float, lon: float, code: str, other: str) -> None:
    assert lies_in(lat, lon, code)
    assert not lies_in(lat, lon, other)


def test_the_base_map_is_small_and_whole() -> None:
    assert (EXPORT / "base_map.json").stat().st_size < 700_000
    value = json.loads((EXPORT / "base_map.json").read_text())
    assert len(value["countries"]) > 230
    assert "68/262" in value["note"]
