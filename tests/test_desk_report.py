"""The page of a report: marks, claims, custody, the original, copies, earlier readings; hostile words; in a real browser."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from dateline.desk.desk import Desk
from dateline.desk.report_page import ReportPage, report_page
from dateline.export.html_text import shown
from dateline.export.marks import marks_of
from dateline.linking.likeness import compare_texts
from dateline.model.review import Review
from dateline.run.link import link
from dateline.store.sqlite import Record
from desk_served import Served, copied, served
from desk_watch import made_record, watched
from occurred import TOLD, kit


@pytest.fixture(scope="module")
def desk(stories_record: Path) -> Iterator[Served]:
    with served(stories_record) as running:
        yield running


def report_ids(desk: Desk) -> list[str]:
    with desk.record.view() as view:
        return list(view.report_ids())


def richest(desk: Desk) -> ReportPage:
    return max(
        (report_page(desk, one) for one in report_ids(desk)),
        key=lambda page: (len(page.elsewhere) > 0, len(page.claims)),
    )


def test_the_text_is_whole_and_marked_as_marks_of_says(desk: Served) -> None:
    for key in report_ids(desk.desk):
        page = report_page(desk.desk, key)
        with desk.desk.record.view() as view:
            reading = view.reading(key)
        text = reading.report.text
        runs = [run for paragraph in page.text for part in paragraph.parts for run in part.runs]
        assert "".join(run.text for run in runs).split() == text.split()
        assert all(text[run.start : run.end] == run.text for run in runs)
        for mark in marks_of(reading):
            over = [run for run in runs if mark.start <= run.start and run.end <= mark.end]
            assert all(mark.kind in run.kinds and set(mark.claims) <= set(run.claims) for run in over)
            assert "".join(run.text for run in over).split() == text[mark.start : mark.end].split()
        firsts = [number for paragraph in page.text for part in paragraph.parts for number in part.first]
        assert sorted(firsts) == [one.number for one in page.claims]


def test_a_claim_leads_to_its_report_and_to_its_event(desk: Served) -> None:
    page = richest(desk.desk)
    client = desk.client()
    for one in page.claims:
        answer = client.get(f"/claims/{one.claim.id}")
        assert (answer.status, answer.headers["location"]) == (
            307,
            f"/reports/{page.id}?claim={one.claim.id}#c-{one.claim.id}",
        )
        assert one.event is not None
        claims = client.get(f"/events/{one.event.id}.json").json["claims"]
        assert claims[one.claim.id]["report"] == page.id
    assert (
        client.get(f"/claims/{page.claims[0].claim.id}.json")
        .headers["location"]
        .startswith(f"/reports/{page.id}.json?")
    )


@pytest.mark.parametrize(
    "path",
    [
        "/claims/0",
        "/claims/'--",
        "/reports/0",
        "/reports/%00",
        "/reports/0/original",
        "/reports/0/original/file",
        "/claims/%3Cscript%3E",
    ],
)
def test_what_is_unknown_is_not_found(desk: Served, path: str) -> None:
    answer = desk.client().get(path)
    assert answer.status == 404
    assert "<script>" not in answer.text.replace("<script src", "")


@pytest.mark.parametrize("at", ["1", "5-5", "9-2", "-1-5", "a-b", "1-99999999999"])
def test_bounds_that_are_none_are_refused(desk: Served, at: str) -> None:
    assert desk.client().get(f"/reports/{report_ids(desk.desk)[0]}?at={at}").status == 400


def test_words_asked_for_are_marked_and_bounds_past_the_end_mark_nothing(desk: Served) -> None:
    page = richest(desk.desk)
    text = "".join(run.text for paragraph in page.text[:1] for part in paragraph.parts for run in part.runs)
    start = page.text[0].start
    asked = report_page(desk.desk, page.id, asked=(start + 3, start + 20))
    marked = [
        run.text for paragraph in asked.text for part in paragraph.parts for run in part.runs if run.asked
    ]
    assert "".join(marked) == text[3:20]
    html = desk.client().get(f"/reports/{page.id}?at={start + 3}-{start + 20}").text
    assert html.count('id="at"') == 1
    assert 'class="asked"' not in desk.client().get(f"/reports/{page.id}?at=900000-900009").text


def test_json_holds_what_the_page_holds(desk: Served) -> None:
    page = richest(desk.desk)
    value = desk.client().get(f"/reports/{page.id}.json").json
    assert value["digest"] == page.digest
    assert [one["claim"]["id"] for one in value["claims"]] == [one.claim.id for one in page.claims]
    assert value["arrivals"][0]["locator"] == page.arrivals[0].locator
    assert len(value["elsewhere"]) == len(page.elsewhere)


def test_what_others_say_comes_from_other_reports_of_the_same_events(desk: Served) -> None:
    found = 0
    for key in report_ids(desk.desk):
        for one in report_page(desk.desk, key).elsewhere:
            assert one.sayings
            assert all(said.report != key for said in one.sayings)
            claims = desk.client().get(f"/events/{one.event}.json").json["claims"]
            assert {said.id for said in one.sayings} <= set(claims)
            assert one.others == sum(said["report"] != key for said in claims.values())
            found += 1
    assert found > 10


def test_copies_tell_their_likeness_and_which_is_the_original(tmp_path: Path) -> None:
    told = TOLD[0]
    rows = [
        {"text": told.text, "published": f"2022-05-0{day}", "publisher": by, "title": told.title}
        for day, by in ((2, "First Post"), (3, "Second Post"), (4, "Third Post"))
    ]  # fmt: skip
    record = made_record(tmp_path, rows)
    with served(record.path) as running:
        pages = {
            page.publisher: page
            for page in (report_page(running.desk, key) for key in report_ids(running.desk))
        }
        assert [one.original for one in pages["First Post"].copies] == [False, False]
        assert {one.publisher: one.original for one in pages["Third Post"].copies} == {
            "First Post": True,
            "Second Post": False,
        }
        assert all(
            one.identical and one.containment == compare_texts(told.text, told.text).containment
            for one in pages["First Post"].copies
        )
        html = running.client().get(f"/reports/{pages['Third Post'].id}").text
        assert "the original: the earliest" in html


def reread(record: Record, key: str) -> tuple[str, str]:
    """Add a later reading that lacks the first claim and doubts the second; return their ids."""
    with record.view() as view:
        old = view.reading(key)
    changed = replace(old.claims[1], certainty="disputed")
    new = replace(old, claims=(changed, *old.claims[2:]), recipe=replace(old.recipe, package="9.9"))
    with record.writer() as writer:
        assert writer.add_reading(new)
        writer.add_review(
            Review(
                at=datetime(2024, 6, 1, tzinfo=UTC),
                who="Ada <b>",
                kind="reject",
                claims=(old.claims[0].id,),
                why="not <i>so</i>",
            )
        )
    link(record, kit())
    return old.claims[0].id, old.claims[1].id


def test_a_claim_no_longer_read_is_still_shown_as_such(
    stories_record: Path, tmp_path: Path, browser: Any
) -> None:
    folder = copied(stories_record, tmp_path / "record")
    with served(folder) as running:
        before = richest(running.desk)
        gone, _ = reread(running.desk.record, before.id)
        page = report_page(running.desk, before.id)
        assert [one.claim.id for one in page.gone] == [gone]
        assert (page.gone[0].number, page.gone[0].state) == (None, "rejected")
        assert len(page.earlier) == 1
        kinds = [change.kind for change in page.earlier[0].changes]
        assert "gone" in kinds
        assert page.earlier[0].claims == len(before.claims)
        location = running.client().get(f"/claims/{gone}").headers["location"]
        with watched(browser, running.address, location) as one:
            assert "no longer holds it" in one.page.inner_text(".note")
            assert one.page.is_visible(f"#c-{gone}")
            assert "Ada <b>" in one.page.inner_text(f"#c-{gone}")
            one.unfold()
            assert one.faults() == []
            one.check()


def test_a_correction_stands_beside_what_was_read(stories_record: Path, tmp_path: Path) -> None:
    folder = copied(stories_record, tmp_path / "record")
    with served(folder) as running:
        page = richest(running.desk)
        claim = page.claims[0].claim
        made = Review(
            at=datetime(2024, 6, 1, tzinfo=UTC), who="Ada", kind="correct", claims=(claim.id,), field="certainty",
            value="disputed", why="the mayor doubted it",
        )  # fmt: skip
        with running.desk.record.writer() as writer:
            writer.add_review(made)
        one = report_page(running.desk, page.id).claims[0]
        assert (one.state, one.claim.certainty) == ("corrected", "disputed")
        assert [(change.field, change.before, change.after) for change in one.corrected] == [
            ("certainty", claim.certainty, "disputed")
        ]
        html = running.client().get(f"/reports/{page.id}").text
        assert "the mayor doubted it" in html


def test_the_original_is_shown_as_text_and_saved_as_it_came(hostile: Served, browser: Any) -> None:
    key = report_ids(hostile.desk)[0]
    page = report_page(hostile.desk, key)
    digest = page.arrivals[0].original
    with urlopen(f"{hostile.address}/reports/{key}/original/file?of={digest}") as answer:  # noqa: S310
        data, headers = answer.read(), {name.lower(): value for name, value in answer.headers.items()}
    assert hashlib.sha256(data).hexdigest() == digest
    assert headers["content-type"] == "application/octet-stream"
    assert headers["content-disposition"].startswith("attachment; filename")
    assert "<" not in headers["content-disposition"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("sandbox")
    assert [json.loads(line)["published"] for line in data.decode().splitlines()] == ["2022-05-04"] * 3
    with watched(browser, hostile.address, f"/reports/{key}/original", width=360) as one:
        assert "<script>alert(1)</script>" in one.page.inner_text("pre.original")
        assert "the kept file has this digest" in one.page.inner_text("main")
        assert (
            one.page.evaluate("document.querySelectorAll('main script, main img, main [onerror]').length")
            == 0
        )
        assert one.faults() == []
        one.check()


def test_an_original_that_was_changed_is_called_so_and_one_that_is_missing_too(
    stories_record: Path, tmp_path: Path
) -> None:
    folder = copied(stories_record, tmp_path / "record")
    with served(folder) as running:
        key = report_ids(running.desk)[0]
        path = running.desk.record.originals.path(report_page(running.desk, key).arrivals[0].original)
        path.chmod(0o644)
        path.write_bytes(b"\x00\x01 no text \xff" * 400)
        page = running.client().get(f"/reports/{key}/original.json").json
        assert page["intact"] is False
        assert page["text"] is None
        assert page["reason"]
        path.unlink()
        answer = running.client().get(f"/reports/{key}/original")
        assert answer.status == 404
        assert "dateline verify" in answer.text
        assert running.client().get(f"/reports/{key}/original?of={'0' * 64}").status == 404


def test_hostile_words_are_text_on_every_report(hostile: Served, browser: Any) -> None:
    for key in report_ids(hostile.desk):
        page = report_page(hostile.desk, key)
        assert len(page.claims) >= 2
        with watched(browser, hostile.address, f"/reports/{key}", width=360) as one:
            one.unfold()
            assert (
                one.page.evaluate(
                    "document.querySelectorAll('main :is(script, img, svg, iframe, [onerror], [onload])').length"
                )
                == 0
            )
            links = one.page.evaluate("[...document.links].map((a) => a.protocol)")
            assert set(links) <= {"http:", "https:"}
            outside = one.page.evaluate(
                "[...document.links].filter((a) => a.origin !== location.origin).map((a) => a.rel)"
            )
            assert all("noreferrer" in rel for rel in outside)
            words = one.page.inner_text("section.text")
            assert "<script>alert(1)</script>" in words
            assert "{{ 7*7 }}" in words
            html = one.page.content()
            assert not {"\u202e", "\u2066", "\x00", "\x1b"} & set(html)
            assert one.faults() == []
            one.check()
    with sqlite3.connect(hostile.desk.record.database) as connection:
        assert connection.execute("SELECT count(*) FROM reports").fetchone() == (3,)


def test_a_line_of_a_megabyte_is_shown(tmp_path: Path, browser: Any) -> None:
    rows = [
        {
            "text": "Ten people were killed in shelling in Kharkiv on 3 May 2022. " + "x" * 1_000_000,
            "title": "y" * 20_000,
        }
    ]
    with served(made_record(tmp_path, rows).path) as running:
        (key,) = report_ids(running.desk)
        with watched(browser, running.address, f"/reports/{key}", width=360) as one:
            assert one.page.evaluate("document.querySelector('section.text').textContent.length") > 1_000_000
            one.check()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_of_a_report_has_no_faults(desk: Served, browser: Any, scheme: str, width: int) -> None:
    with watched(
        browser, desk.address, f"/reports/{richest(desk.desk).id}", width=width, scheme=scheme
    ) as one:
        one.unfold()
        assert one.faults() == []
        one.check()


def test_a_claim_and_its_words_are_chosen_together(desk: Served, browser: Any) -> None:
    page = richest(desk.desk)
    assert len(page.claims) >= 3
    with watched(browser, desk.address, f"/reports/{page.id}") as one:
        browser_page = one.page
        first, last = page.claims[0].claim, page.claims[-1].claim
        lit = "[...document.querySelectorAll('.claim.lit')].map((one) => one.id)"
        browser_page.click(f"#t-{last.id}")
        assert browser_page.evaluate(lit) == [f"c-{last.id}"]
        browser_page.wait_for_timeout(700)
        box = browser_page.locator(f"#c-{last.id}").bounding_box()
        assert 0 <= box["y"] < 900
        browser_page.click(f"#c-{first.id} a.to-text")
        assert browser_page.evaluate(lit) == [f"c-{first.id}"]
        assert browser_page.evaluate(f"document.getElementById('t-{first.id}').classList.contains('lit')")
        browser_page.keyboard.press("ArrowDown")
        assert browser_page.evaluate(lit) == [f"c-{page.claims[1].claim.id}"]
        browser_page.keyboard.press("End")
        assert browser_page.evaluate(lit) == [f"c-{last.id}"]
        one.check()


def test_each_kind_of_mark_can_be_switched_off_from_the_keyboard(desk: Served, browser: Any) -> None:
    with watched(browser, desk.address, f"/reports/{richest(desk.desk).id}") as one:
        style = "getComputedStyle(document.querySelector('.text .trigger')).backgroundColor"
        marked = one.page.evaluate(style)
        one.page.focus("#k-claim")
        one.page.keyboard.press("Space")
        assert one.page.evaluate(style) == "rgba(0, 0, 0, 0)"
        one.page.keyboard.press("Space")
        assert one.page.evaluate(style) == marked
        for kind in ("place", "actor"):
            one.page.uncheck(f"#k-{kind}")
            assert (
                one.page.evaluate(
                    f"getComputedStyle(document.querySelector('.text .m-{kind}')).borderBottomColor"
                )
                == "rgba(0, 0, 0, 0)"
            )


def test_the_page_can_be_used_without_scripts(desk: Served, browser: Any) -> None:
    page = richest(desk.desk)
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{desk.address}/reports/{page.id}")
    for one in page.claims:
        assert opened.locator(f"#t-{one.claim.id}").count() == 1
        assert opened.locator(f"a[href='#t-{one.claim.id}']").count() == 1
    context.close()


def test_a_printed_report_has_its_claims_behind_its_text(desk: Served, browser: Any) -> None:
    with watched(browser, desk.address, f"/reports/{richest(desk.desk).id}") as one:
        one.page.emulate_media(media="print")
        assert not one.page.is_visible(".legend")
        boxes = one.page.evaluate(
            "['section.text', 'aside.claims'].map((one) => document.querySelector(one).getBoundingClientRect())"
        )
        assert boxes[1]["top"] >= boxes[0]["bottom"] - 1
        assert shown(one.page.inner_text("h1"))
