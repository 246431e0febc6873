"""The limits that Dateline keeps, and the settings of one run."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large an input may be: a report past a limit is refused with an error that names the limit.

    `words` bounds how far a text is read (words and marks, a line counting as 20 more): the rest is kept, but
    no claims are read from it, and a problem says so. That is about 60 pages. `characters` bounds the text of
    one report, `file_bytes` a document that is read whole (text, HTML, PDF, e-mail, feed, a page of a web
    archive), `line_bytes` one line of a JSON Lines file or one row of a table (such files are read row by row
    and have no limit). The `html_` limits are counted before a page is parsed, since parsers take quadratic
    time or deep recursion on pages made to hurt them; `mail_parts` likewise.

    What is packed (gzip, ZIP, WACZ) is unpacked in memory, piece by piece: at most `unpacked_bytes` in all
    from one input, at most `unpack_ratio` times its packed size (counted once `file_bytes` are passed), at
    most `members` files, archives within archives `archive_depth` deep, each inner ZIP at most
    `inner_archive_bytes`, since it is held in memory.

    PDFs and feeds are taken apart in a process of their own, which may take `confined_seconds` and
    `confined_bytes` of memory; a PDF may have `pdf_pages`. From standard input at most `stream_bytes` are
    taken. A URL may send `fetch_bytes` (unpacked too), with `fetch_redirects`; connecting and each wait for
    data may take `fetch_wait_seconds`, all of it `fetch_seconds`.
    """

    words: int = 40_000
    characters: int = 5_000_000
    file_bytes: int = 20_000_000
    line_bytes: int = 20_000_000
    html_characters: int = 5_000_000
    html_tags: int = 40_000
    html_depth: int = 250
    html_tag_characters: int = 20_000
    mail_parts: int = 200
    unpacked_bytes: int = 20_000_000_000
    unpack_ratio: int = 200
    members: int = 100_000
    archive_depth: int = 3
    inner_archive_bytes: int = 100_000_000
    confined_seconds: int = 60
    confined_bytes: int = 1_500_000_000
    pdf_pages: int = 500
    stream_bytes: int = 2_000_000_000
    fetch_bytes: int = 50_000_000
    fetch_redirects: int = 5
    fetch_wait_seconds: int = 15
    fetch_seconds: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the user asked for in one run, apart from the files.

    `published`, `publisher` and `title` override what a file says of itself. `as_of` leaves out reports
    published after that day. `codebook_folders` overlay the packaged codebook, later ones over earlier ones.
    `columns` says which column of a table (or name in a JSON Lines file) holds a field: pairs of field (text,
    lead, title, published, publisher, url) and column. `allow_private` lets a URL lead to an address of the
    user's own network. `models` lets trained components read beside the rules.
    """

    published: date | None = None
    publisher: str | None = None
    title: str | None = None
    as_of: date | None = None
    codebook_folders: tuple[Path, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    allow_private: bool = False
    models: bool = True
    limits: Limits = field(default_factory=Limits)
