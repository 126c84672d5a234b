"""Passwords of accounts, hashed with argon2id."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# 19 MiB, two passes, one lane: the smallest setting OWASP's password storage sheet names for argon2id. A login blocks
# the process for some 30 ms, which the embedded stack, one process for everything, can bear.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """Return the argon2id hash with its parameters and salt."""
    return _HASHER.hash(password)


def is_password(password: str, hashed: str | None) -> bool:
    """Return whether ``password`` is the hashed one; takes as long for an unknown account (``None``)."""
    try:
        return _HASHER.verify(hashed or _nobody(), password) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _HASHER.hash("no account has this password")
