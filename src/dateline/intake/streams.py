"""Streams that are read in bounded pieces and turn the faults of packed data into our errors."""

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO

from dateline.errors import InputError
from dateline.intake.member import Budget

PEEKED = 65_536
_BROKEN = (zlib.error, zipfile.BadZipFile, gzip.BadGzipFile, lzma.LZMAError, EOFError)


class Filled(io.RawIOBase):
    """A stream over a read function that fills each buffer, so that a peek sees all it asks for."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read

    def readable(self) -> bool:
        """Return true."""
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Fill the buffer, unless the stream ends; return the count of bytes."""
        count = 0
        while count < len(buffer):
            piece = self._read(len(buffer) - count)
            if not piece:
                break
            buffer[count : count + len(piece)] = piece
            count += len(piece)
        return count


def buffered(read: Callable[[int], bytes]) -> io.BufferedReader:
    """Return a stream over a read function whose first 64 KB can be looked at before they are read."""
    return io.BufferedReader(Filled(read), PEEKED)


def peeked(stream: BinaryIO) -> bytes:
    """Return the first 64 KB of a buffered stream, without reading on in it."""
    start: bytes = stream.peek(PEEKED)  # type: ignore[attr-defined]
    return start[:PEEKED]


def unpacked(
    read_some: Callable[[int], bytes], budget: Budget, *, packed: int | Callable[[], int]
) -> io.BufferedReader:
    """Return a stream of unpacked bytes that spends the budget and stops at a bomb.

    `packed` is how many packed bytes these come from, or returns how many so far; a single member may not grow
    past the ratio of the limits either. Faults of the packing become InputError.
    """
    limits = budget.settings.limits
    total = 0

    def read(size: int) -> bytes:
        nonlocal total
        try:
            piece = read_some(min(size, PEEKED))
        except _BROKEN as error:
            raise InputError(
                f"is packed data that is broken or ends early ({str(error)[:80] or type(error).__name__}); "
                "get the file again"
            ) from None
        except (NotImplementedError, RuntimeError) as error:
            raise InputError(f"is packed in a way not known here ({error}); unpack it first") from None
        total += len(piece)
        if total > max(
            limits.file_bytes, limits.unpack_ratio * (packed if isinstance(packed, int) else packed())
        ):
            raise InputError(
                f"unpacks to more than {limits.unpack_ratio:,} times its size, as archives made to do harm do; "
                "unpack it yourself if you trust it"
            )
        budget.unpack(len(piece))
        return piece

    return buffered(read)


def gunzipped(stream: BinaryIO, budget: Budget) -> io.BufferedReader:
    """Return a stream of what a gzip stream holds, all of its members."""
    taken = 0

    def read(size: int) -> bytes:
        nonlocal taken
        piece = stream.read(min(size, PEEKED))
        taken += len(piece)
        return piece

    return unpacked(gzip.GzipFile(fileobj=buffered(read)).read, budget, packed=lambda: taken)


def read_whole(stream: BinaryIO, limit: int) -> bytes:
    """Read a document to its end; raise InputError past the limit."""
    data = read_up_to(stream, limit + 1)
    if len(data) > limit:
        raise InputError(f"is larger than {limit:,} bytes, the limit for one text; split it into reports")
    return data


def read_up_to(stream: BinaryIO, size: int) -> bytes:
    """Read so many bytes, or to the end, in pieces: a single read sets aside all that is asked for."""
    pieces: list[bytes] = []
    left = size
    while left > 0 and (piece := stream.read(min(left, PEEKED))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
