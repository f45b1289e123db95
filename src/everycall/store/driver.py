"""The database driver's own connection beneath Django's, opened where it is not."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


def driver_of(connection: BaseDatabaseWrapper) -> Any:
    """Return the driver's connection; Django looks each time whether it runs in an event loop, which it does not."""
    if connection.connection is None:
        connection.ensure_connection()
    return connection.connection
