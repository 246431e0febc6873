"""Drafts of actor mentions, the codebook's names in the text, and the noun phrases around them."""

import re
from dataclasses import dataclass, field

from dateline.codebook.actors import CIVILIANS, Actor, ActorBook, Name, Noun, word_key
from dateline.reading.mentions import PlaceMention
from dateline.reading.roles import ACCUSING
from dateline.reading.tokens import Parse, Token

LEFT = frozenset(
    ("det", "amod", "compound", "nmod", "poss", "nummod", "quantmod", "predet", "npadvmod", "advmod")
)
NOMINAL = frozenset(("NOUN", "PROPN"))
DATING = frozenset(("in", "since", "until", "till", "during", "late", "early", "mid", "circa"))
_CLOCK = re.compile(
    r"[0-2]?\d[.:][0-5]\d"
)  # the stamp of a live page: "3 Jul 2022 19.09 Government forces …"
BREAKS = frozenset(("-", "–", "—", ":", ";", "|"))  # with a space before them: a headline's joint


@dataclass(slots=True, kw_only=True)
class Mark:
    """A name of the codebook found in the text: token indexes first..last and the token that heads it."""

    first: int
    last: int
    head: Token
    name: Name


@dataclass(slots=True, kw_only=True, eq=False)
class Draft:
    """An actor mention in the making; `owner` is the draft that a possessive or "of" makes it belong to.

    `names` are the keys of a person's name as printed, `word` the head noun's lemma, `roles` the nouns that
    describe a person, `antecedent` the draft that it was resolved by, `body` an institution of some state.
    """

    first: int
    last: int
    head: Token
    kind: str
    sense: str = ""
    word: str = ""
    actor: Actor | None = None
    name: str = ""
    side: str | None = None
    names: tuple[str, ...] = ()
    gender: str = ""
    plural: bool = False
    roles: set[str] = field(default_factory=set)
    pronoun: str = ""
    definite: bool = False
    same: bool = False
    modifier: bool = False
    body: Actor | None = None
    owner: Token | None = None
    antecedent: "Draft | None" = None
    why: str = ""


@dataclass(slots=True, kw_only=True)
class Notes:
    """What is known of a report while its actors are read: marks and places by token, drafts by head.

    `surnames` are those of the persons found so far, `told` the countries that the report names.
    """

    parse: Parse
    book: ActorBook
    marks: list[Mark]
    marked: dict[int, Mark]
    placed: dict[int, PlaceMention]
    drafts: dict[int, Draft] = field(default_factory=dict)
    surnames: set[str] = field(default_factory=set)
    told: frozenset[str] = frozenset()


def find_marks(parse: Parse, book: ActorBook) -> list[Mark]:
    """Find the codebook's names in the text, the longest at each word; hyphens and quotes are no words."""
    keys: list[str] = []
    where: list[Token] = []
    for token in parse.tokens:
        key = word_key(token.text)
        if key:
            keys.append(key)
            where.append(token)
    names = book.names
    marks: list[Mark] = []
    place, size = 0, len(keys)
    while place < size:
        found = names.get(keys[place])
        step = 1
        if found is not None:
            for name in found:
                words = name.words
                count = len(words)
                if (count == 1 or tuple(keys[place : place + count]) == words) and _printed(
                    name, where[place : place + count]
                ):
                    tokens = where[place : place + count]
                    marks.append(Mark(first=tokens[0].i, last=tokens[-1].i, head=_head(tokens), name=name))
                    step = count
                    break
        place += step
    return marks


def _printed(name: Name, tokens: list[Token]) -> bool:
    if tokens[0].sent != tokens[-1].sent:
        return False
    if not name.printed(tokens):
        return False
    last = tokens[-1]
    if (
        name.words[0] == "the"
        and last.dep == "compound"
        and last.head.pos == "PROPN"
        and last.head.i > last.i
    ):
        return False  # "the National University" is not "The National"
    if name.case == "title":
        first = tokens[0]
        # One word may be a common word too: the parser must take it for a name.
        return (
            len(tokens) > 1
            or first.pos in ("PROPN", "ADJ")
            or (first.pos == "NOUN" and first.true[:1].isupper())
        )
    return True


def _head(tokens: list[Token]) -> Token:
    inside = {token.i for token in tokens}
    outer = [token for token in tokens if token.head.i not in inside or token.is_root]
    nominal = [token for token in outer if token.pos in NOMINAL or token.pos == "ADJ"]
    return (nominal or outer or tokens)[-1]


