"""Runs of capitalised words in a text: where names may stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.codebook.actors import word_key

# Letters with the marks and joiners that may stand inside a word unseen, so that none of them hides a name.
_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f\u200b-\u200d\u2060\u00ad\ufeff])"
_WORD = re.compile(rf"{_LETTER}+(?:['’ʼ`]{_LETTER}+)*")
_STARTS = re.compile(r"[.!?:;“”\"‘(\[—–•]|\n\s*\n|^\s*\n")
_UNSEEN = re.compile("[\u200b-\u200d\u2060\u00ad\ufeff]")
PARTICLES = frozenset(
    "al el bin ibn ben de del della di da dos van von der den la le abu umm ould ag ait".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a text: where it stands (code points, half-open), as printed, and its key for comparing.

    `gap` is what stands between it and the word before it; `starts` tells that it begins a sentence or a quotation.
    """

    start: int
    end: int
    text: str
    key: str
    gap: str
    starts: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter, also behind an unseen joiner."""
        return _UNSEEN.sub("", self.text)[:1].isupper()


def words_in(text: str) -> tuple[Word, ...]:
    """Return the words of a text; a possessive "'s" is cut off, a hyphen parts words."""
    found: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        written, end = match.group(), match.end()
        if written.lower().endswith(("'s", "’s")):
            written, end = written[:-2], end - 2
        gap = text[last : match.start()]
        key = word_key(written if written.isascii() else _UNSEEN.sub("", written))
        if not key:
            continue
        starts = not found or (gap != " " and bool(_STARTS.search(gap)))
        found.append(Word(start=match.start(), end=end, text=written, key=key, gap=gap, starts=starts))
        last = end
    return tuple(found)


def runs_in(words: tuple[Word, ...]) -> Iterator[tuple[int, int]]:
    """Yield the runs of capitalised words as (first, past the last), with initials and particles inside them."""
    place = 0
    while place < len(words):
        if not _may_begin(words, place):
            place += 1
            continue
        end = place + 1
        while end < len(words):
            next_end = _taken(words, end)
            if next_end == end:
                break
            end = next_end
        yield place, end
        place = end


def _taken(words: tuple[Word, ...], end: int) -> int:
    """Return where a run ends that takes in the next capitalised word, and the particles before it, if one follows."""
    place = end
    while place < len(words) and _joins(words[place - 1], words[place]):
        if words[place].capital:
            return place + 1
        if words[place].key not in PARTICLES:
            break
        place += 1
    return end


def _may_begin(words: tuple[Word, ...], place: int) -> bool:
    word = words[place]
    if word.capital:
        return True
    # "el-Fadil": a particle in small letters, tied to the name by a hyphen.
    after = words[place + 1] if place + 1 < len(words) else None
    return word.key in PARTICLES and after is not None and after.capital and _joins(word, after)


def _joins(one: Word, other: Word) -> bool:
    if other.gap in (" ", "-", "‑", "‐", "\n", "\u00a0", "  ", "-\n"):
        return True
    # "John F. Doe"
    return other.gap in (". ", ".") and len(one.text) == 1


def written_in_capitals(words: tuple[Word, ...]) -> bool:
    """Say whether a line is a headline in Title Case or ALL CAPITALS, where a capital tells nothing."""
    long = [word for word in words if len(word.key) >= 4]
    return len(long) >= 3 and sum(word.capital for word in long) >= 0.7 * len(long)
