"""The timeline's brush and the chart of figures, in a real browser: by mouse, touch and keys, and as text."""

from typing import Any

import pytest

from desk_browser import Opened, Watched, faults, opened, site
from desk_page import Site

# Fixtures that pytest finds by their names here.
__all__ = ["opened", "site"]

HOSTILE = "<b onclick=alert(1)>"
BINS = [{"start": f"2024-0{n}-01", "end": f"2024-0{n}-28", "count": n * 3} for n in range(1, 10)]
TIMELINE = '<dateline-timeline data-url="/data/bins" data-label="Months"></dateline-timeline>'


def point(day: str, low: int | None, high: int | None, **more: Any) -> dict[str, Any]:
    return {
        "day": day,
        "low": low,
        "high": high,
        "standing": True,
        "polarity": "positive",
        "quote": "so many",
        **more,
    }


FIGURES = {
    "measure": "killed",
    "series": [
        {"origin": HOSTILE, "side": "North", "points": [
            point("2024-03-04", 20, 26), point("2024-03-01", 12, 12, standing=False)]},
        {"origin": "Governor", "side": "North", "points": [point("2024-03-02", 24, None)]},
        {"origin": "Spokesman", "side": "South", "points": [point("2024-03-02", None, None, polarity="negative")]},
    ],
    "range": [{"day": "2024-03-01", "low": 12, "best": 12, "high": 12}, {"day": "2024-03-04", "low": 20, "best": 24, "high": 26}],
}  # fmt: skip
CHART = '<dateline-chart data-url="/data/figures"><table id="f"><tr><th>Governor</th><td>24</td></tr></table></dateline-chart>'


def timeline(opened: Opened, body: str = TIMELINE, **options: Any) -> Watched:
    watched = opened(body, {"bins": {"bins": BINS}}, **options)
    watched.until("document.querySelectorAll('.bar').length")
    return watched


def test_brush_by_mouse(opened: Opened) -> None:
    watched = timeline(opened)
    box = watched.page.locator(".strip").bounding_box()
    middle = box["y"] + box["height"] / 2
    watched.page.mouse.move(box["x"] + box["width"] * 2.5 / 9, middle)
    watched.page.mouse.down()
    watched.page.mouse.move(box["x"] + box["width"] * 4.5 / 9, middle)
    assert watched.said("dateline-timeline:change") == []
    watched.page.mouse.up()
    assert watched.said("dateline-timeline:change") == [{"from": "2024-03-01", "to": "2024-05-28"}]
    assert watched.page.locator("output").inner_text() == "2024-03-01 to 2024-05-28: 36 events"
    assert watched.page.locator(".bar.chosen").count() == 3
    watched.page.get_by_role("button", name="Whole time").click()
    assert watched.said("dateline-timeline:change")[-1] == {"from": None, "to": None}
    watched.check()


def test_brush_by_keys(opened: Opened) -> None:
    watched = timeline(opened)
    low, high = watched.page.get_by_label("From"), watched.page.get_by_label("To")
    low.focus()
    watched.page.keyboard.press("ArrowRight")
    assert watched.said("dateline-timeline:change")[-1] == {"from": "2024-02-01", "to": "2024-09-28"}
    assert low.get_attribute("aria-valuetext") == "2024-02-01"
    high.focus()
    watched.page.keyboard.press("Home")
    # The ends never cross: the other one comes along.
    assert watched.said("dateline-timeline:change")[-1] == {"from": "2024-01-01", "to": "2024-01-28"}
    watched.check()


def test_brush_by_touch(opened: Opened) -> None:
    watched = timeline(opened, has_touch=True)
    box = watched.page.locator(".strip").bounding_box()
    watched.page.touchscreen.tap(box["x"] + box["width"] * 6.5 / 9, box["y"] + 20)
    assert watched.said("dateline-timeline:change") == [{"from": "2024-07-01", "to": "2024-07-28"}]


def test_chosen_span_comes_from_the_page(opened: Opened) -> None:
    body = TIMELINE.replace("data-label", 'data-from="2024-02-10" data-to="2024-04-05" data-label')
    watched = timeline(opened, body)
    assert watched.page.locator("output").inner_text() == "2024-02-01 to 2024-04-28: 27 events"
    watched.page.evaluate("document.querySelector('dateline-timeline').setAttribute('data-to', '2024-02-28')")
    assert watched.page.locator("output").inner_text() == "2024-02-01 to 2024-02-28: 6 events"
    assert watched.said("dateline-timeline:change") == []


