"""Find the quotations of a text: all kinds of quote marks, over several paragraphs, nested and unclosed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.reading.mentions import Quotation

_MARK = re.compile(r"``|''|[\"“”„‟«»‹›'‘’‚`]")
_OPENING = frozenset("“‟«‹")
_CLOSED_BY = {
    "“": '”"“',
    '"': '"”',
    "„": '“”"‟',
    "‟": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "``": "''\"",
    "''": "''\"",
    "”": "”",
}
_SINGLE = frozenset("'‘’‚`")
_CLIPPED = re.compile(r"(?:\d0s|em\b|til\b|tis\b|twas\b|cause\b|n\b)", re.IGNORECASE)
_SCARE_WORDS = 6
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
# Words that make a clause of a short quotation, so that somebody said it: pronoun subjects and finite
# auxiliaries.
_CLAUSE = re.compile(
    r"\b(?:I|we|he|she|they|you|it|this|that|there|is|are|was|were|am|has|have|had|will|would|must|should|can|could"
    r"|cannot|won['’]t|don['’]t|didn['’]t|isn['’]t|aren['’]t|do|did|does|let|[\w]+['’](?:ll|re|ve|m))\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    parts: list[tuple[int, int]] = field(default_factory=list)


def find_quotations(text: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[Quotation, ...]:
    """Return the quotations in stretches of a text, by start; one over several paragraphs has several parts.

    A quotation left open at a paragraph's end goes on in the next paragraph if that opens with a mark of the
    same kind; otherwise it ends with its paragraph. Quotations within quotations are found as well.
    """
    found: list[tuple[tuple[int, int], ...]] = []
    carried: _Open | None = None
    for start, end in paragraphs:
        carried = _scan(text, start, end, carried, found)
    if carried:
        found.append(tuple(carried.parts))
    found.sort()
    return tuple(Quotation(parts=parts, scare=_is_scare(text, parts)) for parts in found if parts)


def _scan(
    text: str, start: int, end: int, carried: _Open | None, found: list[tuple[tuple[int, int], ...]]
) -> _Open | None:
    """Read one paragraph's marks into found; return a quotation that may go on in the next paragraph."""
    marks = list(_MARK.finditer(text, start, end))
    current: _Open | None = None
    if carried:
        if (
            marks
            and marks[0].start() == start
            and marks[0][0] in (carried.mark, "“", '"', "«", "„", "»", "''", "``")
        ):
            current = _Open(mark=carried.mark, start=marks[0].end(), parts=carried.parts)
            marks = marks[1:]
        else:
            found.append(tuple(carried.parts))
    singles = _single_pairs(text, start, end, [mark for mark in marks if mark[0] in _SINGLE])
    for first, stop in singles:
        found.append(((first, stop),))
    for mark in marks:
        sign, at = mark[0], mark.start()
        if sign in _SINGLE:
            continue
        if current and sign in _CLOSED_BY.get(current.mark, "") and not _opens_again(text, at, end, sign):
            _close(current, at, found)
            current = None
        elif (
            sign in _OPENING
            or sign in ("„", "``")
            or (sign in ('"', "”", "»", "''") and _at_word_start(text, at, mark.end(), start, end))
        ):
            if current:
                _close(current, len(text[start:at].rstrip()) + start, found)
            current = _Open(mark=sign, start=mark.end())
    if current:
        if end > current.start:
            current.parts.append((current.start, end))
        return current if current.parts else None
    return None


def _close(current: _Open, at: int, found: list[tuple[tuple[int, int], ...]]) -> None:
    if at > current.start:
        current.parts.append((current.start, at))
    if current.parts:
        found.append(tuple(current.parts))


def _at_word_start(text: str, at: int, after: int, start: int, end: int) -> bool:
    before = at == start or text[at - 1].isspace() or text[at - 1] in "([{—–-/:‘“"
    return before and after < end and not text[after].isspace()


def _opens_again(text: str, at: int, end: int, sign: str) -> bool:
    """Whether a straight mark inside an open quotation opens a new one: the old one was never closed."""
    if sign == "“":
        return at + 1 < end and text[at + 1].isalnum() and (at == 0 or text[at - 1].isspace())
    return sign == '"' and text[at - 1].isspace() and at + 1 < end and text[at + 1].isalnum()


def _single_pairs(text: str, start: int, end: int, marks: list[re.Match[str]]) -> list[tuple[int, int]]:
    """Pair single quote marks, no apostrophes: an opening one needs a closing one behind it."""
    pairs: list[tuple[int, int]] = []
    opened: int | None = None
    closing: list[tuple[int, bool]] = []
    for mark in marks:
        at, after = mark.start(), mark.end()
        before_word = after < end and (text[after].isalnum() or text[after] in '[(“"…£$€')
        after_space = at == start or text[at - 1].isspace() or text[at - 1] in '([{—–-/:"“'
        if mark[0] in "'‘‚`" and before_word and after_space and not _CLIPPED.match(text, after, end):
            if opened is not None and closing:
                pairs.append((opened, _best(closing)))
            opened, closing = after, []
        elif (
            opened is not None
            and mark[0] in "'’‘"
            and at > opened
            and not before_word
            and not text[at - 1].isspace()
        ):
            # The plural's apostrophe ("the rebels' base") stands behind an s and before a lower-case word.
            plural = (
                text[at - 1] in "sS" and after + 1 < end and text[after] == " " and text[after + 1].islower()
            )
            closing.append((at, not plural))
    if opened is not None and closing:
        pairs.append((opened, _best(closing)))
    return pairs


def _best(closing: list[tuple[int, bool]]) -> int:
    return next((at for at, sure in closing if sure), closing[0][0])


def _is_scare(text: str, parts: tuple[tuple[int, int], ...]) -> bool:
    if len(parts) > 1:
        return False
    start, end = parts[0]
    if end - start > 80:
        return False
    words = text[start:end]
    if len(_WORD.findall(words)) > _SCARE_WORDS or words.rstrip()[-1:] in (".", "!", "?", ",", "…"):
        return False
    return _CLAUSE.search(words) is None
