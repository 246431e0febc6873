"""The encoder's attributions in tokens of the parse, and which of the rules' attributions each is the partner of."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.reading.encoder_heads import Spoken
from dateline.reading.found import Range, trimmed
from dateline.reading.mentions import AttributionMention
from dateline.reading.tokens import Parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiced:
    """An attribution of the encoder in tokens: cue, source and content as ranges of indexes, both ends included."""

    spoken: Spoken
    cue: tuple[Range, ...]
    source: tuple[Range, ...]
    content: tuple[Range, ...]


def voiced_of(spoken: Spoken, parse: Parse) -> Voiced | None:
    """Return an attribution of the encoder in tokens; null where no word of its cue or content is left."""
    starts = [token.start for token in parse.tokens]
    cue, source, content = (
        tuple(
            kept for start, end in chars
            if (found := tokens_of(start, end, starts)) and (kept := trimmed(parse, *found))
        )
        for chars in (spoken.cue, spoken.source, spoken.content)
    )  # fmt: skip
    if not cue or not content:
        return None
    return Voiced(spoken=spoken, cue=cue, source=source, content=content)


def partners(
    mentions: Sequence[AttributionMention], voiced: Sequence[Voiced], parse: Parse
) -> list[int | None]:
    """Return for each mention the encoder's attribution whose cue meets its own, else whose content is nearly the same.

    Of several, as where the encoder ties two cues of a sentence together, that of the same source. One whose cue meets
    a mention's is no other's by its content alone, nor one in another sentence than a cue.
    """
    starts = [token.start for token in parse.tokens]
    met = [_met(mention, voiced, starts) for mention in mentions]
    taken = {number for number in met if number is not None}
    found: list[int | None] = []
    for mention, number in zip(mentions, met, strict=True):
        free = (
            other for other, one in enumerate(voiced)
            if number is None and other not in taken
            and (mention.cue is None or parse.tokens[one.cue[0][0]].sent == mention.cue.sent)
            and overlap(mention.contents, one.content) * 5
            >= 4 * max(size_of(mention.contents), size_of(one.content))
        )  # fmt: skip
        found.append(next(free, number))
    return found


def _met(mention: AttributionMention, voiced: Sequence[Voiced], starts: Sequence[int]) -> int | None:
    cue, source, span = mention.cue, mention.source, mention.attribution.cue
    if cue is None:
        return None
    words = [(cue.i, cue.i)]
    whole = tokens_of(span.start, span.end, starts) if span is not None else None

    def alike(number: int) -> tuple[bool, int, int]:
        one = voiced[number]
        same = source is not None and any(first <= source.i <= last for first, last in one.source)
        return same, overlap(mention.contents, one.content), -number

    # By its main word, else by any of its words: of "comment on" the encoder may hear but one.
    for held in (words, [whole] if whole is not None else []):
        met = [number for number, one in enumerate(voiced) if overlap(held, one.cue)]
        if met:
            return max(met, key=alike)
    return None


def tokens_of(start: int, end: int, starts: Sequence[int]) -> Range | None:
    """Return the tokens that begin within characters; `starts` are those of all tokens."""
    first, stop = bisect_left(starts, start), bisect_left(starts, end)
    return (first, stop - 1) if stop > first else None


def overlap(left: Sequence[Range], right: Sequence[Range]) -> int:
    """Return how many tokens ranges share, each pair counted."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0]) + 1) for a in left for b in right)


def size_of(ranges: Sequence[Range]) -> int:
    """Return how many tokens ranges hold."""
    return sum(last - first + 1 for first, last in ranges)
