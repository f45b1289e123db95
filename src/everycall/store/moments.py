"""Moments as the store keeps them: whole microseconds since 1970 in UTC, the same on every database.

Text timestamps sort and compare differently on SQLite and PostgreSQL and lose their offset on one of them;
integers do neither, and a history query compares them without converting.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from everycall.store.microseconds import from_number, to_number

__all__ = ["MomentField", "from_number", "to_number"]


class MomentField(models.BigIntegerField):  # type: ignore[type-arg]
    """A moment in time: aware datetimes in Python, microseconds in the database."""

    def from_db_value(self, value: int | None, expression: Any, connection: Any) -> datetime | None:
        """Return London's local time."""
        return None if value is None else from_number(value)

    def get_prep_value(self, value: Any) -> Any:
        """Return microseconds."""
        return to_number(value) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> Any:
        """Return a moment from what a form or fixture holds."""
        return from_number(value) if isinstance(value, int) else value
