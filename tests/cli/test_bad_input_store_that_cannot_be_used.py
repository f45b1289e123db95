"""A store that cannot be opened, or not be written: told in one line; a call is answered all the same."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

import build
import postgresql_server
from command import Ran, run, run_program
from everycall.store import databases

CALL = json.dumps(build.facts())
NOBODY = 65534


@pytest.fixture
def open_folder(empty_sqlite: Path) -> Iterator[Path]:
    """A folder that everybody may look into, with a store in it that holds one earlier call."""
    folder = Path(tempfile.mkdtemp(prefix="ec-closed-"))
    folder.chmod(0o755)
    shutil.copy(empty_sqlite, folder / "store.db")
    force = build.force_at(str(folder / "store.db"))
    build.take(force, build.call("OLD", received_at="2026-06-01T20:00:00+01:00", status="closed"))
    connections.close_all()
    yield folder
    connections.close_all()
    folder.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up what root may do with files, where the tests are run by root; else we are nobody special already."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def _assessed_but_not_recorded(ran: Ran) -> None:
    assert ran.exit == 1
    assert "error: NOT RECORDED: the store could not be written: " in ran.err
    assert ran.only["recommendation"]["grade"]
    assert [one["problem"][:12] for one in ran.only["problems"] if one["part"] == "record"] == [
        "NOT RECORDED"
    ]


@pytest.mark.parametrize("folder_mode", [0o755, 0o555], ids=["file", "file and folder"])
def test_from_a_read_only_store_a_call_is_answered_and_said_not_to_be_recorded(
    open_folder: Path, folder_mode: int
) -> None:
    store = open_folder / "store.db"
    run("assess", "--dry-run", "--store", store, "-", stdin=CALL)  # so that what root alone may read is read
    connections.close_all()
    store.chmod(0o444)
    open_folder.chmod(folder_mode)
    before = store.read_bytes()
    with as_nobody():
        ran = run("assess", "--store", store, "-", stdin=CALL)
        dry = run("assess", "--dry-run", "--store", store, "-", stdin=CALL)
        refused = run("init", "--store", store)
    _assessed_but_not_recorded(ran)
    assert ran.only["repeat"]["person"]["count_12m"] == 1, "its history is read"
    assert (dry.exit, dry.err) == (0, ""), "who asks for no record misses none"
    assert (refused.exit, refused.out) == (2, "")
    assert "readonly" in refused.err
    connections.close_all()
    assert store.read_bytes() == before


@pytest.fixture
def with_pragma(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Open stores with one more PRAGMA: the nearest to a full disk or a locked-down mount without being root."""

    def patched(pragma: str) -> None:
        original = databases._sqlite

        def with_more(path: str) -> dict[str, Any]:
            config = original(path)
            config["OPTIONS"]["init_command"] += f"; PRAGMA {pragma}"
            return config

        monkeypatch.setattr(databases, "_sqlite", with_more)

    return patched


def test_a_connection_that_refuses_to_write_says_so(
    sqlite_store: str, with_pragma: Callable[[str], None]
) -> None:
    with_pragma("query_only=ON")
    _assessed_but_not_recorded(run("assess", "--store", sqlite_store, "-", stdin=CALL))


def test_on_a_full_disk_every_call_of_a_file_is_answered_and_none_half_kept(
    sqlite_store: str, with_pragma: Callable[[str], None]
) -> None:
    with_pragma("max_page_count=1")  # SQLite takes the pages in use: not one more is to be had
    long = build.facts(log=[{"text": "YOUTHS SHOUTING " * 4_000}])
    ran = run(
        "assess", "--store", sqlite_store, "-", stdin=f"{json.dumps(long)}\n{json.dumps(long | {'ref': 'B'})}"
    )
    assert ran.exit == 1
    assert [one["call_ref"] for one in ran.lines] == ["NEW-1", "B"]
    assert ran.err.count("error: NOT RECORDED: the store could not be written: database or disk is full") == 2
    force = build.force_at(sqlite_store)
    for table in ("call", "call_version", "mention", "chain_entry", "chain_payload"):
        assert build.rows(force, f"SELECT count(*) FROM {table}") == [(0,)], table


