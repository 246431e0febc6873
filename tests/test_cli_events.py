"""The commands of events and decisions: what they print at 80 columns, their errors and exit codes."""

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli import app
from dateline.run.link import link
from dateline.store.sqlite import open_record
from occurred import event_of, everything, kit, members, put, read, record_of, story

HOSTILE = "\x1b[31mRed\x07 \u202etxet[bold]x[/bold]\nforged line <script>"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All reports, linked; to be looked at only."""
    return record_of(tmp_path_factory.mktemp("cli") / "record", everything()).path


@pytest.fixture
def own(whole: Path, tmp_path: Path) -> Path:
    """A copy of it to be decided about."""
    return Path(shutil.copytree(whole, tmp_path / "record"))


def run(record: Path, *words: object, width: int = 80, **environment: str) -> tuple[int, str, str]:
    """Run a command over a record; what goes wrong unforeseen is raised."""
    told = {"COLUMNS": str(width), "TERM": "dumb", "DATELINE_RECORD": str(record), **environment}
    result = CliRunner().invoke(app, [str(word) for word in words], env=told)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def lines(record: Path, *words: object) -> list[dict[str, object]]:
    """Return the JSON lines that a command prints."""
    code, out, _ = run(record, *words, "--json")
    assert code == 0
    return [json.loads(line) for line in out.splitlines()]


def event(record: Path, name: str) -> str:
    """Return the event of the first claim of a story."""
    return event_of(open_record(record), min(story(name)[0].claims, key=lambda claim: claim.trigger.start).id)


def claims(record: Path, name: str) -> Sequence[str]:
    """Return the claims of that event."""
    return members(open_record(record))[event(record, name)]


def test_link_says_what_it_did(tmp_path: Path) -> None:
    record = record_of(tmp_path / "r", story("kadugli", "goma"), linked=False).path
    code, out, err = run(record, "link")
    assert (code, err) == (0, "")
    assert out == "5 reports linked, 8 occurrences told in them; 2 events in the record\n"
    assert run(record, "link") == (0, "nothing new to link; 2 events in the record\n", "")
    assert run(record, "link", "--quiet") == (0, "", "")
    assert run(record, "link", "--anew")[1].startswith("5 reports linked")


def test_there_is_no_record(tmp_path: Path) -> None:
    for command in (
        ("link",),
        ("events",),
        ("event", "a"),
        ("figures",),
        ("copies",),
        ("undo",),
        ("pin", "a"),
    ):
        code, out, err = run(tmp_path / "none", *command)
        assert (code, out) == (1, "")
        assert "there is no record here; make one with `dateline add" in err


def test_an_empty_record(tmp_path: Path) -> None:
    record = record_of(tmp_path / "r").path
    assert run(record, "link")[1] == "nothing new to link; 0 events in the record\n"
    assert run(record, "events")[1].startswith("No events; `dateline link` joins what was added")
    assert run(record, "events", "--json") == (0, "", "")
    assert run(record, "figures")[1] == "No figures.\n"
    assert run(record, "copies")[1] == "no copies were found\n"
    assert run(record, "event", "ab")[0] == 1


def test_what_is_not_linked_is_told(tmp_path: Path) -> None:
    record = record_of(tmp_path / "r", story("kadugli"))
    put(record, story("goma"))
    name = event(record.path, "kadugli")
    for command in (("events",), ("event", name), ("figures",), ("events", "--json")):
        code, out, err = run(record.path, *command)
        assert (code, err) == (0, "dateline: 2 reports are not linked yet; `dateline link` joins them\n")
        assert "Goma" not in out


def test_what_another_version_linked_is_told(tmp_path: Path) -> None:
    record = record_of(tmp_path / "r", story("kadugli"), linked=False)
    link(record, replace(kit(), digest="older"))
    assert "3 reports are not linked yet" in run(record.path, "events")[2]
    code, _, _ = run(record.path, "export", "-f", "csv", "-o", tmp_path / "o")
    assert (code, (tmp_path / "o").exists()) == (1, False)
    assert run(record.path, "link")[1].startswith("3 reports linked")
    assert run(record.path, "events")[2] == ""


def test_events_fit_eighty_columns(whole: Path) -> None:
    code, out, err = run(whole, "events")
    assert (code, err) == (0, "")
    rows = out.splitlines()
    assert max(map(len, rows)) <= 80
    assert rows[0].split() == ["id", "when", "dead", "origins", "reports", "what"]
    (shelled,) = [row for row in rows if row.startswith(event(whole, "kadugli")[:8])]
    assert re.match(r"\w{8}  13 Aug 2023 +13 +\d+ +3  Shelling of a market,", shelled)
    assert "told 2 Feb 2016" in out
    assert max(map(len, run(whole, "events", width=40)[1].splitlines())) <= 40


@pytest.mark.parametrize(
    ("given", "stories"),
    [
        (("--type", "strike.air"), ("aleppo", "kunduz")),
        (("--type", "battle", "--type", "strike.suicide"), ("goma", "tikrit")),
        (("--country", "iq"), ("kirkuk", "tikrit")),
        (("--place", "goma"), ("goma",)),
        (("--place", "GOMA", "--type", "strike"), ()),
        (("--from", "2016-01-01", "--to", "2016-03-31"), ("kirkuk", "tikrit")),
        (("--min-origins", "3"), ("kadugli", "goma")),
        (("--place", "nowhere at all"), ()),
    ],
)
def test_filters_of_events(whole: Path, given: Sequence[str], stories: Sequence[str]) -> None:
    assert {line["id"] for line in lines(whole, "events", *given)} == {event(whole, name) for name in stories}


def test_a_limit_is_told(whole: Path) -> None:
    _, out, _ = run(whole, "events", "--limit", 2)
    assert "and 8 more; --limit shows more" in out
    assert len(out.splitlines()) < 9
    assert len(lines(whole, "events", "--limit", 2)) == 10


@pytest.mark.parametrize(
    "given",
    [
        ("link", "--soon"), ("events", "--from", "soon"), ("events", "--limit", "0"),
        ("events", "--from", "2020-02-02", "--to", "2020-01-01"), ("events", "--min-origins", "-1"),
        ("figures", "--measure", "happy"), ("figures", "--of", "dogs"), ("figures", "--rule", "mine"), ("event",),
        ("merge", "a"), ("split", "a"), ("review", "a", "maybe"), ("review", "a", "correct"),
        ("review", "a", "correct", "--field", "type"), ("review", "a", "accept", "--field", "type", "--value", "1"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told(whole: Path, given: Sequence[str]) -> None:
    code, out, err = run(whole, *given)
    assert (code, out) == (2, "")
    assert "Error" in err or "Usage" in err


def test_an_event_by_the_beginning_of_its_id(whole: Path) -> None:
    name = event(whole, "kadugli")
    code, out, err = run(whole, "event", name[:8], "--pairs", 1)
    assert (code, err) == (0, "")
    assert max(map(len, out.splitlines())) <= 80
    assert f"id     {name} · unreviewed" in out
    for claim in claims(whole, "kadugli"):
        assert claim in out
    assert "Why these claims are one event (" in out
    assert re.search(r"\+\d\.\d  bits: the odds are [\d,]+ to 1 for", out)
    assert out.count("prior: any two episodes") == 1
    assert "prior:" not in run(whole, "event", name, "--pairs", 0)[1]


def test_an_event_as_json(whole: Path) -> None:
    (told,) = lines(whole, "event", event(whole, "kadugli"))
    assert {one["claim"]["id"] for one in told["claims"]} == set(claims(whole, "kadugli"))  # type: ignore[attr-defined]
    links = told["links"]
    assert isinstance(links, list)
    assert links[0]["weight"] == pytest.approx(sum(piece["weight"] for piece in links[0]["pieces"]), abs=1e-3)
    assert isinstance(told["neighbours"], list)


def test_names_that_name_no_event_or_several(tmp_path: Path, whole: Path) -> None:
    for name in ("zz", "", "*", "?" * 16, "[0-9]*"):
        code, out, err = run(whole, "event", name)
        assert (code, out) == (1, "")
        assert f"there is no event {name!r} in the record" in err
    ids = [str(line["id"]) for line in lines(whole, "events")]
    shared = next(a[0] for a in ids if sum(b[0] == a[0] for b in ids) > 1)
    code, _, err = run(whole, "event", shared)
    assert code == 1
    assert re.search(rf"{shared!r} begins the ids of \d+ events \(.*…\); write more of it", err)


def test_as_of_a_day(whole: Path) -> None:
    assert run(whole, "events", "--as-of", "2024-04-30")[1].startswith("No events")
    assert len(lines(whole, "events", "--as-of", "2024-05-01")) == 10
    code, _, err = run(whole, "event", event(whole, "kadugli"), "--as-of", "2024-04-30")
    assert (code, "there is no event" in err) == (1, True)


def test_figures(whole: Path) -> None:
    name = event(whole, "kadugli")
    rows = lines(whole, "figures", "--event", name)
    assert {row["count"]["low"] for row in rows} >= {11, 13}  # type: ignore[index]
    out = run(whole, "figures", "--event", name[:8])[1]
    assert re.search(r"15 Aug 2023  13 people .*\n +low 13, best 13, high 13", out)
    assert max(map(len, out.splitlines())) <= 80
    assert "20 people" in run(whole, "figures", "--measure", "wounded", "--place", "Kirkuk")[1]
    assert run(whole, "figures", "--measure", "displaced")[1] == "No figures.\n"
    assert run(whole, "figures", "--of", "civilians", "--place", "kadugli")[1] == "No figures.\n"
    assert "low –, best 13, high –" in run(whole, "figures", "--rule", "conservative", "--event", name)[1]
    assert run(whole, "figures", "--event", "zz")[0] == 1
    assert run(whole, "figures", "--event", "")[0] == 1


def test_copies_are_listed_by_their_earliest(tmp_path: Path) -> None:
    text = "\n\n".join(one.report.text for one in story("kadugli", "kirkuk", "goma"))
    first, second = read(text, "2024-01-02", "Later Post"), read(text, "2024-01-01", "Early Post", HOSTILE)
    record = record_of(tmp_path / "r", [first, second, *story("aleppo")]).path
    code, out, _ = run(record, "copies")
    assert code == 0
    head, later, early = out.splitlines()
    assert head == "2 copies"
    assert later.startswith(f"    {first.report.id}  2024-01-02  Later Post: ")
    assert early.startswith(f"  * {second.report.id}  2024-01-01  Early Post: ")
    assert run(record, "copies", first.report.id)[1] == out
    other = story("aleppo")[0].report.id
    assert run(record, "copies", other)[1] == f"no copies of {other} were found\n"
    code, _, err = run(record, "copies", "zz")
    assert (code, "there is no report zz" in err) == (1, True)


def test_merge_split_pin_and_undo(own: Path) -> None:
    goma, kunduz = event(own, "goma"), event(own, "kunduz")
    code, out, _ = run(own, "merge", goma[:8], kunduz[:8], "--why", "a test", "--who", "ana")
    assert code == 0
    assert re.fullmatch(rf"kept as [0-9a-f]{{16}}; now in event {goma}\n", out)
    assert run(own, "event", kunduz)[0] == 0
    assert run(own, "event", kunduz[:8])[0] == 0
    code, _, err = run(own, "merge", goma, kunduz)
    assert (code, "are one event already; name two or more" in err) == (1, True)
    ours = [c.id for one in story("kunduz") for c in one.claims]
    code, out, _ = run(own, "split", goma, *(claim[:10] for claim in ours), ours[0], "--who", "ben")
    assert (code, out.endswith(f"; now in events {', '.join(sorted((goma, kunduz)))}\n")) == (0, True)
    assert event(own, "goma") != event(own, "kunduz")
    code, out, _ = run(own, "pin", goma)
    assert "claims fixed by a person" in run(own, "event", goma)[1]
    code, out, _ = run(own, "undo")
    assert (code, out.startswith("takes back the pin of ")) == (0, True)
    assert "claims fixed by a person" not in run(own, "event", goma)[1]
    assert run(own, "undo", "--who", "ben")[0] == 0
    assert event(own, "goma") == event(own, "kunduz")
    with open_record(own).view() as view:
        assert [(one.kind, one.who, one.why) for one in view.reviews()][:2] == [
            ("merge", "ana", "a test"), ("split", "ben", None),
        ]  # fmt: skip


def test_decisions_that_cannot_be(own: Path) -> None:
    goma = event(own, "goma")
    code, _, err = run(own, "split", goma, *claims(own, "goma"))
    assert (code, "has no other claims" in err) == (1, True)
    code, _, err = run(own, "split", goma, claims(own, "kunduz")[0])
    assert (code, "has no claim" in err) == (1, True)
    assert "claims ''" in run(own, "split", goma, "")[2]
    assert run(own, "merge", goma, "zz")[0] == run(own, "pin", "zz")[0] == 1
    code, _, err = run(own, "undo", "--who", "nobody yet")
    assert (code, "nobody yet has decided nothing that stands" in err) == (1, True)
    assert "no decision begins with 'zz'" in run(own, "undo", "zz")[2]
    with open_record(own).view() as view:
        assert view.reviews() == ()


def test_an_undo_can_be_undone_by_its_id_and_not_twice(own: Path) -> None:
    goma, kunduz = event(own, "goma"), event(own, "kunduz")
    made = re.findall("kept as ([0-9a-f]{16})", run(own, "merge", goma, kunduz)[1])[0]
    undone = re.findall("kept as ([0-9a-f]{16})", run(own, "undo", made[:12])[1])[0]
    assert event(own, "goma") != event(own, "kunduz")
    code, _, err = run(own, "undo", made)
    assert (code, "is taken back already" in err) == (1, True)
    assert run(own, "undo", undone)[0] == 0
    assert event(own, "goma") == event(own, "kunduz")


def test_review_a_claim(own: Path) -> None:
    goma = event(own, "goma")
    claim = claims(own, "goma")[0]
    code, out, _ = run(own, "review", claim, "accept", "--who", "ana")
    assert (code, f"now in event {goma}" in out) == (0, True)
    assert "accepted" in run(own, "event", goma)[1]
    assert run(own, "review", claim, "correct", "--field", "country", "--value", '"CD"')[0] == 0
    figures = '[{"measure": "killed", "low": 4, "high": 4, "of": "people"}]'
    assert run(own, "review", claim, "correct", "--field", "figures", "--value", figures)[0] == 0
    assert "4 people" in run(own, "figures", "--event", goma)[1]
    for field, value, told in (
        ("figures", "[{", "--value is no JSON"),
        ("figures", '[{"low": -1}]', "does not fit"),
        ("shoe", "1", "cannot be corrected"),
    ):
        code, _, err = run(own, "review", claim, "correct", "--field", field, "--value", value)
        assert (code, told in err) == (1, True)
    code, _, err = run(own, "review", "zz", "accept")
    assert (code, "there is no claim 'zz'" in err) == (1, True)


def test_who_decides_must_be_known(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise OSError("no user name")

    monkeypatch.setattr("dateline.cli_decide.getuser", unknown)
    code, _, err = run(own, "pin", event(own, "goma"))
    assert (code, "say it with --who or DATELINE_WHO" in err) == (1, True)
    assert run(own, "pin", event(own, "goma"), DATELINE_WHO="ana")[0] == 0


def test_hostile_text_steers_nothing(tmp_path: Path) -> None:
    text = (
        "Shells hit the market in Kadugli on Sunday \u202eand\u202c killed eleven people, [bold red]doctors[/] said \x1b[2J "
        "<script>alert(1)</script>."
    )
    readings = [
        read(text + extra, "2023-08-14", HOSTILE, HOSTILE + extra) for extra in ("", " More \x9b31m.")
    ]
    record = record_of(tmp_path / "r", [*readings, *story("kadugli")])
    name = event_of(record, readings[0].claims[0].id)
    for command in (("events",), ("event", name), ("figures", "--event", name), ("copies",), ("events", "--json"),
                    ("event", name, "--json"), ("figures", "--json")):  # fmt: skip
        code, out, err = run(record.path, *command, width=100)
        assert (code, err) == (0, "")
        assert not STEERING.search(out), command
    shown = run(record.path, "event", name, width=200)[1]
    assert "[bold red]doctors[/]" in shown
    assert not any(line.startswith("forged line") for line in run(record.path, "copies")[1].splitlines())


def test_json_keeps_hostile_words_exact(tmp_path: Path) -> None:
    text = (
        "Shells hit the market in Kadugli on Sunday \u202eand\u202c killed eleven people\x85, doctors said."
    )
    one = read(text, "2023-08-14", "Post")
    record = record_of(tmp_path / "r", [one])
    (told,) = lines(record.path, "events")
    assert told["claims"][0]["claim"]["evidence"]["quote"] == one.claims[0].evidence.quote  # type: ignore[index]
    assert "\u202e" in one.claims[0].evidence.quote
