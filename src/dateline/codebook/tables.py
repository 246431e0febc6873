"""Reading the codebook's CSV and TOML files, packaged ones first and a user's folder over them."""

import csv
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PACKAGED = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault of a codebook file: which file, which key or line, what is wrong."""

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.message}"


@dataclass(slots=True, kw_only=True)
class Sources:
    """The folders a codebook is read from, later ones overlaying earlier ones, and the faults found on the way."""

    folders: tuple[Path, ...] = (PACKAGED,)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, file: str | Path, key: str, message: str) -> None:
        """Note a fault; reading goes on, so that a check reports all at once."""
        self.faults.append(Fault(file=str(file), key=key, message=message))

    def rows(self, name: str, columns: Sequence[str]) -> list[dict[str, str]]:
        """Return the rows of a CSV, keyed by its first column: a later folder's row replaces an earlier one.

        Lines that begin with "#" are comments. Every row has all columns; a missing column is a fault.
        """
        merged: dict[str, dict[str, str]] = {}
        for path in (folder / name for folder in self.folders):
            if path.exists():
                merged.update((row[columns[0]], row) for row in _read_csv(path, columns, self))
        return list(merged.values())

    def entries(self, name: str, columns: Sequence[str]) -> list[dict[str, str]]:
        """Return the rows of a CSV whose first column alone is no key: all columns together are one."""
        found: dict[tuple[str, ...], dict[str, str]] = {}
        for path in (folder / name for folder in self.folders):
            if path.exists():
                for row in _read_csv(path, columns, self):
                    found[tuple(row[column] for column in columns)] = row
        return list(found.values())

    def toml(self, name: str) -> dict[str, Any]:
        """Return a TOML file's tables; a later folder's top-level table replaces the earlier one of that name."""
        merged: dict[str, Any] = {}
        for folder in self.folders:
            path = folder / name
            if path.exists():
                try:
                    merged.update(tomllib.loads(path.read_text(encoding="utf-8")))
                except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                    self.fault(path, "file", str(error))
        return merged


def _read_csv(path: Path, columns: Sequence[str], sources: Sources) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(line for line in file if not line.startswith("#"))
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            sources.fault(path, "header", f"columns missing: {', '.join(missing)}")
            return found
        for number, row in enumerate(reader, 2):
            if None in row or not row[columns[0]] or any(row[column] is None for column in columns):
                sources.fault(path, f"row {number}", f"needs {len(columns)} cells, the first not empty")
                continue
            found.append({column: row[column].strip() for column in columns})
    return found


def words_of(cell: str) -> tuple[str, ...]:
    """Split a cell at "|" into its trimmed, non-empty parts."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
