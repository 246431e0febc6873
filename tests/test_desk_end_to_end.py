"""The desk from end to end, as people use it: from a file that is dropped to a conflict that a lead settles."""

import re
import zipfile
from pathlib import Path
from typing import Any

from browsing import Watch
from desk_served import copied, served
from desk_whole import WORDS, sign_in

REPORTS = {
    "courier.txt": ("Nile Courier", "14 August 2023",
                    "Shells hit the market in Kadugli on Sunday and killed 11 people, a doctor said."),
    "herald.txt": ("Juba Herald", "15 August 2023", "A car bomb in Baidoa killed 12 people on Monday, police said."),
    "gazette.txt": ("Azov Gazette", "16 August 2023", "Troops stormed the police station in Bria on Tuesday, residents said."),
}  # fmt: skip
LEAD, ONE, TWO = "Olha Lead", "Ada Coder", "Ben Coder"
_SLOW_MS = 90_000


def test_one_person_from_an_empty_record_to_an_export(browser: Any, tmp_path: Path) -> None:
    for name, (publisher, day, words) in REPORTS.items():
        (tmp_path / name).write_text(f"Published: {day}\n\n{words}\n\n{publisher}\n")
    with served(tmp_path / "record") as running:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(_SLOW_MS)
        page = context.new_page()
        watch = Watch(page, running.address)
        page.goto(running.address)
        assert page.get_by_role("heading", name="This record is empty").is_visible()
        page.get_by_role("main").get_by_role("link", name="Add reports").click()
        page.set_input_files("input[type=file]", [str(tmp_path / name) for name in REPORTS])
        page.get_by_role("button", name="Add the files").click()
        page.get_by_role("link", name="To the events").wait_for()
        assert "3 reports" in page.locator("#job").inner_text()
        page.get_by_role("link", name="To the events").click()

        page.get_by_role("heading", name=re.compile(r"^\d+ events$")).wait_for()
        whole = page.locator("table.events tbody tr").count()
        assert whole >= 3
        page.get_by_label("Place", exact=True).fill("Kadugli")
        page.get_by_role("button", name="Filter").click()
        page.get_by_role("heading", name=re.compile("^1 event of .* passes")).wait_for()
        assert "place=Kadugli" in page.url
        page.get_by_role("link", name=re.compile("Shelling.*Kadugli")).click()
        page.get_by_role("heading", level=1, name=re.compile("Kadugli")).wait_for()
        words = page.get_by_role("main").inner_text()
        assert "Shells hit the market in Kadugli on Sunday and killed 11 people" in words
        assert "a doctor" in words
        shelling = page.url.rsplit("/", 1)[1]
        page.locator("#fields a[href^='/reports/']").first.click()
        page.locator("#at").first.wait_for()
        assert "Kadugli" in page.locator("h1, .report-text, main").first.inner_text()
        page.get_by_role("link", name="Review", exact=True).last.click()

        page.get_by_role("heading", name="What was read").wait_for()
        page.wait_for_load_state()  # the keys are bound once the script ran
        claim = page.url.split("/review/")[1][:16]
        with page.expect_navigation():
            page.keyboard.press("a")
        assert running.client().get(f"/review/{claim}.json").json["state"] == "accepted"
        assert "accepted" in page.get_by_role("main").inner_text()
        with page.expect_navigation():
            page.keyboard.press("z")
        assert running.client().get(f"/review/{claim}.json").json["state"] == "unreviewed"

        page.goto(f"{running.address}/?place=Baidoa")
        page.get_by_role("link", name=re.compile("bombing.*Baidoa")).click()
        page.get_by_text("Another event is the same").click()
        page.get_by_label("Id of the other event").fill(shelling)
        page.get_by_role("button", name="Join it with this event").click()
        page.get_by_text("joined claims").wait_for()
        assert {"courier.txt", "herald.txt"} <= set(_names(running.client(), page.url))
        page.goto(running.address)
        assert page.locator("table.events tbody tr").count() == whole - 1

        page.get_by_role("link", name="Export these").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Write and download").click()
        with zipfile.ZipFile(download.value.path()) as archive:
            table = next(name for name in archive.namelist() if name.endswith("/events.csv"))
            assert len(archive.read(table).splitlines()) == whole
        page.goto(f"{running.address}/events/0000000000000000")
        assert page.get_by_role("heading", name="Not found").is_visible()
        page.get_by_role("link", name="Back to the overview").click()
        assert page.get_by_role("heading", name=re.compile("events$")).is_visible()
        assert [one for one in watch.said if "status of 404" not in one] == []
        context.close()


