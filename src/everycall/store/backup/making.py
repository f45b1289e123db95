"""Making a backup of a store while it is in use."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError

from everycall import __version__
from everycall.errors import StoreError
from everycall.store.backup import postgresql, sqlite
from everycall.store.backup.archive import Writer, put_in_place
from everycall.store.backup.manifest import Manifest
from everycall.store.databases import connect, is_postgresql, plain, shown
from everycall.store.schema import applied


def back_up(where: str, to: Path, now: datetime) -> Manifest:
    """Write the whole store at ``where`` into one new file; calls are taken meanwhile.

    Everything acknowledged before this began is in it, and of what is written meanwhile each transaction whole or
    not at all. An older store can be backed up before it is brought up to date.

    Raises
    ------
    StoreError
        When there is no store, a file is there already, or it cannot be written; then no file is left.
    """
    if not is_postgresql(where) and not Path(where).is_file():
        raise StoreError(f"there is no store at {shown(where)}")
    connection = connect(where)
    try:
        if not applied(connection):
            raise StoreError(f"{shown(where)} is no store of Everycall's")
        with put_in_place(to) as place, Writer(place) as writer:
            if connection.vendor == "sqlite":
                told = sqlite.save(connection, writer, to.absolute().parent)
            else:
                told = postgresql.save(connection, writer)
            made = {"format": 1, "everycall": __version__, "made_at": now.isoformat()}
            manifest = Manifest.model_validate({**made, "database": connection.vendor, **told})
            writer.end(manifest)
    except (DatabaseError, sqlite3.Error) as error:
        raise StoreError(f"the store at {shown(where)} could not be backed up: {plain(error)}") from error
    return manifest
