"""Find the noun phrase that a report cue gives as its source, and resolve it to an actor."""

from dataclasses import dataclass

from dateline.codebook.cues import CueBook
from dateline.model.reading import SourceKind
from dateline.model.values import Filler
from dateline.reading.mentions import ActorMention
from dateline.reading.tokens import Parse, Token

_RELATIVE = frozenset(("who", "which", "that", "whom"))
_PERSONAL = frozenset(("he", "she", "it", "they", "we", "i", "you"))
_PARTICLES = frozenset(("von", "van", "der", "de", "del", "al", "el", "bin", "ibn", "da", "di", "la", "al-"))
_ADDRESSING = frozenset(("tell", "inform", "ask", "remind", "assure", "brief", "notify"))
_NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "ADP", "DET", "PART"))
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


def _place(token: Token) -> int:
    return token.i


def subject_of(verb: Token) -> Token | None:
    """Return the head of a verb's subject, through conjuncts, participles and relatives."""
    token = verb
    for _ in range(6):
        owns = token.all("nsubj", "csubj") if token is verb else token.all("nsubj", "nsubjpass")
        if owns:
            # "A fire cut the line, the company said": of two that the parser hangs on a verb the nearer is its own.
            return _antecedent(
                max((own for own in owns if own.i < token.i), default=owns[0], key=_place), token
            )
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


def source_of(verb: Token, first: int, parse: Parse, speakers: "Speakers") -> Token | None:
    """Return the source of an active cue whose words begin at token first: its subject, seen or not."""
    inverted = _inverted(verb, parse, speakers)
    if inverted is not None:
        return inverted
    if (
        verb.dep == "conj"
        and verb.child("nsubj") is None
        and (trapped := _trapped(verb, first, parse)) is not None
    ):
        return trapped
    source = subject_of(verb)
    if source is not None or (verb.tag not in ("VBD", "VBZ", "VBP") and verb.i == first):
        return source
    return _trapped(verb, first, parse)


def _inverted(verb: Token, parse: Parse, speakers: "Speakers") -> Token | None:
    """Return the subject of "…, said Jane Doe", which the parser may read as something else."""
    tokens = parse.tokens
    if verb.tag not in ("VBD", "VBZ") or verb.i + 1 >= len(tokens) or verb.i == 0:
        return None
    if (
        tokens[verb.i - 1].lower not in (",", "”", '"', "’", "'", "''")
        or tokens[verb.i - 1].sent != verb.sent
    ):
        return None
    own = verb.child("nsubj")
    told = tokens[verb.i + 1].dep in ("dobj", "dative") or (own is not None and own.i < verb.i)
    if verb.lemma in _ADDRESSING and told:
        return None  # "Jane Doe, the deputy mayor, told Reuters": what follows was told
    if own is not None and own.i > verb.i and own.pos in ("NOUN", "PROPN", "PRON") and own.left == verb.i + 1:
        return own
    token = tokens[verb.i + 1]
    if token.sent != verb.sent or token.pos not in ("PROPN", "NOUN", "DET", "ADJ"):
        return None
    while token.dep in ("compound", "det", "amod", "poss", "nmod") and token.i < token.head.i <= token.i + 5:
        if any(part.pos == "PUNCT" for part in tokens[token.i : token.head.i]):
            break
        token = token.head
    if token.pos in ("PROPN", "NOUN") and token.head is not verb and token.dep in ("nsubj", "nsubjpass"):
        return None
    return token if token.pos in ("PROPN", "NOUN") and speakers.is_person_or_group(token) else None


def _trapped(verb: Token, first: int, parse: Parse) -> Token | None:
    """Return the noun phrase right before a cue without subject, hung as apposition on what precedes it."""
    tokens = parse.tokens
    start = parse.sentences[verb.sent].first
    end = first - 1
    if end > start and tokens[end].lower == ",":
        end -= 1
    # "… retook the town, Jane Doe, the governor, told reporters": no "and" joins the verb to what went before.
    joined = verb.dep == "conj" and tokens[first - 1].lower != ","
    if end <= start or joined or verb.dep in ("xcomp", "advcl", "acl", "relcl", "pcomp"):
        return None
    found: Token | None = None
    token = tokens[end]
    while token.i >= start and token.head is not token and token.head is not verb:
        noun = token.pos in ("NOUN", "PROPN", "PRON") and token.dep in ("appos", "conj", "dep", "npadvmod")
        if (
            noun
            and token.right in (end, end + 1)
            and token.left > start
            and tokens[token.left - 1].pos == "PUNCT"
        ):
            found = token
        token = token.head
    return found


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

    def speaker(self, head: Token, *, alone: bool = False, within: tuple[int, int] | None = None) -> Speaker:
        """Return the source that a noun phrase stands for.

        `alone` leaves out what follows its head; `within` are the tokens that it cannot go beyond.
        """
        named = self._name_in_apposition(head)
        first, last = self.bounds(named)
        if alone:
            last = min(last, named.i)
        if within is not None:
            first, last = max(first, within[0]), min(last, within[1])
            if all(token.pos in _NOMINAL for token in self._parse.tokens[within[0] : within[1] + 1]):
                first, last = within
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
        """Return a noun phrase's first and last token, without relative clauses and comma appositions."""
        first = last = head.i
        tokens = self._parse.tokens
        for child in head.children:
            if child.i < head.i and child.dep in _INSIDE and child.dep not in ("cc", "prep"):
                first = min(first, child.left)
        for child in sorted(head.children, key=lambda token: token.i):
            if child.i < head.i:
                continue
            # "minister Jane Doe a war would …": a noun with an article is no title, the parser only found no
            # verb.
            apposed = child.dep == "appos" and child.left == last + 1 and tokens[child.left].pos != "DET"
            if not apposed and (child.dep not in _INSIDE or child.pos == "VERB"):
                if child.dep == "punct" and child.lower not in (",", "-", "–", "—", ":", "("):
                    continue
                break
            if child.dep == "prep" and child.child("pcomp") is not None:
                # "accused by residents of shelling": no part of a name.
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
            aged = child.child("appos", "nummod")
            # "His mother, Olha, 71, said": who has an age is a person, whatever the tagger takes the name for.
            person = child.ent not in ("DATE", "GPE", "LOC") or (aged is not None and aged.pos == "NUM")
            if child.dep == "appos" and child.pos == "PROPN" and person:
                return child
        return self._name_behind(head) or head

    def _name_behind(self, head: Token) -> Token | None:
        """Return Jane Doe in "a spokesman for the rebels, Jane Doe, said", hung on the nearer noun."""
        tokens = self._parse.tokens
        if self._cues.nouns.get(head.lower) != "unnamed" and self.actor_at(head) is None:
            return None
        at = self.bounds(head)[1] + 1
        if at + 1 >= len(tokens) or tokens[at].lower != "," or tokens[at + 1].sent != head.sent:
            return None
        first = last = at + 1
        while last < len(tokens) and (
            tokens[last].pos == "PROPN" or (last > first and tokens[last].lower in _PARTICLES)
        ):
            last += 1
        last -= 1
        if last < first or tokens[last].ent in ("GPE", "LOC", "DATE") or tokens[first].tag == "NNPS":
            return None
        closed = last + 1 >= len(tokens) or tokens[last + 1].pos in ("PUNCT", "VERB", "AUX")
        return tokens[last] if closed and tokens[last].pos == "PROPN" else None

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