def phrase(head: Token, notes: Notes, prepositions: frozenset[str]) -> tuple[int, int]:
    """Return the first and last token of a head's noun phrase, with the "of" phrases that belong to it."""
    first = head.i
    for child in head.children:
        if child.i < first and child.dep in LEFT and not (child.dep == "advmod" and child.i < head.i - 3):
            first = min(first, child.left)
    mark = notes.marked.get(head.i)
    if mark is not None:
        first = min(first, mark.first)
    tokens = notes.parse.tokens
    for place in range(first, head.i):
        if _is_year(tokens, place) or _CLOCK.fullmatch(tokens[place].text):
            first = place + 1
            break
    while first < head.i and tokens[first].pos in ("PUNCT", "CCONJ", "SPACE"):
        first += 1
    for place in range(head.i - 1, first, -1):
        if tokens[place].text in BREAKS and tokens[place].start > tokens[place - 1].end:
            first = place + 1
            break
    return first, right_edge(head, notes, prepositions, 0)


def _is_year(tokens: tuple[Token, ...], place: int) -> bool:
    """Say whether a number is the year of "In 1944 German troops", not a count of people."""
    number = tokens[place].text
    if not (len(number) == 4 and number.isdigit() and "1000" <= number < "2100") or place == 0:
        return False
    return tokens[place - 1].lower in DATING


def right_edge(head: Token, notes: Notes, prepositions: frozenset[str], depth: int) -> int:
    """Return the last token of a head's noun phrase: its own, or that of an attached "of" phrase."""
    mark = notes.marked.get(head.i)
    last = max(head.i, mark.last) if mark is not None else head.i
    for child in head.children:
        if (
            child.i > head.i
            and child.dep == "prep"
            and child.lower in prepositions
            and child.i <= last + 1
            and depth < 4
            and not (head.dep == "dobj" and head.head.lemma in ACCUSING)  # "accused the rebels of a strike"
        ):
            inner = child.child("pobj")
            if inner is not None:
                last = max(last, right_edge(inner, notes, prepositions, depth + 1))
    return last


def noun_of(token: Token, book: ActorBook) -> Noun | None:
    """Return the codebook's noun for a token that heads a noun phrase, if the words before it allow that."""
    noun = book.nouns.get(token.lower) or book.nouns.get(token.lemma)
    if noun is None:
        return None
    epithet = token.dep == "amod" and token.lower in book.epithets  # "two occupier missiles"
    if (
        token.pos not in NOMINAL
        and not epithet
        and not (
            token.pos in ("ADJ", "VERB")
            and token.child("det") is not None
            and token.dep in ("nsubj", "nsubjpass", "dobj", "pobj")
        )
    ):
        return None
    if noun.needs or noun.forbids:
        before = [child.lower for child in token.children if child.i < token.i]
        before += [inner.lower for child in token.children if child.i < token.i for inner in child.children]
        if noun.needs and not any(word in noun.needs for word in before):
            return None
        if any(word in noun.forbids for word in before):
            return None
    if token.lower in book.words["bare"] and not any(child.i < token.i for child in token.children):
        return None
    return noun


def marker_side(mark: Mark, tokens: tuple[Token, ...], book: ActorBook) -> str | None:
    """Return the side that a name gives the noun after it; null where it says who made or backs it."""
    side = mark.name.actor.side
    words = book.words
    after = tokens[mark.last + 1 : mark.last + 3]
    if len(after) == 2 and after[0].text in ("-", "‑", "–"):
        verb = after[1].lower
        if verb in words["none"] or verb in words["backed"]:
            return None
    if mark.first >= 2 and tokens[mark.first - 1].text in ("-", "‑", "–"):
        word = tokens[mark.first - 2].lower
        if word in words["against"] or word in words["before"]:
            return None
    return side


def settled_side(kind: str, sense: str, side: str | None) -> str | None:
    """Return the side of a phrase of a kind: civilians are of no state's side."""
    return (
        CIVILIANS
        if kind == "civilians" or (sense in ("civilian", "rescue", "media") and kind != "media")
        else side
    )


def whose_role(role: Token, person: Draft, notes: Notes, place: int) -> None:
    """Note a role that stands beside a person's name; a role in apposition is the same person."""
    noun = noun_of(role, notes.book)
    if noun is None or noun.kind not in ("person", "civilians", "force", "people"):
        return
    person.roles |= {noun.word, noun.sense}
    person.gender = person.gender or noun.gender
    draft = notes.drafts.get(place)
    if draft is not None and draft is not person and not draft.names:
        draft.antecedent = person
        draft.why = "apposition"
        if person.side is None and draft.side != CIVILIANS:
            person.side = draft.side
        person.owner = person.owner or draft.owner
