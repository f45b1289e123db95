"""An SQLite store into a backup and out of it: a copy of its pages as they stood at one moment."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.errors import StoreError
from everycall.store.backup import looking
from everycall.store.backup.archive import Reader, Writer, blocks_of, flush, put_in_place
from everycall.store.backup.manifest import Manifest, Part

_STORE = "store.db"


def save(connection: BaseDatabaseWrapper, writer: Writer, folder: Path) -> dict[str, Any]:
    """Write a live store into a backup; return what the manifest says of it.

    The copy is made in one step under one read transaction: with a write-ahead log readers and writers do not
    wait for each other, and a copy in many steps would begin anew at every call that is taken meanwhile.
    """
    handle, name = tempfile.mkstemp(prefix=".everycall-copy.", dir=folder)
    os.close(handle)
    copy = Path(name)
    try:
        with closing(sqlite3.connect(copy, isolation_level=None)) as target:
            # safe: a copy that did not end well is thrown away, and one that did is read again from the disk
            target.execute("PRAGMA synchronous=OFF")
            driver: Any = connection.connection
            driver.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")

            def ask(query: str) -> list[tuple[Any, ...]]:
                return target.execute(query).fetchall()

            told = {
                "schema_steps": looking.schema_steps(ask),
                "chain": looking.head(ask),
                "rows": looking.rows_of(ask, _tables(ask)),
                "sequences": {},
            }
        return {**told, "parts": (writer.add(_STORE, blocks_of(copy)),)}
    finally:
        copy.unlink()


def _tables(ask: looking.Ask) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    return [row[0] for row in ask(query) if row[0] != looking.STEPS]


def load(reader: Reader, manifest: Manifest, to: Path) -> None:
    """Put a backed-up store at ``to``, once it was checked; a file that is there already is not touched.

    Raises
    ------
    StoreError
        When something is there already, or the store is not what the manifest says.
    """
    for beside in ("-wal", "-shm"):
        if to.with_name(to.name + beside).exists():
            raise StoreError(f"{to.name}{beside} is there already, of another store: move it away first")
    with put_in_place(to) as place:
        part: Part = manifest.parts[0]
        with place.open("wb") as file:
            reader.read(part, file.write)
        with closing(sqlite3.connect(place, isolation_level=None)) as store:

            def ask(query: str) -> list[tuple[Any, ...]]:
                return store.execute(query).fetchall()

            _whole(ask)
            looking.same_as(ask, manifest.rows, manifest.chain)
        flush(place)


def _whole(ask: looking.Ask) -> None:
    try:
        broken = ask("PRAGMA integrity_check(1)") != [("ok",)] or ask("PRAGMA foreign_key_check") != []
    except sqlite3.DatabaseError:
        broken = True
    if broken:
        raise StoreError(
            "the backed-up store is damaged: its tables and indexes do not agree; nothing was kept"
        )
