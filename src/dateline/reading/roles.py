"""Who does it and who suffers it: the arguments of a predicate, across passives, relative clauses and conjunctions."""

from dateline.reading.tokens import Token

SUBJECT = ("nsubj", "csubj")
PASSIVE = ("nsubjpass", "csubjpass")
# Prepositions behind which another event says when: "after the capture of the port".
LATER = frozenset(("after", "since", "following", "before"))
RELATIVE = frozenset(("that", "which", "who", "whom", "whose"))
# Verbs that carry an event noun and whose subject does it, or suffers it.
DO_VERBS = frozenset(
    (
        "launch carry conduct make mount stage perform deliver begin start continue resume intensify "
        "renew commit execute inflict unleash perpetrate wage open repeat initiate order step plan "
        "prepare undertake rain use expand increase claim confirm admit exert press lead"
    ).split()
)
SUFFER_VERBS = frozenset(
    (
        "suffer receive incur come face undergo sustain survive endure experience withstand repel repulse "
        "fend"
    ).split()
)
MEASURES = frozenset(
    "series wave spate intensity pace tempo frequency number scale round string campaign".split()
)
ENDEAVOURS = frozenset("attempt effort plan bid intention decision order move push drive".split())
TAKING_PART = frozenset("involve participate implicate engage".split())
# What stands behind "at" and suffers nothing: "at the end of the siege".
MOMENTS = frozenset(
    "end start beginning outset height time moment dawn dusk noon midnight night hand expense cost risk".split()
)
CAUSING = frozenset("cause bring inflict wreak produce".split())
WARFARE = frozenset("war aggression invasion offensive campaign bombardment shelling attack strike".split())
# Verbs whose object does what stands after "of" or "for": "accused X of shelling", "kept X from advancing".
BLAMING = frozenset(
    "accuse blame suspect condemn criticise criticize denounce thank stop prevent keep ban bar".split()
)
ACCUSING = frozenset(("accuse", "suspect", "blame", "condemn"))
TELLING = frozenset(
    "report account evidence claim rumour rumor footage video image picture sign case".split()
)
EQUALS = frozenset(
    (
        "one some most many half all several dozens hundreds thousands number group part each none both third "
        "quarter rest bulk amount quantity lot % percent"
    ).split()
)


def with_conjuncts(token: Token) -> list[Token]:
    """Return a token and those joined to it by "and", "or" or a comma, in order."""
    found = [token]
    for child in token.children:
        if child.dep in ("conj", "appos") and child.dep == "conj":
            found.extend(with_conjuncts(child))
    return found


def core(token: Token) -> Token:
    """Return what a partitive speaks of: "troops" for "some of the troops", "dozens of troops"."""
    if token.lower in EQUALS or token.lemma in EQUALS or token.pos == "NUM":
        for preposition in token.children:
            if preposition.dep == "prep" and preposition.lower == "out":
                preposition = preposition.child("prep") or preposition
            if preposition.dep == "prep" and preposition.lower == "of":
                inner = preposition.child("pobj")
                if inner is not None:
                    return core(inner)
    return token


def is_verbal(token: Token) -> bool:
    """Whether a token stands as a verb or participle."""
    return token.pos in ("VERB", "AUX") or token.tag.startswith("VB")


def is_passive(token: Token, *, transitive: bool) -> bool:
    """Whether a verb's subject suffers it: by auxiliary, by agent, or as a participle alone ("5 killed in shelling").

    `transitive` says that the verb needs an object, so that a past form without one is read as a participle.
    """
    deps = {child.dep for child in token.children}
    if "auxpass" in deps or "nsubjpass" in deps or "agent" in deps:
        return True
    auxiliaries = {child.lower for child in token.children if child.dep == "aux"}
    if token.tag == "VBN":
        return not auxiliaries & {"have", "has", "had", "'ve", "having"} or "been" in auxiliaries
    if token.tag == "VBD" and transitive:
        follows = any(
            child.dep == "dobj" or (child.dep in ("ccomp", "xcomp", "dative", "prt") and child.i > token.i)
            for child in token.children
        )
        if any(child.dep == "conj" and child.child("dobj") is not None for child in token.children):
            return False  # "ambushed and killed nine policemen"
        if token.dep == "relcl" and any(
            child.dep == "nsubj" and child.lower not in RELATIVE for child in token.children
        ):
            return False
        targeted = any(child.dep == "prep" and child.lower in ("on", "at") for child in token.children)
        return not follows and not targeted
    return False


