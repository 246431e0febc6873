"""The JSON of the desk against whatever can be sent to it: clear answers, never a fault."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error

from dateline.desk.openapi import openapi
from dateline.desk.pages import PAGES
from desk_served import Served, served


@pytest.fixture(scope="module")
def desk(stories_record: Path) -> Iterator[Served]:
    with served(stories_record) as running:
        yield running


OPERATIONS = sorted(path for path in openapi(PAGES)["paths"] if path != "/openapi.json")


@pytest.mark.parametrize("path", OPERATIONS)
def test_no_request_makes_the_desk_fail(desk: Served, path: str) -> None:
    described = schemathesis.openapi.from_url(f"{desk.address}/openapi.json")

    @given(case=described[path]["GET"].as_strategy())
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    def send(case: Any) -> None:
        response = case.call()
        case.validate_response(response, checks=[not_a_server_error])
        assert response.headers["content-type"][0].startswith("application/json")

    send()


def test_every_page_that_is_json_is_described(desk: Served) -> None:
    described = desk.client().get("/openapi.json").json
    assert {"/overview.json", "/map.json", "/sources/{origin}.json", "/history.json"} <= set(
        described["paths"]
    )
    for path, operations in described["paths"].items():
        assert len(operations["get"]["summary"]) > 15, path


HOSTILE = (
    "'; DROP TABLE reports; --", '" OR 1=1', "{{ 7*7 }}", "<script>alert(1)</script>", "%00", "\u202eabc", "..%2f..%2f",
    "a" * 5000, "*", '"', "NEAR(a b)", "-", "\ud7ff", "😀",
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_only_words(desk: Served, words: str) -> None:
    from urllib.parse import quote

    client = desk.client()
    for path in ("/", "/sources", "/history", "/export", "/releases"):
        answer = client.get(f"{path}?q={quote(words, errors='surrogatepass')}&place={quote(words)}")
        assert answer.status in (200, 400, 414), (path, words)
        assert "<script>alert" not in answer.text
        assert (
            "49" not in answer.text.split("<main")[-1]
            or "{{ 7*7 }}" not in words
            or "{{ 7*7 }}" in answer.text
        )
    for path in ("/events/", "/reports/", "/sources/", "/codebook/", "/releases/"):
        assert client.get(f"{path}{quote(words, safe='')}.json").status in (400, 404, 414), (path, words)
