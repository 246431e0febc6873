"""An event for people and for programs."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from dateline.export.event_json import EVENT_OBJECTS, event_line, event_to_json, series_line
from dateline.export.terminal_event import show_event, show_series
from dateline.linking.derive import derive_event
from dateline.linking.figures import figures_series
from dateline.model.event import Entry, Event
from dateline.model.values import Figure
from made_entries import entry, figure, said_by
from stories import STORIES, story


def shown(event: Event, width: int) -> str:
    out = io.StringIO()
    show_event(event, Console(file=out, width=width))
    return out.getvalue()


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("name", STORIES)
def test_every_story_fits_the_terminal(name: str, width: int) -> None:
    lines = shown(story(name), width).splitlines()
    assert max(len(line) for line in lines) <= width
    assert lines[1].strip() in story(name).title


@pytest.mark.parametrize("width", [80, 120])
def test_the_view_says_who_said_what_when_and_how_surely(width: int) -> None:
    text = " ".join(shown(story("rumour"), width).split())
    for words in (
        "24 Jun 2021",
        "51 people killed",
        "doctor",
        "reportedly",
        "told as uncertain",
        "Toll by rule",
    ):
        assert words in text


def test_copies_are_folded() -> None:
    text = " ".join(shown(story("reprints"), 120).split())
    assert "(+ 9 copies)" in text
    assert "10 (9 copies)" in text
    assert text.count("An air strike hit a hospital") == 1
    assert "1 independent origin in 10 reports" in text


def test_contradictions_are_told_in_words() -> None:
    assert "Armenia is named as the attacker by" in " ".join(shown(story("dispute"), 120).split())


def test_a_report_cannot_steer_the_terminal() -> None:
    evil = entry(
        said_by("Omar\x1b[31m Haddad\u202e"), figures=(figure(3, 3),), text="\x1b]0;title\x07 3 killed"
    )
    out = io.StringIO()
    show_event(derive_event([evil], id="e\x1b1"), Console(file=out, width=80))
    assert "\x1b" not in out.getvalue()
    assert "\u202e" not in out.getvalue()


def _check(value: dict[str, Any], name: str) -> None:
    assert list(value) == [field for field, _, _ in EVENT_OBJECTS[name]], name


@pytest.mark.parametrize("name", STORIES)
def test_the_json_has_the_documented_fields(name: str) -> None:
    value = json.loads(event_line(story(name)))
    _check(value, "event")
    for key, kind in (("ranges", "range"), ("contradictions", "contradiction"), ("origins", "origin"),
                      ("counts", "count"), ("claims", "event claim")):  # fmt: skip
        for one in value[key]:
            _check(one, kind)
    for row in figures_series([story(name)], "killed"):
        _check(json.loads(series_line(row)), "series row")


def test_json_counts_only_those_who_say_it() -> None:
    assert event_to_json(story("denial"))["corroborated_by"] == 1


def test_json_of_half_a_pair_still_encodes() -> None:
    event = replace(story("denial"), title="half \ud83d")
    assert event_line(event).encode("utf-8")


def test_people_without_a_number_are_told_in_one_line() -> None:
    bare = [
        entry(said_by(name), figures=(figure(2, None),), text=f"{name}.") for name in ("Omar Aziz", "Ali Nur")
    ]
    bare = [replace(one, claim=replace(one.claim, figures=(_bare(one),))) for one in bare]
    text = shown(derive_event(bare, id="e1"), 80)
    assert "2 tellings of people without a number" in text
    assert "at least 2" not in text


def _bare(one: Entry) -> Figure:
    known = one.claim.figures[0]
    return replace(known, span=replace(known.span, quote="prisoners"))


@pytest.mark.parametrize("width", [80, 120])
def test_a_series_shows_the_running_range(width: int) -> None:
    out = io.StringIO()
    console = Console(file=out, width=width)
    show_series(figures_series([story("growing"), story("hospital")], "killed"), console)
    show_series((), console)
    text = " ".join(out.getvalue().split())
    assert "at least 12 people" in text
    assert "No figures." in text
