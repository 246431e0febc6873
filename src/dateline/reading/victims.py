"""Tell apart the single persons of a report who were killed or hurt: each once, however often told of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dateline.codebook.toll_words import TollWords
from dateline.reading.mentions import FigureMention
from dateline.reading.quantities import QuantityMention
from dateline.reading.tokens import Token

_PRONOUNS = frozenset({"he", "she", "him", "her", "himself", "herself"})
_REACH = 3  # sentences back in which a pronoun's person is looked for
_LIST = 40  # persons named together; keeps endless lists linear
_MOST = 60  # persons told apart in one report; keeps long lists of the dead linear


@dataclass(slots=True, kw_only=True)
class Victim:
    """A person told of: names, ages, nouns and gender by which to know them, and what befell them where.

    `own_hand` marks who is told to have killed or hurt himself; `dead` and `hurt` hold the tokens that name the
    person where that is told.
    """

    names: set[str] = field(default_factory=set)
    ages: set[int] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    gender: str = ""
    sentence: int = 0
    first: int = 0
    perpetrator: bool = False
    own_hand: bool = False
    dead: list[Token] = field(default_factory=list)
    hurt: list[Token] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    """One mention of a person."""

    token: Token
    names: frozenset[str]
    ages: frozenset[int]
    noun: str
    gender: str
    pronoun: bool
    definite: bool
    other: bool
    kin: bool
    dead: bool
    perpetrator: bool


def find_victims(
    figures: Sequence[FigureMention], quantities: Sequence[QuantityMention], words: TollWords
) -> tuple[Victim, ...]:
    """Return the single persons whom figures tell as killed or hurt, in order of their first mention.

    Two mentions are one person when name, age or description agree and nothing tells them apart; "another"
    and "a second" open a new one.
    """
    ages = {quantity.number.i: int(quantity.low) for quantity in quantities if quantity.kind == "age"}
    victims: list[Victim] = []
    for mention in figures:
        if mention.figure.measure not in ("killed", "wounded") or mention.figure.high is None:
            continue
        for token in _persons(mention):
            person = _person(mention, token, ages, words)
            victim = _known(person, victims)
            if victim is None:
                if len(victims) >= _MOST:
                    continue
                victim = Victim(sentence=token.sent, first=token.i)
                victims.append(victim)
            _learn(victim, person)
            head = mention.noun or mention.number
            victim.own_hand = victim.own_hand or head.lower in ("himself", "herself")
            (victim.dead if mention.figure.measure == "killed" else victim.hurt).append(token)
    return tuple(victims)


def _persons(mention: FigureMention) -> Iterator[Token]:
    """Yield the single persons of a figure: one alone, or each of a list as long as its count."""
    head = mention.noun or mention.number
    if mention.figure.low == 1:
        yield _subject(mention) if head.lower in ("himself", "herself") else head
        return
    found: list[Token] = []
    queue = [head]
    while queue and len(found) < _LIST:
        token = queue.pop(0)
        found.append(token)
        queue += token.all("conj")
    if len(found) == mention.figure.low:
        yield from found


def _subject(mention: FigureMention) -> Token:
    subject = mention.predicate.child("nsubj")
    return subject if subject is not None else mention.noun or mention.number


def _person(mention: FigureMention, token: Token, ages: dict[int, int], words: TollWords) -> _Person:
    names = {token.lower} if token.tag == "NNP" else set()
    names |= {child.lower for child in token.all("compound") if names and child.ent == token.ent == "PERSON"}
    names |= {child.lower for child in token.all("appos") if child.tag == "NNP"}
    inside = {child.lower for child in token.children if child.i < token.i}
    near = range(token.left, min(token.right, token.i + 4) + 1)
    told = {ages[at] for at in (*near, token.i + 2) if at in ages}
    described = {token.lower, *(child.lower for child in token.all("appos", "compound", "amod", "nmod"))}
    male, female = bool(described & words.male), bool(described & words.female)
    return _Person(
        token=token, names=frozenset(names), ages=frozenset(told), noun=token.lemma,
        gender="m" if male and not female else "f" if female and not male else "",
        pronoun=token.lower in _PRONOUNS,
        definite=bool(inside & {"the", "this", "that", "his", "her", "their", "whose"}),
        other=_is_other(mention, token, inside, words),
        kin=token.child("poss") is not None and token.lower in words.kin,
        dead=mention.figure.measure == "killed",
        perpetrator=bool(described & words.perpetrators),
    )  # fmt: skip


def _is_other(mention: FigureMention, token: Token, inside: set[str], words: TollWords) -> bool:
    """Whether a mention opens a new person: "another boy", "a second man", "a woman was also shot"."""
    if inside & ({"another", "other"} | set(words.ordinals)) or token.lower in ("another", "other"):
        return True
    also = any(child.lower == "also" for child in mention.predicate.children)
    return also and not inside & {"the", "this", "that"} and token.lower not in _PRONOUNS


def _known(person: _Person, victims: Sequence[Victim]) -> Victim | None:
    best, most = None, 0.0
    for victim in victims:
        score = _alike(person, victim)
        if score > most or (score == most and best is not None and victim.sentence > best.sentence):
            best, most = victim, score
    return best


def _alike(person: _Person, victim: Victim) -> float:
    """Weigh whether a mention is of a person told of before; positive for yes."""
    if any(person.token is token for token in (*victim.dead, *victim.hurt)):
        return 20.0
    if person.gender and victim.gender and person.gender != victim.gender:
        return -10.0
    if person.names and victim.names:
        return 10.0 if person.names <= victim.names or victim.names <= person.names else -10.0
    if person.ages and victim.ages:
        if not person.ages & victim.ages:
            return -10.0
        return 6.0 if not person.other else 1.0
    if person.pronoun:
        return 3.0 if person.token.sent - victim.sentence <= _REACH else 0.5
    if person.other or (person.kin and person.noun not in victim.nouns):
        return -6.0
    here = [
        token for token in (victim.hurt if person.dead else victim.dead) if token.sent == person.token.sent
    ]
    if here and not person.definite:
        return -6.0  # "killed a boy and injured a man"
    if person.perpetrator != victim.perpetrator and not (person.names or victim.names):
        return -3.0
    score = 2.0 if person.definite else 0.0
    if person.noun in victim.nouns:
        score += 1.5
    if person.names or victim.names:
        score += 1.0
    if person.token.sent == victim.sentence and not person.definite:
        score -= 4.0  # "a man and a woman"; "a 20-year-old was killed and a teacher wounded"
    return score + 0.5


def _learn(victim: Victim, person: _Person) -> None:
    victim.names |= person.names
    victim.ages |= person.ages
    if not person.pronoun:
        victim.nouns.add(person.noun)
    victim.gender = victim.gender or person.gender
    victim.sentence = person.token.sent
    victim.perpetrator = victim.perpetrator or person.perpetrator
