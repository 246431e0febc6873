"""Signing in and adding reports in a real browser: what is clicked, dropped and read out; and what axe-core finds."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.desk.assets import STATIC
from desk_served import Served, copied, served

AXE = STATIC.parent / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STORY = "date 2024-05-11\n\nShells hit the market in Kadugli on Friday and killed 11 people, a doctor said."
TABLE = b"id;what;title\n1;Troops stormed the station in Bria on Monday.;Bria\n"
WORDS = "seven quiet herons"


@pytest.fixture(scope="module")
def desk(stories_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(copied(stories_record, tmp_path_factory.mktemp("browse") / "record")) as running:
        people = running.desk.people
        people.add("Olha Lead", "lead", WORDS, by="test", must_change=False)
        people.add("Ada Coder", "coder", WORDS, by="test", must_change=False)
        people.add("Nia New", "reader", WORDS, by="test", must_change=True)
        yield running


def watched(page: Any) -> list[str]:
    """Return what the page complains of, as it comes."""
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text) if "Content Security Policy" in one.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def sign_in(page: Any, desk: Served, name: str) -> None:
    page.goto(f"{desk.address}/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(WORDS)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"/(self)?$"))


def findings(page: Any) -> list[str]:
    """Return what axe-core finds wrong with a page, and whether it scrolls sideways."""
    if not AXE.is_file():
        pytest.fail("axe-core is missing; run `make desk`")
    page.evaluate(AXE.read_text())
    found = page.evaluate(f"axe.run(document, {{runOnly: {RULES!r}}})")["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{one['id']}: {one['nodes'][0]['target']}" for one in found] + (
        [f"{wide} px too wide"] if wide > 0 else []
    )


def test_two_people_at_one_desk(desk: Served, browser: Any) -> None:
    one, two = browser.new_context(), browser.new_context()
    lead, coder = one.new_page(), two.new_page()
    said = watched(lead)
    sign_in(lead, desk, "Olha Lead")
    sign_in(coder, desk, "Ada Coder")
    assert lead.get_by_role("link", name="People").count() == 1
    assert coder.get_by_role("link", name="People").count() == 0
    lead.get_by_role("link", name="People").click()
    lead.get_by_label("Role of Ada Coder", exact=True).select_option("reader")
    lead.get_by_role("button", name="Keep the role of Ada Coder").click()
    lead.wait_for_load_state()
    coder.reload()
    assert coder.get_by_role("link", name="Add reports").count() == 0
    lead.get_by_label("Role of Ada Coder", exact=True).select_option("coder")
    lead.get_by_role("button", name="Keep the role of Ada Coder").click()
    lead.wait_for_load_state()
    coder.get_by_role("button", name="Sign out").click()
    coder.wait_for_url("**/sign-in")
    assert not [cookie for cookie in two.cookies() if cookie["name"] == "dateline_session"]
    assert said == []
    one.close()
    two.close()


def test_a_link_from_another_site_does_not_sign_anybody_out(desk: Served, browser: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, desk, "Ada Coder")
    target = f"{desk.address}/self"
    context.route(
        "http://elsewhere.test/",
        lambda route: route.fulfill(content_type="text/html", body=f'<a href="{target}">go</a>'),
    )
    page.goto("http://elsewhere.test/")
    page.get_by_role("link").click()
    page.get_by_role("heading", name="Ada Coder").wait_for()
    context.close()


def test_files_dropped_on_any_page_are_asked_about_then_added(desk: Served, browser: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    said = watched(page)
    sign_in(page, desk, "Ada Coder")
    page.goto(f"{desk.address}/sources")
    transfer = page.evaluate_handle(
        "text => { const data = new DataTransfer(); data.items.add(new File([text], 'dropped.txt')); "
        "data.items.add(new File([], 'void.txt')); return data; }",
        STORY,
    )
    page.dispatch_event("main", "dragenter", {"dataTransfer": transfer})
    page.get_by_text("Drop the files to add them").wait_for()
    page.dispatch_event("main", "drop", {"dataTransfer": transfer})
    page.wait_for_url(re.compile(r"/add/\d+$"))
    assert page.get_by_role("heading", name="dropped.txt").count() == 1
    page.get_by_role("button", name="Add these").click()
    page.get_by_role("button", name="Stop it").wait_for()
    page.get_by_text("is empty; there is nothing to read").wait_for(timeout=90_000)
    assert page.get_by_text("1 report, 1 claim").count() == 1
    assert page.get_by_role("link", name=re.compile("Kadugli")).count() == 1
    # The end is read out.
    assert page.locator("#said").text_content() == "done"
    assert said == []
    context.close()


def test_the_form_sends_with_progress_and_says_what_is_wrong(
    desk: Served, browser: Any, tmp_path: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, desk, "Ada Coder")
    (tmp_path / "rows.csv").write_bytes(TABLE)
    page.goto(f"{desk.address}/add")
    page.set_input_files("input[type=file]", str(tmp_path / "rows.csv"))
    page.get_by_role("button", name="Add the files").click()
    page.wait_for_url(re.compile(r"/add/\d+$"))
    page.locator("select[name='column-0-title']").select_option("")
    page.get_by_role("button", name="Add these").click()
    assert "no column that is known to hold a text" in str(page.get_by_role("alert").text_content())
    page.get_by_role("button", name="Do not add them").click()
    page.get_by_text("Not added.").wait_for()
    context.close()


def test_without_scripts_files_are_added_all_the_same(desk: Served, browser: Any, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, desk, "Ada Coder")
    (tmp_path / "plain.txt").write_text(STORY.replace("Kadugli", "Babanusa"))
    page.goto(f"{desk.address}/add")
    page.set_input_files("input[type=file]", str(tmp_path / "plain.txt"))
    page.get_by_role("button", name="Add the files").click()
    page.wait_for_url(re.compile(r"/add/\d+$"))
    page.get_by_role("link", name="To the events").wait_for(timeout=90_000)
    context.close()


def test_the_tour_is_put_away_for_good(desk: Served, browser: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, desk, "Ada Coder")
    page.get_by_role("button", name="Understood, put this away").click()
    page.wait_for_load_state()
    assert page.get_by_text("What you see here").count() == 0
    page.reload()
    assert page.get_by_text("What you see here").count() == 0
    context.close()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(desk: Served, browser: Any, scheme: str, width: int) -> None:
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True
    )
    page = context.new_page()
    page.goto(f"{desk.address}/sign-in")
    assert findings(page) == []
    sign_in(page, desk, "Nia New")
    assert findings(page) == []
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    sign_in(page, desk, "Olha Lead")
    waiting = desk.desk.jobs.begin("files", _task(), "Olha Lead")
    (desk.desk.jobs.folder(waiting.id) / "rows.csv").write_bytes(TABLE)
    desk.desk.jobs.ask(waiting.id, _task())
    for path in ("/self", "/people", "/add", f"/add/{waiting.id}"):
        page.goto(desk.address + path)
        assert findings(page) == [], path
    desk.desk.jobs.cancel(waiting.id)
    page.goto(f"{desk.address}/add/{waiting.id}")
    assert findings(page) == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_empty_record_says_what_to_do(browser: Any, tmp_path: Path, scheme: str) -> None:
    with served(tmp_path / "record") as running:
        context = browser.new_context(
            color_scheme=scheme, viewport={"width": 360, "height": 800}, bypass_csp=True
        )
        page = context.new_page()
        page.goto(running.address)
        assert findings(page) == []
        if scheme == "light":
            page.get_by_role("button", name="Try the sample").click()
            page.locator("#job progress").wait_for()
            assert findings(page) == []
            # It leads on to the overview by itself.
            page.get_by_text("What you see here").wait_for(timeout=90_000)
            assert page.get_by_role("link", name=re.compile("El Fasher")).count() >= 1
        context.close()


def _task() -> Any:
    from dateline.desk.jobs import Task

    return Task(inputs=("rows.csv",))
