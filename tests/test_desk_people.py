"""Accounts at the desk: signing in and out, roles, limits, sessions, what is kept and what is never written anywhere."""

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.cookiejar import Cookie, CookieJar
from pathlib import Path
from typing import Any
from urllib.request import HTTPCookieProcessor

import pytest
from argon2 import PasswordHasher

from dateline.desk import passwords
from dateline.desk.call import DeskError
from dateline.desk.pages import PAGES
from dateline.desk.people import People, checked_name
from dateline.desk.sessions import IDLE_S, WHOLE_S, Sessions, digest_of
from dateline.desk.sign_in import BY_ADDRESS, BY_NAME, WINDOW_S, SignIn, TooMany
from dateline.desk.state import State
from desk_served import Client, Served, copied, served

LEAD, CODER, READER = "Olha Lead", "Ada Coder", "Rui Reader"
WORDS = {LEAD: "seven quiet herons", CODER: "a kettle in the rain", READER: "blue paper lanterns"}


@pytest.fixture(scope="module")
def desk(stories_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(copied(stories_record, tmp_path_factory.mktemp("people") / "record")) as running:
        people = running.desk.people
        for name, role in ((LEAD, "lead"), (CODER, "coder"), (READER, "reader")):
            people.add(name, role, WORDS[name], by="test", must_change=False)  # type: ignore[arg-type]
        yield running


@pytest.fixture(autouse=True)
def _forgiven(desk: Served) -> None:
    with desk.desk.state.transaction() as connection:
        connection.execute("DELETE FROM attempts")
        connection.execute("DELETE FROM sessions")


def signed_in(desk: Served, name: str) -> Client:
    client = desk.client()
    assert client.sign_in(name, WORDS[name]).status == 303
    return client


def jar(client: Client) -> CookieJar:
    handlers: list[Any] = vars(client.opener)["handlers"]
    found: CookieJar = next(one.cookiejar for one in handlers if isinstance(one, HTTPCookieProcessor))
    return found


def cookie(client: Client, name: str) -> str | None:
    return next((one.value for one in jar(client) if one.name == name), None)


def plant(client: Client, name: str, value: str) -> None:
    jar(client).set_cookie(
        Cookie(
            0,
            name,
            value,
            None,
            False,
            "127.0.0.1",
            True,
            False,
            "/",
            True,
            False,
            None,
            False,
            None,
            None,
            {},
        )
    )


def test_a_guest_is_led_to_sign_in_and_back(desk: Served) -> None:
    client = desk.client()
    answer = client.get("/sources?sort=name")
    assert (answer.status, answer.headers["location"]) == (303, "/sign-in?back=%2Fsources%3Fsort%3Dname")
    page = client.get(answer.headers["location"])
    assert 'value="/sources?sort=name"' in page.text
    assert "Overview" not in page.text
    assert (
        client.sign_in("ADA  coder", WORDS[CODER], "/sources?sort=name").headers["location"]
        == "/sources?sort=name"
    )
    assert CODER in client.get("/").text


def test_no_page_but_signing_in_is_open_to_guests(desk: Served) -> None:
    client = desk.client()
    token = client.token()
    for page in PAGES:
        path = page.path
        for part in ("account", "job", "event", "claim", "source", "type", "release", "id", "name"):
            path = path.replace(f"{{{part}}}", "1")
        path += "" if page.html else ".json"
        answer = client.get(path) if page.method == "GET" else client.post(path, token=token)
        if page.path in ("/sign-in", "/sign-out", "/preferences"):
            assert page.guest, page.path
        else:
            assert not page.guest, page.path
            assert answer.status == (303 if page.html else 401), page.path
            if page.html:
                assert answer.headers["location"].startswith("/sign-in?back="), page.path
    answer = client.get("/overview.json")
    assert answer.status == 401
    assert "sign in" in answer.json["message"]
    assert client.get("/", accept="application/json").status == 401
    assert client.get("/static/desk.css").status == 200


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "x", "/sign-out"],
)
def test_signing_in_leads_nowhere_else(desk: Served, back: str) -> None:
    assert desk.client().sign_in(READER, WORDS[READER], back).headers["location"] == "/"


@pytest.mark.parametrize(
    ("name", "password"),
    [(LEAD, "seven quiet heron"), ("Nobody", WORDS[LEAD]), ("", ""), (LEAD, "x" * 5_000)],
)
def test_a_wrong_name_or_password_says_neither(desk: Served, name: str, password: str) -> None:
    client = desk.client()
    answer = client.sign_in(name, password)
    assert answer.status == 401
    assert "do not go together" in answer.text
    assert cookie(client, "dateline_session") is None


