"""Reviewing in a real browser: by keyboard, by selecting words, by two people, without scripts, and for everybody."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.desk.assets import STATIC
from dateline.run.add import add
from dateline.run.link import link
from dateline.settings import Settings
from dateline.store.sqlite import create_record
from desk_served import Served, copied, served
from occurred import kit

AXE = STATIC.parent / "frontend/node_modules/axe-core/axe.min.js"
TEXT = """😀😀 Shells hit the market in Kadugli on Sunday and killed eleven people, hospital staff said.\r
\r
𝕿he army's guns had fired 😀 from the hills near Goma on Monday, wounding 1,300 people, a doctor said."""


@pytest.fixture
def folder(stories_record: Path, tmp_path: Path) -> Path:
    return copied(stories_record, tmp_path / "record")


@pytest.fixture
def desk(folder: Path) -> Iterator[Served]:
    with served(folder, who="Ada Tester") as running:
        yield running


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    said: list[str] = []
    opened.on(
        "console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None
    )
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    # A decision that others were quicker than is answered with 409, which a browser tells.
    assert [words for words in said if "409" not in words] == []


def claim_of(page: Any) -> str:
    return str(re.search(r"/review/([0-9a-f]+)", page.url)[1])  # type: ignore[index]


def state(desk: Served, claim: str) -> str:
    return str(desk.client().get(f"/review/{claim}.json").json["state"])


def press(page: Any, key: str) -> None:
    """Press a key that leads to a page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_a_team_member_reviews_by_keyboard_alone(desk: Served, page: Any) -> None:
    page.goto(f"{desk.address}/review?by=newest")
    press(page, "j")
    first = claim_of(page)
    press(page, "a")
    second = claim_of(page)
    assert second != first
    press(page, "r")
    third = claim_of(page)
    press(page, "u")
    assert [state(desk, one) for one in (first, second, third)] == ["accepted", "rejected", "unsure"]
    press(page, "z")
    assert claim_of(page) == third
    assert state(desk, third) == "unreviewed"
    press(page, "k")
    assert claim_of(page) == second
    press(page, "j")
    assert claim_of(page) == third
    page.keyboard.press("n")
    page.keyboard.type("a jar of rumours")
    assert claim_of(page) == third
    page.locator("button[value=note]").click()
    page.wait_for_url("**/review/**")
    assert "a jar of rumours" in page.locator(".decisions").inner_text()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"


def test_keys_are_listed_and_can_be_switched_off(desk: Served, page: Any) -> None:
    page.goto(f"{desk.address}/review")
    press(page, "j")
    page.focus("button[data-key=a]")
    page.keyboard.press("?")
    assert page.locator("#keys").evaluate("dialog => dialog.open")
    listed = page.locator("#keys kbd").all_inner_texts()
    assert listed == ["a", "r", "u", "c", "n", "z", "j", "k", "m", "s", "/", "?"]
    here = page.url
    page.keyboard.press("a")
    for _ in range(6):
        page.keyboard.press("Tab")
        # A browser lets focus go to its own bar, but to nothing of the page behind.
        assert page.evaluate(
            "document.activeElement === document.body || document.activeElement.closest('#keys') !== null"
        )
    page.keyboard.press("Escape")
    assert not page.locator("#keys").evaluate("dialog => dialog.open")
    assert page.evaluate("document.activeElement.dataset.key") == "a"
    assert (page.url, state(desk, claim_of(page))) == (here, "unreviewed")
    page.uncheck("#keys-on")
    page.focus("button[data-key=a]")
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("a")
    page.wait_for_timeout(300)
    assert not page.is_checked("#keys-on")
    assert (page.url, state(desk, claim_of(page))) == (here, "unreviewed")


def select(page: Any, words: str) -> None:
    """Select words of the report's text as a mouse does, over as many elements as they run."""
    found = page.evaluate(
        """words => {
          const text = document.getElementById("text");
          const nodes = [];
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) nodes.push(walker.currentNode);
          const at = nodes.map((node) => node.data).join("").indexOf(words);
          if (at < 0) return false;
          const spot = (offset) => {
            for (const node of nodes) { if (offset <= node.length) return [node, offset]; offset -= node.length; }
          };
          const range = document.createRange();
          range.setStart(...spot(at));
          range.setEnd(...spot(at + words.length));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          text.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
          return true;
        }""",
        words,
    )
    assert found
    page.wait_for_timeout(50)


@pytest.fixture
def astral(tmp_path: Path) -> Iterator[Served]:
    """A desk on a report with characters outside the plane that JavaScript counts in, and with CR LF."""
    source = tmp_path / "astral.jsonl"
    row = {"text": TEXT, "published": "2023-08-15", "publisher": "Nile Courier", "title": "Guns"}
    source.write_text(f"{json.dumps(row)}\n", encoding="utf-8")
    record = create_record(tmp_path / "record")
    add([str(source)], record, Settings())
    link(record, kit())
    with served(record.path) as running:
        yield running


