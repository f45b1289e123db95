"""What a manifest says of a store's content, and whether a store holds just that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from everycall.errors import StoreError
from everycall.store.backup.manifest import Head

Ask = Callable[[str], list[tuple[Any, ...]]]
"""Runs a query and returns its rows."""

STEPS = "django_migrations"
"""The table of the schema's steps; a restored store writes its own."""


def schema_steps(ask: Ask) -> tuple[str, ...]:
    """Return every step of the schema, as ``app.name``."""
    return tuple(sorted(f"{app}.{name}" for app, name in ask(f"SELECT app, name FROM {STEPS}")))


def head(ask: Ask) -> Head | None:
    """Return the last link of the record."""
    rows = ask("SELECT number, link FROM chain_entry ORDER BY number DESC LIMIT 1")
    return Head(number=rows[0][0], link=rows[0][1]) if rows else None


def rows_of(ask: Ask, tables: list[str]) -> dict[str, int]:
    """Return how many rows each table has."""
    return {table: int(ask(f'SELECT COUNT(*) FROM "{table}"')[0][0]) for table in tables}


def same_as(ask: Ask, rows: dict[str, int], chain: Head | None) -> None:
    """Hold a store against what a manifest says of it.

    Raises
    ------
    StoreError
        When it holds anything else.
    """
    found = rows_of(ask, sorted(rows))
    wrong = [
        f"{name} ({found[name]:,} of {rows[name]:,} rows)"
        for name in sorted(rows)
        if found[name] != rows[name]
    ]
    if head(ask) != chain:
        wrong.append("the last link of the record")
    if wrong:
        raise StoreError(
            f"the restored store is not what was backed up: {', '.join(wrong)}; nothing was kept"
        )
