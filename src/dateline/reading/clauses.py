"""The clause that a word stands in, and how closely a place or time belongs to an event."""

from dateline.reading.roles import is_verbal
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


def inside(first: int, last: int, token: Token) -> bool:
    """Whether tokens `first` to `last` are all of a token's phrase."""
    return token.left <= first and last <= token.right
