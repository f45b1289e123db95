"""Opening a store: an SQLite file or a PostgreSQL database, set so that what is acknowledged is kept."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from everycall.errors import StoreError
from everycall.store.with_django import set_up

set_up()

from django.db import DatabaseError, connections  # noqa: E402 - Django must be set up first
from django.db.backends.base.base import BaseDatabaseWrapper  # noqa: E402

WAIT_SECONDS = 30
"""How long a writer waits for another before it gives up."""


_KEEP_PLANS_AFTER = 2
"""How often a query is asked before PostgreSQL keeps its plan: planning costs more than the answer.

``?prepare_threshold=none`` at the end of the URL keeps none, for a connection pooler that hands out another server
connection with each transaction and does not carry plans over (PgBouncer before 1.21).
"""


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": WAIT_SECONDS,
            "transaction_mode": "IMMEDIATE",
            # secure_delete: what a lawful disposal removes is overwritten, not only unlinked
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA secure_delete=ON; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise StoreError(
            "the store's URL cannot be read: it looks like postgresql://user@host:5432/database"
        ) from None
    # it warns, with the database's name, of what follows from a refusal that is raised and told all the same
    logging.getLogger("psycopg").setLevel(logging.ERROR)
    options = dict(parse_qsl(parts.query))
    keep_plans_after = options.pop("prepare_threshold", str(_KEEP_PLANS_AFTER))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(port or ""),
        "OPTIONS": {
            "connect_timeout": 10,
            "prepare_threshold": int(keep_plans_after) if keep_plans_after.isdecimal() else None,
            **options,
        },
    }


def is_postgresql(where: str) -> bool:
    """Say whether ``where`` is the URL of a PostgreSQL database and not the path of a file.

    Raises
    ------
    StoreError
        When it is another URL: as a path it would become a file, and what is in it, a password perhaps, be shown.
    """
    if "://" in where and not where.startswith(("postgresql://", "postgres://")):
        raise StoreError("a store is a file's path or a URL that begins with postgresql://, not another URL")
    return where.startswith(("postgresql://", "postgres://"))


def shown(where: str) -> str:
    """Return where a store is, as it may be shown: the URL of a database without its password and options."""
    if not is_postgresql(where):
        return where
    parts = urlsplit(where)
    return f"postgresql://{parts.netloc.rpartition('@')[2]}{parts.path}"


def connect(where: str) -> BaseDatabaseWrapper:
    """Return the connection of the store at ``where``, made known to Django under a name of its own.

    Raises
    ------
    StoreError
        When the database cannot be reached.
    """
    alias = "store_" + hashlib.sha256(where.encode()).hexdigest()[:16]
    if alias not in connections.databases:
        config = _postgresql(where) if is_postgresql(where) else _sqlite(str(Path(where).absolute()))
        whole = connections.configure_settings(
            {"default": {"ENGINE": "django.db.backends.dummy"}, alias: config}
        )
        connections.databases[alias] = whole[alias]
    connection: BaseDatabaseWrapper = connections[alias]
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        if not _in_a_closed_folder(error):
            raise StoreError(f"the store cannot be opened: {plain(error)}") from error
        _open_to_read(connection, where)
    return connection


def _in_a_closed_folder(error: DatabaseError) -> bool:
    """Say whether SQLite could not put its two helper files beside the store: nobody is writing to it now."""
    return getattr(error.__cause__, "sqlite_errorname", "") == "SQLITE_READONLY_DIRECTORY"


def _open_to_read(connection: BaseDatabaseWrapper, where: str) -> None:
    """Open an SQLite store that may not be written: a call is answered from it, and says it was not recorded.

    SQLite is told that the file does not change (``immutable``); what somebody else with more rights writes
    meanwhile is seen when the store is opened again.
    """
    path = quote(str(Path(where).absolute()))
    connection.settings_dict["NAME"] = f"file:{path}?immutable=1"
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        raise StoreError(f"the store cannot be opened: {plain(error)}") from error


def plain(error: Exception) -> str:
    """Return a database's complaint in one line, without values: drivers put rows into ``DETAIL`` lines."""
    first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return first[:200]
