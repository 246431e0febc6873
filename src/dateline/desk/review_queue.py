"""The order in which claims are put before a person: a rule, filters, and what is left to decide."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from fnmatch import fnmatchcase
from threading import Lock

import numpy as np
import numpy.typing as npt

from dateline.desk.call import DeskError
from dateline.desk.claim_index import ClaimTable, Rows
from dateline.desk.words import N_
from dateline.run.decisions import Decisions

RULES: Mapping[str, str] = {
    "uncertain": N_("uncertain first"),
    "origins": N_("many origins first"),
    "contradicted": N_("contradicted first"),
    "newest": N_("newest first"),
    "mine": N_("assigned to me"),
    "conflicts": N_("in conflict"),
}
OPEN, ANY = "open", "all"
STATES: Mapping[str, str] = {
    OPEN: N_("not decided by me"),
    ANY: N_("all"),
    "unreviewed": N_("decided by nobody"),
    "accepted": N_("accepted"),
    "rejected": N_("rejected"),
    "corrected": N_("corrected"),
    "unsure": N_("unsure"),
}
_KEPT_ORDERS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueQuery:
    """What is to be decided: a rule of order, and filters, empty for no limit.

    `type` is an event type, a family ("strike") or a pattern ("*.capture"); `state` one of `STATES`.
    """

    by: str = "uncertain"
    type: str = ""
    event: str = ""
    report: str = ""
    state: str = OPEN

    def to_params(self) -> list[tuple[str, str]]:
        """Return the fields that are set, as the query of an address."""
        plain = QueueQuery()
        return [
            (item.name, getattr(self, item.name))
            for item in fields(self)
            if getattr(self, item.name) != getattr(plain, item.name)
        ]


def parse_queue(params: Mapping[str, str]) -> QueueQuery:
    """Read a query from the parameters of an address; names that are not its own are passed by."""
    given = {item.name: params[item.name].strip() for item in fields(QueueQuery) if params.get(item.name)}
    query = QueueQuery(**given)
    for name, value, known in (("by", query.by, RULES), ("state", query.state, STATES)):
        if value not in known:
            raise DeskError(f"{name}={value!r} is none of {', '.join(known)}")
    return query


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The claims that match a query, in its order, as rows of the table, and which of them are left.

    `matching` are all that the rule and the filters but for the state let through; `listed` those in the state asked
    for; `mine` and `anyone` count the matching that the person, and anybody, decided about.
    """

    table: ClaimTable
    query: QueueQuery
    matching: Rows
    listed: Rows
    mine: int
    anyone: int
    undecided: Rows

    def ids(self, start: int = 0, most: int = 50) -> list[str]:
        """Return the claims listed from a place on."""
        return [self.table.ids[row] for row in self.listed[start : start + most].tolist()]

    def place(self, claim: str) -> int | None:
        """Return the place of a claim among the matching, from 0; null if it is none of them."""
        row = self.table.row_of.get(claim)
        found = np.flatnonzero(self.matching == row) if row is not None else np.zeros(0, np.int64)
        return int(found[0]) if len(found) else None

    def beside(self, claim: str, step: int) -> str | None:
        """Return the claim that is a step on, or back if it is negative, among the matching."""
        place = self.place(claim)
        if place is None or not 0 <= place + step < len(self.matching):
            return None
        return self.table.ids[int(self.matching[place + step])]

    def next_open(self, claim: str | None = None) -> str | None:
        """Return the next claim that the person has not decided about: after a claim, or else from the start."""
        place = self.place(claim) if claim is not None else None
        order = self.matching if place is None else np.roll(self.matching, -place - 1)
        rest = order[np.isin(order, self.undecided)]
        own = self.table.row_of.get(claim or "")
        return next((self.table.ids[row] for row in rest.tolist() if row != own), None)


