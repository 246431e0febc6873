"""A bare "the ministry" or "minister says" is the source that the same report names in full."""

from datetime import date

import dateline
from dateline.linking.derive import derive_event
from dateline.model.event import Entry, Event
from dateline.model.text import Report


def event(*texts: str) -> Event:
    entries = []
    for number, text in enumerate(texts):
        reading = dateline.read(text, published=date(2024, 6, 12 + number), publisher=f"Outlet {number}")
        report: Report = reading.report
        entries += [
            Entry(claim=claim, report=report, recorded=date(2024, 6, 20), copy_of=report.id)
            for claim in reading.claims
        ]
    return derive_event(entries, id="event")


def test_a_bare_ministry_is_the_ministry_named_before() -> None:
    one = event(
        "The shelling of the market in Kadugli on June 8 killed 23 people, the health ministry said on Wednesday, "
        "after four of the wounded died, the ministry said."
    )
    assert len(one.origins) == 1
    assert "ealth" in one.origins[0].name


def test_a_part_of_the_toll_of_its_own_report_is_no_toll() -> None:
    one = event(
        "The shelling of the market in Kadugli on June 8 killed 23 people, the health ministry said on Wednesday, "
        "after four of the wounded died, the ministry said."
    )
    killed = [found for found in one.ranges if found.measure == "killed" and found.rule == "ucdp"]
    assert [(found.low, found.best, found.high) for found in killed] == [(23, 23, 23)]


def test_a_bare_minister_is_the_one_whom_the_text_names() -> None:
    one = event(
        "19 killed in Kadugli, minister says\n\nThe shelling of the market in Kadugli on Saturday killed 19 people, "
        "according to health minister Adam Kuku.",
        "The shelling of the market in Kadugli on Saturday killed 19 people, Adam Kuku said.",
    )
    assert len(one.origins) == 1


def test_two_ministries_leave_a_bare_one_apart() -> None:
    one = event(
        "The shelling of the market in Kadugli killed 23 people, the health ministry said. The defence ministry said "
        "the shelling wounded 40 people. The shelling destroyed 5 shops, the ministry said."
    )
    assert len(one.origins) == 3
