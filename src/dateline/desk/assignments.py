"""Who was asked to read which claims, and what they may not see of others until they have decided."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from dateline.desk.state import State
from dateline.run.decisions import Decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A claim that a person was asked to decide about; `blind` hides what others decided until they have."""

    claim: str
    person: str
    asked_by: str
    at: datetime
    blind: bool


@dataclass(frozen=True, slots=True)
class Assignments:
    """The assignments of a desk."""

    state: State

    def ask(self, claims: Iterable[str], people: Collection[str], *, by: str, blind: bool) -> int:
        """Ask people to decide about claims; return how many were not asked before."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        rows = [(claim, person, by, at, int(blind)) for claim in claims for person in people]
        with self.state.transaction() as connection:
            before = connection.total_changes
            connection.executemany("INSERT OR IGNORE INTO assignments VALUES (?, ?, ?, ?, ?)", rows)
            return connection.total_changes - before

    def of(self, person: str) -> tuple[Assignment, ...]:
        """Return what a person was asked, the oldest first."""
        return self._found("WHERE person = ? ORDER BY at, claim", person)

    def all(self) -> tuple[Assignment, ...]:
        """Return all assignments, the oldest first."""
        return self._found("ORDER BY at, claim, person")

    def hidden(self, person: str, decisions: Decisions) -> frozenset[str]:
        """Return the claims of which a person may not see yet what others decided."""
        decided = decisions.verdicts.get(person, frozenset())
        return frozenset(one.claim for one in self.of(person) if one.blind and one.claim not in decided)

    def _found(self, condition: str, *values: str) -> tuple[Assignment, ...]:
        query = f"SELECT claim, person, asked_by, at, blind FROM assignments {condition}"  # noqa: S608
        with self.state.connection() as connection:
            rows = connection.execute(query, values).fetchall()
        return tuple(
            Assignment(
                claim=claim, person=person, asked_by=by, at=datetime.fromisoformat(at), blind=bool(blind)
            )
            for claim, person, by, at, blind in rows
        )
