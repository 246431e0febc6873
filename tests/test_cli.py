"""The command line: what it prints and writes, its exit codes, its errors and help."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from dateline.cli import app
from dateline.export.terminal import show
from readings import FULL, plain

STORY = (
    "date 2023-08-14 Market shelled in Kadugli\n\n"
    "Shells hit the market in Kadugli on Sunday and killed eleven people, hospital staff said.\n"
)
NEWER = STORY.replace("2023-08-14", "2023-09-01")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "newer.txt").write_text(NEWER)
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    return tmp_path


def dateline(*arguments: str, stdin: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments), input=stdin, env={"COLUMNS": "100", "TERM": "dumb"})
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_view(folder: Path) -> None:
    code, out, err = dateline("read", "story.txt")
    assert (code, err) == (0, "")
    assert "Market shelled in Kadugli" in out
    assert "14 Aug 2023 (from the text)" in out
    assert re.search(r"\[1 \w+", out)
    assert "strike.shelling" in out
    assert "11 people" in out
    assert "\x1b" not in out


def test_json(folder: Path) -> None:
    code, out, _ = dateline("read", "story.txt", "newer.txt", "--json")
    readings = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [reading["report"]["name"] for reading in readings] == ["story.txt", "newer.txt"]
    text = readings[0]["report"]["text"]
    assert text == STORY
    for claim in readings[0]["claims"]:
        trigger = claim["trigger"]
        assert text[trigger["start"] : trigger["end"]] == trigger["quote"]


def test_same_input_same_bytes(folder: Path) -> None:
    assert dateline("read", "story.txt", "--json") == dateline("read", "story.txt", "--json")


def test_options_reach_the_report(folder: Path) -> None:
    options = ("--published", "2023-08-15", "--publisher", "Nile Wire", "--title", "Shelling")
    _, out, _ = dateline("read", "-", "--json", *options, stdin="Shells hit the market on Sunday.\n")
    report = json.loads(out)["report"]
    assert (report["published"], report["published_basis"]) == ("2023-08-15", "given")
    assert (report["publisher"], report["title"]) == ("Nile Wire", "Shelling")
    assert report["name"] == "standard input"


def test_html(folder: Path) -> None:
    code, out, _ = dateline("read", "story.txt", "newer.txt", "--quiet", "--html", "page.html")
    page = (folder / "page.html").read_text()
    assert (code, out) == (0, "")
    assert page.startswith("<!doctype html>")
    assert page.count('<section id="r') == 2
    assert [path.name for path in folder.iterdir() if "page" in path.name] == ["page.html"]


def test_a_bad_file_is_named_and_the_rest_goes_on(folder: Path) -> None:
    code, out, err = dateline("read", "picture.txt", "nothing.txt", "story.txt", "--json")
    assert code == 1
    assert len(out.splitlines()) == 1
    assert "dateline: picture.txt: is a PNG picture" in err
    assert "dateline: nothing.txt: there is no such file" in err


def test_as_of_leaves_out_later_reports_with_a_note(folder: Path) -> None:
    code, out, err = dateline("read", "story.txt", "newer.txt", "--as-of", "2023-08-20", "--json")
    assert code == 0
    assert [json.loads(line)["report"]["name"] for line in out.splitlines()] == ["story.txt"]
    assert "newer.txt: left out: published on 2023-09-01, after 2023-08-20" in err


def test_as_of_stands_in_for_an_unknown_date_and_says_so(folder: Path) -> None:
    _, out, _ = dateline(
        "read", "-", "--as-of", "2023-08-16", "--json", stdin="Shells hit Kadugli on Sunday.\n"
    )
    reading = json.loads(out)
    assert reading["report"]["published_basis"] == "as_of"
    assert "published-assumed" in [problem["code"] for problem in reading["problems"]]
    assert reading["claims"][0]["time"]["earliest"] == "2023-08-13"


def test_another_language_has_no_claims_and_a_problem(folder: Path) -> None:
    text = "Російські війська обстріляли ринок у Харкові, є загиблі. Про це повідомив мер міста.\n"
    code, out, _ = dateline("read", "-", "--json", stdin=text)
    reading = json.loads(out)
    assert code == 0
    assert reading["claims"] == []
    assert "language" in [problem["code"] for problem in reading["problems"]]
    assert reading["recipe"]["package"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("read",), "Missing argument"),
        (("read", "story.txt", "--published", "2023-02-30"), "no day of the calendar"),
        (("read", "story.txt", "--as-of", "soon"), "YYYY-MM-DD"),
        (
            ("read", "story.txt", "--published", "2023-09-01", "--as-of", "2023-08-01"),
            "nothing would be read",
        ),
        (("read", "story.txt", "--codebook", "nowhere"), "no folder"),
        (("read", "story.txt", "--colour"), "No such option"),
        (("codebook", "show", "strike.nuclear"), "strike.air"),
    ],
)
def test_wrong_usage_is_explained(folder: Path, arguments: tuple[str, ...], words: str) -> None:
    code, _, err = dateline(*arguments)
    assert code == 2
    assert words in " ".join(err.replace("│", " ").split())


@pytest.mark.parametrize(("out", "words"), [("nowhere/page.html", "make it first"), (".", "is a folder")])
def test_a_page_that_cannot_be_written_is_told_before_reading(folder: Path, out: str, words: str) -> None:
    code, printed, err = dateline("read", "story.txt", "--html", out)
    assert (code, printed) == (1, "")
    assert words in err


def test_codebook_check_reports_every_fault_at_once(folder: Path) -> None:
    book = folder / "book"
    book.mkdir()
    (book / "types.toml").write_text('["strike.air"]\ndefinition = "x"\ncolour = "red"\n')
    (book / "triggers.csv").write_text(
        "key,words,pos,type,subject,object,flags\nzap,zap,x,strike.air,,,\nzip,zip,v,strike.ai,-,-,\n"
    )
    code, out, err = dateline("codebook", "check", "book")
    assert code == 1
    for words in (
        "strike.air.colour",
        "strike.air.excludes",
        "triggers.csv: zap",
        "unknown type 'strike.ai'",
    ):
        assert words in out
    assert "faults" in err
    code, _, err = dateline("read", "story.txt", "--codebook", "book")
    assert code == 1
    assert "strike.air.colour" in err


def test_codebook_check_names_files_that_are_none(folder: Path) -> None:
    book = folder / "book"
    book.mkdir()
    (book / "trigers.csv").write_text("key\n")
    (book / "cues.csv").write_bytes(b"cue\n\xff\xfe\n")
    (book / "types.toml").write_text("x = [")
    _, out, _ = dateline("codebook", "check", "book")
    for words in (
        "trigers.csv: file: no file of the codebook",
        "cues.csv: byte 5: is not UTF-8",
        "is not TOML",
    ):
        assert words in out


def test_the_packaged_codebook_has_no_faulty_files() -> None:
    code, out, _ = dateline("codebook", "check", "--no-examples")
    assert (code, out.startswith("the codebook is sound")) == (0, True)


def test_codebook_check_reads_the_examples(folder: Path) -> None:
    from dateline.codebook.check import check_examples
    from dateline.codebook.types import EventType, Example

    kind = EventType(
        definition="", excludes="", acled="", plover="", cameo="", muc4="",
        examples=(Example(text="A shell fell.", trigger="fell"), Example(text="It rained.", trigger="r")),
        counterexamples=(Example(text="A shell was found."), Example(text="Shells cost money.")),
    )  # fmt: skip
    read = {
        "A shell fell.": ["x"],
        "A shell was found.": ["x"],
        "It rained.": ["y"],
        "Shells cost money.": [],
    }
    messages = [fault.message for fault in check_examples({"x": kind}, read.__getitem__)]
    assert messages == ["example read as y: It rained.", "counterexample read as it: A shell was found."]


def test_codebook_show() -> None:
    _, out, _ = dateline("codebook", "show", "strike.air")
    for words in ("An attack by aircraft", "ACLED", "Examples", "Counterexamples", "airstrike"):
        assert words in out
    _, listed, _ = dateline("codebook", "show")
    assert "civilians.toll" in listed


def test_version_and_help_load_no_parser() -> None:
    code = (
        "import sys\nfrom dateline.cli import app\n"
        "try: app(['--help'])\nexcept SystemExit: pass\n"
        "assert not {'spacy', 'trafilatura', 'numpy'} & set(sys.modules), sys.modules.keys()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    assert dateline("--version")[1].startswith("dateline ")


# The view


def view(width: int, *, colour: bool = False, reading: object = FULL) -> str:
    out = io.StringIO()
    console = Console(
        file=out, width=width, color_system="truecolor" if colour else None, force_terminal=colour,
        no_color=not colour, highlight=False, markup=False,
    )  # fmt: skip
    show(reading, console)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140])
def test_view_keeps_its_width_and_all_values(width: int) -> None:
    out = view(width)
    assert max(map(len, out.splitlines())) <= width
    for words in ("strike.shelling", "force.loss", "strike.other", "hedged"):
        assert words in out
    flat = " ".join(out.replace("\n", " ").split())
    if width < 100:
        for words in ("6–8 civilians killed", "2 tanks destroyed", "12 km north of Taiz, YE", "1 May 2017",
                      "The Aden Post › a doctor “told”", "said not to have happened"):  # fmt: skip
            assert words in flat


def test_view_without_colour_marks_words_by_signs() -> None:
    out = " ".join(view(100).split())
    for words in ("[1 hit a", "~reportedly~", "<a doctor>", "_told_", "{on Monday}", "[2 destroyed]"):
        assert words in out


def test_view_with_colour_has_no_signs_but_numbers() -> None:
    out = view(80, colour=True)
    plain_text = re.sub(r"\x1b\[[0-9;]*m", "", out)
    assert "~reportedly~" not in plain_text
    assert "[2 destroyed]" in plain_text
    assert "\x1b[" in out


def test_view_of_nothing_says_so() -> None:
    assert "No claims were read in this report." in view(60, reading=plain("All was quiet.\n"))


def test_text_cannot_steer_the_terminal() -> None:
    out = view(
        80, reading=plain("Quiet \x1b[2J\x9b31m\u202e here\x07.\n", title="T\x1b]0;x", name="a\x1b.txt")
    )
    assert not re.search("[\x1b\x9b\x07\u202e]", out)


# The examples

EXAMPLES = Path(__file__).parent.parent / "examples"


def test_every_example_is_read_with_its_date_and_claims() -> None:
    names = sorted(str(path) for path in EXAMPLES.iterdir())
    code, out, err = dateline("read", *names, "--json")
    readings = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert len(names) >= 7
    lines = [len(Path(name).read_text().splitlines()) for name in names if name.endswith(".jsonl")]
    assert len(readings) == len(names) - len(lines) + sum(lines)
    for reading in readings:
        assert reading["report"]["published"], reading["report"]["name"]
        least = 1 if "line" in reading["report"]["name"] else 3
        assert len(reading["claims"]) >= least, reading["report"]["name"]


def test_columns_of_a_table(folder: Path) -> None:
    (folder / "rows.csv").write_text("id;what;when\n1;Shells hit the market on Sunday.;2023-08-14\n")
    code, _, err = dateline("read", "rows.csv", "--json")
    assert code == 1
    assert "'what'" in err.replace("\n", " ")
    code, out, _ = dateline(
        "read", "rows.csv", "--json", "--column", "text=what", "--column", "published=when"
    )
    reading = json.loads(out)
    assert code == 0
    assert (reading["report"]["name"], reading["report"]["published"]) == ("rows.csv, row 2", "2023-08-14")
    assert dateline("read", "rows.csv", "--column", "colour=what")[0] == 2
