"""The frame of the desk: pages in HTML and JSON, what is refused, languages and colours, and what every answer says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk_served import Served, served


@pytest.fixture(scope="module")
def desk(stories_record: Path) -> Iterator[Served]:
    with served(stories_record) as running:
        yield running


def test_a_page_is_there_as_html_and_as_json(desk: Served) -> None:
    client = desk.client()
    html, json = client.get("/"), client.get("/overview.json")
    assert (html.status, json.status) == (200, 200)
    assert json.json["total"] >= 10
    assert client.get("/", accept="application/json").json == json.json


def test_every_answer_keeps_scripts_and_frames_of_others_out(desk: Served) -> None:
    client = desk.client()
    for path in ("/", "/overview.json", "/no-such-page", "/static/desk.css"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_a_name_that_is_not_the_desks_is_not_answered(desk: Served) -> None:
    assert desk.client().get("/", host="evil.example").status == 421
    assert desk.client().get("/", host="localhost:1").status == 200


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}],
)
def test_a_form_from_elsewhere_is_refused(desk: Served, headers: dict[str, str]) -> None:
    answer = desk.client().post("/preferences", {"theme": "dark"}, **headers)
    assert answer.status == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("token", ["", "0" * 64])
def test_a_form_without_the_token_of_its_session_is_refused(desk: Served, token: str) -> None:
    client = desk.client()
    client.get("/")
    assert client.post("/preferences", {"theme": "dark"}, token=token).status == 403


def test_the_token_of_another_session_is_refused(desk: Served) -> None:
    mine, yours = desk.client(), desk.client()
    mine.get("/")
    assert mine.post("/preferences", {"theme": "dark"}, token=yours.token()).status == 403


def test_a_session_lives_through_a_restart(stories_record: Path) -> None:
    with served(stories_record) as first:
        client = first.client()
        token = client.token()
    with served(stories_record) as second:
        client.address = second.address
        assert client.post("/preferences", {"theme": "dark"}, token=token).status == 303


def test_colours_and_language_are_chosen_and_kept(desk: Served) -> None:
    client = desk.client()
    assert 'data-theme="auto"' in client.get("/").text
    assert client.post("/preferences", {"theme": "dark", "back": "/no-such-page"}).status == 303
    assert 'data-theme="dark"' in client.get("/").text
    client.post("/preferences", {"language": "uk"})
    assert '<html lang="uk"' in client.get("/").text
    assert client.post("/preferences", {"theme": "purple"}).status == 400


def test_the_language_that_the_browser_asks_for_is_taken(desk: Served) -> None:
    html: dict[str, Any] = {"accept-language": "de, uk;q=0.8, en;q=0.5"}
    assert '<html lang="uk"' in desk.client().get("/", **html).text
    assert '<html lang="en"' in desk.client().get("/", **{"accept-language": "uk;q=x, de"}).text


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/\\evil.example", "evil"])
def test_no_form_leads_away_from_the_desk(desk: Served, back: str) -> None:
    assert desk.client().post("/preferences", {"theme": "dark", "back": back}).status == 400


def test_what_is_not_there_is_told_in_html_and_json(desk: Served) -> None:
    assert "<h1>Not found</h1>" in desk.client().get("/no-such-page").text
    answer = desk.client().get("/no-such-page.json")
    assert answer.status == 404
    assert answer.json["status"] == 404


def test_a_page_makes_no_request_elsewhere_and_breaks_no_rule(desk: Served, browser: Any) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None
    )
    page.goto(desk.address)
    assert page.title() == "Overview · Dateline"
    assert [url for url in asked if not url.startswith((desk.address, "data:", "blob:"))] == []
    assert said == []
    page.close()
