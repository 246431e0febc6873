"""Drafts from names of the codebook, from nouns that describe actors, and from pronouns."""

from itertools import chain, islice

from dateline.codebook.actors import CIVILIANS, Noun
from dateline.reading.actor_drafts import (
    Draft,
    Mark,
    Notes,
    marker_side,
    noun_of,
    phrase,
    right_edge,
)
from dateline.reading.tokens import Token

CLAUSE = 6  # steps up the parse from a relative pronoun to its clause
OF = frozenset(("of",))
OFFICE = frozenset(("of", "for", "to", "in", "from"))
BODY = frozenset(("of", "for", "in"))
OFFICIALS = frozenset(("official", "leader", "commander", "spokesperson", "expert", "witness"))
BODIES = frozenset(("institution", "police", "state"))
AFTER = frozenset(("of", "in", "from", "for", "at", "to"))


def mark_drafts(notes: Notes) -> None:
    """Add a draft for each name of the codebook that stands for an actor where it stands."""
    for mark in notes.marks:
        head, name = mark.head, mark.name
        if name.use == "institution":
            _institution(mark, notes)
        elif name.use in ("country", "seat"):
            if not _locative(mark, notes):
                notes.drafts[head.i] = _named(mark, "country" if name.use == "country" else "government")
        elif name.use == "demonym":
            notes.drafts[head.i] = _demonym(mark)
        else:
            draft = _named(mark, name.actor.kind)
            draft.modifier = head.dep in ("compound", "amod", "nmod", "poss") and name.actor.kind != "person"
            notes.drafts[head.i] = draft


def _named(mark: Mark, kind: str) -> Draft:
    actor = mark.name.actor
    sense = {"country": "state", "government": "state", "organization": "institution", "force": "force"}.get(
        kind, ""
    )
    return Draft(
        first=mark.first, last=mark.last, head=mark.head, kind=kind, sense=sense, actor=actor,
        name=actor.name, side=actor.side, gender=actor.gender,
        plural=kind == "force" and mark.head.tag.endswith("S"),
        modifier=mark.head.dep in ("compound", "amod", "nmod", "poss") and kind != "person",
        names=mark.name.words if kind == "person" else (), word=mark.head.lemma,
    )  # fmt: skip


def _demonym(mark: Mark) -> Draft:
    head = mark.head
    noun = head.dep not in ("amod", "compound", "nmod") and (
        head.pos in ("NOUN", "PROPN") or head.child("det") is not None
    )
    draft = _named(mark, "people" if noun else "country")
    draft.sense = "people" if noun else "state"
    draft.modifier = not noun
    draft.plural = noun and (head.lower.endswith("s") or head.tag.endswith("S"))
    if noun:
        draft.first = min(
            [mark.first]
            + [
                child.left
                for child in head.children
                if child.i < head.i and child.dep in ("det", "amod", "nummod")
            ]
        )
    return draft


def _institution(mark: Mark, notes: Notes) -> None:
    head, actor = mark.head, mark.name.actor
    first, last = phrase(head, notes, BODY)
    draft = Draft(
        first=min(first, mark.first), last=max(last, mark.last), head=head, kind=actor.kind, body=actor,
        sense="force" if actor.kind == "force" else "institution", word=head.lemma,
        plural=head.tag.endswith("S"),
    )  # fmt: skip
    _article(draft, notes)
    whose(draft, notes)
    notes.drafts[head.i] = draft


def _locative(mark: Mark, notes: Notes) -> bool:
    """Say whether a country or capital stands for a place: after "in", or as the places step found."""
    head = mark.head
    place = notes.placed.get(head.i)
    locative = place is not None and place.use == "locative"
    if head.dep == "pobj":
        prep, above = head.head.lower, head.head.head
        if prep in notes.book.words["locative"]:
            return True
        if above.lower == "according":
            return False
        if prep in ("from", "to", "on"):
            return locative or (mark.name.use == "seat" and above.pos in ("VERB", "AUX"))
        return locative and prep != "by"
    return locative and head.dep not in ("nsubj", "nsubjpass", "poss", "agent")