def test_two_coders_disagree_and_a_lead_settles_it(
    stories_record: Path, browser: Any, tmp_path: Path
) -> None:
    with served(copied(stories_record, tmp_path / "record")) as running:
        for name, role in ((LEAD, "lead"), (ONE, "coder"), (TWO, "coder")):
            running.desk.people.add(name, role, WORDS, by="test", must_change=False)  # type: ignore[arg-type]
        pages = {}
        for name in (LEAD, ONE, TWO):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            context.set_default_timeout(_SLOW_MS)
            pages[name] = context.new_page()
            sign_in(pages[name], running.address, name)
        lead, one, two = pages[LEAD], pages[ONE], pages[TWO]

        lead.goto(f"{running.address}/review?by=newest")
        lead.get_by_text("Ask people to read claims").click()
        lead.get_by_label("Who, names with commas").fill(f"{ONE}, {TWO}")
        lead.get_by_label("How many claims").fill("1")
        lead.locator("select[name=pick]").select_option("first")
        lead.get_by_role("button", name="Ask them").click()
        lead.wait_for_load_state()
        one.goto(running.address + "/review")
        one.get_by_role("link", name="1 claim waits for you").click()
        one.get_by_role("link", name="Go on with the next claim").click()
        one.get_by_role("heading", name="What was read").wait_for()
        claim = one.url.split("/review/")[1][:16]
        one.get_by_label("Why, or a note").fill("seen by a reporter")
        one.get_by_role("button", name=re.compile("^Accept")).click()
        one.wait_for_load_state()

        # What the first made of it is on no page that the second opens before having decided.
        held = running.client()
        assert held.sign_in(TWO, WORDS).status == 303
        shown = held.get(f"/review/{claim}.json").json
        assert (shown["blind"], shown["state"]) == (True, "unreviewed")
        for address in (f"/review/{claim}", f"/claims/{claim}/decisions", f"/events/{shown['event']}",
                        f"/reports/{shown['report_id']}", "/history?kind=review", f"/history?q={claim}"):  # fmt: skip
            two.goto(running.address + address)
            words = two.get_by_role("main").inner_text()
            assert "seen by a reporter" not in words, address
            assert not re.search(rf"{ONE} accept|accepted by {ONE}", words), address
        assert held.get(f"/events/{shown['event']}.json").json["state"] == "unreviewed"
        two.goto(f"{running.address}/review/{claim}?by=mine")
        assert "seen by a reporter" not in two.content()
        two.get_by_label("Why, or a note").fill("a rumour")
        two.get_by_role("button", name=re.compile("^Reject")).click()
        two.wait_for_load_state()
        two.goto(f"{running.address}/review/{claim}")
        assert "seen by a reporter" in two.get_by_role("main").inner_text()

        two.goto(f"{running.address}/review/conflicts")
        assert two.get_by_role("heading", name="1 conflict").is_visible()
        assert two.get_by_role("button", name="Settle: accept").count() == 0
        lead.goto(f"{running.address}/review/conflicts")
        words = lead.get_by_role("article").inner_text()
        assert all(said in words for said in (ONE, TWO, "seen by a reporter", "a rumour"))
        lead.get_by_label("Why (kept with the decision)").fill("two sources name it")
        lead.get_by_role("button", name="Settle: accept").click()
        lead.get_by_role("heading", name="0 conflicts").wait_for()
        assert "Nobody disagrees" in lead.get_by_role("main").inner_text()
        lead.goto(f"{running.address}/review/{claim}")
        assert "settles a conflict" in lead.locator("main").inner_text()
        lead.goto(f"{running.address}/review/agreement?blind=1")
        assert "1 claim was decided about" in lead.get_by_role("main").inner_text()

        two.goto(f"{running.address}/people")
        assert two.get_by_role("heading", name="Not allowed").is_visible()
        two.get_by_role("button", name="Sign out").click()
        two.get_by_role("heading", name="Sign in").wait_for()
        two.goto(f"{running.address}/review/{claim}")
        assert two.get_by_role("heading", name="Sign in").is_visible()
        for opened in pages.values():
            opened.context.close()


def _names(client: Any, address: str) -> list[str]:
    """Return the names of the files that the claims of an event came from."""
    event = client.get(f"/events/{address.rsplit('/', 1)[1].partition('?')[0]}.json").json
    reports = {claim["report"] for claim in event["claims"].values()}
    return [client.get(f"/reports/{one}.json").json["name"] for one in reports]