def test_an_import_on_a_full_disk_is_refused_and_can_be_run_again(
    sqlite_store: str, tmp_path: Path, with_pragma: Callable[[str], None]
) -> None:
    file = tmp_path / "calls.jsonl"
    file.write_text(json.dumps(build.facts(log=[{"text": "YOUTHS SHOUTING " * 4_000}])) + "\n", "utf-8")
    with_pragma("max_page_count=1")
    ran = run("import", "calls", "--store", sqlite_store, file)
    assert (ran.exit, ran.out) == (2, "")
    assert "error: the store could not be written: database or disk is full" in ran.err
    force = build.force_at(sqlite_store)
    assert build.rows(force, "SELECT count(*) FROM call") == [(0,)]
    build.rows(force, "PRAGMA max_page_count=1000000")
    assert run("import", "calls", "--store", sqlite_store, file).exit == 0
    assert build.rows(force, "SELECT ref FROM call") == [("NEW-1",)]


@pytest.mark.parametrize("args", [("assess", "-"), ("init",), ("record", "verify"), ("words", "read")])
def test_a_store_of_a_newer_everycall_is_not_touched(store: str, args: tuple[str, ...]) -> None:
    newer = ("store", "9999_later", "2030-01-01 00:00:00+00")
    build.change(
        build.force_at(store), "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", newer
    )
    ran = run(*args, "--store", store, stdin=CALL)
    assert (ran.exit, ran.out) == (2, "")
    assert "was made by a newer Everycall (it has 9999_later)" in ran.err


def test_a_file_that_is_no_store_is_told_and_left_as_it_was(tmp_path: Path) -> None:
    letter, empty = tmp_path / "letter.db", tmp_path / "empty.db"
    letter.write_text("Dear control room, " * 500, "utf-8")
    empty.touch()
    for path, says in ((letter, "file is not a database"), (empty, "run 'everycall init'")):
        before = path.read_bytes()
        ran = run("assess", "--store", path, "-", stdin=CALL)
        assert (ran.exit, ran.out) == (2, "")
        assert says in ran.err
        assert path.read_bytes() == before or path is empty


def test_no_store_at_all_and_a_folder_are_told(tmp_path: Path) -> None:
    for where in (tmp_path / "none.db", tmp_path):
        ran = run("assess", "--store", where, "-", stdin=CALL)
        assert (ran.exit, ran.out) == (2, "")
        assert "there is no store at" in ran.err


@pytest.mark.parametrize("command", [("init",), ("assess", "-"), ("record", "verify")])
def test_a_url_of_another_database_is_refused_and_its_password_not_shown(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(*command, "--store", "postgesql://user:secret@127.0.0.1/force", stdin=CALL)
    assert (ran.exit, ran.out) == (2, "")
    assert "not another URL" in ran.err
    assert "secret" not in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("where", "says"),
    [
        (
            "postgresql://everycall:s3cret-word@127.0.0.1:9/none?connect_timeout=2",
            "the store cannot be opened",
        ),
        ("postgresql://everycall:s3cret-word@127.0.0.1:port/none", "the store's URL cannot be read"),
        ("postgresql://everycall:s3cret-word@[::1/none", "the store's URL cannot be read"),
        ("postgresql://everycall:s3cret-word@127.0.0.1:9/none?sslmod=off", "the store cannot be opened"),
    ],
    ids=["no server", "a port that is none", "a host that is none", "an option that is none"],
)
def test_a_postgresql_url_that_cannot_be_used_is_told_without_its_password(where: str, says: str) -> None:
    ran = run("assess", "--store", where, "-", stdin=CALL)
    assert (ran.exit, ran.out) == (2, "")
    assert says in ran.err
    assert "s3cret-word" not in ran.err


def test_a_database_that_is_no_store_is_told_without_its_password(postgresql: str) -> None:
    name = postgresql_server.new_name()
    postgresql_server.run(postgresql, f"CREATE DATABASE {name}")
    where = postgresql_server.of_database(postgresql, name).replace("postgres:@", "postgres:s3cret-word@")
    ran = run("assess", "--store", where, "-", stdin=CALL)
    connections.close_all()
    postgresql_server.run(postgresql, f"DROP DATABASE {name} WITH (FORCE)")
    assert (ran.exit, ran.out) == (2, "")
    assert "is not ready" in ran.err
    assert "run 'everycall init'" in ran.err
    assert "s3cret-word" not in ran.err


def test_the_program_leaves_no_traceback_for_a_file_that_is_no_store(tmp_path: Path) -> None:
    letter = tmp_path / "letter.db"
    letter.write_text("Dear control room, " * 500, "utf-8")
    ran = run_program("assess", "--store", letter, "-", stdin=CALL.encode())
    assert (ran.exit, ran.out) == (2, "")
    assert "Traceback" not in ran.err
