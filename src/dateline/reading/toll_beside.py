"""Read tolls off the words right beside a word of fate, where headlines and lists mislead a parse.

"Two injured, shooter dead", "1 killed 3 injured" and "A mother, father and toddler were found dead" are read word by word
from the fate backwards, and where nothing stands before it forwards: "kills 3".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.codebook.phrases import Phrases
from dateline.codebook.quantities import PeopleNoun
from dateline.codebook.toll_words import TollWords
from dateline.reading.quantities import QuantityMention
from dateline.reading.tokens import Parse, Token

BesideFate = Literal["killed", "wounded", "struck"]
_BACK = 24  # words of a list before its fate
_SHORT = 2  # words of a headline's phrase
_INSIDE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "PART", "X"})
_JOINS = frozenset({"and", "&", "plus"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands beside a word of fate: how many of which fate, its tokens, the fate's, and whether it is who did it."""

    fate: BesideFate
    low: int
    first: int
    last: int
    fated: int
    perpetrator: bool


def beside_fates(
    parse: Parse, numbers: Mapping[int, QuantityMention], people: Phrases[PeopleNoun], words: TollWords
) -> Iterator[Beside]:
    """Yield what the words beside each fate count, in the order of the text; `people` holds nouns of people."""
    reader = _Reader(numbers=numbers, people=people, words=words)
    for token in parse.tokens:
        fate = _fate_of(token, parse.tokens, words)
        if fate is None:
            continue
        sentence = parse.sentences[token.sent]
        before = parse.tokens[max(sentence.first, token.i - _BACK) : token.i]
        told = reader.before(before, active=_is_active(token))
        if told is None and token.i < sentence.last:
            told = reader.after(parse.tokens[token.i + 1 : min(sentence.last, token.i + _BACK) + 1])
        if told is not None:
            low, first, perpetrator = told
            yield Beside(
                fate=fate, low=low, first=min(first, token.i), last=max(first, token.i), fated=token.i,
                perpetrator=perpetrator,
            )  # fmt: skip


def _is_active(token: Token) -> bool:
    passive = token.child("auxpass", "nsubjpass") is not None
    return not passive and token.pos == "VERB" and token.child("dobj", "obj") is not None


