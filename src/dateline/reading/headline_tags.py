"""Attributions in headlines: "… - IAEA", "…: UN", "…, envoy says", "Governor: …"."""

from dateline.codebook.cues import CueBook
from dateline.reading.found import Found, trimmed
from dateline.reading.mentions import Layout
from dateline.reading.speakers import Speakers
from dateline.reading.tokens import Parse, Sentence, Token

_DASHES = frozenset(("-", "–", "—", "--"))
_QUOTES = frozenset(("“", '"', "‘", "'", "«", "``", "''"))
_LONGEST_TAG = 8
_DIGESTS = frozenset("summary information report update statement bulletin briefing digest overview".split())
_TOPIC = frozenset(("on", "about", "regarding"))


def headline_attributions(parse: Parse, layout: Layout, speakers: Speakers, cues: CueBook) -> list[Found]:
    """Return the attributions of headlines that name their source behind a dash or around a colon."""
    out: list[Found] = []
    groups: dict[int, list[Sentence]] = {}
    for sentence in parse.sentences:
        groups.setdefault(sentence.paragraph, []).append(sentence)
    for paragraph, sentences in groups.items():
        if layout.paragraphs[paragraph].kind != "headline":
            first, last = sentences[0].first, sentences[min(1, len(sentences) - 1)].last
            # A lead that repeats the headline, tag and all.
            found = (
                _closing(parse, sentences[0].first, sentences[0].last, speakers, cues)
                if paragraph <= 2
                else None
            ) or _opening(parse, first, last, speakers, cues)
            if found is not None:
                out.append(found)
            continue
        first, last = sentences[0].first, sentences[-1].last
        found = (
            _digest(parse, first, last)
            or _closing(parse, first, last, speakers, cues)
            or _opening(parse, first, last, speakers, cues)
            or _on_topic(parse, first, last, speakers)
        )
        if found is not None:
            out.append(found)
    return out


def _closing(parse: Parse, first: int, last: int, speakers: Speakers, cues: CueBook) -> Found | None:
    """Read "… - IAEA" and "…: UN officials" at a headline's end."""
    tokens = parse.tokens
    while (
        last > first and tokens[last].pos == "PUNCT" and tokens[last].lower in (".", "!", "”", '"', "’", "'")
    ):
        last -= 1
    for at in range(last - 1, max(first + 2, last - _LONGEST_TAG), -1):
        sign = tokens[at]
        dash = sign.lower in _DASHES and _spaced(parse, at)
        glued = tokens[at + 1].text[:1] in "-–—" and len(tokens[at + 1].text) > 1
        if not dash and not glued and sign.lower != ":":
            continue
        tag = tokens[at + 1 : last + 1]
        if (
            sign.lower == ":"
            and speakers.actor_at(_head(tag)) is None
            and _head(tag).ent in ("GPE", "LOC", "FAC")
        ):
            return None  # "Attack in Taiz: Taiz, explosion"
        if not _is_tag(tag, cues, strict=sign.lower == ":" and not dash):
            return None
        content = trimmed(parse, first, at - 1 if dash or sign.lower == ":" else at)
        if content is None or content[1] - content[0] < 2:
            return None
        source = _head(tag)
        return Found(
            main=None, cue=None, source=source, first=at, last=at, contents=[content], within=_bare(tag)
        )
    return None


def _opening(parse: Parse, first: int, last: int, speakers: Speakers, cues: CueBook) -> Found | None:
    """Read "Governor: …" at the opening of a headline or lead, "Governor: “…”" anywhere."""
    tokens = parse.tokens
    for at in range(first + 1, min(first + _LONGEST_TAG, last - 1)):
        if tokens[at].lower != ":":
            continue
        on = next((index for index in range(first + 1, at) if tokens[index].lower in _TOPIC), at)
        name = tokens[first:on]  # "Army spokesman on losses: …"
        if not _is_speaker(
            name, speakers, cues, quoted=tokens[at + 1].lower in ("“", '"', "‘", "'", "«", "``")
        ):
            return None
        content = trimmed(parse, at + 1, last)
        if content is None or content[1] - content[0] < 2:
            return None
        if _is_topic(name, tokens[at + 1 : last + 1]):
            return None
        return Found(
            main=tokens[at], cue=None, source=_head(name), first=at, last=at, contents=[content],
            within=(first, on - 1),
        )  # fmt: skip
    return None


def _digest(parse: Parse, first: int, last: int) -> Found | None:
    """Read "Summary of the General Staff: …" and "Fighting in Donbas: Summary of the General Staff"."""
    tokens = parse.tokens
    colon = next((at for at in range(first + 1, last) if tokens[at].text == ":"), None)
    if colon is None:
        return None
    for start, stop, told in ((first, colon - 1, (colon + 1, last)), (colon + 1, last, (first, colon - 1))):
        of = next((at for at in range(start + 1, min(start + 3, stop)) if tokens[at].lower == "of"), None)
        if of is None or tokens[of - 1].lower not in _DIGESTS:
            continue
        whose = [token for token in tokens[of + 1 : stop + 1] if token.text not in (".", "!")]
        content = trimmed(parse, *told)
        if not whose or content is None or any(_finite(token) or token.pos == "PUNCT" for token in whose):
            continue
        return Found(
            main=tokens[colon], cue=None, source=_head(tuple(whose)), first=colon, last=colon, contents=[content],
            within=(whose[0].i, whose[-1].i),
        )  # fmt: skip
    return None


