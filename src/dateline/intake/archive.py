"""ZIP and WACZ archives to their members, by stream: nothing out of an archive is ever written to disk."""

import io
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from dateline.errors import InputError
from dateline.intake.arrival import FailedInput
from dateline.intake.item import Hints, Item
from dateline.intake.member import Exhausted, Member, harmless
from dateline.intake.streams import read_up_to, unpacked

Expand = Callable[[Member], Iterator[Item | FailedInput]]
# The directory of a ZIP is read in one piece; so many bytes of it are granted for each member.
_DIRECTORY = 128
_ENCRYPTED = 0x1


class _Guarded(io.BufferedIOBase):
    """A file out of which no huge piece is read at once, as zipfile does with a forged directory."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file, self._most = file, most

    def read(self, size: int | None = -1) -> bytes:
        whole = size is None or size < 0
        data = read_up_to(self._file, self._most + 1 if whole else min(size or 0, self._most + 1))
        if len(data) > self._most:
            raise Exhausted("has a list of files that is larger than the limit; split the archive")
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True


def zip_items(member: Member, expand: Expand) -> Iterator[Item | FailedInput]:
    """Yield what the members of a ZIP hold, sorted by name; of a WACZ only its WARC files.

    A member that cannot be read is named, and the others are read. Hidden files and folders of the Macintosh are
    passed over; links and locked members are refused.
    """
    archive = _opened(member)
    with archive:
        infos = [info for info in archive.infolist() if not info.is_dir() and not is_hidden(info.filename)]
        names = {info.filename for info in infos}
        if "[Content_Types].xml" in names or "mimetype" in names:
            raise InputError("is an Office document or an e-book; save it as PDF or text first")
        if member.suffix == ".wacz" or ("datapackage.json" in names and any(map(_is_capture, names))):
            infos = [info for info in infos if _is_capture(info.filename)]
            if not infos:
                raise InputError("is a WACZ file without a WARC file in its folder archive; make it again")
        if not infos:
            raise InputError("is an archive without files; there is nothing to read")
        for number, info in sorted(enumerate(infos, 1), key=lambda pair: (pair[1].filename, pair[0])):
            member.budget.member()
            part = harmless(info.filename, number)
            inner = replace(
                member,
                name=f"{member.name}/{part}",
                filename=info.filename,
                locator=member.within(part),
                seekable=False,
                depth=member.depth + 1,
                hints=Hints(),
            )
            try:
                _check(info, inner)
                with archive.open(info) as stream:
                    bounded = unpacked(stream.read, member.budget, packed=info.compress_size)
                    yield from expand(replace(inner, stream=bounded))
            except Exhausted:
                raise
            except InputError as error:
                yield FailedInput(name=inner.name, message=str(error))
            except (
                zipfile.BadZipFile,
                NotImplementedError,
                RuntimeError,
                EOFError,
                OSError,
                ValueError,
            ) as error:
                message = (
                    f"cannot be unpacked ({str(error)[:120] or type(error).__name__}); get the archive again"
                )
                yield FailedInput(name=inner.name, message=message)


def _opened(member: Member) -> zipfile.ZipFile:
    limits = member.settings.limits
    stream: Any = member.stream
    if not member.seekable:
        data = read_up_to(member.stream, limits.inner_archive_bytes + 1)
        if len(data) > limits.inner_archive_bytes:
            raise InputError(
                f"is an archive within an archive, of more than {limits.inner_archive_bytes:,} bytes, the limit; "
                "unpack the outer one first"
            )
        stream = io.BytesIO(data)
    try:
        return zipfile.ZipFile(_Guarded(stream, max(limits.members * _DIRECTORY, 1_048_576)))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise InputError(f"is a ZIP archive that is broken or cut ({error}); get it again") from None


def _check(info: zipfile.ZipInfo, inner: Member) -> None:
    if inner.depth > inner.settings.limits.archive_depth:
        raise InputError(
            f"lies more than {inner.settings.limits.archive_depth} archives deep, the limit; unpack the outer ones"
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        raise InputError("is a link and no file; links in archives are not followed: put the file itself in")
    if info.flag_bits & _ENCRYPTED:
        raise InputError("is locked with a password; unpack the archive yourself, and name its folder")


def is_hidden(name: str) -> bool:
    """Whether a path holds a hidden part: a name with a dot before it, or the Macintosh's folder."""
    parts = name.replace("\\", "/").split("/")
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in parts)


def _is_capture(name: str) -> bool:
    return name.startswith("archive/") and name.lower().endswith((".warc", ".warc.gz"))
