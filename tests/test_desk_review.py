"""Reviewing at the desk: decisions that are kept once, people who cross each other, conflicts, double reading, agreement."""

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dateline.cli import app
from dateline.desk.call import Person, Role
from dateline.desk.desk import Desk
from dateline.run.add import add
from dateline.run.link import link
from dateline.settings import Settings
from dateline.store.sqlite import create_record, open_record
from desk_served import Answer, Client, Served, copied, served
from occurred import kit

ROLES: dict[str, Role] = {"Rea Reader": "reader", "Ben Coder": "coder", "Cleo Coder": "coder"}
HOSTILE = """<script>alert(1)</script> {{ 7*7 }} Shells hit the market in \u202eKadugli\u202c on Sunday and killed eleven \
people 😀, "hospital" staff said. A mortar <b onclick='x()'>shell</b> killed two 😀 more people in Goma on Monday."""


@pytest.fixture(autouse=True)
def roles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the name of a desk's person tell the role, until there are accounts."""
    local = property(
        lambda desk: Person(name=desk.settings.who, role=ROLES.get(desk.settings.who, "lead"), local=True)
    )
    monkeypatch.setattr(Desk, "local", local)


@pytest.fixture
def folder(stories_record: Path, tmp_path: Path) -> Path:
    return copied(stories_record, tmp_path / "record")


@pytest.fixture
def lea(folder: Path) -> Iterator[Served]:
    with served(folder, who="Lea Lead") as running:
        yield running


@pytest.fixture
def ben(folder: Path, lea: Served) -> Iterator[Served]:
    with served(folder, who="Ben Coder") as running:
        yield running


@pytest.fixture
def cleo(folder: Path, lea: Served) -> Iterator[Served]:
    with served(folder, who="Cleo Coder") as running:
        yield running


def first(client: Client, query: str = "") -> str:
    return str(client.get(f"/review.json{query}").json["lines"][0]["claim"])


def decide(client: Client, claim: str, decision: str, path: str = "", **fields: Any) -> Answer:
    """Send a form of the claim's page as a browser does, with what the page shows as seen."""
    page = client.get(f"/review/{claim}.json").json
    sent = {"decision": decision, "seen": page["seen"], "key": page["key"], **fields}
    return client.post(path or f"/review/{claim}", sent)


def made(served: Served) -> list[tuple[str, str]]:
    with served.desk.record.view() as view:
        return [(one.who, one.kind) for one in view.reviews()]


def state(client: Client, claim: str) -> str:
    return str(client.get(f"/review/{claim}.json").json["state"])


def test_a_claim_is_accepted_and_the_next_follows(lea: Served) -> None:
    client = lea.client()
    claim = first(client)
    answer = decide(client, claim, "accept", why="as I read it")
    assert answer.status == 303
    assert answer.headers["location"].startswith("/review/")
    assert claim not in answer.headers["location"]
    page = client.get(f"/review/{claim}.json").json
    assert page["state"] == "accepted"
    (line,) = page["decisions"]
    assert (line["review"]["who"], line["review"]["why"]) == ("Lea Lead", "as I read it")
    assert set(line["review"]["seen"]) == {"decisions", "values", "recipe"}
    assert client.get("/review.json").json["mine"] == 1


def test_a_form_sent_twice_is_one_decision(lea: Served) -> None:
    client = lea.client()
    claim = first(client)
    page = client.get(f"/review/{claim}.json").json
    form = {"decision": "accept", "seen": page["seen"], "key": page["key"]}
    assert [client.post(f"/review/{claim}", form).status for _ in range(3)] == [303, 303, 303]
    assert made(lea) == [("Lea Lead", "accept")]


def test_who_was_slower_is_shown_both_sides_and_decides_again(lea: Served, ben: Served) -> None:
    claim = first(lea.client())
    before = ben.client().get(f"/review/{claim}.json").json
    decide(lea.client(), claim, "reject", why="<i>a rumour</i>")
    answer = ben.client().post(
        f"/review/{claim}",
        {"decision": "accept", "seen": before["seen"], "key": before["key"], "why": "well"},
    )
    assert answer.status == 409
    assert "Lea Lead" in answer.text
    assert "&lt;i&gt;a rumour&lt;/i&gt;" in answer.text
    assert made(ben) == [("Lea Lead", "reject")]
    again = {
        unescape(name): unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', answer.text)
        if name != "token"
    }
    assert ben.client().post(f"/review/{claim}", again).status == 303
    assert made(ben) == [("Lea Lead", "reject"), ("Ben Coder", "accept")]
    assert state(lea.client(), claim) == "unsure"


