"""Attributions by active verbs: "X said that …", "…, X said", "X vowed to …", "X accused Y of …"."""

from dateline.codebook.cues import PREPOSITIONS, Cue, CueBook
from dateline.reading.coordinated import fused_attribution
from dateline.reading.denials import called_false, claimed_act, in_use
from dateline.reading.found import Found, Range, merged, trimmed, without
from dateline.reading.passive_cues import (
    cue_words,
    passive_attribution,
    quoting_attribution,
    to_infinitive,
)
from dateline.reading.speakers import Speakers, agent_of, source_of
from dateline.reading.tokens import Parse, Token

_MODIFIER = frozenset(("amod", "compound", "nmod", "case", "prep"))
# Speech that can stand behind or around its content without a "that".
_SPEECH = frozenset(("say", "report", "claim", "confirm", "warn", "believe", "find", "ask"))
# What follows the object and belongs to the content: "described X as Y", "accused X of Y", "thanked X for Y".
_AFTER_OBJECT = frozenset(("as", "of", "for", "with", "to", "against", "over"))
_ADDRESSED = frozenset(
    ("tell", "inform", "notify", "brief", "apprise", "assure", "reassure", "remind", "ask", "warn")
)
_BIDDING = frozenset(("tell", "order", "urge", "advise", "instruct", "command"))
_PREDICATES = frozenset(("VERB", "AUX", "NOUN", "ADJ", "PROPN", "ADV", "PRON", "NUM", "ADP", "INTJ"))
_CIRCUMSTANCE = frozenset(("as", "while", "when", "after", "before", "during", "amid", "because", "since"))


def verb_attribution(verb: Token, cue: Cue, parse: Parse, speakers: Speakers, cues: CueBook) -> list[Found]:
    """Return the attributions that a cue verb makes: none, one, or one within another."""
    if verb.dep in _MODIFIER and verb.tag != "VBG":
        fused = fused_attribution(verb, cue, parse)
        return [fused] if fused is not None else []
    if verb.dep == "pcomp" and verb.head.lower == "as" and verb.head.head.lemma == "quote":
        return []
    used = in_use(verb, cue, parse, cues)
    if used is None:
        return []
    cue = used
    denial = called_false(verb, cue, parse, cues)
    if denial is not None:
        denial.first, denial.last = cue_words(verb, parse)
        passive = verb.child("auxpass") is not None
        denial.source = agent_of(verb) if passive else source_of(verb, denial.first, parse, speakers)
        return [denial]
    if verb.child("auxpass") or (verb.tag == "VBN" and verb.dep == "acl") or _told_to(verb):
        return passive_attribution(verb, cue, parse)
    if cue.lemma == "quote":
        return quoting_attribution(verb, cue, parse)
    found = Found(main=verb, cue=cue)
    found.first, found.last = cue_words(verb, parse)
    found.source = source_of(verb, found.first, parse, speakers)
    if cue.lemma == "read" and verb.dep == "relcl" and found.source is not None:
        found.source = _what_reads(verb, found.source, cues)
    found.contents = _contents(found, verb, cue, parse, cues)
    _clip(found)
    if verb.lemma in ("tell", "inform", "ask"):
        found.medium = _medium(verb, speakers)
    found.rest = not found.contents
    return [found]


def _told_to(verb: Token) -> bool:
    """Whether a headline's "City told to save power" has its verb in the passive: nobody is told by it."""
    infinitive = verb.child("xcomp")
    return (
        verb.lemma in _BIDDING
        and verb.tag in ("VBD", "VBN")
        and verb.child("dobj", "dative") is None
        and infinitive is not None
        and to_infinitive(infinitive)
        and infinitive.child("nsubj") is None
    )


def _what_reads(verb: Token, source: Token, cues: CueBook) -> Token:
    """Return the signs in "signs went up in the town which read": the parser takes the nearest noun."""
    if source.lower in cues.nouns:
        return source
    above = next((token for token in verb.ancestors() if token.pos == "VERB"), None)
    subject = above.child("nsubj", "nsubjpass") if above is not None else None
    return subject if subject is not None and subject.lower in cues.nouns else source


def _medium(verb: Token, speakers: Speakers) -> Token | None:
    told = verb.child("dobj", "dative")
    if told is None:
        return None
    if told.pos == "ADP":
        told = told.child("pobj")
    return told if told is not None and speakers.is_medium(told) else None


