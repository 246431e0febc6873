"""One desk: the record it stands on, and what it keeps in memory between requests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from dateline.codebook.agencies import load_agencies
from dateline.desk.call import GUEST, Person
from dateline.desk.jobs import Jobs
from dateline.desk.people import People
from dateline.desk.sessions import Sessions, SignedIn
from dateline.desk.sign_in import SignIn
from dateline.desk.state import State
from dateline.desk.templates import Templates
from dateline.linking.books import load_books
from dateline.run.decisions import DecisionLog
from dateline.run.events import Events
from dateline.run.link_kit import LinkKit, load_link_kit
from dateline.store.sqlite import Record, open_record


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSettings:
    """How a desk is served.

    `who` is the name that decisions are kept under on a desk without accounts. `hosts` are the names it answers to.
    `tiles` is the address of map tiles ("https://…/{z}/{x}/{y}.png"), the only thing that is ever asked of elsewhere.
    `secure` marks cookies for HTTPS alone. `loopback` is true where only this machine reaches the desk: then it needs
    no sign-in while there are no accounts, or ever if `local` is set. `allow_private` lets reports be fetched from
    addresses of the desk's own network.
    """

    who: str
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "::1")
    tiles: str | None = None
    secure: bool = False
    loopback: bool = True
    local: bool = False
    allow_private: bool = False


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
    people: People = field(init=False)
    sessions: Sessions = field(init=False)
    sign_in: SignIn = field(init=False)
    jobs: Jobs = field(init=False)

    def __post_init__(self) -> None:
        self.record = open_record(self.folder, must_exist=False)
        self.state = State(self.folder)
        self.templates = Templates()
        self.kit = load_link_kit()
        self.decisions = DecisionLog(self.record)
        self.people = People(self.state)
        self.sessions = Sessions(self.state)
        self.sign_in = SignIn(self.state, self.people)
        self.jobs = Jobs(self.state, self.folder)
        # Read from files once, before the first request waits for them.
        load_books()
        load_agencies()

    @contextmanager
    def events(self) -> Iterator[Events]:
        """Give the events of the record as they stand, with people's decisions that are kept in memory."""
        with Events(self.record, kit=self.kit, decisions=self.decisions.now()) as events:
            yield events

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
