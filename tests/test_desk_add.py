"""Reports come in at the desk: files, tables, texts, addresses, the sample; cancelled, interrupted, hostile."""

import csv
import gzip
import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.desk import uploads, worker
from dateline.desk.jobs import Jobs, Outcome, Task
from dateline.desk.state import State
from dateline.desk.uploaded import free_name, safe_name
from dateline.store.sqlite import open_record
from desk_served import Client, Served, served

STORY = "date 2024-05-11\n\nShells hit the market in Kadugli on Friday and killed 11 people, a doctor said."
OTHER = "date 2024-05-12\n\nA drone struck the airport in Nyala on Saturday and wounded four people, residents said."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("add") / "record") as running:
        yield running


def ended(client: Client, path: str, *, seconds: float = 120) -> Any:
    """Wait for a job to end and return its page as JSON."""
    return waited(client, path, lambda job: job["state"] in ("done", "failed", "cancelled"), seconds=seconds)


def waited(client: Client, path: str, until: Callable[[Any], bool], *, seconds: float = 120) -> Any:
    deadline = time.monotonic() + seconds
    while True:
        page = client.get(f"{path}.json").json
        if until(page["job"]):
            return page
        assert time.monotonic() < deadline, page["job"]
        time.sleep(0.1)


def reports(desk: Served) -> int:
    with desk.desk.record.view() as view:
        return view.added_since(0)[0]


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_the_sample_in_one_click_and_only_once(tmp_path: Path) -> None:
    with served(tmp_path / "record") as running:
        client = running.client()
        assert "Try the sample" in client.get("/").text
        answer = client.post("/add/sample")
        page = ended(client, answer.headers["location"])
        assert page["job"]["state"] == "done"
        assert page["job"]["outcome"]["added"] == 19
        assert page["job"]["outcome"]["failures"] == 0
        assert page["events"]
        assert client.get("/overview.json").json["total"] >= 20
        assert "Try the sample" not in client.get("/").text
        assert client.post("/add/sample").status == 409
        # What the piece of the page then says leads on by itself.
        piece = client.get(answer.headers["location"], **{"hx-request": "true", "hx-request-type": "partial"})
        assert piece.headers["hx-redirect"] == "/"
        with running.desk.record.view() as view:
            names = {custody.name for report in view.report_ids() for custody in view.custody(report)}
        assert not [name for name in names if "/" in name]
        assert list((tmp_path / "record" / "desk-uploads").iterdir()) == []


def test_hostile_files_are_named_and_the_rest_goes_on(desk: Served) -> None:
    client = desk.client()
    bomb = gzip.compress(b"\0" * 60_000_000)
    files = [
        ("good.txt", STORY.encode()),
        (
            "latin.txt",
            "date 2024-05-13\n\nMortars struck the café in Tumaco on Sunday, killing two people.".encode(
                "latin-1"
            ),
        ),
        ("empty.txt", b""),
        ("noise.pdf", b"%PDF-1.4 " + bytes(range(256)) * 40),
        ("bomb.gz", bomb),
        ("broken.zip", zipped(**{"a.txt": STORY.encode()})[:60]),
        ("pack.zip", zipped(**{"in.txt": OTHER.encode(), "void.txt": b""})),
        ("bad.jsonl", b'{"text": "no end'),
        ("../../etc/passwd\u202etxt.txt", STORY.encode()),
    ]
    before = reports(desk)
    answer = client.upload("/add", files)
    assert answer.status == 303, answer.text
    page = ended(client, answer.headers["location"])
    out = page["job"]["outcome"]
    assert page["job"]["state"] == "done"
    failed = {name.partition(",")[0]: reason for name, reason in out["failed"]}
    assert {"empty.txt", "noise.pdf", "bomb.gz", "broken.zip", "bad.jsonl"} <= set(failed)
    assert any(name.startswith("pack.zip") and "void" in name for name, _ in out["failed"])
    assert "empty" in failed["empty.txt"]
    assert out["added"] == 3
    assert out["known"] == 1
    assert reports(desk) - before == 3
    shown = client.get(answer.headers["location"]).text
    assert "bomb.gz" in shown
    assert "passwdtxt.txt" in shown
    assert "etc/" not in shown
    again = ended(client, client.upload("/add", [("same.txt", STORY.encode())]).headers["location"])
    assert (again["job"]["outcome"]["added"], again["job"]["outcome"]["known"]) == (0, 1)