def is_heading(token: Token, above: Token) -> bool:
    """Whether a colon stands between a word and the verb it hangs on: "Shelling of a town: mayor calls for help"."""
    return any(
        mark.text == ":" and token.i < mark.i < above.i for word in (token, above) for mark in word.children
    )


def _labels(subject: Token, verb: Token) -> bool:
    """Whether a subject is the label before a heading's colon: "Ministry: 20 children have died and 40 were injured"."""
    return any(child.text == ":" and subject.i < child.i < verb.i for child in subject.children)


def _own_subject(token: Token) -> Token | None:
    """Return a verb's own subject: of two, that behind the colon of a heading, "The situation in X: fighters shot …"."""
    found = [child for child in token.children if child.dep in (*SUBJECT, *PASSIVE)]
    if len(found) == 1 and _labels(found[0], token):
        inner = token.child("advcl", "ccomp", "dep")
        bare = next(
            (child for child in inner.children if child.dep == "conj" and child.pos == "NUM"), None
        ) if inner is not None else None  # fmt: skip
        return bare or found[0]
    colons = [
        child.i for above in (token, *found) for child in above.children if child.text == ":" and child.i < token.i
    ]  # fmt: skip
    behind = [child for child in found if colons and child.i > colons[-1]]
    return next(iter(behind or found), None)


def subject_of(token: Token) -> Token | None:
    """Return the subject of a verb: its own, the noun its relative clause hangs on, or its governor's."""
    own = _own_subject(token)
    if own is not None:
        if own.lower in RELATIVE and token.dep == "relcl":
            return token.head
        if token.tag == "VBG" and own.lemma in TELLING:
            # "reports of them damaging …": they do, whatever the parser hangs the verb on.
            inner = [
                child.child("pobj") for child in own.children if child.dep == "prep" and child.lower == "of"
            ]
            return inner[0] if inner and inner[0] is not None else own
        return own
    if token.dep in ("acl", "relcl"):
        if token.tag == "VB" and token.head.lemma in ENDEAVOURS:
            # "Their attempts to seize the town"; "rebels pursue attempts to seize it".
            above = token.head.head if token.head.dep == "dobj" else None
            by = prepositional(token.head, ("by", "of", "from"))
            owner = token.head.child("poss") or (by[0] if by else None)
            owner = owner or (subject_of(above) if above is not None else None)
            if owner is not None:
                return owner
        return _told_of(token) or token.head
    if token.dep == "conj" and is_verbal(token.head):
        return subject_of(token.head)
    if token.dep == "advcl" and any(child.dep == "mark" for child in token.children):
        # "They were killed while fleeing": the subject of both.
        timed = token.tag == "VBG" and any(
            child.dep == "mark" and child.lower in ("after", "before", "when", "while")
            for child in token.children
        )
        return subject_of(token.head) if timed and is_verbal(token.head) else None
    if is_heading(token, token.head):
        return None
    if token.dep in ("xcomp", "advcl", "acomp", "dep") and is_verbal(token.head):
        if token.dep == "xcomp":
            controlled = token.head.child("dobj")
            if (
                controlled is not None
                and token.tag in ("VB", "VBG")
                and token.head.lemma not in ("use", "try")
            ):
                return controlled
        return (
            subject_of(token.head)
            if not is_passive(token.head, transitive=False) or token.dep == "xcomp"
            else None
        )
    if token.dep == "xcomp" and token.head.pos == "ADJ":
        # "Rebels unable to seize the town", with and without a verb between.
        able = token.head
        if able.dep == "acomp" and is_verbal(able.head):
            return subject_of(able.head)
        return able.head if able.dep == "amod" and able.i > able.head.i else able.child(*SUBJECT)
    if token.dep == "pcomp":
        verb = token.head.head
        if verb.lemma in BLAMING:
            return verb.child("dobj", "nsubjpass")
        # "A man was killed during shelling": he shelled nobody.
        return subject_of(verb) if is_verbal(verb) and not is_passive(verb, transitive=False) else None
    return None


