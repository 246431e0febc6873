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
# Between a name and what befell the person: "X was badly wounded", "X had been shot".
_AUXILIARIES = frozenset("was were is are had has have been be being also later reportedly".split())
_DETERMINERS = frozenset("a an the his her their its whose my our aged".split())
_LOCATIVES = frozenset("in at near from to towards around outside inside of into over across".split())

_NAMING = frozenset(("named", "called", "as", "is", "nicknamed"))
_GIVEN_AS = frozenset(("name", "identified", "known", "named"))
# Capitals speak for governments; places below so many people do not.
_SPEAKING = 300_000
# A town of so many people gives its name to streets and parks.
_KNOWN = 50_000


@dataclass(slots=True, kw_only=True)
class People:
    """The names found: full names of public figures and private people, and private people's single words.

    `words` stand for a private person wherever they are. `shared` are words that the codebook knows as something else
    too (a movement, a country, a town, a public figure's surname, a common noun): they stand for the person in the text of
    that id alone.
    """

    public: set[Name] = field(default_factory=set)
    private: set[Name] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    shared: dict[str, set[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameBook:
    """What is known of names: the codebook's actors and words, and whether a name is that of a place.

    `size` gives the population of the largest place of a name's key (`names.name_key`), null where no place has it;
    `places` are keys of places in what is exported, `bodies` the words of its outlets and organisations.
    """

    actors: ActorBook
    publicity: Publicity
    size: Callable[[str], int | None]
    places: frozenset[str] = frozenset()
    bodies: frozenset[Name] = frozenset()


def find_people(
    texts: Mapping[str, str], quoted: Iterable[str], victims: Iterable[str], book: NameBook
) -> People:
    """Find the people named in texts, each text under an id, and settle by which words they are known.

    `quoted` are the words of sources to which claims are attributed as named persons, `victims` the words of targets
    whose side is civilians; a name among either is a person's also where nothing else says so.
    """
    people = find_names(texts, quoted, victims, book)
    settle_names(people, texts, book)
    return people


def find_names(
    texts: Mapping[str, str], quoted: Iterable[str], victims: Iterable[str], book: NameBook
) -> People:
    """Find full names; `settle_names` then settles single words."""
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
    return people


def settle_names(people: People, texts: Mapping[str, str], book: NameBook) -> None:
    """Drop names that are places of what is exported, and settle which single words stand for private people."""
    people.private -= {name for name in people.private if " ".join(name) in book.places}
    shared = _settle_words(people, book)
    named = [name for name in people.private if shared.intersection(name)]
    for report, text in texts.items() if named else ():
        folded = text.lower()
        if any(name[-1] in folded or name[0] in folded for name in named) or not text.isascii():
            people.shared[report] = _shared_in(text, named, shared)


@dataclass(slots=True, kw_only=True)
class _Finder:
    book: NameBook
    people: People
    sources: frozenset[Name]

    def read(self, text: str) -> None:
        words = words_in(text)
        capitals = written_in_capitals(words)
        # Where the last private name ended: in a list, what follows it is one as well.
        last = -1
        for first, end in runs_in(words):
            for start, stop in self._parts(words, first, end, capitals):
                if self._judge(words, start, stop, text, listed=_follows(words, last, start)):
                    last = stop

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
            if self._outside(words[place], capitals) and not self._surname(words, first, place, end):
                if start < place:
                    yield start, place
                start = place + 1
        if start < end:
            yield start, end

    def _surname(self, words: tuple[Word, ...], first: int, place: int, end: int) -> bool:
        """Say whether a word that is else none stands as the surname behind a given name: "Leon Lord"."""
        publicity = self.book.publicity
        if place == first or place < end - 1 or words[place].key in publicity.small | publicity.public:
            return False
        return words[place - 1].key in publicity.given

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

    def _judge(self, words: tuple[Word, ...], start: int, stop: int, text: str, *, listed: bool) -> bool:
        """Note whose name a run is; return whether it is a private person's."""
        run = words[start:stop]
        name = _name(run)
        small = (self.book.size(name_key(run[0].text)) or 0) < _SPEAKING
        sure = (listed and small) or self._told(words, start, stop, text)
        if not name or self._thing(run, sure=sure):
            return False
        if self._public(words, start, stop):
            self.people.public.add(name)
            return False
        if len(name) == 1:
            first = self._first_name(words, start)
            if not (sure or self._alone(run[0]) or (first and self.book.size(name_key(run[0].text)) is None)):
                return False
            name = first + name
        self.people.private.add(name)
        return True

    def _first_name(self, words: tuple[Word, ...], start: int) -> Name:
        """Return a common word that begins the sentence and the name with it: "Hope Nakato, 5, ..."."""
        before = words[start - 1] if start else None
        if before is None or not before.capital or words[start].gap != " ":
            return ()
        publicity = self.book.publicity
        known = before.key in publicity.small | publicity.roles
        return () if known or before.key not in publicity.common else (before.key,)

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
        if keys in self.book.bodies or self._holds_thing(keys):
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

    def _holds_thing(self, keys: Name) -> bool:
        """Say whether a word in a name makes it a thing's; "Hill" behind a given name that is no place does not."""
        publicity = self.book.publicity
        things = [key for key in keys if key in publicity.things]
        if (
            len(keys) == 2
            and keys[0] in publicity.given
            and things == [keys[1]]
            and keys[1] in publicity.weak
        ):
            known = any(len(name.words) == 1 for name in self.book.actors.names.get(keys[0], ()))
            return known or (self.book.size(keys[0]) or 0) >= _KNOWN
        return bool(things)

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
        if before is not None and before.key in self.book.publicity.speaks and word.gap == " ":
            return True
        return self._acts(words, stop) or (self._described(words, stop) and not _located(before))

    def _acts(self, words: tuple[Word, ...], stop: int) -> bool:
        """Say whether the words behind a name tell that it speaks, or what befell it, as only a person can."""
        publicity = self.book.publicity
        for place in range(stop, min(stop + 4, len(words))):
            word = words[place]
            if word.gap != " ":
                return False
            if word.key in publicity.suffers:
                return True
            if word.key in publicity.speaks:
                return place == stop
            if word.key not in _AUXILIARIES and not word.key.endswith("ly"):
                return False
        return False

    def _described(self, words: tuple[Word, ...], stop: int) -> bool:
        """Say whether an apposition behind a name describes a person: "X, a farmer"."""
        if stop + 1 >= len(words) or words[stop].gap not in (", ", " (", " – ", " — "):
            return False
        if words[stop].key not in _DETERMINERS:
            return False
        for place in range(stop + 1, min(stop + 5, len(words))):
            if words[place].gap not in (" ", "-"):
                return False
            if words[place].key in self.book.publicity.persons:
                return True
        return False

    def _alone(self, word: Word) -> bool:
        """Say whether a single word by itself is a person's name: a given name that is no common word."""
        given = word.key in self.book.publicity.given
        return given and not (word.starts and word.key in self.book.publicity.common)


def _follows(words: tuple[Word, ...], last: int, start: int) -> bool:
    """Say whether a run goes on a list: "X, Y and Z"."""
    if last < 0 or not last <= start <= last + 1:
        return False
    if start == last:
        return words[start].gap in (", ", " & ")
    return words[last].key in ("and", "or") and words[last].gap in (" ", ", ") and words[start].gap == " "


def _located(before: Word | None) -> bool:
    return before is not None and before.key in _LOCATIVES


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

    Initials, particles and small words are left out, and words that are a place in what is exported: withheld, they would
    take the place out of every text.
    """
    shared: set[str] = set()
    public = {name[-1] for name in people.public}
    for name in people.private:
        for key in name:
            if len(key) < _LEAST or key in PARTICLES or key in book.places or key in book.publicity.small:
                continue
            known = any(len(other.words) == 1 for other in book.actors.names.get(key, ()))
            known = known or (len(name) > 1 and (book.size(key) or 0) >= _KNOWN)
            common = len(name) > 1 and key in book.publicity.common and key not in book.publicity.given
            (shared if known or common or key in public else people.words).add(key)
    people.words -= shared
    return shared


def _shared_in(text: str, named: Sequence[Name], shared: set[str]) -> set[str]:
    """Return the shared words of those private people whose full names stand in a text."""
    keys = tuple(word.key for word in words_in(text))
    held = set(keys)
    found = (name for name in named if held.issuperset(name) and _holds(keys, name))
    return {key for name in found for key in name} & shared
