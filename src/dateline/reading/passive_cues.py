"""Attributions by passive verbs and by "quote": "X is believed to …", "X was quoted as saying …"."""

from dataclasses import replace

from dateline.codebook.cues import PREPOSITIONS, Cue
from dateline.reading.denials import claimed_act
from dateline.reading.found import Found, Range, trimmed
from dateline.reading.speakers import agent_of, subject_of
from dateline.reading.tokens import Parse, Token

_AUXILIARY = frozenset(("aux", "auxpass", "neg", "advmod"))
_WHERE = frozenset(("in", "at", "near", "on", "across", "around", "outside", "along"))
_RAISED = frozenset(
    ("believe", "find", "report", "say", "hear", "claim", "confirm", "warn", "intend", "show")
)


def cue_words(verb: Token, parse: Parse) -> Range:
    """Return the cue with the auxiliaries and adverbs right before it and its particle right after it."""
    first = last = verb.i
    while first > 0:
        before = parse.tokens[first - 1]
        if (
            before.head is not verb
            or before.dep not in _AUXILIARY
            or before.sent != verb.sent
            or before.children
            or before.lower == "to"
        ):
            break
        first -= 1
    for child in verb.children:
        if child.dep == "prt" and child.i == last + 1:
            last = child.i
    return first, last


def passive_attribution(verb: Token, cue: Cue, parse: Parse) -> list[Found]:
    """Read "X is believed to …", "it was reported that …", "X was quoted as saying …"."""
    subject = verb.child("nsubjpass", "nsubj", "csubjpass")
    source = agent_of(verb)
    if source is None and cue.accuses:
        # Who accuses is not said.
        cue = replace(cue, doubts=True)
    found = Found(main=verb, cue=cue, source=source)
    found.first, found.last = cue_words(verb, parse)
    saying = _as_saying(verb)
    if cue.lemma == "quote":
        if saying is None:
            return []
        inner = Found(main=verb, cue=cue, source=subject, first=found.first, last=saying.i)
        if source is not None:
            inner.first = inner.last = saying.i
        inner.contents = _saying_contents(saying, parse)
        inner.rest = not inner.contents
        if source is None:
            return [inner]
        found.outer = True
        found.contents = list(inner.contents)
        return [found, inner]
    clause = verb.child("ccomp")
    if clause is not None and clause.i > verb.i and "clause" in cue.frames:
        found.contents = [(clause.left, clause.right)]
        return [found]
    content: list[Range] = []
    moved = verb.child("xcomp", "oprd")
    raised = moved is not None and moved.i > verb.i and to_infinitive(moved)
    allowed = cue.group in _RAISED or cue.frames & {"object_infinitive", "infinitive"}
    if raised and moved is not None and allowed:
        content.append((moved.left, moved.right))
    else:
        for child in verb.children:
            if child.dep == "prep" and child.lower in cue.frames & PREPOSITIONS and child.right > child.i:
                content.append((child.left, child.right))
        if (
            not content
            and cue.accuses
            and source is not None
            and (charge := _charge(source, cue)) is not None
        ):
            content.append((charge.left, charge.right))
    if cue.accuses and subject is None and verb.dep == "acl" and content:
        content.insert(0, (verb.head.left, verb.head.i))
    if subject is not None and subject.lower not in ("it", "who", "which", "that"):
        if content or (
            "object" in cue.frames and (source is not None or cue.group in ("report", "confirm", "claim"))
        ):
            act = claimed_act(subject, verb) if cue.lemma == "claim" else None
            content.insert(0, act or (subject.left, subject.right))
    elif (
        subject is not None and subject.lower in ("who", "which", "that") and verb.dep == "relcl" and content
    ):
        content.insert(0, (verb.head.i, verb.head.i))
    if content and source is None and cue.group == "report" and not raised:
        content.extend(_whereabouts(verb))
    found.contents = [part for part in (trimmed(parse, *span) for span in content) if part]
    return [found] if found.contents else []


def _whereabouts(verb: Token) -> list[Range]:
    """Return where what was reported was, with what is told of it there: "were reported in Sana, where …"."""
    return [
        (child.left, child.right)
        for child in verb.children
        if child.dep == "prep" and child.i > verb.i and child.lower in _WHERE and child.right > child.i
    ]


def _charge(accuser: Token, cue: Cue) -> Token | None:
    """Return "of shelling" in "accused by residents of shelling", which the parser hangs on the accuser."""
    for child in accuser.children:
        if child.dep == "prep" and child.lower in cue.frames and child.child("pcomp") is not None:
            return child
    return None


def to_infinitive(verb: Token) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(part.dep == "aux" and part.lower == "to" for part in verb.children)


def _as_saying(verb: Token) -> Token | None:
    for child in verb.children:
        if child.lower == "as" and child.dep in ("prep", "mark", "advmod"):
            inner = child.child("pcomp")
            if inner is not None and inner.tag == "VBG":
                return inner
        if (
            child.tag == "VBG"
            and child.dep in ("advcl", "xcomp", "pcomp")
            and any(part.lower == "as" for part in child.children)
        ):
            return child
    return None


def _saying_contents(saying: Token, parse: Parse) -> list[Range]:
    clause = saying.child("ccomp")
    if clause is not None:
        span = trimmed(parse, clause.left, clause.right)
    else:
        span = trimmed(parse, saying.i + 1, saying.right)
    return [span] if span else []


def _said_before(verb: Token, parse: Parse) -> list[Range]:
    """Return the words before "…, the agency quoted him as saying"."""
    clause = verb.child("ccomp")
    span = trimmed(parse, clause.left, clause.right) if clause is not None and clause.i < verb.i else None
    return [span] if span else []


def quoting_attribution(verb: Token, cue: Cue, parse: Parse) -> list[Found]:
    """Read "X quoted Y as saying …" as Y's words within X's report."""
    saying = _as_saying(verb)
    target = verb.child("dobj")
    source = subject_of(verb)
    if saying is None or target is None:
        if target is None or not parse.tokens[verb.i].tag.startswith("VB"):
            return []
        return [
            Found(
                main=verb,
                cue=cue,
                source=source,
                first=verb.i,
                last=verb.i,
                contents=[(target.left, target.right)],
            )
        ]
    contents = _saying_contents(saying, parse) or _said_before(verb, parse)
    inner = Found(main=saying, cue=cue, source=target, first=saying.i, last=saying.i, contents=contents)
    inner.rest = not contents
    outer = Found(main=verb, cue=cue, source=source, first=verb.i, last=verb.i, outer=True)
    outer.contents = list(contents)
    return [outer, inner]
