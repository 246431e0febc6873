"""What a user would otherwise read attributions with: report verbs over a dependency parse, and quotes with a verb.

`by_verbs` takes each report verb with a subject and a clause; `by_quotes` is the way of textacy's direct quotations:
what stands in quote marks is said by the subject of the report verb nearest to it, within the paragraph.
"""

from collections.abc import Iterator, Sequence

from dateline.model.text import Report
from dateline.reading.parse import parse
from dateline.reading.segment import segment
from dateline.reading.tokens import Parse, Token

VERBS = frozenset(
    "say tell report announce claim add warn argue note state declare explain insist believe think write suggest "
    "acknowledge admit confirm deny predict estimate conclude contend allege assert reveal ask reply".split()
)
Spans = tuple[set[int], set[int], set[int]]  # offsets of source, cue, content


def by_verbs(text: str) -> list[Spans]:
    """Return the attributions of report verbs that have a subject and a clause."""
    parsed = parse(segment(Report(text=text)))
    found = []
    for token in parsed.tokens:
        subject = token.child("nsubj")
        if token.lemma not in VERBS or subject is None:
            continue
        content = _clause(token)
        if content:
            found.append((_offsets(_tree(subject)), _offsets([token]), _offsets(content)))
    return found


def _clause(verb: Token) -> list[Token]:
    """Return the clause that a verb governs, or that it stands beside in its sentence ("…, she said")."""
    clause = verb.child("ccomp", "xcomp")
    if clause is not None:
        return _tree(clause)
    if verb.dep in ("parataxis", "ccomp") and verb.head is not verb:
        inner = {token.i for token in _tree(verb)}
        return [token for token in _tree(verb.head) if token.i not in inner]
    return []


def _tree(token: Token) -> list[Token]:
    found = [token]
    for child in token.children:
        found += _tree(child)
    return found


def _offsets(tokens: Sequence[Token]) -> set[int]:
    return {place for token in tokens for place in range(token.start, token.end)}


def by_quotes(text: str) -> list[Spans]:
    """Return the quotations of a text, each with the nearest report verb of its paragraph and that verb's subject."""
    layout = segment(Report(text=text))
    parsed = parse(layout)
    found = []
    for quotation in layout.quotations:
        if quotation.scare:
            continue
        start, end = quotation.parts[0][0], quotation.parts[-1][1]
        content = {place for part in quotation.parts for place in range(*part)}
        verb = min(_verbs_near(parsed, start, end), default=None, key=lambda near: near[0])
        source: set[int] = set()
        cue: set[int] = set()
        if verb is not None:
            subject = verb[1].child("nsubj")
            cue = _offsets([verb[1]])
            source = _offsets(_tree(subject)) if subject is not None else set()
        found.append((source, cue, content))
    return found


def _verbs_near(parsed: Parse, start: int, end: int) -> Iterator[tuple[int, Token]]:
    for token in parsed.tokens:
        if token.lemma in VERBS and (token.end <= start or token.start >= end):
            off = start - token.end if token.end <= start else token.start - end
            if off < 200:
                yield off, token
