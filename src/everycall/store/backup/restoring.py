"""Putting a backup into a new store, and saying whether its record is whole."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from django.db import DatabaseError

from everycall.errors import InputError, Problem, StoreError
from everycall.store.backup import postgresql, sqlite
from everycall.store.backup.archive import Reader
from everycall.store.backup.manifest import Manifest
from everycall.store.databases import connect, is_postgresql, plain, shown
from everycall.store.schema import steps_unknown


def restore(file: Path, where: str) -> Manifest:
    """Put a backup into a new store at ``where``: whole and as its manifest says, or not at all.

    The store has the schema that it had; an older one is brought up to date by ``everycall upgrade``.

    Raises
    ------
    InputError
        When the file is no backup, is damaged, or comes from a newer Everycall or the other database.
    StoreError
        When there is something at ``where`` already, or it cannot be written.
    """
    reader = Reader(file)
    try:
        manifest = reader.manifest
        _refuse_what_does_not_fit(manifest, file.name, where)
        if manifest.database == "sqlite":
            sqlite.load(reader, manifest, Path(where))
        else:
            postgresql.load(reader, manifest, connect(where))
    except (DatabaseError, sqlite3.Error) as error:
        raise StoreError(f"the store at {shown(where)} could not be restored: {plain(error)}") from error
    finally:
        reader.close()
    return manifest


def _refuse_what_does_not_fit(manifest: Manifest, name: str, where: str) -> None:
    problems = []
    newer = steps_unknown(manifest.schema_steps)
    if newer:
        problems.append(
            Problem(name, f"was made by a newer Everycall (it has {newer[-1]}): use that version")
        )
    if manifest.database == "sqlite" and is_postgresql(where):
        problems.append(
            Problem(name, "holds an SQLite store: restore it to a file's path, not a database's URL")
        )
    if manifest.database == "postgresql" and not is_postgresql(where):
        problems.append(
            Problem(name, "holds a PostgreSQL store: restore it to an empty database, postgresql://...")
        )
    if problems:
        raise InputError("the backup cannot be used here", problems)
