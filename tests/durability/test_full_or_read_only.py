"""A disk that is full and a store that may not be written: told each time, nothing half kept, and it goes on after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import stored
from killing import Forker, forker

import build
from command import run
from everycall.assessment import Assessment
from everycall.deciding import Choice, decide
from everycall.errors import StoreError
from everycall.force import Force
from everycall.store.backup.making import back_up
from everycall.store.backup.restoring import restore

CHOICE = Choice(grade="emergency", reason="risk_higher", by="C7214")


@pytest.fixture(scope="module")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forker]:
    with forker(tmp_path_factory.mktemp("acts")) as one:
        yield one


def not_recorded(found: Assessment) -> bool:
    return any(problem.part == "record" and "NOT RECORDED" in problem.problem for problem in found.problems)


def calls(path: Path, many: int) -> Path:
    lines = [build.facts(f"LIVE-{n}", log=[{"text": f"NOISE {n} " * 40}]) for n in range(many)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


@pytest.mark.parametrize("room", [36_000, 80_000, 120_000, 160_000])
def test_sqlite_with_so_much_room_left_on_the_disk(
    sqlite_store: str, tmp_path: Path, fork: Forker, room: int
) -> None:
    file = calls(tmp_path / "calls.jsonl", 3)
    # the log is a file of its own and begins empty: it meets the end of the disk
    full = fork.run("assess", str(file), "--store", sqlite_store, most_bytes=room)
    told = [json.loads(line) for line in full.acknowledged]
    answered = [one["call_ref"] for one in told]
    kept = [one["call_ref"] for one in told if not any(p["part"] == "record" for p in one["problems"])]
    assert full.code == (1 if len(kept) < 3 else 0), full.errors
    assert len(answered) == 3, "every call is answered"
    stored.is_whole(sqlite_store)
    assert set(kept) == stored.assessed(sqlite_store) == stored.refs(sqlite_store)
    assert fork.run("assess", str(file), "--store", sqlite_store).code == 0
    stored.is_whole(sqlite_store)
    assert len(stored.assessed(sqlite_store)) == 3


def test_sqlite_without_room_even_to_open_the_store(sqlite_store: str, tmp_path: Path, fork: Forker) -> None:
    file = calls(tmp_path / "calls.jsonl", 1)
    full = fork.run("assess", str(file), "--store", sqlite_store, most_bytes=8_000)
    assert (full.code, full.acknowledged) == (2, ())
    assert full.errors.startswith("error: the store cannot be opened: ")
    assert fork.run("assess", str(file), "--store", sqlite_store).code == 0


@pytest.mark.parametrize("room", [50_000, 500_000])
def test_an_import_that_meets_the_end_of_the_disk_can_be_run_again(
    sqlite_store: str, tmp_path: Path, fork: Forker, room: int
) -> None:
    file = calls(tmp_path / "calls.jsonl", 400)
    full = fork.run("import", "calls", str(file), "--store", sqlite_store, most_bytes=room)
    assert full.code != 0
    assert "error:" in full.errors
    assert "Traceback" not in full.errors
    stored.is_whole(sqlite_store, broken_off=True)
    assert fork.run("import", "calls", str(file), "--store", sqlite_store).code == 0
    stored.is_whole(sqlite_store)
    assert len(stored.refs(sqlite_store)) == 400


@contextmanager
def read_only(where: str) -> Iterator[None]:
    """Let a PostgreSQL database be read only, as a server is that follows another."""
    name = urlsplit(where).path.lstrip("/")
    with closing(psycopg.connect(where, autocommit=True)) as connection:
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on".encode())
        try:
            yield
        finally:
            connection.execute("SET default_transaction_read_only = off")
            connection.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only".encode())


def test_postgresql_that_is_read_only(postgresql_store: str, tmp_path: Path) -> None:
    force = build.force_at(postgresql_store)
    build.take(force, build.call("OLD-1", received_at="2026-06-01T20:00:00+01:00"))
    build.assess(force, "LIVE-0")
    force.store.close()
    backup = tmp_path / "b.backup"
    with read_only(postgresql_store):
        force = build.force_at(postgresql_store)
        found = build.assess(force, "LIVE-1")
        assert not_recorded(found)
        assert found.repeat.person.count_12m >= 1, "its history is read"
        with pytest.raises(StoreError, match="read-only transaction"):
            decide("LIVE-0", CHOICE, force, build.NOW)
        assert stored.refs(postgresql_store) == {"OLD-1", "LIVE-0"}
        back_up(postgresql_store, backup, build.NOW)
        with pytest.raises(StoreError):
            restore(backup, postgresql_store)
        file = calls(tmp_path / "calls.jsonl", 3)
        force.store.close()
        ran = run("import", "calls", file, "--store", postgresql_store)
        assert ran.exit == 2
        assert "read-only" in ran.err
        force.store.close()
    again = build.force_at(postgresql_store)
    assert not not_recorded(build.assess(again, "LIVE-1"))
    stored.is_whole(postgresql_store)


def fills_up(force: Force, table: str) -> None:
    """Let a table refuse every row as PostgreSQL does on a full disk."""
    build.change(
        force,
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
        "'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$",
    )
    build.change(
        force, f"CREATE TRIGGER no_room BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION no_room()"
    )


@pytest.mark.parametrize(
    "table", ["call", "call_version", "mention", "words_read", "chain_entry", "chain_payload"]
)
def test_postgresql_on_a_full_disk_keeps_nothing_half(postgresql_store: str, table: str) -> None:
    force = build.force_at(postgresql_store)
    build.assess(force, "LIVE-0")
    before = stored.everything(postgresql_store)
    fills_up(force, table)
    found = build.assess(force, "LIVE-1")
    assert ["No space left on device" in p.problem for p in found.problems if p.part == "record"] == [True]
    assert stored.everything(postgresql_store) == before
    if table.startswith("chain"):
        with pytest.raises(StoreError, match="No space left"):
            decide("LIVE-0", CHOICE, force, build.NOW)
        assert stored.everything(postgresql_store) == before
    build.change(force, "DROP FUNCTION no_room CASCADE")
    assert not not_recorded(build.assess(force, "LIVE-1"))
    stored.is_whole(postgresql_store)


def test_a_server_that_drops_the_connection_costs_no_more_than_one_call(postgresql_store: str) -> None:
    """As when the server itself runs out of room for its log: it stops, and starts again."""
    force = build.force_at(postgresql_store)
    build.assess(force, "LIVE-0")
    with closing(psycopg.connect(postgresql_store, autocommit=True)) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 120000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    dropped = build.assess(force, "LIVE-1", at=build.NOW + timedelta(minutes=1))
    assert dropped.recommendation.grade
    assert not_recorded(dropped)
    after = build.assess(force, "LIVE-2", at=build.NOW + timedelta(minutes=2))
    assert [problem.problem for problem in after.problems if problem.part != "call"] == []
    stored.is_whole(postgresql_store)
    assert stored.assessed(postgresql_store) == {"LIVE-0", "LIVE-2"}