def test_undo_takes_back_the_last_or_a_named_decision(lea: Served, ben: Served) -> None:
    client = lea.client()
    claim = first(client)
    decide(client, claim, "accept")
    answer = client.post("/review/undo", {"key": "once"})
    assert (answer.status, answer.headers["location"]) == (303, f"/review/{claim}")
    assert client.post("/review/undo", {"key": "once"}).status == 303
    assert state(client, claim) == "unreviewed"
    assert made(lea) == [("Lea Lead", "accept"), ("Lea Lead", "undo")]
    undo = client.get(f"/claims/{claim}/decisions.json").json["decisions"][1]["review"]
    assert (
        ben.client()
        .post("/review/undo", {"decision": lea.desk.decisions.now().made[1].id, "key": "x"})
        .status
        == 403
    )
    assert undo["kind"] == "undo"
    client.post("/review/undo", {"decision": lea.desk.decisions.now().made[1].id, "key": "again"})
    assert state(client, claim) == "accepted"
    assert client.post("/review/undo", {"decision": "none such"}).status == 404
    assert ben.client().post("/review/undo", {"key": "y"}).status == 400


def test_a_place_is_looked_up_and_put_right(lea: Served) -> None:
    client = lea.client()
    claim = first(client, "?by=newest")
    found = client.get("/places.json?q=Goma").json["places"]
    goma = next(one for one in found if one["country"] == "CD")
    answer = decide(client, claim, "correct", field="place", place="Goma", choice=goma["id"])
    assert answer.headers["location"] == f"/review/{claim}"
    page = client.get(f"/review/{claim}.json").json
    assert (page["claim"]["place"]["name"], page["claim"]["place"]["geonames"]) == ("Goma", goma["geonames"])
    assert page["state"] == "corrected"
    assert next(one for one in page["fields"] if one["name"] == "place")["read"] is not None
    assert decide(client, claim, "correct", field="place", place="Goma", choice="geonames:1").status == 400
    assert "Goma" in client.get(f"/review/{claim}?look_up=Goma").text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"field": "type", "value": "battle.dance"}, "is none of"),
        ({"field": "time", "first": "2024-13-01"}, "is no day"),
        ({"field": "time", "first": "2024-02-02", "last": "2024-02-01"}, "before earliest"),
        ({"field": "figures", "low": "-3", "measure": "killed"}, "no whole number"),
        ({"field": "figures", "low": "5", "high": "3", "measure": "killed"}, "below the lowest"),
        ({"field": "figures", "which": "99", "low": "5", "measure": "killed"}, "any more"),
        ({"field": "roles.actor", "name": ""}, "say who"),
        ({"field": "roles.actor", "name": "x", "side": "<b>"}, "no side"),
        ({"field": "mood"}, "none of the fields"),
        ({"field": "time", "first": "2024-02-02", "quote": "words that are not there"}, "does not have"),
        ({"field": "time", "first": "2024-02-02", "quote": "x", "start": "0", "end": "1"}, "do not stand"),
        ({"field": "time", "first": "2024-02-02", "quote": "x", "start": "5", "end": "99999999"}, "do not stand"),
        ({"field": "time", "first": "2024-02-02", "quote": "x", "start": "-5", "end": "a"}, "no run"),
    ],
)  # fmt: skip
def test_a_correction_that_does_not_fit_is_told(lea: Served, fields: dict[str, str], message: str) -> None:
    client = lea.client()
    answer = decide(client, first(client), "correct", **fields)
    assert answer.status == 400
    assert message in unescape(answer.text)
    assert made(lea) == []


