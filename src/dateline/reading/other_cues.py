"""Attributions by phrases, nouns and adjectives: "according to X", "X's claim that …", "afraid that …"."""

from dateline.codebook.cues import PREPOSITIONS, Cue, CueBook
from dateline.reading.denials import claimed_act, is_withholding
from dateline.reading.found import Found, Range, trimmed, without
from dateline.reading.speakers import Speakers, subject_of
from dateline.reading.tokens import Parse, Token

_SUPPORT = frozenset(
    ("make", "issue", "give", "have", "express", "voice", "release", "deliver", "raise", "lodge", "post")
)


def according_to(token: Token, cue: Cue, parse: Parse, cues: CueBook) -> Found | None:
    """Read "according to X" or "per X": the content is the rest of the clause it stands at the edge of."""
    tokens = parse.tokens
    last = token.i
    if token.lower == "according":
        if last + 1 >= len(tokens) or tokens[last + 1].lower != "to":
            return None
        last += 1
    source = _object_behind(token, tokens[last])
    if source is None:
        return None
    sentence = parse.sentences[token.sent]
    found = Found(main=token, cue=cue, source=_publisher_of(source, cues) or source, first=token.i, last=last)
    hole = (token.i, max(last, token.right, source.right))
    found.contents = _edge_content(token, hole, (sentence.first, sentence.last), parse)
    return found


def _publisher_of(source: Token, cues: CueBook) -> Token | None:
    """Return X in "data provided by X", "a report by X", "figures from X": who stands behind a document."""
    if cues.nouns.get(source.lower) != "document":
        return None
    for child in source.children:
        if child.dep == "acl" and (by := child.child("agent")) is not None:
            return by.child("pobj")
        if child.dep == "prep" and child.lower in ("by", "from"):
            return child.child("pobj")
    return None


def _object_behind(token: Token, marker: Token) -> Token | None:
    for head in (marker, token):
        source = head.child("pobj", "dobj", "npadvmod")
        if source is not None and source.i > marker.i:
            return source
    return None


def _edge_content(token: Token, hole: Range, sentence: Range, parse: Parse) -> list[Range]:
    tokens = parse.tokens
    at_start = not any(tokens[i].pos not in ("PUNCT", "CCONJ", "ADV") for i in range(sentence[0], hole[0]))
    behind = trimmed(parse, hole[1] + 1, sentence[1])
    at_end = behind is None
    clause = token.head
    while clause.pos not in ("VERB", "AUX") and not clause.is_root:
        clause = clause.head
    whole = sentence
    if not at_start and not at_end and clause is not token:
        whole = (clause.left, clause.right) if clause.left < hole[0] else sentence
    elif (
        at_end
        and hole[0] > 0
        and tokens[hole[0] - 1].lower != ","
        and clause.dep in ("relcl", "acl", "advcl")
    ):
        whole = (clause.left, clause.right)
    parts = without(whole, hole)
    return [part for part in (trimmed(parse, *part) for part in parts) if part]


def citing(token: Token, cue: Cue, parse: Parse, speakers: Speakers) -> Found | None:
    """Read ", citing X": the content is the clause that the participle hangs on."""
    if token.dep not in ("advcl", "acl", "prep", "conj", "pcomp") or token.tag != "VBG":
        return None
    source = token.child("dobj", "pobj")
    if source is None or token.child("ccomp") is not None or not _can_be_cited(source, speakers):
        return None
    head = token.head
    clause = head.child("ccomp")
    span: Range
    if clause is not None:
        span = (clause.left, clause.right)
    else:
        span = (head.left, head.right)
    hole = (token.left, token.right)
    parts = [part for part in (trimmed(parse, *part) for part in without(span, hole)) if part]
    return Found(main=token, cue=cue, source=source, first=token.i, last=token.i, contents=parts)


def _can_be_cited(source: Token, speakers: Speakers) -> bool:
    """Whether a noun phrase is a source, and not a reason given ("citing low morale")."""
    actor = speakers.actor_at(source)
    if actor is not None and source.pos != "PROPN":
        return actor.kind in ("person", "organization", "government", "media")
    return speakers.is_person_or_group(source)


