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
from dateline.reading.presupposed import (
    AGREED,
    AIMS,
    EVIDENCE,
    GOVERNED,
    TALKS,
    TRANSPARENT,
    kind_of,
    object_kind,
    presupposed,
    there_is_none,
    told_false,
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
IMPLIED = frozenset(("able", "possible"))
FIRST = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth last latest only".split())
EFFECTS = frozenset("hit damage destroy kill cause reach affect injure wound succeed achieve".split())
GROUNDS = frozenset(("condition", "ground", "pretext", "excuse", "opportunity", "staging"))
USING = frozenset(("use", "employ", "utilise", "utilize"))
OWNING_UP = frozenset(("claim", "admit", "confess", "profess", "purport"))
VERIFYING = frozenset("claim confirm verify corroborate substantiate".split())
PROSPECTS = frozenset(("likely", "bound", "certain", "sure", "liable"))  # with "to", of what is to come
TALK_VERBS = frozenset(
    (
        "discuss investigate condemn probe examine document report describe mention address protest mourn "
        "mark commemorate respond react answer denounce deplore criticise criticize decry watch witness "
        "recall remember avenge study review confirm acknowledge blame fear hear know"
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
    if dep in ("relcl", "acl") and told_false(above, book) and token.child("mark") is not None:
        found.apply("deny", above)  # "claims that they shelled the port are not true"
        return False
    if dep == "relcl":
        return False
    if dep == "acl":
        clause = token.tag == "VBG" or any(
            child.dep == "mark" and child.lower == "that" for child in token.children
        )
        kind = (book.nouns.get(above.lemma) or book.verbs.get(above.lemma)) if clause else None
        told = kind == "hedge" or not is_past(token)
        if kind not in (None, "approx", "begin", "cause", "end") and kind and told:
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
            if token is not head:
                found.negate()
            return False
        if presupposed(token, above, book):
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
            return _noun_governor(token, above, head, found, book)
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
        return _noun_governor(token, above, head, found, book)
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
    kind = kind_of(above, "to", book) or book.words.get(above.lower)
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
    user = above if is_verbal(above) else above.head
    if user.lemma in USING and (user is above or above.dep == "dobj"):
        return _marks_of_governor(user, found, book)  # "used guns to shell the village"
    if kind in ("begin", "cause", "end") and not (above.lemma == "leave" and above.child("dobj") is None):
        return _marks_of_governor(above, found, book)
    able = above if above.lower in IMPLIED else above.child("acomp")
    if able is not None and able.lower in IMPLIED and able.head.lower in ("was", "were"):
        if any(child.dep == "neg" for child in able.head.children):
            found.negate()
        return False  # "was able to shell the port", "it was possible to leave": did
    if above.lower in FIRST or above.lemma in OWNING_UP:
        return False  # "were the first to attack", "claimed to have taken the town"
    if above.lemma in ENABLING and is_past(above) and _by_thing(above):
        return _marks_of_governor(above, found, book)
    if above.lower in PROSPECTS and not perfect:
        # "They are likely to attack": it has not happened, however likely.
        found.hedge(above)
        found.unreal("hypothetical")
        return False
    if kind is not None and kind != "approx":
        found.apply(kind, above)
        return kind in ("hedge", "negate") and _marks_of_governor(above, found, book)
    if token.dep == "xcomp" and above.lemma in ("have", "be"):
        if above.lower != "had" or any(child.dep == "neg" for child in above.children):
            found.unreal("intended")
        return False  # "they had to withdraw": they did
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
            kind = kind_of(above.head, above.lower, book)
            if kind == "intend" and is_to_end(token, above.head):
                return False
            if kind and kind not in ("approx", "begin", "cause", "end"):
                found.apply(kind, above.head)
                return False
        return above.lower in ("by", "of", "in")
    subject = above.child("nsubj") if token.dep == "ccomp" else None
    if subject is not None and book.nouns.get(subject.lemma) == "fear" and not is_past(token):
        found.apply("fear", subject)  # "worries grow that they are mounting an attack"
        return False
    kind = kind_of(above, "", book) if is_verbal(above) else book.nouns.get(above.lemma)
    if kind == "attempt" and attempt_is_event:
        kind = None
    if kind is not None and kind not in ("begin", "cause", "approx", "end"):
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
            if token.tag == "VBD" and is_infinitive(above):
                return False  # "wanted to seize the town and stormed the dam"
            # A clause with its own subject or tense stands beside the first, but under the same governor.
            return above.dep in ("ccomp", "advcl", "xcomp") and not own
        if token.tag == above.tag and marks(above, found, book):
            found.unreal("hypothetical")
        return token.tag == above.tag
    return True


def _noun_governor(token: Token, above: Token, head: Token, found: Modality, book: RealisBook) -> bool:
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
    link = token.lower if token.dep == "prep" else ""
    if not is_verbal(above):
        kind = kind_of(above, link, book)
        if link == "of" and above.lemma in AIMS and definite(token):
            return False  # "the aim of the raid": there was one
        if above.lemma in EVIDENCE and there_is_none(above):
            found.negate()
            found.certainty = "disputed"
            return False
        if above.lemma in TALKS and link in ("on", "about", "over", "for") and head.lemma in AGREED:
            found.unreal("hypothetical")
            return False
        if kind is not None and kind not in ("approx", "begin") and token.dep != "nsubj":
            if kind == "intend" and is_to_end(token, above):
                return False
            found.apply(kind, above)
            return kind == "hedge"  # "rejected reports of a massacre": what governs the reports counts too
        if above.lemma not in TRANSPARENT:
            return False
        around_noun(above, found, book)
        return True
    kind = kind_of(above, link, book)
    if link and (of_object := object_kind(above, token, book)) is not None and not definite(token):
        found.apply(*of_object)  # "made plans for a raid", "voiced readiness for an exchange"
        return False
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
    if kind in ("intend", "threaten", "fear", "prevent", "hypothetical") and token.dep not in ("nsubj",):
        if kind == "hypothetical" and definite(token):
            return False
        if kind == "prevent" and any(child.dep == "neg" for child in above.children):
            # "Did not rule out a raid": it may come; "could not prevent the raid": it came.
            if above.child("prt") is not None:
                found.unreal("hypothetical")
            return False
        if kind == "prevent" or not is_to_end(token, above):
            found.apply(kind, above)
        return False
    if kind in ("deny", "hedge") and token.dep != "nsubj":
        found.apply(kind, above)
        return False
    if above.lemma in VERIFYING and definite(token) and token.dep in ("dobj", "nsubjpass"):
        if any(child.dep == "neg" for child in above.children):
            found.hedge(above)  # "could not confirm the strike"
        return False  # "nobody has claimed the attack"
    carries = above.lemma in DO_VERBS or above.lemma in SUFFER_VERBS or above.lemma in HAPPEN_VERBS
    if not carries and above.lemma not in TALK_VERBS and not definite(token):
        carries = True  # "will turn to bombing": what is not yet known to be is as unreal as its verb
    if carries and marks(above, found, book, token):
        found.unreal("hypothetical")
    if not carries and any(child.dep == "neg" for child in above.children) and token.dep in ("dobj",):
        return False
    return carries
