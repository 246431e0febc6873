"""Signing in: the same time for every name, and limits by name and by address that live through a restart."""

import hashlib
import hmac
import time
from collections.abc import Callable
from functools import cache

from dateline.desk.passwords import hash_password, one_time_password, password_fits
from dateline.desk.people import Account, People, fold
from dateline.desk.state import State

WINDOW_S = 15 * 60
# Attempts that failed, or are being checked, within the window, after which no more are heard: a team behind one address
# may sign in at once.
BY_NAME, BY_ADDRESS = 8, 100


class TooMany(Exception):
    """Too many attempts; the next is heard after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class SignIn:
    """Checks names and passwords; each attempt is noted before it is checked, so that many at once gain nothing."""

    def __init__(self, state: State, people: People, clock: Callable[[], float] = time.time) -> None:
        self.state = state
        self.people = people
        self.clock = clock
        self._secret = state.secret()

    def check(self, name: str, password: str, address: str) -> Account | None:
        """Return the account that a name and password are of, null if they are of none; raises TooMany."""
        keys = (("name", self._key(fold(name)[:200])), ("address", self._key(address)))
        numbers = self._note(keys)
        unknown = _unknown()
        found = self.people.kept_password(name[:200])
        fits = password_fits(found[1] if found else unknown, password)
        if found is None or not fits:
            return None
        account, kept = found
        self.people.rehash(account.id, kept, password)
        with self.state.transaction() as connection:
            # What this person mistyped is forgotten; other attempts from the address are not.
            connection.execute("DELETE FROM attempts WHERE kind = 'name' AND key = ?", (keys[0][1],))
            connection.executemany("DELETE FROM attempts WHERE number = ?", [(number,) for number in numbers])
        return account

    def forget(self, name: str) -> None:
        """Forget the attempts that failed by a name, whose person has another password now."""
        with self.state.transaction() as connection:
            connection.execute(
                "DELETE FROM attempts WHERE kind = 'name' AND key = ?", (self._key(fold(name)[:200]),)
            )

    def _note(self, keys: tuple[tuple[str, bytes], ...]) -> list[int]:
        now = int(self.clock())
        with self.state.transaction() as connection:
            connection.execute("DELETE FROM attempts WHERE at <= ?", (now - WINDOW_S,))
            for kind, key in keys:
                most = BY_NAME if kind == "name" else BY_ADDRESS
                times = connection.execute(
                    "SELECT at FROM attempts WHERE kind = ? AND key = ? ORDER BY at DESC LIMIT ?",
                    (kind, key, most),
                ).fetchall()
                if len(times) == most:
                    raise TooMany(max(1, times[-1][0] + WINDOW_S - now))
            return [
                int(connection.execute("INSERT INTO attempts (kind, key, at) VALUES (?,?,?)", (kind, key, now)).lastrowid or 0)
                for kind, key in keys
            ]  # fmt: skip

    def _key(self, value: str) -> bytes:
        # Some type a password where the name belongs: what was typed is not kept in clear.
        return hmac.new(self._secret, value.encode("utf-8", "replace"), hashlib.sha256).digest()


@cache
def _unknown() -> str:
    """Return a hash that stands for the password of a name that is not there."""
    return hash_password(one_time_password())
