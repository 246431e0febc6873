"""What a decision made of its events stands on the very next page, before anything sums events up in the background."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.desk.keeper import Keeper
from dateline.errors import StoreError
from desk_served import Served, copied, served


@pytest.fixture
def alone(stories_record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A desk whose keeper never wakes."""
    monkeypatch.setattr(Keeper, "start", lambda self: None)
    monkeypatch.setattr(Keeper, "stop", lambda self: None)
    with served(copied(stories_record, tmp_path / "record")) as running:
        yield running


def test_a_merge_and_its_undoing_are_listed_at_once(alone: Served) -> None:
    client = alone.client()
    lines = client.get("/review.json?state=all").json["lines"]
    event = lines[0]["event"]
    other = next(line["event"] for line in lines if line["event"] != event)
    whole = len(alone.desk.snapshot())
    answer = client.post(f"/events/{event}/merge", {"with": [other], "key": "m"})
    assert answer.status == 303
    assert len(alone.desk.snapshot()) == whole - 1
    assert alone.desk.counts().underived == 0
    merged = answer.headers["location"].removeprefix("/events/")
    (decision,) = client.get(f"/events/{merged}.json").json["decisions"]
    assert client.post("/review/undo", {"decision": decision["id"], "key": "u"}).status == 303
    assert len(alone.desk.snapshot()) == whole


def test_what_was_accepted_is_counted_at_once(alone: Served) -> None:
    client = alone.client()
    claim = client.get("/review.json?state=all").json["lines"][0]["claim"]
    assert client.get("/overview.json?told=all&state=accepted").json["total"] == 0
    assert client.post(f"/review/{claim}", {"decision": "accept", "key": "a"}).status == 303
    assert client.get("/overview.json?told=all&state=accepted").json["total"] == 1


def test_a_decision_is_kept_while_its_events_cannot_be_summed_up(
    alone: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise StoreError("is being written")

    client = alone.client()
    claim = client.get("/review.json?state=all").json["lines"][0]["claim"]
    monkeypatch.setattr("dateline.desk.desk.refresh", busy)
    assert client.post(f"/review/{claim}", {"decision": "accept", "key": "a"}).status == 303
    assert client.get(f"/review/{claim}.json").json["state"] == "accepted"
    assert alone.desk.counts().underived == 1
