"""The HTML page: one file, no requests, everything escaped; linked by hover and focus in a real browser."""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dateline.export.html import page
from dateline.export.html_element import element, raw
from dateline.export.marks import Mark, marks_of, pieces
from dateline.model.text import Report
from readings import FULL, TEXT, TITLE, plain

HOSTILE = '<script>alert(1)</script> "quoted" \' & <img src=x onerror=alert(2)> &lt; \x00\u202e'


class Outline(HTMLParser):
    """Collects tags with their attributes, ids, text, and checks that elements close in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: dict[str, list[str]] = {}
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.text.setdefault(tag, []).append(data)


FULL_PAGE = page([FULL])


def test_page_is_well_formed_and_ids_are_unique() -> None:
    outline = Outline(page([FULL, FULL, plain("Quiet.\n")]))
    ids = [attributes["id"] for _, attributes in outline.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [attributes["href"] or "" for tag, attributes in outline.tags if tag == "a"]
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)


def test_the_whole_text_is_on_the_page() -> None:
    article = "".join(Outline(FULL_PAGE).text["article"])
    assert article == "".join(line for line in TEXT.split("\n") if line)


def test_each_claim_is_linked_both_ways() -> None:
    outline = Outline(FULL_PAGE)
    links = {attributes.get("href") for tag, attributes in outline.tags if tag == "a"}
    ids = {attributes.get("id") for _, attributes in outline.tags}
    for number in (1, 2, 3):
        assert {f"r1c{number}", f"r1t{number}"} <= ids
        assert f"#r1t{number}" in links
    assert "#r1c1" in links


def test_policy_allows_only_our_own_style_and_script() -> None:
    policy = next(
        a["content"] for t, a in Outline(FULL_PAGE).tags if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    for name in ("style", "script"):
        (content,) = re.findall(f"<{name}>(.*?)</{name}>", FULL_PAGE, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy


def test_page_names_nothing_to_load() -> None:
    for tag, attributes in Outline(FULL_PAGE).tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "form")
        assert not {"src", "srcset", "style", "background"} & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
    assert "url(" not in FULL_PAGE
    assert "@import" not in FULL_PAGE


def test_hostile_words_are_text() -> None:
    report = Report(text=HOSTILE, title=HOSTILE, publisher=HOSTILE, url="javascript:alert(1)", name=HOSTILE)
    outline = Outline(page([replace(FULL, report=report, claims=(), attributions=(), mentions=())]))
    assert [tag for tag, _ in outline.tags].count("script") == 1
    assert "img" not in [tag for tag, _ in outline.tags]
    assert not any((attributes.get("href") or "").startswith("javascript") for _, attributes in outline.tags)
    assert "<script>alert(1)</script>" in "".join(outline.text["article"])


def test_script_never_makes_markup_of_text() -> None:
    script = (Path(__file__).parent.parent / "src/dateline/export/html.js").read_text()
    for name in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert name not in script


def test_no_claims_and_no_reports_say_so() -> None:
    assert "No claims were read in this report." in page([plain("Quiet.\n")])
    assert "No report was read." in page([])


def test_several_reports_are_listed() -> None:
    html = page([FULL, plain("Quiet.\n", title="A quiet day")])
    assert '<a href="#r2">A quiet day</a>' in html
    assert "3 claims in 2 reports" in html
    assert 'class="contents"' not in FULL_PAGE


def test_same_readings_same_page() -> None:
    assert page([FULL, FULL]) == page([FULL, FULL])


def test_element_escapes_and_raw_refuses_an_early_end() -> None:
    assert (
        element("p", "a<b", title='"&', data_x=1, hidden=True)
        == '<p title="&quot;&amp;" data-x="1" hidden>a&lt;b</p>'
    )
    with pytest.raises(ValueError, match="may not contain"):
        raw("script", "x</script>")


def test_pieces_cover_the_text_once_in_order() -> None:
    marks = (
        Mark(start=0, end=10, kind="evidence", claims=(1,)),
        Mark(start=2, end=6, kind="claim", claims=(1,)),
        Mark(start=4, end=8, kind="place", claims=()),
        Mark(start=8, end=20, kind="hedge", claims=(2,)),
    )
    found = list(pieces(1, 12, marks))
    assert [(piece.start, piece.end) for piece in found] == [
        (1, 2),
        (2, 4),
        (4, 6),
        (6, 8),
        (8, 10),
        (10, 12),
    ]
    assert [mark.kind for mark in found[2].marks] == ["claim", "place", "evidence"]
    assert [mark.kind for mark in found[5].marks] == ["hedge"]


def test_marks_join_claims_that_share_words() -> None:
    twice = replace(FULL, claims=(FULL.claims[0], FULL.claims[0]))
    triggers = [mark for mark in marks_of(twice) if mark.kind == "claim"]
    assert {mark.claims for mark in triggers} == {(1, 2)}


def _luminance(colour: str) -> float:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_have_contrast_in_light_and_dark() -> None:
    css = (Path(__file__).parent.parent / "src/dateline/export/html.css").read_text()
    light, dark = (dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in css.split("@media")[:2])
    assert len(dark) > 12
    for colours in (light, {**light, **dark}):
        inks = ("ink", "soft", "link", "source", "cue", "hedge", "figure", "loss", "place", "time", "actor")
        for ink in inks:
            for ground in ("paper", "card", "lit"):
                high, low = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)
                assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, ground)


# In a real browser


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Any]:
    path = tmp_path / "page.html"
    path.write_text(page([FULL, FULL]), encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.requests, tab.errors = [], []
    tab.on("request", lambda request: tab.requests.append(request.url))
    tab.on("console", lambda message: tab.errors.append(message.text))
    tab.on("pageerror", lambda error: tab.errors.append(str(error)))
    tab.goto(path.as_uri())
    yield tab
    tab.close()


def lit(tab: Any, within: str) -> list[str]:
    words = tab.eval_on_selector_all(f"{within} .lit", "parts => parts.map(part => part.textContent)")
    return [" ".join(word.split()) for word in words]


def test_browser_makes_no_request_and_no_error(opened: Any) -> None:
    opened.hover("#r1t1")
    assert [url for url in opened.requests if not url.startswith("file://")] == []
    assert len(opened.requests) == 1
    assert opened.errors == []


def test_hover_on_a_trigger_shows_its_claim_and_words(opened: Any) -> None:
    opened.hover("#r1t2")
    assert opened.locator("#r1c2").evaluate("card => card.classList.contains('lit')")
    assert not opened.locator("#r2c2").evaluate("card => card.classList.contains('lit')")
    assert "Two tanks" in lit(opened, "#r1 .text")
    opened.hover("h1")
    assert lit(opened, "#r1") == []


def test_hover_on_a_claim_shows_its_words(opened: Any) -> None:
    opened.hover("#r1c1")
    words = lit(opened, "#r1 .text")
    for expected in ("reportedly", "a doctor", "told", "6 to 8"):
        assert expected in words
    assert "Two tanks" not in words


def test_keyboard_reaches_and_moves(opened: Any) -> None:
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.className") == "skip"
    opened.focus("#r1c1 a")
    assert opened.locator("#r1t1").evaluate("part => part.classList.contains('lit')")
    opened.keyboard.press("ArrowDown")
    assert opened.evaluate("document.activeElement.closest('li').id") == "r1c2"
    assert lit(opened, "#r1 .claims")[0].startswith("2")
    opened.keyboard.press("End")
    assert opened.evaluate("document.activeElement.closest('li').id") == "r1c3"
    opened.keyboard.press("Escape")
    assert lit(opened, "#r1") == []


def test_enter_on_a_trigger_goes_to_its_claim(opened: Any) -> None:
    opened.focus("#r1t2")
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.closest('li').id") == "r1c2"


def test_kinds_can_be_hidden(opened: Any) -> None:
    colour = "getComputedStyle(document.querySelector('.text .m-hedge')).textDecorationLine"
    assert opened.evaluate(colour) == "underline"
    opened.uncheck("input[data-kind=hedge]")
    assert opened.evaluate(colour) == "none"


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_window(opened: Any, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 800})
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_print_shows_everything_in_black(opened: Any) -> None:
    opened.emulate_media(media="print")
    assert not opened.locator(".legend").is_visible()
    assert opened.locator("#r1c3").is_visible()
    assert (
        opened.evaluate("getComputedStyle(document.querySelector('.text .m-hedge')).color") == "rgb(0, 0, 0)"
    )


def test_accessible_names_and_order(opened: Any) -> None:
    unnamed = opened.evaluate(
        "[...document.querySelectorAll('a, input, section, article, aside, nav')].filter(part =>"
        " !(part.getAttribute('aria-label') || part.textContent.trim() || part.closest('label'))).length"
    )
    assert unnamed == 0
    levels = opened.eval_on_selector_all("h1, h2, h3, h4", "parts => parts.map(part => +part.tagName[1])")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert opened.evaluate("document.documentElement.lang") == "en"
    assert opened.title().startswith("Dateline")


def test_works_without_its_script(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(FULL_PAGE, encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(path.as_uri())
    tab.click("#r1t2")
    assert tab.url.endswith("#r1c2")
    context.close()
    assert TITLE in FULL_PAGE.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
