"""The accounts of a desk: added, given a role, disabled, never deleted, since decisions keep their names."""

import sqlite3
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from dateline.desk.call import ROLES, DeskError, Person, Role
from dateline.desk.passwords import check_password, hash_password, needs_rehash
from dateline.desk.state import State

_NAME = 80
_FIELDS = "id, name, role, must_change, disabled, made, made_by"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account: `must_change` while its password is one that somebody else knows."""

    id: int
    name: str
    role: Role
    must_change: bool
    disabled: bool
    made: datetime
    made_by: str

    @property
    def person(self) -> Person:
        """Who that is at the desk."""
        return Person(name=self.name, role=self.role)


class People:
    """Keeps the accounts in the database of the desk."""

    def __init__(self, state: State, clock: Callable[[], float] = time.time) -> None:
        self.state = state
        self.clock = clock

    def any(self) -> bool:
        """Whether there are accounts, disabled ones too."""
        with self.state.connection() as connection:
            return connection.execute("SELECT 1 FROM accounts LIMIT 1").fetchone() is not None

    def any_lead(self) -> bool:
        """Whether somebody with the role of a lead can sign in."""
        with self.state.connection() as connection:
            return _leads(connection) > 0

    def all(self) -> tuple[Account, ...]:
        """Return all accounts, by name."""
        with self.state.connection() as connection:
            rows = connection.execute(f"SELECT {_FIELDS} FROM accounts ORDER BY folded")  # noqa: S608
            return tuple(account_of(row) for row in rows)

    def named(self, name: str) -> Account:
        """Return the account of a name, in any case; raises DeskError (404) if there is none."""
        with self.state.connection() as connection:
            return _one(connection, "folded = ?", fold(name), name)

    def get(self, number: int) -> Account:
        """Return the account of an id; raises DeskError (404) if there is none."""
        with self.state.connection() as connection:
            return _one(connection, "id = ?", number, str(number))

    def add(self, name: str, role: Role, password: str, *, by: str, must_change: bool) -> Account:
        """Add an account; raises DeskError for a name that is taken or none, a weak password, a first one that is no lead."""
        name = checked_name(name)
        check_role(role)
        check_password(password, name)
        kept = hash_password(password)
        with self.state.transaction() as connection:
            if role != "lead" and connection.execute("SELECT 1 FROM accounts LIMIT 1").fetchone() is None:
                raise DeskError(
                    "the first account must be that of a lead, who adds the others; give it the role lead"
                )
            try:
                connection.execute(
                    "INSERT INTO accounts (name, folded, role, password, must_change, made, made_by) VALUES (?,?,?,?,?,?,?)",
                    (name, fold(name), role, kept, must_change, int(self.clock()), by),
                )
            except sqlite3.IntegrityError:
                raise DeskError(
                    f"there is an account of the name {name!r} already, perhaps disabled; take another name",
                    status=409,
                ) from None
            return _one(connection, "folded = ?", fold(name), name)

    def set_role(self, number: int, role: Role) -> None:
        """Change what a person may do, from their next request on; the last lead stays one."""
        check_role(role)
        with self._keeping_a_lead() as connection:
            connection.execute("UPDATE accounts SET role = ? WHERE id = ?", (role, number))

    def disable(self, number: int) -> None:
        """Let a person sign in no more, and end their sessions; their name stays with what they decided."""
        with self._keeping_a_lead() as connection:
            connection.execute("UPDATE accounts SET disabled = 1 WHERE id = ?", (number,))
            connection.execute("DELETE FROM sessions WHERE account = ?", (number,))

    def enable(self, number: int) -> None:
        """Let a person sign in again."""
        with self.state.transaction() as connection:
            connection.execute("UPDATE accounts SET disabled = 0 WHERE id = ?", (number,))

    def set_password(self, number: int, password: str, *, must_change: bool) -> None:
        """Give an account another password and end all its sessions; raises DeskError for a weak one."""
        check_password(password, self.get(number).name)
        kept = hash_password(password)
        with self.state.transaction() as connection:
            connection.execute(
                "UPDATE accounts SET password = ?, must_change = ? WHERE id = ?", (kept, must_change, number)
            )
            connection.execute("DELETE FROM sessions WHERE account = ?", (number,))

    def kept_password(self, name: str) -> tuple[Account, str] | None:
        """Return the account of a name with the hash of its password; null for none, and for one that is disabled."""
        with self.state.connection() as connection:
            row = connection.execute(
                f"SELECT {_FIELDS}, password FROM accounts WHERE folded = ? AND NOT disabled",  # noqa: S608
                (fold(name),),
            ).fetchone()
        return (account_of(row[:-1]), str(row[-1])) if row else None

    def rehash(self, number: int, kept: str, password: str) -> None:
        """Keep a password, just found right, with the parameters of today, if it was kept with others."""
        if needs_rehash(kept):
            new = hash_password(password)
            with self.state.transaction() as connection:
                connection.execute(
                    "UPDATE accounts SET password = ? WHERE id = ? AND password = ?", (new, number, kept)
                )

    @contextmanager
    def _keeping_a_lead(self) -> Iterator[sqlite3.Connection]:
        with self.state.transaction() as connection:
            yield connection
            if not _leads(connection):
                raise DeskError(
                    "that is the last lead who can sign in; make another person a lead first", status=409
                )


def account_of(row: tuple[object, ...]) -> Account:
    """Return an account from its row."""
    number, name, role, must_change, disabled, made, by = row
    return Account(
        id=int(str(number)), name=str(name), role=role_of(str(role)), must_change=bool(must_change),
        disabled=bool(disabled), made=datetime.fromtimestamp(int(str(made)), UTC), made_by=str(by),
    )  # fmt: skip


def role_of(value: str) -> Role:
    """Return a role by its name; raises DeskError for another word."""
    for role in ROLES:
        if role == value:
            return role
    raise DeskError(f"{value!r} is no role; roles are {', '.join(ROLES)}")


def check_role(value: str) -> None:
    """Raise DeskError for what is no role."""
    role_of(value)


def checked_name(name: str) -> str:
    """Return a name as it is kept; raises DeskError for an empty or long one, or one with signs that cannot be seen."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name:
        raise DeskError("the name is empty; give the name under which decisions are kept")
    if len(name) > _NAME:
        raise DeskError(f"the name has {len(name)} characters; the limit is {_NAME}")
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn") for sign in name):
        raise DeskError("the name holds signs that cannot be seen; write it with letters")
    return name


def fold(name: str) -> str:
    """Return what names are compared by: without regard to case and width."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())


def _leads(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT count(*) FROM accounts WHERE role = 'lead' AND NOT disabled").fetchone()
    return int(row[0])


def _one(connection: sqlite3.Connection, where: str, value: object, shown: str) -> Account:
    row = connection.execute(f"SELECT {_FIELDS} FROM accounts WHERE {where}", (value,)).fetchone()  # noqa: S608
    if row is None:
        raise DeskError(f"there is no account {shown!r}", status=404)
    return account_of(row)
