"""Every page of the desk in a real browser: for everybody, at any width, in both colours, and asking nothing of elsewhere."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest

from browsing import AXE, Watch
from dateline.desk.pages import PAGES
from desk_served import copied
from desk_whole import FILES, HTML, LEAD, READER, Whole, sign_in, whole

WIDE, NARROW, ZOOMED = 1280, 360, 640
# What colours and widths decide; all other rules are as true in the dark or in a narrow window.
_BY_COLOURS = (
    "color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "duplicate-id-aria",
    "label", "button-name", "link-name", "landmark-unique", "heading-order",
)  # fmt: skip
_FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  return [at.className || at.tagName,
    style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 && at.getClientRects().length > 0];
}"""


@pytest.fixture(scope="module")
def desk(stories_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    with whole(copied(stories_record, tmp_path_factory.mktemp("everywhere") / "record")) as running:
        yield running


def test_each_page_is_looked_at(desk: Whole) -> None:
    assert set(desk.addresses) == set(HTML), "give the addresses of the page in desk_whole"
    lead = desk.clients[LEAD]
    for path, addresses in desk.addresses.items():
        assert addresses, path
        client = desk.served.client() if path == "/sign-in" else lead
        for address in addresses:
            answer = client.get(address)
            while answer.status == 307:
                answer = client.get(answer.headers["location"])
            assert answer.status == 200, address
            assert answer.headers["content-type"] == "text/html; charset=utf-8", address
    files = (
        "/history.csv",
        "/review/agreement.csv",
        f"/reports/{desk.report}/original/file",
        f"/releases/{desk.release}/csv/events.csv",
    )
    assert len(files) == len(FILES)
    for address in files:
        assert lead.get(address).headers["content-disposition"].startswith("attachment"), address


def test_links_and_forms_lead_to_pages(desk: Whole) -> None:
    client, seen, sent = desk.clients[LEAD], set[str](), set[str]()
    for address in (one for addresses in desk.addresses.values() for one in addresses):
        html = client.get(address).text
        sent |= set(re.findall(r'<form[^>]* method="post"[^>]* action="([^"?]*)', html))
        for link in re.findall(r'<a [^>]*href="(/[^"#]*)', html):
            path = link.replace("&amp;", "&")
            if path not in seen:
                seen.add(path)
                assert client.get(path).status in (200, 307), f"{path} of {address}"
    assert len(seen) > 60
    known = [re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(page.path)) for page in PAGES if page.method == "POST"]
    assert len(sent) > 15
    for action in sent:
        assert any(re.fullmatch(one, action) for one in known), action


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_sound(
    desk: Whole, browser: Any, without_webgl: Any, scheme: Literal["light", "dark"]
) -> None:
    if not AXE.is_file():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("axe-core is missing; run `make desk`")
    # 640 px at twice the density is what a window of 1280 px is at a zoom of 200 %. Maps are drawn in one of the two.
    context = (browser if scheme == "light" else without_webgl).new_context(
        color_scheme=scheme, viewport={"width": WIDE, "height": 900}, device_scale_factor=1 if scheme == "light" else 2
    )  # fmt: skip
    page, rules = context.new_page(), [] if scheme == "light" else list(_BY_COLOURS)
    watch = Watch(page, desk.served.address)
    faults = []
    page.goto(f"{desk.served.address}/sign-in")
    faults += _looked_at(page, "/sign-in", rules)
    sign_in(page, desk.served.address, LEAD)
    for address in (one for addresses in desk.addresses.values() for one in addresses if one != "/sign-in"):
        page.set_viewport_size({"width": WIDE, "height": 900})
        page.goto(desk.served.address + address)
        faults += _looked_at(page, address, rules)
        faults += [f"{address}: {words}" for words in watch.said if "WebGL" not in words or scheme == "light"]
        watch.said.clear()
    for address in desk.wrong:
        page.set_viewport_size({"width": WIDE, "height": 900})
        page.goto(desk.served.address + address)
        faults += _looked_at(page, address, rules)
    # Of a page that is not there, the browser tells.
    faults += [words for words in watch.said if "status of 4" not in words]
    context.close()
    assert faults == []


def test_a_reader_sees_no_door_that_is_shut(desk: Whole) -> None:
    client = desk.clients[READER]
    for path, addresses in desk.addresses.items():
        answer = client.get(addresses[0])
        role = next(page.role for page in PAGES if page.path == path and page.method == "GET")
        assert answer.status == (403 if role != "reader" else answer.status), path
        assert answer.status in (200, 303, 307) or role != "reader", path
        shown = set(re.findall(r'<a [^>]*href="(/[^"?#]*)', answer.text))
        assert not shown & {"/add", "/people", "/review/conflicts", "/review/agreement"}, path


def _looked_at(page: Any, address: str, rules: list[str]) -> list[str]:
    """Return the faults of an opened page: headings, what the keyboard shows, axe-core's at two widths, the width at three."""
    faults = []
    heads, title, language, mains = page.evaluate(
        "[document.querySelectorAll('h1').length, document.title, document.documentElement.lang, "
        "document.querySelectorAll('main').length]"
    )
    if (heads, language, mains) != (1, "en", 1) or len(title.removesuffix(" · Dateline").strip()) < 2:
        faults.append(f"{address}: {heads} h1, {mains} main, {title!r}, {language!r}")
    # A page may begin at a field (signing in) or at the words asked for; else the keyboard begins at its head.
    begun = page.evaluate("document.querySelector('[autofocus]') !== null || location.hash !== ''")
    stops = []
    for _ in range(1 if begun else 3):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(_FOCUS))
    faults += [f"{address}: focus is not seen on {name}" for name, seen in stops if not seen]
    page.focus("a.skip")
    page.keyboard.press("Enter")
    if page.evaluate("document.activeElement.id") != "main" or not (begun or stops[0][0] == "skip"):
        faults.append(f"{address}: no way past the head by keyboard")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in (WIDE, ZOOMED, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            faults.append(f"{address}: {wide} px wide in {width}")
        if width != ZOOMED:
            chosen = rules if width == WIDE else list(_BY_COLOURS)
            options = {"resultTypes": ["violations"], **({"runOnly": chosen} if chosen else {})}
            found = page.evaluate("options => axe.run(document, options)", options)["violations"]
            faults += [
                f"{address} at {width}: {one['id']}: {[node['target'] for node in one['nodes'][:3]]}"
                for one in found
            ]
    return faults
