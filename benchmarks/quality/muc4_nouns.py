"""Noun phrases of a parsed message that may fill a slot, each with what stands around it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.quality.muc4_phrases import PRONOUNS, Phrase, phrase_of
from dateline.reading.tokens import Parse, Token

_INNER = frozenset(
    ("amod", "compound", "nummod", "poss", "nmod", "quantmod", "advmod", "det", "case", "punct")
)
_BETWEEN = frozenset(("conj", "appos"))
_TIMES = frozenset(("DATE", "TIME", "MONEY", "PERCENT"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A noun phrase: its head, its words without what follows the head, and the word that governs it.

    `role` is the label of the relation to `ruler` (the verb or noun above, null at a root), after the chain of "and"
    and of appositions is climbed; a preposition in between is `link`.
    """

    head: Token
    first: Token
    phrase: Phrase
    role: str
    link: str
    ruler: Token | None

    @property
    def start(self) -> int:
        """Offset of the first word."""
        return self.first.start

    @property
    def end(self) -> int:
        """Offset after the head."""
        return self.head.end


def nouns_of(parse: Parse) -> list[Noun]:
    """Return the noun phrases of a text, by their heads; pronouns and times are none."""
    return [noun for token in parse.tokens if (noun := noun_at(parse, token)) is not None]


def noun_at(parse: Parse, token: Token) -> Noun | None:
    """Return the noun phrase that a token heads; null where it heads none."""
    if (
        token.pos not in ("NOUN", "PROPN")
        or token.dep in ("compound", "nmod", "npadvmod")
        or token.ent in _TIMES
    ):
        return None
    if token.lower in PRONOUNS or not any(letter.isalpha() for letter in token.text):
        return None
    first = token
    for child in reversed([child for child in token.children if child.i < token.i]):
        if child.dep not in _INNER or any(
            word.text in ",;:-–—" for word in parse.tokens[child.left : first.i]
        ):
            break
        first = parse.tokens[child.left]
    last = token
    phrase = phrase_of(parse.text[first.start : last.end])
    if not phrase.words:
        return None
    role, link, ruler = ruled(token)
    return Noun(head=token, first=first, phrase=phrase, role=role, link=link, ruler=ruler)


def ruled(token: Token) -> tuple[str, str, Token | None]:
    """Return a noun's relation to the word that governs it, the preposition in between, and that word."""
    while token.dep in _BETWEEN and token.head is not token and token.head.pos in ("NOUN", "PROPN"):
        token = token.head
    if token.head is token:
        return "root", "", None
    if token.dep == "pobj":
        link = token.head
        role = "agent" if link.dep == "agent" else "pobj"
        return role, link.lower, link.head if link.head is not link else None
    return token.dep, "", token.head


def climbed(noun: Noun) -> Iterator[Token]:
    """Yield the words above a noun, nearest first, prepositions left out; at most four."""
    token = noun.ruler
    for _ in range(4):
        if token is None:
            return
        if token.pos != "ADP":
            yield token
        token = token.head if token.head is not token else None


def beside(noun: Noun) -> Sequence[Token]:
    """Return the heads that a comma sets beside a noun's ("the mayor, Ana Ruiz"), above and below it."""
    out: list[Token] = [child for child in noun.head.children if child.dep == "appos"]
    if noun.head.dep == "appos":
        out.append(noun.head.head)
    return out
