"""What a team sees of its reviewing: conflicts to settle, and how far people agree."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateline.desk.call import Person
from dateline.desk.deciding import new_key, seen_of
from dateline.desk.desk import Desk
from dateline.desk.review_fields import claim_fields, value_words
from dateline.linking.conflicts import Conflict
from dateline.model.reading import Claim
from dateline.model.review import Review
from dateline.run.agreement import LEVELS, Agreement, Coding, PairAgreement, agreement, codings, pairs

PER_PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictSide:
    """One side of a conflict: the decision, and in words the value that it sets the field to."""

    review: Review
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictLine:
    """A conflict about a claim: its words, the machine's value of the field, both sides, and what a form sends."""

    conflict: Conflict
    claim: Claim
    publisher: str | None
    told: date
    machine: str
    sides: tuple[ConflictSide, ...]
    seen: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictsPage:
    """The conflicts between people that nobody has settled, a page of them."""

    total: int
    lines: tuple[ConflictLine, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPage:
    """How far people agree, field by field and by pairs of people; `blind` takes only what was decided unseen."""

    blind: bool
    claims: int
    fields: tuple[Agreement, ...]
    pairs: tuple[PairAgreement, ...]


def conflicts_page(desk: Desk, person: Person, page: int = 1) -> ConflictsPage:
    """Return the conflicts that a person may see."""
    known = desk.decisions_for(person)
    found = sorted(
        (one for held in known.in_conflict.values() for one in held),
        key=lambda one: (max(side.at for side in one.sides), one.claim),
    )
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(page, 1), pages)
    chosen = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    with desk.record.view() as view:
        entries = view.entries(list(dict.fromkeys(one.claim for one in chosen)))
    lines = [
        ConflictLine(
            conflict=one, claim=entries[one.claim].claim, publisher=entries[one.claim].report.publisher,
            told=entries[one.claim].told, machine=_machine(entries[one.claim].claim, one.field),
            sides=tuple(ConflictSide(review=side, value=value_words(side)) for side in one.sides),
            seen=seen_of(known, [one.claim]), key=new_key(),
        )
        for one in chosen
    ]  # fmt: skip
    return ConflictsPage(total=len(found), lines=tuple(lines), page=page, pages=pages)


def _machine(claim: Claim, field: str | None) -> str:
    named = next((one for one in claim_fields(claim, claim) if one.name == field), None)
    return "; ".join(value.words for value in named.values) if named else ""


def coded(desk: Desk, person: Person, *, blind: bool = False) -> tuple[Coding, ...]:
    """Return what people made of claims that two or more decided about, as far as a person may see it.

    With `blind` only what those decided who were asked to read a claim blind.
    """
    known = desk.decisions_for(person)
    by_claim = {claim: held for claim, held in known.by_claim.items() if len({one.who for one in held}) > 1}
    if blind:
        asked = {(one.claim, one.person) for one in desk.assignments.all() if one.blind}
        by_claim = {
            claim: tuple(one for one in held if (claim, one.who) in asked) for claim, held in by_claim.items()
        }
    with desk.record.view() as view:
        entries = view.entries(sorted(by_claim))
    return codings(by_claim, {claim: entry.claim for claim, entry in entries.items()})


def agreement_page(desk: Desk, person: Person, *, blind: bool = False) -> AgreementPage:
    """Return how far people agree."""
    found = coded(desk, person, blind=blind)
    return AgreementPage(
        blind=blind, claims=len({one.claim for one in found}),
        fields=tuple(agreement(found, field) for field in LEVELS), pairs=pairs(found),
    )  # fmt: skip


def matrix_csv(found: Sequence[Coding]) -> str:
    """Write codings as a table, a row for each claim and person; a cell that a spreadsheet would run is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("claim", "who", *LEVELS))
    for one in found:
        cells = [one.values.get(field) for field in LEVELS]
        writer.writerow((one.claim, *map(_cell, (one.who, *cells))))
    return out.getvalue()


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}" if value != int(value) else str(int(value))
    # As OWASP advises against formula injection.
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
