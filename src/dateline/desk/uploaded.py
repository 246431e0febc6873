"""Files that were sent to the desk, kept under safe names until their job has read them."""

import shutil
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from starlette.datastructures import UploadFile

_LONGEST = 120


def keep(files: Sequence[UploadFile], folder: Path) -> tuple[str, ...]:
    """Write files into a folder and return the names they have there, each once."""
    names: list[str] = []
    for file in files:
        name = free_name(safe_name(file.filename or ""), {kept.casefold() for kept in names})
        with (folder / name).open("xb") as target:
            shutil.copyfileobj(file.file, target, 1_000_000)
        names.append(name)
    return tuple(names)


def safe_name(name: str) -> str:
    """Return a name without folders, signs that cannot be seen, and a beginning that hides it or looks like an option."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    name = " ".join(name.split()).lstrip(".-~ ")
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > 12:
        stem, ending = name, ""
    while len(stem.encode()) > _LONGEST:
        stem = stem[:-1]
    return f"{stem or 'file'}.{ending}" if ending else stem or "file"


def free_name(name: str, taken: set[str]) -> str:
    """Return a name, with a number if it is taken."""
    stem, dot, ending = name.rpartition(".")
    stem, dot, ending = (stem, dot, ending) if dot else (name, "", "")
    number, free = 2, name
    while free.casefold() in taken:
        free = f"{stem} ({number}){dot}{ending}"
        number += 1
    return free
