"""Read the number or the person right beside a word of fate, where headlines leave the parse at a loss."""

from collections.abc import Sequence

from dateline.reading.counting import Count, Counts
from dateline.reading.patients import Told, noun_is_negated
from dateline.reading.tokens import Token

_NOMINAL = frozenset({"NOUN", "PROPN"})
_WHERE = frozenset({"outside", "inside", "near", "off"})  # "four shot outside bar": the bar is no object
_BETWEEN = frozenset({
    "was", "were", "been", "have", "has", "had", "are", "is", "being", "be", "also", "reportedly",
    "confirmed", "reported", "feared", "left", "others", "other", "more", "people", "still", "now",
    "already", "got", "presumed", "seriously", "severely", "critically", "fatally", "badly", "lightly",
    "found", "either", "allegedly", "civilians", "and", "or", "'", "\"", "‘", "“",
})  # fmt: skip


def beside(told: Told, counts: Counts, strict: bool) -> Count | None:
    """Read the number right before or after the word, where headlines leave the parse at a loss."""
    tokens, token, way = counts.tokens, told.token, told.fate.way
    if way in ("verb", "phrase") and token.pos != "NOUN":
        after = counts.by_first.get(told.last + 1)
        if after is not None and tokens[after.first].sent == token.sent and not after.subset:
            count = counts.told(after, strict)
            if count is not None:
                return count
    if _is_label(told, counts):
        labelled = counts.by_first.get(told.last + 2)
        return counts.told(labelled, strict) if labelled is not None else None
    if way == "body" and token.i > 1 and tokens[token.i - 1].lower in ("'", "’", "'s", "’s"):
        owner = counts.by_noun.get(token.i - 2)
        return counts.told(owner, strict) if owner is not None else None
    if way not in ("verb", "phrase", "adjective", "befalls") or (
        token.tag in ("VBG", "VBZ", "VBP", "VB") and way in ("verb", "phrase")
    ):
        return None
    at = token.i - 1
    if _acts(token):
        return None  # "twelve rebels blew up a bridge": who does it is not whom it befell
    if at > 0 and token.tag in ("VBN", "VBD") and tokens[at - 1].lower == "," and tokens[at].tag == "NNS":
        # a headline's second clause, taken for a participle of the first: "..., civilians injured"
        return counts.count(tokens[at], True) if tokens[at - 2].lower != "including" else None
    return _before(counts, token, strict, way == "adjective")


def _is_label(told: Told, counts: Counts) -> bool:
    """Whether a word heads an entry of a list: "Killed: 14; wounded: 33"."""
    tokens, at = counts.tokens, told.token.i
    if told.last + 2 >= len(tokens) or tokens[told.last + 1].lower not in (":", "-", "–", "—"):
        return False
    return not at or tokens[at - 1].sent != tokens[at].sent or tokens[at - 1].pos == "PUNCT"


def _acts(verb: Token) -> bool:
    """Whether a verb is an active one with an object of its own, so that its subject suffers nothing."""
    if verb.tag not in ("VBD", "VBN") or verb.child("nsubj") is None or verb.child("auxpass") is not None:
        return False
    return any(
        noun.i > verb.i
        and noun.pos in _NOMINAL
        and noun.ent not in ("DATE", "TIME")
        and not any(child.i == verb.i + 1 and child.lower in _WHERE for child in noun.children)
        for noun in verb.all("dobj", "obj")
    )


def _before(counts: Counts, word: Token, strict: bool, adjective: bool) -> Count | None:
    """Walk left from a word over auxiliaries and "including three children" to the number it is said of."""
    tokens, sent, at = counts.tokens, word.sent, word.i - 1
    while at >= 0 and tokens[at].sent == sent:
        quantity = counts.quantity_of(tokens[at])
        if quantity is not None and not quantity.subset:
            return counts.told(quantity, strict)
        if quantity is not None:
            at = _before_subset(tokens, quantity.first)
            continue
        if tokens[at].lower == "of" and adjective:
            quantity = counts.by_token.get(at - 1)
            return counts.told(quantity, strict) if quantity is not None else None
        inner = counts.quantity_of(tokens[at - 1]) if tokens[at].lower == "," and at else None
        if tokens[at].lower not in _BETWEEN and (inner is None or not inner.subset):
            return None
        at -= 1
    return None


def _before_subset(tokens: Sequence[Token], first: int) -> int:
    at = first - 1
    while at > 0 and tokens[at].lower in (
        "including",
        "among",
        "them",
        "at",
        "least",
        ",",
        "-",
        "–",
        "—",
        "(",
    ):
        at -= 1
    return at


def person_before(told: Told, counts: Counts) -> Count | None:
    """Count the person right before a word that the parse lost: "Boy, 8, dead", "teenager shot, killed".

    Other words of fate and an age between commas may stand between.
    """
    tokens, token, fates = counts.tokens, told.token, counts.book.tolls.words
    if told.fate.way in ("noun", "body", "counted") or token.tag in ("VBG", "VB", "VBP") or _acts(token):
        return None
    at = token.i - 1
    while at > 0 and tokens[at].sent == token.sent:
        quantity = counts.by_token.get(at)
        if quantity is not None and quantity.kind == "age" and tokens[at - 1].lower == ",":
            at = quantity.first - 1
        elif tokens[at].lower in (",", "&", "and", "fatally", "later", "has") or tokens[at].lower in fates:
            at -= 1
        else:
            break
    person = tokens[at]
    if person.sent != token.sent or person.tag not in ("NN", "JJ", "NNP"):
        return None
    known = counts.people_noun(person)
    named = person.ent == "PERSON" and person.tag == "NNP"
    if not (named or counts.is_aged(person) or (known is not None and not known.plural)):
        return None
    return counts.count(person, True) if not noun_is_negated(person) else None
