"""The limits that Dateline keeps, and the settings of one run."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large an input may be: a report past a limit is refused with an error that names the limit.

    `words` bounds how far a text is read (words and marks, a line counting as 20 more): the rest is kept, but
    no claims are read from it, and a problem says so. That is about 60 pages. `characters` bounds the text of
    one report, `file_bytes` a text or HTML file, `line_bytes` one line of a JSON Lines file (the file itself
    is read line by line and has no limit). The `html_` limits are counted before a page is parsed, since
    parsers take quadratic time or deep recursion on pages made to hurt them.
    """

    words: int = 40_000
    characters: int = 5_000_000
    file_bytes: int = 20_000_000
    line_bytes: int = 20_000_000
    html_characters: int = 5_000_000
    html_tags: int = 40_000
    html_depth: int = 250
    html_tag_characters: int = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the user asked for in one run, apart from the files.

    `published`, `publisher` and `title` override what a file says of itself. `as_of` leaves out reports
    published after that day. `codebook_folders` overlay the packaged codebook, later ones over earlier ones.
    """

    published: date | None = None
    publisher: str | None = None
    title: str | None = None
    as_of: date | None = None
    codebook_folders: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)
