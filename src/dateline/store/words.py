"""A person's search as words and phrases, wanted and unwanted; no sign in it can break the index's syntax."""

import re
from dataclasses import dataclass

# Put around the words found in a snippet; no text holds them, since intake replaces control characters.
FOUND = ("\x02", "\x03")
_PART = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Words and phrases that a text must hold, and such that it may not."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]

    @property
    def match(self) -> str:
        """The search in the syntax of FTS5, empty when nothing is wanted."""
        if not self.wanted:
            return ""
        match = " AND ".join(map(_quoted, self.wanted))
        return f"({match}) NOT ({self.unmatch})" if self.unwanted else match

    @property
    def unmatch(self) -> str:
        """The texts unwanted, in the syntax of FTS5."""
        return " OR ".join(map(_quoted, self.unwanted))


def sought(query: str) -> Sought:
    """Read a search: words, "exact phrases", a minus before what may not be there; a * ends a word's beginning."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _PART.findall(query.replace("\x00", " ")):
        part = phrase or word
        # What holds no letter or figure (a dash, a lone minus) is no word and would match nothing.
        if _LETTER.search(part):
            (unwanted if minus else wanted).append(part)
    return Sought(wanted=tuple(wanted), unwanted=tuple(unwanted))


def _quoted(part: str) -> str:
    whole = part.encode("utf-8", "replace").decode().replace('"', '""')
    return f'"{whole[:-1]}" *' if whole.endswith("*") else f'"{whole}"'
