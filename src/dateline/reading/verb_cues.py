"""Attributions by verbs: "X said that …", "…, X said", "X was quoted as saying …", "X is believed to …"."""

from dateline.codebook.cues import PREPOSITIONS, Cue, CueBook
from dateline.reading.found import Found, Range, merged, trimmed, without
from dateline.reading.speakers import Speakers, agent_of, subject_of
from dateline.reading.tokens import Parse, Token

_AUXILIARY = frozenset(("aux", "auxpass", "neg", "advmod"))
_MODIFIER = frozenset(("amod", "compound", "nmod", "case", "prep"))
# Speech that can stand behind or around its content without a "that".
_SPEECH = frozenset(("say", "report", "claim", "confirm", "warn", "believe", "find", "ask"))
# What follows the object and belongs to the content: "described X as Y", "accused X of Y", "thanked X for Y".
_AFTER_OBJECT = frozenset(("as", "of", "for", "with", "to", "against", "over"))
_ADDRESSED = frozenset(
    ("tell", "inform", "notify", "brief", "apprise", "assure", "reassure", "remind", "ask", "warn")
)
_RAISED = frozenset(
    ("believe", "find", "report", "say", "hear", "claim", "confirm", "warn", "intend", "show")
)


def verb_attribution(verb: Token, cue: Cue, parse: Parse, speakers: Speakers, cues: CueBook) -> list[Found]:
    """Return the attributions that a cue verb makes: none, one, or one within another ("X quoted Y as saying")."""
    if verb.dep in _MODIFIER and verb.tag != "VBG":
        return []
    if verb.dep == "pcomp" and verb.head.lower == "as" and verb.head.head.lemma == "quote":
        return []
    if verb.child("auxpass") or (verb.tag == "VBN" and verb.dep == "acl"):
        return _passive(verb, cue, parse)
    if cue.lemma == "quote":
        return _quoting(verb, cue, parse)
    found = Found(main=verb, cue=cue, source=_source(verb, parse, speakers))
    found.first, found.last = _cue_words(verb, parse)
    found.contents = _contents(found, verb, cue, parse, cues)
    if verb.lemma in ("tell", "inform", "ask"):
        found.medium = _medium(verb, speakers)
    found.rest = not found.contents
    return [found]


def _source(verb: Token, parse: Parse, speakers: Speakers) -> Token | None:
    source = subject_of(verb)
    if source is not None or verb.tag not in ("VBD", "VBZ", "VBP"):
        return source
    # Inverted order that the parser read as an object: "…," said Jane Doe.
    behind = verb.child("dobj", "npadvmod", "oprd", "attr")
    if behind is not None and behind.left == verb.i + 1 and speakers.is_person_or_group(behind):
        return behind
    return None


def _medium(verb: Token, speakers: Speakers) -> Token | None:
    told = verb.child("dobj", "dative")
    if told is None:
        return None
    if told.pos == "ADP":
        told = told.child("pobj")
    return told if told is not None and speakers.is_medium(told) else None


def _cue_words(verb: Token, parse: Parse) -> Range:
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


def _contents(found: Found, verb: Token, cue: Cue, parse: Parse, cues: CueBook) -> list[Range]:
    frames = cue.frames
    clause = _clause(verb)
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
    """Return where "(called) on both sides to stop" ends: the infinitive right behind the phrase belongs to it."""
    for child in verb.children:
        if child.left == last + 1 and child.dep in ("xcomp", "advcl") and _to(child):
            return child.right
    return last


def _clause(verb: Token) -> Token | None:
    """Return the content clause's head: the complement that is not a bare participle of circumstance."""
    best = None
    for child in verb.children:
        if child.dep == "ccomp" and child.pos in (
            "VERB",
            "AUX",
            "NOUN",
            "ADJ",
            "PROPN",
            "ADV",
            "PRON",
            "NUM",
            "ADP",
            "INTJ",
        ):
            best = child
            if child.i > verb.i:
                return child
    return best