def test_figures_people_and_days_are_put_right_with_their_words(lea: Served) -> None:
    client = lea.client()
    page = next(
        page
        for line in client.get("/review.json?state=all").json["lines"]
        if (page := client.get(f"/review/{line['claim']}.json").json)["claim"]["figures"]
    )
    claim, text = page["claim"]["id"], "".join(piece["words"] for piece in page["pieces"])
    word = text.split()[0]
    for fields in (
        {"field": "figures", "which": "0", "low": "1,200", "open": "1", "measure": "killed", "of": "civilians"},
        {"field": "figures", "which": "new", "low": "3", "high": "5", "measure": "wounded", "quote": word},
        {"field": "roles.actor", "which": "new", "name": "somebody", "side": "RU", "quote": word, "start": "0",
         "end": str(len(word))},
        {"field": "time", "first": "2024-02-02", "last": "2024-02-04"},
        {"field": "certainty", "value": "hedged"},
        {"field": "type", "value": "strike.shelling"},
    ):  # fmt: skip
        answer = decide(client, claim, "correct", **fields)
        assert answer.status == 303, answer.text
    now = client.get(f"/review/{claim}.json").json["claim"]
    wounded = now["figures"][-1]
    assert (now["figures"][0]["low"], now["figures"][0]["high"]) == (1200, None)
    assert (wounded["low"], wounded["high"], wounded["quote"]) == (3, 5, word)
    assert now["figures"][0]["quote"] == page["claim"]["figures"][0]["quote"]
    assert (now["roles"]["actor"][-1]["start"], now["roles"]["actor"][-1]["side"]) == (0, "RU")
    assert (now["time"]["earliest"], now["time"]["latest"]) == ("2024-02-02", "2024-02-04")
    assert (now["certainty"], now["type"]) == ("hedged", "strike.shelling")
    decide(client, claim, "correct", field="figures", which=str(len(now["figures"]) - 1), remove="1", low="0")
    assert len(client.get(f"/review/{claim}.json").json["claim"]["figures"]) == len(now["figures"]) - 1


def test_events_are_merged_split_and_pinned(lea: Served) -> None:
    client = lea.client()
    lines = client.get("/review.json?by=origins&state=all").json["lines"]
    event = lines[0]["event"]
    other = next(line["event"] for line in lines if line["event"] != event)
    answer = client.post(f"/events/{event}/merge", {"with": [other], "key": "m", "why": "one market"})
    assert answer.status == 303
    merged = answer.headers["location"].removeprefix("/events/")
    assert merged in (event, other)
    claims = [line["claim"] for line in client.get(f"/review.json?event={merged}&state=all").json["lines"]]
    assert {line["claim"] for line in lines if line["event"] in (event, other)} & set(claims)
    assert client.post(f"/events/{merged}/split", {"claim": [claims[0]], "key": "s"}).status == 303
    assert client.post(f"/events/{merged}/split", {"claim": ["none such"]}).status == 409
    assert client.post(f"/events/{merged}/split", {}).status == 400
    assert client.post(f"/events/{merged}/pin", {"claims": "1000"}).status == 409
    assert (
        client.post(f"/events/{merged}/pin", {"key": "p", "back": "/review"}).headers["location"] == "/review"
    )
    assert client.post(f"/events/{merged}/merge", {"with": [merged]}).status == 400
    assert [kind for _, kind in made(lea)] == ["merge", "split", "pin"]


def test_a_lead_settles_what_two_people_decided_differently(lea: Served, ben: Served, cleo: Served) -> None:
    client = lea.client()
    claim = first(client)
    decide(ben.client(), claim, "accept", why="two papers say so")
    decide(cleo.client(), claim, "reject", why="both copy one")
    (line,) = client.get("/review/conflicts.json").json["lines"]
    html = client.get("/review/conflicts").text
    assert all(words in html for words in ("Ben Coder", "Cleo Coder", "two papers say so", "both copy one"))
    assert first(client, "?by=conflicts") == claim
    sides = [one["review"]["id"] for one in _with_ids(lea, claim)]
    form = {"decision": "reject", "settles": sides, "seen": line["seen"], "key": line["key"], "why": "copies"}
    assert ben.client().post(f"/review/{claim}", form).status == 403
    assert client.post(f"/review/{claim}", {**form, "settles": ["none"]}).status == 400
    assert client.post(f"/review/{claim}", {**form, "back": "/review/conflicts"}).status == 303
    assert client.get("/review/conflicts.json").json["total"] == 0
    assert state(client, claim) == "rejected"


def _with_ids(desk: Served, claim: str) -> list[dict[str, Any]]:
    return [{"review": {"id": one.id}} for one in desk.desk.decisions.now().by_claim[claim]]


def test_a_field_is_settled_by_one_of_the_values_or_the_machines(
    lea: Served, ben: Served, cleo: Served
) -> None:
    claim = first(lea.client())
    before = lea.client().get(f"/review/{claim}.json").json["claim"]["type"]
    for desk, value in ((ben, "strike.air"), (cleo, "strike.chemical")):
        decide(desk.client(), claim, "correct", field="type", value=value)
    page = lea.client().get(f"/review/{claim}.json").json
    assert (page["state"], page["claim"]["type"]) == ("unsure", before)
    sides = [one["review"]["id"] for one in _with_ids(lea, claim)]
    decide(lea.client(), claim, "correct", field="type", take=sides[1], settles=sides)
    page = lea.client().get(f"/review/{claim}.json").json
    assert (page["state"], page["claim"]["type"]) == ("corrected", "strike.chemical")
    lea.client().post("/review/undo", {"key": "back"})
    decide(lea.client(), claim, "correct", field="type", take="machine", settles=sides)
    assert lea.client().get(f"/review/{claim}.json").json["claim"]["type"] == before


