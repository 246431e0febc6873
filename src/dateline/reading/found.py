"""What the attribution rules hand to one another: a cue with its source and its content as token ranges."""

from dataclasses import dataclass, field

from dateline.codebook.cues import Cue
from dateline.reading.tokens import Parse, Token

Range = tuple[int, int]
_EDGE = frozenset(
    (",", ".", ":", ";", "-", "–", "—", "--", "“", "”", '"', "‘", "’", "'", "``", "''", "(", ")", "…")
)


@dataclass(slots=True, kw_only=True)
class Found:
    """An attribution being read: `first..last` are the cue's words, `main` its main one; `within` bounds the source."""

    main: Token | None
    cue: Cue | None
    first: int = -1
    last: int = -1
    source: Token | None = None
    contents: list[Range] = field(default_factory=list)
    medium: Token | None = None
    outer: bool = False
    rest: bool = False
    within: Range | None = None


def trimmed(parse: Parse, first: int, last: int) -> Range | None:
    """Return a token range without punctuation at its edges, or null if nothing is left."""
    tokens = parse.tokens
    while first <= last and tokens[first].lower in _EDGE:
        first += 1
    while last >= first and tokens[last].lower in _EDGE:
        last -= 1
    return (first, last) if first <= last else None


def without(span: Range, hole: Range) -> list[Range]:
    """Return what is left of a range when another is cut out of it."""
    if hole[1] < span[0] or hole[0] > span[1]:
        return [span]
    parts = [(span[0], hole[0] - 1), (hole[1] + 1, span[1])]
    return [part for part in parts if part[0] <= part[1]]


def merged(ranges: list[Range]) -> list[Range]:
    """Return ranges in order, with those that touch or overlap joined."""
    out: list[Range] = []
    for first, last in sorted(ranges):
        if out and first <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], last))
        else:
            out.append((first, last))
    return out
