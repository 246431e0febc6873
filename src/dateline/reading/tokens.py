"""The parsed text as plain tokens: what every later step walks, whatever engine made the parse."""

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.model.text import Span, span_at


class Token:
    """One word of the parse; offsets are code points of the report's text, labels those of spaCy's English models.

    `text` is the word as printed, `lower` its lower-case form, `true` the word as the parser saw it (truecased),
    `lemma` lower-case. `head` is the token itself for a root. `left` and `right` are the indexes of the first and
    last token of its subtree. `ent` is the statistical entity label of the token or "".
    """

    __slots__ = (
        "children", "dep", "end", "ent", "head", "i", "left", "lemma", "lower", "pos", "right", "sent", "start",
        "tag", "text", "true",
    )  # fmt: skip

    def __init__(
        self,
        *,
        i: int,
        text: str,
        true: str,
        lemma: str,
        pos: str,
        tag: str,
        dep: str,
        start: int,
        sent: int,
        ent: str,
    ) -> None:
        self.i = i
        self.text = text
        self.true = true
        self.lower = text.lower().replace("’", "'")
        self.lemma = lemma
        self.pos = pos
        self.tag = tag
        self.dep = dep
        self.start = start
        self.end = start + len(text)
        self.sent = sent
        self.ent = ent
        self.head: Token = self
        self.children: list[Token] = []
        self.left = i
        self.right = i

    def __repr__(self) -> str:
        return f"{self.text}/{self.pos}/{self.dep}@{self.i}"

    @property
    def is_root(self) -> bool:
        """Whether the token heads its sentence."""
        return self.head is self

    def child(self, *deps: str) -> "Token | None":
        """Return the first child with one of these dependency labels, or null."""
        for token in self.children:
            if token.dep in deps:
                return token
        return None

    def all(self, *deps: str) -> "list[Token]":
        """Return the children with one of these dependency labels, in order."""
        return [token for token in self.children if token.dep in deps]

    def ancestors(self) -> "Iterator[Token]":
        """Yield the head, its head, and so on to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence: token indexes first..last (both included), offsets, and the paragraph it stands in."""

    index: int
    first: int
    last: int
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """The tokens and sentences of one report's text."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]

    def span(self, first: int, last: int) -> Span:
        """Return the span from token first to token last, both included."""
        return span_at(self.text, self.tokens[first].start, self.tokens[last].end)

    def sentence_of(self, token: Token) -> Sentence:
        """Return the sentence that holds a token."""
        return self.sentences[token.sent]

    def tokens_of(self, sentence: Sentence) -> tuple[Token, ...]:
        """Return the tokens of a sentence."""
        return self.tokens[sentence.first : sentence.last + 1]

    def subtree(self, token: Token) -> tuple[Token, ...]:
        """Return the tokens from the first to the last of a token's subtree."""
        return self.tokens[token.left : token.right + 1]
