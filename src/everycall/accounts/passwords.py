"""Passwords: what is asked of one, and the argon2 hash that alone is kept.

After NIST SP 800-63B and OWASP ASVS 4 (V2.1): length counts, not kinds of characters; common ones are refused.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from everycall.errors import Problem

SHORTEST, LONGEST = 12, 128

_HASHER = PasswordHasher(time_cost=3, memory_cost=19_456, parallelism=1)
"""OWASP's setting for argon2id: 19 MiB; a lost store costs a guesser that much for each guess."""


def problems_of_password(password: str, name: str) -> Iterator[Problem]:
    """Yield what is wrong with a password somebody wants to have; never the password itself."""
    if not SHORTEST <= len(password) <= LONGEST:
        yield Problem("password", f"has {SHORTEST} to {LONGEST} characters")
    folded = password.lower().strip()
    if folded in _common():
        yield Problem("password", "is among the twenty thousand most used")
    if len(name) > 3 and name in folded:
        yield Problem("password", "holds the name of the account")
    if password and len(set(folded)) < 5:
        yield Problem("password", "repeats the same few characters")


def hashed(password: str) -> str:
    """Return the argon2id hash, with its salt and settings."""
    return _HASHER.hash(password)


def matches(encoded: str | None, password: str) -> bool:
    """Say whether a password is the one hashed; without a hash it takes as long, so that nobody learns of accounts."""
    try:
        _HASHER.verify(encoded or _nobodys(), password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return bool(encoded)


def is_weaker_than_now(encoded: str) -> bool:
    """Say whether a hash was made with weaker settings than today's, and should be made again."""
    return _HASHER.check_needs_rehash(encoded)


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody's password")


@cache
def _common() -> frozenset[str]:
    import django.contrib.auth

    path = Path(django.contrib.auth.__file__).with_name("common-passwords.txt.gz")
    return frozenset(gzip.decompress(path.read_bytes()).decode("utf-8").split())
