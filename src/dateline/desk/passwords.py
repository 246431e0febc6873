"""Passwords: what one must be, how it is kept (argon2id), and passwords for one use."""

import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from dateline.desk.call import DeskError

LEAST, MOST = 12, 1_000
_DIFFERENT = 5
# Letters and digits that are not taken for one another when they are read out or copied by hand.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
# RFC 9106, the second recommended choice: 64 MiB, 3 passes, 4 lanes.
HASHER = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4, type=Type.ID)
# Each takes 64 MiB; so many at once, however many sign-ins come.
_AT_ONCE = threading.BoundedSemaphore(4)


def check_password(password: str, name: str) -> None:
    """Raise DeskError for a password that is too short, too long, too even, or holds the person's name."""
    if len(password) < LEAST:
        raise DeskError(
            f"the password has {len(password)} characters; take {LEAST} or more: a few words do well"
        )
    if len(password) > MOST:
        raise DeskError(f"the password is longer than {MOST:,} characters; take a shorter one")
    if len(set(password)) < _DIFFERENT:
        raise DeskError(
            f"the password repeats fewer than {_DIFFERENT} different characters; take a few words"
        )
    if len(name) > 2 and name.casefold() in password.casefold():
        raise DeskError("the password holds the name; take another")


def hash_password(password: str) -> str:
    """Return what is kept of a password: its argon2id hash with salt and parameters."""
    with _AT_ONCE:
        return HASHER.hash(_normal(password))


def password_fits(kept: str, password: str) -> bool:
    """Whether a password is the one that was kept."""
    if len(password) > MOST:
        password = ""
    try:
        with _AT_ONCE:
            return HASHER.verify(kept, _normal(password))
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(kept: str) -> bool:
    """Whether a kept hash was made with other parameters than those of today."""
    return HASHER.check_needs_rehash(kept)


def one_time_password() -> str:
    """Return a random password of 79 bits, in groups that can be read out."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _normal(password: str) -> str:
    # The same letters, however a keyboard composes them.
    return unicodedata.normalize("NFKC", password)