def _on_topic(parse: Parse, first: int, last: int, speakers: Speakers) -> Found | None:
    """Read "Strikes on Aden: the governor on the damage": who speaks of a topic that a label names."""
    tokens = parse.tokens
    colon = next((at for at in range(first + 1, last) if tokens[at].text == ":"), None)
    if colon is None:
        return None
    on = next(
        (at for at in range(colon + 2, min(colon + _LONGEST_TAG, last)) if tokens[at].lower in _TOPIC), None
    )
    if on is None or any(_finite(token) for token in tokens[colon + 1 : last + 1]):
        return None
    name = tokens[colon + 1 : on]
    actor = speakers.actor_at(_head(name))
    if actor is None or actor.kind not in ("person", "organization", "government", "force"):
        return None
    content = trimmed(parse, first, colon - 1)
    if content is None:
        return None
    return Found(
        main=tokens[colon], cue=None, source=_head(name), first=colon, last=colon, contents=[content, (on, last)],
        within=(colon + 1, on - 1),
    )  # fmt: skip


def _finite(token: Token) -> bool:
    return token.tag in ("VBZ", "VBP", "VBD", "MD")


def _bare(tag: tuple[Token, ...]) -> tuple[int, int]:
    """Return a tag's first and last token without the punctuation it opens with: ", - General Staff"."""
    first = next(token.i for token in tag if token.pos != "PUNCT")
    return first, tag[-1].i


def _is_topic(name: tuple[Token, ...], told: tuple[Token, ...]) -> bool:
    """Whether a label is what is told of and not who tells it: "Black Sea Fleet: a ship of the fleet sank".

    A person's label may be the subject too ("Doe: Doe to resign"), and a label told twice is one ("Doe: Doe: …").
    """
    head = _head(name)
    if head.ent == "PERSON":
        return _is_told_of(head, told)
    for token in told:
        if token.text in (".", "!", "?"):
            return False
        if token.lemma.lower() == head.lemma.lower() and token.pos in ("NOUN", "PROPN"):
            after = told[token.i - told[0].i + 1] if token is not told[-1] else None
            return after is None or after.text != ":"
    return False


def _is_told_of(person: Token, told: tuple[Token, ...]) -> bool:
    """Whether the first sentence behind a person's label is of that person: "Doe: Veteran Jane Doe died of wounds"."""
    for token in told:
        if token.text in (".", "!", "?"):
            return False
        if token.text == person.text and token.dep in ("nsubj", "nsubjpass") and token.head.i > token.i:
            return True
    return False


def _spaced(parse: Parse, at: int) -> bool:
    """Whether a dash has a space before it, so that it is no hyphen."""
    return parse.text[parse.tokens[at].start - 1].isspace() if parse.tokens[at].start else False


def _head(name: tuple[Token, ...]) -> Token:
    inside = {token.i for token in name}
    for token in name:
        if token.pos in ("NOUN", "PROPN") and (token.head.i not in inside or token.is_root):
            return token
    nouns = [token for token in name if token.pos in ("NOUN", "PROPN")]
    return nouns[-1] if nouns else name[-1]


def _is_tag(tag: tuple[Token, ...], cues: CueBook, *, strict: bool) -> bool:
    words = [token for token in tag if token.pos not in ("PUNCT", "DET")]
    if not words or any(
        token.tag in ("VBZ", "VBP", "MD", "VBD") and token.lower not in cues.nouns for token in words
    ):
        return False
    if _head(tag).lower in cues.topics or words[-1].lower in cues.topics:
        return False
    source = any(token.lower in cues.nouns for token in words)
    named = words[0].text[:1].lstrip("-–—").isupper() or words[0].text[1:2].isupper()
    if strict:
        return (source or (named and len(words) <= 2)) and all(
            token.pos in ("NOUN", "PROPN", "ADJ", "ADP") for token in words
        )
    return source or named


def _is_speaker(name: tuple[Token, ...], speakers: Speakers, cues: CueBook, *, quoted: bool) -> bool:
    words = [token for token in name if token.pos != "PUNCT"]
    if not words or any(token.pos in ("VERB", "AUX") for token in words):
        return False
    head = _head(tuple(words))
    if head.lower in cues.topics or words[-1].lower in cues.topics:
        return False
    actor = speakers.actor_at(head)
    if actor is not None:
        return quoted or actor.kind in ("person", "organization", "government", "force")
    if head.lower in cues.nouns:
        return True
    return head.pos == "PROPN" and (head.ent == "PERSON" or quoted)
