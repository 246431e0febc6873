"""Which sources of one event's reports are the same: the labels they go by, and which labels go together."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dateline.codebook.names import loose_key, name_key
from dateline.linking.books import Books
from dateline.linking.voices import Voice

# A label is a tuple of words: its class first, then what sets it apart; "" stands for what is not told.
Label = tuple[str, ...]


def is_outlet_label(label: Label) -> bool:
    """Say whether a label is an outlet's or agency's."""
    return label[0] == "outlet"


def labels_of(voice: Voice, teller: str) -> frozenset[Label]:
    """Return every label a source goes by; sources that share one are one origin.

    A person in an office has the person's, the office's and the body's labels, so that a minister, the ministry and
    its spokesman are one voice. People at large are told apart only by who told of them (`teller`).
    """
    side = voice.side or ""
    found: set[Label] = set()
    if voice.kind == "outlet":
        return frozenset((("outlet", voice.id or name_key(voice.name)),))
    if voice.kind == "people":
        return frozenset((("people", voice.noun or "", teller),))
    if voice.kind == "officials":
        return frozenset((("officials", side),))
    if voice.kind == "words":
        return frozenset((("words", loose_key(name_key(voice.noun or voice.name)), side),))
    if voice.kind == "person":
        found.add(
            ("person", voice.id) if voice.id else ("name", voice.surname or "", voice.given or "", side)
        )
    if voice.body is not None:
        found.add(("body", voice.body[0], voice.body[1] or ""))
    elif voice.office is not None and (voice.place or voice.kind == "office"):
        found.add(("office", voice.office, voice.place or "", side))
    elif voice.office is not None:
        # Two named holders of one office stay two; only an unnamed one joins a holder.
        found.add(("holder", voice.office, voice.id or voice.surname or "", side))
    if voice.id and voice.kind == "person":
        # Lets a name without a codebook id find its person.
        found.add(("known", voice.surname or "", voice.given or "", side, voice.id))
    return frozenset(found)


class _Union:
    """Sets of labels that grow together; the least label of a set stands for it."""

    def __init__(self) -> None:
        self.parent: dict[Label, Label] = {}

    def find(self, label: Label) -> Label:
        self.parent.setdefault(label, label)
        while self.parent[label] != label:
            self.parent[label] = self.parent[self.parent[label]]
            label = self.parent[label]
        return label

    def join(self, one: Label, other: Label) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self.parent[second] = first


def label_groups(spoken: Sequence[frozenset[Label]], books: Books) -> Mapping[Label, Label]:
    """Return, for every label, the label that stands for the sources it is one with.

    Labels of one source go together; then names without an id join the person they fit, offices of no told place
    join the one office of that name, bodies and officials of no told side the one of a side. Where more than one
    would fit they join the first, for sources that cannot be told apart are not counted apart.
    """
    union = _Union()
    labels = sorted({label for one in spoken for label in one})
    for one in sorted(spoken, key=sorted):
        first = min(one)
        for label in one:
            union.join(first, label)
    for left in labels:
        for right in labels:
            if left < right and _same(left, right, books):
                union.join(left, right)
    _join_vague(labels, union, books)
    return {label: union.find(label) for label in labels}


def _same(left: Label, right: Label, books: Books) -> bool:
    """Say whether two labels mean one source: equal but for spelling and a side that one leaves open."""
    if left[0] == "known" and right[0] == "name" and right[2]:
        return left[1] == right[1] and _given_fit(left[2], right[2]) and _sides_fit(left[3], right[3], books)
    if left[:1] != right[:1] or left[0] not in ("name", "office") or left[1] != right[1]:
        return False
    if bool(left[2]) != bool(right[2]):
        return False
    alike = _given_fit(left[2], right[2]) if left[0] == "name" else left[2] == right[2]
    return alike and _sides_fit(left[3], right[3], books)


def _join_vague(labels: Sequence[Label], union: _Union, books: Books) -> None:
    """Join each label that leaves a part open to the first that fits it and leaves none open."""
    for label in labels:
        fitting = [other for other in labels if other != label and _completes(other, label, books)]
        if fitting:
            union.join(label, fitting[0])


def _completes(full: Label, vague: Label, books: Books) -> bool:
    """Say whether a label tells all that another leaves open, and nothing against it."""
    if vague[0] in ("body", "words", "officials") and full[0] == vague[0]:
        return not vague[-1] and bool(full[-1]) and full[:-1] == vague[:-1]
    if vague[0] in ("name", "office") and not vague[2] and full[1] == vague[1]:
        wanted = ("known", "name") if vague[0] == "name" else ("office", "holder")
        return full[0] in wanted and bool(full[2]) and _sides_fit(full[3], vague[3], books)
    return False


def _given_fit(one: str, other: str) -> bool:
    """Say whether two given names may be one: equal, one not told, one an initial of the other, or spelt alike."""
    if not one or not other:
        return True
    if len(one.rstrip(".")) == 1 or len(other.rstrip(".")) == 1:
        return one[0] == other[0]
    return loose_key(one) == loose_key(other) or one[:4] == other[:4]


def _sides_fit(one: str, other: str, books: Books) -> bool:
    if not one or not other or one == other or "civilians" in (one, other):
        return True
    return books.actors.allegiance(one) == books.actors.allegiance(other)


def opposed(one: str | None, other: str | None, day: date, books: Books) -> bool:
    """Say whether two sides stand in opposite camps of a war that was fought on a day."""
    if not one or not other:
        return False
    left = {one, books.actors.allegiance(one) or one}
    right = {other, books.actors.allegiance(other) or other}
    for camps in books.actors.camps:
        a, b = set(camps.a), set(camps.b)
        if camps.active(day) and ((left & a and right & b) or (left & b and right & a)):
            return True
    return False


def sides_of(sides: Iterable[str | None], books: Books) -> frozenset[str]:
    """Return the sides that lead or sponsor sides, unknown ones left out."""
    return frozenset(led for side in sides if side and (led := books.actors.allegiance(side)))
