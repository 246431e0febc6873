"""Tell what a cue of denial or claim does in its sentence: deny, leave open, withhold, or say nothing."""

from dataclasses import replace

from dateline.codebook.cues import Cue, CueBook
from dateline.reading.found import Found, Range, trimmed
from dateline.reading.tokens import Parse, Token

_NOBODY = frozenset(("nobody", "none", "neither", "no-one", "nothing"))
_NO = frozenset(("no", "neither"))
_FAILING = frozenset(("refuse", "decline", "fail"))
# What spokesmen decline to do, beside the cues of speech themselves.
_SPEAKING = frozenset(
    ("comment", "elaborate", "answer", "respond", "speculate", "speak", "talk", "discuss", "give")
)
_BRANDING = frozenset(("describe", "call", "brand", "label", "term", "ridicule"))
_CREDIT = frozenset(("responsibility", "credit"))
# What is held by arms and not by argument.
_GROUND = frozenset(
    "town city village land homeland motherland country position line region area capital border bridge port "
    "fortress sky territory settlement".split()
)
_OPEN = 12
_REACH = 60


def is_negated(verb: Token) -> bool:
    """Whether a cue is itself negated: "has not denied", "nobody claimed", "neither confirmed nor denied"."""
    for _ in range(4):
        for child in verb.children:
            if child.dep == "neg" or (child.lower == "neither" and child.i < verb.i):
                return True
            if child.dep == "nsubj" and (child.lower in _NOBODY or _has_no(child)):
                return True
        head = verb.head
        if head is verb:
            return False
        if verb.dep == "xcomp":
            if head.lemma in _FAILING or any(child.lower == "yet" for child in head.children):
                return True
        elif verb.dep != "conj" or verb.child("nsubj") is not None:
            return False
        else:
            joined = _conjunction(verb)
            if joined != "or":
                return joined == "nor"
        verb = head
    return False


def _has_no(noun: Token) -> bool:
    return any(child.dep == "det" and child.lower in _NO for child in noun.children)


def _conjunction(verb: Token) -> str:
    """Return the conjunction that joins a verb to the one before it, or ""."""
    return next(
        (child.lower for child in reversed(verb.head.children) if child.dep == "cc" and child.i < verb.i), ""
    )


def in_use(verb: Token, cue: Cue, parse: Parse, cues: CueBook) -> Cue | None:
    """Return a cue verb's cue with the flags that its sentence leaves it; null if it is no report there."""
    before = parse.tokens[max(0, verb.i - 4) : verb.i]
    if (
        verb.tag == "VBZ"
        and verb.lower in cues.nominals
        and before
        and before[-1].lower in cues.falsehoods
        and any(token.lower == "as" for token in before)
    ):
        # "denounced as a lie claims that …": a noun that the tagger took for a verb.
        return None
    if cue.lemma == "claim":
        target = verb.child("dobj")
        return None if is_negated(verb) or (target is not None and _has_no(target)) else cue
    if cue.group == "confirm" and _shares_denial(verb, cues):
        return None
    if cue.lemma == "rule" and (verb.child("prt") or verb).lower == "out":
        frames = cue.frames | {"object", "gerund"}
        if is_negated(verb):
            return replace(cue, doubts=True, frames=frames)
        return replace(cue, group="deny", negates=True, frames=frames)
    if cue.lemma == "defend" and _holds_ground(verb):
        return None
    if cue.frames == {"quote"} and any(child.dep == "xcomp" and child.i > verb.i for child in verb.children):
        return None  # "continue to fight"
    if not cue.negates:
        return cue
    if cue.lemma == "deny" and _is_withheld(verb, cues):
        return None
    if is_negated(verb):
        return replace(cue, negates=False, doubts=True)
    if "infinitive" in cue.frames and _is_silence(verb, cues):
        return replace(cue, negates=False, commits=False)
    return cue


def _holds_ground(verb: Token) -> bool:
    """Whether "defend" is a matter of arms: "defending the town", "to defend our land"."""
    target = verb.child("dobj")
    if target is None:
        return False
    named = target.ent in ("GPE", "LOC", "FAC") or (target.pos == "PROPN" and target.ent in ("ORG", ""))
    return named or target.lemma in _GROUND


def _shares_denial(verb: Token, cues: CueBook) -> bool:
    """Whether "confirmed" has its content with "denied" behind it ("neither confirmed nor denied that …")."""
    for child in verb.children:
        if child.dep == "conj" and _conjunction(child) in ("or", "nor"):
            other = cues.verbs.get(child.lower)
            return other is not None and other.negates and verb.child("ccomp", "dobj") is None
    return False


