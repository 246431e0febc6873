"""The page of a release: well formed, asking for nothing, any words as text, and used in a real browser."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.export.release_page import PageHead, release_page
from dateline.model.event import Event
from published import DRONE, EVENTS, HOSTILE, SHELLING
from test_release import release

EXPORT = Path(__file__).parent.parent / "src/dateline/export"


# The page


class Outline(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


HEAD = PageHead(title=HOSTILE, lines=(HOSTILE,), warning=HOSTILE)
PAGE = release_page(EVENTS, HEAD)


def test_page_is_well_formed_and_loads_nothing() -> None:
    outline = Outline(PAGE)
    ids = [attributes["id"] for _, attributes in outline.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in outline.tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "form")
        assert not {"src", "srcset", "style", "background"} & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
        assert not (attributes.get("href") or "").startswith("javascript")
    assert [tag for tag, _ in outline.tags].count("script") == 2
    assert "url(" not in PAGE


def test_policy_allows_only_our_own_style_and_script() -> None:
    policy = next(
        a["content"] for t, a in Outline(PAGE).tags if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    for name in ("style", "script"):
        (content,) = re.findall(f"<{name}>(.*?)</{name}>", PAGE, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy


def test_script_never_makes_markup_of_text() -> None:
    script = (EXPORT / "release_page.js").read_text()
    for name in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "fetch(",
        "XMLHttp",
        "import(",
    ):
        assert name not in script


@given(st.text(max_size=30))
def test_any_words_are_text(words: str) -> None:
    event = replace(DRONE, title=words, id=words, targets=(words,))
    Outline(release_page([event], PageHead(title=words, lines=(words,))))


def test_a_page_without_events_says_so() -> None:
    assert "No event passed the filter." in release_page([], HEAD)


def _luminance(colour: str) -> float:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_colours_have_contrast_in_light_and_dark() -> None:
    css = (EXPORT / "release_page.css").read_text()
    light, dark = (dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in css.split("@media")[:2])
    for colours in (light, {**light, **dark}):
        for ink in ("ink", "soft", "link"):
            for ground in ("paper", "card", "lit"):
                assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
        for sign in ("battle", "strike", "civilians", "force", "harm", "unrest", "state", "mixed"):
            assert contrast(colours[sign], colours["on-sign"]) >= 4.5, sign
            assert contrast(colours[sign], colours["land"]) >= 3, sign
            assert contrast(colours[sign], colours["sea"]) >= 3, sign


# In a real browser


@pytest.fixture(scope="module")
def many() -> list[Event]:
    assert SHELLING.place is not None
    near = [
        replace(SHELLING, id=f"n{n}", title=f"Shelling {n}", place=replace(SHELLING.place, lat=11 + n / 50, lon=29.7 + n / 60),
                earliest=date(2024, 1, 1 + n), latest=date(2024, 1, 1 + n))
        for n in range(28)
    ]  # fmt: skip
    return [*EVENTS, *near]


def opened(browser: Any, events: Any, tmp_path: Path, **options: Any) -> tuple[Any, list[str]]:
    folder = release(events, tmp_path / "releases")
    context = browser.new_context(**options)
    page = context.new_page()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.on("console", lambda message: seen.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("dialog", lambda dialog: seen.append(dialog.message))
    page.goto((folder / "index.html").as_uri())
    return page, seen


def shown_events(page: Any) -> int:
    return int(page.locator("tr.event:not([hidden])").count())


def test_page_opens_from_disk_and_asks_for_nothing(browser: Any, many: Any, tmp_path: Path) -> None:
    page, seen = opened(browser, many, tmp_path)
    assert len(seen) == 1
    assert seen[0].startswith("file:")
    assert page.locator("#status").inner_text() == "31 of 31 events"
    drawn = page.evaluate(
        "() => new Set(new Uint32Array(document.getElementById('map').getContext('2d')"
        ".getImageData(0, 0, 800, 400).data.buffer)).size"
    )
    assert drawn > 5


def test_filters_narrow_table_map_and_time(browser: Any, many: Any, tmp_path: Path) -> None:
    page, seen = opened(browser, many, tmp_path)
    page.select_option("#f-type", "strike.air")
    assert shown_events(page) == 1
    page.select_option("#f-type", "strike")
    assert shown_events(page) == 30
    page.fill("#f-words", "TAVEUNI")
    assert shown_events(page) == 1
    page.click("#clear")
    page.fill("#f-origins", "2")
    assert shown_events(page) == 29
    page.click("#clear")
    page.focus("#to")
    page.keyboard.press("Home")
    assert shown_events(page) == 1
    assert page.locator("#span").inner_text() == "2024-01-01"
    page.keyboard.press("ArrowRight")
    assert shown_events(page) == 2
    page.click("#clear")
    page.locator("#strip").scroll_into_view_if_needed()
    box = page.locator("#strip").bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + 10)
    page.mouse.up()
    assert 1 < shown_events(page) < 20
    assert len(seen) == 1


def test_map_moves_by_keys_wheel_and_pointer(browser: Any, many: Any, tmp_path: Path) -> None:
    page, _ = opened(browser, many, tmp_path)
    picture = "() => document.getElementById('map').toDataURL()"
    before = page.evaluate(picture)
    page.focus("#map")
    page.keyboard.press("+")
    zoomed = page.evaluate(picture)
    page.keyboard.press("ArrowLeft")
    panned = page.evaluate(picture)
    page.keyboard.press("0")
    assert len({before, zoomed, panned}) == 3
    assert page.evaluate(picture) == before
    box = page.locator("#map").bounding_box()
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(50)
    wheeled = page.evaluate(picture)
    page.mouse.down()
    page.mouse.move(box["x"] + 260, box["y"] + 220)
    page.mouse.up()
    assert len({before, wheeled, page.evaluate(picture)}) == 3


def test_an_event_is_found_on_the_map_and_back(browser: Any, many: Any, tmp_path: Path) -> None:
    page, _ = opened(browser, many, tmp_path)
    page.locator("tr.event", has_text="Taveuni").locator("button.locate").click()
    assert page.locator("tr.chosen").count() == 1
    assert page.evaluate("document.activeElement.id") == "map"
    box = page.locator("#map").bounding_box()
    page.locator("tr.event", has_text="Shelling 3").first.locator("button.locate").click()
    for _ in range(6):
        page.mouse.click(
            box["x"] + box["width"] / 2, page.locator("#map").bounding_box()["y"] + box["height"] / 2
        )
        page.locator("#map").scroll_into_view_if_needed()
    assert page.locator("tr.chosen", has_text="Shelling").count() == 1


def test_page_is_a_plain_table_without_script(browser: Any, many: Any, tmp_path: Path) -> None:
    page, _ = opened(browser, many, tmp_path, java_script_enabled=False)
    assert page.locator("tr.event").count() == 31
    assert not page.locator("#map").is_visible()
    assert not page.locator("#f-type").is_visible()
    page.locator("tr.event summary").first.click()
    assert page.locator(".claims li").first.is_visible()


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_fits_every_width(browser: Any, many: Any, tmp_path: Path, width: int, scheme: str) -> None:
    page, seen = opened(
        browser, many, tmp_path, viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    page.locator("tr.event summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(seen) == 1