def test_who_reads_blind_sees_no_other_until_they_have_decided(
    lea: Served, ben: Served, cleo: Served
) -> None:
    asked = {"who": "Ben Coder, Cleo Coder", "number": "3", "blind": "1", "pick": "first"}
    assert ben.client().post("/review/assign", asked).status == 403
    assert lea.client().post("/review/assign?type=strike", asked).status == 303
    mine = ben.client().get("/review.json?by=mine").json
    assert (mine["matching"], mine["asked"]) == (3, 3)
    claim = mine["lines"][0]["claim"]
    decide(cleo.client(), claim, "reject", why="a secret reason")
    merged = cleo.client().get(f"/review/{claim}.json").json
    assert merged["state"] == "rejected"
    for path in (
        f"/review/{claim}",
        f"/claims/{claim}/decisions",
        "/review?by=mine&state=all",
        "/review/agreement",
    ):
        for suffix in (path, path.replace("?", ".json?") if "?" in path else f"{path}.json"):
            seen = ben.client().get(suffix)
            assert seen.status == 200
            assert "a secret reason" not in seen.text
            assert "Cleo" not in seen.text
            assert "rejected" not in re.sub(r'<option.*?</option>|"states".*?}', "", seen.text)
    for path in ("/history?kind=review", "/history.json?kind=review", "/history.csv?kind=review"):
        assert "a secret reason" in lea.client().get(path).text or path.startswith("/history.csv")
        assert claim not in ben.client().get(path).text
        assert "a secret reason" not in ben.client().get(path).text
    page = ben.client().get(f"/review/{claim}.json").json
    assert (page["state"], page["blind"], page["decisions"]) == ("unreviewed", True, [])
    assert decide(ben.client(), claim, "accept").status == 303
    page = ben.client().get(f"/review/{claim}.json").json
    assert (page["blind"], len(page["decisions"]), page["state"]) == (False, 2, "unsure")
    assert lea.client().get("/review/agreement.json?blind=1").json["claims"] == 1


def test_agreement_is_told_by_field_and_pair_and_as_a_table(lea: Served, ben: Served) -> None:
    lines = lea.client().get("/review.json?state=all").json["lines"][:4]
    for number, line in enumerate(lines):
        decide(lea.client(), line["claim"], "accept")
        decide(ben.client(), line["claim"], "accept" if number else "reject")
    page = lea.client().get("/review/agreement.json").json
    decision = next(one for one in page["fields"] if one["field"] == "decision")
    assert (decision["units"], decision["coders"], decision["percent"]) == (4, 2, 75)
    # Worked by hand: 1 of 4 pairs differs; by chance 2·7·1/(8·7) of pairs would: 1 - (2/8)/(14/56).
    assert decision["alpha"] == pytest.approx(0.0)
    assert [(one["left"], one["right"]) for one in page["pairs"]] == [("Ben Coder", "Lea Lead")]
    rows = list(csv.DictReader(io.StringIO(lea.client().get("/review/agreement.csv").text)))
    assert len(rows) == 8
    assert {row["decision"] for row in rows} == {"accept", "reject"}
    html = lea.client().get("/review/agreement").text
    assert "Krippendorff" in html


