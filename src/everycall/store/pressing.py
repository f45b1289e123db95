"""Being on the disk, and not only on its way there, before something is acknowledged."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.store.reading import read
from everycall.store.writing import writing


def wait_for_the_disk(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Let every commit of a session wait for the disk, also where a PostgreSQL server is set not to.

    A server that waits for more than its own disk (``remote_apply``) is left as it is. ``fsync`` is the server's own
    and cannot be asked for.
    """
    if connection.vendor == "postgresql":
        read(
            connection,
            "SELECT set_config('synchronous_commit', 'on', false) "
            "WHERE current_setting('synchronous_commit') = 'off'",
        )


def press(connection: BaseDatabaseWrapper) -> None:
    """Have everything that was committed so far on the disk: a commit that waits for it takes along all before it."""
    with writing(connection), closing(connection.cursor()) as cursor:
        cursor.execute("UPDATE setting SET value = value WHERE name = 'policy'")