def test_an_unknown_name_takes_as_long_as_a_wrong_password(desk: Served) -> None:
    check = desk.desk.sign_in
    check.check("Nobody", "warm up the hash", "a")

    def seconds(name: str) -> float:
        begun = time.perf_counter()
        assert check.check(name, "not the password", name) is None
        return time.perf_counter() - begun

    known, unknown = min(seconds(LEAD) for _ in range(3)), min(seconds("Nobody") for _ in range(3))
    assert 0.5 < known / unknown < 2


def test_roles_are_kept(desk: Served) -> None:
    reader, coder, lead = (signed_in(desk, name) for name in (READER, CODER, LEAD))
    assert [one.get("/").status for one in (reader, coder, lead)] == [200, 200, 200]
    assert [one.get("/add").status for one in (reader, coder, lead)] == [403, 200, 200]
    assert [one.get("/people").status for one in (reader, coder, lead)] == [403, 403, 200]
    assert coder.post("/people", {"name": "Mallory", "role": "lead"}).status == 403
    assert reader.upload("/add", [("a.txt", b"x")]).status == 403
    assert "Add reports" not in reader.get("/").text
    assert desk.desk.jobs.newest() == ()


def test_a_changed_role_holds_at_the_next_request(desk: Served) -> None:
    reader, lead = signed_in(desk, READER), signed_in(desk, LEAD)
    number = desk.desk.people.named(READER).id
    assert lead.post(f"/people/{number}/role", {"role": "coder"}).status == 303
    assert reader.get("/add").status == 200
    assert lead.post(f"/people/{number}/role", {"role": "king"}).status == 400
    lead.post(f"/people/{number}/role", {"role": "reader"})
    assert reader.get("/add").status == 403


def test_every_action_needs_the_token_of_its_own_session(desk: Served) -> None:
    lead, other = signed_in(desk, LEAD), signed_in(desk, CODER)
    stolen = other.token()
    actions = [page for page in PAGES if page.method == "POST"]
    assert len(actions) >= 15
    for page in actions:
        path = page.path
        for part in ("account", "job"):
            path = path.replace(f"{{{part}}}", "1")
        for token in ("", "0" * 64, stolen):
            assert lead.post(path, token=token).status == 403, page.path
        assert lead.post(path, token=lead.token(), origin="https://evil.example").status == 403, page.path
    assert len(desk.desk.people.all()) == 3
    assert lead.get("/people").status == 200


def test_a_planted_session_is_not_taken_up(desk: Served) -> None:
    victim = desk.client()
    plant(victim, "dateline_session", "planted-by-somebody-else-000")
    victim.sign_in(CODER, WORDS[CODER])
    fresh = cookie(victim, "dateline_session")
    assert fresh is not None
    assert fresh != "planted-by-somebody-else-000"
    attacker = desk.client()
    plant(attacker, "dateline_session", "planted-by-somebody-else-000")
    assert attacker.get("/").status == 303


def test_signing_in_again_ends_the_session_before(desk: Served) -> None:
    client = signed_in(desk, CODER)
    before = cookie(client, "dateline_session")
    assert before is not None
    client.sign_in(CODER, WORDS[CODER])
    assert cookie(client, "dateline_session") != before
    assert desk.desk.sessions.find(before) is None


def test_the_cookie_of_a_session_is_kept_from_scripts_and_other_sites(desk: Served) -> None:
    answer = desk.client().sign_in(CODER, WORDS[CODER])
    told = answer.headers["set-cookie"].lower()
    assert told.startswith("dateline_session=")
    for word in ("httponly", "samesite=strict", "path=/", "max-age="):
        assert word in told


def test_signing_out_ends_the_session_at_the_desk_too(desk: Served) -> None:
    client = signed_in(desk, CODER)
    kept = cookie(client, "dateline_session") or ""
    assert client.post("/sign-out").status == 303
    assert client.get("/").status == 303
    assert desk.desk.sessions.find(kept) is None


def test_signing_out_everywhere(desk: Served) -> None:
    here, there = signed_in(desk, READER), signed_in(desk, READER)
    shown = here.get("/self.json").json
    assert len(shown["sessions"]) == 2
    assert sum(one["own"] for one in shown["sessions"]) == 1
    assert here.post("/self/sign-out").status == 303
    assert (here.get("/").status, there.get("/").status) == (303, 303)