def _clip(found: Found) -> None:
    """Cut a source, found behind the words that the parser read it with, off the content's end."""
    source = found.source
    if source is not None and source.i < found.first:
        found.contents = [
            (first, source.left - 1) if first < source.left <= last < found.first else (first, last)
            for first, last in found.contents
        ]


def _contents(found: Found, verb: Token, cue: Cue, parse: Parse, cues: CueBook) -> list[Range]:
    frames = cue.frames
    clause = _clause(verb, parse)
    if "clause" in frames and clause is not None:
        return _around(clause, found, verb, parse, cues)
    for child in verb.children:
        if child.dep in ("xcomp", "ccomp", "advcl") and child.i > verb.i:
            content = _verbal(child, verb, cue)
            if content:
                return [content]
    target = verb.child("dobj", "dative")
    if cue.group in ("accuse", "order", "ask", "warn", "condemn", "praise") or "object" in frames:
        content = _object(verb, target, cue, found)
        if content:
            return [content]
    for child in verb.children:
        if (
            child.dep == "prep"
            and child.i > verb.i
            and child.lower in frames & PREPOSITIONS
            and child.right > child.i
        ):
            if child.i == found.last + 1:
                found.last = child.i
            return [(child.i + 1, _with_infinitive(verb, child.right))]
    if found.source is not None and "clause" in frames and cue.group in _SPEECH:
        return _parenthetical(verb, found, parse)
    return []


def _with_infinitive(verb: Token, last: int) -> int:
    """Return where "(called) on both sides to stop" ends: the infinitive belongs to it."""
    for child in verb.children:
        if child.left == last + 1 and child.dep in ("xcomp", "advcl") and to_infinitive(child):
            return child.right
    return last


def _clause(verb: Token, parse: Parse) -> Token | None:
    """Return the content clause's head: the complement behind the cue, or else the one before it."""
    before = behind = None
    for child in verb.children:
        # "A bomb exploded; the group denied responsibility": the first sentence is not what was denied.
        closed = any(mark.text == ";" and child.i < mark.i < verb.i for mark in verb.children)
        if child.dep == "ccomp" and child.pos in _PREDICATES and not closed:
            if child.i < verb.i:
                before = child
            elif behind is None:
                behind = child
    if before is not None and behind is not None:
        # "…, the governor said as fighting went on": circumstances of the telling, which the parser took for
        # content.
        opens = parse.tokens[behind.left]
        if opens.pos in ("SCONJ", "ADP") and opens.lower in _CIRCUMSTANCE:
            return before
    return behind or before


def _around(clause: Token, found: Found, verb: Token, parse: Parse, cues: CueBook) -> list[Range]:
    """Return a clause's range, cut around the cue and its source where they stand inside it."""
    hole = _cue_region(verb, found, clause)
    parts: list[Range] = []
    whole = (clause.left, clause.right)
    if clause.left <= verb.i <= clause.right:
        parts = without(whole, hole)
    else:
        parts = [(clause.left, _before_meanwhile(clause, verb))]
    if clause.i < verb.i and not any(first > verb.i for first, _ in parts):
        # What else stands before the cue belongs to the content as well ("Yes, but the town fell, he said").
        start = parse.sentences[verb.sent].first
        left = verb.left if verb.is_root else clause.left
        parts = [(max(start, min(left, clause.left)), min(hole[0] - 1, max(clause.right, hole[0] - 1)))]
    if clause.i > verb.i:
        parts.extend(_trailing(clause, verb, parse, cues))
    return [part for part in (trimmed(parse, *part) for part in merged(parts)) if part]


def _before_meanwhile(clause: Token, verb: Token) -> int:
    """Return the last token of what is said in "claims it downed a jet as fighting goes on": the outlet adds the rest."""
    for child in clause.children:
        so = child.dep == "advcl" and any(
            mark.lower == "as" and mark.dep == "mark" for mark in child.children
        )
        own = child.child("nsubj", "nsubjpass", "expl")
        if so and clause.i > verb.i and child.i > clause.i and child.right == clause.right:
            if own is not None and own.pos != "PRON" and child.tag in ("VBZ", "VBP", "VBD"):
                return child.left - 1
    return clause.right


