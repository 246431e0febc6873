"""Say whether what happened still goes on when it is told, by the aspect of the verb that tells it and by its words."""

from dateline.reading.modality import BEING
from dateline.reading.roles import is_verbal
from dateline.reading.tokens import Token

# Verbs of going on, by the event that is their subject or that they govern.
LASTING = frozenset(("continue", "keep", "remain", "persist", "rage"))
# Words that say it of an event noun: "the ongoing siege", "near-constant shelling".
UNENDING = frozenset(
    "ongoing continuing continued continuous constant incessant unceasing relentless persistent unrelenting".split()
)

# Prepositions by which an event stands beside what goes on: "civilians are dying from strikes".
AMID = frozenset(("amid", "amidst", "from", "in", "under"))


def goes_on(head: Token) -> bool:
    """Whether an event is told as going on: "is being destroyed", "fighting rages", "the ongoing siege"."""
    if is_verbal(head):
        return _progressive_passive(head) or _kept_up(head)
    if any(child.lower in UNENDING for child in head.children):
        return True
    verb = head.head
    if head.dep == "pobj" and verb.lower in AMID:
        return _progressive(verb.head)
    return is_verbal(verb) and (
        (head.dep == "nsubj" and (verb.lemma in LASTING or _under_way(verb)))
        or (head.dep == "dobj" and _kept_up(verb))
    )


def _progressive(verb: Token) -> bool:
    """Whether a verb is progressive or what remains so: "are dying", "remain caught"."""
    words = {child.lower for child in verb.children if child.dep in ("aux", "auxpass") and child.i < verb.i}
    dying = verb.tag == "VBG" and bool(words & (BEING | {"was", "were", "be", "been"}))
    words.add(verb.head.lower if verb.dep in ("acomp", "oprd") else "")
    return dying or (verb.tag == "VBN" and bool(words & {"remain", "remains"}))


def _progressive_passive(verb: Token) -> bool:
    """Whether a verb is passive and progressive: "is being shelled", but not "after being shelled"."""
    words = {child.lower for child in verb.children if child.dep in ("auxpass", "aux") and child.i < verb.i}
    return verb.tag == "VBN" and "being" in words and bool(words & (BEING | {"was", "were"}))


def _kept_up(verb: Token) -> bool:
    """Whether a verb of going on governs a verb, or a state that remains: "continue to resist", "remain trapped"."""
    above = verb.head
    if verb.dep in ("xcomp", "acomp", "oprd", "ccomp") and is_verbal(above) and above is not verb:
        return above.lemma in LASTING and above.tag != "VBD"
    return False


def _under_way(verb: Token) -> bool:
    """Whether a noun's verb says that it is under way: "fighting is under way", "the evacuation is ongoing"."""
    if verb.lemma != "be":
        return False
    for child in verb.children:
        if child.lower in ("ongoing", "underway", "afoot"):
            return True
        if child.lower == "under" and any(inner.lower == "way" for inner in child.children):
            return True
    return False
