"""Look up phrases of the codebook in parsed words: spelling by word, hyphens and plurals aside."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

Value = TypeVar("Value")


class Word(Protocol):
    """What a phrase is matched against: a word's lower-case form and the index of its sentence."""

    lower: str
    sent: int


_PART = re.compile(r"[^\W\d_]-(?=[^\W\d_])")
_IRREGULAR = {"man": "men", "woman": "women", "child": "children", "person": "people", "knife": "knives"}


def phrase_words(phrase: str) -> tuple[str, ...]:
    """Split a phrase into the parser's words, lower-case, without hyphens between letters."""
    plain = phrase.lower().replace("’", "'")
    return tuple(_PART.sub(lambda match: match[0][0] + " ", plain).replace("'s", " 's").split())


def plural_of(word: str) -> str:
    """Return the regular English plural of a lower-case noun."""
    for singular, plural in _IRREGULAR.items():
        if word.endswith(singular) and word not in ("human", "german", "talisman"):
            return word[: -len(singular)] + plural
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def forms_of(verb: str, irregular: dict[str, list[str]]) -> tuple[str, ...]:
    """Return the inflected forms of a lower-case verb, the irregular ones if listed, else by rule."""
    if verb in irregular:
        return (verb, *irregular[verb])
    stem = verb[:-1] if verb.endswith("e") else verb
    past, third = stem + "ed", plural_of(verb) if not verb.endswith("man") else verb + "s"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        past = verb[:-1] + "ied"
    return (verb, third, past, (verb if verb.endswith("ee") else stem) + "ing")


@dataclass(slots=True)
class Phrases(Generic[Value]):
    """Phrases by their first word; `longest` finds the longest one that starts at a token."""

    by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = field(default_factory=dict)

    def add(self, phrase: str, value: Value) -> None:
        """Enter a phrase; of two equal ones the later stays."""
        words = phrase_words(phrase)
        if not words:
            return
        entries = self.by_first.setdefault(words[0], [])
        entries[:] = [entry for entry in entries if entry[0] != words[1:]]
        entries.append((words[1:], value))
        entries.sort(key=lambda entry: -len(entry[0]))

    def add_noun(self, phrase: str, value: Value) -> None:
        """Enter a noun phrase in its singular and its regular plural."""
        self.add(phrase, value)
        head, _, last = phrase.rpartition(" ")
        if last and last[-1].isalnum():
            plural = (
                plural_of(last.lower()) if last[-1].islower() and last[0].isalpha() else last.lower() + "s"
            )
            self.add(f"{head} {plural}".strip(), value)

    def longest(self, tokens: Sequence[Word], at: int) -> tuple[int, Value] | None:
        """Return the last token and value of the longest phrase that starts at a token, or null."""
        entries = self.by_first.get(tokens[at].lower)
        if entries is None:
            return None
        for words, value in entries:
            last = _match(tokens, at, words)
            if last is not None:
                return last, value
        return None


def phrases_of(words: Iterable[str], value: Value) -> "Phrases[Value]":
    """Return the phrases of a list, all with one value."""
    phrases: Phrases[Value] = Phrases()
    for word in words:
        phrases.add(word, value)
    return phrases


def _match(tokens: Sequence[Word], at: int, words: tuple[str, ...]) -> int | None:
    index = at
    for word in words:
        index += 1
        if index < len(tokens) and tokens[index].lower in ("-", "‑", "–"):
            index += 1
        if index >= len(tokens) or tokens[index].lower != word or tokens[index].sent != tokens[at].sent:
            return None
    return index
