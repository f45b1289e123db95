"""A store that an older Everycall made is refused, told how to bring it up to date, and then works whole."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import stored
from django.db import models
from django.db.migrations import AddField, Migration
from django.db.migrations.loader import MigrationLoader

import build
import postgresql_server
from command import run
from everycall.errors import StoreError
from everycall.store import schema as steps
from everycall.store.backup.making import back_up
from everycall.store.backup.restoring import restore
from everycall.store.databases import connect
from everycall.store.schema import migrate, pending
from everycall.store.store import Store

STORES = Path(__file__).with_name("stores")


def sqlite_of(release: str, path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((STORES / f"{release}-sqlite.sql").read_text("utf-8"))
    return str(path)


def postgresql_of(release: str, where: str) -> str:
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute((STORES / f"{release}-postgresql.sql").read_text("utf-8").encode())
    return where


@pytest.fixture(params=["sqlite", "postgresql"])
def first(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A store as the first release left it: history, flags, a priority, assessments, a disposal."""
    if request.param == "sqlite":
        yield sqlite_of("0.1.0", tmp_path / "first.db")
        return
    server = request.getfixturevalue("postgresql")
    name = postgresql_server.new_name()
    postgresql_server.run(server, f"CREATE DATABASE {name}")
    yield postgresql_of("0.1.0", postgresql_server.of_database(server, name))
    postgresql_server.run(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def later_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """A further step of the schema, as a later release would bring."""

    class Later(Migration):
        dependencies = [("store", "0002_keys_and_guards")]
        operations = [AddField("call", "later", models.CharField(max_length=10, default="as it was"))]

    real = MigrationLoader.load_disk

    def load_disk(loader: MigrationLoader) -> None:
        real(loader)
        names = [name for app, name in loader.disk_migrations if app == "store"]
        Later.dependencies = [("store", max(names))]
        loader.disk_migrations["store", "9000_later"] = Later("9000_later", "store")

    monkeypatch.setattr(MigrationLoader, "load_disk", load_disk)
    known = steps.known() | {"store.9000_later"}
    monkeypatch.setattr(steps, "known", lambda: known)


def test_all_that_the_first_release_kept_is_there_and_works(first: str, tmp_path: Path) -> None:
    calls = stored.refs(first)
    ran = run("upgrade", "--backup", tmp_path / "before.backup", "--store", first)
    assert ran.exit == 0, ran.err
    assert pending(connect(first)) == []
    stored.is_whole(first)
    verified = run("record", "verify", "--store", first)
    assert (verified.exit, verified.out.splitlines()) == (
        0,
        ["link 4: disposed of on 2026-06-13 by the data protection officer"],
    )
    assert stored.refs(first) == calls == {"OLD-10", "OLD-20", "OLD-30", "LIVE-1", "LIVE-2"}
    assessed = run("assess", "--store", first, "-", stdin=json.dumps(build.facts("NEW-9")))
    assert assessed.exit == 0, assessed.err
    assert {one["ref"] for one in assessed.only["repeat"]["incidents"]} >= {"OLD-10", "OLD-20", "OLD-30"}
    assert assessed.only["priorities"]["matches"][0]["id"] == "P-1"
    assert "domestic_abuse" in {one["indicator"] for one in assessed.only["vulnerability"]["findings"]}
    replayed = run("record", "replay", "--store", first)
    assert "0 calls are gone" in replayed.err
    assert replayed.err.startswith("4 made again")
    stored.is_whole(first)


def test_an_older_store_is_refused_until_somebody_asks_for_the_upgrade(first: str, later_step: None) -> None:
    for refused in (lambda: Store(first), lambda: Store.create(first, "england_and_wales")):
        with pytest.raises(StoreError, match=r"older Everycall.*run 'everycall upgrade'"):
            refused()
    assert "9000_later" in pending(connect(first))


def test_the_upgrade_wants_a_backup_or_a_clear_no(first: str, later_step: None, tmp_path: Path) -> None:
    for options in ([], ["--no-backup", "--backup", tmp_path / "b"]):
        ran = run("upgrade", *options, "--store", first)
        assert (ran.exit, ran.out) == (2, "")
        assert "--no-backup" in ran.err
    assert "9000_later" in pending(connect(first))


def test_the_backup_before_an_upgrade_is_of_the_older_store(
    first: str, later_step: None, tmp_path: Path, new_place_beside: str
) -> None:
    before = stored.everything(first)
    backup = tmp_path / "before.backup"
    ran = run("upgrade", "--backup", backup, "--store", first)
    assert (ran.exit, ran.out) == (0, ""), ran.err
    assert "9000_later" in ran.err
    assert "the record is whole" in ran.err
    assert stored.rows(first, "SELECT DISTINCT later FROM call") == [("as it was",)]
    restore(backup, new_place_beside)
    assert stored.everything(new_place_beside) == before
    assert "9000_later" in pending(connect(new_place_beside))
    assert run("upgrade", "--no-backup", "--store", new_place_beside).exit == 0
    assert stored.everything(new_place_beside) == stored.everything(first)


@pytest.fixture
def new_place_beside(first: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    yield from stored.place_beside(first, request, tmp_path)


def test_an_upgrade_that_fails_leaves_the_store_as_it_was(
    first: str, later_step: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stored.everything(first)
    real = Migration.apply

    def breaks(step: Migration, *args: object, **more: object) -> object:
        state = real(step, *args, **more)  # type: ignore[arg-type]
        if step.name == "9000_later":
            raise KeyboardInterrupt
        return state

    monkeypatch.setattr(Migration, "apply", breaks)
    with pytest.raises(KeyboardInterrupt):
        Store.upgrade(first)
    monkeypatch.undo()
    assert stored.everything(first) == before


def test_a_forces_own_policy_stays_its_own(first: str, later_step: None) -> None:
    connection = connect(first)
    with closing(connection.cursor()) as cursor:
        cursor.execute("UPDATE setting SET value = '/srv/our_pack' WHERE name = 'policy'")
    Store.upgrade(first)
    assert Store(first).policy == "/srv/our_pack"


def test_a_store_that_is_up_to_date_is_left_alone(store: str, tmp_path: Path) -> None:
    ran = run("upgrade", "--backup", tmp_path / "b", "--store", store)
    assert (ran.exit, ran.out, ran.err) == (0, "", "the store is up to date: nothing was done\n")
    assert not (tmp_path / "b").exists()


def test_what_is_no_store_cannot_be_upgraded(tmp_path: Path, postgresql: str) -> None:
    (tmp_path / "empty.db").touch()
    for where in (tmp_path / "none.db", tmp_path / "empty.db", postgresql):
        ran = run("upgrade", "--no-backup", "--store", where)
        assert (ran.exit, ran.out) == (2, "")
        assert "everycall init" in ran.err


def test_a_frozen_store_is_of_the_first_release_and_of_nobody_real(first: str, tmp_path: Path) -> None:
    made = back_up(first, tmp_path / "b", build.NOW)
    assert made.schema_steps == ("store.0001_first_store", "store.0002_keys_and_guards")
    phones = {row[0] for row in stored.rows(first, "SELECT phone FROM mention WHERE phone IS NOT NULL")}
    assert all(phone.endswith("1632960114") for phone in phones)


def test_the_steps_a_release_had_are_never_changed_afterwards(first: str, new_place_beside: str) -> None:
    """A step that was changed would leave two kinds of store with one name: add a step instead.

    Before the first release: make the frozen stores anew (``python tests/durability/freezing.py 0.1.0``).
    """
    connection = connect(new_place_beside)
    migrate(connection, ["store.0001_first_store", "store.0002_keys_and_guards"])
    assert schema(new_place_beside) == schema(first)


def schema(where: str) -> list[str]:
    if not where.startswith("postgresql"):
        query = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        return sorted(map(str, stored.rows(where, query)))
    columns = (
        "SELECT table_name, column_name, data_type, is_nullable, character_maximum_length::text, identity_generation "
        "FROM information_schema.columns WHERE table_schema = 'public'"
    )
    indexes = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
    rules = (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype <> 'n'"
    )
    triggers = "SELECT tgrelid::regclass::text, tgname, tgtype::text FROM pg_trigger WHERE NOT tgisinternal"
    return sorted(
        row for query in (columns, indexes, rules, triggers) for row in map(str, stored.rows(where, query))
    )