def noun_drafts(notes: Notes) -> None:
    """Add a draft for each noun of the codebook that heads a noun phrase, where no name stands already."""
    for token in notes.parse.tokens:
        if (
            token.i in notes.drafts
            or token.pos not in ("NOUN", "PROPN", "ADJ", "VERB")
            or token.i in notes.marked
        ):
            continue
        noun = noun_of(token, notes.book)
        if noun is None:
            continue
        if token.dep in ("compound", "amod", "nmod"):
            if (
                noun.sense in ("rebel", "state", "police")
                or token.lower in notes.book.epithets
                or token.lower == "army"
            ):
                notes.drafts[token.i] = _modifier(token, noun, notes)
            continue
        official = noun.sense in OFFICIALS
        first, last = phrase(token, notes, OFFICE if official else BODY if noun.sense in BODIES else OF)
        draft = Draft(
            first=first, last=last, head=token, kind=noun.kind, sense=noun.sense, word=noun.word,
            gender=noun.gender, plural=noun.plural or token.tag.endswith("S"),
        )  # fmt: skip
        _article(draft, notes)
        _soften(draft, notes)
        whose(draft, notes)
        notes.drafts[token.i] = draft


def _modifier(token: Token, noun: Noun, notes: Notes) -> Draft:
    """Make a draft of a noun before a noun, which tells whose it is: "enemy positions", "rebel fighters"."""
    return Draft(
        first=token.i, last=token.i, head=token, kind=noun.kind, sense=noun.sense, word=noun.word,
        plural=True,
        modifier=True,
        owner=token.head if token.head.i in notes.marked else None,
    )  # fmt: skip


def _article(draft: Draft, notes: Notes) -> None:
    words = {child.lower for child in draft.head.children if child.i < draft.head.i}
    draft.definite = bool(words & notes.book.words["definite"])
    draft.same = "same" in words


def _soften(draft: Draft, notes: Notes) -> None:
    """Read "armed men" as a force and people told by no more than number or sex as civilians."""
    words = {child.lower for child in draft.head.children if child.i < draft.head.i}
    if draft.sense in ("people", "civilian") and words & notes.book.words["armed"]:
        draft.kind, draft.sense = "force", "rebel"
    elif draft.kind == "people" and draft.word in ("people", "person", "man"):
        draft.side = CIVILIANS
    if draft.kind == "civilians":
        draft.side = CIVILIANS


def whose(draft: Draft, notes: Notes) -> None:
    """Give a draft the side that the words around it tell: "Russian", "of Israel", "in Kabul"."""
    if draft.kind == "civilians" or draft.side == CIVILIANS:
        draft.side = CIVILIANS
        return
    tokens, head = notes.parse.tokens, draft.head
    place = head.i - 1
    while place >= draft.first and draft.side is None:
        mark = notes.marked.get(place)
        if mark is not None and mark.name.use != "institution" and mark.last < head.i:
            draft.side = marker_side(mark, tokens, notes.book)
            place = mark.first
        place -= 1
    if draft.side is None:
        _possessor(draft, notes)
    if draft.side is None:
        _after(draft, notes)
    if draft.side is None and draft.owner is None and not _where(draft, notes, range(draft.first, head.i)):
        draft.owner = next(
            (child for child in head.children if child.i < head.i and _partisan(child, notes)), None
        )


def _possessor(draft: Draft, notes: Notes) -> None:
    owner = draft.head.child("poss")
    if owner is None and draft.body is not None:
        mark = notes.marked.get(draft.head.i)
        for place in range(mark.first, mark.last + 1) if mark else ():
            owner = owner or next(
                (child for child in notes.parse.tokens[place].children if child.dep == "poss"), None
            )
    if owner is not None and owner.i not in notes.marked:
        draft.owner = owner


