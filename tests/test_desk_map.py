"""The desk's map in a real browser: it draws, asks nobody else, keeps the policy, and shows vague places as vague."""

import re
from typing import Any

import pytest

from browsing import WAIT_S
from dateline.desk.assets import STATIC
from desk_browser import Opened, Watched, faults, opened, site
from desk_page import Site

# Fixtures that pytest finds by their names here.
__all__ = ["opened", "site"]

HOSTILE = "<img src=x onerror=alert(1)>\u202e"


def feature(lon: float, lat: float, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {
            "kind": "event", "count": 1, "id": "e1", "title": "A strike", "type": "strike.air", "family": "strike",
            "day": "2024-03-02", "radius_km": None, "precision": 1, "place": "Taveuni", **properties,
        },
    }  # fmt: skip


EVENTS = [
    feature(20, 10, title=HOSTILE, id="a/b?c"),
    feature(24, 10, kind="area", radius_km=60, precision=4, title="Somewhere here", place="Lau"),
    feature(16, 10, kind="area", radius_km=120, precision=6, count=5, id=None, title=None, place="Far West"),
    feature(20, 13, kind="area", radius_km=None, precision=6, count=12, id=None, title=None, place="Фіджі"),
    feature(
        20, 7, kind="cluster", count=40, id=None, title=None, family="battle", bbox=[19.5, 6.5, 20.5, 7.5]
    ),
    feature(23, 7, kind="area", radius_km=1, precision=2, title="Near a village"),
    feature(
        22, 12, kind="cluster", count=3, id=None, title=None, bbox=[22, 12, 22, 12], href="/events?box=here"
    ),
    feature(18, 12, count=1, href="//elsewhere.example", id=None, title="Led astray"),
    # The server's slip: a vague place sent as an event is still no pin.
    feature(17, 7, kind="event", radius_km=80, precision=3, title="Not a point"),
]
ANSWERS = {"events": {"type": "FeatureCollection", "unplaced": 3, "features": EVENTS}}
ELEMENT = (
    '<dateline-map data-url="/data/events?type=strike" data-bounds="15,5,25,15" data-event="/events/{id}" '
    'data-list="#list" data-label="Events of the test"></dateline-map><ul id="list"><li>One</li></ul>'
)


def drawn_colours(watched: Watched) -> int:
    """Count the colours of the map's picture, from a screenshot decoded in the page."""
    import base64

    picture = watched.page.locator(".map-canvas canvas").screenshot()
    address = "data:image/png;base64," + base64.b64encode(picture).decode()
    count: int = watched.page.evaluate(
        """async (address) => { const image = new Image(); image.src = address; await image.decode();
        const canvas = document.createElement("canvas"); canvas.width = image.width; canvas.height = image.height;
        const pen = canvas.getContext("2d"); pen.drawImage(image, 0, 0);
        return new Set(new Uint32Array(pen.getImageData(0, 0, image.width, image.height).data.buffer)).size; }""",
        address,
    )
    return count


# What must lie where: places on the screen, found with the map's own projection of the start view.
SCREEN = """([lon, lat]) => { const [w, s, e, n] = document.querySelector("dateline-map").box;
const y = (d) => Math.asinh(Math.tan(d * Math.PI / 180));
const edge = document.querySelector(".map-canvas canvas").getBoundingClientRect();
return [edge.left + (lon - w) / (e - w) * edge.width, edge.top + (y(n) - y(lat)) / (y(n) - y(s)) * edge.height]; }"""


def clicked(watched: Watched, lon: float, lat: float) -> str:
    """Click on a place of the map; return the popup's words, or nothing."""
    x, y = watched.page.evaluate(SCREEN, [lon, lat])
    watched.page.mouse.click(x, y)
    watched.page.wait_for_timeout(150)
    popup = watched.page.locator(".maplibregl-popup")
    return str(popup.inner_text()) if popup.count() else ""


def settled(watched: Watched) -> None:
    """Wait until the signs can be asked for: the worker has cut them into tiles."""
    watched.loaded()
    for _ in range(WAIT_S * 2):
        if "A strike" in clicked(watched, 20, 10) or HOSTILE[:4] in clicked(watched, 20, 10):
            return
        watched.page.wait_for_timeout(500)
    raise AssertionError("the event never came up")


