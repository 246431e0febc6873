"""What speaks for and against a noun phrase's being a filler, as named features with their weights in the text."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from benchmarks.quality.muc4_incidents import human_class, is_band, is_person
from benchmarks.quality.muc4_nouns import Noun, beside, climbed
from benchmarks.quality.muc4_phrases import class_of, is_plural, nation_of, tables
from benchmarks.quality.muc4_scene import Scene, Signs
from dateline.codebook.places import place_books
from dateline.model.reading import Reading
from dateline.reading.tokens import Parse, Token
from dateline.reading.truecase import is_common

Features = dict[str, float]
# The encoder's slots, by the slot of MUC-4 that each is of.
ENCODED = {9: 0, 10: 1, 12: 2, 18: 3, 6: 4}
_ROLES = ("actors", "targets", "instruments")


@cache
def _known() -> frozenset[str]:
    """Return the words of the tables, which are no names whatever the parser takes them for."""
    return frozenset(
        part
        for name in ("instrument", "physical", "human", "perpetrator")
        for listed in tables()[name].values()
        for word in listed
        for part in word.split()
    )


def word_of(token: Token) -> str:
    """Return a word as features name it: its lemma, but no name and no number, lest a model learn who was in the news."""
    if token.lemma in _known() or token.lower in _known():
        return token.lemma
    named = (
        token.pos in ("PROPN", "NUM", "X", "SYM")
        or token.ent in ("PERSON", "GPE", "LOC", "NORP", "FAC", "ORG")
        or (token.pos != "VERB" and token.true[:1].isupper())
        or token.lemma in _names()
        or not is_common(token.lemma)
    )
    return token.pos if named else token.lemma


@cache
def _names() -> frozenset[str]:
    """Return given names and nationalities, but those that are common words too."""
    books = place_books()
    common = (
        "will",
        "may",
        "son",
        "win",
        "mark",
        "hope",
        "bill",
        "grant",
        "chase",
        "dawn",
        "ban",
        "brain",
        "junior",
    )
    return frozenset((*books.words["first"], *books.demonyms)) - frozenset(common)


def noun_features(scene: Scene) -> list[Features]:
    """Return the features of each noun phrase of a message, in the order of `scene.nouns`."""
    triggers = _triggers(scene)
    roles = _roles(scene)
    speakers = _speakers(scene.reading)
    mentions = list(_mentions(scene.reading))
    heads: dict[str, int] = {}
    for noun in scene.nouns:
        heads[noun.head.lemma] = heads.get(noun.head.lemma, 0) + 1
    out = []
    for noun in scene.nouns:
        names = set(_words(noun, scene.parse))
        classes = _classes(noun)
        names.update(classes)
        names.update(_syntax(noun, classes, triggers))
        names.update(_near(noun, scene, triggers))
        for start, end, role, kind, real in roles:
            if start < noun.end and noun.head.start < end and noun.head.end <= end:
                names.update((f"cf={role}", f"cf={role}|{kind}", f"cf={role}|{real}"))
                names.update(f"cf={role}|{one}" for one in classes)
        if any(start <= noun.head.start < end for start, end in speakers):
            names.add("speaker")
        for start, end, told in mentions:
            if start <= noun.head.start and noun.head.end <= end:
                names.update(told)
        names.add(f"times={min(heads[noun.head.lemma], 4)}")
        features: Features = dict.fromkeys(names, 1.0)
        features["bias"] = 1.0
        if scene.signs is not None:
            features.update(_signed(scene.signs, noun))
        out.append(features)
    return out


def _mentions(reading: Reading) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield what the reading takes words for, actors with their kinds and whether a state's or an armed group's."""
    for mention in reading.mentions:
        if mention.kind in ("place", "time"):
            yield mention.span.start, mention.span.end, (f"mention={mention.kind}",)
        elif mention.kind in ("actor", "instrument"):
            side = mention.value.get("side")
            sort = (
                "none"
                if side is None
                else "state"
                if len(side) == 2
                else "civil"
                if side == "civilians"
                else "group"
            )
            kind = f"{mention.kind}={mention.value.get('kind')}"
            yield mention.span.start, mention.span.end, (kind, f"side={sort}", f"{kind}|{sort}")


def _words(noun: Noun, parse: Parse) -> Iterator[str]:
    yield f"h={word_of(noun.head)}"
    for token in parse.tokens[noun.first.i : noun.head.i]:
        yield f"m={word_of(token)}"
    yield f"ent={noun.head.ent}"
    yield f"pos={noun.head.pos}"
    yield f"first={noun.first.lower if noun.first.pos in ('DET', 'PRON') else noun.first.pos}"
    if noun.phrase.number:
        yield "counted"
    if is_plural(noun.phrase.words):
        yield "plural"
    if nation_of(noun.phrase.words) is not None:
        yield "nation"


