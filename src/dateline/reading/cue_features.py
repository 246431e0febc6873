"""Describe every word of a report by its grammar, its neighbours and what the rules read there, for the cue model.

A description is a set of short names such as "l=say" (lemma) or "hl+d=tell|ccomp" (lemma of the head, and how the word
hangs on it). They hold common words only: names and numbers are put as kinds. tools/train_cue_words.py learns which of
them speak for a word of a cue.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.codebook.cues import CueBook
from dateline.model.text import Span
from dateline.reading.mentions import AttributionMention, Layout
from dateline.reading.tokens import Parse, Token

_TOLD = frozenset(
    ("prep", "mark", "aux", "neg", "prt", "dobj", "attr", "advmod", "agent", "poss")
)  # children of whom the word is told
_SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Indexes of the tokens that the rules read as main words of cues, cues, contents and sources, and quoted ones."""

    mains: frozenset[int]
    cues: frozenset[int]
    contents: frozenset[int]
    sources: frozenset[int]
    quoted: frozenset[int]


def marks_of(parse: Parse, layout: Layout, mentions: Sequence[AttributionMention]) -> Marks:
    """Return what the rules and the quote marks say of a report's tokens."""
    starts = [token.start for token in parse.tokens]

    def within(start: int, end: int) -> range:
        return range(bisect_left(starts, start), bisect_left(starts, end))

    def of(spans: Iterator[Span]) -> frozenset[int]:
        return frozenset(i for span in spans for i in within(span.start, span.end))

    said = [mention.attribution for mention in mentions]
    return Marks(
        mains=frozenset(mention.cue.i for mention in mentions if mention.cue is not None),
        cues=of(one.cue for one in said if one.cue is not None),
        contents=frozenset(i for mention in mentions for a, b in mention.contents for i in range(a, b + 1)),
        sources=of(one.source.span for one in said if one.source is not None),
        quoted=frozenset(
            i for quotation in layout.quotations if not quotation.scare
            for part in quotation.parts for i in within(*part)
        ),
    )  # fmt: skip


def describe(parse: Parse, marks: Marks, cues: CueBook) -> Iterator[tuple[str, ...]]:
    """Yield the description of each token, in order."""
    lemmas = [_lemma(token) for token in parse.tokens]
    kinds = [_kinds(token, cues) for token in parse.tokens]
    for token in parse.tokens:
        yield (
            *_of_word(token, lemmas, kinds), *_of_children(token, lemmas),
            *_of_neighbours(token, parse, lemmas, kinds, marks), *_of_rules(token, lemmas, marks),
        )  # fmt: skip


def _lemma(token: Token) -> str:
    return {"PROPN": "<N>", "NUM": "<#>"}.get(token.pos, token.lemma)


def _kinds(token: Token, cues: CueBook) -> list[str]:
    word = token.lower
    found = [
        f"{letter}:{book[word].group}"
        for letter, book in (("v", cues.verbs), ("n", cues.nominals), ("a", cues.adjectives)) if word in book
    ]  # fmt: skip
    return [*found, f"s:{cues.nouns[word]}"] if word in cues.nouns else found


def _of_word(token: Token, lemmas: Sequence[str], kinds: Sequence[list[str]]) -> Iterator[str]:
    head, lemma = token.head, lemmas[token.i]
    above = lemmas[head.i]
    yield f"l={lemma}"
    yield f"w={token.lower if lemma[:1] != '<' else lemma}"
    yield f"t={token.tag}"
    yield f"d={token.dep}"
    yield f"l+d={lemma}|{token.dep}"
    yield f"l+t={lemma}|{token.tag}"
    yield f"hl={above}"
    yield f"hl+d={above}|{token.dep}"
    yield f"hp+d={head.pos}|{token.dep}"
    yield f"hd={head.dep}|{token.dep}"
    yield f"l+hl={lemma}|{above}"
    for kind in kinds[token.i]:
        yield f"k={kind}"
        yield f"k+d={kind}|{token.dep}"
        yield f"k+t={kind}|{token.tag}"
    for kind in kinds[head.i]:
        yield f"hk={kind}"
        yield f"hk+d={kind}|{token.dep}"


def _of_children(token: Token, lemmas: Sequence[str]) -> Iterator[str]:
    lemma = lemmas[token.i]
    for child in token.children:
        side = "<" if child.i < token.i else ">"
        yield f"cd={child.dep}{side}"
        yield f"cd+l={child.dep}{side}|{lemma}"
        if child.dep in _TOLD:
            yield f"c={child.dep}:{lemmas[child.i]}"
            yield f"l+c={lemma}|{child.dep}:{lemmas[child.i]}"
    own = token.child(*_SUBJECTS)
    subject = own or (token.head.child(*_SUBJECTS) if not token.is_root else None)
    if subject is not None:
        whose = "" if own else "^"
        yield f"sj={subject.lemma if subject.pos in ('PRON', 'NOUN') else subject.pos}{whose}"
        yield f"sj+l={subject.pos}|{lemma}"


def _of_neighbours(
    token: Token, parse: Parse, lemmas: Sequence[str], kinds: Sequence[list[str]], marks: Marks
) -> Iterator[str]:
    sentence, tokens, lemma = parse.sentences[token.sent], parse.tokens, lemmas[token.i]
    for off in (-3, -2, -1, 1, 2, 3):
        at = token.i + off
        if not sentence.first <= at <= sentence.last:
            yield f"{off}edge"
        elif off in (-3, 3):
            yield f"{off}p={tokens[at].pos}"
        else:
            yield f"{off}l={lemmas[at]}"
            yield f"{off}p={tokens[at].tag}"
            yield f"{off}l+l={lemmas[at]}|{lemma}"
            if at in marks.mains:
                yield f"{off}main"
            for kind in kinds[at]:
                yield f"{off}k={kind}"
    if sentence.first < token.i < sentence.last:
        yield f"tri={tokens[token.i - 1].tag}|{token.tag}|{tokens[token.i + 1].tag}"


def _of_rules(token: Token, lemmas: Sequence[str], marks: Marks) -> Iterator[str]:
    where = "con" if token.i in marks.contents else "out"
    yield where
    if token.i in marks.quoted:
        yield "q"
        yield f"q+t={token.tag}"
    if token.i in marks.mains:
        yield f"m|{where}"
    if token.i in marks.cues:
        yield "rc"
        yield f"rc|{where}"
        yield f"rc|{lemmas[token.i]}"
    if token.i in marks.sources:
        yield "src"
    if token.head.i in marks.mains:
        yield f"hm|{token.dep}"
    if token.head.i in marks.contents:
        yield "hcon"
