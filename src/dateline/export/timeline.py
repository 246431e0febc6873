"""Events as TimelineJS JSON (Knight Lab, timeline.knightlab.com/docs/json-format.html)."""

import json
from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

from dateline.export.plain import plain
from dateline.export.summary import certainty_of, range_of, reality_of
from dateline.export.words import count_words, place_words
from dateline.model.event import Event


def timeline(events: Sequence[Event], title: str) -> str:
    """Return a timeline with one slide an event in the order of days; events without a day are left out.

    TimelineJS reads headline and text as HTML, so all words are escaped. A span of days keeps both its ends.
    """
    dated = sorted(
        (event for event in events if event.earliest or event.latest),
        key=lambda e: (_start(e), e.latest or _start(e), e.id),
    )
    value = {
        "title": {"text": {"headline": _html(title), "text": _html(_left_out(len(events) - len(dated)))}},
        "events": [_slide(event) for event in dated],
    }
    return json.dumps(value, ensure_ascii=False) + "\n"


def _start(event: Event) -> date:
    day = event.earliest or event.latest
    assert day is not None
    return day


def _left_out(count: int) -> str:
    return f"{count} events without a known day are left out." if count else ""


def _slide(event: Event) -> dict[str, Any]:
    slide: dict[str, Any] = {
        "unique_id": event.id,
        "start_date": _day(_start(event)),
        "text": {"headline": _html(event.title), "text": _text(event)},
        "group": _html(event.type.split(".")[0]),
    }
    if event.latest and event.latest != _start(event):
        slide["end_date"] = _day(event.latest)
    return slide


def _day(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _text(event: Event) -> str:
    lines = [f"{event.type}, told as {reality_of(event)}, {certainty_of(event)}"]
    if event.place:
        lines.append(place_words(event.place))
    killed = range_of(event, "killed", "ucdp")
    if killed and killed.low is not None:
        lines.append(f"{count_words(killed.low, killed.high)} killed, as told")
    names = ", ".join(dict.fromkeys(origin.name for origin in event.origins))
    if names:
        lines.append(f"Sources: {names}")
    return "".join(f"<p>{_html(line)}</p>" for line in lines)


def _html(text: str) -> str:
    return escape(plain(text), quote=True)
