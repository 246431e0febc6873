"""Text made to hurt, in all that the desk shows: it stays text on every page, and nothing is run, asked or opened."""

from collections.abc import Iterator
from typing import Any

import pytest

from browsing import Watch
from desk_watch import HOSTILE, hostile_rows, made_record
from desk_whole import LEAD, Whole, sign_in, whole

NAME = "<img src=x onerror=alert(11)>{{ 7*7 }}'); DROP TABLE accounts;--"
FILE = "<svg onload=alert(12)> {{ 7*7 }} ${7*7} '--.txt"
# Pages that show what was written into reports, reasons, names or titles, and a piece of it that must stand there.
SHOWN = {
    "/events/{event}": "<script>alert(1)</script>", "/reports/{report}": "<script>alert(1)</script>",
    "/reports/{report}/original": "<script>alert(1)</script>", "/review/{claim}": "{{ 7*7 }}",
    "/review": "<script>alert(1)</script>", "/review/conflicts": "<img src=x onerror=alert(2)>",
    "/review/agreement": NAME, "/claims/{claim}/decisions": NAME, "/history": NAME, "/people": NAME,
    "/releases": "<script>alert(1)</script>", "/releases/{release}": "<script>alert(1)</script>", "/add": FILE,
    "/add/{job}": FILE,
}  # fmt: skip
_INJECTED = """() => [
  ...[...document.scripts].filter((one) => !one.src.startsWith(location.origin + "/static/")),
  ...document.querySelectorAll("main img, main iframe, main object, main embed, main base, main meta, main link, main style"),
  ...[...document.querySelectorAll("*")].filter((one) => [...one.attributes].some((each) => each.name.startsWith("on"))),
  ...[...document.querySelectorAll("a[href], form[action]")].filter((one) =>
    !/^(https?:|#|\\/|\\?)/.test(one.getAttribute("href") || one.getAttribute("action"))),
].map((one) => one.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    folder = tmp_path_factory.mktemp("hurt")
    rows = hostile_rows()
    rows[0]["text"] += f"\n\n{'A' * 1_000_000}"
    rows[1]["title"] += "B" * 20_000
    record = made_record(folder, rows, name="<img src=x onerror=alert(8)> {{ 7*7 }}.jsonl")
    with whole(record.path, release=HOSTILE[:110], why=HOSTILE, other=NAME, file=FILE) as running:
        yield running


def test_what_was_made_to_hurt_is_text_on_every_page(desk: Whole, without_webgl: Any) -> None:
    context = without_webgl.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    watch = Watch(page, desk.served.address)
    sign_in(page, desk.served.address, LEAD)
    sources = [f"/sources/{one['id']}" for one in desk.clients[LEAD].get("/sources.json").json["sources"]]
    assert sources
    for path, addresses in {**desk.addresses, "every source": sources}.items():
        shown = ""
        for address in addresses:
            page.goto(desk.served.address + address.replace("#", "%23"))
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            shown += page.evaluate("document.body.innerText")
            assert page.evaluate(_INJECTED) == [], address
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
            assert not set("\x00\x1b\u202e\u2066") & set(
                page.evaluate("document.documentElement.outerHTML")
            ), address
        assert SHOWN.get(path, "") in shown, path
        # No template ran what stands in braces (UCDP GED has as many columns as that would give).
        assert "49" not in shown.replace("49 columns", "").replace(":49", "").split(), path
    # Without WebGL the map says so.
    assert [words for words in watch.said if "WebGL" not in words] == []
    context.close()


def test_every_address_that_is_wrong_is_told_as_text(desk: Whole, without_webgl: Any) -> None:
    context = without_webgl.new_context()
    page = context.new_page()
    watch = Watch(page, desk.served.address)
    sign_in(page, desk.served.address, LEAD)
    evil = "%3Cscript%3Ealert(20)%3C%2Fscript%3E%7B%7B7*7%7D%7D%27%22%E2%80%AE%00"
    pages = (
        "/",
        "/events/",
        "/reports/",
        "/review/",
        "/sources/",
        "/codebook/",
        "/releases/",
        "/add/",
        "/claims/",
    )
    asked = (
        "/?q=",
        "/?from=",
        "/?place=",
        "/review?type=",
        "/sources?q=",
        "/history?q=",
        "/history?who=",
        "/export?place=",
    )
    for address in (f"{beginning}{evil}" for beginning in (*pages, *asked)):
        page.goto(desk.served.address + address)
        assert page.evaluate(_INJECTED) == [], address
        assert page.locator("h1").count() == 1, address
    assert [words for words in watch.said if "status of 4" not in words and "WebGL" not in words] == []
    context.close()
