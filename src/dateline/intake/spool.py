"""Keep what comes from standard input or a URL: in memory while small, else in a temporary file."""

import hashlib
import os
import tempfile
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, BinaryIO

from dateline.errors import InputError
from dateline.intake.item import Original

_HELD = 1_000_000
_PIECE = 1_048_576


def digest_of(file: BinaryIO) -> tuple[str, int]:
    """Return the SHA-256 in hex and the size of a file's bytes from where it stands, and go back there."""
    start = file.tell()
    digest, size = hashlib.sha256(), 0
    while piece := file.read(_PIECE):
        digest.update(piece)
        size += len(piece)
    file.seek(start)
    return digest.hexdigest(), size


def spooled(read: Callable[[int], bytes], limit: int, name: str, **known: Any) -> Original:
    """Read a stream to its end into an Original; `known` are its other fields. Raise InputError past the limit.

    A temporary file is readable by this user alone, and removed with the Original, at the latest when the
    process ends.
    """
    digest, size = hashlib.sha256(), 0
    held: list[bytes] = []
    file: IO[bytes] | None = None
    try:
        while piece := read(_PIECE):
            size += len(piece)
            if size > limit:
                raise InputError(
                    f"is larger than {limit:,} bytes, the limit here; save it as a file, and name that"
                )
            digest.update(piece)
            held.append(piece)
            if file is None and size > _HELD:
                file = tempfile.NamedTemporaryFile(prefix="dateline-", delete=False)  # noqa: SIM115
            if file is not None:
                file.writelines(held)
                held.clear()
    except BaseException:
        if file is not None:
            file.close()
            _remove(file.name)
        raise
    told = {"digest": digest.hexdigest(), "size": size, "name": name, **known}
    if file is None:
        return Original(data=b"".join(held), **told)
    file.close()
    original = Original(path=Path(file.name), **told)
    weakref.finalize(original, _remove, file.name)
    return original


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return
