"""Tell a report's own story apart from its headline and from what a page puts before and after it."""

import re
from dataclasses import dataclass

from dateline.reading.mentions import Layout
from dateline.reading.tokens import Parse, Sentence

NEAR, LEAD = 3, 9  # sentences from the story's start
_RELATED = 0.34  # of the headline's words of content, in a paragraph that opens the story
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "NUM", "ADJ"})

# Lines that lead to other stories: a video with its length, "+ Teen killed …", "RELATED: …", "Read more: …".
_TEASER = re.compile(
    r"\s*(?:\d{1,2}:\d\d\s+\S|\+\s|(?:related|read|read more|read also|also read|more|watch|see also|previous"
    r"|previous stories|also on|must[- ]read)\b[^.:\n]{0,20}:)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Where a report's own story stands: per sentence its region, and how near it is to the headline's words.

    A region is title, near, lead, rest, off (before the story's start) or teaser (a line that leads to another).
    """

    regions: tuple[str, ...]
    start: int


def story_of(layout: Layout, parse: Parse) -> Story:
    """Tell the headline, the opening, the lead and the rest of a report apart from what a page puts before it.

    The story starts at the first paragraph that shares a third of the headline's words of content.
    """
    kinds = [layout.paragraphs[sentence.paragraph].kind for sentence in parse.sentences]
    title = {
        token.lemma for sentence, kind in zip(parse.sentences, kinds, strict=True) if kind == "headline"
        for token in parse.tokens_of(sentence) if token.pos in _CONTENT
    }  # fmt: skip
    body = [index for index, kind in enumerate(kinds) if kind != "headline"]
    spoken: dict[int, set[str]] = {}
    for sentence in parse.sentences:
        spoken.setdefault(sentence.paragraph, set()).update(
            token.lemma for token in parse.tokens_of(sentence)
        )
    start = next(
        (
            index for index in body
            if title and len(title & spoken[parse.sentences[index].paragraph]) / len(title) >= _RELATED
        ),
        body[0] if body else 0,
    )  # fmt: skip
    teasers = [
        kind != "headline" and _is_teaser(layout.text, sentence)
        for sentence, kind in zip(parse.sentences, kinds, strict=True)
    ]
    regions = []
    for index, kind in enumerate(kinds):
        gap = index - start
        far = "off" if gap < 0 else "near" if gap < NEAR else "lead" if gap < LEAD else "rest"
        regions.append("title" if kind == "headline" else "teaser" if teasers[index] else far)
    return Story(regions=tuple(regions), start=start)


def _is_teaser(text: str, sentence: Sentence) -> bool:
    start = text.rfind("\n", 0, sentence.start) + 1
    return _TEASER.match(text, start) is not None
