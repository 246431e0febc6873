"""The wars of wars.csv: when each began and ended, and by what words a text points to it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dateline.codebook.tables import Sources, words_of

_WORD = re.compile(r"['’]s\b|\w+|[^\w\s]")  # the parser cuts hyphens and the possessive off
COLUMNS = ("id", "names", "words", "start", "end", "countries", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class War:
    """A war: its names, the words that point to it beside "war", its first and last day, and its countries.

    `end` is null while it goes on. `words` and `names` are lower-case; `countries` ISO 3166 two-letter codes.
    """

    id: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    start: date
    end: date | None
    countries: tuple[str, ...]
    source: str

    def active(self, day: date) -> bool:
        """Say whether the war was going on that day."""
        return self.start <= day and (self.end is None or day <= self.end)


class WarBook:
    """All wars, with an index from the first word of each name and cue to the wars that it may point to."""

    def __init__(self, wars: Iterable[War]) -> None:
        self.wars = tuple(wars)
        self.names: dict[str, list[tuple[tuple[str, ...], War]]] = {}
        self.cues: dict[str, list[tuple[tuple[str, ...], War]]] = {}
        for war in self.wars:
            for index, phrases in ((self.names, war.names), (self.cues, war.words)):
                for phrase in phrases:
                    parts = tuple(_WORD.findall(phrase))
                    index.setdefault(parts[0], []).append((parts, war))
        for index in (self.names, self.cues):
            for entries in index.values():
                entries.sort(key=lambda entry: (-len(entry[0]), entry[1].id))

    def named(self, words: tuple[str, ...], at: int) -> tuple[War, int] | None:
        """Return the war whose name begins at an index of lower-case words, and how many words it takes."""
        for parts, war in self.names.get(words[at], ()):
            if words[at : at + len(parts)] == parts:
                return war, len(parts)
        return None

    def pointed_to(self, words: tuple[str, ...], at: int) -> tuple[War, ...]:
        """Return the wars that the word or words at an index point to ("Ukrainian", "South Sudan")."""
        return tuple(
            war for parts, war in self.cues.get(words[at], ()) if words[at : at + len(parts)] == parts
        )


def load_wars(sources: Sources | None = None) -> WarBook:
    """Load wars.csv; a row with a bad date or no name is a fault of `sources` and is left out."""
    sources = sources or Sources()
    wars = []
    for row in sources.rows("wars.csv", COLUMNS):
        try:
            start = date.fromisoformat(row["start"])
            end = date.fromisoformat(row["end"]) if row["end"] else None
        except ValueError as error:
            sources.fault("wars.csv", row["id"], str(error))
            continue
        names = tuple(name.lower() for name in words_of(row["names"]))
        if not names or (end and end < start):
            sources.fault("wars.csv", row["id"], "needs a name, and an end not before its start")
            continue
        words = tuple(word.lower() for word in words_of(row["words"]))
        wars.append(
            War(
                id=row["id"],
                names=names,
                words=words,
                start=start,
                end=end,
                countries=words_of(row["countries"]),
                source=row["source"],
            )
        )
    return WarBook(wars)
