"""The docs cannot drift: reference pages are what the code writes, links lead somewhere, examples run."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFERENCE = generator().pages()


@pytest.mark.parametrize("name", sorted(REFERENCE))
def test_reference_is_current(name: str) -> None:
    assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == REFERENCE[name], (
        "run `make docs`"
    )


def test_every_option_is_documented() -> None:
    for line in REFERENCE["cli.md"].splitlines():
        assert not re.search(r"\| (None)? ?\|$", line) or line == "| | |", line
    for option in (
        "--published",
        "--publisher",
        "--title",
        "--json",
        "--html",
        "--as-of",
        "--codebook",
        "--no-color",
    ):
        assert f"`{option}" in REFERENCE["cli.md"]


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


def python_blocks(page: Path) -> list[str]:
    return re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def test_python_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = python_blocks(ROOT / "README.md")
    exec(block, {})  # noqa: S102
    printed = capsys.readouterr().out
    assert "11" in printed
    assert "Kadugli" in printed
    assert "negative" in printed
    assert len(block.strip().splitlines()) <= 12


def test_python_of_the_how_to_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = python_blocks(ROOT / "docs" / "howto.md")
    exec(block, {})  # noqa: S102
    assert capsys.readouterr().out.split()[-2:] == ["Bama", "2021-03-01"]
