"""Who is named in texts, told apart into public figures and private people; whoever is not known public is private.

Public are people of the codebook, and those beside whose name their office stands (data/publicity.csv): heads of
state, ministers, officials, spokespersons and commanders always; experts, officers and heads of other bodies where they
are quoted as a source. Victims, witnesses and all others are private. Where it is not sure that a run of capitals names
a person, and it is no place, body or other thing that the codebook knows, it is taken for one: rather one name of a
street too many is withheld than one of a victim too few.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dateline.codebook.actors import ActorBook
from dateline.codebook.names import name_key
from dateline.codebook.publicity import Publicity
from dateline.export.name_runs import PARTICLES, Word, runs_in, words_in, written_in_capitals

Name = tuple[str, ...]
# A single letter is an initial and no name.
_LEAST = 2
_AGE = re.compile(r",? aged \d{1,3}\b|, \d{1,3}[,.;)]| \(\d{1,3}\)")
_SPEECH = frozenset(
    "said says told tells recalled added explained wrote cried whispered remembered recounted".split()
)

_NAMING = frozenset(("named", "called", "as", "is", "nicknamed"))
_GIVEN_AS = frozenset(("name", "identified", "known", "named"))
# Capitals speak for governments; places below so many people do not.
_SPEAKING = 300_000


@dataclass(slots=True, kw_only=True)
class People:
    """The names found: full names of public figures and private people, and private people's single words.

    `words` stand for a private person wherever they are. `shared` are words that the codebook knows as something else
    too (a movement, a country, a public figure's surname): they stand for the person in the text of that id alone.
    """

    public: set[Name] = field(default_factory=set)
    private: set[Name] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    shared: dict[str, set[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameBook:
    """What is known of names: the codebook's actors and words, and whether a name is that of a place.

    `size` gives the population of the largest place of a name's key (`names.name_key`), null where no place has it;
    `places` are keys of places in what is exported.
    """

    actors: ActorBook
    publicity: Publicity
    size: Callable[[str], int | None]
    places: frozenset[str] = frozenset()


def find_people(
    texts: Mapping[str, str], quoted: Iterable[str], victims: Iterable[str], book: NameBook
) -> People:
    """Find the people named in texts, each text under an id.

    `quoted` are the words of sources to which claims are attributed as named persons, `victims` the words of targets
    whose side is civilians; a name among either is a person's also where nothing else says so.
    """
    people = People()
    speaking = [words_in(name) for name in quoted]
    sources = frozenset(tuple(word.key for word in words) for words in speaking)
    finder = _Finder(book=book, people=people, sources=sources)
    for text in texts.values():
        for line in re.split(r"\n\s*\n", text):
            finder.read(line)
    for words in (*(words_in(name) for name in victims), *speaking):
        finder.read_name(words)
    # A name that stands somewhere beside its public office is that person's wherever it stands.
    people.private -= people.public
    people.private -= {(name[-1],) for name in people.public}
    shared = _settle_words(people, book)
    for report, text in texts.items():
        people.shared[report] = _shared_in(text, people, shared) if shared else set()
    return people


@dataclass(slots=True, kw_only=True)
class _Finder:
    book: NameBook
    people: People
    sources: frozenset[Name]

    def read(self, text: str) -> None:
        words = words_in(text)
        capitals = written_in_capitals(words)
        for first, end in runs_in(words):
            for start, stop in self._parts(words, first, end, capitals):
                self._judge(words, start, stop, text)

    def read_name(self, words: tuple[Word, ...]) -> None:
        """Take the words of a source or victim: their capitals name a person unless they name something known."""
        for first, end in runs_in(words):
            for start, stop in self._parts(words, first, end, capitals=False):
                name = _name(words[start:stop])
                if name and name not in self.people.public:
                    if not self._thing(words[start:stop], sure=len(name) > 1):
                        self.people.private.add(name)

    def _parts(
        self, words: tuple[Word, ...], first: int, end: int, capitals: bool
    ) -> Iterator[tuple[int, int]]:
        """Cut a run at words that are no part of a name: roles, demonyms, common words at a sentence's start."""
        start = first
        for place in range(first, end):
            if self._outside(words[place], capitals):
                if start < place:
                    yield start, place
                start = place + 1
        if start < end:
            yield start, end

    def _outside(self, word: Word, capitals: bool) -> bool:
        publicity = self.book.publicity
        if word.key in publicity.given:
            return False
        if word.key in publicity.roles:
            return True
        if (word.starts or capitals) and word.key in publicity.common:
            return True
        return any(
            len(name.words) == 1 and name.use in ("demonym", "country")
            for name in self.book.actors.names.get(word.key, ())
        )

    def _judge(self, words: tuple[Word, ...], start: int, stop: int, text: str) -> None:
        run = words[start:stop]
        name = _name(run)
        sure = self._told(words, start, stop, text)
        if not name or self._thing(run, sure=sure):
            return
        if self._public(words, start, stop):
            self.people.public.add(name)
        elif len(name) > 1 or sure or self._alone(run[0]):
            self.people.private.add(name)

    def _thing(self, run: Sequence[Word], *, sure: bool) -> bool:
        """Say whether a run names a public figure, body, place, day or other thing that is known.

        Where it is sure that a person is meant, a place of that name somewhere in the world does not count.
        """
        keys = tuple(word.key for word in run)
        for name in self.book.actors.names.get(keys[0], ()):
            if name.words == keys:
                if name.actor.kind == "person":
                    self.people.public.add(keys)
                return True
        if any(key in self.book.publicity.things for key in keys):
            return True
        written = name_key(" ".join(word.text for word in run))
        if written in self.book.places:
            return True
        given = keys[0] in self.book.publicity.given
        if sure or (len(keys) > 1 and given):
            return False
        if len(keys) == 1 and 1 < len(run[0].text) <= 5 and run[0].text.isupper():
            return not given
        return self.book.size(written) is not None

    def _public(self, words: tuple[Word, ...], start: int, stop: int) -> bool:
        """Say whether the office that stands beside a name makes it a public figure's."""
        publicity = self.book.publicity
        name = _name(words[start:stop])
        said = any(_holds(source, name) for source in self.sources)
        for key in _beside(words, start, stop):
            if key in publicity.public:
                return True
            if key in publicity.quoted:
                return said
            if key in publicity.persons:
                return False
        return False

    def _told(self, words: tuple[Word, ...], start: int, stop: int, text: str) -> bool:
        """Say whether a title, noun of people, age or verb of speech beside a name tells that it is a person's."""
        word, last = words[start], words[stop - 1]
        before = words[start - 1] if start else None
        if before is not None and before.key in self.book.publicity.persons and word.gap in (" ", ". "):
            return not word.starts or word.gap == ". "
        if _AGE.match(text, last.end):
            return True
        if before is not None and before.key in _NAMING and word.gap == " ":
            return before.key not in ("as", "is") or any(
                near.key in _GIVEN_AS for near in words[max(0, start - 5) : start]
            )
        if (self.book.size(word.key) or 0) >= _SPEAKING:
            # "Kyiv said", "said Aleppo": a seat of government.
            return False
        if before is not None and before.key in _SPEECH and word.gap == " ":
            return True
        after = words[stop] if stop < len(words) else None
        return after is not None and after.key in _SPEECH and after.gap == " "

    def _alone(self, word: Word) -> bool:
        """Say whether a single word by itself is a person's name: a given name that is no common word."""
        given = word.key in self.book.publicity.given
        return given and not (word.starts and word.key in self.book.publicity.common)


def _beside(words: tuple[Word, ...], start: int, stop: int) -> Iterator[str]:
    """Yield the words beside a name that may tell its office: those just before it, then those of an apposition."""
    for place in range(start - 1, max(start - 4, -1), -1):
        if words[place + 1].gap not in (" ", ". ", ", ", "-", "\n"):
            break
        yield words[place].key
        if not words[place].capital:
            # In small letters only the word next to the name describes it: "spokesman X", not "a mayor said that X".
            break
    if stop < len(words) and words[stop].gap.startswith((", ", " (", " — ", " – ")):
        for place in range(stop, min(stop + 7, len(words))):
            if place > stop and words[place].gap.strip() not in ("", "-", "'", "’"):
                break
            if words[place].key in ("and", "who", "said", "says", "told"):
                break
            yield words[place].key


def _name(run: Sequence[Word]) -> Name:
    keys = tuple(word.key for word in run)
    return keys if any(len(key) >= _LEAST for key in keys) else ()


def _holds(words: Name, name: Name) -> bool:
    return any(words[at : at + len(name)] == name for at in range(len(words) - len(name) + 1))


def _settle_words(people: People, book: NameBook) -> set[str]:
    """Settle which single words stand for private people, and return those that mean something else as well.

    Initials, particles and common words of longer names are left out, and words that are a place in what is exported:
    withheld, they would take the place out of every text.
    """
    shared: set[str] = set()
    public = {name[-1] for name in people.public}
    for name in people.private:
        for key in name:
            if len(key) < _LEAST or key in PARTICLES or key in book.places:
                continue
            if len(name) > 1 and key in book.publicity.common and key not in book.publicity.given:
                continue
            known = any(len(other.words) == 1 for other in book.actors.names.get(key, ()))
            (shared if known or key in public else people.words).add(key)
    people.words -= shared
    return shared


def _shared_in(text: str, people: People, shared: set[str]) -> set[str]:
    """Return the shared words of the private people whose full names stand in a text."""
    keys = tuple(word.key for word in words_in(text))
    held = set(keys)
    named = (name for name in people.private if held.issuperset(name) and _holds(keys, name))
    return {key for name in named for key in name} & shared
