"""A desk on which something of everything has happened, and the addresses of all its pages."""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dateline.desk.jobs import Task
from dateline.desk.pages import PAGES
from desk_served import Client, Served, served

LEAD, CODER, OTHER, READER = "Olha Lead", "Ada Coder", "Ben Coder", "Rui Reader"
WORDS = "seven quiet herons"
STORY = "date 2024-05-11\n\nShells hit the market in Kadugli on Friday and killed 11 people, a doctor said."
TABLE = b"id;what;title\n1;Troops stormed the station in Bria on Monday.;Bria\n"
FILES = tuple(page.path for page in PAGES if page.method == "GET" and page.file)
HTML = tuple(page.path for page in PAGES if page.method == "GET" and page.html and not page.file)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The desk, its people signed in, and for the path of each page of HTML the addresses at which it shows something.

    `guests` are the addresses that are looked at without being signed in, `wrong` those that answer with an error.
    """

    served: Served
    clients: Mapping[str, Client] = field(default_factory=dict)
    addresses: Mapping[str, Sequence[str]] = field(default_factory=dict)
    wrong: Sequence[str] = ()
    event: str = ""
    report: str = ""
    release: str = ""


@contextmanager
def whole(
    folder: Path, *, release: str = "First half", why: str = "a rumour, no more", other: str = "Ben Coder",
    file: str = "arrived.txt",
) -> Iterator[Whole]:  # fmt: skip
    """Serve a linked record after people added, decided, disagreed, assigned and released; the folder is changed.

    `release` is the title of a release, `why` the reason of decisions, `other` the name of the second coder, `file` the
    name of an uploaded file.
    """
    with served(folder) as running:
        names = {LEAD: LEAD, CODER: CODER, OTHER: other, READER: READER}
        for name, role in ((LEAD, "lead"), (CODER, "coder"), (OTHER, "coder"), (READER, "reader")):
            running.desk.people.add(names[name], role, WORDS, by="test", must_change=False)  # type: ignore[arg-type]
        clients = {name: running.client() for name in names}
        for name, client in clients.items():
            assert client.sign_in(names[name], WORDS).status == 303
        jobs = _added(running, clients[CODER], file)
        event, report, claim = _decided(clients, why)
        made = _released(clients[LEAD], release)
        yield Whole(
            served=running, clients=clients, event=event, report=report, release=made,
            addresses=_addresses(clients[LEAD], jobs=jobs, event=event, report=report, claim=claim, release=made),
            wrong=("/nothing", "/?from=yesterday", "/events/ffffffffffffffff", "/review/0", "/add/999", "/sources/none:x"),
        )  # fmt: skip


def settled(client: Client, job: str) -> Any:
    """Return a job when it has ended."""
    deadline = time.monotonic() + 120
    while (found := client.get(f"{job}.json").json["job"])["state"] in ("waiting", "running"):
        assert time.monotonic() < deadline, "the job does not end"
        time.sleep(0.2)
    return found


def sign_in(page: Any, address: str, name: str, password: str = WORDS) -> None:
    """Sign in with a browser."""
    page.goto(f"{address}/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"/(self)?$"))


def decide(client: Client, claim: str, **fields: Any) -> None:
    """Decide about a claim as its page says that it stands."""
    page = client.get(f"/review/{claim}.json").json
    answer = client.post(f"/review/{claim}", {"seen": page["seen"], "key": page["key"], **fields})
    assert answer.status == 303, answer.text


def _added(running: Served, client: Client, file: str) -> dict[str, str]:
    done = client.upload("/add", [(file, STORY.encode()), ("void.txt", b"")]).headers["location"]
    assert settled(client, done)["state"] == "done"
    asking = client.upload("/add", [("rows.csv", TABLE)]).headers["location"]
    away = client.upload("/add", [("away.csv", TABLE)]).headers["location"]
    assert client.post(f"{away}/cancel").status == 303
    failed = running.desk.jobs.begin("address", Task(inputs=("https://example.invalid/x",)), CODER)
    running.desk.jobs.submit(failed.id, failed.task)
    settled(client, f"/add/{failed.id}")
    return {"done": done, "asking": asking, "away": away, "failed": f"/add/{failed.id}"}


def _decided(clients: Mapping[str, Client], why: str) -> tuple[str, str, str]:
    """Let people decide: agree, disagree about a claim and about a field, take back, be asked blind; name what it was."""
    lead, one, other = clients[LEAD], clients[CODER], clients[OTHER]
    row = lead.get("/overview.json").json["rows"][0]
    event = lead.get(f"/events/{row['id']}.json").json
    claims = list(event["claims"])
    decide(one, claims[0], decision="accept", why="as the report says it")
    decide(other, claims[0], decision="reject", why=why)
    for client, value in ((one, "unsure"), (other, "unsure")):
        decide(client, claims[1], decision=value, why=why)
    for client, value in ((one, "hedged"), (other, "disputed")):
        decide(client, claims[2], decision="correct", field="certainty", value=value, why=why)
    decide(one, claims[0], decision="note", why=why)
    decide(lead, claims[-1], decision="accept")
    assert lead.post("/review/undo", {"key": "undo-1"}).status == 303
    asked = {"who": f"{CODER}, {OTHER}", "number": "3", "pick": "first", "blind": "1"}
    assert lead.post("/review/assign?by=newest", asked).status == 303
    assert lead.post(f"/events/{event['id']}/pin", {"why": why}).status == 303
    return event["id"], event["claims"][claims[0]]["report"], claims[0]


def _released(client: Client, title: str) -> str:
    assert client.post("/releases", {"title": title, "publisher": title}).status == 303
    deadline = time.monotonic() + 120
    while (page := client.get("/releases.json").json)["making"]:
        assert page["making"]["fault"] is None, page["making"]
        assert time.monotonic() < deadline, "the release is not there"
        time.sleep(0.2)
    return str(page["releases"][0]["folder"])


def _addresses(
    client: Client, *, jobs: Mapping[str, str], event: str, report: str, claim: str, release: str
) -> dict[str, tuple[str, ...]]:
    rows = client.get("/overview.json").json["rows"]
    source = client.get("/sources.json").json["sources"][0]["id"]
    kind = rows[0]["type"]
    return {
        "/": ("/", "/?type=strike&state=unsure", "/?q=nowhere+at+all", "/?sort=newest&from=2022-01-01&country=SD"),
        "/events/{event}": (f"/events/{event}", f"/events/{rows[-1]['id']}"),
        "/reports/{report}/original": (f"/reports/{report}/original",),
        "/reports/{report}": (f"/reports/{report}", f"/reports/{report}?at=0-40"),
        "/claims/{claim}": (f"/claims/{claim}",),
        "/sources": ("/sources", "/sources?order=name&q=army"),
        "/sources/{origin:path}": (f"/sources/{quote(source, safe='')}",),
        "/codebook": ("/codebook",),
        "/codebook/{type}": (f"/codebook/{kind}",),
        "/history": ("/history", "/history?kind=review", "/history?q=nowhere+at+all"),
        "/export": ("/export?type=strike",),
        "/releases": ("/releases", "/releases?type=strike"),
        "/releases/{release}": (f"/releases/{release}?check=yes",),
        "/review": ("/review", "/review?by=conflicts&state=all", "/review?by=mine"),
        "/review/conflicts": ("/review/conflicts",),
        "/review/agreement": ("/review/agreement", "/review/agreement?blind=1"),
        "/review/{claim}": (f"/review/{claim}?by=origins&state=all", f"/review/{claim}?look_up=Goma"),
        "/claims/{claim}/decisions": (f"/claims/{claim}/decisions",),
        "/sign-in": ("/sign-in",),
        "/self": ("/self",),
        "/people": ("/people",),
        "/add": ("/add",),
        "/add/{job}": tuple(jobs.values()),
    }  # fmt: skip
