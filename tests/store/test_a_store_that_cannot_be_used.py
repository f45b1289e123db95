"""A store of a newer Everycall, no store at all, a read-only one and a full disk: told, and nothing half kept."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import build
import postgresql_server
from everycall.errors import StoreError
from everycall.force import Force
from everycall.store.store import Store


def test_a_newer_store_is_refused(force: Force) -> None:
    build.change(
        force,
        "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_later', '2030-01-01 00:00:00+00')",
    )
    where = force.store.where
    for opening in (lambda: Store(where), lambda: Store.create(where, "england_and_wales")):
        with pytest.raises(StoreError, match="newer Everycall"):
            opening()


def test_a_missing_file_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        Store(str(tmp_path / "none.db"))
    assert not (tmp_path / "none.db").exists()


def test_another_file_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear control room, " * 500)
    with pytest.raises(StoreError):
        Store(str(path))
    assert path.read_text().startswith("Dear")


def test_an_empty_postgresql_database_is_not_ready(postgresql: str) -> None:
    name = postgresql_server.new_name()
    postgresql_server.run(postgresql, f"CREATE DATABASE {name}")
    with pytest.raises(StoreError, match="everycall init"):
        Store(postgresql_server.of_database(postgresql, name))
    postgresql_server.run(postgresql, f"DROP DATABASE {name} WITH (FORCE)")


def test_sqlite_is_set_to_keep_what_it_acknowledged(sqlite_store: str) -> None:
    force = build.force_at(sqlite_store)
    assert build.rows(force, "PRAGMA journal_mode") == [("wal",)]
    assert build.rows(force, "PRAGMA synchronous") == [(2,)]
    assert build.rows(force, "PRAGMA foreign_keys") == [(1,)]
    assert force.store.connection.transaction_mode == "IMMEDIATE"


def test_what_cannot_be_written_is_assessed_and_says_so(sqlite_store: str) -> None:
    force = build.force_at(sqlite_store)
    build.rows(force, "PRAGMA query_only = ON")
    found = build.assess(force)
    assert [p.problem[:12] for p in found.problems if p.part == "record"] == ["NOT RECORDED"]
    assert found.recommendation.grade


def test_a_full_disk_leaves_nothing_half_kept(sqlite_store: str) -> None:
    force = build.force_at(sqlite_store)
    ((pages,),) = build.rows(force, "PRAGMA page_count")
    build.rows(force, f"PRAGMA max_page_count = {pages + 2}")
    long = [{"text": "A " * 30_000}]
    found = build.assess(force, log=long)
    assert ["full" in p.problem for p in found.problems if p.part == "record"] == [True]
    for table in ("call", "call_version", "mention", "chain_entry"):
        assert build.rows(force, f"SELECT COUNT(*) FROM {table}") == [(0,)]
    build.rows(force, "PRAGMA max_page_count = 1000000")
    assert not [p for p in build.assess(force, log=long).problems if p.part == "record"]


def test_a_writer_that_holds_the_store_does_not_stop_reading(sqlite_store: str) -> None:
    force = build.force_at(sqlite_store)
    other = sqlite3.connect(sqlite_store, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert build.assess(force, dry_run=True).recommendation.grade
    other.execute("ROLLBACK")
    other.close()