def test_a_table_waits_for_its_columns(desk: Served) -> None:
    client = desk.client()
    rows = io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(["id", "what", "title", "when", "source"])
    writer.writerow(
        [
            "1",
            "Troops stormed the station in Bria on Monday and shot three men.",
            "Not <b>it</b>",
            "2023-02-07",
            "Agent X",
        ]
    )
    answer = client.upload("/add", [("rows.csv", rows.getvalue().encode()), ("plain.txt", OTHER.encode())])
    path = answer.headers["location"]
    page = client.get(f"{path}.json").json
    assert page["job"]["state"] == "asking"
    table = next(file["table"] for file in page["waiting"] if file["table"])
    assert dict(table["guess"])["title"] == "title"
    assert dict(table["guess"])["publisher"] == "source"
    assert "Not &lt;b&gt;it" in client.get(path).text
    chosen = {
        "column-0-text": "what",
        "column-0-published": "when",
        "column-0-title": "",
        "column-0-publisher": "",
    }
    assert client.post(f"{path}/start", {**chosen, "column-0-text": "none such"}).status == 400
    assert client.post(f"{path}/start", {"column-0-publisher": "source"}).status == 400
    assert client.post(f"{path}/start", {**chosen, "published": "2023-02-30"}).status == 400
    assert client.get(f"{path}.json").json["job"]["state"] == "asking"
    assert client.post(f"{path}/start", chosen).status == 303
    out = ended(client, path)["job"]["outcome"]
    assert out["added"] >= 1
    assert out["failures"] == 0
    with desk.desk.record.view() as view:
        report = next(one for one in view.reports() if "Bria" in one.text)
    assert (report.title, report.publisher, str(report.published)) == (None, None, "2023-02-07")
    assert client.post(f"{path}/start", chosen).status == 409


def test_a_pasted_text_with_what_is_said_of_it(desk: Served) -> None:
    client = desk.client()
    given = {
        "text": "Rebels ambushed a convoy near Gao on Tuesday and burned four trucks.\r\n", "title": "Convoy burned",
        "publisher": "Sahel Desk", "published": "2024-03-06",
    }  # fmt: skip
    wrong = client.post("/add/text", {**given, "published": "6 March"})
    assert wrong.status == 400
    assert "burned four trucks" in wrong.text
    assert client.post("/add/text", {**given, "text": " "}).status == 400
    assert client.post("/add/text", {**given, "title": "x" * 301}).status == 400
    page = ended(client, client.post("/add/text", given).headers["location"])
    assert page["job"]["outcome"]["added"] == 1
    with desk.desk.record.view() as view:
        report = next(one for one in view.reports() if "Gao" in one.text)
    assert (report.title, report.publisher, str(report.published)) == (
        "Convoy burned",
        "Sahel Desk",
        "2024-03-06",
    )
    assert report.published_basis == "given"


@pytest.mark.parametrize(
    "address", ["", "file:///etc/passwd", "ftp://example.org/x", "http://u:p@example.org/", "no address", "-"]
)
def test_what_is_no_address_is_refused(desk: Served, address: str) -> None:
    assert desk.client().post("/add/address", {"address": address}).status == 400


def test_an_address_of_ones_own_network_is_not_fetched_unless_allowed(desk: Served, tmp_path: Path) -> None:
    client = desk.client()
    target = f"{desk.address}/static/icon.svg"
    page = ended(client, client.post("/add/address", {"address": target}).headers["location"])
    ((name, reason),) = page["job"]["outcome"]["failed"]
    assert name == target
    assert "private" in reason or "own network" in reason
    with served(tmp_path / "record", allow_private=True) as running:
        own = running.client()
        address = f"{desk.address}/sources"
        page = ended(own, own.post("/add/address", {"address": address}).headers["location"])
        assert page["job"]["outcome"]["added"] + page["job"]["outcome"]["failures"] == 1
        assert "own network" not in json.dumps(page["job"]["outcome"]["failed"])