def _trailing(clause: Token, verb: Token, parse: Parse, cues: CueBook) -> list[Range]:
    """Return clauses behind the content that the parser hung on the cue, though they go on with it."""
    out: list[Range] = []
    for child in verb.children:
        if child.i <= clause.right or child.left <= clause.right:
            continue
        opens = parse.tokens[child.left]
        if opens.pos in ("SCONJ", "ADP") and opens.lower in _CIRCUMSTANCE:
            continue
        own = child.child("nsubj", "nsubjpass", "expl") is not None
        joined = child.dep == "conj" and child.lower not in cues.verbs
        near = child.left == clause.right + 1
        if (child.dep == "ccomp" and (own or near)) or (
            own and (joined and _connector(verb, child) == "and")
        ):
            out.append((clause.right + 1, child.right))
    return out


def _connector(verb: Token, conjunct: Token) -> str:
    """Return the conjunction right before a conjunct, or ""."""
    return next(
        (child.lower for child in reversed(verb.children) if child.dep == "cc" and child.i < conjunct.i), ""
    )


def _cue_region(verb: Token, found: Found, clause: Token | None) -> Range:
    """Return the words of cue, source, addressee and circumstances, which are not content."""
    first, last = found.first, found.last
    for child in verb.children:
        if child is clause or child.dep in ("punct", "ccomp", "parataxis", "conj", "cc", "advcl", "mark"):
            continue
        if child.dep == "nsubj" or child is found.source or child.i > verb.i:
            first, last = min(first, child.left), max(last, child.right)
    return first, last


def _verbal(child: Token, verb: Token, cue: Cue) -> Range | None:
    frames = cue.frames
    if to_infinitive(child) and ("infinitive" in frames or "object_infinitive" in frames):
        first = child.left
        for other in verb.children:
            if (
                other.dep in ("dobj", "dative")
                and verb.i < other.i < child.i
                and "object_infinitive" in frames
            ):
                first = min(first, other.left)
        return first, child.right
    if child.tag == "VBG" and "gerund" in frames and child.dep != "advcl":
        return child.left, child.right
    if child.dep == "ccomp" and "clause" in frames:
        return child.left, child.right
    return None


def _object(verb: Token, target: Token | None, cue: Cue, found: Found) -> Range | None:
    if target is None or target is found.source or target.i < verb.i:
        return None
    if target.lower.endswith(("self", "selves")):
        return None
    if cue.lemma == "claim" and (act := claimed_act(target, verb)) is not None:
        return act
    first, last = target.left, target.right
    reached = last
    for child in verb.children:
        if child.i > target.i and (
            (child.dep == "prep" and child.lower in _AFTER_OBJECT) or child.dep in ("oprd", "xcomp", "pcomp")
        ):
            reached = max(reached, child.right)
    if "object" in cue.frames and (verb.lemma not in _ADDRESSED or reached > last):
        return first, reached
    return (first, reached) if reached > last and cue.frames & PREPOSITIONS else None


def _parenthetical(verb: Token, found: Found, parse: Parse) -> list[Range]:
    """Return the rest of the sentence around a cue that is hung on its content ("…, police said.")."""
    sentence = parse.sentences[verb.sent]
    tokens = parse.tokens
    first, last = _cue_region(verb, found, None)
    comma_before = first > sentence.first and tokens[first - 1].lower in (
        ",",
        "”",
        '"',
        "’",
        "'",
        "-",
        "–",
        "—",
        "''",
    )
    behind = trimmed(parse, last + 1, sentence.last)
    if comma_before:
        before = trimmed(parse, sentence.first, first - 1)
        parts = [before] if before else []
        if behind and tokens[last + 1].lower == ",":
            parts.append(behind)
        return parts
    start = found.last + 1
    while (
        start <= sentence.last
        and tokens[start].head is verb
        and tokens[start].dep in ("advmod", "npadvmod", "punct")
    ):
        start += 1
    right = trimmed(parse, start, max(verb.right, start - 1))
    if right and tokens[right[0]].pos in ("SCONJ", "ADP") and tokens[right[0]].lower in _CIRCUMSTANCE:
        return []
    if right and any(tokens[i].tag in ("VBD", "VBZ", "VBP", "MD") for i in range(right[0], right[1] + 1)):
        return [right]
    return []


def book_verb(token: Token, cues: CueBook) -> Cue | None:
    """Return the cue that a verb form is, or null."""
    if token.pos not in ("VERB", "AUX"):
        return None
    return cues.verbs.get(token.lower)
