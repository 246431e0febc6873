"""What auxiliaries, negation, adverbs and adjectives say of an event, gathered into one value."""

from dataclasses import dataclass, field

from dateline.codebook.lexicon import RealisBook
from dateline.model.reading import Certainty, Polarity, Reality
from dateline.reading.roles import is_verbal
from dateline.reading.tokens import Token

FUTURE = frozenset(("will", "'ll", "wo", "shall", "gonna"))


# Forms of "be" that stand for now.
BEING = frozenset(("is", "are", "am", "'re", "'s", "'m", "’re", "’s", "’m"))


POSSIBLE = frozenset(("may", "might", "could", "can", "ca"))


OBLIGED = frozenset(("must", "should", "ought", "need"))


CONDITIONS = frozenset(("if", "unless", "whether", "lest"))


ENDINGS = frozenset(("stop", "end", "cease", "halt", "cessation", "pause"))


NEITHER = frozenset(("no", "neither"))
NOBODY = frozenset(("nobody", "nothing", "neither", "none"))


UNREAL_PREPOSITIONS = frozenset(("without", "against"))


REALITIES: dict[str, Reality] = {
    "intend": "intended", "threaten": "threatened", "fear": "hypothetical", "hypothetical": "hypothetical",
    "future": "hypothetical", "prevent": "hypothetical", "attempt": "intended",
}  # fmt: skip


@dataclass(slots=True)
class Modality:
    """What was gathered on the way up: reality, polarity, certainty, the hedge words, and whether a word says that it was
    kept from happening ("foiled", "delayed").
    """

    reality: Reality = "happened"
    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    hedges: list[Token] = field(default_factory=list)
    prevented: bool = False

    def unreal(self, reality: Reality) -> None:
        """Set a reality other than happened, unless one was set nearer to the event."""
        if self.reality in ("happened", "ongoing"):
            self.reality = reality

    def hedge(self, token: Token) -> None:
        """Keep a hedge word and lower the certainty."""
        if token not in self.hedges:
            self.hedges.append(token)
        if self.certainty == "certain":
            self.certainty = "hedged"

    def negate(self) -> None:
        """Turn the polarity round."""
        self.polarity = "negative" if self.polarity == "positive" else "positive"

    def apply(self, kind: str, token: Token) -> None:
        """Take up the class of a realis word."""
        if kind == "hedge":
            self.hedge(token)
        elif kind == "negate":
            self.negate()
        elif kind == "deny":
            self.polarity, self.certainty = "negative", "disputed"
        elif kind == "doubt":
            self.certainty = "disputed"
        elif kind == "prevent":
            self.unreal("hypothetical")
            self.polarity, self.prevented = "negative", True
        elif kind in REALITIES:
            self.unreal(REALITIES[kind])


def is_infinitive(token: Token) -> bool:
    """Whether a verb is a to-infinitive."""
    return any(child.dep == "aux" and child.lower == "to" for child in token.children)


def marks(token: Token, found: Modality, book: RealisBook, below: Token | None = None) -> bool:
    """Take up a verb's auxiliaries, negation and adverbs; return whether a condition governs it.

    `below` is the argument that was climbed from, whose own "no" is taken up already.
    """
    conditional = False
    # "The blast caused no deaths": there was a blast.
    caused = below is not None and below.dep == "nsubj"
    arguments = ("nsubj", "nsubjpass") if caused else ("nsubj", "nsubjpass", "dobj")
    perfect = any(child.dep == "aux" and child.lower in ("have", "has", "had") for child in token.children)
    for child in token.children:
        word = child.lower
        if child.dep == "aux":
            _auxiliary(word, child, perfect, found)
        elif child.dep == "neg":
            found.negate()
        elif child.dep == "mark" and word in CONDITIONS:
            conditional = True
        elif child.dep in ("advmod", "npadvmod") or (child.dep == "acomp" and word in book.words):
            kind = book.words.get(word)
            if word in ("almost", "nearly") and child.i < token.i:
                found.negate()
            elif kind is not None and kind not in ("approx", "negate"):
                found.apply(kind, child)
            elif (
                word == "longer" and any(inner.lower == "no" for inner in child.children)
            ) or word == "never":
                found.negate()
        elif (
            child is not below
            and child.dep in arguments
            and (
                child.lower in NOBODY
                or any(inner.dep in ("det", "neg") and inner.lower in NEITHER for inner in child.children)
            )
        ):
            found.negate()
    if token.tag == "VBG" and any(
        child.dep == "aux" and (child.lemma == "be" or child.lower in BEING) for child in token.children
    ):
        if found.reality == "happened":
            found.reality = "ongoing"
        going = token.lemma == "go" and token.child("xcomp") is not None  # not "fighting is going on"
        if going and any(child.lower in BEING for child in token.children):
            found.unreal("intended")
    return conditional


def _auxiliary(word: str, token: Token, perfect: bool, found: Modality) -> None:
    if word in FUTURE:
        found.unreal("hypothetical")
    elif word == "would":
        found.unreal("hypothetical")
        if perfect:
            found.negate()  # "would have attacked"
    elif word in POSSIBLE:
        found.hedge(token)
        if not perfect or word == "can":
            found.unreal("hypothetical")
    elif word in OBLIGED:
        if perfect:
            found.hedge(token)
        else:
            found.unreal("intended")


def around_noun(token: Token, found: Modality, book: RealisBook) -> None:
    """Take up the adjectives and determiners of an event noun."""
    if is_verbal(token):
        return
    for child in token.children:
        if child.dep in ("amod", "nmod", "compound", "det", "neg", "advmod"):
            kind = book.words.get(child.lower)
            if kind is not None and kind not in ("approx", "begin"):
                if child.lower == "further" and found.reality != "happened":
                    continue
                if kind == "future" and child.lower == "further":
                    continue
                found.apply(kind, child)


def is_past(token: Token) -> bool:
    """Say whether a verb is in the past or the perfect, by its tag or its auxiliaries."""
    return token.tag == "VBD" or any(
        child.dep in ("aux", "auxpass") and child.lower in ("had", "has", "have", "was", "were")
        for child in token.children
    )


def is_unreal(verb: Token) -> bool:
    """Whether a verb tells of what is to come or what could be: "will be swapped", "could die"; not "may have died"."""
    words = {child.lower for child in verb.children if child.dep == "aux"}
    return bool(words & (FUTURE | POSSIBLE | {"would"})) and not words & {"have", "'ve", "’ve"}


def is_present_or_past(token: Token) -> bool:
    """Say whether a verb is finite and no modal goes before it: told of as so by now."""
    modal = any(child.dep == "aux" and child.tag == "MD" for child in token.children)
    return not modal and (is_past(token) or token.tag in ("VBZ", "VBP"))


def definite(token: Token) -> bool:
    """Whether a noun phrase, or the one a preposition brings, is definite: known before, whatever its verb says."""
    noun = token.child("pobj", "pcomp") if token.dep in ("prep", "agent") else token
    if noun is None or is_verbal(noun):
        return noun is None
    return any(
        child.dep in ("det", "poss") and child.lower not in ("a", "an", "any", "no", "some")
        for child in noun.children
    )


def is_to_end(token: Token, above: Token) -> bool:
    """Whether what is planned or demanded is the end of the event: "a call for the shelling to stop"."""
    for verb in (*token.children, *token.head.children, *above.children):
        if is_verbal(verb) and verb.lemma in ENDINGS and verb.i > token.i:
            # "for the shelling to stop", but not "surrender to end the shelling".
            return verb.child("dobj") is None
    return any(inner.lemma in ENDINGS for inner in token.ancestors() if inner.i > above.i)