def test_a_new_person_must_choose_a_password(desk: Served) -> None:
    lead = signed_in(desk, LEAD)
    shown = lead.post("/people", {"name": "Nia New", "role": "coder"})
    assert shown.status == 200
    assert shown.headers["cache-control"] == "no-store"
    password = shown.text.split('<code id="password">')[1].split("<")[0]
    assert password not in lead.get("/people").text
    new = desk.client()
    assert new.sign_in("Nia New", password).headers["location"] == "/self"
    assert new.get("/").headers["location"] == "/self"
    assert new.get("/overview.json").status == 403
    old_session = cookie(new, "dateline_session") or ""
    wrong = {"password": password, "new": "two grey geese fly", "again": "two grey geese flew"}
    for fields in (
        wrong,
        {**wrong, "again": "short", "new": "short"},
        {**wrong, "password": "wrong", "again": wrong["new"]},
        {**wrong, "new": password, "again": password},
        {**wrong, "new": "Nia New Nia New", "again": "Nia New Nia New"},
    ):
        assert new.post("/self/password", fields).status in (400, 403)
    assert new.post("/self/password", {**wrong, "again": wrong["new"]}).headers["location"] == "/"
    assert new.get("/").status == 200
    assert desk.desk.sessions.find(old_session) is None
    assert desk.client().sign_in("Nia New", password).status == 401
    assert desk.client().sign_in("Nia New", "two grey geese fly").headers["location"] == "/"
    number = desk.desk.people.named("Nia New").id
    assert lead.post("/people", {"name": "nia  NEW", "role": "reader"}).status == 409
    assert lead.post(f"/people/{number}/disable").status == 303
    assert new.get("/").status == 303
    assert desk.client().sign_in("Nia New", "two grey geese fly").status == 401
    assert lead.post("/people", {"name": "Nia New", "role": "reader"}).status == 409
    assert lead.post(f"/people/{number}/enable").status == 303
    again = lead.post(f"/people/{number}/password").text.split('<code id="password">')[1].split("<")[0]
    assert desk.client().sign_in("Nia New", again).headers["location"] == "/self"
    lead.post(f"/people/{number}/disable")


def test_the_last_lead_stays(desk: Served) -> None:
    lead = signed_in(desk, LEAD)
    number = desk.desk.people.named(LEAD).id
    assert lead.post(f"/people/{number}/disable").status == 409
    assert lead.post(f"/people/{number}/role", {"role": "coder"}).status == 409
    assert lead.get("/people").status == 200
    for path in ("/people/999/disable", "/people/x/disable", "/people/99999999999999999999/role"):
        assert lead.post(path, {"role": "lead"}).status == 404


def test_too_many_attempts_by_name(desk: Served) -> None:
    client = desk.client()
    for _ in range(BY_NAME):
        assert client.sign_in(CODER, "wrong again and again").status == 401
    answer = client.sign_in(CODER, WORDS[CODER])
    assert answer.status == 429
    assert 0 < int(answer.headers["retry-after"]) <= WINDOW_S
    assert "Too many attempts" in answer.text
    assert desk.client().sign_in(READER, WORDS[READER]).status == 303
    # A new password from a lead lets the person in at once.
    lead, people = signed_in(desk, LEAD), desk.desk.people
    shown = lead.post(f"/people/{people.named(CODER).id}/password").text
    given = shown.split('<code id="password">')[1].split("<")[0]
    assert desk.client().sign_in(CODER, given).headers["location"] == "/self"
    people.set_password(people.named(CODER).id, WORDS[CODER], must_change=False)


