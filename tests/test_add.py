"""Adding to a record: what comes in, what does not and why, and going on after a stop."""

import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
from benchmarks.synthetic import write_files, write_lines
from rich.console import Console
from typer.testing import CliRunner

from dateline.cli import app
from dateline.run.add import Committed, add
from dateline.run.progress import Bar, total_bytes
from dateline.run.summary import Summary
from dateline.settings import Settings
from dateline.store.sqlite import Record, create_record, open_record

STORY = (
    "date 2023-08-14 Market shelled in Kadugli\n\n"
    "Shells hit the market in Kadugli on Sunday and killed eleven people, hospital staff said.\n"
)
RUSSIAN = "date 2023-08-14\n\nВойска обстреляли рынок в городе, погибли мирные жители, сообщил губернатор области.\n"


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return create_record(tmp_path / "record")


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "inputs"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY)
    (folder / "b.txt").write_text(STORY)
    (folder / "c.txt").write_text(RUSSIAN)
    (folder / "d.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "e.csv").write_text(
        "site,body,date\nPost,A bomb killed two soldiers in Mosul on Monday.,2016-10-18\n"
    )
    with zipfile.ZipFile(folder / "f.zip", "w") as archive:
        archive.writestr("dir/story.txt", STORY.replace("eleven", "nine"))
    return folder


def added(inputs: Path | str, record: Record, **settings: object) -> Summary:
    return add([str(inputs)], record, Settings(**settings))  # type: ignore[arg-type]


def sound(record: Record) -> bool:
    with record.view() as view:
        return list(view.verify()) == []


def test_what_comes_in(inputs: Path, record: Record) -> None:
    told: list[Committed] = []
    summary = add([str(inputs)], record, Settings(), told=told.append)
    assert (summary.added, summary.reread, summary.known, summary.ways) == (4, 0, 1, 0)
    assert [failed.name for failed in summary.failed] == [str(inputs / "d.txt")]
    assert dict(summary.languages) == {"Russian": 1}
    assert summary.columns == {str(inputs / "e.csv"): "text = 'body', published = 'date', publisher = 'site'"}
    with record.view() as view:
        ids = list(view.report_ids())
        assert sorted(ids) == sorted({report for each in told for report in each.reports})
        assert summary.claims == view.stats()["claims"] >= 3
        # a.txt and b.txt are the same bytes, so one original; d.txt gave no report.
        assert view.stats()["originals"] == 4
        archived = next(each for each in view.readings() if "nine" in each.report.text)
        (way,) = view.custody(archived.report.id)
        assert (way.name, way.locator) == (str(inputs / "f.zip"), "dir/story.txt")
        assert record.originals.path(way.original).read_bytes() == (inputs / "f.zip").read_bytes()
    assert sound(record)


def test_again_adds_nothing_and_new_ways_are_noted(inputs: Path, record: Record) -> None:
    added(inputs, record)
    with record.view() as view:
        steps = view.stats()["steps"]
    again = added(inputs, record)
    assert (again.added, again.known, again.ways) == (0, 5, 0)
    with record.view() as view:
        assert view.stats()["steps"] == steps
    lines = inputs.parent / "same.jsonl"
    lines.write_text(json.dumps({"text": STORY}) + "\n")
    other = added(lines, record)
    assert (other.added, other.known, other.ways) == (0, 1, 1)
    with record.view() as view:
        assert view.stats()["arrivals"] == 5
    assert sound(record)


def test_a_newer_codebook_reads_known_reports_again(inputs: Path, record: Record, tmp_path: Path) -> None:
    added(inputs, record)
    book = tmp_path / "book"
    book.mkdir()
    (book / "outlets.csv").write_text("id,name,variants,sites,side,source\n")
    again = added(inputs, record, codebook_folders=(book,))
    assert (again.added, again.reread, again.known) == (0, 4, 1)
    with record.view() as view:
        assert view.stats()["readings"] == 8


