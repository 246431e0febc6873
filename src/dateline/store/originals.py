"""The files as they came, each under the SHA-256 of its content; written whole or not at all, and never again."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from dateline.errors import StoreError

_PIECE = 1_048_576
_WRITERS = 8
# A file larger than this is made lasting at once, while nobody waits for a turn at writing.
_LARGE = 16_777_216
UNFINISHED = ".new-"


@dataclass(slots=True)
class Originals:
    """The folder of originals: `put` writes files under temporary names, `settle` makes them lasting."""

    folder: Path
    waiting: dict[str, Path] = field(default_factory=dict)

    def path(self, digest: str) -> Path:
        """Return where the original of a digest stands."""
        return self.folder / digest[:2] / digest

    def has(self, digest: str) -> bool:
        """Whether an original is there, or waits to be settled."""
        return digest in self.waiting or self.path(digest).exists()

    def put(self, source: Path | bytes, digest: str | None = None) -> tuple[str, int]:
        """Take in a file and return its SHA-256 and size in bytes.

        With the digest told, a file that is there already is not read again, and a file that no longer has this digest
        raises StoreError, since it was changed while it was being read.
        """
        if digest is not None and self.has(digest):
            return digest, (self.waiting.get(digest) or self.path(digest)).stat().st_size
        path, own, size = self.write(source)
        if digest is not None and own != digest:
            path.unlink()
            raise StoreError(
                f"{source if isinstance(source, Path) else 'an original'}: was changed while it was being read; "
                "add it again"
            )
        if self.has(own):
            path.unlink()
        else:
            self.waiting[own] = path
            if size > _LARGE:
                self.settle()
        return own, size

    def write(self, source: Path | bytes) -> tuple[Path, str, int]:
        """Write a file under a temporary name, for reading only; return its path, SHA-256 and size."""
        self.folder.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=UNFINISHED)
        found, size = hashlib.sha256(), 0
        try:
            with os.fdopen(handle, "wb") as file:
                for piece in _pieces(source):
                    found.update(piece)
                    size += file.write(piece)
            os.chmod(name, 0o444)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return Path(name), found.hexdigest(), size

    def settle(self) -> None:
        """Make all that was put lasting: each file on the disk before it has its name."""
        if not self.waiting:
            return
        folders = {self.folder, self.folder.parent}
        with ThreadPoolExecutor(_WRITERS) as pool:
            list(pool.map(_sync, self.waiting.values()))
            for digest, path in self.waiting.items():
                target = self.path(digest)
                target.parent.mkdir(exist_ok=True)
                os.replace(path, target)
                folders.add(target.parent)
            list(pool.map(_sync, folders))
        self.waiting.clear()

    def drop(self) -> None:
        """Take away what was put and not settled."""
        for path in self.waiting.values():
            path.unlink(missing_ok=True)
        self.waiting.clear()

    def files(self) -> Iterator[Path]:
        """Yield every file in the folder, in order of name."""
        for folder, folders, names in os.walk(self.folder):
            folders.sort()
            yield from (Path(folder) / name for name in sorted(names))


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pieces(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