def _after(draft: Draft, notes: Notes) -> None:
    for prep in draft.head.children:
        if prep.dep != "prep" or prep.i < draft.head.i or prep.lower not in AFTER:
            continue
        inner = prep.child("pobj")
        mark = notes.marked.get(inner.i) if inner is not None else None
        fights = draft.kind == "force" and draft.sense != "police"
        if inner is None or (
            prep.lower != "of" and fights and not (prep.lower == "from" and mark is not None)
        ):
            continue
        if mark is not None and mark.name.use != "institution":
            draft.side = marker_side(mark, notes.parse.tokens, notes.book)
        elif (
            draft.owner is None
            and inner.i not in notes.placed
            and (prep.lower == "of" or (prep.lower in ("to", "for") and draft.sense in OFFICIALS))
        ):
            draft.owner = inner
        if draft.side is None and draft.owner is None:
            _where(draft, notes, range(inner.left, min(inner.right, draft.last) + 1))
        if draft.side is not None or draft.owner is not None:
            return


def _partisan(child: Token, notes: Notes) -> bool:
    """Say whether a noun before a noun names a camp: "rebel", "enemy", "government", "junta"."""
    noun = notes.book.nouns.get(child.lower)
    return (
        noun is not None and child.dep in ("compound", "amod", "nmod")
        and (noun.sense in ("rebel", "state") or child.lower in notes.book.epithets)
    )  # fmt: skip


def _where(draft: Draft, notes: Notes, places: range) -> bool:
    """Give officials, bodies and police the country of the place they are named by."""
    if draft.sense in OFFICIALS or draft.sense in BODIES or draft.body is not None:
        for place in places:
            mention = notes.placed.get(place)
            if mention is not None and mention.place.country is not None:
                draft.side = mention.place.country
    return draft.side is not None


def partitive_drafts(notes: Notes) -> None:
    """Add drafts for heads such as "some of", "a column of": they are of whom their "of" names."""
    words = notes.book.words["partitives"]
    for token in notes.parse.tokens:
        if token.lower not in words:
            continue
        prep = next((child for child in token.children if child.dep == "prep" and child.lower == "of"), None)
        inner = prep.child("pobj") if prep is not None else None
        whole = notes.drafts.get(inner.i) if inner is not None else None
        known = notes.drafts.get(token.i)
        if whole is None or (known is not None and (known.side is not None or known.kind == "civilians")):
            continue
        first, _ = phrase(token, notes, OF)
        last = max(whole.last, right_edge(token, notes, OF, 0))
        draft = Draft(
            first=first, last=last, head=token, kind=whole.kind, sense=whole.sense,
            word=whole.word, side=whole.side, plural=True, owner=whole.head,
        )  # fmt: skip
        notes.drafts[token.i] = draft


def pronoun_drafts(notes: Notes) -> None:
    """Add an open draft for each pronoun that may stand for an actor."""
    pronouns = notes.book.pronouns
    for token in notes.parse.tokens:
        if token.pos not in ("PRON", "DET") and token.tag not in ("PRP", "PRP$", "WP", "WP$"):
            continue
        kind = pronouns.get(token.lower)
        if (
            kind is None
            or (kind == "rel" and not _relative(token))
            or (token.lower == "that" and kind != "rel")
        ):
            continue
        if token.lower == "us" and token.text == "US":
            continue
        draft = Draft(
            first=token.i, last=token.i, head=token, sense="pronoun",
            kind="people" if kind.endswith("p") else "person",
            pronoun=kind, plural=kind.endswith("p"), gender=kind[2:] if kind.startswith("3s") else "",
        )  # fmt: skip
        notes.drafts.setdefault(token.i, draft)


def _relative(token: Token) -> bool:
    if token.dep not in ("nsubj", "nsubjpass", "dobj", "poss", "pobj"):
        return False
    return any(above.dep == "relcl" for above in islice(chain((token,), token.ancestors()), CLAUSE))