def test_map_draws_and_keeps_to_its_origin_and_policy(opened: Opened) -> None:
    watched = opened(ELEMENT.replace("data-list", 'data-towns="/towns" data-list'), ANSWERS)
    settled(watched)
    assert drawn_colours(watched) > 50
    assert any("/towns?" in url for url in watched.requests)
    watched.until("performance.getEntriesByName(location.origin + '/static/base_fine.json').length")
    status = watched.page.locator(".map-status").inner_text()
    assert status == "Shown here: 45 at a point, 20 only to an area. Without a place: 3."
    assert watched.site.asked[0]["type"] == "strike"
    west, south, east, north = map(float, watched.site.asked[0]["bbox"].split(","))
    assert west <= 15 < 25 <= east
    assert south <= 5 < 15 <= north
    watched.check()


def test_vague_places_are_areas_and_never_pins(opened: Opened) -> None:
    watched = opened(ELEMENT, ANSWERS)
    settled(watched)
    # 60 km are .54 degrees: inside, and just outside.
    inside = clicked(watched, 24.4, 10)
    assert "Somewhere within 60 km of Lau; no source gives the point." in inside
    assert clicked(watched, 24.75, 10) == ""
    # 120 km, hatched; several events.
    assert "5 events" in clicked(watched, 16.5, 10.5)
    # An event with a radius is an area too; a sign smaller than a ring is a ring.
    assert "within 80 km" in clicked(watched, 17.5, 7)
    assert "within 1 km" in clicked(watched, 23, 7)
    assert "12 somewhere in Фіджі" in clicked(watched, 20, 13)
    watched.check()


def test_popup_shows_any_words_as_text(opened: Opened) -> None:
    watched = opened(ELEMENT, ANSWERS)
    settled(watched)
    assert HOSTILE in clicked(watched, 20, 10)
    link = watched.page.locator(".map-told a")
    assert link.get_attribute("href") == "/events/a%2Fb%3Fc"
    assert watched.page.locator(".map-told img").count() == 0
    assert watched.page.locator(".map-told").inner_text().endswith("Strike · 2024-03-02 · Taveuni")
    watched.check()


def test_a_cluster_opens(opened: Opened) -> None:
    watched = opened(ELEMENT, ANSWERS)
    settled(watched)
    before = len(watched.said("dateline-map:loaded"))
    clicked(watched, 20, 7)
    watched.loaded(before + 1)
    west, south, east, north = watched.page.evaluate("document.querySelector('dateline-map').box")
    assert 18 < west < 19.5 < 20.5 < east < 22
    assert 5 < south < 6.5 < 7.5 < north < 9
    watched.check()


def test_events_at_one_point_are_told_with_a_link(opened: Opened) -> None:
    watched = opened(ELEMENT, ANSWERS)
    settled(watched)
    assert "3 events" in clicked(watched, 22, 12)
    assert watched.page.locator(".map-told a").get_attribute("href") == "/events?box=here"
    assert "Led astray" in clicked(watched, 18, 12)
    assert watched.page.locator(".map-told a").count() == 0
    watched.check()


def test_keys_move_zoom_and_tell(opened: Opened) -> None:
    watched = opened(ELEMENT, ANSWERS)
    settled(watched)
    box = "document.querySelector('dateline-map').box"
    canvas = watched.page.locator(".map-canvas canvas")
    assert canvas.get_attribute("aria-label") == "Events of the test"
    canvas.focus()
    watched.page.keyboard.press("Escape")
    assert watched.page.locator(".maplibregl-popup").count() == 0
    watched.page.keyboard.press("Enter")
    assert HOSTILE in watched.page.locator(".maplibregl-popup").inner_text()
    watched.page.keyboard.press("Escape")
    assert watched.page.locator(".maplibregl-popup").count() == 0
    assert watched.page.evaluate("document.activeElement.className").startswith("maplibregl-canvas")
    start = watched.page.evaluate(box)
    watched.page.keyboard.press("ArrowRight")
    watched.until(f"{box}[0] > {start[0]} + 0.5")
    watched.page.wait_for_timeout(600)
    moved = watched.page.evaluate(box)
    watched.page.keyboard.press("+")
    watched.until(f"{box}[2] - {box}[0] < {(moved[2] - moved[0]) * 0.7}")
    watched.page.wait_for_timeout(600)
    watched.page.keyboard.press("-")
    watched.until(f"{box}[2] - {box}[0] > {(moved[2] - moved[0]) * 0.9}")
    watched.check()


