"""Find whom or what a word of fate befell, by the dependency parse: the heads of the noun phrases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.codebook.quantities import Fate, Fates
from dateline.reading.tokens import Token

_STEPS = 12  # how far a chain of coordinated or governing verbs is followed
_RELATIVE = frozenset({"who", "that", "which", "whom"})
_PARTICIPLES = frozenset({"VBN", "VBD", "JJ"})
_COPULAS = frozenset({
    "be", "is", "are", "was", "were", "been", "being", "remain", "remains", "remained", "go", "goes",
    "went", "gone", "lie", "lay", "lying", "die", "'s", "'re",
})  # fmt: skip
_FINDERS = frozenset({
    "leave", "leaves", "left", "leaving", "find", "finds", "found", "finding", "declare", "declared",
    "pronounce", "pronounced", "believe", "believed", "fear", "feared", "report", "reported", "presume",
    "presumed", "list", "listed", "get", "got", "render", "rendered", "confirm", "confirmed", "say",
    "said",
})  # fmt: skip
_NO = frozenset({"no", "neither", "zero", "nobody", "none", "nothing"})


@dataclass(frozen=True, slots=True)
class Told:
    """A word of fate found in the text, and the last token of the phrase it is part of."""

    token: Token
    fate: Fate
    last: int


def tellings(tokens: Sequence[Token], fates: Fates) -> Iterator[Told]:
    """Yield each word or phrase of fate in order; a phrase ("shot dead") hides the single word in it."""
    for token in tokens:
        phrasal = fates.phrasal.get(token.lower)
        if phrasal is not None:
            told = _phrase(tokens, token, phrasal)
            if told is not None:
                yield told
                continue
        for fate in fates.words.get(token.lower, ()):
            yield Told(token, fate, token.i)


def _phrase(
    tokens: Sequence[Token], verb: Token, phrasal: tuple[tuple[tuple[str, ...], Fate], ...]
) -> Told | None:
    """Find the rest of a phrasal verb right after it, or after its object ("shot five villagers dead")."""
    for rest, fate in phrasal:
        for start in range(verb.i + 1, min(verb.i + 8, len(tokens))):
            first = tokens[start]
            if first.sent != verb.sent or (
                start > verb.i + 1 and tokens[start - 1].lower in (",", ";", ":", "and", "by")
            ):
                break
            if first.lower != rest[0] or (
                start > verb.i + 2 and first.head is not verb and rest[0] not in ("dead", "down")
            ):
                continue
            end = start + len(rest)
            if rest == ("out",) and end < len(tokens) and tokens[end].lower == "of":
                continue
            if tuple(token.lower for token in tokens[start:end]) == rest:
                return Told(verb, fate, end - 1)
    return None


def verb_patients(verb: Token, steps: int = _STEPS) -> list[Token]:
    """Return what a verb acts on: its object, the subject of its passive, the noun it describes."""
    passive = verb.all("nsubjpass")
    if passive:
        return [_antecedent(token, verb) for token in passive]
    objects = verb.all("dobj", "obj", "dative")
    if objects:
        return [_antecedent(token, verb) for token in objects]
    participle = verb.tag in _PARTICIPLES
    if verb.dep == "amod" or (verb.dep == "acl" and participle):
        return [verb.head]
    if verb.dep == "relcl" and participle and verb.child("auxpass"):
        return [verb.head]
    if participle and not _active(verb):
        subjects = [token for token in verb.all("nsubj") if token.tag != "PRP"]
        if subjects:
            return [_antecedent(token, verb) for token in subjects]
    return _shared(verb, participle, steps - 1) if steps else []


def _active(verb: Token) -> bool:
    """Whether a participle form is a finite active verb without an object ("they had killed")."""
    return verb.tag == "VBD" and verb.child("aux") is not None


def _shared(verb: Token, participle: bool, steps: int) -> list[Token]:
    """Return the patients that a verb shares with the verb it is coordinated with or governed by."""
    following = next(
        (token for token in verb.all("conj") if token.tag == verb.tag or token.child("dobj")), None
    )
    if following is not None and following.all("dobj", "obj"):
        return following.all("dobj", "obj")
    head = verb.head
    if head is verb:
        return []
    if verb.dep == "conj" and participle and head.pos in ("VERB", "ADJ"):
        return verb_patients(head, steps) if not head.all("dobj", "obj") else []
    if verb.dep in ("advcl", "acl", "dep") and participle and head.tag in _PARTICIPLES and _is_bare(verb):
        return verb_patients(head, steps)  # "girl shot in the head, killed"
    if verb.dep in ("xcomp", "oprd", "ccomp", "acomp") and (participle or verb.child("auxpass")):
        passive = head.all("nsubjpass")
        if passive:
            return [_antecedent(token, head) for token in passive]
        objects = head.all("dobj", "obj") if head.lower in _FINDERS else []
        return objects or [_antecedent(token, head) for token in head.all("nsubj")]
    return []


def _is_bare(verb: Token) -> bool:
    """Whether a participle stands after a comma without subject, object or auxiliary of its own."""
    comma = next((token for token in verb.head.children if token.i == verb.i - 1), None)
    own = verb.child("nsubj", "nsubjpass", "dobj", "obj", "aux", "auxpass", "mark", "advmod", "cc", "conj")
    return own is None and comma is not None and comma.lower in (",", "&")


def subjects_of(verb: Token, steps: int = _STEPS) -> list[Token]:
    """Return the subjects of a verb, through relative pronouns, coordination and infinitives."""
    own = verb.all("nsubj", "nsubjpass")
    if own:
        return [_antecedent(token, verb) for token in own]
    if verb.dep in ("acl", "relcl", "amod"):
        return [verb.head]
    head = verb.head
    if head is verb or head.pos not in ("VERB", "AUX") or verb.dep not in ("conj", "xcomp", "advcl", "ccomp"):
        return []
    if verb.dep == "xcomp" and head.child("dobj") is not None:
        return head.all("dobj")  # "told the soldiers to surrender"
    if verb.dep == "xcomp" and any(prep.i > head.i and prep.child("pobj") for prep in head.all("prep")):
        return []  # "called on them to surrender"
    return subjects_of(head, steps - 1) if steps and (verb.dep != "advcl" or verb.tag == "VBG") else []


def adjective_patients(word: Token, steps: int = _STEPS) -> list[Token]:
    """Return what an adjective describes: its noun, its copula's subject, the object of "left" or "found"."""
    if word.dep == "amod" or (word.dep in ("acl", "relcl") and not word.all("nsubj", "nsubjpass")):
        return [word.head]
    own = word.all("nsubj", "nsubjpass")
    if own:
        return [_antecedent(token, word) for token in own]
    head = word.head
    if head is word:
        return []
    if word.dep in ("acomp", "oprd", "attr", "xcomp", "ccomp", "advmod", "prt", "dep"):
        if head.lower in _FINDERS:
            found = head.all("dobj", "obj", "nsubjpass")
            if not found and head.tag in _PARTICIPLES and head.child("aux") is None:
                found = head.all("nsubj")  # a headline: "4 found dead"
            return [_antecedent(token, head) for token in found]
        if head.lower in _COPULAS:
            return subjects_of(head)
    if word.dep == "conj" and head.pos in ("ADJ", "VERB") and steps:
        return adjective_patients(head, steps - 1)
    return []


