"""A PostgreSQL store into a backup and out of it: every table as it stood in one snapshot, by COPY."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import Cursor, sql

from everycall.errors import InputError, Problem, StoreError
from everycall.store.backup import looking
from everycall.store.backup.archive import Reader, Writer
from everycall.store.backup.manifest import Manifest, Part
from everycall.store.schema import migrate
from everycall.store.writing import writing

_TABLES = (
    "SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace "
    'ORDER BY c.relname COLLATE "C"'
)
_COLUMNS = (
    "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
    "AND attgenerated = '' ORDER BY attnum"
)
_SEQUENCES = (
    "SELECT sequencename, last_value FROM pg_sequences "
    "WHERE schemaname = current_schema() AND last_value IS NOT NULL"
)


@contextmanager
def _snapshot(connection: BaseDatabaseWrapper) -> Iterator[Cursor[Any]]:
    """Yield a cursor that sees the store as it stood at one moment, and hinders nobody who takes calls."""
    driver: Any = connection.connection
    with driver.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield cursor
        finally:
            cursor.execute("ROLLBACK")


def save(connection: BaseDatabaseWrapper, writer: Writer) -> dict[str, Any]:
    """Write a live store into a backup; return what the manifest says of it."""
    with _snapshot(connection) as cursor:

        def ask(query: str) -> list[tuple[Any, ...]]:
            return list(cursor.execute(query.encode()).fetchall())

        tables = [row[0] for row in ask(_TABLES) if row[0] != looking.STEPS]
        # nobody may change the tables' form while they are read; taking calls goes on
        names = sql.SQL(", ").join(map(sql.Identifier, tables))
        cursor.execute(sql.SQL("LOCK TABLE {} IN ACCESS SHARE MODE").format(names))
        told = {
            "schema_steps": looking.schema_steps(ask),
            "chain": looking.head(ask),
            "rows": looking.rows_of(ask, tables),
            "sequences": dict(ask(_SEQUENCES)),
        }
        return {**told, "parts": tuple(_save_table(cursor, writer, table) for table in tables)}


def _save_table(cursor: Cursor[Any], writer: Writer, table: str) -> Part:
    cursor.execute(_COLUMNS, [f'"{table}"'])
    columns = tuple(row[0] for row in cursor.fetchall())
    query = sql.SQL("COPY {} ({}) TO STDOUT").format(*_names(table, columns))
    with cursor.copy(query) as rows:
        return writer.add(f"{table}.copy", (bytes(block) for block in rows), table, columns)


def _names(table: str, columns: tuple[str, ...]) -> tuple[sql.Composable, sql.Composable]:
    return sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))


def load(reader: Reader, manifest: Manifest, connection: BaseDatabaseWrapper) -> None:
    """Put a backed-up store into an empty database, in one transaction: whole, or nothing of it.

    Raises
    ------
    StoreError
        When the database is not empty, or the store is not what the manifest says.
    """
    with writing(connection):
        with closing(connection.cursor()) as cursor:
            cursor.execute(_TABLES)
            if cursor.fetchall():
                raise StoreError("there are tables in this database already: restore into an empty one")
        migrate(connection, manifest.schema_steps)
        driver: Any = connection.connection
        with driver.cursor() as cursor:

            def ask(query: str) -> list[tuple[Any, ...]]:
                return list(cursor.execute(query.encode()).fetchall())

            _as_told({row[0] for row in ask(_TABLES)} - {looking.STEPS}, manifest)
            for part in manifest.parts:
                _load_table(cursor, reader, part)
            for name, last in sorted(manifest.sequences.items()):
                cursor.execute("SELECT setval(%s::regclass, %s)", [f'"{name}"', last])
            looking.same_as(ask, manifest.rows, manifest.chain)
            cursor.execute("ANALYZE")


def _as_told(tables: set[str], manifest: Manifest) -> None:
    if tables != {part.table for part in manifest.parts}:
        problem = Problem("manifest.json", "names other tables than its schema has")
        raise InputError("the backup cannot be used", [problem])


def _load_table(cursor: Cursor[Any], reader: Reader, part: Part) -> None:
    assert part.table is not None
    # what a step of the schema put there stands in the backup too
    cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(part.table)))
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(*_names(part.table, part.columns))
    with cursor.copy(query) as rows:
        reader.read(part, rows.write)
