"""Climb the parse from an event word: what each word that governs it does to its reality, polarity and certainty."""

from dateline.codebook.lexicon import RealisBook
from dateline.reading.modality import (
    CONDITIONS,
    UNREAL_PREPOSITIONS,
    Modality,
    around_noun,
    definite,
    is_infinitive,
    is_past,
    is_present_or_past,
    is_to_end,
    is_unreal,
    marks,
)
from dateline.reading.roles import DO_VERBS, SUFFER_VERBS, is_heading, is_verbal
from dateline.reading.tokens import Token

OWN_TIME = frozenset(
    ("because", "since", "after", "when", "while", "as", "before", "although", "though", "until", "where")
)
HAPPEN_VERBS = frozenset(
    (
        "come happen occur take follow resume break hit target kill erupt rage go lead cause result "
        "provoke trigger spark bring see be have continue begin start increase intensify escalate grow "
        "risk mean become remain turn descend evolve develop"
    ).split()
)
ABATING = frozenset("abate subside relent let ease".split())
HARDER = frozenset("difficult harder hard impossible unlikely unthinkable".split())
THINKING = frozenset(
    "believe acknowledge know report say think appear seem claim confirm suspect understand reveal show fear".split()
)
REFRAINING = frozenset(("refrain", "abstain", "desist", "shelter", "safe", "protect", "immune"))
LETTING = frozenset(("let", "make", "have", "help"))
ENABLING = frozenset(("allow", "enable"))
FIRST = frozenset("first second third fourth fifth last latest only".split())
EFFECTS = frozenset("hit damage destroy kill cause reach affect injure wound succeed achieve".split())
GROUNDS = frozenset(("condition", "ground", "pretext", "excuse", "opportunity", "staging"))
PROSPECTS = frozenset(("likely", "bound", "certain", "sure", "liable"))  # with "to", of what is to come
GOVERNED = frozenset(("for", "of", "to", "about", "against", "on", "with"))
TALK_VERBS = frozenset(
    (
        "discuss investigate condemn probe examine document report describe mention address protest mourn "
        "mark commemorate respond react answer denounce deplore criticise criticize decry watch witness "
        "recall remember avenge study review confirm acknowledge blame fear hear know"
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


def climb(
    token: Token, above: Token, head: Token, found: Modality, book: RealisBook, attempt_is_event: bool
) -> bool:
    """Take up what one step up the parse says; return whether to climb on."""
    dep = token.dep
    if dep == "amod" and is_verbal(token):
        return False
    if is_heading(token, above):
        return False
    if is_verbal(token) and is_infinitive(token):
        return _infinitive(token, above, found, book, attempt_is_event)
    if dep in ("relcl",):
        return False
    if dep == "acl":
        clause = token.tag == "VBG" or any(
            child.dep == "mark" and child.lower == "that" for child in token.children
        )
        kind = (book.nouns.get(above.lemma) or book.verbs.get(above.lemma)) if clause else None
        told = kind == "hedge" or not is_past(token)
        if kind not in (None, "thing", "approx", "begin", "cause", "end") and kind and told:
            found.apply(kind, above)
        return False
    if dep == "advcl":
        marker = next((child.lower for child in token.children if child.dep in ("mark", "advmod")), "")
        if marker == "instead":
            return False  # "refused to let them go, instead shooting at them"
        if marker in OWN_TIME or marker in CONDITIONS:
            return False
        if book.verbs.get(above.lemma) == "prevent":
            return False  # "the convoy was delayed, leading to anger": what came of it is not put off
        return _governor(token, above, found, book, shares=True)
    if dep == "ccomp" and any(mark.text == ";" and token.i < mark.i < above.i for mark in above.children):
        return False  # "a bomb exploded; the group denied that it did it"
    if dep == "ccomp" and above.lemma in LETTING and token.tag == "VB":
        return _marks_of_governor(above, found, book)  # "asked to let them leave"
    if dep in ("ccomp", "xcomp", "pcomp", "oprd", "acomp"):
        return _governor(token, above, found, book, shares=dep != "ccomp", attempt_is_event=attempt_is_event)
    if dep == "csubj" and is_verbal(above):
        return _marks_of_governor(above, found, book)  # "capturing the town would open the road"
    if dep == "conj":
        return _conjunct(token, above, found, book)
    if dep == "prep" or (dep == "agent"):
        if (
            token.lower in UNREAL_PREPOSITIONS
            and not is_verbal(above)
            and book.nouns.get(above.lemma) == "prevent"
        ):
            found.apply("prevent", above)
        if token.lower == "of" and above.lower == "ahead":
            found.unreal("threatened")
            return False
        if token.lower == "without":
            found.negate()
            return False
        if token.lower == "from" and (above.lemma in REFRAINING or book.verbs.get(above.lemma) == "prevent"):
            found.apply("prevent", above)
            return False
        if token.lower == "for" and (above.lemma in GROUNDS or _stands_ready(above)):
            found.unreal("intended")
            return False
        if token.lower in ("in", "about") and is_verbal(above) and _to_come(token, above):
            # "They would be swapped in a prisoner exchange", "ready to talk about a swap": none has taken place.
            found.unreal("hypothetical")
            return False
        if token.lower in GOVERNED or not is_verbal(above):
            return _noun_governor(token, above, found, book)
        return above.lemma in DO_VERBS or above.lemma in SUFFER_VERBS or above.lemma in HAPPEN_VERBS
    if dep in (
        "pobj",
        "dobj",
        "nsubj",
        "nsubjpass",
        "attr",
        "appos",
        "compound",
        "nmod",
        "poss",
        "amod",
        "dative",
    ):
        return _noun_governor(token, above, found, book)
    return dep in ("prt", "dep", "nmod", "intj")


def _stands_ready(word: Token) -> bool:
    """Whether something is "in place" for what is to come: "everything is in place for an attack"."""
    return any(
        child.lower == "in" and (noun := child.child("pobj")) is not None and noun.lower == "place"
        for child in word.children
    )


def _to_come(preposition: Token, verb: Token) -> bool:
    """Whether a verb of things to come governs an event that nothing else says has taken place."""
    noun = preposition.child("pobj")
    if noun is None or definite(preposition) or noun.child("relcl", "acl") is not None:
        return False
    return is_unreal(verb) or (preposition.lower == "about" and is_infinitive(verb))


def _infinitive(
    token: Token, above: Token, found: Modality, book: RealisBook, attempt_is_event: bool
) -> bool:
    book_of = book.verbs if is_verbal(above) else book.nouns
    kind = book_of.get(above.lemma) or book.words.get(above.lower)
    perfect = any(
        child.dep in ("aux", "auxpass") and child.lower in ("have", "having") for child in token.children
    )
    if perfect and kind in (None, "hedge", "intend", "fear") and above.lemma in THINKING:
        # "acknowledged to have been sunk": what is thought of is past
        if kind in ("hedge", "fear"):
            found.hedge(above)
        return False
    if kind == "attempt" and attempt_is_event:
        return _marks_of_governor(above, found, book)
    if kind in ("begin", "cause", "end"):
        return _marks_of_governor(above, found, book)
    if above.lower == "able" and above.head.lower in ("was", "were"):
        if any(child.dep == "neg" for child in above.head.children):
            found.negate()
        return False  # "was able to shell the port": did
    if above.lemma in ENABLING and is_past(above) and _by_thing(above):
        return _marks_of_governor(above, found, book)
    if above.lower in PROSPECTS and not perfect:
        # "They are likely to attack": it has not happened, however likely.
        found.hedge(above)
        found.unreal("hypothetical")
        return False
    if kind is not None and kind not in ("approx", "thing"):
        found.apply(kind, above)
        return kind in ("hedge", "negate") and _marks_of_governor(above, found, book)
    if token.dep == "xcomp" and above.lemma in ("have", "be"):
        found.unreal("intended")
        return False
    if token.dep == "relcl" and any(child.lower in FIRST for child in above.children):
        return False  # "the first city to fall"
    if token.dep == "advcl" and above.lemma in ("return", "go", "live", "survive", "wake"):
        return False
    found.unreal("intended")
    return False


def _by_thing(verb: Token) -> bool:
    """Whether a thing enables something, and nobody permits it: "the rockets had allowed the army to hit depots"."""
    subject = verb.child("nsubj")
    return subject is not None and subject.pos == "NOUN" and not subject.ent and subject.tag in ("NN", "NNS")


def _is_prospect(verb: Token) -> bool:
    """Whether a copula says what is likely to come of its subject: "fighting is likely to break out", not "to go on"."""
    likely = verb.child("acomp")
    if likely is None or likely.lower not in PROSPECTS | HARDER:
        return False
    coming = likely.child("xcomp")
    perfect = coming is not None and any(
        child.lower == "have" for child in coming.children if child.dep == "aux"
    )
    return (
        coming is not None and not perfect and coming.lemma not in ("be", "continue", "go", "last", "persist")
    )


def _marks_of_governor(above: Token, found: Modality, book: RealisBook) -> bool:
    if _does_not_end(above, found, book):
        return True
    if is_verbal(above) and marks(above, found, book):
        found.unreal("hypothetical")
    return True


def _does_not_end(verb: Token, found: Modality, book: RealisBook) -> bool:
    """Take up that something does not end: "they do not stop shelling the town"; return whether that is said."""
    if book.verbs.get(verb.lemma) != "end" and verb.lemma not in ABATING:
        return False
    modal = any(child.dep == "aux" and child.tag == "MD" for child in verb.children)
    if modal or not any(child.dep == "neg" for child in verb.children):
        return False
    if found.reality == "happened":
        found.reality = "ongoing"
    return True


def _governor(
    token: Token,
    above: Token,
    found: Modality,
    book: RealisBook,
    *,
    shares: bool,
    attempt_is_event: bool = False,
) -> bool:
    """Take up a governing verb, preposition or adjective; `shares` when its own modality is the event's too."""
    if above.dep in ("prep", "agent", "mark") or above.pos == "ADP":
        if above.lower == "without":
            found.negate()
        if (
            above.lower == "from"
            and is_verbal(above.head)
            and (
                book.verbs.get(above.head.lemma) == "prevent"
                or above.head.lemma in ("stop", "keep", "bar", "ban", "refrain")
            )
        ):
            found.apply("prevent", above.head)
            return False
        if above.lower == "for" and above.head.lemma in GROUNDS:
            found.unreal("intended")
            return False
        if above.lower in ("of", "for", "at", "about", "in", "to", "on") and above.head is not above:
            book_of = book.verbs if is_verbal(above.head) else book.nouns
            kind = book_of.get(above.head.lemma)
            if kind == "intend" and is_to_end(token, above.head):
                return False
            if kind and kind not in ("approx", "thing", "begin", "cause", "end"):
                found.apply(kind, above.head)
                return False
        return above.lower in ("by", "of", "in")
    subject = above.child("nsubj") if token.dep == "ccomp" else None
    if subject is not None and book.nouns.get(subject.lemma) == "fear" and not is_past(token):
        found.apply("fear", subject)  # "worries grow that they are mounting an attack"
        return False
    kind = (book.verbs if is_verbal(above) else book.nouns).get(above.lemma)
    if kind == "attempt" and attempt_is_event:
        kind = None
    if kind is not None and kind not in ("begin", "cause", "approx", "end", "thing"):
        feared = token.dep == "ccomp" and is_present_or_past(token)
        if kind == "fear" and (feared or above.child("auxpass") is not None or above.tag == "VBN"):
            found.hedge(above)  # "feared that the town had fallen"
        elif not (token.dep == "ccomp" and kind in ("intend", "threaten") and is_past(token)):
            found.apply(kind, above)
        if kind == "negate":
            return True
    if not shares and is_verbal(above):
        for child in above.children:
            if child.dep == "acomp" and book.words.get(child.lower) in ("hedge", "hypothetical", "prevent"):
                found.apply(book.words[child.lower], child)  # "it is likely that"
    goes_on = shares and _does_not_end(above, found, book)
    if shares and not goes_on and is_verbal(above) and marks(above, found, book):
        found.unreal("hypothetical")
    return shares or kind in ("begin", "cause", "hedge")


def _conjunct(token: Token, above: Token, found: Modality, book: RealisBook) -> bool:
    if is_verbal(token) and is_verbal(above):
        own = any(child.dep in ("nsubj", "nsubjpass", "aux") for child in token.children)
        if own or (token.tag == "VBD" and above.tag in ("VB", "VBG")):
            if any(child.dep == "mark" and child.lower in CONDITIONS for child in above.children):
                found.unreal("hypothetical")  # "if troops are killed and their guns are destroyed"
            # A clause with its own subject or tense stands beside the first, but under the same governor.
            return above.dep in ("ccomp", "advcl", "xcomp") and not own
        if token.tag == above.tag and marks(above, found, book):
            found.unreal("hypothetical")
        return token.tag == above.tag
    return True


def _noun_governor(token: Token, above: Token, found: Modality, book: RealisBook) -> bool:
    if above.pos == "ADP" or above.dep in ("prep", "agent"):
        if above.lower == "against" and above.head is not above:
            kind = (book.verbs if is_verbal(above.head) else book.nouns).get(above.head.lemma)
            if kind == "prevent" or above.head.lemma in ("defend", "guard", "insure", "secure"):
                found.apply("prevent", above.head)
        if above.lower == "without":
            found.negate()
        return True
    if above.lower in HARDER and above.head.lemma == "make" and token.i < above.i:
        found.apply("prevent", above)  # "to make an attack more difficult"
        return False
    if not is_verbal(above):
        kind = book.nouns.get(above.lemma)
        if kind is not None and kind not in ("thing", "approx", "begin") and token.dep != "nsubj":
            if kind == "intend" and is_to_end(token, above):
                return False
            found.apply(kind, above)
            return kind == "hedge"  # "rejected reports of a massacre": what governs the reports counts too
        if above.lemma not in TRANSPARENT:
            return False
        around_noun(above, found, book)
        return True
    kind = book.verbs.get(above.lemma)
    if token.dep == "nsubj" and above.lemma == "be" and _is_prospect(above):
        found.unreal("hypothetical")
        return False
    if token.dep == "attr" and above.lemma == "be" and (subject := above.child("nsubj")) is not None:
        # "The aim is the liberation of the town": it is told as an aim.
        meant = book.nouns.get(subject.lemma)
        if meant in ("intend", "threaten", "fear"):
            found.apply(meant, subject)
            return False
    if kind == "end" and token.dep == "prep":
        return False  # "ended with a retreat"
    if token.dep == "nsubj" and _does_not_end(above, found, book):
        return False
    if token.dep == "nsubj" and above.lemma in EFFECTS and definite(token):
        if any(child.dep == "neg" for child in above.children):
            return False  # "the attack did not hit the plant": it took place
    if kind == "end" and token.dep != "nsubj":
        found.reality = "ongoing" if found.reality == "happened" else found.reality
        return False
    if above.lemma == "call" and token.dep == "dobj":
        return False
    if kind in ("intend", "threaten", "fear", "prevent", "hypothetical") and token.dep not in ("nsubj",):
        if kind == "prevent" or not is_to_end(token, above):
            found.apply(kind, above)
        return False
    if kind in ("deny", "hedge") and token.dep != "nsubj":
        found.apply(kind, above)
        return False
    carries = above.lemma in DO_VERBS or above.lemma in SUFFER_VERBS or above.lemma in HAPPEN_VERBS
    if not carries and above.lemma not in TALK_VERBS and not definite(token):
        carries = True  # "will turn to bombing": what is not yet known to be is as unreal as its verb
    if carries and marks(above, found, book):
        found.unreal("hypothetical")
    if not carries and any(child.dep == "neg" for child in above.children) and token.dep in ("dobj",):
        return False
    return carries