def test_as_of(inputs: Path, record: Record) -> None:
    summary = added(inputs, record, as_of=date(2020, 1, 1))
    assert summary.added == 1
    assert len(summary.left_out) == 4
    undated = inputs.parent / "undated.txt"
    undated.write_text("Shells hit the market in Kadugli on Sunday.")
    for known in (0, 1):
        assert added(undated, record, as_of=date(2020, 1, 1)).known == known


def test_many_processes_give_the_same_record(tmp_path: Path) -> None:
    lines = tmp_path / "news.jsonl"
    write_lines(lines, 120)
    records = [create_record(tmp_path / name) for name in ("one", "two")]
    for workers, record in enumerate(records, 1):
        assert add([str(lines)], record, Settings(), workers=workers).added == 120
    with records[0].view() as one, records[1].view() as two:
        assert list(one.readings()) == list(two.readings())
    assert sound(records[1])


def test_an_original_that_changes_while_it_is_read_fails_by_name(
    tmp_path: Path, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(STORY)
    (tmp_path / "b.txt").write_text(STORY.replace("eleven", "two"))
    keep = type(record.originals).put

    def put(*arguments: object) -> object:
        path.write_text("other")
        return keep(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(type(record.originals), "put", put)
    summary = add([str(path), str(tmp_path / "b.txt")], record, Settings())
    assert summary.added == 1
    (failed,) = summary.failed
    assert failed.name == str(path)
    assert "changed while it was being read" in failed.message
    assert sound(record)


CHILD = (
    "import sys; from pathlib import Path; sys.argv[0] = 'dateline'\n"
    "from dateline.cli import app\n"
    "if __name__ == '__main__': app(sys.argv[1:])\n"
)


def test_ctrl_c_keeps_what_was_read_and_the_same_command_goes_on(tmp_path: Path) -> None:
    write_files(tmp_path / "news", 400)
    program = tmp_path / "program.py"
    program.write_text(CHILD)
    where = tmp_path / "record"
    command = [
        sys.executable,
        str(program),
        "add",
        "-r",
        str(where),
        "--workers",
        "2",
        str(tmp_path / "news"),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:  # noqa: S603
        for _ in range(600):
            time.sleep(0.1)
            if (where / "record.sqlite").exists() and kept(where):
                break
        os.kill(child.pid, signal.SIGINT)
        out, err = child.communicate(timeout=60)
    assert child.returncode == 130, err
    assert "run the same command again to go on" in err
    assert "Traceback" not in err
    first = kept(where)
    assert 0 < first < 400
    assert f"added: {first:,} reports" in out
    summary = add([str(tmp_path / "news")], open_record(where), Settings(), workers=2)
    assert (summary.added, summary.known) == (400 - first, first)
    assert sound(open_record(where))


def test_two_may_add_at_once(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(CHILD)
    where = create_record(tmp_path / "record").path
    children = []
    for name in ("one", "two"):
        write_lines(tmp_path / f"{name}.jsonl", 150)
        path = str(tmp_path / f"{name}.jsonl")
        command = [sys.executable, str(program), "add", "-r", str(where), "--workers", "1", "-q", path]
        children.append(subprocess.Popen(command, stderr=subprocess.PIPE))  # noqa: S603
    for child in children:
        _, err = child.communicate(timeout=120)
        assert (child.returncode, err) == (0, b"")
    assert kept(where) == 150
    assert sound(open_record(where))
    with open_record(where).view() as view:
        # Both files have the same bytes, so each report came by one way.
        assert view.stats()["arrivals"] == view.stats()["readings"] == 150


def kept(where: Path) -> int:
    with open_record(where).view() as view:
        return len(list(view.report_ids()))


def dateline(*arguments: str, env: dict[str, str] | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "120", "TERM": "dumb", **(env or {})})
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_commands(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = dateline("add", "--workers", "1", str(inputs), "--failures", "failed.txt")
    assert code == 1
    assert "added: 4 reports with" in out
    assert "already there: 1 report\n" in out
    assert "kept but not read: 1 report in Russian" in out
    assert f"columns of {inputs / 'e.csv'}: text = 'body'" in out
    assert f"dateline: {inputs / 'd.txt'}: " in err
    assert Path("failed.txt").read_text().startswith(f"{inputs / 'd.txt'}: ")
    assert Path("record/record.sqlite").is_file()

    code, out, _ = dateline("search", "kadugli", '"nine people"')
    assert (code, len(out.splitlines())) == (0, 2)
    assert "[Kadugli]" in out
    code, out, _ = dateline("search", "--json", "--", "kadugli", "-nine")
    assert [json.loads(line)["published"] for line in out.splitlines()] == ["2023-08-14"]
    assert dateline("search", "nowhere")[0] == 1

    code, out, _ = dateline("stats", "--json")
    told = json.loads(out)
    assert (told["reports"], told["publishers"]) == (4, {"Post": 1})
    code, out, _ = dateline("stats")
    assert code == 0
    assert told["head"] in out
    assert json.loads(dateline("stats", "--json", "--as-of", "2000-01-01")[1])["reports"] == 0

    code, out, _ = dateline("history", "-n", "2")
    assert out.splitlines()[-1].endswith(told["head"])
    assert len(out.splitlines()) == 2
    code, out, _ = dateline("history", "--json")
    assert [json.loads(line)["number"] for line in out.splitlines()] == list(range(1, told["steps"] + 1))

    code, out, _ = dateline("verify", "--head", told["head"])
    assert (code, out.splitlines()[-1]) == (0, f"head {told['head']}")
    code, out, _ = dateline("verify", "--head", "0" * 64)
    assert code == 1
    assert "no step with the hash" in out

    code, out, _ = dateline("backup", "copy")
    assert code == 0
    assert dateline("verify", env={"DATELINE_RECORD": "copy"})[0] == 0
    assert dateline("backup", "copy")[0] == 1
    (path,) = (
        p for p in Path("copy/originals").rglob("*") if p.is_file() and p.read_bytes() == STORY.encode()
    )
    path.chmod(0o644)
    path.write_text("changed")
    code, out, err = dateline("verify", "-r", "copy")
    assert code == 1
    assert f"original {path.name}" in out
    assert "1 fault in" in err


@pytest.mark.parametrize("command", ["search x", "stats", "history", "verify", "backup there", "reread"])
def test_without_a_record_a_command_says_what_to_do(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = dateline(*command.split())
    assert code == 1
    assert "record: there is no record here; make one with `dateline add --record record FILE…`" in err
    assert list(tmp_path.iterdir()) == []


def test_names_cannot_steer_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = dateline("add", "--workers", "1", "no\x1b[2J\u202efile\udcff.txt")
    assert code == 1
    assert "no\ufffd[2J\ufffdfile\ufffd.txt: there is no such file" in err


def test_the_bar_counts_what_was_committed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 70)
    (tmp_path / ".hidden").write_bytes(b"x")
    assert total_bytes([str(tmp_path), str(tmp_path / "a.txt")]) == 140
    assert total_bytes(["-"]) is None
    console = Console(file=io.StringIO(), force_terminal=True, width=100)
    with Bar(console, 140, in_bytes=True) as bar:
        bar(Committed(reports=("a", "b"), done_bytes=70))
        assert bar.progress is not None
        assert bar.progress.tasks[0].percentage == 50
    assert "2 reports kept" in console.file.getvalue()  # type: ignore[attr-defined]


def test_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments in (
        ("add",),
        ("add", "x", "--column", "text"),
        ("add", "x", "--column", "colour=red"),
        ("add", "x", "--as-of", "2024-13-01"),
        ("add", "x", "--as-of", "2024-01-01", "--published", "2024-01-02"),
        ("add", "x", "--workers", "0"),
        ("reread", "--codebook", "nowhere"),
    ):
        assert dateline(*arguments)[0] == 2
    assert not Path("record").exists()
