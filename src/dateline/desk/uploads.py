"""What is sent to the desk, read within limits: the size of all of it, of each file, of each field, and the pace."""

import asyncio
from collections.abc import AsyncGenerator

from starlette.datastructures import FormData
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from dateline.desk.call import DeskError, Page
from dateline.desk.size_words import size_words

# One field of a form, and how many there may be; one file; how long a sender may be silent.
FIELD_BYTES, FIELDS = 1_000_000, 2_000
FILE_BYTES = 1_000_000_000
SILENT_S = 30.0


class _Parser(MultiPartParser):
    """Reads a form with files into temporary files; a file past the limit is refused while it comes."""

    spool_max_size = 1_000_000
    _size = 0

    def on_part_begin(self) -> None:
        self._size = 0
        super().on_part_begin()

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        self._size += end - start
        file = self._current_part.file
        if file is not None and self._size > FILE_BYTES:
            name = (file.filename or "")[:100]
            raise TooLarge(
                f"the file {name!r} is larger than {size_words(FILE_BYTES)}, the limit for one file; split it"
            )
        if file is None and self._size > FIELD_BYTES:
            raise TooLarge(
                f"a field of the form is larger than {size_words(FIELD_BYTES)}, the limit; send it as a file"
            )
        super().on_part_data(data, start, end)


class TooLarge(DeskError):
    """What was sent is larger than a limit, which the message names."""

    def __init__(self, message: str) -> None:
        super().__init__(message, status=413)


def check_length(request: Request, page: Page) -> None:
    """Raise DeskError, before anything is read, for a body that says itself that it is too large."""
    length = request.headers.get("content-length", "0")
    if not length.isdecimal():
        raise DeskError("the length of what was sent is no number")
    if int(length) > page.body_bytes:
        raise _too_large(page)


async def read_form(request: Request, page: Page) -> FormData:
    """Return the form of a request, files in temporary files; raises DeskError past a limit or for what is no form."""
    check_length(request, page)
    body = _bounded(request, page)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if kind == "multipart/form-data":
            return await _Parser(request.headers, body, max_files=page.upload, max_fields=FIELDS).parse()
        if kind == "application/x-www-form-urlencoded":
            return await FormParser(
                request.headers, body, max_fields=FIELDS, max_part_size=FIELD_BYTES
            ).parse()
    except MultiPartException as error:
        many = "Too many files" in error.message
        told = (
            f"more than {page.upload} files were sent at once, the limit; pack them into a ZIP"
            if many
            else error.message
        )
        raise DeskError(told, status=413 if many else 400) from error
    except ClientDisconnect as error:
        raise DeskError("the connection ended before all was sent") from error
    return FormData()


async def _bounded(request: Request, page: Page) -> AsyncGenerator[bytes, None]:
    """Yield the body piece by piece; raises DeskError when it grows past the limit, or nothing comes for long."""
    size = 0
    stream = request.stream()
    while True:
        try:
            piece = await asyncio.wait_for(anext(stream), SILENT_S)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise DeskError(
                f"nothing was sent for {SILENT_S:.0f} seconds; send it again", status=408
            ) from None
        size += len(piece)
        if size > page.body_bytes:
            raise _too_large(page)
        yield piece


def _too_large(page: Page) -> TooLarge:
    return TooLarge(
        f"what was sent is larger than {size_words(page.body_bytes)}, the limit for one request; send it in parts"
    )
