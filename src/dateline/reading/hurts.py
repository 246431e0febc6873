"""Read who is hurt by what struck them, by their wounds, or by where they were brought."""

from collections.abc import Iterator

from dateline.codebook.quantities import Fate
from dateline.reading.counting import Count, Counts
from dateline.reading.patients import Told, adjective_patients, noun_patients, subjects_of, verb_patients
from dateline.reading.tokens import Token

_FATAL = frozenset({"fatal", "deadly", "lethal", "mortal"})
_MEDICAL = frozenset({"medical", "trauma", "health", "healthcare", "care", "burn", "emergency"})
_INTO = frozenset({"in", "on", "through", "across"})
_STEPS = 6  # verbs between "struck" and the shot that is told to have struck
_WOUNDED = Fate(what="wounded", lemma="wounded", way="verb")
_KILLED = Fate(what="killed", lemma="killed", way="verb")


def hurts(counts: Counts) -> Iterator[tuple[Told, Count]]:
    """Yield "12 people suffered burns", "struck in the chest", "the shooting of a boy", "taken to hospital"."""
    for token in counts.tokens:
        fate = _KILLED if _is_fatal_shooting(token) else _WOUNDED
        for head in _hurt(token, counts):
            if (count := counts.count(head, True)) is not None:
                yield Told(token, fate, token.i), count


def _is_fatal_shooting(token: Token) -> bool:
    return token.lower == "shooting" and any(child.lower in _FATAL for child in token.all("amod"))


def _hurt(token: Token, counts: Counts) -> list[Token]:
    book, word = counts.book, token.lower
    if word in book.suffering and token.pos == "VERB":
        causes = [
            *token.all("dobj", "obj"),
            *(noun for prep in token.all("prep") for noun in prep.all("pobj")),
        ]
        return subjects_of(token) if any(noun.lower in book.suffered for noun in causes) else []
    if word in book.struck and token.pos == "VERB":
        return _struck(token, counts)
    if word in book.suffered and token.dep == "pobj" and token.head.lower == "with":
        holder = token.head.head
        if holder.pos == "VERB":
            return verb_patients(holder) or subjects_of(holder)
        return adjective_patients(token.head) or [holder]
    if word == "shooting" and token.pos == "NOUN":
        return [head for head in noun_patients(token) if head.dep == "pobj" and head.head.lower == "of"]
    if word in book.hospitals and token.dep == "pobj":
        return _brought(token, counts)
    if word != "condition" or token.dep != "pobj" or token.head.lower != "in":
        return []
    if not any(child.lower in book.conditions for child in token.children):
        return []
    verb = token.head.head
    return subjects_of(verb) if verb.pos in ("AUX", "VERB") else [verb]


def _struck(verb: Token, counts: Counts) -> list[Token]:
    """Return whom a blow struck: by a bullet, in a part of the body, or by what is fired in the same breath."""
    book = counts.book
    inner = [(prep, noun) for prep in verb.all("agent", "prep") for noun in prep.all("pobj")]
    by_shot = any(noun.lower in book.striking for _, noun in inner)
    objects = [noun for head in verb.all("dobj", "obj") for noun in head.all("prep")]
    inside = [*inner, *((prep, noun) for prep in objects for noun in prep.all("pobj"))]
    in_body = any(prep.lower in _INTO and noun.lower in book.body_parts for prep, noun in inside)
    shot = any(subject.lower in book.striking or subject.lower in book.guns for subject in subjects_of(verb))
    if not (by_shot or in_body or shot or _is_fired(verb, counts) or _is_hit(verb)):
        return []
    return verb_patients(verb) if verb.child("dobj", "obj", "nsubjpass") or by_shot or in_body else []


def _is_hit(verb: Token) -> bool:
    """Whether somebody "was hit" with no other cause told than the event's: no "by the crisis", "with fines"."""
    subject = verb.child("nsubjpass")
    if verb.lower != "hit" or verb.child("agent") is not None or subject is None or subject.pos == "PROPN":
        return False
    others = {child.lower for child in verb.children}
    return not others & {"with", "by", "hard", "hardest", "badly", "financially", "if", "when"}


def _is_fired(verb: Token, counts: Counts) -> bool:
    """Whether a verb goes with one of firing: "opened fire, hitting five", "fired and struck a boy"."""
    above = verb
    for _ in range(_STEPS):
        if above.dep not in ("advcl", "conj", "xcomp", "acl", "relcl") or above.head is above:
            return False
        above = above.head
        fires = above.lower in counts.book.firing or any(
            child.lower in counts.book.firing for child in above.all("dobj", "obj")
        )
        if fires:
            return True
    return False


def _brought(hospital: Token, counts: Counts) -> list[Token]:
    """Return who was brought to a hospital, unless the same words tell that they died there."""
    prep, book = hospital.head, counts.book
    if prep.dep not in ("prep", "dative") or prep.lower not in ("to", "in", "at"):
        return []
    if hospital.lower.startswith("cent") and not any(child.lower in _MEDICAL for child in hospital.children):
        return []
    verb = prep.head
    if verb.pos == "NOUN" and verb.dep in ("dobj", "conj") and prep.lower == "to":
        while verb.dep == "conj" and verb.head is not verb:
            verb = verb.head
        verb = verb.head  # "sent a boy and a girl to the hospital"
    if prep.lower == "to" and verb.lower not in book.conveying:
        return []
    if prep.lower != "to" and verb.lower not in book.lying:
        return []
    if any(child.lower in ("dead", "deceased", "body", "bodies") for child in verb.children):
        return []
    if prep.lower == "to" and verb.child("nsubjpass", "dobj", "obj") is None and verb.dep != "conj":
        return [] if verb.child("nsubj") is not None or verb.tag != "VBN" else verb_patients(verb)
    return verb_patients(verb) if prep.lower == "to" else subjects_of(verb)
