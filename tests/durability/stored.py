"""What a store holds and whether it is whole: the questions every test of durability asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import postgresql_server
from everycall.record.chain import verify
from everycall.store import record
from everycall.store.databases import connect


def place_beside(where: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Yield where a second store may be made, on the same kind of database as ``where``; nothing is there yet."""
    if not where.startswith("postgresql"):
        yield str(tmp_path / "second.db")
        return
    server = request.getfixturevalue("postgresql")
    name = postgresql_server.new_name()
    postgresql_server.run(server, f"CREATE DATABASE {name}")
    yield postgresql_server.of_database(server, name)
    postgresql_server.run(server, f"DROP DATABASE {name} WITH (FORCE)")


def rows(where: str, query: str) -> list[tuple[Any, ...]]:
    """Return what a query finds in the store there."""
    with closing(connect(where).cursor()) as cursor:
        cursor.execute(query)
        return [tuple(row) for row in cursor.fetchall()]


def everything(where: str) -> dict[str, list[str]]:
    """Return every row of every table, sorted."""
    connection = connect(where)
    with closing(connection.cursor()) as cursor:
        tables = set(connection.introspection.table_names(cursor)) - {"django_migrations"}
    return {table: sorted(map(repr, rows(where, f'SELECT * FROM "{table}"'))) for table in sorted(tables)}


def is_whole(where: str, broken_off: bool = False) -> None:
    """Assert that the record verifies, and that nothing is there twice or without what it belongs to.

    Parameters
    ----------
    broken_off
        An import was: it may leave keys whose mentions never came. They find nobody, and the next import takes
        them away.
    """
    connection = connect(where)
    assert verify(record.links(connection)).wrong == ()
    assert record.loose_ends(connection) == []
    for query in (
        "SELECT ref FROM call GROUP BY ref HAVING COUNT(*) > 1",
        "SELECT call_id, version FROM call_version GROUP BY call_id, version HAVING COUNT(*) > 1",
        "SELECT call_id FROM call_version WHERE known_until IS NULL GROUP BY call_id HAVING COUNT(*) > 1",
        "SELECT id FROM call WHERE id NOT IN (SELECT call_id FROM call_version)",
        "SELECT call_id, which FROM mention WHERE known_until IS NULL AND call_id IS NOT NULL "
        "GROUP BY call_id, which HAVING COUNT(*) > 1",
        "SELECT entry FROM assessment_made GROUP BY entry HAVING COUNT(*) > 1",
        "SELECT ref, same_as_sha256 FROM assessment_made a WHERE EXISTS (SELECT 1 FROM assessment_made b "
        "WHERE b.ref = a.ref AND b.entry = a.entry - 1 AND b.same_as_sha256 = a.same_as_sha256)",
    ):
        assert rows(where, query) == [], query
    if not broken_off:
        without = "SELECT mention_id FROM mention_key WHERE mention_id NOT IN (SELECT id FROM mention)"
        assert rows(where, without) == []


def refs(where: str) -> set[str]:
    """Return the references of all calls."""
    return {row[0] for row in rows(where, "SELECT ref FROM call")}


def assessed(where: str) -> set[str]:
    """Return the references of all calls of which an assessment is recorded."""
    return {row[0] for row in rows(where, "SELECT ref FROM assessment_made")}


def facts(where: str) -> set[tuple[Any, ...]]:
    """Return what the store knows now, without numbers and times: the same history makes the same set."""
    told: Iterable[tuple[Any, ...]] = rows(
        where,
        "SELECT c.ref, v.version, v.facts_sha256, m.which, m.surname, m.phone, k.hash FROM call c "
        "JOIN call_version v ON v.call_id = c.id LEFT JOIN mention m ON m.call_id = c.id "
        "LEFT JOIN mention_key k ON k.mention_id = m.id",
    )
    return set(told)
