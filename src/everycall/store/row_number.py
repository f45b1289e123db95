"""Whole-number keys that are SQLite's own row numbers, so that a row is written once and not into an index too.

Django's ``bigint PRIMARY KEY`` makes SQLite keep a second tree beside the table; ``integer PRIMARY KEY`` is the
table's own key. PostgreSQL keeps ``bigint``.
"""

from __future__ import annotations

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class RowNumber(models.BigIntegerField):  # type: ignore[type-arg]
    """A key that is given, not counted by the database."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return the column's type on this database."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class RowOf(models.OneToOneField):  # type: ignore[type-arg]
    """A key that is the number of another table's row."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return the column's type on this database."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)