def _around(clause: Token, found: Found, verb: Token, parse: Parse, cues: CueBook) -> list[Range]:
    """Return a clause's range, cut around the cue and its source where they stand inside it."""
    hole = _cue_region(verb, found, clause)
    parts: list[Range] = []
    whole = (clause.left, clause.right)
    if clause.left <= verb.i <= clause.right:
        parts = without(whole, hole)
    else:
        parts = [whole]
    if clause.i < verb.i and not any(first > verb.i for first, _ in parts):
        # What else stands before the cue belongs to the content as well ("Yes, but the town fell, he said").
        start = parse.sentences[verb.sent].first
        left = verb.left if verb.is_root else clause.left
        parts = [(max(start, min(left, clause.left)), min(hole[0] - 1, max(clause.right, hole[0] - 1)))]
    if clause.i > verb.i:
        parts.extend(_trailing(clause, verb, cues))
    return [part for part in (trimmed(parse, *part) for part in merged(parts)) if part]


def _trailing(clause: Token, verb: Token, cues: CueBook) -> list[Range]:
    """Return clauses behind the content that the parser hung on the cue, though they go on with what was said."""
    out: list[Range] = []
    for child in verb.children:
        if child.i <= clause.right or child.left <= clause.right:
            continue
        own = child.child("nsubj", "nsubjpass", "expl") is not None
        joined = child.dep == "conj" and child.lower not in cues.verbs
        if own and (child.dep == "ccomp" or (joined and _connector(verb, child) == "and")):
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
    to = any(part.dep == "aux" and part.lower == "to" for part in child.children)
    if to and ("infinitive" in frames or "object_infinitive" in frames):
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
    """Return the rest of the sentence around a cue that the parser hung on its content ("…, police said.")."""
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
    if right and any(tokens[i].tag in ("VBD", "VBZ", "VBP", "MD") for i in range(right[0], right[1] + 1)):
        return [right]
    return []


def _passive(verb: Token, cue: Cue, parse: Parse) -> list[Found]:
    subject = verb.child("nsubjpass", "nsubj", "csubjpass")
    source = agent_of(verb)
    found = Found(main=verb, cue=cue, source=source)
    found.first, found.last = _cue_words(verb, parse)
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
    raised = moved is not None and moved.i > verb.i and _to(moved)
    allowed = cue.group in _RAISED or cue.frames & {"object_infinitive", "infinitive"}
    if raised and moved is not None and allowed:
        content.append((moved.left, moved.right))
    else:
        for child in verb.children:
            if child.dep == "prep" and child.lower in cue.frames & PREPOSITIONS and child.right > child.i:
                content.append((child.left, child.right))
    if subject is not None and subject.lower not in ("it", "who", "which", "that"):
        if content or (
            "object" in cue.frames and (source is not None or cue.group in ("report", "confirm", "claim"))
        ):
            content.insert(0, (subject.left, subject.right))
    elif (
        subject is not None and subject.lower in ("who", "which", "that") and verb.dep == "relcl" and content
    ):
        content.insert(0, (verb.head.i, verb.head.i))
    found.contents = [part for part in (trimmed(parse, *span) for span in content) if part]
    return [found] if found.contents else []


def _to(verb: Token) -> bool:
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


def _quoting(verb: Token, cue: Cue, parse: Parse) -> list[Found]:
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
    contents = _saying_contents(saying, parse)
    inner = Found(main=saying, cue=cue, source=target, first=saying.i, last=saying.i, contents=contents)
    inner.rest = not contents
    outer = Found(main=verb, cue=cue, source=source, first=verb.i, last=verb.i, outer=True)
    outer.contents = list(contents)
    return [outer, inner]


def book_verb(token: Token, cues: CueBook) -> Cue | None:
    """Return the cue that a verb form is, or null."""
    if token.pos not in ("VERB", "AUX"):
        return None
    return cues.verbs.get(token.lower)
