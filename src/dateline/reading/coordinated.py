"""Part the cues that one speaker strings together ("denied that …, and said …"), as the parser often does not."""

from dateline.codebook.cues import Cue, CueBook
from dateline.reading.found import Found, Range, trimmed
from dateline.reading.quoted import Quotations
from dateline.reading.speakers import subject_of
from dateline.reading.tokens import Parse, Token

# What those spoken of may do as well as those who speak ("said soldiers had come and ordered them to leave").
_ACTS = frozenset(("order", "ask", "agree", "intend", "believe", "find", "show", "hear"))
# Speech that does not part a plain past from the one around it ("said rebels fled and told the mayor").
_OPEN = frozenset(("accuse", "warn", "condemn", "praise"))
_TOLD = frozenset(
    ("tell", "inform", "shout", "call", "speak", "talk", "discuss", "disclose", "reveal", "refuse", "decline")
)


def part_coordinated(founds: list[Found], parse: Parse, cues: CueBook, quotes: Quotations) -> None:
    """End a content before a cue that goes on with its speaker, and give that cue the speaker."""
    by_main = {found.main.i: found for found in founds if found.main is not None and found.cue is not None}
    fused = {
        found.main.sent: found for found in founds if found.main is not None and found.main.dep == "amod"
    }
    for outer in founds:
        if outer.main is None or outer.cue is None or outer.cue.part != "v":
            continue
        joined = fused.get(outer.main.sent)
        if joined is not None and joined is not outer and joined.source is outer.source:
            outer.contents = _ended(outer.contents, joined.first - 1, parse)
        clause = outer.main.child("ccomp", "xcomp")
        if clause is None or clause.i < outer.main.i or not outer.contents or outer.source is None:
            continue
        for conjunct in _conjuncts(clause):
            inner = by_main.get(conjunct.i)
            if inner is None or quotes.inside(conjunct) != quotes.inside(outer.main):
                continue
            if _goes_on(outer, inner, clause, cues):
                inner.source = outer.source
                outer.contents = _ended(outer.contents, _joint(conjunct), parse)
                break


def _conjuncts(clause: Token) -> list[Token]:
    """Return the verbs joined to a clause, near and far, in order."""
    out: list[Token] = []
    joined = clause.all("conj")
    while joined and len(out) < 8:
        token = joined.pop(0)
        out.append(token)
        joined.extend(token.all("conj"))
    return sorted(out, key=lambda token: token.i)


def _goes_on(outer: Found, inner: Found, clause: Token, cues: CueBook) -> bool:
    """Whether a cue without a subject of its own is the outer speaker's: by tense, and by what it does."""
    verb, main, cue = inner.main, outer.main, inner.cue
    if verb is None or main is None or cue is None or cue.group in _ACTS:
        return False
    if verb.child("nsubj", "nsubjpass", "expl", "auxpass") is not None or verb.tag not in (
        "VBD",
        "VBN",
        "VBZ",
        "VBP",
    ):
        return False
    if any(child.dep in ("aux", "mark") for child in verb.children):
        return False
    if main.tag in ("VBZ", "VBP") and verb.tag not in ("VBZ", "VBP"):
        return False
    if clause.tag == "VBG" or (outer.cue is not None and outer.cue.negates):
        return True
    if clause.lower in cues.verbs and cues.verbs[clause.lower].group not in _ACTS:
        # "said rebels had denied the raid and blamed the army": the rebels did.
        return False
    shifted = any(child.dep in ("aux", "auxpass") for child in clause.children) or clause.tag != verb.tag
    return shifted or not (cue.group in _OPEN or cue.lemma in _TOLD)


def _joint(conjunct: Token) -> int:
    """Return the index of the conjunction before a conjunct, or of its own first word."""
    before = [child.i for child in conjunct.head.children if child.dep == "cc" and child.i < conjunct.i]
    return before[-1] if before and before[-1] > conjunct.head.i else conjunct.left


def _ended(contents: list[Range], end: int, parse: Parse) -> list[Range]:
    cut = [(first, min(last, end - 1)) for first, last in contents if first < end]
    return [part for part in (trimmed(parse, *part) for part in cut) if part]


def fused_attribution(verb: Token, cue: Cue, parse: Parse) -> Found | None:
    """Read "denied shelling the camp and accused rebels of looting", where the parser sees accused rebels."""
    if not cue.accuses or verb.dep != "amod" or verb.i < 2 or verb.head.i < verb.i:
        return None
    if parse.tokens[verb.i - 1].pos != "CCONJ" or parse.tokens[verb.i - 1].sent != verb.sent:
        return None
    charge = next((part for part in verb.head.all("prep") if part.lower in cue.frames), None)
    if charge is None or charge.i < verb.head.i or charge.child("pcomp") is None:
        return None
    teller = next((above for above in verb.ancestors() if above.tag in ("VBD", "VBZ", "VBP")), None)
    source = subject_of(teller) if teller is not None else None
    if source is None or source.i > verb.i:
        return None
    return Found(
        main=verb, cue=cue, first=verb.i, last=verb.i, source=source, contents=[(verb.i + 1, charge.right)]
    )
