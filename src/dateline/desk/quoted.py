"""A claim as it is cited on a page: the words it was read from, what is meant in them, who says it, where it stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from dateline.export.html_text import shown
from dateline.export.plain import plain
from dateline.export.words import source_words, squeezed
from dateline.model.event import Entry, Origin, ReviewState
from dateline.model.reading import Certainty, Claim, Polarity, Reality, SourceKind
from dateline.model.text import Span

WordsKind = Literal["trigger", "value", "hedge", "gap"]
_LONGEST = 340  # characters of a clause that are quoted; a longer one is cut around what is meant
_AROUND = 60
_SPACE = re.compile(r"\s+")
_RANK: dict[WordsKind, int] = {"value": 0, "trigger": 1, "hedge": 2, "gap": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A run of quoted words; `kind` is what they are read as, null for the words around, "gap" where some are left out."""

    text: str
    kind: WordsKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One in the chain of those who say a claim: how the report calls them, their kind and side, and the cue ("said").

    `name` is null where the report leaves them out; `direct` is true where the words stand in quote marks.
    """

    name: str | None
    kind: SourceKind
    side: str | None
    cue: str | None
    direct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSaid:
    """A claim of an event as a page cites it.

    `id` is the claim's, `report` that of its report, with `title`, `publisher`, `agency` (the news agency that it
    credits) and `told` (the day of publication where `published`, else that of recording). `chain` runs from the
    outermost speaker to the innermost; empty is the outlet's own voice. `origin` is the id of the origin it rests on
    (empty for a rejected claim), `copy` whether its report only copies another of that origin. `quote` is the clause
    with the trigger and the hedges marked; `start` and `end` bound the trigger in the report's text. `state` is what
    people decided.
    """

    id: str
    report: str
    title: str | None
    publisher: str | None
    agency: str | None
    told: date
    published: bool
    type: str
    certainty: Certainty
    polarity: Polarity
    reality: Reality
    hedges: tuple[str, ...]
    chain: tuple[Speaker, ...]
    origin: str
    copy: bool
    state: ReviewState
    quote: tuple[Words, ...]
    start: int
    end: int


def claim_said(entry: Entry, origin: Origin | None) -> ClaimSaid:
    """Return a claim as it is cited; `origin` is that of the claim, null for a rejected one."""
    claim, report = entry.claim, entry.report
    return ClaimSaid(
        id=claim.id, report=report.id, title=report.title, publisher=report.publisher, agency=entry.agency,
        told=entry.told, published=report.published is not None, type=claim.type, certainty=claim.certainty,
        polarity=claim.polarity, reality=claim.reality,
        hedges=tuple(dict.fromkeys(squeezed(one.quote) for one in claim.hedges)), chain=speakers(claim),
        origin=origin.id if origin else "", copy=origin is not None and claim.id in origin.copies,
        state=entry.state, quote=quoted(entry, ()), start=claim.trigger.start, end=claim.trigger.end,
    )  # fmt: skip


def speakers(claim: Claim) -> tuple[Speaker, ...]:
    """Return who says a claim, the outermost first."""
    return tuple(
        Speaker(
            name=source_words(one) if one.source else None, kind=one.kind,
            side=one.source.side if one.source else None, cue=squeezed(one.cue.quote) if one.cue else None,
            direct=one.direct_quote,
        )
        for one in claim.attribution
    )  # fmt: skip


def quoted(entry: Entry, values: Sequence[Span], *, longest: int = _LONGEST) -> tuple[Words, ...]:
    """Return the clause of a claim with its trigger, its hedges and the words of a value marked.

    Words of the value that stand outside the clause are quoted behind it, with those around them. A value that a
    person corrected without words of its own stands on the clause, and nothing is marked for it.
    """
    claim, text = entry.claim, entry.report.text
    clause = claim.evidence
    held = [one for one in values if text[one.start : one.end] == one.quote and one != clause]
    inside = [one for one in held if clause.start <= one.start and one.end <= clause.end]
    marks: list[tuple[Span, WordsKind]] = [(one, "value") for one in inside]
    marks += [(claim.trigger, "trigger"), *((hedge, "hedge") for hedge in claim.hedges)]
    start, end = _window(clause.start, clause.end, (inside or [claim.trigger])[0], longest)
    runs = cut(text, start, end, marks, before=start > clause.start, behind=end < clause.end)
    outside = [one for one in held if one not in inside][:2]
    for one in outside:
        left, right = around(text, one.start, one.end)
        runs += (Words(text=" ", kind="gap"), *cut(text, left, right, [(one, "value")]))
    return runs


def cut(
    text: str, start: int, end: int, marks: Iterable[tuple[Span, WordsKind]], *, before: bool = False,
    behind: bool = False,
) -> tuple[Words, ...]:  # fmt: skip
    """Cut a stretch of text into runs by what its words are marked as; `before` and `behind` say where words are left out."""
    inside = [
        (max(span.start, start), min(span.end, end), kind)
        for span, kind in marks
        if span.start < end and span.end > start
    ]
    edges = sorted({start, end, *(left for left, _, _ in inside), *(right for _, right, _ in inside)})
    runs: list[Words] = [Words(text="…", kind="gap")] if before else []
    for left, right in pairwise(edges):
        over = [kind for a, b, kind in inside if a <= left and right <= b]
        kind = min(over, key=lambda one: _RANK[one], default=None)
        # Names and cues from anywhere may hold what turns the direction of writing; it is replaced here too for JSON.
        words = _SPACE.sub(" ", shown(plain(text[left:right])))
        if runs and runs[-1].kind == kind:
            runs[-1] = Words(text=runs[-1].text + words, kind=kind)
        else:
            runs.append(Words(text=words, kind=kind))
    if behind:
        runs.append(Words(text="…", kind="gap"))
    return tuple(runs)


def around(text: str, start: int, end: int, *, reach: int = _AROUND) -> tuple[int, int]:
    """Return the bounds of some words with those around them, cut between words where there are any."""
    left, right = max(start - reach, 0), min(end + reach, len(text))
    left = text.rfind("\n", left, start) + 1 if "\n" in text[left:start] else left
    right = text.find("\n", end, right) if "\n" in text[end:right] else right
    if left and not text[left - 1].isspace() and " " in text[left:start]:
        left = text.index(" ", left) + 1
    if right < len(text) and not text[right].isspace() and " " in text[end:right]:
        right = text.rindex(" ", end, right)
    return left, right


def _window(start: int, end: int, meant: Span, longest: int) -> tuple[int, int]:
    """Return the part of a clause to quote: all of it, or so much around what is meant."""
    if end - start <= longest:
        return start, end
    left = max(start, min(meant.start - longest // 2, end - longest))
    return left, min(end, left + longest)
