"""What the walk over the inputs finds: the originals, and the items in them, each to become a report."""

from dataclasses import dataclass, field
from pathlib import Path

from dateline.model.reading import Problem


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Original:
    """The bytes as they came: one file of the user, one fetched URL, or standard input.

    `digest` is the SHA-256 of those bytes in hex, `size` their count. One of `path` and `data` is given: a file
    on disk is not held in memory. What came from a URL or standard input and is large lies in a temporary
    file, which is gone when the original is (in the process that made it). `url` is the address as the user
    gave it, `final_url` the one that sent the bytes, `fetched` when (UTC, ISO 8601).
    """

    digest: str
    size: int
    name: str
    media_type: str
    path: Path | None = None
    data: bytes | None = None
    url: str | None = None
    final_url: str | None = None
    fetched: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What the container says of an item; `basis` is where that comes from, as in `Report.published_basis`.

    `published` is as written. `url` is where the item was published, `charset` and `media_type` what its sender
    declared. `problems` are faults met in the container itself (a row with too few cells).
    """

    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    media_type: str | None = None
    charset: str | None = None
    basis: str = "metadata"
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to be read as a report: its bytes, what they are, and where they lie in their original.

    `name` is for messages ("archive.zip/dir/a.html", "rows.csv, row 17"). `kind` is "text", "html", "pdf",
    "mail", "row" (of a table or of JSON Lines: an object in JSON) or "entry" (of a feed: an object in JSON).
    `locator` is the place within the original: "" for the whole of it, else the parts from the outside in, with
    "; " between them ("dir/a.warc; <urn:uuid:…>").
    """

    name: str
    kind: str
    data: bytes
    original: Original
    locator: str = ""
    hints: Hints = field(default_factory=Hints)