def _told_of(participle: Token) -> Token | None:
    """Return the people of "accounts of people deported", whom the parser leaves to the accounts."""
    telling = participle.head
    if telling.lemma not in TELLING or participle.tag != "VBN":
        return None
    for child in telling.children:
        if child.dep == "prep" and child.lower == "of" and child.i < participle.i:
            return child.child("pobj")
    return None


def agents_of(token: Token, *, transitive: bool = True) -> list[Token]:
    """Return the tokens that do what a verb or noun tells."""
    if not is_verbal(token):
        return _noun_agents(token)
    if is_passive(token, transitive=transitive):
        found: list[Token] = []
        for child in token.children:
            if child.dep == "agent" or (child.dep == "prep" and child.lower == "by"):
                inner = child.child("pobj")
                if inner is not None:
                    found.extend(with_conjuncts(core(inner)))
        return found or at_hands_of(token)
    if token.dep == "amod":
        return []
    if token.tag == "VBG" and token.dep == "pcomp" and (by := prepositional(token, ("by",))):
        return by  # "as a result of shelling by rebels"
    subject = subject_of(token)
    return with_conjuncts(core(subject)) if subject is not None else []


def at_hands_of(token: Token) -> list[Token]:
    """Return who did it, by "died at the hands of"."""
    hands = next(
        (inner for child in token.children if child.dep == "prep" and child.lower == "at"
         and (inner := child.child("pobj")) is not None and inner.lemma == "hand"), None,
    )  # fmt: skip
    of = hands.child("prep") if hands is not None else None
    inner = of.child("pobj") if of is not None and of.lower == "of" else None
    return with_conjuncts(core(inner)) if inner is not None else []


def patients_of(token: Token, *, transitive: bool = True) -> list[Token]:
    """Return the tokens that suffer what a verb or noun tells."""
    if not is_verbal(token):
        return _noun_patients(token)
    if is_passive(token, transitive=transitive):
        if token.dep == "amod":
            return with_conjuncts(token.head)
        subject = subject_of(token)
        return with_conjuncts(core(subject)) if subject is not None else []
    found = []
    for child in token.children:
        if child.dep in ("dobj", "dative", "attr", "oprd"):
            if child.lower in RELATIVE and token.dep == "relcl":
                found.append(token.head)
            else:
                found.extend(with_conjuncts(core(child)))
    heading = is_heading(token, token.head)
    if not found and token.tag == "VBG" and (heading or token.dep in ("pobj", "nsubj", "dobj", "nsubjpass")):
        # "talk about killing of civilians": a noun, whatever the parser takes it for.
        found.extend(prepositional(token, ("of",)))
    if not found:
        found.extend(prepositional(token, ("on", "at", "against", "into", "upon")))
    if (
        not found
        and token.dep == "relcl"
        and not any(child.lower in ("where", "when") for child in token.children)
    ):
        subject = token.child(*SUBJECT)
        if subject is not None and subject.lower not in RELATIVE:
            found.append(token.head)
    if not found and token.dep == "conj" and is_verbal(token.head):
        later = [child for child in token.head.children if child.dep == "dobj" and child.i > token.i]
        found.extend(later)
    return found


def prepositional(token: Token, prepositions: tuple[str, ...]) -> list[Token]:
    """Return what stands behind a word's prepositions, but for moments: "at the end"."""
    found = []
    for child in token.children:
        if child.dep in ("prep", "agent") and child.lower in prepositions:
            inner = child.child("pobj")
            if inner is not None and inner.lemma not in MOMENTS:
                found.extend(with_conjuncts(core(inner)))
    return found


def carrier_of(noun: Token) -> Token | None:
    """Return the verb that carries an event noun ("launched" for "launched strikes"), or null."""
    token = _bearer(noun)
    if token.dep in ("dobj", "nsubjpass", "attr", "nsubj") and is_verbal(token.head):
        return token.head
    if token.dep == "pobj" and token.head.dep == "prep" and is_verbal(token.head.head):
        return token.head.head
    return None


def _listed(noun: Token, verb: Token) -> bool:
    """Whether a noun is a verb's object, or joined to it in a list: "fired 5 shells, 11 rockets, 17 mortars"."""
    noun = _bearer(noun)
    return noun.dep == "dobj" and noun.head is verb


