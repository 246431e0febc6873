"""Exports and releases at the desk: what was chosen is what is written, names are held back, files stay in their folder."""

import io
import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request

import pytest

from desk_served import Client, Served, copied, served


@pytest.fixture(scope="module")
def desk(stories_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(copied(stories_record, tmp_path_factory.mktemp("publish") / "record")) as running:
        yield running


def exported(client: Client, **fields: str) -> zipfile.ZipFile:
    body = urlencode({"token": client.token(), **fields}).encode()
    with client.opener.open(Request(f"{client.address}/export", data=body), timeout=120) as response:  # noqa: S310
        assert response.headers["content-type"] == "application/zip"
        return zipfile.ZipFile(io.BytesIO(response.read()))


def made(client: Client, title: str, **fields: str) -> dict[str, Any]:
    assert client.post("/releases", {"title": title, **fields}).status == 303
    deadline = time.monotonic() + 120
    while (page := client.get("/releases.json").json)["making"] and not page["making"]["fault"]:
        assert time.monotonic() < deadline
        time.sleep(0.3)
    found: dict[str, Any] = page
    return found


def test_an_export_holds_the_events_that_pass_and_says_what_was_held_back(desk: Served) -> None:
    client = desk.client()
    wanted = {row["id"] for row in client.get("/overview.json?type=strike").json["rows"]}
    archive = exported(client, **{"format": "jsonl", "filter.type": "strike"})
    events = [json.loads(line) for line in archive.read("dateline-jsonl/events.jsonl").splitlines()]
    assert {event["id"] for event in events} == wanted
    metadata = json.loads(archive.read("dateline-jsonl/metadata.json"))
    assert metadata["filter"] == [["type", "strike"]]
    assert metadata["protections"]["private_people"] == "names taken out"


def test_every_format_is_written(desk: Served) -> None:
    client = desk.client()
    formats = [name for name, _ in client.get("/export.json").json["formats"]]
    assert len(formats) == 10
    for name in ("geojson", "acled", "claimreview"):
        archive = exported(client, format=name)
        assert len(archive.namelist()) == 2


@pytest.mark.parametrize(
    "fields", [{"format": "exe"}, {"format": "csv", "coarsen": "far"}, {"format": "csv", "delay": "-1"},
               {"format": "csv", "coarsen": "0.1"}, {"format": "csv", "filter.type": "nonsense"}],
)  # fmt: skip
def test_an_order_that_is_none_is_refused(desk: Served, fields: dict[str, str]) -> None:
    assert desk.client().post("/export", fields).status == 400


def test_a_release_is_made_looked_at_and_checked(desk: Served) -> None:
    client = desk.client()
    page = made(client, "First <b>light</b>")
    name = page["releases"][0]["folder"]
    assert name.startswith("0001-first")
    assert client.get(f"/releases/{name}.json?check=yes").json["faults"] == []
    site = client.get(f"/releases/{name}/index.html")
    assert site.status == 200
    assert "sandbox" in site.headers["content-security-policy"]
    assert "<b>light</b>" not in client.get("/releases").text
    folder = desk.desk.publisher.releases / name
    (folder / "events.csv").write_bytes(b"changed")
    assert client.get(f"/releases/{name}.json?check=yes").json["faults"]


def test_the_site_of_a_release_works_within_the_desk(desk: Served, browser: Any) -> None:
    client = desk.client()
    name = made(client, "Site")["releases"][0]["folder"]
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(f"{desk.address}/releases/{name}/index.html")
    page.wait_for_selector("#map:visible")
    # It runs apart: it sees no cookie of the desk.
    assert page.evaluate("(() => { try { return document.cookie } catch { return 'apart' } })()") == "apart"
    assert said == []
    page.close()


@pytest.mark.parametrize(
    "path", ["../record.sqlite", "..%2f..%2frecord.sqlite", "%2e%2e/desk.sqlite", "/etc/passwd", "no.csv"]
)
def test_no_file_outside_a_release_is_served(desk: Served, path: str) -> None:
    client = desk.client()
    if not client.get("/releases.json").json["releases"]:
        made(client, "Any")
    name = client.get("/releases.json").json["releases"][0]["folder"]
    answer = client.get(f"/releases/{name}/{path}")
    assert answer.status == 404
    assert "SQLite" not in answer.text


def test_a_release_needs_a_title_and_a_filter_that_it_can_tell(desk: Served) -> None:
    client = desk.client()
    assert client.post("/releases", {"title": ""}).status == 400
    assert client.post("/releases", {"title": "x", "filter.q": "bridge"}).status == 400
    assert client.get("/releases/0099-none").status == 404


def test_a_release_that_cannot_be_made_says_why(desk: Served) -> None:
    page = made(desk.client(), "…")
    assert "no letters" in page["making"]["fault"]
