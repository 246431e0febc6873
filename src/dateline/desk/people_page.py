"""The pages about people: signing in, one's own page, and the accounts."""

from dataclasses import dataclass

from dateline.desk.call import ROLES, Call, Role
from dateline.desk.passwords import LEAST
from dateline.desk.people import Account
from dateline.desk.sessions import SessionShown


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage:
    """The form to sign in: where it leads then, what went wrong the last time, whether there is anybody who could."""

    back: str
    name: str = ""
    message: str | None = None
    accounts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfPage:
    """One's own page: name and role, whether a password must be chosen, where one is signed in.

    `account` is false for the one user of a desk without accounts, who has no password and no sessions.
    """

    name: str
    role: Role
    account: bool
    must_change: bool
    sessions: tuple[SessionShown, ...]
    least: int = LEAST
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """The accounts, the roles there are, and whether the next one is the first."""

    accounts: tuple[Account, ...]
    roles: tuple[Role, ...] = ROLES
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordPage:
    """A password for one use, shown once: whose it is, and whether the account is new."""

    account: Account
    password: str
    new: bool
    first: bool


def self_page(call: Call, message: str | None = None) -> SelfPage:
    """Return the page of the person who asks."""
    signed = call.signed
    return SelfPage(
        name=call.person.name,
        role=call.person.role,
        account=signed is not None,
        must_change=signed is not None and signed.must_change,
        sessions=call.desk.sessions.of(signed.account, signed.digest) if signed else (),
        message=message,
    )


def people_page(call: Call) -> PeoplePage:
    """Return the page of the accounts."""
    accounts = call.desk.people.all()
    return PeoplePage(accounts=accounts, first=not accounts)
