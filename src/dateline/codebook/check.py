"""Check a codebook: every fault of its files at once, and its examples read."""

import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from dateline.codebook.tables import PACKAGED, Fault, Sources
from dateline.codebook.types import EventType
from dateline.errors import CodebookError, DatelineError

Book = TypeVar("Book")
# Reads a sentence; returns the types of the claims in it that are told as happened or going on.
ReadTypes = Callable[[str], Collection[str]]


def check_files(
    folders: tuple[Path, ...], build: Callable[[Sources], Book]
) -> tuple[Book | None, list[Fault]]:
    """Load the packaged codebook with these folders over it; return it and every fault of its files.

    `build` loads every book from the sources and notes faults there. Files that cannot be read at all are
    found first; while there are any, nothing is built and the book is null.
    """
    sources = Sources(folders=(PACKAGED, *folders))
    for folder in folders:
        _check_folder(folder, sources)
    if sources.faults:
        return None, sources.faults
    try:
        return build(sources), sources.faults
    except (DatelineError, ValueError, KeyError, TypeError) as error:
        # A book that stands on a faulty one may fail to build; the faults noted so far say why.
        if not sources.faults:
            sources.fault(folders[-1] if folders else PACKAGED, type(error).__name__, str(error))
        return None, sources.faults


def check_examples(types: Mapping[str, EventType], read: ReadTypes) -> Iterator[Fault]:
    """Read every example and counterexample of the types; yield a fault for each that is read otherwise."""
    for name, kind in sorted(types.items()):
        for example in kind.examples:
            found = read(example.text)
            if name not in found:
                read_as = ", ".join(sorted(found)) or "nothing"
                yield Fault(file="types.toml", key=name, message=f"example read as {read_as}: {example.text}")
        for example in kind.counterexamples:
            if name in read(example.text):
                yield Fault(file="types.toml", key=name, message=f"counterexample read as it: {example.text}")


def _check_folder(folder: Path, sources: Sources) -> None:
    if not folder.is_dir():
        raise CodebookError(f"{folder}: there is no such folder; check the path")
    known = {path.name for path in PACKAGED.iterdir()}
    for path in sorted(folder.iterdir()):
        if path.suffix not in (".csv", ".toml"):
            continue
        if path.name not in known:
            message = f"no file of the codebook has this name; known are {', '.join(sorted(known))}"
            sources.fault(path, "file", message)
            continue
        try:
            text = path.read_text(encoding="utf-8")
            if path.suffix == ".toml":
                tomllib.loads(text)
            elif "\0" in text:
                sources.fault(path, "file", "holds zero bytes; save it as plain CSV in UTF-8")
        except UnicodeDecodeError as error:
            sources.fault(path, f"byte {error.start + 1}", "is not UTF-8; save it as UTF-8")
        except tomllib.TOMLDecodeError as error:
            sources.fault(path, "file", f"is not TOML: {error}")
