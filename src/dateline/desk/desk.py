"""One desk: the record it stands on, and what it keeps in memory between requests."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from dateline.codebook.agencies import packaged_agencies
from dateline.desk.assignments import Assignments
from dateline.desk.call import Person
from dateline.desk.claim_index import ClaimIndex, ClaimTable
from dateline.desk.review_queue import Queue, QueueOrders, QueueQuery
from dateline.desk.state import State
from dateline.desk.templates import Templates
from dateline.linking.books import load_books
from dateline.run.decisions import DecisionLog, Decisions, seen_by
from dateline.run.events import Events
from dateline.run.link_kit import LinkKit, load_link_kit
from dateline.store.sqlite import Record, open_record


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSettings:
    """How a desk is served.

    `who` is the name that decisions are kept under on a desk without accounts. `hosts` are the names it answers to.
    `tiles` is the address of map tiles ("https://…/{z}/{x}/{y}.png"), the only thing that is ever asked of elsewhere.
    `secure` marks cookies for HTTPS alone.
    """

    who: str
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "::1")
    tiles: str | None = None
    secure: bool = False


@dataclass(slots=True)
class Desk:
    """What all requests share: opened once, used by many threads."""

    folder: Path
    settings: DeskSettings
    record: Record = field(init=False)
    state: State = field(init=False)
    templates: Templates = field(init=False)
    kit: LinkKit = field(init=False)
    decisions: DecisionLog = field(init=False)
    assignments: Assignments = field(init=False)
    claims: ClaimIndex = field(init=False, default_factory=ClaimIndex)
    orders: QueueOrders = field(init=False, default_factory=QueueOrders)
    # By person: all decisions, and what the person may see of them.
    _seen: dict[str, tuple[Decisions, Decisions]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.record = open_record(self.folder, must_exist=False)
        self.state = State(self.folder)
        self.templates = Templates()
        self.kit = load_link_kit()
        self.decisions = DecisionLog(self.record)
        self.assignments = Assignments(self.state)
        # Read from files once, before the first request waits for them.
        load_books()
        packaged_agencies()

    @contextmanager
    def events(self, person: Person | None = None, decisions: Decisions | None = None) -> Iterator[Events]:
        """Give the events of the record as they stand, with people's decisions that are kept in memory.

        For a person, without the decisions of others that they may not see yet.
        """
        if decisions is None:
            decisions = self.decisions.now() if person is None else self.decisions_for(person)
        with Events(self.record, kit=self.kit, decisions=decisions) as events:
            yield events

    def decisions_for(self, person: Person) -> Decisions:
        """Return what people decided, as far as a person may see it."""
        known = self.decisions.now()
        hidden = self.assignments.hidden(person.name, known)
        if not hidden:
            return known
        kept = self._seen.get(person.name)
        if kept is None or kept[0] is not known or kept[1].hidden != hidden:
            kept = self._seen[person.name] = (known, seen_by(known, person.name, hidden))
        return kept[1]

    def claim_table(self) -> ClaimTable:
        """Return the claims of the record as a table."""
        with closing(self.record.connection()) as connection:
            return self.claims.table(connection)

    def queue(self, person: Person, query: QueueQuery, decisions: Decisions | None = None) -> Queue:
        """Return the claims that a person is to decide about; `decisions` are those that the person may see."""
        assigned = [one.claim for one in self.assignments.of(person.name)] if query.by == "mine" else ()
        return self.orders.queue(
            self.claim_table(),
            query,
            who=person.name,
            decisions=decisions or self.decisions_for(person),
            assigned=assigned,
        )

    @property
    def local(self) -> Person:
        """The one person of a desk without accounts."""
        return Person(name=self.settings.who, role="lead", local=True)
