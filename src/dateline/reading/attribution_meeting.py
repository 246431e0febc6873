"""Let the attributions of the rules and of the encoder meet: one list, each with the voices that speak for it (`by`).

Both read the same text in their own way. Where their cues meet, an attribution keeps what the rules know of its cue (that
it denies, accuses or doubts) and takes the encoder's content and, where the two name different ones, its source.
What the encoder alone is sure of is added; what the rules alone read goes where the encoder is sure of the opposite.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.codebook.cues import Cue, CueBook
from dateline.model.reading import Attribution
from dateline.model.text import Span
from dateline.reading.encoder import Encoded
from dateline.reading.encoder_heads import Spoken, cue_odds, spoken_in
from dateline.reading.found import Range, merged, trimmed
from dateline.reading.mentions import ActorMention, AttributionMention, Layout
from dateline.reading.speakers import Speaker, Speakers
from dateline.reading.tokens import Parse, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How sure the encoder must be, 0 to 1: to add an attribution of its own, and to let one of the rules fall.

    `falls` is the probability that a word belongs to a cue below which a rule's cue is no cue. Both were set on
    articles of PolNeAR kept out of training.
    """

    adds: float = 0.6
    falls: float = 0.05


TERMS = Terms()


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiced:
    """An attribution of the encoder in tokens: cue, source and content as ranges of indexes, both ends included."""

    spoken: Spoken
    cue: tuple[Range, ...]
    source: tuple[Range, ...]
    content: tuple[Range, ...]


def meet(
    mentions: Sequence[AttributionMention], encoded: Encoded, parse: Parse, layout: Layout,
    actors: tuple[ActorMention, ...], cues: CueBook, terms: Terms = TERMS,
) -> tuple[AttributionMention, ...]:  # fmt: skip
    """Return the attributions of both readers in text order."""
    voiced = [one for spoken in spoken_in(encoded) if (one := _voiced(spoken, parse)) is not None]
    odds = cue_odds(encoded)
    speakers = Speakers(parse, actors, cues)
    out: list[AttributionMention] = []
    met: set[int] = set()
    pairs = [(mention, _partner(mention, voiced)) for mention in mentions]
    for mention, number in pairs:
        if number is None:
            if _stands(mention, odds, terms):
                out.append(mention)
            continue
        rivals = [other for other, theirs in pairs if theirs == number]
        met.add(number)
        if _closest(rivals, voiced[number]) is mention:
            mention = _joined(mention, voiced[number], parse, layout, speakers)
        out.append(replace(mention, by=("rules", "model")))
    for number, one in enumerate(voiced):
        if number not in met and one.spoken.surety >= terms.adds and one.source:
            out.append(_own(one, parse, layout, speakers, cues))
    return tuple(sorted(out, key=_place))


def _place(mention: AttributionMention) -> tuple[int, int]:
    span = mention.attribution.cue or mention.attribution.content[0]
    return span.start, span.end


def _voiced(spoken: Spoken, parse: Parse) -> Voiced | None:
    starts = [token.start for token in parse.tokens]
    cue, source, content = (
        tuple(
            kept for start, end in chars
            if (found := _tokens(start, end, starts)) and (kept := trimmed(parse, *found))
        )
        for chars in (spoken.cue, spoken.source, spoken.content)
    )  # fmt: skip
    if not cue or not content:
        return None
    return Voiced(spoken=spoken, cue=cue, source=source, content=content)


def _tokens(start: int, end: int, starts: Sequence[int]) -> Range | None:
    first, stop = bisect_left(starts, start), bisect_left(starts, end)
    return (first, stop - 1) if stop > first else None


def _overlap(left: Sequence[Range], right: Sequence[Range]) -> int:
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0]) + 1) for a in left for b in right)


def _size(ranges: Sequence[Range]) -> int:
    return sum(last - first + 1 for first, last in ranges)


def _partner(mention: AttributionMention, voiced: Sequence[Voiced]) -> int | None:
    """Return the encoder's attribution whose cue meets a mention's, else whose content is nearly the same."""
    cue = mention.cue
    for number, one in enumerate(voiced):
        if cue is not None and any(first <= cue.i <= last for first, last in one.cue):
            return number
    for number, one in enumerate(voiced):
        shared = _overlap(mention.contents, one.content)
        if shared * 5 >= 4 * max(_size(mention.contents), _size(one.content)):
            return number
    return None