def test_limits_are_named_before_much_is_read(desk: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    client = desk.client()
    many = client.upload("/add", [(f"{number}.txt", b"x") for number in range(201)])
    assert many.status == 413
    assert "200 files" in many.text
    monkeypatch.setattr(uploads, "FILE_BYTES", 1_000)
    large = client.upload("/add", [("large.txt", b"x" * 1_001)])
    assert large.status == 413
    assert "large.txt" in large.text
    assert "1 kB" in large.text
    monkeypatch.undo()
    assert client.post("/add/text", {"text": "x" * 1_000_001}).status in (400, 413)
    told = client.post("/preferences", {"theme": "dark"}, **{"content-length": "5000000"})
    assert told.status == 413
    assert "4 MB" in told.text
    assert client.upload("/add", []).status == 400
    assert client.upload("/add", [("a.txt", b"x")], {"published": "soon"}).status == 400


def test_a_body_without_a_length_is_counted_while_it_comes(desk: Served) -> None:
    import http.client

    client = desk.client()
    token = client.token()
    connection = http.client.HTTPConnection(desk.address.removeprefix("http://"), timeout=30)
    pieces = (b"x" * 100_000 for _ in range(60))
    connection.request(
        "POST", "/preferences", body=pieces, encode_chunked=True,
        headers={
            "transfer-encoding": "chunked", "content-type": "application/x-www-form-urlencoded", "x-dateline-token": token
        },
    )  # fmt: skip
    assert connection.getresponse().status in (400, 413)
    connection.close()


def test_a_sender_who_falls_silent_is_not_waited_for(desk: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    monkeypatch.setattr(uploads, "SILENT_S", 0.3)
    host, port = desk.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as sock:
        sock.sendall(
            b"POST /preferences HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n"
            b"content-type: application/x-www-form-urlencoded\r\n\r\nthe"
        )
        assert b" 408 " in sock.recv(1_000).split(b"\r\n")[0]


def lines(count: int, start: int = 0) -> bytes:
    return b"".join(
        json.dumps({"text": f"Shells hit house number {number} in Kadugli on Friday and killed {number % 40 + 2} people.",
                    "published": "2024-05-11", "publisher": f"Paper {number}"}).encode() + b"\n"
        for number in range(start, start + count)
    )  # fmt: skip


def test_a_job_is_cancelled_and_what_it_read_stays(tmp_path: Path) -> None:
    with served(tmp_path / "record") as running:
        client = running.client()
        path = client.upload("/add", [("many.jsonl", lines(3_000))]).headers["location"]
        second = client.upload("/add", [("next.jsonl", lines(5, 9_000))], {"ask": "1"}).headers["location"]
        page = waited(client, path, lambda job: job["progress"]["reports"] > 0)
        assert page["percent"] is not None
        shown = client.get(path, **{"hx-request": "true", "hx-request-type": "partial"}).text
        assert 'hx-trigger="every 1s"' in shown
        assert "<html" not in shown
        assert client.post(f"{path}/cancel").status == 303
        page = ended(client, path)
        assert page["job"]["state"] == "cancelled"
        kept = reports(running)
        assert 0 < kept < 3_000
        assert page["job"]["outcome"]["added"] == kept
        assert client.post(f"{second}/cancel").status == 303
        assert client.get(f"{second}.json").json["job"]["state"] == "cancelled"
        # The reports that stayed are not joined: one button does it.
        assert "not joined into events yet" in client.get("/").text
        linked = ended(client, client.post("/add/link").headers["location"])
        assert linked["job"]["state"] == "done"
        assert "not joined into events yet" not in client.get("/").text


def test_a_restart_in_the_middle_goes_on_and_counts_each_report_once(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    with served(folder) as running:
        client = running.client()
        path = client.upload("/add", [("many.jsonl", lines(600))]).headers["location"]
        waited(client, path, lambda job: job["progress"]["reports"] > 0)
    before = State(folder)
    assert Jobs(before, folder).get(int(path.rsplit("/", 1)[1])).state == "waiting"
    with open_record(folder).view() as view:
        done = view.added_since(0)[0]
    assert 0 < done < 600
    with served(folder) as running:
        page = ended(running.client(), path)
        assert page["job"]["state"] == "done"
        assert page["job"]["runs"] == 2
        assert (page["job"]["outcome"]["added"], page["job"]["outcome"]["known"]) == (600, 0)
        assert reports(running) == 600


def test_a_job_whose_desk_was_killed_is_taken_up_and_says_what_is_lost(tmp_path: Path) -> None:
    now = [1_000_000.0]
    jobs = Jobs(State(tmp_path), tmp_path, lambda: now[0])
    job = jobs.begin("text", Task(inputs=("a.txt",)), "Ada")
    (jobs.folder(job.id) / "a.txt").write_text(STORY)
    jobs.submit(job.id, job.task)
    assert jobs.take() is not None
    assert jobs.take() is None
    now[0] += 60
    again = jobs.take()
    assert again is not None
    assert (again.id, again.runs) == (job.id, 2)
    for path in jobs.folder(job.id).iterdir():
        path.unlink()
    jobs.folder(job.id).rmdir()
    import threading

    worker._Run(jobs, again, str(tmp_path), threading.Event()).do()
    lost = jobs.get(job.id)
    assert lost.state == "failed"
    assert "files are gone" in (lost.outcome.fault or "")


def test_what_was_uploaded_and_never_started_is_cleared_away(tmp_path: Path) -> None:
    now = [1_000_000.0]
    jobs = Jobs(State(tmp_path), tmp_path, lambda: now[0])
    job = jobs.begin("files", Task(), "Ada")
    jobs.ask(job.id, Task(inputs=("a.txt",)))
    (jobs.uploads / "999").mkdir()
    jobs.clear()
    assert jobs.folder(job.id).is_dir()
    assert not (jobs.uploads / "999").exists()
    now[0] += 25 * 3600
    jobs.clear()
    assert jobs.get(job.id).state == "cancelled"
    jobs.clear()
    assert not jobs.folder(job.id).exists()


def test_an_outcome_comes_back_from_the_database_as_it_was(tmp_path: Path) -> None:
    jobs = Jobs(State(tmp_path), tmp_path)
    task = Task(
        inputs=("a.csv",), columns=(("a.csv", (("text", "what"), ("title", ""))),), published="2024-01-01"
    )
    job = jobs.begin("files", task, "Ada")
    out = Outcome(
        added=1,
        failed=(("a", "b"),),
        unread=(("French", 2),),
        columns=(("a.csv", "text = 'what'"),),
        events=("x",),
    )
    jobs.end(job.id, "done", out)
    assert jobs.get(job.id).outcome == out
    assert jobs.get(job.id).task == task


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a.txt", "a.txt"), ("../../a.txt", "a.txt"), ("C:\\x\\a.txt", "a.txt"), ("", "file"), ("...", "file"),
        ("-rf.txt", "rf.txt"), (".hidden.csv", "hidden.csv"), ("a\x00b\u202e.txt", "ab.txt"), ("-", "file"),
        ("http://x/y?z", "y?z"), ("x" * 300 + ".csv", "x" * 120 + ".csv"),
    ],
)  # fmt: skip
def test_names_of_files_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_two_files_of_one_name_are_both_kept() -> None:
    assert free_name("A.txt", {"a.txt", "a (2).txt"}) == "A (3).txt"
    assert free_name("b", {"a"}) == "b"


@pytest.mark.parametrize("path", ["/add/999", "/add/x", "/add/999.json", "/add/99999999999999999999"])
def test_a_job_that_is_not_there(desk: Served, path: str) -> None:
    assert desk.client().get(path).status == 404
