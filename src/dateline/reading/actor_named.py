"""Names of forces and bodies that the codebook lacks, taken whole: "the Sons of the River Brigade"."""

from dateline.codebook.actors import demonym_side, word_key
from dateline.reading.actor_drafts import Draft, Notes
from dateline.reading.actor_phrases import whose
from dateline.reading.tokens import Token

LONGEST = 7  # words before the one that tells what is named
JOINING = frozenset(("of", "for", "the", "'s", "'", "-", "al"))


def named_drafts(notes: Notes) -> None:
    """Make one mention of each capitalised name that ends or begins like a force's or a movement's."""
    words, tokens = notes.book.words, notes.parse.tokens
    kinds = {**dict.fromkeys(words["bodies"], "organization"), **dict.fromkeys(words["forces"], "force")}
    for token in tokens:
        kind = kinds.get(token.lower)
        if kind is None or not _capital(token) or token.i in notes.marked:
            continue
        first, last = _start(token, notes), _stop(token, notes)
        if _is_name(first, last, token, notes):
            _whole(first, last, token, kind, notes)


def _capital(token: Token) -> bool:
    return token.true[:1].isupper() and token.text[:1].isupper()


def _start(end: Token, notes: Notes) -> int:
    """Return the first token of the capitalised words that lead up to the word that tells what is named."""
    tokens = notes.parse.tokens
    place = first = end.i
    while place > 0 and end.i - place < LONGEST:
        before = tokens[place - 1]
        person = notes.drafts.get(before.i)
        if before.sent != end.sent or (person is not None and person.kind == "person"):
            break
        leads = tokens[max(place - 2, 0)].lower in ("of", "for")
        if _worded(before):
            first = before.i
        elif before.lower not in JOINING or before.text[0].isupper() or (before.lower == "the" and not leads):
            break
        place -= 1
    return first


def _stop(end: Token, notes: Notes) -> int:
    """Return the last token of the "for the ..." that a movement's name goes on with."""
    tokens = notes.parse.tokens
    last, place = end.i, end.i + 1
    if place == len(tokens) or tokens[place].lower != "for":
        return last
    while place < len(tokens) and place - end.i <= LONGEST and tokens[place].sent == end.sent:
        if _worded(tokens[place]):
            last = place
        elif tokens[place].lower not in ("for", "the", "of", "and"):
            break
        place += 1
    return last


def _worded(token: Token) -> bool:
    return _capital(token) and token.pos in ("PROPN", "ADJ", "NOUN") and token.lower not in JOINING


def _is_name(first: int, last: int, end: Token, notes: Notes) -> bool:
    """Say whether some word is a name of its own, and the sentence is not printed in capitals throughout."""
    tokens, book = notes.parse.tokens, notes.book
    own = [
        token
        for token in tokens[first : last + 1]
        if token is not end and _capital(token) and token.lower not in JOINING
        and demonym_side(book, token) is None and word_key(token.text) not in book.words["titles"]
        and token.i not in notes.placed
    ]  # fmt: skip
    if not own:
        return False
    sentence = notes.parse.tokens_of(notes.parse.sentence_of(end))
    return any(token.true.islower() and len(token.text) > 2 for token in sentence)


def _whole(first: int, last: int, end: Token, kind: str, notes: Notes) -> None:
    tokens = notes.parse.tokens
    inside = range(first, last + 1)
    head = end
    while head.head is not head and head.head.i in inside:
        head = head.head
    _forget_parts(first, last, notes)
    found = notes.drafts.get(head.i)
    if found is not None and (found.actor is not None or found.names):
        return
    if found is None or found.pronoun:
        found = Draft(first=first, last=last, head=head, kind=kind, sense="force" if kind == "force" else "institution",
                      word=end.lemma)  # fmt: skip
        whose(found, notes)
        notes.drafts[head.i] = found
    found.kind = kind
    found.modifier = head.dep in ("compound", "amod", "nmod", "poss")
    found.first, found.last = min(first, found.first), max(last, found.last)
    found.name = notes.parse.span(first, last).quote
    if any(tokens[place].lower in notes.book.words["rebellious"] for place in inside):
        # A liberation front is not of the state that its name speaks of.
        found.side, found.owner = None, None
    for place in inside:
        other = notes.drafts.get(place)
        if other is not None and other is not found and other.first >= first and other.last <= last:
            del notes.drafts[place]


def _forget_parts(first: int, last: int, notes: Notes) -> None:
    """Drop names of others that are but words of this name: no newspaper stands in "The National Council"."""
    for place in range(first, last + 1):
        mark = notes.marked.get(place)
        if mark is None or mark.name.use != "name" or mark.name.actor.kind not in ("media", "person"):
            continue
        for inner in range(mark.first, mark.last + 1):
            notes.marked.pop(inner, None)
            draft = notes.drafts.get(inner)
            if draft is not None and draft.actor is mark.name.actor:
                del notes.drafts[inner]
        for inner in range(first, last + 1):
            draft = notes.drafts.get(inner)
            if draft is not None and draft.side == mark.name.actor.side:
                draft.side = None