def test_timeline_without_bins_says_so(opened: Opened) -> None:
    watched = opened(TIMELINE, {"bins": {"bins": []}})
    watched.until("document.querySelector('output').textContent")
    assert watched.page.locator("output").inner_text() == "No dated event."
    watched.page.locator(".strip").click()
    watched.check()


def test_words_are_those_of_the_page(opened: Opened) -> None:
    body = TIMELINE.replace("data-label", """data-texts='{"from": "Від", "all": "Увесь час"}' data-label""")
    watched = timeline(opened, body)
    assert watched.page.get_by_label("Від").count() == 1
    assert watched.page.get_by_role("button", name="Увесь час").count() == 1


@pytest.mark.parametrize("width", [360, 900])
def test_chart_draws_each_origin_and_keeps_its_table(opened: Opened, width: int) -> None:
    watched = opened(CHART, {"figures": FIGURES}, viewport={"width": width, "height": 800})
    watched.until("document.querySelector('dateline-chart svg')")
    page = watched.page
    drawing = page.locator("figure > svg")
    assert drawing.get_attribute("role") == "img"
    assert drawing.get_attribute("aria-details") == "f"
    assert page.locator("dateline-chart table td").inner_text() == "24"
    titles = page.evaluate("[...document.querySelectorAll('figure > svg title')].map((t) => t.textContent)")
    assert titles == [
        f"{HOSTILE}, 2024-03-01: 12 (no longer stated) “so many”",
        f"{HOSTILE}, 2024-03-04: 20–26 “so many”",
        "Governor, 2024-03-02: 24 or more “so many”",
        "Spokesman, 2024-03-02:  (denied) “so many”",
    ]
    # Two origins of one side share a colour and differ in their dashes; the other side has its own.
    assert page.locator("figure > svg > g.side-1").count() == 2
    assert page.locator("figure > svg > g.side-2").count() == 1
    dashes = page.evaluate(
        "[...document.querySelectorAll('figure > svg > g.side-1 .step')]"
        ".map((p) => p.getAttribute('stroke-dasharray'))"
    )
    assert dashes == ["", "", "7 3", "7 3"]
    assert page.locator("figure > svg .open").count() == 1
    assert page.locator("figure > svg .denied").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".chart-legend li").count() == 6
    watched.check()


def test_steps_hold_until_the_next_word(opened: Opened) -> None:
    watched = opened(CHART, {"figures": FIGURES})
    watched.until("document.querySelector('dateline-chart svg')")
    corners = watched.page.evaluate(
        "async () => (await import('/static/chart.js'))"
        ".steps([{low: 3, day: '2024-01-01'}, {low: 5, day: '2024-01-03'}], (p) => p.low,"
        " {x: (t) => (t - Date.parse('2024-01-01T00:00:00Z')) / 86400000, y: (n) => n, end: 9})"
    )
    assert corners == [[0, 3], [2, 3], [2, 5], [9, 5]]
    marks = watched.page.evaluate(
        "async () => { const { ticks } = await import('/static/chart.js');"
        " return [0, 3, 7, 26, 6000].map((n) => ticks(n)); }"
    )
    assert [m[0] for m in marks] == [0] * 5
    assert [m[-1] for m in marks] == [1, 3, 8, 30, 6000]


def test_chart_that_cannot_be_drawn_leaves_its_table(opened: Opened) -> None:
    watched = opened(CHART, {})
    watched.until("document.querySelector('dateline-chart figure')")
    assert "the table has them" in watched.page.locator("figure").inner_text()
    assert watched.page.locator("dateline-chart table").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drawings_have_no_faults_that_axe_finds(opened: Opened, scheme: str) -> None:
    watched = opened(TIMELINE + CHART, {"bins": {"bins": BINS}, "figures": FIGURES}, color_scheme=scheme)
    watched.until("document.querySelector('dateline-chart svg') && document.querySelector('.bar')")
    assert faults(watched) == []


def test_htmx_swaps_without_breaking_the_policy(opened: Opened, site: Site) -> None:
    site.bodies["part"] = "<p>Swapped</p>"
    body = '<button hx-get="/page/part" hx-target="#here" hx-select="p">Load</button><div id="here"></div>'
    watched = opened(body, {})
    watched.until("window.htmx && document.querySelector('button[data-htmx-powered]')")
    watched.page.click("button")
    watched.until("document.querySelector('#here').textContent === 'Swapped'")
    watched.check()
