"""What a text says of its own publication, and what the user says of it instead."""

from datetime import date
from pathlib import Path

import pytest

from arrivals import codes, report_of
from dateline.intake.arrival import Arrival, LeftOut
from dateline.intake.dates import read_date
from dateline.intake.read import read_text
from dateline.settings import Settings


@pytest.mark.parametrize(
    ("text", "title", "published", "publisher"),
    [
        (
            "date 2022-03-02 CONVOY HALTED: Column Stuck\n\nBody text here.\n",
            "CONVOY HALTED: Column Stuck",
            "2022-03-02",
            None,
        ),
        ("2023-08-14\nMarket shelled\n\nShells fell.\n", "Market shelled", "2023-08-14", None),
        (
            "Published: 14 August 2023\n\nMarket shelled\n\nShells fell.\n",
            "Market shelled",
            "2023-08-14",
            None,
        ),
        ("August 14, 2023 | Market shelled\n\nShells fell.\n", "Market shelled", "2023-08-14", None),
        (
            "Market shelled\n\nKADUGLI, Aug 14, 2023 (Nile Wire) — Shells fell.\n",
            "Market shelled",
            "2023-08-14",
            "Nile Wire",
        ),
        (
            "Market shelled\n\nReleased: 14 August 2023\n\nShells fell.\n",
            "Market shelled",
            "2023-08-14",
            None,
        ),
        ("Market shelled\n2 May 2023 was a quiet day.\n", "Market shelled", None, None),
        ("Market shelled\n\nKADUGLI (AFP) - Shells fell.\n", "Market shelled", None, "AFP"),
        ("Market shelled\n\nShells fell on it.\n\nThe Nile Wire\n", "Market shelled", None, "The Nile Wire"),
        ("Shells fell on it. The army denied it.\n\nOn 3 May 2021 a truce began.\n", None, None, None),
        ("On 14 August 2023 shells fell on the market.\nThey killed two.\n", None, None, None),
        ("Shells fell.\n\nThey killed two people\n", None, None, None),
    ],
)
def test_headers(text: str, title: str | None, published: str | None, publisher: str | None) -> None:
    report = report_of(read_text(text, name="x", settings=Settings()))
    assert report.text == text
    assert report.title == title
    assert report.published == (date.fromisoformat(published) if published else None)
    assert report.published_basis == ("text" if published else None)
    assert (report.publisher, report.publisher_basis) == (publisher, "text" if publisher else None)


def test_given_values_win(tmp_path: Path) -> None:
    text = "date 2022-03-02 Convoy halted\n\nIt stood still.\n\nThe Herald\n"
    settings = Settings(published=date(2022, 3, 5), publisher="Herald", title="Halt")
    report = report_of(read_text(text, name="x", settings=settings))
    assert (report.published, report.published_basis) == (date(2022, 3, 5), "given")
    assert (report.publisher, report.publisher_basis, report.title) == ("Herald", "given", "Halt")


def test_impossible_date_in_a_header_is_a_problem_unless_one_is_given() -> None:
    text = "date 2022-02-31 Convoy halted\n\nIt stood still.\n"
    assert codes(read_text(text, name="x", settings=Settings())) == ["published-invalid"]
    assert codes(read_text(text, name="x", settings=Settings(published=date(2022, 3, 1)))) == []


def test_as_of_leaves_out_later_reports() -> None:
    text = "date 2022-03-02 Convoy halted\n\nIt stood still.\n"
    assert isinstance(read_text(text, name="x", settings=Settings(as_of=date(2022, 3, 1))), LeftOut)
    assert isinstance(read_text(text, name="x", settings=Settings(as_of=date(2022, 3, 2))), Arrival)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2022-03-02", "2022-03-02"),
        ("2022-03-02T23:10:00+02:00", "2022-03-02"),
        ("20220302", "2022-03-02"),
        ("2 March 2022", "2022-03-02"),
        ("Wed, 02 Mar 2022 10:00:00 GMT", "2022-03-02"),
        ("Wednesday, March 2nd, 2022", "2022-03-02"),
        ("Wed, 02 Mar 22 10:00:00 EST", "2022-03-02"),
        ("2022-02-30", None),
        ("0001-01-01T00:00:00", None),
        ("Mon, 01 Jan 0001 00:00:00 +0000", None),
        ("Wed, 32 Mar 2022 10:00:00 GMT", None),
        ("2 hours ago", None),
        ("03/02/2022", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_of_metadata(written: str, day: str | None) -> None:
    assert read_date(written) == (date.fromisoformat(day) if day else None)