def test_limits_live_through_a_restart_and_count_attempts_at_once(tmp_path: Path) -> None:
    now = [1_000_000.0]

    def opened() -> SignIn:
        state = State(tmp_path)
        return SignIn(state, People(state), lambda: now[0])

    first = opened()
    heard: list[bool] = []

    def attempt() -> None:
        with suppress(TooMany):
            heard.append(first.check("Nobody", "x", "10.0.0.1") is None)

    threads = [threading.Thread(target=attempt) for _ in range(BY_NAME + 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(heard) == BY_NAME
    second = opened()
    with pytest.raises(TooMany):
        second.check("nobody", "x", "10.0.0.2")
    now[0] += WINDOW_S + 1
    assert second.check("Nobody", "x", "10.0.0.2") is None


def test_too_many_attempts_by_address(tmp_path: Path) -> None:
    state = State(tmp_path)
    check = SignIn(state, People(state))
    with state.transaction() as connection:
        connection.executemany(
            "INSERT INTO attempts (kind, key, at) VALUES ('address', ?, ?)",
            [(check._key("10.0.0.1"), int(time.time()))] * (BY_ADDRESS - 1),
        )
    assert check.check("one", "x", "10.0.0.1") is None
    with pytest.raises(TooMany):
        check.check("two", "x", "10.0.0.1")
    assert check.check("two", "x", "10.0.0.2") is None


def test_signing_in_rightly_forgets_what_was_mistyped_by_that_name_alone(tmp_path: Path) -> None:
    state = State(tmp_path)
    people = People(state)
    people.add(LEAD, "lead", WORDS[LEAD], by="test", must_change=False)
    check = SignIn(state, people)
    check.check(LEAD, "wrong", "10.0.0.1")
    check.check("Nobody", "wrong", "10.0.0.1")
    assert check.check(LEAD, WORDS[LEAD], "10.0.0.1") is not None
    with state.connection() as connection:
        rows = connection.execute(
            "SELECT kind, count(*) FROM attempts GROUP BY kind ORDER BY kind"
        ).fetchall()
    assert rows == [("address", 2), ("name", 1)]


def test_sessions_end_when_unused_and_in_any_case(tmp_path: Path) -> None:
    state = State(tmp_path)
    account = People(state).add(LEAD, "lead", WORDS[LEAD], by="test", must_change=False)
    now = [1_000_000.0]
    sessions = Sessions(state, lambda: now[0])
    session = sessions.begin(account.id, address="a", browser="b")
    now[0] += IDLE_S - 1
    assert sessions.find(session) is not None
    now[0] += IDLE_S - 1
    assert sessions.find(session) is not None
    now[0] += IDLE_S
    assert sessions.find(session) is None
    session = sessions.begin(account.id, address="a", browser="b")
    for _ in range(WHOLE_S // (IDLE_S // 2) - 1):
        now[0] += IDLE_S // 2
        assert sessions.find(session) is not None
    now[0] += IDLE_S // 2
    assert sessions.find(session) is None


def test_only_the_digest_of_a_session_is_kept(tmp_path: Path) -> None:
    state = State(tmp_path)
    account = People(state).add(LEAD, "lead", WORDS[LEAD], by="test", must_change=False)
    session = Sessions(state).begin(account.id, address="a", browser="b")
    with state.connection() as connection:
        assert connection.execute("SELECT digest FROM sessions").fetchall() == [(digest_of(session),)]
    assert session.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_a_password_is_kept_as_argon2id_and_rehashed_when_the_parameters_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = State(tmp_path)
    people = People(state)
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1))
    people.add(LEAD, "lead", WORDS[LEAD], by="test", must_change=False)
    monkeypatch.undo()

    def kept() -> str:
        with sqlite3.connect(state.path) as connection:
            return str(connection.execute("SELECT password FROM accounts").fetchone()[0])

    assert kept().startswith("$argon2id$v=19$m=8192,t=1,p=1$")
    assert SignIn(state, people).check(LEAD, WORDS[LEAD], "a") is not None
    assert kept().startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    rehashed = kept()
    assert SignIn(state, people).check(LEAD, WORDS[LEAD], "a") is not None
    assert kept() == rehashed


def test_a_password_is_written_nowhere(
    desk: Served, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client = desk.client()
        client.sign_in("a password typed as a name", WORDS[LEAD])
        client.sign_in(LEAD, "a password nearly right")
        client.sign_in(LEAD, WORDS[LEAD])
        client.get("/self")
    out, err = capfd.readouterr()
    files = b"".join(path.read_bytes() for path in desk.desk.folder.glob("desk.sqlite*"))
    session = cookie(client, "dateline_session") or ""
    for secret in ("a password typed as a name", WORDS[LEAD], "a password nearly right", session):
        assert secret
        assert secret not in out + err + caplog.text
        assert secret.encode() not in files


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\u202eb", "a\x00b", "a\u200bb"])
def test_names_that_are_none(name: str) -> None:
    with pytest.raises(DeskError):
        checked_name(name)


def test_the_first_account_is_that_of_a_lead(tmp_path: Path) -> None:
    people = People(State(tmp_path))
    with pytest.raises(DeskError, match="lead"):
        people.add(CODER, "coder", WORDS[CODER], by="test", must_change=False)
    assert not people.any()


def test_a_desk_without_accounts_needs_no_password_until_there_is_one(
    stories_record: Path, tmp_path: Path
) -> None:
    folder = copied(stories_record, tmp_path / "record")
    with served(folder) as running:
        client = running.client()
        assert "Ada Tester" in client.get("/").text
        assert client.get("/self").status == 200
        assert client.post("/self/password", {"password": "", "new": "x", "again": "x"}).status == 400
        assert client.post("/people", {"name": "Ada Tester", "role": "reader"}).status == 400
        made = client.post("/people", {"name": "Ada Tester", "role": "lead"})
        assert made.status == 200
        assert client.get("/").status == 303
    with served(folder, local=True) as running:
        assert running.client().get("/people").status == 200
    with served(folder, local=True, loopback=False) as running:
        assert running.client().get("/people").status == 303


def test_a_desk_that_others_reach_is_closed_without_accounts(stories_record: Path, tmp_path: Path) -> None:
    with served(copied(stories_record, tmp_path / "record"), loopback=False) as running:
        client = running.client()
        assert client.get("/").status == 303
        assert "dateline people add" in client.get("/sign-in").text
