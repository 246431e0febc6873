"""Tell what a word that governs an event does to it: its class in the codebook, and whether it takes the event for known.

Factive and definite arguments keep their truth whatever stands above them (Kiparsky and Kiparsky 1970; Karttunen 1973,
"holes, plugs and filters"): who vows to punish somebody over killings takes the killings for a fact.
"""

from dateline.codebook.lexicon import RealisBook
from dateline.reading.modality import definite
from dateline.reading.roles import DO_VERBS, SUFFER_VERBS, is_verbal
from dateline.reading.tokens import Token

# Prepositions that look back on what they bring.
BACKWARD = frozenset("after following over amid amidst despite during due because since".split())
# Verbs whose "for" brings what was done.
RESPONSES = frozenset(
    (
        "punish retaliate avenge revenge sanction condemn blame thank praise compensate apologise apologize prosecute "
        "charge jail imprison arrest sentence convict mourn fine penalise penalize reward decorate denounce criticise "
        "criticize forgive try"
    ).split()
)
# Nouns that stand for the event they are "of" and pass its modality on.
TRANSPARENT = frozenset(
    (
        "series wave spate campaign round number string type kind form part lot dozen hundred couple "
        "start beginning package resumption continuation escalation intensification increase rise pair barrage "
        "act pace intensity tempo scale frequency flow influx inflow stream surge tide"
    ).split()
)
GOVERNED = frozenset("for of to about against on with".split())
IN_CASE = frozenset(("case", "event"))  # "in case of an attack", but not "nineteen cases of torture"
AIMS = frozenset("aim goal purpose objective intention motive target".split())
# What is talked about before there is any of it: "talks on a prisoner swap".
TALKS = frozenset(
    "talk negotiation discussion consultation agreement deal accord proposal offer issue".split()
)
AGREED = frozenset("exchange swap evacuation withdrawal release surrender pullout pullback handover".split())
EVIDENCE = frozenset("evidence proof sign indication trace confirmation record".split())
FEARS = frozenset(("fear", "threaten", "hypothetical"))
_WEIGHING = frozenset(("consider", "weigh"))
_TRUE = frozenset("true correct accurate".split())
_LEFT_OUT = frozenset(("approx", "begin"))


def kind_of(above: Token, link: str, book: RealisBook) -> str | None:
    """Return the class of a governing word, that of the word with its preposition or "to" before its own."""
    if is_verbal(above):
        particle = above.child("prt")
        if particle is not None and f"{above.lemma} {particle.lower}" in book.verbs:
            return book.verbs[f"{above.lemma} {particle.lower}"]
        kind = book.verbs.get(f"{above.lemma} {link}") or book.verbs.get(above.lemma)
        # "Weighed in on the raid", "considers the raid a success": nothing is weighed there.
        spoken = above.lemma in _WEIGHING and (particle is not None or above.tag not in ("VB", "VBG"))
        return None if spoken else kind
    kind = book.nouns.get(f"{above.lemma} {link}")
    if kind is None and not (above.lemma in IN_CASE and above.head.lower != "in"):
        kind = book.nouns.get(above.lemma)
    return kind or (book.words.get(above.lower) if above.pos == "ADJ" else None)


def object_kind(verb: Token, phrase: Token, book: RealisBook) -> tuple[str, Token] | None:
    """Return the class of a verb's object that a phrase behind it belongs to by sense: "made plans for a raid"."""
    noun = verb.child("dobj")
    if noun is None or not noun.i < phrase.i or is_verbal(noun):
        return None
    kind = kind_of(noun, phrase.lower, book)
    return (kind, noun) if kind is not None and kind not in _LEFT_OUT else None


def presupposed(token: Token, above: Token, book: RealisBook) -> bool:
    """Whether one step up the parse takes what `token` brings for a fact: "to protest over killings", "after a raid"."""
    if token.dep != "prep":
        return False
    if token.lower in BACKWARD:
        return not (token.lower == "over" and kind_of(above, "over", book) in FEARS)
    return token.lower == "for" and is_verbal(above) and above.lemma in RESPONSES


def is_content(cue: Token, head: Token, book: RealisBook) -> bool:
    """Whether an event is what a cue speaks of as to come, near it in the parse and not known before.

    "Warned of strikes", "threatened to attack"; not "vowed to punish them over the strikes", "fears a repeat of the raid".
    """
    token = head
    for _ in range(4):
        if token is cue:
            return True
        above = token.head
        if token.dep in ("relcl", "ccomp", "advcl"):
            to_come = any(child.dep == "aux" and child.lower == "to" for child in token.children)
            return above is cue and token.dep != "advcl" and to_come
        if presupposed(token, above, book):
            return False
        if above is cue:
            named = cue.child("oprd") is not None or (cue.lemma == "call" and token.dep == "dobj")
            return not named  # "called the strike a massacre", "is considered an attack"
        if not is_verbal(head) and _known_to(token, above):
            return False
        token = above
    return False


def _known_to(token: Token, above: Token) -> bool:
    """Whether a definite phrase stands under a word that does not bring it about: "to condemn the shelling"."""
    if not definite(token):
        return False
    if is_verbal(above):
        # "Warned against inferring much from the withdrawal"
        return token.lower not in GOVERNED and above.lemma not in DO_VERBS | SUFFER_VERBS
    return token.pos == "ADP" and above.lemma not in TRANSPARENT  # "a repeat of the massacre"


def told_false(noun: Token, book: RealisBook) -> bool:
    """Whether what a noun tells of is said to be untrue: "the claims are not true", "called it a lie that"."""
    if noun.dep in ("oprd", "attr", "dobj") and book.nouns.get(noun.lemma) == "deny":
        return True
    if noun.dep != "nsubj":
        return False
    verb = noun.head
    negated = any(child.dep == "neg" for child in verb.children)
    return any(
        child.dep in ("acomp", "attr")
        and (
            (negated and child.lower in _TRUE)
            or (
                not negated
                and (book.words.get(child.lower) == "doubt" or book.nouns.get(child.lemma) == "deny")
            )
        )
        for child in verb.children
    )


def there_is_none(noun: Token) -> bool:
    """Whether there is none of it: "no evidence of", "did not find any proof of"."""
    none = any(child.dep in ("det", "neg") and child.lower == "no" for child in noun.children)
    return none or (noun.dep in ("dobj", "attr") and any(child.dep == "neg" for child in noun.head.children))
