"""The clause that a word stands in, and how closely a place or time belongs to an event."""

from dateline.reading.roles import LATER, is_verbal
from dateline.reading.scene import Scene
from dateline.reading.tokens import Token

# How closely a place or time belongs to an event, for choosing between tellings.
OWN, CLAUSE, SENTENCE, PARAGRAPH, REPORT = 5, 4, 3, 2, 1


def clause_of(token: Token) -> Token:
    """Return the verb whose clause a token stands in (the token itself, if it is one)."""
    while (
        not (is_verbal(token) and token.dep not in ("amod", "compound", "aux", "auxpass"))
        and token.head is not token
    ):
        token = token.head
    return token


def behind_event(last: int, head: Token, scene: Scene) -> bool:
    """Whether a place or time is another event's: "stepped up the shelling after the capture of the port on Sunday"."""
    token = scene.parse.tokens[last]
    noun: Token | None = None
    for above in token.ancestors():
        if above is head or above.left <= head.i <= above.right:
            return False
        if above.dep == "prep" and above.lower in LATER and noun is not None:
            return any(
                trigger.pos == "n" and trigger.type != "none"
                for trigger in scene.kit.triggers.starts.get(noun.lower, ())
            )
        noun = above if above.dep == "pobj" else noun
    return False


def inside(first: int, last: int, token: Token) -> bool:
    """Whether tokens `first` to `last` are all of a token's phrase."""
    return token.left <= first and last <= token.right
