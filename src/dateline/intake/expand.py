"""Take a stream apart into items, by its kind; what holds others is walked into, piece by piece."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from dateline.errors import InputError
from dateline.intake.archive import zip_items
from dateline.intake.arrival import FailedInput
from dateline.intake.feed import feed_items
from dateline.intake.item import Hints, Item
from dateline.intake.member import Member
from dateline.intake.sniff import kind_of
from dateline.intake.streams import gunzipped, peeked, read_whole
from dateline.intake.table import table_items
from dateline.intake.warc import warc_items

_PIECE = 1_048_576
_TAR = slice(257, 262)
_GZIP_ENDINGS = ((".tgz", ".tar"), (".gz", ""), (".gzip", ""))


def expand(member: Member) -> Iterator[Item | FailedInput]:
    """Yield the items in a stream; raise InputError when it cannot be read any further."""
    start = peeked(member.stream)
    if not start:
        raise InputError("is empty; there is nothing to read")
    if start[_TAR] == b"ustar":
        raise InputError("is a tar archive; unpack it first, and name its folder")
    kind = kind_of(start, member.suffix, member.hints.media_type)
    if kind == "gzip":
        yield from _gzip_items(member)
        return
    container = _CONTAINERS.get(kind)
    if container is not None:
        yield from container(replace(member, hints=Hints()))
        return
    if (
        kind == "text"
        and member.suffix != ".txt"
        and start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml")
    ):
        raise InputError("is XML, but no feed and no page; give its text as .txt or as HTML")
    yield member.item(kind, read_whole(member.stream, member.settings.limits.file_bytes))


def _gzip_items(member: Member) -> Iterator[Item | FailedInput]:
    if member.depth >= member.settings.limits.archive_depth:
        raise InputError(
            f"is packed more than {member.settings.limits.archive_depth} times over, the limit; unpack it first"
        )
    name = member.filename
    for ending, inner in _GZIP_ENDINGS:
        if name.lower().endswith(ending):
            name = name[: -len(ending)] + inner
            break
    unpacked = replace(
        member,
        filename=name,
        stream=gunzipped(member.stream, member.budget),
        seekable=False,
        depth=member.depth + 1,
        hints=replace(member.hints, media_type=None),
    )
    yield from expand(unpacked)


def _zip(member: Member) -> Iterator[Item | FailedInput]:
    return zip_items(member, expand)


def _json_lines(member: Member) -> Iterator[Item | FailedInput]:
    """Yield the lines that are not blank as items of kind "line"; one past the limit is named by its number."""
    limit = member.settings.limits.line_bytes
    found = False
    number = 0
    while line := member.stream.readline(limit + 1):
        number += 1
        part = f"line {number}"
        name = f"{member.name}, {part}"
        if len(line) > limit and not line.endswith(b"\n"):
            found = True
            while (piece := member.stream.readline(_PIECE)) and not piece.endswith(b"\n"):
                pass
            yield FailedInput(
                name=name, message=f"is longer than {limit:,} bytes, the limit for one line; split it"
            )
        elif line.strip():
            found = True
            yield member.item("line", line, part=part, name=name)
    if not found:
        raise InputError("is empty; there is nothing to read")


_CONTAINERS: dict[str, Callable[[Member], Iterator[Item | FailedInput]]] = {
    "zip": _zip,
    "warc": warc_items,
    "table": table_items,
    "feed": feed_items,
    "lines": _json_lines,
}