def test_a_field_is_put_right_by_selecting_its_words(astral: Served, page: Any) -> None:
    page.goto(f"{astral.address}/review")
    press(page, "j")
    claim = claim_of(page)
    page.locator("#fix-figures summary").click()
    select(page, "1,300")
    assert page.locator("#selected").inner_text() == "“1,300”"
    assert page.input_value("#fix-figures input[name=low]") == "1300"
    page.select_option("#fix-figures select[name=which]", "new")
    page.select_option("#fix-figures select[name=measure]", "wounded")
    with page.expect_navigation():
        page.locator("#fix-figures button.main").click()
    page.locator("#fix-place summary").click()
    select(page, "near Goma on")
    with page.expect_response("**/places.json?q=Goma"):
        page.fill("#fix-place input[name=look_up]", "Goma")
    page.locator("#fix-place .choices input").first.wait_for()
    page.locator("#fix-place .choices label", has_text="DR Congo").or_(
        page.locator("#fix-place .choices label", has_text="Congo")
    ).first.click()
    with page.expect_navigation():
        page.locator("#fix-place button.main").last.click()
    with astral.desk.events() as events:
        entry = events.entries([claim])[claim]
    text, place, figure = entry.report.text, entry.claim.place, entry.claim.figures[-1]
    assert place is not None
    assert (place.name, place.country, place.span.quote) == ("Goma", "CD", "near Goma on")
    assert (figure.low, figure.measure, figure.span.quote) == (1300, "wounded", "1,300")
    for span in (place.span, figure.span):
        assert text[span.start : span.end] == span.quote


def test_an_event_is_merged_and_parted_by_keyboard(desk: Served, page: Any) -> None:
    lines = desk.client().get("/review.json?by=origins&state=all").json["lines"]
    one = lines[0]
    other = next(line["event"] for line in lines if line["event"] != one["event"])
    page.goto(f"{desk.address}/review/{one['claim']}?by=origins")
    before = desk.client().get(f"/review/{one['claim']}.json").json["event_claims"]
    page.keyboard.press("m")
    page.fill('#merge input[name="with"]:not([type=checkbox])', other)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    after = desk.client().get(f"/review/{one['claim']}.json").json["event_claims"]
    assert after > before
    page.keyboard.press("s")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert desk.client().get(f"/review/{one['claim']}.json").json["event_claims"] < after


def test_two_people_cross_each_other_and_a_lead_settles_it(folder: Path, desk: Served, page: Any) -> None:
    with served(folder, who="Ben Other") as other:
        page.goto(f"{desk.address}/review?by=newest")
        press(page, "j")
        claim = claim_of(page)
        form = other.client().get(f"/review/{claim}.json").json
        sent = {"decision": "reject", "seen": form["seen"], "key": form["key"], "why": "a rumour"}
        assert other.client().post(f"/review/{claim}", sent).status == 303
        press(page, "a")
        assert page.title().startswith("Others decided meanwhile")
        words = page.locator("main").inner_text()
        assert "Ben Other" in words
        assert "a rumour" in words
        assert "accept" in words
        with page.expect_navigation():
            page.locator("button.main").click()
        assert state(desk, claim) == "unsure"
        page.goto(f"{desk.address}/review/conflicts")
        assert page.locator("article").count() == 1
        with page.expect_navigation():
            page.get_by_role("button", name="Settle: accept").click()
        assert page.locator("article").count() == 0
        assert state(desk, claim) == "accepted"


def test_it_works_without_scripts(desk: Served, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{desk.address}/review?by=newest")
    page.get_by_role("link", name="Go on with the next claim").click()
    claim = claim_of(page)
    page.locator("#fix-place summary").click()
    page.fill("#fix-place input[name=look_up]", "Goma")
    page.get_by_role("button", name="Look up").click()
    page.locator("#fix-place input[type=radio]").first.check()
    page.get_by_role("button", name="Correct the place").click()
    assert desk.client().get(f"/review/{claim}.json").json["claim"]["place"]["name"] == "Goma"
    page.get_by_role("button", name="Accept").click()
    assert state(desk, claim) == "accepted"
    page.get_by_role("button", name="Take it back").click()
    assert state(desk, claim) == "corrected"
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_the_pages_have_no_faults_that_axe_finds(
    folder: Path, desk: Served, browser: Any, width: int, scheme: str
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not there; run `make desk`")
    client = desk.client()
    claim = client.get("/review.json?by=origins").json["lines"][0]["claim"]
    client.post(f"/review/{claim}", {"decision": "accept", "why": "well", "key": "1"})
    with served(folder, who="Ben Other") as other:
        stale = other.client().get(f"/review/{claim}.json").json
        other.client().post(f"/review/{claim}", {"decision": "reject", "key": "2"})
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    found = []
    paths = (
        "/review",
        f"/review/{claim}",
        "/review/conflicts",
        "/review/agreement",
        f"/claims/{claim}/decisions",
    )
    for path in paths:
        page.goto(desk.address + path)
        page.evaluate(
            "for (const box of document.querySelectorAll('details')) { box.removeAttribute('name'); box.open = true; }"
        )
        found += _faults(page, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto(f"{desk.address}/review/{claim}")
    page.keyboard.press("?")
    found += _faults(page, "keys")
    page.keyboard.press("Escape")
    page.evaluate("seen => document.querySelector('.deciding [name=seen]').value = seen", stale["seen"])
    press(page, "u")
    found += _faults(page, "meanwhile")
    context.close()
    assert found == []


def _faults(page: Any, path: str) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    return [f"{path}: {one['id']}: {[node['target'] for node in one['nodes']][:3]}" for one in found]
