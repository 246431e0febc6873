"""The overview in a real browser and by JSON: filters are the address, map, timeline and list show the same."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browsing import Watch, until
from desk_served import Served, served


@pytest.fixture(scope="module")
def desk(stories_record: Path) -> Iterator[Served]:
    with served(stories_record) as running:
        yield running


@pytest.fixture
def page(desk: Served, browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    watch = Watch(opened, desk.address)
    yield opened
    context.close()
    watch.check()


def rows(desk: Served, query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.client().get(f"/overview.json{query}").json["rows"]
    return found


def test_filters_leave_out_what_does_not_pass(desk: Served) -> None:
    every = rows(desk, "")
    strikes = rows(desk, "?type=strike")
    assert 0 < len(strikes) < len(every)
    assert all(row["type"].startswith("strike.") for row in strikes)
    wanted = {row["id"] for row in every if row["corroborated_by"] >= 2}
    assert {row["id"] for row in rows(desk, "?origins=2")} == wanted
    country = next(row["country"] for row in every if row["country"])
    assert {row["id"] for row in rows(desk, f"?country={country}")} == {
        row["id"] for row in every if row["country"] == country
    }


def test_the_facets_count_what_passes(desk: Served) -> None:
    page = desk.client().get("/overview.json").json
    assert sum(count for _, count in page["facets"]["families"]) == page["total"] == len(page["rows"])


def test_full_text_finds_the_events_of_the_reports_that_hold_the_words(desk: Served) -> None:
    client = desk.client()
    report = next(iter(rows(desk, "")))["title"]
    with desk.desk.record.view() as view:
        told = next(one for one in view.reports() if one.title)
    assert told.title is not None
    word = max(told.title.split(), key=len).strip(",.:")
    found = client.get(f"/overview.json?q={word}").json
    assert 0 < found["total"] <= client.get("/overview.json").json["total"], (word, report)
    assert client.get("/overview.json?q=quxquux").json["total"] == 0


def test_the_map_and_the_timeline_hold_the_events_of_the_list(desk: Served) -> None:
    client = desk.client()
    total = client.get("/overview.json?type=strike").json["total"]
    drawn = client.get("/map.json?type=strike&zoom=3").json
    assert sum(one["properties"]["count"] for one in drawn["features"]) + drawn["unplaced"] == total
    told = client.get("/timeline.json?type=strike").json
    assert sum(one["count"] for one in told["bins"]) + told["undated"] == total
    # A vague place is never a pin.
    areas = [one["properties"] for one in drawn["features"] if one["properties"]["kind"] == "area"]
    assert all(one["precision"] != 1 or one["radius_km"] for one in areas)


@pytest.mark.parametrize(
    "query",
    ["from=2024-13-01", "type=nonsense", "country=Ukraine", "box=1,2,3", "origins=-1", "sort=colour", "page=0",
     "page=x", "from=2024-02-02&to=2024-02-01"],
)  # fmt: skip
def test_a_filter_that_nothing_could_mean_is_refused_in_words(desk: Served, query: str) -> None:
    answer = desk.client().get(f"/overview.json?{query}")
    assert answer.status == 400, query
    assert len(answer.json["message"]) > 15


@pytest.mark.parametrize("path", ["/map.json?zoom=x", "/map.json?bbox=1,2", "/towns.json?zoom=99"])
def test_a_view_of_the_map_that_is_none_is_refused(desk: Served, path: str) -> None:
    assert desk.client().get(path).status == 400


def test_towns_are_named_the_largest_first(desk: Served) -> None:
    towns = desk.client().get("/towns.json?bbox=20,44,40,53&zoom=5").json["features"]
    assert any(town["properties"]["name"] == "Kyiv" for town in towns)


def test_a_filter_is_set_in_the_browser_and_stands_in_the_address(desk: Served, page: Any) -> None:
    page.goto(desk.address)
    before = page.locator(".events tbody tr").count()
    page.locator("select[name=type]").select_option("strike")
    page.wait_for_url("**/?*type=strike*")
    until(page, f"document.querySelectorAll('.events tbody tr').length < {before}")
    after = page.locator(".events tbody tr").count()
    assert after == len(rows(desk, "?type=strike"))
    assert "type=strike" in page.locator("dateline-map").get_attribute("data-url")
    # The address alone shows the same again, and going back shows all.
    page.reload()
    assert page.locator(".events tbody tr").count() == after
    assert page.locator("select[name=type]").input_value() == "strike"
    page.get_by_role("link", name="Clear").click()
    until(page, f"document.querySelectorAll('.events tbody tr').length == {before}")


def test_the_map_is_drawn_and_names_what_it_shows(desk: Served, page: Any) -> None:
    page.goto(desk.address)
    page.wait_for_selector("dateline-map canvas")
    until(page, "document.querySelector('dateline-map').innerText.includes('Shown here')")


def test_a_part_of_the_time_is_chosen_by_keyboard(desk: Served, page: Any) -> None:
    page.goto(desk.address)
    slider = page.locator("dateline-timeline input[type=range]").first
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.wait_for_url("**/?*from=*")
    assert page.get_by_label("From", exact=True).first.input_value()


def test_without_scripts_the_filters_still_work(desk: Served, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(desk.address)
    opened.locator("select[name=type]").select_option("strike")
    opened.get_by_role("button", name="Filter", exact=True).click()
    assert opened.locator(".events tbody tr").count() == len(rows(desk, "?type=strike"))
    context.close()


@pytest.mark.parametrize("width", [360, 768])
def test_a_small_window_has_no_sideways_scroll(desk: Served, page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(desk.address)
    page.wait_for_selector("dateline-map canvas")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
