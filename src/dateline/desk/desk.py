"""One desk: the record it stands on, and what it keeps in memory between requests."""

import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock

from dateline.codebook.agencies import packaged_agencies
from dateline.desk.answers import Answers
from dateline.desk.assignments import Assignments
from dateline.desk.call import GUEST, Person
from dateline.desk.claim_index import ClaimIndex, ClaimTable
from dateline.desk.index import EventIndex, Snapshot
from dateline.desk.jobs import Jobs
from dateline.desk.people import People
from dateline.desk.publisher import Publisher
from dateline.desk.review_queue import Queue, QueueOrders, QueueQuery
from dateline.desk.sessions import Sessions, SignedIn
from dateline.desk.sign_in import SignIn
from dateline.desk.state import State
from dateline.desk.templates import Templates
from dateline.linking.books import load_books
from dateline.run.decisions import DecisionLog, Decisions, seen_by
from dateline.run.events import Events
from dateline.run.link_kit import LinkKit, load_link_kit
from dateline.run.summaries import RefreshSummary, refresh
from dateline.store.linked import Linked
from dateline.store.readers import Readers
from dateline.store.sqlite import Record, open_record
from dateline.store.summaries import Summaries


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSettings:
    """How a desk is served.

    `who` is the name that decisions are kept under on a desk without accounts. `hosts` are the names it answers to.
    `tiles` is the address of map tiles ("https://…/{z}/{x}/{y}.png"), the only thing that is ever asked of elsewhere.
    `secure` marks cookies for HTTPS alone. `releases` is the folder of the releases, that of the record's without it.
    `loopback` is true where only this machine reaches the desk: then it needs
    no sign-in while there are no accounts, or ever if `local` is set. `allow_private` lets reports be fetched from
    addresses of the desk's own network.
    """

    who: str
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "::1")
    tiles: str | None = None
    secure: bool = False
    releases: Path | None = None
    loopback: bool = True
    local: bool = False
    allow_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much there is: reports, those not linked yet, and events not summed up yet."""

    reports: int
    waiting: int
    underived: int


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
    _shown: dict[str, tuple[Decisions, Decisions]] = field(init=False, default_factory=dict)
    people: People = field(init=False)
    sessions: Sessions = field(init=False)
    sign_in: SignIn = field(init=False)
    jobs: Jobs = field(init=False)
    index: EventIndex = field(init=False)
    answers: Answers = field(init=False)
    event_pages: Answers = field(init=False)
    publisher: Publisher = field(init=False)
    _watch: sqlite3.Connection = field(init=False)
    _lock: Lock = field(init=False)
    _seen: int = field(init=False)
    _counts: Counts = field(init=False)

    def __post_init__(self) -> None:
        self.record = replace(open_record(self.folder, must_exist=False), readers=Readers())
        self.state = State(self.folder)
        self.templates = Templates()
        self.kit = load_link_kit()
        self.decisions = DecisionLog(self.record)
        self.assignments = Assignments(self.state)
        self.people = People(self.state)
        self.sessions = Sessions(self.state)
        self.sign_in = SignIn(self.state, self.people)
        self.jobs = Jobs(self.state, self.folder)
        self.index = EventIndex()
        self.answers = Answers()
        # With the texts of their reports, which are long.
        self.event_pages = Answers(32)
        self.publisher = Publisher(
            self.folder, self.settings.releases or self.folder / "releases", self.state
        )
        self._watch = self.record.connection()
        self._lock = Lock()
        self._seen = -1
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
        kept = self._shown.get(person.name)
        if kept is None or kept[0] is not known or kept[1].hidden != hidden:
            kept = self._shown[person.name] = (known, seen_by(known, person.name, hidden))
        return kept[1]

    def unseen_by(self, person: Person) -> frozenset[str]:
        """Return the ids of the decisions that a person may not see yet, since they read the claims blind."""
        shown = self.decisions_for(person)
        return (
            frozenset(self.decisions.now().by_id.keys() - shown.by_id.keys()) if shown.hidden else frozenset()
        )

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

    def person_of(self, session: str) -> tuple[Person, SignedIn | None]:
        """Return who asks, by the session id of their cookie (or ""), and their session; `GUEST` must sign in first."""
        if self.settings.loopback and self.settings.local:
            return self.local, None
        signed = self.sessions.find(session) if session else None
        if signed is not None:
            return signed.person, signed
        alone = self.settings.loopback and not self.people.any()
        return (self.local if alone else GUEST), None

    def snapshot(self) -> Snapshot:
        """Return the events of the record as they are summed up now."""
        with self._lock:
            self._look()
            return self.index.snapshot

    def mark(self) -> int:
        """Return a number that is another one once anything in the record changed, decisions included."""
        with self._lock:
            self._look()
            return self._seen

    def counts(self) -> Counts:
        """Return how much there is, now."""
        with self._lock:
            self._look()
            return self._counts

    def _look(self) -> None:
        """Take in what other connections changed since the last look; costs next to nothing when they did not."""
        version = int(self._watch.execute("PRAGMA data_version").fetchone()[0])
        if version == self._seen:
            return
        self.index.update(self._watch)
        (reports,) = self._watch.execute("SELECT count(*) FROM reports").fetchone()
        self._counts = Counts(
            reports=reports,
            waiting=len(Linked(self._watch).pending()),
            underived=len(Summaries(self._watch).missing(1_000)),
        )
        self._seen = version

    def refresh(
        self,
        events: Collection[str] | None = None,
        *,
        limit: int | None = None,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> RefreshSummary:
        """Sum up the events that are not summed up, `limit` at most: of these, or of all."""
        return refresh(self.record, self.kit, events=events, limit=limit, progress=progress)

    def close(self) -> None:
        """Close what is kept open."""
        with self._lock:
            self._watch.close()
        self.let_go()

    def let_go(self) -> None:
        """Close the connections that are kept for the next request, so that the databases are whole in their files."""
        self.state.close()
        if self.record.readers is not None:
            self.record.readers.close()