def noun_patients(noun: Token) -> list[Token]:
    """Return what a noun of fate befell: what stands after its "of", else its possessor."""
    for prep in noun.all("prep"):
        if prep.lower in ("of", "to", "among"):
            objects = prep.all("pobj")
            if objects:
                return objects
    return [token for token in noun.all("poss") if token.lower not in ("its", "their", "our")]


def noun_is_negated(noun: Token) -> bool:
    """Whether a noun phrase says that there is none ("no civilians", "none of the crew")."""
    return noun.lower in _NO or any(child.lower in _NO for child in noun.children if child.i < noun.i)


def _antecedent(token: Token, verb: Token) -> Token:
    """Return the noun that a relative pronoun stands for, or what a label opens ("Police: girl dies").

    Else the token itself.
    """
    colon = token.child("punct")
    if colon is not None and colon.lower == ":" and colon.i > token.i:
        labelled = next((noun for noun in token.all("appos") if noun.i > colon.i), None)
        if labelled is not None and labelled.i < verb.i:
            return labelled
    if token.lower not in _RELATIVE or token.tag not in ("WP", "WDT", "IN", "DT"):
        return token
    clause = verb
    while clause.dep not in ("relcl", "acl") and clause.head is not clause:
        clause = clause.head
    return clause.head if clause.dep in ("relcl", "acl") else token