def _stands(mention: AttributionMention, odds: dict[int, float], terms: Terms) -> bool:
    if mention.cue is None:
        return True
    known = odds.get(mention.cue.start)
    return known is None or known >= terms.falls


def _closest(rivals: Sequence[AttributionMention], one: Voiced) -> AttributionMention:
    def shared(mention: AttributionMention) -> tuple[bool, int]:
        source = mention.source
        same = source is not None and any(first <= source.i <= last for first, last in one.source)
        return same, _overlap(mention.contents, one.content)

    return max(rivals, key=shared)


def _joined(
    mention: AttributionMention, one: Voiced, parse: Parse, layout: Layout, speakers: Speakers
) -> AttributionMention:
    """Give a rule's attribution the encoder's content, and its source where the rules name another or none."""
    own = mention.attribution
    within = _within(one, parse)
    # What runs on beyond the encoder's window ("continued quotations") is the rules' to say.
    beyond = [
        part for first, last in mention.contents
        for part in ((first, min(last, within[0] - 1)), (max(first, within[1] + 1), last)) if part[0] <= part[1]
    ]  # fmt: skip
    contents = tuple(merged([*one.content, *beyond]))
    source, filler, kind = mention.source, own.source, own.kind
    named = source is not None and any(first <= source.i <= last for first, last in one.source)
    if not named and (speaker := _speaker(one, parse, speakers)) is not None:
        source, filler, kind = speaker.head, speaker.filler, speaker.kind
    attribution = replace(
        own, source=filler, kind=kind, content=tuple(parse.span(*part) for part in contents),
        cue=_cue_span(one, mention.cue, parse) or own.cue, direct_quote=is_direct(contents, layout, parse),
    )  # fmt: skip
    return replace(mention, attribution=attribution, source=source, contents=contents)


def _within(one: Voiced, parse: Parse) -> Range:
    starts = [token.start for token in parse.tokens]
    start, end = one.spoken.window
    return bisect_left(starts, start), bisect_left(starts, end) - 1


def _cue_span(one: Voiced, cue: Token | None, parse: Parse) -> Span | None:
    own = [part for part in one.cue if cue is None or part[0] <= cue.i <= part[1]]
    return parse.span(*own[0]) if own else None


def _speaker(one: Voiced, parse: Parse, speakers: Speakers) -> Speaker | None:
    if not one.source:
        return None
    first, last = one.source[0]
    heads = [
        token for token in parse.tokens[first : last + 1]
        if token.pos != "PUNCT" and (token.is_root or not first <= token.head.i <= last)
    ]  # fmt: skip
    nouns = [token for token in heads if token.pos in ("NOUN", "PROPN", "PRON")]
    head = next(iter(nouns or heads), None)
    return speakers.speaker(head) if head is not None else None


def _own(one: Voiced, parse: Parse, layout: Layout, speakers: Speakers, cues: CueBook) -> AttributionMention:
    """Return a mention of what the encoder alone reads."""
    first, last = one.cue[0]
    words = parse.tokens[first : last + 1]
    verbs = [token for token in words if token.pos in ("VERB", "AUX")]
    main = next((token for token in verbs if cues.verbs.get(token.lower)), None) or (verbs or list(words))[-1]
    known: Cue | None = cues.verbs.get(main.lower) if main.pos in ("VERB", "AUX") else None
    speaker = _speaker(one, parse, speakers)
    contents = tuple(merged(list(one.content)))
    attribution = Attribution(
        source=speaker.filler if speaker is not None else None,
        kind=speaker.kind if speaker is not None else "unnamed",
        cue=parse.span(first, last), content=tuple(parse.span(*part) for part in contents),
        direct_quote=is_direct(contents, layout, parse),
    )  # fmt: skip
    return AttributionMention(
        attribution=attribution, source=speaker.head if speaker is not None else None, cue=main, contents=contents,
        negates=known is not None and known.negates, accuses=known is not None and known.accuses,
        doubts=known is not None and known.doubts, by=("model",),
    )  # fmt: skip


def is_direct(contents: Sequence[Range], layout: Layout, parse: Parse) -> bool:
    """Whether a content stands in quote marks, but for the words that lead into them."""
    total = inside = 0
    for first, last in contents:
        for token in parse.tokens[first : last + 1]:
            total += 1
            inside += any(
                start <= token.start < end
                for quotation in layout.quotations if not quotation.scare for start, end in quotation.parts
            )  # fmt: skip
    return total > 0 and inside >= 0.6 * total