def test_searching_an_area_tells_the_box(opened: Opened) -> None:
    watched = opened(ELEMENT, ANSWERS)
    settled(watched)
    watched.page.click(".map-search")
    (found,) = watched.said("dateline-map:search")
    assert found["box"] == pytest.approx(
        watched.page.evaluate("document.querySelector('dateline-map').box"), abs=1e-4
    )
    watched.page.click(".map-draw")
    (x, y), (right, low) = (watched.page.evaluate(SCREEN, place) for place in ([18, 12], [22, 8]))
    watched.page.mouse.move(x, y)
    watched.page.mouse.down()
    watched.page.mouse.move((x + right) / 2, y + 20)
    watched.page.mouse.move(right, low)
    watched.page.mouse.up()
    assert watched.said("dateline-map:search")[1]["box"] == pytest.approx([18, 8, 22, 12], abs=0.1)
    assert watched.page.get_attribute(".map-draw", "aria-pressed") == "false"
    watched.page.keyboard.down("Shift")
    watched.page.mouse.move(x, y)
    watched.page.mouse.down()
    watched.page.mouse.move(right - 10, low - 10)
    watched.page.mouse.move(right, low)
    watched.page.mouse.up()
    watched.page.keyboard.up("Shift")
    assert watched.said("dateline-map:search")[2]["box"] == pytest.approx([18, 8, 22, 12], abs=0.1)
    watched.check()


def test_another_filter_loads_anew_and_a_failure_points_to_the_list(opened: Opened) -> None:
    watched = opened(ELEMENT, ANSWERS)
    watched.loaded()
    watched.page.evaluate(
        "document.querySelector('dateline-map').setAttribute('data-url', '/data/events?type=battle')"
    )
    watched.loaded(2)
    assert watched.site.asked[-1]["type"] == "battle"
    watched.page.evaluate("document.querySelector('dateline-map').setAttribute('data-url', '/data/none')")
    watched.until("document.querySelector('.map-status').textContent.includes('The list has them')")
    watched.page.evaluate("document.querySelector('dateline-map').remove()")
    assert watched.page.evaluate("window.violations") == []


def test_answer_says_where_to_look_first(opened: Opened) -> None:
    body = ELEMENT.replace('data-bounds="15,5,25,15" ', "")
    over = {"type": "FeatureCollection", "bbox": [176, -20, -178, -15], "features": []}
    watched = opened(body, {"events": over})
    watched.loaded()
    west, south, east, north = watched.page.evaluate("document.querySelector('dateline-map').box")
    # Over the antimeridian the western edge is above the eastern one.
    assert 160 < west < 176
    assert -178 < east < -160
    assert south < -20
    assert north > -15
    watched.check()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_map_and_its_popup_have_no_faults_that_axe_finds(opened: Opened, scheme: str) -> None:
    watched = opened(ELEMENT, ANSWERS, color_scheme=scheme)
    settled(watched)
    watched.page.locator(".map-legend summary").click()
    assert faults(watched) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_map_has_the_colours_of_the_scheme(opened: Opened, scheme: str) -> None:
    watched = opened(ELEMENT, ANSWERS, color_scheme=scheme, reduced_motion="reduce")
    settled(watched)
    assert drawn_colours(watched) > 50
    watched.page.emulate_media(color_scheme="dark" if scheme == "light" else "light")
    watched.page.wait_for_timeout(300)
    watched.page.emulate_media(media="print")
    assert not watched.page.locator("dateline-map").is_visible()
    watched.check()


def test_own_tiles_take_the_place_of_the_base_map(opened: Opened) -> None:
    tiles = 'data-tiles="/tiles/{z}/{x}/{y}.png" data-credit="Tiles: us" data-list'
    watched = opened(ELEMENT.replace("data-list", tiles), ANSWERS)
    settled(watched)
    assert any(asked["name"] == "tile" for asked in watched.site.asked)
    assert not any("base_" in url and url.endswith(".json") for url in watched.requests)
    assert watched.page.locator(".map-credit").inner_text() == "Tiles: us"
    watched.check()


def test_without_webgl_the_map_points_to_the_list(without_webgl: Any, site: Site) -> None:
    watched = Watched(without_webgl, site, ELEMENT, ANSWERS)
    watched.until("window.said.length")
    assert watched.said("dateline-map:missing") == [{}]
    assert "needs WebGL" in watched.page.locator("dateline-map").inner_text()
    assert watched.page.locator("dateline-map a").get_attribute("href") == "#list"
    watched.check()


def test_scripts_never_make_markup_of_text() -> None:
    for path in STATIC.glob("*.js"):
        script = path.read_text(encoding="utf-8")
        for name in (
            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "setHTML",
            '"style"', "http://", "https://",
        ):  # fmt: skip
            assert name not in script.replace("http://www.w3.org/2000/svg", ""), (path.name, name)


def test_colours_are_those_of_a_release_page() -> None:
    ours, theirs = (
        re.findall(r"--([\w-]+): (#\w{6})", (folder / name).read_text(encoding="utf-8"))
        for folder, name in ((STATIC, "palette.css"), (STATIC.parent.parent / "export", "release_page.css"))
    )
    assert [pair for pair in ours if not pair[0].startswith("side-")] == theirs
