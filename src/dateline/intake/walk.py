"""Walk over what the user named: files, folders, archives, URLs, standard input; find the items in them."""

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from dateline.errors import InputError
from dateline.intake.archive import is_hidden
from dateline.intake.arrival import FailedInput
from dateline.intake.columns import check_fields
from dateline.intake.expand import expand
from dateline.intake.fetch import fetched
from dateline.intake.item import Hints, Item, Original
from dateline.intake.member import Budget, Member
from dateline.intake.sniff import MEDIA_TYPES, WHOLE, kind_of
from dateline.intake.spool import digest_of, spooled
from dateline.intake.streams import PEEKED, peeked
from dateline.settings import Settings

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def items(inputs: Iterable[str], settings: Settings) -> Iterator[Item | FailedInput]:
    """Yield the items of inputs in order, "-" being standard input; what cannot be read is a FailedInput.

    An input is a file, a folder (walked in the order of names, without hidden files), or a URL. The walk is
    lazy and holds one item at a time; a fault ends what it lies in (a member, a file), and the walk goes on.
    Raises InputError when `settings.columns` names a field that there is not.
    """
    check_fields(settings.columns)
    for given in inputs:
        yield from _named(given, settings)


def _named(given: str, settings: Settings) -> Iterator[Item | FailedInput]:
    name = "standard input" if given == "-" else given
    try:
        if given == "-":
            yield from _stream(sys.stdin.buffer, name, settings)
        elif _URL.match(given) and not os.path.lexists(given):
            yield from _url(given, settings)
        else:
            path = Path(given)
            mode = path.stat().st_mode
            if stat.S_ISDIR(mode):
                yield from _folder(path, path.resolve(), settings)
            elif stat.S_ISFIFO(mode):
                with path.open("rb") as pipe:
                    yield from _stream(pipe, name, settings)
            else:
                yield from _file(path, settings)
    except (InputError, OSError, ValueError) as error:
        yield FailedInput(name=name, message=_message(error))


def _message(error: Exception) -> str:
    if isinstance(error, InputError):
        return str(error)
    if isinstance(error, FileNotFoundError):
        return "there is no such file; check the path"
    if isinstance(error, PermissionError):
        return "may not be read by this user; change its permissions"
    return f"cannot be read ({getattr(error, 'strerror', None) or error}); check the file"


def _folder(folder: Path, root: Path, settings: Settings) -> Iterator[Item | FailedInput]:
    """Walk a folder in the order of names. Links to folders are not followed, so no walk goes in a circle."""
    found = False
    for name in sorted(os.listdir(folder)):
        if is_hidden(name):
            continue
        found = True
        path = folder / name
        try:
            if path.is_symlink():
                _check_link(path, root)
            if path.is_dir():
                yield from _folder(path, root, settings)
            else:
                yield from _file(path, settings)
        except (InputError, OSError, RecursionError, ValueError) as error:
            yield FailedInput(name=str(path), message=_message(error))
    if not found and folder.resolve() == root:
        raise InputError("is a folder without files; there is nothing to read")


def _check_link(path: Path, root: Path) -> None:
    """Raise InputError for a link to a folder, or out of the folder that the user named."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        raise InputError("is a link that leads nowhere or in a circle; check it") from None
    if target.is_dir():
        raise InputError("is a link to a folder, which is not followed; name that folder itself")
    if not target.is_relative_to(root):
        raise InputError("is a link that leads out of the folder, so it was not read; name the file itself")


def _file(path: Path, settings: Settings) -> Iterator[Item | FailedInput]:
    # Opening a pipe would wait for a writer; what was opened is looked at again, it may have been exchanged.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb", buffering=PEEKED) as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise InputError("is no file but a pipe, a socket or a device; save what it gives as a file")
        kind = kind_of(peeked(file), path.suffix.lower())
        _check_size(kind, status.st_size, settings)
        digest, size = digest_of(file)
        original = Original(digest=digest, size=size, name=str(path), media_type=MEDIA_TYPES[kind], path=path)
        yield from expand(_member(file, original, path.name, settings))


def _check_size(kind: str, size: int, settings: Settings) -> None:
    """Refuse what is too large to be read whole, before any of it is read."""
    limit = settings.limits.file_bytes
    if kind in WHOLE and size > limit:
        noun = "feed" if kind == "feed" else "text"
        raise InputError(f"is larger than {limit:,} bytes, the limit for one {noun}; split it into reports")


def _stream(stream: BinaryIO, name: str, settings: Settings) -> Iterator[Item | FailedInput]:
    original = spooled(stream.read, settings.limits.stream_bytes, name, media_type="application/octet-stream")
    yield from _spooled(original, "", Hints(), settings)


def _url(url: str, settings: Settings) -> Iterator[Item | FailedInput]:
    with fetched(url, settings) as response:
        original = spooled(
            response.stream.read,
            settings.limits.fetch_bytes,
            url,
            media_type=response.media_type or "application/octet-stream",
            url=url,
            final_url=response.url,
            fetched=datetime.now(UTC).isoformat(timespec="seconds"),
        )
    # The ending of a page's address says nothing of it ("index.php"); that of a file does.
    page = response.media_type in ("text/html", "application/xhtml+xml")
    filename = "" if page else unquote(urlsplit(response.url).path).rsplit("/", 1)[-1]
    hints = Hints(url=response.url, media_type=response.media_type, charset=response.charset)
    yield from _spooled(original, filename, hints, settings)


def _spooled(
    original: Original, filename: str, hints: Hints, settings: Settings
) -> Iterator[Item | FailedInput]:
    path = original.path
    with BytesIO(original.data or b"") if path is None else path.open("rb", buffering=0) as raw:
        file = BufferedReader(raw, PEEKED)
        yield from expand(_member(file, original, filename, settings, hints))


def _member(
    file: BinaryIO, original: Original, filename: str, settings: Settings, hints: Hints | None = None
) -> Member:
    return Member(
        name=original.name,
        filename=filename,
        locator="",
        stream=file,
        original=original,
        settings=settings,
        budget=Budget(settings=settings, packed=original.size),
        seekable=True,
        hints=hints or Hints(),
    )
