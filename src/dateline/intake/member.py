"""A stream found on the walk: a whole input or a member of an archive, and what may still be unpacked of it."""

import unicodedata
from dataclasses import dataclass, field
from typing import BinaryIO

from dateline.errors import InputError
from dateline.intake.item import Hints, Item, Original
from dateline.settings import Settings


class Exhausted(InputError):
    """An input that asks for more than the limits on archives give; the whole of it is given up."""


@dataclass(slots=True, kw_only=True)
class Budget:
    """What may still be unpacked from one input; spent by all archives in it together."""

    settings: Settings
    packed: int
    unpacked: int = 0
    members: int = 0

    def unpack(self, count: int) -> None:
        """Spend bytes that were unpacked; raise Exhausted past a limit."""
        limits = self.settings.limits
        self.unpacked += count
        if self.unpacked > limits.unpacked_bytes:
            raise Exhausted(
                f"unpacks to more than {limits.unpacked_bytes:,} bytes, the limit for one input; the rest of it "
                "was not read: split the archive"
            )
        if self.unpacked > max(limits.file_bytes, limits.unpack_ratio * self.packed):
            raise Exhausted(
                f"unpacks to more than {limits.unpack_ratio:,} times its size, as archives made to do harm do; the "
                "rest of it was not read: unpack it yourself if you trust it"
            )

    def member(self) -> None:
        """Count one more member of an archive; raise Exhausted past the limit."""
        self.members += 1
        if self.members > self.settings.limits.members:
            raise Exhausted(
                f"holds more than {self.settings.limits.members:,} files, the limit for one input; the rest of it "
                "was not read: split the archive"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A stream to be taken apart: its name for messages, where it lies, and what is known of it.

    `filename` tells the format by its ending; it is never opened. `seekable` streams may be read from any
    offset.
    """

    name: str
    filename: str
    locator: str
    stream: BinaryIO
    original: Original
    settings: Settings
    budget: Budget
    seekable: bool = False
    depth: int = 0
    hints: Hints = field(default_factory=Hints)

    @property
    def suffix(self) -> str:
        """The ending of the file's name, in lower case, with its dot; "" if there is none."""
        base = self.filename.replace("\\", "/").rsplit("/", 1)[-1]
        stem, dot, ending = base.rpartition(".")
        return f".{ending.lower()}" if dot and stem else ""

    def within(self, part: str) -> str:
        """Return the locator of a part of this member."""
        return f"{self.locator}; {part}" if self.locator else part

    def item(
        self, kind: str, data: bytes, *, part: str = "", name: str = "", hints: Hints | None = None
    ) -> Item:
        """Return an item of this member: a part of it, or the whole."""
        return Item(
            name=name or self.name,
            kind=kind,
            data=data,
            original=self.original,
            locator=self.within(part) if part else self.locator,
            hints=hints or self.hints,
        )


def harmless(name: str, number: int) -> str:
    """Return a name out of an archive that may be shown: no control signs, no way out of its folder.

    Nothing is ever written under it. A name that had to be changed gets the member's number, by which it is
    found again.
    """
    shown = "".join("\ufffd" if unicodedata.category(sign)[0] == "C" else sign for sign in name)
    parts = [part for part in shown.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if parts and len(parts[0]) == 2 and parts[0][1] == ":":
        parts = parts[1:]
    path = "/".join(parts)[:300]
    return path if path == name.rstrip("/") else f"{path or 'no name'} (member {number})"
