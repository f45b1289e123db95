"""The identity model a store works with: kept whole under its hash, as the policy and the lexicon are."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import datetime

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.errors import StoreError
from everycall.identity.model import shipped_model, shipped_text
from everycall.store.reading import read
from everycall.store.store import Store
from everycall.store.writing import writing

_SETTING = "identity_model"
_FILE = "model.json"


def model_in_use(connection: BaseDatabaseWrapper) -> str | None:
    """Return the text of the model this store works with; None for the one that comes with Everycall.

    Raises
    ------
    StoreError
        When a model was named and is not kept: nobody is to be searched for by another than was meant.
    """
    rows = read(
        connection,
        "SELECT k.files, s.value FROM setting s LEFT JOIN kept_version k ON k.sha256 = s.value WHERE s.name = %s",
        [_SETTING],
    )
    if not rows:
        return None
    files, sha256 = rows[0]
    if files is None:
        raise StoreError(
            f"the identity model {sha256[:12]} is in use and not kept in the store: train it again"
        )
    return str(json.loads(files)[_FILE])


def hash_in_use(connection: BaseDatabaseWrapper) -> str | None:
    """Return the hash of the model this store works with; None for the one that comes with Everycall."""
    rows = read(connection, "SELECT value FROM setting WHERE name = %s", [_SETTING])
    return str(rows[0][0]) if rows else None


def kept_models(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Return the text of every model that was ever in use, by its hash."""
    rows = read(connection, "SELECT sha256, files FROM kept_version WHERE kind = 'identity_model'")
    return {sha256: str(json.loads(files)[_FILE]) for sha256, files in rows}


def keep_shipped_model(store: Store, now: datetime) -> None:
    """Keep the model that comes with this Everycall, so that a later one can still make assessments by it again."""
    shipped = shipped_model()
    store.keep_version("identity_model", shipped.name, shipped.sha256, {_FILE: shipped_text()}, now)


def use_model(store: Store, text: str, name: str, sha256: str, now: datetime) -> None:
    """Keep a model and work with it from now on."""
    keep_shipped_model(store, now)
    store.keep_version("identity_model", name, sha256, {_FILE: text}, now)
    with writing(store.connection), closing(store.connection.cursor()) as cursor:
        cursor.execute("DELETE FROM setting WHERE name = %s", [_SETTING])
        cursor.execute("INSERT INTO setting (name, value) VALUES (%s, %s)", [_SETTING, sha256])


def use_shipped_model(store: Store) -> None:
    """Go back to the model that comes with Everycall; trained ones stay kept."""
    with writing(store.connection), closing(store.connection.cursor()) as cursor:
        cursor.execute("DELETE FROM setting WHERE name = %s", [_SETTING])