def _classes(noun: Noun) -> list[str]:
    """Return the classes of a phrase by the tables of words."""
    phrase = noun.phrase
    found = [
        f"is={name}:{kind}"
        for name, kind in (
            ("human", human_class(phrase)),
            ("physical", class_of("physical", phrase.words, head_only=True)),
            ("instrument", class_of("instrument", phrase.words, head_only=True)),
        )
        if kind is not None
    ]
    if is_person(phrase):
        found.append("is=person")
    if is_band(phrase):
        found.append("is=band")
    if (
        phrase.words[-1] in tables()["perpetrator"]["organizations"]
        or phrase.words[-1] in tables()["perpetrator"]["organs"]
    ):
        found.append("is=organization")
    if phrase.name is not None:
        found.append("is=named")
    for token in beside(noun):
        found.append(f"beside={token.ent or word_of(token)}")
    return found or ["is=other"]


def _syntax(noun: Noun, classes: Sequence[str], triggers: Mapping[int, str]) -> Iterator[str]:
    above = list(climbed(noun))
    where = f"{noun.role}|{noun.link}"
    yield f"r={where}"
    yield from (f"r={where}|{kind}" for kind in classes)
    if above:
        yield f"v={word_of(above[0])}|{where}"
        yield f"v={word_of(above[0])}|{noun.role}"
        yield f"v={word_of(above[0])}"
        yield from (f"v={word_of(above[0])}|{kind}" for kind in classes[:3])
    for height, token in enumerate(above):
        if token.i in triggers:
            kind = triggers[token.i]
            yield f"up={kind}|{height}|{where}"
            yield f"up={kind}|{where}"
            yield from (f"up={kind}|{noun.role}|{one}" for one in classes)
            break
    for token in above[1:]:
        yield f"a={word_of(token)}"
    for child in noun.head.children:
        if child.i > noun.head.i and child.dep in ("prep", "relcl", "acl"):
            yield f"below={child.dep}|{word_of(child)}"
    for before in noun.head.children:
        if before.i in triggers:
            yield f"down={triggers[before.i]}|{before.dep}"


def _near(noun: Noun, scene: Scene, triggers: Mapping[int, str]) -> Iterator[str]:
    sentence = scene.parse.sentences[noun.head.sent]
    kinds = {triggers[i] for i in range(sentence.first, sentence.last + 1) if i in triggers}
    yield from (f"sent={kind}" for kind in kinds)
    if not kinds:
        yield "sent=none"
    apart = min((abs(i - noun.head.i) for i in triggers), default=999)
    yield f"apart={next(str(step) for step in (2, 5, 10, 20, 50, 150, 9999) if apart <= step)}"
    yield f"at={min(sentence.index, 9) if sentence.index < 4 else min(sentence.index // 4, 6) + 10}"
    words = {
        word_of(scene.parse.tokens[i])
        for i in range(max(sentence.first, noun.head.i - 6), min(sentence.last, noun.head.i + 6) + 1)
    }
    yield from (f"w={word}" for word in words)


def _triggers(scene: Scene) -> dict[int, str]:
    """Return the kinds of incidents by the tokens of their claims' triggers."""
    spans = [
        (span.start, span.end, kind)
        for claim, kind in scene.claims
        for span in (claim.trigger, *claim.tellings)
    ]
    found: dict[int, str] = {}
    for token in scene.parse.tokens:
        for start, end, kind in spans:
            if token.start < end and start < token.end and token.pos in ("VERB", "NOUN", "ADJ", "PROPN"):
                found.setdefault(token.i, kind)
    return found


def _roles(scene: Scene) -> list[tuple[int, int, str, str, str]]:
    return [
        (filler.span.start, filler.span.end, role, kind, claim.type)
        for claim, kind in scene.claims
        for role in _ROLES
        for filler in getattr(claim, role)
    ]


def _speakers(reading: Reading) -> list[tuple[int, int]]:
    return [
        (said.source.span.start, said.source.span.end)
        for said in reading.attributions
        if said.source is not None
    ]


def _signed(signs: Signs, noun: Noun) -> Features:
    values = signs.of(noun.start, noun.end)
    relevant = float(signs.kinds[-1])
    out = {"e:relevant": relevant / 4}
    for slot, column in ENCODED.items():
        mean, most = float(values[column]), float(values[column + 5])
        out[f"e:{slot}"] = mean / 4
        out[f"e:{slot}:most"] = most / 4
        for step in (-3, -1, 0, 1):
            if mean > step:
                out[f"e:{slot}>{step}"] = 1.0
    return out