@dataclass(slots=True)
class QueueOrders:
    """Sorts claims by the rules; an order that was asked for before is not sorted again."""

    _kept: dict[tuple[object, ...], tuple[ClaimTable, Rows]] = field(default_factory=dict)
    _masks: dict[str | None, tuple[ClaimTable, Collection[str], npt.NDArray[np.bool_]]] = field(
        default_factory=dict
    )
    _lock: Lock = field(default_factory=Lock)

    def queue(
        self,
        table: ClaimTable,
        query: QueueQuery,
        *,
        who: str,
        decisions: Decisions,
        assigned: Sequence[str] = (),
    ) -> Queue:
        """Return the queue of a person; `decisions` are those that the person may see."""
        ordered = self._ordered(table, query)
        if query.by == "mine":
            ordered = ordered[np.isin(ordered, table.rows(assigned))]
        elif query.by == "conflicts":
            ordered = ordered[np.isin(ordered, table.rows(decisions.in_conflict))]
        mask = self._mask(table, who, decisions.verdicts.get(who, frozenset()))
        anyone = self._mask(table, None, decisions.states)
        undecided = ordered[~mask[ordered]]
        return Queue(
            table=table, query=query, matching=ordered, listed=_in_state(table, query.state, ordered, undecided,
            decisions), mine=int(mask[ordered].sum()), anyone=int(anyone[ordered].sum()), undecided=undecided,
        )  # fmt: skip

    def _mask(self, table: ClaimTable, who: str | None, claims: Collection[str]) -> npt.NDArray[np.bool_]:
        """Return which rows are of these claims; of one person, or of all, what was asked for last is kept."""
        kept = self._masks.get(who)
        if kept is None or kept[0] is not table or kept[1] is not claims:
            mask = np.zeros(len(table), np.bool_)
            mask[table.rows(claims)] = True
            kept = self._masks[who] = (table, claims, mask)
        return kept[2]

    def _ordered(self, table: ClaimTable, query: QueueQuery) -> Rows:
        rule = query.by if query.by in ("uncertain", "origins", "contradicted") else "newest"
        key = (rule, query.type, query.event, query.report)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and kept[0] is table:
                return kept[1]
        rows = _filtered(table, query)
        found = rows[np.lexsort([-column[rows] for column in reversed(_columns(table, rule))])]
        with self._lock:
            if len(self._kept) >= _KEPT_ORDERS:
                self._kept.clear()
            self._kept[key] = (table, found)
        return found


def _columns(table: ClaimTable, rule: str) -> tuple[Rows, ...]:
    """Return what a rule sorts by, most first, the weightiest column first."""
    doubt = 2 * (table.certainty == 2) + (table.certainty == 1) + table.missing + (table.origins == 1)
    rules: Mapping[str, tuple[Rows, ...]] = {
        "uncertain": (doubt, table.told),
        "origins": (table.origins, table.told),
        "contradicted": (table.differs.astype(np.int64), table.origins, table.told),
        "newest": (table.told,),
    }
    return rules[rule]


def _filtered(table: ClaimTable, query: QueueQuery) -> Rows:
    keep = np.ones(len(table), np.bool_)
    if query.type:
        codes = [code for code, name in enumerate(table.types) if _fits(name, query.type)]
        keep &= np.isin(table.type, codes)
    for wanted, names, column in (
        (query.event, table.events, table.event),
        (query.report, table.reports, table.report),
    ):
        if wanted:
            keep &= column == (names.index(wanted) if wanted in names else -1)
    return np.flatnonzero(keep)


def _fits(name: str, wanted: str) -> bool:
    return name == wanted or name.startswith(f"{wanted}.") or fnmatchcase(name, wanted)


def _in_state(table: ClaimTable, state: str, ordered: Rows, undecided: Rows, decisions: Decisions) -> Rows:
    if state == ANY:
        return ordered
    if state == OPEN:
        return undecided
    if state == "unreviewed":
        return ordered[~np.isin(ordered, table.rows(decisions.states))]
    found = (claim for claim, held in decisions.states.items() if held == state)
    return ordered[np.isin(ordered, table.rows(found))]
