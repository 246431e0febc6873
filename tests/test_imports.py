"""Imports only go down the layers; read from the syntax trees, function-level imports included."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "dateline"
# The layers from the top down; a module may import from its own layer and from lower ones.
LAYERS = (
    "cli", "desk", "run", "export", "store", "linking", "reading", "intake", "codebook", "wire", "model",
    "settings", "errors",
)  # fmt: skip
MODULES = sorted(SOURCE.rglob("*.py"))
SUBJECT = "dateline"


def layer(parts: tuple[str, ...]) -> str:
    """Return the layer of a dotted module under dateline; wire_fields belongs to wire."""
    return parts[0].split("_")[0] if parts else ""


def imported(tree: ast.AST, package: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the modules of dateline that a syntax tree imports, as parts under dateline."""
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = [SUBJECT, *package[: len(package) - node.level + 1]] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            names += [f"{module}.{alias.name}" for alias in node.names]
    parts = (tuple(name.split(".")) for name in names)
    return [part[1:] for part in parts if part[0] == SUBJECT and len(part) > 1]


def faults(tree: ast.AST, parts: tuple[str, ...]) -> list[str]:
    own = LAYERS.index(layer(parts))
    return [
        ".".join(target)
        for target in imported(tree, parts[:-1])
        if layer(target) in LAYERS and LAYERS.index(layer(target)) < own
    ]


def parts_of(path: Path) -> tuple[str, ...]:
    return path.relative_to(SOURCE).with_suffix("").parts


@pytest.mark.parametrize("path", MODULES, ids=lambda path: ".".join(parts_of(path)))
def test_imports_go_down(path: Path) -> None:
    parts = parts_of(path)
    if parts == ("__init__",):
        return
    assert layer(parts) in LAYERS, f"{path} belongs to no layer"
    assert faults(ast.parse(path.read_text(encoding="utf-8")), parts) == []


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("from dateline.reading.read import read_report", ("codebook", "check")),
        ("def f():\n    import dateline.cli", ("export", "html")),
        ("from ..run import local", ("intake", "read")),
        ("from dateline import export", ("model", "text")),
    ],
)
def test_an_import_upwards_is_found(code: str, parts: tuple[str, ...]) -> None:
    assert faults(ast.parse(code), parts)


def test_an_import_downwards_is_none() -> None:
    assert faults(ast.parse("from dateline.model.text import Report\nimport re"), ("intake", "read")) == []


def test_nothing_below_the_reading_loads_the_parser() -> None:
    for path in MODULES:
        if layer(parts_of(path)) in ("intake", "codebook", "model", "export", "settings", "errors", "wire"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            names = {
                alias.name.split(".")[0]
                for node in ast.walk(tree)
                if isinstance(node, ast.Import)
                for alias in node.names
            } | {
                (node.module or "").split(".")[0]
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom)
            }
            assert "spacy" not in names, path
