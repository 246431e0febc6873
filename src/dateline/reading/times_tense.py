"""Whether the words around a time speak of what was or of what is to come."""

from dateline.reading.tokens import Parse, Token

_WILL = frozenset(("will", "'ll", "shall", "wo", "going"))
_SCHEDULED = frozenset(("schedule", "slate", "set", "expect", "plan", "postpone", "anticipate", "bill"))
_PLAN_WORDS = """
plan expect schedule slate set due intend prepare hope vow aim postpone threaten await anticipate target
promise pledge agree propose
"""
_PLANS = frozenset(_PLAN_WORDS.split())
_PLAN_NOUNS = frozenset(
    (
        "intention",
        "decision",
        "deadline",
        "readiness",
        "order",
        "proposal",
        "commitment",
        "offer",
        "ultimatum",
    )
)
_PLANNED = frozenset(
    ("upcoming", "scheduled", "planned", "forthcoming", "due", "expected", "slated", "future")
)


def head_of(parse: Parse, first: int, last: int) -> Token:
    """Return the token of a run of tokens whose head lies outside it (or that is a root)."""
    for token in parse.tokens[first : last + 1]:
        if token.is_root or not first <= token.head.i <= last:
            return token
    return parse.tokens[last]


def verb_above(token: Token) -> Token | None:
    """Return the nearest verb or auxiliary above a token, or null."""
    for above in token.ancestors():
        if above.pos in ("VERB", "AUX") and above.dep not in ("amod", "compound"):
            return above
    return None


def tense_at(parse: Parse, first: int, last: int) -> str:
    """Return "past", "future" or "" (not told) for the words that a run of tokens depends on.

    The nearest verb above decides by its auxiliaries; without any, a verb of planning above an
    infinitive, or an adjective such as "planned" beside the noun, speaks of the future.
    """
    head = head_of(parse, first, last)
    for above in head.ancestors():
        if above.pos in ("NOUN", "PROPN"):
            if any(child.lower in _PLANNED for child in above.children):
                return "future"
            continue
        if above.pos == "ADJ" and above.lower in ("due", "set"):
            return "future"
        if above.pos in ("VERB", "AUX"):
            return tense_of(above)
    return ""


def tense_of(verb: Token) -> str:
    """Return the tense of a verb with its auxiliaries: "past", "future" or ""."""
    auxiliaries = [child for child in verb.children if child.dep in ("aux", "auxpass")]
    words = {child.lower for child in auxiliaries}
    if words & _WILL:
        return "future"
    if "have" in words or "has" in words or "had" in words or "'ve" in words:
        return "past"
    if verb.tag == "VBD" or any(child.tag == "VBD" for child in auxiliaries):
        return "future" if verb.lemma in _SCHEDULED and verb.tag == "VBN" else "past"
    if verb.lemma in _SCHEDULED:
        return "future"
    if verb.dep == "acl" and "to" in words and verb.head.pos in ("NOUN", "PROPN"):
        return "future" if verb.head.lemma in _PLANS or verb.head.lemma in _PLAN_NOUNS else ""
    if "to" in words or verb.dep == "xcomp":
        above = verb_above(verb)
        if above is None:
            return ""
        is_to = above.lemma == "be" and above is verb.head and above.tag in ("VBZ", "VBP")
        planned = above.lemma in _PLANS or above.lower in _WILL or above.lemma == "go"
        return "future" if planned or is_to else tense_of(above)
    if verb.tag == "VBN" and not auxiliaries:
        return "past"
    if verb.dep in ("conj", "advcl", "ccomp") and verb.tag in ("VB", "VBG"):
        above = verb_above(verb)
        if above is not None:
            return tense_of(above)
    return ""


def is_perfect(verb: Token | None) -> bool:
    """Say whether a verb stands in the present perfect or the present: what it tells goes on until now."""
    if verb is None:
        return False
    words = {child.lower for child in verb.children if child.dep in ("aux", "auxpass")}
    if words & {"has", "have", "'ve"}:
        return not words & {"may", "might", "could", "would", "should", "will", "must"}
    return verb.dep == "conj" and not words and verb.tag in ("VBN", "VBD") and is_perfect(verb.head)
