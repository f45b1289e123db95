"""One force's store: opened, checked, and handed to the rooms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.errors import StoreError
from everycall.store.compressing import compress_quickly
from everycall.store.databases import connect, is_postgresql, plain, shown
from everycall.store.moments import to_number
from everycall.store.pressing import wait_for_the_disk
from everycall.store.schema import applied, migrate, pending
from everycall.store.write_ahead import WriteAheadLog
from everycall.store.writing import insert, writing

_POLICY = "policy"


class Store:
    """One force's store.

    Parameters
    ----------
    where
        The path of an SQLite file, or the URL of a PostgreSQL database.

    Raises
    ------
    StoreError
        When there is no store there, it cannot be opened, or a newer Everycall made it.
    """

    def __init__(self, where: str) -> None:
        if not is_postgresql(where) and not Path(where).is_file():
            raise StoreError(f"there is no store at {shown(where)}: make one with 'everycall init'")
        self.where = where
        self.connection: BaseDatabaseWrapper = connect(where)
        _begin_session(self.connection)
        self.write_ahead = WriteAheadLog(self.connection)
        try:
            missing = pending(self.connection)
        except DatabaseError as error:
            raise StoreError(f"{shown(where)} is no store of Everycall's: {plain(error)}") from error
        if missing and _finished(self.connection):
            raise _older(where, missing[0])
        if missing:
            raise StoreError(
                f"the store at {shown(where)} is not ready (it lacks {missing[0]}): run 'everycall init'"
            )

    @classmethod
    def create(cls, where: str, policy: str) -> Store:
        """Make a store, or give one that is there this policy; what is in it stays.

        Parameters
        ----------
        policy
            The name of a pack that comes with Everycall, or the folder of the force's own.

        Raises
        ------
        StoreError
            Also when an older Everycall made the store: that is brought up to date by `upgrade`, backed up first.
        """
        if not is_postgresql(where):
            Path(where).absolute().parent.mkdir(parents=True, exist_ok=True)
        connection = connect(where)
        try:
            lacking = pending(connection)
            if lacking and _finished(connection):
                raise _older(where, lacking[0])
            migrate(connection)
        except DatabaseError as error:
            raise StoreError(f"the store at {shown(where)} could not be made: {plain(error)}") from error
        store = cls(where)
        store.set_policy(policy)
        return store

    @classmethod
    def lacking(cls, where: str) -> list[str]:
        """Return the steps of the schema that a store made by an older Everycall lacks.

        Raises
        ------
        StoreError
            When there is no store there, or a newer Everycall made it.
        """
        if not is_postgresql(where) and not Path(where).is_file():
            raise StoreError(f"there is no store at {shown(where)}: make one with 'everycall init'")
        connection = connect(where)
        try:
            lacking = pending(connection)
            finished = _finished(connection)
        except DatabaseError as error:
            raise StoreError(f"{shown(where)} is no store of Everycall's: {plain(error)}") from error
        if not finished:
            raise StoreError(f"the store at {shown(where)} is not ready: run 'everycall init'")
        return lacking

    @classmethod
    def upgrade(cls, where: str) -> Store:
        """Bring a store that an older Everycall made up to date: all of it, or nothing. Back it up first."""
        cls.lacking(where)
        try:
            migrate(connect(where))
        except DatabaseError as error:
            raise StoreError(f"the store at {shown(where)} stays as it was: {plain(error)}") from error
        return cls(where)

    @property
    def policy(self) -> str:
        """The policy pack's name or folder."""
        with closing(self.connection.cursor()) as cursor:
            cursor.execute("SELECT value FROM setting WHERE name = %s", [_POLICY])
            row = cursor.fetchone()
        if row is None:
            raise StoreError(f"the store at {shown(self.where)} names no policy pack: run 'everycall init'")
        return str(row[0])

    def set_policy(self, policy: str) -> None:
        """Name the policy pack this store works with."""
        with writing(self.connection), closing(self.connection.cursor()) as cursor:
            cursor.execute("DELETE FROM setting WHERE name = %s", [_POLICY])
            cursor.execute("INSERT INTO setting (name, value) VALUES (%s, %s)", [_POLICY, policy])

    def keep_version(
        self, kind: str, name: str, sha256: str, files: Mapping[str, str], now: datetime
    ) -> None:
        """Keep a policy pack, lexicon or model whole under its hash, once."""
        with closing(self.connection.cursor()) as cursor:
            cursor.execute("SELECT 1 FROM kept_version WHERE sha256 = %s", [sha256])
            if cursor.fetchone():
                return
        with writing(self.connection):
            insert(
                self.connection,
                "kept_version",
                ("sha256", "kind", "name", "files", "known_from"),
                [
                    (
                        sha256,
                        kind,
                        name,
                        json.dumps(dict(files), ensure_ascii=False, sort_keys=True),
                        to_number(now),
                    )
                ],
            )

    def mend(self) -> None:
        """Let a connection that the server dropped be opened anew by whoever asks next; else do nothing."""
        connection = self.connection
        driver = connection.connection
        if driver is not None and connection.vendor == "postgresql" and driver.closed:
            connection.close()
            with suppress(DatabaseError):  # the server is still away: whoever asks next says so
                _begin_session(connection)

    def close(self) -> None:
        """Close the connection; the store can be opened again."""
        self.write_ahead.close()
        self.connection.close()


def _begin_session(connection: BaseDatabaseWrapper) -> None:
    wait_for_the_disk(connection)
    compress_quickly(connection)


def _finished(connection: BaseDatabaseWrapper) -> bool:
    """Say whether a store was once made to its end: its policy is named last."""
    if not applied(connection):
        return False
    with closing(connection.cursor()) as cursor:
        if "setting" not in connection.introspection.table_names(cursor):
            return False
        cursor.execute("SELECT 1 FROM setting WHERE name = %s", [_POLICY])
        return cursor.fetchone() is not None


def _older(where: str, step: str) -> StoreError:
    return StoreError(
        f"the store at {shown(where)} was made by an older Everycall (it lacks {step}): run 'everycall upgrade'"
    )
