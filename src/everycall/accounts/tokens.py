"""Tokens of systems: made, told once, kept as a hash, rotated and revoked.

A token is ``everycall_<label>_<secret>``: the label finds it, the secret (256 random bits) proves it. A plain
SHA-256 is enough for a secret that nobody can guess, and is quick for every call.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.errors import InputError, Problem, Problems, not_allowed
from everycall.store.modes import only_invented
from everycall.store.moments import from_number, to_number
from everycall.store.reading import read
from everycall.store.writing import insert, writing

SCOPES = ("assess", "calls", "caller_number", "decide", "match", "priorities", "webhooks", "words")
"""What a system may be let do; ``words`` is to be told words beside the codes."""

ROTATION_OVERLAP = timedelta(hours=24)
"""How long the old token goes on after a new one was made, so that no call is lost while systems change over."""

_FORM = re.compile(r"everycall_([0-9a-f]{16})_([A-Za-z0-9_-]{43})")
_COLUMNS = "label, system, scopes, made_at, expires_at, revoked_at"


@dataclass(frozen=True, slots=True)
class Token:
    """A system's token as it may be shown."""

    label: str
    system: str
    scopes: frozenset[str]
    made_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    def holds(self, now: datetime) -> bool:
        """Say whether it is in force."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


def make(
    connection: BaseDatabaseWrapper,
    system: str,
    scopes: Sequence[str],
    now: datetime,
    expires_at: datetime | None = None,
) -> str:
    """Make a token for a system and return it: it is told this once.

    Raises
    ------
    InputError
        When a scope is none, the system has no name, or the store is for training.
    """
    only_invented(connection, "another system's token")
    problems = Problems()
    if not re.fullmatch(r"\S(.{0,98}\S)?", system):
        problems.add("system", "is 1 to 100 characters without blanks around them")
    if not scopes:
        problems.add("scope", f"is needed, one or more of {', '.join(SCOPES)}")
    for scope in scopes:
        if scope not in SCOPES:
            problems.add("scope", not_allowed(scope, SCOPES))
    if expires_at is not None and expires_at <= now:
        problems.add("expires", "is past")
    problems.raise_if_any("the token cannot be made")
    with writing(connection):
        return _insert(connection, system, sorted(set(scopes)), now, expires_at)


def _insert(
    connection: BaseDatabaseWrapper,
    system: str,
    scopes: Sequence[str],
    now: datetime,
    expires_at: datetime | None,
) -> str:
    label, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
    insert(
        connection,
        "system_token",
        ("label", "system", "sha256", "scopes", "made_at", "expires_at"),
        [
            (
                label,
                system,
                sha256(secret.encode()).hexdigest(),
                " ".join(scopes),
                to_number(now),
                to_number(expires_at) if expires_at else None,
            )
        ],
    )
    return f"everycall_{label}_{secret}"


def whose(connection: BaseDatabaseWrapper, token: str, now: datetime) -> Token | None:
    """Return the token in force that was shown, or None: unknown, expired and revoked look the same from outside."""
    parts = _FORM.fullmatch(token)
    if parts is None:
        return None
    rows = read(connection, f"SELECT sha256, {_COLUMNS} FROM system_token WHERE label = %s", [parts[1]])
    digest = sha256(parts[2].encode()).hexdigest()
    if not rows or not hmac.compare_digest(rows[0][0], digest):
        return None
    found = _token(rows[0][1:])
    return found if found.holds(now) else None


def every(connection: BaseDatabaseWrapper) -> list[Token]:
    """Return all tokens, by system and age, those that hold no more too."""
    rows = read(connection, f"SELECT {_COLUMNS} FROM system_token ORDER BY system, made_at, label")
    return [_token(row) for row in rows]


def rotate(connection: BaseDatabaseWrapper, label: str, now: datetime) -> str:
    """Return a new token with the same scopes; the old one goes on for `ROTATION_OVERLAP`, no longer."""
    old = _held(connection, label, now)
    until = min(filter(None, (old.expires_at, now + ROTATION_OVERLAP)))
    lasts = old.expires_at - old.made_at if old.expires_at else None
    with writing(connection):
        with closing(connection.cursor()) as cursor:
            cursor.execute(
                "UPDATE system_token SET expires_at = %s WHERE label = %s", [to_number(until), old.label]
            )
        return _insert(connection, old.system, sorted(old.scopes), now, now + lasts if lasts else None)


def revoke(connection: BaseDatabaseWrapper, label: str, now: datetime) -> None:
    """End a token at once."""
    _held(connection, label, now)
    with writing(connection), closing(connection.cursor()) as cursor:
        cursor.execute("UPDATE system_token SET revoked_at = %s WHERE label = %s", [to_number(now), label])


def _held(connection: BaseDatabaseWrapper, label: str, now: datetime) -> Token:
    rows = read(connection, f"SELECT {_COLUMNS} FROM system_token WHERE label = %s", [label])
    if not rows or not _token(rows[0]).holds(now):
        raise InputError("there is no such token", [Problem("label", "no token in force has this label")])
    return _token(rows[0])


def _token(row: tuple[str, str, str, int, int | None, int | None]) -> Token:
    label, system, scopes, made_at, expires_at, revoked_at = row
    return Token(
        label,
        system,
        frozenset(scopes.split()),
        from_number(made_at),
        None if expires_at is None else from_number(expires_at),
        None if revoked_at is None else from_number(revoked_at),
    )
