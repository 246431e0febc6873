"""Count the people of a noun phrase: its number, its conjuncts' numbers, or what its form implies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from dateline.codebook.quantities import Of, PeopleNoun, QuantityBook
from dateline.reading.cardinals import DASHES
from dateline.reading.patients import noun_is_negated
from dateline.reading.quantities import QuantityMention
from dateline.reading.tokens import Token

_ONE = frozenset({"he", "she", "him", "her", "himself", "herself"})
_SOME = frozenset({"they", "them"})
_FIGHTING = frozenset(
    {"enemy", "military", "armed", "army", "hostile", "force", "forces", "uniformed", "infantry", "airborne"}
)
_LIST = 40  # items of a list that are counted together; keeps endless lists linear
_UNITS = frozenset({
    "army", "navy", "force", "forces", "brigade", "battalion", "regiment", "platoon", "company",
    "squad", "corps", "militia", "garrison", "detachment", "patrol", "guard", "marines", "legion",
    "troops", "commando", "commandos", "unit", "infantry", "militias", "wing", "gang", "cartel", "cell",
})  # fmt: skip
_OPENS = frozenset({
    ":", "are", "were", "is", "amount", "amounted", "include", "included", "including", "stood", "stand",
    "total", "totalled", "totaled", "exceed", "exceeds", "exceeded", "reach", "reached", "surpass",
    "surpassed", "-", "–", "—",
})  # fmt: skip
_DASHES = frozenset({"-", "–", "—", ":", "("})
_GAP = 7  # words between two items of a list of losses
_JOINS = frozenset({"and", "&", "plus"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_AGE_UNITS = frozenset({"year", "years", "yr", "month", "months", "week", "weeks", "day", "days"})
_TOLD_BEFORE = frozenset({"victims", "dead", "fatalities", "casualties", "wounded", "injured"})
_NO_NAMES = frozenset({
    "GPE", "LOC", "FAC", "PRODUCT", "EVENT", "DATE", "TIME", "WORK_OF_ART", "LAW", "LANGUAGE", "MONEY",
    "PERCENT", "QUANTITY", "ORDINAL",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Count:
    """A count of people: bounds, of whom, its token range, the number's token and the counted noun.

    `told` says that a number was in the words; without it the noun's form implied the count.
    """

    low: int
    high: int | None
    of: Of
    first: int
    last: int
    number: Token
    noun: Token | None
    told: bool


def together(parts: Sequence[Count]) -> Count:
    """Add up counts that are joined by "and": of one group of people if all are, open above if one is."""
    groups = {part.of for part in parts}
    of: Of = parts[0].of if len(groups) == 1 else "people"
    bare = [part for part in parts if not part.told and part.high is None]
    if len(bare) == len(parts):
        return replace(parts[0], of=of)
    parts = [part for part in parts if part not in bare]  # "100 troops and soldiers of fortune" are 100
    low = sum(part.low for part in parts)
    high = None if any(part.high is None for part in parts) else sum(part.high or 0 for part in parts)
    last = max(max(part.last, part.noun.i if part.noun is not None else 0) for part in parts)
    return Count(
        low, high, of, min(part.first for part in parts), last, parts[0].number, parts[0].noun,
        any(part.told for part in parts),
    )  # fmt: skip


@dataclass(slots=True)
class Counts:
    """The quantities of a text by their tokens, and what is known of its nouns."""

    tokens: Sequence[Token]
    book: QuantityBook
    by_token: dict[int, QuantityMention] = field(default_factory=dict)
    by_noun: dict[int, QuantityMention] = field(default_factory=dict)
    by_first: dict[int, QuantityMention] = field(default_factory=dict)

    def enter(self, quantities: Iterable[QuantityMention]) -> "Counts":
        """Index quantities by number, noun and first token."""
        for quantity in quantities:
            self.by_first.setdefault(quantity.first, quantity)
            for index in range(quantity.first, quantity.last + 1):
                self.by_token.setdefault(index, quantity)
            if quantity.noun is not None and quantity.kind == "count":
                known = self.by_noun.get(quantity.noun.i)
                if known is None or (known.subset and not quantity.subset):
                    self.by_noun[quantity.noun.i] = quantity
        return self

    def quantity_of(self, token: Token) -> QuantityMention | None:
        """Return the quantity whose noun or number a token is."""
        return self.by_noun.get(token.i) or self.by_token.get(token.i)

    def people_noun(self, noun: Token) -> PeopleNoun | None:
        """Return what the codebook says of a noun of people, by its longest phrase that ends here."""
        tokens, people = self.tokens, self.book.people
        if self._is_institution(noun):
            return None
        for start in range(max(0, noun.i - 4), noun.i + 1):
            if tokens[start].sent == noun.sent:
                found = people.longest(tokens, start)
                if found is not None and found[0] == noun.i:
                    return found[1]
        found = people.longest(tokens, noun.i)
        return found[1] if found is not None else None

    def is_aged(self, token: Token) -> bool:
        """Whether a word closes an age that stands for whom it is told of: "a 14-year-old", "two 9-year-olds"."""
        tokens, at = self.tokens, token.i
        if token.lower not in ("old", "olds") or at < 2:
            return False
        unit = at - 2 if tokens[at - 1].lower in DASHES else at - 1
        if tokens[unit].lower not in _AGE_UNITS or tokens[unit].sent != token.sent:
            return False
        noun = token.head
        described = (
            token.dep in ("amod", "compound", "nmod") and noun.i > at and noun.pos in ("NOUN", "PROPN")
        )
        return not described and token.dep not in ("acomp", "attr")

    def _is_institution(self, noun: Token) -> bool:
        """Whether a noun of people ends an institution's name: "the General Staff", "Chiefs of Staff"."""
        if noun.lower not in self.book.institutions or not noun.true[:1].isupper() or not noun.i:
            return False
        before = self.tokens[noun.i - 1]
        named = before.true[:1].isupper() or before.lower == "of"
        return named and before.sent == noun.sent and self.quantity_of(noun) is None

    def of(self, noun: Token | None) -> Of:
        """Return whom a noun counts, its adjectives and "members of the security forces" considered."""
        if noun is None:
            return "people"
        known = self.people_noun(noun)
        words = {child.lower for child in noun.children if child.i < noun.i}
        if "civilian" in words:
            return "civilians"
        if known is None or known.of == "people":
            if words & _FIGHTING:
                return "combatants"
            for prep in noun.all("prep"):
                inner = prep.child("pobj") if prep.lower == "of" else None
                whom = self.people_noun(inner) if inner is not None else None
                if whom is not None:
                    return whom.of
                if inner is not None and (
                    inner.lower in _UNITS or any(c.lower in _UNITS for c in inner.children)
                ):
                    return "combatants"
            titles = noun.all("compound", "appos") if noun.pos == "PROPN" else []
            for title in titles:
                whom = self.people_noun(title)
                if whom is not None and whom.of != "people":
                    return whom.of
            following = noun.child("appos", "amod")
            whom = self.people_noun(following) if following is not None else None
            if whom is not None and following is not None and following.i == noun.i + 1:
                return whom.of
        return known.of if known is not None else "people"

    def count(
        self, head: Token, strict: bool, named: bool = True, stop: frozenset[int] = frozenset()
    ) -> Count | None:
        """Count a noun phrase and its conjuncts; `strict` takes only nouns known to be of people.

        Names count as one person unless `named` is false (what was captured may be a town).
        `stop` holds tokens whose conjuncts belong to another telling ("killed five and 14 wounded").
        """
        parts = [
            part
            for token in self._conjuncts(head, stop)
            if (part := self._one(token, strict, named)) is not None
        ]
        if not parts:
            return None
        if len(parts) == 1:
            return parts[0]
        return together(parts)

    def joined_before(self, count: Count, verb: Token) -> Count | None:
        """Return the count that "and" joins to one that opens a verb's subject, where the parse split them."""
        at, tokens = count.first - 1, self.tokens
        if at < 2 or tokens[at].lower not in _JOINS or tokens[at].sent != verb.sent or count.first > verb.i:
            return None
        noun = tokens[at - 1]
        quantity = self.by_noun.get(noun.i)
        if quantity is None or quantity.subset:
            return None
        governor = noun.head
        if noun.dep == "pobj":  # "a total of 310 rebels", or "in the war 310 rebels" with two objects of "in"
            whole = governor.lower == "of" and governor.head.dep in _SUBJECTS and governor.head.head is verb
            if not whole and not (governor.head is verb and len(governor.all("pobj")) > 1):
                return None
        elif noun.dep not in _SUBJECTS or governor is not verb:
            return None
        return self.told(quantity, True)

    def listed_after(self, losses: Token) -> list[tuple[QuantityMention, Token]]:
        """Return each number and noun of the list that "losses" opens.

        "Losses: 300 personnel, 20 tanks and 4 guns", "losses were: personnel – 300, tanks – 20".
        """
        tokens, sent = self.tokens, losses.sent
        opener = next(
            (at for at in range(losses.i + 1, min(losses.i + 9, len(tokens))) if tokens[at].lower in _OPENS),
            None,
        )
        found: list[tuple[QuantityMention, Token]] = []
        at, since = (opener + 1, 0) if opener is not None else (len(tokens), 0)
        while at < len(tokens) and tokens[at].sent == sent and since < _GAP and len(found) < _LIST:
            quantity = self.by_first.get(at)
            if quantity is None:
                if tokens[at].pos == "VERB" or (not found and tokens[at].lower == "and"):
                    break  # "losses were heavy and 30 rebels fled"
                at, since = at + 1, since + 1
                continue
            noun = self._named_before(quantity, losses) or quantity.noun
            at, since = max(quantity.last, noun.i if noun is not None else 0) + 1, 0
            if quantity.kind in ("count", "name") and noun is not None and not quantity.subset:
                found.append((quantity, noun))
        return found

    def _named_before(self, quantity: QuantityMention, losses: Token) -> Token | None:
        """Return the noun that a dash ties to the number after it: "tanks – 20", "personnel – 900 people"."""
        noun = self.tokens[quantity.first - 2]
        if self.tokens[quantity.first - 1].lower not in _DASHES or noun.i <= losses.i:
            return None
        return noun if noun.pos in ("NOUN", "PROPN") else None

    def _conjuncts(self, head: Token, stop: frozenset[int]) -> list[Token]:
        found: list[Token] = []
        queue = [head]
        while queue and len(found) < _LIST:
            token = queue.pop(0)
            found.append(token)
            bare = self.quantity_of(token) is None
            for child in token.children:
                if child.dep != "conj" and not (bare and child.dep == "appos" and self._is_listed(child)):
                    continue
                inner = self.quantity_of(child)
                # "five civilians and 14 injured": the second number has a word of its own
                ends = {child.i + 1, inner.last + 1} if inner is not None else set()
                if child.pos not in ("VERB", "AUX") and not ends & stop and child.i not in stop:
                    queue.append(child)
        return found

    def _is_listed(self, noun: Token) -> bool:
        """Whether an apposition is an item of a list: "kills wife, 2 children", "his wife, their son and himself"."""
        if noun.lower in _ONE:
            return True
        if noun.child("conj") is not None and noun.child("det") is None:
            # "his wife, their son and himself", "his wife, son and daughter"; not "his deputy, a poet and teacher"
            owned = noun.child("poss") is not None or noun.head.child("poss") is not None
            if owned and self.people_noun(noun) is not None:
                return True
        quantity = self.by_noun.get(noun.i)
        return (
            quantity is not None and quantity.number.lower not in ("one", "a", "an") and not quantity.subset
        )

    def _one(self, token: Token, strict: bool, named: bool) -> Count | None:
        if noun_is_negated(token):
            return None
        quantity = self.quantity_of(token)
        if quantity is not None:
            own = quantity.subset and self._has_own_verb(quantity, token)
            return self.told(quantity, strict) if own or not quantity.subset else None
        return self._implied(token, strict, named)

    def _has_own_verb(self, quantity: QuantityMention, token: Token) -> bool:
        """Whether a part is the subject of a clause of its own: "of whom 12 were wounded"."""
        first, last = quantity.first, quantity.last
        beside = [*self.tokens[max(0, first - 2) : first], *self.tokens[last + 1 : last + 3]]
        return token.dep in _SUBJECTS and any(word.lower in ("whom", "which", "them") for word in beside)

    def told(self, quantity: QuantityMention, strict: bool) -> Count | None:
        """Return the count that a quantity tells, or null where it is not one of people."""
        if quantity.kind != "count":
            return None
        noun = quantity.noun
        if noun is not None and self._is_verb(noun, quantity):
            noun = None
        known = self.people_noun(noun) if noun is not None else None
        if noun is not None and known is None and not self._may_be_people(noun, strict):
            return None
        after = self.tokens[quantity.last + 1] if quantity.last + 1 < len(self.tokens) else None
        if after is not None and after.lower == "of" and noun is not None and noun.lower in _TOLD_BEFORE:
            return None  # "fifteen of the victims" are part of a number told before
        times = known.count if known is not None and quantity.low == 1 and not known.plural else 1
        last = quantity.last
        high = None if quantity.high is None else int(quantity.high) * times
        return Count(
            int(quantity.low) * times, high, self.of(noun), quantity.first, last, quantity.number, noun, True
        )

    def _is_verb(self, noun: Token, quantity: QuantityMention) -> bool:
        """Whether a participle was taken for what a number counts: "six shot", for six shots."""
        several = quantity.high is None or quantity.high > 1
        return several and noun.i == quantity.last + 1 and noun.tag == "NN" and noun.lower == "shot"

    def _may_be_people(self, noun: Token, strict: bool) -> bool:
        if (
            noun.ent == "NORP"
            or self.is_aged(noun)
            or noun.lower in ("dead", "wounded", "injured", "killed", "missing", "more")
        ):
            return True
        if any(fate.way in ("noun", "body") for fate in self.book.tolls.words.get(noun.lower, ())):
            return True  # "dozens of deaths"
        if strict or noun.tag not in ("NNS", "NNP", "NNPS"):
            return False
        return self.book.equipment.longest(self.tokens, noun.i) is None and noun.ent not in _NO_NAMES

    def _implied(self, token: Token, strict: bool, named: bool) -> Count | None:
        if token.lower in _SOME and not named and token.dep in ("dobj", "obj"):
            return None  # "destroy towns before capturing them"
        if token.lower in _ONE or token.lower in _SOME:
            low, high = (1, 1) if token.lower in _ONE else (2, None)
            return Count(low, high, "people", token.i, token.i, token, None, False)
        if self._stands_for_one(token):
            return Count(1, 1, "people", token.left, token.i, token, None, False)
        if token.pos not in ("NOUN", "PROPN", "ADJ"):
            return None
        known = self.people_noun(token)
        first = self._noun_first(token)
        if self.is_aged(token) and token.lower == "old":
            return Count(1, 1, "people", min(first, token.left), token.i, token, token, False)
        if known is not None:
            if known.plural and token.tag != "NN":
                return Count(2, None, self.of(token), first, token.i, token, token, False)
            if known.plural:
                return Count(2, None, self.of(token), first, token.i, token, token, False)
            count = known.count
            return Count(count, count, self.of(token), first, token.i, token, token, False)
        if token.lower in self.book.gatherings or token.lower in self.book.numbers.collections:
            return self._gathered(token)
        if token.tag == "NNP" and named and self._is_person(token, strict):
            return Count(1, 1, "people", first, token.i, token, token, False)
        if token.tag in ("NNPS", "NNS") and token.ent == "NORP":
            return Count(2, None, "people", first, token.i, token, token, False)
        return None

    def _stands_for_one(self, token: Token) -> bool:
        """Whether "another", "the other" or "a fifth" stands alone for one more person."""
        if token.dep not in ("nsubj", "nsubjpass", "dobj", "obj", "pobj", "conj"):
            return False
        if token.lower == "another" or (token.lower == "other" and token.pos != "PROPN"):
            return True
        return token.pos == "ADJ" and token.ent == "ORDINAL" and token.child("det") is not None

    def _is_person(self, name: Token, strict: bool) -> bool:
        if name.ent == "PERSON":
            return True
        acronym = name.text.isupper() and len(name.text) > 1
        if strict or acronym or name.ent in _NO_NAMES or name.ent == "NORP":
            return False
        return self.book.equipment.longest(self.tokens, name.i) is None

    def _gathered(self, token: Token) -> Count | None:
        """Count "a column of volunteers" as its members."""
        for prep in token.all("prep"):
            inner = prep.child("pobj") if prep.lower == "of" else None
            known = self.people_noun(inner) if inner is not None else None
            if known is not None and inner is not None:
                return Count(2, None, known.of, token.i, inner.i, inner, inner, False)
        return None

    def _noun_first(self, noun: Token) -> int:
        first = noun.i
        while first:
            before = self.tokens[first - 1]
            inside = before.head is noun or before.head is self.tokens[first]
            if not inside or before.dep not in ("amod", "compound", "nmod", "poss", "det"):
                break
            first -= 1
        return first
