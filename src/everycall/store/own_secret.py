"""Secrets that a store makes for itself: what is made with them cannot be made, or guessed back, elsewhere."""

from __future__ import annotations

import secrets

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.store.reading import read
from everycall.store.writing import insert, writing


def own_secret(connection: BaseDatabaseWrapper, name: str) -> bytes:
    """Return this store's secret of that name (256 random bits), made when it is first asked for."""
    setting = f"secret {name}"
    with writing(connection):
        rows = read(connection, "SELECT value FROM setting WHERE name = %s", [setting])
        if not rows:
            insert(connection, "setting", ("name", "value"), [(setting, secrets.token_hex(32))])
            rows = read(connection, "SELECT value FROM setting WHERE name = %s", [setting])
    return bytes.fromhex(rows[0][0])
