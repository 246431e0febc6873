"""Make copies of reports by code: cuts, new headlines, swapped parts, credits and notices, dropped words."""

import math
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

SENTENCE = re.compile(r"(?<=[.!?])[\"”’']?\s+(?=[A-Z\"“‘'])")
SHORT = 60  # words; shorter bodies keep at least 60 %
# (before the body, after it), of our own writing; tuning and reporting use different ones.
CREDITS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "tune": (
        ("KYIV, March 2 (Reuters) - ", ""),
        ("By Anna Brown\n\n", ""),
        ("", " (AP)"),
        ("", "\n\nSource: TASS"),
        ("", "\n\n© 2022 Agence France-Presse. All rights reserved."),
        ("", "\n\nReporting by John Smith; Editing by Ann Jones"),
        ("", "\n\nRead more news on our site and subscribe to our newsletter."),
        (
            "",
            "\n\nThis article was first published by a partner of ours and stands here under a free licence.",
        ),
    ),
    "test": (
        ("", "\n\n(PAP)"),
        ("WARSAW, April 11 (Xinhua) -- ", ""),
        ("From our staff in Odesa | 14 March 2022 | 16:05\n\n", ""),
        ("", " - as told by the agency UNN"),
        ("", "\n\nCompiled from dispatches of EFE, ANSA and local media"),
        ("", "\n\nP. Miller in Warsaw contributed to this report; K. Lang edited it."),
        (
            "",
            "\n\nGood journalism costs money. Help keep it free for all with a gift of three euros a month.",
        ),
        ("3 hours ago, 2 min read, in World\n\n", "\n\nTopics: world, news, conflict"),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A report to be edited: its headline (may be empty) and its body, paragraphs apart by blank lines."""

    headline: str
    body: str

    @property
    def text(self) -> str:
        """Headline, blank line, body."""
        return "\n\n".join(part for part in (self.headline.strip(), self.body.strip()) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """What the edits draw on: a seeded random source, headlines of other reports, and a list of credits."""

    rng: random.Random
    headlines: tuple[str, ...]
    credits: tuple[tuple[str, str], ...]


def cut(piece: Piece, editor: Editor) -> Piece:
    """Keep 40 to 80 % of the sentences, of short bodies 60 to 80; a single sentence loses its end."""
    share = editor.rng.uniform(0.6 if len(piece.body.split()) < SHORT else 0.4, 0.8)
    paragraphs = [SENTENCE.split(paragraph) for paragraph in paragraphs_of(piece.body)]
    places = [(i, j) for i, paragraph in enumerate(paragraphs) for j in range(len(paragraph))]
    if len(places) < 3:
        words = piece.body.split()
        return replace(piece, body=" ".join(words[: math.ceil(len(words) * share)]) + "…")
    kept = set(editor.rng.sample(places, max(1, round(len(places) * share))))
    shorter = (
        " ".join(sentence for j, sentence in enumerate(paragraph) if (i, j) in kept)
        for i, paragraph in enumerate(paragraphs)
    )
    return replace(piece, body="\n\n".join(paragraph for paragraph in shorter if paragraph))


def new_headline(piece: Piece, editor: Editor) -> Piece:
    """Take the headline of another report, or up to nine words of a sentence of this one."""
    if editor.rng.random() < 0.5:
        return replace(piece, headline=editor.rng.choice(editor.headlines))
    words = editor.rng.choice(SENTENCE.split(piece.body)).split()[:9]
    return replace(piece, headline=" ".join(words).rstrip(".,"))


def swap(piece: Piece, editor: Editor) -> Piece:
    """Put the paragraphs, or the sentences of a single one, in another order."""
    paragraphs = paragraphs_of(piece.body)
    parts, mark = (paragraphs, "\n\n") if len(paragraphs) > 1 else (SENTENCE.split(piece.body), " ")
    mixed = parts[:]
    while mixed == parts and len(set(parts)) > 1:
        editor.rng.shuffle(mixed)
    return replace(piece, body=mark.join(mixed))


def credit(piece: Piece, editor: Editor) -> Piece:
    """Add a credit, byline or notice before or after the body."""
    before, after = editor.rng.choice(editor.credits)
    return replace(piece, body=before + piece.body + after)


def drop_words(piece: Piece, editor: Editor) -> Piece:
    """Leave out one lower-case word of 20, at least one."""
    places = [match.span() for match in re.finditer(r" [a-z]+(?= )", piece.body)]
    body = piece.body
    for start, end in sorted(editor.rng.sample(places, math.ceil(len(places) / 20)), reverse=True):
        body = body[:start] + body[end:]
    return replace(piece, body=body)


EDITS: Mapping[str, tuple[Callable[[Piece, Editor], Piece], ...]] = {
    "cut": (cut,),
    "headline": (new_headline,),
    "swap": (swap,),
    "credit": (credit,),
    "words": (drop_words,),
    "cut, headline": (cut, new_headline),
    "swap, credit": (swap, credit),
    "cut, headline, credit": (cut, new_headline, credit),
}


def paragraphs_of(body: str) -> list[str]:
    """Split a body at line ends into its paragraphs."""
    return [paragraph for paragraph in (part.strip() for part in body.split("\n")) if paragraph]


def can_swap(piece: Piece) -> bool:
    """Say whether a body has parts to swap."""
    return len(set(paragraphs_of(piece.body))) > 1 or len(set(SENTENCE.split(piece.body))) > 1


def edit(piece: Piece, kind: str, editor: Editor) -> Piece:
    """Apply the edits of a kind in turn."""
    for step in EDITS[kind]:
        piece = step(piece, editor)
    return piece