def test_a_reader_looks_and_decides_nothing(folder: Path) -> None:
    with served(folder, who="Rea Reader") as desk:
        client = desk.client()
        claim = first(client)
        assert client.get(f"/review/{claim}").status == 200
        assert 'name="decision"' not in client.get(f"/review/{claim}").text
        event = client.get("/review.json").json["lines"][0]["event"]
        for path, fields in (
            (f"/review/{claim}", {"decision": "accept"}),
            ("/review/undo", {}),
            ("/review/assign", {"who": "x", "number": "1"}),
            *((f"/events/{event}/{kind}", {}) for kind in ("merge", "split", "pin")),
        ):
            assert client.post(path, fields).status == 403
        assert client.get("/review/conflicts").status == 403
        assert made(desk) == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/review/none-such", 404), ("/review/none-such.json", 404), ("/claims/none-such/decisions", 404),
        ("/review?by=x", 400), ("/review?state=x", 400), ("/review?page=x", 400), ("/review?page=99999", 200),
        ("/review?type=no.such", 200), ("/review?event=none", 200), ("/review?report=none", 200),
        ("/review/%00%ff", 404), ("/review/conflicts?page=x", 400), ("/places.json?q=", 200),
    ],
)  # fmt: skip
def test_addresses_that_lead_nowhere_are_told(lea: Served, path: str, status: int) -> None:
    assert lea.client().get(path).status == status


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"decision": "praise"}, 400), ({"decision": "note"}, 400), ({"decision": "accept", "seen": "{"}, 400),
        ({"decision": "accept", "seen": '{"decisions": 5}'}, 400), ({"decision": "accept", "seen": '{"x": []}'}, 400),
        ({"decision": "accept", "key": "k" * 200}, 400), ({"decision": "accept", "why": "w" * 5000}, 400),
        ({"decision": "accept", "back": "https://evil.example"}, 400),
    ],
)  # fmt: skip
def test_forms_that_no_page_sends_are_refused(lea: Served, fields: dict[str, str], status: int) -> None:
    client = lea.client()
    assert client.post(f"/review/{first(client)}", fields).status == status
    assert client.post("/review/none-such", {"decision": "accept"}).status == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"who": "", "number": "3"}, {"who": "x", "number": "0"}, {"who": "x", "number": "²"},
        {"who": "x" * 200, "number": "1"}, {"who": "x", "number": "99999"},
    ],
)  # fmt: skip
def test_assignments_that_do_not_fit_are_told(lea: Served, fields: dict[str, str]) -> None:
    assert lea.client().post("/review/assign", fields).status == 400


def test_rules_order_and_filters_leave_out(lea: Served) -> None:
    client = lea.client()
    newest = [line["told"] for line in client.get("/review.json?by=newest").json["lines"]]
    assert newest == sorted(newest, reverse=True)
    origins = [line["origins"] for line in client.get("/review.json?by=origins").json["lines"]]
    assert origins == sorted(origins, reverse=True)
    differs = [line["differs"] for line in client.get("/review.json?by=contradicted").json["lines"]]
    assert differs == sorted(differs, reverse=True)
    assert any(differs)
    strikes = client.get("/review.json?type=strike").json
    assert {line["type"].split(".")[0] for line in strikes["lines"]} == {"strike"}
    assert 0 < strikes["matching"] < client.get("/review.json").json["matching"]
    claim = first(client)
    decide(client, claim, "unsure")
    assert [line["claim"] for line in client.get("/review.json?state=unsure").json["lines"]] == [claim]
    rest = client.get("/review.json?state=unreviewed").json
    assert (rest["listed"], rest["anyone"]) == (rest["matching"] - 1, 1)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    source = tmp_path / "hostile.jsonl"
    rows = [
        {
            "text": HOSTILE,
            "published": "2023-08-14",
            "publisher": "<b>Nile</b>",
            "title": "{{ x }}<img src=x>",
        }
    ]
    source.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    record = create_record(tmp_path / "hostile")
    add([str(source)], record, Settings())
    link(record, kit())
    return record.path


def test_hostile_text_stays_text(hostile: Path) -> None:
    with served(hostile) as desk:
        client = desk.client()
        claim = first(client)
        decide(client, claim, "note", why="<script>alert(2)</script>\u202e")
        for path in ("/review", f"/review/{claim}", f"/claims/{claim}/decisions", "/review/conflicts"):
            html = client.get(path).text
            assert "<script>alert" not in html
            assert "<img src=x" not in html
            assert "onclick=" not in html.replace("&lt;b onclick=", "")
            assert "\u202e" not in html


def test_words_behind_an_astral_character_are_found_where_they_stand(hostile: Path) -> None:
    with served(hostile) as desk:
        client = desk.client()
        claim = first(client)
        start = HOSTILE.index("two 😀 more")
        span = {"quote": "two 😀 more", "start": str(start), "end": str(start + 10)}
        fields = {"field": "figures", "low": "2", "measure": "killed", **span}
        assert decide(client, claim, "correct", **fields).status == 303
        figure = client.get(f"/review/{claim}.json").json["claim"]["figures"][-1]
        assert (figure["quote"], figure["start"]) == ("two 😀 more", start)
        moved = {**fields, "start": str(start + 1), "end": str(start + 11)}
        assert decide(client, claim, "correct", **moved).status == 400


def test_decisions_of_the_command_line_and_of_the_desk_are_one(lea: Served, folder: Path) -> None:
    client = lea.client()
    claim = first(client)
    words = ["review", claim, "reject", "--record", str(folder), "--who", "cli"]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert state(client, claim) == "rejected"
    decide(client, claim, "accept")
    assert open_record(folder).view().reviews()[-1].kind == "accept"
