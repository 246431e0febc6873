"""Find the noun phrase that a report cue gives as its source, and resolve it to an actor."""

from dataclasses import dataclass

from dateline.codebook.cues import CueBook
from dateline.model.reading import SourceKind
from dateline.model.values import Filler
from dateline.reading.mentions import ActorMention
from dateline.reading.tokens import Parse, Token

_RELATIVE = frozenset(("who", "which", "that", "whom"))
_PERSONAL = frozenset(("he", "she", "it", "they", "we", "i", "you"))
_INSIDE = frozenset(
    (
        "compound",
        "amod",
        "det",
        "poss",
        "nmod",
        "nummod",
        "case",
        "predet",
        "quantmod",
        "advmod",
        "cc",
        "conj",
        "prep",
    )
)
_KINDS: dict[str, SourceKind] = {
    "person": "named_person", "organization": "named_organization", "government": "named_organization",
    "force": "named_organization", "country": "named_organization", "media": "named_organization",
    "people": "unnamed", "civilians": "unnamed",
}  # fmt: skip
_NOUN_KINDS: dict[str, SourceKind] = {
    "document": "document", "reporter": "reporter", "unnamed": "unnamed", "institution": "named_organization",
    "media": "unnamed",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A source: its head token, the filler it was resolved to, and its kind."""

    head: Token
    filler: Filler
    kind: SourceKind


def subject_of(verb: Token) -> Token | None:
    """Return the head of the noun phrase that does what a verb tells, through conjuncts, participles and relatives."""
    token = verb
    for _ in range(6):
        own = token.child("nsubj", "csubj") if token is verb else token.child("nsubj", "nsubjpass")
        if own is not None:
            return _antecedent(own, token)
        head = token.head
        if head is token:
            return None
        if token.dep in ("acl", "relcl") and head.pos in ("NOUN", "PROPN", "PRON"):
            return head
        if token.dep == "xcomp" and (controller := head.child("dobj", "dative")) is not None:
            return controller
        if token.dep not in ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "dep", "agent"):
            return None
        if token.dep == "ccomp" and token.tag not in ("VBG", "VB"):
            return None
        token = head
    return None


def _antecedent(subject: Token, verb: Token) -> Token:
    if subject.lower in _RELATIVE and verb.dep == "relcl" and verb.head is not verb:
        return verb.head
    return subject


def agent_of(verb: Token) -> Token | None:
    """Return the head of a passive verb's "by" phrase."""
    by = verb.child("agent")
    return by.child("pobj") if by is not None else None


class Speakers:
    """The sources of one report: noun phrases resolved through its actors."""

    def __init__(self, parse: Parse, actors: tuple[ActorMention, ...], cues: CueBook) -> None:
        self._parse = parse
        self._cues = cues
        self._by_head = {actor.head.i: actor for actor in actors}
        self._covering: dict[int, ActorMention] = {}
        for actor in actors:
            for index in range(actor.first, actor.last + 1):
                self._covering.setdefault(index, actor)

    def speaker(self, head: Token) -> Speaker:
        """Return the source that a noun phrase's head stands for."""
        named = self._name_in_apposition(head)
        first, last = self.bounds(named)
        span = self._parse.span(first, last)
        actor = self._by_head.get(named.i) or self._by_head.get(head.i) or self._covering.get(named.i)
        if actor is not None:
            value = actor.filler
            filler = Filler(span=span, name=value.name, side=value.side, id=value.id)
        else:
            filler = Filler(span=span, name=None if named.lower in _PERSONAL else span.quote)
        return Speaker(head=named, filler=filler, kind=self._kind(named, actor))

    def is_person_or_group(self, token: Token) -> bool:
        """Whether a token heads something that can speak: an actor, a name, or a source noun."""
        if token.i in self._by_head or token.lower in self._cues.nouns:
            return True
        return token.ent in ("PERSON", "ORG", "NORP", "GPE") or (token.pos == "PROPN" and token.ent == "")

    def actor_at(self, token: Token) -> ActorMention | None:
        """Return the actor mention that covers a token, if any."""
        return self._by_head.get(token.i) or self._covering.get(token.i)

    def is_medium(self, head: Token) -> bool:
        """Whether a noun phrase names a news medium ("told the BBC")."""
        actor = self.actor_at(head)
        if actor is not None and actor.kind == "media":
            return True
        if head.ent == "PERSON" or head.pos != "PROPN":
            return False
        first, last = self.bounds(head)
        return any(token.text in self._cues.outlets for token in self._parse.tokens[first : last + 1])

    def bounds(self, head: Token) -> tuple[int, int]:
        """Return the first and last token of a noun phrase, without relative clauses and comma appositions."""
        first = last = head.i
        tokens = self._parse.tokens
        for child in head.children:
            if child.i < head.i and child.dep in _INSIDE and child.dep not in ("cc", "prep"):
                first = min(first, child.left)
        for child in sorted(head.children, key=lambda token: token.i):
            if child.i < head.i:
                continue
            # "minister Jane Doe a war would …": a noun with an article is no title, the parser only found no verb.
            apposed = child.dep == "appos" and child.left == last + 1 and tokens[child.left].pos != "DET"
            if not apposed and (child.dep not in _INSIDE or child.pos == "VERB"):
                if child.dep == "punct" and child.lower not in (",", "-", "–", "—", ":", "("):
                    continue
                break
            if child.dep in ("prep", "advmod") and tokens[child.left - 1].lower == ",":
                break
            stop = child.right
            for index in range(child.left, child.right + 1):
                if tokens[index].lower == "," or tokens[index].dep in ("relcl", "acl"):
                    stop = min(stop, tokens[index].left - 1 if tokens[index].lower != "," else index - 1)
                    break
            last = max(last, stop)
            if stop < child.right:
                break
        while first < head.i and tokens[first].pos == "PUNCT":
            first += 1
        return first, last

    def _name_in_apposition(self, head: Token) -> Token:
        """Return the name beside a description ("the governor, Jane Doe, said"), or the head itself."""
        if head.pos == "PROPN" or head.lower in _PERSONAL:
            return head
        for child in head.children:
            if child.dep == "appos" and child.pos == "PROPN" and child.ent not in ("DATE", "GPE", "LOC"):
                return child
        # "a spokesman for the rebels, Jane Doe, said": the parser hangs the name on the nearer noun.
        last = head.right
        while last > head.i and self._parse.tokens[last].pos == "PUNCT":
            last -= 1
        name = self._parse.tokens[last]
        if name.pos == "PROPN" and name.dep == "appos" and name.ent == "PERSON" and name.left > head.i + 1:
            return name if self._parse.tokens[name.left - 1].lower == "," else head
        return head

    def _kind(self, head: Token, actor: ActorMention | None) -> SourceKind:
        noun = self._cues.nouns.get(head.lower)
        # A sentence's first word has a capital anyway, and the tagger takes it for a name.
        opens = self._parse.sentences[head.sent].first == head.i
        if head.pos == "PROPN" and noun != "institution" and not opens:
            noun = None
        if noun == "document" and (actor is None or actor.kind != "person"):
            return "document"
        if actor is not None:
            described = actor.kind == "person" and head.pos == "NOUN" and not actor.pronoun
            return "unnamed" if described else _KINDS[actor.kind]
        if noun is not None:
            return _NOUN_KINDS[noun]
        if head.ent == "PERSON":
            return "named_person"
        if head.pos == "PROPN":
            return "named_organization" if head.ent in ("ORG", "GPE", "NORP") else "named_person"
        return "named_person" if head.lower in ("he", "she") else "unnamed"