def _is_withheld(verb: Token, cues: CueBook) -> bool:
    """Whether "deny" means to keep from: "denied them access", "were denied entry", "denied food to the camp"."""
    if verb.child("ccomp", "xcomp") is not None:
        return False
    target = verb.child("dobj", "oprd")
    passive = verb.child("auxpass") is not None or (verb.dep == "acl" and verb.tag == "VBN")
    if target is not None:
        given = any(child.dep == "dative" and child.i > verb.i for child in verb.children)
        return passive or given or target.lower in cues.withheld
    subject = verb.child("nsubjpass")
    return passive and subject is not None and subject.lower in cues.withheld


def is_withholding(noun: Token, preposition: Token, cues: CueBook) -> bool:
    """Whether a noun of denial is one of access: "the denial of entry to aid workers"."""
    kept = preposition.child("pobj")
    return noun.lower.startswith("denial") and kept is not None and kept.lower in cues.withheld


def _is_silence(verb: Token, cues: CueBook) -> bool:
    """Whether what is declined is to speak ("declined to comment", "refused to say whether")."""
    act = verb.child("xcomp")
    if act is None:
        return False
    spoken = cues.verbs.get(act.lower)
    return act.lemma in _SPEAKING or (
        spoken is not None and spoken.group in ("say", "confirm", "deny", "report", "show")
    )


def claimed_act(claimed: Token, verb: Token | None = None) -> Range | None:
    """Return the attack in "responsibility for the attack", whose preposition may hang on the verb; or null."""
    if claimed.lower not in _CREDIT:
        return None
    for head in (claimed, verb):
        for child in head.children if head is not None else ():
            if child.dep == "prep" and child.lower == "for" and child.i > claimed.i and child.right > child.i:
                return child.i + 1, child.right
    return None


def called_false(verb: Token, cue: Cue, parse: Parse, cues: CueBook) -> Found | None:
    """Read "dismissed as fake a report that …", "denounced claims that … as lies": a denial of the clause.

    The words are read in their order, since the parser seldom sees the object behind what it is called.
    """
    if not (cue.group == "condemn" or cue.negates or cue.lemma in _BRANDING) or is_negated(verb):
        return None
    tokens = parse.tokens
    last = min(parse.sentences[verb.sent].last, verb.i + _REACH)
    passive = verb.child("nsubjpass")
    called = _called(tokens, verb.i + 1, last, cues)
    content: Range | None = None
    if passive is not None:
        if called is not None and called[0] == verb.i + 1 and passive.lower in cues.nominals:
            content = _claimed(passive, passive.right, tokens)
    elif called is not None:
        before = called[0] == verb.i + 1
        start = called[1] + 1 if before else verb.i + 1
        claim = _nominal(tokens, start, min(last, start + _OPEN), cues)
        if claim is not None and (before or claim.i < called[0]):
            content = _claimed(claim, last if before else called[0] - 1, tokens)
    span = trimmed(parse, *content) if content is not None else None
    if span is None:
        return None
    denial = replace(cue, negates=True, accuses=False, doubts=False, commits=False)
    return Found(main=verb, cue=denial, contents=[span])


def _called(tokens: tuple[Token, ...], first: int, last: int, cues: CueBook) -> Range | None:
    """Return the tokens from "as" to a word of falsehood; of "as a false report", where it stands first."""
    for at in range(first, last):
        if tokens[at].lower != "as":
            continue
        for word in tokens[at + 1 : min(last, at + 5) + 1]:
            if word.lower in cues.falsehoods:
                qualifies = word.i < last and tokens[word.i + 1].pos in ("NOUN", "PROPN")
                if at == first or not qualifies:
                    return at, word.i
            if word.pos not in ("DET", "ADV", "ADJ", "NOUN", "PUNCT", "CCONJ"):
                break
    return None


def _nominal(tokens: tuple[Token, ...], first: int, last: int, cues: CueBook) -> Token | None:
    """Return the first noun of what was said ("claims", "a report"), before any clause begins."""
    for token in tokens[first : last + 1]:
        if token.lower in cues.nominals:
            return token
        if token.lower == "that" or token.tag in ("VBD", "VBP", "MD") or token.lower in (";", ":", "."):
            return None
    return None


def _claimed(claim: Token, last: int, tokens: tuple[Token, ...]) -> Range | None:
    """Return the clause that a claim consists of, or the noun phrase itself if it has none."""
    for token in tokens[claim.i + 1 : min(last, claim.i + 4) + 1]:
        if token.lower == "that" and token.tag in ("IN", "WDT", "DT"):
            clause = token.head
            right = clause.right if clause.i > token.i else last
            return token.i, min(right, last)
    return claim.i, min(claim.right, last)
