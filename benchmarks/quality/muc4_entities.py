"""Join noun phrases that name one person, thing or organization, within what an incident's slot is filled with."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.quality.muc4_incidents import is_person
from benchmarks.quality.muc4_nouns import Noun
from benchmarks.quality.muc4_phrases import single
from dateline.reading.tokens import Parse

_LINKS = frozenset(("of", "de", "la", "del", "el", "los", "las", "y", "the", "for", "and"))
Scored = tuple[Noun, float]


@dataclass(slots=True, kw_only=True)
class Entity:
    """Noun phrases of one filler, with the probability of each that it fills the slot.

    `apart` is how far the incident's claims stand, `own` whether no other's stand nearer, `worth` how likely the
    entity fills the slot of this very incident.
    """

    slot: int
    nouns: list[Scored] = field(default_factory=list)
    apart: float = 0.0
    own: bool = True
    worth: float = 0.0

    @property
    def odds(self) -> float:
        """Probability of the likeliest noun phrase."""
        return max(odds for _, odds in self.nouns)

    @property
    def best(self) -> Noun:
        """The likeliest noun phrase, the earliest among equals."""
        return max(self.nouns, key=lambda one: (one[1], -one[0].start))[0]

    @property
    def named(self) -> bool:
        """Whether a noun phrase of a person gives a name."""
        return self.slot == 18 and any(key_of(noun, 18)[0] == "name" for noun, _ in self.nouns)

    @property
    def fullest(self) -> Noun:
        """The longest name or phrase among those nearly as likely as the best."""
        near = [noun for noun, odds in self.nouns if odds > 0.6 * self.odds]
        return max(near, key=lambda noun: (len(noun.phrase.name or ""), noun is self.best))


def entities_of(slot: int, scored: Iterable[Scored], glosses: dict[str, str]) -> list[Entity]:
    """Return the entities of a slot's noun phrases; `glosses` gives the key of an acronym by that of its name."""
    found: dict[tuple[str, ...], Entity] = {}
    for noun, odds in scored:
        key = key_of(noun, slot)
        if slot == 10:
            text = " ".join(noun.phrase.words)
            key = (glosses.get(text, text),)
        else:
            key = next((held for held in found if _alike(held, key)), key)
        found.setdefault(key, Entity(slot=slot)).nouns.append((noun, odds))
    return list(found.values())


def key_of(noun: Noun, slot: int) -> tuple[str, ...]:
    """Return what tells a noun phrase from others: a person's names, else head word and whether one or many."""
    phrase = noun.phrase
    if (
        slot == 18
        and phrase.name is not None
        and (is_person(phrase) or phrase.title or phrase.name == phrase.text)
    ):
        return ("name", *phrase.name.lower().split())
    return ("noun", single(phrase.words[-1]))


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if one == other:
        return True
    if one[0] != "name" or other[0] != "name":
        return False
    short, long = sorted((one[1:], other[1:]), key=len)
    return set(short) <= set(long) and (len(short) > 1 or short[-1] in long[1:] or len(long) == 1)


def glosses_of(parse: Parse, nouns: Iterable[Noun]) -> dict[str, str]:
    """Return names by their acronyms: beside each other in brackets, or the acronym is the name's initials."""
    texts = {" ".join(noun.phrase.words): noun for noun in nouns if noun.phrase.words}
    found: dict[str, str] = {}
    for text, noun in texts.items():
        after = parse.tokens[noun.head.i + 1 : noun.head.i + 4]
        if len(after) == 3 and after[0].text in "([" and after[2].text in ")]":
            found[after[1].lower] = text
    for text in texts:
        words = [word for word in text.split() if word not in _LINKS]
        if len(words) > 1:
            initials = "".join(word[0] for word in words)
            if initials in texts or initials in found:
                found.setdefault(initials, text)
    return found