def _bearer(noun: Token) -> Token:
    """Return the noun that stands in a clause for an event noun: "a series" for "a series of raids", a list's first."""
    while noun.head is not noun and not is_verbal(noun.head):
        if noun.dep in ("conj", "appos"):
            noun = noun.head
        elif noun.dep == "pobj" and noun.head.lower == "of" and noun.head.head.lemma in MEASURES:
            noun = noun.head.head
        else:
            break
    return noun


def _noun_agents(noun: Token) -> list[Token]:
    found: list[Token] = []
    for child in noun.children:
        if child.dep == "poss" or (child.dep in ("amod", "compound", "nmod", "nsubj") and child.i < noun.i):
            found.append(child)
    found.extend(prepositional(noun, ("by", "from")))
    if not found:
        # "A blockade of the ports by a fleet": the parser hangs who does it on the ports.
        of = [inner for inner in prepositional(noun, ("of",)) if inner.i > noun.i]
        found.extend(token for inner in of for token in prepositional(inner, ("by",)))
    if noun.dep == "pobj" and noun.head.lower == "behind" and noun.head.head.lemma in ("be", "stand"):
        # "Who was behind the murder" did it.
        subject = subject_of(noun.head.head)
        found.extend(with_conjuncts(core(subject)) if subject is not None else [])
    found.extend(_blamed(noun))
    carrier = carrier_of(noun)
    if carrier is not None and carrier.lemma in DO_VERBS:
        object_of = _listed(noun, carrier)
        if is_passive(carrier, transitive=True):
            found.extend(prepositional(carrier, ("by",)))
        elif object_of or carrier.lemma in ("carry", "respond"):
            subject = subject_of(carrier)
            if subject is not None:
                found.extend(with_conjuncts(core(subject)))
    if carrier is not None and not found:
        found.extend(_by_part(noun, carrier))
    for child in noun.children:
        if child.dep in ("acl", "relcl") and child.lemma in DO_VERBS:
            found.extend(prepositional(child, ("by",)))
    return found


def _blamed(noun: Token) -> list[Token]:
    """Return who is accused of what a noun tells: "accused the rebels of a strike", however the parser hangs "of"."""
    if noun.dep != "pobj" or noun.head.lower not in ("of", "for"):
        return []
    above = noun.head.head
    if above.dep in ("dobj", "nsubjpass") and above.head.lemma in ACCUSING and noun.head.lower == "of":
        return with_conjuncts(above)
    accused = above.child("dobj", "nsubjpass") if above.lemma in ACCUSING and is_verbal(above) else None
    return with_conjuncts(accused) if accused is not None else []


def _by_part(noun: Token, carrier: Token) -> list[Token]:
    """Return who has part in what a noun tells ("soldiers involved in crimes"), or whose war caused it."""
    subject = subject_of(carrier)
    if subject is None:
        return []
    if carrier.lemma in TAKING_PART and noun.dep == "pobj":
        return with_conjuncts(core(subject))
    if carrier.lemma in CAUSING and subject.lemma in WARFARE and noun.dep in ("dobj", "pobj"):
        return [child for child in subject.children if child.dep in ("poss", "amod", "compound", "nmod")]
    return []


def _noun_patients(noun: Token) -> list[Token]:
    found = prepositional(noun, ("on", "against", "at", "upon", "of", "to"))
    found.extend(child for child in noun.children if child.dep in ("compound", "nmod") and child.i < noun.i)
    carrier = carrier_of(noun)
    if carrier is not None and carrier.lemma in SUFFER_VERBS and noun.dep in ("dobj", "pobj"):
        subjects: list[Token | None] = [*carrier.all(*SUBJECT)]
        for subject in subjects or [subject_of(carrier)]:
            if subject is not None:
                found.extend(with_conjuncts(core(subject)))
    if carrier is not None and carrier.lemma in DO_VERBS:
        found.extend(prepositional(carrier, ("on", "against", "at")))
    for child in noun.children:
        if child.dep in ("acl", "relcl") and child.lemma in (
            "direct",
            "target",
            "aim",
            "launch",
            "hit",
            "strike",
        ):
            found.extend(prepositional(child, ("at", "on", "against")) + child.all("dobj"))
    return found
