"""The table of figures of one event: who told which count on which day, and which of them count for what."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dateline.codebook.actors import word_key
from dateline.codebook.names import name_key
from dateline.linking.books import Books, load_books
from dateline.linking.consensus import best_place, best_time
from dateline.linking.independence import FACT, origin_of_claims
from dateline.linking.series import supersede
from dateline.linking.source_words import lemma_of
from dateline.model.event import Count, Entry, Origin, Standing
from dateline.model.values import Figure
from dateline.model.words import count_words, days_words

WIDER_DAYS = 7  # a claim that spans more days than the event and this many tells of more than the event
WIDER_TIMES = 3
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A count on its way into the table, with what it was made from."""

    count: Count
    entry: Entry
    figure: Figure


def counts(
    entries: Iterable[Entry], found: Sequence[Origin], books: Books | None = None
) -> tuple[Count, ...]:
    """Return every figure told of an event, in order of day, each marked with why it counts or does not.

    `found` are the origins of the entries. Only figures of standing "counts" make a range; see `Count`.
    """
    books = books or load_books()
    listed = {entry.claim.id: entry for entry in entries}
    by_claim = origin_of_claims(found)
    rows = [
        Row(count=_count(entry, figure, by_claim.get(entry.claim.id)), entry=entry, figure=figure)
        for entry in listed.values()
        for figure in entry.claim.figures
    ]
    rows = [_judged(row, _as_told(row)) for row in rows]
    rows = [_judged(row, _unnumbered(row, books)) for row in rows]
    rows = _without_wider(rows, list(listed.values()), found)
    rows = _within_claims(rows, books)
    rows = _within_reports(rows, found)
    rows = _without_parts(rows, books)
    rising = frozenset(row.count.claim for row in rows if _rises(row, books))
    table = supersede(_ordered(row.count for row in rows), rising, books)
    return _ordered(table)


def _ordered(table: Iterable[Count]) -> tuple[Count, ...]:
    return tuple(
        sorted(
            table,
            key=lambda one: (
                one.told,
                one.measure,
                one.of,
                one.low,
                one.source,
                one.report,
                one.start,
                one.claim,
            ),
        )
    )


def _count(entry: Entry, figure: Figure, origin: Origin | None) -> Count:
    claim = entry.claim
    return Count(
        told=entry.told, origin=origin.id if origin else "", source=origin.name if origin else "",
        side=origin.side if origin else None, claim=claim.id, report=entry.report.id,
        publisher=entry.report.publisher, measure=figure.measure, of=figure.of, low=figure.low, high=figure.high,
        certainty=claim.certainty, polarity=claim.polarity, reality=claim.reality, quote=figure.span.quote,
        start=figure.span.start, end=figure.span.end,
    )  # fmt: skip


def _judged(row: Row, verdict: tuple[Standing, str] | None) -> Row:
    """Mark a row that still counts."""
    if verdict is None or row.count.standing != "counts":
        return row
    return replace(row, count=replace(row.count, standing=verdict[0], left_out=verdict[1]))


def _as_told(row: Row) -> tuple[Standing, str] | None:
    """Leave out what nobody tells flatly as having happened."""
    claim = row.entry.claim
    if row.entry.state == "rejected":
        return "rejected", "the claim was rejected by a person"
    if claim.polarity == "negative":
        return "denied", "told as not having happened"
    if claim.reality not in FACT:
        return "unreal", f"told as {claim.reality}, not as having happened"
    if claim.certainty == "disputed":
        return "disputed", "told with doubt"
    if claim.certainty == "hedged":
        quotes = dict.fromkeys(" ".join(hedge.quote.split()) for hedge in claim.hedges)
        hedges = ", ".join(f"“{quote}”" for quote in quotes)
        return "hedged", f"told as uncertain ({hedges})" if hedges else "told as uncertain"
    return None


def _unnumbered(row: Row, books: Books) -> tuple[Standing, str] | None:
    """Leave out a plural that tells no number ("prisoners", "several people")."""
    return ("unnumbered", "tells no number") if is_unnumbered(row.count, books) else None


def is_unnumbered(count: Count, books: Books) -> bool:
    """Say whether a count tells only that there was more than one."""
    words = {word_key(word) for word in count.quote.split()}
    if count.high is not None or count.low > 3 or _DIGIT.search(count.quote):
        return False
    return bool(words & books.comparing.unknown) or not words & books.comparing.told


def vague_word(count: Count, books: Books) -> str | None:
    """Return the vague number word that a count was read from ("dozens"), or null."""
    if count.high is not None or _DIGIT.search(count.quote):
        return None
    words = [word_key(word) for word in count.quote.split()]
    return next((word for word in words if word in books.comparing.vague), None)