def _fate_of(token: Token, tokens: Sequence[Token], words: TollWords) -> BesideFate | None:
    lower = token.lower
    if lower in words.beside_killed:
        return "killed"
    if lower in words.beside_wounded:
        return "wounded"
    if lower not in words.beside_struck:
        return None
    after = [other.lower for other in tokens[token.i + 1 : token.i + 3] if other.sent == token.sent]
    fatal = token.i > 0 and tokens[token.i - 1].lower in words.fatal
    deadly = (
        bool(after) and after[0] in ("and", "dead", "to") and bool({"dead", "killed", "death"} & set(after))
    )
    return "killed" if fatal or deadly else "struck"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Counts the people of noun phrases word by word."""

    numbers: Mapping[int, QuantityMention]
    people: Phrases[PeopleNoun]
    words: TollWords

    def after(self, after: Sequence[Token]) -> tuple[int, int, bool] | None:
        """Count the list that follows a fate: "killed his wife, 34, and two daughters"; names alone are none."""
        phrases: list[list[Token]] = [[]]
        joined = False
        for token in after:
            if token.lower in _JOINS or token.text == ",":
                if joined and phrases[-1]:
                    break
                joined = joined or token.text != ","
                phrases += [[]] if phrases[-1] else []
            elif token.pos in _INSIDE or (not phrases[-1] and token.lower == "of"):
                phrases[-1].insert(0, token)
            else:
                break
        taken = last = 0
        for phrase in phrases:
            size = self._size(phrase)
            if size is None or (taken and size and not joined):
                break
            taken += size
            last = max([last, *(token.i for token in phrase)])
        known = any(
            self._is_person(token) or token.i in self.numbers for phrase in phrases for token in phrase
        )
        return (taken, last, False) if taken and known else None

    def number(self, token: Token) -> int | None:
        """Return the people that a number counts; null for ages, vague numbers and all others."""
        quantity = self.numbers.get(token.i)
        if quantity is None or quantity.kind != "count" or quantity.high == quantity.low == 0:
            return None
        exact = token.lower[:1].isdigit() or quantity.high == quantity.low
        return int(quantity.low) if exact else None

    def before(self, before: Sequence[Token], active: bool) -> tuple[int, int, bool] | None:
        """Count the list that ends right before a fate, with its first token and whether it is who did it."""
        phrases: list[list[Token]] = [[]]
        joined, child = False, False
        for token in self._backwards(before):
            if token.lower == "of":
                child = True
            elif token.lower in _JOINS or token.text == ",":
                joined = joined or token.text != ","
                if phrases[-1]:
                    phrases.append([])
            else:
                phrases[-1].append(token)
        # A headline's list has no "and" and no articles: "Mother, father, toddler dead".
        joined = joined or all(self._is_plain(phrase) for phrase in phrases)
        taken, used = 0, []
        for phrase in phrases:
            size = 1 if child and phrase is phrases[-1] and phrase else self._size(phrase)
            if size is None or (taken and size and not joined):
                break
            taken += size
            used += phrase if size else []
        if not taken or (active and not any(token.i in self.numbers for token in used)):
            return None
        doers = len(used) <= _SHORT and any(token.lower in self.words.perpetrators for token in used)
        return taken, min(token.i for token in used), doers

    def _backwards(self, before: Sequence[Token]) -> Iterator[Token]:
        """Yield backwards the words of the noun phrases that end right before a fate, its auxiliaries skipped."""
        words, started, joined = self.words, False, False
        fates = words.beside_killed | words.beside_wounded | words.beside_struck
        for token in reversed(before):
            if not started and (token.lower in words.beside_links or token.pos == "ADV"):
                continue
            before_it = before[token.i - 1 - before[0].i].lower if token.i > before[0].i else ""
            if not started and token.lower in words.beside_struck and joined:
                continue  # "shot and killed", "shot, killed"
            if (
                not started
                and (token.lower in _JOINS or token.text == ",")
                and before_it in words.beside_struck
            ):
                joined = True
                continue
            if not started and token.lower in _JOINS:
                return  # "killed five and wounded": the five are another fate's
            if token.lower == "of" and started and before[0].i < token.i:
                if before[token.i - 1 - before[0].i].lower in words.parents:
                    yield token
                return
            inside = token.pos in _INSIDE or token.lower in _JOINS or token.text in (",", "-", "–")
            if not inside or token.lower in fates:
                return
            if not started and token.text == ",":
                aged = token.i - 1 in self.numbers and self.numbers[token.i - 1].kind == "age"
                if not aged:
                    return
                continue
            started = True
            yield token

    def _is_plain(self, phrase: Sequence[Token]) -> bool:
        return bool(phrase) and len(phrase) <= _SHORT and self._is_person(phrase[0])

    def _is_person(self, noun: Token) -> bool:
        words = self.words
        known = noun.lower in words.male | words.female | words.kin | words.perpetrators | words.victim
        return known or self.people.longest([noun], 0) is not None

    def _size(self, phrase: Sequence[Token]) -> int | None:
        """Return how many people a noun phrase holds, its words backwards; 0 for an age, null for none."""
        if not phrase:
            return 0
        if all(token.i in self.numbers and self.numbers[token.i].kind == "age" for token in phrase):
            return 0
        told = [number for token in phrase if (number := self.number(token)) is not None]
        if told:
            return told[0]
        head = phrase[0]
        if self._is_person(head):
            return 1 if head.tag not in ("NNS", "NNPS") else None
        return 1 if head.tag == "NNP" and head.ent in ("PERSON", "") else None
