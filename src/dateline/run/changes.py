"""What a new reading of a report changes: claims added, gone, and changed field by field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from dateline.model.reading import Attribution, Claim, Reading
from dateline.model.text import Span
from dateline.model.values import Figure, Filler, Loss, Place, Time

# The fields of a claim that are compared, in the order in which they are shown.
FIELDS = (
    "type", "polarity", "reality", "certainty", "actors", "targets", "instruments", "figures", "losses", "place",
    "country", "time", "hedges", "attribution", "trigger", "evidence", "tellings",
)  # fmt: skip
_AROUND = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field of a claim as it was and as it is, in words; what is told there, and not how it is stored."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One claim that a new reading adds, lacks or changes; `words` are those around its trigger."""

    kind: Literal["added", "gone", "changed"]
    report: str
    type: str
    words: str
    before: str | None = None
    after: str | None = None
    fields: tuple[FieldChange, ...] = ()


def changes(old: Reading, new: Reading) -> Iterator[Change]:
    """Yield what a new reading changes, in the order of the text.

    A claim is taken for the same when its id is, else when its trigger overlaps and its type is the same, else when
    its trigger overlaps; each claim is taken once.
    """
    report, text = new.report.id, new.report.text
    pairs, added = _paired(old.claims, new.claims)
    found: list[tuple[int, Change]] = []
    for before, after in pairs:
        start = before.trigger.start
        if after is None:
            words = _around(text, before.trigger)
            found.append(
                (start, Change(kind="gone", report=report, type=before.type, words=words, before=before.id))
            )
            continue
        fields = tuple(_field_changes(before, after))
        if fields:
            words = _around(text, after.trigger)
            change = Change(
                kind="changed", report=report, type=after.type, words=words, before=before.id, after=after.id,
                fields=fields,
            )  # fmt: skip
            found.append((start, change))
    for claim in added:
        words = _around(text, claim.trigger)
        change = Change(kind="added", report=report, type=claim.type, words=words, after=claim.id)
        found.append((claim.trigger.start, change))
    yield from (change for _, change in sorted(found, key=lambda one: one[0]))


def _paired(
    old: Sequence[Claim], new: Sequence[Claim]
) -> tuple[list[tuple[Claim, Claim | None]], list[Claim]]:
    """Pair old claims with new ones, the surest first; return the pairs and the new claims left over."""
    left, mates = list(new), dict[int, Claim]()
    for same in (_same_id, _same_words_and_type, _same_words):
        for index, claim in enumerate(old):
            if index in mates:
                continue
            mate = next((other for other in left if same(claim, other)), None)
            if mate is not None:
                mates[index] = mate
                left.remove(mate)
    return [(claim, mates.get(index)) for index, claim in enumerate(old)], left


def _same_id(left: Claim, right: Claim) -> bool:
    return left.id == right.id


def _same_words(left: Claim, right: Claim) -> bool:
    return left.trigger.start < right.trigger.end and right.trigger.start < left.trigger.end


def _same_words_and_type(left: Claim, right: Claim) -> bool:
    return left.type == right.type and _same_words(left, right)


def _field_changes(before: Claim, after: Claim) -> Iterator[FieldChange]:
    for field in FIELDS:
        was, now = getattr(before, field), getattr(after, field)
        if was != now:
            was, now = told(was), told(now)
            if was == now:
                # The words are the same and stand elsewhere, or a detail changed that the words do not show.
                was, now = f"{was} (as before)", f"{now} (other details)"
            yield FieldChange(field=field, before=was, after=now)


def told(value: Any) -> str:
    """Write a value of a claim in a few words."""
    if value is None or value == ():
        return "—"
    if isinstance(value, tuple):
        return "; ".join(map(told, value))
    if isinstance(value, Span):
        return _line(value.quote)
    if isinstance(value, Filler):
        name = value.name or value.span.quote
        return f"{_line(name)} ({value.side})" if value.side else _line(name)
    if isinstance(value, Figure):
        high = "or more" if value.high is None else f"to {value.high:,}" if value.high != value.low else ""
        return " ".join(filter(None, (f"{value.low:,}", high, value.of, value.measure)))
    if isinstance(value, Loss):
        return " ".join(filter(None, (str(value.count or ""), _line(value.item), value.status)))
    if isinstance(value, Place):
        return ", ".join(
            filter(None, (_line(value.name), value.relation, value.country, _precision(value.precision)))
        )
    if isinstance(value, Time):
        return f"{_days(value.earliest, value.latest)} ({value.precision}, {value.basis})"
    if isinstance(value, Attribution):
        return f"{told(value.source)} {_line(value.cue.quote) if value.cue else ''}".strip()
    return str(value)


def _precision(precision: int | None) -> str | None:
    return f"precision {precision}" if precision is not None else None


def _days(earliest: date, latest: date) -> str:
    return str(earliest) if earliest == latest else f"{earliest} to {latest}"


def _around(text: str, span: Span) -> str:
    """Return the words around a trigger on one line, the trigger between > and <."""
    start, end = max(0, span.start - _AROUND), min(len(text), span.end + _AROUND)
    before = text[start : span.start] if start == 0 else "…" + text[start : span.start].partition(" ")[2]
    behind = text[span.end : end] if end == len(text) else text[span.end : end].rpartition(" ")[0] + "…"
    return _line(f"{before}>{span.quote}<{behind}")


def _line(words: str) -> str:
    return " ".join(words.split())