def _without_wider(rows: Sequence[Row], entries: Sequence[Entry], found: Sequence[Origin]) -> list[Row]:
    """Leave out figures of claims that tell of far more days or land than the event."""
    time, place = best_time(entries, found), best_place(entries, found)
    length = (time.latest - time.earliest).days + 1 if time else None
    local = [
        row.count.low
        for row in rows
        if row.count.standing == "counts" and (row.entry.claim.place is None or not _countrywide(row))
    ]
    kept: list[Row] = []
    for row in rows:
        own = row.entry.claim.time
        verdict: tuple[Standing, str] | None = None
        if own is not None and length is not None:
            days = (own.latest - own.earliest).days + 1
            if days > max(length * WIDER_TIMES, length + WIDER_DAYS):
                verdict = "wider", f"tells of {days_words(own.earliest, own.latest)}, not of this event alone"
        if verdict is None and place is not None and (place.precision or 9) < 6 and _countrywide(row):
            if local and row.count.low > 2 * max(local):
                where = row.entry.claim.place.name if row.entry.claim.place else ""
                verdict = "wider", f"tells of all of {where}, not of this event alone"
        kept.append(_judged(row, verdict))
    return kept


def _countrywide(row: Row) -> bool:
    place = row.entry.claim.place
    return place is not None and place.precision == 6


def _within_claims(rows: Sequence[Row], books: Books) -> list[Row]:
    """Keep one figure of a measure and kind of people for each claim: the most precise, else the largest."""
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.count.standing == "counts":
            groups[row.count.claim, row.count.measure, row.count.of].append(row)
    best: dict[tuple[str, str, str], Row] = {}
    for key, same in groups.items():
        best[key] = min(same, key=lambda one: _precise(one, books))
    kept: list[Row] = []
    for row in rows:
        chosen = best.get((row.count.claim, row.count.measure, row.count.of))
        if chosen is None or chosen is row:
            kept.append(row)
            continue
        said = count_words(chosen.count.low, chosen.count.high)
        kept.append(_judged(row, ("repeated", f"the same report says {said}")))
    return kept


def _within_reports(rows: Sequence[Row], found: Sequence[Origin]) -> list[Row]:
    """Take a figure for a part of the larger one that its own report has from the same origin or in its own voice.

    "23 were killed, after four of the wounded died" tells of 23. Two sources that a report quotes may differ; what it
    says itself and what one source tells it do not.
    """
    own = {origin.id for origin in found if origin.kind != "source"}
    told: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.count.standing == "counts":
            told[row.count.report, row.count.measure, row.count.of].append(row)
    kept: list[Row] = []
    for row in rows:
        beside = told.get((row.count.report, row.count.measure, row.count.of), [])
        totals = [
            other.count.low
            for other in beside
            if other.count.origin == row.count.origin or {other.count.origin, row.count.origin} & own
        ]
        whole = max(totals, default=0)
        smaller = row.count.high is not None and row.count.high < whole
        verdict: tuple[Standing, str] = ("part", f"may be a part of the {whole:,} that the same report tells")
        kept.append(_judged(row, verdict if smaller else None))
    return kept


def _precise(row: Row, books: Books) -> tuple[bool, bool, bool, int, int]:
    count = row.count
    return (
        is_specific(row, books), vague_word(count, books) is not None, count.high is None, -count.low, count.start,
    )  # fmt: skip


def is_specific(row: Row, books: Books) -> bool:
    """Say whether a figure may be part of a total: people of one description ("five children"), or "two more"."""
    span = row.figure.of_span
    words = span.quote.split() if span is not None else []
    counted = row.figure.span.quote.lower().replace("more than", "").split()
    keys = {word_key(word) for word in (*counted, *words)}
    if keys & books.comparing.more:
        return True
    return bool(words) and lemma_of(words[-1], books) not in books.comparing.whole


def _without_parts(rows: Sequence[Row], books: Books) -> list[Row]:
    """Leave out figures of people of one description that may be part of a total that somebody told."""
    totals: dict[str, int] = {}
    for row in rows:
        if row.count.standing == "counts" and not is_specific(row, books):
            totals[row.count.measure] = max(totals.get(row.count.measure, 0), row.count.low)
    kept: list[Row] = []
    for row in rows:
        total = totals.get(row.count.measure)
        top = row.count.high if row.count.high is not None else row.count.low
        verdict: tuple[Standing, str] | None = None
        if total is not None and top <= total and is_specific(row, books):
            noun = row.figure.of_span.quote if row.figure.of_span else row.count.quote
            verdict = "part", f"“{' '.join(noun.split())}” may be a part of the {total:,} told in all"
        kept.append(_judged(row, verdict))
    return kept


def _rises(row: Row, books: Books) -> bool:
    """Say whether a claim's words or its report's headline say that the toll has gone up ("has risen to 52")."""
    book = books.comparing
    words = {name_key(word) for word in row.entry.claim.evidence.quote.split()}
    title = {name_key(word) for word in (row.entry.report.title or "").split()}
    return bool(words & book.rising or (title & book.rising and title & book.tolls))