def noun_attribution(noun: Token, cue: Cue, parse: Parse, speakers: Speakers, cues: CueBook) -> Found | None:
    """Read a noun as a cue: "the claim that …", "Moscow's denial of …", "reports of …"."""
    if noun.dep == "compound" or (cue.lemma == "claim" and _is_none(noun)) or _none(noun):
        return None
    content: Range | None = None
    for child in noun.children:
        if child.i < noun.i:
            continue
        clause = child.dep in ("acl", "ccomp", "relcl") and "clause" in cue.frames and _that(child)
        if clause or (child.dep == "acl" and "infinitive" in cue.frames and child.tag == "VB"):
            content = (child.left, _before_telling(child, parse, cues))
        elif child.dep == "prep" and child.lower in cue.frames & PREPOSITIONS and child.right > child.i:
            if cue.negates and is_withholding(noun, child, cues):
                return None
            claimed = child.child("pobj")
            act = claimed_act(claimed, noun) if claimed is not None and cue.lemma == "claim" else None
            content = act or (child.i + 1, _with_participle(child, parse))
        if content:
            break
    if content is None:
        return None
    source = _owner(noun, speakers)
    if source is None and cue.group in ("report", "hear"):
        source = noun
    return Found(main=noun, cue=cue, source=source, first=noun.i, last=noun.i, contents=[content])


def _before_telling(clause: Token, parse: Parse, cues: CueBook) -> int:
    """Return the last token of "rejected claims that they fled, saying …": what is said behind it is not claimed."""
    for child in clause.children:
        behind = child.dep == "advcl" and child.tag == "VBG" and child.i > clause.i
        if behind and child.lower in cues.verbs and parse.tokens[child.left - 1].text == ",":
            return child.left - 2
    return clause.right


def _is_none(noun: Token) -> bool:
    """Whether there is no such thing: "no claim of responsibility", "not a claim"."""
    return any(
        child.dep == "neg" or child.lower == "no"
        for child in (*noun.children, *noun.head.children)
        if child.i < noun.i
    )


def _with_participle(preposition: Token, parse: Parse) -> int:
    """Return the last token of "of them leaving", where the parser hangs the participle elsewhere."""
    last = preposition.right
    after = parse.tokens[last + 1] if last + 1 < len(parse.tokens) else None
    if after is None or after.tag != "VBG" or after.sent != preposition.sent:
        return last
    mine = after.left > preposition.i or preposition.head.head is after
    return after.right if mine else last


def _none(noun: Token) -> bool:
    """Whether nothing was said: "there was no comment from the army on the raid"."""
    return noun.lemma in ("comment", "word", "response", "reaction") and any(
        child.dep in ("det", "neg") and child.lower == "no" for child in noun.children
    )


def _that(clause: Token) -> bool:
    """Whether a clause is content ("the claim that they fled"), not relative ("the claim that they made")."""
    mark = clause.child("mark")
    return mark is not None and mark.lower in ("that", "whether", "if")


def _owner(noun: Token, speakers: Speakers) -> Token | None:
    """Return whose claim it is: possessor, "by" phrase, or subject of the verb that makes or voices it."""
    owner = noun.child("poss")
    if owner is not None:
        return owner
    for child in noun.children:
        if child.dep in ("prep", "agent") and child.lower in ("by", "from"):
            return child.child("pobj")
    for child in noun.children:
        if child.dep in ("amod", "compound") and speakers.actor_at(child) is not None:
            return child
    head = noun.head
    if noun.dep in ("dobj", "attr", "oprd") and head.lemma in _SUPPORT:
        return subject_of(head)
    if noun.dep == "pobj" and head.head.pos == "VERB":
        return subject_of(head.head) if head.lower in ("with", "in") else None
    return None


def adjective_attribution(adjective: Token, cue: Cue, parse: Parse) -> Found | None:
    """Read "X is afraid that …", "X was ready to …"."""
    if adjective.dep not in ("acomp", "oprd", "ROOT", "conj"):
        return None
    verb = adjective.head if adjective.dep in ("acomp", "oprd") else adjective
    source = subject_of(verb)
    if source is None or source.lower in ("it", "there"):
        return None
    for child in adjective.children:
        span: Range | None = None
        if (child.dep == "ccomp" and "clause" in cue.frames) or (
            child.dep == "xcomp" and "infinitive" in cue.frames
        ):
            span = (child.left, child.right)
        elif child.dep == "prep" and child.lower in cue.frames & PREPOSITIONS and child.right > child.i:
            span = (child.i + 1, child.right)
        if span and span[0] > adjective.i:
            return Found(
                main=adjective, cue=cue, source=source, first=adjective.i, last=adjective.i, contents=[span]
            )
    return None


def book_phrase(token: Token, cues: CueBook) -> Cue | None:
    """Return the phrase cue that begins at a token, or null."""
    if token.lower == "according":
        return cues.phrases.get("according to")
    if token.lower in ("citing", "quoting"):
        return cues.phrases.get(token.lower)
    if token.lower == "per" and token.dep == "prep":
        behind = token.child("pobj")
        return cues.phrases.get("per") if behind is not None and behind.pos == "PROPN" else None
    return None
