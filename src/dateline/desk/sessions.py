"""Who is signed in: random ids in cookies, of which only SHA-256 is kept; they end when unused, and in any case."""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from dateline.desk.call import Person
from dateline.desk.people import role_of
from dateline.desk.state import State

IDLE_S = 12 * 3600
WHOLE_S = 7 * 24 * 3600
# How often it is noted that a session is in use.
_NOTED_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A session that stands: whose it is, and whether they must choose a password first."""

    account: int
    person: Person
    must_change: bool
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionShown:
    """A session as its owner sees it: when it began and was last used, from which address, by which browser."""

    begun: datetime
    seen: datetime
    address: str
    browser: str
    own: bool


class Sessions:
    """Keeps the sessions in the database of the desk."""

    def __init__(self, state: State, clock: Callable[[], float] = time.time) -> None:
        self.state = state
        self.clock = clock

    def begin(self, account: int, *, address: str, browser: str) -> str:
        """Begin a session and return its id, which stands nowhere else; those that ended are cleared away."""
        session = secrets.token_urlsafe(32)
        now = int(self.clock())
        with self.state.transaction() as connection:
            connection.execute(
                "DELETE FROM sessions WHERE seen <= ? OR begun <= ?", (now - IDLE_S, now - WHOLE_S)
            )
            connection.execute(
                "INSERT INTO sessions VALUES (?,?,?,?,?,?)",
                (digest_of(session), account, now, now, address[:60], browser[:200]),
            )
        return session

    def find(self, session: str) -> SignedIn | None:
        """Return who a session id stands for; null for one that is not known, has ended, or is of a disabled account."""
        if not 20 <= len(session) <= 100 or not session.isascii():
            return None
        digest, now = digest_of(session), int(self.clock())
        with self.state.connection() as connection:
            row = connection.execute(
                "SELECT a.id, a.name, a.role, a.must_change, s.begun, s.seen FROM sessions s JOIN accounts a "
                "ON a.id = s.account WHERE s.digest = ? AND NOT a.disabled",
                (digest,),
            ).fetchone()
            if row is None or now - row[5] >= IDLE_S or now - row[4] >= WHOLE_S:
                return None
            if now - row[5] >= _NOTED_S:
                connection.execute("UPDATE sessions SET seen = ? WHERE digest = ?", (now, digest))
        return SignedIn(
            account=row[0],
            person=Person(name=row[1], role=role_of(row[2])),
            must_change=bool(row[3]),
            digest=digest,
        )

    def end(self, digest: bytes) -> None:
        """End one session."""
        with self.state.transaction() as connection:
            connection.execute("DELETE FROM sessions WHERE digest = ?", (digest,))

    def end_all(self, account: int) -> None:
        """End all sessions of an account."""
        with self.state.transaction() as connection:
            connection.execute("DELETE FROM sessions WHERE account = ?", (account,))

    def of(self, account: int, own: bytes) -> tuple[SessionShown, ...]:
        """Return the sessions of an account that stand, the last used first; `own` is the digest of the one that asks."""
        now = int(self.clock())
        with self.state.connection() as connection:
            rows = connection.execute(
                "SELECT begun, seen, address, browser, digest FROM sessions WHERE account = ? AND seen > ? AND begun > ? "
                "ORDER BY seen DESC, begun DESC",
                (account, now - IDLE_S, now - WHOLE_S),
            ).fetchall()
        return tuple(
            SessionShown(
                begun=datetime.fromtimestamp(row[0], UTC), seen=datetime.fromtimestamp(row[1], UTC), address=row[2],
                browser=row[3], own=row[4] == own,
            )
            for row in rows
        )  # fmt: skip


def digest_of(session: str) -> bytes:
    """Return what is kept of a session id."""
    return hashlib.sha256(session.encode()).digest()
