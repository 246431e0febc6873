"""Read the military equipment that a text tells destroyed, damaged, captured or abandoned."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from dateline.codebook.quantities import Equipment, QuantityBook
from dateline.model.values import Loss, LossStatus
from dateline.reading.counting import Counts
from dateline.reading.mentions import LossMention
from dateline.reading.patients import (
    Told,
    adjective_patients,
    noun_is_negated,
    noun_patients,
    subjects_of,
    tellings,
    verb_patients,
)
from dateline.reading.quantities import QuantityMention
from dateline.reading.tokens import Parse, Token

_ORDER = {"phrase": 0, "verb": 1, "befalls": 2, "adjective": 3, "noun": 4, "noun_on": 5}
_LIST = 40  # items of a list read after one verb; keeps endless lists linear
_LEFT_OUT = frozenset({"NORP", "GPE"})
_AUXILIARIES = frozenset({"was", "were", "been", "be", "has", "have", "are", "is", "reportedly", "also"})
# Missiles and bombs are spent when they are fired: only being brought down is a loss of them.
_FLYING = frozenset({
    "shoot down", "down", "bring down", "intercept", "destroy", "take down", "knock down", "eliminate",
    "neutralise", "neutralize", "shot out of the sky", "interception", "downing", "destruction",
    "destroyed", "downed", "capture", "seize", "captured", "lose", "loss", "abandon",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Item:
    """An item lost: its head noun, its equipment, how many, and its token range with number and without."""

    head: Token
    kind: str
    count: int | None
    first: int
    item_first: int


def find_losses(
    parse: Parse, quantities: Sequence[QuantityMention], book: QuantityBook
) -> tuple[LossMention, ...]:
    """Return the military equipment lost, each item of a list on its own, in order of its words.

    `count` is null where the words tell none ("tanks", "dozens of vehicles"). An item is named by the words
    of its noun phrase without number, determiner, possessor and nationality.
    """
    tokens = parse.tokens
    counts = Counts(tokens, book).enter(quantities)
    kept: dict[int, tuple[int, LossMention]] = {}
    for told in tellings(tokens, book.losses):
        order = _ORDER[told.fate.way]
        for item in _items(told, counts):
            known = kept.get(item.head.i)
            if known is None or order < known[0]:
                kept[item.head.i] = (order, _mention(parse, told, item))
    return tuple(kept[index][1] for index in sorted(kept))


def _mention(parse: Parse, told: Told, item: _Item) -> LossMention:
    loss = Loss(
        span=parse.span(item.first, item.head.i), item=parse.span(item.item_first, item.head.i).quote,
        count=item.count, status=cast(LossStatus, told.fate.what),
    )  # fmt: skip
    return LossMention(loss=loss, noun=item.head, predicate=told.token)


def _items(told: Told, counts: Counts) -> list[_Item]:
    items: list[_Item] = []
    for head in _heads(told):
        for token in _conjuncts(head):
            item = _item(token, counts)
            if item is not None and (item.kind != "missile" or told.fate.lemma in _FLYING):
                items.append(item)
    token, way = told.token, told.fate.way
    if items:
        return items
    if token.lower == "losses":
        return _listed(token, counts)
    after = token.i + 1
    if way == "noun_on" and after < len(counts.tokens) and counts.tokens[after].lower in ("on", "aboard"):
        return _named_after(told, counts, after + 1)
    if token.lower == "down" and token.pos in ("ADP", "ADV", "PART") and token.i:
        before = counts.tokens[
            token.i - 1
        ]  # "gunners down helicopter": the parse takes the verb for a particle
        opens = (
            before.sent == token.sent and before.tag in ("NNS", "NNP", "NNPS") and before.head is not token
        )
        return _named_after(told, counts, after) if opens and token.child("pobj") is not None else []
    if way not in ("verb", "phrase") or token.pos == "NOUN":
        return []
    if token.tag in ("VBZ", "VBP", "VB") and not token.children:
        return _named_after(told, counts, told.last + 1)
    return _beside(told, counts)


def _listed(losses: Token, counts: Counts) -> list[_Item]:
    """Read the equipment in a list of losses: "losses: 300 personnel, 20 tanks", "tanks – 20, guns – 4"."""
    items: list[_Item] = []
    for quantity, noun in counts.listed_after(losses):
        item = _item(noun, counts)
        if item is not None and item.kind != "missile":
            count = item.count if quantity.noun is noun else _told_count(quantity, counts)
            items.append(replace(item, count=count))
    return items


def _heads(told: Told) -> list[Token]:
    token, way = told.token, told.fate.way
    if way in ("verb", "phrase"):
        if token.pos in ("ADV", "ADP", "PART"):
            return []
        if token.pos in ("NOUN", "PROPN") and token.dep not in ("amod", "acl", "ROOT"):
            return token.all("dobj")  # a verb in a headline, taken for a noun
        particle = next(
            (prep for prep in token.all("prep") if prep.i <= told.last and told.fate.way == "phrase"), None
        )
        if particle is not None and particle.child("pobj") is not None and not token.all("dobj", "nsubjpass"):
            return particle.all("pobj")
        return [] if token.tag == "VBG" and token.dep == "amod" else verb_patients(token)
    if way == "befalls":
        if token.pos != "VERB":
            return []
        objects = token.all("dobj", "obj", "nsubjpass")
        return objects or subjects_of(token)
    if way == "adjective":
        if token.pos == "VERB" and token.child("dobj", "obj") is not None:
            return []  # "missiles hit the port and destroyed a school": the missiles suffered nothing
        return adjective_patients(token) if token.dep in ("amod", "acl", "acomp", "oprd", "conj") else []
    if token.pos not in ("NOUN", "PROPN"):
        return []
    if way == "noun_on":
        return [
            inner
            for prep in token.all("prep")
            if prep.lower in ("on", "aboard", "in", "at")
            for inner in prep.all("pobj")
        ]
    return noun_patients(token)


def _named_after(told: Told, counts: Counts, at: int) -> list[_Item]:
    """Read "fire on the Moskva missile cruiser" by the words alone, where the parse lost its way."""
    tokens = counts.tokens
    for start in range(at, min(at + 5, len(tokens))):
        found = counts.book.equipment.longest(tokens, start)
        if found is not None and tokens[start].sent == told.token.sent:
            count = None if found[1].plural else 1
            return [_Item(tokens[found[0]], found[1].kind, count, start, start)]
        if tokens[start].pos not in ("DET", "ADJ", "PROPN") and tokens[start].lower not in (
            "'",
            '"',
            "’",
            "”",
        ):
            break
    return []


def _conjuncts(head: Token) -> list[Token]:
    found: list[Token] = []
    queue = [head]
    while queue and len(found) < _LIST:
        token = queue.pop(0)
        found.append(token)
        queue.extend(child for child in token.all("conj", "appos") if child.pos not in ("VERB", "AUX"))
    return found


def _item(token: Token, counts: Counts) -> _Item | None:
    """Read a noun phrase as equipment, through "a convoy of tanks" and "seven of eight missiles"."""
    if noun_is_negated(token):
        return None
    quantity = counts.quantity_of(token)
    head = token
    if quantity is not None and quantity.kind == "count" and quantity.noun is not None:
        head = quantity.noun
    equipment = _equipment(head, counts)
    if equipment is None or head.lower in counts.book.gatherings:
        inner = _gathered(head)
        held = _equipment(inner, counts) if inner is not None else None
        if held is not None and inner is not None:
            item = _item(inner, counts) if inner is not token else None
            if item is None or quantity is None or head.lower not in counts.book.pieces:
                return item
            return replace(item, count=_told_count(quantity, counts), first=quantity.first)
    if equipment is None or (quantity is not None and quantity.kind not in ("count", "name")):
        return None
    first, value = equipment
    start = _item_first(head, min(first, head.i), counts)
    if quantity is not None and quantity.kind == "count":
        count = _told_count(quantity, counts)
        return _Item(head, value.kind, count, min(quantity.first, start), start)
    several = value.plural or head.tag in ("NNS", "NNPS") or value.kind == "materiel"
    return _Item(head, value.kind, None if several else 1, start, start)


def _told_count(quantity: QuantityMention, counts: Counts) -> int | None:
    """Return the number told; "dozens" tells none, "more than 30" tells 30, "up to 30" tells 30."""
    if quantity.high is not None:
        return int(quantity.high)
    return None if quantity.number.lower in counts.book.numbers.vague else int(quantity.low)


def _gathered(head: Token) -> Token | None:
    for prep in head.all("prep"):
        if prep.lower == "of":
            return prep.child("pobj")
    return None


def _equipment(noun: Token, counts: Counts) -> tuple[int, Equipment] | None:
    """Return the first token and value of the longest equipment phrase that ends at a noun."""
    tokens, book = counts.tokens, counts.book.equipment
    for start in range(max(0, noun.i - 5), noun.i + 1):
        if tokens[start].sent == noun.sent:
            found = book.longest(tokens, start)
            if found is not None and found[0] == noun.i:
                return start, found[1]
    if noun.lower in counts.book.organisations:
        return None  # "Combined Arms Army"
    if noun.pos == "PROPN":
        for start in range(max(0, noun.i - 5), noun.i):
            found = book.longest(tokens, start) if tokens[start].sent == noun.sent else None
            if found is not None and found[0] == noun.i - 1:
                return start, found[1]  # "missile complex Tor", "cruiser Ivan"
    for child in noun.children:
        # "Orlan-type aircraft", "the Moskva flagship": the model stands before a noun that the codebook lacks
        if (
            child.dep in ("compound", "nmod")
            and child.i < noun.i
            and noun.i - child.i <= 3
            and noun.pos == "PROPN"
        ):
            found = book.longest(tokens, child.i)
            if found is not None and found[1].kind not in ("materiel", "vehicle", "artillery"):
                return child.i, found[1]
    return None


def _item_first(head: Token, first: int, counts: Counts) -> int:
    tokens = counts.tokens
    while first:
        before = tokens[first - 1]
        if counts.book.equipment.longest(tokens, before.i) is not None and before.head is head:
            first -= 1
            continue
        inside = before.head is head or before.head.i in range(first, head.i + 1)
        if before.sent != head.sent or not inside or before.dep not in ("amod", "compound", "nmod"):
            break
        if (
            before.ent in _LEFT_OUT
            or before.tag in ("CD", "VBN", "VBG")
            or counts.by_token.get(before.i) is not None
        ):
            break
        if before.lower in counts.book.losses.words or (before.tag == "JJ" and before.true[:1].isupper()):
            break
        first -= 1
    return first


def _beside(told: Told, counts: Counts) -> list[_Item]:
    """Read the equipment that follows the verb, or stands before a participle, where the parse gave none."""
    tokens = counts.tokens
    after = counts.by_first.get(told.last + 1)
    if after is not None and after.noun is not None and after.kind == "count":
        item = _item(after.noun, counts)
        return [item] if item is not None else []
    verb, before = told.token, told.token.i - 1
    while before >= 0 and tokens[before].lower in _AUXILIARIES:
        before -= 1
    if before < 0 or tokens[before].sent != verb.sent or tokens[before].pos not in ("NOUN", "PROPN"):
        return []
    if verb.tag not in ("VBN", "VBD") or verb.child("dobj", "nsubj") is not None:
        return []
    item = _item(tokens[before], counts)
    return [item] if item is not None else []
