"""Taking names of private people out of words, addresses and ids."""

import re
from urllib.parse import unquote, urlsplit

from dateline.codebook.actors import word_key
from dateline.export.name_runs import PARTICLES, Word, words_in
from dateline.export.people import Name, People
from dateline.model.ids import content_id

WITHHELD = "[private person]"
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Nine digits and more with the marks of a telephone number; dates and counts have fewer or commas.
_PHONE = re.compile(
    r"(?<![\w.,-])(?:\+|00)\d[\d\s().-]{7,}\d|(?<![\w.,-])\(?0\d{2,4}\)?[\s.-]\d{3}[\s.-]?\d{3,4}\b"
)
_JOINED = re.compile(r"[@#]?\w{5,}")


class Redactor:
    """Replaces private names by "[private person]"; the same words are always replaced the same way."""

    def __init__(self, people: People) -> None:
        self._private = _by_first(people.private)
        self._public = _by_first(people.public)
        self._words = frozenset(people.words)
        self._joined = {
            "".join(pair)
            for name in people.private
            if len(name) > 1
            for pair in (name, name[::-1], (name[0], name[-1]), (name[-1], name[0]))
        }
        self._kept: dict[tuple[str, frozenset[str]], str] = {}

    def words(self, text: str, shared: frozenset[str] = frozenset()) -> str:
        """Return running words without private names, mail addresses and telephone numbers.

        `shared` are words that stand for private people here and for something else in other texts.
        """
        key = (text, shared)
        if key not in self._kept:
            self._kept[key] = self._redacted(text, self._words | shared)
        return self._kept[key]

    def full_names(self, text: str) -> str:
        """Return the name of a place without full private names; their single words may well be places."""
        return self._redacted(text, frozenset())

    def hidden_in(self, text: str) -> list[tuple[int, int]]:
        """Return where full private names stand in a text (code points, half-open)."""
        words = words_in(text)
        return _spans(words, self._hidden(words, frozenset()), text)

    def address(self, url: str) -> str | None:
        """Return a URL as it is, or its site alone where a private name stands in it, or nothing."""
        if not self.names_in(unquote(url)):
            return url
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        site = f"{parts.scheme}://{parts.netloc}/"
        return site if parts.netloc and not self.names_in(unquote(parts.netloc)) else None

    def identifier(self, text: str) -> str:
        """Return an id as it is, or a hash of it where a private name stands in it."""
        return content_id(text) if self.names_in(text) else text

    def names_in(self, text: str) -> bool:
        """Say whether a private name stands in a text, whatever its letters' case and what parts its words."""
        keys = [word_key(part) for part in re.findall(r"[^\W_]+", text)]
        if any(key in self._words or any(name in key for name in self._joined) for key in keys):
            return True
        return any(self._match(self._private, keys, place) for place in range(len(keys)))

    def _redacted(self, text: str, single: frozenset[str]) -> str:
        text = _PHONE.sub(WITHHELD, _MAIL.sub(WITHHELD, text))
        words = words_in(text)
        hidden = self._hidden(words, single)
        pieces: list[str] = []
        last = 0
        for start, end in _spans(words, hidden, text):
            pieces += [text[last:start], WITHHELD]
            last = end
        written = "".join([*pieces, text[last:]])
        return _JOINED.sub(self._handle, written) if self._joined else written

    def _handle(self, match: re.Match[str]) -> str:
        key = word_key(match.group().replace("_", "").lstrip("@#"))
        return WITHHELD if any(name in key for name in self._joined) else match.group()

    def _hidden(self, words: tuple[Word, ...], single: frozenset[str]) -> list[bool]:
        keys = [word.key for word in words]
        hidden = [False] * len(words)
        place = 0
        while place < len(words):
            public = self._match(self._public, keys, place) if words[place].capital else 0
            private = self._match(self._private, keys, place)
            if public > 1 and public >= private:
                place += public
            elif private > 1 or (private and words[place].capital and keys[place] in single):
                hidden[place : place + private] = [True] * private
                place += private
            else:
                hidden[place] = words[place].capital and keys[place] in single
                place += 1
        return hidden

    @staticmethod
    def _match(names: dict[str, list[Name]], keys: list[str], place: int) -> int:
        """Return how many words from a place on are a name; the longest counts."""
        for name in names.get(keys[place], ()):
            if tuple(keys[place : place + len(name)]) == name:
                return len(name)
        return 0


def _by_first(names: set[Name]) -> dict[str, list[Name]]:
    found: dict[str, list[Name]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        found.setdefault(name[0], []).append(name)
    return found


def _spans(words: tuple[Word, ...], hidden: list[bool], text: str) -> list[tuple[int, int]]:
    """Return the runs to take out: neighbouring words, with particles and initials between and before them, as one."""
    found: list[tuple[int, int]] = []
    for place, word in enumerate(words):
        if not hidden[place]:
            continue
        start = word.start
        if (
            place
            and words[place - 1].key in PARTICLES
            and not hidden[place - 1]
            and word.gap in (" ", "-", "‑")
        ):
            start = words[place - 1].start
        if found and not text[found[-1][1] : start].strip(" -‑.’'"):
            found[-1] = (found[-1][0], word.end)
        else:
            found.append((start, word.end))
    return found
